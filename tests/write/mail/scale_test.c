/* Pictures in fewer pixels: the means, both formats, files that are broken at every place. */
#include "job.h"

#include "write/mail/scale.h"
#include <stdio.h>

#include <jpeglib.h>
#include <png.h>

static void test_means(void **state)
{
    struct job *j = *state;
    unsigned char grey[] = {0, 100, 200, 100, 50, 50, 10, 30};
    struct pixels p = scale_pixels(j->arena, (struct pixels){4, 2, 1, grey}, 2);
    assert_int_equal(p.width, 2);
    assert_int_equal(p.height, 1);
    assert_int_equal(p.at[0], 50);
    assert_int_equal(p.at[1], 85);
    unsigned char clear[] = {255, 0, 9, 0, 10, 20, 30, 255}; /* what can't be seen doesn't count */
    p = scale_pixels(j->arena, (struct pixels){2, 1, 4, clear}, 1);
    assert_int_equal(p.at[0], 10);
    assert_int_equal(p.at[2], 30);
    assert_int_equal(p.at[3], 128);
}

static struct text new_png(struct arena *a, png_uint_32 format)
{
    png_image image = {.version = PNG_IMAGE_VERSION, .width = 60, .height = 40, .format = format};
    unsigned char *pixels = arena_alloc(a, PNG_IMAGE_SIZE(image));
    for (size_t i = 0; i < PNG_IMAGE_SIZE(image); i++)
        pixels[i] = (unsigned char)(i * 7 % 251);
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
    void *bytes = arena_alloc(a, size);
    assert_true(png_image_write_to_memory(&image, bytes, &size, 0, pixels, 0, NULL));
    return (struct text){bytes, size};
}

static struct text new_jpeg(struct arena *a, int channels)
{
    struct jpeg_error_mgr manager;
    struct jpeg_compress_struct c = {.err = jpeg_std_error(&manager)};
    unsigned char *out = NULL, row[90];
    unsigned long length = 0;
    jpeg_create_compress(&c);
    jpeg_mem_dest(&c, &out, &length);
    c.image_width = 30;
    c.image_height = 20;
    c.input_components = channels;
    c.in_color_space = channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(&c);
    jpeg_start_compress(&c, TRUE);
    jpeg_write_marker(&c, JPEG_APP0 + 1, (const JOCTET *)"Exif\0\0turned", 12);
    for (JSAMPROW rows = row; c.next_scanline < 20;) {
        memset(row, (int)c.next_scanline * 10, sizeof row);
        jpeg_write_scanlines(&c, &rows, 1);
    }
    jpeg_finish_compress(&c);
    jpeg_destroy_compress(&c);
    struct text t = {arena_copy(a, out, length), length};
    free(out);
    return t;
}

static bool holds(struct text t, const char *what)
{
    size_t n = strlen(what);
    for (size_t i = 0; i + n <= t.length; i++)
        if (memcmp(t.at + i, what, n) == 0)
            return true;
    return false;
}

static void test_png(void **state)
{
    struct job *j = *state;
    static const png_uint_32 formats[] = {PNG_FORMAT_GRAY, PNG_FORMAT_GA, PNG_FORMAT_RGB, PNG_FORMAT_RGBA};
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        struct text t = scale_png(j->arena, new_png(j->arena, formats[i]), 30);
        png_image image = {.version = PNG_IMAGE_VERSION};
        assert_true(png_image_begin_read_from_memory(&image, t.at, t.length));
        assert_int_equal(image.width, 30);
        assert_int_equal(image.height, 20);
        assert_int_equal(image.format, formats[i]);
        png_image_free(&image);
    }
}

static void test_jpeg(void **state)
{
    struct job *j = *state;
    for (int channels = 1; channels <= 3; channels += 2) {
        struct text t = scale_jpeg(j->arena, new_jpeg(j->arena, channels), 10, 80);
        assert_true(text_starts(t, "\xFF\xD8"));
        assert_true(holds(t, "turned"));
        assert_true(text_equal(t, scale_jpeg(j->arena, new_jpeg(j->arena, channels), 10, 80)));
    }
}

static void test_broken(void **state)
{
    struct job *j = *state;
    struct text png = new_png(j->arena, PNG_FORMAT_RGB), jpeg = new_jpeg(j->arena, 3);
    for (size_t i = 0; i < png.length; i += 5)
        scale_png(j->arena, text_slice(png, 0, i), 30);
    for (size_t i = 0; i < jpeg.length; i += 5)
        scale_jpeg(j->arena, text_slice(jpeg, 0, i), 10, 80);
    assert_int_equal(scale_png(j->arena, TEXT("no picture"), 10).length, 0);
    assert_int_equal(scale_jpeg(j->arena, TEXT("no picture"), 10, 80).length, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {JOB_TEST(test_means), JOB_TEST(test_png), JOB_TEST(test_jpeg),
                                       JOB_TEST(test_broken)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
