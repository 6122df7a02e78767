/* JPEG (ITU-T T.81) by libjpeg, which scales while it decodes. */
#include "base/limits.h"
#include "document/jpeg_guard.h"
#include "write/png/painter.h"

struct decoder {
    struct jpeg_decompress_struct jpeg;
    struct jpeg_guard guard;
    struct jpeg_progress_mgr progress;
    struct arena *arena;
    const double *wanted;
    struct decoded *out;
    struct shrinker shrinker;
    unsigned char *coded, *rgba; /* a row */
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

static void count_scans(j_common_ptr jpeg)
{
    if (decoder_of(jpeg)->jpeg.input_scan_number > LIMIT_JPEG_SCANS)
        decoder_of(jpeg)->guard.manager.error_exit(jpeg);
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
    if (setjmp(d->guard.back))
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
    if (setjmp(d->guard.back))
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
    d->jpeg.err = jpeg_guard_begin(&d->guard);
    d->jpeg.client_data = d;
    d->progress.progress_monitor = count_scans;
    if (setjmp(d->guard.back) == 0) {
        jpeg_create_decompress(&d->jpeg);
        arena_defer(a, decoder_end, d);
        d->jpeg.progress = &d->progress;
        jpeg_mem_src(&d->jpeg, (const unsigned char *)bytes.at, bytes.length);
        decode(d);
    }
    if (d->guard.exhausted)
        arena_exhausted(a);
    if (d->guard.damaged)
        out->fault = "is damaged";
}
