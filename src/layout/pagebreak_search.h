/* pagebreak_search.h - what the choice of pages and its explanation share: the search over the ways to begin
 * a page with each slab, and the page under trial.
 *
 * Room-internal, for pagebreak.c and pagebreak_explain.c.
 */
#ifndef OCTAVO_LAYOUT_PAGEBREAK_SEARCH_H
#define OCTAVO_LAYOUT_PAGEBREAK_SEARCH_H

#include "layout/pagebreak.h"

/* Lines that a page is short are told apart up to so many. */
enum { SHORT_KNOWN = 3 };

/* Demerits for a float that waits, for a head with a line more above it, and for a text that begins a line
 * higher. */
static const double WAITING = 25, OPENED = 60, CLOSED = 100;

/* What counts of the pages before: the side of the next page, and for a recto how short its verso is. */
enum side_state {
    NEXT_VERSO,
    NEXT_RECTO_0,
    NEXT_RECTO_MOST = NEXT_RECTO_0 + SHORT_KNOWN,
    NEXT_RECTO_ALONE,
    SIDES
};

/* A way to begin a page with some slab: `waits`: a float is to be put at its top. */
struct way {
    double cost;
    uint32_t from;       /* first slab of the page before */
    uint8_t side, waits; /* state in which that page began */
    struct paragraph *changed;
    float carry_pt; /* of foot notes that go on on the page that begins here */
    int8_t lines_more;
    uint8_t white;
};

struct offer;

struct search {
    const struct slabs *slabs;
    const struct page_break_options *options;
    struct way *ways;       /* see way_to */
    uint8_t waiting;        /* 2 when there are floats, which may wait; else 1 */
    uint32_t *float_before; /* for each slab the last float that begins before it */
    /* Takes the offers in place of `ways`, for explaining; or NULL. */
    void (*take)(void *user, const struct offer *o);
    void *user;
};

/* A side that the page under trial may be on, and what the pages before it cost then. */
struct start {
    uint8_t side;
    double cost;
};

/* A paragraph that changes, and by what; and what becomes of the white: an enum page_white. */
struct change {
    struct paragraph *paragraph;
    float cost; /* demerits */
    int8_t lines;
    uint8_t white;
};

/* The page under trial: one and the same for all sides. */
struct trial {
    uint32_t from;
    struct start starts[SIDES];
    uint8_t count; /* of starts */
    uint8_t waits;
    struct page_room room;
    double overfull; /* demerits */
    float y, foot;
    float foot_line_pt;       /* see foot_need_of */
    float carry;              /* of foot notes, for the next page */
    struct change more, less; /* of those that end on the page the one that costs least */
    uint32_t put_off;         /* a float that this page puts off */
    const struct slab *gone; /* the float that has gone elsewhere, when the next slab comes right behind it */
    int heads;               /* that can be opened, but for one at the top */
    bool sunk;               /* its text begins on it, under a title */
    bool has_columns;
};

/* A page that may be. */
struct offer {
    const struct trial *page;
    uint32_t to;
    double more, cost; /* beyond its depth, evenness and floats; all in all, with the pages before */
    bool forced;
    int lines; /* short */
    struct change change;
    uint8_t side;
    bool waits;
};

/* The best way to begin a page with slab `to` in a state. */
struct way *way_to(const struct search *s, uint32_t to, uint8_t side, uint8_t waits);

/* Demerits for a page that ends so many lines early. */
double cost_of_depth(int lines);

/* Finds the best ways to begin pages. */
void search_ways(struct search *s, struct arena *a);

/* The room of a page that begins with slab `from`. */
struct page_room room_from(const struct search *s, uint32_t from);

/* Tries all pages that begin with slab `from` in one state, which may cost so much. */
void try_state(struct search *s, struct page_room room, uint32_t from, uint8_t side, uint8_t waits,
               double cost);

/* The state in which the best way of all ends. */
uint8_t last_side(const struct search *s);

#endif
