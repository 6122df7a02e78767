/* The font properties but for features: family, size, weight, line height (CSS Fonts 4, CSS 2.1 §15). */
#include "base/buf.h"
#include "style/properties.h"

/* ---- font-family */

enum { FAMILIES = 32 };

static bool family(struct reading *r, const char **name)
{
    struct text t;
    if (read_string(r, &t)) {
        *name = text_copy(r->arena, t);
        return true;
    }
    struct buf *b = buf_new(r->arena);
    while (read_ident(r, &t)) {
        if (b->length)
            buf_byte(b, ' ');
        buf_text(b, t);
    }
    *name = b->length ? text_copy(r->arena, buf_view(b)) : NULL;
    return *name != NULL;
}

bool parse_families(struct reading *r, const struct property *p, struct value *v)
{
    (void)p;
    const char **list = arena_array(r->arena, FAMILIES + 1, sizeof *list);
    for (int i = 0; i < FAMILIES; i++) {
        if (!family(r, &list[i]))
            return false;
        if (!read_mark(r, ',')) {
            v->kind = VALUE_LIST;
            v->list = list;
            return true;
        }
    }
    return false;
}

/* ---- font-size */

static const struct {
    const char *name;
    float size_pt;
} sizes[] = {
    {"xx-small", 7.2F}, {"x-small", 9},  {"small", 10.5F}, {"medium", 12},
    {"large", 14},      {"x-large", 18}, {"xx-large", 24}, {"xxx-large", 36},
};

static struct dimension one(enum unit u, float value)
{
    struct dimension d = {.units = 1u << u};
    d.of[u] = value;
    return d;
}

bool parse_font_size(struct reading *r, const struct property *p, struct value *v)
{
    (void)p;
    v->kind = VALUE_DIMENSION;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        if (read_word(r, sizes[i].name)) {
            v->dimension = one(UNIT_PT, sizes[i].size_pt);
            return true;
        }
    if (read_word(r, "larger"))
        v->dimension = one(UNIT_EM, 1.2F);
    else if (read_word(r, "smaller"))
        v->dimension = one(UNIT_EM, 1 / 1.2F);
    else if (!read_dimension(r, &v->dimension))
        return false;
    const struct dimension *d = &v->dimension;
    bool negative = false;
    for (int u = 0; u < UNIT_COUNT; u++)
        negative |= d->of[u] < 0 && (d->units & (d->units - 1)) == 0;
    return !(d->units >> UNIT_NUMBER & 1) && !negative;
}

/* Beyond these sizes arithmetic in points loses its meaning. */
static float size_within(float pt)
{
    return pt < 0.1F ? 0.1F : pt > 2000 ? 2000 : pt;
}

void apply_font_size(struct applying *x, const struct property *p, const struct value *v)
{
    (void)p;
    const struct dimension *d = &v->dimension;
    float pt = dimension_pt(d, &x->measure) + d->of[UNIT_PERCENT] / 100 * x->measure.em_pt;
    x->to->style.size_pt = size_within(pt);
}

/* ---- font-weight */

enum { WEIGHT_BOLDER = 1, WEIGHT_LIGHTER };

bool parse_font_weight(struct reading *r, const struct property *p, struct value *v)
{
    static const struct keyword names[] = {
        {"normal", 400}, {"bold", 700}, {"bolder", WEIGHT_BOLDER}, {"lighter", WEIGHT_LIGHTER}, {NULL, 0}};
    (void)p;
    v->kind = VALUE_INTEGER;
    return read_keyword(r, names, &v->number) || read_integer(r, 3, 1000, &v->number);
}

void apply_font_weight(struct applying *x, const struct property *p, const struct value *v)
{
    (void)p;
    int from = x->parent->style.weight;
    if (v->number == WEIGHT_BOLDER)
        x->to->style.weight = from < 350 ? 400 : from < 550 ? 700 : 900;
    else if (v->number == WEIGHT_LIGHTER)
        x->to->style.weight = from < 550 ? 100 : from < 750 ? 400 : 700;
    else
        x->to->style.weight = v->number;
}

/* ---- line-height */

enum { NORMAL_LINE = 120 }; /* per cent: what `normal` is */

bool parse_line_height(struct reading *r, const struct property *p, struct value *v)
{
    (void)p;
    v->kind = VALUE_DIMENSION;
    if (read_word(r, "normal")) {
        v->dimension = one(UNIT_NUMBER, NORMAL_LINE / 100.0F);
        return true;
    }
    if (!read_dimension(r, &v->dimension))
        return false;
    for (int u = 0; u < UNIT_COUNT; u++)
        if (v->dimension.of[u] < 0 && (v->dimension.units & (v->dimension.units - 1)) == 0)
            return false;
    return true;
}

void apply_line_height(struct applying *x, const struct property *p, const struct value *v)
{
    (void)p;
    const struct dimension *d = &v->dimension;
    bool number = dimension_only(d, UNIT_NUMBER);
    x->to->line_factor = number ? d->of[UNIT_NUMBER] : -1;
    float pt = dimension_pt(d, &x->measure) + d->of[UNIT_PERCENT] / 100 * x->measure.em_pt;
    x->to->line_pt = number || pt < 0 ? 0 : pt;
}
