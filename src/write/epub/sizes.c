/* How long nodes will be when written, about: what page.c adds to them (page marks, files in links) comes to
 * it. */
#include "write/epub/book.h"

struct sizes {
    struct arena *arena;
    struct hash *known; /* address of a divisible element → its struct sum */
};

/* A node whose size is being summed up. */
struct sum {
    size_t bytes;
    struct sum *above;
};

struct measuring {
    struct sizes *sizes;
    struct sum *sum;
};

bool size_divisible(const xmlNode *n)
{
    static const bool divisible[ELEMENT_COUNT] = {
        [ELEMENT_SECTION] = true,    [ELEMENT_BODY] = true, [ELEMENT_ARTICLE] = true,
        [ELEMENT_MAIN] = true,       [ELEMENT_DIV] = true,  [ELEMENT_ASIDE] = true,
        [ELEMENT_BLOCKQUOTE] = true, [ELEMENT_OL] = true,   [ELEMENT_UL] = true,
        [ELEMENT_LI] = true,         [ELEMENT_DL] = true,   [ELEMENT_FIGURE] = true,
        [ELEMENT_TABLE] = true,      [ELEMENT_TBODY] = true};
    /* a note stays with its way back, and where a reader shows it over the page, it's shown whole */
    return divisible[tree_kind(n)] && !tree_is_endnote(n);
}

size_t size_of_text(struct text t)
{
    size_t bytes = t.length;
    for (size_t i = 0; i < t.length; i++) /* "&amp;", "&lt;" */
        bytes += t.at[i] == '&' ? 4 : t.at[i] == '<' || t.at[i] == '>' ? 3 : 0;
    return bytes;
}

size_t size_of_tags(const xmlNode *n)
{
    size_t bytes = 2 * strlen((const char *)n->name) + 6;
    for (const xmlAttr *a = n->properties; a; a = a->next) {
        bytes += strlen((const char *)a->name) + 4;
        bytes += a->ns && a->ns->prefix ? strlen((const char *)a->ns->prefix) + 1 : 0;
        if (a->children && a->children->content)
            bytes += size_of_text(text_of((const char *)a->children->content));
    }
    return bytes;
}

static enum walk enter(xmlNode *n, void *user)
{
    struct measuring *m = user;
    if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE)
        m->sum->bytes += size_of_text(text_of((const char *)n->content));
    if (n->type != XML_ELEMENT_NODE)
        return WALK_ON;
    if (size_divisible(n)) {
        struct sum *s = arena_alloc(m->sizes->arena, sizeof *s);
        s->above = m->sum;
        m->sum = s;
    }
    m->sum->bytes += size_of_tags(n);
    return WALK_ON;
}

static void leave(xmlNode *n, void *user)
{
    struct measuring *m = user;
    if (!size_divisible(n))
        return;
    const xmlNode *key = n;
    hash_put(m->sizes->known, hash_address(&key), m->sum);
    m->sum->above->bytes += m->sum->bytes;
    m->sum = m->sum->above;
}

static size_t measure(struct sizes *s, const xmlNode *n)
{
    static const struct walker w = {enter, leave};
    union {
        const xmlNode *in;
        xmlNode *out;
    } top = {n};
    struct sum sum = {0, NULL};
    struct measuring m = {s, &sum};
    tree_walk(top.out, &w, &m);
    return sum.bytes;
}

struct sizes *sizes_new(const struct book *b)
{
    struct sizes *s = arena_alloc(b->arena, sizeof *s);
    *s = (struct sizes){b->arena, hash_new(b->arena)};
    measure(s, b->d->body);
    return s;
}

/* What is not divisible is measured when it is asked for; the others have been, all in one walk. */
size_t size_of(struct sizes *s, const xmlNode *n)
{
    const struct sum *known = hash_find(s->known, hash_address(&n));
    return known ? known->bytes : measure(s, n);
}
