/* margin.h - what stands around the text of a page (CSS Paged Media 3 §5): its ground, its border, and the
 * sixteen boxes in its margins with running heads and folios. All of it are artifacts.
 *
 * Boxes at the top and at the foot share the width: that in the middle stands in the middle, and each has as
 * much as its text asks for, when there is enough. How many pages there are is known last; boxes that say it
 * wait.
 */
#ifndef OCTAVO_LAYOUT_MARGIN_H
#define OCTAVO_LAYOUT_MARGIN_H

#include "layout/page.h"
#include "layout/paint.h"

/* Paints the margin boxes of the page that is last, whose strings are set. */
void margin_boxes_paint(struct page_maker *m, struct painter *painter, const struct page *page,
                        const struct page_style *style);

/* Paints the page's ground and border below all that it has. */
void page_ground_paint(struct arena *a, struct page *page, const struct page_style *style);

/* Adds the boxes that say how many pages there are to their pages. `first`: the index of the first page of
 * the part that `m` made. */
void margin_boxes_finish(struct page_maker *m, struct pages *all, uint32_t first);

#endif
