/* columns.h - how slabs fill the columns of a page (CSS Multi-column Layout 1 §7).
 *
 * Slabs that stand in the same columns one after another are a run (struct slab's `run_end`). On each page
 * the columns begin at the same height and are filled one after another; where the run ends they are made
 * about as deep as each other. A column ends like a page: not behind a head, nor so that a line is left
 * alone, where that can be had.
 */
#ifndef OCTAVO_LAYOUT_COLUMNS_H
#define OCTAVO_LAYOUT_COLUMNS_H

#include "layout/slab.h"

/* Where columns begin on a page and how far down they may go: distances from the top of the text. */
struct column_room {
    float y_pt, bottom_pt, grid_pt;
    bool strict; /* a column may rather stay empty than end where it had better not */
};

/* Where a slab stands. */
struct column_place {
    uint32_t column;
    float top_pt;
};

struct column_fill {
    uint32_t to;          /* slab behind the last that has room; the first itself when nothing has */
    uint32_t last_column; /* its first slab */
    bool whole;           /* some slab stands in each of the columns */
    float deepest_pt;     /* the lowest end of a column */
};

/* Fills columns with slabs from ≤ i < to of one run. `places` (to - from of them) may be NULL. */
struct column_fill columns_fill(const struct slabs *s, uint32_t from, uint32_t to,
                                const struct column_room *room, struct column_place *places);

/* The same with columns no deeper than they must be for all of them: for the last page of a run, and for a
 * page that is known. Where there is not enough room, it is as columns_fill. */
struct column_fill columns_balance(const struct slabs *s, uint32_t from, uint32_t to,
                                   const struct column_room *room, struct column_place *places);

/* The height of the table head that is repeated above a slab which begins a column. */
float column_head(const struct slab *s);

/* How far to the right of the first column. */
float column_shift(const struct columns *c, uint32_t column);

#endif
