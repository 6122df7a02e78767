/* image_header.h - what a picture's first bytes say: its type, size, resolution. No pixel is decoded.
 *
 * PNG (W3C PNG 3rd ed. §11), JPEG (ITU-T T.81 annex B; JFIF; EXIF 2.3 orientation), GIF (89a §18), SVG 2
 * (§8.2: width, height, viewBox of the root), WebP (RFC 9649), TIFF (6.0; the type only).
 */
#ifndef OCTAVO_REFINE_IMAGE_HEADER_H
#define OCTAVO_REFINE_IMAGE_HEADER_H

#include "base/arena.h"
#include "base/text.h"

struct image_header {
    const char *media_type, *suffix; /* static */
    int width_px, height_px;         /* an SVG without a size, a TIFF: 0 */
    double dpi;                      /* 0: not said */
    bool has_alpha;
    int channels, depth; /* JPEG and PNG: as stored; else 0 */
    int orientation;     /* JPEG with EXIF: 1 to 8; else 0 */
};

/* Reads the header. -1 when the bytes are of another type, or broken before the size is known. */
int image_header_read(struct arena *a, struct text bytes, struct image_header *out);

#endif
