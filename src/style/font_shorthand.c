/* The shorthands `font` and `font-variant` (CSS Fonts 4 §2.7 and §6.11). */
#include "style/properties.h"

/* ---- font: style, small-caps and weight in any order, size / line-height, families */

static void declare(struct expansion *x, const char *name, const struct value *v)
{
    x->declare(x, property_named(name), v);
}

static void reset(struct expansion *x, const char *name)
{
    declare(x, name, &(struct value){.kind = VALUE_INITIAL});
}

bool expand_font(struct expansion *x, const struct shorthand *s, struct reading *r)
{
    static const char *const leading[] = {"font-style", "font-variant-caps", "font-weight"};
    enum { LEADING = sizeof leading / sizeof leading[0] };
    for (const char *const *l = s->longhands; *l; l++)
        reset(x, *l);
    for (int i = 0; i < LEADING && !read_word(r, "normal"); i++)
        for (int k = 0; k < LEADING; k++) {
            struct reading start = *r;
            const struct property *p = property_named(leading[k]);
            struct value v = {.kind = VALUE_NONE};
            if (p->parse(r, p, &v) && r->at > start.at && start.at->type != TOKEN_DIMENSION) {
                declare(x, leading[k], &v);
                break;
            }
            *r = start;
        }
    static const char *const trailing[] = {"font-size", "line-height", "font-family"};
    for (int i = 0; i < 3; i++) {
        const struct property *p = property_named(trailing[i]);
        struct value v = {.kind = VALUE_NONE};
        if (i == 1 && !read_mark(r, '/'))
            continue;
        if (!p->parse(r, p, &v))
            return false;
        declare(x, trailing[i], &v);
    }
    return true;
}

/* ---- font-variant: words in any order, of five longhands */

bool expand_font_variant(struct expansion *x, const struct shorthand *s, struct reading *r)
{
    struct value of[8] = {{.kind = VALUE_NONE}};
    size_t count = 0;
    for (const char *const *l = s->longhands; *l; l++)
        of[count++].kind = VALUE_INTEGER;
    bool any = read_word(r, "normal");
    const struct variant *w;
    while (!any || !reading_done(r)) {
        w = read_variant(r, NULL);
        if (!w)
            break;
        any = true;
        for (size_t i = 0; i < count; i++)
            if (strcmp(s->longhands[i], w->property) == 0) {
                if (of[i].number & w->group)
                    return false;
                of[i].number |= w->bit;
            }
    }
    for (size_t i = 0; i < count; i++)
        x->declare(x, property_named(s->longhands[i]), &of[i]);
    return any;
}
