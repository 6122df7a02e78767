/* style_of: from an element to its computed style, nearly always without matching a selector.
 *
 * An element's context is all that selectors look at, but for the positional ones: its own signature (type,
 * class, the attributes that some selector names), that of the sibling before it, whether it is first or
 * last, and its parent's context. Equal contexts are one struct, which remembers the style. Elements that a
 * positional rule might concern are matched each time; what their rules come to is remembered likewise.
 */
#include "base/buf.h"
#include "style/sheets.h"
#include <stdlib.h>

enum { PSEUDOS = PSEUDO_FOOTNOTE_MARKER + 1 };

/* What an element shows to selectors by itself. */
struct signature {
    unsigned positional; /* a bit for each pseudo-element (and none) that a positional rule may concern */
    unsigned styled;     /* likewise: that any rule may concern */
    const struct declaration *inline_block; /* its style attribute */
};

struct context {
    struct answer {
        bool known;
        const struct style *parent, *style;
    } answers[PSEUDOS];
    const struct signature *own;
};

struct ancestor {
    const xmlNode *node;
    struct context *context;
};

struct contexts {
    struct signature *plain[ELEMENT_COUNT]; /* of elements without attributes */
    struct hash *signatures, *contexts, *matches;
    struct ancestor *stack; /* the way from the root to the last element asked for */
    size_t depth, room;
    struct buf *key;
    const struct rule **gathered;
    size_t gathered_room;
};

/* ---- signatures */

static unsigned bit(enum pseudo p)
{
    return 1u << p;
}

static struct signature *signature_new(struct styles *s, const xmlNode *n)
{
    struct signature *g = arena_alloc(s->arena, sizeof *g);
    const struct rule_list *buckets[LIMIT_BUCKETS];
    size_t count = rules_buckets(s, n, buckets);
    for (size_t i = 0; i < count; i++)
        for (const struct rule *r = buckets[i]->first; r; r = r->next) {
            g->styled |= bit(r->selector->pseudo);
            g->positional |= r->selector->positional ? bit(r->selector->pseudo) : 0;
        }
    const char *inline_style = tree_get(n, "style");
    if (inline_style && *inline_style) {
        struct text copied = {arena_string(s->arena, inline_style), strlen(inline_style)};
        struct declaring d = {s, NULL, true, false};
        struct css_declaration *list =
            parse_declarations(s->arena, messages_new(s->arena, NULL, NULL), NULL, scan(s->arena, copied));
        g->inline_block = declare(&d, list);
    }
    return g;
}

static void add_attribute(struct buf *key, const xmlNode *n, const char *name, bool value)
{
    const char *v = tree_get(n, name);
    buf_byte(key, v ? '=' : ' ');
    if (v && value)
        buf_string(key, v);
    buf_byte(key, '\0');
}

static const struct signature *signature_of(struct styles *s, const xmlNode *n)
{
    struct contexts *x = s->contexts;
    enum element kind = element_kind_of(n);
    if (kind && !n->properties) {
        if (!x->plain[kind])
            x->plain[kind] = signature_new(s, n);
        return x->plain[kind];
    }
    buf_clear(x->key);
    buf_string(x->key, (const char *)n->name);
    buf_byte(x->key, '\0');
    add_attribute(x->key, n, "class", true);
    add_attribute(x->key, n, "style", true);
    if (s->attention.ids)
        add_attribute(x->key, n, "id", true);
    for (const struct attended *a = s->attention.attributes; a; a = a->next)
        add_attribute(x->key, n, a->name, a->value);
    struct signature *g = hash_find(x->signatures, buf_view(x->key));
    if (!g) {
        g = signature_new(s, n);
        hash_put(x->signatures, buf_view(x->key), g);
    }
    return g;
}

/* ---- contexts */

static struct context *context_new(struct styles *s, const xmlNode *n, const struct context *parent)
{
    struct contexts *x = s->contexts;
    const xmlNode *before = tree_element_before(n);
    const void *key[4] = {parent, signature_of(s, n), NULL, NULL};
    bool last = s->attention.last && !tree_element_after(n);
    key[2] = before && s->attention.before ? signature_of(s, before) : NULL;
    key[3] = (const char *)x + (before != NULL) + 2 * last;
    struct text name = {(const char *)key, sizeof key};
    struct context *c = hash_find(x->contexts, name);
    if (!c) {
        c = arena_alloc(s->arena, sizeof *c);
        c->own = key[1];
        hash_put(x->contexts, name, c);
    }
    return c;
}

static void push(struct styles *s, const xmlNode *n)
{
    struct contexts *x = s->contexts;
    x->stack = arena_room(s->arena, x->stack, x->depth, &x->room, sizeof *x->stack);
    struct context *parent = x->depth ? x->stack[x->depth - 1].context : NULL;
    x->stack[x->depth] = (struct ancestor){n, context_new(s, n, parent)};
    x->depth++;
}

static void push_ancestors(struct styles *s, const xmlNode *n)
{
    size_t levels = 0;
    for (const xmlNode *p = n; p; p = element_parent(p))
        levels++;
    const xmlNode **way = arena_array(s->arena, levels, sizeof *way);
    for (size_t i = levels; i > 0; i--, n = element_parent(n))
        way[i - 1] = n;
    for (size_t i = 0; i < levels; i++)
        push(s, way[i]);
}

/* The stack is cut back to the element's parent, or built anew from the root. */
static struct context *context_of(struct styles *s, const xmlNode *n)
{
    struct contexts *x = s->contexts;
    if (x->depth && x->stack[x->depth - 1].node == n)
        return x->stack[x->depth - 1].context;
    const xmlNode *parent = element_parent(n);
    while (x->depth && x->stack[x->depth - 1].node != parent)
        x->depth--;
    if (!x->depth && parent)
        push_ancestors(s, parent);
    push(s, n);
    return x->stack[x->depth - 1].context;
}

/* ---- matching */

static void gather_one(struct styles *s, const struct rule *r, size_t *count)
{
    struct contexts *x = s->contexts;
    x->gathered = arena_room(s->arena, x->gathered, *count, &x->gathered_room, sizeof *x->gathered);
    x->gathered[(*count)++] = r;
}

static int by_rank(const void *a, const void *b)
{
    uint64_t x = (*(const struct rule *const *)a)->rank, y = (*(const struct rule *const *)b)->rank;
    return x < y ? -1 : x > y;
}

/* The rules that match, the strongest last, in s->contexts->gathered. */
static size_t gather(struct styles *s, const xmlNode *n, enum pseudo pseudo)
{
    const struct rule_list *buckets[LIMIT_BUCKETS];
    size_t count = 0, lists = rules_buckets(s, n, buckets);
    s->gathering++;
    for (size_t i = 0; i < lists; i++)
        for (struct rule *r = buckets[i]->first; r; r = r->next) {
            if (r->selector->pseudo != pseudo || r->seen == s->gathering)
                continue;
            r->seen = s->gathering;
            if (selector_matches(r->selector, n, s->language))
                gather_one(s, r, &count);
        }
    if (count > 1)
        qsort(s->contexts->gathered, count, sizeof(struct rule *), by_rank);
    return count;
}

static const struct computed *cascade_gathered(struct styles *s, size_t count,
                                               const struct declaration *inline_block,
                                               const struct computed *parent)
{
    const struct declaration **blocks = arena_array(s->arena, count + 1, sizeof *blocks);
    for (size_t i = 0; i < count; i++)
        blocks[i] = s->contexts->gathered[i]->block;
    if (inline_block)
        blocks[count++] = inline_block;
    return cascade(s, (struct blocks){blocks, count}, parent);
}

struct match_result {
    const struct style *style;
};

/* Matches and cascades; the same rules on the same parent's style come to the same. */
static const struct style *style_matched(struct styles *s, const xmlNode *n, enum pseudo pseudo,
                                         const struct context *c, const struct style *parent)
{
    struct contexts *x = s->contexts;
    size_t count = gather(s, n, pseudo);
    if (pseudo && !count)
        return NULL;
    const struct declaration *inline_block = pseudo ? NULL : c->own->inline_block;
    const void *first[] = {parent, inline_block, (const char *)x + pseudo};
    buf_clear(x->key);
    buf_add(x->key, first, sizeof first);
    buf_add(x->key, x->gathered, count * sizeof x->gathered[0]);
    struct match_result *known = hash_find(x->matches, buf_view(x->key));
    if (known)
        return known->style;
    known = arena_alloc(s->arena, sizeof *known);
    known->style = &cascade_gathered(s, count, inline_block, parent ? computed_of(parent) : NULL)->style;
    bool generated = pseudo == PSEUDO_BEFORE || pseudo == PSEUDO_AFTER;
    if (generated && !known->style->content)
        known->style = NULL;
    hash_put(x->matches, buf_view(x->key), known);
    return known->style;
}

static void contexts_start(struct styles *s)
{
    struct contexts *x = arena_alloc(s->arena, sizeof *x);
    x->signatures = hash_new(s->arena);
    x->contexts = hash_new(s->arena);
    x->matches = hash_new(s->arena);
    x->key = buf_new(s->arena);
    s->contexts = x;
}

const struct style *style_of(struct styles *s, const xmlNode *element, enum pseudo pseudo,
                             const struct style *parent)
{
    if (!s->contexts)
        contexts_start(s);
    struct context *c = context_of(s, element);
    if (pseudo && !(c->own->styled & bit(pseudo)))
        return NULL;
    struct answer *a = &c->answers[pseudo];
    if (a->known && a->parent == parent && !(c->own->positional & bit(pseudo)))
        return a->style;
    a->style = style_matched(s, element, pseudo, c, parent);
    a->parent = parent;
    a->known = true;
    return a->style;
}

const struct style *style_of_root(struct styles *s)
{
    union {
        const char *in;
        xmlChar *out;
    } name = {"html"};
    xmlNode *root = arena_alloc(s->arena, sizeof *root);
    root->type = XML_ELEMENT_NODE;
    root->name = name.out;
    return style_of(s, root, PSEUDO_NONE, NULL);
}

void contexts_forget(struct styles *s)
{
    s->contexts = NULL;
}
