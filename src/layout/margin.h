/* margin.h - what stands in a page's margins (CSS Paged Media 3 §5, CSS Generated Content for Paged Media
 * §1): running heads, folios. */
#ifndef OCTAVO_LAYOUT_MARGIN_H
#define OCTAVO_LAYOUT_MARGIN_H

#include "layout/page.h"
#include "layout/paint.h"

/* Named strings: what they are before a page, first and last on it. */
struct running;

struct running *running_new(struct arena *a);
void running_begin_page(struct running *r);
void running_set(struct running *r, const char *name, const char *value);
const char *running_value(const struct running *r, const char *name, enum string_which which);

/* Paints the margin boxes of a page whose strings are set; artifacts. */
void margin_boxes_paint(struct page_maker *m, struct painter *painter, const struct page *page,
                        const struct page_style *style);

#endif
