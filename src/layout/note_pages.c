#include "layout/note_pages.h"
#include "document/words.h"
#include "layout/running.h"

struct note_pages {
    uint32_t seen;        /* destinations that former pages have */
    bool earlier;         /* the front matter's destinations are in page_of */
    struct hash *page_of; /* name → its struct page_number; NULL before the first note */
    uint32_t known;       /* how many destinations are in it */
    bool any;             /* a note has begun on some page */
    uint32_t last;        /* index of the page that calls it */
};

/* The front matter's pages count from 0, and the text's behind them. */
struct page_number {
    uint32_t index;
};

struct note_pages *note_pages_new(struct arena *a)
{
    return arena_alloc(a, sizeof(struct note_pages));
}

static uint32_t earlier_count(const struct page_maker *m)
{
    return m->earlier ? m->earlier->count : 0;
}

static void learn_one(struct page_maker *m, const struct destination *d, uint32_t before)
{
    struct page_number *at = arena_alloc(m->arena, sizeof *at);
    at->index = d->page + before;
    hash_put(m->note_pages->page_of, text_of(d->name), at);
}

static void learn(struct page_maker *m)
{
    struct note_pages *n = m->note_pages;
    const struct pages *all = m->pages;
    if (!n->page_of)
        n->page_of = hash_new(m->arena);
    for (uint32_t i = 0; m->earlier && !n->earlier && i < m->earlier->destination_count; i++)
        learn_one(m, &m->earlier->destinations[i], 0);
    n->earlier = true;
    for (; n->known < all->destination_count; n->known++)
        learn_one(m, &all->destinations[n->known], earlier_count(m));
}

/* The page that calls the note which begins at a destination; NULL when there is none of either. */
static const struct page_number *calling_page(struct page_maker *m, const struct destination *d)
{
    const struct tag *tag = &m->flow->tags[d->tag];
    if (tag->type != TAG_NOTE || !tag->reference)
        return NULL;
    learn(m);
    return hash_find(m->note_pages->page_of, text_of(tag->reference));
}

static const char *label_at(const struct page_maker *m, uint32_t index)
{
    uint32_t earlier = earlier_count(m);
    return index < earlier ? m->earlier->pages[index].label : m->pages->pages[index - earlier].label;
}

static void set_range(struct page_maker *m, uint32_t first, uint32_t last)
{
    const char *range = label_at(m, first);
    if (last > first)
        range = arena_printf(m->arena, "%s–%s", range, label_at(m, last));
    const char *words =
        word_in(m->document->meta.language, last > first ? WORD_NOTES_TO_PAGES : WORD_NOTES_TO_PAGE);
    running_set(m->running, "note-pages", range);
    running_set(m->running, "notes-to-pages", arena_printf(m->arena, "%s %s", words, range));
}

void note_pages_set(struct page_maker *m)
{
    struct note_pages *n = m->note_pages;
    const struct pages *all = m->pages;
    uint32_t first = UINT32_MAX, last = 0;
    for (; n->seen < all->destination_count; n->seen++) {
        const struct page_number *at = calling_page(m, &all->destinations[n->seen]);
        if (!at)
            continue;
        first = at->index < first ? at->index : first;
        last = at->index > last ? at->index : last;
    }
    if (first != UINT32_MAX) {
        set_range(m, first, last);
        n->any = true;
        n->last = last;
    } else if (n->any) {
        set_range(m, n->last, n->last);
        n->any = false;
    }
}
