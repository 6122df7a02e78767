/* page.h - slabs and the places where pages end become pages: frames, running heads and folios, destinations,
 * labels. */
#ifndef OCTAVO_LAYOUT_PAGE_H
#define OCTAVO_LAYOUT_PAGE_H

#include "layout/pagebreak.h"

struct page_maker {
    struct arena *arena;
    struct arena *planning; /* what only choosing and filling the pages needs; ends with pages_make */
    const struct document *document;
    struct styles *styles;
    struct fonts *fonts;
    struct setter *setter;
    struct flow *flow;
    const struct block_list *blocks; /* what is to stand on the pages */
    struct slabs *slabs;             /* the same in pieces */
    float grid_pt;
    const struct block_list *const *before; /* what stands on earlier pages, for its running strings; NULL at
                                               the end */
    const struct pages *earlier;            /* whose destinations notes may be called from; or NULL */
    struct hash *notes; /* note id → struct foot_note, or NULL: nothing stands at the foot */
    bool all_at_foot;   /* all notes do, and none in the flow */
    struct foot *foot;  /* notes that wait, when they stand at the foot */
    struct pages *pages;
    size_t page_capacity, destination_capacity;
    struct gather *gather; /* of the margin boxes */
    struct placed_style *placed_styles;
    struct late_box *late;         /* margin boxes that say how many pages there are */
    int number;                    /* the page counter: of the page that is last */
    bool cover;                    /* who asks paints the pages' ground and border */
    struct running *running;       /* strings for running heads, as they stand */
    struct note_pages *note_pages; /* those over notes; NULL when notes are at the foot */
    const char *group;             /* the page group that goes on */
    bool opening;                  /* the page that is made is the first of all */
    struct explain *explain;       /* or NULL */
    enum counter_style numerals;   /* of the labels */
    bool whole_leaves;             /* a blank page is added to an odd number of pages */
    uint32_t least;                /* blank pages are added up to as many */
};

/* The style of a page of this name, of its usual kind. */
static inline const struct page_style *page_style_named(struct page_maker *m, const char *name, bool left,
                                                        bool first, bool blank)
{
    struct page_kind kind = {.name = name ? name : "",
                             .left = left,
                             .first = first,
                             .opening = first && m->opening,
                             .blank = blank};
    return style_page(m->styles, &kind, m->document->meta.paper);
}

/* ---- page_marks.c */

/* Makes the destinations and sets the running strings of a line or a table's row whose slab stands at (x, y)
 * on the page that is last. */
void page_mark_slab(struct page_maker *m, const struct slab *s, float x_pt, float y_pt);

/* ---- page.c */

/* Breaks the slabs into pages and makes them all. */
void pages_make(struct page_maker *m);

#endif
