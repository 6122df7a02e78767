/* cover.h - the conductor's step that draws an e-book's cover, for octavo.c only.
 *
 * The cover is a page like others: document/cover.h makes its text, the style's rules for `@page cover` and
 * `.cover` set it, the PNG painter paints it. Background and border of `@page cover` are those of the whole
 * page; the foot stands on the last line of the page's area. The largest of the sizes fit-0 to fit-5 is taken
 * in which no word sticks out or is broken and the head leaves the foot its room.
 *
 * Messages: cover.character (no installed font has a character of it: a warning).
 */
#ifndef OCTAVO_COVER_H
#define OCTAVO_COVER_H

#include "document/document.h"
#include "style/style.h"

enum { COVER_WIDTH_PX = 1600, COVER_HEIGHT_PX = 2560 };

/* The cover as a PNG of that size, in `d`'s arena. `*whole` is false when some character could not be shown.
 */
struct text cover_draw(const struct document *d, struct styles *s, bool *whole);

/* A picture of the source as a PNG: itself, or its pixels painted anew. Empty when it can't be painted. */
struct text cover_convert(const struct document *d, const struct resource *r);

#endif
