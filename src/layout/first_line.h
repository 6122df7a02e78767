/* first_line.h - the first line of a paragraph in a style of its own (::first-line, CSS Pseudo-Elements 4
 * §2.1): in small capitals, say, beside a drop capital.
 *
 * What the line holds depends on its style, and the style of each word on whether it stands in the line. So
 * each end that the line may have is tried: the words before it take the style of the first line, those
 * behind it their own, and the whole paragraph is broken with the line ending there. The end that costs least
 * is taken. The line ends with a whole word. It is as high as its own line-height says. Letters become
 * capitals or small ones where these take as many bytes, so that all that is noted of the text stays where it
 * is: a German sharp s stays small.
 */
#ifndef OCTAVO_LAYOUT_FIRST_LINE_H
#define OCTAVO_LAYOUT_FIRST_LINE_H

#include "layout/atoms.h"
#include "layout/setter.h"

/* The offsets in the paragraph's text where its first line may end, the longest line first; they are at most
 * `most`. Gives their number. Lasts till `s` makes other atoms. */
uint32_t first_line_ends(struct setter *s, struct paragraph *p, const struct break_options *o, uint32_t *ends,
                         uint32_t most);

/* Gives the spans before `end` the style of the first line. */
void first_line_split(struct setter *s, struct paragraph *p, uint32_t end);

/* The point where a line ends that ends at p->first_end; 0: there is none. */
uint32_t first_line_point(const struct paragraph *p, const struct atoms *atoms);

#endif
