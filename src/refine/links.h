/* links.h - links that lead somewhere.
 *
 * "#x" is led to where that is now (refine/ids.h); to nowhere: the link is taken off its words. Addresses are
 * made valid URLs (RFC 3986: spaces and the like are percent-encoded). A link to a file of the user's machine
 * can't come along in a book and is taken off too.
 *
 * Messages: links.missing (warning), links.local (warning).
 */
#ifndef OCTAVO_REFINE_LINKS_H
#define OCTAVO_REFINE_LINKS_H

#include "refine/ids.h"

void links_mend(struct document *d, const struct ids *ids);

#endif
