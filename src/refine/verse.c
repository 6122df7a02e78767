#include "refine/verse.h"

struct verses {
    struct document *document;
    int depth; /* elements of class verse that are open */
};

static bool ends_line_inside(const xmlNode *n)
{
    for (const xmlNode *c = n->children; c; c = c->next)
        if (tree_kind(c) == ELEMENT_BR)
            return true;
    return false;
}

/* Is each line a row of the paragraph's own children? */
static bool has_lines(const xmlNode *p)
{
    for (const xmlNode *c = p->children; c; c = c->next)
        if (c->type == XML_ELEMENT_NODE &&
            (!element_is(tree_kind(c), ELEMENT_IS_INLINE) || ends_line_inside(c)))
            return false;
    return p->children != NULL;
}

static void wrap_lines(struct document *d, xmlNode *p)
{
    xmlNode *line = NULL;
    for (xmlNode *n = p->children, *next; n; n = next) {
        next = n->next;
        if (tree_kind(n) == ELEMENT_BR) {
            line = NULL;
        } else if (line) {
            tree_unlink(n);
            tree_append(d, line, n);
        } else {
            line = tree_wrap(d, n, ELEMENT_SPAN);
            tree_set(d, line, "class", "line");
        }
    }
}

static enum walk enter(xmlNode *n, void *user)
{
    struct verses *v = user;
    if (n->type != XML_ELEMENT_NODE)
        return WALK_SKIP;
    v->depth += tree_has_word(n, "class", "verse");
    return WALK_ON;
}

static void leave(xmlNode *n, void *user)
{
    struct verses *v = user;
    if (tree_kind(n) == ELEMENT_P && v->depth && has_lines(n))
        wrap_lines(v->document, n);
    v->depth -= tree_has_word(n, "class", "verse");
}

void verse_lines(struct document *d)
{
    static const struct walker w = {enter, leave};
    struct verses v = {d, 0};
    tree_walk(d->body, &w, &v);
}
