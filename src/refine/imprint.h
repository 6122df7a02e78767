/* imprint.h - what stands on the back of the title page, from the metadata. */
#ifndef OCTAVO_REFINE_IMPRINT_H
#define OCTAVO_REFINE_IMPRINT_H

#include "document/document.h"

/* A loose section.imprint; NULL: it isn't wanted, or the metadata have nothing for it. A publisher and a date
 * alone make none, since they stand on the title page. */
xmlNode *imprint_make(struct document *d);

#endif
