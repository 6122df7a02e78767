#include "fonts/face.h"
#include <hb-ot.h>

/* A table's bytes with reads that give 0 past its end. */
struct table {
    hb_blob_t *blob;
    const unsigned char *at;
    unsigned length;
};

static struct table table_open(hb_face_t *face, hb_tag_t tag)
{
    struct table t = {.blob = hb_face_reference_table(face, tag)};
    t.at = (const unsigned char *)hb_blob_get_data(t.blob, &t.length);
    return t;
}

static void table_close(struct table *t)
{
    hb_blob_destroy(t->blob);
}

static unsigned u8_at(const struct table *t, unsigned at)
{
    return at < t->length ? t->at[at] : 0;
}

static unsigned u16_at(const struct table *t, unsigned at)
{
    return u8_at(t, at) << 8 | u8_at(t, at + 1);
}

static int i16_at(const struct table *t, unsigned at)
{
    return (int16_t)u16_at(t, at);
}

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
    struct table t = table_open(face, tag);
    bool has = t.length > 0;
    table_close(&t);
    return has;
}

/* Does the name tell of a face without serifs? Asked where the font itself says nothing. */
static bool named_sans(const char *family)
{
    static const char *const parts[] = {"Sans", "Mono", "Gothic", "Grotesk", "Inter", "Helvetica", "Arial"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strstr(family, parts[i]))
            return true;
    return false;
}

/* OS/2: offsets of usWeightClass, fsType, sFamilyClass, panose, fsSelection. */
static void read_os2(struct face *f, int weight)
{
    enum { WEIGHT = 4, TYPE = 8, FAMILY_CLASS = 30, PANOSE = 32, SELECTION = 62 };
    enum { RESTRICTED = 2, LICENCE = 0xF, NO_SUBSET = 0x100, BITMAP_ONLY = 0x200 };
    enum { SANS_CLASS = 8, SERIF_CLASS_LAST = 7, PANOSE_TEXT = 2, PANOSE_SANS = 11, PANOSE_FIXED = 9 };
    struct table t = table_open(f->hb_face, HB_TAG('O', 'S', '/', '2'));
    unsigned type = u16_at(&t, TYPE), family = u8_at(&t, FAMILY_CLASS);
    f->may_embed = (type & LICENCE) != RESTRICTED && !(type & BITMAP_ONLY);
    f->may_subset = !(type & NO_SUBSET);
    f->weight = weight ? weight : t.length ? (int)u16_at(&t, WEIGHT) : 400;
    unsigned kind = u8_at(&t, PANOSE), serif = u8_at(&t, PANOSE + 1);
    if (kind == PANOSE_TEXT && serif > 1)
        f->serif = serif < PANOSE_SANS;
    else if (family > 0 && family <= SANS_CLASS)
        f->serif = family <= SERIF_CLASS_LAST;
    else
        f->serif = !named_sans(f->family);
    f->monospaced = kind == PANOSE_TEXT && u8_at(&t, PANOSE + 3) == PANOSE_FIXED;
    f->italic = f->italic || (u16_at(&t, SELECTION) & 1) != 0;
    table_close(&t);
}

static void read_post(struct face *f)
{
    struct table t = table_open(f->hb_face, HB_TAG('p', 'o', 's', 't'));
    f->italic_angle = i16_at(&t, 4) + u16_at(&t, 6) / 65536.0;
    f->monospaced = f->monospaced || u16_at(&t, 12) || u16_at(&t, 14);
    table_close(&t);
}

static void read_head(struct face *f)
{
    struct table t = table_open(f->hb_face, HB_TAG('h', 'e', 'a', 'd'));
    for (unsigned i = 0; i < 4; i++)
        f->box[i] = i16_at(&t, 36 + 2 * i);
    table_close(&t);
}

/* A metric of the font, or the height of a letter when it says none. */
static int metric_or_height(const struct face *f, hb_ot_metrics_tag_t tag, hb_codepoint_t letter)
{
    hb_position_t value;
    if (hb_ot_metrics_get_position(f->hb_font, tag, &value) && value > 0)
        return value;
    hb_codepoint_t glyph;
    hb_glyph_extents_t e;
    if (hb_font_get_nominal_glyph(f->hb_font, letter, &glyph) &&
        hb_font_get_glyph_extents(f->hb_font, glyph, &e))
        return e.y_bearing;
    return f->upem * (letter == 'x' ? 45 : 65) / 100;
}

static int metric_or(const struct face *f, hb_ot_metrics_tag_t tag, int otherwise)
{
    hb_position_t value;
    return hb_ot_metrics_get_position(f->hb_font, tag, &value) ? value : otherwise;
}

static void measure(struct face *f)
{
    hb_font_extents_t e = {0};
    if (!hb_font_get_h_extents(f->hb_font, &e) || e.ascender == e.descender) {
        e.ascender = f->box[3];
        e.descender = f->box[1];
    }
    f->ascent = e.ascender;
    f->descent = e.descender > 0 ? -e.descender : e.descender;
    f->x_height = metric_or_height(f, HB_OT_METRICS_TAG_X_HEIGHT, 'x');
    f->cap_height = metric_or_height(f, HB_OT_METRICS_TAG_CAP_HEIGHT, 'H');
    f->underline_position = metric_or(f, HB_OT_METRICS_TAG_UNDERLINE_OFFSET, -f->upem / 10);
    f->underline_thickness = metric_or(f, HB_OT_METRICS_TAG_UNDERLINE_SIZE, f->upem / 20);
    f->strikeout_position = metric_or(f, HB_OT_METRICS_TAG_STRIKEOUT_OFFSET, f->x_height / 2);
}

static void read_features(struct face *f)
{
    hb_tag_t tags[64];
    unsigned count = 64, from = 0, all;
    do {
        count = 64;
        all = hb_ot_layout_table_get_feature_tags(f->hb_face, HB_OT_TAG_GSUB, from, &count, tags);
        for (unsigned i = 0; i < count; i++) {
            f->has_small_caps = f->has_small_caps || tags[i] == HB_TAG('s', 'm', 'c', 'p');
            f->has_oldstyle = f->has_oldstyle || tags[i] == HB_TAG('o', 'n', 'u', 'm');
        }
        from += count;
    } while (count && from < all);
}

/* A PDF name: printable ASCII without spaces and delimiters (OpenType name ID 6), at most 63 bytes. */
static const char *postscript_name(struct arena *a, const struct face *f)
{
    char raw[128];
    unsigned size = sizeof raw;
    hb_ot_name_get_utf8(f->hb_face, HB_OT_NAME_ID_POSTSCRIPT_NAME, hb_language_from_string("en", -1), &size,
                        raw);
    const char *from = size ? raw : f->family;
    char name[64];
    size_t n = 0;
    for (; *from && n < 63; from++)
        if (*from > ' ' && *from < 0x7F && !strchr("[](){}<>/%#", *from))
            name[n++] = *from;
    return n ? arena_copy(a, name, n) : "Unnamed";
}

static void destroy_face(void *face)
{
    hb_face_destroy(face);
}

static void destroy_font(void *font)
{
    hb_font_destroy(font);
}

static hb_face_t *open_file(struct arena *a, const char *path, int index)
{
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(path);
    if (!blob)
        return NULL;
    hb_face_t *face = hb_face_create(blob, (unsigned)index);
    hb_blob_destroy(blob);
    if (face == hb_face_get_empty())
        arena_exhausted(a);
    bool outlines =
        has_table(face, HB_TAG('g', 'l', 'y', 'f')) || has_table(face, HB_TAG('C', 'F', 'F', ' '));
    if (hb_face_get_glyph_count(face) > 0 && outlines)
        return face;
    hb_face_destroy(face);
    return NULL;
}

/* A named instance's place on the axes, as fontconfig numbers them in the upper half of an index. */
static bool place_of_instance(const struct face *f, int index, float *values)
{
    unsigned count = f->axis_count;
    return index >> 16 > 0 && hb_ot_var_named_instance_get_design_coords(
                                  f->hb_face, (unsigned)(index >> 16) - 1, &count, values) == f->axis_count;
}

static float wanted_place(const hb_ot_var_axis_info_t *axis, const struct face_source *s)
{
    float wanted = axis->default_value;
    if (axis->tag == HB_OT_TAG_VAR_AXIS_WEIGHT && s->weight)
        wanted = (float)s->weight;
    if (axis->tag == HB_OT_TAG_VAR_AXIS_ITALIC)
        wanted = s->italic ? 1 : 0;
    return wanted < axis->min_value ? axis->min_value : wanted > axis->max_value ? axis->max_value : wanted;
}

/* Sets a variable font to the instance that is asked for: everything after sees a font like any other. */
static void place_on_axes(struct arena *a, struct face *f, const struct face_source *s)
{
    f->axis_count = hb_ot_var_get_axis_count(f->hb_face);
    if (!f->axis_count)
        return;
    unsigned count = f->axis_count;
    hb_ot_var_axis_info_t *infos = arena_array(a, count, sizeof *infos);
    float *values = arena_array(a, count, sizeof *values);
    struct face_axis *axes = arena_array(a, count, sizeof *axes);
    hb_ot_var_get_axis_infos(f->hb_face, 0, &count, infos);
    bool named = place_of_instance(f, s->index, values);
    for (unsigned i = 0; i < count; i++) {
        if (!named)
            values[i] = wanted_place(&infos[i], s);
        axes[i] = (struct face_axis){infos[i].tag, values[i]};
    }
    f->axes = axes;
    hb_font_set_var_coords_design(f->hb_font, values, count);
}

struct face *face_open(struct arena *a, const struct face_source *s)
{
    hb_face_t *hb_face = open_file(a, s->path, s->index & 0xFFFF);
    if (!hb_face)
        return NULL;
    struct face *f = arena_alloc(a, sizeof *f);
    arena_defer(a, destroy_face, hb_face);
    hb_face_make_immutable(hb_face);
    f->id = -1;
    f->family = arena_string(a, s->family);
    f->path = arena_string(a, s->path);
    f->index = s->index;
    f->italic = s->italic;
    f->hb_face = hb_face;
    f->hb_font = hb_font_create(hb_face);
    if (f->hb_font == hb_font_get_empty())
        arena_exhausted(a);
    arena_defer(a, destroy_font, f->hb_font);
    place_on_axes(a, f, s);
    hb_font_make_immutable(f->hb_font); /* a new font is scaled to the face's upem */
    f->upem = (int)hb_face_get_upem(hb_face);
    f->cff = has_table(hb_face, HB_TAG('C', 'F', 'F', ' '));
    read_os2(f, s->weight);
    read_post(f);
    read_head(f);
    measure(f);
    read_features(f);
    f->postscript_name = postscript_name(a, f);
    f->coverage = coverage_new(a, hb_face);
    return f;
}
