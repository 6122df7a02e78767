#include "job/front.h"
#include "document/front.h"

/* Asked of a copy, since a tree may not change once its style was asked for. */
static bool shown(const struct document *d, struct styles *s, const xmlNode *n)
{
    struct document *own = document_new(d->arena, d->messages, d->source_name);
    tree_set(own, own->body, "class", tree_get(d->body, "class"));
    xmlNode *copy = tree_element(own, own->body, tree_kind(n), NULL);
    tree_set(own, copy, "class", tree_get(n, "class"));
    const struct style *root = style_of(s, own->root, PSEUDO_NONE, NULL);
    const struct style *body = style_of(s, own->body, PSEUDO_NONE, root);
    return style_of(s, copy, PSEUDO_NONE, body)->display != DISPLAY_NONE;
}

static void remove_date(xmlNode *title_page)
{
    for (xmlNode *n = title_page->children, *next; n; n = next) {
        next = n->next;
        if (tree_has_word(n, "class", "date"))
            tree_remove(n);
    }
}

void front_settle(struct document *d, struct styles *s)
{
    xmlNode *title_page = NULL;
    for (xmlNode *n = d->body->children, *next; n; n = next) {
        next = n->next;
        if (tree_has_word(n, "class", "title-page"))
            title_page = n;
        if (!title_page || tree_kind(n) != ELEMENT_SECTION || !tree_has_word(n, "class", "imprint"))
            continue;
        bool unasked = front_wish(&d->meta, FRONT_IMPRINT) == FRONT_UNASKED;
        if (unasked)
            tree_add_class(d, n, FRONT_UNASKED_CLASS);
        if (!unasked || shown(d, s, n))
            remove_date(title_page);
        else
            tree_remove(n);
    }
}
