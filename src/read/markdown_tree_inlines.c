/* How each of cmark's inline nodes, and each of ours, becomes an element or text: see markdown_tree.c. */
#include "base/limits.h"
#include "read/markdown_build.h"
#include <cmark-gfm/utf8.h>

static struct text literal(const struct builder *b, const cmark_node *n)
{
    return markdown_chunk(b->m, &n->as.literal);
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

const cmark_node *markdown_behind_attributes(const cmark_node *n)
{
    const struct mark *mark = n ? mark_of(n) : NULL;
    return mark && mark->kind == MARK_ATTRIBUTES ? n->next : n;
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

static void tell_call_in_description(struct builder *b, const cmark_node *call)
{
    struct place where = markdown_place(b->m, call);
    message(b->d->messages, SEVERITY_LOST, "markdown.call", &where,
            "A picture's description can't call a note; the call is left out. Put it into the caption or the "
            "text.");
}

/* What a reader who can't see the picture is told: its description without markup. */
static const char *plain_text(struct builder *b, cmark_node *n)
{
    struct buf *out = buf_new(b->m->work);
    cmark_iter *iter = cmark_iter_new(n);
    for (cmark_event_type e; (e = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        const cmark_node *c = cmark_iter_get_node(iter);
        if (c->type == CMARK_NODE_TEXT || c->type == CMARK_NODE_CODE)
            buf_text(out, literal(b, c));
        else if (c->type == CMARK_NODE_FOOTNOTE_REFERENCE && e == CMARK_EVENT_ENTER)
            tell_call_in_description(b, c);
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
    if (markdown_behind_attributes(image->next) || !title.length)
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

struct text markdown_note_key(struct text label)
{
    cmark_strbuf folded;
    cmark_strbuf_init(markdown_memory(), &folded, 0);
    cmark_utf8proc_case_fold(&folded, (const uint8_t *)label.at, (bufsize_t)label.length);
    return (struct text){(const char *)folded.ptr, (size_t)folded.size};
}

static xmlNode *last_call_behind(xmlNode *link)
{
    while (link->next && tree_kind(link->next) == ELEMENT_CALL)
        link = link->next;
    return link;
}

void markdown_call(struct builder *b, struct text label, const struct place *where)
{
    build_flush(b);
    xmlNode *call = tree_call(b->d, b->at, markdown_note_key(label), where);
    if (!text_starts(label, MARKDOWN_INLINE_NOTE)) /* whose call can't miss it */
        tree_set(b->d, call, "written", arena_printf(b->m->work, "[^%.*s]", (int)label.length, label.at));
    xmlNode *link = build_inside(b, ELEMENT_A);
    if (link) { /* a link can't hold another: the call goes behind it, and what else is in it stays there */
        tree_unlink(call);
        tree_insert_after(b->d, last_call_behind(link), call);
    }
}

static void enter_call(struct builder *b, cmark_node *n)
{
    struct place where = markdown_place(b->m, n);
    markdown_call(b, markdown_chunk(b->m, &n->as.literal), &where);
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
    if (n->parent->type == CMARK_NODE_HEADING && tree_is_heading(b->at)) {
        build_trim(b);
        attributes_apply(b->d, b->at, mark->attributes);
        return;
    }
    struct place where = markdown_place(b->m, n);
    build_text(b, mark->source, &where);
}

static void enter_script(struct builder *b, cmark_node *n, struct mark *mark)
{
    struct place where = markdown_place(b->m, n);
    build_open(b,
               mark->kind == MARK_SUB   ? ELEMENT_SUB
               : mark->kind == MARK_SUP ? ELEMENT_SUP
                                        : ELEMENT_MARK,
               &where);
}

static void enter_mark(struct builder *b, cmark_node *n)
{
    static void (*const enter[])(struct builder *, cmark_node *, struct mark *) = {
        [MARK_ATTRIBUTES] = enter_attributes,
        [MARK_SPAN_OPEN] = enter_span,
        [MARK_SPAN_CLOSE] = enter_span,
        [MARK_SUB] = enter_script,
        [MARK_SUP] = enter_script,
        [MARK_HIGHLIGHT] = enter_script,
    };
    struct mark *mark = mark_of(n);
    if (mark && (size_t)mark->kind < sizeof enter / sizeof enter[0] && enter[mark->kind])
        enter[mark->kind](b, n, mark);
}

static void enter_struck_out(struct builder *b, cmark_node *n)
{
    struct place where = markdown_place(b->m, n);
    if (strcmp(cmark_node_get_type_string(n), "strikethrough") == 0)
        build_open(b, ELEMENT_DEL, &where);
}

/* ---- the table */

static markdown_enter *const inlines[] = {
    [CMARK_NODE_TEXT & CMARK_NODE_VALUE_MASK] = enter_text,
    [CMARK_NODE_SOFTBREAK & CMARK_NODE_VALUE_MASK] = enter_soft_break,
    [CMARK_NODE_LINEBREAK & CMARK_NODE_VALUE_MASK] = enter_line_break,
    [CMARK_NODE_CODE & CMARK_NODE_VALUE_MASK] = enter_code,
    [CMARK_NODE_HTML_INLINE & CMARK_NODE_VALUE_MASK] = markdown_html_add,
    [CMARK_NODE_CUSTOM_INLINE & CMARK_NODE_VALUE_MASK] = enter_mark,
    [CMARK_NODE_EMPH & CMARK_NODE_VALUE_MASK] = enter_emphasis,
    [CMARK_NODE_STRONG & CMARK_NODE_VALUE_MASK] = enter_emphasis,
    [CMARK_NODE_LINK & CMARK_NODE_VALUE_MASK] = enter_link,
    [CMARK_NODE_IMAGE & CMARK_NODE_VALUE_MASK] = enter_image,
    [CMARK_NODE_FOOTNOTE_REFERENCE & CMARK_NODE_VALUE_MASK] = enter_call,
};

markdown_enter *markdown_inline(const cmark_node *n)
{
    size_t index = n->type & CMARK_NODE_VALUE_MASK;
    return index < sizeof inlines / sizeof inlines[0] ? inlines[index] : enter_struck_out;
}
