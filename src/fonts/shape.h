/* shape.h - words become glyphs: HarfBuzz behind a cache.
 *
 * A shaper belongs to one thread. The same text in the same manner is shaped once; what comes back stays
 * valid until the shaper's arena ends, which may be later than the shaper does. Everything is in font units,
 * so one entry serves all sizes.
 */
#ifndef OCTAVO_FONTS_SHAPE_H
#define OCTAVO_FONTS_SHAPE_H

#include "fonts/fonts.h"
#include <stdint.h>

/* How a text is shaped. `features` is a HarfBuzz list in canonical form ("onum,smcp", sorted, "" for none:
 * kern and liga are on as the font has them); `language` BCP 47. Compare by pointer: get each from
 * shaper_manner, which interns. */
struct manner {
    const struct face *face;
    const char *features;
    const char *language;
    hb_script_t script;
    bool right_to_left;
    int id;
};

struct glyph {
    uint32_t id;           /* in the face */
    uint32_t cluster : 31; /* offset in `text` of the first byte that this glyph spells */
    uint32_t joined : 1;   /* shaped apart, the text before that byte and from it on would look otherwise */
    int32_t advance;       /* font units */
    int16_t dx, dy;        /* font units */
};

struct shaped {
    const struct manner *manner;
    const char *text; /* what was shaped; not NUL-terminated */
    uint32_t length;  /* bytes */
    uint32_t count;   /* glyphs, in visual order from the left */
    int32_t width;    /* font units: the sum of advances */
    struct glyph glyphs[];
};

struct shaper;

struct shaper *shaper_new(struct arena *a);

/* Ends the cache; what was shaped stays. `s` shapes no more. */
void shaper_end(struct shaper *s);

/* The interned manner equal to `m` (whose id is not looked at). */
const struct manner *shaper_manner(struct shaper *s, const struct manner *m);

/* The shaped text. Its characters should be in the manner's face (face_has); what isn't becomes glyph 0. */
const struct shaped *shape(struct shaper *s, const struct manner *m, struct text t);

#endif
