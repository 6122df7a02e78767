/* image_svg.h - SVG as a book may hold it (EPUB 3.3 §6.2): a drawing that does nothing and asks for nothing.
 *
 * Taken out: scripts, event handlers, elements of HTML that play or load, links to scripts, addresses of
 * anything outside of the file but of pages that a link names; comments, the document type, and what drawing
 * programs keep for themselves (metadata, attributes and elements of their own namespaces).
 */
#ifndef OCTAVO_REFINE_IMAGE_SVG_H
#define OCTAVO_REFINE_IMAGE_SVG_H

#include "document/document.h"

/* The cleaned file in UTF-8; an empty text when it is not well-formed. */
struct text svg_clean(struct arena *a, struct text bytes);

#endif
