#include "layout/foot.h"

/* A note's slabs, made when it is first asked for. */
struct foot_note {
    struct slabs slabs;
    float height_pt;
};

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
    n->height_pt = slabs_height(&n->slabs);
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

struct adding {
    struct page_maker *maker;
    struct painter *painter;
    float y; /* of the next note; or the height so far */
};

static void add_height(const char *name, void *user)
{
    struct adding *a = user;
    const struct foot_note *n = note_of(a->maker, name);
    a->y += n ? n->height_pt : 0;
}

float foot_slab_height(struct page_maker *m, const struct slab *s)
{
    struct adding a = {m, NULL, 0};
    each_note(s, add_height, &a);
    return a.y;
}

static void mark_note(struct page_maker *m, const struct foot_note *note, float x, float y)
{
    for (uint32_t i = 0; i < note->slabs.count; i++) {
        const struct slab *s = &note->slabs.slabs[i];
        y += i ? s->space_pt : 0;
        if (s->line)
            page_mark_line(m, s, x, y);
        y += s->height_pt;
    }
}

static void paint_note(const char *name, void *user)
{
    struct adding *a = user;
    const struct foot_note *note = note_of(a->maker, name);
    if (!note)
        return;
    mark_note(a->maker, note, a->painter->x_pt, a->y);
    uint32_t count;
    struct frame *frames = slabs_stack(a->maker->arena, &note->slabs, a->painter->x_pt, a->y, &count);
    for (uint32_t k = 0; k < count; k++)
        paint_frame(a->painter, &a->painter->before, &frames[k], 0, 0);
    a->y += note->height_pt;
}

void foot_paint(struct page_maker *m, struct painter *painter, uint32_t from, uint32_t to,
                const struct page_style *style)
{
    float height = 0;
    for (uint32_t i = from; i < to; i++)
        height += foot_slab_height(m, &m->slabs->slabs[i]);
    if (height <= 0)
        return;
    struct adding a = {m, painter, style->height_pt - style->margin_pt[SIDE_BOTTOM] - height};
    paint_rectangle(painter, &painter->before, painter->x_pt, a.y - m->grid_pt / 2, 72, 0.4f, 0);
    for (uint32_t i = from; i < to; i++)
        each_note(&m->slabs->slabs[i], paint_note, &a);
}
