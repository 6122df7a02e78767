/* Where the notes stand: groups of blocks numbered one behind the other, under a head or at the end of the
 * text or of a chapter. What is a list and what are notes only the calls can tell, so each group is aligned
 * with the text before it, and kept when that goes well. */
#include "read/text_calls.h"
#include "read/text_parts.h"

enum {
    GAP_WITH_HEAD = 8,
    GAP_WITHOUT = 3,
    JUMP = 6,
    FAR_COMPARISONS = 40 /* each takes time linear in the text */
};

static bool numbers_notes(const struct block *b)
{
    return b->kind == BLOCK_PARAGRAPH && b->marker.style != MARKER_NONE && b->marker.style != MARKER_BULLET;
}

/* Says by itself that it is a note, wherever it stands. */
static bool note_like(enum marker_style s)
{
    return s == MARKER_BRACKET || s == MARKER_FOOTNOTE || s == MARKER_RAISED || s == MARKER_CARET ||
           s == MARKER_WORD;
}

static bool passed_over(const struct block *b)
{
    return b->kind == BLOCK_CLUTTER || b->kind == BLOCK_RULE || b->kind == BLOCK_BYLINE ||
           b->kind == BLOCK_GONE;
}

static size_t next_block(const struct text_parts *p, size_t i)
{
    while (i < p->block_count && passed_over(&p->blocks[i]))
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

static bool long_text(const struct text_parts *p, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (p->blocks[i].kind == BLOCK_PARAGRAPH && (p->blocks[i].text.length > 250))
            return true;
    return false;
}

/* A numbered head with text below it, which only seems to go on counting the notes. */
static bool numbered_head(const struct text_parts *p, size_t i)
{
    const struct block *b = &p->blocks[i];
    size_t next = next_block(p, i + 1);
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
};

/* Is block `k` the text of a note whose number stands alone before it, whatever it begins with? */
static bool text_of_number(const struct text_parts *p, const struct chain *c, size_t k)
{
    return p->blocks[c->at].marker.alone && !p->blocks[k].marker.alone && next_block(p, c->at + 1) == k;
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
    if (!numbers_notes(b) || b->marker.style != c->style || text_of_number(p, c, k))
        return 0;
    return c->style == MARKER_CARET && !b->marker.number ? c->number + 1 : b->marker.number;
}

/* Are the blocks between two notes text, and not paragraphs of the first? */
static bool text_between(const struct text_parts *p, const struct chain *c, size_t k, int number)
{
    if (calls_next(p, c->at + 1 + p->blocks[c->at].marker.alone, k, number))
        return true;
    for (size_t h = c->at + 1; h < k && k - c->at > 2; h++)
        if (p->blocks[h].sure >= 0.7f && (!c->headed || p->blocks[h + 1].text.length > 250))
            return true;
    return false;
}

/* The block of the next note; 0 when the group ends. */
static size_t next_note(const struct text_parts *p, const struct chain *c)
{
    size_t gap = 0, most = c->headed ? GAP_WITH_HEAD : GAP_WITHOUT;
    bool strict = c->style == MARKER_BARE || c->style == MARKER_GLUED;
    for (size_t k = c->at + 1; k < p->block_count && gap <= most; k++) {
        const struct block *b = &p->blocks[k];
        if (passed_over(b))
            continue;
        if (ends_chain(p, c, k))
            return 0;
        int n = number_in_chain(p, c, k);
        if (n && n < c->number && left_out(p, c, n))
            return k;
        if (n && (n <= c->number || numbered_head(p, k)))
            return 0;
        if (n && n <= c->number + (strict && !b->marker.alone ? 3 : JUMP))
            return gap > 0 && text_between(p, c, k, n) ? 0 : k;
        gap++;
    }
    return 0;
}

static struct note *add_note(struct text_parts *p, int number, size_t block, bool phantom)
{
    p->notes = grow(p->arena, p->notes, p->note_count, &p->note_capacity, sizeof *p->notes);
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
        size_t at = 0, next = next_block(p, end + 1);
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
    p->groups = grow(p->arena, p->groups, p->group_count, &p->group_capacity, sizeof *p->groups);
    struct group *g = &p->groups[p->group_count++];
    *g = (struct group){.first = head ? head - 1 : i, .head = head, .note = p->note_count, .style = style};
    int number = p->blocks[i].marker.number, now = number > 0 ? number : 1;
    bool more = false;
    int before = goes_on_from(p, style, now, JUMP);
    for (int k = before + 1; k < now && (before || now <= JUMP); k++)
        add_note(p, k, i, true);
    struct chain chain = {style, head > 0, p->note_count, i, now};
    size_t latest = p->note_count;
    add_note(p, now, i, false);
    for (size_t next; (next = next_note(p, &chain)) != 0; chain.at = next) {
        p->notes[latest].blocks = next - chain.at;
        more |= next - chain.at > (p->blocks[chain.at].marker.alone ? 2u : 1u);
        latest = add_next(p, &chain, next);
    }
    i = chain.at;
    g->end = last_continues(p, i, more, head > 0);
    p->notes[latest].blocks = g->end - i;
    g->notes = p->note_count - g->note;
    return g->end;
}

/* Does a number count it? Not when its sentence begins with one: "1984 was", "2 of them". */
static bool counted(const struct block *b)
{
    struct text behind = text_slice(b->text, b->marker.length, b->text.length);
    return b->marker.number != 0 &&
           (b->marker.style != MARKER_BARE || b->marker.alone || upper(first_char(behind)));
}

/* A list of notes whose numbers were lost: every paragraph behind the head is one. */
static size_t take_unnumbered(struct text_parts *p, size_t head, size_t from)
{
    size_t end = from;
    while (end < p->block_count && p->blocks[end].kind == BLOCK_PARAGRAPH && p->blocks[end].sure < 0.9f &&
           !counted(&p->blocks[end]) && !notes_head(p->blocks[end].text))
        end++;
    p->groups = grow(p->arena, p->groups, p->group_count, &p->group_capacity, sizeof *p->groups);
    struct group *g = &p->groups[p->group_count++];
    *g = (struct group){
        .first = head, .end = end, .head = head + 1, .note = p->note_count, .style = MARKER_NONE};
    for (size_t i = from; i < end; i++)
        add_note(p, (int)(i - from) + 1, i, false);
    g->notes = p->note_count - g->note;
    return end;
}

/* ---- finding them */

/* May a group without a head start here? */
static bool starts_group(const struct text_parts *p, size_t i)
{
    const struct block *b = &p->blocks[i];
    enum marker_style style = b->marker.style;
    if (!numbers_notes(b) || numbered_head(p, i) || (style == MARKER_COLON && i == 0))
        return false;
    if (style == MARKER_CARET)
        return true;
    int n = b->marker.number;
    bool first_lost = n == 2 && (style == MARKER_DOT || style == MARKER_PAREN || style == MARKER_PARENS);
    return n == 1 || goes_on_from(p, style, n, note_like(style) ? 3 : 2) || (note_like(style) && n <= 3) ||
           first_lost;
}

/* Behind a head of notes: its first note, perhaps below a head of its own ("Chapter 1"). */
static size_t first_under(const struct text_parts *p, size_t head)
{
    size_t i = next_block(p, head + 1);
    for (int k = 0; k < 2 && i < p->block_count && p->blocks[i].kind == BLOCK_PARAGRAPH; k++) {
        const struct marker *m = &p->blocks[i].marker;
        bool any = m->number <= JUMP || (notes_head(p->blocks[head].text) && m->style != MARKER_BARE);
        if (numbers_notes(&p->blocks[i]) && (any || goes_on_from(p, m->style, m->number, JUMP)))
            return i;
        if (p->blocks[i].text.length > 150 || sentence_end(p->blocks[i].text))
            return 0;
        i = next_block(p, i + 1);
    }
    return 0;
}

static void find_groups(struct text_parts *p)
{
    for (size_t i = 0; i < p->block_count; i++)
        if (p->blocks[i].kind == BLOCK_PARAGRAPH && p->blocks[i].text.length > 250)
            p->long_end = i + 1;
    for (size_t i = 0; i < p->block_count;) {
        const struct block *b = &p->blocks[i];
        bool notes = b->kind == BLOCK_PARAGRAPH && notes_head(b->text);
        if (notes || (b->kind == BLOCK_PARAGRAPH && sources_head(b->text))) {
            size_t first = first_under(p, i), next = next_block(p, i + 1);
            if (first) {
                i = take_group(p, first, i + 1, p->blocks[first].marker.style);
                continue;
            }
            if (next < p->block_count && p->blocks[next].kind == BLOCK_PARAGRAPH &&
                !counted(&p->blocks[next])) {
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

/* ---- judging them */

static size_t count_called(const struct text_parts *p, const struct group *g, size_t *real, double *score)
{
    size_t called = 0;
    *real = 0;
    *score = 0;
    for (size_t i = g->note; i < g->note + g->notes; i++) {
        const struct note *n = &p->notes[i];
        *real += !n->phantom;
        if (n->phantom || !n->call || n->score < text_align_sure)
            continue;
        called++;
        *score += n->score;
    }
    *score = called ? *score / (double)called : 0;
    return called;
}

/* Does the text or a chapter end behind the group? */
static bool at_end(const struct text_parts *p, const struct group *g)
{
    size_t next = next_block(p, g->end);
    if (next >= p->block_count || next > g->end)
        return true;
    const struct block *b = &p->blocks[next];
    if (b->sure >= 0.5f || b->blanks > 1 || b->kind != BLOCK_PARAGRAPH || notes_head(b->text) ||
        b->marker.number == 1)
        return true;
    return next >= p->long_end;
}

/* Items that look like heads with text between them are chapters' numbers, not notes. */
static bool heads_rather(const struct text_parts *p, const struct group *g)
{
    size_t heads = 0, apart = 0;
    for (size_t i = g->note; i < g->note + g->notes; i++) {
        const struct note *n = &p->notes[i];
        heads += !n->phantom && p->blocks[n->block].sure >= 0.6f;
        apart += !n->phantom && n->blocks > 1;
    }
    return heads * 2 > g->notes && apart * 2 >= g->notes;
}

/* Notes without numbers of their own may go on counting where the last group ended. */
static void count_on(struct text_parts *p, const struct group *g, int from, size_t text_first)
{
    bool counted = g->style == MARKER_NONE ||
                   (g->style == MARKER_CARET && p->blocks[p->notes[g->note].block].marker.number == 0);
    if (!counted || !from)
        return;
    double here = text_align(p, g->note, g->notes, text_first, g->first);
    for (int sign = 1; sign >= -1; sign -= 2) {
        for (size_t i = g->note; i < g->note + g->notes; i++)
            p->notes[i].number += sign * from;
        if (text_align(p, g->note, g->notes, text_first, g->first) > here)
            return;
    }
}

static bool stands_the_test(const struct text_parts *p, const struct group *g)
{
    size_t real;
    double score;
    size_t called = count_called(p, g, &real, &score);
    if (g->style == MARKER_NONE)
        return real >= 1 && called * 10 >= real * 8 && (real > 1 || notes_head(p->blocks[g->head - 1].text));
    if (g->head)
        return notes_head(p->blocks[g->head - 1].text) || called * 10 >= real * 3;
    if (note_like(g->style) || p->blocks[p->notes[g->note].block].marker.linked)
        return called * 10 >= real * 3 || (g->style == MARKER_FOOTNOTE);
    if (heads_rather(p, g) || !at_end(p, g))
        return false;
    return called * 2 >= real && (real > 1 || score >= 0.8);
}

/* Would a later group explain the text up to it better if this one were a mere list in it? Not when as notes
 * the two find clearly more calls. */
static bool better_as_list(struct text_parts *p, size_t i, size_t later, size_t text_first)
{
    const struct group *g = &p->groups[i], *next = &p->groups[later];
    if (p->notes[next->note].number != 1 || next->style == MARKER_NONE)
        return false;
    size_t real;
    double score, whole = text_align(p, next->note, next->notes, text_first, next->first);
    size_t called_whole = count_called(p, next, &real, &score);
    double parted = text_align(p, next->note, next->notes, g->end, next->first);
    size_t called = count_called(p, next, &real, &score);
    parted += text_align(p, g->note, g->notes, text_first, g->first);
    called += count_called(p, g, &real, &score);
    return whole > parted && called <= called_whole + 1;
}

/* A list is compared with the next group that is numbered like it, else with the last one. */
static bool mere_list(struct text_parts *p, size_t i, size_t text_first, int *far)
{
    size_t later = i + 1;
    while (later < p->group_count && later < i + 50 &&
           (p->groups[later].style != p->groups[i].style || p->notes[p->groups[later].note].number != 1))
        later++;
    if (later >= p->group_count)
        later = p->group_count - 1;
    return later > i && (later == i + 1 || (*far)-- > 0) && better_as_list(p, i, later, text_first);
}

/* Does some group stand under a head that says that it is notes? Then lists without one are lists. */
static bool any_headed(const struct text_parts *p, enum marker_style *style)
{
    for (size_t i = 0; i < p->group_count; i++)
        if (p->groups[i].head && p->groups[i].style != MARKER_NONE &&
            notes_head(p->blocks[p->groups[i].head - 1].text)) {
            *style = p->groups[i].style;
            return true;
        }
    return false;
}

/* Groups that follow each other to the text's end, with no more than a head of their own between, answer the
 * same text: the notes of all chapters at the end of a book. */
static size_t cluster_end(const struct text_parts *p, size_t i)
{
    size_t end = i + 1;
    if (!p->groups[i].head)
        return end;
    while (end < p->group_count && !p->groups[end].head &&
           !long_text(p, p->groups[end - 1].end, p->groups[end].first) &&
           p->groups[end].first - p->groups[end - 1].end <= 3 && p->groups[end].style == p->groups[i].style)
        end++;
    return p->groups[end - 1].end < p->long_end ? i + 1 : end;
}

/* A line between notes that heads some of them ("Chapter 1") goes, since they are gathered anew; what says
 * more stays text. */
static void take_head_within(struct block *b)
{
    bool heads = notes_head(b->text) || sources_head(b->text) || b->sure >= 0.5f ||
                 (!sentence_end(b->text) && count_words(b->text) <= 12);
    if (b->kind == BLOCK_PARAGRAPH && heads)
        b->kind = BLOCK_NOTES_HEAD;
}

static void accept(struct text_parts *p, struct group *g, size_t index)
{
    g->accepted = true;
    if (g->head)
        p->blocks[g->head - 1].kind = BLOCK_NOTES_HEAD;
    for (size_t i = g->note; i < g->note + g->notes; i++) {
        struct note *n = &p->notes[i];
        if (n->phantom)
            continue;
        n->key = arena_printf(p->arena, "%zu-%d", index + 1, n->number);
        for (size_t k = n->block; k < n->block + n->blocks; k++)
            if (!passed_over(&p->blocks[k])) {
                p->blocks[k].kind = k == n->block ? BLOCK_NOTE : BLOCK_NOTE_MORE;
                p->blocks[k].note = i + 1;
            }
    }
    for (size_t k = g->head; g->head && k < p->notes[g->note].block; k++)
        take_head_within(&p->blocks[k]);
}

/* Without any head of notes, the style of numbers whose groups find most calls is that of the notes. */
static enum marker_style best_style(struct text_parts *p)
{
    double worth[MARKER_BULLET + 1] = {0};
    size_t text_first[MARKER_BULLET + 1] = {0};
    enum marker_style best = MARKER_NONE;
    for (size_t i = 0; i < p->group_count; i++) {
        const struct group *g = &p->groups[i];
        if (!note_like(g->style) && (!at_end(p, g) || heads_rather(p, g)))
            continue;
        double found = text_align(p, g->note, g->notes, text_first[g->style], g->first);
        worth[g->style] += found > 0 ? found : 0;
        best = worth[g->style] > worth[best] ? g->style : best;
        text_first[g->style] = g->end;
    }
    return best;
}

/* Looks at the groups that are most likely notes, to learn how the text writes its calls. */
static void survey_groups(struct text_parts *p, bool headed, enum marker_style style)
{
    size_t text_first = 0;
    for (size_t i = 0; i < p->group_count; i++) {
        const struct group *g = &p->groups[i];
        if (headed ? !g->head : g->style != style)
            continue;
        text_align_survey(p, g->note, g->notes, text_first, g->first);
        text_first = g->end;
    }
}

/* What is known while the groups are judged one after the other. */
struct judging {
    bool headed;             /* some group stands under a head of notes */
    enum marker_style style; /* how the notes are numbered */
    size_t text_first;       /* behind the last notes accepted */
    int highest;             /* the number of the last of them */
    int far;                 /* comparisons left that look far ahead */
    size_t rejected;         /* blocks looked at in vain */
};

/* May a group without a head be notes in this text? */
static bool welcome(const struct group *g, const struct judging *j)
{
    return g->head || g->style == MARKER_FOOTNOTE ||
           (g->style == j->style && (!j->headed || note_like(g->style)));
}

/* The groups [i, end) together answer the text before them; are they notes? */
static bool judge_cluster(struct text_parts *p, size_t i, size_t end, struct judging *j)
{
    struct group *g = &p->groups[i], *last = &p->groups[end - 1];
    text_align(p, g->note, last->note + last->notes - g->note, j->text_first, g->first);
    if (end > i + 1)
        return true;
    count_on(p, g, j->highest, j->text_first);
    return stands_the_test(p, g) && (g->head || !mere_list(p, i, j->text_first, &j->far));
}

static void accept_cluster(struct text_parts *p, size_t i, size_t end, struct judging *j)
{
    struct group *g = &p->groups[i], *last = &p->groups[end - 1];
    calls_take(p, g->note, last->note + last->notes - g->note, j->text_first, g->first);
    for (size_t k = i; k < end; k++) {
        accept(p, &p->groups[k], k);
        for (size_t b = k > i ? p->groups[k - 1].end : g->first; b < p->groups[k].first; b++)
            take_head_within(&p->blocks[b]);
    }
    j->text_first = last->end;
    j->highest = p->notes[last->note + last->notes - 1].number;
}

static void judge_groups(struct text_parts *p)
{
    struct judging j = {.style = MARKER_NONE, .far = FAR_COMPARISONS};
    j.headed = any_headed(p, &j.style);
    if (!j.headed)
        j.style = best_style(p);
    survey_groups(p, j.headed, j.style);
    for (size_t i = 0, end; i < p->group_count; i = end) {
        end = cluster_end(p, i);
        const struct group *g = &p->groups[i];
        if (!welcome(g, &j))
            continue;
        if (judge_cluster(p, i, end, &j)) {
            accept_cluster(p, i, end, &j);
            continue;
        }
        /* Thousands of lists that are no notes must not each look at the whole text. */
        j.rejected += g->first - j.text_first;
        if (j.rejected > 100 * p->block_count + 100000 && end + 1 < p->group_count)
            j.text_first = g->end;
    }
}

/* Without anything that could be a note there is nothing to look for. */
static bool any_note(const struct text_parts *p)
{
    for (size_t i = 0; i < p->block_count; i++)
        if (numbers_notes(&p->blocks[i]) || notes_head(p->blocks[i].text) || sources_head(p->blocks[i].text))
            return true;
    return false;
}

/* A call that says by itself that it is one. */
static bool any_plain_call(const struct text_parts *p)
{
    for (size_t i = 0; i < p->block_count; i++) {
        struct text t = p->blocks[i].text;
        if (memmem(t.at, t.length, "[1]", 3) || memmem(t.at, t.length, "¹", 2))
            return true;
    }
    return false;
}

void text_notes(struct text_parts *p)
{
    bool notes = any_note(p);
    if (!notes && !any_plain_call(p))
        return;
    text_candidates(p);
    find_groups(p);
    judge_groups(p);
    bool accepted = false;
    for (size_t i = 0; i < p->group_count; i++)
        accepted |= p->groups[i].accepted;
    if (!accepted)
        calls_without_notes(p);
}
