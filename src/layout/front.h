/* front.h - what layout adds before a book's text: the half title, the contents with the pages on which
 * chapters begin, the lists of figures and tables.
 *
 * Each is made in a tree of its own, whose root has the document's language and whose body its class, so that
 * the style's rules hold. What isn't wanted is NULL: see document/front.h; a style can leave out the rest.
 */
#ifndef OCTAVO_LAYOUT_FRONT_H
#define OCTAVO_LAYOUT_FRONT_H

#include "layout/frame.h"

/* Chapters that a book must have for contents and a half title that nobody asked for. */
enum { CONTENTS_LEAST = 3, CONTENTS_DEPTH = 2 };

/* <section class="half-title"><p>title</p></section>. It repeats the title page, and so is read to nobody:
 * aria-hidden. */
xmlNode *half_title_make(struct arena *a, const struct document *d, const struct outline_entry *outline,
                         uint32_t count);

/* <nav class="contents"> of the outline's entries as deep as the metadata say, else CONTENTS_DEPTH. The
 * items' classes are front-entry, chapter-entry, part-entry and back-entry. */
xmlNode *contents_make(struct arena *a, const struct document *d, const struct outline_entry *outline,
                       uint32_t count);

/* <nav class="contents list-of-figures">, and "list-of-tables", of what has captions. */
xmlNode *figures_make(struct arena *a, const struct document *d);
xmlNode *tables_make(struct arena *a, const struct document *d);

/* Where a page of these begins, as page_start.entry; NULL: with nothing that an e-book has. `text` is of one
 * of the trees above. */
const char *front_entry(const xmlNode *text);

/* Puts the pages of `front` before those of `body`; page numbers of destinations follow. Tags are the body's.
 */
void pages_prepend(struct arena *a, struct pages *body, const struct pages *front);

#endif
