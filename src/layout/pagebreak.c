#include "layout/pagebreak.h"
#include <float.h>
#include <math.h>

/* Demerits: a page that ends one line early, two, and each further; the last page of a chapter with hardly a
 * line. */
static const double SHORT[] = {0, 18, 120, 400}, SHORTER = 400, THIN_LAST = 900, OVERFULL = 1e9;
enum { SHORT_KNOWN = 3, THIN_LINES = 5 };

struct way {
    double cost;     /* of all pages before this slab */
    uint32_t before; /* the first slab of the page that ends here */
};

float slab_repeated_head(const struct slab *s)
{
    return s->table ? table_head_height(s->table, s->row) : 0;
}

float slab_top(const struct slab *s, float y, float grid_pt, bool first, bool forced)
{
    float top = y + (first && !forced ? 0 : s->space_pt);
    if (s->snap && grid_pt > 0)
        top = ceilf(top / grid_pt - 0.02f) * grid_pt;
    return top;
}

static bool page_must_end(const struct slab *s)
{
    return s->gap >= GAP_PAGE;
}

static double cost_of_depth(float left_over, float grid)
{
    int lines = (int)floorf(left_over / grid + 0.05f);
    if (lines <= SHORT_KNOWN)
        return SHORT[lines < 0 ? 0 : lines];
    return SHORT[SHORT_KNOWN] + SHORTER * (lines - SHORT_KNOWN);
}

static void offer(struct way *way, double cost, uint32_t from)
{
    if (cost < way->cost) {
        way->cost = cost;
        way->before = from;
    }
}

/* Tries all pages that begin with slab `from`. */
static void try_from(const struct slabs *s, uint32_t from, const struct page_break_options *o,
                     struct way *ways)
{
    struct page_room room = o->room(s->slabs[from].page, o->user);
    bool forced = from == 0 || page_must_end(&s->slabs[from]);
    double before = ways[from].cost;
    float y = slab_repeated_head(&s->slabs[from]), foot = 0;
    for (uint32_t i = from; i < s->count; i++) {
        const struct slab *k = &s->slabs[i];
        if (i > from && page_must_end(k)) {
            offer(&ways[i], before + (y < THIN_LINES * room.grid_pt ? THIN_LAST : 0), from);
            return;
        }
        if (i > from)
            offer(&ways[i], before + k->cost + cost_of_depth(room.height_pt - foot - y, room.grid_pt), from);
        float top = slab_top(k, y, room.grid_pt, i == from, forced);
        float feet = o->foot ? o->foot(k, o->user) : 0;
        if (feet > 0 && foot <= 0)
            feet += o->separator_pt;
        if (top + k->height_pt + foot + feet > room.height_pt + 0.1f) {
            if (i == from) /* taller than any page: it has one of its own */
                offer(&ways[i + 1], before + OVERFULL, from);
            return;
        }
        y = top + k->height_pt;
        foot += feet;
    }
    offer(&ways[s->count], before + (y < THIN_LINES * room.grid_pt ? THIN_LAST : 0), from);
}

uint32_t pagebreak(struct arena *a, const struct slabs *s, const struct page_break_options *o,
                   uint32_t **starts)
{
    struct way *ways = arena_array(a, s->count + 1UL, sizeof *ways);
    for (uint32_t i = 1; i <= s->count; i++)
        ways[i].cost = DBL_MAX;
    for (uint32_t i = 0; i < s->count; i++)
        if (ways[i].cost < DBL_MAX)
            try_from(s, i, o, ways);
    uint32_t n = 0;
    for (uint32_t i = s->count; i > 0; i = ways[i].before)
        n++;
    *starts = arena_array(a, n ? n : 1, sizeof **starts);
    uint32_t at = n;
    for (uint32_t i = s->count; i > 0; i = ways[i].before)
        (*starts)[--at] = ways[i].before;
    return n;
}
