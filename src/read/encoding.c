#include "read/encoding.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "document/report.h"

/* WHATWG Encoding Standard, windows-1252: what 0x80 to 0x9F stand for; 0 where it is undefined. */
static const uint16_t windows_1252[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                          0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                          0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                          0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

/* Counts lines and columns of what goes by. */
struct counter {
    struct place place;
    bool after_return;
};

static void count(struct counter *c, uint32_t character)
{
    if (character == '\n' && c->after_return) {
        c->after_return = false;
        return;
    }
    c->after_return = character == '\r';
    if (character == '\n' || character == '\r') {
        c->place.line++;
        c->place.column = 1;
    } else {
        c->place.column++;
    }
}

static struct counter counter_of(const struct document *d)
{
    return (struct counter){{d->source_name, 1, 1}, false};
}

/* The place of a byte of UTF-8 text. */
static struct place place_at(const struct document *d, struct text t, size_t offset)
{
    struct counter c = counter_of(d);
    for (size_t at = 0; at < offset;)
        count(&c, utf8_next(t, &at));
    return c.place;
}

/* ---- UTF-16 and UTF-32 */

struct wide {
    const char *name;
    const char *mark;
    size_t mark_length, unit;
    bool big;
};

/* UTF-32's little-endian mark begins with UTF-16's, so it is asked for first. */
static const struct wide wides[] = {
    {"UTF-32", "\xFF\xFE\0\0", 4, 4, false},
    {"UTF-32", "\0\0\xFE\xFF", 4, 4, true},
    {"UTF-16", "\xFF\xFE", 2, 2, false},
    {"UTF-16", "\xFE\xFF", 2, 2, true},
};

static uint32_t unit_at(struct text t, size_t at, const struct wide *w)
{
    uint32_t value = 0;
    for (size_t i = 0; i < w->unit; i++) {
        size_t byte = w->big ? i : w->unit - 1 - i;
        value = value << 8 | (unsigned char)t.at[at + byte];
    }
    return value;
}

/* The next character; `*at` moves behind it. UTF8_BAD for what is none. */
static uint32_t wide_next(struct text t, size_t *at, const struct wide *w)
{
    uint32_t c = unit_at(t, *at, w);
    *at += w->unit;
    if (w->unit == 4)
        return c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF) ? UTF8_BAD : c;
    if (c < 0xD800 || c > 0xDFFF)
        return c;
    if (c > 0xDBFF || *at + 2 > t.length)
        return UTF8_BAD;
    uint32_t low = unit_at(t, *at, w);
    if (low < 0xDC00 || low > 0xDFFF)
        return UTF8_BAD;
    *at += 2;
    return 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
}

/* ---- what was wrong, told once with its number */

struct trouble {
    size_t times;
    struct place first;
};

static void note_trouble(struct trouble *t, const struct counter *c)
{
    if (t->times++ == 0)
        t->first = c->place;
}

static void tell_invalid(struct document *d, const struct trouble *t, const char *encoding)
{
    if (t->times)
        message(d->messages, SEVERITY_LOST, "encoding.invalid", &t->first,
                "%zu %s no character of %s and became U+FFFD; save the source anew as UTF-8.", t->times,
                t->times == 1 ? "place is" : "places are", encoding);
}

static struct text from_wide(struct document *d, struct text t, const struct wide *w)
{
    struct buf *b = buf_new(d->arena);
    struct trouble bad = {0};
    struct counter c = counter_of(d);
    buf_reserve(b, t.length + t.length / 2);
    size_t at = w->mark_length;
    while (at + w->unit <= t.length) {
        size_t from = at;
        uint32_t character = wide_next(t, &at, w);
        /* U+FFFD may also stand in the source itself. */
        if (character == UTF8_BAD && unit_at(t, from, w) != UTF8_BAD)
            note_trouble(&bad, &c);
        buf_utf8(b, character);
        count(&c, character);
    }
    if (at < t.length) {
        note_trouble(&bad, &c);
        buf_utf8(b, UTF8_BAD);
    }
    tell_invalid(d, &bad, w->name);
    struct place start = {d->source_name, 1, 1};
    report_add(d->report, "encoding", &start, text_of(w->name), "converted to UTF-8, by its byte order mark",
               1);
    return buf_view(b);
}

/* ---- UTF-8 with faults, or Windows-1252 */

/* How many characters beyond ASCII are well formed, and how many bytes are not. */
static void weigh_utf8(struct text t, size_t *good, size_t *bad)
{
    *good = *bad = 0;
    for (size_t at = 0; at < t.length;) {
        size_t from = at;
        if (utf8_next(t, &at) == UTF8_BAD && at - from == 1)
            ++*bad;
        else
            *good += at - from > 1;
    }
}

static struct text repair_utf8(struct document *d, struct text t)
{
    struct buf *b = buf_new(d->arena);
    struct trouble bad = {0};
    struct counter c = counter_of(d);
    buf_reserve(b, t.length);
    for (size_t at = 0; at < t.length;) {
        size_t from = at;
        uint32_t character = utf8_next(t, &at);
        if (character == UTF8_BAD && at - from == 1)
            note_trouble(&bad, &c);
        buf_utf8(b, character);
        count(&c, character);
    }
    tell_invalid(d, &bad, "UTF-8");
    return buf_view(b);
}

static struct text from_windows_1252(struct document *d, struct text t, size_t first)
{
    struct place where = place_at(d, t, first);
    message(d->messages, SEVERITY_WARNING, "encoding.windows-1252", &where,
            "The source is not UTF-8: it was read as Windows-1252. Look at its accents and quotation marks, "
            "and save it as UTF-8.");
    report_add(d->report, "encoding", &where, TEXT("Windows-1252"), "converted to UTF-8", 0.9);
    struct buf *b = buf_new(d->arena);
    struct trouble bad = {0};
    struct counter c = counter_of(d);
    buf_reserve(b, t.length + t.length / 8);
    for (size_t i = 0; i < t.length; i++) {
        uint32_t character = (unsigned char)t.at[i];
        if (character >= 0x80 && character < 0xA0) {
            character = windows_1252[character - 0x80];
            if (!character) {
                note_trouble(&bad, &c);
                character = UTF8_BAD;
            }
        }
        buf_utf8(b, character);
        count(&c, character);
    }
    tell_invalid(d, &bad, "Windows-1252");
    return buf_view(b);
}

/* Faults in text that is UTF-8 otherwise stay faults: in Windows-1252 hardly any two characters look like one
 * of UTF-8. */
static struct text from_bytes(struct document *d, struct text t)
{
    size_t first = utf8_check(t), good, bad;
    if (first == t.length)
        return t;
    weigh_utf8(t, &good, &bad);
    return good >= bad ? repair_utf8(d, t) : from_windows_1252(d, t, first);
}

/* ---- line ends and NUL */

static struct text with_line_feeds(struct document *d, struct text t)
{
    if (!t.length || (!memchr(t.at, '\r', t.length) && !memchr(t.at, 0, t.length)))
        return t;
    char *out = arena_alloc(d->arena, t.length + 1);
    size_t length = 0, nuls = 0, first = 0;
    for (size_t i = 0; i < t.length; i++) {
        if (t.at[i] == 0) {
            first = nuls++ ? first : i;
        } else if (t.at[i] == '\r') {
            out[length++] = '\n';
            i += i + 1 < t.length && t.at[i + 1] == '\n';
        } else {
            out[length++] = t.at[i];
        }
    }
    if (nuls) {
        struct place where = place_at(d, t, first);
        message(d->messages, SEVERITY_WARNING, "encoding.nul", &where,
                "%zu NUL %s left out; is this really a text file?", nuls,
                nuls == 1 ? "character was" : "characters were");
    }
    return (struct text){out, length};
}

struct text encoding_decode(struct document *d, struct text bytes)
{
    for (size_t i = 0; i < sizeof wides / sizeof *wides; i++)
        if (bytes.length >= wides[i].mark_length &&
            memcmp(bytes.at, wides[i].mark, wides[i].mark_length) == 0)
            return with_line_feeds(d, from_wide(d, bytes, &wides[i]));
    struct text t = bytes;
    if (text_starts(t, "\xEF\xBB\xBF"))
        t = text_slice(t, 3, t.length);
    return with_line_feeds(d, from_bytes(d, t));
}
