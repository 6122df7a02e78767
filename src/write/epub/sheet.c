/* The e-book's style sheets: what every e-book needs, then the style, which wins. They are two files, since
 * what a sheet has to begin with (@namespace, @import) may not follow other rules. */
#include "write/epub/book.h"

static const char base[] = "nav ol { list-style: none; padding-left: 1.5em; }\n"
                           "nav > ol { padding-left: 0; }\n"
                           "nav[hidden] { display: none; }\n"
                           "img, svg { max-width: 100%; max-height: 95vh; }\n"
                           "img { height: auto; }\n"
                           "li.goes-on { list-style-type: none; }\n"
                           "pre { white-space: pre-wrap; overflow-wrap: break-word; }\n"
                           "body.cover { margin: 0; padding: 0; text-align: center; }\n"
                           "p.cover { margin: 0; text-indent: 0; }\n"
                           "p.cover img { max-height: 100vh; }\n";

static const char *address(const struct typeface *f, struct arena *a)
{
    (void)a;
    return f->href;
}

void sheet_write_base(const struct book *b, struct buf *out)
{
    typefaces_declare(&b->typefaces, address, out);
    buf_string(out, base);
    typefaces_set_text(&b->typefaces, out);
}

void sheet_link(const struct book *b, struct buf *out)
{
    buf_string(out, "<link rel=\"stylesheet\" type=\"text/css\" href=\"base.css\"/>\n");
    if (b->o->css.length)
        buf_string(out, "<link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\"/>\n");
}
