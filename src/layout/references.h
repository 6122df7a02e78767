/* references.h - what target-counter() and target-text() say of the place that a link leads to (CSS Generated
 * Content for Paged Media 3 §5): the number of its page, the value of a counter there, its text.
 *
 * Pages are known only when the text is set, and what is set must say their numbers. So a text that asks is
 * laid out with numbers that stand in, to learn the true ones, and then once more with those; and again where
 * the true ones have moved a line to another page. A text that doesn't ask is laid out once.
 */
#ifndef OCTAVO_LAYOUT_REFERENCES_H
#define OCTAVO_LAYOUT_REFERENCES_H

#include "layout/counters.h"
#include "layout/frame.h"

struct references;

/* Nothing is known yet. */
struct references *references_new(struct arena *a, const struct document *d);

/* Every page's label is `guess`: to see how much room they take. */
struct references *references_guessing(struct arena *a, const struct document *d, const char *guess);

/* The counter's value at the place that `href` (or NULL) leads to, as generated content; "" when there is no
 * such place, and a number that stands in for one that is not known yet. */
const char *references_counter(struct references *r, struct arena *a, const char *href, const char *counter,
                               enum counter_style style);

/* Adds the text of that place, or its first letter. */
void references_text(struct references *r, const char *href, bool first_letter, struct buf *out);

/* Adds an element's text, or its first letter. */
void element_text(const struct document *d, const xmlNode *n, bool first_letter, struct buf *out);

/* Has a number been asked for that isn't known? */
bool references_wanted(const struct references *r);

/* All is laid out once more. */
void references_begin(struct references *r);

/* Element `id` stands here. */
void references_note(struct references *r, const char *id, const struct counters *c);

/* Learns the labels of the pages on which destinations stand. True when all of those that have been asked for
 * are as they were known. */
bool references_learn(struct references *r, const struct pages *p);

/* The label of a destination's page, or NULL. */
const char *references_label(const struct references *r, const char *id);

#endif
