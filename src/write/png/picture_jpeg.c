/* JPEG (ITU-T T.81) by libjpeg, which scales while it decodes. */
#include "base/limits.h"
#include "write/png/painter.h"
#include <jerror.h>
#include <jpeglib.h>
#include <setjmp.h>
#include <stdio.h>

enum { SCANS_MOST = 100 /* a scan goes over the whole picture: more are an attack */ };

struct decoder {
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr errors;
    struct jpeg_progress_mgr progress;
    jmp_buf back;
    struct arena *arena;
    const double *wanted;
    struct decoded *out;
    struct shrinker shrinker;
    unsigned char *coded, *rgba; /* a row */
    bool damaged, exhausted;
};

static void decoder_end(void *what)
{
    struct decoder *d = what;
    jpeg_destroy_decompress(&d->jpeg);
}

static struct decoder *decoder_of(j_common_ptr jpeg)
{
    return jpeg->client_data;
}

static void raise_error(j_common_ptr jpeg)
{
    struct decoder *d = decoder_of(jpeg);
    d->exhausted = d->errors.msg_code == JERR_OUT_OF_MEMORY;
    d->damaged = true;
    longjmp(d->back, 1);
}

/* Warnings that tell of lost picture data; others, of odd but whole files, are let go. */
static void hear(j_common_ptr jpeg, int level)
{
    static const int lost[] = {JWRN_HIT_MARKER,  JWRN_HUFF_BAD_CODE,  JWRN_JPEG_EOF,
                               JWRN_MUST_RESYNC, JWRN_NOT_SEQUENTIAL, JWRN_BOGUS_PROGRESSION};
    struct decoder *d = decoder_of(jpeg);
    for (size_t i = 0; level < 0 && i < sizeof lost / sizeof lost[0]; i++)
        d->damaged |= d->errors.msg_code == lost[i];
}

static void print_nothing(j_common_ptr jpeg)
{
    (void)jpeg;
}

static void count_scans(j_common_ptr jpeg)
{
    if (decoder_of(jpeg)->jpeg.input_scan_number > SCANS_MOST)
        raise_error(jpeg);
}

/* The inks of a CMYK row as light; Adobe's programs write them inverted, and so do nearly all others. */
static void from_inks(const unsigned char *from, unsigned char *to, int width, bool inverted)
{
    for (int x = 0; x < width; x++, from += 4, to += 4) {
        unsigned flip = inverted ? 0 : 255, black = from[3] ^ flip;
        for (int i = 0; i < 3; i++)
            to[i] = (unsigned char)((from[i] ^ flip) * black / 255);
        to[3] = 255;
    }
}

/* The header, and what is asked of libjpeg: RGBA, or inks, of the least of its sizes that is large enough. */
static int read_header(struct decoder *d)
{
    struct jpeg_decompress_struct *j = &d->jpeg;
    if (setjmp(d->back))
        return -1;
    jpeg_read_header(j, TRUE);
    d->out->coded_width = (int)j->image_width;
    d->out->coded_height = (int)j->image_height;
    if ((unsigned long)j->image_width * j->image_height > LIMIT_IMAGE_PIXELS) {
        d->out->fault = "is too large";
        return -1;
    }
    bool inks = j->jpeg_color_space == JCS_CMYK || j->jpeg_color_space == JCS_YCCK;
    j->out_color_space = inks ? JCS_CMYK : JCS_EXT_RGBA;
    j->scale_num = 1;
    for (j->scale_denom = 8; j->scale_denom > 1; j->scale_denom /= 2)
        if (j->image_width >= d->wanted[0] * j->scale_denom &&
            j->image_height >= d->wanted[1] * j->scale_denom)
            break;
    jpeg_start_decompress(j);
    return 0;
}

/* Nothing here takes memory of the arena: libjpeg may jump out of it. */
static void read_rows(struct decoder *d)
{
    struct jpeg_decompress_struct *j = &d->jpeg;
    bool inks = j->out_color_space == JCS_CMYK;
    if (setjmp(d->back))
        return;
    while (j->output_scanline < j->output_height) {
        JSAMPROW rows[1] = {d->coded};
        jpeg_read_scanlines(j, rows, 1);
        if (inks)
            from_inks(d->coded, d->rgba, (int)j->output_width, j->saw_Adobe_marker);
        shrink_row(&d->shrinker, inks ? d->rgba : d->coded);
    }
    jpeg_finish_decompress(j);
}

static void decode(struct decoder *d)
{
    if (read_header(d) != 0)
        return;
    int size[2] = {(int)d->jpeg.output_width, (int)d->jpeg.output_height};
    d->coded = arena_array(d->arena, (size_t)size[0], 4);
    d->rgba = arena_array(d->arena, (size_t)size[0], 4);
    shrink_begin(&d->shrinker, d->arena, size, d->wanted, d->out);
    read_rows(d);
}

void picture_decode_jpeg(struct arena *a, struct text bytes, const double wanted[2], struct decoded *out)
{
    struct decoder *d = arena_alloc(a, sizeof *d);
    *d = (struct decoder){.arena = a, .wanted = wanted, .out = out};
    d->jpeg.err = jpeg_std_error(&d->errors);
    d->jpeg.client_data = d;
    d->errors.error_exit = raise_error;
    d->errors.emit_message = hear;
    d->errors.output_message = print_nothing;
    d->progress.progress_monitor = count_scans;
    if (setjmp(d->back) == 0) {
        jpeg_create_decompress(&d->jpeg);
        arena_defer(a, decoder_end, d);
        d->jpeg.progress = &d->progress;
        jpeg_mem_src(&d->jpeg, (const unsigned char *)bytes.at, bytes.length);
        decode(d);
    }
    if (d->exhausted)
        arena_exhausted(a);
    if (d->damaged)
        out->fault = "is damaged";
}
