/* PNG (W3C PNG 3rd ed.) through libpng's simple interface; chunks that it doesn't write are put in here. */
#include "base/bytes.h"
#include "base/limits.h"
#include "refine/image_pixels.h"
#include "refine/image_strip.h"
#include <libdeflate.h>
#include <png.h>

enum { COLOURS_MOST = 256, PROFILE_MOST = 4 * 1024 * 1024 };

/* ---- reading */

/* iCCP: a name, NUL, the method 0, and the profile in zlib's form. */
static struct text inflate_profile(struct arena *a, struct text chunk)
{
    struct text none = {NULL, 0};
    size_t name = text_find(chunk, '\0', 0), length;
    if (name + 2 >= chunk.length || chunk.at[name + 1] != 0)
        return none;
    char *profile = arena_alloc(a, PROFILE_MOST);
    struct libdeflate_decompressor *d = arena_must(a, libdeflate_alloc_decompressor());
    enum libdeflate_result result = libdeflate_zlib_decompress(
        d, chunk.at + name + 2, chunk.length - name - 2, profile, PROFILE_MOST, &length);
    libdeflate_free_decompressor(d);
    return result == LIBDEFLATE_SUCCESS ? (struct text){profile, length} : none;
}

static void read_extras(struct arena *a, struct text t, struct pixels *out)
{
    struct png_chunk c;
    for (size_t at = 8; png_chunk_at(t, &at, &c);)
        if (memcmp(c.name, "pHYs", 4) == 0 && c.data.length == 9 && c.data.at[8] == 1)
            out->dpi = big32(c.data, 0) * 0.0254;
        else if (memcmp(c.name, "iCCP", 4) == 0)
            out->profile = inflate_profile(a, c.data);
}

int pixels_from_png(struct arena *a, struct text bytes, struct pixels *out)
{
    *out = (struct pixels){0};
    png_image image = {.version = PNG_IMAGE_VERSION};
    if (!png_image_begin_read_from_memory(&image, bytes.at, bytes.length))
        return -1;
    bool colour = image.format & PNG_FORMAT_FLAG_COLOR, alpha = image.format & PNG_FORMAT_FLAG_ALPHA;
    image.format = (colour ? PNG_FORMAT_FLAG_COLOR : 0u) | (alpha ? PNG_FORMAT_FLAG_ALPHA : 0u);
    image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
    out->channels = (colour ? 3 : 1) + alpha;
    out->width = image.width > INT32_MAX ? 0 : (int)image.width;
    out->height = image.height > INT32_MAX ? 0 : (int)image.height;
    int rc = pixels_room(a, out);
    if (rc == 0 && !png_image_finish_read(&image, NULL, out->at, 0, NULL))
        rc = -1;
    png_image_free(&image);
    read_extras(a, bytes, out);
    return rc;
}

/* ---- writing */

/* The colours of a picture that has few, as a table. */
struct palette {
    unsigned char colours[COLOURS_MOST * 4];
    unsigned count;
    unsigned char *indices; /* a byte a pixel */
};

static uint32_t colour_key(const unsigned char *at, int channels)
{
    uint32_t key = 0;
    for (int c = 0; c < channels; c++)
        key = key << 8 | at[c];
    return key;
}

/* False when there are more colours than a table holds. */
static bool find_palette(struct arena *a, const struct pixels *p, struct palette *out)
{
    enum { SLOTS = 1024 };
    uint32_t keys[SLOTS] = {0};
    short slots[SLOTS];
    memset(slots, 0xFF, sizeof slots);
    size_t n = (size_t)p->width * (size_t)p->height, channels = (size_t)p->channels;
    out->count = 0;
    out->indices = arena_alloc(a, n);
    for (size_t i = 0; i < n; i++) {
        uint32_t key = colour_key(p->at + i * channels, p->channels);
        size_t slot = (key * 2654435761u >> 16) % SLOTS;
        while (slots[slot] >= 0 && keys[slot] != key)
            slot = (slot + 1) % SLOTS;
        if (slots[slot] < 0) {
            if (out->count == COLOURS_MOST)
                return false;
            keys[slot] = key;
            slots[slot] = (short)out->count;
            memcpy(out->colours + out->count++ * channels, p->at + i * channels, channels);
        }
        out->indices[i] = (unsigned char)slots[slot];
    }
    return true;
}

static struct text write_image(struct arena *a, png_image *image, const void *pixels, const void *colours)
{
    png_alloc_size_t length = PNG_IMAGE_PNG_SIZE_MAX(*image);
    char *bytes = arena_alloc(a, length);
    if (!png_image_write_to_memory(image, bytes, &length, 0, pixels, 0, colours)) {
        png_image_free(image);
        return (struct text){NULL, 0};
    }
    return (struct text){bytes, length};
}

static void add_chunk(struct buf *out, const char *name, struct text data)
{
    buf_big32(out, (uint32_t)data.length);
    size_t from = out->length;
    buf_string(out, name);
    buf_text(out, data);
    buf_big32(out, libdeflate_crc32(0, out->data + from, out->length - from));
}

static void add_density(struct buf *out, double dpi)
{
    if (dpi < 1 || dpi > 1e6)
        return;
    uint32_t metre = (uint32_t)(dpi / 0.0254 + 0.5);
    char data[9] = {0};
    big32_put(data, metre);
    big32_put(data + 4, metre);
    data[8] = 1;
    add_chunk(out, "pHYs", (struct text){data, sizeof data});
}

static void add_profile(struct buf *out, struct text profile)
{
    struct libdeflate_compressor *c = arena_must(out->arena, libdeflate_alloc_compressor(9));
    size_t most = libdeflate_zlib_compress_bound(c, profile.length);
    char *data = arena_alloc(out->arena, most + 5);
    memcpy(data, "icc\0", 5); /* name, its end, method */
    size_t length = libdeflate_zlib_compress(c, profile.at, profile.length, data + 5, most);
    libdeflate_free_compressor(c);
    if (length)
        add_chunk(out, "iCCP", (struct text){data, length + 5});
}

/* The file with what the simple interface leaves out: the profile and the resolution. */
static struct text complete(struct arena *a, struct text bytes, const struct pixels *p)
{
    struct buf *out = buf_new(a);
    struct png_chunk c;
    buf_add(out, bytes.at, 8);
    for (size_t at = 8; png_chunk_at(bytes, &at, &c);) {
        bool space = memcmp(c.name, "sRGB", 4) == 0 || memcmp(c.name, "gAMA", 4) == 0;
        if (!(space && p->profile.length))
            buf_text(out, c.whole);
        if (memcmp(c.name, "IHDR", 4) == 0) {
            if (p->profile.length)
                add_profile(out, p->profile);
            add_density(out, p->dpi);
        }
    }
    return buf_view(out);
}

struct text pixels_png(struct arena *a, const struct pixels *p)
{
    png_image image = {
        .version = PNG_IMAGE_VERSION, .width = (png_uint_32)p->width, .height = (png_uint_32)p->height};
    image.format =
        (p->channels >= 3 ? PNG_FORMAT_FLAG_COLOR : 0u) | (p->channels % 2 == 0 ? PNG_FORMAT_FLAG_ALPHA : 0u);
    struct palette *palette = arena_alloc(a, sizeof *palette);
    struct text bytes;
    if (p->channels > 1 && find_palette(a, p, palette)) {
        image.format |= PNG_FORMAT_FLAG_COLORMAP;
        image.colormap_entries = palette->count;
        bytes = write_image(a, &image, palette->indices, palette->colours);
    } else {
        bytes = write_image(a, &image, p->at, NULL);
    }
    return bytes.length ? complete(a, bytes, p) : bytes;
}
