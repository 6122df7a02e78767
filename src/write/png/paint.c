/* Frames onto pixels. */
#include "write/png/painter.h"
#include <math.h>
#include <stdlib.h>

/* A glyph reaches no farther from its baseline: marks that are stacked, too. In em. */
#define REACH_EM 3

static void end_pixels(void *what)
{
    free(what);
}

static void end_arena(void *what)
{
    arena_free(what);
}

void painter_begin(struct painter *p, struct arena *a, int width_px, int height_px, uint32_t ground)
{
    size_t stride = (size_t)width_px * sizeof(uint32_t);
    unsigned char *at = arena_must(a, malloc(stride * (size_t)height_px));
    arena_defer(a, end_pixels, at);
    p->arena = a;
    p->pixels = (struct pixels){at, stride, width_px, height_px, 0, height_px};
    p->outliner = outliner_new(a);
    p->scratch = arena_must(a, arena_new(arena_failure(a)));
    arena_defer(a, end_arena, p->scratch);
    painter_clear(p, ground);
}

static int within(double v, int most)
{
    return (int)fmax(0, fmin(most, v));
}

void painter_fill(struct painter *p, const double box[4], uint32_t color)
{
    const struct pixels *to = &p->pixels;
    int left = within(box[0], to->width), right = within(box[0] + box[2], to->width);
    int bottom = within(box[1] + box[3], to->height);
    int top = within(box[1], to->height);
    painter_inked(&p->pixels, top, bottom);
    for (int y = top; y < bottom; y++) {
        uint32_t *row = (uint32_t *)(void *)(to->at + (size_t)y * to->stride);
        for (int x = left; x < right; x++)
            row[x] = color;
    }
}

void painter_clear(struct painter *p, uint32_t ground)
{
    int from = p->pixels.inked_from, to = p->pixels.inked_to;
    painter_fill(p, (double[4]){0, from, p->pixels.width, to - from}, ground);
    p->pixels.inked_from = p->pixels.inked_to = 0;
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
        outliner_ink(p->outliner, s->manner->face, g->id, place, t->color, &p->pixels);
        x += g->advance * unit * stretch + (double)t->letter_space_pt * p->scale;
    }
}

static void paint_text(struct painter *p, const struct frame *f, double x, double y)
{
    const struct frame_text *t = f->text;
    for (uint32_t i = 0; i < t->count && !t->unseen; i++)
        add_piece(p, t, &t->pieces[i], x + ((double)f->x_pt + (double)t->pieces[i].x_pt) * p->scale,
                  y + (double)f->y_pt * p->scale);
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
    if (!d.fault)
        d.fault = picture_place(p->scratch, i->resource, &d, box, &p->pixels);
    if (d.fault)
        note_fault(p, i->resource, d.fault);
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
    return at + below >= -1 && at - above <= p->pixels.height;
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
