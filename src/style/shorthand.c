/* Shorthands: one declaration stands for several longhands (CSS 2.1, CSS Backgrounds 3, CSS Text Decoration
 * 3, CSS Fragmentation 3). */
#include "style/properties.h"

#define LIST(...)                                                                                            \
    (const char *const[])                                                                                    \
    {                                                                                                        \
        __VA_ARGS__, NULL                                                                                    \
    }

static bool one(struct expansion *x, const char *name, struct reading *r)
{
    struct reading start = *r;
    const struct property *p = property_named(name);
    struct value v = {.kind = VALUE_NONE};
    if (!p->parse(r, p, &v) || r->at == start.at) {
        *r = start;
        return false;
    }
    x->declare(x, p, &v);
    return true;
}

/* The same value under another name. */
static bool expand_alias(struct expansion *x, const struct shorthand *s, struct reading *r)
{
    return one(x, s->longhands[0], r);
}

/* One to four values: top, right, bottom, left. */
static bool expand_sides(struct expansion *x, const struct shorthand *s, struct reading *r)
{
    struct value v[4] = {{.kind = VALUE_NONE}};
    int count = 0;
    while (count < 4 && !reading_done(r)) {
        const struct property *p = property_named(s->longhands[count]);
        if (!p->parse(r, p, &v[count]))
            return false;
        count++;
    }
    if (!count)
        return false;
    static const int same_as[4][4] = {{0, 0, 0, 0}, {0, 1, 0, 1}, {0, 1, 2, 1}, {0, 1, 2, 3}};
    for (int i = 0; i < 4; i++)
        x->declare(x, property_named(s->longhands[i]), &v[same_as[count - 1][i]]);
    return true;
}

/* Any of the longhands in any order; what isn't given is initial. */
static bool expand_any(struct expansion *x, const struct shorthand *s, struct reading *r)
{
    for (const char *const *l = s->longhands; *l; l++)
        x->declare(x, property_named(*l), &(struct value){.kind = VALUE_INITIAL});
    unsigned given = 0;
    while (!reading_done(r)) {
        unsigned i = 0;
        while (s->longhands[i] && (given >> i & 1 || !one(x, s->longhands[i], r)))
            i++;
        if (!s->longhands[i])
            return false;
        given |= 1u << i;
    }
    return given != 0;
}

/* border: width, style and colour of all four sides. Its longhands are four triples. */
static bool expand_border(struct expansion *x, const struct shorthand *s, struct reading *r)
{
    struct reading start = *r;
    for (int side = 0; side < 4; side++) {
        const struct shorthand of_side = {
            .longhands =
                LIST(s->longhands[3 * side], s->longhands[3 * side + 1], s->longhands[3 * side + 2])};
        *r = start;
        if (!expand_any(x, &of_side, r))
            return false;
    }
    return true;
}

/* background: a colour is all that is understood. */
static bool expand_background(struct expansion *x, const struct shorthand *s, struct reading *r)
{
    if (!read_word(r, "none"))
        return one(x, s->longhands[0], r);
    x->declare(x, property_named(s->longhands[0]), &(struct value){.kind = VALUE_INITIAL});
    return true;
}

static bool expand_decoration(struct expansion *x, const struct shorthand *s, struct reading *r)
{
    bool good = one(x, s->longhands[0], r);
    read_word(r, "solid");
    return good;
}

/* columns: a width and a count in any order; auto is of either. */
static bool expand_columns(struct expansion *x, const struct shorthand *s, struct reading *r)
{
    for (const char *const *l = s->longhands; *l; l++)
        x->declare(x, property_named(*l), &(struct value){.kind = VALUE_INITIAL});
    bool width = false, count = false, any = false;
    while (!reading_done(r)) {
        if (read_word(r, "auto"))
            ;
        else if (!count && one(x, "column-count", r))
            count = true;
        else if (!width && one(x, "column-width", r))
            width = true;
        else
            return false;
        any = true;
    }
    return any;
}

#define BORDER(side) "border-" side "-width", "border-" side "-style", "border-" side "-color"
#define SIDES(before, behind)                                                                                \
    before "-top" behind, before "-right" behind, before "-bottom" behind, before "-left" behind

/* clang-format off */
const struct shorthand shorthands[] = {
    {"margin", expand_sides, LIST(SIDES("margin", ""))},
    {"padding", expand_sides, LIST(SIDES("padding", ""))},
    {"border", expand_border, LIST(BORDER("top"), BORDER("right"), BORDER("bottom"), BORDER("left"))},
    {"border-top", expand_any, LIST(BORDER("top"))},
    {"border-right", expand_any, LIST(BORDER("right"))},
    {"border-bottom", expand_any, LIST(BORDER("bottom"))},
    {"border-left", expand_any, LIST(BORDER("left"))},
    {"border-width", expand_sides, LIST(SIDES("border", "-width"))},
    {"border-style", expand_sides, LIST(SIDES("border", "-style"))},
    {"border-color", expand_sides, LIST(SIDES("border", "-color"))},
    {"background", expand_background, LIST("background-color")},
    {"font", expand_font, LIST("font-style", "font-variant-caps", "font-variant-numeric", "font-variant-ligatures",
        "font-variant-position", "font-variant-alternates", "font-weight", "font-size", "line-height", "font-kerning",
        "font-feature-settings", "font-family")},
    {"font-variant", expand_font_variant, LIST("font-variant-caps", "font-variant-numeric", "font-variant-ligatures",
        "font-variant-position", "font-variant-alternates")},
    {"list-style", expand_any, LIST("list-style-type", "list-style-position")},
    {"text-decoration", expand_decoration, LIST("text-decoration-line")},
    {"columns", expand_columns, LIST("column-width", "column-count")},
    {"column-rule", expand_any, LIST("column-rule-width", "column-rule-style", "column-rule-color")},
    {"text-wrap", expand_any, LIST("text-wrap-mode", "text-wrap-style")},
    {"page-break-before", expand_alias, LIST("break-before")},
    {"page-break-after", expand_alias, LIST("break-after")},
    {"page-break-inside", expand_alias, LIST("break-inside")},
};
/* clang-format on */

enum { SHORTHANDS = sizeof shorthands / sizeof shorthands[0] };

size_t shorthands_count(void)
{
    return SHORTHANDS;
}

const struct shorthand *shorthand_find(struct text name)
{
    for (const struct shorthand *s = shorthands; s < shorthands + SHORTHANDS; s++)
        if (text_is_nocase(name, s->name))
            return s;
    return NULL;
}
