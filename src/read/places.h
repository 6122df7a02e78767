/* places.h - from a line and a byte of a text to the place that a user sees: column in characters, line of
 * the file. Looking one up takes the same short time wherever it lies, however long the line. */
#ifndef OCTAVO_READ_PLACES_H
#define OCTAVO_READ_PLACES_H

#include "base/message.h"
#include "base/text.h"

struct places;

/* Places in `t` (lent; UTF-8, LF), whose first line is line `first_line` of `file`. */
struct places *places_new(struct arena *a, struct text t, const char *file, int first_line);
/* The place of a line (1: the text's first) and a byte of it (1: its first). What lies outside is moved to
 * the nearest that lies inside; line 0 or less gives the file only. */
struct place places_at(const struct places *p, int line, int byte_column);
/* The place of a byte offset. */
struct place places_of_offset(const struct places *p, size_t offset);

#endif
