/* text_calls.h - from the alignment's picks to the calls of the tree. */
#ifndef OCTAVO_READ_TEXT_CALLS_H
#define OCTAVO_READ_TEXT_CALLS_H

#include "read/text_parts.h"

/* The first candidate at or behind a block. */
size_t candidate_from(const struct text_parts *p, size_t block);
/* Takes what text_align() found for these notes as calls: sure ones, doubtful ones, ones whose note is
 * missing, and the repeated calls of the blocks [first, end). */
void calls_take(struct text_parts *p, size_t note, size_t notes, size_t first, size_t end);
/* Brings the calls from `first` on into the order of the text. */
void calls_sort(struct text_parts *p, size_t first);
/* A text without notes may still call them: says so. */
void calls_without_notes(struct text_parts *p);

#endif
