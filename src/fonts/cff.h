/* cff.h - the little of a CFF font program that embedding asks for (Adobe Technical Note 5176). */
#ifndef OCTAVO_FONTS_CFF_H
#define OCTAVO_FONTS_CFF_H

#include "base/arena.h"
#include "base/text.h"
#include <stdint.h>

/* The CIDs by which a program's `count` glyphs are called: its charset when it is CID-keyed, else the glyph
 * ids themselves (ISO 32000-1 §9.7.4.2). -1 when the program can't be read. */
int cff_cids(struct text program, uint32_t count, uint16_t *cid);

/* The widths that a program's first `count` glyphs have by their own charstrings (Adobe Technical Note 5177
 * §3.1), in units of the face. -1 when they can't be read. */
int cff_widths(struct text program, uint32_t count, int32_t *width);

/* The program with an encoding of its own (Adobe Technical Note 5176 §12), for a font with codes of one byte:
 * code[g] calls glyph g, but glyph 0, which has none. What a PDF says elsewhere is left out: the font's
 * names, notices, metrics. -1 when the program is CID-keyed, has local subroutines or more than 256 glyphs,
 * or can't be read. */
int cff_encode(struct arena *a, struct text program, uint32_t count, const unsigned char *code,
               struct text *out);

#endif
