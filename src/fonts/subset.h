/* subset.h - the part of a face that a file uses, as a font program for embedding (hb-subset).
 *
 * Glyphs are renumbered without gaps, glyph 0 stays. Only the tables that PDF asks for are kept (ISO 32000-1
 * §9.9): glyf, loca, hmtx and their like for TrueType; for CFF the bare CFF table.
 */
#ifndef OCTAVO_FONTS_SUBSET_H
#define OCTAVO_FONTS_SUBSET_H

#include "fonts/fonts.h"
#include <stdint.h>

struct subset {
    struct text program; /* an sfnt with TrueType outlines, or a bare CFF table */
    uint32_t count;      /* glyphs in it */
    uint32_t *old_id;    /* by new glyph id: the glyph's id in the face */
    uint16_t *cid;       /* by new glyph id: how a CIDFont calls the glyph */
    int32_t
        *width; /* by new glyph id, in units of the face, as the program has it; NULL: as shaping has it */
    bool disagrees; /* its widths aren't those that the face was set with: the font is damaged */
};

/* The program of those glyphs of `face` whose bit is set in `used` (bit g % 8 of byte g / 8, for g below the
 * face's glyph count), and glyph 0. A face that may not be subset is kept whole. CFF's hints, a tenth of the
 * program, stay when it is to be `hinted`. -1 when the face can't be read. Everything lives in `a`. */
int subset_make(struct arena *a, const struct face *face, const unsigned char *used, bool hinted,
                struct subset *out);

/* A whole font file for a reading system: what `face` needs to show the characters whose bit is set in `used`
 * (bit c % 8 of byte c / 8, up to U+10FFFF), with its features, names and metrics. A face that may not be
 * subset is kept whole. -1 when that can't be had. The program lives in `a`. */
int subset_for_reading(struct arena *a, const struct face *face, const unsigned char *used,
                       struct text *program);

#endif
