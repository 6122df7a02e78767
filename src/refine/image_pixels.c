#include "refine/image_pixels.h"
#include "base/limits.h"
#include <stdint.h>

int pixels_room(struct arena *a, struct pixels *out)
{
    if (out->width <= 0 || out->height <= 0 || (size_t)out->width > LIMIT_IMAGE_PIXELS / (size_t)out->height)
        return -1;
    out->at = arena_array(a, (size_t)out->width * (size_t)out->height, (size_t)out->channels);
    return 0;
}

/* ---- turning */

/* Where the pixel comes from that stands at (x, y) of the upright picture of `w` × `h`. */
static void source_of(int orientation, int w, int h, int *x, int *y)
{
    int at_x = *x, at_y = *y, right = w - 1 - at_x, below = h - 1 - at_y;
    static const struct {
        bool aside, mirror_x, mirror_y;
    } turns[9] = {[2] = {false, true, false}, [3] = {false, true, true}, [4] = {false, false, true},
                  [5] = {true, false, false}, [6] = {true, true, false}, [7] = {true, true, true},
                  [8] = {true, false, true}};
    if (turns[orientation].mirror_x)
        at_x = right;
    if (turns[orientation].mirror_y)
        at_y = below;
    *x = turns[orientation].aside ? at_y : at_x;
    *y = turns[orientation].aside ? at_x : at_y;
}

void pixels_turn(struct arena *a, struct pixels *p, int orientation)
{
    if (orientation < 2 || orientation > 8)
        return;
    struct pixels up = *p;
    if (orientation > 4) {
        up.width = p->height;
        up.height = p->width;
    }
    up.at = arena_array(a, (size_t)up.width * (size_t)up.height, (size_t)up.channels);
    size_t channels = (size_t)p->channels;
    unsigned char *to = up.at;
    for (int row = 0; row < up.height; row++)
        for (int column = 0; column < up.width; column++, to += channels) {
            int x = column, y = row;
            source_of(orientation, up.width, up.height, &x, &y);
            memcpy(to, p->at + ((size_t)y * (size_t)p->width + (size_t)x) * channels, channels);
        }
    *p = up;
}

/* ---- scaling: colours are multiplied by their alpha, in 16 bits, so that what can't be seen has no weight
 */

static bool has_alpha(const struct pixels *p)
{
    return p->channels == 2 || p->channels == 4;
}

static void load_row(const struct pixels *p, int y, uint16_t *row)
{
    size_t channels = (size_t)p->channels, n = (size_t)p->width * channels;
    const unsigned char *from = p->at + (size_t)y * n;
    for (size_t i = 0; i < n; i += channels) {
        unsigned alpha = has_alpha(p) ? from[i + channels - 1] : 255;
        for (size_t c = 0; c < channels; c++)
            row[i + c] = (uint16_t)(has_alpha(p) && c == channels - 1 ? alpha * 255 : from[i + c] * alpha);
    }
}

static void store_row(const uint16_t *row, struct pixels *p, int y)
{
    size_t channels = (size_t)p->channels, n = (size_t)p->width * channels;
    unsigned char *to = p->at + (size_t)y * n;
    for (size_t i = 0; i < n; i += channels) {
        unsigned alpha = has_alpha(p) ? (row[i + channels - 1] + 127u) / 255u : 255;
        for (size_t c = 0; c < channels; c++) {
            unsigned value = alpha ? (row[i + c] + alpha / 2) / alpha : 0;
            to[i + c] = (unsigned char)(value > 255 ? 255 : value);
        }
        if (has_alpha(p))
            to[i + channels - 1] = (unsigned char)alpha;
    }
}

/* In a row of `from` units to be shown in `to`, a source pixel is `to` parts wide and a new one `from` parts.
 */
static void scale_row(const uint16_t *row, int from, uint16_t *out, int to, size_t channels)
{
    for (int i = 0; i < to; i++) {
        int64_t begin = (int64_t)i * from, end = begin + from;
        uint64_t sum[4] = {0};
        for (int64_t k = begin / to; k * to < end; k++) {
            int64_t left = k * to > begin ? k * to : begin, right = (k + 1) * to < end ? (k + 1) * to : end;
            for (size_t c = 0; c < channels; c++)
                sum[c] += (uint64_t)(right - left) * row[(size_t)k * channels + c];
        }
        for (size_t c = 0; c < channels; c++)
            out[(size_t)i * channels + c] = (uint16_t)((sum[c] + (uint64_t)from / 2) / (uint64_t)from);
    }
}

void pixels_scale(struct arena *a, struct pixels *p, int width, int height)
{
    if (width >= p->width && height >= p->height)
        return;
    struct pixels small = *p;
    small.width = width;
    small.height = height;
    small.dpi = p->dpi * width / p->width;
    size_t channels = (size_t)p->channels, n = (size_t)width * channels;
    small.at = arena_array(a, (size_t)height, n);
    uint16_t *full = arena_array(a, (size_t)p->width * channels, sizeof *full);
    uint16_t *narrow = arena_array(a, n, sizeof *narrow);
    uint64_t *sums = arena_array(a, n, sizeof *sums);
    int row = -1;
    for (int y = 0; y < height; y++) {
        int64_t begin = (int64_t)y * p->height, end = begin + p->height;
        memset(sums, 0, n * sizeof *sums);
        for (int64_t k = begin / height; k * height < end; k++) {
            int64_t top = k * height > begin ? k * height : begin;
            int64_t bottom = (k + 1) * height < end ? (k + 1) * height : end;
            if (k != row) {
                load_row(p, row = (int)k, full);
                scale_row(full, p->width, narrow, width, channels);
            }
            for (size_t i = 0; i < n; i++)
                sums[i] += (uint64_t)(bottom - top) * narrow[i];
        }
        for (size_t i = 0; i < n; i++)
            narrow[i] = (uint16_t)((sums[i] + (uint64_t)p->height / 2) / (uint64_t)p->height);
        store_row(narrow, &small, y);
        row = -1;
    }
    *p = small;
}

/* ---- simplifying */

static void keep_channels(struct pixels *p, const int *which, int count)
{
    size_t n = (size_t)p->width * (size_t)p->height;
    for (size_t i = 0; i < n; i++)
        for (int c = 0; c < count; c++)
            p->at[i * (size_t)count + (size_t)c] = p->at[i * (size_t)p->channels + (size_t)which[c]];
    p->channels = count;
}

void pixels_simplify(struct pixels *p)
{
    static const int rgb[] = {0, 1, 2}, gray_alpha[] = {0, 3}, gray[] = {0};
    size_t n = (size_t)p->width * (size_t)p->height, channels = (size_t)p->channels;
    bool opaque = has_alpha(p), colourless = p->channels >= 3;
    for (size_t i = 0; i < n && (opaque || colourless); i++) {
        const unsigned char *at = p->at + i * channels;
        if (opaque && at[channels - 1] != 255)
            opaque = false;
        if (colourless && (at[0] != at[1] || at[1] != at[2]))
            colourless = false;
    }
    if (opaque)
        keep_channels(p, p->channels == 2 ? gray : rgb, p->channels - 1);
    if (colourless && !p->profile.length) /* a profile is for one kind of pixels */
        keep_channels(p, p->channels == 4 ? gray_alpha : gray, p->channels - 2);
}
