/* images.h - the pictures that the document shows: found, read, measured.
 *
 * Each img's source is read once (resource_get) and the resource's type, size, resolution and place in a
 * package are filled in from its header; the img's `src` becomes the resource's name. A picture that can't be
 * had or shown leaves its alternative text in the text (p.missing-image in a figure, else
 * span.missing-image), and the message says so. The cover is read likewise.
 *
 * An svg element among the text becomes a picture of its own, named drawing-1.svg and so on.
 *
 * A picture that books can't have as it is, is made one that they can (refine/image_fit.h); both outputs get
 * that.
 *
 * Messages: those of resource_get, images.type (no picture, or one that can't be read: lost), images.alt
 * (warning), images.first (an animation or several pages: warning), images.scaled, images.converted,
 * images.turned (notes).
 */
#ifndef OCTAVO_REFINE_IMAGES_H
#define OCTAVO_REFINE_IMAGES_H

#include "document/document.h"

void images_find(struct document *d);

#endif
