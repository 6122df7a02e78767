#include "refine/image_fit.h"
#include "refine/image_pixels.h"
#include "refine/image_strip.h"
#include "refine/image_svg.h"
#include <math.h>

enum {
    SIDE_MOST = 3200,
    PIXELS_MOST = 5600000,
    BYTES_MOST = 5000000, /* Kindle Publishing Guidelines: an image file has at most 5 MB */
    QUALITY = 90,         /* of JPEGs that are compressed anew */
    LOSSLESS_PRICE = 3    /* a PNG may be so many times larger than the JPEG */
};

/* ---- what is to be done */

static double reduction(int width, int height)
{
    double pixels = (double)width * height, longest = width > height ? width : height;
    double factor = fmin(SIDE_MOST / longest, sqrt(PIXELS_MOST / pixels));
    return factor < 1 ? factor : 1;
}

static int reduced(int side, double factor)
{
    int smaller = (int)floor(side * factor);
    return smaller > 0 ? smaller : 1;
}

static bool is(const struct image_header *h, const char *type)
{
    return strcmp(h->media_type, type) == 0;
}

/* Pixels that e-books don't show everywhere, or a format that they needn't know. */
static bool must_convert(const struct image_header *h)
{
    if (is(h, "image/jpeg"))
        return h->channels == 4;
    if (is(h, "image/png"))
        return h->depth == 16;
    return !is(h, "image/svg+xml");
}

/* ---- doing it */

static int decode(struct arena *a, struct text bytes, const struct image_header *h, struct pixels *out)
{
    double factor = h->width_px ? reduction(h->width_px, h->height_px) : 1;
    if (is(h, "image/jpeg"))
        return pixels_from_jpeg(a, bytes, reduced(h->width_px, factor), reduced(h->height_px, factor), out);
    if (is(h, "image/png"))
        return pixels_from_png(a, bytes, out);
    if (is(h, "image/gif"))
        return pixels_from_gif(a, bytes, out);
    return is(h, "image/webp") ? pixels_from_webp(a, bytes, out) : pixels_from_tiff(a, bytes, out);
}

static void encode_as_jpeg(struct arena *a, const struct pixels *p, struct fit *out)
{
    out->bytes = pixels_jpeg(a, p, QUALITY);
    out->header.media_type = "image/jpeg";
    out->header.suffix = ".jpg";
}

/* A JPEG stays one, a PNG or GIF becomes a PNG. Of WebP and TIFF nobody knows whether they hold a photograph
 * or a drawing: they become a PNG, which loses nothing, unless that is far larger. */
static void encode(struct arena *a, const struct pixels *p, const struct image_header *from, struct fit *out)
{
    bool jpeg = is(from, "image/jpeg"), either = is(from, "image/webp") || is(from, "image/tiff");
    if (jpeg || (either && p->channels % 2 == 1))
        encode_as_jpeg(a, p, out);
    if (jpeg)
        return;
    struct text png = pixels_png(a, p);
    if (!png.length || (out->bytes.length && png.length / LOSSLESS_PRICE > out->bytes.length))
        return;
    out->bytes = png;
    out->header.media_type = "image/png";
    out->header.suffix = ".png";
}

/* What is still too heavy becomes a JPEG; and where it can't, since it has transparent parts, or that doesn't
 * help, it is made smaller until it is light enough. */
static void lighten(struct arena *a, struct pixels *p, const struct image_header *from, struct fit *out)
{
    if (out->bytes.length > BYTES_MOST && p->channels % 2 == 1)
        encode_as_jpeg(a, p, out);
    while (out->bytes.length > BYTES_MOST && p->width > 1 && p->height > 1) {
        double factor = 0.95 * sqrt(BYTES_MOST / (double)out->bytes.length);
        pixels_scale(a, p, reduced(p->width, factor), reduced(p->height, factor));
        if (p->channels % 2 == 1)
            encode_as_jpeg(a, p, out);
        else
            encode(a, p, from, out);
    }
}

static int remake(struct arena *a, struct text bytes, const struct image_header *h, struct fit *out)
{
    struct pixels p;
    if (decode(a, bytes, h, &p) != 0)
        return -1;
    if (!p.dpi)
        p.dpi = h->dpi;
    double factor = h->width_px ? reduction(h->width_px, h->height_px) : reduction(p.width, p.height);
    int width = h->width_px ? h->width_px : p.width, height = h->width_px ? h->height_px : p.height;
    if (factor < 1)
        pixels_scale(a, &p, reduced(width, factor), reduced(height, factor));
    pixels_turn(a, &p, h->orientation);
    pixels_simplify(&p);
    *out = (struct fit){.header = {.depth = 8}};
    encode(a, &p, h, out);
    bool heavy = bytes.length > BYTES_MOST || out->bytes.length > BYTES_MOST;
    lighten(a, &p, h, out);
    out->header.width_px = p.width;
    out->header.height_px = p.height;
    out->header.dpi = p.dpi;
    out->header.has_alpha = p.channels % 2 == 0;
    out->header.channels = p.channels;
    out->done = (heavy ? FIT_LIGHTENED : 0u) | (factor < 1 ? FIT_SCALED : 0u) |
                (must_convert(h) ? FIT_CONVERTED : 0u) | (h->orientation > 1 ? FIT_TURNED : 0u) |
                (p.more_pictures ? FIT_FIRST_ONLY : 0u);
    return out->bytes.length ? 0 : -1;
}

static struct text strip(struct arena *a, struct text bytes, const struct image_header *h)
{
    if (is(h, "image/jpeg"))
        return strip_jpeg(a, bytes);
    if (is(h, "image/png"))
        return strip_png(a, bytes);
    return is(h, "image/svg+xml") ? svg_clean(a, bytes) : bytes;
}

int image_fit(struct arena *a, struct text bytes, const struct image_header *h, struct fit *out)
{
    *out = (struct fit){.bytes = bytes, .header = *h};
    bool bitmap = !is(h, "image/svg+xml");
    bool large = bitmap && h->width_px && reduction(h->width_px, h->height_px) < 1;
    bool heavy = bitmap && bytes.length > BYTES_MOST;
    if (!large && !heavy && !must_convert(h) && h->orientation < 2) {
        out->bytes = strip(a, bytes, h);
        return out->bytes.length ? 0 : -1;
    }
    if (remake(a, bytes, h, out) == 0)
        return 0;
    *out = (struct fit){.bytes = strip(a, bytes, h), .header = *h};
    return is(h, "image/png") || is(h, "image/jpeg") ? 0 : -1;
}
