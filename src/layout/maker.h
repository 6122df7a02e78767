/* maker.h - within the making of atoms: how far it is.
 *
 * Room-internal, for atoms.c and ruby.c.
 */
#ifndef OCTAVO_LAYOUT_MAKER_H
#define OCTAVO_LAYOUT_MAKER_H

#include "layout/atoms.h"
#include "layout/setter.h"

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

#endif
