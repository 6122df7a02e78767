/* beside.h - text beside what floats to a side (CSS 2.2 §9.5): lines that are shorter at the left or right,
 * in paragraphs that are set anew for it.
 *
 * An aside begins at the top of the line in which it is called, or of the block that follows it. Where the
 * lines above come out otherwise because of it, so that its call is further down, it goes down with that; it
 * is never above its call, nor above one that is called before it. Lines down to its lower margin make room
 * for it, in as many paragraphs as that takes; tables and what clears it stand below. All of it is on one
 * page, and where the text ends before, the page has so much more white. Two at the same side stand below
 * each other. One that is taller than a page doesn't float (layout.float).
 */
#ifndef OCTAVO_LAYOUT_BESIDE_H
#define OCTAVO_LAYOUT_BESIDE_H

#include "layout/flow.h"

/* Makes room for the asides of a list whose units are set. `grid_pt`: the distance of baselines; `page_pt`:
 * the height of the column. */
void beside_set(struct setter *s, struct block_list *list, float grid_pt, float page_pt);

#endif
