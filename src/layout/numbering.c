#include "layout/numbering.h"
#include "layout/frame.h"

static const char *roman(struct arena *a, int n, bool upper)
{
    static const struct {
        int value;
        const char *digits[2];
    } steps[] = {{1000, {"m", "M"}}, {900, {"cm", "CM"}}, {500, {"d", "D"}}, {400, {"cd", "CD"}},
                 {100, {"c", "C"}},  {90, {"xc", "XC"}},  {50, {"l", "L"}},  {40, {"xl", "XL"}},
                 {10, {"x", "X"}},   {9, {"ix", "IX"}},   {5, {"v", "V"}},   {4, {"iv", "IV"}},
                 {1, {"i", "I"}}};
    struct buf *b = buf_new(a);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        for (; n >= steps[i].value; n -= steps[i].value)
            buf_string(b, steps[i].digits[upper]);
    return b->data;
}

static const char *alphabetic(struct arena *a, int n, char first)
{
    char digits[16];
    size_t at = sizeof digits;
    digits[--at] = '\0';
    for (; n > 0; n = (n - 1) / 26)
        digits[--at] = (char)(first + (n - 1) % 26);
    return arena_string(a, digits + at);
}

static const char *greek(struct arena *a, int n)
{
    uint32_t letter = 0x3B1u + (uint32_t)(n - 1) + (n > 17 ? 1 : 0); /* the final sigma is no number */
    struct buf *b = buf_new(a);
    buf_utf8(b, letter);
    return b->data;
}

const char *number_format(struct arena *a, int value, enum counter_style style)
{
    switch (style) {
    case COUNTER_DISC:
        return "•";
    case COUNTER_CIRCLE:
        return "◦";
    case COUNTER_SQUARE:
        return "▪";
    case COUNTER_DASH:
        return "–";
    case COUNTER_NONE:
        return "";
    case COUNTER_LOWER_ROMAN:
    case COUNTER_UPPER_ROMAN:
        if (value > 0 && value < 4000)
            return roman(a, value, style == COUNTER_UPPER_ROMAN);
        break;
    case COUNTER_LOWER_ALPHA:
    case COUNTER_UPPER_ALPHA:
        if (value > 0)
            return alphabetic(a, value, style == COUNTER_UPPER_ALPHA ? 'A' : 'a');
        break;
    case COUNTER_LOWER_GREEK:
        if (value > 0 && value <= 24)
            return greek(a, value);
        break;
    case COUNTER_DECIMAL_LEADING_ZERO:
        return arena_printf(a, "%02d", value);
    case COUNTER_DECIMAL:
        break;
    }
    return arena_printf(a, "%d", value);
}

uint8_t number_tag(enum counter_style style)
{
    switch (style) {
    case COUNTER_DISC:
    case COUNTER_DASH:
        return LIST_DISC;
    case COUNTER_CIRCLE:
        return LIST_CIRCLE;
    case COUNTER_SQUARE:
        return LIST_SQUARE;
    case COUNTER_LOWER_ROMAN:
        return LIST_LOWER_ROMAN;
    case COUNTER_UPPER_ROMAN:
        return LIST_UPPER_ROMAN;
    case COUNTER_LOWER_ALPHA:
        return LIST_LOWER_ALPHA;
    case COUNTER_UPPER_ALPHA:
        return LIST_UPPER_ALPHA;
    case COUNTER_NONE:
        return LIST_NONE;
    default:
        return LIST_DECIMAL;
    }
}
