/* verse.h - lines of verse become elements: <span class="line">…</span> for each line of a paragraph that is
 * verse (class="verse", its own or a division's around it), the br between them staying where they are.
 *
 * A line that is too long for its page or screen can then hang its turnover, which CSS can't do for what
 * follows a br. A paragraph whose lines end within another inline element stays as it is.
 */
#ifndef OCTAVO_REFINE_VERSE_H
#define OCTAVO_REFINE_VERSE_H

#include "document/document.h"

void verse_lines(struct document *d);

#endif
