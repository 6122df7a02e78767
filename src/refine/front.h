/* front.h - the pages between the title and the text: imprint, dedication, epigraph.
 *
 * What the metadata say becomes sections behind the title block: section.imprint (epub:type copyright-page)
 * of edition, people, publisher and date, rights, license, identifier, series and source; section.dedication
 * and section.epigraph of the keys of those names. In a book a div or quotation of such a class that the
 * source puts before its first heading becomes a section, too. See document/front.h for what is asked for.
 *
 * A title block that has a page of its own gets the class title-page: in a book, and where front matter is
 * asked for.
 *
 * Messages: meta.unknown (a word of the key front-matter that means nothing).
 */
#ifndef OCTAVO_REFINE_FRONT_H
#define OCTAVO_REFINE_FRONT_H

#include "document/document.h"

/* After refine/sections.h, before refine/ids.h. */
void front_make(struct document *d);

#endif
