/* title_marks.h - emphasis in a title that the metadata give, `A reading of *The Waves*`: the title that goes
 * into files and running heads has the words alone, the title page shows them emphasised.
 */
#ifndef OCTAVO_REFINE_TITLE_MARKS_H
#define OCTAVO_REFINE_TITLE_MARKS_H

#include "document/document.h"

/* `title` without the asterisks of emphasis (CommonMark 0.31 §6.2, pairs of one or two, not nested); the same
 * string when it has none. */
const char *title_unmarked(struct document *d, const char *title);

/* Adds the title to `parent`, with elements em and strong for its marks. */
void title_add_marked(struct document *d, xmlNode *parent, const char *title);

#endif
