#include "write/png/png.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/pool.h"
#include "write/png/painter.h"
#include "write/png/ranges.h"
#include <math.h>

enum {
    SIDE_MOST = 32767, /* cairo's coordinates */
    FOLD_COLOR = 0xD0D0D0,
    WHITE = 0xFFFFFF
};

/* ---- the plan */

int png_check(struct messages *m, const struct png_options *o)
{
    if (o->dpi < PNG_DPI_LEAST || o->dpi > PNG_DPI_MOST) {
        message(m, SEVERITY_USAGE, "usage.value", NULL, "--dpi takes a number from %d to %d, not %d.",
                PNG_DPI_LEAST, PNG_DPI_MOST, o->dpi);
        return -1;
    }
    struct text rest = text_of(o->ranges);
    uint32_t from, to;
    bool bad = false;
    while (o->ranges && range_next(&rest, &from, &to, &bad))
        continue;
    if (bad)
        message(m, SEVERITY_USAGE, "usage.value", NULL,
                "--pages takes numbers of pages and ranges of them, as in 1-3,7,10-, not %s.", o->ranges);
    return bad ? -1 : 0;
}

/* Marks the pages that the ranges choose; without ranges the first, or all. Gives how many, or -1. */
static long choose(const struct document *d, const struct pages *p, const char *ranges, bool all,
                   bool *chosen)
{
    struct text rest = text_of(ranges ? ranges : all ? "1-" : "1");
    uint32_t from, to;
    bool bad = false;
    long count = 0;
    while (range_next(&rest, &from, &to, &bad)) {
        uint32_t last = to == UINT32_MAX ? p->count : to;
        if (from > p->count || last > p->count) {
            message(d->messages, SEVERITY_USAGE, "usage.value", NULL,
                    p->count == 1 ? "--pages asks for page %u, but there is only one."
                                  : "--pages asks for page %u, but there are %u.",
                    from > p->count ? from : last, p->count);
            return -1;
        }
        for (uint32_t i = from - 1; i < last; i++) {
            count += !chosen[i];
            chosen[i] = true;
        }
    }
    return count;
}

/* Does page i lie side by side with the one behind it? */
static bool faces_next(const struct pages *p, uint32_t i)
{
    return i + 1 < p->count && p->pages[i].left && !p->pages[i + 1].left;
}

static int check_size(const struct document *d, const struct png_picture *picture, uint32_t number, int dpi)
{
    double width = picture->left->width_pt + (picture->right ? picture->right->width_pt : 0);
    double height = picture->left->height_pt;
    width *= dpi / 72.0;
    height *= dpi / 72.0;
    if (width <= SIDE_MOST && height <= SIDE_MOST && width * height <= (double)LIMIT_IMAGE_PIXELS)
        return 0;
    message(d->messages, SEVERITY_USAGE, "png.size", NULL,
            "Page %u would be %.0f pixels wide and %.0f high, which is too large for a picture. Give a "
            "smaller --dpi than %d.",
            number, width, height, dpi);
    return -1;
}

int png_plan(const struct document *d, const struct pages *p, const char *path, const struct png_options *o,
             struct png_plan *out)
{
    struct arena *a = d->arena;
    bool pattern = number_place(path).length > 0;
    bool *chosen = arena_array(a, (size_t)p->count + 1, sizeof *chosen);
    if (choose(d, p, o->ranges, pattern, chosen) < 0)
        return -1;
    out->pictures = arena_array(a, (size_t)p->count + 1, sizeof *out->pictures);
    out->count = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        bool pair = o->spread && faces_next(p, i);
        uint32_t number = i + 1;
        const struct page *left = &p->pages[i];
        bool wanted = chosen[i];
        if (pair)
            wanted |= chosen[++i];
        if (!wanted)
            continue;
        struct png_picture *picture = &out->pictures[out->count++];
        *picture = (struct png_picture){numbered_name(a, path, number), left, pair ? left + 1 : NULL};
        if (check_size(d, picture, number, o->dpi) != 0)
            return -1;
    }
    if (out->count == 1 && !pattern)
        out->pictures[0].path = path;
    return 0;
}

/* ---- painting: each picture on one thread with an arena of its own */

struct job {
    const struct png_picture *picture;
    int dpi;
    struct failure failure;
    struct arena *arena;
    struct text bytes;
    struct picture_fault *faults;
    bool done;
};

static int in_pixels(double pt, double scale)
{
    int px = (int)ceil(pt * scale - 0.001);
    return px < 1 ? 1 : px;
}

static void paint(void *user, size_t i)
{
    struct job *j = (struct job *)user + i;
    if (setjmp(j->failure.back))
        return;
    const struct page *left = j->picture->left, *right = j->picture->right;
    struct painter p = {.scale = j->dpi / 72.0};
    int width = in_pixels(left->width_pt, p.scale), height = in_pixels(left->height_pt, p.scale);
    int both = width + (right ? in_pixels(right->width_pt, p.scale) : 0);
    painter_begin(&p, j->arena, both, height, WHITE);
    painter_page(&p, left, 0, 0);
    if (right) {
        painter_page(&p, right, width, 0);
        painter_fill(&p, (double[4]){width - 1, 0, 1, height}, FOLD_COLOR);
    }
    j->bytes = png_encode(j->arena, &p.pixels, j->dpi, false);
    j->faults = p.faults;
    j->done = true;
}

static void tell_faults(const struct document *d, const struct job *j, struct hash *told)
{
    for (const struct picture_fault *f = j->faults; f; f = f->next) {
        struct place at = resource_place(d, f->resource);
        if (hash_put(told, text_of(f->resource->name), told))
            continue;
        message(d->messages, SEVERITY_LOST, "png.image", &at,
                "The picture %s %s; it is left out of the page. Save it anew as PNG or JPEG.",
                f->resource->name, f->why);
    }
}

static int write_one(struct outputs *all, const struct job *j)
{
    struct output *out = outputs_open(all, j->picture->path);
    return out && output_write(out, j->bytes.at, j->bytes.length) == 0 && output_close(out) == 0 ? 0 : -1;
}

static void end_arena(void *what)
{
    arena_free(what);
}

int png_write(const struct document *d, const struct png_plan *plan, const struct png_options *o,
              struct outputs *all)
{
    size_t most = 2 * (size_t)(o->threads < 1 ? 1 : o->threads);
    struct job *jobs = arena_array(d->arena, most, sizeof *jobs);
    struct hash *told = hash_new(d->arena);
    for (size_t i = 0; i < most; i++) {
        jobs[i].arena = arena_must(d->arena, arena_new(&jobs[i].failure));
        arena_defer(d->arena, end_arena, jobs[i].arena);
    }
    for (size_t from = 0; from < plan->count; from += most) {
        size_t count = plan->count - from < most ? plan->count - from : most;
        for (size_t i = 0; i < count; i++) {
            jobs[i].picture = &plan->pictures[from + i];
            jobs[i].dpi = o->dpi;
            jobs[i].done = false;
        }
        pool_run(o->threads, count, paint, jobs);
        for (size_t i = 0; i < count; i++) {
            if (!jobs[i].done)
                arena_exhausted(d->arena);
            tell_faults(d, &jobs[i], told);
            if (write_one(all, &jobs[i]) != 0)
                return -1;
            arena_reset(jobs[i].arena);
        }
    }
    return 0;
}

/* ---- covers */

enum { BAND_PX = 128 }; /* rows painted at a time: 0.8 MB of a cover, which a processor's cache holds */

static double scale_of(const struct page *page, const struct png_drawing *to)
{
    return fmin(to->width_px / page->width_pt, to->height_px / page->height_pt);
}

static void paint_drawing(struct painter *p, const struct page *page, const struct png_drawing *to, int top)
{
    painter_page(p, page, (to->width_px - page->width_pt * p->scale) / 2,
                 (to->height_px - page->height_pt * p->scale) / 2 - top);
}

static struct text draw_whole(struct arena *a, const struct page *page, struct png_drawing *to)
{
    struct painter p = {.scale = scale_of(page, to)};
    painter_begin(&p, a, to->width_px, to->height_px, to->around);
    paint_drawing(&p, page, to, 0);
    to->fault = p.faults ? p.faults->why : NULL;
    return png_encode(a, &p.pixels, 0, true);
}

static void add_band(struct color_rows *rows, const struct pixels *p, int height, uint32_t ground)
{
    for (int y = 0; y < height; y++)
        if (y < p->inked_from || y >= p->inked_to)
            color_rows_add_plain(rows, ground, 1);
        else
            color_rows_add(rows, (const uint32_t *)(const void *)(p->at + (size_t)y * p->stride));
}

/* Band by band on one small surface. `at` NULL: there are too many colours for that. */
static struct text draw_bands(struct arena *a, const struct page *page, const struct png_drawing *to)
{
    const int size[2] = {to->width_px, to->height_px};
    struct painter p = {.scale = scale_of(page, to)};
    struct color_rows *rows = color_rows_new(a, to->width_px, to->height_px);
    painter_begin(&p, a, to->width_px, BAND_PX, to->around);
    for (int top = 0; top < to->height_px; top += BAND_PX) {
        if (top > 0)
            painter_clear(&p, to->around);
        paint_drawing(&p, page, to, top);
        add_band(rows, &p.pixels, BAND_PX < to->height_px - top ? BAND_PX : to->height_px - top, to->around);
    }
    return png_encode_colors(a, rows, size, 0, true);
}

static bool has_image(const struct page *page)
{
    for (const struct frame *f = page->frames; f < page->frames + page->count; f++)
        if (f->kind == FRAME_IMAGE)
            return true;
    return false;
}

struct text png_draw(struct arena *a, const struct page *page, struct png_drawing *to)
{
    struct text bytes = {NULL, 0};
    if (!has_image(page))
        bytes = draw_bands(a, page, to);
    return bytes.at ? bytes : draw_whole(a, page, to);
}
