/* pagebreak.h - where pages end: the best way over all pages of a flow at once (Plass, "Optimal Pagination
 * Techniques for Automatic Typesetting Systems", 1981), by dynamic programming over its slabs.
 *
 * A page may be a line short when that saves a widow, an orphan or a head at the foot; what breaks such a
 * rule costs so much that it happens only where nothing else is possible.
 */
#ifndef OCTAVO_LAYOUT_PAGEBREAK_H
#define OCTAVO_LAYOUT_PAGEBREAK_H

#include "layout/slab.h"

struct page_room {
    float height_pt; /* of the column */
    float grid_pt;   /* distance of baselines */
};

/* Gives the height of a page of that name. */
typedef struct page_room page_room_of(const char *page, void *user);

/* The height that foot notes called by slab `s` add to its page; 0 when it calls none. */
typedef float foot_height_of(const struct slab *s, void *user);

struct page_break_options {
    page_room_of *room;
    foot_height_of *foot; /* NULL: no notes at the foot */
    float separator_pt;   /* between text and the first of them */
    void *user;
};

/* Where a slab begins when `y` is used up above it on its page: its margin and its place on the grid.
 * `first`: it is the first of the page, `forced`: because a page had to end before it, so that its margin
 * stays. */
float slab_top(const struct slab *s, float y, float grid_pt, bool first, bool forced);

/* The height of the table head that is repeated above a slab which begins a page. */
float slab_repeated_head(const struct slab *s);

/* Chooses the pages: starts[k] is the first slab of page k. Returns how many there are; `starts` lives in
 * `a`. */
uint32_t pagebreak(struct arena *a, const struct slabs *s, const struct page_break_options *o,
                   uint32_t **starts);

#endif
