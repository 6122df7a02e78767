/* title.h - the document's title and the block that shows it. */
#ifndef OCTAVO_REFINE_TITLE_H
#define OCTAVO_REFINE_TITLE_H

#include "document/document.h"

/* Before sections are made: settles meta.title, and takes the heading that shows it out of the body into a
 * title block, which waits under the root. NULL when no heading shows it. Says title.missing when the file's
 * name must stand in. */
xmlNode *title_take(struct document *d);

/* Completes the block (NULL: a new one) from the metadata and puts it first in the body. */
void title_set(struct document *d, xmlNode *block);

#endif
