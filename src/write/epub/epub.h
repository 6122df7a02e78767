/* epub.h - the document as an EPUB 3.3 package (W3C Recommendation), with an NCX for old readers.
 *
 * Chunks by chapter, notes in a file of their own, nav.xhtml (toc, landmarks, page-list when pages are
 * known), package metadata with the accessibility properties of EPUB Accessibility 1.1 that are true of the
 * book. mimetype first and stored; all entries of one time.
 */
#ifndef OCTAVO_WRITE_EPUB_EPUB_H
#define OCTAVO_WRITE_EPUB_EPUB_H

#include "base/io.h"
#include "document/document.h"
#include "style/style.h"

struct page_mark {
    const xmlNode *text; /* the text node in which the page begins, or the img; NULL: a page of contents */
    uint32_t offset;     /* bytes from its start */
    const char *label;   /* "xii", "12" */
    const char *entry;   /* contents and lists: the id to which the page's first entry leads, or the head with
                            which it begins: see document/front.h */
};

struct epub_options {
    struct text css; /* the style's sheet for e-books */
    long long date;  /* seconds since 1970: dcterms:modified and the entries' times */
    int threads;
    const struct page_mark *marks; /* in document order; NULL: no page-list */
    size_t mark_count;
    struct styles *styles; /* for the typefaces of the e-book; both NULL: it gets none */
    struct fonts *fonts;
    const char *certified_by; /* who says that the book conforms to EPUB Accessibility 1.1; NULL: no claim */
};

/* Does the e-book get typefaces? It does when a sheet names their files (@font-face, not for print only), and
 * with the metadata embed-fonts: yes. Then `fonts` is needed. */
bool epub_wants_fonts(const struct document *d, const struct styles *s);

/* Writes the package of a refined document; -1 with a message when memory or the disk fails. The document is
 * not changed. */
int epub_write(const struct document *d, const struct epub_options *o, struct output *out);

#endif
