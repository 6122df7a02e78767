/* ladder.h - hyphens in a row from one paragraph into the next.
 *
 * The eye runs down the margin past a last line that is short: hyphens above it and in the next paragraph's
 * first lines are one ladder.
 */
#ifndef OCTAVO_LAYOUT_LADDER_H
#define OCTAVO_LAYOUT_LADDER_H

#include "layout/paragraph.h"

/* Would `p`, set below `above`, have more hyphens in a row than its style allows? Then p->hyphens_above is
 * set, and it is to be set again. */
bool ladder_goes_on(struct paragraph *p, const struct paragraph *above);

#endif
