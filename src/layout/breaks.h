/* breaks.h - where a paragraph's lines may break, and its runs of one script and direction.
 *
 * Line breaks are those of UAX #14 through ICU, with a printer's corrections:
 *   - a dash (en, em) may end a line and never begins one, unless a space stands before it;
 *   - a hyphen is no place to break when one letter would be left alone on either side (e-mail), or when it
 *     begins the word;
 *   - a space before a name that begins with a mark (.profile, /usr) is a place to break;
 *   - U+FFFC (a note call, a picture in the line) is not parted from what it touches but by a space;
 *   - addresses (http://, www., doi:, …) break after a colon or a double slash, before other punctuation, and
 *     never with a hyphen (Chicago Manual of Style 17, 14.18).
 * Soft hyphens are not places here: hyphenate() gives them.
 *
 * A breaker belongs to one thread. What the functions give is valid until the next call of the same function.
 */
#ifndef OCTAVO_LAYOUT_BREAKS_H
#define OCTAVO_LAYOUT_BREAKS_H

#include "base/text.h"
#include <hb.h>
#include <stdint.h>

enum line_break_kind {
    LINE_BREAK_SPACE,    /* after white space */
    LINE_BREAK_INSIDE,   /* without white space: after a hyphen, dash or slash, between ideographs */
    LINE_BREAK_ADDRESS,  /* within an address: a last resort */
    LINE_BREAK_MANDATORY /* the line must end here */
};

struct line_break {
    uint32_t offset; /* bytes: the next line begins here; more than 0 and less than the length */
    enum line_break_kind kind;
};

struct breaker;

struct breaker *breaker_new(struct arena *a);

/* The breaks of a paragraph in rising order. `language` is BCP 47 and may be NULL. */
const struct line_break *line_breaks(struct breaker *b, struct text paragraph, const char *language,
                                     size_t *count);

struct script_run {
    uint32_t start, end; /* bytes */
    hb_script_t script;  /* common and inherited characters have the script around them (UAX #24) */
    uint8_t level;       /* UAX #9: odd is from right to left */
};

/* The runs of a paragraph in logical order, without gaps; none for an empty one. `base_level` is 0 or 1, or
 * -1 to take the first strong character's. Fast for text in Latin letters alone. */
const struct script_run *script_runs(struct breaker *b, struct text paragraph, int base_level, size_t *count);

/* The order from left to right of pieces of a line with these levels (UAX #9, rule L2): order[k] is the index
 * of the piece to be put in k-th place. */
void visual_order(const uint8_t *levels, uint32_t *order, size_t count);

#endif
