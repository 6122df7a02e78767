/* place.h - where the slabs of a page stand, once it is known which they are. */
#ifndef OCTAVO_LAYOUT_PLACE_H
#define OCTAVO_LAYOUT_PLACE_H

#include "layout/pagebreak.h"

struct placed {
    uint32_t slab;
    float top_pt, shift_pt; /* from the top of the text; to the right of where it stands by itself */
    uint32_t column;        /* the first of a column but the first: its number; else 0 */
    float deep_pt;          /* of those columns, when it is the first of one */
    bool at_foot;           /* it is of a float at the page's foot: notes there lift it up */
};

/* A page's slabs in the order in which they stand. */
struct placing {
    struct placed *placed;
    uint32_t count;
    uint32_t floated; /* how many at the beginning are a float */
    float foot_pt;    /* height of the floats at the foot */
};

struct placing place_slabs(struct arena *a, const struct slabs *s, const struct page_plan *plan,
                           struct page_room room);

#endif
