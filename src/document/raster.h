/* raster.h - drawings as pixels, for outputs and previews that can't hold the drawing itself: SVG through
 * librsvg and cairo.
 */
#ifndef OCTAVO_DOCUMENT_RASTER_H
#define OCTAVO_DOCUMENT_RASTER_H

#include "document/document.h"

/* Draws the SVG `r` in its proportions, `width` pixels wide, as a PNG with alpha in `a`. NULL, or why it
 * can't be, as the middle of a sentence: "can't be drawn". Thread-safe. */
const char *raster_svg(struct arena *a, const struct resource *r, int width, int height, struct text *png);

#endif
