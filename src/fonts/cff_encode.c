/* A CFF program written anew with an encoding of its own (Adobe Technical Note 5176), and without what a PDF
 * says elsewhere: names of the font, notices, metrics. Outlines, hints and the glyphs' names stay. */
#include "base/buf.h"
#include "fonts/cff.h"
#include "fonts/cff_reader.h"

enum {
    STANDARD_STRINGS = 391,
    CHARSET = 15,
    ENCODING = 16,
    CHARSTRINGS = 17,
    PRIVATE = 18,
    SUBRS = 19,
    ESCAPE = 12,
    ROS = 30,
    FIXED_INTEGER = 29,
    OPERATORS_END = 22,
    CODES_MOST = 256
};

/* An entry of a DICT: its bytes, and its last two operands. */
struct entry {
    struct text bytes;
    int op; /* 12 and what follows it: 1200 + that */
    uint32_t last, before_last;
};

static bool next_entry(struct cff *d, struct entry *e)
{
    size_t from = d->at;
    *e = (struct entry){.op = -1};
    while (!d->bad && d->at < d->program.length) {
        uint32_t byte = cff_number(d, 1);
        if (byte < OPERATORS_END) {
            e->op = byte == ESCAPE ? 1200 + (int)cff_number(d, 1) : (int)byte;
            e->bytes = text_slice(d->program, from, d->at);
            return !d->bad;
        }
        e->before_last = e->last;
        e->last = (uint32_t)cff_operand(d, byte);
    }
    return false;
}

struct program {
    struct cff c;
    uint32_t count;
    struct text names, globals, charstrings, private; /* as they are */
    struct cff_index strings;
    struct buf *top; /* entries that stay */
    uint32_t charset, charstrings_at, private_at, private_size;
    bool unfit; /* CID-keyed, or of a kind that isn't looked for */
};

/* What tells how charstrings are painted. */
static bool stays(int op)
{
    enum { BOX = 5, PAINT_TYPE = 1205, CHARSTRING_TYPE = 1206, MATRIX = 1207, STROKE = 1208 };
    return op == BOX || (op >= PAINT_TYPE && op <= STROKE);
}

static void read_top(struct program *p, struct text dict)
{
    struct cff d = {.program = dict};
    for (struct entry e; next_entry(&d, &e);) {
        if (stays(e.op))
            buf_text(p->top, e.bytes);
        else if (e.op == CHARSET)
            p->charset = e.last;
        else if (e.op == CHARSTRINGS)
            p->charstrings_at = e.last;
        else if (e.op == PRIVATE) {
            p->private_at = e.last;
            p->private_size = e.before_last;
        }
        p->unfit = p->unfit || e.op == 1200 + ROS;
    }
    p->unfit = p->unfit || d.bad;
}

/* An INDEX as it is. */
static struct text index_bytes(struct cff *c, struct cff_index *index)
{
    size_t from = c->at;
    *index = cff_index(c);
    return text_slice(c->program, from, c->at);
}

static bool has_subroutines(struct text dict)
{
    struct cff d = {.program = dict};
    for (struct entry e; next_entry(&d, &e);)
        if (e.op == SUBRS)
            return true;
    return d.bad;
}

static int read_program(struct program *p, struct text bytes)
{
    struct cff_index index;
    if (bytes.length < 4)
        return -1;
    p->c = (struct cff){.program = bytes, .at = (unsigned char)bytes.at[2]};
    p->names = index_bytes(&p->c, &index);
    struct cff_index tops = cff_index(&p->c);
    p->strings = cff_index(&p->c);
    p->globals = index_bytes(&p->c, &index);
    struct text top = cff_entry(&p->c, &tops, 0);
    if (p->c.bad || !top.at)
        return -1;
    read_top(p, top);
    size_t end = (size_t)p->private_at + p->private_size;
    if (p->unfit || p->charset <= 2 || !p->charstrings_at || end > bytes.length)
        return -1;
    p->c.at = p->charstrings_at;
    p->charstrings = index_bytes(&p->c, &index);
    p->private = text_slice(bytes, p->private_at, end);
    return p->c.bad || index.count != p->count || has_subroutines(p->private) ? -1 : 0;
}

/* ---- writing */

static void put(struct buf *b, uint32_t value, int bytes)
{
    while (bytes-- > 0)
        buf_byte(b, (char)(unsigned char)(value >> (8 * bytes) & 255));
}

/* An operand that takes as many bytes whatever it is. */
static void put_fixed(struct buf *b, uint32_t value)
{
    put(b, FIXED_INTEGER, 1);
    put(b, value, 4);
}

static void put_entry(struct buf *b, uint32_t value, int op)
{
    put_fixed(b, value);
    put(b, (uint32_t)op, 1);
}

/* How many bytes the offsets of an INDEX of so many bytes take; they begin with 1. */
static int offset_size(size_t length)
{
    return length < 255 ? 1 : length < 65535 ? 2 : 4;
}

static void put_index(struct buf *b, uint32_t count, const struct text *entries)
{
    put(b, count, 2);
    if (!count)
        return;
    size_t length = 0;
    for (uint32_t i = 0; i < count; i++)
        length += entries[i].length;
    int size = offset_size(length);
    put(b, (uint32_t)size, 1);
    uint32_t at = 1;
    for (uint32_t i = 0; i <= count; i++) {
        put(b, at, size);
        at += i < count ? (uint32_t)entries[i].length : 0;
    }
    for (uint32_t i = 0; i < count; i++)
        buf_text(b, entries[i]);
}

/* The glyphs' names: format 0, with the strings that they need. */
static int put_names(struct program *p, const uint16_t *sid, struct buf *charset, struct buf *strings)
{
    struct text entries[CODES_MOST];
    uint32_t count = 0;
    put(charset, 0, 1);
    for (uint32_t g = 1; g < p->count; g++) {
        uint32_t id = sid[g];
        if (id >= STANDARD_STRINGS) {
            entries[count] = cff_entry(&p->c, &p->strings, id - STANDARD_STRINGS);
            if (!entries[count].at)
                return -1;
            id = STANDARD_STRINGS + count++;
        }
        put(charset, id, 2);
    }
    put_index(strings, count, entries);
    return 0;
}

/* Format 1: ranges of codes, in the order of the glyphs. */
static void put_encoding(const struct program *p, const unsigned char *code, struct buf *b)
{
    struct buf *ranges = buf_new(b->arena);
    uint32_t count = 0;
    for (uint32_t g = 1, after = 1; g < p->count; g = after, count++) {
        for (after = g + 1; after < p->count && code[after] == code[after - 1] + 1;)
            after++;
        put(ranges, code[g], 1);
        put(ranges, after - g - 1, 1);
    }
    put(b, 1, 1);
    put(b, count, 1);
    buf_text(b, buf_view(ranges));
    buf_free(ranges);
}

static struct text assemble(struct program *p, struct buf *encoding, struct buf *charset, struct buf *strings)
{
    enum { HEADER = 4, TOP_MORE = 3 * 6 + 11 };
    struct buf *b = buf_new(charset->arena);
    size_t top_length = p->top->length + TOP_MORE, top_index = 2 + 1 + 2 * (size_t)offset_size(top_length);
    size_t at = HEADER + p->names.length + top_index + top_length + strings->length + p->globals.length;
    put_entry(p->top, (uint32_t)at, ENCODING);
    at += encoding->length;
    put_entry(p->top, (uint32_t)at, CHARSET);
    at += charset->length;
    put_entry(p->top, (uint32_t)at, CHARSTRINGS);
    at += p->charstrings.length;
    put_fixed(p->top, p->private_size);
    put_entry(p->top, (uint32_t)at, PRIVATE);
    struct text top = buf_view(p->top);
    put(b, 1, 1); /* version 1.0, a header of 4 bytes, offsets of 4 */
    put(b, 0, 1);
    put(b, HEADER, 1);
    put(b, 4, 1);
    buf_text(b, p->names);
    put_index(b, 1, &top);
    buf_text(b, buf_view(strings));
    buf_text(b, p->globals);
    buf_text(b, buf_view(encoding));
    buf_text(b, buf_view(charset));
    buf_text(b, p->charstrings);
    buf_text(b, p->private);
    return buf_view(b);
}

int cff_encode(struct arena *a, struct text program, uint32_t count, const unsigned char *code,
               struct text *out)
{
    uint16_t sid[CODES_MOST] = {0};
    struct program p = {.count = count, .top = buf_new(a)};
    struct buf *encoding = buf_new(a), *charset = buf_new(a), *strings = buf_new(a);
    if (count < 1 || count > CODES_MOST || read_program(&p, program) != 0)
        return -1;
    p.c.at = p.charset;
    cff_charset(&p.c, count, sid);
    if (p.c.bad || put_names(&p, sid, charset, strings) != 0)
        return -1;
    put_encoding(&p, code, encoding);
    *out = assemble(&p, encoding, charset, strings);
    return 0;
}
