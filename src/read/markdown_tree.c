/* cmark's tree becomes the document's. One walk: each kind of node has a function that adds what it is and
 * perhaps goes into it (markdown_tree_blocks.c, markdown_tree_inlines.c); when the node ends, the builder
 * goes back to where it was. */
#include "read/markdown_build.h"

/* Where the builder stood when a node began. */
struct entry {
    xmlNode *at;
    int depth;
    size_t tags;
};

/* Nodes that the builder goes back from when they end: those that cmark's iterator leaves, but for the two
 * ends of a span. */
static bool has_end(const cmark_node *n)
{
    const struct mark *mark = mark_of(n);
    return !markdown_leaf(n) && !(mark && (mark->kind == MARK_SPAN_OPEN || mark->kind == MARK_SPAN_CLOSE));
}

static void enter(struct builder *b, cmark_node *n)
{
    bool block = CMARK_NODE_TYPE_BLOCK_P(n->type);
    markdown_enter *enter_node = block ? markdown_block(n) : markdown_inline(n);
    if (!enter_node)
        return;
    xmlNode *at = b->at;
    bool element = !block && n->type != CMARK_NODE_TEXT && n->type != CMARK_NODE_SOFTBREAK &&
                   n->type != CMARK_NODE_HTML_INLINE;
    bool misplaced = element && html_restricted(tree_kind(at));
    if (misplaced) { /* raw HTML left a list or a table open in which inlines can't stand */
        struct place where = markdown_place(b->m, n);
        b->at = build_foster(b, ELEMENT_P, &where);
    }
    enter_node(b, n);
    if (misplaced && !has_end(n))
        build_back(b, at, b->depth);
}

/* A paragraph that makes nothing itself: markdown_dialects.c marked it. */
static bool passed_over(struct builder *b, const cmark_node *n)
{
    const struct mark *mark = n->type == CMARK_NODE_PARAGRAPH ? n->user_data : NULL;
    if (!mark || (mark->kind != MARK_PAGE_BREAK && mark->kind != MARK_LEFT_OUT))
        return false;
    b->page_break |= mark->kind == MARK_PAGE_BREAK;
    return true;
}

struct stack {
    struct entry *entries;
    size_t count, room;
};

static void push(struct builder *b, struct stack *s, struct entry e)
{
    s->entries = arena_room(b->m->work, s->entries, s->count, &s->room, sizeof *s->entries);
    s->entries[s->count++] = e;
}

/* Goes back to where the builder stood before `n`. A paragraph of nothing but tags that weren't kept is none,
 * nor is a table without rows. */
static void leave(struct builder *b, const cmark_node *n, const struct entry *back)
{
    markdown_html_back(b, back->tags);
    xmlNode *left = b->at;
    build_back(b, back->at, back->depth);
    bool empty = left != b->at && !left->children;
    if (empty && ((n->type == CMARK_NODE_PARAGRAPH && tree_kind(left) == ELEMENT_P) ||
                  (n->extension == b->m->table && tree_kind(left) == ELEMENT_TABLE)))
        tree_remove(left);
}

void markdown_tree(struct markdown *m)
{
    struct builder *b = arena_alloc(m->work, sizeof *b);
    struct stack around = {NULL, 0, 0};
    b->m = m;
    b->d = m->document;
    b->at = b->d->body;
    b->text = buf_new(m->work);
    markdown_html_pair(m);
    cmark_iter *iter = cmark_iter_new(m->root);
    for (cmark_event_type e; (e = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *n = cmark_iter_get_node(iter);
        bool picture = n->type == CMARK_NODE_IMAGE; /* its children are its description: passed over */
        if (e == CMARK_EVENT_ENTER) {
            if (passed_over(b, n)) {
                cmark_iter_reset(iter, n, CMARK_EVENT_EXIT);
                continue;
            }
            if (has_end(n))
                push(b, &around, (struct entry){b->at, b->depth, markdown_html_level(b)});
            enter(b, n);
            if (picture)
                cmark_iter_reset(iter, n, CMARK_EVENT_EXIT);
        }
        if ((e == CMARK_EVENT_EXIT && has_end(n)) || picture)
            leave(b, n, &around.entries[--around.count]);
    }
    cmark_iter_free(iter);
}
