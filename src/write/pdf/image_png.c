/* PNG (ISO/IEC 15948): passed through where PDF can hold it as it is, else decoded by libpng. */
#include "base/bytes.h"
#include "base/limits.h"
#include "write/pdf/image.h"
#include "write/pdf/profile.h"
#include "write/pdf/store.h"
#include "write/pdf/syntax.h"
#include <libdeflate.h>
#include <png.h>
#include <stdlib.h>

enum {
    GRAY = 0,
    RGB = 2,
    PALETTE = 3,
    GRAY_ALPHA = 4,
    RGB_ALPHA = 6,
    DEFLATE_MOST = 1040, /* no deflated data are more times smaller than what they hold */
    PROFILE_MOST = 8 * 1024 * 1024,
    LEVEL = 7
};

struct png {
    struct picture *picture;
    int depth, type, interlace;
    struct text palette;
    bool transparent, srgb, ended;
    struct text profile; /* still deflated */
    struct buf *idat;
};

/* ---- chunks */

static void read_header(struct png *g, struct text s)
{
    /* depths that each colour type may have, as bits 1 << depth */
    static const unsigned depths[] = {
        [GRAY] = 0x10116, [RGB] = 0x10100, [PALETTE] = 0x116, [GRAY_ALPHA] = 0x10100, [RGB_ALPHA] = 0x10100,
        [1] = 0,          [5] = 0};
    struct picture *p = g->picture;
    p->fault = "is damaged";
    if (s.length != 13)
        return;
    uint32_t width = big32(s, 0), height = big32(s, 4);
    g->depth = (unsigned char)s.at[8];
    g->type = (unsigned char)s.at[9];
    g->interlace = (unsigned char)s.at[12];
    if (g->type > RGB_ALPHA || g->depth < 1 || g->depth > 16 || !(depths[g->type] >> g->depth & 1) ||
        s.at[10] || s.at[11] || g->interlace > 1 || !width || !height)
        return;
    if (width > LIMIT_IMAGE_PIXELS || height > LIMIT_IMAGE_PIXELS ||
        (uint64_t)width * height > LIMIT_IMAGE_PIXELS) {
        p->fault = "is too large";
        return;
    }
    p->width = (int)width;
    p->height = (int)height;
    p->components = g->type == GRAY || g->type == GRAY_ALPHA ? 1 : 3;
    p->fault = NULL;
}

static void read_profile(struct png *g, struct text s)
{
    size_t name = text_find(s, '\0', 0);
    if (name + 2 < s.length)
        g->profile = text_slice(s, name + 2, s.length);
}

static void read_chunk(struct png *g, const char *name, struct text s)
{
    if (memcmp(name, "IHDR", 4) == 0)
        read_header(g, s);
    else if (memcmp(name, "PLTE", 4) == 0)
        g->palette = text_slice(s, 0, s.length - s.length % 3);
    else if (memcmp(name, "tRNS", 4) == 0)
        g->transparent = true;
    else if (memcmp(name, "sRGB", 4) == 0)
        g->srgb = true;
    else if (memcmp(name, "iCCP", 4) == 0)
        read_profile(g, s);
    else if (memcmp(name, "IDAT", 4) == 0)
        buf_text(g->idat, s);
    else if (memcmp(name, "IEND", 4) == 0)
        g->ended = true;
}

static void read_chunks(struct png *g)
{
    struct text t = g->picture->resource->bytes;
    for (size_t at = 8; !g->ended && !g->picture->fault;) {
        if (t.length - at < 12 || big32(t, at) > t.length - at - 12) {
            g->picture->fault = "breaks off before its end";
            return;
        }
        size_t length = big32(t, at);
        if ((at == 8) != (memcmp(t.at + at + 4, "IHDR", 4) == 0) ||
            libdeflate_crc32(0, t.at + at + 4, length + 4) != big32(t, at + 8 + length)) {
            g->picture->fault = "is damaged";
            return;
        }
        read_chunk(g, t.at + at + 4, text_slice(t, at + 8, at + 8 + length));
        at += 12 + length;
    }
}

/* ---- inflating */

static void decompressor_end(void *what)
{
    libdeflate_free_decompressor(what);
}

static size_t row_bytes(const struct png *g)
{
    static const int samples[] = {[GRAY] = 1, [RGB] = 3, [PALETTE] = 1, [GRAY_ALPHA] = 2, [RGB_ALPHA] = 4};
    return ((size_t)g->picture->width * (size_t)samples[g->type] * (size_t)g->depth + 7) / 8;
}

/* Do the data inflate to just the rows that the header promises, each with a filter that exists? */
static bool rows_are_whole(const struct png *g)
{
    struct arena *a = g->picture->arena;
    size_t row = row_bytes(g) + 1, size = row * (size_t)g->picture->height;
    struct libdeflate_decompressor *d = arena_must(a, libdeflate_alloc_decompressor());
    arena_defer(a, decompressor_end, d);
    struct buf *rows = buf_new(a);
    buf_reserve(rows, size);
    bool whole = libdeflate_zlib_decompress(d, g->idat->data, g->idat->length, rows->data, size, NULL) ==
                 LIBDEFLATE_SUCCESS;
    for (size_t at = 0; whole && at < size; at += row)
        whole = (unsigned char)rows->data[at] <= 4;
    buf_free(rows);
    return whole;
}

static void inflate_profile(struct png *g)
{
    struct picture *p = g->picture;
    if (g->srgb || !g->profile.length)
        return;
    struct libdeflate_decompressor *d = arena_must(p->arena, libdeflate_alloc_decompressor());
    arena_defer(p->arena, decompressor_end, d);
    struct buf *out = buf_new(p->arena);
    size_t size = 0;
    for (size_t most = 64 * 1024; most <= PROFILE_MOST; most *= 4) {
        buf_reserve(out, most);
        enum libdeflate_result r =
            libdeflate_zlib_decompress(d, g->profile.at, g->profile.length, out->data, most, &size);
        if (r != LIBDEFLATE_INSUFFICIENT_SPACE) {
            struct text profile = {out->data, size};
            if (r == LIBDEFLATE_SUCCESS && profile_fits(profile, p->components))
                p->profile = profile;
            return;
        }
    }
}

/* ---- passing through */

static void predictor(struct buf *e, int components, int depth, int width)
{
    buf_printf(e,
               "/BitsPerComponent %d/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors "
               "%d/BitsPerComponent %d/Columns %d>>",
               depth, components, depth, width);
}

static const char *palette_space(struct png *g, const char *base)
{
    struct buf *b = buf_new(g->picture->arena);
    size_t most = (size_t)3 << g->depth;
    struct text p = text_slice(g->palette, 0, most);
    buf_printf(b, "[/Indexed%s %zu<", base, p.length / 3 - 1);
    for (size_t i = 0; i < p.length; i++)
        buf_printf(b, "%02X", (unsigned)(unsigned char)p.at[i]);
    buf_string(b, ">]");
    return b->data;
}

static void pass_through(struct png *g)
{
    struct picture *p = g->picture;
    struct buf *e = buf_new(p->arena);
    predictor(e, g->type == RGB ? 3 : 1, g->depth, p->width);
    p->entries = buf_view(e);
    p->data = buf_view(g->idat);
    p->space = g->type == PALETTE ? palette_space(g, "/DeviceRGB")
               : g->type == RGB   ? "/DeviceRGB"
                                  : "/DeviceGray";
    if (g->type == PALETTE)
        g->profile =
            (struct text){NULL, 0}; /* would have to go inside Indexed: a rare case, and sRGB is near */
}

/* ---- decoding */

/* Libpng's side of the work: everything that it may leave half done is in here. */
struct decoder {
    png_structp png;
    png_infop info;
    struct text bytes;
    size_t at;
    unsigned char *pixels; /* malloc */
    size_t row;
    int channels;
    bool exhausted;
};

static void decoder_end(void *what)
{
    struct decoder *d = what;
    png_destroy_read_struct(&d->png, &d->info, NULL);
    free(d->pixels);
    d->pixels = NULL;
}

static void give_bytes(png_structp png, png_bytep to, size_t length)
{
    struct decoder *d = png_get_io_ptr(png);
    if (length > d->bytes.length - d->at)
        png_error(png, "end");
    memcpy(to, d->bytes.at + d->at, length);
    d->at += length;
}

static void quiet(png_structp png, png_const_charp text)
{
    (void)png, (void)text;
}

static void raise_error(png_structp png, png_const_charp text)
{
    (void)text;
    png_longjmp(png, 1);
}

/* Gray or RGB of 8 bits, with alpha when the picture has any. 0, or -1 when it can't be decoded. */
static int decode(struct decoder *d, int height)
{
    d->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, raise_error, quiet);
    d->info = d->png ? png_create_info_struct(d->png) : NULL;
    if (!d->info) {
        d->exhausted = true;
        return -1;
    }
    if (setjmp(png_jmpbuf(d->png)))
        return -1;
    png_set_read_fn(d->png, d, give_bytes);
    png_set_user_limits(d->png, 0x7FFFFFFF, 0x7FFFFFFF);
    png_read_info(d->png, d->info);
    png_set_expand(d->png);
    png_set_scale_16(d->png);
    int passes = png_set_interlace_handling(d->png);
    png_read_update_info(d->png, d->info);
    d->row = png_get_rowbytes(d->png, d->info);
    d->channels = png_get_channels(d->png, d->info);
    d->pixels = malloc(d->row * (size_t)height);
    if (!d->pixels) {
        d->exhausted = true;
        return -1;
    }
    memset(d->pixels, 0, d->row * (size_t)height);
    for (int pass = 0; pass < passes; pass++)
        for (int y = 0; y < height; y++)
            png_read_row(d->png, d->pixels + (size_t)y * d->row, NULL);
    png_read_end(d->png, NULL);
    return 0;
}

/* Adds a row with the filter (None, Sub or Up) whose bytes are nearest to zero: they deflate best. */
static void add_filtered(struct buf *out, const unsigned char *row, const unsigned char *above, size_t length,
                         int step)
{
    unsigned long sums[3] = {0, 0, 0};
    for (size_t i = 0; i < length; i++) {
        unsigned left = i >= (size_t)step ? row[i - (size_t)step] : 0;
        sums[0] += (unsigned)abs((signed char)row[i]);
        sums[1] += (unsigned)abs((signed char)(unsigned char)(row[i] - left));
        sums[2] += (unsigned)abs((signed char)(unsigned char)(row[i] - above[i]));
    }
    int best = sums[1] < sums[0] ? 1 : 0;
    if (sums[2] < sums[best])
        best = 2;
    buf_byte(out, (char)best);
    for (size_t i = 0; i < length; i++) {
        unsigned left = i >= (size_t)step ? row[i - (size_t)step] : 0;
        buf_byte(out, (char)(unsigned char)(row[i] - (best == 1 ? left : best == 2 ? above[i] : 0)));
    }
}

/* Deflates some channels of the decoded pixels: `count` from `first` on. */
static struct text channels_of(struct picture *p, const struct decoder *d, int first, int count)
{
    size_t length = (size_t)p->width * (size_t)count;
    unsigned char *row = arena_alloc(p->arena, length), *above = arena_alloc(p->arena, length);
    struct buf *rows = buf_new(p->arena);
    buf_reserve(rows, (length + 1) * (size_t)p->height);
    for (int y = 0; y < p->height; y++) {
        const unsigned char *from = d->pixels + (size_t)y * d->row + first;
        for (size_t x = 0; x < (size_t)p->width; x++)
            for (int c = 0; c < count; c++)
                row[x * (size_t)count + (size_t)c] = from[x * (size_t)d->channels + (size_t)c];
        add_filtered(rows, row, above, length, count);
        unsigned char *swap = above;
        above = row;
        row = swap;
    }
    struct text out = deflate_zlib(p->arena, buf_view(rows), LEVEL);
    buf_free(rows);
    return out;
}

static bool is_opaque(const struct picture *p, const struct decoder *d)
{
    for (int y = 0; y < p->height; y++)
        for (int x = 0; x < p->width; x++)
            if (d->pixels[(size_t)y * d->row + (size_t)(x + 1) * (size_t)d->channels - 1] != 255)
                return false;
    return true;
}

static void decode_through(struct png *g)
{
    struct picture *p = g->picture;
    struct decoder *d = arena_alloc(p->arena, sizeof *d);
    d->bytes = p->resource->bytes;
    arena_defer(p->arena, decoder_end, d);
    if (decode(d, p->height) != 0) {
        if (d->exhausted)
            arena_exhausted(p->arena);
        p->fault = "is damaged";
        return;
    }
    int colors = d->channels < 3 ? 1 : 3;
    struct buf *e = buf_new(p->arena);
    predictor(e, colors, 8, p->width);
    p->entries = buf_view(e);
    p->space = colors == 1 ? "/DeviceGray" : "/DeviceRGB";
    p->data = channels_of(p, d, 0, colors);
    if (d->channels != colors && !is_opaque(p, d))
        p->mask = channels_of(p, d, colors, 1);
    free(d->pixels);
    d->pixels = NULL;
}

void picture_read_png(struct picture *p)
{
    struct png g = {.picture = p, .idat = buf_new(p->arena)};
    read_chunks(&g);
    if (p->fault)
        return;
    bool palette = g.type == PALETTE;
    if (palette && !g.palette.length)
        p->fault = "is damaged";
    else if (row_bytes(&g) * (size_t)p->height / DEFLATE_MOST > g.idat->length)
        p->fault = "breaks off before its end";
    if (p->fault)
        return;
    bool fit = g.type <= PALETTE && !g.transparent && !g.interlace && g.depth <= 8;
    if (fit && rows_are_whole(&g))
        pass_through(&g);
    else
        decode_through(&g);
    if (!p->fault)
        inflate_profile(&g);
}
