/* Glyphs' outlines: HarfBuzz draws them into cairo's path. */
#include "write/png/painter.h"
#include <hb.h>

struct outliner {
    hb_draw_funcs_t *calls;
};

/* Where an outline goes. */
struct drawing {
    cairo_t *cairo;
    double x, y, sx, sy;
};

#define UNUSED_STATE (void)calls, (void)state, (void)user

static double x_of(const struct drawing *d, float x)
{
    return d->x + (double)x * d->sx;
}

static double y_of(const struct drawing *d, float y)
{
    return d->y - (double)y * d->sy;
}

static void move_to(hb_draw_funcs_t *calls, void *to, hb_draw_state_t *state, float x, float y, void *user)
{
    const struct drawing *d = to;
    UNUSED_STATE;
    cairo_move_to(d->cairo, x_of(d, x), y_of(d, y));
}

static void line_to(hb_draw_funcs_t *calls, void *to, hb_draw_state_t *state, float x, float y, void *user)
{
    const struct drawing *d = to;
    UNUSED_STATE;
    cairo_line_to(d->cairo, x_of(d, x), y_of(d, y));
}

static void cubic_to(hb_draw_funcs_t *calls, void *to, hb_draw_state_t *state, float x1, float y1, float x2,
                     float y2, float x, float y, void *user)
{
    const struct drawing *d = to;
    UNUSED_STATE;
    cairo_curve_to(d->cairo, x_of(d, x1), y_of(d, y1), x_of(d, x2), y_of(d, y2), x_of(d, x), y_of(d, y));
}

static void close_path(hb_draw_funcs_t *calls, void *to, hb_draw_state_t *state, void *user)
{
    const struct drawing *d = to;
    UNUSED_STATE;
    cairo_close_path(d->cairo);
}

static void end_calls(void *what)
{
    hb_draw_funcs_destroy(what);
}

/* Quadratic curves come as cubic ones, since no call takes them. */
struct outliner *outliner_new(struct arena *a)
{
    struct outliner *o = arena_alloc(a, sizeof *o);
    o->calls = hb_draw_funcs_create();
    if (hb_draw_funcs_is_immutable(o->calls)) /* HarfBuzz's empty object: there was no memory */
        arena_exhausted(a);
    arena_defer(a, end_calls, o->calls);
    hb_draw_funcs_set_move_to_func(o->calls, move_to, NULL, NULL);
    hb_draw_funcs_set_line_to_func(o->calls, line_to, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(o->calls, cubic_to, NULL, NULL);
    hb_draw_funcs_set_close_path_func(o->calls, close_path, NULL, NULL);
    return o;
}

void outliner_add(const struct outliner *o, cairo_t *c, const struct face *face, uint32_t glyph,
                  const double place[4])
{
    struct drawing d = {c, place[0], place[1], place[2], place[3]};
#if HB_VERSION_ATLEAST(7, 0, 0)
    hb_font_draw_glyph(face->hb_font, glyph, o->calls, &d);
#else
    hb_font_get_glyph_shape(face->hb_font, glyph, o->calls, &d);
#endif
}
