/* Lists, quotes, verse, and the places where a head was lost. */
#include "read/text_parts.h"

/* ---- verse: short lines without empty ones between, each standing for itself */

static bool verse_line(const struct text_parts *p, size_t i)
{
    const struct block *b = &p->blocks[i];
    int most = p->wrapped ? p->measure * 8 / 10 : 64;
    return b->kind == BLOCK_PARAGRAPH && b->lines == 1 && !b->underline && b->marker.style == MARKER_NONE &&
           b->width <= most && count_words(b->text) >= 2 && !notes_head(b->text) && b->text.at[0] != '|';
}

static void join_lines(struct text_parts *p, size_t from, size_t to)
{
    struct buf *t = buf_new(p->arena);
    struct block *b = &p->blocks[from];
    b->starts = arena_array(p->arena, to - from, sizeof *b->starts);
    for (size_t i = from; i < to; i++) {
        if (i > from)
            buf_byte(t, '\n');
        b->starts[i - from] = (uint32_t)t->length;
        buf_text(t, p->blocks[i].text);
        if (i > from)
            p->blocks[i].kind = BLOCK_GONE;
    }
    b->text = (struct text){arena_copy(p->arena, t->data, t->length), t->length};
    b->lines = to - from;
    b->kind = BLOCK_VERSE;
    buf_free(t);
}

/* The block before `i`, but for those that were joined to one; 0 at the least. */
static size_t before(const struct text_parts *p, size_t i)
{
    do
        i--;
    while (i > 0 && p->blocks[i].kind == BLOCK_GONE);
    return i;
}

/* Two lines that begin with capitals, the first going on into the second and that closed. */
static bool couplet(const struct text_parts *p, size_t i)
{
    enum { WORDS = 4 };
    struct text a = p->blocks[i].text, b = p->blocks[i + 1].text;
    uint32_t end = last_char(a), last = last_char(b);
    bool goes_on = letter(end) || end == ',' || end == ';' || end == ':' || end == 0x2014;
    return goes_on && upper(first_char(a)) && upper(first_char(b)) && !letter(last) && last != ':' &&
           count_words(a) >= WORDS && count_words(b) >= WORDS && p->blocks[i].sure < 0.9f;
}

/* Behind verse that opens a chapter stands whose it is; that is no head. */
static void doubt_poet(struct text_parts *p, size_t verse, size_t end)
{
    size_t above = before(p, verse);
    while (above > 0 && (p->blocks[above].kind == BLOCK_VERSE || !first_char(p->blocks[above].text)))
        above = before(p, above);
    const struct block *a = &p->blocks[above];
    bool opens = a->sure >= 0.5f || a->kind == BLOCK_TITLE || a->kind == BLOCK_BYLINE;
    struct block *poet = &p->blocks[end];
    if (opens && poet->head == HEAD_BARE && !poet->underline && count_words(poet->text) <= 5)
        poet->sure = 0;
}

void text_verse(struct text_parts *p)
{
    for (size_t i = 0; i < p->block_count && p->spaced;) {
        size_t end = i, closed = 0, heads = 0;
        int least_indent = 99;
        while (end < p->block_count && verse_line(p, end) &&
               (end == i || (p->blocks[end].blanks == 0 && p->blocks[end].quote == p->blocks[i].quote))) {
            closed += last_char(p->blocks[end].text) == '.';
            heads += p->blocks[end].sure >= 0.9f;
            least_indent = p->blocks[end].indent < least_indent ? p->blocks[end].indent : least_indent;
            end++;
        }
        bool whole =
            end >= p->block_count || p->blocks[end].blanks > 0 || p->blocks[end].kind != BLOCK_PARAGRAPH;
        bool goes_on = i > 0 && p->blocks[before(p, i)].kind == BLOCK_VERSE;
        bool enough = end - i >= 3 || (end - i == 2 && (least_indent >= 2 || goes_on || couplet(p, i)));
        if (whole && enough && !heads && closed * 2 <= end - i) {
            join_lines(p, i, end);
            if (i > 0 && end < p->block_count)
                doubt_poet(p, i, end);
        }
        i = end > i ? end : i + 1;
    }
}

/* ---- lists */

static bool lists(enum marker_style s)
{
    return s == MARKER_BULLET || s == MARKER_DOT || s == MARKER_PAREN;
}

static bool next_item(const struct block *a, const struct block *b)
{
    return b->kind == BLOCK_PARAGRAPH && lists(b->marker.style) && a->marker.style == b->marker.style &&
           !b->marker.alone && (b->marker.style == MARKER_BULLET || b->marker.number == a->marker.number + 1);
}

/* Lines behind an en dash that end as sentences do are somebody's words: French and others write so. */
static bool spoken(const struct text_parts *p, size_t from, size_t end)
{
    size_t lines = 0, closed = 0;
    for (size_t i = from; i < end; i++) {
        const struct block *b = &p->blocks[i];
        uint32_t c = last_char(b->text);
        lines += b->marker.style == MARKER_BULLET && text_starts(b->text, "–");
        closed += b->marker.style == MARKER_BULLET && (c == '.' || c == '!' || c == '?' || c == 0x2026);
    }
    return lines && closed * 2 > lines;
}

enum { DEEPEST = 6 };

/* The latest item at each indent. */
struct open_items {
    size_t block[DEEPEST];
    int count;
};

/* Does block `i` go on with one of the open lists, or begin one within the latest item? */
static bool goes_on(const struct text_parts *p, size_t i, struct open_items *o)
{
    const struct block *n = &p->blocks[i];
    if (n->kind != BLOCK_PARAGRAPH || !lists(n->marker.style) || n->marker.alone)
        return false;
    int depth = o->count;
    while (depth > 1 && p->blocks[o->block[depth - 1]].indent > n->indent + 1)
        depth--;
    const struct block *last = &p->blocks[o->block[depth - 1]];
    if (n->indent >= last->indent + 2 && depth < DEEPEST &&
        (n->marker.style == MARKER_BULLET || n->marker.number == 1))
        depth++;
    else if (!next_item(last, n))
        return false;
    o->count = depth;
    o->block[depth - 1] = i;
    return true;
}

static void find_lists(struct text_parts *p)
{
    for (size_t i = 0; i < p->block_count;) {
        struct block *b = &p->blocks[i];
        struct open_items open = {{i}, 1};
        size_t end = i + 1, items = 1;
        if (b->kind != BLOCK_PARAGRAPH || !lists(b->marker.style) || b->marker.alone) {
            i++;
            continue;
        }
        for (; end < p->block_count; end++) {
            struct block *n = &p->blocks[end];
            bool more = n->kind == BLOCK_PARAGRAPH && n->marker.style == MARKER_NONE &&
                        n->indent >= p->blocks[open.block[open.count - 1]].indent + 2;
            if (goes_on(p, end, &open))
                items++;
            else if (!more)
                break;
        }
        if (spoken(p, i, end)) {
            i = end;
            continue;
        }
        bool dash = b->text.at[0] == '-' || b->text.at[0] == '*' || (b->text.at[0] & 0x80);
        if (items >= 2 || (b->marker.style == MARKER_BULLET && !dash))
            for (size_t k = i; k < end; k++)
                p->blocks[k].kind = BLOCK_ITEM;
        i = end;
    }
}

/* ---- quotes: an indent that few paragraphs have */

static void find_quotes(struct text_parts *p)
{
    size_t paragraphs = 0, indented = 0;
    for (size_t i = 0; i < p->block_count; i++) {
        const struct block *b = &p->blocks[i];
        if (b->kind != BLOCK_PARAGRAPH && b->kind != BLOCK_VERSE)
            continue;
        paragraphs++;
        indented += b->indent >= 2;
    }
    for (size_t i = 0; i < p->block_count && indented * 5 < paragraphs * 2; i++) {
        struct block *b = &p->blocks[i];
        if (b->kind == BLOCK_PARAGRAPH && b->indent >= 2 && !b->quote) {
            bool all = true;
            for (size_t l = b->line; l < b->line + b->lines; l++)
                all &= p->lines[l].indent >= 2;
            b->quote = all;
        } else if (b->kind == BLOCK_VERSE && b->indent >= 2) {
            b->quote = b->quote ? b->quote : 1;
        }
    }
}

/* ---- lost heads: two empty lines where one is the custom */

static bool prose(const struct block *b)
{
    return b->kind == BLOCK_PARAGRAPH && b->text.length > 80;
}

static void find_lost_heads(struct text_parts *p)
{
    size_t gaps = 0, wide = 0;
    for (size_t i = 1; i < p->block_count; i++) {
        if (!prose(&p->blocks[i]) || !prose(&p->blocks[i - 1]))
            continue;
        gaps++;
        wide += p->blocks[i].blanks > 1;
    }
    for (size_t i = 1; i < p->block_count && wide * 5 <= gaps; i++)
        p->blocks[i].lost = prose(&p->blocks[i]) && prose(&p->blocks[i - 1]) && p->blocks[i].blanks > 1;
}

void text_shapes(struct text_parts *p)
{
    find_lists(p);
    find_quotes(p);
    find_lost_heads(p);
}
