#include "write/pdf/profile.h"
#include "base/bytes.h"

enum { TAGS_MOST = 12, HEADER = 128 };

/* A profile on its way: the tag table is put before the data at the end. */
struct profile {
    struct buf *data;
    struct {
        char name[5];
        size_t at, length;
    } tags[TAGS_MOST];
    int count;
};

static void signature(struct buf *b, const char *four)
{
    buf_add(b, four, 4);
}

static void tag_begin(struct profile *p, const char *name, const char *type)
{
    memcpy(p->tags[p->count].name, name, 4);
    p->tags[p->count].at = p->data->length;
    signature(p->data, type);
    buf_big32(p->data, 0);
}

static void tag_end(struct profile *p)
{
    p->tags[p->count].length = p->data->length - p->tags[p->count].at;
    p->count++;
    while (p->data->length % 4)
        buf_byte(p->data, 0);
}

/* The same data under one more name. */
static void tag_again(struct profile *p, const char *name)
{
    p->tags[p->count] = p->tags[p->count - 1];
    memcpy(p->tags[p->count++].name, name, 4);
}

static void tag_numbers(struct profile *p, const char *name, const char *type, const uint32_t *values,
                        int count)
{
    tag_begin(p, name, type);
    for (int i = 0; i < count; i++)
        buf_big32(p->data, values[i]);
    tag_end(p);
}

/* A multiLocalizedUnicodeType with one English text. */
static void tag_text(struct profile *p, const char *name, const char *text)
{
    tag_begin(p, name, "mluc");
    buf_big32(p->data, 1);
    buf_big32(p->data, 12);
    signature(p->data, "enUS");
    buf_big32(p->data, (uint32_t)strlen(text) * 2);
    buf_big32(p->data, 28);
    for (const char *c = text; *c; c++)
        buf_big16(p->data, (unsigned char)*c);
    tag_end(p);
}

static const uint32_t d50[3] = {0x0000F6D6, 0x00010000, 0x0000D32D};

static struct text finish(struct arena *a, const struct profile *p, const char *class, const char *space,
                          const char *connection)
{
    struct buf *b = buf_new(a);
    size_t table = HEADER + 4 + 12 * (size_t)p->count;
    buf_big32(b, (uint32_t)(table + p->data->length));
    buf_big32(b, 0);
    buf_big32(b, 0x04200000);
    signature(b, class);
    signature(b, space);
    signature(b, connection);
    buf_big16(b, 2024); /* made on: fixed, like all of it */
    buf_big16(b, 1);
    buf_big16(b, 1);
    buf_big32(b, 0);
    buf_big16(b, 0);
    signature(b, "acsp");
    for (int i = 0; i < 7; i++) /* platform, flags, manufacturer, model, attributes, intent */
        buf_big32(b, 0);
    for (int i = 0; i < 3; i++)
        buf_big32(b, d50[i]);
    while (b->length < HEADER)
        buf_byte(b, 0);
    buf_big32(b, (uint32_t)p->count);
    for (int i = 0; i < p->count; i++) {
        signature(b, p->tags[i].name);
        buf_big32(b, (uint32_t)(table + p->tags[i].at));
        buf_big32(b, (uint32_t)p->tags[i].length);
    }
    buf_text(b, buf_view(p->data));
    return buf_view(b);
}

struct text srgb_profile(struct arena *a)
{
    /* s15Fixed16 numbers: the adaptation from D65 to D50, the adapted primaries, and the transfer curve. */
    static const uint32_t adaptation[9] = {0x00010C42, 0x000005DE, 0xFFFFF325, 0x00000793, 0x0000FD90,
                                           0xFFFFFBA1, 0xFFFFFDA2, 0x000003DC, 0x0000C06E};
    static const uint32_t red[3] = {0x00006FA2, 0x000038F5, 0x00000390};
    static const uint32_t green[3] = {0x00006299, 0x0000B785, 0x000018DA};
    static const uint32_t blue[3] = {0x000024A0, 0x00000F84, 0x0000B6CF};
    static const uint32_t curve[6] = {0x00030000, 0x00026666, 0x0000F2A7, 0x00000D59, 0x000013D0, 0x00000A5B};
    struct profile p = {.data = buf_new(a)};
    tag_text(&p, "desc", "sRGB");
    tag_text(&p, "cprt", "CC0");
    tag_numbers(&p, "wtpt", "XYZ ", d50, 3);
    tag_numbers(&p, "chad", "sf32", adaptation, 9);
    tag_numbers(&p, "rXYZ", "XYZ ", red, 3);
    tag_numbers(&p, "gXYZ", "XYZ ", green, 3);
    tag_numbers(&p, "bXYZ", "XYZ ", blue, 3);
    tag_numbers(&p, "rTRC", "para", curve, 6);
    tag_again(&p, "gTRC");
    tag_again(&p, "bTRC");
    return finish(a, &p, "mntr", "RGB ", "XYZ ");
}

/* A lut16Type with two grid points an ink: all sixteen overprints, and straight lines between them. */
static void tag_overprints(struct profile *p)
{
    /* CIE L*, a*, b* against paper white, in the order of the bits C M Y K. */
    static const signed char overprints[16][3] = {
        {100, 0, 0},   {16, 0, 0}, {93, -5, 95},   {15, 0, 5},   {50, 76, -3},  {13, 4, 0},
        {49, 70, 50},  {12, 4, 3}, {57, -38, -51}, {12, -4, -5}, {52, -68, 26}, {11, -6, 2},
        {25, 20, -47}, {9, 1, -6}, {23, 0, 0},     {7, 0, 0},
    };
    struct buf *b = p->data;
    tag_begin(p, "A2B0", "mft2");
    buf_add(b, "\x04\x03\x02\x00", 4);
    for (int i = 0; i < 9; i++)
        buf_big32(b, i % 4 == 0 ? 0x00010000 : 0);
    buf_big16(b, 2);
    buf_big16(b, 2);
    for (int ink = 0; ink < 4; ink++) {
        buf_big16(b, 0);
        buf_big16(b, 0xFFFF);
    }
    for (int i = 0; i < 16; i++) {
        buf_big16(b, (unsigned)(overprints[i][0] * 0xFF00 / 100));
        buf_big16(b, (unsigned)((overprints[i][1] + 128) * 256));
        buf_big16(b, (unsigned)((overprints[i][2] + 128) * 256));
    }
    for (int i = 0; i < 3; i++) {
        buf_big16(b, 0);
        buf_big16(b, 0xFFFF);
    }
    tag_end(p);
}

struct text cmyk_profile(struct arena *a)
{
    struct profile p = {.data = buf_new(a)};
    tag_text(&p, "desc", "Offset, coated paper");
    tag_text(&p, "cprt", "CC0");
    tag_numbers(&p, "wtpt", "XYZ ", d50, 3);
    tag_overprints(&p);
    return finish(a, &p, "scnr", "CMYK", "Lab ");
}

bool profile_fits(struct text profile, int components)
{
    static const char *const classes[] = {"scnr", "mntr", "prtr", "spac"};
    const char *space = components == 1 ? "GRAY" : components == 3 ? "RGB " : "CMYK";
    if (profile.length < 132 || big32(profile, 0) != profile.length ||
        memcmp(profile.at + 36, "acsp", 4) != 0)
        return false;
    if (profile.at[8] < 1 || profile.at[8] > 4 || memcmp(profile.at + 16, space, 4) != 0)
        return false;
    for (size_t i = 0; i < 4; i++)
        if (memcmp(profile.at + 12, classes[i], 4) == 0)
            return true;
    return false;
}
