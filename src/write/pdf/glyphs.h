/* glyphs.h - which glyphs of which faces a file shows, and what each of them spells.
 *
 * What a glyph spells stands in its font's ToUnicode map. A glyph that spells one thing here and another
 * there (a small capital for "a" and for "A", a part of a ligature in code) has several meanings; a font with
 * several maps stands in the file once for each, all with the same program. So copied text is right in
 * readers that know nothing of ActualText (ISO 32000-1 §14.9.4), which is put only where the glyphs of a
 * cluster don't spell its text one after the other.
 */
#ifndef OCTAVO_WRITE_PDF_GLYPHS_H
#define OCTAVO_WRITE_PDF_GLYPHS_H

#include "fonts/shape.h"
#include "write/pdf/codes.h"

enum { VARIANTS_MOST = 12 };

/* A face that the file shows. Arrays are indexed by the face's own glyph ids. */
struct font_use {
    struct arena *arena;
    const struct face *face;
    uint32_t glyphs;                   /* in the face */
    unsigned char *used;               /* one bit a glyph */
    struct text *means[VARIANTS_MOST]; /* by variant, then glyph: what it spells; at is NULL for nothing */
    int variants;                      /* of means and object */
    struct coding coding;              /* filled by writer_fonts, like code and width */
    uint16_t *code;                    /* in content streams */
    float *width;                      /* as the PDF states it, thousandths of an em */
    uint32_t space;                    /* the glyph of a word space */
    int object[VARIANTS_MOST];         /* the font's objects; 0: it could not be made */
};

struct font_uses {
    struct arena *arena;
    struct font_use **by_face; /* by face id; NULL where the file shows none of it */
    int count;                 /* of by_face */
};

/* The use of a face, made when it is new. */
struct font_use *font_uses_get(struct font_uses *all, const struct face *face);

/* Notes all glyphs of a shaped text; one that is read to nobody adds no meanings to glyphs that have one.
 * Gives the text of the first cluster that has no glyph (glyph 0), or an empty one. */
struct text font_use_shaped(struct font_use *use, const struct shaped *s, bool read);
/* Notes a hyphen added at a line's end: it means a soft hyphen (ISO 32000-1 §14.8.2.2.3). */
void font_use_inserted(struct font_use *use, const struct shaped *s);
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

/* The variant of the font in which the cluster's glyphs, one after the other, spell its text; -1: none. */
int cluster_variant(const struct font_use *use, const struct shaped *s, const struct cluster *c);
/* The same for an added hyphen. */
int inserted_variant(const struct font_use *use, const struct shaped *s);

/* Is it a private-use character? */
bool is_private(uint32_t character);
/* Does it hold private-use characters? */
bool cluster_private(const struct cluster *c);

#endif
