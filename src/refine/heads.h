/* heads.h - chapters whose head is but a number, with their title on the line below it.
 *
 * "# IV" and then a short line without a stop: the line is what the chapter is called. The head stays as it
 * is (class "numbered"); the line becomes its title (class "heading-title", DPUB-ARIA 1.1 doc-subtitle),
 * which the styles set with it.
 *
 * One such line may be the beginning of a text that has no stops; so there must be two at the least, and as
 * many as there are other numbers of their level.
 */
#ifndef OCTAVO_REFINE_HEADS_H
#define OCTAVO_REFINE_HEADS_H

#include "document/document.h"

void heads_find_titles(struct document *d);

#endif
