#include "document/raster.h"
#include "base/buf.h"
#include "base/library.h"
#include <cairo-pdf.h>
#include <librsvg/rsvg.h>

#define RSVG_CALLS(F)                                                                                        \
    F(rsvg_handle_new_from_data)                                                                             \
    F(rsvg_handle_render_document)                                                                           \
    F(g_object_unref)                                                                                        \
    F(cairo_create)                                                                                          \
    F(cairo_destroy)                                                                                         \
    F(cairo_image_surface_create)                                                                            \
    F(cairo_pdf_surface_create_for_stream)                                                                   \
    F(cairo_pdf_surface_restrict_to_version)                                                                 \
    F(cairo_surface_destroy)                                                                                 \
    F(cairo_surface_finish)                                                                                  \
    F(cairo_surface_status)                                                                                  \
    F(cairo_surface_write_to_png_stream)

struct rsvg {
    RSVG_CALLS(LIBRARY_FIELD)
};

static const char *const rsvg_names[] = {RSVG_CALLS(LIBRARY_NAME) NULL};

struct drawing {
    struct rsvg rsvg;
    RsvgHandle *handle;
    cairo_surface_t *surface;
    cairo_t *cairo;
};

static void drawing_end(struct drawing *d)
{
    if (d->cairo)
        d->rsvg.cairo_destroy(d->cairo);
    if (d->surface)
        d->rsvg.cairo_surface_destroy(d->surface);
    if (d->handle)
        d->rsvg.g_object_unref(d->handle);
}

/* cairo must be left by its own way: memory that is gone is told afterwards. */
static cairo_status_t collect(void *user, const unsigned char *bytes, unsigned length)
{
    GByteArray *out = user;
    g_byte_array_append(out, bytes, length);
    return CAIRO_STATUS_SUCCESS;
}

static const char fault_of_drawing[] = "can't be drawn";

/* NULL, or why not. */
static const char *load(struct arena *a, struct drawing *d)
{
    return library_load(a, LIBRARY_RSVG, rsvg_names, &d->rsvg) == 0
               ? NULL
               : "can't be drawn without librsvg (Debian's package librsvg2-2), which isn't installed";
}

/* Onto the drawing's surface. */
static const char *draw(struct drawing *d, struct text svg, double width, double height)
{
    d->handle = d->rsvg.rsvg_handle_new_from_data((const guint8 *)svg.at, svg.length, NULL);
    if (!d->handle)
        return fault_of_drawing;
    d->cairo = d->rsvg.cairo_create(d->surface);
    RsvgRectangle all = {0, 0, width, height};
    return d->rsvg.rsvg_handle_render_document(d->handle, d->cairo, &all, NULL) ? NULL : fault_of_drawing;
}

static void take(struct arena *a, GByteArray *bytes, const char *fault, struct text *out)
{
    char *copy = fault ? NULL : arena_copy(a, bytes->data, bytes->len);
    *out = (struct text){copy, copy ? bytes->len : 0};
    g_byte_array_unref(bytes);
}

const char *raster_svg(struct arena *a, const struct resource *r, int width, int height, struct text *png)
{
    struct drawing d = {.handle = NULL};
    const char *fault = load(a, &d);
    GByteArray *bytes = g_byte_array_new();
    if (!fault) {
        d.surface = d.rsvg.cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
        fault = draw(&d, r->bytes, width, height);
    }
    if (!fault && d.rsvg.cairo_surface_write_to_png_stream(d.surface, collect, bytes) != CAIRO_STATUS_SUCCESS)
        fault = fault_of_drawing;
    drawing_end(&d);
    take(a, bytes, fault, png);
    return fault;
}

const char *raster_svg_page(struct arena *a, const struct resource *r, double width_pt, double height_pt,
                            struct text *pdf)
{
    struct drawing d = {.handle = NULL};
    const char *fault = load(a, &d);
    GByteArray *bytes = g_byte_array_new();
    if (!fault) {
        d.surface = d.rsvg.cairo_pdf_surface_create_for_stream(collect, bytes, width_pt, height_pt);
        d.rsvg.cairo_pdf_surface_restrict_to_version(d.surface, CAIRO_PDF_VERSION_1_4);
        fault = draw(&d, r->bytes, width_pt, height_pt);
        d.rsvg.cairo_surface_finish(d.surface);
        if (d.rsvg.cairo_surface_status(d.surface) != CAIRO_STATUS_SUCCESS)
            fault = fault_of_drawing;
    }
    drawing_end(&d);
    take(a, bytes, fault, pdf);
    return fault;
}
