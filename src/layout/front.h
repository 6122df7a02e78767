/* front.h - a book's front matter: the contents, with the pages on which chapters begin. */
#ifndef OCTAVO_LAYOUT_FRONT_H
#define OCTAVO_LAYOUT_FRONT_H

#include "layout/frame.h"

/* Chapters that a book must have for its contents to be worth a page. */
enum { CONTENTS_LEAST = 3, CONTENTS_DEPTH = 2 };

/* A <nav class="contents"> of the outline's entries as deep as the metadata say, else CONTENTS_DEPTH, in a
 * tree of its own that ends with `a`; NULL when there are too few. */
xmlNode *contents_make(struct arena *a, const struct document *d, const struct outline_entry *outline,
                       uint32_t count);

/* Puts the pages of `front` before those of `body`; page numbers of destinations follow. Tags are the body's.
 */
void pages_prepend(struct arena *a, struct pages *body, const struct pages *front);

#endif
