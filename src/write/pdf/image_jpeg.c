/* JPEG (ITU-T T.81): the segments that PDF's DCTDecode wants, copied; and one pass through libjpeg, which
 * finds out whether the coded data are sound. */
#include "base/bytes.h"
#include "base/limits.h"
#include "document/jpeg_guard.h"
#include "write/pdf/image.h"
#include "write/pdf/profile.h"

enum {
    MARKER_SOF0 = 0xC0,
    MARKER_SOF2 = 0xC2,
    MARKER_DHT = 0xC4,
    MARKER_JPG = 0xC8,
    MARKER_DAC = 0xCC,
    MARKER_SOF15 = 0xCF,
    MARKER_RST0 = 0xD0,
    MARKER_SOI = 0xD8,
    MARKER_EOI = 0xD9,
    MARKER_SOS = 0xDA,
    MARKER_APP0 = 0xE0,
    MARKER_APP1 = 0xE1,
    MARKER_APP2 = 0xE2,
    MARKER_APP14 = 0xEE,
    MARKER_APP15 = 0xEF,
    MARKER_COM = 0xFE,
    MARKER_TEM = 0x01,
    PROBE_PIXELS = 16 * 1024 * 1024 /* larger progressive pictures are not decoded to probe them */
};

struct jpeg {
    struct picture *picture;
    struct text bytes;
    size_t at;
    struct buf *out; /* the copy */
    struct buf *profile;
    int profile_next; /* the chunk number that comes next; -1: out of order */
    int scans;
    bool frame, progressive, adobe, letters; /* letters: components are named R, G, B */
    int transform;                           /* of the Adobe marker */
};

static unsigned byte_at(struct text t, size_t i)
{
    return (unsigned char)t.at[i];
}

static void read_frame(struct jpeg *j, unsigned marker, struct text s)
{
    struct picture *p = j->picture;
    if (marker > MARKER_SOF2 || s.length < 6 || byte_at(s, 0) != 8) {
        p->fault = "is a kind of JPEG that PDF can't hold";
        return;
    }
    p->height = (int)big16(s, 1);
    p->width = (int)big16(s, 3);
    p->components = (int)byte_at(s, 5);
    bool known = p->components == 1 || p->components == 3 || p->components == 4;
    if (j->frame || !p->width || !p->height || !known || s.length < 6 + 3 * (size_t)p->components)
        p->fault = "is damaged";
    else if (p->components == 3)
        j->letters = byte_at(s, 6) == 'R' && byte_at(s, 9) == 'G' && byte_at(s, 12) == 'B';
    j->frame = true;
    j->progressive = marker == MARKER_SOF2;
}

/* ICC profiles come in numbered chunks (ICC.1:2004 annex B.4). */
static void read_profile(struct jpeg *j, struct text s)
{
    if (s.length < 14 || memcmp(s.at, "ICC_PROFILE", 12) != 0)
        return;
    bool next = (int)byte_at(s, 12) == j->profile_next;
    j->profile_next = next ? j->profile_next + 1 : -1;
    if (next)
        buf_text(j->profile, text_slice(s, 14, s.length));
}

static void read_adobe(struct jpeg *j, struct text s)
{
    if (s.length < 12 || memcmp(s.at, "Adobe", 5) != 0)
        return;
    j->adobe = true;
    j->transform = (int)byte_at(s, 11);
}

/* ---- the walk */

static bool is_frame(unsigned marker)
{
    return marker >= MARKER_SOF0 && marker <= MARKER_SOF15 && marker != MARKER_DHT && marker != MARKER_JPG &&
           marker != MARKER_DAC;
}

/* What the data need to be decoded stays; what programs wrote beside them doesn't. */
static bool is_kept(unsigned marker)
{
    bool application = marker >= MARKER_APP0 && marker <= MARKER_APP15;
    return !(application || marker == MARKER_COM) || marker == MARKER_APP0 || marker == MARKER_APP14;
}

/* The end of the coded data that begin at `at`: the next marker that is no restart. */
static size_t skip_coded(struct text t, size_t at)
{
    while (at + 1 < t.length) {
        const char *found = memchr(t.at + at, 0xFF, t.length - 1 - at);
        if (!found)
            return t.length;
        at = (size_t)(found - t.at);
        unsigned next = byte_at(t, at + 1);
        if (next != 0 && next != 0xFF && !(next >= MARKER_RST0 && next < MARKER_SOI))
            return at;
        at += next == 0xFF ? 1 : 2;
    }
    return t.length;
}

static void read_segment(struct jpeg *j, unsigned marker, struct text s)
{
    if (is_frame(marker))
        read_frame(j, marker, s);
    else if (marker == MARKER_APP2)
        read_profile(j, s);
    else if (marker == MARKER_APP14)
        read_adobe(j, s);
}

/* One segment with its coded data. False at the end, or when the picture is damaged. */
static bool walk_segment(struct jpeg *j)
{
    struct text t = j->bytes;
    while (j->at < t.length && byte_at(t, j->at) == 0xFF && j->at + 1 < t.length &&
           byte_at(t, j->at + 1) == 0xFF)
        j->at++;
    if (j->at + 4 > t.length && !(j->at + 2 <= t.length && byte_at(t, j->at + 1) == MARKER_EOI)) {
        j->picture->fault = "breaks off before its end";
        return false;
    }
    unsigned marker = byte_at(t, j->at + 1);
    if (byte_at(t, j->at) != 0xFF || marker == MARKER_SOI || marker == MARKER_TEM) {
        j->picture->fault = "is damaged";
        return false;
    }
    if (marker == MARKER_EOI) {
        buf_add(j->out, "\xFF\xD9", 2);
        return false;
    }
    size_t length = big16(t, j->at + 2), end = j->at + 2 + length;
    if (length < 2 || end > t.length) {
        j->picture->fault = "breaks off before its end";
        return false;
    }
    read_segment(j, marker, text_slice(t, j->at + 4, end));
    if (marker == MARKER_SOS) {
        end = skip_coded(t, end);
        if (++j->scans > LIMIT_JPEG_SCANS)
            j->picture->fault = "has too many scans";
    }
    if (is_kept(marker))
        buf_text(j->out, text_slice(t, j->at, end));
    j->at = end;
    return !j->picture->fault;
}

/* ---- the probe */

/* Decodes at an eighth of the size, where the coded data are read whole but few pixels are made. */
static void probe_decode(struct jpeg_decompress_struct *d, struct text bytes, unsigned char *row)
{
    jpeg_mem_src(d, (const unsigned char *)bytes.at, bytes.length);
    jpeg_read_header(d, TRUE);
    d->scale_num = 1;
    d->scale_denom = 8;
    d->out_color_space = d->jpeg_color_space; /* no conversion: it can't fail and costs nothing */
    jpeg_start_decompress(d);
    while (d->output_scanline < d->output_height) {
        JSAMPROW rows[1] = {row};
        jpeg_read_scanlines(d, rows, 1);
    }
    jpeg_finish_decompress(d);
}

static bool is_sound(struct picture *p, struct text bytes)
{
    struct jpeg_guard guard;
    struct jpeg_decompress_struct d = {.err = jpeg_guard_begin(&guard)};
    unsigned char *row = arena_array(p->arena, (size_t)p->width + 64, 4);
    if (setjmp(guard.back) == 0) {
        jpeg_create_decompress(&d);
        probe_decode(&d, bytes, row);
    }
    jpeg_destroy_decompress(&d);
    if (guard.exhausted)
        arena_exhausted(p->arena);
    return !guard.damaged;
}

/* ---- the dictionary */

static void describe(struct jpeg *j)
{
    static const char *const spaces[] = {[1] = "/DeviceGray", [3] = "/DeviceRGB", [4] = "/DeviceCMYK"};
    struct picture *p = j->picture;
    struct buf *e = buf_new(p->arena);
    buf_string(e, "/BitsPerComponent 8/Filter/DCTDecode");
    if (j->letters && !j->adobe)
        buf_string(e, "/DecodeParms<</ColorTransform 0>>");
    if (p->components == 4 && j->adobe) /* Adobe's programs write inks inverted */
        buf_string(e, "/Decode[1 0 1 0 1 0 1 0]");
    p->space = spaces[p->components];
    p->entries = buf_view(e);
    p->data = buf_view(j->out);
    if (j->profile_next > 1 && profile_fits(buf_view(j->profile), p->components))
        p->profile = buf_view(j->profile);
}

void picture_read_jpeg(struct picture *p)
{
    struct jpeg j = {.picture = p, .bytes = p->resource->bytes, .at = 2, .profile_next = 1};
    j.out = buf_new(p->arena);
    j.profile = buf_new(p->arena);
    buf_reserve(j.out, j.bytes.length);
    buf_add(j.out, "\xFF\xD8", 2);
    while (walk_segment(&j))
        continue;
    if (p->fault)
        return;
    if (!j.frame || !j.scans) {
        p->fault = "is damaged";
        return;
    }
    unsigned long pixels = (unsigned long)p->width * (unsigned long)p->height;
    if (pixels > LIMIT_IMAGE_PIXELS)
        p->fault = "is too large";
    else if ((pixels <= PROBE_PIXELS || !j.progressive) && !is_sound(p, buf_view(j.out)))
        p->fault = "is damaged";
    else
        describe(&j);
}
