#include "layout/builder.h"
#include <math.h>

enum { COLUMNS_MOST = 64 };

/* How many columns of the style's width and gap the room has (CSS Multi-column Layout 1 §3.4). */
static uint32_t count_for(const struct style *s, float width_pt)
{
    float least = s->column_width.pt > 1 ? s->column_width.pt : 1;
    int fit = (int)floorf((width_pt + s->column_gap_pt) / (least + s->column_gap_pt) + 0.001f);
    int count = s->column_width.automatic ? s->column_count : fit;
    if (s->column_count && count > s->column_count)
        count = s->column_count;
    return count < 1 ? 1 : count > COLUMNS_MOST ? COLUMNS_MOST : (uint32_t)count;
}

/* The body is entered for each of its children, whose columns are the same. */
static const struct columns *kept(struct builder *b, const struct columns *c)
{
    const struct columns *last = b->last_columns;
    bool same = last && last->style == c->style && last->count == c->count && !(last->x_pt < c->x_pt) &&
                !(last->x_pt > c->x_pt);
    if (!same || top_level(b)->kind != ELEMENT_BODY) {
        struct columns *own = arena_alloc(b->arena, sizeof *own);
        *own = *c;
        last = own;
    }
    if (top_level(b)->kind == ELEMENT_BODY)
        b->last_columns = last;
    return last;
}

void begin_columns(struct builder *b, struct level *l)
{
    const struct style *s = l->style;
    if (l->changes_columns || b->columns || b->in_cell || (!s->column_count && s->column_width.automatic))
        return;
    uint32_t count = count_for(s, l->width_pt);
    float width = (l->width_pt - (float)(count - 1) * s->column_gap_pt) / (float)count;
    if (count < 2 || width < s->size_pt)
        return;
    struct columns c = {s, count, l->x_pt, width, s->column_gap_pt};
    l->changes_columns = true;
    l->outer_columns = b->columns;
    l->width_pt = width;
    b->columns = kept(b, &c);
}

static void forget_columns(struct builder *b, struct level *l)
{
    l->changes_columns = true;
    l->outer_columns = b->columns;
    b->columns = NULL;
}

static float whole_width(const struct columns *c)
{
    return (float)c->count * (c->width_pt + c->gap_pt) - c->gap_pt;
}

void span_columns(struct builder *b, struct level *l)
{
    const struct columns *c = b->columns;
    if (!l->style->spans_columns || !c)
        return;
    l->x_pt = c->x_pt;
    l->width_pt = whole_width(c);
    forget_columns(b, l);
}

void leave_columns(struct builder *b, struct level *l)
{
    if (!b->columns)
        return;
    l->width_pt += whole_width(b->columns) - b->columns->width_pt;
    forget_columns(b, l);
}

void end_columns(struct builder *b, const struct level *l)
{
    if (l->changes_columns)
        b->columns = l->outer_columns;
}
