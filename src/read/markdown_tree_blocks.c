/* How each of cmark's block nodes, and each of ours, becomes an element: see markdown_tree.c. */
#include "base/limits.h"
#include "read/markdown_build.h"

/* ---- blocks */

/* Goes into a block, but not where raw HTML left an element open that can hold none (its text stays). */
static xmlNode *open_block(struct builder *b, cmark_node *n, enum element e)
{
    struct place where = markdown_place(b->m, n);
    if (build_inline_context(b)) {
        if (b->at->children || b->text->length)
            build_text(b, TEXT(" "), &where);
        return NULL;
    }
    if (html_allowed(e, tree_kind(b->at))) {
        xmlNode *made = build_open(b, e, &where);
        if (made && b->page_break && !element_is(e, ELEMENT_IS_INLINE))
            tree_add_class(b->d, made, "new-page");
        b->page_break &= made == NULL;
        return made;
    }
    return html_restricted(tree_kind(b->at)) ? b->at = build_foster(b, e, &where) : NULL;
}

static void enter_quote(struct builder *b, cmark_node *n)
{
    xmlNode *quote = open_block(b, n, ELEMENT_BLOCKQUOTE);
    const struct mark *alert = n->user_data;
    if (quote && alert)
        attributes_apply(b->d, quote, alert->attributes);
}

static bool is_task(const cmark_node *item)
{
    return item->type == CMARK_NODE_ITEM && item->user_data;
}

static void enter_list(struct builder *b, cmark_node *n)
{
    bool ordered = n->as.list.list_type == CMARK_ORDERED_LIST;
    xmlNode *list = open_block(b, n, ordered ? ELEMENT_OL : ELEMENT_UL);
    if (!list)
        return;
    if (ordered && n->as.list.start != 1)
        tree_set(b->d, list, "start", arena_printf(b->m->work, "%d", n->as.list.start));
    for (const cmark_node *item = n->first_child; item; item = item->next) {
        if (is_task(item)) {
            tree_set(b->d, list, "class", "task-list");
            return;
        }
    }
}

static bool is_done(const cmark_node *item)
{
    return ((const struct mark *)item->user_data)->closed;
}

static void enter_item(struct builder *b, cmark_node *n)
{
    xmlNode *item = open_block(b, n, ELEMENT_LI);
    if (item && is_task(n))
        tree_set(b->d, item, "class", is_done(n) ? "task done" : "task");
}

static bool tight(const cmark_node *paragraph)
{
    const cmark_node *parent = paragraph->parent;
    const struct mark *mark = parent ? mark_of(parent) : NULL;
    if (mark && mark->kind == MARK_DEFINITION)
        return !mark->loose && !paragraph->next && !paragraph->prev;
    return parent && parent->type == CMARK_NODE_ITEM && parent->parent &&
           parent->parent->type == CMARK_NODE_LIST && parent->parent->as.list.tight;
}

static bool holds_picture(const cmark_node *n)
{
    return n->type == CMARK_NODE_IMAGE ||
           (n->type == CMARK_NODE_LINK && n->first_child && n->first_child->type == CMARK_NODE_IMAGE);
}

/* A picture that begins a paragraph and is alone on its line; what follows on further lines is its caption,
 * unless it is a row of pictures.
 */
static bool is_figure(const struct builder *b, const cmark_node *paragraph)
{
    const cmark_node *image = paragraph->first_child;
    if (!image || image->type != CMARK_NODE_IMAGE || tree_kind(b->at) == ELEMENT_FIGURE || tight(paragraph) ||
        !html_allowed(ELEMENT_FIGURE, tree_kind(b->at)))
        return false;
    const cmark_node *next = markdown_behind_attributes(image->next);
    if (next && next->type != CMARK_NODE_SOFTBREAK && next->type != CMARK_NODE_LINEBREAK)
        return false;
    while (next && !holds_picture(next))
        next = next->next;
    return !next;
}

/* A task's box is a character: an input without a label would be a fault for a screen reader. */
static void add_box(struct builder *b, const cmark_node *paragraph, const struct place *where)
{
    if (!paragraph->prev && paragraph->parent && is_task(paragraph->parent))
        build_text(b, is_done(paragraph->parent) ? TEXT("☑ ") : TEXT("☐ "), where);
}

static bool is_marked(const cmark_node *paragraph, enum mark_kind kind)
{
    const struct mark *mark = paragraph->user_data;
    return mark && mark->kind == kind;
}

static void enter_paragraph(struct builder *b, cmark_node *n)
{
    struct place where = markdown_place(b->m, n);
    if (tight(n)) {
        if (b->at->children || b->text->length)
            build_text(b, TEXT("\n"), &where);
    } else if (n->first_child) {
        xmlNode *p = open_block(b, n, is_figure(b, n) ? ELEMENT_FIGURE : ELEMENT_P);
        if (p && is_marked(n, MARK_VERSE))
            tree_add_class(b->d, p, "verse");
    }
    add_box(b, n, &where);
}

static void enter_heading(struct builder *b, cmark_node *n)
{
    open_block(b, n, (enum element)(ELEMENT_H1 + n->as.heading.level - 1));
}

static void enter_rule(struct builder *b, cmark_node *n)
{
    struct place where = markdown_place(b->m, n);
    if (!build_inline_context(b) && html_allowed(ELEMENT_HR, tree_kind(b->at)))
        build_leaf(b, ELEMENT_HR, &where);
}

/* A note stays where it stands when that can hold blocks; else it goes to the end of what there is. */
static void enter_note(struct builder *b, cmark_node *n)
{
    struct place where = markdown_place(b->m, n);
    bool here = !build_inline_context(b) && !html_restricted(tree_kind(b->at)) && b->depth < LIMIT_DEPTH / 2;
    build_flush(b);
    b->depth = here ? b->depth + 1 : 1;
    b->at = tree_note(b->d, here ? b->at : b->d->body,
                      markdown_note_key(markdown_chunk(b->m, &n->as.literal)), &where);
}

/* The first word of a fence's info is the language; braces give attributes. */
static void enter_code_block(struct builder *b, cmark_node *n)
{
    struct place where = markdown_place(b->m, n);
    xmlNode *at = b->at;
    int depth = b->depth;
    xmlNode *pre = open_block(b, n, ELEMENT_PRE);
    xmlNode *code = pre ? build_open(b, ELEMENT_CODE, &where) : NULL;
    struct text info = text_trim(markdown_chunk(b->m, &n->as.code.info));
    size_t brace = text_find(info, '{', 0), length = 0;
    struct attributes *attributes =
        attributes_parse(b->m->work, text_slice(info, brace, info.length), &length);
    struct text language = text_slice(info, 0, attributes ? brace : info.length);
    for (size_t i = 0; i < language.length; i++)
        if (ascii_space(language.at[i]))
            language.length = i;
    if (pre)
        attributes_apply(b->d, pre, attributes);
    if (!language.length && attributes && attributes->classes)
        language = text_slice(text_of(attributes->classes), 0, strcspn(attributes->classes, " "));
    if (code && language.length)
        tree_set(b->d, code, "class",
                 arena_printf(b->m->work, "language-%.*s", (int)language.length, language.at));
    build_text(b, markdown_chunk(b->m, &n->as.code.literal), &where);
    build_back(b, at, depth);
}

/* ---- tables */

static void set_alignment(struct builder *b, xmlNode *cell, uint8_t alignment)
{
    const char *side = alignment == 'l'   ? "left"
                       : alignment == 'c' ? "center"
                       : alignment == 'r' ? "right"
                                          : NULL;
    if (side)
        tree_set(b->d, cell, "style", arena_printf(b->m->work, "text-align: %s", side));
}

static void enter_cell(struct builder *b, cmark_node *n)
{
    cmark_node *row = n->parent;
    size_t column = n->prev ? (size_t)(uintptr_t)n->prev->user_data + 1 : 0;
    n->user_data = (void *)(uintptr_t)column;
    if (tree_kind(b->at) != ELEMENT_TR)
        return;
    bool head = n->first_child && cmark_gfm_extensions_get_table_row_is_header(row);
    xmlNode *cell = open_block(b, n, head ? ELEMENT_TH : ELEMENT_TD);
    if (cell && head)
        tree_set(b->d, cell, "scope", "col");
    if (cell)
        set_alignment(b, cell, cmark_gfm_extensions_get_table_alignments(row->parent)[column]);
}

static bool empty_row(const cmark_node *row)
{
    for (const cmark_node *cell = row->first_child; cell; cell = cell->next)
        if (cell->first_child)
            return false;
    return true;
}

/* GFM demands a head; a row of empty cells stands for none. */
static void enter_row(struct builder *b, cmark_node *n)
{
    bool head = cmark_gfm_extensions_get_table_row_is_header(n);
    xmlNode *table = b->at;
    if (tree_kind(table) != ELEMENT_TABLE || (head && empty_row(n)))
        return;
    enum element group = head ? ELEMENT_THEAD : ELEMENT_TBODY;
    if (!table->last || tree_kind(table->last) != group) {
        if (!open_block(b, n, group))
            return;
    } else {
        b->at = table->last;
        b->depth++;
    }
    open_block(b, n, ELEMENT_TR);
}

static void enter_table(struct builder *b, cmark_node *n)
{
    cmark_node *caption = n->user_data;
    xmlNode *table = open_block(b, n, ELEMENT_TABLE);
    if (caption)
        mark_of(caption)->node = table;
}

static void enter_extension(struct builder *b, cmark_node *n)
{
    static const struct {
        const char *type;
        markdown_enter *enter;
    } types[] = {{"table", enter_table},
                 {"table_row", enter_row},
                 {"table_header", enter_row},
                 {"table_cell", enter_cell}};
    const char *type = cmark_node_get_type_string(n);
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strcmp(types[i].type, type) == 0)
            types[i].enter(b, n);
}

/* ---- our own blocks */

static void enter_div(struct builder *b, cmark_node *n, struct mark *mark)
{
    struct place where = markdown_place(b->m, n);
    if (!mark->closed)
        message(
            b->d->messages, SEVERITY_WARNING, "markdown.div", &where,
            "The div that begins here is never closed by a line of colons; it ends with what is around it.");
    xmlNode *div = open_block(b, n, ELEMENT_DIV);
    if (div)
        attributes_apply(b->d, div, mark->attributes);
}

/* Lists that follow each other are one: a new term after an empty line begins a list of its own for cmark. */
static void enter_definitions(struct builder *b, cmark_node *n, struct mark *mark)
{
    const struct mark *before = n->prev ? mark_of(n->prev) : NULL;
    (void)mark;
    build_flush(b);
    if (before && before->kind == MARK_LIST && b->at->last && tree_kind(b->at->last) == ELEMENT_DL) {
        b->at = b->at->last;
        b->depth++;
        return;
    }
    open_block(b, n, ELEMENT_DL);
}

static void enter_term(struct builder *b, cmark_node *n, struct mark *mark)
{
    (void)mark;
    open_block(b, n, ELEMENT_DT);
}

static void enter_definition(struct builder *b, cmark_node *n, struct mark *mark)
{
    (void)mark;
    open_block(b, n, ELEMENT_DD);
}

static void enter_caption(struct builder *b, cmark_node *n, struct mark *mark)
{
    struct place where = markdown_place(b->m, n);
    if (!mark->node) {
        open_block(b, n, ELEMENT_P);
        return;
    }
    build_flush(b);
    attributes_apply(b->d, mark->node, mark->attributes);
    xmlNode *caption = tree_element(b->d, NULL, ELEMENT_CAPTION, &where);
    if (mark->node->children)
        tree_insert_before(b->d, mark->node->children, caption);
    else
        tree_append(b->d, mark->node, caption);
    b->at = caption;
}

static void enter_mark(struct builder *b, cmark_node *n)
{
    static void (*const enter[])(struct builder *, cmark_node *, struct mark *) = {
        [MARK_DIV] = enter_div,         [MARK_LIST] = enter_definitions,      [MARK_TERM] = enter_term,
        [MARK_CAPTION] = enter_caption, [MARK_DEFINITION] = enter_definition,
    };
    struct mark *mark = mark_of(n);
    if (mark && (size_t)mark->kind < sizeof enter / sizeof enter[0] && enter[mark->kind])
        enter[mark->kind](b, n, mark);
}

/* ---- the table */

static markdown_enter *const blocks[] = {
    [CMARK_NODE_BLOCK_QUOTE & CMARK_NODE_VALUE_MASK] = enter_quote,
    [CMARK_NODE_LIST & CMARK_NODE_VALUE_MASK] = enter_list,
    [CMARK_NODE_ITEM & CMARK_NODE_VALUE_MASK] = enter_item,
    [CMARK_NODE_CODE_BLOCK & CMARK_NODE_VALUE_MASK] = enter_code_block,
    [CMARK_NODE_HTML_BLOCK & CMARK_NODE_VALUE_MASK] = markdown_html_add,
    [CMARK_NODE_CUSTOM_BLOCK & CMARK_NODE_VALUE_MASK] = enter_mark,
    [CMARK_NODE_PARAGRAPH & CMARK_NODE_VALUE_MASK] = enter_paragraph,
    [CMARK_NODE_HEADING & CMARK_NODE_VALUE_MASK] = enter_heading,
    [CMARK_NODE_THEMATIC_BREAK & CMARK_NODE_VALUE_MASK] = enter_rule,
    [CMARK_NODE_FOOTNOTE_DEFINITION & CMARK_NODE_VALUE_MASK] = enter_note,
};

markdown_enter *markdown_block(const cmark_node *n)
{
    size_t index = n->type & CMARK_NODE_VALUE_MASK;
    return index < sizeof blocks / sizeof blocks[0] ? blocks[index] : enter_extension;
}
