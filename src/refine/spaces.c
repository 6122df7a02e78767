#include "base/utf8.h"
#include "refine/typography.h"

enum { WORD_MOST = 48 }; /* bytes; a longer word is none of ours */

/* The word that ends before, or begins at, a place of the row, as UTF-8. */
struct word {
    char bytes[WORD_MOST + 4];
    size_t length;
};

static bool breaks_word(uint32_t c)
{
    return run_space(c) || c == '(' || c == '[' || c == 0x201C || c == 0x2018 || c == 0x201E || c == 0xAB ||
           c == RUN_OBJECT;
}

static struct text word_view(const struct word *w)
{
    return (struct text){w->bytes, w->length};
}

static void add(struct word *w, uint32_t c)
{
    w->length += utf8_encode(w->bytes + w->length, c);
}

static struct word word_after(const struct run *r, size_t i)
{
    struct word w = {.length = 0};
    for (; i < r->count && !breaks_word(run_at(r, i)); i++) {
        if (w.length >= WORD_MOST)
            return (struct word){.length = 0};
        if (r->letters[i].c)
            add(&w, r->letters[i].c);
    }
    return w;
}

static struct word word_before(const struct run *r, size_t i)
{
    size_t from = i;
    while (from > 0 && !breaks_word(run_at(r, from - 1)) && i - from < WORD_MOST)
        from--;
    struct word w = {.length = 0};
    for (; from < i; from++) {
        if (w.length >= WORD_MOST)
            return (struct word){.length = 0};
        if (r->letters[from].c)
            add(&w, r->letters[from].c);
    }
    return w;
}

/* Without the punctuation at its end, but for the points of the table's own words. */
static struct text bare(struct text word)
{
    while (word.length && strchr(",;:!?)", word.at[word.length - 1]))
        word.length--;
    return word;
}

static bool unit(struct text word)
{
    word = bare(word);
    if (is_unit(word))
        return true;
    return text_ends(word, ".") && is_unit(text_slice(word, 0, word.length - 1));
}

/* "J." or "J.-P.": an initial. "I." and "A." end sentences more often, so they count only before another. */
static bool initial(struct text word)
{
    size_t at = 0;
    if (!word.length || !run_upper(utf8_next(word, &at)))
        return false;
    return at < word.length && word.at[at] == '.' && word.length - at <= 4 && text_ends(word, ".");
}

/* One letter and a point, "z." and "B." */
static bool short_form(struct text word)
{
    size_t at = 0;
    word = bare(word);
    return word.length && run_alnum(utf8_next(word, &at)) && at + 1 == word.length && word.at[at] == '.';
}

static bool figures(struct text word, size_t least, size_t most)
{
    if (word.length < least || word.length > most)
        return false;
    for (size_t i = 0; i < word.length; i++)
        if (!ascii_digit(word.at[i]))
            return false;
    return true;
}

static bool is_number(struct text word)
{
    if (!word.length || !ascii_digit(word.at[word.length - 1]))
        return false;
    for (size_t i = 0; i < word.length; i++)
        if (ascii_alpha(word.at[i]))
            return false;
    return true;
}

static bool roman(struct text word)
{
    word = bare(word);
    for (size_t i = 0; i < word.length; i++)
        if (!strchr("ivxlcdmIVXLCDM", word.at[i]))
            return false;
    return word.length > 0;
}

/* A figure before the space: a unit or the next three figures of a large number hold to it. */
static bool holds_number(struct text a, struct text b)
{
    return is_number(a) && (unit(b) || (figures(a, 1, 3) && figures(bare(b), 3, 3)));
}

/* A point before the space: an abbreviation or an initial, by what follows. */
static bool holds_short(struct text a, struct text b, uint32_t first)
{
    if (initial(a) && run_upper(first))
        return !(text_is(a, "I.") || text_is(a, "A.")) || initial(b);
    return (short_form(a) && short_form(b) && !is_number(bare(b))) || (text_is(a, ".") && text_is(b, "."));
}

/* Should the plain space at i hold the words around it together? Looks at the letters beside it first: most
 * spaces are done with that. */
static bool holds(const struct run *r, size_t i)
{
    size_t after = i + 1;
    while (after < r->count && !r->letters[after].c)
        after++;
    uint32_t last = run_at(r, i - 1), first = run_at(r, after);
    if (first == 0x2013 || first == 0x2014)
        return run_space(run_at(r, after + 1)) && !run_space(last);
    bool number = run_digit(last), point = last == '.', weighty = run_digit(first) || run_upper(first);
    if (!number && !point && !weighty)
        return false;
    struct word w = word_before(r, i);
    struct text a = word_view(&w);
    if (!a.length || a.length > WORD_MOST / 4)
        return false;
    struct word next = word_after(r, after);
    struct text b = word_view(&next);
    if (!b.length)
        return false;
    return (number && holds_number(a, b)) || (point && holds_short(a, b, first)) ||
           (leads_number(a) && (run_digit(first) || roman(b))) || (leads_name(a) && run_upper(first));
}

/* ---- the spaces of French */

static bool french_mark(uint32_t c)
{
    return c == ';' || c == ':' || c == '!' || c == '?';
}

static bool lone(const struct run *r, size_t i)
{
    uint32_t next = run_at(r, i + 1);
    return run_space(next) || french_mark(next) || next == 0xBB || next == ')' || next == 0x201D ||
           next == 0x2026;
}

/* Puts `space` between the letters i - 1 and i: in place of a plain one, or new. */
static void space_before(struct run *r, size_t i, uint32_t space)
{
    uint32_t p = run_at(r, i - 1);
    if (p == ' ' && r->letters[i - 1].c)
        run_set(r, i - 1, space);
    else if (!run_space(p))
        run_insert(r, i, space);
}

static void french(struct run *r, size_t i, const struct punctuation *rules)
{
    uint32_t c = run_at(r, i), p = i ? run_at(r, i - 1) : ' ';
    bool word =
        i && (run_alnum(p) || p == 0xBB || p == ')' || p == 0x201D || p == 0x2026 || p == ' ' || p == '%');
    if (word && c == 0xBB && rules->space_inside)
        space_before(r, i, rules->space_inside);
    else if (i && c == 0xBB && rules->space_inside && !run_space(p))
        space_before(r, i, rules->space_inside);
    else if (i && p == 0xAB && rules->space_inside && run_space(c) && r->letters[i].c == ' ')
        run_set(r, i, rules->space_inside);
    else if (i && p == 0xAB && rules->space_inside && !run_space(c))
        run_insert(r, i, rules->space_inside);
    else if (word && french_mark(c) && lone(r, i)) {
        uint32_t space = c == ':' ? rules->space_colon : rules->space_before;
        if (space)
            space_before(r, i, space);
    }
}

/* ---- spaces that a web page's editor doubled */

static bool ends_sentence(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == ':' || c == ';' || c == ')' || c == '"' || c == '\'' ||
           c == 0x201D || c == 0x2019;
}

static bool is_gap(const struct run *r, size_t i)
{
    uint32_t c = r->letters[i].c;
    return !r->letters[i].fixed && (c == ' ' || c == '\n' || c == SPACE_NO_BREAK);
}

/* Somebody types two spaces, and an editor of web pages writes one that breaks and one that doesn't, of which
 * no browser makes one again. From `i`, a no-break space: such a pair becomes a plain space, as two no-break
 * ones do behind a sentence; where the block ends nothing is left of a gap. Wider ones, and those that begin
 * a line, are meant. Gives the gap's last letter. */
static size_t one_space(struct run *r, size_t i)
{
    size_t first = i, end = i, breaking = 0;
    for (; first > 0 && is_gap(r, first - 1); first--)
        breaking++;
    for (; end < r->count && is_gap(r, end); end++)
        breaking += r->letters[end].c != SPACE_NO_BREAK;
    uint32_t last = first > 0 ? run_at(r, first - 1) : '\n', next = run_at(r, end);
    bool ends = end == r->count, pair = end - first == 2 && (breaking || ends_sentence(last));
    if (last == '\n' || (!ends && !pair))
        return end - 1;
    /* the one that stays is the one that French replaces, or that joins a short word to the next */
    size_t kept = french_mark(next) || next == 0xBB ? end - 1 : first;
    for (size_t k = first; k < end; k++)
        run_set(r, k, k == kept && !ends ? ' ' : 0);
    return end - 1;
}

static void single_spaces(struct run *r)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->letters[i].c == SPACE_NO_BREAK && !r->letters[i].fixed)
            i = one_space(r, i);
}

void set_spaces(struct run *r)
{
    single_spaces(r);
    for (size_t i = 0; i < r->count; i++) {
        uint32_t c = r->letters[i].c;
        if (r->letters[i].fixed || !c)
            continue;
        const struct punctuation *rules = run_rules(r, i);
        if (rules->space_inside || rules->space_colon)
            french(r, i, rules);
        if (c == ' ' && i > 0 && holds(r, i))
            run_set(r, i, SPACE_NO_BREAK);
    }
}
