#include "write/png/ranges.h"
#include "base/io.h"

/* A number of at most nine digits, from 1. */
static bool read_number(struct text *t, uint32_t *out)
{
    size_t n = 0;
    *out = 0;
    for (; n < t->length && n < 9 && ascii_digit(t->at[n]); n++)
        *out = *out * 10 + (uint32_t)(t->at[n] - '0');
    *t = text_slice(*t, n, t->length);
    return *out > 0;
}

bool range_next(struct text *rest, uint32_t *from, uint32_t *to, bool *bad)
{
    struct text t;
    if (!text_split(rest, ',', &t))
        return false;
    t = text_trim(t);
    bool good = read_number(&t, from);
    *to = *from;
    if (good && t.length && t.at[0] == '-') {
        t = text_slice(t, 1, t.length);
        if (!t.length)
            *to = UINT32_MAX;
        else
            good = read_number(&t, to);
    }
    *bad |= !good || t.length || *to < *from;
    return !*bad;
}

struct text number_place(const char *name)
{
    const char *base = io_basename(name);
    for (const char *at = strchr(base, '%'); at; at = strchr(at + 1, '%')) {
        const char *end = at + 1;
        if (*end == '0')
            end++;
        if (ascii_digit(*end))
            end++;
        if (*end == 'd')
            return (struct text){at, (size_t)(end + 1 - at)};
    }
    return (struct text){name, 0};
}

const char *numbered_name(struct arena *a, const char *name, uint32_t number)
{
    struct text place = number_place(name);
    const char *suffix = io_suffix(name);
    if (!place.length)
        return arena_printf(a, "%.*s-%u%s", (int)(strlen(name) - strlen(suffix)), name, number, suffix);
    char digit = place.at[place.length - 2];
    int width = ascii_digit(digit) ? digit - '0' : 0;
    bool zeros = place.length > 2 && place.at[1] == '0';
    int before = (int)(place.at - name);
    return arena_printf(a, zeros ? "%.*s%0*u%s" : "%.*s%*u%s", before, name, width, number,
                        place.at + place.length);
}
