#include "read/text_spot.h"
#include "base/utf8.h"

enum { HIGHEST_LABEL = 20000 };

int digits_value(struct text t, size_t from, size_t to)
{
    int n = 0;
    for (size_t i = from; i < to && n < 1000000; i++)
        n = n * 10 + (t.at[i] - '0');
    return n;
}

bool is_digit(uint32_t c)
{
    return c < 0x80 && ascii_digit((char)c);
}

void spot_look(struct spot *s)
{
    size_t at = s->from;
    s->before = char_before(s->t, &at);
    s->before2 = char_before(s->t, &at);
    at = s->to;
    s->after = char_at(s->t, &at);
    size_t next = at;
    if (next < s->t.length)
        utf8_next(s->t, &next);
    s->after2 = char_at(s->t, &next);
    while (at < s->t.length) {
        size_t here = at;
        uint32_t c = utf8_next(s->t, &here);
        if (!wide_space(c) && !widthless(c))
            break;
        at = here;
    }
    s->next_at = at;
    s->next = char_at(s->t, &at);
}

struct candidate *spot_add(struct text_parts *p, const struct spot *s, int label, enum manner m,
                           double evidence)
{
    if (label < 1 || label > HIGHEST_LABEL)
        return NULL;
    p->candidates = arena_room(p->arena, p->candidates, p->candidate_count, &p->candidate_capacity,
                               sizeof *p->candidates);
    struct candidate *c = &p->candidates[p->candidate_count++];
    *c = (struct candidate){.block = s->block,
                            .at = (uint32_t)s->from,
                            .end = (uint32_t)s->to,
                            .run = (uint32_t)s->from,
                            .label = label,
                            .manner = m,
                            .evidence = (float)evidence};
    return c;
}

/* ---- words beside the digits */

/* The word (letters) that ends at `end`; at most LOOK_BACK bytes. */
struct text word_before(struct text t, size_t end)
{
    size_t at = end, least = end > LOOK_BACK ? end - LOOK_BACK : 0;
    while (at > least) {
        size_t from = at;
        uint32_t c = utf8_previous(t, &from);
        if (!letter(c) && !widthless(c))
            break;
        at = from;
    }
    return text_slice(t, at, end);
}

struct text word_at(struct text t, size_t from)
{
    size_t at = from;
    while (at < t.length && at < from + LOOK_BACK) {
        size_t next = at;
        if (!letter(utf8_next(t, &next)))
            break;
        at = next;
    }
    return text_slice(t, from, at);
}

/* Is the run part of an address or a file's name? Looks at the bytes up to white space, within reason. */
bool spot_in_address(const struct spot *s)
{
    size_t from = s->from, to = s->to;
    while (from > 0 && s->from - from < LOOK_BACK && !ascii_space(s->t.at[from - 1]))
        from--;
    while (to < s->t.length && to - s->to < LOOK_BACK && !ascii_space(s->t.at[to]))
        to++;
    bool slash = false;
    for (size_t i = from; i < to; i++) {
        slash |= s->t.at[i] == '/' && i > from && i < s->from;
        if (s->t.at[i] == '@' || s->t.at[i] == '=' || s->t.at[i] == '_' || s->t.at[i] == '\\')
            return true;
    }
    struct text token = text_slice(s->t, from, to);
    if (text_starts(token, "www.") || text_starts(token, "http") || text_starts(token, "10.") ||
        text_starts(token, "doi:"))
        return true;
    for (size_t i = from; i + 2 < to; i++)
        if (memcmp(s->t.at + i, "://", 3) == 0 ||
            (slash && i < s->from && memcmp(s->t.at + i, ".co", 3) == 0) ||
            (slash && memcmp(s->t.at + i, ".or", 3) == 0) || (slash && memcmp(s->t.at + i, "www", 3) == 0))
            return true;
    return false;
}

/* ---- what may stand behind a call */

bool closer(uint32_t c)
{
    return c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?' || c == ')' || c == ']' ||
           c == '}' || c == 0x2026 || c == 0x3002 || closing_quote(c) || c == 0x2018;
}

/* Something stands behind the digits that makes them part of a larger number or word. */
bool spot_goes_on(const struct spot *s)
{
    uint32_t c = s->after;
    if (c == 0 || wide_space(c))
        return false;
    if ((c == '.' || c == ',' || c == ':' || c == '-' || c == 0x2013 || c == 0x2011 || c == '/' ||
         c == '\'' || c == 0x2019) &&
        is_digit(s->after2))
        return true;
    if ((c == '\'' || c == 0x2019) && lower(s->after2))
        return true;
    if (c == '-' || c == 0x2011)
        return true;
    return !closer(c) && c != 0x2014 && c != 0x2013 && c != '(' && c != '[' && c != '^' && !upper(c);
}

bool sentence_mark(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x2026;
}

bool spot_starts_sentence(const struct spot *s)
{
    return s->next == 0 || upper(s->next) || (opening_quote(s->next) && s->next_at > s->to) ||
           (s->next == '(' && s->next_at > s->to);
}

/* The spaces before a call go with it. */
size_t without_space(struct text t, size_t at)
{
    while (at > 0) {
        size_t from = at;
        uint32_t c = utf8_previous(t, &from);
        if (!wide_space(c) && !widthless(c))
            break;
        at = from;
    }
    return at;
}
