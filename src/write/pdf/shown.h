/* shown.h - the shaped texts that a file shows, each once however often it comes: most words of a book come
 * again and again, as one and the same shaped text, and what was found out about one needn't be found again.
 */
#ifndef OCTAVO_WRITE_PDF_SHOWN_H
#define OCTAVO_WRITE_PDF_SHOWN_H

#include "write/pdf/glyphs.h"

struct shown_text {
    const struct shaped *shaped;
    unsigned char rounds; /* of the scan that have looked at it, a bit each */
    signed char variant;  /* of its font that spells it all, glyph by glyph; -1: see its clusters. Filled by
                             shown_spell */
};

struct shown;

struct shown *shown_new(struct arena *a);

/* The entry of a text, made when it is new; valid until the next is made. */
struct shown_text *shown_get(struct shown *all, const struct shaped *s);

/* The entry of a text, or NULL. */
const struct shown_text *shown_find(const struct shown *all, const struct shaped *s);

/* Finds the variants, once it is known what all glyphs mean. */
void shown_spell(struct shown *all, const struct font_uses *fonts);

#endif
