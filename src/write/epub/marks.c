/* Where the printed book's pages begin. */
#include "base/utf8.h"
#include "document/front.h"
#include "write/epub/book.h"

struct waiting {
    const struct page_mark *mark;
    struct waiting *next; /* further ones in the same text, by rising offset */
};

struct placing {
    struct book *book;
    struct chunk *chunk;
    struct hash *waiting; /* address of a text node → its struct waiting */
    struct hash *ids;
    struct hash *headings; /* their ids → struct heading */
    const struct chunk *contents_before;
};

static void wait_for(struct placing *p, const struct page_mark *m)
{
    struct waiting *w = arena_alloc(p->book->arena, sizeof *w);
    w->mark = m;
    struct waiting *first = hash_find(p->waiting, hash_address(&m->text));
    if (!first || m->offset < first->mark->offset) {
        w->next = first;
        hash_put(p->waiting, hash_address(&m->text), w);
        return;
    }
    while (first->next && first->next->mark->offset <= m->offset)
        first = first->next;
    w->next = first->next;
    first->next = w;
}

/* Letters of scripts that put spaces between words, digits, and what stands within words. In the others a
 * page may begin before any letter. */
static bool within_words(uint32_t c)
{
    static const uint32_t others[][2] = {
        {0xA0, 0xA9},     {0xAB, 0xAC},     {0xAE, 0xB4},     {0xB6, 0xB9},     {0xBB, 0xBF},
        {0x0E00, 0x0EFF}, {0x1000, 0x109F}, {0x1780, 0x17FF}, {0x2000, 0x2018}, {0x201A, 0x2BFF},
        {0x2E00, 0x9FFF}, {0xF900, 0xFAFF}, {0xFE10, 0xFE6F}, {0xFF00, 0xFFEF}, {0x20000, 0x3FFFF}};
    if (c < 0x80)
        return ascii_alpha((char)c) || ascii_digit((char)c) || c == '\'';
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (c >= others[i][0] && c <= others[i][1])
            return false;
    return true;
}

/* A page that begins within a word, at a hyphen that the layout made, is marked before the word; one that
 * begins at a space, behind it. */
static size_t before_word(const char *text, size_t offset)
{
    struct text t = text_of(text);
    if (offset >= t.length)
        return t.length;
    if (ascii_space(text[offset]))
        return offset + 1;
    size_t at = offset, look = offset;
    if (!within_words(utf8_next(t, &look)))
        return offset;
    for (look = at; look > 0; at = look)
        if (!within_words(utf8_previous(t, &look)))
            break;
    return at;
}

/* The text that stands right before `n` in its line: perhaps the beginning of its word, in emphasis. NULL:
 * none, or something else than text is there, as a note call, which belongs to what it stands behind. */
static const xmlNode *text_before(const xmlNode *n)
{
    while (!n->prev && element_is(tree_kind(n->parent), ELEMENT_IS_INLINE))
        n = n->parent;
    for (n = n->prev; n && n->type == XML_ELEMENT_NODE; n = n->last)
        if (tree_has_word(n, "role", "doc-noteref") || !element_is(tree_kind(n), ELEMENT_IS_INLINE))
            return NULL;
    return n && n->type == XML_TEXT_NODE ? n : NULL;
}

static bool begins_with_letter(const char *text)
{
    size_t look = 0;
    return *text && within_words(utf8_next(text_of(text), &look));
}

/* Where a page's mark stands that begins at `offset` of a text. */
static void stand(struct placed_mark *m, const xmlNode *n, size_t offset)
{
    m->text = n;
    m->offset = before_word((const char *)n->content, offset);
    while (m->offset == 0 && begins_with_letter((const char *)n->content) && (n = text_before(n))) {
        struct text t = text_of((const char *)n->content);
        size_t look = t.length;
        if (!t.length || !within_words(utf8_previous(t, &look)))
            return;
        m->text = n;
        m->offset = before_word(t.at, look);
    }
}

static const char *id_for(struct placing *p, const char *label)
{
    struct arena *a = p->book->arena;
    struct buf *id = buf_new(a);
    buf_string(id, "page-");
    for (const char *c = label; *c; c++)
        buf_byte(id, ascii_alpha(*c) || ascii_digit(*c) || (unsigned char)*c >= 128 ? *c : '-');
    const char *base = id->data, *unique = base;
    for (int n = 2; hash_find(p->book->chunk_of, text_of(unique)) || hash_find(p->ids, text_of(unique)); n++)
        unique = arena_printf(a, "%s-%d", base, n);
    hash_put(p->ids, text_of(unique), p);
    return unique;
}

/* The book's next mark. */
static struct placed_mark *add(struct placing *p, const struct page_mark *m, const struct chunk *c)
{
    struct placed_mark *placed = &p->book->marks[p->book->mark_count++];
    *placed = (struct placed_mark){.label = m->label, .id = id_for(p, m->label), .chunk = c};
    return placed;
}

/* ---- pages of contents */

static void know_headings(struct placing *p)
{
    struct heading *const lists[] = {p->book->contents, p->book->figures.first, p->book->tables.first};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        for (struct heading *h = lists[i]; h; h = h->next) {
            const char *own = h->node ? tree_get(h->node, "id") : NULL;
            if (own)
                hash_put(p->headings, text_of(own), h);
        }
}

/* Where the mark of a page is noted that begins with the head of the contents or of a list; NULL: no head. */
static const struct placed_mark **head_named(struct book *b, const char *entry)
{
    return strcmp(entry, ENTRY_CONTENTS) == 0  ? &b->contents_page
           : strcmp(entry, ENTRY_FIGURES) == 0 ? &b->figures.page
           : strcmp(entry, ENTRY_TABLES) == 0  ? &b->tables.page
                                               : NULL;
}

/* The e-book's contents have the same entries; a page whose first entry they lack is not marked. */
static void place_contents(struct placing *p)
{
    struct book *b = p->book;
    for (size_t i = 0; i < b->o->mark_count; i++) {
        const struct page_mark *m = &b->o->marks[i];
        if (m->text)
            continue;
        struct heading *h = hash_find(p->headings, text_of(m->entry));
        const struct placed_mark **head = head_named(b, m->entry), **at = h ? &h->page : head;
        if (at && !*at)
            *at = add(p, m, &contents_chunk);
    }
}

/* ---- pages of text */

static void place(struct placing *p, const xmlNode *n, const struct waiting *w)
{
    const struct chunk *last = p->book->chunks + p->book->chunk_count - 1;
    for (; w; w = w->next) {
        struct placed_mark *m = add(p, w->mark, p->chunk);
        m->text = n;
        if (n->type == XML_TEXT_NODE)
            stand(m, n, w->mark->offset);
        while (p->chunk < last && p->chunk[1].range.first == m->text &&
               p->chunk[1].range.first_offset <= m->offset)
            p->chunk++; /* the text is cut */
        m->chunk = p->chunk;
        if (!p->chunk->marks)
            p->chunk->marks = m;
        p->chunk->mark_count++;
    }
}

static enum walk enter(xmlNode *n, void *user)
{
    struct placing *p = user;
    struct book *b = p->book;
    struct chunk *now = chunk_entered(b, p->chunk, n);
    if (n->type == XML_ELEMENT_NODE && now != p->chunk) {
        p->chunk = now;
        if (now == p->contents_before)
            place_contents(p);
    }
    if (n->type != XML_TEXT_NODE && tree_kind(n) != ELEMENT_IMG)
        return WALK_ON;
    const xmlNode *key = n;
    const struct waiting *w = p->chunk ? hash_find(p->waiting, hash_address(&key)) : NULL;
    if (w)
        place(p, n, w);
    p->chunk = now;
    return WALK_ON;
}

void marks_plan(struct book *b)
{
    static const struct walker w = {enter, NULL};
    if (!b->o->mark_count)
        return;
    struct placing p = {.book = b,
                        .waiting = hash_new(b->arena),
                        .ids = hash_new(b->arena),
                        .headings = hash_new(b->arena),
                        .contents_before = contents_place(b)};
    know_headings(&p);
    for (size_t i = 0; i < b->o->mark_count; i++)
        if (b->o->marks[i].text)
            wait_for(&p, &b->o->marks[i]);
    b->marks = arena_array(b->arena, b->o->mark_count, sizeof *b->marks);
    tree_walk(b->d->body, &w, &p);
    if (!p.contents_before)
        place_contents(&p);
}
