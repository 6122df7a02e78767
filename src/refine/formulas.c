#include "refine/formulas.h"
#include "base/buf.h"
#include "base/utf8.h"

/* What is written before an element's first, second and third child, and behind its last; `grouped`: a child
 * that is more than one token stands in parentheses. */
static const struct form {
    const char *name, *before[3], *between, *after;
    bool grouped;
} forms[] = {
    {"mfrac", {"", "/", ""}, "", "", true},          {"msup", {"", "^", ""}, "", "", true},
    {"msub", {"", "_", ""}, "", "", true},           {"msubsup", {"", "_", "^"}, "", "", true},
    {"mover", {"", "^", ""}, "", "", true},          {"munder", {"", "_", ""}, "", "", true},
    {"munderover", {"", "_", "^"}, "", " ", true},   {"mroot", {"", "^(1/", ""}, "", ")", true},
    {"msqrt", {"√(", "", ""}, "", ")", false},       {"mfenced", {"(", ",", ","}, ",", ")", false},
    {"mtable", {"[", "; ", "; "}, "; ", "]", false}, {"mtr", {"", ", ", ", "}, ", ", "", false},
};

static const struct form *form_of(const xmlNode *n)
{
    for (size_t i = 0; n->type == XML_ELEMENT_NODE && i < sizeof forms / sizeof forms[0]; i++)
        if (strcmp((const char *)n->name, forms[i].name) == 0)
            return &forms[i];
    return NULL;
}

/* Does an element hold more than one token? */
static bool is_compound(const xmlNode *n)
{
    for (const xmlNode *child; (child = tree_element_from(n->children)); n = child)
        if (form_of(n) || tree_element_from(child->next))
            return true;
    return false;
}

static bool in_group(const xmlNode *n)
{
    const struct form *f = form_of(n->parent);
    return f && f->grouped && is_compound(n);
}

static const char *separator(const struct form *f, const xmlNode *n)
{
    size_t before = 0;
    for (const xmlNode *p = n->prev; p; p = p->prev)
        if (p->type == XML_ELEMENT_NODE && ++before == 3)
            return f->between;
    return f->before[before];
}

/* Without the operators that nobody sees (U+2061 to U+2064), and without white space around a token. */
static void add_token(struct buf *out, struct text t)
{
    t = text_trim(t);
    for (size_t at = 0, from = 0; at < t.length; from = at) {
        uint32_t c = utf8_next(t, &at);
        if (c < 0x2061 || c > 0x2064)
            buf_text(out, text_slice(t, from, at));
    }
}

static enum walk enter(xmlNode *n, void *user)
{
    struct buf *out = user;
    if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) {
        add_token(out, text_of((const char *)n->content));
        return WALK_ON;
    }
    if (n->type != XML_ELEMENT_NODE || strncmp((const char *)n->name, "annotation", 10) == 0)
        return WALK_SKIP;
    const struct form *f = form_of(n->parent);
    if (f)
        buf_string(out, separator(f, n));
    if (in_group(n))
        buf_byte(out, '(');
    return WALK_ON;
}

static void leave(xmlNode *n, void *user)
{
    struct buf *out = user;
    const struct form *f = form_of(n);
    if (f)
        buf_string(out, f->after);
    if (in_group(n))
        buf_byte(out, ')');
}

static enum walk describe(xmlNode *n, void *user)
{
    static const struct walker w = {enter, leave};
    struct document *d = user;
    if (tree_kind(n) != ELEMENT_MATH)
        return WALK_ON;
    const char *given = tree_get(n, "alttext");
    struct buf *out = buf_new(d->arena);
    if (!given || !*given)
        tree_walk(n, &w, out);
    if (out->length)
        tree_set(d, n, "alttext", text_copy(d->arena, buf_view(out)));
    buf_free(out);
    return WALK_SKIP;
}

void formulas_describe(struct document *d)
{
    static const struct walker w = {describe, NULL};
    tree_walk(d->body, &w, d);
}
