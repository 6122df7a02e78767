/* Pictures of each kind, made here by the same libraries, come out as books can have them. */
#include "job.h"
#include "refine/image_fit.h"
#include "refine/image_pixels.h"
#include "refine/image_strip.h"
#include "refine/image_svg.h"
#include <gif_lib.h>
#include <stdio.h>
#include <stdlib.h>
#include <tiffio.h>
#include <webp/encode.h>

#include <jpeglib.h>
#include <png.h>

/* ---- making pictures */

/* A field with another colour in each corner: it shows how it was turned. */
static struct pixels field(struct arena *a, int width, int height, int channels)
{
    static const unsigned char corners[4][4] = {
        {250, 0, 0, 255}, {0, 250, 0, 255}, {0, 0, 250, 255}, {250, 250, 250, 255}};
    struct pixels p = {.width = width, .height = height, .channels = channels};
    assert_int_equal(pixels_room(a, &p), 0);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            memcpy(p.at + (size_t)channels * (size_t)(y * width + x),
                   corners[(x >= width / 2) + 2 * (y >= height / 2)], (size_t)channels);
    return p;
}

/* A segment of a JPEG put behind its beginning. */
static struct text with_segment(struct arena *a, struct text jpeg, unsigned char marker, struct text data)
{
    struct buf *b = buf_new(a);
    buf_add(b, jpeg.at, 2);
    buf_byte(b, (char)0xFF);
    buf_byte(b, (char)marker);
    buf_byte(b, (char)((data.length + 2) >> 8));
    buf_byte(b, (char)((data.length + 2) & 0xFF));
    buf_text(b, data);
    buf_text(b, text_slice(jpeg, 2, jpeg.length));
    return buf_view(b);
}

static struct text turned_jpeg(struct arena *a, char orientation)
{
    char exif[] = "Exif\0\0MM\0*\0\0\0\10\0\1\1\22\0\3\0\0\0\1\0\0\0\0\0\0\0\0";
    exif[25] = orientation;
    struct pixels p = field(a, 40, 20, 3);
    return with_segment(a, pixels_jpeg(a, &p, 95), 0xE1, (struct text){exif, sizeof exif - 1});
}

static struct text ink_jpeg(struct arena *a)
{
    struct jpeg_error_mgr errors;
    struct jpeg_compress_struct j = {.err = jpeg_std_error(&errors)};
    unsigned char *bytes = NULL;
    unsigned long length = 0;
    jpeg_create_compress(&j);
    jpeg_mem_dest(&j, &bytes, &length);
    j.image_width = j.image_height = 8;
    j.input_components = 4;
    j.in_color_space = JCS_CMYK;
    jpeg_set_defaults(&j);
    jpeg_start_compress(&j, TRUE);
    unsigned char row[32];
    for (int i = 0; i < 32; i++)
        row[i] = i % 4 == 1 || i % 4 == 2 ? 0 : 255; /* Adobe's: magenta and yellow in full, inverted */
    JSAMPROW rows[1] = {row};
    while (j.next_scanline < 8)
        jpeg_write_scanlines(&j, rows, 1);
    jpeg_finish_compress(&j);
    jpeg_destroy_compress(&j);
    struct text t = {arena_copy(a, bytes, length), length};
    free(bytes);
    return t;
}

static struct text deep_png(struct arena *a)
{
    png_image image = {
        .version = PNG_IMAGE_VERSION, .width = 4, .height = 4, .format = PNG_FORMAT_LINEAR_RGB};
    png_uint_16 linear[48];
    for (int i = 0; i < 48; i++)
        linear[i] = (png_uint_16)(i % 3 ? 0 : 65535);
    png_alloc_size_t length = 4096;
    char *bytes = arena_alloc(a, length);
    assert_true(png_image_write_to_memory(&image, bytes, &length, 0, linear, 0, NULL));
    return (struct text){bytes, length};
}

static struct text webp(struct arena *a, bool lossless)
{
    struct pixels p = field(a, 40, 20, 3);
    uint8_t *bytes = NULL;
    size_t length = lossless ? WebPEncodeLosslessRGB(p.at, 40, 20, 120, &bytes)
                             : WebPEncodeRGB(p.at, 40, 20, 120, 80, &bytes);
    struct text t = {arena_copy(a, bytes, length), length};
    WebPFree(bytes);
    return t;
}

static int gather(GifFileType *gif, const GifByteType *bytes, int length)
{
    buf_add(gif->UserData, bytes, (size_t)length);
    return length;
}

static struct text gif(struct arena *a, int pictures)
{
    static const GifColorType colours[2] = {{255, 0, 0}, {0, 0, 255}};
    struct buf *b = buf_new(a);
    int error;
    GifFileType *g = EGifOpen(b, gather, &error);
    ColorMapObject *map = GifMakeMapObject(2, colours);
    assert_int_equal(EGifPutScreenDesc(g, 4, 4, 1, 0, map), GIF_OK);
    for (int k = 0; k < pictures; k++) {
        GifByteType rows[16] = {0, 1, 0, 1};
        assert_int_equal(EGifPutImageDesc(g, 0, 0, 4, 4, false, NULL), GIF_OK);
        for (int y = 0; y < 4; y++)
            assert_int_equal(EGifPutLine(g, rows + 4 * y, 4), GIF_OK);
    }
    GifFreeMapObject(map);
    EGifCloseFile(g, &error);
    return buf_view(b);
}

static struct text tiff(struct arena *a)
{
    char name[] = "/tmp/octavo-tiff-XXXXXX";
    int file = mkstemp(name);
    TIFF *t = TIFFFdOpen(file, name, "w");
    unsigned char row[12] = {255, 0, 0, 255, 0, 0, 255, 0, 0, 0, 0, 255};
    TIFFSetField(t, TIFFTAG_IMAGEWIDTH, 4);
    TIFFSetField(t, TIFFTAG_IMAGELENGTH, 2);
    TIFFSetField(t, TIFFTAG_BITSPERSAMPLE, 8);
    TIFFSetField(t, TIFFTAG_SAMPLESPERPIXEL, 3);
    TIFFSetField(t, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB);
    TIFFSetField(t, TIFFTAG_XRESOLUTION, 300.0);
    TIFFSetField(t, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    for (uint32_t y = 0; y < 2; y++)
        TIFFWriteScanline(t, row, y, 0);
    TIFFClose(t);
    FILE *in = fopen(name, "rb");
    char *bytes = arena_alloc(a, 4096);
    size_t length = fread(bytes, 1, 4096, in);
    fclose(in);
    remove(name);
    return (struct text){bytes, length};
}

/* ---- looking at them */

static struct fit fitted(struct arena *a, struct text bytes)
{
    struct image_header h;
    struct fit fit;
    assert_int_equal(image_header_read(a, bytes, &h), 0);
    assert_int_equal(image_fit(a, bytes, &h, &fit), 0);
    struct image_header again;
    assert_int_equal(image_header_read(a, fit.bytes, &again), 0);
    assert_string_equal(again.media_type, fit.header.media_type);
    assert_int_equal(again.width_px, fit.header.width_px);
    assert_int_equal(again.height_px, fit.header.height_px);
    return fit;
}

static void pixel_is(struct arena *a, const struct fit *fit, int x, int y, int red, int green, int blue)
{
    struct pixels p;
    bool jpeg = strcmp(fit->header.media_type, "image/jpeg") == 0;
    assert_int_equal(
        jpeg ? pixels_from_jpeg(a, fit->bytes, 1 << 20, 1 << 20, &p) : pixels_from_png(a, fit->bytes, &p), 0);
    const unsigned char *at = p.at + (size_t)p.channels * (size_t)(y * p.width + x);
    int want[3] = {red, green, blue};
    for (int c = 0; c < 3; c++)
        assert_in_range(at[p.channels < 3 ? 0 : c], want[c] > 12 ? want[c] - 12 : 0, want[c] + 12);
}

/* ---- the tests */

static void what_fits_stays(void **state)
{
    struct arena *a = ((struct job *)*state)->arena;
    struct pixels p = field(a, 40, 20, 3);
    struct text jpeg = pixels_jpeg(a, &p, 90), png = pixels_png(a, &p);
    assert_ptr_equal(fitted(a, jpeg).bytes.at, jpeg.at);
    assert_ptr_equal(fitted(a, png).bytes.at, png.at);
    assert_int_equal(fitted(a, png).done, 0);
}

static void metadata_go(void **state)
{
    struct arena *a = ((struct job *)*state)->arena;
    struct pixels p = field(a, 40, 20, 3);
    struct text jpeg = pixels_jpeg(a, &p, 90), extended = with_segment(a, jpeg, 0xFE, TEXT("at 52 N 13 E"));
    extended = with_segment(a, extended, 0xE1, TEXT("http://ns.adobe.com/xap/1.0/"));
    struct buf *film = buf_new(a);
    buf_text(film, extended);
    buf_string(film, "a film behind the picture");
    struct text clean = fitted(a, buf_view(film)).bytes;
    assert_int_equal(clean.length, jpeg.length);
    assert_memory_equal(clean.at, jpeg.at, jpeg.length);
    struct text broken = text_slice(jpeg, 0, jpeg.length / 2);
    assert_ptr_equal(strip_jpeg(a, broken).at, broken.at);
}

static void damage_is_seen(void **state)
{
    struct arena *a = ((struct job *)*state)->arena;
    struct pixels p = field(a, 40, 20, 3);
    struct text jpeg = pixels_jpeg(a, &p, 90), png = pixels_png(a, &p);
    assert_true(image_is_whole(jpeg, "image/jpeg"));
    assert_true(image_is_whole(png, "image/png"));
    for (size_t n = 1; n <= 20; n++)
        assert_false(image_is_whole(text_slice(png, 0, png.length - n), "image/png"));
    for (size_t n = 1; n <= jpeg.length - 2; n++)
        assert_false(image_is_whole(text_slice(jpeg, 0, jpeg.length - n), "image/jpeg"));
    for (size_t at = 8; at < png.length; at++) {
        char *changed = arena_copy(a, png.at, png.length);
        changed[at] ^= 1;
        assert_false(image_is_whole((struct text){changed, png.length}, "image/png"));
    }
}

static void large_ones_are_scaled(void **state)
{
    struct arena *a = ((struct job *)*state)->arena;
    struct pixels wide = field(a, 6400, 10, 3), large = field(a, 3000, 3000, 1),
                  drawing = field(a, 40, 4000, 4);
    struct fit fit = fitted(a, pixels_jpeg(a, &wide, 90));
    assert_int_equal(fit.done, FIT_SCALED);
    assert_int_equal(fit.header.width_px, 3200);
    assert_int_equal(fit.header.height_px, 5);
    fit = fitted(a, pixels_jpeg(a, &large, 90));
    assert_in_range(fit.header.width_px * fit.header.height_px, 5580000, 5600000);
    assert_string_equal(fit.header.media_type, "image/jpeg");
    fit = fitted(a, pixels_png(a, &drawing));
    assert_int_equal(fit.header.height_px, 3200);
    assert_string_equal(fit.header.media_type, "image/png");
    pixel_is(a, &fit, 2, 10, 250, 0, 0);
    pixel_is(a, &fit, 30, 3190, 250, 250, 250);
}

/* Noise, which no compression makes small. */
static struct pixels noise(struct arena *a, int width, int height, int channels)
{
    struct pixels p = field(a, width, height, channels);
    uint32_t random = 1;
    for (size_t i = 0; i < (size_t)width * (size_t)height * (size_t)channels; i++) {
        random = random * 1664525u + 1013904223u;
        p.at[i] = (unsigned char)(random >> 24);
    }
    return p;
}

/* The message is images.heavy. */
static void heavy_ones_are_made_light(void **state)
{
    struct arena *a = ((struct job *)*state)->arena;
    struct pixels opaque = noise(a, 1600, 1300, 3), clear = noise(a, 1600, 1300, 4);
    struct text png = pixels_png(a, &opaque);
    assert_true(png.length > 5000000);
    struct fit fit = fitted(a, png);
    assert_int_equal(fit.done, FIT_LIGHTENED);
    assert_string_equal(fit.header.media_type, "image/jpeg");
    assert_int_equal(fit.header.width_px, 1600);
    assert_true(fit.bytes.length <= 5000000);
    fit = fitted(a, pixels_png(a, &clear));
    assert_int_equal(fit.done, FIT_LIGHTENED);
    assert_string_equal(fit.header.media_type, "image/png");
    assert_true(fit.header.has_alpha && fit.bytes.length <= 5000000);
    assert_in_range(fit.header.width_px, 900, 1599);
    struct text jpeg = pixels_jpeg(a, &opaque, 100);
    if (jpeg.length > 5000000)
        assert_true(fitted(a, jpeg).bytes.length <= 5000000);
}

static void turned_ones_are_set_upright(void **state)
{
    struct arena *a = ((struct job *)*state)->arena;
    /* Which corner of the stored picture is the upper left of the upright one: EXIF 2.3 §4.6.4. */
    static const int first[9][3] = {
        [2] = {0, 250, 0}, [3] = {250, 250, 250}, [4] = {0, 0, 250}, [5] = {250, 0, 0},
        [6] = {0, 0, 250}, [7] = {250, 250, 250}, [8] = {0, 250, 0}};
    static const int second[9][3] = {
        [2] = {250, 0, 0}, [3] = {0, 0, 250}, [4] = {250, 250, 250}, [5] = {0, 0, 250},
        [6] = {250, 0, 0}, [7] = {0, 250, 0}, [8] = {250, 250, 250}};
    for (int k = 2; k <= 8; k++) {
        struct fit fit = fitted(a, turned_jpeg(a, (char)k));
        assert_int_equal(fit.done, FIT_TURNED);
        assert_int_equal(fit.header.width_px, k > 4 ? 20 : 40);
        pixel_is(a, &fit, 2, 2, first[k][0], first[k][1], first[k][2]);
        pixel_is(a, &fit, fit.header.width_px - 3, 2, second[k][0], second[k][1], second[k][2]);
    }
    assert_int_equal(fitted(a, turned_jpeg(a, 1)).done, 0);
}

static void other_kinds_are_converted(void **state)
{
    struct arena *a = ((struct job *)*state)->arena;
    struct fit fit = fitted(a, ink_jpeg(a));
    assert_int_equal(fit.done, FIT_CONVERTED);
    assert_int_equal(fit.header.channels, 3);
    pixel_is(a, &fit, 4, 4, 227, 6, 19);
    fit = fitted(a, deep_png(a));
    assert_int_equal(fit.header.depth, 8);
    pixel_is(a, &fit, 1, 1, 255, 0, 0);
    fit = fitted(a, webp(a, true));
    assert_string_equal(fit.header.media_type, "image/png");
    pixel_is(a, &fit, 30, 2, 0, 250, 0);
    fit = fitted(a, webp(a, false));
    assert_int_equal(fit.done, FIT_CONVERTED);
    fit = fitted(a, gif(a, 1));
    assert_int_equal(fit.done, FIT_CONVERTED);
    pixel_is(a, &fit, 1, 0, 0, 0, 255);
    assert_int_equal(fitted(a, gif(a, 2)).done, FIT_CONVERTED | FIT_FIRST_ONLY);
    fit = fitted(a, tiff(a));
    assert_int_equal((int)fit.header.dpi, 300);
    pixel_is(a, &fit, 3, 1, 0, 0, 255);
}

static void broken_ones_do_no_harm(void **state)
{
    struct arena *a = ((struct job *)*state)->arena;
    struct text kinds[] = {turned_jpeg(a, 6), ink_jpeg(a), deep_png(a), webp(a, true),
                           webp(a, false),    gif(a, 2),   tiff(a)};
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++)
        for (size_t at = 0; at < kinds[k].length; at += 1 + at / 16) {
            char *copy = arena_copy(a, kinds[k].at, kinds[k].length);
            struct text half = text_slice(kinds[k], 0, at), hurt = {copy, kinds[k].length};
            copy[at] = (char)(copy[at] ^ 0x55);
            struct image_header h;
            struct fit fit;
            if (image_header_read(a, half, &h) == 0)
                image_fit(a, half, &h, &fit);
            if (image_header_read(a, hurt, &h) == 0)
                image_fit(a, hurt, &h, &fit);
        }
}

static void drawings_are_cleaned(void **state)
{
    struct arena *a = ((struct job *)*state)->arena;
    struct text clean = svg_clean(
        a,
        TEXT("<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY e 'x'>]><!-- mine -->"
             "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' "
             "xmlns:ink='http://ink.example' onload='go()' ink:version='1' viewBox='0 0 9 "
             "9'><script>go()</script>"
             "<style>@import 'a.css'; rect { fill: url(#g); background: URL( 'http://a.example/b') }</style>"
             "<ink:view/><metadata/><rect onClick='go()' fill='url(#g)' style='fill:url(x.svg#g)'/>"
             "<use href='#g'/><use href='other.svg#g'/><image xlink:href='http://a.example/b.png'/>"
             "<image href='data:image/png;base64,AAAA'/><a href='javascript:go()'><text>kept &amp; "
             "said</text></a>"
             "<set attributeName='href' to='javascript:go()'/></svg>"));
    static const char *const kept[] = {"viewBox=\"0 0 9 9\"", "fill=\"url(#g)\"", "fill: url(#g)",
                                       "href=\"#g\"",         "data:image/png",   "kept &amp; said"};
    static const char *const gone[] = {"go()",    "script", "onload",    "ink:",     "metadata",
                                       "example", "import", "other.svg", "<image/>", "<use/>",
                                       "x.svg",   "<a",     "DOCTYPE",   "mine",     "<set"};
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        assert_non_null(strstr(clean.at, kept[i]));
    for (size_t i = 0; i < sizeof gone / sizeof gone[0]; i++)
        if (strstr(clean.at, gone[i]))
            fail_msg("%s stands in %s", gone[i], clean.at);
    assert_int_equal(svg_clean(a, TEXT("<svg><g></svg>")).length, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) JOB_TEST(name)
        T(what_fits_stays),
        T(metadata_go),
        T(large_ones_are_scaled),
        T(turned_ones_are_set_upright),
        T(damage_is_seen),
        T(other_kinds_are_converted),
        T(broken_ones_do_no_harm),
        T(drawings_are_cleaned),
        T(heavy_ones_are_made_light),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
