/* computed.h - a computed style with what only the cascade needs of it, and the arithmetic of one element.
 *
 * Room-internal. `struct style` comes first, so that a pointer to one is a pointer to the other.
 */
#ifndef OCTAVO_STYLE_COMPUTED_H
#define OCTAVO_STYLE_COMPUTED_H

#include "style/style.h"
#include "style/value.h"

/* The custom properties in force: a list whose head is the newest. */
struct custom {
    struct text name; /* with its two dashes */
    struct tokens value;
    const struct custom *const *scope; /* where var() inside the value looks: the list as it was complete */
    const struct custom *next;
};

struct computed {
    struct style style;
    float line_factor; /* line-height: a number; below 0: `line_pt` holds */
    float line_pt;
    float root_size_pt, root_line_pt;
    int caps, numeric, ligatures, position, alternates, kerning; /* bits of features.c */
    const char *settings;                                        /* font-feature-settings, canonical */
    struct border_color {
        uint32_t color;
        int current; /* currentcolor */
    } border_color[4];
    float border_width_pt[4]; /* before the style none makes it 0 */
    float column_rule_width_pt;
    struct border_color column_rule_color;
    const struct custom *custom;
};

static inline const struct computed *computed_of(const struct style *s)
{
    return (const struct computed *)s;
}

#endif
