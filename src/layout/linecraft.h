/* linecraft.h - a chosen line becomes frames: pieces at their places, links, underlines, the hanging number
 * of a list. */
#ifndef OCTAVO_LAYOUT_LINECRAFT_H
#define OCTAVO_LAYOUT_LINECRAFT_H

#include "layout/atoms.h"
#include "layout/setter.h"

void line_make(struct setter *s, const struct paragraph *p, const struct atoms *atoms,
               const struct chosen_line *b, bool first, bool last, struct line *out);

/* Hangs the paragraph's marker before its first line. */
void line_add_marker(struct setter *s, const struct paragraph *p, struct line *line);

#endif
