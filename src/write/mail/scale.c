#include "write/mail/scale.h"
#include "document/jpeg_guard.h"
#include <png.h>
#include <stdlib.h>

/* Larger pictures are left as they are: decoded they would take more than 256 MB. */
#define PIXELS_MOST (64.0 * 1024 * 1024)

/* ---- pixels */

struct rectangle {
    int left, top, right, bottom;
};

/* The mean; colours count as much as they can be seen. */
static void mean(const struct pixels *p, struct rectangle r, unsigned char *out)
{
    bool alpha = p->channels % 2 == 0;
    int colours = p->channels - (alpha ? 1 : 0);
    unsigned long long sum[4] = {0}, weights = 0, count = 0;
    for (int y = r.top; y < r.bottom; y++) {
        const unsigned char *at =
            p->at + ((size_t)y * (size_t)p->width + (size_t)r.left) * (size_t)p->channels;
        for (int x = r.left; x < r.right; x++, at += p->channels) {
            unsigned weight = alpha ? at[colours] : 1;
            for (int c = 0; c < colours; c++)
                sum[c] += (unsigned long long)at[c] * weight;
            weights += weight;
            count++;
        }
    }
    for (int c = 0; c < colours; c++)
        out[c] = (unsigned char)(weights ? (sum[c] + weights / 2) / weights : 0);
    if (alpha)
        out[colours] = (unsigned char)((weights + count / 2) / count);
}

static int edge(int i, int of, int from)
{
    return (int)((long long)i * from / of);
}

struct pixels scale_pixels(struct arena *a, struct pixels p, int width)
{
    if (width >= p.width)
        return p;
    int height = edge(p.height, p.width, width);
    struct pixels q = {width, height > 0 ? height : 1, p.channels, NULL};
    q.at = arena_array(a, (size_t)q.width * (size_t)q.height, (size_t)q.channels);
    unsigned char *out = q.at;
    for (int y = 0; y < q.height; y++)
        for (int x = 0; x < q.width; x++, out += q.channels)
            mean(&p,
                 (struct rectangle){edge(x, q.width, p.width), edge(y, q.height, p.height),
                                    edge(x + 1, q.width, p.width), edge(y + 1, q.height, p.height)},
                 out);
    return q;
}

/* ---- JPEG */

struct jpeg {
    struct jpeg_guard guard;
    struct jpeg_decompress_struct from;
    struct jpeg_compress_struct to;
    unsigned char *out;
    unsigned long out_length;
};

static void end_jpeg(void *what)
{
    struct jpeg *j = what;
    jpeg_destroy_decompress(&j->from);
    jpeg_destroy_compress(&j->to);
    free(j->out);
    j->out = NULL;
}

/* False when the picture is of a kind that is left alone. */
static bool begin_reading(struct jpeg *j, struct text bytes, int width_px)
{
    j->from.err = &j->guard.manager;
    jpeg_create_decompress(&j->from);
    jpeg_mem_src(&j->from, (const unsigned char *)bytes.at, bytes.length);
    jpeg_save_markers(&j->from, JPEG_APP0 + 1, 0xFFFF);
    jpeg_save_markers(&j->from, JPEG_APP0 + 2, 0xFFFF);
    jpeg_read_header(&j->from, TRUE);
    if (j->from.num_components != 1 && j->from.num_components != 3)
        return false;
    if ((double)j->from.image_width * j->from.image_height > PIXELS_MOST)
        return false;
    while (j->from.scale_denom < 8 && (int)(j->from.image_width / (2 * j->from.scale_denom)) >= width_px)
        j->from.scale_denom *= 2;
    jpeg_start_decompress(&j->from);
    return true;
}

static void write_jpeg(struct jpeg *j, struct pixels p, int quality)
{
    j->to.err = &j->guard.manager;
    jpeg_create_compress(&j->to);
    jpeg_mem_dest(&j->to, &j->out, &j->out_length);
    j->to.image_width = (JDIMENSION)p.width;
    j->to.image_height = (JDIMENSION)p.height;
    j->to.input_components = p.channels;
    j->to.in_color_space = p.channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(&j->to);
    jpeg_set_quality(&j->to, quality, TRUE);
    j->to.optimize_coding = TRUE;
    jpeg_start_compress(&j->to, TRUE);
    for (jpeg_saved_marker_ptr m = j->from.marker_list; m; m = m->next)
        jpeg_write_marker(&j->to, m->marker, m->data, m->data_length);
    while (j->to.next_scanline < j->to.image_height) {
        unsigned char *row = p.at + (size_t)j->to.next_scanline * (size_t)p.width * (size_t)p.channels;
        jpeg_write_scanlines(&j->to, &row, 1);
    }
    jpeg_finish_compress(&j->to);
}

static void read_rows(struct jpeg *j, struct pixels *p)
{
    while (j->from.output_scanline < j->from.output_height) {
        unsigned char *row = p->at + (size_t)j->from.output_scanline * (size_t)p->width * (size_t)p->channels;
        jpeg_read_scanlines(&j->from, &row, 1);
    }
}

struct text scale_jpeg(struct arena *a, struct text bytes, int width_px, int quality)
{
    struct jpeg *j = arena_alloc(a, sizeof *j);
    arena_defer(a, end_jpeg, j);
    jpeg_guard_begin(&j->guard);
    struct text none = {"", 0};
    if (setjmp(j->guard.back)) {
        end_jpeg(j);
        return none;
    }
    if (!begin_reading(j, bytes, width_px)) {
        end_jpeg(j);
        return none;
    }
    struct pixels p = {(int)j->from.output_width, (int)j->from.output_height, j->from.output_components,
                       NULL};
    p.at = arena_array(a, (size_t)p.width * (size_t)p.height, (size_t)p.channels);
    read_rows(j, &p);
    write_jpeg(j, scale_pixels(a, p, width_px), quality);
    struct text out = {arena_copy(a, j->out, j->out_length), j->out_length};
    end_jpeg(j);
    return out;
}

/* ---- PNG */

static void end_png(void *image)
{
    png_image_free(image);
}

static struct text write_png(struct arena *a, const png_image *like, struct pixels p)
{
    png_image *image = arena_alloc(a, sizeof *image);
    arena_defer(a, end_png, image);
    *image = (png_image){.version = PNG_IMAGE_VERSION,
                         .width = (png_uint_32)p.width,
                         .height = (png_uint_32)p.height,
                         .format = like->format};
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(*image);
    void *bytes = arena_alloc(a, size);
    if (!png_image_write_to_memory(image, bytes, &size, 0, p.at, 0, NULL))
        return (struct text){"", 0};
    return (struct text){bytes, size};
}

struct text scale_png(struct arena *a, struct text bytes, int width_px)
{
    png_image *image = arena_alloc(a, sizeof *image);
    image->version = PNG_IMAGE_VERSION;
    arena_defer(a, end_png, image);
    struct text none = {"", 0};
    if (!png_image_begin_read_from_memory(image, bytes.at, bytes.length) ||
        (double)image->width * image->height > PIXELS_MOST)
        return none;
    image->format &= PNG_FORMAT_FLAG_ALPHA | PNG_FORMAT_FLAG_COLOR; /* 8 bits, no palette */
    struct pixels p = {(int)image->width, (int)image->height, (int)PNG_IMAGE_PIXEL_CHANNELS(image->format),
                       NULL};
    p.at = arena_array(a, (size_t)p.width * (size_t)p.height, (size_t)p.channels);
    if (!png_image_finish_read(image, NULL, p.at, 0, NULL))
        return none;
    return write_png(a, image, scale_pixels(a, p, width_px));
}
