/* Groups of blocks that could be notes: each is followed from one number to the next. */
#include "read/text_groups.h"
#include "read/text_calls.h"
#include <stdio.h>

enum { GAP_WITH_HEAD = 8, GAP_WITHOUT = 3, GAP_SURE = 120, JUMP = 6 };

bool group_numbers(const struct block *b)
{
    return b->kind == BLOCK_PARAGRAPH && b->marker.style != MARKER_NONE && b->marker.style != MARKER_BULLET;
}

bool group_says_notes(enum marker_style s)
{
    return s == MARKER_BRACKET || s == MARKER_FOOTNOTE || s == MARKER_RAISED || s == MARKER_CARET ||
           s == MARKER_WORD;
}

bool group_passes(const struct block *b)
{
    return b->kind == BLOCK_CLUTTER || b->kind == BLOCK_RULE || b->kind == BLOCK_BYLINE ||
           b->kind == BLOCK_GONE;
}

size_t group_next(const struct text_parts *p, size_t i)
{
    while (i < p->block_count && group_passes(&p->blocks[i]))
        i++;
    return i;
}

static bool strong_head(const struct block *b)
{
    return b->sure >= 0.9f && (b->head == HEAD_PART || b->head == HEAD_DOUBLE || b->head == HEAD_CHAPTER ||
                               b->head == HEAD_SINGLE || b->head == HEAD_MARKED);
}

/* Is `number` called in the blocks [from, to) in a way that leaves little doubt? Then these are no part of
 * the note before. */
static bool calls_next(const struct text_parts *p, size_t from, size_t to, int number)
{
    for (size_t i = candidate_from(p, from); i < p->candidate_count && p->candidates[i].block < to; i++) {
        const struct candidate *c = &p->candidates[i];
        bool plain = c->manner == MANNER_BRACKET || c->manner == MANNER_RAISED || c->manner == MANNER_AFTER ||
                     c->manner == MANNER_INSIDE;
        if (c->label == number && plain && c->evidence >= 0)
            return true;
    }
    return false;
}

/* A numbered head with text below it, which only seems to go on counting the notes. */
static bool numbered_head(const struct text_parts *p, size_t i)
{
    const struct block *b = &p->blocks[i];
    size_t next = group_next(p, i + 1);
    return b->sure >= 0.6f && b->head == HEAD_NUMBERED && !b->marker.alone && (b->blanks > 0 || !p->spaced) &&
           next < p->block_count && p->blocks[next].marker.style == MARKER_NONE &&
           p->blocks[next].text.length > 200;
}

/* A group of notes while it is followed from one to the next. */
struct chain {
    enum marker_style style;
    bool headed;
    size_t first; /* its first note */
    size_t at;    /* the block of the latest note */
    int number;   /* the highest so far */
    int count;    /* of its notes */
    bool closed;  /* ways back have closed all of them */
};

/* `21984 was` is note 2 where the notes' numbers are glued to their texts and it is its turn; so is
 * `2.1984 was`. Then it is marked as that. */
static bool mark_glued(struct block *b, enum marker_style style, int number)
{
    char digits[16];
    size_t length = (size_t)snprintf(digits, sizeof digits, style == MARKER_DOT ? "%d." : "%d", number);
    if ((style != MARKER_GLUED && style != MARKER_DOT) || !text_starts(b->text, digits) ||
        length >= b->text.length || !ascii_digit(b->text.at[length]))
        return false;
    b->marker = (struct marker){.style = style, .number = number, .length = length};
    return true;
}

/* Is block `k` the text of a note whose number stands alone before it, whatever it begins with? */
static bool text_of_number(const struct text_parts *p, const struct chain *c, size_t k)
{
    return p->blocks[c->at].marker.alone && !p->blocks[k].marker.alone && group_next(p, c->at + 1) == k;
}

/* Nothing behind this block can belong to the group. */
static bool ends_chain(const struct text_parts *p, const struct chain *c, size_t k)
{
    const struct block *b = &p->blocks[k];
    if ((b->kind != BLOCK_PARAGRAPH && b->kind != BLOCK_VERSE) || notes_head(b->text) ||
        sources_head(b->text))
        return true;
    return strong_head(b) && b->marker.style != c->style && !text_of_number(p, c, k);
}

/* The note that the group left out a little way back, if `number` is that one; else NULL. */
static struct note *left_out(const struct text_parts *p, const struct chain *c, int number)
{
    for (size_t i = p->note_count; i > c->first && p->note_count - i < (size_t)JUMP; i--) {
        struct note *n = &p->notes[i - 1];
        if (n->phantom && n->number == number)
            return n;
    }
    return NULL;
}

/* The number that block `k` has in the group, 0 when it has none. */
static int number_in_chain(const struct text_parts *p, const struct chain *c, size_t k)
{
    const struct block *b = &p->blocks[k];
    if (!group_numbers(b) || b->marker.style != c->style || text_of_number(p, c, k))
        return 0;
    return c->style == MARKER_CARET && !b->marker.number ? c->number + 1 : b->marker.number;
}

/* Are the blocks between two notes text, and not paragraphs of the first? */
static bool text_between(const struct text_parts *p, const struct chain *c, size_t k, int number)
{
    if (calls_next(p, c->at + 1 + p->blocks[c->at].marker.alone, k, number))
        return true;
    for (size_t h = c->at + 1 + p->blocks[c->at].marker.alone; h < k && k - c->at > 2; h++)
        if (p->blocks[h].sure >= 0.7f && (!c->headed || p->blocks[h + 1].text.length > 250))
            return true;
    return false;
}

static bool closes_note(const struct block *b)
{
    return note_text_end(b->text, false) < b->text.length;
}

/* How many paragraphs a note may have: as many as it likes until a way back closes it, where all notes are so
 * closed. */
static size_t most_paragraphs(const struct text_parts *p, const struct chain *c)
{
    bool open = c->count > 1 && c->closed;
    for (size_t k = c->at; open && k < p->block_count && k <= c->at + GAP_SURE; k++)
        if (closes_note(&p->blocks[k]))
            return k - c->at + 1;
    return c->headed || group_says_notes(c->style) ? GAP_WITH_HEAD : GAP_WITHOUT;
}

/* Is block `k` no note but a paragraph that begins with a number: do the numbers that it leaves out follow,
 * and then its own again? */
static bool only_begins_with(const struct text_parts *p, const struct chain *c, size_t k, int number)
{
    bool left_out_follows = false;
    for (size_t i = k + 1; i < p->block_count && i <= k + 2 * (size_t)JUMP; i++) {
        int n = number_in_chain(p, c, i);
        left_out_follows |= n == c->number + 1;
        if (n == number)
            return left_out_follows;
    }
    return false;
}

/* The block of the next note; 0 when the group ends. Below a head of notes, and right behind a way back, the
 * very next number is believed far behind. */
static size_t next_note(struct text_parts *p, const struct chain *c)
{
    size_t gap = 0, most = most_paragraphs(p, c), before = c->at;
    bool strict = c->style == MARKER_BARE || c->style == MARKER_GLUED;
    for (size_t k = c->at + 1; k < p->block_count && gap <= GAP_SURE; k++) {
        const struct block *b = &p->blocks[k];
        if (group_passes(b))
            continue;
        if (ends_chain(p, c, k))
            return 0;
        if (p->blocks[k].marker.number != c->number + 1 && gap <= most)
            mark_glued(&p->blocks[k], c->style, c->number + 1);
        int n = number_in_chain(p, c, k);
        bool far = gap > most;
        if (n && n < c->number && !far && left_out(p, c, n))
            return k;
        if (n && (n <= c->number || numbered_head(p, k) ||
                  (far && !c->headed && !closes_note(&p->blocks[before]))))
            return 0;
        bool jumps = n > c->number + 1 && only_begins_with(p, c, k, n);
        if (n && !jumps && n <= c->number + (far ? 1 : strict && !b->marker.alone ? 3 : JUMP))
            return gap > 0 && text_between(p, c, k, n) ? 0 : k;
        before = k;
        gap++;
    }
    return 0;
}

/* Where ways back close all notes, the block behind that which closes the last; 0 when none does. */
static size_t up_to_way_back(const struct text_parts *p, const struct chain *c)
{
    for (size_t k = c->at; c->count > 1 && c->closed && k < p->block_count && k <= c->at + GAP_SURE; k++) {
        if (k > c->at && !group_passes(&p->blocks[k]) && ends_chain(p, c, k))
            return 0;
        if (closes_note(&p->blocks[k]))
            return k + 1;
    }
    return 0;
}

static struct note *add_note(struct text_parts *p, int number, size_t block, bool phantom)
{
    p->notes = arena_room(p->arena, p->notes, p->note_count, &p->note_capacity, sizeof *p->notes);
    struct note *n = &p->notes[p->note_count++];
    *n = (struct note){.number = number, .block = block, .blocks = 1, .phantom = phantom};
    return n;
}

/* "Ann Poe is a lawyer": it tells of the author. */
static bool of_author(const struct document *d, struct text t)
{
    for (const struct person *x = d->meta.people; x; x = x->next)
        if (text_starts(t, x->name))
            return true;
    return false;
}

/* The paragraphs behind the last note that still belong to it: those that are set like it or go on with its
 * sentence; and one more where notes of several paragraphs were seen, or where a head follows. */
static size_t last_continues(const struct text_parts *p, size_t i, bool more_seen, bool headed)
{
    size_t end = i + 1;
    const struct block *note = &p->blocks[i];
    while (end < p->block_count) {
        const struct block *b = &p->blocks[end];
        bool indented = b->indent >= note->indent + 2 && b->indent <= note->indent + 12 && note->indent < 8;
        size_t at = 0, next = group_next(p, end + 1);
        bool head = b->sure >= 0.5f;
        bool own = note->marker.alone && end == i + 1 && !b->marker.alone; /* the text of its number */
        bool open = lower(char_at(b->text, &at)) || (own && !strong_head(b)) ||
                    (last_char(p->blocks[end - 1].text) == ':' && !head);
        if (b->kind != BLOCK_PARAGRAPH || (head && !open) || notes_head(b->text) || sources_head(b->text) ||
            (b->marker.style != MARKER_NONE && !own) || (b->blanks > 1 && !open) ||
            of_author(p->document, b->text) ||
            note_text_end(p->blocks[end - 1].text, false) < p->blocks[end - 1].text.length)
            break;
        bool closes = next >= p->block_count || p->blocks[next].sure >= 0.6f;
        bool one_more = end == i + 1 && closes &&
                        (more_seen || (headed && next < p->block_count && b->text.length < 500));
        if (!indented && !open && !one_more)
            break;
        end++;
    }
    return end;
}

/* The number up to which one of the latest groups of that style counted, if `n` may go on from there; else 0.
 */
static int goes_on_from(const struct text_parts *p, enum marker_style style, int n, int jump)
{
    int best = 0, looked = 0;
    for (size_t i = p->group_count; i > 0 && looked < 8; i--) {
        const struct group *g = &p->groups[i - 1];
        if (g->style != style || !g->notes)
            continue;
        int last = p->notes[g->note + g->notes - 1].number;
        looked++;
        if (n > last && n <= last + jump && last > best)
            best = last;
    }
    return best;
}

/* Adds the note at block `next`, and those that it leaves out; or puts it where it was left out. Gives its
 * place in the list, which stays in the order of the numbers. */
static size_t add_next(struct text_parts *p, struct chain *c, size_t next)
{
    int follows = number_in_chain(p, c, next);
    struct note *gap = follows < c->number ? left_out(p, c, follows) : NULL;
    if (gap) {
        gap->phantom = false;
        gap->block = next;
        return (size_t)(gap - p->notes);
    }
    for (int k = c->number + 1; k < follows; k++)
        add_note(p, k, next, true);
    c->number = follows;
    add_note(p, follows, next, false);
    return p->note_count - 1;
}

/* Takes the group that starts at block `i`; gives the block behind it. */
static size_t take_group(struct text_parts *p, size_t i, size_t head, enum marker_style style)
{
    p->groups = arena_room(p->arena, p->groups, p->group_count, &p->group_capacity, sizeof *p->groups);
    struct group *g = &p->groups[p->group_count++];
    *g = (struct group){.first = head ? head - 1 : i, .head = head, .note = p->note_count, .style = style};
    int number = p->blocks[i].marker.number, now = number > 0 ? number : 1;
    bool more = false;
    int before = goes_on_from(p, style, now, JUMP);
    for (int k = before + 1; k < now && (before || now <= JUMP); k++)
        add_note(p, k, i, true);
    struct chain chain = {.style = style,
                          .headed = head > 0,
                          .first = p->note_count,
                          .at = i,
                          .number = now,
                          .count = 1,
                          .closed = true};
    size_t latest = p->note_count;
    add_note(p, now, i, false);
    for (size_t next; (next = next_note(p, &chain)) != 0; chain.at = next) {
        p->notes[latest].blocks = next - chain.at;
        more |= next - chain.at > (p->blocks[chain.at].marker.alone ? 2u : 1u);
        latest = add_next(p, &chain, next);
        chain.count++;
        chain.closed &= closes_note(&p->blocks[next - 1]);
    }
    i = chain.at;
    g->end = up_to_way_back(p, &chain);
    if (!g->end)
        g->end = last_continues(p, i, more, head > 0);
    p->notes[latest].blocks = g->end - i;
    g->notes = p->note_count - g->note;
    return g->end;
}

/* Does a number count it? Not when its sentence begins with one: "1984 was", "2 of them". */
static bool counted(const struct block *b, size_t place)
{
    struct text behind = text_slice(b->text, b->marker.length, b->text.length);
    return b->marker.number != 0 && (size_t)b->marker.number <= place + JUMP &&
           (b->marker.style != MARKER_BARE || b->marker.alone || upper(first_char(behind)));
}

/* Where ways back close the notes, the block behind the last of them; else `from`. */
static size_t behind_last_way_back(const struct text_parts *p, size_t from, size_t end)
{
    size_t closed = 0, last = from;
    for (size_t i = from; i < end; i++)
        if (closes_note(&p->blocks[i])) {
            closed++;
            last = i + 1;
        }
    return closed * 3 >= last - from ? last : from;
}

/* Does block `i` count on: has it a number, and the next one the next? */
static bool counts_on(const struct text_parts *p, size_t i, size_t place)
{
    size_t next = group_next(p, i + 1);
    return counted(&p->blocks[i], place) &&
           (p->blocks[i].marker.style != MARKER_BARE || next >= p->block_count ||
            marker_follows(p->blocks[i].marker, p->blocks[next].marker));
}

/* A list of notes whose numbers were lost: every paragraph behind the head is one, or all those up to a way
 * back. */
static size_t take_unnumbered(struct text_parts *p, size_t head, size_t from)
{
    size_t end = from;
    while (end < p->block_count && p->blocks[end].kind == BLOCK_PARAGRAPH && p->blocks[end].sure < 0.9f &&
           !counts_on(p, end, end - from + 1) && !notes_head(p->blocks[end].text))
        end++;
    p->groups = arena_room(p->arena, p->groups, p->group_count, &p->group_capacity, sizeof *p->groups);
    struct group *g = &p->groups[p->group_count++];
    *g = (struct group){
        .first = head, .end = end, .head = head + 1, .note = p->note_count, .style = MARKER_NONE};
    size_t closed = behind_last_way_back(p, from, end);
    if (closed > from)
        g->end = end = closed;
    g->closed = closed > from;
    int number = 0;
    for (size_t i = from; i < end; i++) {
        struct note *n = add_note(p, ++number, i, false);
        while (closed > from && i + 1 < end && !closes_note(&p->blocks[i])) {
            n->blocks++;
            i++;
        }
    }
    g->notes = p->note_count - g->note;
    return end;
}

/* ---- finding them */

/* May a group without a head start here? */
static bool starts_group(const struct text_parts *p, size_t i)
{
    const struct block *b = &p->blocks[i];
    enum marker_style style = b->marker.style;
    if (!group_numbers(b) || numbered_head(p, i) || (style == MARKER_COLON && i == 0))
        return false;
    if (style == MARKER_CARET)
        return true;
    int n = b->marker.number;
    bool first_lost = n == 2 && (style == MARKER_DOT || style == MARKER_PAREN || style == MARKER_PARENS);
    return n == 1 || goes_on_from(p, style, n, group_says_notes(style) ? 3 : 2) ||
           (group_says_notes(style) && n <= 3) || first_lost;
}

/* Behind a head of notes: its first note, perhaps below a head of its own ("Chapter 1"). */
static size_t first_under(struct text_parts *p, size_t head)
{
    size_t i = group_next(p, head + 1), second = group_next(p, i + 1);
    if (i < p->block_count && second < p->block_count && p->blocks[i].kind == BLOCK_PARAGRAPH &&
        p->blocks[i].marker.number != 1 && p->blocks[second].marker.number == 2 &&
        mark_glued(&p->blocks[i], p->blocks[second].marker.style, 1))
        return i;
    for (int k = 0; k < 2 && i < p->block_count && p->blocks[i].kind == BLOCK_PARAGRAPH; k++) {
        const struct marker *m = &p->blocks[i].marker;
        bool any = m->number <= JUMP || (notes_head(p->blocks[head].text) && m->style != MARKER_BARE);
        if (group_numbers(&p->blocks[i]) && (any || goes_on_from(p, m->style, m->number, JUMP)))
            return i;
        if (p->blocks[i].text.length > 150 || sentence_end(p->blocks[i].text))
            return 0;
        i = group_next(p, i + 1);
    }
    return 0;
}

void groups_find(struct text_parts *p)
{
    for (size_t i = 0; i < p->block_count; i++)
        if (p->blocks[i].kind == BLOCK_PARAGRAPH && p->blocks[i].text.length > 250)
            p->long_end = i + 1;
    for (size_t i = 0; i < p->block_count;) {
        const struct block *b = &p->blocks[i];
        bool notes = b->kind == BLOCK_PARAGRAPH && notes_head(b->text);
        if (notes || (b->kind == BLOCK_PARAGRAPH && sources_head(b->text))) {
            size_t first = first_under(p, i), next = group_next(p, i + 1);
            if (first) {
                i = take_group(p, first, i + 1, p->blocks[first].marker.style);
                continue;
            }
            if (next < p->block_count && p->blocks[next].kind == BLOCK_PARAGRAPH &&
                !counted(&p->blocks[next], 1)) {
                take_unnumbered(p, i, next);
                i = p->groups[p->group_count - 1].end;
                continue;
            }
        } else if (starts_group(p, i)) {
            i = take_group(p, i, 0, b->marker.style);
            continue;
        }
        i++;
    }
}
