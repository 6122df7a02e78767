/* slab.h - blocks that are set become slabs: the smallest pieces that pages are built of (a line, a table's
 * row, a picture's line, a strip of padding), with what binds them together.
 */
#ifndef OCTAVO_LAYOUT_SLAB_H
#define OCTAVO_LAYOUT_SLAB_H

#include "layout/flow.h"
#include <math.h>

struct slab {
    float height_pt, space_pt; /* its own height, and the margin above it */
    float cost;                /* of ending a page before it; see SLAB_NEVER */
    enum gap gap;              /* GAP_PAGE and worse: a page must end before it */
    bool snap;                 /* stands on the baseline grid … */
    float lift_pt;             /* … without what its height has for readings above it */
    bool
        bound; /* moves together with what is above it when the grid asks for more space: it follows a head */
    uint32_t float_count; /* a float of so many slabs begins here: it may wait for the next page's top */
    bool floats_down;     /* where it has room it stands at its page's foot */
    bool group;           /* begins a group of pages */
    bool head;            /* a head with white above it, where a page may take on a line */
    bool sunk;            /* the text begins here, under a title: the page may give up a line above it */
    enum { SLAB_PLAIN, SLAB_OPEN, SLAB_CLOSE } edge; /* of a painted box */
    float x_pt;                                      /* of its frames in the column */
    const struct frame *frames; /* x from x_pt, y from the slab's top, or from the line's baseline */
    uint32_t frame_count;
    struct paragraph *paragraph; /* a line of it, or NULL */
    const struct line *line;
    const struct box *box;
    const struct table *table; /* a row of it: row is its number */
    uint32_t row;
    const char *page;
    int page_number;               /* that its page is to have; 0: the next */
    const struct columns *columns; /* it stands in one of these, or NULL */
    const struct aside *asides;    /* tied to it: their distances down are from its top */
    uint32_t run_end; /* in columns: the slab behind the last that follows in them without a forced page */
};

/* The next aside that is tied to the same slab. */
static inline const struct aside *slab_next_aside(const struct aside *f)
{
    return f->next && f->next->line == f->line ? f->next : NULL;
}

/* The cost of a break that typographers don't allow: taken only where there is no other. */
#define SLAB_NEVER 1e5f
/* The cost of a page that ends between a colon and what it announces. */
#define SLAB_LEAD_IN 300.0f

/* The cost of a page whose last line ends with a hyphen. */
float slab_cost_of_hyphen(const struct style *s);

struct slabs {
    struct slab *slabs;
    uint32_t count, capacity;
    struct arena *arena;  /* of the slabs */
    struct arena *frames; /* of the frames that they bring: rules */
};

/* Adds the slabs of a list of blocks. `grid_pt` is the distance of the baselines; lines of that height snap.
 */
void slabs_add(struct slabs *out, const struct block_list *list, float grid_pt);

/* Where a slab begins when `y` is used up above it on its page: its margin and its place on the grid.
 * `first`: it is the first of the page, `forced`: because a page had to end before it, so that its margin
 * stays. Readings above a page's first line stand in its margin. */
static inline float slab_top(const struct slab *s, float y, float grid_pt, bool first, bool forced)
{
    float top = y + (first && !forced ? 0 : s->space_pt);
    if (first && y <= 0 && s->lift_pt > 0)
        top -= s->lift_pt;
    if (s->snap && grid_pt > 0)
        top = ceilf((top + s->lift_pt) / grid_pt - 0.02f) * grid_pt - s->lift_pt;
    return top;
}

/* The height of slabs that stand on each other without a page's end, margins between them counted. */
float slabs_height(const struct slabs *s);

/* Frames of slabs that stand on each other without a page's end, for cells: y from the top of the first.
 * Painted boxes come first. */
struct frame *slabs_stack(struct arena *a, const struct slabs *s, float x_pt, float y_pt, uint32_t *count);

#endif
