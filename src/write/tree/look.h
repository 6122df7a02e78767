/* look.h - what of a style's look outputs can keep that have no pages: which kind of face text and heads
 * have, whether they stand around the middle, and the colour and ornament of the style's cover
 * (document/cover.h).
 */
#ifndef OCTAVO_WRITE_TREE_LOOK_H
#define OCTAVO_WRITE_TREE_LOOK_H

#include "style/style.h"

/* How a block is set. */
struct look_face {
    bool sans, bold, italic, centred;
};

struct look {
    struct styles *styles;
    const struct style *body; /* computed */
    struct look_face text;
    bool has_accent;
    uint32_t accent; /* 0xRRGGBB: of the ornament, else of the cover's edges */
    uint32_t accent_on_dark;
    const char *ornament; /* UTF-8; NULL: it's a rule */
};

struct look look_new(const struct document *d, struct styles *s);

/* The face of a block of the document. Takes the same time however deep the block stands. */
struct look_face look_face(const struct look *l, const xmlNode *block);

#endif
