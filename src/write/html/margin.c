#include "write/html/margin.h"
#include <stdlib.h>

struct call {
    xmlNode *a;
    struct call *next;
};

struct place_on_page {
    struct note *first, **end;
};

struct margin {
    struct arena *arena;
    struct hash *by_id, *by_item; /* struct note */
    struct hash *at;              /* struct place_on_page by the node that the notes follow */
    struct call *calls, **last_call;
    const xmlNode *in_notes; /* the section in which the walk is */
    long counted;
};

/* ---- finding notes and calls */

static bool only_paragraphs(const xmlNode *item)
{
    for (const xmlNode *c = item->children; c; c = c->next)
        if (c->type == XML_ELEMENT_NODE && element_is(tree_kind(c), ELEMENT_IS_BLOCK) &&
            tree_kind(c) != ELEMENT_P)
            return false;
    return true;
}

static void see_note(struct margin *m, xmlNode *n)
{
    const char *id = tree_get(n, "id"), *value = tree_get(n, "value");
    if (value)
        m->counted = strtol(value, NULL, 10) - 1;
    m->counted++;
    struct note *note = arena_alloc(m->arena, sizeof *note);
    *note = (struct note){.item = n, .id = id, .number = m->counted, .plain = only_paragraphs(n)};
    if (id) /* what nothing calls has none */
        hash_put(m->by_id, text_of(id), note);
    const xmlNode *key = n;
    hash_put(m->by_item, hash_address(&key), note);
}

static enum walk see(xmlNode *n, void *user)
{
    struct margin *m = user;
    enum element e = tree_kind(n);
    if (tree_is_endnotes(n)) {
        m->in_notes = n;
    } else if (e == ELEMENT_OL && m->in_notes && n->parent == m->in_notes) {
        const char *start = tree_get(n, "start");
        m->counted = start ? strtol(start, NULL, 10) - 1 : 0;
    } else if (e == ELEMENT_LI && m->in_notes && n->parent->parent == m->in_notes) {
        see_note(m, n);
    } else if (e == ELEMENT_A && !m->in_notes && tree_has_word(n, "class", "noteref")) {
        *m->last_call = arena_alloc(m->arena, sizeof **m->last_call);
        (*m->last_call)->a = n;
        m->last_call = &(*m->last_call)->next;
    }
    return WALK_ON;
}

static void seen(xmlNode *n, void *user)
{
    struct margin *m = user;
    if (n == m->in_notes)
        m->in_notes = NULL;
}

/* ---- placing */

static bool holds_blocks(const xmlNode *n)
{
    static const enum element holders[] = {
        ELEMENT_BODY, ELEMENT_SECTION, ELEMENT_DIV,    ELEMENT_BLOCKQUOTE, ELEMENT_LI,
        ELEMENT_DD,   ELEMENT_HEADER,  ELEMENT_FOOTER, ELEMENT_ASIDE,      ELEMENT_ARTICLE,
        ELEMENT_MAIN, ELEMENT_NAV,     ELEMENT_ADDRESS};
    for (size_t i = 0; i < sizeof holders / sizeof holders[0]; i++)
        if (tree_kind(n) == holders[i])
            return true;
    return false;
}

/* The node which the note follows. Inside a paragraph, and in the loose text of what holds blocks, that is
 * the call or the outermost inline element around it; else the outermost block that can't hold an aside. */
static xmlNode *place_of(xmlNode *call, bool plain)
{
    xmlNode *n = call;
    while (element_is(tree_kind(n->parent), ELEMENT_IS_INLINE))
        n = n->parent;
    xmlNode *inside = n;
    while (n->parent && !holds_blocks(n->parent))
        n = n->parent;
    bool in_paragraph = inside->parent == n && tree_kind(n) == ELEMENT_P;
    return in_paragraph && plain ? inside : n;
}

static void put(struct margin *m, const xmlNode *where, struct note *note)
{
    struct place_on_page *p = hash_find(m->at, hash_address(&where));
    if (!p) {
        p = arena_alloc(m->arena, sizeof *p);
        p->end = &p->first;
        hash_put(m->at, hash_address(&where), p);
    }
    *p->end = note;
    p->end = &note->beside;
    note->placed = true;
}

static void place_call(struct margin *m, xmlNode *a)
{
    const char *href = tree_get(a, "href");
    struct note *note = href && *href == '#' ? hash_find(m->by_id, text_of(href + 1)) : NULL;
    if (!note || note->placed)
        return;
    struct buf *label = buf_new(m->arena);
    tree_content(a, label);
    note->label = text_copy(m->arena, buf_view(label));
    buf_free(label);
    put(m, place_of(a, note->plain), note);
}

struct margin *margin_plan(const struct document *d)
{
    static const struct walker walker = {see, seen};
    struct margin *m = arena_alloc(d->arena, sizeof *m);
    m->arena = d->arena;
    m->by_id = hash_new(d->arena);
    m->by_item = hash_new(d->arena);
    m->at = hash_new(d->arena);
    m->last_call = &m->calls;
    tree_walk(d->body, &walker, m);
    for (const struct call *c = m->calls; c; c = c->next)
        place_call(m, c->a);
    return m;
}

const struct note *margin_at(const struct margin *m, const xmlNode *n)
{
    const struct place_on_page *p = hash_find(m->at, hash_address(&n));
    return p ? p->first : NULL;
}

const struct note *margin_note(const struct margin *m, const xmlNode *item)
{
    return hash_find(m->by_item, hash_address(&item));
}

static bool keeps(const struct margin *m, const xmlNode *list)
{
    for (const xmlNode *item = list->children; item; item = item->next) {
        const struct note *note = margin_note(m, item);
        if (note && !note->placed)
            return true;
    }
    return false;
}

bool margin_empties(const struct margin *m, const xmlNode *n)
{
    if (tree_kind(n) == ELEMENT_OL && n->parent && tree_is_endnotes(n->parent))
        return !keeps(m, n);
    if (!tree_is_endnotes(n))
        return false;
    for (const xmlNode *list = n->children; list; list = list->next)
        if (keeps(m, list))
            return false;
    return true;
}
