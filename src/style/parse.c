#include "style/parse.h"

struct parser {
    struct arena *arena;
    struct messages *messages;
    const char *file;
};

/* A place of reading in a slice. */
struct cursor {
    const struct token *at, *end;
};

static struct cursor cursor_of(struct tokens t)
{
    return (struct cursor){t.at, t.at + t.count};
}

static struct tokens between(const struct token *from, const struct token *to)
{
    return (struct tokens){from, (size_t)(to - from)};
}

/* The token behind the component that begins at `t`: behind the closer, when `t` opens. */
static const struct token *past(const struct token *t, const struct token *end)
{
    bool opens = t->type == TOKEN_OPEN || t->type == TOKEN_FUNCTION;
    if (!opens)
        return t + 1;
    return (size_t)(end - t) <= t->span ? end : t + t->span + 1;
}

static void skip_space(struct cursor *c)
{
    while (c->at < c->end && c->at->type == TOKEN_SPACE)
        c->at++;
}

static struct place place_of(const struct parser *p, const struct token *t)
{
    return (struct place){p->file, t->line, t->column};
}

static void broken(const struct parser *p, const struct token *t, const char *what)
{
    struct place where = place_of(p, t);
    message(p->messages, SEVERITY_WARNING, "style.syntax", &where, "%s", what);
}

/* Takes "! important" off the end. */
static bool take_important(struct tokens *value)
{
    struct tokens v = tokens_trim(*value);
    if (v.count < 2 || v.at[v.count - 1].type != TOKEN_IDENT ||
        !text_is_nocase(v.at[v.count - 1].value, "important"))
        return false;
    v = tokens_trim(between(v.at, v.at + v.count - 1));
    if (!v.count || !token_is(&v.at[v.count - 1], '!'))
        return false;
    *value = tokens_trim(between(v.at, v.at + v.count - 1));
    return true;
}

static bool value_whole(const struct parser *p, struct tokens value)
{
    const struct token *end = value.at + value.count, *bad = tokens_broken(value);
    for (const struct token *t = value.at; t < end && !bad; t = past(t, end))
        bad = token_is(t, '!') ? t : NULL;
    if (bad)
        broken(p, bad, "This value is broken; the declaration is left out.");
    return !bad;
}

/* One declaration, up to its semicolon or the end; NULL when it is broken. */
static struct css_declaration *declaration(const struct parser *p, struct tokens t)
{
    struct cursor c = cursor_of(t);
    if (c.at->type != TOKEN_IDENT) {
        broken(p, c.at, "A property's name should stand here.");
        return NULL;
    }
    const struct token *name = c.at++;
    skip_space(&c);
    if (c.at == c.end || !token_is(c.at, ':')) {
        broken(p, name, "A colon is missing behind the property's name.");
        return NULL;
    }
    struct css_declaration *d = arena_alloc(p->arena, sizeof *d);
    d->name = name->value;
    d->raw = name->value.at == name->raw.at;
    d->place = place_of(p, name);
    d->value = tokens_trim(between(c.at + 1, c.end));
    d->important = take_important(&d->value);
    if (!d->value.count && !text_starts(d->name, "--")) {
        broken(p, name, "The property has no value.");
        return NULL;
    }
    return value_whole(p, d->value) ? d : NULL;
}

static const struct token *until_semicolon(struct cursor c)
{
    while (c.at < c.end && !token_is(c.at, ';'))
        c.at = past(c.at, c.end);
    return c.at;
}

/* A rule inside a block of declarations can't be had: nesting is not understood. Is there one? */
static const struct token *nested_block(struct cursor c)
{
    while (c.at < c.end && !token_is(c.at, ';')) {
        if (token_is(c.at, '{'))
            return c.at;
        c.at = past(c.at, c.end);
    }
    return NULL;
}

static struct css_rule *at_rule(const struct parser *p, struct cursor *c, int depth);

/* The inside of a block that holds declarations and, where `rule` is given, margin boxes. */
static struct css_declaration *declarations(const struct parser *p, struct tokens t, struct css_rule *rule,
                                            int depth)
{
    struct css_declaration *first = NULL, **end = &first;
    struct css_rule **rules = rule ? &rule->rules : NULL;
    for (struct cursor c = cursor_of(t);;) {
        skip_space(&c);
        if (c.at == c.end)
            return first;
        if (token_is(c.at, ';')) {
            c.at++;
            continue;
        }
        if (c.at->type == TOKEN_AT && rules) {
            *rules = at_rule(p, &c, depth + 1);
            rules = *rules ? &(*rules)->next : rules;
            continue;
        }
        bool custom = c.at->type == TOKEN_IDENT && text_starts(c.at->value, "--");
        const struct token *block = custom ? NULL : nested_block(c);
        if (block) {
            broken(p, c.at, "A block stands where a declaration should; rules can't be nested here.");
            c.at = past(block, c.end);
            continue;
        }
        const struct token *stop = until_semicolon(c);
        *end = declaration(p, between(c.at, stop));
        end = *end ? &(*end)->next : end;
        c.at = stop;
    }
}

static struct css_rule *rules(const struct parser *p, struct tokens t, int depth);

static bool holds_rules(struct text at)
{
    return text_is_nocase(at, "media") || text_is_nocase(at, "supports") || text_is_nocase(at, "layer") ||
           text_is_nocase(at, "document");
}

/* Reads the block at c->at into the rule and moves behind it. */
static void block(const struct parser *p, struct cursor *c, struct css_rule *r, int depth)
{
    const struct token *open = c->at;
    c->at = past(open, c->end);
    bool closed = c->at > open + 1 && token_is(c->at - 1, '}') && (size_t)(c->at - 1 - open) == open->span;
    if (!closed)
        broken(p, open, "This block is never closed.");
    struct tokens inside = between(open + 1, closed ? c->at - 1 : c->at);
    r->has_block = true;
    if (depth >= LIMIT_RULE_DEPTH)
        broken(p, open, "Blocks are nested too deep; this one is left out.");
    else if (r->at.length && holds_rules(r->at))
        r->rules = rules(p, inside, depth + 1);
    else
        r->declarations = declarations(p, inside, r->at.length ? r : NULL, depth);
}

/* A rule that begins with @name; moves behind it. */
static struct css_rule *at_rule(const struct parser *p, struct cursor *c, int depth)
{
    struct css_rule *r = arena_alloc(p->arena, sizeof *r);
    r->at = c->at->value;
    r->place = place_of(p, c->at);
    const struct token *from = ++c->at;
    while (c->at < c->end && !token_is(c->at, ';') && !token_is(c->at, '{'))
        c->at = past(c->at, c->end);
    r->prelude = tokens_trim(between(from, c->at));
    if (c->at < c->end && token_is(c->at, '{'))
        block(p, c, r, depth);
    else if (c->at < c->end)
        c->at++;
    return r;
}

static struct css_rule *qualified_rule(const struct parser *p, struct cursor *c, int depth)
{
    const struct token *from = c->at;
    while (c->at < c->end && !token_is(c->at, '{'))
        c->at = past(c->at, c->end);
    if (c->at == c->end) {
        broken(p, from, "This is no rule: no block follows.");
        return NULL;
    }
    struct css_rule *r = arena_alloc(p->arena, sizeof *r);
    r->place = place_of(p, from);
    r->prelude = tokens_trim(between(from, c->at));
    block(p, c, r, depth);
    return r;
}

static struct css_rule *rules(const struct parser *p, struct tokens t, int depth)
{
    struct css_rule *first = NULL, **end = &first;
    for (struct cursor c = cursor_of(t);;) {
        skip_space(&c);
        if (c.at == c.end)
            return first;
        *end = c.at->type == TOKEN_AT ? at_rule(p, &c, depth) : qualified_rule(p, &c, depth);
        end = *end ? &(*end)->next : end;
    }
}

struct css_rule *parse_sheet(struct arena *a, struct messages *m, const char *file, struct tokens t)
{
    return rules(&(struct parser){a, m, file}, t, 0);
}

struct css_declaration *parse_declarations(struct arena *a, struct messages *m, const char *file,
                                           struct tokens t)
{
    return declarations(&(struct parser){a, m, file}, t, NULL, 0);
}
