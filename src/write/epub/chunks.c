/* Split first, link later: which part of the tree goes into which file.
 *
 * A book has a file for each division: the children of its body, and the chapters of its parts, so that a
 * part's own file is its title page. An essay has one for its text and one for its notes. A file that
 * would pass 250 KB, at which e-readers become slow, goes on in others: cut before sections where that is
 * possible, else between blocks, and never right after a heading. What alone is too large is cut inside:
 * quotations, divisions and lists between their children (a note never), tables between rows that no cell
 * joins, programs between lines.
 */
#include "write/epub/book.h"
#include <limits.h>
#include <stdlib.h>

enum {
    FILE_BYTES = 220 * 1000,   /* as measured here: head, page marks and name spaces come to it */
    FILE_MOST = 235 * 1000,    /* with them it is over 250 KB */
    HEAD_MOST = FILE_BYTES / 8 /* a table's head that is larger stands only once */
};

struct cutter {
    struct book *book;
    struct sizes *sizes;
    size_t capacity;
    size_t held; /* bytes in the file so far, about */
    bool told;   /* that there are too many */
    bool essay;
    const xmlNode *rows_of; /* the table or its body in which rows are being added */
    unsigned long spanned;  /* further rows into which their cells reach */
};

static bool is_blank(const xmlNode *n)
{
    return n->type != XML_ELEMENT_NODE &&
           (n->type != XML_TEXT_NODE || !text_trim(text_of((const char *)n->content)).length);
}

/* ---- cutting */

/* The head of the table in which a file begins; NULL: it begins in none, or the head is too large. */
static const xmlNode *head_above(struct cutter *c, const xmlNode *n)
{
    do
        n = n->parent;
    while (n != c->book->d->body && tree_kind(n) != ELEMENT_TABLE);
    for (n = tree_element_from(n->children); n; n = tree_element_from(n->next))
        if (tree_kind(n) == ELEMENT_THEAD)
            return size_of(c->sizes, n) <= HEAD_MOST ? n : NULL;
    return NULL;
}

static void begin_chunk(struct cutter *c, const xmlNode *first, size_t offset)
{
    struct book *b = c->book;
    b->chunks = arena_room(b->arena, b->chunks, b->chunk_count, &c->capacity, sizeof *b->chunks);
    if (b->chunk_count) {
        struct xhtml_range *before = &b->chunks[b->chunk_count - 1].range;
        before->end = first;
        before->end_offset = offset;
    }
    const xmlNode *head = first && first->parent != b->d->body ? head_above(c, first) : NULL;
    b->chunks[b->chunk_count++] =
        (struct chunk){.range = {.first = first, .first_offset = offset, .head = head}};
    c->held = head ? size_of(c->sizes, head) : 0;
    c->told = false;
}

struct chunk *chunk_entered(const struct book *b, struct chunk *now, const xmlNode *n)
{
    for (struct chunk *next = now ? now + 1 : b->chunks;
         next < b->chunks + b->chunk_count && next->range.first == n; next++)
        now = next;
    return now;
}

static bool is_title_block(const xmlNode *n)
{
    return tree_kind(n) == ELEMENT_HEADER && tree_has_word(n, "class", "title-block");
}

/* Has it a page of its own between title and contents? An essay's title has one only when it's asked for. */
static bool is_opening(const struct book *b, const xmlNode *n)
{
    static const char *const classes[] = {"title-page", "imprint", "dedication", "epigraph"};
    if (n->parent != b->d->body ||
        !tree_has_word(tree_element_from(b->d->body->children), "class", "title-page"))
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
    if (n->type != XML_ELEMENT_NODE)
        return false;
    if (n->parent == b->d->body)
        return true;
    return tree_kind(n) == ELEMENT_SECTION && tree_get(n, "epub:type") &&
           tree_has_word(n->parent, "epub:type", "part");
}

/* ---- where a file may begin */

/* Into how many rows after its own do the cells of a row reach? (HTML Standard §4.9.11: 0 means all.) */
static unsigned long rows_joined(const xmlNode *row)
{
    unsigned long most = 0;
    for (const xmlNode *cell = tree_element_from(row->children); cell; cell = tree_element_from(cell->next)) {
        const char *span = tree_get(cell, "rowspan");
        unsigned long rows = span ? strtoul(span, NULL, 10) : 1;
        if (rows != 1)
            rows = rows ? rows : ULONG_MAX;
        most = rows - 1 > most ? rows - 1 : most;
    }
    return most;
}

/* Is it a row that no cell joins to the row before? To be asked of each row of a table in order. */
static bool row_is_free(struct cutter *c, const xmlNode *row)
{
    if (c->rows_of != row->parent) {
        c->rows_of = row->parent;
        c->spanned = 0;
    }
    bool is_free = c->spanned == 0;
    unsigned long joined = rows_joined(row);
    c->spanned -= c->spanned > 0;
    c->spanned = joined > c->spanned ? joined : c->spanned;
    return is_free;
}

/* What belongs to that which follows it. */
static bool leads(enum element e)
{
    return element_is(e, ELEMENT_IS_HEADING) || e == ELEMENT_CAPTION || e == ELEMENT_FIGCAPTION ||
           e == ELEMENT_COLGROUP || e == ELEMENT_COL || e == ELEMENT_THEAD || e == ELEMENT_DT;
}

/* What belongs to that which it follows. */
static bool follows(enum element e)
{
    return e == ELEMENT_CAPTION || e == ELEMENT_FIGCAPTION || e == ELEMENT_TFOOT || e == ELEMENT_DD;
}

static bool may_cut_before(const xmlNode *n)
{
    const xmlNode *before = n->prev;
    while (before && is_blank(before))
        before = before->prev;
    return before && !leads(tree_kind(before)) && !follows(tree_kind(n));
}

/* ---- adding */

static void tell_large(struct cutter *c, const xmlNode *n)
{
    if (c->held <= FILE_MOST || c->told)
        return;
    c->told = true;
    const struct document *d = c->book->d;
    struct place where = tree_place(d, n);
    message(
        d->messages, SEVERITY_WARNING, "epub.large", &where,
        "This is too long for a file of the e-book: it makes one of over 250 KB, at which some e-readers "
        "become slow, and can't be cut. Divide the paragraph, note, row or line of code that is so long.");
}

/* Cuts a program that is too large. */
static void add_lines(struct cutter *c, const xmlNode *text, bool *line_ended)
{
    struct text t = text_of((const char *)text->content);
    size_t from = 0;
    for (size_t i = 0; i < t.length; i++) {
        *line_ended = t.at[i] == '\n';
        if (!*line_ended)
            continue;
        c->held += size_of_text(text_slice(t, from, i + 1));
        from = i + 1;
        tell_large(c, text);
        if (c->held > FILE_BYTES && from < t.length)
            begin_chunk(c, text, from);
    }
    c->held += size_of_text(text_slice(t, from, t.length));
    tell_large(c, text);
}

static void add_program(struct cutter *c, const xmlNode *pre)
{
    bool line_ended = false;
    const xmlNode *n = pre;
    while (n) {
        if (line_ended && c->held > FILE_BYTES)
            begin_chunk(c, n, 0);
        if (n->type == XML_TEXT_NODE)
            add_lines(c, n, &line_ended);
        else if (n->type == XML_ELEMENT_NODE) {
            c->held += size_of_tags(n);
            line_ended = false;
        }
        if (n->children && n->type == XML_ELEMENT_NODE) {
            n = n->children;
            continue;
        }
        while (n != pre && !n->next)
            n = n->parent;
        n = n == pre ? NULL : n->next;
    }
}

/* Adds `n`, the child of something divisible; true when its own children are to be added one by one. */
static bool add(struct cutter *c, const xmlNode *n)
{
    if (!c->essay && is_division(c->book, n)) {
        begin_chunk(c, n, 0);
        if (tree_has_word(n, "epub:type", "part"))
            return true;
    }
    enum element e = tree_kind(n);
    bool is_free = e != ELEMENT_TR || row_is_free(c, n);
    size_t size = size_of(c->sizes, n);
    if (c->held + size <= FILE_BYTES) {
        c->held += size;
        return false;
    }
    bool inside = size > FILE_BYTES && size_divisible(n), program = size > FILE_BYTES && e == ELEMENT_PRE;
    bool worth = c->held > (inside || program ? FILE_BYTES / 4 : 0);
    if (worth && is_free && element_is(e, ELEMENT_IS_BLOCK) && may_cut_before(n))
        begin_chunk(c, n, 0);
    if (program)
        add_program(c, n);
    else
        c->held += inside ? size_of_tags(n) : size;
    tell_large(c, n);
    return inside;
}

/* Adds a child of the body and all in it. */
static void add_all(struct cutter *c, const xmlNode *top)
{
    if (!add(c, top))
        return;
    const xmlNode *n = top->children;
    while (n) {
        if (add(c, n) && n->children) {
            n = n->children;
            continue;
        }
        while (n != top && !n->next)
            n = n->parent;
        n = n == top ? NULL : n->next;
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
        const xmlNode *here = essay ? text_of_essay(b, c->range.first) : division_of(b, c->range.first);
        part = here == before ? part + 1 : 1;
        if (part == 1)
            name = here == b->d->body ? "text" : stem(b, counts, here);
        c->file = part == 1 ? arena_printf(b->arena, "%s.xhtml", name)
                            : arena_printf(b->arena, "%s-p%d.xhtml", name, part);
        c->goes_on = part > 1;
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
    const xmlNode *n = division_of(b, c->range.first);
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
    c.sizes = sizes_new(b);
    for (const xmlNode *n = tree_element_from(b->d->body->children); n; n = tree_element_from(n->next)) {
        const xmlNode *before = tree_element_before(n);
        if (c.essay && (!before || is_notes(n) || is_opening(b, n) || is_opening(b, before)))
            begin_chunk(&c, n, 0);
        add_all(&c, n);
    }
    name_chunks(b, c.essay);
    find_body(b);
    if (b->chunk_count)
        return;
    begin_chunk(&c, NULL, 0); /* a package has at least one content file */
    b->chunks->file = "text.xhtml";
    b->body = b->chunks;
}
