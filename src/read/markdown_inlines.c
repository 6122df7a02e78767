/* Inline syntax of ours, as a cmark-gfm syntax extension: ^[inline notes], H~2~O, x^2^, ==highlights==, and
 * attributes in braces behind a link, a picture, code, a [span]{…} or at a heading's end. cmark asks match()
 * at each '^',
 * '~', '=', '{'. */
#include "base/buf.h"
#include "read/markdown.h"

/* Inline notes within inline notes, and the longest run of backticks that begins code (cmark's own). */
enum { NOTES_DEEP = 8, MAX_BACKTICKS = 80 };

/* Where a ^[ stands in an inline content, and its ]. */
struct bracket_pair {
    int open, close;
};

static struct text content_of(cmark_inline_parser *ip)
{
    const cmark_chunk *c = cmark_inline_parser_get_chunk(ip);
    return (struct text){(const char *)c->data, (size_t)c->len};
}

static char char_at(struct text t, int at)
{
    return at >= 0 && (size_t)at < t.length ? t.at[at] : '\0';
}

static cmark_node *new_inline(struct markdown *m, cmark_inline_parser *ip, enum mark_kind kind)
{
    cmark_node *n = cmark_node_new_with_mem(CMARK_NODE_CUSTOM_INLINE, markdown_memory());
    mark_node(m, m->inlines, n, kind);
    n->start_line = n->end_line = cmark_inline_parser_get_line(ip);
    n->start_column = cmark_inline_parser_get_column(ip);
    return n;
}

static bool in_script(const cmark_node *parent)
{
    const struct mark *mark = mark_of(parent);
    return mark && (mark->kind == MARK_SUB || mark->kind == MARK_SUP);
}

/* ---- sub- and superscript: no white space inside, the same mark at both ends */

/* What a script holds: an escaped blank is one that doesn't break. */
static void set_content(struct markdown *m, cmark_node *n, struct text inside)
{
    struct buf *b = buf_new(m->scratch);
    for (size_t i = 0; i < inside.length; i++) {
        if (inside.at[i] == '\\' && i + 1 < inside.length && inside.at[i + 1] == ' ') {
            buf_utf8(b, 0xA0);
            i++;
        } else {
            buf_byte(b, inside.at[i]);
        }
    }
    cmark_strbuf_set(&n->content, (const unsigned char *)b->data, (bufsize_t)b->length);
    buf_free(b);
}

static cmark_node *match_script(struct markdown *m, cmark_node *parent, char c, cmark_inline_parser *ip)
{
    struct text t = content_of(ip);
    int from = cmark_inline_parser_get_offset(ip) + 1, to = from;
    if (c == '~' && (char_at(t, from - 2) == '~' || char_at(t, from) == '~'))
        return NULL; /* struck out */
    if (c == '^' && char_at(t, from - 2) == '[')
        return NULL; /* a note's call */
    for (; (size_t)to < t.length && t.at[to] != c; to++) {
        if (t.at[to] == '\\' && (size_t)to + 1 < t.length)
            to++;
        else if (ascii_space(t.at[to]))
            return NULL;
    }
    if (to == from || (size_t)to >= t.length || (c == '~' && char_at(t, to + 1) == '~'))
        return NULL;
    enum mark_kind kind = c == '~' ? MARK_SUB : MARK_SUP;
    if (in_script(parent) && mark_of(parent)->kind == kind)
        return NULL;
    cmark_node *n = new_inline(m, ip, kind);
    n->start_column++;
    set_content(m, n, text_slice(t, (size_t)from, (size_t)to));
    cmark_parse_inlines(m->parser, n, m->parser->refmap, m->parser->options);
    n->start_column--;
    cmark_inline_parser_set_offset(ip, to + 1);
    return n;
}

/* ---- ==highlighted==: no blank within its ends, none of its signs glued to a word outside */

static bool glued(char c)
{
    return ascii_alpha(c) || ascii_digit(c) || c == '=' || (c & 0x80);
}

static cmark_node *match_highlight(struct markdown *m, cmark_node *parent, cmark_inline_parser *ip)
{
    struct text t = content_of(ip);
    int from = cmark_inline_parser_get_offset(ip) + 2, to = from;
    const struct mark *around = mark_of(parent);
    if (char_at(t, from - 1) != '=' || glued(char_at(t, from - 3)) || ascii_space(char_at(t, from)) ||
        char_at(t, from) == '=' || (around && around->kind == MARK_HIGHLIGHT))
        return NULL;
    while ((size_t)to < t.length && !(t.at[to] == '=' && char_at(t, to + 1) == '='))
        to++;
    if ((size_t)to >= t.length || to == from || ascii_space(t.at[to - 1]) || glued(char_at(t, to + 2)))
        return NULL;
    cmark_node *n = new_inline(m, ip, MARK_HIGHLIGHT);
    n->start_column += 2;
    set_content(m, n, text_slice(t, (size_t)from, (size_t)to));
    cmark_parse_inlines(m->parser, n, m->parser->refmap, m->parser->options);
    n->start_column -= 2;
    cmark_inline_parser_set_offset(ip, to + 2);
    return n;
}

/* ---- inline notes */

static int run_of(struct text t, int at, char c)
{
    int n = 0;
    while (char_at(t, at + n) == c)
        n++;
    return n;
}

/* Behind the code span that begins at `at`, or behind its backticks when nothing closes it. `unclosed[k]` is
 * set when no run of k is ahead any more. */
static int skip_code(struct text t, int at, bool unclosed[MAX_BACKTICKS + 1])
{
    int n = run_of(t, at, '`');
    if (n > MAX_BACKTICKS || unclosed[n])
        return at + n;
    for (int i = at + n; (size_t)i < t.length;) {
        int k = run_of(t, i, '`');
        if (k == n)
            return i + k;
        i += k ? k : 1;
    }
    unclosed[n] = true;
    return at + n;
}

/* Finds the bracket that closes each ^[ of a content, in one go. */
static void pair_brackets(struct markdown *m, struct text t)
{
    size_t count = 0;
    for (size_t i = 0; i < t.length; i++)
        count += t.at[i] == '[';
    int *stack = arena_array(m->scratch, count, sizeof *stack);
    size_t depth = 0;
    bool unclosed[MAX_BACKTICKS + 1] = {false};
    m->bracket_chunk = (const unsigned char *)t.at;
    m->pair_count = 0;
    m->pairs = arena_array(m->scratch, count, sizeof *m->pairs);
    for (int i = 0; (size_t)i < t.length;) {
        char c = t.at[i];
        if (c == '`') {
            i = skip_code(t, i, unclosed);
            continue;
        }
        if (c == '[') {
            /* an index into pairs for a note's bracket; -1 for others */
            bool note = char_at(t, i - 1) == '^' && char_at(t, i - 2) != '[';
            stack[depth++] = note ? (int)m->pair_count : -1;
            if (note)
                m->pairs[m->pair_count++] = (struct bracket_pair){i, -1};
        } else if (c == ']' && depth > 0) {
            int pair = stack[--depth];
            if (pair >= 0)
                m->pairs[pair].close = i;
        }
        i += c == '\\' ? 2 : 1;
    }
}

static int closing_bracket(struct markdown *m, struct text t, int open)
{
    if (m->bracket_chunk != (const unsigned char *)t.at)
        pair_brackets(m, t);
    size_t low = 0, high = m->pair_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (m->pairs[middle].open < open)
            low = middle + 1;
        else
            high = middle;
    }
    return low < m->pair_count && m->pairs[low].open == open ? m->pairs[low].close : -1;
}

/* How many inline notes are around: their paragraphs keep it in their user data. */
static int notes_around(const cmark_node *parent)
{
    return parent->type == CMARK_NODE_PARAGRAPH && parent->user_data ? *(const int *)parent->user_data : 0;
}

/* The note becomes a definition of its own before the last node; cmark comes to its inlines later. So nothing
 * is nested, however deep the source is. */
static void add_note(struct markdown *m, cmark_inline_parser *ip, const char *key, struct text inside,
                     int deep)
{
    cmark_node *note = cmark_node_new_with_mem(CMARK_NODE_FOOTNOTE_DEFINITION, markdown_memory());
    cmark_node *paragraph = cmark_node_new_with_mem(CMARK_NODE_PARAGRAPH, markdown_memory());
    int *depth = arena_alloc(m->scratch, sizeof *depth);
    *depth = deep;
    paragraph->user_data = depth;
    note->as.literal = cmark_chunk_literal(key);
    note->start_line = paragraph->start_line = cmark_inline_parser_get_line(ip);
    note->start_column = cmark_inline_parser_get_column(ip);
    paragraph->start_column = note->start_column + 2;
    cmark_strbuf_set(&paragraph->content, (const unsigned char *)inside.at, (bufsize_t)inside.length);
    cmark_node_append_child(note, paragraph);
    cmark_node_insert_before(m->last, note);
}

static cmark_node *match_note(struct markdown *m, cmark_node *parent, cmark_inline_parser *ip)
{
    struct text t = content_of(ip);
    int at = cmark_inline_parser_get_offset(ip);
    if (char_at(t, at + 1) != '[' || char_at(t, at - 1) == '[' || in_script(parent))
        return NULL;
    int deep = notes_around(parent) + 1;
    int close = deep <= NOTES_DEEP ? closing_bracket(m, t, at + 1) : -1;
    struct text inside = text_trim(text_slice(t, (size_t)at + 2, close < 0 ? 0 : (size_t)close));
    if (!inside.length)
        return NULL;
    const char *key = arena_printf(m->scratch, MARKDOWN_INLINE_NOTE "%d", ++m->notes);
    add_note(m, ip, key, inside, deep);
    cmark_node *call = cmark_node_new_with_mem(CMARK_NODE_FOOTNOTE_REFERENCE, markdown_memory());
    call->as.literal = cmark_chunk_literal(key);
    call->start_line = call->end_line = cmark_inline_parser_get_line(ip);
    call->start_column = cmark_inline_parser_get_column(ip);
    cmark_inline_parser_set_offset(ip, close + 1);
    return call;
}

/* ---- attributes and spans */

/* The text node that cmark made of a bare bracket: its one byte is a constant, not part of the content as it
 * is for \[ , and not allocated as for &#91; . */
static bool is_bracket(const cmark_node *n, char bracket, struct text content)
{
    if (n->type != CMARK_NODE_TEXT || n->as.literal.len != 1 || n->as.literal.alloc ||
        n->as.literal.data[0] != (unsigned char)bracket)
        return false;
    const char *at = (const char *)n->as.literal.data;
    return at < content.at || at >= content.at + content.length;
}

static bool is_picture_bracket(const cmark_node *n)
{
    return n->type == CMARK_NODE_TEXT && n->as.literal.len == 2 && !n->as.literal.alloc &&
           memcmp(n->as.literal.data, "![", 2) == 0;
}

/* The [ that belongs to the ] at `close`. Spans already found are jumped over, and where one search found
 * nothing the next needn't look again: all searches together are linear. */
static cmark_node *opening_bracket(struct markdown *m, cmark_node *close, struct text content)
{
    int depth = 0;
    for (cmark_node *n = close->prev; n && n != m->span_floor; n = n->prev) {
        struct mark *mark = mark_of(n);
        if (mark && mark->kind == MARK_SPAN_CLOSE && mark->partner)
            n = mark->partner;
        else if (is_picture_bracket(n) && depth-- == 0)
            break;
        else if (is_bracket(n, ']', content))
            depth++;
        else if (is_bracket(n, '[', content) && depth-- == 0)
            return n;
    }
    m->span_floor = close;
    return NULL;
}

/* Turns [ and ] into marks. They stay children side by side, since cmark's emphasis isn't resolved yet. */
static cmark_node *make_span(struct markdown *m, cmark_node *parent, cmark_inline_parser *ip,
                             struct attributes *attributes)
{
    struct text content = content_of(ip);
    cmark_node *close = parent->last_child;
    cmark_node *open = is_bracket(close, ']', content) ? opening_bracket(m, close, content) : NULL;
    if (!open)
        return NULL;
    cmark_node *end = new_inline(m, ip, MARK_SPAN_CLOSE);
    open->type = CMARK_NODE_CUSTOM_INLINE;
    struct mark *begin = mark_node(m, m->inlines, open, MARK_SPAN_OPEN);
    begin->partner = end;
    begin->attributes = attributes;
    mark_of(end)->partner = open;
    cmark_node_unlink(close);
    return end;
}

static bool takes_attributes(const cmark_node *n)
{
    return n && (n->type == CMARK_NODE_LINK || n->type == CMARK_NODE_IMAGE || n->type == CMARK_NODE_CODE);
}

static bool ends_heading(const cmark_node *parent, struct text t, size_t after)
{
    return parent->type == CMARK_NODE_HEADING && text_trim(text_slice(t, after, t.length)).length == 0;
}

static cmark_node *match_attributes(struct markdown *m, cmark_node *parent, cmark_inline_parser *ip)
{
    struct text t = content_of(ip);
    size_t at = (size_t)cmark_inline_parser_get_offset(ip), length = 0;
    bool span = char_at(t, (int)at - 1) == ']' && parent->last_child;
    if (!span && !takes_attributes(parent->last_child) && parent->type != CMARK_NODE_HEADING)
        return NULL;
    struct attributes *attributes = attributes_parse(m->scratch, text_slice(t, at, t.length), &length);
    if (!attributes)
        return NULL;
    cmark_node *n =
        span && !takes_attributes(parent->last_child) ? make_span(m, parent, ip, attributes) : NULL;
    if (!n && !takes_attributes(parent->last_child) && !ends_heading(parent, t, at + length))
        return NULL;
    if (!n) {
        n = new_inline(m, ip, MARK_ATTRIBUTES);
        mark_of(n)->attributes = attributes;
    }
    mark_of(n)->source = text_slice(t, at, at + length);
    cmark_inline_parser_set_offset(ip, (int)(at + length));
    return n;
}

/* ---- the extension */

static cmark_node *match(cmark_syntax_extension *self, cmark_parser *p, cmark_node *parent, unsigned char c,
                         cmark_inline_parser *ip)
{
    struct markdown *m = self->priv;
    cmark_node *n = NULL;
    (void)p;
    if (c == '{')
        return match_attributes(m, parent, ip);
    if (c == '=')
        return match_highlight(m, parent, ip);
    if (c == '^')
        n = match_note(m, parent, ip);
    if (!n && (c == '^' || c == '~'))
        n = match_script(m, parent, (char)c, ip);
    return n;
}

/* cmark asks the first extension that has '~' among its characters, but what is struck out is another's. */
static delimiter *insert(cmark_syntax_extension *self, cmark_parser *p, cmark_inline_parser *ip,
                         delimiter *opener, delimiter *closer)
{
    (void)self;
    cmark_syntax_extension *strike = cmark_find_syntax_extension("strikethrough");
    return strike->insert_inline_from_delim(strike, p, ip, opener, closer);
}

static int can_contain(cmark_syntax_extension *self, cmark_node *n, cmark_node_type child)
{
    (void)self;
    enum mark_kind kind = mark_of(n)->kind;
    return (kind == MARK_SUB || kind == MARK_SUP || kind == MARK_HIGHLIGHT) &&
           CMARK_NODE_TYPE_INLINE_P(child);
}

cmark_syntax_extension *markdown_inlines(struct markdown *m)
{
    cmark_syntax_extension *e = arena_alloc(m->scratch, sizeof *e);
    e->name = arena_string(m->scratch, "octavo-inlines");
    e->priv = m;
    e->match_inline = match;
    e->insert_inline_from_delim = insert;
    e->can_contain_func = can_contain;
    for (const char *c = "^~{="; *c; c++)
        e->special_inline_chars =
            cmark_llist_append(markdown_memory(), e->special_inline_chars, (void *)(size_t)*c);
    return e;
}
