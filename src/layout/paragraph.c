/* What is asked of a paragraph that is set: its words as they are read, and where they stand in the source.
 */
#include "layout/paragraph.h"

/* The length of what is not seen there: a soft hyphen, a forced line end. */
static size_t unseen(struct text t)
{
    return text_starts(t, "\xC2\xAD") ? 2 : text_starts(t, "\xE2\x80\xA8") ? 3 : 0;
}

void paragraph_text(const struct paragraph *p, uint32_t from, uint32_t to, bool hyphen, struct buf *out)
{
    struct text t = text_trim((struct text){p->text + from, to - from});
    while (t.length) {
        size_t skip = unseen(t);
        if (!skip)
            buf_byte(out, t.at[0]);
        t = text_slice(t, skip ? skip : 1, t.length);
    }
    if (hyphen && !text_ends(buf_view(out), "-") && !text_ends(buf_view(out), "\xE2\x80\x90"))
        buf_byte(out, '-');
}

bool anchor_in_line(const struct anchor *n, const struct paragraph *p, const struct line *l)
{
    bool last = l == &p->lines[p->line_count - 1];
    return n->offset >= l->start && (n->offset < l->end || last);
}

/* How many bytes of a paragraph's text the raw text at `*at` has become, as gather_text makes them; `*at` is
 * moved behind it. */
static uint32_t gathered(const char *text, uint32_t *at, bool spaces, bool lines)
{
    enum { LINE_END = 3 /* U+2028 */, TAB = 4 /* spaces */ };
    char c = text[(*at)++];
    if (c == '\n' && lines)
        return LINE_END;
    if (c == '\t' && spaces)
        return TAB;
    if (!ascii_space(c) || spaces)
        return 1;
    while (ascii_space(text[*at]) && !(lines && text[*at] == '\n'))
        ++*at;
    return lines && text[*at] == '\n' ? 0 : 1;
}

uint32_t raw_offset(const struct span *s, uint32_t skip)
{
    const char *text = (const char *)s->node->content;
    uint32_t at = s->node_offset;
    bool spaces = style_keeps_spaces(s->style), lines = style_keeps_lines(s->style);
    while (skip && text[at]) {
        uint32_t bytes = gathered(text, &at, spaces, lines);
        skip -= bytes < skip ? bytes : skip;
    }
    return at;
}

struct page_start paragraph_source(const struct paragraph *p, uint32_t offset)
{
    for (uint32_t i = 0; i < p->span_count; i++) {
        const struct span *s = &p->spans[i];
        if (s->end <= offset || !s->node)
            continue;
        uint32_t skip = offset > s->start ? offset - s->start : 0;
        if (s->picture)
            return (struct page_start){.text = s->node};
        return (struct page_start){s->node, raw_offset(s, skip), NULL};
    }
    return (struct page_start){0};
}
