/* What the parts of the writer share: text strings, and what messages call a page and the file. */
#include "write/pdf/writer.h"
#include "base/utf8.h"
#include "write/pdf/syntax.h"

struct place writer_place(const struct writer *w)
{
    return (struct place){w->document->source_name, 0, 0};
}

const char *writer_page_name(const struct writer *w, uint32_t page)
{
    const char *label = w->pages->pages[page].label;
    return label && *label ? label : arena_printf(w->arena, "%u (counted)", page + 1);
}

/* PDF/UA-2 §8.6 wants none in texts that are no content: they mean nothing to anybody. */
static struct text without_private(struct writer *w, struct text utf8)
{
    struct buf *b = NULL;
    size_t copied = 0;
    for (size_t at = 0; at < utf8.length;) {
        size_t from = at;
        if (!is_private(utf8_next(utf8, &at)))
            continue;
        b = b ? b : buf_new(w->arena);
        buf_text(b, text_slice(utf8, copied, from));
        buf_utf8(b, UTF8_BAD);
        copied = at;
    }
    if (!b)
        return utf8;
    buf_text(b, text_slice(utf8, copied, utf8.length));
    return buf_view(b);
}

void writer_text(struct writer *w, struct buf *b, struct text utf8)
{
    struct place place = writer_place(w);
    if (w->modern)
        utf8 = without_private(w, utf8);
    if (pdf_text(b, utf8))
        message(w->messages, SEVERITY_LOST, "pdf.text", &place,
                "A text of more than 16,000 characters (\"%.40s …\") is cut in the PDF. Shorten it.",
                text_copy(w->arena, text_slice(utf8, 0, 40)));
}

uint32_t tag_around(const struct pages *p, uint32_t tag, enum tag_type type)
{
    while (tag && tag < p->tag_count && p->tags[tag].type != type)
        tag = p->tags[tag].parent;
    return tag < p->tag_count ? tag : 0;
}
