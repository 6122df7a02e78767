/* What is asked of the nodes of cmark's tree at every step, and messages that wait. */
#include "read/markdown.h"

struct mark *mark_of(const cmark_node *n)
{
    bool ours = n->type == CMARK_NODE_CUSTOM_BLOCK || n->type == CMARK_NODE_CUSTOM_INLINE;
    return ours ? n->user_data : NULL;
}

struct mark *mark_node(struct markdown *m, cmark_syntax_extension *owner, cmark_node *n, enum mark_kind kind)
{
    struct mark *mark = arena_alloc(m->scratch, sizeof *mark);
    mark->kind = kind;
    n->extension = owner;
    n->user_data = mark;
    return mark;
}

struct place markdown_place(const struct markdown *m, const cmark_node *n)
{
    return places_at(m->places, n->start_line, n->start_column);
}

struct text markdown_rest(const cmark_parser *p, const unsigned char *input, int length)
{
    struct text line = {(const char *)input, (size_t)length};
    return text_trim(text_slice(line, (size_t)p->first_nonspace, line.length));
}

bool markdown_leaf(const cmark_node *n)
{
    static const cmark_node_type leaves[] = {
        CMARK_NODE_HTML_BLOCK, CMARK_NODE_THEMATIC_BREAK, CMARK_NODE_CODE_BLOCK, CMARK_NODE_TEXT,
        CMARK_NODE_SOFTBREAK,  CMARK_NODE_LINEBREAK,      CMARK_NODE_CODE,       CMARK_NODE_HTML_INLINE};
    for (size_t i = 0; i < sizeof leaves / sizeof leaves[0]; i++)
        if (n->type == leaves[i])
            return true;
    return false;
}

struct text markdown_chunk(const struct markdown *m, const cmark_chunk *c)
{
    for (bufsize_t i = 0; m->hidden && i < c->len; i++)
        if (c->data[i] == MARKDOWN_HIDDEN)
            c->data[i] = '<';
    return (struct text){(const char *)c->data, (size_t)c->len};
}

void markdown_wait(struct markdown *m, enum severity severity, const char *code, int line, int column,
                   const char *sentence)
{
    struct waiting *w = arena_alloc(m->scratch, sizeof *w);
    *w = (struct waiting){severity, code, sentence, line, column, NULL};
    *m->waiting_end = w;
    m->waiting_end = &w->next;
}
