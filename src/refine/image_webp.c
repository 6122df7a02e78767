/* WebP (RFC 9649) through libwebp. */
#include "base/library.h"
#include "refine/image_pixels.h"
#include <webp/decode.h>
#include <webp/demux.h>

/* libwebpdemux brings libwebp with it. What its headers define calls the functions named Internal. */
#define WEBP_CALLS(F)                                                                                        \
    F(WebPDecodeRGBAInto)                                                                                    \
    F(WebPDecodeRGBInto)                                                                                     \
    F(WebPDemuxDelete)                                                                                       \
    F(WebPDemuxGetChunk)                                                                                     \
    F(WebPDemuxGetFrame)                                                                                     \
    F(WebPDemuxGetI)                                                                                         \
    F(WebPDemuxInternal)                                                                                     \
    F(WebPDemuxReleaseChunkIterator)                                                                         \
    F(WebPDemuxReleaseIterator)                                                                              \
    F(WebPGetFeaturesInternal)                                                                               \
    F(WebPGetInfo)

struct libwebp {
    WEBP_CALLS(LIBRARY_FIELD)
};

static const char *const webp_names[] = {WEBP_CALLS(LIBRARY_NAME) NULL};

static int decode(const struct libwebp *l, struct arena *a, const uint8_t *bytes, size_t length,
                  struct pixels *out)
{
    WebPBitstreamFeatures f;
    if (l->WebPGetFeaturesInternal(bytes, length, &f, WEBP_DECODER_ABI_VERSION) != VP8_STATUS_OK)
        return -1;
    out->width = f.width;
    out->height = f.height;
    out->channels = f.has_alpha ? 4 : 3;
    if (pixels_room(a, out) != 0)
        return -1;
    size_t row = (size_t)f.width * (size_t)out->channels, all = row * (size_t)f.height;
    uint8_t *done = f.has_alpha ? l->WebPDecodeRGBAInto(bytes, length, out->at, all, (int)row)
                                : l->WebPDecodeRGBInto(bytes, length, out->at, all, (int)row);
    return done ? 0 : -1;
}

static void read_profile(const struct libwebp *l, struct arena *a, const WebPDemuxer *d, struct pixels *out)
{
    WebPChunkIterator chunk;
    if (l->WebPDemuxGetChunk(d, "ICCP", 1, &chunk))
        out->profile = (struct text){arena_copy(a, chunk.chunk.bytes, chunk.chunk.size), chunk.chunk.size};
    l->WebPDemuxReleaseChunkIterator(&chunk);
}

int webp_size(struct arena *a, struct text bytes, int *width, int *height)
{
    struct libwebp l;
    bool there = library_load(a, LIBRARY_WEBP, webp_names, &l) == 0;
    return there && l.WebPGetInfo((const uint8_t *)bytes.at, bytes.length, width, height) ? 0 : -1;
}

int pixels_from_webp(struct arena *a, struct text bytes, struct pixels *out)
{
    struct libwebp l;
    *out = (struct pixels){0};
    if (library_load(a, LIBRARY_WEBP, webp_names, &l) != 0)
        return -1;
    WebPData data = {(const uint8_t *)bytes.at, bytes.length};
    WebPDemuxer *d = l.WebPDemuxInternal(&data, 0, NULL, WEBP_DEMUX_ABI_VERSION);
    if (!d)
        return -1;
    WebPIterator frame;
    int rc = -1;
    if (l.WebPDemuxGetFrame(d, 1, &frame)) {
        rc = decode(&l, a, frame.fragment.bytes, frame.fragment.size, out);
        l.WebPDemuxReleaseIterator(&frame);
    }
    if (rc == 0)
        read_profile(&l, a, d, out);
    out->more_pictures = l.WebPDemuxGetI(d, WEBP_FF_FRAME_COUNT) > 1;
    l.WebPDemuxDelete(d);
    return rc;
}
