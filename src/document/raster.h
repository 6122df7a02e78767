/* raster.h - drawings (SVG) as something else, for outputs and previews that can't hold the drawing itself:
 * as pixels, or as a page of PDF, through librsvg and cairo.
 */
#ifndef OCTAVO_DOCUMENT_RASTER_H
#define OCTAVO_DOCUMENT_RASTER_H

#include "document/document.h"

/* Draws the SVG `r` in its proportions, `width` pixels wide, as a PNG with alpha in `a`. NULL, or why it
 * can't be, as the middle of a sentence: "can't be drawn". Thread-safe. */
const char *raster_svg(struct arena *a, const struct resource *r, int width, int height, struct text *png);

/* Draws it as the one page of a PDF of that size, in the syntax of PDF 1.4. Likewise. */
const char *raster_svg_page(struct arena *a, const struct resource *r, double width_pt, double height_pt,
                            struct text *pdf);

#endif
