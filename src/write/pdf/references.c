/* What refers to what (ISO 32000-2 §14.7.2, Ref): note calls and notes both ways, entries of a contents list
 * to their sections. PDF/UA-2 asks for it (ISO 14289-2 §8.2.5.8, §8.2.5.14). */
#include "write/pdf/syntax.h"
#include "write/pdf/writer.h"
#include <stdlib.h>

static int by_from(const void *a, const void *b)
{
    const struct reference *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

static size_t link_references(const struct writer *w, const struct link *l, struct reference out[3])
{
    const struct pages *p = w->pages;
    const char *target = l->frame->link->uri ? NULL : l->frame->link->target;
    const struct destination *d = target && l->tag ? destination_find(p, target) : NULL;
    size_t count = 0;
    if (!d || !d->tag)
        return 0;
    uint32_t note = tag_around(p, d->tag, TAG_NOTE), entry = tag_around(p, l->tag, TAG_TOCI);
    if (note && w->tag_stands[note] == note && tag_around(p, l->tag, TAG_NOTE) != note) {
        out[count++] = (struct reference){l->tag, note};
        out[count++] = (struct reference){note, l->tag};
    }
    if (entry)
        out[count++] = (struct reference){entry, w->tag_stands[d->tag]};
    return count;
}

void writer_references(struct writer *w)
{
    w->references = arena_array(w->arena, 3 * (size_t)w->link_count + 1, sizeof *w->references);
    size_t count = 0;
    for (uint32_t i = 0; i < w->link_count; i++)
        count += link_references(w, &w->links[i], w->references + count);
    qsort(w->references, count, sizeof *w->references, by_from);
    for (size_t i = 0; i < count; i++) /* a link over two lines refers once */
        if (!i || by_from(&w->references[i], &w->references[i - 1]) != 0)
            w->references[w->reference_count++] = w->references[i];
}

const struct reference *references_of(const struct writer *w, uint32_t tag)
{
    size_t low = 0, high = w->reference_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (w->references[middle].from < tag)
            low = middle + 1;
        else
            high = middle;
    }
    return low < w->reference_count && w->references[low].from == tag ? &w->references[low] : NULL;
}

void print_references(const struct writer *w, struct buf *b, uint32_t tag)
{
    const struct reference *r = references_of(w, tag), *end = w->references + w->reference_count;
    if (!r)
        return;
    buf_string(b, "/Ref[");
    for (; r < end && r->from == tag; r++)
        pdf_ref(b, w->tag_object[r->to]);
    buf_byte(b, ']');
}
