#include "document/raster.h"
#include "write/png/painter.h"
#include <math.h>

void picture_decode(struct arena *a, const struct resource *r, double width_px, double height_px,
                    struct decoded *out)
{
    static const unsigned char png[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    struct text bytes = r->bytes;
    const double wanted[2] = {width_px, height_px};
    if (r->media_type && strcmp(r->media_type, "image/svg+xml") == 0)
        out->fault = raster_svg(a, r, (int)ceil(fmax(1, width_px)), (int)ceil(fmax(1, height_px)), &bytes);
    if (out->fault)
        return;
    if (bytes.length > 2 && memcmp(bytes.at, "\xFF\xD8", 2) == 0)
        picture_decode_jpeg(a, bytes, wanted, out);
    else if (bytes.length > sizeof png && memcmp(bytes.at, png, sizeof png) == 0)
        picture_decode_png(a, bytes, wanted, out);
    else
        out->fault = "is neither a PNG nor a JPEG";
}
