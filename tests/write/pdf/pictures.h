/* pictures.h - PNG and JPEG files of every kind, made in memory for tests. */
#ifndef OCTAVO_TESTS_WRITE_PDF_PICTURES_H
#define OCTAVO_TESTS_WRITE_PDF_PICTURES_H

#include "base/buf.h"
#include "document/document.h"
#include <stdio.h>

#include <jpeglib.h>
#include <png.h>
#include <stdlib.h>

enum { PICTURE_WIDTH = 37, PICTURE_HEIGHT = 23 };

struct picture_kind {
    const char *name;
    int type, depth, interlace; /* PNG; type -1: a JPEG of `depth` components, progressive when interlace */
    bool transparent;           /* a tRNS chunk */
};

static const struct picture_kind picture_kinds[] = {
    {"gray1.png", PNG_COLOR_TYPE_GRAY, 1, 0, false},
    {"gray8.png", PNG_COLOR_TYPE_GRAY, 8, 0, false},
    {"gray16.png", PNG_COLOR_TYPE_GRAY, 16, 0, false},
    {"rgb8.png", PNG_COLOR_TYPE_RGB, 8, 0, false},
    {"rgb16.png", PNG_COLOR_TYPE_RGB, 16, 0, false},
    {"palette4.png", PNG_COLOR_TYPE_PALETTE, 4, 0, false},
    {"palette-clear.png", PNG_COLOR_TYPE_PALETTE, 8, 0, true},
    {"interlaced.png", PNG_COLOR_TYPE_RGB, 8, 1, false},
    {"gray-alpha.png", PNG_COLOR_TYPE_GRAY_ALPHA, 8, 0, false},
    {"rgb-alpha.png", PNG_COLOR_TYPE_RGB_ALPHA, 8, 0, false},
    {"rgb-alpha16.png", PNG_COLOR_TYPE_RGB_ALPHA, 16, 1, false},
    {"gray.jpg", -1, 1, 0, false},
    {"rgb.jpg", -1, 3, 0, false},
    {"progressive.jpg", -1, 3, 1, false},
    {"cmyk.jpg", -1, 4, 0, false},
};
enum { PICTURE_KINDS = sizeof picture_kinds / sizeof *picture_kinds };

static void picture_write(png_structp png, png_bytep bytes, size_t length)
{
    buf_add(png_get_io_ptr(png), bytes, length);
}

static inline void picture_png(struct buf *out, const struct picture_kind *k)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(png, out, picture_write, NULL);
    png_set_IHDR(png, info, PICTURE_WIDTH, PICTURE_HEIGHT, k->depth, k->type, k->interlace, 0, 0);
    png_color palette[16];
    png_byte alpha[16];
    for (int i = 0; i < 16; i++) {
        palette[i] = (png_color){(png_byte)(i * 16), (png_byte)(255 - i * 16), 128};
        alpha[i] = (png_byte)(i * 17);
    }
    if (k->type == PNG_COLOR_TYPE_PALETTE)
        png_set_PLTE(png, info, palette, 16);
    if (k->transparent)
        png_set_tRNS(png, info, alpha, 16, NULL);
    png_write_info(png, info);
    size_t row = png_get_rowbytes(png, info);
    png_bytep rows[PICTURE_HEIGHT];
    for (int y = 0; y < PICTURE_HEIGHT; y++) {
        rows[y] = malloc(row);
        for (size_t x = 0; x < row; x++)
            rows[y][x] =
                (png_byte)(k->type == PNG_COLOR_TYPE_PALETTE ? (x + (size_t)y) % 16 * (k->depth == 4 ? 17 : 1)
                                                             : x * 5 + (size_t)y * 9);
    }
    png_write_image(png, rows);
    png_write_end(png, info);
    for (int y = 0; y < PICTURE_HEIGHT; y++)
        free(rows[y]);
    png_destroy_write_struct(&png, &info);
}

static inline void picture_jpeg(struct buf *out, const struct picture_kind *k)
{
    struct jpeg_compress_struct c;
    struct jpeg_error_mgr errors;
    unsigned char *bytes = NULL, row[PICTURE_WIDTH * 4];
    unsigned long length = 0;
    c.err = jpeg_std_error(&errors);
    jpeg_create_compress(&c);
    jpeg_mem_dest(&c, &bytes, &length);
    c.image_width = PICTURE_WIDTH;
    c.image_height = PICTURE_HEIGHT;
    c.input_components = k->depth;
    c.in_color_space = k->depth == 1 ? JCS_GRAYSCALE : k->depth == 3 ? JCS_RGB : JCS_CMYK;
    jpeg_set_defaults(&c);
    if (k->interlace)
        jpeg_simple_progression(&c);
    jpeg_start_compress(&c, TRUE);
    for (int y = 0; y < PICTURE_HEIGHT; y++) {
        for (int x = 0; x < PICTURE_WIDTH * k->depth; x++)
            row[x] = (unsigned char)(x * 3 + y * 7);
        JSAMPROW rows[1] = {row};
        jpeg_write_scanlines(&c, rows, 1);
    }
    jpeg_finish_compress(&c);
    jpeg_destroy_compress(&c);
    buf_add(out, bytes, length);
    free(bytes);
}

static inline struct resource *picture_make(struct arena *a, const struct picture_kind *k)
{
    struct buf *b = buf_new(a);
    if (k->type < 0)
        picture_jpeg(b, k);
    else
        picture_png(b, k);
    struct resource *r = arena_alloc(a, sizeof *r);
    *r = (struct resource){
        .name = k->name, .bytes = buf_view(b), .width_px = PICTURE_WIDTH, .height_px = PICTURE_HEIGHT};
    return r;
}

#endif
