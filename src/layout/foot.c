#include "layout/foot.h"
#include "layout/pagebreak.h"

/* A note's slabs, made when it is first asked for. */
struct foot_note {
    struct slabs slabs;
    float height_pt, least_pt; /* all of it; its first two lines */
};

struct waiting {
    const struct foot_note *note;
    uint32_t from; /* slabs before this one are painted */
    struct waiting *next;
};

struct foot {
    struct waiting *first, **end;
};

/* The lines of a note that stand with its call. */
enum { NOTE_ORPHANS = 2 };

static float height_of(const struct slabs *s, uint32_t from, uint32_t to)
{
    float y = 0;
    for (uint32_t i = from; i < to && i < s->count; i++)
        y += (i > from ? s->slabs[i].space_pt : 0) + s->slabs[i].height_pt;
    return y;
}

static struct foot_note *note_of(struct page_maker *m, const char *name)
{
    struct foot_note *n = hash_find(m->notes, text_of(name));
    if (n)
        return n;
    const struct block_list *list = hash_find(m->flow->notes, text_of(name));
    if (!list)
        return NULL;
    n = arena_alloc(m->arena, sizeof *n);
    n->slabs.arena = m->arena;
    slabs_add(&n->slabs, list, 0);
    n->height_pt = height_of(&n->slabs, 0, n->slabs.count);
    n->least_pt = height_of(&n->slabs, 0, NOTE_ORPHANS);
    hash_put(m->notes, text_of(name), n);
    return n;
}

/* Calls visit(name) for each note that a slab calls. */
static void each_note(const struct slab *s, void (*visit)(const char *name, void *user), void *user)
{
    if (s->line)
        for (const struct note_mark *n = s->paragraph->notes; n; n = n->next)
            if (n->offset >= s->line->start && n->offset < s->line->end)
                visit(n->name, user);
    if (s->table)
        for (const struct row_note *n = s->table->rows[s->row].notes; n; n = n->next)
            visit(n->name, user);
}

/* ---- what notes need */

struct adding {
    struct page_maker *maker;
    struct foot_need need;
};

static void add_need(const char *name, void *user)
{
    struct adding *a = user;
    const struct foot_note *n = note_of(a->maker, name);
    if (!n)
        return;
    a->need.least_pt = a->need.whole_pt + n->least_pt;
    a->need.whole_pt += n->height_pt;
}

struct foot_need foot_slab_need(struct page_maker *m, const struct slab *s)
{
    struct adding a = {m, {0, 0}};
    each_note(s, add_need, &a);
    return a.need;
}

/* ---- painting */

struct foot *foot_new(struct arena *a)
{
    struct foot *f = arena_alloc(a, sizeof *f);
    f->end = &f->first;
    return f;
}

bool foot_waits(const struct foot *f)
{
    return f->first != NULL;
}

static void enqueue(const char *name, void *user)
{
    struct page_maker *m = user;
    const struct foot_note *n = note_of(m, name);
    if (!n || !n->slabs.count)
        return;
    struct waiting *w = arena_alloc(m->arena, sizeof *w);
    w->note = n;
    *m->foot->end = w;
    m->foot->end = &w->next;
}

void foot_call(struct page_maker *m, const struct slab *s)
{
    each_note(s, enqueue, m);
}

/* How many slabs of a note fit into the room, at least `least`, and their height. */
static uint32_t fitting(const struct waiting *w, float room, uint32_t least, float *height)
{
    uint32_t to = w->from + least;
    while (to < w->note->slabs.count && height_of(&w->note->slabs, w->from, to + 1) <= room + 0.1f)
        to++;
    *height = height_of(&w->note->slabs, w->from, to);
    return to;
}

static float room_used(const struct foot *f, float room, uint32_t least)
{
    float used = 0;
    for (const struct waiting *w = f->first; w; w = w->next) {
        float height;
        uint32_t to = fitting(w, room - used, used > 0 ? 0 : least, &height);
        used += height;
        if (to < w->note->slabs.count)
            break;
    }
    return used;
}

static void paint_part(struct page_maker *m, struct painter *painter, const struct waiting *w, uint32_t to,
                       float y)
{
    for (uint32_t i = w->from; i < to; i++) {
        const struct slab *s = &w->note->slabs.slabs[i];
        y += i > w->from ? s->space_pt : 0;
        page_mark_slab(m, s, painter->x_pt, y);
        paint_slab(painter, s, y);
        y += s->height_pt;
    }
}

void foot_paint(struct page_maker *m, struct painter *painter, float y_pt, bool must,
                const struct page_style *style)
{
    struct foot *f = m->foot;
    float bottom = style->height_pt - style->margin_pt[SIDE_BOTTOM], room = bottom - y_pt - m->grid_pt;
    float used = room_used(f, room, must), y = bottom - used;
    if (used <= 0)
        return;
    paint_rectangle(painter, &painter->before, painter->x_pt, y - m->grid_pt / 2, 72, 0.4f, 0);
    while (f->first) {
        struct waiting *w = f->first;
        float height;
        uint32_t to = fitting(w, bottom - y, y <= bottom - used ? must : 0, &height);
        paint_part(m, painter, w, to, y);
        y += height;
        w->from = to;
        if (to < w->note->slabs.count)
            return;
        f->first = w->next;
        if (!f->first)
            f->end = &f->first;
    }
}
