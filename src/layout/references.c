#include "layout/references.h"
#include "layout/initial.h"
#include "layout/numbering.h"
#include "layout/tagging.h"
#include <stdlib.h>

static const char STANDS_IN[] = "00";
enum { COUNTING_PASS = 1 };

struct counted {
    const char *name;
    int value;
    struct counted *next;
};

/* An element that can be led to. */
struct target {
    const xmlNode *node;
    const char *label;       /* of its page; NULL: not known */
    struct counted *counted; /* the counters in force there */
    bool asked;
    struct target *next;
};

struct references {
    struct arena *arena;
    const struct document *document;
    struct hash *targets; /* id → struct target; NULL: nobody has asked yet */
    struct target *first;
    const char *guess;    /* or NULL */
    int pass;             /* counts from 0, the one that finds out whether anybody asks */
    bool wanted, learned; /* something isn't known; pages are */
};

struct references *references_new(struct arena *a, const struct document *d)
{
    struct references *r = arena_alloc(a, sizeof *r);
    *r = (struct references){.arena = a, .document = d};
    return r;
}

struct references *references_guessing(struct arena *a, const struct document *d, const char *guess)
{
    struct references *r = references_new(a, d);
    r->guess = guess;
    return r;
}

static enum walk add_target(xmlNode *n, void *user)
{
    struct references *r = user;
    const char *id = n->type == XML_ELEMENT_NODE ? tree_get(n, "id") : NULL;
    if (!id)
        return WALK_ON;
    struct target *t = arena_alloc(r->arena, sizeof *t);
    *t = (struct target){.node = n, .next = r->first};
    r->first = t;
    hash_put(r->targets, text_of(id), t);
    return WALK_ON;
}

static struct target *find(struct references *r, const char *id)
{
    static const struct walker walker = {add_target, NULL};
    if (!r->targets) {
        r->targets = hash_new(r->arena);
        tree_walk(r->document->body, &walker, r);
    }
    return hash_find(r->targets, text_of(id));
}

static struct target *target_of(struct references *r, const char *href)
{
    return href && href[0] == '#' ? find(r, href + 1) : NULL;
}

static bool is_number(const char *label)
{
    return label[strspn(label, "0123456789")] == '\0';
}

const char *references_counter(struct references *r, struct arena *a, const char *href, const char *counter,
                               enum counter_style style)
{
    if (r->guess && strcmp(counter, "page") == 0)
        return r->guess;
    struct target *t = target_of(r, href);
    if (!t)
        return "";
    t->asked = true;
    if (strcmp(counter, "page") == 0) {
        r->wanted |= !r->learned;
        if (!t->label)
            return r->learned ? "" : STANDS_IN;
        bool as_it_is = style == COUNTER_DECIMAL || !is_number(t->label);
        return as_it_is ? t->label : number_format(a, atoi(t->label), style);
    }
    const struct counted *c = t->counted;
    while (c && strcmp(c->name, counter) != 0)
        c = c->next;
    bool counted = r->pass > COUNTING_PASS;
    r->wanted |= !counted;
    return c ? number_format(a, c->value, style) : counted ? "0" : STANDS_IN;
}

/* A section is called by its head. */
static const xmlNode *called(const xmlNode *n)
{
    const xmlNode *first = tree_element_from(n->children);
    return first && tree_is_heading(first) ? first : n;
}

void element_text(const struct document *d, const xmlNode *n, bool first_letter, struct buf *out)
{
    struct buf *text = buf_new(out->arena);
    tree_plain_text(d, n, text);
    struct text t = buf_view(text);
    if (first_letter)
        t.length = first_letter_end(t);
    buf_text(out, t);
}

void references_text(struct references *r, const char *href, bool first_letter, struct buf *out)
{
    const struct target *t = target_of(r, href);
    if (t)
        element_text(r->document, called(t->node), first_letter, out);
}

bool references_wanted(const struct references *r)
{
    return r->wanted;
}

void references_begin(struct references *r)
{
    r->pass++;
    r->wanted = false;
}

struct noting {
    struct references *references;
    struct target *target;
};

static void note_counter(const char *name, int value, void *user)
{
    struct noting *n = user;
    for (const struct counted *inner = n->target->counted; inner; inner = inner->next)
        if (strcmp(inner->name, name) == 0)
            return;
    struct counted *c = arena_alloc(n->references->arena, sizeof *c);
    *c = (struct counted){name, value, n->target->counted};
    n->target->counted = c;
}

void references_note(struct references *r, const char *id, const struct counters *c)
{
    struct noting n = {r, r->pass == COUNTING_PASS ? find(r, id) : NULL};
    if (!n.target)
        return;
    n.target->counted = NULL;
    counters_each(c, note_counter, &n);
}

bool references_learn(struct references *r, const struct pages *p)
{
    bool same = true;
    for (uint32_t i = 0; i < p->destination_count; i++) {
        const struct destination *d = &p->destinations[i];
        struct target *t = find(r, d->name);
        if (!t)
            continue;
        const char *label = p->pages[d->page].label;
        if (t->label && strcmp(t->label, label) == 0)
            continue;
        same &= !t->asked;
        t->label = arena_string(r->arena, label);
    }
    r->learned = true;
    return same;
}
