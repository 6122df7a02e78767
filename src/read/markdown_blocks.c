/* Block syntax of ours, as a cmark-gfm syntax extension: ::: divs, definition lists, captions below tables,
 * task items. cmark asks match() for each open block of ours whether
 * the line goes on with it, and open_block() for each line that nothing of CommonMark begins. */
#include "base/limits.h"
#include "read/markdown.h"

enum { DIV_DEPTH = LIMIT_DEPTH / 2 };

static void skip_line(cmark_parser *p, const unsigned char *input, int length)
{
    int end = length;
    while (end > p->offset && (input[end - 1] == '\n' || input[end - 1] == '\r'))
        end--;
    cmark_parser_advance_offset(p, (const char *)input, end - p->offset, 0);
}

static struct mark *mark_of_kind(const cmark_node *n, enum mark_kind kind)
{
    struct mark *mark = n ? mark_of(n) : NULL;
    return mark && mark->kind == kind ? mark : NULL;
}

static cmark_node *add(struct markdown *m, cmark_node *parent, enum mark_kind kind)
{
    cmark_parser *p = m->parser;
    m->adding = kind;
    cmark_node *n = cmark_parser_add_child(p, parent, CMARK_NODE_CUSTOM_BLOCK, p->first_nonspace + 1);
    mark_node(m, m->blocks, n, kind);
    return n;
}

/* ---- divs */

static size_t colons(struct text t)
{
    size_t n = 0;
    while (n < t.length && t.at[n] == ':')
        n++;
    return n;
}

static bool closing_fence(struct text t)
{
    return t.length >= 3 && colons(t) == t.length;
}

/* The attributes of an opening fence: `::: name`, `::: {.name #id}`, each perhaps with colons behind. */
static struct attributes *opening_fence(struct markdown *m, struct text t)
{
    size_t n = colons(t);
    if (n < 3)
        return NULL;
    t = text_trim(text_slice(t, n, t.length));
    while (t.length && t.at[t.length - 1] == ':')
        t.length--;
    t = text_trim(t);
    size_t length = 0;
    if (t.length && t.at[0] == '{') {
        struct attributes *a = attributes_parse(m->scratch, t, &length);
        return length == t.length ? a : NULL;
    }
    for (size_t i = 0; i < t.length; i++)
        if (ascii_space(t.at[i]) || strchr("{}\"'<>&=`", t.at[i]))
            return NULL;
    return t.length ? attributes_class(m->scratch, t) : NULL;
}

static bool is_open(const cmark_node *n)
{
    return n && (n->flags & CMARK_NODE__OPEN);
}

/* Does a fence that stands where the parser is belong to a block inside `div`: another div, which it closes,
 * or code, whose text it is? Only what the line goes on with counts: a list item needs its indent, a
 * quotation its mark. */
static bool belongs_inside(const cmark_parser *p, const cmark_node *div)
{
    for (const cmark_node *n = div->last_child; is_open(n); n = n->last_child) {
        const struct mark *mark = mark_of(n);
        if (mark && mark->kind == MARK_DIV)
            return true;
        if (mark && mark->kind == MARK_DEFINITION && p->indent < mark->marker_columns + mark->padding_columns)
            return false;
        if (n->type == CMARK_NODE_ITEM && p->indent < n->as.list.marker_offset + n->as.list.padding)
            return false;
        if (n->type == CMARK_NODE_CODE_BLOCK)
            return n->as.code.fenced;
        if (n->type == CMARK_NODE_HTML_BLOCK)
            return n->as.html_block_type < 6; /* the others may hold anything up to their end mark */
        if (n->type != CMARK_NODE_LIST && n->type != CMARK_NODE_ITEM && !mark)
            return false;
    }
    return false;
}

static bool div_goes_on(struct markdown *m, const cmark_node *n, struct mark *mark, struct text rest)
{
    if (m->parser->indent >= 4 || !closing_fence(rest) || belongs_inside(m->parser, n))
        return true;
    m->fence_line = m->parser->line_number;
    if (mark->ignored > 0) {
        mark->ignored--;
        return true;
    }
    mark->closed = true;
    return false;
}

static int div_depth(const cmark_node *n)
{
    int depth = 0;
    for (; n && depth < DIV_DEPTH; n = n->parent)
        depth += mark_of_kind(n, MARK_DIV) != NULL;
    return depth;
}

static cmark_node *open_div(struct markdown *m, cmark_node *parent, struct text rest)
{
    cmark_parser *p = m->parser;
    if (closing_fence(rest))
        return p->line_number == m->fence_line ? add(m, parent, MARK_DIV_END) : NULL;
    struct attributes *attributes = opening_fence(m, rest);
    if (!attributes)
        return NULL;
    if (div_depth(parent) >= DIV_DEPTH) {
        if (!m->deep_div)
            markdown_wait(
                m, SEVERITY_LOST, "markdown.depth", p->line_number, p->first_nonspace + 1,
                "More than 100 divs stand within each other; the inner ones are left out, what they "
                "hold is kept.");
        m->deep_div = true;
        cmark_node *div = parent;
        while (!mark_of_kind(div, MARK_DIV))
            div = div->parent;
        mark_of(div)->ignored++;
        return add(m, parent, MARK_DIV_END);
    }
    cmark_node *n = add(m, parent, MARK_DIV);
    mark_of(n)->attributes = attributes;
    return n;
}

/* ---- definition lists */

static bool one_line(const cmark_node *paragraph)
{
    const cmark_strbuf *content = &paragraph->content;
    const unsigned char *end = memchr(content->ptr, '\n', (size_t)content->size);
    return !end || end + 1 == content->ptr + content->size;
}

/* The term that a definition on this line belongs to: a paragraph of one line right above, or with one empty
 * line between. */
static cmark_node *term_above(const cmark_parser *p, cmark_node *container, bool *loose)
{
    cmark_node *n = container->type == CMARK_NODE_PARAGRAPH ? container : container->last_child;
    if (!n || n->type != CMARK_NODE_PARAGRAPH || !one_line(n))
        return NULL;
    int below = p->line_number - n->start_line;
    if (n != container && is_open(n))
        return NULL; /* it goes on lazily */
    *loose = below == 2;
    return below == 1 || below == 2 ? n : NULL;
}

/* Makes a definition list with its first term out of the term's paragraph. */
static cmark_node *begin_list(struct markdown *m, cmark_node *term)
{
    cmark_node *parent = term->parent;
    cmark_node_unlink(term);
    cmark_node *list = add(m, parent, MARK_LIST);
    list->start_line = term->start_line;
    list->start_column = term->start_column;
    term->type = CMARK_NODE_CUSTOM_BLOCK;
    term->flags &= (uint16_t)~CMARK_NODE__OPEN;
    mark_node(m, m->blocks, term, MARK_TERM);
    m->adding = MARK_TERM;
    cmark_node_append_child(list, term);
    return list;
}

/* Goes behind the colon and its blanks; like CommonMark §5.2, five blanks are one and indented code. */
static int skip_marker(cmark_parser *p, const unsigned char *input)
{
    cmark_parser_advance_offset(p, (const char *)input, p->first_nonspace + 1 - p->offset, 0);
    int offset = p->offset, column = p->column;
    bool tab = p->partially_consumed_tab;
    while (p->column - column <= 5 && (input[p->offset] == ' ' || input[p->offset] == '\t'))
        cmark_parser_advance_offset(p, (const char *)input, 1, 1);
    int blanks = p->column - column;
    if (blanks < 5)
        return 1 + blanks;
    p->offset = offset;
    p->column = column;
    p->partially_consumed_tab = tab;
    cmark_parser_advance_offset(p, (const char *)input, 1, 1);
    return 2;
}

static cmark_node *open_definition(struct markdown *m, cmark_node *parent, const unsigned char *input)
{
    cmark_parser *p = m->parser;
    bool loose = false;
    cmark_node *list = mark_of_kind(parent, MARK_LIST) ? parent : NULL;
    if (!list) {
        cmark_node *term = term_above(p, parent, &loose);
        if (!term)
            return NULL;
        list = begin_list(m, term);
    }
    cmark_node *n = add(m, list, MARK_DEFINITION);
    struct mark *mark = mark_of(n);
    mark->loose = loose || (n->prev && mark_of(n->prev)->loose);
    mark->marker_columns = p->indent;
    mark->padding_columns = skip_marker(p, input);
    return n;
}

static bool definition_goes_on(cmark_parser *p, const cmark_node *n, const struct mark *mark,
                               const unsigned char *input)
{
    int columns = mark->marker_columns + mark->padding_columns;
    /* whatever blanks follow the colon, two columns are enough to go on */
    if (columns > mark->marker_columns + 2 && p->indent < columns)
        columns = p->indent >= 4 ? 4 : mark->marker_columns + 2;
    if (p->indent >= columns) {
        cmark_parser_advance_offset(p, (const char *)input, columns, 1);
        return true;
    }
    if (!p->blank || !n->first_child)
        return false;
    cmark_parser_advance_offset(p, (const char *)input, p->first_nonspace - p->offset, 0);
    return true;
}

/* ---- task items: cmark-gfm's extension looks for them at the line's beginning only, so never in a quotation
 */

static cmark_node *begin_task(struct markdown *m, cmark_node *item, const unsigned char *input,
                              struct text rest)
{
    cmark_parser *p = m->parser;
    if (item->type != CMARK_NODE_ITEM || item->first_child || item->user_data ||
        p->line_number != item->start_line || rest.length < 4 || !strchr(" xX", rest.at[1]) ||
        rest.at[2] != ']' || !ascii_space(rest.at[3]))
        return NULL;
    struct mark *mark = arena_alloc(m->scratch, sizeof *mark);
    mark->kind = MARK_TASK;
    mark->closed = rest.at[1] != ' ';
    item->user_data = mark;
    cmark_parser_advance_offset(p, (const char *)input, p->first_nonspace + 4 - p->offset, 0);
    return item;
}

/* ---- captions of tables */

/* Takes `{#id .class}` off a line's end; NULL when none stands there. */
static struct attributes *attributes_at_end(struct markdown *m, struct text *line)
{
    if (!line->length || line->at[line->length - 1] != '}')
        return NULL;
    const char *brace = memrchr(line->at, '{', line->length);
    size_t at = brace ? (size_t)(brace - line->at) : line->length, length = 0;
    struct text rest = text_slice(*line, at, line->length);
    struct attributes *a = at < line->length ? attributes_parse(m->scratch, rest, &length) : NULL;
    if (!a || length != rest.length)
        return NULL;
    *line = text_trim(text_slice(*line, 0, at));
    return a;
}

/* The caption of the table that is right above, or has one empty line between. */
static cmark_node *open_caption(struct markdown *m, cmark_node *parent, const unsigned char *input)
{
    cmark_node *table = parent->extension == m->table ? parent : parent->last_child;
    if (!table || table->extension != m->table || table->user_data)
        return NULL;
    if (table != parent && m->parser->line_number - table->end_line > 2)
        return NULL;
    cmark_node *n = add(m, parent, MARK_CAPTION); /* a table can't hold it: it becomes the next sibling */
    table->user_data = n;
    skip_marker(m->parser, input);
    struct text line = text_trim(text_of((const char *)input + m->parser->offset));
    mark_of(n)->attributes = attributes_at_end(m, &line);
    cmark_strbuf_set(&n->content, (const unsigned char *)line.at, (bufsize_t)line.length);
    n->internal_offset = m->parser->offset - m->parser->first_nonspace;
    return n;
}

/* ---- the extension */

static int match(cmark_syntax_extension *self, cmark_parser *p, unsigned char *input, int length,
                 cmark_node *n)
{
    struct mark *mark = mark_of(n);
    if (mark->kind == MARK_DIV)
        return div_goes_on(self->priv, n, mark, markdown_rest(p, input, length));
    if (mark->kind == MARK_DEFINITION)
        return definition_goes_on(p, n, mark, input);
    return mark->kind == MARK_LIST;
}

static cmark_node *open_block(cmark_syntax_extension *self, int indented, cmark_parser *p, cmark_node *parent,
                              unsigned char *input, int length)
{
    struct markdown *m = self->priv;
    if (indented || p->blank)
        return NULL;
    struct text rest = markdown_rest(p, input, length);
    cmark_node *n = NULL;
    if (rest.length && rest.at[0] == '[')
        return begin_task(m, parent, input, rest);
    if (rest.length >= 3 && rest.at[0] == ':' && rest.at[1] == ':')
        n = open_div(m, parent, rest);
    else if (rest.length >= 3 && rest.at[0] == ':' && (rest.at[1] == ' ' || rest.at[1] == '\t'))
        n = (n = open_caption(m, parent, input)) ? n : open_definition(m, parent, input);
    if (n && mark_of(n)->kind != MARK_DEFINITION)
        skip_line(p, input, length);
    return n;
}

static int can_contain(cmark_syntax_extension *self, cmark_node *n, cmark_node_type child)
{
    const struct markdown *m = self->priv;
    bool block = CMARK_NODE_TYPE_BLOCK_P(child);
    switch (mark_of(n)->kind) {
    case MARK_DIV:
    case MARK_DEFINITION:
        return block && child != CMARK_NODE_ITEM;
    case MARK_LIST:
        return child == CMARK_NODE_CUSTOM_BLOCK && (m->adding == MARK_TERM || m->adding == MARK_DEFINITION);
    case MARK_TERM:
    case MARK_CAPTION:
        return !block;
    default:
        return 0;
    }
}

static int contains_inlines(cmark_syntax_extension *self, cmark_node *n)
{
    struct markdown *m = self->priv;
    enum mark_kind kind = mark_of(n)->kind;
    if (kind == MARK_LAST)
        m->parser->options &= ~CMARK_OPT_FOOTNOTES; /* see markdown_parse.c */
    return kind == MARK_TERM || kind == MARK_CAPTION;
}

cmark_syntax_extension *markdown_blocks(struct markdown *m)
{
    cmark_syntax_extension *e = arena_alloc(m->scratch, sizeof *e);
    e->name = arena_string(m->scratch, "octavo-blocks");
    e->priv = m;
    e->last_block_matches = match;
    e->try_opening_block = open_block;
    e->can_contain_func = can_contain;
    e->contains_inlines_func = contains_inlines;
    return e;
}
