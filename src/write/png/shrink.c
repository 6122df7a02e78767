/* Pictures made smaller while they are read: memory is that of the small picture. */
#include "write/png/painter.h"

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
