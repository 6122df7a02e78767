/* maker.h - within the making of atoms: how far it is.
 *
 * Room-internal, for atoms.c, divide.c and ruby.c.
 */
#ifndef OCTAVO_LAYOUT_MAKER_H
#define OCTAVO_LAYOUT_MAKER_H

#include "layout/atoms.h"
#include "layout/setter.h"

/* Demerits of a line's end without a hyphen in an address. */
enum { COST_ADDRESS = 40 };

struct maker {
    struct setter *setter;
    const struct paragraph *paragraph;
    struct atoms *out;
    struct extent at; /* sums up to the last atom */
    uint32_t span;
    uint8_t level;     /* of the run in work */
    double line_from;  /* the sum of widths where the source's line begins */
    uint32_t last_ink; /* behind the last atom that is no space */
    struct extent ink; /* sums there */
    bool whole;        /* no line ends in what is made now */
};

/* Makes the atom that begins at `*at`, in the span that is set, and gets behind it. It ends before `limit`.
 */
void maker_take(struct maker *m, uint32_t *at, uint32_t limit, const struct script_run *run);

/* A new point at which a line may end; zero but for its place. */
struct break_point *maker_point(struct maker *m, struct break_place place);
/* Is it code in the line of a text that is hyphenated otherwise? It is divided without a hyphen, which would
 * seem to belong to it. */
bool maker_is_code(const struct maker *m, const struct span *span);
/* The width in points of so many glyphs whose advances are `units` of the face. */
float text_width(int32_t units, uint32_t glyphs, const struct span *span);
/* divide.c: adds the points inside of the last atom, a word, that begins at `m->at`. */
void divide_word(struct maker *m, uint32_t index);

#endif
