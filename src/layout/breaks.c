#include "layout/breaks.h"
#include "base/utf8.h"
#include "layout/breaker.h"
#include <stdlib.h>
#include <unicode/uchar.h>

enum {
    OBJECT = 0xFFFC,
    SOFT_HYPHEN = 0xAD,
    EM_DASH = 0x2014,
    EN_DASH = 0x2013,
    HORIZONTAL_BAR = 0x2015,
    HYPHEN = 0x2010
};

static void close_breaker(void *what)
{
    struct breaker *b = what;
    for (int i = 0; i < b->iterator_count; i++)
        ubrk_close(b->iterators[i].iterator);
    if (b->bidi)
        ubidi_close(b->bidi);
    utext_close(b->text);
}

struct breaker *breaker_new(struct arena *a)
{
    struct breaker *b = arena_alloc(a, sizeof *b);
    UErrorCode error = U_ZERO_ERROR;
    b->arena = a;
    b->text = arena_must(a, utext_openUTF8(NULL, "", 0, &error));
    arena_defer(a, close_breaker, b);
    b->breaks = buf_new(a);
    b->runs = buf_new(a);
    b->utf16 = buf_new(a);
    return b;
}

/* The iterator of a language, opened once; languages past the first few share the first one's. */
static UBreakIterator *iterator_for(struct breaker *b, const char *language)
{
    const char *wanted = language ? language : "";
    for (int i = 0; i < b->iterator_count; i++)
        if (strcmp(b->iterators[i].language, wanted) == 0)
            return b->iterators[i].iterator;
    if (b->iterator_count == ITERATORS_MOST)
        return b->iterators[0].iterator;
    UErrorCode error = U_ZERO_ERROR;
    char locale[64];
    int32_t parsed;
    uloc_forLanguageTag(wanted, locale, sizeof locale, &parsed, &error);
    if (U_FAILURE(error) || error == U_STRING_NOT_TERMINATED_WARNING)
        locale[0] = '\0';
    error = U_ZERO_ERROR;
    UBreakIterator *it = ubrk_open(UBRK_LINE, locale, NULL, 0, &error);
    if (U_FAILURE(error))
        arena_exhausted(b->arena);
    b->iterators[b->iterator_count].language = arena_string(b->arena, wanted);
    b->iterators[b->iterator_count++].iterator = it;
    return it;
}

/* ---- characters around a place */

static uint32_t before(struct text t, size_t at)
{
    return at ? utf8_previous(t, &at) : 0;
}

static uint32_t after(struct text t, size_t at)
{
    return at < t.length ? utf8_next(t, &at) : 0;
}

static bool is_space(uint32_t c)
{
    return c == ' ' || c == '\t' || c == 0x1680 || (c >= 0x2000 && c <= 0x200A && c != 0x2007) ||
           c == 0x205F || c == 0x3000;
}

static bool is_dash(uint32_t c)
{
    return c == EN_DASH || c == EM_DASH || c == HORIZONTAL_BAR || c == 0x2E3A || c == 0x2E3B;
}

static bool is_hyphen(uint32_t c)
{
    return c == '-' || c == HYPHEN;
}

static bool is_letter(uint32_t c)
{
    return c < 0x80 ? ascii_alpha((char)c) : u_isalpha((UChar32)c);
}

/* Does the hyphen before `at` leave a single letter alone, or begin its word? */
static bool hyphen_holds(struct text t, size_t at)
{
    size_t i = at;
    utf8_previous(t, &i); /* the hyphen */
    if (!i)
        return true;
    uint32_t last = utf8_previous(t, &i);
    if (is_space(last) || u_charType((UChar32)last) == U_START_PUNCTUATION || is_hyphen(last))
        return true;
    if (is_letter(last) && (!i || !is_letter(before(t, i))) && !is_hyphen(before(t, i)))
        return true;
    i = at;
    if (!is_letter(after(t, i)))
        return false;
    utf8_next(t, &i);
    return !is_letter(after(t, i)) && !is_hyphen(after(t, i));
}

/* Does the dash before `at` belong to what follows, as in dialogue and before a Spanish aside? */
static bool dash_opens(struct text t, size_t at)
{
    utf8_previous(t, &at); /* the dash */
    uint32_t c = before(t, at);
    return !c || is_space(c) || c == '\n' || u_charType((UChar32)c) == U_START_PUNCTUATION;
}

/* A break that ICU allows and a printer doesn't. */
static bool is_held(struct text t, size_t at)
{
    uint32_t last = before(t, at), next = after(t, at);
    if (last == SOFT_HYPHEN)
        return true;
    if (is_space(last) || last == 0x200B)
        return false;
    if (next == OBJECT || last == OBJECT)
        return true;
    if (is_dash(next) || (is_dash(last) && dash_opens(t, at)))
        return true;
    if (last == '/') /* of a path */
        return at < 2 || is_space((unsigned char)t.at[at - 2]);
    return is_hyphen(last) && hyphen_holds(t, at);
}

static bool is_opening(uint32_t c)
{
    return c == 0x201C || c == 0x2018 || c == 0xAB || c == 0x2039 || c == 0x201E || c == 0x201A;
}

static void add(struct breaker *b, size_t at, enum line_break_kind kind)
{
    struct line_break one = {(uint32_t)at, kind};
    buf_add(b->breaks, &one, sizeof one);
}

/* ---- addresses */

static const char *const SCHEMES[] = {"http://", "https://", "ftp://", "www.", "doi:", "mailto:", "urn:"};

/* Does an address begin here? */
static bool address_begins(struct text t, size_t at)
{
    struct text rest = text_slice(t, at, t.length);
    for (size_t i = 0; i < sizeof SCHEMES / sizeof *SCHEMES; i++) {
        size_t n = strlen(SCHEMES[i]);
        if (rest.length > n && text_is_nocase(text_slice(rest, 0, n), SCHEMES[i]) &&
            !is_space(after(rest, n)))
            return true;
    }
    return text_starts(rest, "10.") && rest.length > 8 && ascii_digit(rest.at[3]) &&
           ascii_digit(rest.at[6]) && rest.at[7] == '/'; /* a bare DOI */
}

/* Where an address that begins at `at` ends: white space, an object, or quotes; without final punctuation. */
static size_t address_end(struct text t, size_t at)
{
    size_t end = at;
    while (end < t.length) {
        size_t next = end;
        uint32_t c = utf8_next(t, &next);
        if (c <= ' ' || is_space(c) || c == 0xA0 || c == OBJECT || c == '<' || c == '>' || c == '"' ||
            c == 0x201C || c == 0x201D || c == 0x2028)
            break;
        end = next;
    }
    while (end > at && strchr(".,;:!?)]}'", t.at[end - 1]))
        end--;
    return end;
}

/* May a line end between these bytes of an address? (Chicago 14.18) */
static bool address_breaks(unsigned char last, unsigned char next)
{
    if (next == '/')
        return last != '/' && last != ':';
    if (last == '/' || last == ':' || last == '=')
        return true;
    if (last == '-' || ascii_digit((char)next) || ascii_alpha((char)next))
        return false;
    return strchr(".,~-_?#%&=+@;!$", next) != NULL && next != '=';
}

/* Adds the breaks of an address; not so near to its ends that a crumb is left. */
static void add_address(struct breaker *b, struct text t, size_t begin, size_t end)
{
    enum { LEAST = 3 };
    for (size_t i = begin + 1; i < end; i++) {
        unsigned char last = (unsigned char)t.at[i - 1], next = (unsigned char)t.at[i];
        if (next >= 0x80 || i - begin < LEAST || end - i < LEAST)
            continue;
        bool double_slash = last == '/' && t.at[i - 2] == '/';
        if (last == '/' && !double_slash)
            continue; /* the break stands before a single slash */
        if (address_breaks(last, next))
            add(b, i, LINE_BREAK_ADDRESS);
    }
}

/* ---- the breaks of a paragraph */

/* The next address at or after `from` that begins a word; false when there is none. */
static bool next_address(struct text t, size_t from, size_t *begin, size_t *end)
{
    for (size_t i = from; i < t.length; i++) {
        char c = ascii_lower(t.at[i]);
        if (c != 'h' && c != 'w' && c != 'd' && c != 'f' && c != 'm' && c != 'u' && c != '1')
            continue;
        bool at_word = i == 0 || !(ascii_alpha(t.at[i - 1]) || ascii_digit(t.at[i - 1]));
        if (!at_word || !address_begins(t, i))
            continue;
        *begin = i;
        *end = address_end(t, i);
        if (*end > *begin)
            return true;
    }
    return false;
}

/* Does a name begin behind the space at `at` with a mark, as ".profile" and "/usr" do? LB13 holds any mark to
 * the word before it, spaces or not. */
static bool name_follows(struct text t, size_t at)
{
    return at + 2 < t.length && strchr("./:!?", t.at[at + 1]) &&
           (ascii_alpha(t.at[at + 2]) || ascii_digit(t.at[at + 2]));
}

/* The breaks that ICU doesn't know, up to before `to`: after a dash before an opening quotation mark; after a
 * space before a name that begins with a mark. */
static void add_missing(struct breaker *b, struct text t, size_t from, size_t to)
{
    for (size_t i = from; i + 1 < to; i++) {
        if (t.at[i] == ' ' && name_follows(t, i))
            add(b, i + 1, LINE_BREAK_SPACE);
        if ((unsigned char)t.at[i] != 0xE2) /* the first byte of all dashes */
            continue;
        size_t at = i;
        if (is_dash(utf8_next(t, &at)) && at < to && is_opening(after(t, at)) && !dash_opens(t, at))
            add(b, at, LINE_BREAK_INSIDE);
    }
}

const struct line_break *line_breaks(struct breaker *b, struct text t, const char *language, size_t *count)
{
    UErrorCode error = U_ZERO_ERROR;
    UBreakIterator *it = iterator_for(b, language);
    buf_clear(b->breaks);
    utext_openUTF8(b->text, t.at, (int64_t)t.length, &error);
    ubrk_setUText(it, b->text, &error);
    if (U_FAILURE(error))
        arena_exhausted(b->arena);
    size_t begin = t.length, end = t.length, last = 0;
    bool more = next_address(t, 0, &begin, &end);
    ubrk_first(it);
    for (int32_t next; (next = ubrk_next(it)) != UBRK_DONE;) {
        size_t at = (size_t)next;
        while (more && begin < at) { /* what ICU says within an address doesn't count */
            add_missing(b, t, last, begin);
            add_address(b, t, begin, end);
            last = end;
            more = next_address(t, end, &begin, &end);
        }
        if (at < last)
            continue;
        add_missing(b, t, last, at);
        if (at == t.length)
            break;
        last = at;
        bool must = ubrk_getRuleStatus(it) >= UBRK_LINE_HARD;
        if (must)
            add(b, at, LINE_BREAK_MANDATORY);
        else if (!is_held(t, at))
            add(b, at, is_space(before(t, at)) ? LINE_BREAK_SPACE : LINE_BREAK_INSIDE);
    }
    *count = b->breaks->length / sizeof(struct line_break);
    return (const struct line_break *)(const void *)b->breaks->data;
}
