/* The e-book's style sheets: what every e-book needs, then the style, which wins. They are two files, since
 * what a sheet has to begin with (@namespace, @import) may not follow other rules. */
#include "write/epub/book.h"

static const char base[] = "nav ol { list-style: none; padding-left: 1.5em; }\n"
                           "nav > ol { padding-left: 0; }\n"
                           "nav[hidden] { display: none; }\n"
                           "img, svg { max-width: 100%; }\n"
                           "img { height: auto; }\n"
                           "pre { white-space: pre-wrap; overflow-wrap: break-word; }\n"
                           "body.cover { margin: 0; padding: 0; text-align: center; }\n"
                           "p.cover { margin: 0; text-indent: 0; }\n"
                           "p.cover img { max-height: 100vh; }\n";

static void css_string(struct buf *out, const char *s)
{
    buf_byte(out, '"');
    for (; *s; s++) {
        if (*s == '"' || *s == '\\')
            buf_byte(out, '\\');
        buf_byte(out, *s);
    }
    buf_byte(out, '"');
}

void sheet_write_base(const struct book *b, struct buf *out)
{
    for (const struct typeface *f = b->typefaces; f; f = f->next) {
        buf_string(out, "@font-face { font-family: ");
        css_string(out, f->family);
        buf_printf(out, "; font-weight: %d; font-style: %s; src: url(%s); }\n", f->weight,
                   f->italic ? "italic" : "normal", f->href);
    }
    buf_string(out, base);
    if (b->text_family) {
        buf_string(out, "body { font-family: ");
        css_string(out, b->text_family);
        buf_string(out, ", serif; }\n");
    }
}

void sheet_link(const struct book *b, struct buf *out)
{
    buf_string(out, "<link rel=\"stylesheet\" type=\"text/css\" href=\"base.css\"/>\n");
    if (b->o->css.length)
        buf_string(out, "<link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\"/>\n");
}
