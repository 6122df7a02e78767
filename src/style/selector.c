#include "style/selector.h"

/* How deep :not() and :is() may nest, and how many compounds a selector may have. */
enum { INNER_DEPTH = 4, COMPOUNDS = 64 };

enum { ONE_ID = 1 << 20, ONE_CLASS = 1 << 10, ONE_TYPE = 1 };

struct parser {
    struct arena *arena;
    const struct token *at, *end;
    bool lenient;        /* take pseudo-classes and -elements that are not known */
    const char *trouble; /* the first thing that is not understood */
    const struct token *culprit;
};

static bool give_up(struct parser *p, const char *trouble)
{
    if (!p->trouble) {
        p->trouble = trouble;
        p->culprit = p->at;
    }
    return false;
}

static bool stands(const struct parser *p, enum token_type type)
{
    return p->at < p->end && p->at->type == type;
}

static bool mark(const struct parser *p, char c)
{
    return p->at < p->end && token_is(p->at, c);
}

static void skip_space(struct parser *p)
{
    while (stands(p, TOKEN_SPACE))
        p->at++;
}

static const char *string(struct parser *p, struct text t)
{
    return text_copy(p->arena, t);
}

/* The parser of what opens at p->at; p moves behind it. */
static struct parser enter(struct parser *p)
{
    size_t left = (size_t)(p->end - p->at);
    bool closed = p->at->span < left;
    const struct token *closer = closed ? p->at + p->at->span : p->end;
    struct parser inside = {p->arena, p->at + 1, closer, p->lenient, NULL, NULL};
    skip_space(&inside);
    while (inside.end > inside.at && inside.end[-1].type == TOKEN_SPACE)
        inside.end--;
    p->at = closed ? closer + 1 : p->end;
    return inside;
}

static struct simple *simple_new(struct parser *p, struct compound *c, enum simple_kind kind)
{
    struct simple *s = arena_alloc(p->arena, sizeof *s);
    s->kind = kind;
    s->next = c->simples;
    c->simples = s;
    return s;
}

/* ---- [name op value] */

static bool attribute(struct parser *p, struct compound *c)
{
    struct parser in = enter(p);
    struct simple *s = simple_new(p, c, SIMPLE_ATTRIBUTE);
    if (!stands(&in, TOKEN_IDENT))
        return give_up(p, "An attribute's name should stand here");
    s->name = string(p, in.at++->value);
    if (mark(&in, '|') && in.at + 1 < in.end && in.at[1].type == TOKEN_IDENT) {
        s->name = arena_printf(p->arena, "%s:%.*s", s->name, (int)in.at[1].value.length, in.at[1].value.at);
        in.at += 2;
    }
    skip_space(&in);
    if (in.at == in.end)
        return true;
    s->compare = in.at->type == TOKEN_DELIM ? in.at->mark : 0;
    if (!s->compare || !strchr("=~^$*|", s->compare))
        return give_up(p, "An attribute is compared in no known way");
    in.at++;
    if (s->compare != '=' && !mark(&in, '='))
        return give_up(p, "An attribute is compared in no known way");
    in.at += s->compare != '=';
    skip_space(&in);
    if (!stands(&in, TOKEN_STRING) && !stands(&in, TOKEN_IDENT))
        return give_up(p, "An attribute's value should be a string");
    s->value = string(p, in.at++->value);
    skip_space(&in);
    return in.at == in.end ? true : give_up(p, "Something stands behind an attribute's value");
}

/* ---- an+b (CSS Syntax 3 §6) */

/* Reads the text of all tokens without space: "2n+1", "odd". */
static bool nth(struct parser *p, struct simple *s)
{
    char text[32];
    size_t length = 0;
    for (; p->at < p->end; p->at++) {
        struct text raw = p->at->type == TOKEN_SPACE ? TEXT("") : p->at->raw;
        if (length + raw.length >= sizeof text)
            return false;
        for (size_t i = 0; i < raw.length; i++)
            text[length++] = ascii_lower(raw.at[i]);
    }
    text[length] = '\0';
    if (strcmp(text, "odd") == 0 || strcmp(text, "even") == 0) {
        s->a = 2;
        s->b = text[0] == 'o';
        return true;
    }
    const char *c = text;
    int numbers[2] = {0, 0}; /* a, b */
    bool n = strchr(text, 'n') != NULL;
    for (int i = n ? 0 : 1; i < 2 && *c; i++) {
        int sign = *c == '-' ? -1 : 1, digits = 0;
        c += *c == '-' || *c == '+';
        for (; ascii_digit(*c) && digits < 6; digits++)
            numbers[i] = numbers[i] * 10 + (*c++ - '0');
        if (i == 0 && !digits)
            numbers[0] = 1;
        if (i == 1 && !digits)
            return false;
        numbers[i] *= sign;
        if (i == 0 && *c++ != 'n')
            return false;
    }
    s->a = numbers[0];
    s->b = numbers[1];
    return length > 0 && *c == '\0';
}

/* ---- :pseudo-classes and ::pseudo-elements */

static const struct pseudo_class {
    const char *name;
    enum simple_kind kind;
} pseudo_classes[] = {
    {"root", SIMPLE_ROOT},
    {"first-child", SIMPLE_FIRST_CHILD},
    {"last-child", SIMPLE_LAST_CHILD},
    {"empty", SIMPLE_EMPTY},
    {"first-of-type", SIMPLE_FIRST_OF_TYPE},
    {"last-of-type", SIMPLE_LAST_OF_TYPE},
    {"link", SIMPLE_LINK},
    {"any-link", SIMPLE_LINK},
    {"hover", SIMPLE_NEVER},
    {"focus", SIMPLE_NEVER},
    {"focus-visible", SIMPLE_NEVER},
    {"active", SIMPLE_NEVER},
    {"visited", SIMPLE_NEVER},
    {"target", SIMPLE_NEVER},
};

static const struct {
    const char *name;
    enum pseudo pseudo;
    bool old; /* may be written with one colon */
} pseudo_elements[] = {
    {"before", PSEUDO_BEFORE, true},
    {"after", PSEUDO_AFTER, true},
    {"first-line", PSEUDO_FIRST_LINE, true},
    {"first-letter", PSEUDO_FIRST_LETTER, true},
    {"marker", PSEUDO_MARKER, false},
    {"footnote-call", PSEUDO_FOOTNOTE_CALL, false},
    {"footnote-marker", PSEUDO_FOOTNOTE_MARKER, false},
};

static bool pseudo_element(struct parser *p, struct selector *s, bool old)
{
    for (size_t i = 0; i < sizeof pseudo_elements / sizeof pseudo_elements[0]; i++)
        if (text_is_nocase(p->at->value, pseudo_elements[i].name) && (!old || pseudo_elements[i].old)) {
            s->pseudo = pseudo_elements[i].pseudo;
            s->specificity += ONE_TYPE;
            p->at++;
            return true;
        }
    return false;
}

static bool pseudo_class(struct parser *p, struct selector *s, struct compound *c)
{
    s->specificity += ONE_CLASS;
    if (text_is_nocase(p->at->value, "only-child")) {
        simple_new(p, c, SIMPLE_FIRST_CHILD);
        simple_new(p, c, SIMPLE_LAST_CHILD);
        p->at++;
        return true;
    }
    if (text_is_nocase(p->at->value, "only-of-type")) {
        simple_new(p, c, SIMPLE_FIRST_OF_TYPE);
        simple_new(p, c, SIMPLE_LAST_OF_TYPE);
        s->positional = true;
        p->at++;
        return true;
    }
    for (size_t i = 0; i < sizeof pseudo_classes / sizeof pseudo_classes[0]; i++)
        if (text_is_nocase(p->at->value, pseudo_classes[i].name)) {
            enum simple_kind kind = pseudo_classes[i].kind;
            simple_new(p, c, kind);
            s->positional |=
                kind == SIMPLE_EMPTY || kind == SIMPLE_FIRST_OF_TYPE || kind == SIMPLE_LAST_OF_TYPE;
            p->at++;
            return true;
        }
    p->at += p->lenient;
    return p->lenient || give_up(p, "This pseudo-class is not understood");
}

static struct selector *selector_list(struct parser *p, int depth);

static bool functional(struct parser *p, struct selector *s, struct compound *c, int depth)
{
    struct text name = p->at->value;
    const struct token *start = p->at;
    struct parser in = enter(p);
    if (text_is_nocase(name, "nth-child")) {
        struct simple *n = simple_new(p, c, SIMPLE_NTH_CHILD);
        n->memo = arena_alloc(p->arena, sizeof *n->memo);
        s->specificity += ONE_CLASS;
        s->positional = true;
        return nth(&in, n) || give_up(p, "This is no an+b");
    }
    if (text_is_nocase(name, "lang") && (stands(&in, TOKEN_IDENT) || stands(&in, TOKEN_STRING))) {
        simple_new(p, c, SIMPLE_LANG)->name = string(p, in.at->value);
        s->specificity += ONE_CLASS;
        return in.at + 1 == in.end || give_up(p, "One language is asked for at a time");
    }
    bool is_not = text_is_nocase(name, "not"), where = text_is_nocase(name, "where");
    if (!is_not && !where && !text_is_nocase(name, "is")) {
        if (p->lenient)
            return true;
        p->at = start;
        return give_up(p, "This pseudo-class is not understood");
    }
    if (depth >= INNER_DEPTH)
        return give_up(p, "Selectors are nested too deep");
    struct simple *n = simple_new(p, c, is_not ? SIMPLE_NOT : SIMPLE_IS);
    n->inner = selector_list(&in, depth + 1);
    if (!n->inner) {
        p->trouble = in.trouble;
        p->culprit = in.culprit;
        return false;
    }
    unsigned most = 0;
    for (const struct selector *i = n->inner; i; i = i->next) {
        /* siblings seen from inside are not part of the context of an element */
        s->positional |= i->positional || i->last->left;
        most = i->specificity > most ? i->specificity : most;
        if (i->pseudo)
            return give_up(p, "A pseudo-element can't stand inside a selector");
    }
    s->specificity += where ? 0 : most;
    return true;
}

/* ---- compounds and combinators */

static void type(struct parser *p, struct selector *s, struct compound *c)
{
    if (p->at + 2 < p->end && token_is(p->at + 1, '|')) /* prefix|name: the prefix is passed over */
        p->at += 2;
    if (stands(p, TOKEN_IDENT)) {
        c->kind = element_named(p->at->value);
        c->type = string(p, p->at->value);
        s->specificity += ONE_TYPE;
    }
    p->at++;
}

/* One class, id, attribute or pseudo; false when none stands here or it isn't understood. */
static bool simple(struct parser *p, struct selector *s, struct compound *c, int depth)
{
    if (stands(p, TOKEN_HASH)) {
        simple_new(p, c, SIMPLE_ID)->name = string(p, p->at++->value);
        s->specificity += ONE_ID;
        return true;
    }
    if (mark(p, '[')) {
        s->specificity += ONE_CLASS;
        return attribute(p, c);
    }
    if (mark(p, '.')) {
        p->at++;
        if (!stands(p, TOKEN_IDENT))
            return give_up(p, "A class should stand here");
        simple_new(p, c, SIMPLE_CLASS)->name = string(p, p->at++->value);
        s->specificity += ONE_CLASS;
        return true;
    }
    if (!mark(p, ':'))
        return false;
    p->at++;
    bool two = mark(p, ':');
    p->at += two;
    if (stands(p, TOKEN_IDENT) && pseudo_element(p, s, !two))
        return true;
    if (two && p->lenient && stands(p, TOKEN_IDENT)) {
        p->at++;
        return true;
    }
    if (two || p->at == p->end)
        return give_up(p, "This pseudo-element is not understood");
    if (stands(p, TOKEN_FUNCTION))
        return functional(p, s, c, depth);
    return stands(p, TOKEN_IDENT) ? pseudo_class(p, s, c) : give_up(p, "A pseudo-class should stand here");
}

static struct compound *compound(struct parser *p, struct selector *s, int depth)
{
    struct compound *c = arena_alloc(p->arena, sizeof *c);
    const struct token *start = p->at;
    if (stands(p, TOKEN_IDENT) || mark(p, '*'))
        type(p, s, c);
    while (!s->pseudo && simple(p, s, c, depth))
        ;
    if (p->trouble)
        return NULL;
    if (p->at == start)
        return give_up(p, "A selector should stand here") ? c : NULL;
    return c;
}

/* Reads a combinator; 0 when the selector ends here. */
static char combinator(struct parser *p)
{
    bool space = stands(p, TOKEN_SPACE);
    skip_space(p);
    if (p->at == p->end || mark(p, ','))
        return 0;
    if (p->at->type == TOKEN_DELIM && strchr(">+~", p->at->mark)) {
        char c = p->at++->mark;
        skip_space(p);
        return c;
    }
    return space ? ' ' : 0;
}

/* Does the compound look at nothing but the element itself? Then it may stand left of a plus without making
 * the selector positional. Recursion is as deep as selectors nest. */
static bool is_plain(const struct compound *c)
{
    for (const struct simple *s = c->simples; s; s = s->next) {
        if (s->kind != SIMPLE_CLASS && s->kind != SIMPLE_ID && s->kind != SIMPLE_ATTRIBUTE &&
            s->kind != SIMPLE_NEVER && s->kind != SIMPLE_IS && s->kind != SIMPLE_NOT)
            return false;
        for (const struct selector *i = s->inner; i; i = i->next)
            if (i->last->left || !is_plain(i->last))
                return false;
    }
    return c->combinator != '+';
}

static struct selector *selector(struct parser *p, int depth)
{
    struct selector *s = arena_alloc(p->arena, sizeof *s);
    struct compound *left = NULL;
    char link = 0;
    for (int count = 0;; count++) {
        struct compound *c = compound(p, s, depth);
        if (!c || count == COMPOUNDS)
            return give_up(p, "This selector is too long") ? s : NULL;
        c->left = left;
        c->combinator = link;
        if (link == '~')
            c->memo = arena_alloc(p->arena, sizeof *c->memo);
        s->positional |= link == '~' || (link == '+' && !is_plain(left));
        s->last = left = c;
        link = combinator(p);
        if (!link)
            return s;
        if (s->pseudo)
            return give_up(p, "Nothing can follow a pseudo-element") ? s : NULL;
    }
}

static struct selector *selector_list(struct parser *p, int depth)
{
    struct selector *first = NULL, **end = &first;
    for (;;) {
        skip_space(p);
        *end = selector(p, depth);
        if (!*end)
            return NULL;
        end = &(*end)->next;
        if (p->at == p->end)
            return first;
        if (!mark(p, ','))
            return give_up(p, "This can't stand in a selector") ? first : NULL;
        p->at++;
    }
}

struct selector *selector_parse(struct arena *a, struct messages *m, const char *file, struct tokens t,
                                bool quiet)
{
    struct parser p = {a, t.at, t.at + t.count, false, NULL, NULL};
    struct selector *s = t.count ? selector_list(&p, 0) : NULL;
    if (!s && !quiet && t.count) {
        const struct token *at = p.culprit && p.culprit < t.at + t.count ? p.culprit : t.at;
        struct place where = {file, at->line, at->column};
        message(m, SEVERITY_WARNING, "style.unknown", &where, "%s; the rule is left out.",
                p.trouble ? p.trouble : "This selector is broken");
    }
    return s;
}

bool selector_well_formed(struct arena *a, struct tokens t)
{
    struct parser p = {a, t.at, t.at + t.count, true, NULL, NULL};
    return t.count && selector_list(&p, 0) != NULL;
}

/* ---- what selectors look at */

static void add_attribute(struct arena *a, struct attention *to, const char *name, bool value)
{
    for (struct attended *w = to->attributes; w; w = w->next)
        if (strcmp(w->name, name) == 0) {
            w->value |= value;
            return;
        }
    struct attended *w = arena_alloc(a, sizeof *w);
    *w = (struct attended){name, value, to->attributes};
    to->attributes = w;
}

void selector_attend(struct arena *a, const struct selector *s, struct attention *to)
{
    for (const struct compound *c = s->last; c; c = c->left) {
        to->before |= c->combinator == '+';
        for (const struct simple *i = c->simples; i; i = i->next) {
            to->ids |= i->kind == SIMPLE_ID;
            to->last |= i->kind == SIMPLE_LAST_CHILD;
            if (i->kind == SIMPLE_LANG) {
                add_attribute(a, to, "lang", true);
                add_attribute(a, to, "xml:lang", true);
            }
            if (i->kind == SIMPLE_ATTRIBUTE)
                add_attribute(a, to, i->name, i->compare != 0);
            if (i->kind == SIMPLE_LINK)
                add_attribute(a, to, "href", false);
            for (const struct selector *n = i->inner; n; n = n->next)
                selector_attend(a, n, to);
        }
    }
}
