/* WebP (RFC 9649) through libwebp. */
#include "refine/image_pixels.h"
#include <webp/decode.h>
#include <webp/demux.h>

static int decode(struct arena *a, const uint8_t *bytes, size_t length, struct pixels *out)
{
    WebPBitstreamFeatures f;
    if (WebPGetFeatures(bytes, length, &f) != VP8_STATUS_OK)
        return -1;
    out->width = f.width;
    out->height = f.height;
    out->channels = f.has_alpha ? 4 : 3;
    if (pixels_room(a, out) != 0)
        return -1;
    size_t row = (size_t)f.width * (size_t)out->channels, all = row * (size_t)f.height;
    uint8_t *done = f.has_alpha ? WebPDecodeRGBAInto(bytes, length, out->at, all, (int)row)
                                : WebPDecodeRGBInto(bytes, length, out->at, all, (int)row);
    return done ? 0 : -1;
}

static void read_profile(struct arena *a, const WebPDemuxer *d, struct pixels *out)
{
    WebPChunkIterator chunk;
    if (WebPDemuxGetChunk(d, "ICCP", 1, &chunk))
        out->profile = (struct text){arena_copy(a, chunk.chunk.bytes, chunk.chunk.size), chunk.chunk.size};
    WebPDemuxReleaseChunkIterator(&chunk);
}

int pixels_from_webp(struct arena *a, struct text bytes, struct pixels *out)
{
    *out = (struct pixels){0};
    WebPData data = {(const uint8_t *)bytes.at, bytes.length};
    WebPDemuxer *d = WebPDemux(&data);
    if (!d)
        return -1;
    WebPIterator frame;
    int rc = -1;
    if (WebPDemuxGetFrame(d, 1, &frame)) {
        rc = decode(a, frame.fragment.bytes, frame.fragment.size, out);
        WebPDemuxReleaseIterator(&frame);
    }
    if (rc == 0)
        read_profile(a, d, out);
    out->more_pictures = WebPDemuxGetI(d, WEBP_FF_FRAME_COUNT) > 1;
    WebPDemuxDelete(d);
    return rc;
}
