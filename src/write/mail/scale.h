/* scale.h - a JPEG or PNG picture in fewer pixels, each the mean of those that it stands for. */
#ifndef OCTAVO_WRITE_MAIL_SCALE_H
#define OCTAVO_WRITE_MAIL_SCALE_H

#include "base/text.h"

struct pixels {
    int width, height, channels; /* the last of 2 or 4 is alpha */
    unsigned char *at;           /* rows without gaps */
};

/* The pixels made `width` wide. */
struct pixels scale_pixels(struct arena *a, struct pixels p, int width);

/* Each gives a picture of the same kind that is `width_px` wide; an empty text when it can't be read, or has
 * a form that is left alone (CMYK). A JPEG keeps what it says of turning and colours (APP1, APP2). */
struct text scale_jpeg(struct arena *a, struct text bytes, int width_px, int quality);
struct text scale_png(struct arena *a, struct text bytes, int width_px);

#endif
