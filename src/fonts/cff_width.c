/* Widths in a CFF program: a charstring's first operand, when it has one more than its first operator needs,
 * is how much wider the glyph is than its font's nominal width. */
#include "fonts/cff.h"
#include "fonts/cff_reader.h"

enum { OPERANDS_MOST = 48, CALLS_MOST = 10, STEPS_MOST = 100000 };

/* What a Private DICT says. */
struct private
{
    int32_t usual, nominal;
    struct cff_index subrs;
};

struct program {
    struct cff c;
    struct cff_index globals, charstrings, dicts;
    struct private private; /* of a program that isn't CID-keyed */
    uint32_t select;        /* offset of FDSelect; 0: it isn't CID-keyed */
};

/* ---- dictionaries */

struct entry {
    int operator; /* 12 and what follows it: 1200 + that */
    int32_t last, before_last;
    bool real; /* the last isn't whole */
};

static bool next_entry(struct cff *d, struct entry *e)
{
    *e = (struct entry){0, 0, 0, false};
    while (!d->bad && d->at < d->program.length) {
        uint32_t byte = cff_number(d, 1);
        if (byte <= 21) {
            e->operator= byte == 12 ? 1200 + (int)cff_number(d, 1) : (int)byte;
            return !d->bad;
        }
        e->real = byte == 30;
        e->before_last = e->last;
        e->last = cff_operand(d, byte);
    }
    return false;
}

enum {
    CHARSTRINGS = 17,
    PRIVATE = 18,
    SUBRS = 19,
    USUAL = 20,
    NOMINAL = 21,
    FD_ARRAY = 1236,
    FD_SELECT = 1237
};

static struct private read_private(struct program *p, int32_t size, int32_t offset)
{
    struct private out = {.usual = 0};
    size_t from = (size_t)(uint32_t)offset;
    struct cff d = {.program = text_slice(p->c.program, from, from + (size_t)(uint32_t)size)};
    for (struct entry e; next_entry(&d, &e);) {
        if (e.operator== USUAL)
            out.usual = e.last;
        else if (e.operator== NOMINAL)
            out.nominal = e.last;
        else if (e.operator== SUBRS) {
            p->c.at = from + (size_t)(uint32_t)e.last;
            out.subrs = cff_index(&p->c);
        }
    }
    p->c.bad = p->c.bad || d.bad;
    return out;
}

static struct private read_font(struct program *p, struct text dict)
{
    struct cff d = {.program = dict};
    for (struct entry e; next_entry(&d, &e);)
        if (e.operator== PRIVATE)
            return read_private(p, e.before_last, e.last);
    return (struct private){.usual = 0};
}

static int read_program(struct program *p)
{
    if (p->c.program.length < 4)
        return -1;
    p->c.at = (unsigned char)p->c.program.at[2];
    cff_index(&p->c); /* names */
    struct cff_index tops = cff_index(&p->c);
    cff_index(&p->c); /* strings */
    p->globals = cff_index(&p->c);
    struct text top = cff_entry(&p->c, &tops, 0);
    struct cff d = {.program = top};
    for (struct entry e; next_entry(&d, &e);) {
        p->c.at = (size_t)(uint32_t)e.last;
        if (e.operator== CHARSTRINGS)
            p->charstrings = cff_index(&p->c);
        else if (e.operator== FD_ARRAY)
            p->dicts = cff_index(&p->c);
        else if (e.operator== FD_SELECT)
            p->select = (uint32_t)e.last;
    }
    if (!p->select)
        p->private = read_font(p, top);
    return p->c.bad || d.bad || !top.at ? -1 : 0;
}

/* Which font a CID-keyed program's glyph belongs to (FDSelect, formats 0 and 3, §19). */
static uint32_t font_of(const struct program *p, uint32_t glyph)
{
    struct cff c = {.program = p->c.program, .at = p->select};
    uint32_t format = cff_number(&c, 1);
    if (format == 0) {
        c.at += glyph;
        return cff_number(&c, 1);
    }
    uint32_t ranges = cff_number(&c, 2), low = 0;
    for (uint32_t high = ranges; high - low > 1;) {
        uint32_t middle = low + (high - low) / 2;
        c.at = p->select + 3 + (size_t)middle * 3;
        if (cff_number(&c, 2) <= glyph)
            low = middle;
        else
            high = middle;
    }
    c.at = p->select + 3 + (size_t)low * 3 + 2;
    return cff_number(&c, 1);
}

/* ---- charstrings */

struct run {
    const struct program *program;
    const struct private *private;
    struct cff calls[CALLS_MOST + 1];
    int depth, count, steps;
    int32_t operands[OPERANDS_MOST]; /* whole units */
};

/* Does the operator clear the stack, and how many operands does it take? -1: it takes pairs. 0: no. */
static int takes(uint32_t operator)
{
    static const signed char operands[32] = {
        [1] = -1, [3] = -1, [18] = -1, [19] = -1, [20] = -1, [23] = -1, [4] = 1, [22] = 1, [21] = 2,
    };
    return operator<32 ? operands[operator] : 0;
}

static bool call(struct run *r, const struct cff_index *subrs)
{
    int32_t bias = subrs->count < 1240 ? 107 : subrs->count < 33900 ? 1131 : 32768;
    if (!r->count || r->depth == CALLS_MOST)
        return false;
    int64_t which = (int64_t)r->operands[--r->count] + bias;
    if (which < 0 || which >= (int64_t)subrs->count)
        return false;
    struct text body = cff_entry(&r->program->c, subrs, (uint32_t)which);
    r->calls[++r->depth] = (struct cff){.program = body};
    return body.at;
}

/* Runs one token; 1: go on, 0: `wide` says whether the first operand is the width, -1: it can't be told. */
static int step(struct run *r, bool *wide)
{
    enum { CALL = 10, RETURN = 11, END = 14, SHORT = 28, CALL_GLOBAL = 29, FIXED = 255 };
    struct cff *c = &r->calls[r->depth];
    uint32_t byte = cff_number(c, 1);
    if (c->bad || ++r->steps > STEPS_MOST)
        return -1;
    if (byte >= 32 || byte == SHORT) {
        if (r->count == OPERANDS_MOST)
            return -1;
        r->operands[r->count++] = byte == FIXED ? (int32_t)cff_number(c, 4) / 65536 : cff_operand(c, byte);
        return c->bad ? -1 : 1;
    }
    if (byte == CALL || byte == CALL_GLOBAL)
        return call(r, byte == CALL ? &r->private->subrs : &r->program->globals) ? 1 : -1;
    if (byte == RETURN)
        return --r->depth < 0 ? -1 : 1;
    int operands = takes(byte);
    if (byte != END && !operands)
        return -1;
    *wide = byte == END ? r->count == 1 || r->count == 5 : operands < 0 ? r->count % 2 : r->count > operands;
    return 0;
}

static bool width_of(const struct program *p, const struct private *private, uint32_t glyph, int32_t *width)
{
    struct run r = {.program = p, .private = private};
    r.calls[0] = (struct cff){.program = cff_entry(&p->c, &p->charstrings, glyph)};
    bool wide = false;
    int more;
    do
        more = step(&r, &wide);
    while (more > 0);
    *width = wide ? private->nominal + r.operands[0] : private->usual;
    return more == 0;
}

int cff_widths(struct text program, uint32_t count, int32_t *width)
{
    struct program p = {.c = {.program = program}};
    if (read_program(&p) != 0 || count > p.charstrings.count)
        return -1;
    uint32_t last = UINT32_MAX;
    for (uint32_t g = 0; g < count; g++) {
        uint32_t font = p.select ? font_of(&p, g) : 0;
        if (p.select && font != last)
            p.private = read_font(&p, cff_entry(&p.c, &p.dicts, font));
        last = font;
        if (p.c.bad || !width_of(&p, &p.private, g, &width[g]))
            return -1;
    }
    return 0;
}
