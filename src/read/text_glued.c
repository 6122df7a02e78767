/* Digits that stand in the text like any other: what speaks for a call and what against, in log odds. */
#include "base/utf8.h"
#include "read/text_spot.h"

/* ---- glued to a word or its punctuation */

void glued_to_mark(struct text_parts *p, struct spot *s)
{
    double evidence = 0;
    bool ends = spot_starts_sentence(s);
    size_t at = s->from;
    char_before(s->t, &at);
    struct text word = word_before(s->t, at);
    if (s->before == '.' && word_abbreviates(s->t, word) && s->before2 != '.')
        evidence -= upper(s->before2) && word.length == 1 ? 1 : 4;
    if (sentence_mark(s->before) || closing_quote(s->before))
        evidence += ends ? 1 : wide_space(s->after) && lower(s->next) ? -0.7 : 0;
    else if (s->before == ':' || s->before == '%')
        evidence -= 1;
    else
        evidence += 0.4;
    if (s->before == 0x2014 || s->before == 0x2013)
        evidence -= 2;
    if (upper(s->after))
        evidence -= 1.5;
    bool inside = s->after && closing_quote(s->after) && !letter(s->after2);
    spot_add(p, s, digits_value(s->t, s->from, s->to), inside ? MANNER_INSIDE : MANNER_AFTER, evidence);
}

/* How often the same word stands with the same digits: `G7` comes back, a call doesn't. */
static size_t seen_glued(struct text_parts *p, struct hash *tokens, struct text token)
{
    size_t *n = hash_find(tokens, token);
    if (!n) {
        n = arena_alloc(p->arena, sizeof *n);
        hash_put(tokens, token, n);
    }
    return ++*n;
}

/* Does a number stand before the space that ends at `at`: `3.4 km2`? */
static bool counted_before(struct text t, size_t at)
{
    size_t end = without_space(t, at);
    return end > 0 && end < at + 4 && ascii_digit(t.at[end - 1]);
}

void glued_to_letter(struct text_parts *p, struct spot *s, struct hash *tokens)
{
    static const char *const named[] = {
        "covid", "mp",      "web", "windows", "ios", "html", "css", "utf", "iso", "python", "sars", "vitamin",
        "omega", "version", "v",   "q",       "x",   "y",    "n",   "k",   "fig", "p",      NULL};
    static const char *const squared[] = {"km", "cm", "mm", "dm", "ft", "mi", NULL};
    struct text word = word_before(s->t, s->from);
    double evidence = 0;
    bool all_upper = true;
    for (size_t at = 0; at < word.length;)
        all_upper &= !lower(utf8_next(word, &at));
    int length = count_chars(word);
    size_t start = (size_t)(word.at - s->t.at);
    uint32_t head = start > 0 ? char_before(s->t, &start) : 0;
    if (upper(s->after) || s->after == 0x2013)
        return;
    if (is_digit(head) || head == '-' || head == '#' || head == '$')
        evidence -= is_digit(head) || (head == '-' && (all_upper || length < 3)) ? 4 : head == '-' ? 0.3 : 3;
    if (all_upper)
        evidence -= length == 1 ? 4 : length <= 3 ? 2.5 : length <= 5 ? 1.5 : 0.3;
    else if (length == 1)
        evidence -= 3;
    else if (length == 2)
        evidence -= 0.5;
    bool measured = length == 2 && among(word, squared) && wide_space(head) && counted_before(s->t, start);
    if (among(word, named) || measured)
        evidence -= 3;
    if (s->to - s->from > 3)
        evidence -= 1;
    if (length < 40)
        seen_glued(p, tokens, text_slice(s->t, s->from - word.length, s->to));
    bool before = s->after == 0 || closer(s->after) || s->after == 0x2014;
    spot_add(p, s, digits_value(s->t, s->from, s->to), before ? MANNER_BEFORE : MANNER_WORD, evidence);
}

/* ---- glued to a number */

static bool year(int n)
{
    return n >= 1000 && n <= 2100;
}

/* The digits before a mark that stands before the run: `1914` of `1914.1`. */
static size_t digits_before(const struct spot *s, size_t *from)
{
    size_t at = s->from, end;
    char_before(s->t, &at);
    end = at;
    while (at > 0 && ascii_digit(s->t.at[at - 1]) && end - at < 12)
        at--;
    *from = at;
    return end - at;
}

void glued_to_number(struct text_parts *p, struct spot *s)
{
    size_t from, count = digits_before(s, &from);
    int number = digits_value(s->t, from, from + count);
    uint32_t head = 0;
    size_t at = from;
    head = char_before(s->t, &at);
    bool grouped = count == 3 && head == ',';
    bool is_year = count == 4 && year(number) && head != '.' && head != ',';
    size_t length = s->to - s->from;
    if (s->before == ',' && length == 3)
        return;
    if (head == '.' || upper(s->after) ||
        (s->after && !wide_space(s->after) && !closer(s->after) && s->after != 0x2014))
        return;
    double evidence = is_year ? 1 : grouped ? 1 : count >= 2 ? -0.5 : -2;
    if (head && !wide_space(head) && !grouped && head != '(' && head != '-' && head != 0x2013 && head != '$')
        evidence -= 1;
    bool ends = spot_starts_sentence(s);
    if (s->before == '.')
        evidence += ends && (s->next == 0 || wide_space(s->after)) ? 1 : -3;
    else
        evidence += wide_space(s->after) && !ends ? 0.5 : -0.5;
    struct text next = word_at(s->t, s->next_at);
    if (word_measures(next))
        evidence -= 3;
    bool inside = s->after && closing_quote(s->after);
    spot_add(p, s, digits_value(s->t, s->from, s->to), MANNER_NUMBER, evidence + (inside ? 0.3 : 0));
}

void tail_of_number(struct text_parts *p, struct spot *s)
{
    size_t length = s->to - s->from;
    bool group = (s->before == ',' || s->before == '.') && is_digit(s->before2);
    bool ends = s->after == 0 || closer(s->after);
    if (length < 2 || length > 8 || (s->before == '.' && is_digit(s->before2)) || upper(s->after) ||
        (is_digit(s->after2) && !wide_space(s->after)))
        return;
    bool is_year = length == 4 && year(digits_value(s->t, s->from, s->to));
    if (is_year || (!group && s->before && !wide_space(s->before) && s->before != '(' && s->before != '$' &&
                    s->before != 0x2013 && s->before != 0xA3 && s->before != 0x20AC && s->before != '-'))
        return;
    struct text next = word_at(s->t, s->next_at), before = word_before(s->t, without_space(s->t, s->from));
    bool dated = word_month(before) || word_month(next);
    bool day = length == 2 && dated && digits_value(s->t, s->from, s->to) <= 31;
    bool counts = lower(s->next) && wide_space(s->after) && !word_counts(before);
    for (size_t k = 1; k < length; k++) {
        size_t cut = s->from + k, tail = length - k;
        if (s->t.at[cut] == '0' || tail > 4 || (group && k != 3))
            continue;
        int head = digits_value(s->t, s->from, cut);
        double evidence = group ? 5 : k == 4 && year(head) ? 2.5 : length >= 5 ? -1 : -0.5;
        evidence += ends || spot_starts_sentence(s) ? 0.5 : 0;
        evidence -= day ? 3 : length == 2 ? 1.5 : 0;
        if (dated && head <= 31 && digits_value(s->t, s->from, s->to) > 31 && length < 5)
            evidence += 2.5; /* "March 153" */
        else if (counts && !group && k != 4)
            evidence -= 2; /* "312 books" */
        if (s->t.at[s->from] == '0' && !group)
            evidence -= 3;
        if (!group && length < 5 &&
            (word_measures(next) || s->before == '$' || s->before == '-' || s->before == 0x2013))
            evidence -= 2.5;
        struct spot part = *s;
        part.from = cut;
        struct candidate *c = spot_add(p, &part, digits_value(s->t, cut, s->to), MANNER_TAIL, evidence);
        if (c)
            c->run = (uint32_t)s->from;
    }
}

/* ---- with a space before */

/* `1 Kings xi. 4`, `2 Sam. 7:14`: a book with the number of its chapter behind it. */
static bool cites_book(const struct spot *s)
{
    struct text name = word_at(s->t, s->next_at);
    if (s->to - s->from > 1 || s->t.at[s->from] > '4' || !word_counted_book(name))
        return false;
    size_t at = s->next_at + name.length;
    at += at < s->t.length && s->t.at[at] == '.';
    at += at < s->t.length && s->t.at[at] == ' ';
    size_t end = at;
    while (end < s->t.length && strchr("ivxlcIVXLC", s->t.at[end]))
        end++;
    return at < s->t.length &&
           (ascii_digit(s->t.at[at]) || (end > at && (end >= s->t.length || !ascii_alpha(s->t.at[end]))));
}

void behind_space(struct text_parts *p, struct spot *s)
{
    size_t end = without_space(s->t, s->from), at = end;
    if (end == 0 || upper(s->after))
        return;
    uint32_t mark = char_before(s->t, &at);
    struct text before = word_before(s->t, end), next = word_at(s->t, s->next_at);
    double evidence = 0;
    bool ends = spot_starts_sentence(s);
    if (sentence_mark(mark) || closing_quote(mark)) {
        struct text abbreviated = word_before(s->t, at);
        evidence += ends ? 3 : -1;
        if (mark == '.' && word_abbreviates(s->t, abbreviated))
            evidence -= 5;
    } else if (mark == ',' || mark == ';' || mark == ')') {
        evidence += lower(s->next) && wide_space(s->after) ? 1 : -0.5;
    } else if (mark == 0x2014 || mark == ':') {
        evidence -= s->after == ',' || s->after == '.' ? 3 : 0.5;
    } else if (!letter(mark)) {
        evidence -= is_digit(mark) ? 1.5 : 3;
    } else if (s->after == 0 || closer(s->after)) {
        evidence += 0.5;
    } else {
        evidence -= 0.5;
    }
    if (mark == ';' && s->after == ',')
        evidence -= 2.5;
    if (cites_book(s))
        evidence -= 5;
    if (letter(mark) && (word_counts(before) || word_leads(before)))
        evidence -= 3.5;
    static const char *const joins[] = {"and", "or", "to", "und", "bis", "et", "y", NULL};
    if (next.length && wide_space(s->after))
        evidence -= word_measures(next) ? 3 : among(next, joins) ? 1 : 0;
    if (year(digits_value(s->t, s->from, s->to)))
        evidence -= 3;
    struct candidate *c = spot_add(p, s, digits_value(s->t, s->from, s->to), MANNER_SPACED, evidence);
    if (c)
        c->at = (uint32_t)end;
}
