/* Frames onto a cairo surface. Lengths are pixels here: cairo's matrix stays as it is. */
#include "write/png/painter.h"
#include <math.h>

/* A glyph reaches no farther from its baseline: marks that are stacked, too. In em. */
#define REACH_EM 3

static void end_surface(void *what)
{
    cairo_surface_destroy(what);
}

static void end_arena(void *what)
{
    arena_free(what);
}

static void end_cairo(void *what)
{
    cairo_destroy(what);
}

/* Cairo gives an object that holds the error where it can't make one. */
static void must(struct arena *a, cairo_status_t status)
{
    if (status != CAIRO_STATUS_SUCCESS)
        arena_exhausted(a);
}

static void set_color(struct painter *p, uint32_t color)
{
    cairo_set_source_rgb(p->cairo, (color >> 16 & 255) / 255.0, (color >> 8 & 255) / 255.0,
                         (color & 255) / 255.0);
}

void painter_begin(struct painter *p, struct arena *a, int width_px, int height_px, uint32_t ground)
{
    cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width_px, height_px);
    arena_defer(a, end_surface, s);
    must(a, cairo_surface_status(s));
    p->arena = a;
    p->cairo = cairo_create(s);
    arena_defer(a, end_cairo, p->cairo);
    must(a, cairo_status(p->cairo));
    p->outliner = outliner_new(a);
    p->scratch = arena_must(a, arena_new(arena_failure(a)));
    arena_defer(a, end_arena, p->scratch);
    p->height_px = height_px;
    painter_clear(p, ground);
}

void painter_clear(struct painter *p, uint32_t color)
{
    set_color(p, color);
    cairo_paint(p->cairo);
}

void painter_fill(struct painter *p, const double box[4], uint32_t color)
{
    set_color(p, color);
    cairo_rectangle(p->cairo, box[0], box[1], box[2], box[3]);
    cairo_fill(p->cairo);
}

/* ---- frames; (x, y) is the page's corner in pixels */

static void add_piece(struct painter *p, const struct frame_text *t, const struct piece *piece, double x,
                      double y)
{
    const struct shaped *s = piece->shaped;
    double unit = t->size_pt / s->manner->face->upem * p->scale;
    double stretch = t->stretch > 0 ? (double)t->stretch : 1;
    for (uint32_t i = 0; i < s->count; i++) {
        const struct glyph *g = &s->glyphs[i];
        double place[4] = {x + g->dx * unit * stretch, y - g->dy * unit, unit * stretch, unit};
        outliner_add(p->outliner, p->cairo, s->manner->face, g->id, place);
        x += g->advance * unit * stretch + (double)t->letter_space_pt * p->scale;
    }
}

static void paint_text(struct painter *p, const struct frame *f, double x, double y)
{
    const struct frame_text *t = f->text;
    set_color(p, t->color);
    for (uint32_t i = 0; i < t->count; i++)
        add_piece(p, t, &t->pieces[i], x + ((double)f->x_pt + (double)t->pieces[i].x_pt) * p->scale,
                  y + (double)f->y_pt * p->scale);
    cairo_fill(p->cairo);
}

/* From whole pixel to whole pixel, and never nothing. */
static void snap(double *from, double *length)
{
    double start = round(*from), end = round(*from + *length);
    *from = start;
    *length = end > start ? end - start : 1;
}

static void paint_rule(struct painter *p, const struct frame *f, double x, double y)
{
    const struct frame_rule *r = f->rule;
    double box[4] = {x + (double)f->x_pt * p->scale, y + (double)f->y_pt * p->scale, r->width_pt * p->scale,
                     r->height_pt * p->scale};
    snap(&box[0], &box[2]);
    snap(&box[1], &box[3]);
    painter_fill(p, box, r->color);
}

/* ---- pictures */

static void note_fault(struct painter *p, const struct resource *r, const char *why)
{
    struct picture_fault *fault = arena_alloc(p->arena, sizeof *fault);
    *fault = (struct picture_fault){r, why, p->faults};
    p->faults = fault;
}

/* From the box, as a unit square, to the decoded picture, by Exif's orientation (Exif 2.3, tag 0x0112). A
 * picture that stands on its side is turned only where the layout has made room for that. */
static cairo_matrix_t upright(const struct resource *r, const struct decoded *d)
{
    static const signed char turns[8][6] = {
        {1, 0, 0, 1, 0, 0}, {-1, 0, 0, 1, 1, 0}, {-1, 0, 0, -1, 1, 1}, {1, 0, 0, -1, 0, 1},
        {0, 1, 1, 0, 0, 0}, {0, -1, 1, 0, 0, 1}, {0, -1, -1, 0, 1, 1}, {0, 1, -1, 0, 1, 0},
    };
    int orientation = r->orientation >= 1 && r->orientation <= 8 ? r->orientation : 1;
    if (orientation > 4 && r->width_px != d->coded_height)
        orientation = 1;
    const signed char *t = turns[orientation - 1];
    cairo_matrix_t m, size;
    cairo_matrix_init(&m, t[0], t[1], t[2], t[3], t[4], t[5]);
    cairo_matrix_init_scale(&size, d->width, d->height);
    cairo_matrix_multiply(&m, &m, &size);
    return m;
}

static void paint_decoded(struct painter *p, const struct resource *r, const struct decoded *d,
                          const double box[4])
{
    cairo_surface_t *s = cairo_image_surface_create_for_data((unsigned char *)d->pixels, CAIRO_FORMAT_ARGB32,
                                                             d->width, d->height, d->width * 4);
    cairo_pattern_t *pattern = cairo_pattern_create_for_surface(s);
    cairo_matrix_t to_picture, to_unit, m = upright(r, d);
    cairo_matrix_init(&to_unit, 1 / box[2], 0, 0, 1 / box[3], -box[0] / box[2], -box[1] / box[3]);
    cairo_matrix_multiply(&to_picture, &to_unit, &m);
    cairo_pattern_set_matrix(pattern, &to_picture);
    cairo_pattern_set_extend(pattern, CAIRO_EXTEND_PAD);
    cairo_pattern_set_filter(pattern, CAIRO_FILTER_GOOD);
    cairo_set_source(p->cairo, pattern);
    cairo_rectangle(p->cairo, box[0], box[1], box[2], box[3]);
    cairo_fill(p->cairo);
    cairo_pattern_destroy(pattern);
    cairo_set_source_rgb(p->cairo, 0, 0, 0); /* lets go of the picture, whose pixels end here */
    cairo_surface_finish(s);
    cairo_surface_destroy(s);
}

static void paint_image(struct painter *p, const struct frame *f, double x, double y)
{
    const struct frame_image *i = f->image;
    double box[4] = {x + (double)f->x_pt * p->scale, y + (double)f->y_pt * p->scale, i->width_pt * p->scale,
                     i->height_pt * p->scale};
    if (!i->resource || box[2] <= 0 || box[3] <= 0)
        return;
    struct decoded d = {.fault = NULL};
    bool turned = i->resource->orientation > 4;
    picture_decode(p->scratch, i->resource, box[turned ? 3 : 2], box[turned ? 2 : 3], &d);
    snap(&box[0], &box[2]);
    snap(&box[1], &box[3]);
    if (d.fault)
        note_fault(p, i->resource, d.fault);
    else
        paint_decoded(p, i->resource, &d, box);
    arena_reset(p->scratch);
}

/* Could something of the frame be seen? */
static bool in_sight(const struct painter *p, const struct frame *f, double y)
{
    double at = y + (double)f->y_pt * p->scale, above = 0, below = 0;
    if (f->kind == FRAME_TEXT)
        above = below = REACH_EM * f->text->size_pt * p->scale;
    else if (f->kind == FRAME_RULE)
        below = f->rule->height_pt * p->scale + 1; /* one: snapped */
    else if (f->kind == FRAME_IMAGE)
        below = f->image->height_pt * p->scale + 1;
    return at + below >= -1 && at - above <= p->height_px;
}

void painter_page(struct painter *p, const struct page *page, double x, double y)
{
    for (const struct frame *f = page->frames; f < page->frames + page->count; f++) {
        if (!in_sight(p, f, y))
            continue;
        if (f->kind == FRAME_TEXT)
            paint_text(p, f, x, y);
        else if (f->kind == FRAME_RULE)
            paint_rule(p, f, x, y);
        else if (f->kind == FRAME_IMAGE)
            paint_image(p, f, x, y);
    }
}

struct pixels painter_end(struct painter *p)
{
    must(p->arena, cairo_status(p->cairo));
    cairo_surface_t *s = cairo_get_target(p->cairo);
    cairo_surface_flush(s);
    return (struct pixels){cairo_image_surface_get_data(s), (size_t)cairo_image_surface_get_stride(s),
                           cairo_image_surface_get_width(s), cairo_image_surface_get_height(s)};
}
