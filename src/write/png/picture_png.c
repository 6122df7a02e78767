/* PNG (ISO/IEC 15948) by libpng, row by row. */
#include "base/limits.h"
#include "write/png/painter.h"
#include <png.h>
#include <stdlib.h>

/* Everything that libpng may leave half done, since its errors jump. */
struct decoder {
    struct arena *arena;
    png_structp png;
    png_infop info;
    struct text bytes;
    size_t at;
    unsigned char *rows; /* malloc: one row, or all of an interlaced picture */
    bool exhausted;
};

enum { INTERLACED_PIXELS = 64 * 1024 * 1024 /* that many are held at once */ };

static void decoder_end(void *what)
{
    struct decoder *d = what;
    png_destroy_read_struct(&d->png, &d->info, NULL);
    free(d->rows);
}

static void give_bytes(png_structp png, png_bytep to, size_t length)
{
    struct decoder *d = png_get_io_ptr(png);
    if (length > d->bytes.length - d->at)
        png_error(png, "end");
    memcpy(to, d->bytes.at + d->at, length);
    d->at += length;
}

static void quiet(png_structp png, png_const_charp text)
{
    (void)png, (void)text;
}

static void raise_error(png_structp png, png_const_charp text)
{
    (void)text;
    png_longjmp(png, 1);
}

/* Rows of red, green, blue and alpha of 8 bits each. */
static void ask_for_rgba(struct decoder *d)
{
    png_set_expand(d->png);
    png_set_scale_16(d->png);
    png_set_gray_to_rgb(d->png);
    png_set_add_alpha(d->png, 255, PNG_FILLER_AFTER);
}

/* The header. 0, or -1 with a fault. */
static int read_header(struct decoder *d, struct decoded *out)
{
    if (setjmp(png_jmpbuf(d->png))) {
        out->fault = "is damaged";
        return -1;
    }
    png_set_read_fn(d->png, d, give_bytes);
    png_set_user_limits(d->png, 0x7FFFFFFF, 0x7FFFFFFF);
    png_read_info(d->png, d->info);
    uint64_t width = png_get_image_width(d->png, d->info), height = png_get_image_height(d->png, d->info);
    bool interlaced = png_get_interlace_type(d->png, d->info) != PNG_INTERLACE_NONE;
    if (width > LIMIT_IMAGE_PIXELS || height > LIMIT_IMAGE_PIXELS ||
        width * height > (interlaced ? INTERLACED_PIXELS : LIMIT_IMAGE_PIXELS)) {
        out->fault = "is too large";
        return -1;
    }
    out->coded_width = (int)width;
    out->coded_height = (int)height;
    return 0;
}

/* The rows, through the shrinker. Nothing here takes memory of the arena: libpng may jump out of it. */
static void read_rows(struct decoder *d, struct shrinker *s, struct decoded *out)
{
    size_t row = (size_t)out->coded_width * 4, height = (size_t)out->coded_height;
    if (setjmp(png_jmpbuf(d->png))) {
        out->fault = "is damaged";
        return;
    }
    ask_for_rgba(d);
    size_t passes = (size_t)png_set_interlace_handling(d->png);
    png_read_update_info(d->png, d->info);
    d->rows = png_get_rowbytes(d->png, d->info) == row ? calloc(passes > 1 ? height : 1, row) : NULL;
    d->exhausted = !d->rows;
    for (size_t pass = 0; d->rows && pass < passes; pass++)
        for (size_t y = 0; y < height; y++) {
            unsigned char *to = d->rows + (passes > 1 ? y * row : 0);
            png_read_row(d->png, to, NULL);
            if (pass + 1 == passes)
                shrink_row(s, to);
        }
    png_read_end(d->png, NULL);
}

void picture_decode_png(struct arena *a, struct text bytes, const double wanted[2], struct decoded *out)
{
    struct decoder *d = arena_alloc(a, sizeof *d);
    d->bytes = bytes;
    arena_defer(a, decoder_end, d);
    d->png = arena_must(a, png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, raise_error, quiet));
    d->info = arena_must(a, png_create_info_struct(d->png));
    if (read_header(d, out) != 0)
        return;
    struct shrinker s;
    shrink_begin(&s, a, (int[2]){out->coded_width, out->coded_height}, wanted, out);
    read_rows(d, &s, out);
    if (d->exhausted)
        arena_exhausted(a);
}
