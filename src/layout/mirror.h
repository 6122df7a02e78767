/* mirror.h - what was laid out from left to right is turned round for what is written from right to left.
 *
 * Layout knows one direction: a line, a list, a table, a page begin at the left. Of a document that is
 * written from right to left each page is turned round at last, every frame and every word at its place from
 * the other edge, itself unturned. A paragraph that runs against its document is turned round within its
 * measure, so that it stands right in the end.
 */
#ifndef OCTAVO_LAYOUT_MIRROR_H
#define OCTAVO_LAYOUT_MIRROR_H

#include "layout/frame.h"

/* Turns frames round in place, between 0 and `width_pt`. What they point to isn't changed, it may stand
 * elsewhere too. */
void frames_mirror(struct arena *a, struct frame *frames, uint32_t count, double width_pt);

/* All pages. */
void pages_mirror(struct arena *a, struct pages *p);

#endif
