/* Where the notes stand: groups of blocks numbered one behind the other, under a head or at the end of the
 * text or of a chapter. What is a list and what are notes only the calls can tell, so each group is aligned
 * with the text before it, and kept when that goes well. */
#include "read/text_calls.h"
#include "read/text_groups.h"

enum { FAR_COMPARISONS = 40 /* each takes time linear in the text */ };

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
    size_t next = group_next(p, g->end);
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
        apart += !n->phantom && n->blocks > 1u + p->blocks[n->block].marker.alone;
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
    if (g->style == MARKER_NONE) /* one paragraph too many, and all behind it would answer the wrong calls */
        return real >= 1 && called * 10 >= real * (g->closed ? 8 : 10) &&
               (real > 1 || notes_head(p->blocks[g->head - 1].text));
    if (g->head)
        return notes_head(p->blocks[g->head - 1].text) || called * 10 >= real * 3;
    if (group_says_notes(g->style) || p->blocks[p->notes[g->note].block].marker.linked)
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

static bool long_text(const struct text_parts *p, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (p->blocks[i].kind == BLOCK_PARAGRAPH && (p->blocks[i].text.length > 250))
            return true;
    return false;
}

/* May the block be the line above a chapter's notes that says whose they are? */
static bool names_chapter(const struct block *b)
{
    return b->kind == BLOCK_PARAGRAPH && count_words(b->text) <= 12 && !sentence_end(b->text) &&
           b->marker.style == MARKER_NONE;
}

/* Do paragraphs below a head of notes, none of which has a number, only seem to answer the calls of notes
 * that stand, numbered from 1 on, further below? */
static bool answered_below(struct text_parts *p, size_t i, size_t text_first)
{
    const struct group *g = &p->groups[i];
    size_t later = i + 1;
    if (g->style != MARKER_NONE || g->closed)
        return false;
    while (later < p->group_count && later < i + 8 &&
           (p->groups[later].style == MARKER_NONE || p->notes[p->groups[later].note].number != 1))
        later++;
    return later < p->group_count && later < i + 8 && better_as_list(p, i, later, text_first);
}

/* Without a head of notes above them the groups [i, end) are several chapters' notes when each counts anew
 * below a line of its own and together they find the calls that the last alone can't. */
static bool answer_together(struct text_parts *p, size_t i, size_t end, size_t text_first)
{
    const struct group *g = &p->groups[i], *last = &p->groups[end - 1];
    for (size_t k = i; k < end; k++) {
        const struct group *each = &p->groups[k];
        int number = p->notes[each->note].number;
        bool anew = number == 1 && (k == i || names_chapter(&p->blocks[each->first - 1]));
        if (!anew && (k == i || number != p->notes[each->note - 1].number + 1))
            return false;
    }
    size_t real, real_last;
    double score;
    text_align(p, last->note, last->notes, text_first, g->first);
    size_t called_last = count_called(p, last, &real_last, &score);
    struct group all = {.note = g->note, .notes = last->note + last->notes - g->note};
    text_align(p, all.note, all.notes, text_first, g->first);
    size_t called = count_called(p, &all, &real, &score);
    enum { GAIN_SURE = 5 }; /* so many calls more than the last group finds are no chance, nor is a fifth */
    bool gains = called * 10 > called_last * 12 || called >= called_last + GAIN_SURE ||
                 (g->first > 0 && names_chapter(&p->blocks[g->first - 1]));
    return called * 10 >= real * 8 && gains && called > called_last &&
           (called - called_last) * 10 >= (real - real_last) * 8;
}

/* Is there little behind block `end` but what a page puts below its text? */
static bool reaches_end(const struct text_parts *p, size_t end)
{
    enum { PARAGRAPHS = 3 };
    size_t left = 0;
    for (size_t i = end; end < p->long_end && i < p->block_count; i++)
        left += !group_passes(&p->blocks[i]);
    return left <= PARAGRAPHS;
}

/* What is known while the groups are judged one after the other. */
struct judging {
    bool headed;             /* some group stands under a head of notes */
    enum marker_style style; /* how the notes are numbered */
    size_t text_first;       /* behind the last notes accepted */
    int highest;             /* the number of the last of them */
    int far;                 /* comparisons left that look far ahead */
    size_t rejected;         /* blocks looked at in vain */
    size_t tried;            /* up to this group they were looked at together, in vain */
};

/* Does the group go on with the number behind that of the last note before it? Then what lies between may
 * belong to that note: a list, a table. */
static bool counts_on(const struct text_parts *p, const struct group *g)
{
    const struct note *n = &p->notes[g->note];
    return n->number > 1 && !n->phantom && n[-1].number + 1 == n->number;
}

static bool close_behind(const struct text_parts *p, const struct group *g)
{
    return !long_text(p, g[-1].end, g->first) && g->first - g[-1].end <= 3;
}

/* Groups that follow each other to the text's end, with no more than a head of their own between, answer the
 * same text: the notes of all chapters at the end of a book. */
static size_t cluster_end(struct text_parts *p, size_t i, struct judging *j)
{
    size_t end = i + 1;
    if (end < j->tried)
        return end;
    while (end < p->group_count && !p->groups[end].head && p->groups[end].style == p->groups[i].style &&
           (counts_on(p, &p->groups[end]) || close_behind(p, &p->groups[end])))
        end++;
    j->tried = end;
    if (end == i + 1 || !reaches_end(p, p->groups[end - 1].end))
        return i + 1;
    return p->groups[i].head || answer_together(p, i, end, j->text_first) ? end : i + 1;
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
        if (g->style == MARKER_NONE)
            p->blocks[n->block].marker = (struct marker){0}; /* its text begins with a number */
        n->key = arena_printf(p->arena, "%zu-%d", index + 1, n->number);
        for (size_t k = n->block; k < n->block + n->blocks; k++)
            if (!group_passes(&p->blocks[k])) {
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
        if (!group_says_notes(g->style) && (!at_end(p, g) || heads_rather(p, g)))
            continue;
        double found = text_align(p, g->note, g->notes, text_first[g->style], g->first);
        worth[g->style] += found > 0 ? found : 0;
        best = worth[g->style] > 0 && worth[g->style] >= worth[best] * 0.99 ? g->style
                                                                            : best; /* notes are last */
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

/* May a group be notes in this text? Not a list of books without numbers where others stand below a head of
 * notes; and one without a head only when it is numbered like the notes. */
static bool welcome(const struct text_parts *p, const struct group *g, const struct judging *j)
{
    if (g->head && g->style == MARKER_NONE && j->headed && !notes_head(p->blocks[g->head - 1].text))
        return false;
    return g->head || g->style == MARKER_FOOTNOTE ||
           (g->style == j->style && (!j->headed || group_says_notes(g->style)));
}

/* Lists under heads of their own that follow each other ("Notes", "References") answer the same text. Does
 * the next one find more of its calls there? Then this one is called in some other way. */
static bool next_is_called_rather(struct text_parts *p, size_t i, size_t text_first)
{
    const struct group *g = &p->groups[i], *next = g + 1;
    size_t real;
    double score;
    if (i + 1 >= p->group_count || !g->head || !next->head || long_text(p, g->end, next->first) ||
        p->notes[next->note].number != 1)
        return false;
    text_align(p, g->note, g->notes, text_first, g->first);
    size_t called = count_called(p, g, &real, &score);
    text_align(p, next->note, next->notes, text_first, g->first);
    return count_called(p, next, &real, &score) > called;
}

/* The groups [i, end) together answer the text before them; are they notes? */
static bool judge_cluster(struct text_parts *p, size_t i, size_t end, struct judging *j)
{
    struct group *g = &p->groups[i], *last = &p->groups[end - 1];
    text_align(p, g->note, last->note + last->notes - g->note, j->text_first, g->first);
    if (end > i + 1)
        return true;
    if (next_is_called_rather(p, i, j->text_first))
        return false;
    text_align(p, g->note, g->notes, j->text_first, g->first);
    count_on(p, g, j->highest, j->text_first);
    return stands_the_test(p, g) && !answered_below(p, i, j->text_first) &&
           (g->head || !mere_list(p, i, j->text_first, &j->far));
}

static bool same_first_word(struct text a, struct text b)
{
    return text_equal(text_slice(a, 0, text_find(a, ' ', 0)), text_slice(b, 0, text_find(b, ' ', 0)));
}

static void accept_cluster(struct text_parts *p, size_t i, size_t end, struct judging *j)
{
    struct group *g = &p->groups[i], *last = &p->groups[end - 1];
    calls_take(p, g->note, last->note + last->notes - g->note, j->text_first, g->first);
    if (end > i + 1 && !g->head && g->first > 0 && names_chapter(&p->blocks[g->first - 1]) &&
        same_first_word(p->blocks[g->first - 1].text, p->blocks[g[1].first - 1].text))
        take_head_within(&p->blocks[g->first - 1]);
    for (size_t k = i + 1; k < end && !g->head; k++) {
        if (!counts_on(p, &p->groups[k]))
            continue;
        struct note *before = &p->notes[p->groups[k].note - 1];
        before->blocks = p->groups[k].first - before->block;
        p->groups[k - 1].end = p->groups[k].first;
    }
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
        end = cluster_end(p, i, &j);
        const struct group *g = &p->groups[i];
        if (!welcome(p, g, &j))
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
        if (group_numbers(&p->blocks[i]) || notes_head(p->blocks[i].text) || sources_head(p->blocks[i].text))
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
    groups_find(p);
    judge_groups(p);
    bool accepted = false;
    for (size_t i = 0; i < p->group_count; i++)
        accepted |= p->groups[i].accepted;
    if (!accepted)
        calls_without_notes(p);
}
