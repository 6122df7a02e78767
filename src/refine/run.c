#include "refine/run.h"
#include "base/buf.h"
#include "base/utf8.h"
#include <unicode/uchar.h>

bool run_alnum(uint32_t c)
{
    return c < 0x80 ? ascii_alpha((char)c) || run_digit(c) : u_isalnum((UChar32)c);
}

bool run_upper(uint32_t c)
{
    return c < 0x80 ? c >= 'A' && c <= 'Z' : u_isupper((UChar32)c);
}

bool run_lower(uint32_t c)
{
    return c < 0x80 ? c >= 'a' && c <= 'z' : u_islower((UChar32)c);
}

void run_set(struct run *r, size_t i, uint32_t c)
{
    struct letter *l = &r->letters[i];
    if (l->fixed || l->c == c)
        return;
    l->c = c;
    r->segments[l->segment].changed = true;
}

void run_insert(struct run *r, size_t i, uint32_t space)
{
    struct letter *l = &r->letters[i];
    if (l->fixed)
        return;
    l->before = space == SPACE_NARROW ? INSERT_NARROW : INSERT_NO_BREAK;
    r->segments[l->segment].changed = true;
}

/* ---- collecting */

struct collector {
    struct document *document;
    struct run run;
    struct buf *letters, *segments; /* hold the run's rows */
    struct buf *text;
    const char *language; /* of the segment before */
    const struct punctuation *rules;
    void (*each)(struct run *r, void *user);
    void *user;
};

enum { SEGMENT_MOST = (1 << 26) - 1 };

static size_t new_segment(struct collector *c, xmlNode *node, const char *language)
{
    if (!c->rules || language != c->language) { /* the same string, most of the time */
        c->rules = punctuation_for(language);
        c->language = language;
    }
    struct segment s = {node, c->run.count, c->rules, false};
    buf_add(c->segments, &s, sizeof s);
    return c->run.segment_count++;
}

/* Room for so many letters more; where they go. */
static struct letter *more_letters(struct collector *c, size_t count)
{
    buf_reserve(c->letters, count * sizeof(struct letter));
    return (struct letter *)(void *)c->letters->data + c->run.count;
}

static void add_object(struct collector *c, uint32_t character, const char *language)
{
    size_t segment = new_segment(c, NULL, language);
    *more_letters(c, 1) = (struct letter){.c = character, .segment = segment & SEGMENT_MOST, .fixed = true};
    c->run.count++;
    c->letters->length += sizeof(struct letter);
}

/* What every address has somewhere, or a command's option. */
static bool suspect(struct text t)
{
    return memchr(t.at, '/', t.length) || memchr(t.at, '@', t.length) || memmem(t.at, t.length, "--", 2) ||
           memmem(t.at, t.length, "www.", 4);
}

static void add_text(struct collector *c, xmlNode *node, struct text t, const char *language)
{
    size_t segment = new_segment(c, node, language), count = 0;
    struct letter *to = more_letters(c, t.length);
    for (size_t at = 0; at < t.length;)
        to[count++] = (struct letter){.c = utf8_next(t, &at), .segment = segment & SEGMENT_MOST};
    c->run.count += count;
    c->letters->length += count * sizeof(struct letter);
    c->run.suspect |= suspect(t);
}

static void append_segment(const struct run *r, size_t segment, struct buf *out)
{
    for (size_t i = r->segments[segment].first; i < r->count && r->letters[i].segment == segment; i++) {
        const struct letter *l = &r->letters[i];
        if (l->before)
            buf_utf8(out, l->before == INSERT_NARROW ? SPACE_NARROW : SPACE_NO_BREAK);
        if (l->c)
            buf_utf8(out, l->c);
    }
}

/* A text node's content, as it is: libxml2 reads no entities in it. */
static void write_back(struct collector *c)
{
    const struct run *r = &c->run;
    for (size_t s = 0; s < r->segment_count; s++) {
        xmlNode *node = r->segments[s].node;
        if (!r->segments[s].changed || !node)
            continue;
        buf_clear(c->text);
        append_segment(r, s, c->text);
        xmlNodeSetContentLen(node, (const xmlChar *)buf_view(c->text).at, (int)c->text->length);
        arena_must(c->document->arena, node->content);
    }
}

/* The end of a block's text. */
static void flush(struct collector *c)
{
    c->run.letters = (void *)c->letters->data;
    c->run.segments = (void *)c->segments->data;
    c->each(&c->run, c->user);
}

static void reset(struct collector *c)
{
    buf_clear(c->letters);
    buf_clear(c->segments);
    c->run = (struct run){0};
}

static void end_block(struct collector *c)
{
    if (!c->run.count)
        return;
    flush(c);
    write_back(c);
    reset(c);
}

static enum walk enter(xmlNode *n, void *user)
{
    struct collector *c = user;
    if (n->type == XML_TEXT_NODE) {
        add_text(c, n, text_of((const char *)n->content), tree_language(c->document, n->parent));
        return WALK_ON;
    }
    if (n->type != XML_ELEMENT_NODE)
        return WALK_SKIP;
    enum element e = tree_kind(n);
    if (element_is(e, ELEMENT_IS_BLOCK)) {
        end_block(c);
        return element_is(e, ELEMENT_IS_VERBATIM) ? WALK_SKIP : WALK_ON;
    }
    if (tree_has_word(n, "class", "noteref"))
        return WALK_SKIP;
    if (e == ELEMENT_BR) {
        add_object(c, '\n', "");
        return WALK_SKIP;
    }
    if (e == ELEMENT_UNKNOWN || element_is(e, ELEMENT_IS_VERBATIM) || element_is(e, ELEMENT_IS_FOREIGN) ||
        element_is(e, ELEMENT_IS_EMPTY) || element_is(e, ELEMENT_IS_MEDIA) ||
        tree_has_word(n, "class", "math") || tree_has_word(n, "class", "backlink")) {
        add_object(c, RUN_OBJECT, "");
        return WALK_SKIP;
    }
    return WALK_ON;
}

static void leave(xmlNode *n, void *user)
{
    if (element_is(tree_kind(n), ELEMENT_IS_BLOCK))
        end_block(user);
}

static struct collector collector_new(struct document *d, void (*each)(struct run *, void *), void *user)
{
    struct collector c = {.document = d, .each = each, .user = user};
    c.letters = buf_new(d->arena);
    c.segments = buf_new(d->arena);
    c.text = buf_new(d->arena);
    return c;
}

static void collector_end(struct collector *c)
{
    buf_free(c->letters);
    buf_free(c->segments);
    buf_free(c->text);
}

void runs_each(struct document *d, xmlNode *top, void (*each)(struct run *r, void *user), void *user)
{
    static const struct walker w = {enter, leave};
    struct collector c = collector_new(d, each, user);
    tree_walk(top, &w, &c);
    end_block(&c);
    collector_end(&c);
}

const char *run_string(struct document *d, const char *string, void (*each)(struct run *r, void *user),
                       void *user)
{
    if (!string)
        return NULL;
    struct collector c = collector_new(d, each, user);
    add_text(&c, NULL, text_of(string), d->meta.language);
    flush(&c);
    append_segment(&c.run, 0, c.text);
    const char *out = text_copy(d->arena, buf_view(c.text));
    collector_end(&c);
    return out;
}
