/* counters.h - the counters of generated content (CSS Lists 3 §4): numbers of heads, figures, paragraphs.
 *
 * Enter each element in document order with its style, and leave it. A counter that an element resets lives
 * for it, what it holds and the siblings after it; a nested reset hides the outer one.
 */
#ifndef OCTAVO_LAYOUT_COUNTERS_H
#define OCTAVO_LAYOUT_COUNTERS_H

#include "style/style.h"

struct counters;

struct counters *counters_new(struct arena *a);
/* Does what the style's counter-reset and counter-increment say, and opens the element. */
void counters_enter(struct counters *c, const struct style *s);
void counters_leave(struct counters *c);
/* Makes a counter of the open element, as counter-reset on its first child would. */
void counters_set(struct counters *c, const char *name, int value);
/* As counter-increment by 1 on the open element's first child would. */
void counters_raise(struct counters *c, const char *name);
/* The value of the innermost counter of that name; 0 when there is none. */
int counters_value(const struct counters *c, const char *name);
/* Calls visit() for those that are in force (the innermost 64), inner ones before outer ones of the same
 * name. */
void counters_each(const struct counters *c, void (*visit)(const char *name, int value, void *user),
                   void *user);
/* Adds the values of all counters of that name, the outermost first, with `between` between them. */
void counters_print(const struct counters *c, struct arena *a, const char *name, const char *between,
                    enum counter_style style, struct buf *out);

#endif
