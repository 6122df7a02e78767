#include "layout/place.h"
#include "layout/columns.h"

static struct placed *place(struct placing *p, uint32_t slab, float top_pt)
{
    struct placed *at = &p->placed[p->count++];
    *at = (struct placed){.slab = slab, .top_pt = top_pt};
    return at;
}

static void place_float(const struct slabs *all, const struct page_plan *plan, float grid_pt,
                        struct placing *p, float *y)
{
    if (plan->top == NO_FLOAT)
        return;
    float top = 0;
    for (uint32_t i = plan->top; i < plan->top + all->slabs[plan->top].float_count; i++) {
        top += i > plan->top ? all->slabs[i].space_pt : 0;
        place(p, i, top);
        top += all->slabs[i].height_pt;
    }
    p->floated = p->count;
    *y = float_height(all, plan->top, grid_pt);
}

/* What follows a head and needs more space to reach the grid gives it above the head. */
static void lift_chain(struct placing *p, uint32_t chain, float more)
{
    for (uint32_t k = chain; k + 1 < p->count; k++)
        p->placed[k].top_pt += more;
}

/* Slabs from ≤ i < to in their columns, which begin at `y`. Gives where the deepest column ends. */
static float place_columns(struct arena *a, const struct slabs *all, uint32_t from, uint32_t to, float y,
                           struct page_room room, struct placing *p)
{
    const struct columns *c = all->slabs[from].columns;
    struct column_place *places = arena_array(a, to - from, sizeof *places);
    struct column_room in = {y, room.height_pt, room.grid_pt, false};
    bool ends = to == all->slabs[from].run_end;
    struct column_fill f = ends && c->style->columns_filled ? columns_fill(all, from, to, &in, places)
                                                            : columns_balance(all, from, to, &in, places);
    for (uint32_t i = from; i < to; i++) {
        const struct column_place *at = &places[i - from];
        struct placed *slab = place(p, i, i < f.to ? at->top_pt : f.deepest_pt);
        if (i >= f.to)
            continue;
        slab->shift_pt = column_shift(c, at->column);
        slab->column = i > from && at->column > at[-1].column ? at->column : 0;
        slab->deep_pt = f.deepest_pt - y;
    }
    return f.deepest_pt;
}

static bool goes_down(const struct slabs *all, const struct page_plan *plan, uint32_t i, float height_pt)
{
    return all->slabs[i].floats_down && i != plan->put_off && float_foot_height(all, i) <= height_pt + 0.1f;
}

/* The floats at the page's foot, and what they leave to the rest. */
static float room_above_floats(const struct slabs *all, const struct page_plan *plan, float height_pt)
{
    for (uint32_t i = plan->from; i < plan->to; i++)
        if (goes_down(all, plan, i, height_pt))
            height_pt -= float_foot_height(all, i);
    return height_pt;
}

static void place_at_foot(const struct slabs *all, const struct page_plan *plan, float y, float height_pt,
                          struct placing *p)
{
    for (uint32_t i = plan->from; i < plan->to; i++) {
        if (!goes_down(all, plan, i, height_pt))
            continue;
        for (uint32_t k = i; k < i + all->slabs[i].float_count; k++) {
            y += all->slabs[k].space_pt;
            place(p, k, y)->at_foot = true;
            y += all->slabs[k].height_pt;
        }
    }
}

struct placing place_slabs(struct arena *a, const struct slabs *all, const struct page_plan *plan,
                           struct page_room room)
{
    uint32_t most = plan->to - plan->from + (plan->top == NO_FLOAT ? 0 : all->slabs[plan->top].float_count);
    struct placing placing = {arena_array(a, most, sizeof *placing.placed), 0, 0, 0}, *p = &placing;
    bool forced = plan->from == 0 || slab_forces_page(&all->slabs[plan->from]);
    const struct slab *gone = NULL;
    float y = slab_repeated_head(&all->slabs[plan->from]);
    place_float(all, plan, room.grid_pt, p, &y);
    uint32_t chain = p->count, first = p->count;
    float above = room_above_floats(all, plan, room.height_pt);
    for (uint32_t i = plan->from; i < plan->to; i++) {
        if (i == plan->put_off || goes_down(all, plan, i, room.height_pt)) {
            gone = i == plan->put_off || y > 0 ? &all->slabs[i] : NULL;
            i += all->slabs[i].float_count - 1;
            continue;
        }
        struct slab s = all->slabs[i];
        if (gone)
            s.space_pt = slab_space_after_put_off(&s, gone);
        gone = NULL;
        bool at_top = p->count == 0;
        if (i > plan->from)
            y += room.grid_pt * (float)slab_white(&s, plan->white);
        float plain = y + (at_top && !forced ? 0 : s.space_pt),
              top = slab_top(&s, y, room.grid_pt, at_top, forced);
        if (!s.bound)
            chain = p->count;
        if (s.columns) {
            uint32_t to = s.run_end < plan->to ? s.run_end : plan->to;
            y = place_columns(a, all, i, to, top, (struct page_room){above, room.grid_pt}, p);
            i = to - 1;
            continue;
        }
        place(p, i, top);
        if (top > plain && s.snap && s.bound && chain > first)
            lift_chain(p, chain, top - plain);
        y = top + s.height_pt;
    }
    place_at_foot(all, plan, above, room.height_pt, p);
    placing.foot_pt = room.height_pt - above;
    return placing;
}
