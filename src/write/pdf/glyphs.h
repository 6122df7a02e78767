/* glyphs.h - which glyphs of which faces a file shows, and what each of them spells.
 *
 * A glyph has one meaning for the whole file, its entry in the ToUnicode map: the text of the first cluster
 * in which it was seen. Where a cluster's glyphs spell another text than their meanings say, the painter puts
 * ActualText around them (ISO 32000-1 §14.9.4).
 */
#ifndef OCTAVO_WRITE_PDF_GLYPHS_H
#define OCTAVO_WRITE_PDF_GLYPHS_H

#include "fonts/shape.h"

/* A face that the file shows. Arrays are indexed by the face's own glyph ids. */
struct font_use {
    const struct face *face;
    uint32_t glyphs;     /* in the face */
    unsigned char *used; /* one bit a glyph */
    struct text *means;  /* what it spells; at is NULL for glyphs that are not shown */
    uint16_t *new_id;    /* in the subset; filled by font_write */
    float *width;        /* as the PDF states it, thousandths of an em; filled by font_write */
    uint32_t space;      /* the glyph of a word space */
    int object;          /* the font's object */
};

struct font_uses {
    struct arena *arena;
    struct font_use **by_face; /* by face id; NULL where the file shows none of it */
    int count;                 /* of by_face */
};

/* The use of a face, made when it is new. */
struct font_use *font_uses_get(struct font_uses *all, const struct face *face);

/* Notes all glyphs of a shaped text. Gives the text of the first cluster that has no glyph (glyph 0), or an
 * empty one. */
struct text font_use_shaped(struct font_use *use, const struct shaped *s);
/* Notes a hyphen added at a line's end: its glyph means a soft hyphen (ISO 32000-1 §14.8.2.2.3) where no
 * other text of the file uses it. To be called when all other text is known. */
void font_use_inserted(struct font_use *use, const struct shaped *s);
/* Is that what its glyph means? */
bool font_use_is_soft(const struct font_use *use, const struct shaped *s);
/* Notes the glyph of a word space. */
void font_use_space(struct font_use *use);

/* Glyphs that spell a text together. */
struct cluster {
    uint32_t first, count; /* in shaped.glyphs */
    struct text text;
};

/* The cluster that begins with the glyph `first`, in visual order. */
struct cluster cluster_at(const struct shaped *s, uint32_t first);
/* The one whose last glyph stands before `end`. */
struct cluster cluster_before(const struct shaped *s, uint32_t end);
/* The cluster's `i`-th glyph in the order of the text. */
const struct glyph *cluster_glyph(const struct shaped *s, const struct cluster *c, uint32_t i);

/* Do the meanings of the cluster's glyphs, one after the other, spell its text? */
bool cluster_spelled(const struct font_use *use, const struct shaped *s, const struct cluster *c);

/* Does it hold private-use characters? */
bool cluster_private(const struct cluster *c);

#endif
