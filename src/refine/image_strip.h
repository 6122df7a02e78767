/* image_strip.h - the parts of picture files. Pictures without what cameras and programs write beside them:
 * place and time, names, earlier versions. Pixels, colours and resolution stay, and nothing is compressed
 * anew. */
#ifndef OCTAVO_REFINE_IMAGE_STRIP_H
#define OCTAVO_REFINE_IMAGE_STRIP_H

#include "base/buf.h"

/* The file without its metadata; the same text when it has none, or when it is not as it should be. JPEG
 * keeps JFIF, ICC profile and Adobe's colour transform (T.81 §B.2, ICC.1 annex B.4); PNG the chunks that
 * pixels need. */
struct text strip_jpeg(struct arena *a, struct text bytes);
struct text strip_png(struct arena *a, struct text bytes);

struct png_chunk {
    const char *name; /* four letters */
    struct text data, whole;
};

/* The chunk that begins at `*at`, which moves behind it. False at the end, or when it isn't all there. */
bool png_chunk_at(struct text t, size_t *at, struct png_chunk *out);

/* Is the file there to its end, and are the bytes of a PNG those that were written (by the sums of its
 * chunks)? Of formats other than PNG and JPEG nothing is known: true. */
bool image_is_whole(struct text bytes, const char *media_type);

#endif
