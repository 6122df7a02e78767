/* ids.h - every section, heading, figure and table gets an id that stays the same as long as its text does.
 *
 * A section's id is its heading's text as GitHub makes addresses of it (lower case, white space as hyphens,
 * punctuation and accents left out); links of the source to GitHub's own form find it. The heading has the
 * same with "-title". Ids that the source gives are kept, but for repeated ones and for those that the notes
 * need (n1, r1, notes); links to what was renamed follow. Sections are named by their headings
 * (aria-labelledby).
 *
 * Messages: ids.repeated (warning).
 */
#ifndef OCTAVO_REFINE_IDS_H
#define OCTAVO_REFINE_IDS_H

#include "document/document.h"

struct ids;

/* Gives the ids. What comes back knows the renamed ones. */
struct ids *ids_give(struct document *d);

/* The id that a link to #`name` of the source leads to: its own, a renamed or a heading's; NULL: none. */
const char *ids_find(const struct ids *ids, const char *name);

#endif
