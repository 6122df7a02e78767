#include "base/text.h"

bool text_equal(struct text a, struct text b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.at, b.at, a.length) == 0);
}

bool text_is(struct text a, const char *string)
{
    return text_equal(a, text_of(string));
}

bool text_is_nocase(struct text a, const char *string)
{
    if (strlen(string) != a.length)
        return false;
    for (size_t i = 0; i < a.length; i++)
        if (ascii_lower(a.at[i]) != ascii_lower(string[i]))
            return false;
    return true;
}

bool text_among(struct text a, const char *const *strings)
{
    for (; *strings; strings++)
        if (text_is(a, *strings))
            return true;
    return false;
}

bool text_starts(struct text a, const char *prefix)
{
    size_t n = strlen(prefix);
    return a.length >= n && memcmp(a.at, prefix, n) == 0;
}

bool text_ends(struct text a, const char *suffix)
{
    size_t n = strlen(suffix);
    return a.length >= n && memcmp(a.at + a.length - n, suffix, n) == 0;
}

struct text text_trim(struct text a)
{
    while (a.length && ascii_space(a.at[0])) {
        a.at++;
        a.length--;
    }
    while (a.length && ascii_space(a.at[a.length - 1]))
        a.length--;
    return a;
}

struct text text_slice(struct text a, size_t from, size_t to)
{
    if (to > a.length)
        to = a.length;
    if (from > to)
        from = to;
    return (struct text){a.at + from, to - from};
}

size_t text_find(struct text a, char byte, size_t from)
{
    if (from >= a.length)
        return a.length;
    const char *hit = memchr(a.at + from, byte, a.length - from);
    return hit ? (size_t)(hit - a.at) : a.length;
}

bool text_split(struct text *rest, char separator, struct text *piece)
{
    if (!rest->at)
        return false;
    size_t end = text_find(*rest, separator, 0);
    *piece = text_slice(*rest, 0, end);
    if (end == rest->length)
        *rest = (struct text){NULL, 0};
    else
        *rest = text_slice(*rest, end + 1, rest->length);
    return true;
}

bool text_line(struct text *rest, struct text *line)
{
    if (!rest->length)
        return false;
    size_t end = text_find(*rest, '\n', 0);
    *line = text_slice(*rest, 0, end);
    *rest = text_slice(*rest, end + 1, rest->length);
    if (text_ends(*line, "\r"))
        line->length--;
    return true;
}

char *text_copy(struct arena *a, struct text t)
{
    return arena_copy(a, t.at, t.length);
}
