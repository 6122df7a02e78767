/* codes.h - the codes by which content streams call a font's glyphs.
 *
 * A simple font (ISO 32000-1 §9.6) has codes of one byte: half of what Identity-H takes, and only a word
 * space whose code is the single byte 32 is widened by Tw (§9.3.3). So the glyph of the space and the one
 * that has this number change places. A Type0 font has Identity-H: two bytes, the CID.
 */
#ifndef OCTAVO_WRITE_PDF_CODES_H
#define OCTAVO_WRITE_PDF_CODES_H

#include <stdbool.h>
#include <stdint.h>

enum { CODE_SPACE = 32, CODES_SHORT = 256 };

struct coding {
    bool simple;
    uint32_t
        space; /* in a simple font: which of its glyphs is the word space; CODE_SPACE where there is none */
};

/* The code of a glyph, or of a CID. */
static inline uint16_t code_of(const struct coding *c, uint32_t id)
{
    if (c->simple && id == c->space)
        return CODE_SPACE;
    return (uint16_t)(c->simple && id == CODE_SPACE ? c->space : id);
}

#endif
