/* identifier.h - the publication's identifier, one for all that is made of the document: the e-book's
 * page-list names the PDF by it.
 *
 * An ISBN (its check digit tried, 10 digits made 13), a DOI and a UUID become URIs; anything else stays as
 * given. Without one it is a name-based UUID (RFC 9562, version 5) of title and people, which a corrected
 * edition keeps.
 *
 * Messages: metadata.isbn, metadata.identifier (it says what it is, and isn't).
 */
#ifndef OCTAVO_DOCUMENT_IDENTIFIER_H
#define OCTAVO_DOCUMENT_IDENTIFIER_H

#include "document/document.h"

/* Sets meta.identifier and meta.identifier_type; the title must be known. */
void identifier_settle(struct document *d);

#endif
