/* JPEG (ITU-T T.81) through libjpeg-turbo. */
#include "base/limits.h"
#include "document/jpeg_guard.h"
#include "refine/image_pixels.h"
#include <stdlib.h>

/* ---- four inks */

/* What the overprints of cyan (1), magenta (2), yellow (4) and black (8) on coated paper look like in sRGB.
 */
static const unsigned char overprints[16][3] = {{255, 255, 255}, {0, 158, 224}, {226, 0, 122}, {46, 49, 146},
                                                {255, 237, 0},   {0, 149, 64},  {227, 6, 19},  {58, 54, 53},
                                                {35, 31, 32},    {0, 22, 33},   {33, 4, 16},   {8, 8, 18},
                                                {32, 29, 4},     {0, 20, 9},    {30, 4, 4},    {6, 5, 5}};

/* The colour of an area that is covered so far by each ink: the overprints, each in the part of the area that
 * it has by chance (Neugebauer 1937, Demichel 1924). */
static void ink_colour(const unsigned char ink[4], unsigned char rgb[3])
{
    unsigned sum[3] = {0};
    for (unsigned k = 0; k < 16; k++) {
        uint64_t part = 1;
        for (unsigned i = 0; i < 4; i++)
            part *= k >> i & 1 ? ink[i] : 255u - ink[i];
        unsigned weight = (unsigned)(part >> 16); /* of 255⁴ / 2¹⁶, about 64,500 */
        for (int c = 0; c < 3; c++)
            sum[c] += weight * overprints[k][c];
    }
    for (int c = 0; c < 3; c++) {
        unsigned value = (sum[c] + 32258) / 64516;
        rgb[c] = (unsigned char)(value > 255 ? 255 : value);
    }
}

static void ink_row(const unsigned char *row, size_t width, bool inverted, unsigned char *out)
{
    for (size_t i = 0; i < width; i++, row += 4, out += 3) {
        unsigned char ink[4];
        for (int c = 0; c < 4; c++)
            ink[c] = inverted ? (unsigned char)(255 - row[c]) : row[c];
        ink_colour(ink, out);
    }
}

/* ---- reading */

/* The smallest of the eight sizes that the decoder can make which has all that is needed. */
static void choose_size(struct jpeg_decompress_struct *j, int width, int height)
{
    unsigned eighths = 8;
    while (eighths > 1 && (j->image_width * (eighths - 1) + 7) / 8 >= (unsigned)width &&
           (j->image_height * (eighths - 1) + 7) / 8 >= (unsigned)height)
        eighths--;
    j->scale_num = eighths;
    j->scale_denom = 8;
}

static void read_profile(struct arena *a, struct jpeg_decompress_struct *j, struct pixels *out)
{
    JOCTET *profile = NULL;
    unsigned length = 0;
    if (!jpeg_read_icc_profile(j, &profile, &length))
        return;
    out->profile = (struct text){arena_copy(a, profile, length), length};
    free(profile);
}

static void read_density(const struct jpeg_decompress_struct *j, struct pixels *out)
{
    double dpi = j->density_unit == 1 ? j->X_density : j->density_unit == 2 ? j->X_density * 2.54 : 0;
    out->dpi = dpi * j->output_width / j->image_width;
}

static int read_rows(struct arena *a, struct jpeg_decompress_struct *j, struct pixels *out)
{
    bool inks = j->out_color_space == JCS_CMYK;
    size_t width = j->output_width;
    out->width = (int)j->output_width;
    out->height = (int)j->output_height;
    out->channels = inks ? 3 : j->output_components;
    if (pixels_room(a, out) != 0)
        return -1;
    unsigned char *row = arena_array(a, width, 4);
    while (j->output_scanline < j->output_height) {
        unsigned char *to = out->at + (size_t)j->output_scanline * width * (size_t)out->channels;
        JSAMPROW rows[1] = {inks ? row : to};
        if (j->input_scan_number > LIMIT_JPEG_SCANS || jpeg_read_scanlines(j, rows, 1) != 1)
            return -1;
        if (inks)
            ink_row(row, width, j->saw_Adobe_marker, to);
    }
    return 0;
}

/* Between setjmp and the end nothing of this frame is changed but through pointers. */
static int read_jpeg(struct arena *a, struct jpeg_decompress_struct *j, int width, int height,
                     struct pixels *out)
{
    jpeg_save_markers(j, JPEG_APP0 + 2, 0xFFFF);
    if (jpeg_read_header(j, TRUE) != JPEG_HEADER_OK ||
        (size_t)j->image_width * j->image_height > LIMIT_IMAGE_PIXELS)
        return -1;
    j->out_color_space = j->num_components == 1 ? JCS_GRAYSCALE : j->num_components == 4 ? JCS_CMYK : JCS_RGB;
    choose_size(j, width, height);
    if (j->out_color_space != JCS_CMYK)
        read_profile(a, j, out);
    if (!jpeg_start_decompress(j))
        return -1;
    read_density(j, out);
    if (read_rows(a, j, out) != 0 || j->err->num_warnings > 0)
        return -1;
    return 0;
}

int pixels_from_jpeg(struct arena *a, struct text bytes, int width, int height, struct pixels *out)
{
    struct jpeg_guard guard;
    struct jpeg_decompress_struct j = {.err = jpeg_guard_begin(&guard)};
    *out = (struct pixels){0};
    volatile int rc = -1;
    if (setjmp(guard.back) == 0) {
        jpeg_create_decompress(&j);
        jpeg_mem_src(&j, (const unsigned char *)bytes.at, bytes.length);
        rc = read_jpeg(a, &j, width, height, out);
    } else {
        rc = -1;
    }
    jpeg_destroy_decompress(&j);
    return rc;
}

/* ---- writing */

static void write_jpeg(struct jpeg_compress_struct *j, const struct pixels *p, int quality)
{
    j->image_width = (JDIMENSION)p->width;
    j->image_height = (JDIMENSION)p->height;
    j->input_components = p->channels;
    j->in_color_space = p->channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(j);
    jpeg_set_quality(j, quality, TRUE);
    j->optimize_coding = TRUE;
    if (p->dpi >= 1 && p->dpi < 65535) {
        j->density_unit = 1;
        j->X_density = j->Y_density = (UINT16)(p->dpi + 0.5);
    }
    jpeg_start_compress(j, TRUE);
    if (p->profile.length)
        jpeg_write_icc_profile(j, (const JOCTET *)p->profile.at, (unsigned)p->profile.length);
    size_t width = (size_t)p->width * (size_t)p->channels;
    while (j->next_scanline < j->image_height) {
        JSAMPROW row[1] = {p->at + (size_t)j->next_scanline * width};
        jpeg_write_scanlines(j, row, 1);
    }
    jpeg_finish_compress(j);
}

struct text pixels_jpeg(struct arena *a, const struct pixels *p, int quality)
{
    struct jpeg_guard guard;
    struct jpeg_compress_struct j = {.err = jpeg_guard_begin(&guard)};
    unsigned char *bytes = NULL;
    unsigned long length = 0;
    volatile bool done = false;
    if (setjmp(guard.back) == 0) {
        jpeg_create_compress(&j);
        jpeg_mem_dest(&j, &bytes, &length);
        write_jpeg(&j, p, quality);
        done = true;
    }
    jpeg_destroy_compress(&j);
    struct text out = {NULL, 0};
    if (done)
        out = (struct text){arena_copy(a, bytes, length), length};
    free(bytes);
    return out;
}
