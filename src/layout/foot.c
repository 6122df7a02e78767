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

static bool called_in(const struct note_mark *n, const struct slab *s)
{
    return n->offset >= s->line->start && n->offset < s->line->end;
}

float foot_slab_height(struct page_maker *m, const struct slab *s)
{
    float height = 0;
    if (s->line)
        for (const struct note_mark *n = s->paragraph->notes; n; n = n->next)
            if (called_in(n, s)) {
                const struct foot_note *note = note_of(m, n->name);
                height += note ? note->height_pt : 0;
            }
    return height;
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

void foot_paint(struct page_maker *m, struct painter *painter, uint32_t from, uint32_t to,
                const struct page_style *style)
{
    float height = 0;
    for (uint32_t i = from; i < to; i++)
        height += foot_slab_height(m, &m->slabs->slabs[i]);
    if (height <= 0)
        return;
    float y = style->height_pt - style->margin_pt[SIDE_BOTTOM] - height;
    paint_rectangle(painter, &painter->before, painter->x_pt, y - m->grid_pt / 2, 72, 0.4f, 0);
    for (uint32_t i = from; i < to; i++) {
        const struct slab *s = &m->slabs->slabs[i];
        for (const struct note_mark *n = s->line ? s->paragraph->notes : NULL; n; n = n->next) {
            if (!called_in(n, s))
                continue;
            const struct foot_note *note = note_of(m, n->name);
            if (!note)
                continue;
            mark_note(m, note, painter->x_pt, y);
            uint32_t count;
            struct frame *frames = slabs_stack(m->arena, &note->slabs, painter->x_pt, y, &count);
            for (uint32_t k = 0; k < count; k++)
                paint_frame(painter, &painter->before, &frames[k], 0, 0);
            y += note->height_pt;
        }
    }
}
