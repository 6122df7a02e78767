#include "document/raster.h"
#include "base/buf.h"
#include <librsvg/rsvg.h>

struct drawing {
    RsvgHandle *handle;
    cairo_surface_t *surface;
    cairo_t *cairo;
};

static void drawing_end(struct drawing *d)
{
    if (d->cairo)
        cairo_destroy(d->cairo);
    if (d->surface)
        cairo_surface_destroy(d->surface);
    if (d->handle)
        g_object_unref(d->handle);
}

/* cairo must be left by its own way: memory that is gone is told afterwards. */
static cairo_status_t collect(void *user, const unsigned char *bytes, unsigned length)
{
    GByteArray *out = user;
    g_byte_array_append(out, bytes, length);
    return CAIRO_STATUS_SUCCESS;
}

static int draw(struct drawing *d, struct text svg, int width, int height)
{
    d->handle = rsvg_handle_new_from_data((const guint8 *)svg.at, svg.length, NULL);
    if (!d->handle)
        return -1;
    d->surface = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height);
    d->cairo = cairo_create(d->surface);
    RsvgRectangle all = {0, 0, width, height};
    return rsvg_handle_render_document(d->handle, d->cairo, &all, NULL) ? 0 : -1;
}

int raster_svg(struct arena *a, const struct resource *r, int width, int height, struct text *png)
{
    struct drawing d = {NULL, NULL, NULL};
    GByteArray *bytes = g_byte_array_new();
    int rc = draw(&d, r->bytes, width, height);
    if (rc == 0 && cairo_surface_write_to_png_stream(d.surface, collect, bytes) != CAIRO_STATUS_SUCCESS)
        rc = -1;
    drawing_end(&d);
    char *copy = rc == 0 ? arena_copy(a, bytes->data, bytes->len) : NULL;
    *png = (struct text){copy, copy ? bytes->len : 0};
    g_byte_array_unref(bytes);
    return rc;
}
