/* image_fit.h - a picture as books can have it.
 *
 * EPUB has PNG, JPEG and SVG for certain; shops refuse more than 5.6 megapixels, 3,200 pixels on a side or 5
 * MB. So what is larger is made smaller, or a JPEG; GIF, WebP and TIFF become PNG or JPEG, pixels of 16 bits
 * and of four inks become common ones; what is stored turned is set upright; and the metadata that cameras
 * and programs leave (place, time, names) go. What fits is not compressed anew: its metadata are cut out and
 * the rest is copied.
 */
#ifndef OCTAVO_REFINE_IMAGE_FIT_H
#define OCTAVO_REFINE_IMAGE_FIT_H

#include "refine/image_header.h"

enum fit_done { FIT_SCALED = 1, FIT_CONVERTED = 2, FIT_TURNED = 4, FIT_FIRST_ONLY = 8, FIT_LIGHTENED = 16 };

struct fit {
    struct text bytes;
    struct image_header header; /* of those bytes */
    unsigned done;              /* enum fit_done, ored */
};

/* -1 when the picture can't be shown at all; what is broken but shown by some is kept as it is. */
int image_fit(struct arena *a, struct text bytes, const struct image_header *h, struct fit *out);

#endif
