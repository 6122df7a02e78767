/* foot.h - notes at the foot of the page that calls them (CSS Generated Content for Paged Media 3 §2). A note
 * that doesn't fit goes on at the foot of the next page, but its first lines stand with their call. */
#ifndef OCTAVO_LAYOUT_FOOT_H
#define OCTAVO_LAYOUT_FOOT_H

#include "layout/page.h"
#include "layout/paint.h"

/* What the notes called in a slab take of their page's height: all of them, and the least, when the last goes
 * on on the next page. `line_pt` as in foot_need_of. */
struct foot_need foot_slab_need(struct page_maker *m, const struct slab *s, float *line_pt);

/* The height between text and notes: what @footnote says, or a line. */
float foot_separator(struct page_maker *m);

/* Notes that wait to be painted. */
struct foot;

struct foot *foot_new(struct arena *a);

/* The slab stands on the page: its notes are to follow. */
void foot_call(struct page_maker *m, const struct slab *s);

/* Is there anything left to be painted? */
bool foot_waits(const struct foot *f);

/* The height that those take which have room below y_pt, with what parts them from the text. */
float foot_height(struct page_maker *m, float y_pt, const struct page_style *style);

/* Paints as much as has room between y_pt and the column's end, at its foot. `must`: at least a line, since
 * the page has nothing else. */
void foot_paint(struct page_maker *m, struct painter *painter, float y_pt, bool must,
                const struct page_style *style);

#endif
