#include "refine/image_header.h"
#include "base/bytes.h"
#include "refine/image_pixels.h"
#include <libxml/xmlreader.h>
#include <math.h>
#include <stdlib.h>

static bool has(struct text t, size_t at, const char *bytes, size_t length)
{
    return at <= t.length && t.length - at >= length && memcmp(t.at + at, bytes, length) == 0;
}

static int set_size(struct image_header *out, unsigned long width, unsigned long height)
{
    enum { SIDE_MOST = 1 << 20 };
    if (!width || !height || width > SIDE_MOST || height > SIDE_MOST)
        return -1;
    out->width_px = (int)width;
    out->height_px = (int)height;
    return 0;
}

/* ---- PNG */

static const double metres_per_inch = 0.0254, centimetres_per_inch = 2.54;

static int read_png(struct text t, struct image_header *out)
{
    out->media_type = "image/png";
    out->suffix = ".png";
    if (t.length < 33 || !has(t, 12, "IHDR", 4))
        return -1;
    out->has_alpha = t.at[25] == 4 || t.at[25] == 6;
    out->depth = (unsigned char)t.at[24];
    out->channels = t.at[25] == 4 ? 2 : t.at[25] == 6 ? 4 : t.at[25] == 2 ? 3 : 1;
    for (size_t at = 33; at + 12 <= t.length;) { /* chunks: length, name, data, check */
        size_t length = big32(t, at);
        if (has(t, at + 4, "IDAT", 4) || length > t.length - at - 12)
            break;
        if (has(t, at + 4, "tRNS", 4))
            out->has_alpha = true;
        if (has(t, at + 4, "pHYs", 4) && length == 9 && t.at[at + 16] == 1)
            out->dpi = (double)big32(t, at + 8) * metres_per_inch;
        at += length + 12;
    }
    return set_size(out, big32(t, 16), big32(t, 20));
}

/* ---- GIF */

static int read_gif(struct text t, struct image_header *out)
{
    out->media_type = "image/gif";
    out->suffix = ".gif";
    return t.length < 13 ? -1 : set_size(out, little16(t, 6), little16(t, 8));
}

/* ---- JPEG */

/* EXIF is a TIFF file in a segment: its first directory has the orientation. */
static int exif_orientation(struct text t)
{
    enum { ORIENTATION = 0x0112, HEADER = 8, ENTRY = 12 };
    if (t.length < HEADER + 2 || !(has(t, 0, "II*\0", 4) || has(t, 0, "MM\0*", 4)))
        return 0;
    bool little = t.at[0] == 'I';
    size_t at = little ? little16(t, 4) | (size_t)little16(t, 6) << 16 : big32(t, 4);
    if (at > t.length - 2)
        return 0;
    unsigned count = little ? little16(t, at) : big16(t, at);
    at += 2;
    for (unsigned i = 0; i < count && t.length - at >= ENTRY; i++, at += ENTRY) {
        unsigned tag = little ? little16(t, at) : big16(t, at);
        unsigned value = little ? little16(t, at + 8) : big16(t, at + 8);
        if (tag == ORIENTATION)
            return value >= 1 && value <= 8 ? (int)value : 0;
    }
    return 0;
}

static void read_jfif(struct text s, struct image_header *out)
{
    if (s.length < 12 || !has(s, 0, "JFIF\0", 5))
        return;
    double density = big16(s, 8);
    if (s.at[7] == 1)
        out->dpi = density;
    else if (s.at[7] == 2)
        out->dpi = density * centimetres_per_inch;
}

static int read_frame(struct text s, struct image_header *out)
{
    if (s.length < 6)
        return -1;
    out->depth = (unsigned char)s.at[0];
    out->channels = (unsigned char)s.at[5];
    return set_size(out, big16(s, 3), big16(s, 1));
}

/* Start of frame: C0 to CF but for the tables C4, C8 and CC. */
static bool starts_frame(unsigned marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

static int read_jpeg(struct text t, struct image_header *out)
{
    out->media_type = "image/jpeg";
    out->suffix = ".jpg";
    size_t at = 2;
    while (at + 4 <= t.length && (unsigned char)t.at[at] == 0xFF) {
        unsigned marker = (unsigned char)t.at[at + 1];
        if (marker == 0xFF) { /* fill */
            at++;
            continue;
        }
        size_t length = big16(t, at + 2);
        if (length < 2 || length > t.length - at - 2)
            return -1;
        struct text segment = text_slice(t, at + 4, at + 2 + length);
        if (starts_frame(marker))
            return read_frame(segment, out);
        if (marker == 0xE0)
            read_jfif(segment, out);
        if (marker == 0xE1 && has(segment, 0, "Exif\0\0", 6) && !out->orientation)
            out->orientation = exif_orientation(text_slice(segment, 6, segment.length));
        at += 2 + length;
    }
    return -1;
}

/* ---- WebP, TIFF: decoders tell the rest */

static int read_webp(struct arena *a, struct text t, struct image_header *out)
{
    int width, height;
    out->media_type = "image/webp";
    out->suffix = ".webp";
    if (webp_size(a, t, &width, &height) != 0)
        return -1;
    return set_size(out, (unsigned long)width, (unsigned long)height);
}

static int read_tiff(struct image_header *out)
{
    out->media_type = "image/tiff";
    out->suffix = ".tif";
    return 0;
}

/* ---- SVG */

/* A CSS length in pixels (96 an inch); 0 when it is relative or none. */
static double pixels(const char *s)
{
    static const struct {
        const char *unit;
        double px;
    } units[] = {{"", 1},           {"px", 1},         {"pt", 96 / 72.0}, {"pc", 16},
                 {"mm", 96 / 25.4}, {"cm", 96 / 2.54}, {"in", 96}};
    if (!s)
        return 0;
    char *unit;
    double value = strtod(s, &unit);
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (text_is_nocase(text_trim(text_of(unit)), units[i].unit))
            return value > 0 ? value * units[i].px : 0;
    return 0;
}

static void read_svg_size(const xmlNode *root, struct image_header *out)
{
    double side[2] = {0, 0}, box[4] = {0, 0, 0, 0};
    for (const xmlAttr *a = root->properties; a; a = a->next) {
        const char *value = a->children ? (const char *)a->children->content : "";
        if (strcmp((const char *)a->name, "width") == 0)
            side[0] = pixels(value);
        else if (strcmp((const char *)a->name, "height") == 0)
            side[1] = pixels(value);
        else if (strcmp((const char *)a->name, "viewBox") == 0)
            for (int i = 0; i < 4; i++) {
                char *end;
                box[i] = strtod(value, &end);
                value = end + strspn(end, ", \t\r\n");
            }
    }
    if (!side[0] && !side[1]) {
        side[0] = box[2];
        side[1] = box[3];
    } else if (!side[0] && box[3] > 0) {
        side[0] = side[1] * box[2] / box[3];
    } else if (!side[1] && box[2] > 0) {
        side[1] = side[0] * box[3] / box[2];
    }
    if (side[0] > 0 && side[1] > 0 && side[0] < 1e6 && side[1] < 1e6) {
        out->width_px = (int)ceil(side[0]);
        out->height_px = (int)ceil(side[1]);
    }
}

static void end_reader(void *what)
{
    xmlFreeTextReader(what);
}

static int read_svg(struct arena *a, struct text t, struct image_header *out)
{
    int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    xmlTextReader *r = arena_must(a, xmlReaderForMemory(t.at, (int)t.length, NULL, NULL, options));
    arena_defer(a, end_reader, r);
    int more;
    while ((more = xmlTextReaderRead(r)) == 1 && xmlTextReaderNodeType(r) != XML_READER_TYPE_ELEMENT)
        ;
    const xmlNode *root = more == 1 ? xmlTextReaderCurrentNode(r) : NULL;
    if (!root || strcmp((const char *)root->name, "svg") != 0)
        return -1;
    out->media_type = "image/svg+xml";
    out->suffix = ".svg";
    out->has_alpha = true;
    read_svg_size(root, out);
    return 0;
}

static bool looks_like_xml(struct text t)
{
    if (has(t, 0, "\xEF\xBB\xBF", 3))
        t = text_slice(t, 3, t.length);
    t = text_trim(t);
    return t.length < (1u << 30) && text_starts(t, "<");
}

int image_header_read(struct arena *a, struct text t, struct image_header *out)
{
    *out = (struct image_header){0};
    if (has(t, 0, "\x89PNG\r\n\x1A\n", 8))
        return read_png(t, out);
    if (has(t, 0, "\xFF\xD8\xFF", 3))
        return read_jpeg(t, out);
    if (has(t, 0, "GIF87a", 6) || has(t, 0, "GIF89a", 6))
        return read_gif(t, out);
    if (has(t, 0, "RIFF", 4) && has(t, 8, "WEBP", 4))
        return read_webp(a, t, out);
    if (has(t, 0, "II*\0", 4) || has(t, 0, "MM\0*", 4))
        return read_tiff(out);
    return looks_like_xml(t) ? read_svg(a, t, out) : -1;
}
