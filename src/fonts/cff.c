#include "fonts/cff.h"

/* A reader that never leaves the program: past its end all bytes are 0 and `bad` is set. */
struct cff {
    struct text program;
    size_t at;
    bool bad;
};

static uint32_t number(struct cff *c, int bytes)
{
    uint32_t value = 0;
    for (; bytes > 0; bytes--) {
        c->bad = c->bad || c->at >= c->program.length;
        value = value << 8 | (c->bad ? 0U : (unsigned char)c->program.at[c->at++]);
    }
    return value;
}

/* Passes over an INDEX (§5) and gives its first entry. */
static struct text read_index(struct cff *c)
{
    uint32_t count = number(c, 2);
    if (!count)
        return (struct text){NULL, 0};
    int size = (int)number(c, 1);
    if (size < 1 || size > 4) {
        c->bad = true;
        return (struct text){NULL, 0};
    }
    size_t offsets = c->at, data = offsets + (count + 1) * (size_t)size - 1;
    uint32_t first = number(c, size), second = number(c, size);
    c->at = offsets + count * (size_t)size;
    c->at = data + number(c, size);
    if (first < 1 || second < first || c->at > c->program.length || data + second > c->at)
        c->bad = true;
    return text_slice(c->program, data + first, data + second);
}

enum { OPERATOR_CHARSET = 15, OPERATOR_ESCAPE = 12, ESCAPED_ROS = 30, REAL = 30 };

struct top {
    bool cid_keyed;
    uint32_t charset; /* offset; 0 to 2 are predefined */
};

static bool real_ends(uint32_t byte)
{
    return (byte >> 4) == 15 || (byte & 15) == 15;
}

/* A DICT's operand (§4) that begins with `byte`. */
static uint32_t operand(struct cff *d, uint32_t byte)
{
    if (byte == 28)
        return number(d, 2);
    if (byte == 29)
        return number(d, 4);
    if (byte == REAL) {
        while (!d->bad && !real_ends(number(d, 1)))
            continue;
        return 0;
    }
    if (byte >= 247 && byte <= 250)
        return (byte - 247) * 256 + number(d, 1) + 108;
    if (byte >= 251 && byte <= 254)
        number(d, 1); /* a negative number: of no use here */
    return byte >= 32 && byte <= 246 ? byte - 139 : 0;
}

static struct top read_top(struct text dict)
{
    struct cff d = {.program = dict};
    struct top top = {.cid_keyed = false};
    uint32_t last = 0;
    while (!d.bad && d.at < dict.length) {
        uint32_t byte = number(&d, 1);
        if (byte > 21) {
            last = operand(&d, byte);
            continue;
        }
        if (byte == OPERATOR_CHARSET)
            top.charset = last;
        if (byte == OPERATOR_ESCAPE && number(&d, 1) == ESCAPED_ROS)
            top.cid_keyed = true;
    }
    return top;
}

/* Formats 0 to 2 (§13): single values, or ranges with a count of one or two bytes. */
static void read_charset(struct cff *c, uint32_t count, uint16_t *cid)
{
    uint32_t format = number(c, 1);
    c->bad = c->bad || format > 2;
    for (uint32_t g = 1; g < count && !c->bad;) {
        uint32_t first = number(c, 2), more = format ? number(c, (int)format) : 0;
        for (uint32_t i = 0; i <= more && g < count; i++)
            cid[g++] = (uint16_t)(first + i);
    }
}

int cff_cids(struct text program, uint32_t count, uint16_t *cid)
{
    for (uint32_t g = 0; g < count; g++)
        cid[g] = (uint16_t)g;
    if (program.length < 4)
        return -1;
    struct cff c = {.program = program, .at = (unsigned char)program.at[2]};
    read_index(&c); /* names */
    struct top top = read_top(read_index(&c));
    if (c.bad)
        return -1;
    if (!top.cid_keyed || top.charset <= 2)
        return 0;
    c.at = top.charset;
    read_charset(&c, count, cid);
    return c.bad ? -1 : 0;
}
