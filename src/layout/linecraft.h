/* linecraft.h - a chosen line becomes frames: pieces at their places, links, underlines, the hanging number
 * of a list. */
#ifndef OCTAVO_LAYOUT_LINECRAFT_H
#define OCTAVO_LAYOUT_LINECRAFT_H

#include "layout/atoms.h"
#include "layout/setter.h"

void line_make(struct setter *s, const struct paragraph *p, const struct atoms *atoms,
               const struct chosen_line *b, bool first, bool last, struct line *out);

/* Where the line's last glyph ends, pt from the paragraph's left edge. */
double line_right(const struct line *l);

/* How far a line of code hangs that goes on from the one above; 0 in other text. */
double turnover(const struct paragraph *p);

/* What a paragraph's tail needs of its last line, pt. */
double tail_width(struct setter *s, const struct paragraph *p);

/* Adds the tail at the right end of the last line, and its leader. */
void line_add_tail(struct setter *s, const struct paragraph *p, struct line *line);

/* Puts frames before (or behind) those that a line has. */
void line_add_frames(struct setter *s, struct line *line, const struct frame *more, uint32_t count,
                     bool before);

/* Hangs the paragraph's marker before its first line. */
void line_add_marker(struct setter *s, const struct paragraph *p, struct line *line);

#endif
