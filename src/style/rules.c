/* Where rules are filed: under what the last compound of their selector asks for first: an id, a class, a
 * type, else among those for all. An element then meets few that don't concern it. */
#include "base/buf.h"
#include "style/sheets.h"

static void append(struct rule_list *l, struct rule *r)
{
    if (!l->end)
        l->end = &l->first;
    *l->end = r;
    l->end = &r->next;
}

static struct rule_list *named(struct styles *s, char mark, const char *name)
{
    const char *key = arena_printf(s->arena, "%c%s", mark, name);
    struct rule_list *l = hash_find(s->by_name, text_of(key));
    if (!l) {
        l = arena_alloc(s->arena, sizeof *l);
        hash_put(s->by_name, text_of(key), l);
    }
    return l;
}

static struct rule_list *bucket(struct styles *s, const struct compound *c)
{
    const struct simple *found = NULL;
    for (const struct simple *i = c->simples; i; i = i->next)
        if (i->kind == SIMPLE_ID || (i->kind == SIMPLE_CLASS && (!found || found->kind != SIMPLE_ID)))
            found = i;
    if (found)
        return named(s, found->kind == SIMPLE_ID ? '#' : '.', found->name);
    if (c->kind)
        return &s->by_kind[c->kind];
    return c->type ? named(s, ' ', c->type) : &s->universal;
}

void rules_file(struct styles *s, struct selector *selectors, const struct declaration *block, bool author)
{
    for (struct selector *i = selectors; i; i = i->next) {
        struct rule *r = arena_alloc(s->arena, sizeof *r);
        r->selector = i;
        r->block = block;
        r->rank = (uint64_t)author << 63 | (uint64_t)(i->specificity & 0x7FFFFFFF) << 32 | s->order++;
        selector_attend(s->arena, i, &s->attention);
        append(bucket(s, i->last), r);
    }
}

static const struct rule_list *look(const struct styles *s, char mark, struct text name)
{
    char key[128];
    if (name.length + 1 > sizeof key)
        return NULL;
    key[0] = mark;
    memcpy(key + 1, name.at, name.length);
    return hash_find(s->by_name, (struct text){key, name.length + 1});
}

size_t rules_buckets(const struct styles *s, const xmlNode *n, const struct rule_list *buckets[LIMIT_BUCKETS])
{
    size_t count = 0;
    enum element kind = element_kind_of(n);
    buckets[count++] = &s->universal;
    const struct rule_list *l = kind ? &s->by_kind[kind] : look(s, ' ', text_of((const char *)n->name));
    if (l)
        buckets[count++] = l;
    const char *id = tree_get(n, "id");
    if (id && (l = look(s, '#', text_of(id))))
        buckets[count++] = l;
    struct text classes = text_of(tree_get(n, "class"));
    for (size_t at = 0; at < classes.length && count < LIMIT_BUCKETS;) {
        while (at < classes.length && ascii_space(classes.at[at]))
            at++;
        size_t from = at;
        while (at < classes.length && !ascii_space(classes.at[at]))
            at++;
        if (at > from && (l = look(s, '.', text_slice(classes, from, at))))
            buckets[count++] = l;
    }
    return count;
}
