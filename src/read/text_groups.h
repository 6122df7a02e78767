/* text_groups.h - groups of blocks numbered one behind the other, under a head of notes or without: what
 * could be notes, before the calls tell (text_notes.c). */
#ifndef OCTAVO_READ_TEXT_GROUPS_H
#define OCTAVO_READ_TEXT_GROUPS_H

#include "read/text_parts.h"

/* Fills in `groups` and `notes`, and `long_end`. Takes time linear in the text. */
void groups_find(struct text_parts *p);

/* Could its number be a note's? */
bool group_numbers(const struct block *b);
/* Does a number of this style say by itself that it is a note's, wherever it stands? */
bool group_says_notes(enum marker_style s);
/* Is it a block that groups pass over: clutter, a rule? */
bool group_passes(const struct block *b);
/* The first block from `i` on that is none of these. */
size_t group_next(const struct text_parts *p, size_t i);

#endif
