/* raster.h - drawings as pixels, for outputs and previews that can't hold the drawing itself: SVG through
 * librsvg and cairo.
 */
#ifndef OCTAVO_DOCUMENT_RASTER_H
#define OCTAVO_DOCUMENT_RASTER_H

#include "document/document.h"

/* Draws the SVG `r` in its proportions, `width` pixels wide, as a PNG with alpha in `a`. -1 when it can't be
 * drawn. Thread-safe. */
int raster_svg(struct arena *a, const struct resource *r, int width, int height, struct text *png);

#endif
