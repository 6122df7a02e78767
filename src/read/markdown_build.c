#include "read/markdown_build.h"
#include "base/limits.h"

/* Leaf blocks and what is in them always have room. */
enum { CONTAINER_DEPTH = LIMIT_DEPTH - 40 };

void build_flush(struct builder *b)
{
    if (b->text->length) {
        xmlNode *n = tree_text(b->d, NULL, buf_view(b->text));
        tree_set_place(b->d, n, &b->text_place);
        xmlNode *last = b->at->last;
        if (last && last->type == XML_TEXT_NODE) {
            tree_text(b->d, b->at, buf_view(b->text));
            xmlFreeNode(n);
        } else {
            tree_append(b->d, b->at, n);
        }
    }
    buf_clear(b->text);
}

void build_text(struct builder *b, struct text t, const struct place *where)
{
    if (html_restricted(tree_kind(b->at))) {
        if (text_trim(t).length)
            tree_text(b->d, build_foster(b, ELEMENT_P, where), text_trim(t));
        return;
    }
    if (!b->text->length)
        b->text_place = *where;
    buf_text(b->text, t);
}

void build_trim(struct builder *b)
{
    while (b->text->length && ascii_space(b->text->data[b->text->length - 1]))
        b->text->data[--b->text->length] = '\0';
}

void build_no_head(struct builder *b, xmlNode *cell)
{
    tree_rename(b->d, cell, ELEMENT_TD);
    tree_set(b->d, cell, "scope", NULL);
    tree_set(b->d, cell, "abbr", NULL);
}

static void tell_depth(struct builder *b, const struct place *where, int most)
{
    if (!b->deep_told)
        message(
            b->d->messages, SEVERITY_LOST, "markdown.depth", where,
            "Elements stand within each other more than %d deep here; the inner ones are left out, what they "
            "hold is kept.",
            most);
    b->deep_told = true;
}

xmlNode *build_open(struct builder *b, enum element e, const struct place *where)
{
    bool container = element_is(e, ELEMENT_IS_BLOCK) && !element_is(e, ELEMENT_IS_LEAF);
    int most = container ? CONTAINER_DEPTH : LIMIT_DEPTH - 1;
    if (b->depth >= most) {
        tell_depth(b, where, most);
        return NULL;
    }
    build_flush(b);
    b->at = tree_element(b->d, b->at, e, where);
    b->depth++;
    return b->at;
}

xmlNode *build_leaf(struct builder *b, enum element e, const struct place *where)
{
    build_flush(b);
    return tree_element(b->d, b->at, e, where);
}

xmlNode *build_foster(struct builder *b, enum element e, const struct place *where)
{
    build_flush(b);
    xmlNode *outer = b->at;
    while (html_restricted(tree_kind(outer->parent)))
        outer = outer->parent;
    message(b->d->messages, SEVERITY_LOST, "markdown.html", where,
            "This stands right within <%s>, which can't hold it; it is kept before it.",
            element_name(tree_kind(b->at)));
    xmlNode *n = tree_element(b->d, NULL, e, where);
    tree_insert_before(b->d, outer, n);
    return n;
}

void build_back(struct builder *b, xmlNode *at, int depth)
{
    if (at != b->at) /* else text goes on, and joining it piece by piece would take square time */
        build_flush(b);
    b->at = at;
    b->depth = depth;
}

void build_end_implied(struct builder *b)
{
    if (!b->implied)
        return;
    build_trim(b);
    build_flush(b);
    while (b->at != b->implied) {
        b->at = b->at->parent;
        b->depth--;
    }
    b->at = b->at->parent;
    b->depth--;
    b->implied = NULL;
}

bool build_inline_context(const struct builder *b)
{
    enum element e = tree_kind(b->at);
    return element_is(e, ELEMENT_IS_LEAF) || element_is(e, ELEMENT_IS_INLINE);
}

xmlNode *build_inside(const struct builder *b, enum element e)
{
    for (xmlNode *n = b->at; n && n->type == XML_ELEMENT_NODE; n = n->parent) {
        if (tree_kind(n) == e)
            return n;
        if (element_is(tree_kind(n), ELEMENT_IS_BLOCK) && !element_is(e, ELEMENT_IS_BLOCK))
            return NULL;
    }
    return NULL;
}
