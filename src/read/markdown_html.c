/* Raw HTML in Markdown. cmark gives it in pieces: single tags among inlines, and blocks of lines that may
 * open an element here and close it many blocks later. So first the tags of the whole tree are paired, each
 * with one that is a child of the same node; then, while the tree is walked, those that have a partner and
 * may stand where they are become elements. All others are named in a message, and the text around them
 * stays. */
#include "base/hash.h"
#include "read/markdown_build.h"
#include <libxml/parser.h>

/* ---- pairing */

struct candidate {
    struct html_token *token;
    size_t before; /* index + 1 of the next outer candidate of the same element, 0: none */
};

struct pairing {
    struct markdown *m;
    struct candidate *open;
    size_t count, room, base;
    size_t last[ELEMENT_COUNT]; /* index + 1 of the innermost candidate of each element */
    size_t *levels;             /* bases of the nodes around */
    size_t level_count, level_room;
};

static void push(struct pairing *p, struct html_token *t)
{
    p->open = arena_room(p->m->work, p->open, p->count, &p->room, sizeof *p->open);
    p->open[p->count] = (struct candidate){t, p->last[t->element]};
    p->last[t->element] = ++p->count;
}

/* Takes the innermost candidate away; one that got no close tag is kept only where HTML needs none. */
static struct html_token *pop(struct pairing *p, const void *owner)
{
    struct candidate c = p->open[--p->count];
    p->last[c.token->element] = c.before;
    if (!c.token->partner) {
        c.token->dropped = !html_ends(c.token->element, ELEMENT_UNKNOWN);
        c.token->ends_with_owner = c.token->element == ELEMENT_P && owner != c.token->owner;
    }
    return c.token;
}

static void pair_open(struct pairing *p, struct html_token *t)
{
    if (t->element == ELEMENT_UNKNOWN || html_void(t) || t->empty)
        return;
    while (p->count > p->base && html_ends(p->open[p->count - 1].token->element, t->element))
        t->closes = pop(p, t->owner);
    push(p, t);
}

static void pair_close(struct pairing *p, struct html_token *t)
{
    size_t index = p->last[t->element];
    if (t->element == ELEMENT_UNKNOWN || index <= p->base)
        return;
    while (p->count > index)
        pop(p, t->owner);
    t->partner = p->open[p->count - 1].token;
    t->partner->partner = t;
    pop(p, t->owner);
}

static void pair_node(struct pairing *p, cmark_node *n)
{
    struct html_token *first = html_scan(p->m->work, markdown_chunk(p->m, &n->as.literal));
    n->user_data = first;
    for (struct html_token *t = first; t; t = t->next) {
        t->owner = n;
        if (t->kind == HTML_OPEN)
            pair_open(p, t);
        else if (t->kind == HTML_CLOSE)
            pair_close(p, t);
    }
}

/* Notes that HTML may call. */
static void collect_note(struct markdown *m, const cmark_node *n)
{
    if (!m->noted)
        m->noted = hash_new(m->work);
    hash_put(m->noted, markdown_note_key(markdown_chunk(m, &n->as.literal)), m);
}

static bool is_html(const cmark_node *n)
{
    return n->type == CMARK_NODE_HTML_BLOCK || n->type == CMARK_NODE_HTML_INLINE;
}

void markdown_html_pair(struct markdown *m)
{
    struct pairing *p = arena_alloc(m->work, sizeof *p);
    p->m = m;
    cmark_iter *iter = cmark_iter_new(m->root);
    for (cmark_event_type e; (e = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *n = cmark_iter_get_node(iter);
        if (n->type == CMARK_NODE_FOOTNOTE_DEFINITION && e == CMARK_EVENT_ENTER)
            collect_note(m, n);
        if (is_html(n)) {
            pair_node(p, n);
        } else if (e == CMARK_EVENT_EXIT) {
            while (p->count > p->base)
                pop(p, NULL);
            p->base = p->levels[--p->level_count];
        } else if (!markdown_leaf(n)) {
            p->levels = arena_room(m->work, p->levels, p->level_count, &p->level_room, sizeof *p->levels);
            p->levels[p->level_count++] = p->base;
            p->base = p->count;
        }
    }
    cmark_iter_free(iter);
}

/* ---- adding */

struct html_open {
    struct html_token *token;
    xmlNode *node;
    xmlNode *at; /* where the builder stood before */
    int depth;
    xmlNode *implied; /* the implied paragraph that the element is in */
};

static void lost(struct builder *b, const struct place *where, const char *format, const char *name)
{
    char *sentence = arena_printf(b->m->work, format, name);
    message(b->d->messages, SEVERITY_LOST, "markdown.html", where, "%s", sentence);
}

/* A table's parts in the order that HTML asks for: caption, columns, head, bodies, foot; rows and columns
 * that stand by themselves get the group they lack. */
enum { TABLE_RANKS = 5, LABEL_MOST = 1000 /* as cmark has it */ };

static int table_rank(enum element e)
{
    static const enum element order[TABLE_RANKS] = {ELEMENT_CAPTION, ELEMENT_COLGROUP, ELEMENT_THEAD,
                                                    ELEMENT_TBODY, ELEMENT_TFOOT};
    for (int i = 0; i < TABLE_RANKS; i++)
        if (order[i] == e)
            return i;
    return 3;
}

static void group_children(struct document *d, xmlNode *table, enum element child, enum element group)
{
    xmlNode *open = NULL;
    for (xmlNode *c = table->children, *next; c; c = next) {
        next = c->next;
        if (tree_kind(c) != child) {
            open = NULL;
            continue;
        }
        if (!open) {
            open = tree_wrap(d, c, group);
            continue;
        }
        tree_unlink(c);
        tree_append(d, open, c);
    }
}

static void one_head(struct document *d, xmlNode *table)
{
    bool had = false;
    for (xmlNode *c = table->children, *next; c; c = next) {
        next = c->next;
        if (c->type == XML_TEXT_NODE)
            tree_remove(c);
        else if (tree_kind(c) == ELEMENT_THEAD && had)
            tree_rename(d, c, ELEMENT_TBODY);
        else
            had |= tree_kind(c) == ELEMENT_THEAD;
    }
}

static void arrange_table(struct builder *b, xmlNode *table)
{
    one_head(b->d, table);
    group_children(b->d, table, ELEMENT_TR, ELEMENT_TBODY);
    group_children(b->d, table, ELEMENT_COL, ELEMENT_COLGROUP);
    size_t count = 0, i = 0;
    for (xmlNode *c = table->children; c; c = c->next)
        count++;
    xmlNode **parts = arena_array(b->m->work, count, sizeof(xmlNode *));
    for (xmlNode *c = table->children; c; c = c->next)
        parts[i++] = c;
    for (int rank = 0; rank < TABLE_RANKS; rank++) {
        for (i = 0; i < count; i++) {
            if (table_rank(tree_kind(parts[i])) != rank)
                continue;
            tree_unlink(parts[i]);
            tree_append(b->d, table, parts[i]);
        }
    }
}

/* EPUB asks for a summary at the head of <details>; without one it is a division. */
static void need_summary(struct builder *b, xmlNode *details)
{
    const xmlNode *first = tree_element_from(details->children);
    if (first && tree_kind(first) == ELEMENT_SUMMARY)
        return;
    struct place where = tree_place(b->d, details);
    lost(b, &where, "<%s> needs a <summary> at its head; without one it is a plain division.", "details");
    tree_rename(b->d, details, ELEMENT_DIV);
    tree_set(b->d, details, "open", NULL);
}

static void pop_tag(struct builder *b)
{
    struct html_open *o = &b->tags[b->tag_count - 1];
    enum element e = tree_kind(o->node);
    if (b->implied != o->implied)
        build_end_implied(b);
    if (element_is(e, ELEMENT_IS_BLOCK) && !element_is(e, ELEMENT_IS_VERBATIM))
        build_trim(b);
    build_back(b, o->at, o->depth);
    if (e == ELEMENT_TABLE)
        arrange_table(b, o->node);
    else if (e == ELEMENT_DETAILS)
        need_summary(b, o->node);
    else if (e == ELEMENT_TH && !o->node->children)
        build_no_head(b, o->node);
    b->tag_count--;
}

size_t markdown_html_level(const struct builder *b)
{
    return b->tag_count;
}

void markdown_html_back(struct builder *b, size_t level)
{
    while (b->tag_count > level)
        pop_tag(b);
}

/* Ends all tags down to and with that of `t`, which may have ended with a span around it. */
static void pop_to(struct builder *b, const struct html_token *t)
{
    size_t i = b->tag_count;
    while (i > 0 && b->tags[i - 1].token != t)
        i--;
    if (i > 0)
        markdown_html_back(b, i - 1);
}

/* Blocks that hold blocks: text right within them gets a paragraph. */
static bool wants_paragraph(enum element e)
{
    static const enum element flow[] = {ELEMENT_BODY,  ELEMENT_BLOCKQUOTE, ELEMENT_SECTION, ELEMENT_ARTICLE,
                                        ELEMENT_ASIDE, ELEMENT_HEADER,     ELEMENT_FOOTER,  ELEMENT_NAV,
                                        ELEMENT_NOTE,  ELEMENT_FIGURE,     ELEMENT_ADDRESS, ELEMENT_DETAILS};
    for (size_t i = 0; i < sizeof flow / sizeof flow[0]; i++)
        if (flow[i] == e)
            return true;
    return false;
}

static void imply_paragraph(struct builder *b, const struct place *where)
{
    if (!b->implied && wants_paragraph(tree_kind(b->at)))
        b->implied = build_open(b, ELEMENT_P, where);
}

/* White space where a block begins, or between blocks, is the source's layout; in pre only the first line end
 * is. */
static struct text without_leading_blanks(const struct builder *b, struct text t)
{
    enum element e = tree_kind(b->at);
    const xmlNode *last = b->at->last;
    bool begins =
        !b->text->length &&
        (!last || (last->type == XML_ELEMENT_NODE && element_is(tree_kind(last), ELEMENT_IS_BLOCK)));
    if (!begins || !element_is(e, ELEMENT_IS_BLOCK))
        return t;
    if (e == ELEMENT_PRE)
        return t.length && t.at[0] == '\n' ? text_slice(t, 1, t.length) : t;
    while (t.length && ascii_space(t.at[0]))
        t = text_slice(t, 1, t.length);
    return t;
}

/* The label of the note that is called at `at` of the text, "[^1]"; empty when there is no such note. */
static struct text called_at(struct builder *b, struct text t, size_t at)
{
    struct text rest = text_slice(t, at + 2, t.length);
    struct text near = text_slice(rest, 0, rest.length < LABEL_MOST ? rest.length : LABEL_MOST);
    struct text label = text_slice(near, 0, text_find(near, ']', 0));
    bool known =
        label.length && label.length < near.length && hash_find(b->m->noted, markdown_note_key(label));
    return known ? label : (struct text){"", 0};
}

/* Text in HTML is not Markdown's, but for calls of notes that are there: nothing else could call them from a
 * table that only HTML can write. */
static void add_called(struct builder *b, struct text t, const struct place *where)
{
    bool none = !b->m->noted || html_restricted(tree_kind(b->at)) || build_inside(b, ELEMENT_CODE) ||
                build_inside(b, ELEMENT_PRE);
    size_t from = 0;
    for (size_t at = 0; !none && at + 3 < t.length; at++) {
        struct text label = {"", 0};
        if (t.at[at] == '[' && t.at[at + 1] == '^')
            label = called_at(b, t, at);
        if (!label.length)
            continue;
        build_text(b, text_slice(t, from, at), where);
        markdown_call(b, label, where);
        at += label.length + 2;
        from = at + 1;
    }
    build_text(b, text_slice(t, from, t.length), where);
}

static void add_text(struct builder *b, struct text t, const struct place *where)
{
    if (!b->implied && wants_paragraph(tree_kind(b->at))) {
        while (t.length && ascii_space(t.at[0]))
            t = text_slice(t, 1, t.length);
        if (!t.length)
            return;
        imply_paragraph(b, where);
    }
    add_called(b, without_leading_blanks(b, t), where);
}

/* What a tag whose partner stands in another piece of HTML becomes, since Markdown's blocks lie between. */
static enum element across_blocks(const struct html_token *t)
{
    static const struct {
        enum element inner, outer;
    } blocks[] = {{ELEMENT_P, ELEMENT_DIV}, {ELEMENT_SPAN, ELEMENT_DIV}};
    for (size_t i = 0; i < 2; i++)
        if (blocks[i].inner == t->element)
            return blocks[i].outer;
    return element_is(t->element, ELEMENT_IS_INLINE) ? ELEMENT_UNKNOWN : t->element;
}

/* What a script or the like holds, when it is known: among inlines it is Markdown's text. */
static struct html_token *opaque_content(const struct html_token *t)
{
    bool whole = t->kind == HTML_OPEN && html_opaque(t->name) && t->next && t->next->kind == HTML_TEXT;
    return whole ? t->next : NULL;
}

/* Why a tag can't be kept, with a %s for its name; NULL when it can. */
static const char *refusal(struct builder *b, const struct html_token *t, enum element e)
{
    if (opaque_content(t))
        return "<%s> can't stand in a book; it is left out with what it holds.";
    if (t->element == ELEMENT_UNKNOWN)
        return html_known(t->name) ? "<%s> isn't an element that EPUB has; what it holds is kept."
                                   : "<%s> is no element of HTML; it is kept as text.";
    if (t->dropped)
        return "<%s> is never closed; what follows is kept without it.";
    if (e == ELEMENT_UNKNOWN)
        return "<%s> can't hold whole paragraphs; what it holds is kept.";
    bool block = element_is(e, ELEMENT_IS_BLOCK);
    if (block && build_inline_context(b))
        return "<%s> can't stand within a line of text; what it holds is kept.";
    if (!html_allowed(e, tree_kind(b->at)) || (e == ELEMENT_A && build_inside(b, ELEMENT_A)))
        return "<%s> can't stand here; what it holds is kept.";
    return NULL;
}

static void push_tag(struct builder *b, struct html_token *t, const struct html_open *entry)
{
    b->tags = arena_room(b->m->work, b->tags, b->tag_count, &b->tag_room, sizeof *b->tags);
    b->tags[b->tag_count] = *entry;
    b->tags[b->tag_count++].token = t;
}

static void add_open(struct builder *b, struct html_token *t, bool in_block, const struct place *where)
{
    if (t->closes && !t->closes->dropped)
        pop_to(b, t->closes);
    bool across = in_block && t->partner && t->partner->owner != t->owner;
    enum element e = across ? across_blocks(t) : t->element;
    bool block = element_is(e, ELEMENT_IS_BLOCK);
    if (block && b->implied == b->at)
        build_end_implied(b);
    const char *why = refusal(b, t, e);
    if (why) {
        lost(b, where, why, t->name);
        t->dropped = true;
        if (t->element == ELEMENT_UNKNOWN && !html_known(t->name))
            add_text(b, t->raw, where);
        return;
    }
    if (!block)
        imply_paragraph(b, where);
    bool empty = html_void(t) || t->empty;
    struct html_open entry = {t, NULL, b->at, b->depth, b->implied};
    if (!empty)
        build_flush(b);
    xmlNode *n = empty ? build_leaf(b, e, where) : build_open(b, e, where);
    t->dropped = n == NULL;
    if (!n)
        return;
    const char *left_out = html_attributes(b->d, n, t);
    if (left_out)
        message(b->d->messages, SEVERITY_WARNING, "markdown.html", where,
                "The attribute %s of <%s> can't stand in a book and is left out.", left_out, t->name);
    entry.node = n;
    if (!empty)
        push_tag(b, t, &entry);
}

static void add_close(struct builder *b, struct html_token *t, const struct place *where)
{
    if (t->partner && !t->partner->dropped)
        pop_to(b, t->partner);
    else if (!t->partner && t->element != ELEMENT_UNKNOWN)
        lost(b, where, "</%s> closes nothing that is open here; it is left out.", t->name);
    else if (t->element == ELEMENT_UNKNOWN && !html_known(t->name))
        add_text(b, t->raw, where);
}

/* ---- SVG and MathML: whole elements, by libxml2 */

static xmlNode *parse_foreign(struct builder *b, const struct html_token *t, xmlDoc **doc)
{
    bool svg = strcmp(t->name, "svg") == 0;
    struct buf *xml = buf_new(b->m->work);
    buf_printf(xml, "<x xmlns=\"%s\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">",
               svg ? "http://www.w3.org/2000/svg" : "http://www.w3.org/1998/Math/MathML");
    buf_text(xml, t->raw);
    buf_string(xml, "</x>");
    *doc = xml->length < INT32_MAX
               ? xmlReadMemory(xml->data, (int)xml->length, NULL, "UTF-8",
                               XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA)
               : NULL;
    buf_free(xml);
    const xmlNode *root = *doc ? xmlDocGetRootElement(*doc) : NULL;
    xmlNode *only = root ? root->children : NULL;
    return only && !only->next && only->type == XML_ELEMENT_NODE ? only : NULL;
}

static void add_foreign(struct builder *b, const struct html_token *t, const struct place *where)
{
    xmlDoc *doc = NULL;
    xmlNode *parsed = parse_foreign(b, t, &doc);
    if (parsed && html_allowed(ELEMENT_SPAN, tree_kind(b->at))) {
        imply_paragraph(b, where);
        build_flush(b);
        xmlNode *copy = xmlDocCopyNode(parsed, b->d->tree, 1);
        xmlFreeDoc(doc);
        tree_adopt(b->d, arena_must(b->d->arena, copy), where);
        tree_append(b->d, b->at, copy);
        return;
    }
    xmlFreeDoc(doc);
    lost(b, where, "<%s> isn't well-formed XML here; only its text is kept.", t->name);
    size_t end = text_find(t->raw, '>', 0);
    for (struct html_token *i = html_scan(b->m->work, text_slice(t->raw, end + 1, t->raw.length)); i;
         i = i->next)
        if (i->kind == HTML_TEXT)
            add_text(b, html_text(b->m->work, i->raw), where);
}

/* ---- SVG and MathML among inlines: cmark has cut them into tags and text */

static bool is_tag(const cmark_node *n, bool close, const char *name)
{
    const struct html_token *t = n->type == CMARK_NODE_HTML_INLINE ? n->user_data : NULL;
    return t && t->kind == (close ? HTML_CLOSE : HTML_OPEN) && !t->empty && strcmp(t->name, name) == 0;
}

/* The node of the close tag that ends what `n` opens, when nothing but tags and text is between. */
static cmark_node *foreign_end(struct builder *b, cmark_node *n, const char *name)
{
    int depth = 0;
    if (n->parent == b->no_foreign)
        return NULL;
    for (cmark_node *i = n; i; i = i->next) {
        depth += is_tag(i, false, name) - is_tag(i, true, name);
        if (depth == 0)
            return i;
        if (i->type != CMARK_NODE_HTML_INLINE && i->type != CMARK_NODE_TEXT &&
            i->type != CMARK_NODE_SOFTBREAK)
            break;
    }
    b->no_foreign = n->parent; /* sought once, not for each tag of a line */
    return NULL;
}

/* Puts them together again, as the first tag's token; what was put together is empty from then on. */
static void gather_foreign(struct builder *b, cmark_node *n)
{
    struct html_token *t = n->user_data;
    bool foreign = t && t->kind == HTML_OPEN && (strcmp(t->name, "svg") == 0 || strcmp(t->name, "math") == 0);
    cmark_node *end = foreign ? foreign_end(b, n, t->name) : NULL;
    if (!end)
        return;
    struct buf *raw = buf_new(b->m->work);
    for (cmark_node *i = n, *next; i; i = next) {
        struct text literal = {(const char *)i->as.literal.data, (size_t)i->as.literal.len};
        next = i == end ? NULL : i->next;
        if (i->type == CMARK_NODE_TEXT)
            buf_xml(raw, literal, false);
        else
            buf_text(raw, i->type == CMARK_NODE_SOFTBREAK ? TEXT("\n") : literal);
        if (i == n)
            continue;
        i->type = CMARK_NODE_TEXT;
        i->user_data = NULL;
        i->as.literal = cmark_chunk_literal("");
    }
    t->kind = HTML_FOREIGN;
    t->raw = buf_view(raw);
    t->next = NULL;
}

/* ---- one piece */

/* Goes through a piece once, counting its lines. */
struct cursor {
    const cmark_node *node;
    struct text raw;
    size_t at, line_start;
    int lines;
};

static struct place place_in(const struct builder *b, struct cursor *c, size_t offset)
{
    for (; c->at < offset; c->at++) {
        if (c->raw.at[c->at] != '\n')
            continue;
        c->lines++;
        c->line_start = c->at + 1;
    }
    int first = c->lines == 0 ? c->node->start_column : 1;
    return places_at(b->m->places, c->node->start_line + c->lines, first + (int)(offset - c->line_start));
}

void markdown_html_add(struct builder *b, cmark_node *n)
{
    struct cursor cursor = {.node = n, .raw = {(const char *)n->as.literal.data, (size_t)n->as.literal.len}};
    bool in_block = n->type == CMARK_NODE_HTML_BLOCK;
    if (!in_block)
        gather_foreign(b, n);
    for (struct html_token *t = n->user_data; t; t = t->next) {
        struct place where = place_in(b, &cursor, t->offset);
        if (in_block && t->kind == HTML_TEXT && text_find(t->raw, '<', 0) < t->raw.length)
            lost(b, &where, "%s that begins here is no whole tag; it is kept as text.", "HTML");
        if (t->kind == HTML_TEXT)
            add_text(b, html_text(b->m->work, t->raw), &where);
        else if (t->kind == HTML_CDATA)
            add_text(b, t->raw, &where);
        else if (t->kind == HTML_COMMENT && !text_starts(t->raw, "<!--"))
            lost(b, &where, "%s like <?…?> and <!…> can't stand in a book; this one is left out.",
                 "Instructions");
        else if (t->kind == HTML_FOREIGN)
            add_foreign(b, t, &where);
        else if (t->kind == HTML_OPEN)
            add_open(b, t, in_block, &where);
        else if (t->kind == HTML_CLOSE)
            add_close(b, t, &where);
        if (opaque_content(t))
            t = opaque_content(t);
    }
    if (!in_block)
        return;
    while (b->tag_count > 0 && b->tags[b->tag_count - 1].token->ends_with_owner &&
           b->tags[b->tag_count - 1].token->owner == n)
        pop_tag(b);
    build_end_implied(b);
}
