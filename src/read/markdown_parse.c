#include "base/limits.h"
#include "read/markdown.h"
#include <pthread.h>
#include <stdlib.h>

/* The lock of cmark-gfm's static tables: see markdown.h. */
static pthread_mutex_t cmark_lock = PTHREAD_MUTEX_INITIALIZER;

/* ---- link references
 *
 * cmark copies the address and title of a reference into each link that uses it: 10 MB of source become 1 GB.
 * So before inlines are parsed each reference's address is exchanged for its short number behind a character
 * that no address can have, and its title is kept beside. markdown_tree.c exchanges them back and counts.
 */
static void shorten_references(struct markdown *m)
{
    size_t n = 0;
    for (cmark_map_entry *e = m->parser->refmap->refs; e; e = e->next)
        n++;
    m->references = arena_array(m->scratch, n + 1, sizeof *m->references);
    m->reference_count = n;
    size_t i = 0;
    for (cmark_map_entry *e = m->parser->refmap->refs; e; e = e->next, i++) {
        cmark_reference *r = (cmark_reference *)e;
        m->references[i].url = (struct text){(char *)r->url.data, (size_t)r->url.len};
        m->references[i].title = (struct text){(char *)r->title.data, (size_t)r->title.len};
        char *token = arena_printf(m->scratch, "%c%zu", MARKDOWN_HIDDEN, i);
        r->url = (cmark_chunk){(unsigned char *)token, (bufsize_t)strlen(token), 0};
        r->title = cmark_chunk_literal("");
    }
}

/* ---- openers that nothing closes
 *
 * At each <? , <![CDATA[ and <!X cmark looks for the end up to the end of the text, so many of them take
 * square time. One that has no end is mere text; its '<' is exchanged for a character that no text can have,
 * and markdown_chunk exchanges it back.
 */
struct opener {
    const char *begin, *end;
};

/* Offset of the last `end` of a content, or -1. */
static long last_of(struct text t, const char *end)
{
    size_t n = strlen(end);
    for (size_t i = t.length; i >= n; i--)
        if (memcmp(t.at + i - n, end, n) == 0)
            return (long)(i - n);
    return -1;
}

static bool begins(struct text t, size_t at, const char *begin)
{
    size_t n = strlen(begin);
    return t.length - at >= n && memcmp(t.at + at, begin, n) == 0;
}

static void hide_openers(struct markdown *m, cmark_strbuf *content)
{
    static const struct opener openers[] = {{"<?", "?>"}, {"<![CDATA[", "]]>"}, {"<!", ">"}};
    enum { OPENERS = sizeof openers / sizeof openers[0], FEW = 16 };
    struct text t = {(const char *)content->ptr, (size_t)content->size};
    long last[OPENERS] = {-2, -2, -2}; /* -2: not yet sought */
    int seen = 0;
    for (size_t at = text_find(t, '<', 0); at < t.length; at = text_find(t, '<', at + 1)) {
        int which = 0;
        while (which < OPENERS && !begins(t, at, openers[which].begin))
            which++;
        if (which == OPENERS || begins(t, at, "<!-") || ++seen <= FEW)
            continue;
        if (last[which] == -2)
            last[which] = last_of(t, openers[which].end);
        if (last[which] >= (long)(at + strlen(openers[which].begin)))
            continue;
        content->ptr[at] = MARKDOWN_HIDDEN;
        m->hidden = true;
    }
}

static void hide_all_openers(struct markdown *m)
{
    cmark_iter *iter = cmark_iter_new(m->parser->root);
    for (cmark_event_type e; (e = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *n = cmark_iter_get_node(iter);
        if (e == CMARK_EVENT_ENTER && !markdown_leaf(n) && n->content.size)
            hide_openers(m, &n->content);
    }
    cmark_iter_free(iter);
}

/* ---- parsing */

/* cmark's notes lose what we need: calls without a note become text, and notes that nobody calls vanish. That
 * happens behind the inlines, when the option is still set; a node that stands last takes it away, since
 * cmark asks each node whether it has inlines. */
static void set_last_node(struct markdown *m)
{
    m->last = cmark_node_new_with_mem_and_ext(CMARK_NODE_CUSTOM_BLOCK, markdown_memory(), m->blocks);
    mark_node(m, m->blocks, m->last, MARK_LAST);
    cmark_node_append_child(m->parser->root, m->last);
}

static void attach(struct markdown *m)
{
    static const char *const core[] = {"strikethrough", "autolink"};
    m->blocks = markdown_blocks(m);
    m->inlines = markdown_inlines(m);
    m->table = markdown_tables(m);
    cmark_parser_attach_syntax_extension(m->parser, m->blocks);
    cmark_parser_attach_syntax_extension(m->parser, m->inlines);
    cmark_parser_attach_syntax_extension(m->parser, m->table);
    for (size_t i = 0; i < sizeof core / sizeof core[0]; i++)
        cmark_parser_attach_syntax_extension(m->parser, cmark_find_syntax_extension(core[i]));
}

/* Fed in pieces: cmark's counts are ints. */
static void feed(struct markdown *m)
{
    enum { PIECE = 1 << 24 };
    for (size_t at = 0; at < m->text.length; at += PIECE) {
        struct text piece = text_slice(m->text, at, at + PIECE);
        cmark_parser_feed(m->parser, piece.at, piece.length);
    }
    /* closes a paragraph at the end, so that all reference definitions are known */
    if (m->parser->linebuf.size || m->parser->current->type == CMARK_NODE_PARAGRAPH) {
        cmark_parser_feed(m->parser, "\n", 1);
        if (m->parser->current->type == CMARK_NODE_PARAGRAPH)
            cmark_parser_feed(m->parser, "\n", 1);
    }
}

static void parse(struct markdown *m)
{
    markdown_register_extensions();
    m->parser = cmark_parser_new_with_mem(
        CMARK_OPT_SOURCEPOS | CMARK_OPT_FOOTNOTES | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE, markdown_memory());
    attach(m);
    feed(m);
    shorten_references(m);
    hide_all_openers(m);
    set_last_node(m);
    m->root = cmark_parser_finish(m->parser);
}

static void tell_waiting(struct markdown *m)
{
    for (struct waiting *w = m->waiting; w; w = w->next) {
        struct place where = places_at(m->places, w->line, w->column);
        message(m->document->messages, w->severity, w->code, &where, "%s", w->sentence);
    }
}

void markdown_parse(struct markdown *m)
{
    struct arena *callers = m->document->arena;
    struct failure failure;
    pthread_mutex_lock(&cmark_lock);
    m->scratch = arena_new(&failure);
    if (!m->scratch || setjmp(failure.back)) {
        if (m->parser)
            cmark_manage_extensions_special_characters(m->parser, 0);
        markdown_use_arena(NULL);
        pthread_mutex_unlock(&cmark_lock);
        arena_exhausted(callers);
    }
    markdown_use_arena(m->scratch);
    parse(m);
    markdown_use_arena(NULL);
    pthread_mutex_unlock(&cmark_lock);
    tell_waiting(m);
}
