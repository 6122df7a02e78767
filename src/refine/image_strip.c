#include "refine/image_strip.h"
#include "base/bytes.h"
#include <libdeflate.h>

static bool has(struct text t, const char *bytes, size_t length)
{
    return t.length >= length && memcmp(t.at, bytes, length) == 0;
}

/* ---- JPEG */

static bool needed(unsigned marker, struct text segment)
{
    enum { APP0 = 0xE0, APP2 = 0xE2, APP14 = 0xEE, APP15 = 0xEF, COMMENT = 0xFE };
    if (marker == APP0)
        return has(segment, "JFIF", 5);
    if (marker == APP2)
        return has(segment, "ICC_PROFILE", 12);
    if (marker == APP14)
        return has(segment, "Adobe", 5);
    return !(marker > APP0 && marker <= APP15) && marker != COMMENT;
}

/* A segment's marker and what it holds; `*at` moves behind it. False when there is none. */
static bool segment_at(struct text t, size_t *at, unsigned *marker, struct text *segment)
{
    while (*at + 4 <= t.length && (unsigned char)t.at[*at] == 0xFF && (unsigned char)t.at[*at + 1] == 0xFF)
        ++*at; /* fill */
    if (*at + 4 > t.length || (unsigned char)t.at[*at] != 0xFF)
        return false;
    size_t length = big16(t, *at + 2);
    if (length < 2 || length > t.length - *at - 2)
        return false;
    *marker = (unsigned char)t.at[*at + 1];
    *segment = text_slice(t, *at + 4, *at + 2 + length);
    *at += 2 + length;
    return true;
}

/* Behind the coded data of a scan: the next marker that is none of theirs. */
static size_t scan_end(struct text t, size_t at)
{
    for (; at + 1 < t.length; at++) {
        unsigned char next = (unsigned char)t.at[at + 1];
        if ((unsigned char)t.at[at] == 0xFF && next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7))
            return at;
    }
    return t.length;
}

enum { SOS = 0xDA, EOI = 0xD9 };

static bool jpeg_is_whole(struct text t)
{
    for (size_t at = 2; at + 2 <= t.length;) {
        unsigned marker;
        struct text segment;
        if ((unsigned char)t.at[at] == 0xFF && (unsigned char)t.at[at + 1] == EOI)
            return true;
        if (!segment_at(t, &at, &marker, &segment))
            return false;
        if (marker == SOS)
            at = scan_end(t, at);
    }
    return false;
}

struct text strip_jpeg(struct arena *a, struct text bytes)
{
    struct buf *out = buf_new(a);
    buf_reserve(out, bytes.length);
    buf_add(out, bytes.at, 2);
    for (size_t at = 2; at + 2 <= bytes.length;) {
        if ((unsigned char)bytes.at[at] == 0xFF && (unsigned char)bytes.at[at + 1] == EOI) {
            buf_add(out, bytes.at + at, 2); /* what comes behind is another picture, or a film */
            return out->length < bytes.length ? buf_view(out) : bytes;
        }
        size_t begin = at;
        unsigned marker;
        struct text segment;
        if (!segment_at(bytes, &at, &marker, &segment))
            return bytes;
        if (marker == SOS)
            at = scan_end(bytes, at);
        if (needed(marker, segment))
            buf_add(out, bytes.at + begin, at - begin);
    }
    return bytes;
}

/* ---- PNG */

bool png_chunk_at(struct text t, size_t *at, struct png_chunk *out)
{
    if (*at > t.length || t.length - *at < 12)
        return false;
    size_t length = big32(t, *at);
    if (length > t.length - *at - 12)
        return false;
    out->name = t.at + *at + 4;
    out->data = text_slice(t, *at + 8, *at + 8 + length);
    out->whole = text_slice(t, *at, *at + 12 + length);
    *at += 12 + length;
    return true;
}

static bool png_is_whole(struct text t)
{
    struct png_chunk c;
    for (size_t at = 8; png_chunk_at(t, &at, &c);) {
        size_t sum = c.whole.length - 4;
        uint32_t given = big32(c.whole, sum);
        if (libdeflate_crc32(0, c.name, c.data.length + 4) != given)
            return false;
        if (memcmp(c.name, "IEND", 4) == 0)
            return true;
    }
    return false;
}

struct text strip_png(struct arena *a, struct text bytes)
{
    static const char kept[][5] = {"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA",
                                   "cHRM", "sRGB", "iCCP", "sBIT", "pHYs", "bKGD"};
    struct buf *out = buf_new(a);
    struct png_chunk c;
    buf_reserve(out, bytes.length);
    buf_add(out, bytes.at, 8);
    for (size_t at = 8; png_chunk_at(bytes, &at, &c);) {
        for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
            if (memcmp(c.name, kept[i], 4) == 0)
                buf_text(out, c.whole);
        if (memcmp(c.name, "IEND", 4) == 0)
            return out->length < bytes.length ? buf_view(out) : bytes;
    }
    return bytes;
}

bool image_is_whole(struct text bytes, const char *media_type)
{
    if (strcmp(media_type, "image/png") == 0)
        return png_is_whole(bytes);
    return strcmp(media_type, "image/jpeg") != 0 || jpeg_is_whole(bytes);
}
