#include "refine/typography.h"

static bool among(uint32_t c, const char *set)
{
    return c > 0 && c < 0x80 && strchr(set, (char)c);
}

/* What can be part of a URL or a mail address. */
static bool address_letter(uint32_t c)
{
    return run_alnum(c) || among(c, "-._~:/?#[]@!$&()*+,;=%'");
}

static bool starts_with(const struct run *r, size_t i, const char *word)
{
    for (; *word; word++, i++)
        if (run_at(r, i) != (uint32_t)*word)
            return false;
    return true;
}

/* Does the word from `from` to before `to` look like an address: a scheme, www., a@b.c, a.bc/d? */
static bool is_address(const struct run *r, size_t from, size_t to)
{
    bool dot = false, at = false;
    if (starts_with(r, from, "www.") || starts_with(r, from, "mailto:"))
        return true;
    for (size_t i = from; i < to; i++) {
        uint32_t c = run_at(r, i);
        if (c == ':' && i > from && starts_with(r, i, "://"))
            return true;
        if (c == '/' && dot)
            return true;
        if (at && c == '.')
            return true;
        at |= c == '@' && i > from;
        dot |=
            c == '.' && i > from && i + 1 < to && run_alnum(run_at(r, i - 1)) && run_lower(run_at(r, i + 1));
    }
    return false;
}

/* A word that begins with hyphens and a letter is a command's option. */
static bool is_option(const struct run *r, size_t from, size_t to)
{
    bool alone = from == 0 || run_space(run_at(r, from - 1));
    return alone && to - from > 3 && starts_with(r, from, "--") && run_alnum(run_at(r, from + 2)) &&
           !run_upper(run_at(r, from + 2));
}

static bool holds(const struct run *r, size_t from, size_t to, uint32_t c)
{
    while (from < to && run_at(r, from) != c)
        from++;
    return from < to;
}

/* Punctuation at its end is the sentence's, but for a mark that closes one inside. */
static void fix(struct run *r, size_t from, size_t to)
{
    while (to > from && among(run_at(r, to - 1), ".,;:!?)'")) {
        uint32_t last = run_at(r, to - 1);
        if ((last == '\'' && holds(r, from, to - 1, '\'')) || (last == ')' && holds(r, from, to - 1, '(')))
            break;
        to--;
    }
    for (size_t i = from; i < to; i++)
        r->letters[i].fixed = true;
}

void fix_addresses(struct run *r)
{
    if (!r->suspect)
        return;
    for (size_t i = 0; i < r->count;) {
        if (!address_letter(run_at(r, i)) || among(run_at(r, i), "('[")) {
            i++;
            continue;
        }
        size_t from = i;
        while (i < r->count && address_letter(run_at(r, i)))
            i++;
        if (is_address(r, from, i) || is_option(r, from, i))
            fix(r, from, i);
    }
}
