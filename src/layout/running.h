/* running.h - named strings and counters as they stand on a page, for its running heads (CSS Generated
 * Content for Paged Media 3 §1): what they are before a page, first and last on it. */
#ifndef OCTAVO_LAYOUT_RUNNING_H
#define OCTAVO_LAYOUT_RUNNING_H

#include "base/arena.h"
#include "style/style.h"

struct running;

struct running *running_new(struct arena *a);
void running_begin_page(struct running *r);
void running_set(struct running *r, const char *name, const char *value);
/* What is set from here on doesn't begin the page. */
void running_begin_text(struct running *r);
const char *running_value(const struct running *r, const char *name, enum string_which which);

/* A counter goes by its name with a colon before it, which no named string has. Its value is that of the
 * first element on the page that changes it. */
int running_number(const struct running *r, const char *counter);

#endif
