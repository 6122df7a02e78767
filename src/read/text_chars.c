#include "base/utf8.h"
#include "read/text_parts.h"
#include <unicode/uchar.h>

bool letter(uint32_t c)
{
    return c < 0x80 ? ascii_alpha((char)c) : u_isUAlphabetic((UChar32)c) && c != 0xAA && c != 0xBA;
}

bool upper(uint32_t c)
{
    return c < 0x80 ? c >= 'A' && c <= 'Z' : u_isupper((UChar32)c);
}

bool lower(uint32_t c)
{
    return c < 0x80 ? c >= 'a' && c <= 'z' : u_islower((UChar32)c);
}

bool widthless(uint32_t c)
{
    return c == 0x2060 || (c >= 0x200B && c <= 0x200F) || c == 0xFEFF || c == 0xAD;
}

bool wide_space(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x85 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
           c == 0x3000;
}

bool closing_quote(uint32_t c)
{
    return c == 0x201D || c == 0x2019 || c == 0xBB || c == 0x203A || c == '"' || c == '\'' || c == 0x201C;
}

bool opening_quote(uint32_t c)
{
    return c == 0x201C || c == 0x2018 || c == 0xAB || c == 0x2039 || c == '"' || c == '\'' || c == 0x201E ||
           c == 0x201A || c == 0xBB;
}

uint32_t char_at(struct text t, size_t *at)
{
    while (*at < t.length) {
        size_t from = *at;
        uint32_t c = utf8_next(t, at);
        if (!widthless(c)) {
            *at = from;
            return c;
        }
    }
    return 0;
}

uint32_t char_before(struct text t, size_t *at)
{
    while (*at > 0) {
        uint32_t c = utf8_previous(t, at);
        if (!widthless(c))
            return c;
    }
    return 0;
}

struct text trim_wide(struct text t)
{
    size_t from = 0, to = t.length;
    while (from < to) {
        size_t at = from;
        uint32_t c = utf8_next(t, &at);
        if (!wide_space(c) && !widthless(c))
            break;
        from = at;
    }
    while (to > from) {
        size_t at = to;
        uint32_t c = utf8_previous(t, &at);
        if (!wide_space(c) && !widthless(c))
            break;
        to = at;
    }
    return text_slice(t, from, to);
}

int count_words(struct text t)
{
    int words = 0;
    bool inside = false;
    for (size_t i = 0; i < t.length; i++) {
        bool space = ascii_space(t.at[i]);
        words += !space && !inside;
        inside = !space;
    }
    return words;
}

int count_chars(struct text t)
{
    int n = 0;
    for (size_t i = 0; i < t.length; i++)
        n += ((unsigned char)t.at[i] & 0xC0) != 0x80;
    return n;
}

/* Where the text ends before calls in brackets: `[12]`, `[note 3]`. */
static size_t before_brackets(struct text t)
{
    enum { WIDEST_CALL = 16 };
    size_t end = t.length;
    while (end > 2 && t.at[end - 1] == ']' && ascii_digit(t.at[end - 2])) {
        size_t from = end - 1;
        while (from > 0 && end - from < WIDEST_CALL && t.at[from] != '[')
            from--;
        if (t.at[from] != '[')
            break;
        end = from;
    }
    return end;
}

uint32_t last_char(struct text t)
{
    size_t at = before_brackets(t);
    uint32_t c = char_before(t, &at);
    bool digit = false; /* the one behind is, and perhaps the last of a list: `word.3,4` */
    while (c && (closing_quote(c) || c == ')' || c == ']' || c == '[' || c == '(' || c == '^' ||
                 wide_space(c) || (c < 0x80 && ascii_digit((char)c)) ||
                 (digit && (c == ',' || c == 0x2013) && at > 0 && ascii_digit(t.at[at - 1])) ||
                 u_charType((UChar32)c) == U_OTHER_NUMBER)) {
        digit = c < 0x80 && ascii_digit((char)c);
        c = char_before(t, &at);
    }
    return c;
}

uint32_t first_char(struct text t)
{
    for (size_t at = 0; at < t.length;) {
        uint32_t c = utf8_next(t, &at);
        if (letter(c) || (c < 0x80 && ascii_digit((char)c)))
            return c;
    }
    return 0;
}

bool sentence_end(struct text t)
{
    uint32_t c = last_char(t);
    return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == ':';
}

bool among(struct text t, const char *const *words)
{
    for (; *words; words++)
        if (text_is_nocase(t, *words))
            return true;
    return false;
}

char *lowered_words(struct arena *a, struct text t)
{
    char *s = text_copy(a, t);
    size_t to = 0;
    for (size_t i = 0; i < t.length; i++) {
        bool nbsp = i + 1 < t.length && (unsigned char)s[i] == 0xC2 && (unsigned char)s[i + 1] == 0xA0;
        bool apostrophe = i + 2 < t.length && memcmp(s + i, "\xE2\x80\x99", 3) == 0;
        s[to++] = nbsp ? ' ' : apostrophe ? '\'' : ascii_lower(s[i]);
        i += nbsp ? 1 : apostrophe ? 2 : 0;
    }
    while (to && strchr(" .!>:|-", s[to - 1]) && to > 1)
        to--;
    s[to] = 0;
    return s;
}
