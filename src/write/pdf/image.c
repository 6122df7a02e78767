#include "write/pdf/image.h"
#include "document/raster.h"
#include <math.h>

struct picture *picture_find(const struct hash *pictures, const struct resource *r)
{
    return hash_find(pictures, hash_address(&r));
}

/* 300 pixels an inch of the drawing's own size (at 96 CSS pixels), and not fewer than a page's width wants.
 * Filters make pixels of a drawing's parts even where it stays a drawing. */
static bool drawn_size(struct picture *p)
{
    enum { SIDE_LEAST = 1600, SIDE_MOST = 3200 };
    const struct resource *r = p->resource;
    int longest = r->width_px > r->height_px ? r->width_px : r->height_px;
    if (longest <= 0)
        return false;
    double scale = fmin(fmax(300 / 96.0, SIDE_LEAST / (double)longest), SIDE_MOST / (double)longest);
    p->width = (int)ceil(r->width_px * scale);
    p->height = (int)ceil(r->height_px * scale);
    return true;
}

static void draw_pixels(struct picture *p)
{
    struct resource *drawn = arena_alloc(p->arena, sizeof *drawn);
    *drawn = *p->resource;
    p->fault =
        drawn_size(p) ? raster_svg(p->arena, p->resource, p->width, p->height, &drawn->bytes) : "has no size";
    if (p->fault)
        return;
    p->resource = drawn;
    p->drawing = true;
    picture_read_png(p);
}

static void read_drawing(struct picture *p)
{
    bool drawn = !p->pixels && drawn_size(p) &&
                 !raster_svg_page(p->arena, p->resource, p->width, p->height, &p->vector);
    if (!drawn)
        draw_pixels(p);
}

void picture_read_pixels(struct picture *p)
{
    if (setjmp(p->failure.back)) {
        p->exhausted = true;
        return;
    }
    p->vector = (struct text){NULL, 0};
    draw_pixels(p);
}

void picture_read(struct picture *p)
{
    if (setjmp(p->failure.back)) {
        p->exhausted = true;
        return;
    }
    static const unsigned char png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    struct text bytes = p->resource->bytes;
    if (p->resource->media_type && strcmp(p->resource->media_type, "image/svg+xml") == 0)
        read_drawing(p);
    else if (bytes.length > 2 && memcmp(bytes.at, "\xFF\xD8", 2) == 0)
        picture_read_jpeg(p);
    else if (bytes.length > sizeof png && memcmp(bytes.at, png, sizeof png) == 0)
        picture_read_png(p);
    else
        p->fault = "is neither a PNG nor a JPEG";
}

void picture_matrix(const struct picture *p, const double box[4], double matrix[6])
{
    /* Where Exif's orientations put the unit square: a, b, c, d, e, f. */
    static const signed char turns[8][6] = {
        {1, 0, 0, 1, 0, 0},   {-1, 0, 0, 1, 1, 0}, {-1, 0, 0, -1, 1, 1}, {1, 0, 0, -1, 0, 1},
        {0, -1, -1, 0, 1, 1}, {0, -1, 1, 0, 0, 1}, {0, 1, 1, 0, 0, 0},   {0, 1, -1, 0, 1, 0},
    };
    const struct resource *r = p->resource;
    int orientation = r->orientation >= 1 && r->orientation <= 8 ? r->orientation : 1;
    /* One that stands on its side is turned only where the layout has made room for that. */
    if (orientation > 4 && r->width_px != p->height)
        orientation = 1;
    const signed char *turn = turns[orientation - 1];
    for (int i = 0; i < 6; i++)
        matrix[i] = turn[i] * box[2 + i % 2] + (i >= 4 ? box[i - 4] : 0);
}
