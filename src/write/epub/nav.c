/* nav.xhtml: contents, landmarks, pages (EPUB 3.3 §7). */
#include "write/epub/book.h"
#include "write/tree/xhtml.h"

static void entry(struct buf *out, const char *type, const struct chunk *c, const char *id, const char *label,
                  const struct placed_mark *page)
{
    buf_string(out, "<a ");
    if (type)
        buf_printf(out, "epub:type=\"%s\" ", type);
    buf_printf(out, "href=\"%s", c->file);
    if (id) {
        buf_byte(out, '#');
        xhtml_value(out, text_of(id));
    }
    buf_string(out, "\">");
    if (page)
        page_write_mark(page, out);
    xhtml_text(out, text_of(label));
    buf_string(out, "</a>");
}

static void begin(struct buf *out, const struct book *b, const char *type, const char *role, enum word title)
{
    bool shown = title == WORD_CONTENTS;
    buf_printf(out,
               "<nav epub:type=\"%s\" id=\"%s\"%s%s aria-labelledby=\"%s-title\"%s>\n<%s id=\"%s-title\">",
               type, type, role ? " role=" : "", role ? role : "", type, shown ? "" : " hidden=\"hidden\"",
               shown ? "h1" : "h2", type);
    if (shown && b->contents_page)
        page_write_mark(b->contents_page, out);
    xhtml_text(out, text_of(word_in(b->language, title)));
    buf_printf(out, "</%s>\n<ol>\n", shown ? "h1" : "h2");
}

static void end(struct buf *out)
{
    buf_string(out, "</ol>\n</nav>\n");
}

static void contents(const struct book *b, struct buf *out)
{
    begin(out, b, "toc", "\"doc-toc\"", WORD_CONTENTS);
    int depth = 1;
    for (const struct heading *h = b->contents; h; h = h->next) {
        buf_string(out, "<li>");
        entry(out, NULL, h->chunk, h->id, h->label, h->page);
        int next = h->next ? h->next->level : 1;
        if (next > depth) {
            buf_string(out, "\n<ol>\n");
            depth++;
            continue;
        }
        buf_string(out, "</li>\n");
        for (; depth > next; depth--)
            buf_string(out, "</ol>\n</li>\n");
    }
    end(out);
}

static void landmark(const struct book *b, struct buf *out, const char *type, const struct chunk *c,
                     const char *id, enum word label)
{
    buf_string(out, "<li>");
    entry(out, type, c, id, word_in(b->language, label), NULL);
    buf_string(out, "</li>\n");
}

static void landmarks(const struct book *b, struct buf *out)
{
    static const struct chunk cover = {.file = "cover.xhtml"};
    begin(out, b, "landmarks", NULL, WORD_LANDMARKS);
    if (b->cover)
        landmark(b, out, "cover", &cover, NULL, WORD_COVER);
    if (b->chunk_count && b->chunks->type)
        landmark(b, out, "titlepage", b->chunks, NULL, WORD_TITLE_PAGE);
    landmark(b, out, "toc", &contents_chunk, "toc", WORD_CONTENTS);
    if (b->body)
        landmark(b, out, "bodymatter", b->body, NULL, WORD_TEXT);
    if (b->notes)
        landmark(b, out, "endnotes", b->notes, b->notes_id, WORD_NOTES);
    end(out);
}

static void pages(const struct book *b, struct buf *out)
{
    begin(out, b, "page-list", "\"doc-pagelist\"", WORD_PAGES);
    for (const struct placed_mark *m = b->marks; m < b->marks + b->mark_count; m++) {
        buf_string(out, "<li>");
        entry(out, NULL, m->chunk, m->id, m->label, NULL);
        buf_string(out, "</li>\n");
    }
    end(out);
}

void nav_write(const struct book *b, struct buf *out)
{
    xhtml_begin(out, b->language, word_in(b->language, WORD_CONTENTS));
    sheet_link(b, out);
    buf_string(out, "</head>\n<body "
                    "class=\"navigation\">\n");
    contents(b, out);
    landmarks(b, out);
    if (b->mark_count)
        pages(b, out);
    buf_string(out, "</body>\n</html>\n");
}
