/* Split first, link later: which part of the tree goes into which file.
 *
 * A book has a file for each division: the children of its body, and the chapters of its parts, so that a
 * part's own file is its title page. An essay has one for its text and one for its notes. A file that
 * would pass 250 KB, at which e-readers become slow, goes on in others: cut before sections where that is
 * possible, else between blocks, and never right after a heading.
 */
#include "write/epub/book.h"

enum { FILE_BYTES = 220 * 1000 /* as measured here: head, page marks and name spaces come to it */ };

struct cutter {
    struct book *book;
    size_t capacity;
    size_t held;        /* bytes in the file so far, about */
    struct hash *sizes; /* see measure() */
    bool essay;
};

static const xmlNode *next_element(const xmlNode *n)
{
    while (n && n->type != XML_ELEMENT_NODE)
        n = n->next;
    return n;
}

static const xmlNode *previous_element(const xmlNode *n)
{
    for (n = n->prev; n && n->type != XML_ELEMENT_NODE;)
        n = n->prev;
    return n;
}

/* ---- sizes: how long nodes will be when written, about */

/* A node whose size is being summed up. */
struct sum {
    size_t bytes;
    struct sum *above;
};

struct measuring {
    struct book *book;
    struct hash *sizes; /* address of a divisible element → its struct sum */
    struct sum *sum;
};

/* An element as a key: the bytes of its address. */
static struct text key_of(const xmlNode *const *n)
{
    return (struct text){(const char *)n, sizeof *n};
}

/* Is there no text between its children, and none of them part of a line? */
static bool holds_blocks(const xmlNode *n)
{
    for (const xmlNode *c = n->children; c; c = c->next) {
        if (c->type == XML_ELEMENT_NODE && !element_is(tree_kind(c), ELEMENT_IS_BLOCK))
            return false;
        if (c->type == XML_TEXT_NODE && text_trim(text_of((const char *)c->content)).length)
            return false;
    }
    return true;
}

/* May an element be cut between its children? Quotations, divisions and lists are, too, when they alone are
 * too large for a file. */
static bool divisible(const xmlNode *n)
{
    switch (tree_kind(n)) {
    case ELEMENT_SECTION:
    case ELEMENT_BODY:
    case ELEMENT_ARTICLE:
    case ELEMENT_MAIN:
        return true;
    case ELEMENT_BLOCKQUOTE:
    case ELEMENT_DIV:
    case ELEMENT_OL:
    case ELEMENT_UL:
        return holds_blocks(n);
    default:
        return false;
    }
}

static size_t tags_size(const xmlNode *n)
{
    size_t bytes = 2 * strlen((const char *)n->name) + 6;
    for (const xmlAttr *a = n->properties; a; a = a->next)
        bytes += strlen((const char *)a->name) + 4 +
                 (a->children && a->children->content ? strlen((const char *)a->children->content) : 0);
    return bytes;
}

static enum walk enter(xmlNode *n, void *user)
{
    struct measuring *m = user;
    if (n->type != XML_ELEMENT_NODE) {
        m->sum->bytes += n->content ? strlen((const char *)n->content) : 0;
        return WALK_ON;
    }
    if (divisible(n)) {
        struct sum *s = arena_alloc(m->book->arena, sizeof *s);
        s->above = m->sum;
        m->sum = s;
    }
    m->sum->bytes += tags_size(n);
    return WALK_ON;
}

static void leave(xmlNode *n, void *user)
{
    struct measuring *m = user;
    if (!divisible(n))
        return;
    const xmlNode *key = n;
    hash_put(m->sizes, key_of(&key), m->sum);
    m->sum->above->bytes += m->sum->bytes;
    m->sum = m->sum->above;
}

static size_t measure(struct book *b, struct hash *sizes, const xmlNode *n)
{
    static const struct walker w = {enter, leave};
    union {
        const xmlNode *in;
        xmlNode *out;
    } top = {n};
    struct sum sum = {0, NULL};
    struct measuring m = {b, sizes, &sum};
    tree_walk(top.out, &w, &m);
    return sum.bytes;
}

/* What is not divisible is measured when it is added, once; the others have been, all in one walk. */
static size_t size_of(struct cutter *c, const xmlNode *n)
{
    const struct sum *known = hash_find(c->sizes, key_of(&n));
    return known ? known->bytes : measure(c->book, c->sizes, n);
}

/* ---- cutting */

static void begin_chunk(struct cutter *c, const xmlNode *first)
{
    struct book *b = c->book;
    if (b->chunk_count == c->capacity) {
        size_t capacity = c->capacity ? c->capacity * 2 : 16;
        struct chunk *more = arena_array(b->arena, capacity, sizeof *more);
        if (b->chunk_count)
            memcpy(more, b->chunks, b->chunk_count * sizeof *more);
        b->chunks = more;
        c->capacity = capacity;
    }
    if (b->chunk_count)
        b->chunks[b->chunk_count - 1].end = first;
    b->chunks[b->chunk_count++] = (struct chunk){.first = first};
    c->held = 0;
}

static bool is_title_block(const xmlNode *n)
{
    return tree_kind(n) == ELEMENT_HEADER && tree_has_word(n, "class", "title-block");
}

/* Has it a page of its own between title and contents? An essay's title has one only when it's asked for. */
static bool is_opening(const struct book *b, const xmlNode *n)
{
    static const char *const classes[] = {"title-page", "imprint", "dedication", "epigraph"};
    if (n->parent != b->d->body || !tree_has_word(next_element(b->d->body->children), "class", "title-page"))
        return false;
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++)
        if (tree_has_word(n, "class", classes[i]))
            return true;
    return false;
}

static bool is_notes(const xmlNode *n)
{
    return tree_has_word(n, "epub:type", "endnotes");
}

/* What has a file of its own in a book: a child of the body, or a section with a name of its own in a part.
 */
static bool is_division(const struct book *b, const xmlNode *n)
{
    if (n->parent == b->d->body)
        return true;
    return tree_kind(n) == ELEMENT_SECTION && tree_get(n, "epub:type") &&
           tree_has_word(n->parent, "epub:type", "part");
}

static bool may_cut_before(const xmlNode *n)
{
    const xmlNode *before = previous_element(n);
    return before && !element_is(tree_kind(before), ELEMENT_IS_HEADING);
}

/* Adds `n`, the child of something divisible; true when its own children are to be added one by one. */
static bool add(struct cutter *c, const xmlNode *n)
{
    if (!c->essay && is_division(c->book, n)) {
        begin_chunk(c, n);
        if (tree_has_word(n, "epub:type", "part"))
            return true;
    }
    size_t size = size_of(c, n);
    if (c->held + size <= FILE_BYTES) {
        c->held += size;
        return false;
    }
    bool inside = size > FILE_BYTES && divisible(n);
    bool worth = c->held > (inside ? FILE_BYTES / 4 : 0);
    if (worth && may_cut_before(n))
        begin_chunk(c, n);
    if (!inside)
        c->held += size;
    return inside;
}

/* Adds a child of the body and all in it. */
static void add_all(struct cutter *c, const xmlNode *top)
{
    if (!add(c, top))
        return;
    const xmlNode *n = next_element(top->children);
    while (n) {
        if (add(c, n) && next_element(n->children)) {
            n = next_element(n->children);
            continue;
        }
        while (n != top && !next_element(n->next))
            n = n->parent;
        n = n == top ? NULL : next_element(n->next);
    }
}

/* ---- names */

/* The first word of the kind of division that a file holds, as a file's name. */
static const char *kind_of(struct arena *a, const xmlNode *n)
{
    if (is_title_block(n))
        return "title";
    if (is_notes(n))
        return "notes";
    const char *kind = tree_get(n, "epub:type");
    if (!kind || !*kind)
        kind = tree_get(n, "class");
    struct text t = text_of(kind), word;
    text_split(&t, ' ', &word);
    if (!word.length || word.length > 40 || text_is_nocase(word, "nav") || text_is_nocase(word, "cover"))
        return "text"; /* files of those names are there */
    char *lower = text_copy(a, word);
    for (char *c = lower; *c; c++) {
        if (!ascii_alpha(*c) && *c != '-')
            return "text";
        *c = ascii_lower(*c);
    }
    return lower;
}

/* Chapters and parts are numbered, "chapter-01.xhtml", so that a folder lists them in order; of others only
 * the second and further. What goes on in another file has its number behind: "chapter-01-p2.xhtml". */
static const char *stem(struct book *b, struct hash *counts, const xmlNode *top)
{
    const char *kind = kind_of(b->arena, top);
    int *seen = hash_find(counts, text_of(kind));
    if (!seen) {
        seen = arena_alloc(b->arena, sizeof *seen);
        hash_put(counts, text_of(kind), seen);
    }
    ++*seen;
    if (strcmp(kind, "chapter") == 0 || strcmp(kind, "part") == 0)
        return arena_printf(b->arena, "%s-%02d", kind, *seen);
    return *seen == 1 ? kind : arena_printf(b->arena, "%s-%d", kind, *seen);
}

static const xmlNode *division_of(const struct book *b, const xmlNode *n)
{
    while (!is_division(b, n))
        n = n->parent;
    return n;
}

/* Of an essay all but its notes and the pages before it is one text, whatever sections it has. */
static const xmlNode *text_of_essay(const struct book *b, const xmlNode *n)
{
    n = division_of(b, n);
    return is_notes(n) || is_opening(b, n) ? n : b->d->body;
}

static void name_chunks(struct book *b, bool essay)
{
    struct hash *counts = hash_new(b->arena);
    const xmlNode *before = NULL;
    const char *name = NULL;
    int part = 1;
    bool opening = true;
    for (struct chunk *c = b->chunks; c < b->chunks + b->chunk_count; c++) {
        const xmlNode *here = essay ? text_of_essay(b, c->first) : division_of(b, c->first);
        part = here == before ? part + 1 : 1;
        if (part == 1)
            name = here == b->d->body ? "text" : stem(b, counts, here);
        c->file = part == 1 ? arena_printf(b->arena, "%s.xhtml", name)
                            : arena_printf(b->arena, "%s-p%d.xhtml", name, part);
        c->type = is_title_block(here) ? "titlepage" : NULL;
        c->opening = opening = opening && (c->type || is_opening(b, here));
        before = here;
    }
}

/* Does the main text of the book begin in this file, as far as one can tell from its division? */
static bool begins_text(const struct book *b, const struct chunk *c)
{
    static const char *const before[] = {"frontmatter", "preface",         "foreword",       "dedication",
                                         "epigraph",    "acknowledgments", "copyright-page", "abstract"};
    const xmlNode *n = division_of(b, c->first);
    if (c->type || is_notes(n))
        return false;
    for (size_t i = 0; i < sizeof before / sizeof before[0]; i++)
        if (tree_has_word(n, "epub:type", before[i]) || tree_has_word(n, "class", before[i]))
            return false;
    return true;
}

static void find_body(struct book *b)
{
    for (struct chunk *c = b->chunks; c < b->chunks + b->chunk_count && !b->body; c++)
        if (begins_text(b, c))
            b->body = c;
}

void chunks_plan(struct book *b)
{
    struct cutter c = {.book = b, .essay = tree_has_word(b->d->body, "class", "essay")};
    c.sizes = hash_new(b->arena);
    measure(b, c.sizes, b->d->body);
    for (const xmlNode *n = next_element(b->d->body->children); n; n = next_element(n->next)) {
        const xmlNode *before = previous_element(n);
        if (c.essay && (!before || is_notes(n) || is_opening(b, n) || is_opening(b, before)))
            begin_chunk(&c, n);
        add_all(&c, n);
    }
    name_chunks(b, c.essay);
    find_body(b);
    if (b->chunk_count)
        return;
    begin_chunk(&c, NULL); /* a package has at least one content file */
    b->chunks->file = "text.xhtml";
    b->body = b->chunks;
}
