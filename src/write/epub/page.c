#include "write/epub/book.h"

/* Where the writing of one content file is. */
struct page {
    const struct book *book;
    const struct chunk *chunk;
    const struct placed_mark *mark, *marks_end; /* the next */
    struct buf *scratch;
};

static const char *link_to(const char *href, void *user)
{
    struct page *p = user;
    return scan_address(p->book, p->chunk, href, p->scratch);
}

static const char *picture_at(const char *src, void *user)
{
    struct page *p = user;
    const struct picture *picture = hash_find(p->book->known, text_of(src));
    return picture ? picture->href : "";
}

void page_write_mark(const struct placed_mark *m, struct buf *out)
{
    buf_string(out, "<span epub:type=\"pagebreak\" role=\"doc-pagebreak\" id=\"");
    xhtml_value(out, text_of(m->id));
    buf_string(out, "\" aria-label=\"");
    xhtml_value(out, text_of(m->label));
    buf_string(out, "\"></span>");
}

static const char *colours(const char *style, void *user)
{
    struct page *p = user;
    return colours_kept(style, p->scratch, NULL);
}

/* Of elements that are named those that are in this file. */
static const char *ids_here(const char *value, void *user)
{
    struct page *p = user;
    struct text t = text_of(value), id;
    buf_clear(p->scratch);
    while (text_split(&t, ' ', &id)) {
        if (!id.length || hash_find(p->book->chunk_of, id) != p->chunk)
            continue;
        buf_string(p->scratch, p->scratch->length ? " " : "");
        buf_text(p->scratch, id);
    }
    return p->scratch->length ? p->scratch->data : "";
}

static void write_text(const xmlNode *n, size_t from, size_t to, struct buf *out, void *user)
{
    struct page *p = user;
    struct text t = text_of((const char *)n->content);
    for (; p->mark < p->marks_end && p->mark->text == n; p->mark++) {
        xhtml_text(out, text_slice(t, from, p->mark->offset));
        page_write_mark(p->mark, out);
        from = p->mark->offset;
    }
    xhtml_text(out, text_slice(t, from, to));
}

static void before_picture(const xmlNode *n, struct buf *out, void *user)
{
    struct page *p = user;
    for (; p->mark < p->marks_end && p->mark->text == n; p->mark++)
        page_write_mark(p->mark, out);
}

/* Apple Books shows a note over the page only when its call leads to an element of the type "footnote"; for
 * an item of a list that type, and "endnote", have no role that Ace and EPUBCheck take. */
static bool is_note(const xmlNode *n, void *user)
{
    (void)user;
    return tree_is_endnote(n);
}

static void begin(const struct book *b, const char *title, struct buf *out)
{
    xhtml_begin(out, b->language, title);
    sheet_link(b, out);
    buf_string(out, "</head>\n");
}

void page_write(const struct book *b, const struct chunk *c, struct buf *out)
{
    struct page p = {b, c, c->marks, c->marks + c->mark_count, buf_new(out->arena)};
    begin(b, c->title, out);
    buf_string(out, "<body");
    const char *class = tree_get(b->d->body, "class");
    if (class) {
        buf_string(out, " class=\"");
        xhtml_value(out, text_of(class));
        buf_byte(out, '"');
    }
    if (c->type)
        buf_printf(out, " epub:type=\"%s\"", c->type);
    buf_string(out, ">\n");
    struct xhtml_hooks hooks = {.link = link_to,
                                .source = picture_at,
                                .style = colours,
                                .ids = ids_here,
                                .text = write_text,
                                .picture = before_picture,
                                .note = is_note,
                                .user = &p};
    if (c->range.first)
        xhtml_range(b->d->body, &c->range, &hooks, out);
    buf_string(out, "</body>\n</html>\n");
}

void page_write_cover(const struct book *b, struct buf *out)
{
    begin(b, word_in(b->language, WORD_COVER), out);
    buf_string(
        out, "<body class=\"cover\" epub:type=\"cover\">\n<p class=\"cover\"><img role=\"doc-cover\" src=\"");
    xhtml_value(out, text_of(b->cover->href));
    buf_string(out, "\" alt=\"");
    xhtml_value(out, text_of(word_in(b->language, WORD_COVER)));
    buf_string(out, ": ");
    xhtml_value(out, text_of(b->title));
    buf_string(out, "\"/></p>\n</body>\n</html>\n");
}
