/* The e-book's style sheet: what every e-book needs, then the style, which wins. */
#include "write/epub/book.h"

static const char needed[] = "nav ol { list-style: none; padding-left: 1.5em; }\n"
                             "nav > ol { padding-left: 0; }\n"
                             "nav[hidden] { display: none; }\n"
                             "img, svg { max-width: 100%; }\n"
                             "img { height: auto; }\n"
                             "pre { white-space: pre-wrap; overflow-wrap: break-word; }\n"
                             "body.cover { margin: 0; padding: 0; text-align: center; }\n"
                             "p.cover { margin: 0; text-indent: 0; }\n"
                             "p.cover img { max-height: 100vh; }\n";

void sheet_write(const struct book *b, struct buf *out)
{
    buf_string(out, needed);
    buf_text(out, b->o->css);
}
