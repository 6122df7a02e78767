/* nav.xhtml: contents, landmarks, pages (EPUB 3.3 §7). */
#include "document/direction.h"
#include "write/epub/book.h"

/* Opens a link but for its last bracket. */
static void link_to(struct buf *out, const char *type, const struct chunk *c, const char *id)
{
    buf_string(out, "<a ");
    if (type)
        buf_printf(out, "epub:type=\"%s\" ", type);
    buf_printf(out, "href=\"%s", c->file);
    if (id) {
        buf_byte(out, '#');
        xhtml_value(out, text_of(id));
    }
    buf_byte(out, '"');
}

static void entry(struct buf *out, const char *type, const struct chunk *c, const char *id, const char *label)
{
    link_to(out, type, c, id);
    buf_byte(out, '>');
    xhtml_text(out, text_of(label));
    buf_string(out, "</a>");
}

static void heading(const struct book *b, struct buf *out, const struct heading *h)
{
    const char *language = label_language(b, h);
    link_to(out, NULL, h->chunk, h->id);
    if (language) {
        buf_string(out, " lang=\"");
        xhtml_value(out, text_of(language));
        buf_string(out, "\" xml:lang=\"");
        xhtml_value(out, text_of(language));
        buf_byte(out, '"');
        if (language_from_right(language) != language_from_right(b->language))
            buf_printf(out, " dir=\"%s\"", language_from_right(language) ? "rtl" : "ltr");
    }
    buf_byte(out, '>');
    if (h->page)
        page_write_mark(h->page, out);
    label_write(h, out);
    buf_string(out, "</a>");
}

/* How a nav begins. */
struct opening {
    const char *type;
    const char *role; /* or NULL */
    enum word title;
    bool hidden;
    const struct placed_mark *page; /* or NULL */
};

static void begin(struct buf *out, const struct book *b, const struct opening *o)
{
    const char *head = o->title == WORD_CONTENTS ? "h1" : "h2";
    buf_printf(out, "<nav epub:type=\"%s\" id=\"%s\"", o->type, o->type);
    if (o->role)
        buf_printf(out, " role=\"%s\"", o->role);
    buf_printf(out, " aria-labelledby=\"%s-title\"%s>\n<%s id=\"%s-title\">", o->type,
               o->hidden ? " hidden=\"hidden\"" : "", head, o->type);
    if (o->page)
        page_write_mark(o->page, out);
    xhtml_text(out, text_of(word_in(b->language, o->title)));
    buf_printf(out, "</%s>\n<ol>\n", head);
}

static void end(struct buf *out)
{
    buf_string(out, "</ol>\n</nav>\n");
}

static void contents(const struct book *b, struct buf *out)
{
    begin(out, b, &(struct opening){"toc", "doc-toc", WORD_CONTENTS, false, b->contents_page});
    int depth = 1;
    for (const struct heading *h = b->contents; h; h = h->next) {
        buf_string(out, "<li>");
        heading(b, out, h);
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

static void list(const struct book *b, struct buf *out, const char *type, enum word title,
                 const struct list *l)
{
    if (!l->first)
        return;
    begin(out, b, &(struct opening){type, NULL, title, l->hidden, l->page});
    for (const struct heading *h = l->first; h; h = h->next) {
        buf_string(out, "<li>");
        heading(b, out, h);
        buf_string(out, "</li>\n");
    }
    end(out);
}

static void landmark(const struct book *b, struct buf *out, const char *type, const struct chunk *c,
                     const char *id, enum word label)
{
    buf_string(out, "<li>");
    entry(out, type, c, id, word_in(b->language, label));
    buf_string(out, "</li>\n");
}

static void landmarks(const struct book *b, struct buf *out)
{
    static const struct chunk cover = {.file = "cover.xhtml"};
    begin(out, b, &(struct opening){"landmarks", NULL, WORD_LANDMARKS, true, NULL});
    if (b->cover)
        landmark(b, out, "cover", &cover, NULL, WORD_COVER);
    if (b->chunk_count && b->chunks->type)
        landmark(b, out, "titlepage", b->chunks, NULL, WORD_TITLE_PAGE);
    if (b->imprint.chunk)
        landmark(b, out, "copyright-page", b->imprint.chunk, b->imprint.id, WORD_IMPRINT);
    landmark(b, out, "toc", &contents_chunk, "toc", WORD_CONTENTS);
    if (b->figures.first && !b->figures.hidden)
        landmark(b, out, "loi", &contents_chunk, "loi", WORD_FIGURES);
    if (b->tables.first && !b->tables.hidden)
        landmark(b, out, "lot", &contents_chunk, "lot", WORD_TABLES);
    if (b->body)
        landmark(b, out, "bodymatter", b->body, NULL, WORD_TEXT);
    if (b->notes.chunk)
        landmark(b, out, "endnotes", b->notes.chunk, b->notes.id, WORD_NOTES);
    if (b->index.chunk) /* the type "index" is for what is marked up entry by entry */
        landmark(b, out, "backmatter", b->index.chunk, b->index.id, WORD_INDEX);
    end(out);
}

static void pages(const struct book *b, struct buf *out)
{
    begin(out, b, &(struct opening){"page-list", "doc-pagelist", WORD_PAGES, true, NULL});
    for (const struct placed_mark *m = b->marks; m < b->marks + b->mark_count; m++) {
        buf_string(out, "<li>");
        entry(out, NULL, m->chunk, m->id, m->label);
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
    list(b, out, "loi", WORD_FIGURES, &b->figures);
    list(b, out, "lot", WORD_TABLES, &b->tables);
    landmarks(b, out);
    if (b->mark_count)
        pages(b, out);
    buf_string(out, "</body>\n</html>\n");
}
