/* The cascade of one element: declarations compete, inheritance fills in, lengths become points (CSS
 * Cascading and Inheritance 4). */
#include "style/sheets.h"

/* The winning value of each property. */
struct winners {
    const struct value *of[PROPERTY_LIMIT];
};

/* ---- custom properties */

/* The variables in force: the parent's with those that the blocks set. The same blocks on the same parent's
 * give the same list, so that styles stay comparable by pointer. */
static const struct custom *customs(struct styles *s, struct blocks b, const struct custom *parent)
{
    const void *key[64] = {parent};
    size_t keys = 1, most = sizeof key / sizeof key[0];
    const struct custom *list = parent;
    const struct custom **scope = NULL;
    for (int important = 0; important < 2; important++)
        for (size_t i = 0; i < b.count; i++)
            for (const struct declaration *d = b.at[i]; d; d = d->next) {
                if (d->kind != DECLARES_CUSTOM || d->important != important)
                    continue;
                if (!scope)
                    scope = arena_alloc(s->arena, sizeof *scope);
                struct custom *c = arena_alloc(s->arena, sizeof *c);
                *c = (struct custom){d->name, d->tokens, scope, list};
                list = c;
                key[keys < most ? keys++ : most - 1] = d;
            }
    if (!scope)
        return parent;
    *scope = list;
    struct text name = {(const char *)key, sizeof key};
    struct custom_list {
        const struct custom *list;
    } *known = keys < most ? hash_find(s->variables, name) : NULL;
    if (known)
        return known->list;
    known = arena_alloc(s->arena, sizeof *known);
    known->list = list;
    hash_put(s->variables, name, known);
    return list;
}

/* ---- who wins */

static void win(struct winners *w, const struct declaration *d)
{
    w->of[d->property - properties] = d->value;
}

static void compete(struct styles *s, struct blocks b, const struct custom *custom, struct winners *w)
{
    for (int important = 0; important < 2; important++)
        for (size_t i = 0; i < b.count; i++)
            for (const struct declaration *d = b.at[i]; d; d = d->next) {
                if (d->important != important || d->kind == DECLARES_CUSTOM)
                    continue;
                const struct declaration *read =
                    d->kind == DECLARES_VALUE ? d : declare_pending(s, d, custom);
                if (d->kind == DECLARES_VALUE)
                    win(w, d);
                else
                    for (; read; read = read->next)
                        win(w, read);
            }
}

const struct value *cascade_value(struct styles *s, struct blocks b, const struct property *p,
                                  const struct custom *custom)
{
    struct winners w = {{NULL}};
    compete(s, b, custom, &w);
    return w.of[p - properties];
}

/* ---- values become computed */

static void copy(struct computed *to, const struct computed *from, const struct property *p)
{
    memcpy((char *)to + p->offset, (const char *)from + p->offset, p->extent);
}

static float line_height(const struct computed *c)
{
    return c->line_factor < 0 ? c->line_pt : c->line_factor * c->style.size_pt;
}

/* What relative units are worth once the row at `p` is done: font-size and line-height come first. */
static void measure(struct applying *x, const struct property *p, bool root)
{
    struct computed *to = x->to;
    if (p == &properties[0]) {
        x->measure.em_pt = to->style.size_pt;
        if (root)
            to->root_size_pt = to->style.size_pt;
    } else if (p == &properties[1]) {
        x->measure.lh_pt = line_height(to);
        if (root)
            to->root_line_pt = x->measure.lh_pt;
    }
    x->measure.rem_pt = to->root_size_pt;
    x->measure.rlh_pt = to->root_line_pt;
}

static void apply(struct styles *s, struct applying *x, const struct winners *w, bool root)
{
    const struct property *end = properties + properties_count();
    for (const struct property *p = properties; p < end; p++) {
        const struct value *v = w->of[p - properties];
        bool inherited = p->flags & PROPERTY_INHERITED;
        if (v && p->apply) {
            if (v->kind == VALUE_INHERIT || (v->kind == VALUE_UNSET && inherited))
                copy(x->to, x->parent, p);
            else if (v->kind == VALUE_INITIAL || v->kind == VALUE_UNSET)
                copy(x->to, s->initial, p);
            else
                p->apply(x, p, v);
        }
        if (p <= &properties[1])
            measure(x, p, root);
    }
}

static const char *string_interned(struct styles *s, const char *string)
{
    const char *known = hash_find(s->strings, text_of(string));
    if (known)
        return known;
    char *copied = arena_string(s->arena, string);
    hash_put(s->strings, text_of(string), copied);
    return copied;
}

/* What follows from several properties together. */
static void finish(struct styles *s, struct applying *x)
{
    struct computed *to = x->to;
    struct style *style = &to->style;
    style->line_height_pt = line_height(to);
    style->features = string_interned(s, features_of(s->arena, to));
    for (int side = 0; side < 4; side++) {
        style->border_pt[side] = style->border_style[side] ? to->border_width_pt[side] : 0;
        style->border_color[side] =
            to->border_color[side].current ? style->color : to->border_color[side].color;
    }
    style->column_rule_pt = style->column_rule_style ? to->column_rule_width_pt : 0;
    style->column_rule_color = to->column_rule_color.current ? style->color : to->column_rule_color.color;
    /* what stands in a line inside of an element with a ground has that ground too */
    const struct style *parent = &x->parent->style;
    if (style->display == DISPLAY_INLINE && parent->display == DISPLAY_INLINE && parent->has_background &&
        !style->has_background) {
        style->has_background = true;
        style->background = parent->background;
    }
    /* decoration is not inherited, but reaches what stands in the flow inside (CSS Text Decoration 3 §2.1) */
    bool apart = style->display == DISPLAY_INLINE_BLOCK || style->display == DISPLAY_RUBY_TEXT;
    if (!apart && style->floats == FLOAT_NONE)
        style->decoration |= x->parent->style.decoration;
}

static const struct computed *interned(struct styles *s, const struct computed *c)
{
    struct text key = {(const char *)c, sizeof *c};
    struct computed *known = hash_find(s->styles, key);
    if (known)
        return known;
    known = arena_alloc(s->arena, sizeof *known);
    memcpy(known, c, sizeof *known);
    known->style.id = s->style_count++;
    hash_put(s->styles, key, known);
    return known;
}

const struct computed *cascade(struct styles *s, struct blocks b, const struct computed *parent)
{
    bool root = parent == NULL;
    const struct computed *from = root ? s->initial : parent;
    struct computed to;
    memcpy(&to, s->initial, sizeof to);
    to.root_size_pt = from->root_size_pt;
    to.root_line_pt = from->root_line_pt;
    to.custom = customs(s, b, from->custom);
    for (const struct property *p = properties; p < properties + properties_count(); p++)
        if (p->flags & PROPERTY_INHERITED)
            copy(&to, from, p);
    struct applying x = {.to = &to, .parent = from, .arena = s->arena};
    x.measure =
        (struct font_measure){from->style.size_pt, from->root_size_pt, line_height(from), from->root_line_pt};
    struct winners w = {{NULL}};
    compete(s, b, to.custom, &w);
    apply(s, &x, &w, root);
    finish(s, &x);
    to.style.id = 0;
    return interned(s, &to);
}

const struct computed *cascade_initial(struct styles *s)
{
    struct computed *c = arena_alloc(s->arena, sizeof *c);
    c->style.page = "";
    c->style.size_pt = c->root_size_pt = 12;
    c->settings = "";
    struct applying x = {.to = c, .parent = c, .arena = s->arena};
    x.measure = (struct font_measure){12, 12, 12, 12};
    for (const struct property *p = properties; p < properties + properties_count(); p++) {
        struct reading r = reading_of(s->arena, scan(s->arena, text_of(p->initial)));
        struct value v;
        if (property_parse(p, &r, &v) && p->apply && v.kind < VALUE_INHERIT)
            p->apply(&x, p, &v);
    }
    c->root_line_pt = line_height(c);
    c->style.line_height_pt = c->root_line_pt;
    c->style.features = "";
    return c;
}
