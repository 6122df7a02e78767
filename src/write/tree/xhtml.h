/* xhtml.h - nodes of the tree as XHTML text: one serialiser for the EPUB's files, the single page and the
 * tests' golden files.
 *
 * Output is well-formed XML in UTF-8: attributes in the order of the tree, empty elements as <br/>, the
 * elements a block element begins and ends on lines of their own where white space does not matter.
 */
#ifndef OCTAVO_WRITE_TREE_XHTML_H
#define OCTAVO_WRITE_TREE_XHTML_H

#include "base/buf.h"
#include "base/io.h"
#include "document/document.h"

/* The whole document as one page with `css` inside it. */
int xhtml_write(const struct document *d, struct text css, struct output *out);

/* A link's address may differ by output (the EPUB is split into files): gives what is written for `href`;
 * NULL: as it is. */
typedef const char *xhtml_link(const char *href, void *user);

/* Adds a node and all below it. */
void xhtml_node(const xmlNode *n, xhtml_link *link, void *user, struct buf *out);

#endif
