/* Decoded pictures in their place: cairo makes them smaller, and smooth. */
#include "base/library.h"
#include "write/png/painter.h"
#include <cairo.h>

#define CAIRO_CALLS(F)                                                                                       \
    F(cairo_create)                                                                                          \
    F(cairo_destroy)                                                                                         \
    F(cairo_fill)                                                                                            \
    F(cairo_image_surface_create_for_data)                                                                   \
    F(cairo_matrix_init)                                                                                     \
    F(cairo_matrix_init_scale)                                                                               \
    F(cairo_matrix_multiply)                                                                                 \
    F(cairo_pattern_create_for_surface)                                                                      \
    F(cairo_pattern_destroy)                                                                                 \
    F(cairo_pattern_set_extend)                                                                              \
    F(cairo_pattern_set_filter)                                                                              \
    F(cairo_pattern_set_matrix)                                                                              \
    F(cairo_rectangle)                                                                                       \
    F(cairo_set_source)                                                                                      \
    F(cairo_status)                                                                                          \
    F(cairo_surface_destroy)                                                                                 \
    F(cairo_surface_finish)

struct cairo {
    CAIRO_CALLS(LIBRARY_FIELD)
};

static const char *const cairo_names[] = {CAIRO_CALLS(LIBRARY_NAME) NULL};

/* From the box, as a unit square, to the decoded picture, by Exif's orientation (Exif 2.3, tag 0x0112). A
 * picture that stands on its side is turned only where the layout has made room for that. */
static cairo_matrix_t upright(const struct cairo *c, const struct resource *r, const struct decoded *d)
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
    c->cairo_matrix_init(&m, t[0], t[1], t[2], t[3], t[4], t[5]);
    c->cairo_matrix_init_scale(&size, d->width, d->height);
    c->cairo_matrix_multiply(&m, &m, &size);
    return m;
}

/* Fills the box with the picture's pixels. */
static void fill(const struct cairo *c, cairo_t *on, cairo_surface_t *picture, const cairo_matrix_t *upright,
                 const double box[4])
{
    cairo_pattern_t *pattern = c->cairo_pattern_create_for_surface(picture);
    cairo_matrix_t to_picture, to_unit;
    c->cairo_matrix_init(&to_unit, 1 / box[2], 0, 0, 1 / box[3], -box[0] / box[2], -box[1] / box[3]);
    c->cairo_matrix_multiply(&to_picture, &to_unit, upright);
    c->cairo_pattern_set_matrix(pattern, &to_picture);
    c->cairo_pattern_set_extend(pattern, CAIRO_EXTEND_PAD);
    c->cairo_pattern_set_filter(pattern, CAIRO_FILTER_GOOD);
    c->cairo_set_source(on, pattern);
    c->cairo_rectangle(on, box[0], box[1], box[2], box[3]);
    c->cairo_fill(on);
    c->cairo_pattern_destroy(pattern);
}

static cairo_surface_t *surface_of(const struct cairo *c, const void *pixels, cairo_format_t format,
                                   const int size[2])
{
    return c->cairo_image_surface_create_for_data((unsigned char *)pixels, format, size[0], size[1],
                                                  size[0] * 4);
}

const char *picture_place(struct arena *a, const struct resource *r, const struct decoded *d,
                          const double box[4], const struct pixels *to)
{
    struct cairo c;
    if (library_load(a, LIBRARY_CAIRO, cairo_names, &c) != 0)
        return "can't be painted without cairo (Debian's package libcairo2), which isn't installed";
    const int size[2] = {to->width, to->height}, own[2] = {d->width, d->height};
    cairo_surface_t *page = surface_of(&c, to->at, CAIRO_FORMAT_RGB24, size);
    cairo_surface_t *picture = surface_of(&c, d->pixels, CAIRO_FORMAT_ARGB32, own);
    cairo_t *on = c.cairo_create(page);
    cairo_matrix_t m = upright(&c, r, d);
    fill(&c, on, picture, &m, box);
    cairo_status_t status = c.cairo_status(on);
    c.cairo_destroy(on);
    c.cairo_surface_finish(picture);
    c.cairo_surface_destroy(picture);
    c.cairo_surface_finish(page);
    c.cairo_surface_destroy(page);
    if (status != CAIRO_STATUS_SUCCESS)
        arena_exhausted(a);
    return NULL;
}
