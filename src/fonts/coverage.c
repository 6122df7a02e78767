#include "base/utf8.h"
#include "fonts/face.h"
#include <hb-ot.h>

/* Two levels: which of the 256-character pages there is, and a bit for each of its characters. Page 0 is
 * empty, so that absent pages need no test. */
enum { PAGES = 0x110000 / 256 };

struct bits {
    uint64_t words[4];
};

struct coverage {
    uint16_t page[PAGES];
    struct bits *bits;
};

struct range {
    uint32_t first, last;
};

/* Default ignorable characters (Unicode DerivedCoreProperties): shaping makes them invisible. */
static const struct range IGNORABLE[] = {
    {0x00AD, 0x00AD}, {0x034F, 0x034F},   {0x061C, 0x061C},   {0x115F, 0x1160},
    {0x17B4, 0x17B5}, {0x180B, 0x180F},   {0x200B, 0x200F},   {0x202A, 0x202E},
    {0x2060, 0x206F}, {0x3164, 0x3164},   {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},
    {0xFFA0, 0xFFA0}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
};

/* Spaces that HarfBuzz makes from U+0020 where the font has none. */
static const struct range SPACES[] = {
    {0x00A0, 0x00A0}, {0x2000, 0x200A}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void add_ranges(hb_set_t *set, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        hb_set_add_range(set, ranges[i].first, ranges[i].last);
}

static void add_made_by_shaping(hb_set_t *set)
{
    add_ranges(set, IGNORABLE, COUNT(IGNORABLE));
    if (hb_set_has(set, ' '))
        add_ranges(set, SPACES, COUNT(SPACES));
    if (hb_set_has(set, 0x2010)) /* a no-break hyphen is shown as a hyphen */
        hb_set_add(set, 0x2011);
}

static struct coverage *build(struct arena *a, const hb_set_t *set)
{
    struct coverage *c = arena_alloc(a, sizeof *c);
    uint16_t pages = 1;
    for (hb_codepoint_t ch = HB_SET_VALUE_INVALID; hb_set_next(set, &ch) && ch < 0x110000;)
        if (!c->page[ch / 256])
            c->page[ch / 256] = pages++;
    c->bits = arena_array(a, pages, sizeof *c->bits);
    for (hb_codepoint_t ch = HB_SET_VALUE_INVALID; hb_set_next(set, &ch) && ch < 0x110000;)
        c->bits[c->page[ch / 256]].words[ch % 256 / 64] |= UINT64_C(1) << ch % 64;
    return c;
}

static void destroy_set(void *set)
{
    hb_set_destroy(set);
}

struct coverage *coverage_new(struct arena *a, hb_face_t *face)
{
    hb_set_t *set = hb_set_create();
    arena_defer(a, destroy_set, set); /* kept until the end: building may raise */
    hb_face_collect_unicodes(face, set);
    add_made_by_shaping(set);
    if (!hb_set_allocation_successful(set))
        arena_exhausted(a);
    struct coverage *c = build(a, set);
    hb_set_clear(set);
    return c;
}

static bool coverage_has(const struct coverage *c, uint32_t character)
{
    if (character >= 0x110000)
        return false;
    const struct bits *b = &c->bits[c->page[character / 256]];
    return b->words[character % 256 / 64] >> character % 64 & 1;
}

bool face_has(const struct face *face, uint32_t character)
{
    return coverage_has(face->coverage, character);
}

/* Does one of the lookups change the glyph? */
static bool changes(hb_face_t *face, const hb_set_t *lookups, hb_codepoint_t glyph)
{
    for (hb_codepoint_t i = HB_SET_VALUE_INVALID; hb_set_next(lookups, &i);)
        if (hb_ot_layout_lookup_would_substitute(face, i, &glyph, 1, false))
            return true;
    return false;
}

bool face_substitutes(const struct face *face, const char feature[5], struct text t)
{
    hb_tag_t features[] = {HB_TAG(feature[0], feature[1], feature[2], feature[3]), HB_TAG_NONE};
    hb_set_t *lookups = hb_set_create();
    hb_ot_layout_collect_lookups(face->hb_face, HB_OT_TAG_GSUB, NULL, NULL, features, lookups);
    bool all = hb_set_allocation_successful(lookups) && !hb_set_is_empty(lookups);
    for (size_t at = 0; all && at < t.length;) {
        uint32_t c = utf8_next(t, &at);
        hb_codepoint_t glyph = 0;
        if (c != ' ' && hb_font_get_nominal_glyph(face->hb_font, c, &glyph))
            all = changes(face->hb_face, lookups, glyph);
    }
    hb_set_destroy(lookups);
    return all;
}
