/* cmark's tree becomes the document's. One walk: each kind of node has a function that adds what it is and
 * says whether the builder went into it; when the node ends, the builder goes back to where it was. */
#include "base/limits.h"
#include "read/markdown_build.h"
#include <cmark-gfm/utf8.h>

typedef void enter_function(struct builder *b, cmark_node *n);

/* Where the builder stood when a node began. */
struct entry {
    xmlNode *at;
    int depth;
    size_t tags;
};

static struct text literal(const struct builder *b, const cmark_node *n)
{
    return markdown_chunk(b->m, &n->as.literal);
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
    if (html_allowed(e, tree_kind(b->at)))
        return build_open(b, e, &where);
    return html_restricted(tree_kind(b->at)) ? b->at = build_foster(b, e, &where) : NULL;
}

static void enter_quote(struct builder *b, cmark_node *n)
{
    open_block(b, n, ELEMENT_BLOCKQUOTE);
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

static const cmark_node *behind_attributes(const cmark_node *n)
{
    const struct mark *mark = n ? mark_of(n) : NULL;
    return mark && mark->kind == MARK_ATTRIBUTES ? n->next : n;
}

/* A picture that begins a paragraph and is alone on its line; what follows on further lines is its caption.
 */
static bool is_figure(const struct builder *b, const cmark_node *paragraph)
{
    const cmark_node *image = paragraph->first_child;
    if (!image || image->type != CMARK_NODE_IMAGE || tree_kind(b->at) == ELEMENT_FIGURE || tight(paragraph) ||
        !html_allowed(ELEMENT_FIGURE, tree_kind(b->at)))
        return false;
    const cmark_node *next = behind_attributes(image->next);
    return !next || next->type == CMARK_NODE_SOFTBREAK || next->type == CMARK_NODE_LINEBREAK;
}

/* A task's box is a character: an input without a label would be a fault for a screen reader. */
static void add_box(struct builder *b, const cmark_node *paragraph, const struct place *where)
{
    if (!paragraph->prev && paragraph->parent && is_task(paragraph->parent))
        build_text(b, is_done(paragraph->parent) ? TEXT("☑ ") : TEXT("☐ "), where);
}

static void enter_paragraph(struct builder *b, cmark_node *n)
{
    struct place where = markdown_place(b->m, n);
    if (tight(n)) {
        if (b->at->children || b->text->length)
            build_text(b, TEXT("\n"), &where);
    } else if (n->first_child) {
        open_block(b, n, is_figure(b, n) ? ELEMENT_FIGURE : ELEMENT_P);
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

/* cmark finds the note of a call by its label without case, so the key is that. */
static struct text note_key(const cmark_node *n)
{
    cmark_strbuf folded;
    cmark_strbuf_init(markdown_memory(), &folded, 0);
    cmark_utf8proc_case_fold(&folded, n->as.literal.data, n->as.literal.len);
    return (struct text){(const char *)folded.ptr, (size_t)folded.size};
}

/* A note stays where it stands when that can hold blocks; else it goes to the end of what there is. */
static void enter_note(struct builder *b, cmark_node *n)
{
    struct place where = markdown_place(b->m, n);
    bool here = !build_inline_context(b) && !html_restricted(tree_kind(b->at)) && b->depth < LIMIT_DEPTH / 2;
    build_flush(b);
    b->depth = here ? b->depth + 1 : 1;
    b->at = tree_note(b->d, here ? b->at : b->d->body, note_key(n), &where);
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
        enter_function *enter;
    } types[] = {{"table", enter_table},
                 {"table_row", enter_row},
                 {"table_header", enter_row},
                 {"table_cell", enter_cell}};
    const char *type = cmark_node_get_type_string(n);
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strcmp(types[i].type, type) == 0)
            types[i].enter(b, n);
    if (strcmp(type, "strikethrough") == 0) {
        struct place where = markdown_place(b->m, n);
        build_open(b, ELEMENT_DEL, &where);
    }
}

/* ---- inlines */

static void enter_text(struct builder *b, cmark_node *n)
{
    struct place where = markdown_place(b->m, n);
    build_text(b, literal(b, n), &where);
}

/* The break behind a figure's picture begins its caption. */
static bool begins_caption(struct builder *b, const cmark_node *n)
{
    struct place where = tree_place(b->d, b->at);
    return n->parent->type == CMARK_NODE_PARAGRAPH && tree_kind(b->at) == ELEMENT_FIGURE &&
           build_open(b, ELEMENT_FIGCAPTION, &where);
}

static void enter_soft_break(struct builder *b, cmark_node *n)
{
    if (!begins_caption(b, n))
        build_text(b, TEXT("\n"), &b->text_place);
}

static void enter_line_break(struct builder *b, cmark_node *n)
{
    struct place where = tree_place(b->d, b->at);
    if (!begins_caption(b, n))
        build_leaf(b, ELEMENT_BR, &where);
}

static void enter_code(struct builder *b, cmark_node *n)
{
    struct place where = markdown_place(b->m, n);
    xmlNode *at = b->at;
    int depth = b->depth;
    xmlNode *code = build_open(b, ELEMENT_CODE, &where);
    const struct mark *mark = n->next ? mark_of(n->next) : NULL;
    if (code && mark && mark->kind == MARK_ATTRIBUTES)
        attributes_apply(b->d, code, mark->attributes);
    build_text(b, literal(b, n), &where);
    build_back(b, at, depth);
}

static const struct attributes *attributes_behind(const cmark_node *n)
{
    const struct mark *mark = n->next ? mark_of(n->next) : NULL;
    return mark && mark->kind == MARK_ATTRIBUTES ? mark->attributes : NULL;
}

static void enter_emphasis(struct builder *b, cmark_node *n)
{
    struct place where = markdown_place(b->m, n);
    build_open(b, n->type == CMARK_NODE_EMPH ? ELEMENT_EM : ELEMENT_STRONG, &where);
}

/* The address and title of a link or a picture, with references exchanged back (see markdown_parse.c). False
 * when references have added more than they may. */
static bool target(struct builder *b, const cmark_node *n, struct text *url, struct text *title)
{
    struct markdown *m = b->m;
    struct text number = {(const char *)n->as.link.url.data, (size_t)n->as.link.url.len};
    if (number.length < 2 || number.at[0] != MARKDOWN_HIDDEN || !ascii_digit(number.at[1])) {
        *url = markdown_chunk(m, &n->as.link.url);
        *title = markdown_chunk(m, &n->as.link.title);
        return true;
    }
    size_t index = 0;
    for (size_t i = 1; i < number.length && ascii_digit(number.at[i]) && index < m->reference_count; i++)
        index = index * 10 + (size_t)(number.at[i] - '0');
    if (index >= m->reference_count)
        return false;
    *url = m->references[index].url;
    *title = m->references[index].title;
    b->reference_bytes += url->length + title->length;
    return b->reference_bytes <= LIMIT_REFERENCE_BYTES;
}

static void tell_references(struct builder *b, const struct place *where)
{
    if (!b->references_told)
        message(b->d->messages, SEVERITY_LOST, "markdown.references", where,
                "Link references have added more than %lu MB to the document; from here on such links are "
                "kept as "
                "text.",
                LIMIT_REFERENCE_BYTES / 1024 / 1024);
    b->references_told = true;
}

/* Bytes that no URL may hold are percent-encoded (RFC 3986 §2.1); a '%' is taken to begin such a code
 * already. */
static const char *escaped(struct builder *b, struct text url)
{
    static const char marks[] = "-_.+!*'(),%#@?=;:/&$~";
    struct buf *out = buf_new(b->m->work);
    for (size_t i = 0; i < url.length; i++) {
        char c = url.at[i];
        if (ascii_alpha(c) || ascii_digit(c) || (c && strchr(marks, c)))
            buf_byte(out, c);
        else
            buf_printf(out, "%%%02X", (unsigned)(unsigned char)c);
    }
    return out->data ? out->data : "";
}

static bool is_script(struct text url)
{
    return text_is_nocase(text_slice(url, 0, 11), "javascript:") ||
           text_is_nocase(text_slice(url, 0, 9), "vbscript:");
}

static void enter_link(struct builder *b, cmark_node *n)
{
    struct place where = markdown_place(b->m, n);
    struct text url, title;
    if (!target(b, n, &url, &title)) {
        tell_references(b, &where);
        return;
    }
    if (is_script(url)) {
        message(b->d->messages, SEVERITY_LOST, "markdown.html", &where,
                "A link to a script can't stand in a book; its text is kept.");
        return;
    }
    if (build_inside(b, ELEMENT_A))
        return;
    xmlNode *a = build_open(b, ELEMENT_A, &where);
    if (!a)
        return;
    tree_set(b->d, a, "href", escaped(b, url));
    if (title.length)
        tree_set(b->d, a, "title", text_copy(b->m->work, title));
    attributes_apply(b->d, a, attributes_behind(n));
}

/* ---- pictures */

/* What a reader who can't see the picture is told: its description without markup. */
static const char *plain_text(struct builder *b, cmark_node *n)
{
    struct buf *out = buf_new(b->m->work);
    cmark_iter *iter = cmark_iter_new(n);
    for (cmark_event_type e; (e = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        const cmark_node *c = cmark_iter_get_node(iter);
        if (c->type == CMARK_NODE_TEXT || c->type == CMARK_NODE_CODE)
            buf_text(out, literal(b, c));
        else if (c->type == CMARK_NODE_SOFTBREAK || c->type == CMARK_NODE_LINEBREAK)
            buf_byte(out, ' ');
    }
    cmark_iter_free(iter);
    return out->data ? out->data : "";
}

/* A picture's title is its caption, unless text follows: see begins_caption. */
static void add_caption(struct builder *b, const cmark_node *image, struct text title,
                        const struct place *where)
{
    if (behind_attributes(image->next) || !title.length)
        return;
    xmlNode *figure = b->at;
    int depth = b->depth;
    build_open(b, ELEMENT_FIGCAPTION, where);
    build_text(b, title, where);
    build_back(b, figure, depth);
}

static void enter_image(struct builder *b, cmark_node *n)
{
    struct place where = markdown_place(b->m, n);
    struct text url, title;
    const char *alt = plain_text(b, n);
    if (!target(b, n, &url, &title)) {
        tell_references(b, &where);
        build_text(b, text_of(alt), &where);
        return;
    }
    bool figure = tree_kind(b->at) == ELEMENT_FIGURE && n->parent->type == CMARK_NODE_PARAGRAPH && !n->prev;
    xmlNode *image = build_leaf(b, ELEMENT_IMG, &where);
    tree_set(b->d, image, "src", text_copy(b->m->work, url));
    tree_set(b->d, image, "alt", alt);
    const struct attributes *given = attributes_behind(n);
    if (figure && given) { /* names are the figure's, sizes the picture's */
        struct attributes name = {given->id, given->classes, NULL}, rest = {NULL, NULL, given->others};
        attributes_apply(b->d, b->at, &name);
        attributes_apply(b->d, image, &rest);
    } else {
        attributes_apply(b->d, image, given);
    }
    if (figure)
        add_caption(b, n, title, &where);
    else if (title.length)
        tree_set(b->d, image, "title", text_copy(b->m->work, title));
}

/* ---- notes' calls, and our own marks */

static void enter_call(struct builder *b, cmark_node *n)
{
    struct place where = markdown_place(b->m, n);
    build_flush(b);
    tree_call(b->d, b->at, note_key(n), &where);
}

static bool is_around(const struct builder *b, const xmlNode *n)
{
    const xmlNode *at = b->at;
    while (at && at != n)
        at = at->parent;
    return n && at == n;
}

static void end_span(struct builder *b, const struct mark *begin)
{
    if (!is_around(b, begin->node))
        return;
    markdown_html_back(b, begin->level);
    int depth = b->depth;
    for (const xmlNode *at = b->at; at != begin->node; at = at->parent)
        depth--;
    build_back(b, begin->node->parent, depth - 1);
}

/* Emphasis that begins inside of a span and ends outside of it wins: the brackets are text then. */
static void enter_span(struct builder *b, cmark_node *n, struct mark *mark)
{
    struct place where = markdown_place(b->m, n);
    struct mark *other = mark->partner ? mark_of(mark->partner) : NULL;
    if (!other || mark->partner->parent != n->parent) {
        build_text(b, mark->kind == MARK_SPAN_OPEN ? TEXT("[") : TEXT("]"), &where);
        if (mark->source.length)
            build_text(b, mark->source, &where);
    } else if (mark->kind == MARK_SPAN_CLOSE) {
        end_span(b, other);
    } else {
        mark->level = markdown_html_level(b);
        mark->node = build_open(b, ELEMENT_SPAN, &where);
        if (mark->node)
            attributes_apply(b->d, mark->node, mark->attributes);
    }
}

/* Attributes behind an inline were given to it; at a heading's end they are the heading's. */
static void enter_attributes(struct builder *b, cmark_node *n, struct mark *mark)
{
    const cmark_node *before = n->prev;
    if (before && (before->type == CMARK_NODE_LINK || before->type == CMARK_NODE_IMAGE ||
                   before->type == CMARK_NODE_CODE))
        return;
    if (n->parent->type == CMARK_NODE_HEADING && element_is(tree_kind(b->at), ELEMENT_IS_HEADING)) {
        build_trim(b);
        attributes_apply(b->d, b->at, mark->attributes);
        return;
    }
    struct place where = markdown_place(b->m, n);
    build_text(b, mark->source, &where);
}

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
    xmlNode *caption = tree_element(b->d, NULL, ELEMENT_CAPTION, &where);
    if (mark->node->children)
        tree_insert_before(b->d, mark->node->children, caption);
    else
        tree_append(b->d, mark->node, caption);
    b->at = caption;
}

static void enter_script(struct builder *b, cmark_node *n, struct mark *mark)
{
    struct place where = markdown_place(b->m, n);
    build_open(b, mark->kind == MARK_SUB ? ELEMENT_SUB : ELEMENT_SUP, &where);
}

static void enter_mark(struct builder *b, cmark_node *n)
{
    static void (*const enter[])(struct builder *, cmark_node *, struct mark *) = {
        [MARK_DIV] = enter_div,         [MARK_LIST] = enter_definitions,
        [MARK_TERM] = enter_term,       [MARK_DEFINITION] = enter_definition,
        [MARK_CAPTION] = enter_caption, [MARK_ATTRIBUTES] = enter_attributes,
        [MARK_SPAN_OPEN] = enter_span,  [MARK_SPAN_CLOSE] = enter_span,
        [MARK_SUB] = enter_script,      [MARK_SUP] = enter_script,
    };
    struct mark *mark = mark_of(n);
    if (mark && (size_t)mark->kind < sizeof enter / sizeof enter[0] && enter[mark->kind])
        enter[mark->kind](b, n, mark);
}

/* ---- the walk */

static void enter_html(struct builder *b, cmark_node *n)
{
    markdown_html_add(b, n);
}

static enter_function *const blocks[] = {
    [CMARK_NODE_BLOCK_QUOTE & CMARK_NODE_VALUE_MASK] = enter_quote,
    [CMARK_NODE_LIST & CMARK_NODE_VALUE_MASK] = enter_list,
    [CMARK_NODE_ITEM & CMARK_NODE_VALUE_MASK] = enter_item,
    [CMARK_NODE_CODE_BLOCK & CMARK_NODE_VALUE_MASK] = enter_code_block,
    [CMARK_NODE_HTML_BLOCK & CMARK_NODE_VALUE_MASK] = enter_html,
    [CMARK_NODE_CUSTOM_BLOCK & CMARK_NODE_VALUE_MASK] = enter_mark,
    [CMARK_NODE_PARAGRAPH & CMARK_NODE_VALUE_MASK] = enter_paragraph,
    [CMARK_NODE_HEADING & CMARK_NODE_VALUE_MASK] = enter_heading,
    [CMARK_NODE_THEMATIC_BREAK & CMARK_NODE_VALUE_MASK] = enter_rule,
    [CMARK_NODE_FOOTNOTE_DEFINITION & CMARK_NODE_VALUE_MASK] = enter_note,
};

static enter_function *const inlines[] = {
    [CMARK_NODE_TEXT & CMARK_NODE_VALUE_MASK] = enter_text,
    [CMARK_NODE_SOFTBREAK & CMARK_NODE_VALUE_MASK] = enter_soft_break,
    [CMARK_NODE_LINEBREAK & CMARK_NODE_VALUE_MASK] = enter_line_break,
    [CMARK_NODE_CODE & CMARK_NODE_VALUE_MASK] = enter_code,
    [CMARK_NODE_HTML_INLINE & CMARK_NODE_VALUE_MASK] = enter_html,
    [CMARK_NODE_CUSTOM_INLINE & CMARK_NODE_VALUE_MASK] = enter_mark,
    [CMARK_NODE_EMPH & CMARK_NODE_VALUE_MASK] = enter_emphasis,
    [CMARK_NODE_STRONG & CMARK_NODE_VALUE_MASK] = enter_emphasis,
    [CMARK_NODE_LINK & CMARK_NODE_VALUE_MASK] = enter_link,
    [CMARK_NODE_IMAGE & CMARK_NODE_VALUE_MASK] = enter_image,
    [CMARK_NODE_FOOTNOTE_REFERENCE & CMARK_NODE_VALUE_MASK] = enter_call,
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
    size_t index = n->type & CMARK_NODE_VALUE_MASK;
    size_t known = block ? sizeof blocks / sizeof blocks[0] : sizeof inlines / sizeof inlines[0];
    enter_function *f = index < known ? (block ? blocks : inlines)[index] : enter_extension;
    if (!f)
        return;
    xmlNode *at = b->at;
    bool misplaced = !block && f != enter_text && f != enter_html && f != enter_soft_break &&
                     html_restricted(tree_kind(at));
    if (misplaced) { /* raw HTML left a list or a table open in which inlines can't stand */
        struct place where = markdown_place(b->m, n);
        b->at = build_foster(b, ELEMENT_P, &where);
    }
    f(b, n);
    if (misplaced && !has_end(n))
        build_back(b, at, b->depth);
}

struct stack {
    struct entry *entries;
    size_t count, room;
};

static void push(struct builder *b, struct stack *s, struct entry e)
{
    if (s->count == s->room) {
        s->room = s->room ? s->room * 2 : 256;
        struct entry *more = arena_array(b->m->work, s->room, sizeof *more);
        if (s->count)
            memcpy(more, s->entries, s->count * sizeof *more);
        s->entries = more;
    }
    s->entries[s->count++] = e;
}

/* Goes back to where the builder stood before `n`. A paragraph of nothing but tags that weren't kept is none.
 */
static void leave(struct builder *b, const cmark_node *n, const struct entry *back)
{
    markdown_html_back(b, back->tags);
    xmlNode *left = b->at;
    build_back(b, back->at, back->depth);
    if (n->type == CMARK_NODE_PARAGRAPH && left != b->at && tree_kind(left) == ELEMENT_P && !left->children)
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
