#include "base/buf.h"
#include "base/utf8.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void buf_end(void *what)
{
    struct buf *b = what;
    free(b->data);
    b->data = NULL;
}

struct buf *buf_new(struct arena *a)
{
    struct buf *b = arena_alloc(a, sizeof *b);
    b->arena = a;
    arena_defer(a, buf_end, b);
    return b;
}

void buf_free(struct buf *b)
{
    buf_end(b);
    b->length = b->capacity = 0;
}

void buf_clear(struct buf *b)
{
    b->length = 0;
    if (b->data)
        b->data[0] = '\0';
}

void buf_reserve(struct buf *b, size_t more)
{
    if (more >= SIZE_MAX / 2 - b->length)
        arena_exhausted(b->arena);
    size_t need = b->length + more + 1;
    if (need <= b->capacity)
        return;
    size_t capacity = b->capacity ? b->capacity : 128;
    while (capacity < need)
        capacity *= 2;
    b->data = arena_must(b->arena, realloc(b->data, capacity));
    b->capacity = capacity;
}

void buf_add(struct buf *b, const void *bytes, size_t length)
{
    buf_reserve(b, length);
    if (length)
        memcpy(b->data + b->length, bytes, length);
    b->length += length;
    b->data[b->length] = '\0';
}

void buf_text(struct buf *b, struct text t)
{
    buf_add(b, t.at, t.length);
}

void buf_string(struct buf *b, const char *s)
{
    buf_text(b, text_of(s));
}

void buf_byte(struct buf *b, char c)
{
    if (b->capacity - b->length < 2) /* the byte and the NUL behind it */
        buf_reserve(b, 1);
    b->data[b->length++] = c;
    b->data[b->length] = '\0';
}

void buf_utf8(struct buf *b, uint32_t code_point)
{
    char bytes[4];
    buf_add(b, bytes, utf8_encode(bytes, code_point));
}

void buf_printf(struct buf *b, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (n < 0)
        arena_exhausted(b->arena);
    buf_reserve(b, (size_t)n);
    vsnprintf(b->data + b->length, (size_t)n + 1, format, args);
    va_end(args);
    b->length += (size_t)n;
}

void buf_int(struct buf *b, long long value)
{
    char digits[24];
    size_t at = sizeof digits;
    unsigned long long v = value < 0 ? 0ULL - (unsigned long long)value : (unsigned long long)value;
    do
        digits[--at] = (char)('0' + v % 10);
    while (v /= 10);
    if (value < 0)
        digits[--at] = '-';
    buf_add(b, digits + at, sizeof digits - at);
}

void buf_real(struct buf *b, double value, int decimals)
{
    static const long long scales[] = {1, 10, 100, 1000, 10000, 100000, 1000000};
    if (decimals > 6)
        decimals = 6;
    long long scale = scales[decimals];
    long long v = llround(value * (double)scale);
    if (v < 0) {
        buf_byte(b, '-');
        v = -v;
    }
    buf_int(b, v / scale);
    long long fraction = v % scale;
    if (!fraction)
        return;
    buf_byte(b, '.');
    while (fraction) {
        scale /= 10;
        buf_byte(b, (char)('0' + fraction / scale));
        fraction %= scale;
    }
}

void buf_xml(struct buf *b, struct text t, bool attribute)
{
    size_t from = 0;
    for (size_t i = 0; i < t.length; i++) {
        const char *escape = NULL;
        switch (t.at[i]) {
        case '&':
            escape = "&amp;";
            break;
        case '<':
            escape = "&lt;";
            break;
        case '>':
            escape = "&gt;";
            break;
        case '"':
            escape = attribute ? "&quot;" : NULL;
            break;
        default:
            break;
        }
        if (!escape)
            continue;
        buf_add(b, t.at + from, i - from);
        buf_string(b, escape);
        from = i + 1;
    }
    buf_add(b, t.at + from, t.length - from);
}

struct text buf_view(const struct buf *b)
{
    return (struct text){b->data ? b->data : "", b->length};
}
