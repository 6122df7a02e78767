/* Why pages end where they do: what the pages that follow cost at best is found from the end; then each
 * page's offers are looked at once more. */
#include "layout/pagebreak_search.h"
#include <float.h>

struct later {
    double cost[SIDES][2];
};

struct explaining {
    const struct slabs *slabs;
    struct later *later;
    double least; /* of the page under trial and those that follow */
    struct page_plan chosen;
    struct page_reasons *out;
};

static double later_of(const struct explaining *e, const struct offer *o)
{
    return e->later[o->to].cost[o->side][o->waits];
}

static void take_least(void *user, const struct offer *o)
{
    struct explaining *e = user;
    double cost = o->cost + later_of(e, o);
    if (cost < e->least)
        e->least = cost;
}

static void know_later(struct search *s, struct arena *a, struct explaining *e)
{
    uint32_t n = s->slabs->count;
    e->later = arena_array(a, n + 1UL, sizeof *e->later);
    for (int side = 0; side < SIDES; side++)
        e->later[n].cost[side][1] = DBL_MAX;
    s->take = take_least;
    s->user = e;
    for (uint32_t from = n; from-- > 0;) {
        struct page_room room = room_from(s, from);
        for (uint8_t side = 0; side < SIDES; side++)
            for (uint8_t waits = 0; waits < s->waiting; waits++) {
                e->least = DBL_MAX;
                if (way_to(s, from, side, waits)->cost < DBL_MAX)
                    try_state(s, room, from, side, waits, 0);
                e->later[from].cost[side][waits] = e->least;
            }
    }
}

static enum page_rule rule_of(const struct slabs *all, uint32_t to)
{
    const struct slab *s = &all->slabs[to];
    if (s->cost <= 0)
        return RULE_NONE;
    const struct paragraph *p = s->paragraph;
    uint32_t line = p && s->line ? (uint32_t)(s->line - p->lines) : 0;
    if (s->cost < SLAB_NEVER)
        return line ? RULE_HYPHEN : RULE_WHOLE;
    if (line == 0)
        return to && all->slabs[to - 1].bound ? RULE_HEAD : s->bound ? RULE_HEAD : RULE_WHOLE;
    if (p->line_count - line < (uint32_t)p->style->widows)
        return RULE_WIDOW;
    return line < (uint32_t)p->style->orphans ? RULE_ORPHAN : RULE_WHOLE;
}

static struct page_end end_from(const struct explaining *e, const struct offer *o)
{
    struct page_end x = {.to = o->to,
                         .forced = o->forced,
                         .short_lines = o->lines,
                         .changed = o->change.paragraph,
                         .lines_more = o->change.lines,
                         .white = o->change.white,
                         .put_off = o->page->put_off,
                         .sum = o->cost,
                         .later = later_of(e, o)};
    double rule = o->forced ? 0 : (double)e->slabs->slabs[o->to].cost;
    if (rule > 0)
        x.rule = rule_of(e->slabs, o->to);
    x.demerits[PAGE_RULE] = rule;
    x.demerits[PAGE_OPENED] = x.white == WHITE_OPENED ? OPENED * o->page->heads : 0;
    x.demerits[PAGE_CLOSED] = x.white == WHITE_CLOSED ? CLOSED : 0;
    x.demerits[PAGE_CHANGED] = x.changed ? o->more - rule - x.demerits[PAGE_OPENED] : 0;
    x.demerits[PAGE_THIN] = o->forced ? o->more : 0;
    x.demerits[PAGE_SHORT] = cost_of_depth(o->lines);
    x.demerits[PAGE_WAITING] = o->waits ? WAITING : 0;
    x.demerits[PAGE_OVERFULL] = o->page->overfull;
    x.demerits[PAGE_UNEVEN] = o->cost;
    for (int k = 0; k < PAGE_DEMERITS; k++)
        if (k != PAGE_UNEVEN)
            x.demerits[PAGE_UNEVEN] -= x.demerits[k];
    return x;
}

static void take_ends(void *user, const struct offer *o)
{
    struct explaining *e = user;
    struct page_reasons *r = e->out;
    struct page_end x = end_from(e, o);
    if (x.to == e->chosen.to && x.changed == e->chosen.changed && x.white == e->chosen.white &&
        x.put_off == e->chosen.put_off) {
        r->chosen = x;
    } else if (x.later < DBL_MAX &&
               (!r->has_runner_up || x.sum + x.later < r->runner_up.sum + r->runner_up.later)) {
        r->runner_up = x;
        r->has_runner_up = true;
    }
}

struct page_reasons *pagebreak_explain(struct arena *a, const struct slabs *s,
                                       const struct page_break_options *o, const struct page_plan *plans,
                                       uint32_t count)
{
    struct search all = {.slabs = s, .options = o};
    struct explaining e = {.slabs = s};
    struct page_reasons *out = arena_array(a, count + 1UL, sizeof *out);
    search_ways(&all, a);
    know_later(&all, a, &e);
    all.take = take_ends;
    uint8_t side = last_side(&all), waits = 0;
    for (uint32_t k = count; k-- > 0;) {
        const struct way *w = way_to(&all, plans[k].to, side, waits);
        e.chosen = plans[k];
        e.out = &out[k];
        side = w->side;
        waits = w->waits;
        try_state(&all, room_from(&all, plans[k].from), plans[k].from, side, waits, 0);
    }
    return out;
}
