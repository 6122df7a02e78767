/* TIFF (6.0) through libtiff. */
#include "base/library.h"
#include "base/limits.h"
#include "refine/image_pixels.h"
#include <tiffio.h>

#define TIFF_CALLS(F)                                                                                        \
    F(TIFFClientOpenExt)                                                                                     \
    F(TIFFClose)                                                                                             \
    F(TIFFGetField)                                                                                          \
    F(TIFFGetFieldDefaulted)                                                                                 \
    F(TIFFLastDirectory)                                                                                     \
    F(TIFFOpenOptionsAlloc)                                                                                  \
    F(TIFFOpenOptionsFree)                                                                                   \
    F(TIFFOpenOptionsSetErrorHandlerExtR)                                                                    \
    F(TIFFOpenOptionsSetMaxSingleMemAlloc)                                                                   \
    F(TIFFOpenOptionsSetWarningHandlerExtR)                                                                  \
    F(TIFFRGBAImageOK)                                                                                       \
    F(TIFFReadRGBAImageOriented)

struct libtiff {
    TIFF_CALLS(LIBRARY_FIELD)
};

static const char *const tiff_names[] = {TIFF_CALLS(LIBRARY_NAME) NULL};

struct reading {
    struct text bytes;
    size_t at;
};

static tmsize_t read_some(thandle_t handle, void *out, tmsize_t length)
{
    struct reading *r = handle;
    size_t left = r->at < r->bytes.length ? r->bytes.length - r->at : 0;
    size_t n = (size_t)length < left ? (size_t)length : left;
    if (n)
        memcpy(out, r->bytes.at + r->at, n);
    r->at += n;
    return (tmsize_t)n;
}

static tmsize_t write_nothing(thandle_t handle, void *in, tmsize_t length)
{
    (void)handle, (void)in, (void)length;
    return 0;
}

static toff_t seek(thandle_t handle, toff_t to, int whence)
{
    struct reading *r = handle;
    if (whence == SEEK_CUR)
        to += r->at;
    else if (whence == SEEK_END)
        to += r->bytes.length;
    r->at = to;
    return to;
}

static int close_nothing(thandle_t handle)
{
    (void)handle;
    return 0;
}

static toff_t size(thandle_t handle)
{
    return ((struct reading *)handle)->bytes.length;
}

static int say_nothing(TIFF *tiff, void *user, const char *module, const char *format, va_list args)
{
    (void)tiff, (void)user, (void)module, (void)format, (void)args;
    return 1;
}

static TIFF *open_tiff(const struct libtiff *l, struct reading *r)
{
    TIFFOpenOptions *o = l->TIFFOpenOptionsAlloc();
    if (!o)
        return NULL;
    l->TIFFOpenOptionsSetErrorHandlerExtR(o, say_nothing, NULL);
    l->TIFFOpenOptionsSetWarningHandlerExtR(o, say_nothing, NULL);
    l->TIFFOpenOptionsSetMaxSingleMemAlloc(o, (tmsize_t)LIMIT_IMAGE_PIXELS * 4);
    TIFF *tiff =
        l->TIFFClientOpenExt("", "rm", r, read_some, write_nothing, seek, close_nothing, size, NULL, NULL, o);
    l->TIFFOpenOptionsFree(o);
    return tiff;
}

static double resolution(const struct libtiff *l, TIFF *tiff)
{
    float dpi = 0;
    uint16_t unit = RESUNIT_INCH;
    if (!l->TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &dpi))
        return 0;
    l->TIFFGetFieldDefaulted(tiff, TIFFTAG_RESOLUTIONUNIT, &unit);
    return unit == RESUNIT_INCH ? (double)dpi : unit == RESUNIT_CENTIMETER ? (double)dpi * 2.54 : 0;
}

/* libtiff gives colours that are multiplied by their alpha. */
static void divide_by_alpha(unsigned char *at, size_t count)
{
    for (size_t i = 0; i < count; i++, at += 4)
        for (int c = 0; c < 3 && at[3] && at[3] < 255; c++) {
            unsigned value = (at[c] * 255u + at[3] / 2u) / at[3];
            at[c] = (unsigned char)(value > 255 ? 255 : value);
        }
}

static int read_tiff(const struct libtiff *l, struct arena *a, TIFF *tiff, struct pixels *out)
{
    char why[1024];
    uint32_t width = 0, height = 0;
    l->TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
    l->TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
    out->width = width > INT32_MAX ? 0 : (int)width;
    out->height = height > INT32_MAX ? 0 : (int)height;
    out->channels = 4;
    if (pixels_room(a, out) != 0 || !l->TIFFRGBAImageOK(tiff, why))
        return -1;
    /* the words of libtiff's raster hold red in their lowest byte: on our machines that is the first */
    if (!l->TIFFReadRGBAImageOriented(tiff, width, height, (uint32_t *)(void *)out->at, ORIENTATION_TOPLEFT,
                                      1))
        return -1;
    divide_by_alpha(out->at, (size_t)width * height);
    uint16_t photometric = 0;
    uint32_t length = 0;
    void *profile = NULL;
    l->TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric);
    bool rgb = photometric == PHOTOMETRIC_RGB || photometric == PHOTOMETRIC_YCBCR ||
               photometric == PHOTOMETRIC_PALETTE;
    if (rgb && l->TIFFGetField(tiff, TIFFTAG_ICCPROFILE, &length, &profile) && profile)
        out->profile = (struct text){arena_copy(a, profile, length), length};
    out->dpi = resolution(l, tiff);
    out->more_pictures = !l->TIFFLastDirectory(tiff);
    return 0;
}

int pixels_from_tiff(struct arena *a, struct text bytes, struct pixels *out)
{
    struct reading r = {bytes, 0};
    struct libtiff l;
    *out = (struct pixels){0};
    if (library_load(a, LIBRARY_TIFF, tiff_names, &l) != 0)
        return -1;
    TIFF *tiff = open_tiff(&l, &r);
    if (!tiff)
        return -1;
    int rc = read_tiff(&l, a, tiff, out);
    l.TIFFClose(tiff);
    return rc;
}
