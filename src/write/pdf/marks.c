#include "write/pdf/marks.h"

struct tag_kids tag_kids_new(struct arena *a, const struct pages *pages)
{
    uint32_t n = pages->tag_count;
    struct tag_kids k = {.pages = pages};
    k.first = arena_array(a, (size_t)n + 2, sizeof *k.first);
    k.kids = arena_array(a, (size_t)n + 1, sizeof *k.kids);
    for (uint32_t t = 2; t < n; t++)
        k.first[pages->tags[t].parent + 1]++;
    for (uint32_t t = 0; t <= n; t++)
        k.first[t + 1] += k.first[t];
    uint32_t *next = arena_array(a, (size_t)n + 1, sizeof *next);
    memcpy(next, k.first, (size_t)n * sizeof *next);
    for (uint32_t t = 2; t < n; t++)
        k.kids[next[pages->tags[t].parent]++] = t;
    return k;
}

bool tag_decorates(const struct tag *t)
{
    return t->type == TAG_FIGURE && t->alternative && !t->alternative[0];
}

uint32_t mark_tag(const struct pages *pages, const struct frame *f)
{
    if (f->tag >= pages->tag_count)
        return 0;
    bool picture = f->kind == FRAME_IMAGE && tag_decorates(&pages->tags[f->tag]);
    return picture ? 0 : f->tag;
}

/* Is a kid of `tag` read after `from` and before `to`? */
static bool kid_between(const struct tag_kids *k, uint32_t tag, uint32_t from, uint32_t to)
{
    uint32_t low = k->first[tag], end = k->first[tag + 1], high = end;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (k->pages->tags[k->kids[middle]].seq > from)
            high = middle;
        else
            low = middle + 1;
    }
    return low < end && k->pages->tags[k->kids[low]].seq < to;
}

/* Text without a tag and a place in the reading order is a running head or a folio (§14.8.2.2.2); all else
 * adorns: leaders, breaks' ornaments, the heads of tables that go on. */
static enum artifact artifact_of(const struct page *page, const struct frame *f)
{
    if (f->kind != FRAME_TEXT || f->seq)
        return ARTIFACT_LAYOUT;
    return f->y_pt < page->height_pt / 2 ? ARTIFACT_HEADER : ARTIFACT_FOOTER;
}

struct page_marks marks_of_page(struct arena *a, const struct tag_kids *kids, const struct page *page)
{
    struct page_marks out = {.marks = arena_array(a, (size_t)page->count + 1, sizeof *out.marks)};
    struct mark *m = NULL;
    uint32_t last_seq = 0;
    for (uint32_t i = 0; i < page->count; i++) {
        const struct frame *f = &page->frames[i];
        if (f->kind == FRAME_LINK)
            continue;
        uint32_t tag = mark_tag(kids->pages, f);
        enum artifact artifact = tag ? ARTIFACT_LAYOUT : artifact_of(page, f);
        bool on = m && m->tag == tag && m->artifact == artifact &&
                  (!tag || (f->seq >= last_seq && !kid_between(kids, tag, last_seq, f->seq)));
        if (!on) {
            m = &out.marks[out.count++];
            *m = (struct mark){.tag = tag, .artifact = artifact, .seq = f->seq, .first = i};
        }
        m->count = i + 1 - m->first;
        last_seq = f->seq;
    }
    return out;
}
