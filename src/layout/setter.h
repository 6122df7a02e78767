/* setter.h - what one thread needs to set paragraphs. */
#ifndef OCTAVO_LAYOUT_SETTER_H
#define OCTAVO_LAYOUT_SETTER_H

#include "layout/breaks.h"
#include "layout/hyphenate.h"
#include "layout/paragraph.h"

/* A hyphenator serves one language in one manner. */
struct language_setting {
    const char *language;
    struct hyphen_limits limits;
    struct hyphenator *hyphenator;
    struct language_setting *next;
};

/* The shaping manner of a span's style, script and direction: looked up once. */
struct manner_setting {
    const struct style *style;
    const struct face *face;
    const char *language;
    hb_script_t script;
    bool right_to_left;
    const struct manner *manner;
    const struct shaped *space, *hyphen;
};

struct setter {
    struct arena *arena; /* what lasts: lines and frames */
    struct messages *messages;
    const struct document *document;
    bool from_right; /* the document is written from right to left */
    struct shaper *shaper;
    struct hyphenation *hyphenation;
    struct language_setting *languages;
    struct manner_setting recent[64]; /* by a hash of its fields */
    struct breaker *breaker;
    struct atoms *atoms;   /* of the paragraph in work */
    struct arena *cache;   /* what it knows of words and languages; ends with the setter */
    struct arena *scratch; /* ends with each paragraph */
};

#endif
