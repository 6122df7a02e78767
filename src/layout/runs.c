#include "base/utf8.h"
#include "layout/breaker.h"
#include "layout/breaks.h"
#include <unicode/uchar.h>

/* Three bytes of UTF-8 that have no script and no direction of their own: general punctuation (without its
 * direction controls), currency signs, U+FFFC. */
static bool is_neutral(const unsigned char *p)
{
    if (p[0] == 0xEF)
        return p[1] == 0xBF && p[2] == 0xBC;
    if (p[0] != 0xE2)
        return false;
    if (p[1] == 0x80) /* but U+200E, U+200F, U+202A to U+202E */
        return p[2] != 0x8E && p[2] != 0x8F && !(p[2] >= 0xAA && p[2] <= 0xAE);
    if (p[1] == 0x81) /* but U+2066 to U+2069 */
        return !(p[2] >= 0xA6 && p[2] <= 0xA9);
    return p[1] == 0x82;
}

/* Is all of it Latin letters below U+0300 and neutral characters? Then it is one run, and ICU isn't asked.
 * Byte by byte, since this is nearly all text. */
static bool is_plain(struct text t)
{
    const unsigned char *p = (const unsigned char *)t.at, *end = p + t.length;
    while (p < end) {
        if (*p < 0xCC) {
            p++;
            continue;
        }
        if (end - p < 3 || !is_neutral(p))
            return false;
        p += 3;
    }
    return true;
}

static void add(struct breaker *b, struct script_run r)
{
    if (r.start < r.end)
        buf_add(b->runs, &r, sizeof r);
}

/* ---- levels (UAX #9) */

static bool has_direction(uint32_t c)
{
    UCharDirection d = u_charDirection((UChar32)c);
    return d == U_RIGHT_TO_LEFT || d == U_RIGHT_TO_LEFT_ARABIC || d == U_ARABIC_NUMBER ||
           (d >= U_LEFT_TO_RIGHT_EMBEDDING && d <= U_POP_DIRECTIONAL_FORMAT) ||
           (d >= U_FIRST_STRONG_ISOLATE && d <= U_POP_DIRECTIONAL_ISOLATE);
}

static bool needs_levels(struct text t, int base_level)
{
    if (base_level == 1)
        return true;
    for (size_t at = 0; at < t.length;)
        if (has_direction(utf8_next(t, &at)))
            return true;
    return false;
}

static void to_utf16(struct breaker *b, struct text t)
{
    buf_clear(b->utf16);
    for (size_t at = 0; at < t.length;) {
        UChar units[2];
        int n = 0;
        UChar32 c = (UChar32)utf8_next(t, &at);
        U16_APPEND_UNSAFE(units, n, c); /* a macro that looks at `c` more than once */
        buf_add(b->utf16, units, (size_t)n * sizeof *units);
    }
}

/* The level of each UTF-16 unit; NULL when all are 0. */
static const UBiDiLevel *levels_of(struct breaker *b, struct text t, int base_level)
{
    if (!needs_levels(t, base_level))
        return NULL;
    UErrorCode error = U_ZERO_ERROR;
    if (!b->bidi)
        b->bidi = arena_must(b->arena, ubidi_open());
    to_utf16(b, t);
    UBiDiLevel base = base_level < 0 ? UBIDI_DEFAULT_LTR : (UBiDiLevel)base_level;
    ubidi_setPara(b->bidi, (const UChar *)(const void *)b->utf16->data,
                  (int32_t)(b->utf16->length / sizeof(UChar)), base, NULL, &error);
    const UBiDiLevel *levels = ubidi_getLevels(b->bidi, &error);
    if (U_FAILURE(error))
        arena_exhausted(b->arena);
    return levels;
}

/* ---- scripts (UAX #24) */

/* Brackets that are open, with the script in which they were opened: their partners get the same. */
enum { PAIRS_MOST = 32 };

struct pairs {
    struct {
        UChar32 closing;
        hb_script_t script;
    } at[PAIRS_MOST];
    int count;
};

static hb_script_t script_of(uint32_t c)
{
    return hb_unicode_script(hb_unicode_funcs_get_default(), c);
}

static bool is_real(hb_script_t s)
{
    return s != HB_SCRIPT_COMMON && s != HB_SCRIPT_INHERITED && s != HB_SCRIPT_UNKNOWN;
}

/* The script of the first character that has one; Latin when none has. */
static hb_script_t first_script(struct text t)
{
    for (size_t at = 0; at < t.length;) {
        hb_script_t s = script_of(utf8_next(t, &at));
        if (is_real(s))
            return s;
    }
    return HB_SCRIPT_LATIN;
}

static hb_script_t resolve(struct pairs *pairs, uint32_t c, hb_script_t around)
{
    hb_script_t own = script_of(c);
    if (is_real(own))
        return own;
    int kind = u_getIntPropertyValue((UChar32)c, UCHAR_BIDI_PAIRED_BRACKET_TYPE);
    if (kind == U_BPT_OPEN && pairs->count < PAIRS_MOST) {
        pairs->at[pairs->count].closing = u_getBidiPairedBracket((UChar32)c);
        pairs->at[pairs->count++].script = around;
    }
    if (kind == U_BPT_CLOSE)
        for (int i = pairs->count - 1; i >= 0; i--)
            if (pairs->at[i].closing == (UChar32)c) {
                pairs->count = i;
                return pairs->at[i].script;
            }
    return around;
}

const struct script_run *script_runs(struct breaker *b, struct text t, int base_level, size_t *count)
{
    buf_clear(b->runs);
    if (base_level <= 0 && is_plain(t)) {
        add(b, (struct script_run){0, (uint32_t)t.length, HB_SCRIPT_LATIN, 0});
    } else {
        const UBiDiLevel *levels = levels_of(b, t, base_level);
        struct pairs pairs = {.count = 0};
        struct script_run run = {0, 0, first_script(t), levels ? levels[0] : 0};
        size_t unit = 0;
        for (size_t at = 0; at < t.length;) {
            size_t from = at;
            uint32_t c = utf8_next(t, &at);
            hb_script_t script = resolve(&pairs, c, run.script);
            uint8_t level = levels ? levels[unit] : 0;
            unit += c > 0xFFFF ? 2 : 1;
            if (script != run.script || level != run.level) {
                add(b, run);
                run = (struct script_run){(uint32_t)from, 0, script, level};
            }
            run.end = (uint32_t)at;
        }
        add(b, run);
    }
    *count = b->runs->length / sizeof(struct script_run);
    return (const struct script_run *)(const void *)b->runs->data;
}

void visual_order(const uint8_t *levels, uint32_t *order, size_t count)
{
    uint8_t highest = 0, lowest_odd = UINT8_MAX;
    for (size_t i = 0; i < count; i++) {
        order[i] = (uint32_t)i;
        if (levels[i] > highest)
            highest = levels[i];
        if ((levels[i] & 1) && levels[i] < lowest_odd)
            lowest_odd = levels[i];
    }
    for (unsigned level = highest; level >= lowest_odd; level--)
        for (size_t i = 0; i < count; i++) {
            size_t from = i;
            while (i < count && levels[order[i]] >= level)
                i++;
            for (size_t left = from, right = i; left + 1 < right; left++) {
                uint32_t swap = order[left];
                order[left] = order[--right];
                order[right] = swap;
            }
        }
}
