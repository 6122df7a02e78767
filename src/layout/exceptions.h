/* exceptions.h - words whose divisions the patterns of American English miss.
 *
 * Patterns are learnt from a dictionary and leave out what they aren't sure of: about one word in ten of
 * those that have two syllables and room for a hyphen, "mankind" and "statute" among them. A compositor
 * divides these by ear: after a closed syllable within the consonants, after an open one before them.
 */
#ifndef OCTAVO_LAYOUT_EXCEPTIONS_H
#define OCTAVO_LAYOUT_EXCEPTIONS_H

#include "base/text.h"

/* A word in small letters with a hyphen at each of its divisions, or NULL: what the patterns say stands. */
const char *exception_find(struct text word);

#endif
