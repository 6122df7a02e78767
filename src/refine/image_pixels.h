/* image_pixels.h - a picture as pixels: 8 bits a channel, rows from the top, one behind the other.
 *
 * Channels are gray, gray and alpha, RGB, or RGB and alpha (not multiplied). Everything is in the arena
 * given; what a codec's library opens is ended before it returns. Nothing here is random: equal bytes give
 * equal bytes.
 */
#ifndef OCTAVO_REFINE_IMAGE_PIXELS_H
#define OCTAVO_REFINE_IMAGE_PIXELS_H

#include "base/buf.h"

struct pixels {
    int width, height, channels;
    unsigned char *at;
    struct text profile; /* an ICC profile, or empty */
    double dpi;          /* 0: not said */
    bool more_pictures;  /* the file holds others behind the first: an animation, pages */
};

/* Each reads the first picture of a file. -1 when it is damaged or too large (LIMIT_IMAGE_PIXELS),
 * or its library isn't installed.
 * `width` and `height`: at most so much is needed, a decoder that can make less may. */
int pixels_from_jpeg(struct arena *a, struct text bytes, int width, int height, struct pixels *out);
int pixels_from_png(struct arena *a, struct text bytes, struct pixels *out);
int pixels_from_gif(struct arena *a, struct text bytes, struct pixels *out);
int pixels_from_webp(struct arena *a, struct text bytes, struct pixels *out);
int pixels_from_tiff(struct arena *a, struct text bytes, struct pixels *out);

/* The size of a WebP picture; -1 when it's none. */
int webp_size(struct arena *a, struct text bytes, int *width, int *height);

/* The room for width × height × channels; -1 when that is more than LIMIT_IMAGE_PIXELS. */
int pixels_room(struct arena *a, struct pixels *out);

/* Stands upright what EXIF's orientation (1 to 8) says is turned or mirrored. */
void pixels_turn(struct arena *a, struct pixels *p, int orientation);
/* Makes it smaller, each new pixel the mean of what it covers. */
void pixels_scale(struct arena *a, struct pixels *p, int width, int height);
/* Drops an alpha that is nowhere used, and colour from what is gray. */
void pixels_simplify(struct pixels *p);

/* A file of it. An empty text: the library failed. */
struct text pixels_png(struct arena *a, const struct pixels *p);
struct text pixels_jpeg(struct arena *a, const struct pixels *p, int quality);

#endif
