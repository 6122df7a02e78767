#include "document/captions.h"
#include "base/buf.h"
#include "base/utf8.h"
#include <unicode/uchar.h>

/* ---- labels */

struct plain {
    struct buf *out;
    bool space; /* white space waits for the next character */
};

static enum walk plain_part(xmlNode *n, void *user)
{
    struct plain *p = user;
    if (tree_kind(n) == ELEMENT_BR)
        p->space = true;
    if (n->type == XML_ELEMENT_NODE)
        return tree_has_word(n, "role", "doc-noteref") ? WALK_SKIP : WALK_ON;
    for (const char *c = n->content ? (const char *)n->content : ""; *c; c++) {
        if (ascii_space(*c)) {
            p->space = true;
            continue;
        }
        if (p->space && p->out->length)
            buf_byte(p->out, ' ');
        p->space = false;
        buf_byte(p->out, *c);
    }
    return WALK_ON;
}

static struct text plain_text(struct arena *a, xmlNode *n)
{
    static const struct walker w = {plain_part, NULL};
    struct plain p = {buf_new(a), false};
    tree_walk(n, &w, &p);
    return buf_view(p.out);
}

/* Captions shorter than this stand whole; a sentence is not looked for before as many bytes: "Fig. 3. …". */
enum { LABEL_SHORT = 70, SENTENCE_LEAST = 16 };

/* Does a sentence end with the space at `at`: behind a full stop that closes no initial or number, and before
 * a capital or an opening mark? */
static bool ends_sentence(struct text t, size_t at)
{
    size_t before = at, ahead = at + 1;
    uint32_t mark = utf8_previous(t, &before);
    if ((mark != '.' && mark != '?' && mark != '!') || ahead >= t.length || before < 2)
        return false;
    uint32_t next = utf8_next(t, &ahead), last = utf8_previous(t, &before),
             second = utf8_previous(t, &before);
    return !u_islower((UChar32)next) && !u_isdigit((UChar32)next) &&
           (mark != '.' || (u_islower((UChar32)last) && u_isalpha((UChar32)second)));
}

static struct text first_sentence(struct text t)
{
    if (t.length <= LABEL_SHORT)
        return t;
    for (size_t i = SENTENCE_LEAST; i < t.length; i++)
        if (t.at[i] == ' ' && ends_sentence(t, i))
            return text_slice(t, 0, i);
    return t;
}

/* A name in a list has no full stop. */
static struct text without_stop(struct text t)
{
    bool stop = t.length > 1 && t.at[t.length - 1] == '.' && t.at[t.length - 2] != '.';
    return stop ? text_slice(t, 0, t.length - 1) : t;
}

/* ---- the walk */

struct finding {
    struct arena *arena;
    enum captioned_kind kind;
    struct captioned **end;
    int in_figure;
};

static xmlNode *child(const xmlNode *n, enum element kind)
{
    for (xmlNode *c = n->children; c; c = c->next)
        if (tree_kind(c) == kind)
            return c;
    return NULL;
}

/* The caption of a figure or table; of a table in a figure, the figure's. */
static xmlNode *caption_of(const struct finding *f, const xmlNode *n)
{
    enum element e = tree_kind(n);
    if (e == ELEMENT_TABLE)
        return f->kind == CAPTIONED_TABLES && !f->in_figure ? child(n, ELEMENT_CAPTION) : NULL;
    const xmlNode *table = child(n, ELEMENT_TABLE);
    if ((table != NULL) != (f->kind == CAPTIONED_TABLES))
        return NULL;
    xmlNode *caption = child(n, ELEMENT_FIGCAPTION);
    return caption || !table ? caption : child(table, ELEMENT_CAPTION);
}

static enum walk enter(xmlNode *n, void *user)
{
    struct finding *f = user;
    enum element e = tree_kind(n);
    if (n->type != XML_ELEMENT_NODE || (e != ELEMENT_FIGURE && e != ELEMENT_TABLE))
        return WALK_ON;
    xmlNode *caption = caption_of(f, n);
    const char *id = tree_get(n, "id");
    struct text label =
        caption && id ? without_stop(first_sentence(plain_text(f->arena, caption))) : TEXT("");
    if (label.length) {
        struct captioned *one = arena_alloc(f->arena, sizeof *one);
        *one = (struct captioned){n, caption, id, text_copy(f->arena, label), NULL};
        *f->end = one;
        f->end = &one->next;
    }
    f->in_figure += e == ELEMENT_FIGURE;
    return WALK_ON;
}

static void leave(xmlNode *n, void *user)
{
    struct finding *f = user;
    f->in_figure -= tree_kind(n) == ELEMENT_FIGURE;
}

const struct captioned *captions_find(struct arena *a, const struct document *d, enum captioned_kind kind)
{
    static const struct walker w = {enter, leave};
    struct captioned *first = NULL;
    struct finding f = {a, kind, &first, 0};
    tree_walk(d->body, &w, &f);
    return first;
}
