#include "layout/layout.h"
#include "base/pool.h"
#include "layout/flow.h"
#include "layout/page.h"
#include "layout/setter.h"
#include "layout/slab.h"

/* Units that one thread sets together, with an arena and a list of messages of its own. */
struct batch {
    struct failure failure;
    struct arena *arena;
    struct messages *messages;
    const struct unit *units;
    uint32_t count;
    bool failed;
};

struct work {
    const struct document *document;
    struct hyphenation *hyphenation;
    struct batch *batches;
};

/* A batch pays for its own cache of words, so it should not be small. */
enum { BATCH_LEAST = 48, BATCHES_PER_THREAD = 4 };

static void set_batch(void *user, size_t i)
{
    struct work *w = user;
    struct batch *b = &w->batches[i];
    if (setjmp(b->failure.back)) {
        b->failed = true;
        return;
    }
    b->messages = messages_new(b->arena, NULL, NULL);
    struct setter *s = setter_new(b->arena, w->document, b->messages, w->hyphenation);
    for (uint32_t k = 0; k < b->count; k++) {
        if (b->units[k].paragraph)
            paragraph_set(s, b->units[k].paragraph);
        else
            table_set(s, b->units[k].table);
    }
}

static void end_arena(void *what)
{
    arena_free(what);
}

static struct batch *batches_make(struct arena *a, const struct flow *f, uint32_t count)
{
    struct batch *batches = arena_array(a, count, sizeof *batches);
    uint32_t from = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t to = (uint32_t)((uint64_t)f->unit_count * (i + 1) / count);
        struct batch *b = &batches[i];
        b->arena = arena_must(a, arena_new(&b->failure));
        arena_defer(a, end_arena, b->arena);
        b->units = f->units + from;
        b->count = to - from;
        from = to;
    }
    return batches;
}

/* Sets all units in parallel; the batches' messages come in the order of the document. */
static void set_units(struct arena *a, const struct document *d, struct hyphenation *h, const struct flow *f,
                      int threads)
{
    uint32_t count = f->unit_count / BATCH_LEAST + 1;
    uint32_t most = (uint32_t)(threads < 1 ? 1 : threads) * BATCHES_PER_THREAD;
    if (count > most)
        count = most;
    struct work w = {d, h, batches_make(a, f, count)};
    pool_run(threads, count, set_batch, &w);
    hyphenation_settle(h);
    for (uint32_t i = 0; i < count; i++) {
        if (w.batches[i].failed)
            arena_exhausted(a);
        messages_append(d->messages, w.batches[i].messages);
    }
}

const struct pages *layout_document(struct arena *a, const struct document *d, struct styles *s,
                                    struct fonts *f, const struct layout_options *o)
{
    struct pages *pages = arena_alloc(a, sizeof *pages);
    struct page_maker m = {.arena = a, .document = d, .styles = s, .fonts = f, .pages = pages};
    const struct page_style *page = page_style_named(&m, "", false, false, false);
    struct flow_options fo = {
        .width_pt = page->width_pt - page->margin_pt[SIDE_LEFT] - page->margin_pt[SIDE_RIGHT],
        .height_pt = page->height_pt - page->margin_pt[SIDE_TOP] - page->margin_pt[SIDE_BOTTOM],
        .notes_at_foot = o->notes_at_foot};
    m.flow = flow_make(a, d, s, f, &fo);
    struct hyphenation *h = hyphenation_new(a, d->messages, NULL);
    set_units(a, d, h, m.flow, o->threads);
    const struct style *body = style_of(s, d->body, PSEUDO_NONE, style_of(s, d->root, PSEUDO_NONE, NULL));
    m.grid_pt = body->line_height_pt;
    struct slabs slabs = {.arena = a};
    slabs_add(&slabs, &m.flow->body, m.grid_pt);
    m.slabs = &slabs;
    m.setter = setter_new(a, d, d->messages, h);
    m.notes = o->notes_at_foot ? hash_new(a) : NULL;
    pages->tags = m.flow->tags;
    pages->tag_count = m.flow->tag_count;
    pages->outline = m.flow->outline;
    pages->outline_count = m.flow->outline_count;
    pages->language = d->meta.language;
    pages_make(&m);
    fonts_settle(f);
    return pages;
}
