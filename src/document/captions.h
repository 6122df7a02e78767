/* captions.h - the figures and tables that have captions, in their order: for the lists of them. */
#ifndef OCTAVO_DOCUMENT_CAPTIONS_H
#define OCTAVO_DOCUMENT_CAPTIONS_H

#include "document/document.h"

struct captioned {
    const xmlNode *node; /* the figure or table; it has an id */
    const xmlNode *caption;
    const char *id, *label;
    struct captioned *next;
};

enum captioned_kind { CAPTIONED_FIGURES, CAPTIONED_TABLES };

/* Those of a refined document, found in one walk; NULL: there are none. The label is the caption without its
 * note calls; of a long one what stands up to the end of its first sentence, since a list wants a name and
 * not the whole. The source's own numbers ("Fig. 3") are a part of it. In `a`. */
const struct captioned *captions_find(struct arena *a, const struct document *d, enum captioned_kind kind);

#endif
