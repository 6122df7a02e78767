#include "refine/code.h"
#include "document/direction.h"

enum { LONGEST = 24 /* bytes: it fits into the narrowest line */ };

static bool is_short(const xmlNode *code)
{
    const xmlNode *text = code->children;
    if (!text || text->next || text->type != XML_TEXT_NODE)
        return false;
    struct text t = text_of((const char *)text->content);
    return t.length <= LONGEST && text_find(t, '-', 0) < t.length && text_find(t, ' ', 0) == t.length;
}

static enum walk enter(xmlNode *n, void *user)
{
    enum element e = tree_kind(n);
    if (e == ELEMENT_CODE && is_short(n))
        tree_add_class(user, n, "short");
    if (e == ELEMENT_PRE && !tree_get(n, "dir") &&
        language_from_right(((struct document *)user)->meta.language))
        tree_set(user, n, "dir", "ltr");
    return e == ELEMENT_PRE ? WALK_SKIP : WALK_ON;
}

void code_mark(struct document *d)
{
    static const struct walker w = {enter, NULL};
    tree_walk(d->body, &w, d);
}
