/* The contents: the headings of the first levels, in the order of the text. */
#include "document/captions.h"
#include "document/front.h"
#include "write/epub/book.h"

enum { USUAL_DEPTH = 3, DEEPEST = 6 };

const struct chunk contents_chunk = {.file = "nav.xhtml"};

bool contents_shown(const struct book *b)
{
    enum front_wish wish = front_wish(&b->d->meta, FRONT_CONTENTS);
    return wish == FRONT_ASKED || (wish == FRONT_UNASKED && !tree_has_word(b->d->body, "class", "essay"));
}

const struct chunk *contents_place(const struct book *b)
{
    for (const struct chunk *c = b->chunks; contents_shown(b) && c < b->chunks + b->chunk_count; c++)
        if (!c->opening)
            return c;
    return NULL;
}

/* ---- the list */

struct listing {
    struct book *book;
    struct heading **last;
    int depth;
};

static int level_of(const xmlNode *n)
{
    enum element e = tree_kind(n);
    return element_is(e, ELEMENT_IS_HEADING) ? (int)(e - ELEMENT_H1) + 1 : 0;
}

/* Where a heading's entry leads: to its section when it is that section's head, and to a file's beginning
 * without a fragment. */
static const char *target_of(const struct chunk *c, const xmlNode *n)
{
    const xmlNode *target = n;
    if (n->parent && tree_kind(n->parent) == ELEMENT_SECTION && tree_element_from(n->parent->children) == n)
        target = n->parent;
    if (target == c->range.first)
        return NULL;
    const char *id = tree_get(target, "id");
    return id ? id : tree_get(n, "id");
}

/* What the heading says, and the title below it when that is but a number. */
static const char *entry_label(struct arena *a, const xmlNode *n)
{
    const char *label = label_text(a, n);
    const xmlNode *title = tree_heading_title(n);
    if (!title)
        return label;
    return arena_printf(a, "%s%s%s", label, text_ends(text_of(label), ".") ? " " : ". ",
                        label_text(a, title));
}

static void list(struct listing *l, const xmlNode *n, int level)
{
    const char *label = entry_label(l->book->arena, n), *own = tree_get(n, "id");
    const struct chunk *c = own ? hash_find(l->book->chunk_of, text_of(own)) : NULL;
    if (!*label || !c)
        return;
    struct heading *h = arena_alloc(l->book->arena, sizeof *h);
    *h = (struct heading){
        .label = label, .chunk = c, .id = target_of(c, n), .level = level, .node = n, .shown = n};
    *l->last = h;
    l->last = &h->next;
}

static enum walk enter(xmlNode *n, void *user)
{
    struct listing *l = user;
    struct book *b = l->book;
    if (n->type != XML_ELEMENT_NODE)
        return WALK_SKIP;
    int level = level_of(n);
    if (level && level <= l->depth)
        list(l, n, level);
    else if (level)
        b->contains.all_headings_listed = false;
    enum element e = tree_kind(n);
    return e == ELEMENT_BODY || e == ELEMENT_SECTION ? WALK_ON : WALK_SKIP;
}

/* Levels that begin at 1 and go down one at a time, whatever the headings are called. */
static void close_gaps(struct heading *first)
{
    int open[DEEPEST + 1], depth = 0;
    for (struct heading *h = first; h; h = h->next) {
        while (depth && open[depth - 1] >= h->level)
            depth--;
        open[depth++] = h->level;
        h->level = depth;
    }
}

/* ---- figures and tables */

static void list_captions(struct book *b, struct list *l, enum captioned_kind kind, enum front_part part)
{
    struct heading **end = &l->first;
    l->hidden = front_wish(&b->d->meta, part) == FRONT_REFUSED;
    for (const struct captioned *c = captions_find(b->arena, b->d, kind); c; c = c->next) {
        struct heading *h = arena_alloc(b->arena, sizeof *h);
        *h = (struct heading){.label = c->label,
                              .chunk = hash_find(b->chunk_of, text_of(c->id)),
                              .id = c->id,
                              .level = 1,
                              .node = c->node,
                              .shown = c->caption};
        if (!h->chunk)
            continue;
        *end = h;
        end = &h->next;
    }
}

void contents_plan(struct book *b)
{
    static const struct walker w = {enter, NULL};
    if (b->contains.captions) {
        list_captions(b, &b->figures, CAPTIONED_FIGURES, FRONT_FIGURES);
        list_captions(b, &b->tables, CAPTIONED_TABLES, FRONT_TABLES);
    }
    struct listing l = {.book = b, .last = &b->contents};
    b->contains.all_headings_listed = true;
    l.depth = meta_contents_depth(&b->d->meta, USUAL_DEPTH);
    tree_walk(b->d->body, &w, &l);
    close_gaps(b->contents);
    if (b->contents || !b->chunk_count)
        return;
    b->contents = arena_alloc(b->arena, sizeof *b->contents);
    *b->contents = (struct heading){.label = b->title, .chunk = b->body ? b->body : b->chunks, .level = 1};
}
