/* toc.ncx: the same contents and pages for readers of EPUB 2 (OPF 2.0.1 §2.4.1, ANSI/NISO Z39.86-2005). */
#include "write/epub/book.h"

/* `language`: NULL when it is the book's. */
static void text_element(struct buf *out, const char *name, const char *language, const char *text)
{
    buf_printf(out, "<%s", name);
    if (language) {
        buf_string(out, " xml:lang=\"");
        xhtml_value(out, text_of(language));
        buf_byte(out, '"');
    }
    buf_string(out, "><text>");
    xhtml_text(out, text_of(text));
    buf_printf(out, "</text></%s>", name);
}

static void content(struct buf *out, const struct chunk *c, const char *id)
{
    buf_printf(out, "<content src=\"%s", c->file);
    if (id) {
        buf_byte(out, '#');
        xhtml_value(out, text_of(id));
    }
    buf_string(out, "\"/>");
}

static void head(const struct book *b, struct buf *out)
{
    int depth = 0;
    for (const struct heading *h = b->contents; h; h = h->next)
        depth = h->level > depth ? h->level : depth;
    buf_string(out, "<head>\n<meta name=\"dtb:uid\" content=\"");
    xhtml_value(out, text_of(b->d->meta.identifier));
    buf_printf(out, "\"/>\n<meta name=\"dtb:depth\" content=\"%d\"/>\n", depth);
    buf_printf(out, "<meta name=\"dtb:totalPageCount\" content=\"%zu\"/>\n", b->mark_count);
    buf_string(out, "<meta name=\"dtb:maxPageNumber\" content=\"0\"/>\n</head>\n");
}

static void contents(const struct book *b, struct buf *out)
{
    buf_string(out, "<navMap>\n");
    int depth = 0, number = 0;
    for (const struct heading *h = b->contents; h; h = h->next) {
        for (; depth >= h->level; depth--)
            buf_string(out, "</navPoint>\n");
        depth = h->level;
        buf_printf(out, "<navPoint id=\"point-%d\">", ++number);
        text_element(out, "navLabel", label_language(b, h), h->label);
        content(out, h->chunk, h->id);
        buf_byte(out, '\n');
    }
    for (; depth > 0; depth--)
        buf_string(out, "</navPoint>\n");
    buf_string(out, "</navMap>\n");
}

static bool is_number(const char *label)
{
    for (const char *c = label; *c; c++)
        if (!ascii_digit(*c))
            return false;
    return *label != '\0';
}

static void pages(const struct book *b, struct buf *out)
{
    buf_string(out, "<pageList>\n");
    text_element(out, "navLabel", NULL, word_in(b->language, WORD_PAGES));
    buf_byte(out, '\n');
    for (size_t i = 0; i < b->mark_count; i++) {
        const struct placed_mark *m = &b->marks[i];
        buf_printf(out, "<pageTarget id=\"target-%zu\" type=\"%s\">", i + 1,
                   is_number(m->label) ? "normal" : "front");
        text_element(out, "navLabel", NULL, m->label);
        content(out, m->chunk, m->id);
        buf_string(out, "</pageTarget>\n");
    }
    buf_string(out, "</pageList>\n");
}

void ncx_write(const struct book *b, struct buf *out)
{
    buf_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                    "<ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" version=\"2005-1\" xml:lang=\"");
    xhtml_value(out, text_of(b->language));
    buf_string(out, "\">\n");
    head(b, out);
    text_element(out, "docTitle", NULL, b->title);
    buf_byte(out, '\n');
    contents(b, out);
    if (b->mark_count)
        pages(b, out);
    buf_string(out, "</ncx>\n");
}
