/* image.h - pictures as image XObjects (ISO 32000-1 §8.9).
 *
 * A JPEG's coded data pass through as they are (baseline, extended, progressive; gray, RGB, CMYK), without
 * the metadata that cameras put beside them. A PNG without transparency passes through as its own IDAT with
 * PNG's predictor; one with transparency, interlaced or with 16 bits is decoded and deflated anew, its alpha
 * as a soft mask. Colour profiles inside a picture are kept.
 *
 * A drawing (SVG) stays a drawing: a form XObject, see write/pdf/vector.h. Where it can't, or the output
 * intent isn't sRGB, in which cairo writes colours, it becomes pixels.
 *
 * Messages: pdf.drawing (that it does: note), pdf.image (a picture is damaged or of a kind that PDF can't
 * hold; it is left out).
 */
#ifndef OCTAVO_WRITE_PDF_IMAGE_H
#define OCTAVO_WRITE_PDF_IMAGE_H

#include "base/buf.h"
#include "base/hash.h"
#include "document/document.h"

struct picture {
    const struct resource *resource;
    int number;         /* counts from 0 in the order of first use: its name in content streams */
    int object;         /* the image XObject; 0: it is left out */
    uint32_t last_page; /* on which it was seen, plus 1 */
    struct picture *next;
    /* what reading it gave, in an arena of its own, since several threads read */
    struct failure failure;
    struct arena *arena;
    bool exhausted;
    bool drawing;       /* pixels made of an SVG */
    bool pixels;        /* they are what is wanted */
    struct text vector; /* or the SVG as a page of PDF, `width` by `height` points; else empty */
    const char *fault;  /* what is wrong with it, as the middle of a sentence; NULL: nothing */
    int width, height, components;
    const char *space;   /* ColorSpace, when there is no profile */
    struct text profile; /* an ICC profile, or empty */
    struct text entries; /* of the image's dictionary, without ColorSpace and SMask */
    struct text data;    /* as it goes into the file */
    struct text mask;    /* deflated alpha with predictor, or empty */
};

/* The picture of a resource, or NULL. */
struct picture *picture_find(const struct hash *pictures, const struct resource *r);

/* Reads the picture: fills the second half. Thread-safe for different pictures. */
void picture_read(struct picture *p);

/* Makes pixels of a drawing whose page was not understood. */
void picture_read_pixels(struct picture *p);

/* The matrix that paints the picture upright into the rectangle {x, y, width, height}. */
void picture_matrix(const struct picture *p, const double box[4], double matrix[6]);

/* ---- inside the room: each fills `p` or sets its fault. */
void picture_read_jpeg(struct picture *p);
void picture_read_png(struct picture *p);

#endif
