/* PNG (ISO/IEC 15948) of as few bytes a pixel as the colours allow. */
#include "write/png/painter.h"
#include <libdeflate.h>
#include <stdlib.h>

enum {
    GRAY = 0,
    RGB = 2,
    PALETTE = 3,
    COLORS_MOST = 256,
    SLOTS = 4096,  /* of the table of colours */
    LEVEL = 6,     /* on pages of text 12 gives a twentieth less in five times the time */
    LEVEL_RGB = 4, /* photographs hardly get smaller */
    ALL_BITS = 0xFFFFFF,
    FEW_BITS = 0xF8F8F8, /* colours as near as this are made one */
    FEWER_BITS = 0xE0E0E0
};

/* ---- colours */

/* Colours that are equal but for the bits that `mask` leaves out are one: that of which there are most. */
struct color {
    uint32_t value, pixels;
    uint16_t index;
    bool taken;
};

struct palette {
    uint32_t mask;
    struct color slots[SLOTS]; /* by value: an open table */
    uint32_t values[COLORS_MOST];
    int count; /* above COLORS_MOST: too many */
    bool gray;
};

static struct color *slot_of(struct palette *p, uint32_t value)
{
    uint32_t at = value * 2654435761U >> 20;
    while (p->slots[at].taken && p->slots[at].value != value)
        at = (at + 1) % SLOTS;
    return &p->slots[at];
}

/* Counts a run of one colour. False when the table is full. */
static bool count_color(struct palette *p, uint32_t value, uint32_t pixels)
{
    struct color *c = slot_of(p, value);
    if (!c->taken) {
        if (p->count >= SLOTS / 2)
            return false;
        *c = (struct color){.value = value, .taken = true};
        p->count++;
        uint32_t red = value >> 16, green = value >> 8 & 255, blue = value & 255;
        p->gray &= red == green && green == blue;
    }
    c->pixels += pixels;
    return true;
}

static const uint32_t *row_at(const struct pixels *px, int y)
{
    return (const uint32_t *)(const void *)(px->at + (size_t)y * px->stride);
}

/* Margins and rules make many rows that are as the one above. */
static bool as_above(const struct pixels *px, int y)
{
    return y > 0 && memcmp(row_at(px, y), row_at(px, y - 1), (size_t)px->width * 4) == 0;
}

static bool count_row(struct palette *p, const uint32_t *row, int width, uint32_t times)
{
    for (int x = 0, from; x < width; from = x) {
        uint32_t value = row[from = x] & ALL_BITS;
        while (x < width && (row[x] & ALL_BITS) == value)
            x++;
        if (!count_color(p, value, (uint32_t)(x - from) * times))
            return false;
    }
    return true;
}

static bool count_colors(struct palette *p, const struct pixels *px)
{
    p->gray = true;
    for (int y = 0, from = 0; y < px->height; from = y) {
        do
            y++;
        while (y < px->height && as_above(px, y));
        if (!count_row(p, row_at(px, from), px->width, (uint32_t)(y - from)))
            return false;
    }
    return true;
}

static int by_pixels(const void *a, const void *b)
{
    const struct color *x = *(const struct color *const *)a, *y = *(const struct color *const *)b;
    if (x->pixels != y->pixels)
        return x->pixels < y->pixels ? 1 : -1;
    return x->value < y->value ? -1 : 1;
}

/* Gives each colour its index in the palette: that of the commonest of those that `mask` makes equal. */
static bool share_out(struct arena *a, struct palette *p, uint32_t mask)
{
    struct color **all = arena_array(a, SLOTS, sizeof *all);
    size_t count = 0;
    for (struct color *c = p->slots; c < p->slots + SLOTS; c++)
        if (c->taken)
            all[count++] = c;
    qsort(all, count, sizeof *all, by_pixels);
    p->count = 0;
    for (size_t i = 0; i < count; i++) {
        int k = 0;
        while (k < p->count && ((p->values[k] ^ all[i]->value) & mask))
            k++;
        if (k == COLORS_MOST)
            return false;
        if (k == p->count)
            p->values[p->count++] = all[i]->value;
        all[i]->index = (uint16_t)k;
    }
    return true;
}

/* A palette for the pixels, or NULL when they have too many colours. */
static struct palette *palette_of(struct arena *a, const struct pixels *px, bool few)
{
    static const uint32_t masks[] = {ALL_BITS, FEW_BITS, FEWER_BITS};
    struct palette *p = arena_alloc(a, sizeof *p);
    if (!count_colors(p, px))
        return NULL;
    for (size_t i = 0; i < (few ? 3 : 1); i++)
        if (share_out(a, p, masks[i]))
            return p;
    return NULL;
}

/* ---- rows: a filter's number and the bytes */

static void index_row(struct palette *p, const uint32_t *row, int width, unsigned char *to)
{
    for (int x = 0; x < width;) {
        uint32_t value = row[x] & ALL_BITS;
        unsigned char index = p->gray ? (unsigned char)value : (unsigned char)slot_of(p, value)->index;
        for (; x < width && (row[x] & ALL_BITS) == value; x++)
            to[x] = index;
    }
}

static void rgb_row(const uint32_t *row, int width, unsigned char *to)
{
    for (int x = 0; x < width; x++, to += 3) {
        to[0] = (unsigned char)(row[x] >> 16);
        to[1] = (unsigned char)(row[x] >> 8);
        to[2] = (unsigned char)row[x];
    }
}

/* Filters None, Sub and Up: the one whose bytes are nearest to zero deflates best. */
static void add_filtered(struct buf *out, const unsigned char *row, const unsigned char *above, size_t length)
{
    unsigned long sums[3] = {0, 0, 0};
    for (size_t i = 0; i < length; i++) {
        unsigned char left = i >= 3 ? row[i - 3] : 0;
        sums[0] += (unsigned)abs((signed char)row[i]);
        sums[1] += (unsigned)abs((signed char)(unsigned char)(row[i] - left));
        sums[2] += (unsigned)abs((signed char)(unsigned char)(row[i] - above[i]));
    }
    int best = sums[1] < sums[0] ? 1 : 0;
    best = sums[2] < sums[best] ? 2 : best;
    unsigned char *to = (unsigned char *)out->data + out->length;
    *to++ = (unsigned char)best;
    for (size_t i = 0; i < length; i++)
        to[i] = (unsigned char)(row[i] - (best == 1 && i >= 3 ? row[i - 3] : best == 2 ? above[i] : 0));
    out->length += length + 1;
}

static void add_rows(struct arena *a, const struct pixels *px, struct palette *p, struct buf *out)
{
    size_t length = (size_t)px->width * (p ? 1 : 3);
    unsigned char *row = arena_alloc(a, length + 1), *above = arena_alloc(a, length + 1);
    buf_reserve(out, (length + 1) * (size_t)px->height);
    for (int y = 0; y < px->height; y++) {
        if (p) {
            if (!as_above(px, y))
                index_row(p, row_at(px, y), px->width, row + 1);
            buf_add(out, row, length + 1);
            continue;
        }
        rgb_row(row_at(px, y), px->width, row);
        add_filtered(out, row, above, length);
        unsigned char *swap = above;
        above = row;
        row = swap;
    }
}

/* ---- chunks */

static void add_number(struct buf *out, uint32_t n)
{
    const char bytes[4] = {(char)(n >> 24), (char)(n >> 16), (char)(n >> 8), (char)n};
    buf_add(out, bytes, 4);
}

static void add_chunk(struct buf *out, const char *name, const void *bytes, size_t length)
{
    add_number(out, (uint32_t)length);
    size_t from = out->length;
    buf_add(out, name, 4);
    buf_add(out, bytes, length);
    add_number(out, libdeflate_crc32(0, out->data + from, out->length - from));
}

static void add_header(struct buf *out, const struct pixels *px, int type)
{
    char h[13] = {[8] = 8, [9] = (char)type};
    for (int i = 0; i < 4; i++) {
        h[i] = (char)(px->width >> (24 - 8 * i));
        h[4 + i] = (char)(px->height >> (24 - 8 * i));
    }
    buf_add(out, "\x89PNG\r\n\x1A\n", 8);
    add_chunk(out, "IHDR", h, sizeof h);
    add_chunk(out, "sRGB", "\0", 1);
}

static void add_density(struct buf *out, int dpi)
{
    uint32_t per_metre = (uint32_t)(dpi / 0.0254 + 0.5);
    char h[9] = {[8] = 1};
    for (int i = 0; i < 4; i++)
        h[i] = h[4 + i] = (char)(per_metre >> (24 - 8 * i));
    if (dpi)
        add_chunk(out, "pHYs", h, sizeof h);
}

static void add_palette(struct buf *out, const struct palette *p)
{
    unsigned char bytes[COLORS_MOST * 3];
    for (int i = 0; i < p->count; i++)
        for (int c = 0; c < 3; c++)
            bytes[3 * i + c] = (unsigned char)(p->values[i] >> (16 - 8 * c));
    add_chunk(out, "PLTE", bytes, 3 * (size_t)p->count);
}

static void compressor_end(void *what)
{
    libdeflate_free_compressor(what);
}

static void add_data(struct buf *out, struct arena *a, struct buf *rows, int level)
{
    struct libdeflate_compressor *c = arena_must(a, libdeflate_alloc_compressor(level));
    arena_defer(a, compressor_end, c);
    struct buf *data = buf_new(a);
    size_t most = libdeflate_zlib_compress_bound(c, rows->length);
    buf_reserve(data, most);
    data->length = libdeflate_zlib_compress(c, rows->data, rows->length, data->data, most);
    add_chunk(out, "IDAT", data->data, data->length);
    buf_free(data);
}

struct text png_encode(struct arena *a, const struct pixels *px, int dpi, bool few)
{
    struct palette *p = palette_of(a, px, few);
    struct buf *out = buf_new(a), *rows = buf_new(a);
    add_header(out, px, !p ? RGB : p->gray ? GRAY : PALETTE);
    add_density(out, dpi);
    if (p && !p->gray)
        add_palette(out, p);
    add_rows(a, px, p, rows);
    add_data(out, a, rows, p ? LEVEL : LEVEL_RGB);
    buf_free(rows);
    add_chunk(out, "IEND", "", 0);
    return buf_view(out);
}
