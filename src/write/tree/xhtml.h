/* xhtml.h - nodes of the tree as XHTML text: one serialiser for the EPUB's files, the single page and the
 * tests' golden files.
 *
 * Output is well-formed XML in UTF-8: attributes in the order of the tree, void elements as <br/>, all others
 * with both tags. An element that holds only blocks has each of them on a line of its own; where text or
 * inline elements stand, white space is written as it is in the tree and none is added. Comments and
 * processing instructions are left out. Elements of other vocabularies (MathML, SVG) declare their namespace
 * where they begin.
 */
#ifndef OCTAVO_WRITE_TREE_XHTML_H
#define OCTAVO_WRITE_TREE_XHTML_H

#include "base/buf.h"
#include "base/io.h"
#include "document/document.h"

/* The whole document as one page with `css` inside it. */
int xhtml_write(const struct document *d, struct text css, struct output *out);

/* A link's address may differ by output (the EPUB is split into files): gives what is written for `href`;
 * NULL: as it is; "": the attribute is left out. */
typedef const char *xhtml_link(const char *href, void *user);

/* Adds a node and all below it. */
void xhtml_node(const xmlNode *n, xhtml_link *link, void *user, struct buf *out);

/* What an output may change while it writes; each may be NULL. */
struct xhtml_hooks {
    xhtml_link *link;   /* for href */
    xhtml_link *source; /* for src; "": the picture's alternative text is written in its place */
    xhtml_link *style;  /* for style */
    xhtml_link *ids;    /* for what names elements by their ids: headers, aria-describedby … */
    /* Writes the bytes of a text node between two offsets (with xhtml_text), and what it wants in them. */
    void (*text)(const xmlNode *text, size_t from, size_t to, struct buf *out, void *user);
    /* Writes what the output wants before an img. */
    void (*picture)(const xmlNode *img, struct buf *out, void *user);
    /* Is it a note that a reader may show over the page? What it holds then stands in a box of its own, to
     * which calls lead. */
    bool (*note)(const xmlNode *n, void *user);
    void *user;
};

/* A part of a tree in document order. Where the node is a text, it begins or ends within that. */
struct xhtml_range {
    const xmlNode *first;
    size_t first_offset; /* bytes */
    const xmlNode *end;  /* NULL: all that follows */
    size_t end_offset;
    const xmlNode *head; /* of a table that goes on here, and has its head again; or NULL */
};

/* Adds a part of what lies below `top`. Ancestors of its first node that began before are opened again
 * without what may stand only once (id, aria-labelledby, and but for notes epub:type and role); a list goes
 * on counting, an item that goes on has the class "goes-on", a table its columns and `head` again, of which
 * note calls are left out. What is open at the end is closed. */
void xhtml_range(const xmlNode *top, const struct xhtml_range *r, const struct xhtml_hooks *hooks,
                 struct buf *out);

/* Adds text, or an attribute's value, escaped so that an XML parser gives it back as it was. */
void xhtml_text(struct buf *out, struct text t);
void xhtml_value(struct buf *out, struct text t);

/* Adds everything up to and with <html …><head>: the XML declaration, the document type, the language in both
 * attributes, the direction when it is from right to left, the title. The caller adds what else the head
 * holds and closes it. */
void xhtml_begin(struct buf *out, const char *language, const char *title);

#endif
