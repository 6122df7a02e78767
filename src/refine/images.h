/* images.h - the pictures that the document shows: found, read, measured.
 *
 * Each img's source is read once (resource_get) and the resource's type, size, resolution and place in a
 * package are filled in from its header; the img's `src` becomes the resource's name. A picture that can't be
 * had or shown leaves its alternative text in the text (p.missing-image in a figure, else
 * span.missing-image), and the message says so. The cover is read likewise.
 *
 * Messages: those of resource_get, images.type (not PNG, JPEG, GIF or SVG: lost), images.alt (warning),
 * images.turned (a JPEG that is stored lying or mirrored: warning).
 */
#ifndef OCTAVO_REFINE_IMAGES_H
#define OCTAVO_REFINE_IMAGES_H

#include "document/document.h"

void images_find(struct document *d);

#endif
