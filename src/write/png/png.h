/* png.h - pages as PNG pictures: previews, facing pages, covers.
 *
 * The same frames as the PDF's, so the same page. Outlines come from HarfBuzz, which shaped the text: there
 * is no second font engine. Rules are snapped to whole pixels, as readers of PDF do. A picture is written
 * with as few colours as it has: gray, a palette, else RGB (PNG, ISO/IEC 15948), its rows deflated by
 * libdeflate; there is no time in it.
 *
 *     png_check()   are resolution and ranges well formed? before any work is done
 *     png_plan()    which pictures there will be, once the pages are known
 *     png_write()   paints them in parallel and writes them in order
 *
 * Messages: usage.value (a resolution or range that can't be), png.size (a picture would be too large:
 * usage), png.image (a picture of the source is damaged or of a kind that can't be painted: it is left out).
 */
#ifndef OCTAVO_WRITE_PNG_PNG_H
#define OCTAVO_WRITE_PNG_PNG_H

#include "base/io.h"
#include "document/document.h"
#include "layout/frame.h"

enum { PNG_DPI_LEAST = 36, PNG_DPI_MOST = 600, PNG_DPI_USUAL = 150 };

struct png_options {
    const char *ranges; /* "3", "1-3,7", "10-": positions of pages, from 1; NULL: see png_plan */
    int dpi;
    bool spread; /* verso and recto side by side */
    int threads;
};

/* One file: a page, or two that face each other. */
struct png_picture {
    const char *path;
    const struct page *left, *right; /* right may be NULL */
};

struct png_plan {
    struct png_picture *pictures;
    size_t count;
};

/* -1 with a message when the options can't be. */
int png_check(struct messages *m, const struct png_options *o);

/* The pictures for a file name: with %d (%03d) in it one of each page, named by the position of its first
 * page; else one of the first page. Ranges choose the pages; where they choose several and the name has no
 * %d, -%d is put before its suffix. -1 with a message when a range is past the end. */
int png_plan(const struct document *d, const struct pages *p, const char *path, const struct png_options *o,
             struct png_plan *out);

/* Paints and writes them; -1 with a message. */
int png_write(const struct document *d, const struct png_plan *plan, const struct png_options *o,
              struct outputs *out);

struct png_drawing {
    int width_px, height_px;
    uint32_t around;   /* 0xRRGGBB: what fills the picture where the page, scaled to fit, doesn't */
    const char *fault; /* set when a picture on the page could not be painted: "is damaged" */
};

/* One page as a picture of few colours (256 at the most). The bytes live in `a`. */
struct text png_draw(struct arena *a, const struct page *p, struct png_drawing *to);

#endif
