/* foot.h - notes at the foot of the page that calls them: CSS Generated Content for Paged Media §2,
 * footnotes. */
#ifndef OCTAVO_LAYOUT_FOOT_H
#define OCTAVO_LAYOUT_FOOT_H

#include "layout/page.h"
#include "layout/paint.h"

/* What the notes called in a slab add to the height of their page. */
float foot_slab_height(struct page_maker *m, const struct slab *s);

/* Paints the notes that slabs from ≤ i < to call, at the foot of the column. */
void foot_paint(struct page_maker *m, struct painter *painter, uint32_t from, uint32_t to,
                const struct page_style *style);

#endif
