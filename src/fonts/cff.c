#include "fonts/cff.h"
#include "fonts/cff_reader.h"

uint32_t cff_number(struct cff *c, int bytes)
{
    uint32_t value = 0;
    for (; bytes > 0; bytes--) {
        c->bad = c->bad || c->at >= c->program.length;
        value = value << 8 | (c->bad ? 0U : (unsigned char)c->program.at[c->at++]);
    }
    return value;
}

struct cff_index cff_index(struct cff *c)
{
    struct cff_index index = {.count = cff_number(c, 2)};
    if (!index.count)
        return index;
    index.size = (int)cff_number(c, 1);
    index.offsets = c->at;
    if (index.size < 1 || index.size > 4)
        c->bad = true;
    if (c->bad)
        return (struct cff_index){.count = 0};
    index.data = index.offsets + ((size_t)index.count + 1) * (size_t)index.size - 1;
    c->at = index.offsets + (size_t)index.count * (size_t)index.size;
    c->at = index.data + cff_number(c, index.size);
    c->bad = c->bad || c->at > c->program.length;
    return index;
}

struct text cff_entry(const struct cff *c, const struct cff_index *index, uint32_t i)
{
    struct cff at = {.program = c->program, .at = index->offsets + (size_t)i * (size_t)index->size};
    if (i >= index->count)
        return (struct text){NULL, 0};
    uint32_t first = cff_number(&at, index->size), second = cff_number(&at, index->size);
    if (at.bad || first < 1 || second < first || index->data + second > c->program.length)
        return (struct text){NULL, 0};
    return text_slice(c->program, index->data + first, index->data + second);
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

int32_t cff_operand(struct cff *d, uint32_t byte)
{
    if (byte == 28)
        return (int16_t)cff_number(d, 2);
    if (byte == 29)
        return (int32_t)cff_number(d, 4);
    if (byte == REAL) {
        while (!d->bad && !real_ends(cff_number(d, 1)))
            continue;
        return 0;
    }
    if (byte >= 247 && byte <= 250)
        return (int32_t)((byte - 247) * 256 + cff_number(d, 1) + 108);
    if (byte >= 251 && byte <= 254)
        return -(int32_t)((byte - 251) * 256 + cff_number(d, 1) + 108);
    return byte >= 32 && byte <= 246 ? (int32_t)byte - 139 : 0;
}

static struct top read_top(struct text dict)
{
    struct cff d = {.program = dict};
    struct top top = {.cid_keyed = false};
    int32_t last = 0;
    while (!d.bad && d.at < dict.length) {
        uint32_t byte = cff_number(&d, 1);
        if (byte > 21) {
            last = cff_operand(&d, byte);
            continue;
        }
        if (byte == OPERATOR_CHARSET)
            top.charset = (uint32_t)last;
        if (byte == OPERATOR_ESCAPE && cff_number(&d, 1) == ESCAPED_ROS)
            top.cid_keyed = true;
    }
    return top;
}

void cff_charset(struct cff *c, uint32_t count, uint16_t *cid)
{
    uint32_t format = cff_number(c, 1);
    c->bad = c->bad || format > 2;
    for (uint32_t g = 1; g < count && !c->bad;) {
        uint32_t first = cff_number(c, 2), more = format ? cff_number(c, (int)format) : 0;
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
    cff_index(&c); /* names */
    struct cff_index tops = cff_index(&c);
    struct text dict = cff_entry(&c, &tops, 0);
    if (c.bad || !dict.at)
        return -1;
    struct top top = read_top(dict);
    if (!top.cid_keyed || top.charset <= 2)
        return 0;
    c.at = top.charset;
    cff_charset(&c, count, cid);
    return c.bad ? -1 : 0;
}
