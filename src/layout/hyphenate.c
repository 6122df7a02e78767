#include "layout/hyphenate.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "layout/dictionaries.h"
#include "layout/exceptions.h"
#include <unicode/uchar.h>

enum {
    SOFT_HYPHEN = 0xAD,
    WORD_LEAST = 5,      /* letters of a word that is divided */
    CAPITALS_LEAST = 10, /* acronyms are shorter */
    TAIL_MOST = 2,       /* letters of an ending behind an apostrophe: 's, 're */
    HYPHENS_MOST = PATTERNS_WORD_MOST
};

struct hyphenator {
    struct arena *arena;
    const struct dictionary *dictionary;
    struct hyphen_limits limits;
    bool turkic;     /* i and ı are two letters */
    bool figures;    /* large numbers are divided after commas */
    bool exceptions; /* some words are known better than by the patterns */
    struct hash *words;
};

/* The divisions of one word while they are gathered. */
struct found {
    struct hyphen at[HYPHENS_MOST];
    uint32_t count;
};

static const struct hyphens NONE = {0};

struct hyphenator *hyphenator_new(struct arena *a, struct hyphenation *h, const char *language,
                                  const struct hyphen_limits *limits, const struct place *where)
{
    static const struct dictionary none = {0};
    struct hyphenator *out = arena_alloc(a, sizeof *out);
    struct text tag = text_of(language);
    out->arena = a;
    if (limits)
        out->limits = *limits;
    if (!out->limits.manual && tag.length)
        out->dictionary = dictionary_find(h, language, where);
    if (!out->dictionary)
        out->dictionary = &none;
    struct hyphen_limits *l = &out->limits;
    l->before = l->before > 0 ? l->before : out->dictionary->before;
    l->after = l->after > 0 ? l->after : out->dictionary->after;
    l->word = l->word > 0 ? l->word : WORD_LEAST;
    l->capitals = l->capitals > 0 ? l->capitals : CAPITALS_LEAST;
    struct text primary;
    text_split(&tag, '-', &primary);
    out->turkic = text_is_nocase(primary, "tr") || text_is_nocase(primary, "az");
    out->figures = text_is_nocase(primary, "en");
    out->exceptions = text_is_nocase(text_of(language), "en") || text_is_nocase(text_of(language), "en-US");
    out->words = hash_new(a);
    return out;
}

/* Keeps them in the order of the word. */
static void add(struct found *f, struct hyphen h)
{
    if (f->count == HYPHENS_MOST)
        return;
    uint32_t at = f->count++;
    for (; at && f->at[at - 1].from > h.from; at--)
        f->at[at] = f->at[at - 1];
    f->at[at] = h;
}

/* ---- runs of letters */

/* A run of letters and apostrophes of the word, in lower case. */
struct run {
    char lower[PATTERNS_WORD_MOST];
    size_t length;
    uint32_t source[PATTERNS_WORD_MOST + 1]; /* where each byte of `lower` comes from in the word */
    uint8_t letters[PATTERNS_WORD_MOST + 1]; /* how many letters stand before it */
    int small, capital;                      /* letters by case */
    bool whole;                              /* false: too long, or beside a digit */
};

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019 || c == 0x02BC;
}

/* Letters, marks, and the middle dot of Catalan l·l. */
static bool is_letter(uint32_t c)
{
    if (c < 0x80)
        return ascii_alpha((char)c);
    return u_isalpha((UChar32)c) || c == 0xB7 || (U_GET_GC_MASK((UChar32)c) & U_GC_M_MASK) != 0;
}

static bool is_mark(uint32_t c)
{
    return c >= 0x300 && (U_GET_GC_MASK((UChar32)c) & U_GC_M_MASK) != 0;
}

static uint32_t lower_case(const struct hyphenator *h, uint32_t c)
{
    if (h->turkic && c == 'I')
        return 0x131;
    if (h->turkic && c == 0x130)
        return 'i';
    if (c < 0x80)
        return (unsigned char)ascii_lower((char)c);
    return (uint32_t)u_tolower((UChar32)c);
}

static void run_add(const struct hyphenator *h, struct run *r, uint32_t c, size_t from)
{
    char bytes[4];
    uint32_t low = is_apostrophe(c) ? '\'' : lower_case(h, c);
    size_t n = utf8_encode(bytes, low);
    if (r->length + n > PATTERNS_WORD_MOST) {
        r->whole = false;
        return;
    }
    uint8_t before = r->letters[r->length];
    bool counts = !is_apostrophe(c) && !is_mark(c);
    for (size_t i = 0; i < n; i++) {
        r->source[r->length + i] = (uint32_t)from;
        r->letters[r->length + i] = before;
    }
    memcpy(r->lower + r->length, bytes, n);
    r->length += n;
    r->letters[r->length] = (uint8_t)(before + counts);
    if (low != c)
        r->capital += counts;
    else if (u_islower((UChar32)c))
        r->small++;
}

/* Takes the next run off the word; false at its end. */
static bool run_next(const struct hyphenator *h, struct text word, size_t *at, struct run *r)
{
    uint32_t c = 0, before = 0;
    size_t from = *at;
    for (; *at < word.length; before = c) {
        from = *at;
        c = utf8_next(word, at);
        if (is_letter(c))
            break;
    }
    if (!is_letter(c))
        return false;
    *r = (struct run){.whole = !u_isdigit((UChar32)before)};
    for (;;) {
        run_add(h, r, c, from);
        from = *at;
        if (*at == word.length)
            break;
        c = utf8_next(word, at);
        if (!is_letter(c) && !is_apostrophe(c)) {
            r->whole = r->whole && !u_isdigit((UChar32)c);
            *at = from;
            break;
        }
    }
    r->source[r->length] = (uint32_t)from;
    while (r->length && r->lower[r->length - 1] == '\'') /* a closing quote */
        r->length--;
    return true;
}

/* ---- divisions of a run */

static const char *in_case(const struct hyphenator *h, const struct run *r, const char *s)
{
    if (!*s || r->small || !r->capital)
        return s;
    struct text t = text_of(s);
    char *out = arena_alloc(h->arena, t.length * 2 + 1);
    size_t n = 0;
    for (size_t i = 0; i < t.length;)
        n += utf8_encode(out + n, (uint32_t)u_toupper((UChar32)utf8_next(t, &i)));
    return out;
}

/* Letters from the last apostrophe before `at` to there. */
static int letters_before(const struct run *r, size_t at)
{
    size_t from = at;
    while (from && r->lower[from - 1] != '\'')
        from--;
    return r->letters[at] - r->letters[from];
}

/* Letters from `at` to the run's end, without a short ending behind an apostrophe. */
static int letters_after(const struct run *r, size_t at)
{
    size_t tail = r->length;
    while (tail > at && r->lower[tail - 1] != '\'')
        tail--;
    int ending = r->letters[r->length] - r->letters[tail];
    return r->letters[r->length] - r->letters[at] - (tail > at && ending <= TAIL_MOST ? ending : 0);
}

static void add_points(const struct hyphenator *h, const struct run *r, const struct pattern_point *points,
                       struct found *f)
{
    for (size_t i = 1; i < r->length; i++) {
        const struct pattern_point *p = &points[i];
        if (!(p->value & 1) || letters_before(r, i) < h->limits.before ||
            letters_after(r, i) < h->limits.after || r->lower[i] == '\'' || r->lower[i - 1] == '\'')
            continue;
        struct hyphen out = {r->source[i], r->source[i], "", "", .compound = p->compound};
        const struct change *c = p->change;
        if (c && p->from + c->cut <= r->length) {
            out.from = r->source[p->from];
            out.to = r->source[p->from + c->cut];
            out.before = in_case(h, r, c->before);
            out.after = in_case(h, r, c->after);
        }
        add(f, out);
    }
}

/* No language leaves a consonant between two divisions ("Aus=s=pra=che"): one of them is wrong. That of a
 * compound is kept, else none. */
static void drop_doubtful(const struct run *r, struct pattern_point *points)
{
    for (size_t i = 1; i + 1 < r->length; i++) {
        if (!(points[i].value & 1) || !(points[i + 1].value & 1) ||
            !strchr("bcdfghjklmnpqrstvwxz", r->lower[i]))
            continue;
        bool first = points[i].compound, second = points[i + 1].compound;
        points[i].value = first && !second ? 1 : 0;
        points[i + 1].value = second && !first ? 1 : 0;
    }
}

/* Looks up the parts between apostrophes each for itself. */
static void apply_to_parts(const struct patterns *patterns, const struct run *r, struct pattern_point *points)
{
    struct text rest = {r->lower, r->length}, part;
    while (text_split(&rest, '\'', &part)) {
        size_t at = (size_t)(part.at - r->lower);
        patterns_apply(patterns, part, points + at);
        for (size_t i = 0; i <= part.length; i++)
            points[at + i].from = (uint16_t)(points[at + i].from + at);
    }
}

/* The run's letters before an ending behind an apostrophe. */
static struct text stem_of(const struct run *r)
{
    const char *apostrophe = memchr(r->lower, '\'', r->length);
    return (struct text){r->lower, apostrophe ? (size_t)(apostrophe - r->lower) : r->length};
}

/* Gives the points of a word that is known better than by the patterns. */
static bool apply_exception(const struct run *r, struct pattern_point *points)
{
    const char *divided = exception_find(stem_of(r));
    if (!divided)
        return false;
    memset(points, 0, (r->length + 1) * sizeof *points);
    size_t at = 0;
    for (const char *c = divided; *c; c++)
        if (*c == '-')
            points[at].value = 1;
        else
            at++;
    return true;
}

static void apply_patterns(const struct patterns *patterns, const struct run *r, struct pattern_point *points)
{
    if (patterns_know_apostrophes(patterns))
        patterns_apply(patterns, (struct text){r->lower, r->length}, points);
    else
        apply_to_parts(patterns, r, points);
    drop_doubtful(r, points);
}

static void divide_run(const struct hyphenator *h, const struct run *r, struct found *f)
{
    int letters = r->letters[r->length];
    bool capitals = r->capital > 1 && r->small == 0;
    if (!r->whole || letters < h->limits.word || (capitals && letters < h->limits.capitals))
        return;
    struct pattern_point points[PATTERNS_WORD_MOST + 1];
    if (!h->exceptions || !apply_exception(r, points))
        apply_patterns(h->dictionary->patterns, r, points);
    add_points(h, r, points, f);
}

/* ---- words */

/* Is it an address, a path or a name of a program's parts? Such words are divided by other rules. */
static bool is_address(struct text word)
{
    for (size_t i = 0; i < word.length; i++) {
        char c = word.at[i];
        bool inside = i > 0 && i + 1 < word.length;
        if (c == '@' || c == '_' || c == '\\' || text_starts(text_slice(word, i, word.length), "://"))
            return true;
        if (c == '.' && inside && ascii_alpha(word.at[i - 1]) && ascii_alpha(word.at[i + 1]))
            return true;
    }
    return false;
}

static bool find_soft(struct text word, struct found *f)
{
    for (size_t at = 0; at < word.length;) {
        size_t from = at;
        if (utf8_next(word, &at) == SOFT_HYPHEN && from > 0 && at < word.length)
            add(f, (struct hyphen){(uint32_t)from, (uint32_t)at, "", "", .soft = true});
    }
    return f->count > 0;
}

static size_t digits_at(struct text word, size_t at)
{
    size_t n = 0;
    while (at + n < word.length && ascii_digit(word.at[at + n]))
        n++;
    return n;
}

/* Figures and commas that begin at `at`: a number in groups of three? Gives how many bytes they take. */
static size_t find_figures_at(struct text word, size_t at, struct found *f)
{
    enum { GROUP = 3, GROUPS_LEAST = 3 };
    size_t first = digits_at(word, at), end = at + first, groups = 1;
    while (end < word.length && word.at[end] == ',' && digits_at(word, end + 1) == GROUP) {
        end += 1 + GROUP;
        groups++;
    }
    size_t all = end;
    while (all < word.length && (ascii_digit(word.at[all]) || word.at[all] == ','))
        all++;
    bool number =
        first <= GROUP && groups >= GROUPS_LEAST && digits_at(word, end + 1 < all ? end + 1 : all) == 0;
    for (size_t comma = at + first; number && comma < end; comma += 1 + GROUP)
        if (comma > at + 1)
            add(f, (struct hyphen){(uint32_t)comma + 1, (uint32_t)comma + 1, "", "", .figure = true});
    return all - at;
}

static void find_figures(struct text word, struct found *f)
{
    for (size_t at = 0; at < word.length;)
        at += ascii_digit(word.at[at]) ? find_figures_at(word, at, f) : 1;
}

static const struct hyphens *divide(struct hyphenator *h, struct text word)
{
    struct found f;
    f.count = 0;
    if (!find_soft(word, &f) && h->dictionary->patterns && !is_address(word)) {
        struct run r;
        for (size_t at = 0; run_next(h, word, &at, &r);)
            divide_run(h, &r, &f);
        if (h->figures)
            find_figures(word, &f);
    }
    if (!f.count)
        return &NONE;
    struct hyphens *out = arena_alloc(h->arena, sizeof *out + f.count * sizeof *out->at);
    out->count = f.count;
    memcpy(out->at, f.at, f.count * sizeof *out->at);
    return out;
}

/* Most words are so short that there is nothing to be looked up. */
static bool too_short(const struct hyphenator *h, struct text word)
{
    return word.length < (size_t)h->limits.word && !memchr(word.at, '\xC2', word.length);
}

const struct hyphens *hyphenate(struct hyphenator *h, struct text word)
{
    if (too_short(h, word))
        return &NONE;
    union {
        const struct hyphens *in;
        void *out;
    } known = {.out = hash_find(h->words, word)};
    if (!known.in) {
        known.in = divide(h, word);
        if (word.length <= PATTERNS_WORD_MOST)
            hash_put(h->words, word, known.out);
    }
    return known.in;
}
