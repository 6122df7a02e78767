/* painter.h - inside the room: frames, outlines, pictures and encoding. Each function works in the arena of
 * one thread. */
#ifndef OCTAVO_WRITE_PNG_PAINTER_H
#define OCTAVO_WRITE_PNG_PAINTER_H

#include "base/buf.h"
#include "layout/frame.h"

/* A picture of the source that could not be painted. */
struct picture_fault {
    const struct resource *resource;
    const char *why; /* the middle of a sentence: "is damaged" */
    struct picture_fault *next;
};

struct pixels {
    unsigned char *at; /* rows of uint32_t 0xXXRRGGBB */
    size_t stride;     /* bytes */
    int width, height;
    int inked_from, inked_to; /* rows above and below are still the ground */
};

struct painter {
    struct arena *arena, *scratch; /* scratch: for one picture */
    struct pixels pixels;          /* what was painted */
    double scale;                  /* pixels a point */
    struct outliner *outliner;
    struct picture_fault *faults; /* the last first */
};

/* ---- paint.c */

/* Pixels of one colour that end with the arena. */
void painter_begin(struct painter *p, struct arena *a, int width_px, int height_px, uint32_t ground);
/* All ground again. */
void painter_clear(struct painter *p, uint32_t ground);
/* Says that rows from `from` to before `to` are ground no more. */
static inline void painter_inked(struct pixels *p, int from, int to)
{
    if (from >= to)
        return;
    bool first = p->inked_from >= p->inked_to;
    p->inked_from = first || from < p->inked_from ? from : p->inked_from;
    p->inked_to = first || to > p->inked_to ? to : p->inked_to;
}
/* Paints the page with its upper left corner at (x, y) pixels; what lies above or below the surface is left
 * out. */
void painter_page(struct painter *p, const struct page *page, double x_px, double y_px);
/* A rectangle of whole pixels. */
void painter_fill(struct painter *p, const double box[4], uint32_t color);

/* ---- outline.c: glyphs */

struct outliner *outliner_new(struct arena *a);
/* Inks a glyph: its origin at (x, y) pixels, font units times sx and sy. */
void outliner_ink(struct outliner *o, const struct face *face, uint32_t glyph, const double place[4],
                  uint32_t color, struct pixels *to);

/* ---- picture.c: pictures decoded, about as large as they are shown */

struct decoded {
    uint32_t *pixels; /* premultiplied 0xAARRGGBB, without gaps between rows */
    int width, height;
    int coded_width, coded_height; /* of the file */
    const char *fault;             /* or NULL */
};

/* Decodes a PNG or JPEG; at least as large as `width_px` × `height_px`, unless it is smaller. */
void picture_decode(struct arena *a, const struct resource *r, double width_px, double height_px,
                    struct decoded *out);
void picture_decode_png(struct arena *a, struct text bytes, const double wanted[2], struct decoded *out);
void picture_decode_jpeg(struct arena *a, struct text bytes, const double wanted[2], struct decoded *out);

/* ---- place.c */

/* Paints a decoded picture into a box of whole pixels. NULL, or why it can't be. */
const char *picture_place(struct arena *a, const struct resource *r, const struct decoded *d,
                          const double box[4], const struct pixels *to);

/* ---- shrink.c */

/* Rows of a picture, averaged in squares of `factor` pixels. */
struct shrinker {
    int width, height, factor, rows;
    uint32_t *sums; /* five for each pixel of the row in work: count, alpha, red, green, blue */
    struct decoded *out;
};

/* For a picture of that size; sets out's size and pixels. */
void shrink_begin(struct shrinker *s, struct arena *a, const int size[2], const double wanted[2],
                  struct decoded *out);
/* The next row, as bytes of red, green, blue and alpha. */
void shrink_row(struct shrinker *s, const unsigned char *rgba);

/* ---- colors.c: pictures of few colours, row by row: what was painted needs no room any more */

enum { COLORS_MOST = 256 };

struct palette {
    uint32_t values[COLORS_MOST]; /* 0xRRGGBB */
    int count;
    bool gray; /* the indices are the levels themselves: `values` isn't used */
};

struct color_rows *color_rows_new(struct arena *a, int width, int height);
/* The next row, 0xXXRRGGBB. */
void color_rows_add(struct color_rows *r, const uint32_t *row);
/* The next rows, all of one colour. */
void color_rows_add_plain(struct color_rows *r, uint32_t color, int count);
/* Once all rows are there: their palette, or false when they have too many colours. `few`: near ones are
 * made one, and pictures of flat colours have sixteen. */
bool color_rows_palette(struct color_rows *r, bool few, struct palette *p);
/* 4 or 8 bits a pixel. */
int palette_bits(const struct palette *p);
/* The rows as PNG holds them, each behind its filter's number. */
void color_rows_print(const struct color_rows *r, const struct palette *p, struct buf *out);

/* ---- encode.c */

/* The pixels as a PNG. `dpi` 0: not said. `few`: in 256 colours at the most, near ones made one. */
struct text png_encode(struct arena *a, const struct pixels *p, int dpi, bool few);

/* The same of rows that were collected; `at` is NULL when they have too many colours. */
struct text png_encode_colors(struct arena *a, struct color_rows *r, const int size[2], int dpi, bool few);

#endif
