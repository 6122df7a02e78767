/* Declarations are read: names found in the tables, values parsed, variables put in. */
#include "base/buf.h"
#include "style/sheets.h"

static void unknown(const struct declaring *d, const struct place *where, const char *format,
                    struct text name)
{
    if (!d->quiet)
        message(d->styles->messages, SEVERITY_WARNING, "style.unknown", where, format, (int)name.length,
                name.at);
}

/* ---- equal values are one: styles then compare by pointer */

static void add_raw(struct buf *key, struct tokens t)
{
    for (size_t i = 0; i < t.count; i++)
        if (t.at[i].type == TOKEN_SPACE)
            buf_byte(key, ' ');
        else
            buf_text(key, t.at[i].raw);
}

static const struct value *value_interned(struct styles *s, const struct property *p, struct tokens t,
                                          const struct value *v)
{
    struct buf *key = buf_new(s->arena);
    buf_string(key, p->name);
    buf_byte(key, ':');
    add_raw(key, t);
    struct value *known = hash_find(s->values, buf_view(key));
    if (!known) {
        known = arena_alloc(s->arena, sizeof *known);
        *known = *v;
        hash_put(s->values, buf_view(key), known);
    }
    buf_free(key);
    return known;
}

/* ---- shorthands */

struct expanding {
    struct expansion expansion;
    struct styles *styles;
    struct tokens tokens;
    struct declaration *first, **end;
    const struct declaration *model;
};

static void collect(struct expansion *x, const struct property *p, const struct value *v)
{
    struct expanding *e = (struct expanding *)x;
    struct declaration *d = arena_alloc(x->arena, sizeof *d);
    *d = *e->model;
    d->kind = DECLARES_VALUE;
    d->property = p;
    d->value = v->kind == VALUE_INITIAL ? NULL : value_interned(e->styles, p, e->tokens, v);
    d->next = NULL;
    if (!d->value) {
        struct value *initial = arena_alloc(x->arena, sizeof *initial);
        *initial = *v;
        d->value = initial;
    }
    *e->end = d;
    e->end = &d->next;
}

static struct declaration *expand(struct styles *s, const struct shorthand *h, struct tokens t,
                                  const struct declaration *model)
{
    struct expanding e = {{s->arena, collect}, s, t, NULL, NULL, model};
    e.end = &e.first;
    struct reading r = reading_of(s->arena, t);
    struct value wide = {.kind = VALUE_NONE};
    if (read_wide_keyword(&r, &wide)) {
        for (const char *const *l = h->longhands; *l; l++)
            collect(&e.expansion, property_named(*l), &wide);
        return e.first;
    }
    r = reading_of(s->arena, t);
    return h->expand(&e.expansion, h, &r) && reading_done(&r) ? e.first : NULL;
}

/* The declarations that tokens without var() stand for; NULL when they are not understood. */
static struct declaration *read_values(struct styles *s, const struct declaration *model, struct tokens t)
{
    if (model->shorthand)
        return expand(s, model->shorthand, t, model);
    struct reading r = reading_of(s->arena, t);
    struct value v;
    if (!property_parse(model->property, &r, &v))
        return NULL;
    struct declaration *d = arena_alloc(s->arena, sizeof *d);
    *d = *model;
    d->kind = DECLARES_VALUE;
    d->value = value_interned(s, model->property, t, &v);
    return d;
}

static bool has_var(struct tokens t)
{
    for (size_t i = 0; i < t.count; i++)
        if (t.at[i].type == TOKEN_FUNCTION && text_is_nocase(t.at[i].value, "var"))
            return true;
    return false;
}

static bool resolve(const struct declaring *d, const struct css_declaration *c, struct declaration *model)
{
    model->property = property_find(c->name);
    model->shorthand = model->property ? NULL : shorthand_find(c->name);
    if (!model->property && !model->shorthand) {
        unknown(d, &c->place, "The property “%.*s” is not understood and has no effect.", c->name);
        return false;
    }
    if (model->property && model->property->flags & PROPERTY_PAGE_RULE && !d->in_page) {
        unknown(d, &c->place, "The property “%.*s” has an effect in @page only.", c->name);
        return false;
    }
    return true;
}

/* The declaration as it stands in the sheet; its name alone when it is long. */
static struct text as_written(const struct css_declaration *c)
{
    if (!c->raw || !c->value.count)
        return c->name;
    struct text end = c->value.at[c->value.count - 1].raw;
    size_t length = (size_t)(end.at + end.length - c->name.at);
    bool short_line = length < 80 && !memchr(c->name.at, '\n', length);
    return short_line ? (struct text){c->name.at, length} : c->name;
}

struct declaration *declare(const struct declaring *d, const struct css_declaration *c)
{
    struct styles *s = d->styles;
    struct declaration *first = NULL, **end = &first;
    for (; c; c = c->next) {
        struct declaration model = {.kind = DECLARES_CUSTOM,
                                    .name = c->name,
                                    .tokens = c->value,
                                    .important = c->important,
                                    .place = c->place};
        bool custom = text_starts(c->name, "--");
        if (!custom && !resolve(d, c, &model))
            continue;
        if (!custom && !has_var(c->value)) {
            *end = read_values(s, &model, c->value);
            if (!*end)
                unknown(d, &c->place, "“%.*s” is not understood and has no effect.", as_written(c));
        } else {
            *end = arena_alloc(s->arena, sizeof **end);
            **end = model;
            (*end)->kind = custom ? DECLARES_CUSTOM : DECLARES_PENDING;
            (*end)->told = arena_alloc(s->arena, sizeof(bool));
        }
        while (*end)
            end = &(*end)->next;
    }
    return first;
}

bool declaration_supported(struct styles *s, struct text name, struct tokens value)
{
    struct css_declaration c = {.name = name, .value = tokens_trim(value)};
    return text_starts(name, "--") || declare(&(struct declaring){s, "", true, false}, &c) != NULL;
}

/* ---- variables */

/* What a pending declaration came to with some variables. */
struct pending {
    const struct declaration *read;
};

struct substituting {
    struct token tokens[LIMIT_VAR_TOKENS];
    size_t count;
};

static bool put_in(struct substituting *out, struct tokens t, const struct custom *custom, int depth);

static const struct custom *custom_find(const struct custom *list, struct text name)
{
    for (; list; list = list->next)
        if (text_equal(list->name, name))
            return list;
    return NULL;
}

/* The arguments of one var(): a name and perhaps a fallback behind a comma. */
static bool variable(struct substituting *out, struct tokens arguments, const struct custom *custom,
                     int depth)
{
    struct tokens t = tokens_trim(arguments);
    if (!t.count || t.at[0].type != TOKEN_IDENT || depth >= LIMIT_VAR_DEPTH)
        return false;
    const struct custom *c = custom_find(custom, t.at[0].value);
    if (c)
        return put_in(out, c->value, *c->scope, depth + 1);
    struct tokens rest = tokens_trim((struct tokens){t.at + 1, t.count - 1});
    if (!rest.count || !token_is(rest.at, ','))
        return false;
    return put_in(out, (struct tokens){rest.at + 1, rest.count - 1}, custom, depth + 1);
}

static bool put_in(struct substituting *out, struct tokens t, const struct custom *custom, int depth)
{
    for (size_t i = 0; i < t.count; i++) {
        const struct token *at = &t.at[i];
        if (at->type != TOKEN_FUNCTION || !text_is_nocase(at->value, "var")) {
            if (out->count == LIMIT_VAR_TOKENS)
                return false;
            out->tokens[out->count++] = *at;
            continue;
        }
        size_t left = t.count - i - 1, inside = at->span > left ? left : at->span - 1;
        if (!variable(out, (struct tokens){at + 1, inside}, custom, depth))
            return false;
        i += inside + (at->span <= left);
    }
    return true;
}

static const struct declaration *read_pending(struct styles *s, const struct declaration *d,
                                              const struct custom *custom)
{
    if (!s->scratch)
        s->scratch = arena_alloc(s->arena, sizeof *s->scratch);
    s->scratch->count = 0;
    if (!put_in(s->scratch, d->tokens, custom, 0))
        return NULL;
    size_t count = s->scratch->count;
    struct token *tokens = arena_array(s->arena, count + 1, sizeof *tokens);
    memcpy(tokens, s->scratch->tokens, count * sizeof *tokens);
    scan_spans(s->arena, tokens, count);
    return read_values(s, d, tokens_trim((struct tokens){tokens, count}));
}

const struct declaration *declare_pending(struct styles *s, const struct declaration *d,
                                          const struct custom *custom)
{
    const void *key[] = {d, custom};
    struct text name = {(const char *)key, sizeof key};
    struct pending *known = hash_find(s->variables, name);
    if (known)
        return known->read;
    known = arena_alloc(s->arena, sizeof *known);
    known->read = read_pending(s, d, custom);
    hash_put(s->variables, name, known);
    if (!known->read && !*d->told) {
        *d->told = true;
        message(s->messages, SEVERITY_WARNING, "style.unknown", &d->place,
                "With its variables put in, this value is not understood.");
    }
    return known->read;
}
