/* What a slab on a page leaves behind: destinations of links, and strings for the running heads. */
#include "layout/explain.h"
#include "layout/page.h"
#include "layout/running.h"

static void add_destination(struct page_maker *m, struct destination d)
{
    struct pages *all = m->pages;
    all->destinations = arena_room(m->arena, all->destinations, all->destination_count,
                                   &m->destination_capacity, sizeof *all->destinations);
    all->destinations[all->destination_count++] = d;
}

/* Destinations and strings of a line that stands at y. */
static void mark_line(struct page_maker *m, const struct slab *s, float x, float y)
{
    const struct paragraph *p = s->paragraph;
    const struct line *l = s->line;
    for (const struct anchor *n = p->anchors; n; n = n->next)
        if (anchor_in_line(n, p, l))
            add_destination(m, (struct destination){n->name, m->pages->count - 1, x + s->x_pt, y, n->tag});
    if (l == p->lines)
        for (const struct string_mark *w = p->strings; w; w = w->next)
            running_set(m->running, w->name, w->value);
}

static void mark_row(struct page_maker *m, const struct slab *s, float x, float y)
{
    for (const struct row_mark *n = s->table->rows[s->row].marks; n; n = n->next)
        add_destination(m, (struct destination){n->name, m->pages->count - 1, x + s->x_pt + n->x_pt,
                                                y + n->y_pt, n->tag});
}

void page_mark_slab(struct page_maker *m, const struct slab *s, float x_pt, float y_pt)
{
    if (m->explain)
        explain_slab(m->explain, s);
    if (s->line)
        mark_line(m, s, x_pt, y_pt);
    else if (s->table)
        mark_row(m, s, x_pt, y_pt);
    if (s->line || s->table)
        running_begin_text(m->running);
}
