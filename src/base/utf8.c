#include "base/utf8.h"

/* Length of the well-formed character at `s`, of which `left` bytes are there, or 0 (Unicode 15, table 3-7).
 */
static size_t well_formed(const unsigned char *s, size_t left)
{
    if (s[0] < 0x80)
        return 1;
    size_t n = s[0] >= 0xC2 && s[0] <= 0xDF   ? 2
               : (s[0] & 0xF0) == 0xE0        ? 3
               : s[0] >= 0xF0 && s[0] <= 0xF4 ? 4
                                              : 0;
    if (!n || left < n)
        return 0;
    for (size_t i = 1; i < n; i++)
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    if ((s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xED && s[1] > 0x9F))
        return 0;
    if ((s[0] == 0xF0 && s[1] < 0x90) || (s[0] == 0xF4 && s[1] > 0x8F))
        return 0;
    return n;
}

uint32_t utf8_next(struct text t, size_t *at)
{
    const unsigned char *s = (const unsigned char *)t.at + *at;
    if (s[0] < 0x80) {
        ++*at;
        return s[0];
    }
    size_t n = well_formed(s, t.length - *at);
    if (!n) {
        ++*at;
        return UTF8_BAD;
    }
    *at += n;
    uint32_t c = s[0] & (0xFFu >> (n + 1));
    for (size_t i = 1; i < n; i++)
        c = c << 6 | (s[i] & 0x3Fu);
    return c;
}

uint32_t utf8_previous(struct text t, size_t *at)
{
    size_t start = *at - 1;
    for (int i = 0; i < 3 && start > 0 && (t.at[start] & 0xC0) == 0x80; i++)
        start--;
    size_t end = start;
    uint32_t c = utf8_next(t, &end);
    if (end != *at) { /* a stray continuation byte stands for itself */
        --*at;
        return UTF8_BAD;
    }
    *at = start;
    return c;
}

size_t utf8_encode(char bytes[4], uint32_t c)
{
    if (c < 0x80) {
        bytes[0] = (char)c;
        return 1;
    }
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = n - 1; i > 0; i--, c >>= 6)
        bytes[i] = (char)(0x80 | (c & 0x3F));
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    bytes[0] = (char)(lead[n] | c);
    return n;
}

size_t utf8_check(struct text t)
{
    size_t i = 0;
    while (i < t.length) {
        size_t n = well_formed((const unsigned char *)t.at + i, t.length - i);
        if (!n)
            break;
        i += n;
    }
    return i;
}
