#include "layout/columns.h"
#include "layout/pagebreak.h"
#include <float.h>
#include <math.h>

static const float ROUNDING = 0.1f;

float column_shift(const struct columns *c, uint32_t column)
{
    return (float)column * (c->width_pt + c->gap_pt);
}

float column_head(const struct slab *s)
{
    return s->table && s->columns ? table_head_height(s->table, s->row) : 0;
}

/* One column: where it ends, and what the next slab would need more than there is. */
struct column {
    uint32_t to;
    float end_pt, lacks_pt;
};

static struct column fill_one(const struct slabs *s, uint32_t from, uint32_t to,
                              const struct column_room *room, struct column_place *places, uint32_t number)
{
    float y = room->y_pt + column_head(&s->slabs[from]), allowed_end = y;
    struct column c = {from, y, 0};
    uint32_t allowed = from;
    for (uint32_t i = from; i < to; i++) {
        float top = slab_top(&s->slabs[i], y, room->grid_pt, i == from, false);
        float end = top + s->slabs[i].height_pt;
        if (i > from && s->slabs[i].cost < SLAB_NEVER) {
            allowed = i;
            allowed_end = y;
        }
        if (i > from && s->slabs[i].gap == GAP_COLUMN) {
            c.to = i;
            c.end_pt = y;
            return c;
        }
        if (end > room->bottom_pt + ROUNDING) {
            c.lacks_pt = end - room->bottom_pt;
            bool anyhow = allowed == from && !room->strict;
            c.to = anyhow ? i : allowed;
            c.end_pt = anyhow ? y : allowed_end;
            return c;
        }
        if (places)
            places[i - from] = (struct column_place){number, top};
        y = end;
    }
    c.to = to;
    c.end_pt = y;
    return c;
}

/* Fills the columns; `*lacks` is the least that would change it if columns were deeper. */
static struct column_fill fill(const struct slabs *s, uint32_t from, uint32_t to,
                               const struct column_room *room, struct column_place *places, float *lacks)
{
    struct column_fill f = {from, from, false, room->y_pt};
    uint32_t count = s->slabs[from].columns->count, k = 0;
    *lacks = FLT_MAX;
    for (; k < count && f.to < to; k++) {
        struct column c = fill_one(s, f.to, to, room, places ? places + (f.to - from) : NULL, k);
        if (c.lacks_pt > 0 && c.lacks_pt < *lacks)
            *lacks = c.lacks_pt;
        if (c.to == f.to)
            break;
        f.last_column = f.to;
        f.to = c.to;
        if (c.end_pt > f.deepest_pt)
            f.deepest_pt = c.end_pt;
    }
    f.whole = k == count;
    return f;
}

struct column_fill columns_fill(const struct slabs *s, uint32_t from, uint32_t to,
                                const struct column_room *room, struct column_place *places)
{
    float lacks;
    return fill(s, from, to, room, places, &lacks);
}

/* The height that the columns would have if each line could be cut in pieces. */
static float even_height(const struct slabs *s, uint32_t from, uint32_t to)
{
    float sum = s->slabs[from].height_pt;
    for (uint32_t i = from + 1; i < to; i++)
        sum += s->slabs[i].space_pt + s->slabs[i].height_pt;
    return sum / (float)s->slabs[from].columns->count;
}

struct column_fill columns_balance(const struct slabs *s, uint32_t from, uint32_t to,
                                   const struct column_room *room, struct column_place *places)
{
    float lacks;
    struct column_room trial = *room;
    /* Margins that fall away at a column's top make it less than even. */
    trial.bottom_pt = room->y_pt + 0.8f * even_height(s, from, to);
    while (trial.bottom_pt < room->bottom_pt) {
        struct column_fill f = fill(s, from, to, &trial, places, &lacks);
        if (f.to == to)
            return f;
        trial.bottom_pt += lacks;
    }
    return fill(s, from, to, room, places, &lacks);
}
