#include "base/buf.h"
#include "refine/typography.h"

enum { APOSTROPHE = 0x2019, PRIME = 0x2032, DOUBLE_PRIME = 0x2033, DITTO = 0x201D, DEEPEST = 8 };

/* Which marks are open: '"' and '\''. */
struct nest {
    char marks[DEEPEST];
    int depth;
};

static int open_of(const struct nest *n, char mark)
{
    for (int i = n->depth - 1; i >= 0; i--)
        if (n->marks[i] == mark)
            return i;
    return -1;
}

static bool straight(uint32_t c)
{
    return c == '"' || c == '\'';
}

/* The nearest character before or after i that was not taken out. */
static uint32_t before(const struct run *r, size_t i, uint8_t *role)
{
    while (i > 0 && !r->letters[i - 1].c)
        i--;
    *role = i ? (uint8_t)r->letters[i - 1].role : (uint8_t)QUOTE_NONE;
    return i ? run_at(r, i - 1) : ' ';
}

/* Straight marks that follow at once say nothing: looks past them. */
static uint32_t after(const struct run *r, size_t i)
{
    do
        i++;
    while (i < r->count && (!r->letters[i].c || straight(r->letters[i].c)));
    return run_at(r, i);
}

/* May a quotation begin behind this? */
static bool invites(uint32_t c, uint8_t role)
{
    if (role != QUOTE_NONE)
        return role == QUOTE_OPENS;
    static const uint32_t marks[] = {'(',    '[',    '{',    '<',    '/',  '=',  '-',  0x2013, 0x2014,
                                     0x2018, 0x201C, 0x201E, 0x201A, 0xAB, 0xA1, 0xBF, 0x2039};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (c == marks[i])
            return true;
    return run_space(c);
}

/* May a quotation end before this? */
static bool ends(uint32_t c)
{
    return run_space(c) || (c < 0x80 && strchr(".,;:!?)]}>/-", (char)c)) || (c >= 0x2013 && c <= 0x201E) ||
           c == 0x2026 || c == 0xBB || c == 0x203A;
}

static void set(struct run *r, size_t i, uint32_t c, enum quote_role role)
{
    run_set(r, i, c);
    r->letters[i].role = role & 3U;
}

/* ---- double marks */

static void open_mark(struct run *r, struct nest *n, size_t i, char mark)
{
    bool inner = mark == '\'' || open_of(n, '"') >= 0;
    set(r, i, run_rules(r, i)->open[inner], QUOTE_OPENS);
    if (n->depth < DEEPEST)
        n->marks[n->depth++] = mark;
}

static void close_mark(struct run *r, struct nest *n, size_t i, char mark)
{
    int at = open_of(n, mark);
    if (at >= 0)
        n->depth = at;
    bool inner = mark == '\'' || open_of(n, '"') >= 0;
    set(r, i, run_rules(r, i)->close[inner], QUOTE_CLOSES);
}

static void set_double(struct run *r, struct nest *n, size_t i)
{
    uint8_t role;
    uint32_t p = before(r, i, &role), next = after(r, i);
    bool open = open_of(n, '"') >= 0;
    bool may_open = invites(p, role), may_close = ends(next);
    if (run_digit(p) && !open) {
        run_set(r, i, DOUBLE_PRIME);
        return;
    }
    if (run_space(p) && run_space(next) && !open) { /* alone: "the same as above" */
        run_set(r, i, DITTO);
        return;
    }
    bool opens = may_open == may_close ? !open : may_open;
    if (opens)
        open_mark(r, n, i, '"');
    else
        close_mark(r, n, i, '"');
}

/* ---- single marks */

/* The word behind an apostrophe, in lower case. */
static struct text word_behind(const struct run *r, size_t i, char *bytes, size_t room)
{
    size_t n = 0;
    while (n < room && run_alnum(run_at(r, i + 1 + n)) && run_at(r, i + 1 + n) < 0x80) {
        bytes[n] = ascii_lower((char)run_at(r, i + 1 + n));
        n++;
    }
    return (struct text){bytes, n};
}

/* '90s, '68: two figures, then no more and no letter but s. */
static bool is_year(struct text word)
{
    return word.length >= 2 && word.length <= 3 && ascii_digit(word.at[0]) && ascii_digit(word.at[1]) &&
           (word.length == 2 || word.at[2] == 's');
}

/* Can the single mark at i end a quotation: something before it, no letter behind? */
static bool may_end(const struct run *r, size_t i)
{
    uint8_t role;
    uint32_t p = before(r, i, &role);
    return !run_space(p) && !run_alnum(after(r, i));
}

static bool abbreviates(const struct run *r, size_t i)
{
    char bytes[16];
    struct text word = word_behind(r, i, bytes, sizeof bytes);
    return is_year(word) || is_elision(word);
}

/* 6'2": feet, when figures and a double mark follow. */
static bool is_foot(const struct run *r, size_t i)
{
    size_t k = i + 1;
    if (run_at(r, k) == ' ')
        k++;
    size_t from = k;
    while (run_digit(run_at(r, k)) || run_at(r, k) == '.')
        k++;
    return k > from && run_at(r, k) == '"';
}

static void set_single(struct run *r, struct nest *n, size_t i, bool ends_later)
{
    uint8_t role;
    uint32_t p = before(r, i, &role), next = after(r, i);
    bool open = open_of(n, '\'') >= 0;
    if (run_digit(p) && is_foot(r, i)) {
        run_set(r, i, PRIME);
        return;
    }
    bool inside = run_alnum(p) && run_alnum(run_at(r, i + 1));
    bool opens = !inside && invites(p, role) && !run_space(next) && !abbreviates(r, i) && ends_later;
    if (opens)
        open_mark(r, n, i, '\'');
    else if (!inside && open && may_end(r, i))
        close_mark(r, n, i, '\'');
    else
        set(r, i, APOSTROPHE, QUOTE_NONE);
}

/* ---- */

/* The last single mark that could end a quotation; count when there is none. */
static size_t last_end(const struct run *r)
{
    for (size_t i = r->count; i-- > 0;)
        if (r->letters[i].c == '\'' && !r->letters[i].fixed && may_end(r, i))
            return i;
    return 0;
}

void set_quotes(struct run *r, const struct plain_marks *m)
{
    struct nest n = {.depth = 0};
    size_t last = m->singles ? last_end(r) : 0;
    for (size_t i = 0; i < r->count; i++) {
        if (r->letters[i].fixed)
            continue;
        if (m->doubles && r->letters[i].c == '"')
            set_double(r, &n, i);
        else if (m->singles && r->letters[i].c == '\'')
            set_single(r, &n, i, i < last);
    }
}
