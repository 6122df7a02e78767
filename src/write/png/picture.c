#include "document/raster.h"
#include "write/png/painter.h"
#include <math.h>

void picture_decode(struct arena *a, const struct resource *r, double width_px, double height_px,
                    struct decoded *out)
{
    static const unsigned char png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    struct text bytes = r->bytes;
    const double wanted[2] = {width_px, height_px};
    if (r->media_type && strcmp(r->media_type, "image/svg+xml") == 0)
        out->fault = raster_svg(a, r, (int)ceil(fmax(1, width_px)), (int)ceil(fmax(1, height_px)), &bytes);
    if (out->fault)
        return;
    if (bytes.length > 2 && memcmp(bytes.at, "\xFF\xD8", 2) == 0)
        picture_decode_jpeg(a, bytes, wanted, out);
    else if (bytes.length > sizeof png && memcmp(bytes.at, png, sizeof png) == 0)
        picture_decode_png(a, bytes, wanted, out);
    else
        out->fault = "is neither a PNG nor a JPEG";
}

/* ---- making smaller while reading: memory is that of the small picture */

enum { COUNT, ALPHA, RED, GREEN, BLUE, SUMS };

void shrink_begin(struct shrinker *s, struct arena *a, const int size[2], const double wanted[2],
                  struct decoded *out)
{
    double ratio = 256;
    for (int i = 0; i < 2; i++)
        if (wanted[i] < 1 || size[i] / wanted[i] < ratio)
            ratio = size[i] / (wanted[i] < 1 ? 1 : wanted[i]);
    int factor = ratio < 2 ? 1 : (int)ratio;
    *s = (struct shrinker){.width = size[0], .height = size[1], .factor = factor, .out = out};
    out->width = (size[0] + factor - 1) / factor;
    out->height = (size[1] + factor - 1) / factor;
    out->pixels = arena_array(a, (size_t)out->width * (size_t)out->height, sizeof *out->pixels);
    s->sums = arena_array(a, (size_t)out->width, SUMS * sizeof *s->sums);
}

/* Divided and rounded. */
static uint32_t mean(uint32_t sum, uint32_t count)
{
    return count ? (sum + count / 2) / count : 0;
}

static void finish_row(struct shrinker *s)
{
    int y = (s->rows - 1) / s->factor;
    uint32_t *to = s->out->pixels + (size_t)y * (size_t)s->out->width;
    for (int x = 0; x < s->out->width; x++) {
        const uint32_t *sum = s->sums + (size_t)x * SUMS;
        uint32_t n = sum[COUNT];
        to[x] = mean(sum[ALPHA], n) << 24 | mean(sum[RED], n) << 16 | mean(sum[GREEN], n) << 8 |
                mean(sum[BLUE], n);
    }
    memset(s->sums, 0, (size_t)s->out->width * SUMS * sizeof *s->sums);
}

static uint32_t premultiplied(unsigned char value, unsigned char alpha)
{
    return alpha == 255 ? value : ((uint32_t)value * alpha + 127) / 255;
}

void shrink_row(struct shrinker *s, const unsigned char *rgba)
{
    for (int x = 0; x < s->width; x++, rgba += 4) {
        uint32_t *sum = s->sums + (size_t)(x / s->factor) * SUMS;
        sum[COUNT]++;
        sum[ALPHA] += rgba[3];
        sum[RED] += premultiplied(rgba[0], rgba[3]);
        sum[GREEN] += premultiplied(rgba[1], rgba[3]);
        sum[BLUE] += premultiplied(rgba[2], rgba[3]);
    }
    if (++s->rows % s->factor == 0 || s->rows == s->height)
        finish_row(s);
}
