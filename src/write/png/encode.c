/* PNG (ISO/IEC 15948) of as few bytes a pixel as the colours allow. */
#include "base/bytes.h"
#include "write/png/painter.h"
#include <libdeflate.h>
#include <stdlib.h>

enum {
    GRAY = 0,
    RGB = 2,
    PALETTE = 3,
    LEVEL = 6,      /* on pages of text 12 gives a twentieth less in five times the time */
    LEVEL_FAST = 4, /* photographs hardly get smaller, nor do drawings in sixteen colours */
};

static const uint32_t *row_at(const struct pixels *px, int y)
{
    return (const uint32_t *)(const void *)(px->at + (size_t)y * px->stride);
}

/* ---- rows: a filter's number and the bytes */

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

static void add_rgb_rows(struct arena *a, const struct pixels *px, struct buf *out)
{
    size_t length = (size_t)px->width * 3;
    unsigned char *row = arena_alloc(a, length + 1), *above = arena_alloc(a, length + 1);
    buf_reserve(out, (length + 1) * (size_t)px->height);
    for (int y = 0; y < px->height; y++) {
        rgb_row(row_at(px, y), px->width, row);
        add_filtered(out, row, above, length);
        unsigned char *swap = above;
        above = row;
        row = swap;
    }
}

/* ---- chunks */

static void add_chunk(struct buf *out, const char *name, const void *bytes, size_t length)
{
    buf_big32(out, (uint32_t)length);
    size_t from = out->length;
    buf_add(out, name, 4);
    buf_add(out, bytes, length);
    buf_big32(out, libdeflate_crc32(0, out->data + from, out->length - from));
}

static void add_header(struct buf *out, const int size[2], int bits, int type)
{
    char h[13] = {[8] = (char)bits, [9] = (char)type};
    big32_put(h, (uint32_t)size[0]);
    big32_put(h + 4, (uint32_t)size[1]);
    buf_add(out, "\x89PNG\r\n\x1A\n", 8);
    add_chunk(out, "IHDR", h, sizeof h);
    add_chunk(out, "sRGB", "\0", 1);
}

static void add_density(struct buf *out, int dpi)
{
    uint32_t per_metre = (uint32_t)(dpi / 0.0254 + 0.5);
    char h[9] = {[8] = 1};
    big32_put(h, per_metre);
    big32_put(h + 4, per_metre);
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

static struct text finish(struct buf *out, struct arena *a, struct buf *rows, int level)
{
    add_data(out, a, rows, level);
    buf_free(rows);
    add_chunk(out, "IEND", "", 0);
    return buf_view(out);
}

struct text png_encode_colors(struct arena *a, struct color_rows *r, const int size[2], int dpi, bool few)
{
    struct palette *p = arena_alloc(a, sizeof *p);
    if (!color_rows_palette(r, few, p))
        return (struct text){NULL, 0};
    struct buf *out = buf_new(a), *rows = buf_new(a);
    int bits = palette_bits(p);
    add_header(out, size, bits, p->gray ? GRAY : PALETTE);
    add_density(out, dpi);
    if (!p->gray)
        add_palette(out, p);
    buf_reserve(rows, ((size_t)size[0] * (size_t)bits / 8 + 2) * (size_t)size[1]);
    color_rows_print(r, p, rows);
    return finish(out, a, rows, bits < 8 ? LEVEL_FAST : LEVEL);
}

struct text png_encode(struct arena *a, const struct pixels *px, int dpi, bool few)
{
    const int size[2] = {px->width, px->height};
    struct color_rows *r = color_rows_new(a, px->width, px->height);
    for (int y = 0; y < px->height; y++)
        color_rows_add(r, row_at(px, y));
    struct text bytes = png_encode_colors(a, r, size, dpi, few);
    if (bytes.at)
        return bytes;
    struct buf *out = buf_new(a), *rows = buf_new(a);
    add_header(out, size, 8, RGB);
    add_density(out, dpi);
    add_rgb_rows(a, px, rows);
    return finish(out, a, rows, LEVEL_FAST);
}
