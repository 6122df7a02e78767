#include "write/mail/cut.h"
#include "base/buf.h"
#include <stdlib.h>

struct unit {
    const xmlNode *node;
    size_t words, bytes;
    bool leads; /* a heading or a rule: something must follow it */
};

struct units {
    const struct document *d;
    struct unit *list;
    size_t count, room;
    struct buf *text;
};

/* ---- units */

/* A section, or a division that holds blocks only. */
static bool is_open(const xmlNode *n)
{
    enum element e = tree_kind(n);
    if (e == ELEMENT_BODY || e == ELEMENT_SECTION)
        return true;
    if (e != ELEMENT_DIV)
        return false;
    for (const xmlNode *c = n->children; c; c = c->next)
        if (c->type == XML_ELEMENT_NODE ? element_is(tree_kind(c), ELEMENT_IS_INLINE) : !tree_is_blank(c))
            return false;
    return true;
}

static size_t count_words(struct text t)
{
    size_t words = 0;
    bool in_word = false;
    for (size_t i = 0; i < t.length; i++) {
        bool space = ascii_space(t.at[i]);
        words += in_word ? 0 : !space;
        in_word = !space;
    }
    return words;
}

static void add(struct units *u, const xmlNode *n)
{
    u->list = arena_room(u->d->arena, u->list, u->count, &u->room, sizeof *u->list);
    buf_clear(u->text);
    tree_content(n, u->text);
    enum element e = tree_kind(n);
    u->list[u->count++] = (struct unit){n, count_words(buf_view(u->text)), u->text->length,
                                        element_is(e, ELEMENT_IS_HEADING) || e == ELEMENT_HR};
}

static enum walk see(xmlNode *n, void *user)
{
    if (n->type != XML_ELEMENT_NODE || tree_is_endnotes(n) || tree_has_word(n, "class", "title-block"))
        return WALK_SKIP;
    if (is_open(n))
        return WALK_ON;
    add(user, n);
    return WALK_SKIP;
}

struct units *units_new(const struct document *d)
{
    static const struct walker walker = {see, NULL};
    struct units *u = arena_alloc(d->arena, sizeof *u);
    u->d = d;
    u->text = buf_new(d->arena);
    tree_walk(d->body, &walker, u);
    buf_free(u->text);
    return u;
}

size_t units_count(const struct units *u)
{
    return u->count;
}

size_t units_within_words(const struct units *u, size_t words)
{
    size_t count = 0;
    for (size_t sum = 0; count < u->count; count++) {
        sum += u->list[count].words;
        if (sum > words)
            break;
    }
    return count;
}

size_t units_within_bytes(const struct units *u, size_t bytes)
{
    size_t count = 0;
    for (size_t sum = 0; count < u->count; count++) {
        sum += u->list[count].bytes;
        if (sum > bytes)
            break;
    }
    return count;
}

/* ---- what comes with an excerpt */

struct gathering {
    const xmlNode *end;
    bool ended;
    struct hash *ids, *note_of; /* note_of: the items of all notes, by id */
    const xmlNode **called;     /* notes whose calls were met, in a queue */
    size_t count, room;
};

static enum walk find_notes(xmlNode *n, void *user)
{
    struct gathering *g = user;
    const char *id = tree_kind(n) == ELEMENT_LI ? tree_get(n, "id") : NULL;
    if (id && n->parent->parent && tree_is_endnotes(n->parent->parent))
        hash_put(g->note_of, text_of(id), n);
    return WALK_ON;
}

static enum walk gather(xmlNode *n, void *user)
{
    struct gathering *g = user;
    g->ended = g->ended || n == g->end;
    if (n->type != XML_ELEMENT_NODE || g->ended || tree_is_endnotes(n))
        return WALK_SKIP;
    const char *id = tree_get(n, "id"), *href = tree_kind(n) == ELEMENT_A ? tree_get(n, "href") : NULL;
    if (id)
        hash_put(g->ids, text_of(id), n);
    if (!href || *href != '#' || !tree_has_word(n, "class", "noteref"))
        return WALK_ON;
    xmlNode *note = hash_find(g->note_of, text_of(href + 1));
    if (note && g->count < g->room && !hash_put(g->ids, text_of(href + 1), note))
        g->called[g->count++] = note;
    return WALK_ON;
}

static struct hash *gather_ids(const struct document *d, const xmlNode *end)
{
    static const struct walker finder = {find_notes, NULL}, gatherer = {gather, NULL};
    struct gathering g = {.end = end, .ids = hash_new(d->arena), .note_of = hash_new(d->arena)};
    tree_walk(d->body, &finder, &g);
    g.room = hash_count(g.note_of);
    g.called = arena_array(d->arena, g.room + 1, sizeof(xmlNode *));
    tree_walk(d->body, &gatherer, &g);
    g.ended = false;
    for (size_t i = 0; i < g.count; i++) /* a note's text may call others */
        for (xmlNode *c = g.called[i]->children; c; c = c->next)
            tree_walk(c, &gatherer, &g);
    return g.ids;
}

struct cut cut_behind(const struct units *u, size_t count)
{
    size_t least = 0;
    while (least < u->count && u->list[least].leads)
        least++;
    if (count < least + 1)
        count = least + 1;
    while (count > least + 1 && count < u->count && u->list[count - 1].leads)
        count--;
    if (count >= u->count)
        return (struct cut){NULL, NULL};
    const xmlNode *n = u->list[count].node;
    while (tree_kind(n->parent) != ELEMENT_BODY && !xmlPreviousElementSibling((xmlNode *)n))
        n = n->parent;
    return (struct cut){n, gather_ids(u->d, n)};
}

/* ---- walking through it */

bool cut_has(const struct cut *c, const char *id)
{
    return !c->ids || hash_find(c->ids, text_of(id));
}

bool cut_is_note(const struct cut_walk *w, const xmlNode *n)
{
    return w->notes && tree_kind(n) == ELEMENT_LI && n->parent->parent == w->notes;
}

const char *cut_label(const struct cut_walk *w, const xmlNode *n)
{
    bool is_list = w->notes && tree_kind(n) == ELEMENT_OL && n->parent == w->notes;
    return is_list ? tree_get(n, "aria-label") : NULL;
}

static bool list_has_notes(const struct cut *c, const xmlNode *list)
{
    for (const xmlNode *item = list->children; item; item = item->next)
        if (tree_kind(item) == ELEMENT_LI && cut_has(c, tree_get(item, "id")))
            return true;
    return false;
}

static bool has_notes(const struct cut *c, const xmlNode *section)
{
    for (const xmlNode *list = section->children; list; list = list->next)
        if (list_has_notes(c, list))
            return true;
    return false;
}

static long number_at(const xmlNode *n, const char *attribute, long otherwise)
{
    const char *value = tree_get(n, attribute);
    return value ? strtol(value, NULL, 10) : otherwise;
}

enum cut_turn cut_enter(struct cut_walk *w, const xmlNode *n)
{
    if (tree_is_endnotes(n)) {
        if (!has_notes(w->cut, n))
            return CUT_LEAVE_OUT;
        w->notes = n;
        return CUT_WRITE;
    }
    if (w->notes) {
        if (tree_kind(n) == ELEMENT_OL && n->parent == w->notes) {
            w->counted = number_at(n, "start", 1) - 1;
            return list_has_notes(w->cut, n) ? CUT_WRITE : CUT_LEAVE_OUT;
        }
        if (!cut_is_note(w, n))
            return CUT_WRITE;
        w->counted = number_at(n, "value", w->counted + 1);
        return cut_has(w->cut, tree_get(n, "id")) ? CUT_WRITE : CUT_LEAVE_OUT;
    }
    if (w->ended)
        return CUT_LEAVE_OUT;
    w->ended = n == w->cut->node;
    return w->ended ? CUT_HERE : CUT_WRITE;
}

void cut_leave(struct cut_walk *w, const xmlNode *n)
{
    if (n == w->notes)
        w->notes = NULL;
}
