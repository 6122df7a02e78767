/* Which candidate calls which note: one alignment of the notes with the candidates over the whole text.
 *
 * A way through picks for some notes a candidate each, so that both rise together. It is worth the sum of the
 * log odds of what it picks, less what each note left without a call costs. The best way is the heaviest
 * rising subsequence over (place, note), found with a tree of prefix maxima (Fenwick 1994) in n log n; a
 * second pass from the end gives, for each candidate, the best way that goes through it, and so how much
 * worse the text would read if a note's call stood elsewhere or nowhere: its score (a max-marginal of
 * Viterbi's algorithm).
 *
 * A text writes its calls in one manner. So first each family of manners is tried alone; the one that
 * explains most notes is believed, and the shares of the manners within what was found are learnt in three
 * rounds. */
#include "read/text_calls.h"
#include "read/text_parts.h"
#include <math.h>

/* Pairs of a candidate and a note: where all have one number they would be square in the text. */
enum { PAIRS_MOST = 1 << 22 };

enum family { RAISED, BRACKET, PAREN, GLUED, SPACED };
_Static_assert(SPACED + 1 == FAMILIES, "text_parts.h counts the families");

static const struct {
    const char *name;
    enum family family;
    double odds;      /* before the text is known */
    enum manner like; /* whose share in the text speaks for it too */
} manners[MANNERS] = {
    [MANNER_RAISED] = {"raised digits", RAISED, 3, MANNER_RAISED},
    [MANNER_BRACKET] = {"digits in brackets", BRACKET, 3, MANNER_BRACKET},
    [MANNER_CARET] = {"digits behind a caret", RAISED, 2.5, MANNER_CARET},
    [MANNER_PAREN] = {"digits in parentheses", PAREN, 0, MANNER_PAREN},
    [MANNER_AFTER] = {"digits behind punctuation", GLUED, 1.5, MANNER_AFTER},
    [MANNER_INSIDE] = {"digits before a closing quote", GLUED, 1.2, MANNER_AFTER},
    [MANNER_BEFORE] = {"digits between word and punctuation", GLUED, 0.7, MANNER_BEFORE},
    [MANNER_WORD] = {"digits behind a word", GLUED, 0.3, MANNER_WORD},
    [MANNER_NUMBER] = {"digits behind a number's punctuation", GLUED, -0.7, MANNER_AFTER},
    [MANNER_TAIL] = {"digits glued to a number", GLUED, -3.7, MANNER_TAIL},
    [MANNER_SPACED] = {"digits behind a space", SPACED, -1.5, MANNER_SPACED},
};
/* How much a family's success counts when it is compared with another's. */
static const double trust[FAMILIES] = {1.05, 1.05, 0.9, 1, 0.75};
/* What a note without a call costs, before the text is known and at the most; what a number without a note
 * must overcome. */
static const double unmatched = 2.5, unmatched_most = 4.5, phantom_cost = -1;

const char *manner_name(enum manner m)
{
    return m == MANNER_SIGN ? "a sign" : manners[m].name;
}

struct item {
    uint32_t candidate, note; /* both from the alignment's first */
    float value;
    float forward, backward; /* the best way that ends, that begins here, with this */
    int32_t before;
};

struct alignment {
    struct text_parts *p;
    struct note *notes;
    size_t note_count;
    struct candidate *candidates;
    size_t candidate_count;
    int highest;
    int32_t *of_label, *next_of_label; /* notes by number */
    struct item *items;
    size_t item_count, item_capacity;
    float *best; /* Fenwick tree of prefix maxima, and whose they are */
    int32_t *whose;
    int32_t last;    /* item that ends the best way; -1: none */
    double uncalled; /* what a note without a call costs in this text */
    bool surveys;
};

static void tree_clear(struct alignment *a)
{
    for (size_t i = 0; i <= a->note_count; i++) {
        a->best[i] = 0;
        a->whose[i] = -1;
    }
}

/* The best among the places below `at` (counted from 0). */
static float tree_ask(const struct alignment *a, size_t at, int32_t *whose)
{
    float best = 0;
    *whose = -1;
    for (; at > 0; at &= at - 1)
        if (a->best[at] > best) {
            best = a->best[at];
            *whose = a->whose[at];
        }
    return best;
}

static void tree_put(struct alignment *a, size_t at, float value, int32_t who)
{
    for (at++; at <= a->note_count; at += at & (~at + 1))
        if (value > a->best[at]) {
            a->best[at] = value;
            a->whose[at] = who;
        }
}

/* ---- the items: each candidate with each note that bears its number */

static void make_items(struct alignment *a)
{
    size_t pairs = 0;
    a->item_count = 0;
    for (size_t i = 0; i < a->candidate_count; i++) {
        struct candidate *c = &a->candidates[i];
        if (c->label > a->highest || c->weight + fmax(phantom_cost, a->uncalled) <= 0)
            continue;
        for (int32_t n = a->of_label[c->label]; n >= 0; n = a->next_of_label[n]) {
            if (pairs++ == PAIRS_MOST)
                return; /* no text that a person wrote: what is left stays text */
            double value = c->weight + (a->notes[n].phantom ? phantom_cost : a->uncalled);
            if (value <= 0)
                continue;
            a->items = arena_room(a->p->arena, a->items, a->item_count, &a->item_capacity, sizeof *a->items);
            a->items[a->item_count++] = (struct item){(uint32_t)i, (uint32_t)n, (float)value, 0, 0, -1};
        }
    }
}

static bool same_run(const struct alignment *a, size_t x, size_t y)
{
    const struct candidate *c = &a->candidates[a->items[x].candidate],
                           *d = &a->candidates[a->items[y].candidate];
    return c->block == d->block && c->run == d->run;
}

static float walk_forward(struct alignment *a)
{
    float best = 0;
    a->last = -1;
    tree_clear(a);
    for (size_t from = 0, to; from < a->item_count; from = to) {
        for (to = from; to < a->item_count && same_run(a, from, to); to++) {
            struct item *x = &a->items[to];
            x->forward = x->value + tree_ask(a, x->note, &x->before);
        }
        for (size_t i = from; i < to; i++) {
            tree_put(a, a->items[i].note, a->items[i].forward, (int32_t)i);
            if (a->items[i].forward > best) {
                best = a->items[i].forward;
                a->last = (int32_t)i;
            }
        }
    }
    return best;
}

static void walk_backward(struct alignment *a)
{
    int32_t whose;
    tree_clear(a);
    for (size_t to = a->item_count, from; to > 0; to = from) {
        for (from = to; from > 0 && same_run(a, to - 1, from - 1); from--) {
            struct item *x = &a->items[from - 1];
            x->backward = x->value + tree_ask(a, a->note_count - 1 - x->note, &whose);
        }
        for (size_t i = from; i < to; i++)
            tree_put(a, a->note_count - 1 - a->items[i].note, a->items[i].backward, (int32_t)i);
    }
}

/* ---- how the text writes its calls */

static size_t real_notes(const struct alignment *a)
{
    size_t real = 0;
    for (size_t i = 0; i < a->note_count; i++)
        real += !a->notes[i].phantom;
    return real;
}

/* How many notes find a call when only this family of manners is looked at. */
static size_t found_alone(struct alignment *a, enum family f)
{
    size_t found = 0;
    for (size_t i = 0; i < a->candidate_count; i++) {
        struct candidate *c = &a->candidates[i];
        bool plain = manners[c->manner].family == f && c->manner != MANNER_TAIL && c->manner != MANNER_NUMBER;
        c->weight = plain ? c->evidence + 1 - (float)unmatched : -99;
    }
    make_items(a);
    walk_forward(a);
    for (int32_t i = a->last; i >= 0; i = a->items[i].before)
        found += !a->notes[a->items[i].note].phantom;
    return found;
}

/* Believes the family that explains most, here and (through the survey) in the rest of the text. */
static void weigh_families(struct alignment *a, double odds[MANNERS])
{
    struct survey *s = &a->p->survey;
    double coverage[FAMILIES], most = 0, real = (double)real_notes(a);
    enum family leads = GLUED;
    for (enum family f = RAISED; f <= SPACED; f++) {
        double found = (double)found_alone(a, f);
        coverage[f] = real + s->notes > 0 ? (found + s->found[f]) / (real + s->notes) : 0;
        if (a->surveys)
            s->found[f] += found;
        if (coverage[f] * trust[f] > most) {
            most = coverage[f] * trust[f];
            leads = f;
        }
    }
    if (a->surveys)
        s->notes += real;
    for (enum manner m = 0; m < MANNERS; m++) {
        enum family f = manners[m].family;
        double success = 4 * (coverage[f] - 0.5);
        double leading = success < -1 ? -1 : success;
        odds[m] = manners[m].odds + (f == leads ? leading : coverage[leads] > 0.8 ? -2.5 : -1);
    }
}

static void set_weights(struct alignment *a, const double odds[MANNERS])
{
    for (size_t i = 0; i < a->candidate_count; i++) {
        struct candidate *c = &a->candidates[i];
        c->weight = c->evidence + (float)odds[c->manner];
    }
}

/* What the shares of the manners in the best way say for each of them. */
static void learn_shares(struct alignment *a, const double odds[MANNERS], double learnt[MANNERS])
{
    double count[MANNERS], all = 1;
    for (enum manner m = 0; m < MANNERS; m++) {
        count[m] = a->p->survey.picked[m];
        all += count[m];
    }
    for (int32_t i = a->last; i >= 0; i = a->items[i].before) {
        count[a->candidates[a->items[i].candidate].manner]++;
        all++;
    }
    for (enum manner m = 0; m < MANNERS; m++) {
        enum manner like = manners[m].like;
        double share = (count[m] + 0.5) / all, other = (count[like] + 0.5) / all;
        share = other > share ? other : share;
        if (m == MANNER_TAIL) /* what is glued to words may be glued to numbers */
            share = (count[MANNER_AFTER] + count[MANNER_BEFORE] + count[MANNER_WORD] + 0.5) / all;
        if (m == MANNER_SPACED && count[m] >= 1) /* one alone doesn't speak for itself */
            share = (count[m] - 0.5) / all;
        if (m == MANNER_WORD && share < 0.15)
            share = 0.15;
        double says = 1.2 * log(share * 4), doubt = all < 6 ? all / 6 : 1;
        learnt[m] = odds[m] + doubt * (says < -2 ? -2 : says > 1 ? 1 : says);
    }
}

static double count_called(const struct alignment *a)
{
    double called = 0;
    for (int32_t i = a->last; i >= 0; i = a->items[i].before)
        called += !a->notes[a->items[i].note].phantom;
    return called;
}

/* Where all other notes are called, so is this one: the log odds of that, by the rule of succession with
 * little faith in texts that leave some out. Notes that only find a call when it is dear to have none count
 * half. */
static void learn_cost_of_uncalled(struct alignment *a)
{
    double all = (double)real_notes(a), surely = count_called(a);
    a->uncalled = unmatched_most;
    make_items(a);
    walk_forward(a);
    double perhaps = count_called(a), uncalled = all - perhaps + (perhaps - surely) / 2;
    double odds = log((surely + 1) / (fmax(uncalled - 1, 0) + 0.35));
    a->uncalled = fmin(fmax(odds, unmatched), unmatched_most);
}

/* ---- the result */

static void set_scores(struct alignment *a, float total)
{
    size_t n = a->note_count;
    float *other = arena_array(a->p->arena, n, sizeof *other);
    int32_t *chosen = arena_array(a->p->arena, n, sizeof *chosen);
    for (size_t i = 0; i < n; i++)
        chosen[i] = -1;
    for (int32_t i = a->last; i >= 0; i = a->items[i].before)
        chosen[a->items[i].note] = i;
    for (size_t from = 0, to; from < a->item_count; from = to) {
        int32_t taken = -1;
        for (to = from; to < a->item_count && same_run(a, from, to); to++)
            if (chosen[a->items[to].note] == (int32_t)to)
                taken = (int32_t)to;
        for (size_t i = from; i < to; i++) {
            const struct item *x = &a->items[i];
            float through = x->forward + x->backward - x->value;
            if (chosen[x->note] != (int32_t)i && through > other[x->note])
                other[x->note] = through;
            if (taken >= 0 && taken != (int32_t)i && through > other[a->items[taken].note])
                other[a->items[taken].note] = through;
        }
    }
    for (size_t i = 0; i < n; i++) {
        a->notes[i].call = 0;
        a->notes[i].score = 0;
        if (chosen[i] < 0)
            continue;
        const struct item *x = &a->items[chosen[i]];
        float without = total - x->value, best = other[i] > without ? other[i] : without;
        a->notes[i].call = (size_t)(a->candidates - a->p->candidates) + x->candidate + 1;
        a->notes[i].score = 1 / (1 + expf(best - total));
    }
}

static void number_notes(struct alignment *a)
{
    for (size_t i = 0; i < a->note_count; i++)
        a->highest = a->notes[i].number > a->highest ? a->notes[i].number : a->highest;
    a->of_label = arena_array(a->p->arena, (size_t)a->highest + 1, sizeof *a->of_label);
    a->next_of_label = arena_array(a->p->arena, a->note_count, sizeof *a->next_of_label);
    for (int i = 0; i <= a->highest; i++)
        a->of_label[i] = -1;
    for (size_t i = a->note_count; i > 0; i--) {
        int n = a->notes[i - 1].number;
        a->next_of_label[i - 1] = a->of_label[n];
        a->of_label[n] = (int32_t)i - 1;
    }
}

/* Sets up the alignment and finds the best way; gives its weight. */
static float align(struct alignment *a, size_t first, size_t end)
{
    struct text_parts *p = a->p;
    size_t from = candidate_from(p, first), to = candidate_from(p, end);
    a->last = -1;
    a->uncalled = unmatched;
    a->candidates = p->candidates + from;
    a->candidate_count = to - from;
    a->best = arena_array(p->arena, a->note_count + 1, sizeof *a->best);
    a->whose = arena_array(p->arena, a->note_count + 1, sizeof *a->whose);
    number_notes(a);
    double odds[MANNERS], learnt[MANNERS];
    weigh_families(a, odds);
    memcpy(learnt, odds, sizeof odds);
    float total = 0;
    for (int round = 0; round < 3; round++) {
        set_weights(a, learnt);
        make_items(a);
        total = walk_forward(a);
        if (round < 2)
            learn_shares(a, odds, learnt);
    }
    return total;
}

double text_align(struct text_parts *p, size_t note, size_t notes, size_t first, size_t end)
{
    if (!notes)
        return 0;
    struct alignment a = {.p = p, .notes = p->notes + note, .note_count = notes};
    float total = align(&a, first, end);
    learn_cost_of_uncalled(&a);
    make_items(&a);
    float all = walk_forward(&a);
    walk_backward(&a);
    set_scores(&a, all);
    return total - unmatched * (double)real_notes(&a);
}

void text_align_survey(struct text_parts *p, size_t note, size_t notes, size_t first, size_t end)
{
    if (!notes)
        return;
    struct alignment a = {.p = p, .notes = p->notes + note, .note_count = notes, .surveys = true};
    align(&a, first, end);
    for (int32_t i = a.last; i >= 0; i = a.items[i].before)
        p->survey.picked[a.candidates[a.items[i].candidate].manner]++;
}
