/* page.h - the document as one HTML page for a newsletter's archive: nothing beside it is needed, nothing is
 * fetched.
 *
 * The style's sheet for e-books and a sheet of this room are inside it, under the title stands the ornament
 * of the style's cover, pictures are data: URIs, and so are typefaces that the style brings along. Each note
 * stands once, at its first call: on a wide screen and on paper it is set in the margin beside the call, on a
 * narrow screen it opens below the call when that is followed (:target, no script) and closes when its back
 * link is. A note of plain paragraphs is a span inside the call's paragraph, any other an aside behind the
 * block; notes that nothing calls stay at the end. The head holds Open Graph and schema.org Article data.
 */
#ifndef OCTAVO_WRITE_HTML_PAGE_H
#define OCTAVO_WRITE_HTML_PAGE_H

#include "base/io.h"
#include "style/style.h"

struct html_page_options {
    struct styles *styles; /* NULL: none but the built-in */
    struct fonts *fonts;   /* for typefaces that go into the page (write/tree/typefaces.h); NULL: none do */
    struct text css;       /* the style's sheet for e-books */
    const char *link;      /* the page's own address; NULL: not known */
    const char *card;      /* the file of the picture that stands beside it on the web; NULL: there is none */
};

/* Writes the page; -1 with a message when the disk fails. The document is not changed. */
int html_page_write(const struct document *d, const struct html_page_options *o, struct output *out);

#endif
