/* report.h - what was recognised in the source and why, for --report.
 *
 * Readers and passes add facts; the conductor prints them as text or JSON. A fact has a topic ("note-call",
 * "heading", "clutter", "title", "encoding", "onix-196" …), a place, what was seen, what was decided, and a
 * score from 0 to 1.
 */
#ifndef OCTAVO_DOCUMENT_REPORT_H
#define OCTAVO_DOCUMENT_REPORT_H

#include "base/buf.h"
#include "base/message.h"

struct report;

struct report *report_new(struct arena *a);
/* Adds a fact; strings are copied. `score` below 0: none. */
void report_add(struct report *r, const char *topic, const struct place *where, struct text seen,
                const char *decision, double score);
/* Prints all facts in the order in which they came, one a line. */
void report_text(const struct report *r, struct buf *out);
/* The same as one JSON array of objects {topic, file, line, column, seen, decision, score}. */
void report_json(const struct report *r, struct buf *out);

#endif
