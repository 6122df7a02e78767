/* face.h - within the room: one font file opened and measured, and the characters it has. */
#ifndef OCTAVO_FONTS_FACE_H
#define OCTAVO_FONTS_FACE_H

#include "fonts/fonts.h"
#include <stdint.h>

/* What is known of a face before its file is opened. */
struct face_source {
    const char *family, *path;
    int index, weight; /* weight 0: as the file says */
    bool italic;
};

/* Opens and measures a face; its `id` is -1. Everything ends with `a`. NULL when the file can't be read or is
 * no OpenType font with outlines that a PDF can hold (glyf or CFF). */
struct face *face_open(struct arena *a, const struct face_source *s);

/* The characters of a face; with those that HarfBuzz makes without a glyph (spaces, invisible controls). */
struct coverage *coverage_new(struct arena *a, hb_face_t *face);

#endif
