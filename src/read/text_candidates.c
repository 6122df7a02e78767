/* Every run of digits that could be a note call: how it is written, and what its surroundings say for it or
 * against it, in log odds. Runs that can't be calls (dates like 2021-03-05, 1.5, 4th, addresses) are left
 * out at once. */
#include "base/utf8.h"
#include "read/text_spot.h"

/* ---- in brackets, in parentheses, with a caret: lists like `[3, 7]` */

enum { LIST_MOST = 12, RANGE_MOST = 8 };

/* The numbers of a list, and where they stand. */
struct listed {
    int label[LIST_MOST + RANGE_MOST];
    size_t from[LIST_MOST + RANGE_MOST], to[LIST_MOST + RANGE_MOST];
    size_t count;
};

static bool listed_put(struct listed *l, int label, size_t from, size_t to)
{
    if (l->count == sizeof l->label / sizeof *l->label)
        return false;
    l->label[l->count] = label;
    l->from[l->count] = from;
    l->to[l->count++] = to;
    return true;
}

/* Those that `3–6` leaves out stand at its dash, [at, end). */
static bool fill_range(struct listed *l, int first, int last, size_t at, size_t end)
{
    if (last <= first || last - first > RANGE_MOST)
        return false;
    for (int n = first + 1; n < last; n++, at = end)
        if (!listed_put(l, n, at, end))
            return false;
    return true;
}

/* Reads `3`, `3, 7` or `3–5` from `at` on; gives the offset behind the last number. Each number takes in what
 * parts it from the one before. */
static size_t read_list(struct text t, size_t at, bool spaces, struct listed *l)
{
    size_t parted = at, end = at;
    bool range = false;
    while (at < t.length && l->count < LIST_MOST) {
        size_t from = at;
        while (at < t.length && ascii_digit(t.at[at]))
            at++;
        int label = digits_value(t, from, at), last = l->count ? l->label[l->count - 1] : 0;
        if (at == from || at - from > 5)
            return end;
        if (range && last && label - last > 1) {
            if (!fill_range(l, last, label, parted, from))
                return end;
            parted = from;
        }
        if (!listed_put(l, label, parted, at))
            return end;
        end = parted = at;
        size_t next = at;
        uint32_t gap = next < t.length ? utf8_next(t, &next) : 0;
        range = gap == '-' || gap == 0x2013;
        if (!range && gap != ',' && gap != ';')
            return end;
        while (spaces && next < t.length && t.at[next] == ' ')
            next++;
        at = next;
    }
    return end;
}

/* Adds a candidate for each number of the list; false when one is out of range. */
static bool add_listed(struct text_parts *p, const struct spot *s, const struct listed *l, enum manner m,
                       double evidence)
{
    size_t first = p->candidate_count;
    for (size_t i = 0; i < l->count; i++) {
        struct spot one = *s;
        one.from = l->from[i];
        one.to = l->to[i];
        struct candidate *c = spot_add(p, &one, l->label[i], m, evidence);
        if (!c) {
            p->candidate_count = first;
            return false;
        }
        c->run = (uint32_t)s->from + (l->count > 1 ? 0x80000000u + (uint32_t)i : 0);
        c->list = l->count > 1 ? (uint32_t)s->from + 1 : 0;
        c->opens = i == 0;
        c->closes = i + 1 == l->count;
    }
    return true;
}

/* Reads a list up to `close`; adds the candidates. Gives the offset behind `close`, or 0. */
static size_t add_list(struct text_parts *p, struct spot *s, size_t open, char close, enum manner m,
                       double evidence)
{
    struct listed l = {.count = 0};
    size_t end = read_list(s->t, s->from, true, &l);
    end += end + 1 < s->t.length && s->t.at[end] == ' ' && s->t.at[end + 1] == close;
    if (end >= s->t.length || s->t.at[end] != close || !add_listed(p, s, &l, m, evidence))
        return 0;
    p->candidates[p->candidate_count - l.count].at = (uint32_t)open;
    p->candidates[p->candidate_count - 1].end = (uint32_t)end + 1;
    return end + 1;
}

/* Where the bracket opens that holds the digits: `[3`, `[^3`, `[note 3`; the text's length when none does. */
static size_t bracket_open(const struct spot *s)
{
    static const char *const names[] = {"[",      "[^",     "[note ",     "[Note ",     "[fn ",      "[fn",
                                        "[n. ",   "[n ",    "[footnote ", "[Footnote ", "[endnote ", "[ref ",
                                        "[Anm. ", "[nota ", "[#",         "[ ",         NULL};
    for (const char *const *n = names; *n; n++) {
        size_t length = strlen(*n);
        if (s->from >= length && memcmp(s->t.at + s->from - length, *n, length) == 0)
            return s->from - length;
    }
    return s->t.length;
}

static size_t bracketed(struct text_parts *p, struct spot *s, size_t open)
{
    size_t first = p->candidate_count;
    bool linked = open > 0 && s->t.at[open - 1] == '[';
    size_t end = add_list(p, s, open, ']', MANNER_BRACKET, linked ? -1 : 0);
    if (!end)
        return 0;
    if (open == 0) {
        p->candidate_count = first; /* a block's own number */
        return end;
    }
    p->candidates[first].at = (uint32_t)without_space(s->t, open);
    return end;
}

static size_t parenthesized(struct text_parts *p, struct spot *s)
{
    size_t open = s->from - 1, at = open, first = p->candidate_count;
    if (open == 0)
        return 0;
    uint32_t before = char_before(s->t, &at);
    double evidence = 0;
    bool spaced = wide_space(before);
    size_t word_end = without_space(s->t, open);
    size_t look = word_end;
    uint32_t mark = char_before(s->t, &look);
    if (!spaced)
        evidence += closer(before) ? 2.0 : letter(before) ? 1.0 : -1;
    else if (sentence_mark(mark) || closing_quote(mark))
        evidence += 1.0;
    size_t end = add_list(p, s, open, ')', MANNER_PAREN, 0);
    if (!end)
        return 0;
    struct spot behind = *s;
    behind.to = end;
    spot_look(&behind);
    if (letter(behind.after))
        evidence -= 4;
    if (spaced && (mark == ':' || mark == ';' || mark == ',' || mark == 0x2014))
        evidence -= mark == ',' ? 0.5 : 0.8;
    struct text word = word_before(s->t, word_end);
    if (word_counts(word) || word_leads(word))
        evidence -= 2.5;
    if (spaced && lower(behind.next) && !closer(behind.after))
        evidence -= 0.7;
    if (closer(behind.after) || (sentence_mark(mark) && spot_starts_sentence(&behind)))
        evidence += 0.7;
    if ((sentence_mark(mark) || closing_quote(mark)) && (behind.after == '.' || behind.after == ','))
        evidence -= 3; /* the sentence is closed already: a point's number */
    for (size_t k = first; k < p->candidate_count; k++) {
        p->candidates[k].evidence = (float)evidence;
        /* Behind words that are cited stands whose they are, and seldom a point. */
        p->candidates[k].point = wide_space(behind.after) && !closing_quote(mark) &&
                                 (letter(behind.next) || opening_quote(behind.next));
    }
    p->candidates[first].at = (uint32_t)word_end;
    return end;
}
/* ---- several glued together: `word.3,4`, `word3–5` */

/* Do the numbers rise by so little that they count neither thousands nor pages? */
static bool counts_on(const struct listed *l)
{
    for (size_t i = 1; i < l->count; i++)
        if (l->label[i] <= l->label[i - 1] || l->label[i] > l->label[i - 1] + RANGE_MOST)
            return false;
    return l->count > 1 && l->label[0] > 0;
}

/* Gives the offset to look on from. */
static size_t glued_list(struct text_parts *p, struct spot *s)
{
    struct listed l = {.count = 0};
    struct spot all = *s;
    size_t word_end = without_space(s->t, s->from), at = word_end;
    uint32_t mark = char_before(s->t, &at);
    bool spaced = wide_space(s->before) && (sentence_mark(mark) || closing_quote(mark));
    bool marked = closer(s->before) || s->before == 0x2014;
    all.to = read_list(s->t, s->from, false, &l);
    spot_look(&all);
    struct text word = word_before(s->t, s->from);
    bool short_word = count_chars(word) < (lower(first_char(word)) ? 2 : 3); /* `H2,3` */
    if ((!marked && !spaced && (!letter(s->before) || short_word)) || is_digit(s->before2) ||
        (spaced && !spot_starts_sentence(&all)) || !counts_on(&l) || s->t.at[s->from] == '0' ||
        spot_goes_on(&all))
        return s->to;
    enum manner m = spaced                                ? MANNER_SPACED
                    : marked                              ? MANNER_AFTER
                    : all.after == 0 || closer(all.after) ? MANNER_BEFORE
                                                          : MANNER_WORD;
    double evidence = spaced ? 2 : marked && spot_starts_sentence(&all) ? 1 : 0;
    if (!add_listed(p, s, &l, m, evidence))
        return s->to;
    p->candidates[p->candidate_count - l.count].at = (uint32_t)word_end;
    return all.to;
}

/* ---- raised */

static int raised_value(uint32_t c)
{
    if (c == 0xB9)
        return 1;
    if (c == 0xB2 || c == 0xB3)
        return (int)c - 0xB0;
    return c == 0x2070 || (c >= 0x2074 && c <= 0x2079) ? (int)(c - 0x2070) : -1;
}

/* `40 m²`, `x^3`: the word that ends at `end` is a unit or a variable, raised to its second or third power.
 */
static bool raised_to_power(struct text t, size_t end, int n)
{
    static const char *const measures[] = {"m", "km", "cm", "mm",  "dm", "ft", "mi", "in", "x",  "y",
                                           "r", "n",  "s",  "sec", "a",  "b",  "c",  "e",  "mc", NULL};
    struct text word = word_before(t, end);
    size_t from = end - word.length;
    uint32_t head = char_before(t, &from);
    return (n == 2 || n == 3) && word.length && among(word, measures) && head != '\'' && head != 0x2019;
}

/* Reads raised digits at `at`; gives the offset behind them, or `at`. */
static size_t raised(struct text_parts *p, struct text t, uint32_t block, size_t at)
{
    int n = 0;
    size_t end = at;
    while (end < t.length && n < 100000) {
        size_t next = end;
        int v = raised_value(utf8_next(t, &next));
        if (v < 0)
            break;
        n = n * 10 + v;
        end = next;
    }
    if (end == at || at == 0)
        return end > at ? end : at;
    struct spot s = {.t = t, .block = block, .from = at, .to = end};
    spot_look(&s);
    double evidence = wide_space(s.before) ? -0.5 : 0.5;
    if (is_digit(s.before))
        evidence -= s.before2 == '1' || letter(s.after) ? 3 : 1;
    if (raised_to_power(t, at, n))
        evidence -= 9;
    if (letter(s.after) && lower(s.after))
        evidence -= 2;
    struct candidate *c = spot_add(p, &s, n, MANNER_RAISED, evidence);
    if (c)
        c->at = (uint32_t)without_space(t, at);
    return end;
}

/* ---- one block */

static size_t digits_at(struct text_parts *p, struct spot *s, struct hash *tokens)
{
    spot_look(s);
    size_t end = 0;
    size_t open = bracket_open(s);
    if (open < s->t.length)
        end = bracketed(p, s, open);
    else if (s->before == '(' && s->from > 1)
        end = parenthesized(p, s);
    if (end)
        return end;
    if (s->to - s->from > 8 || spot_in_address(s))
        return s->to;
    uint32_t b = s->before;
    if (b == '^' && !spot_goes_on(s)) {
        /* 10^3 is a power. */
        bool power =
            is_digit(s->before2) && s->from >= 3 && !(s->from > 4 && ascii_digit(s->t.at[s->from - 4]));
        int label = digits_value(s->t, s->from, s->to);
        power |= raised_to_power(s->t, s->from - 1, label);
        struct candidate *c = spot_add(p, s, label, MANNER_CARET, power ? -5 : is_digit(s->before2) ? -1 : 0);
        if (c)
            c->at = (uint32_t)(s->from - 1);
        return s->to;
    }
    if (spot_goes_on(s))
        return glued_list(p, s);
    enum block_kind kind = p->blocks[s->block].kind;
    if ((kind == BLOCK_ROW || kind == BLOCK_ROW_HEAD) && (wide_space(b) || is_digit(s->before2) || !b)) {
        if (b == ',' && s->to - s->from > 3) /* more digits than a group of thousands has */
            tail_of_number(p, s);
        return s->to; /* the figures of a table */
    }
    bool marked = b == '.' || b == ',' || b == ';' || b == ':' || b == '!' || b == '?' || b == 0x2026;
    if (s->t.at[s->from] != '0') {
        if (marked && is_digit(s->before2))
            glued_to_number(p, s);
        else if (marked || b == ')' || b == ']' || b == '%' ||
                 ((closing_quote(b) || b == 0x2014) && s->before2 &&
                  (!wide_space(s->before2) || b == 0xBB))) /* French sets a space before » */
            glued_to_mark(p, s);
        else if (letter(b))
            glued_to_letter(p, s, tokens);
        else if (wide_space(b))
            behind_space(p, s);
    }
    tail_of_number(p, s);
    return s->to;
}

static void scan(struct text_parts *p, uint32_t block, struct hash *tokens)
{
    struct text t = p->blocks[block].text;
    for (size_t at = 0; at < t.length;) {
        unsigned char c = (unsigned char)t.at[at];
        if (ascii_digit((char)c)) {
            struct spot s = {.t = t, .block = block, .from = at, .to = at};
            while (s.to < t.length && ascii_digit(t.at[s.to]))
                s.to++;
            at = digits_at(p, &s, tokens);
        } else if (c == 0xC2 || c == 0xE2) {
            size_t end = raised(p, t, block, at);
            at = end > at ? end : at + 1;
        } else {
            at++;
        }
    }
}

/* What came back again and again is a name. */
static void doubt_names(struct text_parts *p, struct hash *tokens)
{
    for (size_t i = 0; i < p->candidate_count; i++) {
        struct candidate *c = &p->candidates[i];
        if (c->manner != MANNER_BEFORE && c->manner != MANNER_WORD)
            continue;
        struct text t = p->blocks[c->block].text, word = word_before(t, c->at);
        size_t *n = hash_find(tokens, text_slice(t, c->at - word.length, c->end));
        if (n && *n > 1)
            c->evidence -= 2.5f;
    }
}

/* `(1) …; (2) …; (3) …` within one paragraph count its points. */
static void doubt_points(struct text_parts *p)
{
    for (size_t i = 0, end; i < p->candidate_count; i = end) {
        int points = 0;
        for (end = i; end < p->candidate_count && p->candidates[end].block == p->candidates[i].block; end++)
            points += p->candidates[end].point && p->candidates[end].label == points + 1;
        for (size_t k = i, next = 1; k < end && points > 1; k++)
            if (p->candidates[k].point && p->candidates[k].label == (int)next) {
                p->candidates[k].evidence -= points > 2 ? 3 : 2;
                next++;
            }
    }
}

void text_candidates(struct text_parts *p)
{
    struct hash *tokens = hash_new(p->arena);
    for (size_t i = 0; i < p->block_count; i++) {
        enum block_kind k = p->blocks[i].kind;
        if (k == BLOCK_PARAGRAPH || k == BLOCK_VERSE || k == BLOCK_ROW || k == BLOCK_ROW_HEAD)
            scan(p, (uint32_t)i, tokens);
    }
    doubt_names(p, tokens);
    doubt_points(p);
}
