#include "read/text_calls.h"
#include <math.h>
#include <stdlib.h>

const float text_align_sure = 0.55f;

size_t candidate_from(const struct text_parts *p, size_t block)
{
    size_t low = 0, high = p->candidate_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->candidates[middle].block < block)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const float missing_sure = 0.7f, repeated_score = 0.8f, worth_naming = -4.5f;

static void add_call(struct text_parts *p, const struct candidate *c, struct note *n, float score)
{
    p->calls = arena_room(p->arena, p->calls, p->call_count, &p->call_capacity, sizeof *p->calls);
    p->calls[p->call_count++] = (struct call){.block = c->block,
                                              .at = c->at,
                                              .end = c->end,
                                              .list = c->list,
                                              .opens = c->opens,
                                              .closes = c->closes,
                                              .number = c->label,
                                              .manner = c->manner,
                                              .note = n,
                                              .taken = !n->phantom && score >= text_align_sure,
                                              .missing = n->phantom,
                                              .score = score};
}

/* In these manners a number says by itself that it is a call. */
static bool plain(enum manner m)
{
    return m == MANNER_BRACKET || m == MANNER_RAISED || m == MANNER_CARET;
}

/* Bracketed and raised numbers that the rising order left out: a note may be called again; and where most of
 * them left the order, they cite a list of literature. */
static void take_repeated(struct text_parts *p, size_t note, size_t notes, size_t from, size_t to,
                          const bool *used)
{
    size_t picked = 0, left = 0;
    int highest = 0;
    for (size_t i = note; i < note + notes; i++)
        highest = p->notes[i].number > highest ? p->notes[i].number : highest;
    struct note **of = arena_array(p->arena, (size_t)highest + 1, sizeof *of);
    for (size_t i = note; i < note + notes; i++) {
        struct note *n = &p->notes[i];
        if (of[n->number])
            return; /* numbers restart: whose call it is can't be told */
        of[n->number] = n;
    }
    for (size_t i = from; i < to; i++) {
        const struct candidate *c = &p->candidates[i];
        if (!plain(c->manner) || c->label > highest || !of[c->label] || c->evidence < -1)
            continue;
        picked += used[i - from];
        left += !used[i - from];
    }
    bool cites = left > picked;
    int so_far = 0;
    for (size_t i = from; i < to; i++) {
        const struct candidate *c = &p->candidates[i];
        if (!plain(c->manner) || c->label > highest || !of[c->label] || of[c->label]->phantom ||
            c->evidence < -1)
            continue;
        if (used[i - from])
            so_far = c->label > so_far ? c->label : so_far;
        else if (picked && (cites || c->label <= so_far))
            add_call(p, c, of[c->label], repeated_score);
    }
}

struct likeliest {
    size_t candidate; /* + 1 */
    size_t stretch;   /* between which calls it stands */
};

/* For a note that found no call: the likeliest of the places where its number stands between the calls of its
 * neighbours, to be told as doubtful. The calls part the text into stretches; what stands in one is of use
 * when its number lies between those of the calls at the stretch's ends. */
static void name_doubtful(struct text_parts *p, size_t note, size_t notes, size_t from, size_t to)
{
    int highest = 0, after = 0;
    for (size_t i = note; i < note + notes; i++)
        highest = p->notes[i].number > highest ? p->notes[i].number : highest;
    struct note **of = arena_array(p->arena, (size_t)highest + 1, sizeof *of);
    for (size_t i = note; i < note + notes; i++) {
        if (of[p->notes[i].number])
            return; /* numbers restart */
        of[p->notes[i].number] = &p->notes[i];
    }
    struct likeliest *best = arena_array(p->arena, (size_t)highest + 1, sizeof *best);
    int *closing = arena_array(p->arena, notes + 1, sizeof *closing);
    size_t stretch = 0;
    for (size_t i = from; i < to; i++) {
        const struct candidate *c = &p->candidates[i];
        const struct note *n = c->label <= highest ? of[c->label] : NULL;
        if (n && n->call == i + 1) {
            closing[stretch++] = after = c->label;
        } else if (n && !n->call && !n->phantom && c->label > after) {
            struct likeliest *l = &best[c->label];
            if (!l->candidate || l->stretch != stretch || c->weight > p->candidates[l->candidate - 1].weight)
                *l = (struct likeliest){i + 1, stretch};
        }
    }
    closing[stretch] = highest + 1;
    for (size_t i = note; i < note + notes; i++) {
        struct note *n = &p->notes[i];
        const struct likeliest *l = &best[n->number];
        if (n->call || !l->candidate || closing[l->stretch] <= n->number)
            continue;
        const struct candidate *c = &p->candidates[l->candidate - 1];
        if (c->weight > worth_naming)
            add_call(p, c, n, text_align_sure / (1 + expf(worth_naming + 2 - c->weight)));
    }
}

static int by_place(const void *x, const void *y)
{
    const struct call *a = x, *b = y;
    if (a->block != b->block)
        return a->block < b->block ? -1 : 1;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number; /* those that `3–5` leaves out */
}

void calls_sort(struct text_parts *p, size_t first)
{
    if (p->call_count > first)
        qsort(p->calls + first, p->call_count - first, sizeof *p->calls, by_place);
}

/* The members of a list like `[3, 7]` of which one is no call are none either: brackets and commas go or stay
 * together. */
static void drop_broken_lists(struct text_parts *p, size_t from)
{
    for (size_t i = from, end; i < p->call_count; i = end) {
        struct call *c = &p->calls[i];
        bool whole = c->taken;
        for (end = i + 1; c->list && end < p->call_count && p->calls[end].block == c->block &&
                          p->calls[end].list == c->list;
             end++)
            whole &= p->calls[end].taken && p->calls[end].at == p->calls[end - 1].end;
        whole &= !c->list || (c->opens && p->calls[end - 1].closes);
        for (size_t k = i; k < end && c->list && !whole; k++)
            p->calls[k].taken = false;
    }
}

void calls_take(struct text_parts *p, size_t note, size_t notes, size_t first, size_t end)
{
    size_t from = candidate_from(p, first), to = candidate_from(p, end), calls = p->call_count;
    bool *used = arena_array(p->arena, to - from + 1, sizeof *used);
    for (size_t i = note; i < note + notes; i++)
        if (p->notes[i].call)
            used[p->notes[i].call - 1 - from] = true;
    for (size_t i = note; i < note + notes; i++) {
        struct note *n = &p->notes[i];
        if (!n->call || !used[n->call - 1 - from] || (n->phantom && n->score < missing_sure))
            continue;
        add_call(p, &p->candidates[n->call - 1], n, n->score);
    }
    take_repeated(p, note, notes, from, to, used);
    name_doubtful(p, note, notes, from, to);
    calls_sort(p, calls);
    drop_broken_lists(p, calls);
}

void calls_without_notes(struct text_parts *p)
{
    int next = 1;
    const struct candidate *first = NULL;
    for (size_t i = 0; i < p->candidate_count; i++) {
        const struct candidate *c = &p->candidates[i];
        if (!plain(c->manner) || c->label != next || c->evidence < -1)
            continue;
        first = first ? first : c;
        next++;
    }
    if (next <= 3)
        return;
    struct place where = block_place(p, &(struct place_cursor){0}, first->block, first->at);
    message(p->document->messages, SEVERITY_WARNING, "notes.missing", &where,
            "The text calls notes 1 to %d, but no such notes were found; the digits stay in the text. Add "
            "the notes at its end, each with its number.",
            next - 1);
}
