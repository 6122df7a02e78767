/* text_joints.h - putting hand-broken lines together: with a space, or without where the break lies within a
 * word.
 *
 * A hyphen at a line's end goes only when that is sure: the whole word stands elsewhere in the text and the
 * hyphenated one doesn't; or most such ends of this text that can be told are broken words. */
#ifndef OCTAVO_READ_TEXT_JOINTS_H
#define OCTAVO_READ_TEXT_JOINTS_H

#include "read/text_parts.h"

struct joints;

/* Learns how the text breaks its words. */
struct joints *joints_new(struct text_parts *p);
/* Lines [from, to) as one text, and where in it each line starts. */
struct text lines_join(struct text_parts *p, const struct joints *j, size_t from, size_t to,
                       uint32_t **starts);

#endif
