/* initial.h - initial letters (CSS Inline Layout 3 §7): a paragraph's first letter stands as tall as some
 * lines, which make room for it.
 *
 * The letter's glyph says the whole first word, and the rest of the word says nothing, so that whoever copies
 * or listens gets one word. A first word that begins with no letter has none; neither has a paragraph of
 * fewer lines than the letter is tall.
 */
#ifndef OCTAVO_LAYOUT_INITIAL_H
#define OCTAVO_LAYOUT_INITIAL_H

#include "layout/setter.h"

struct initial {
    const struct style *style;
    const struct face *face;
    const struct shaped *shaped; /* one glyph, whose text is the first word */
    uint32_t end;                /* of the letter in the paragraph's text */
    uint32_t lines;              /* it stands on the baseline of that one, counted from 1 */
    float raise_pt;              /* by how much it is taller than these */
    float size_pt, inset_pt;     /* of the type; by how much the lines beside it are narrower */
};

/* Where the first letter of a text ends, with the punctuation before and behind it. */
size_t first_letter_end(struct text t);

/* Makes the paragraph's initial from the style of its first letter. Does nothing where there can be none. */
void initial_make(struct setter *s, struct paragraph *p);

/* Adds the letter to the paragraph's first line and moves the lines beside it to the right. */
void initial_place(struct setter *s, struct paragraph *p);

#endif
