#include "fonts/subset.h"
#include "fonts/cff.h"
#include <errno.h>
#include <hb-subset.h>
#include <stdlib.h>

/* What a viewer has a use for: text arrives as glyphs, names and metrics stand in the PDF's own objects. The
 * axes' tables are for the outlines of a variable font. */
static const hb_tag_t wanted[] = {
    HB_TAG('h', 'e', 'a', 'd'), HB_TAG('h', 'h', 'e', 'a'), HB_TAG('h', 'm', 't', 'x'),
    HB_TAG('m', 'a', 'x', 'p'), HB_TAG('C', 'F', 'F', ' '), HB_TAG('g', 'l', 'y', 'f'),
    HB_TAG('l', 'o', 'c', 'a'), HB_TAG('f', 'v', 'a', 'r'), HB_TAG('a', 'v', 'a', 'r'),
    HB_TAG('g', 'v', 'a', 'r'), HB_TAG('c', 'v', 'a', 'r'), HB_TAG('H', 'V', 'A', 'R'),
    HB_TAG('M', 'V', 'A', 'R'),
};

static void input_end(void *what)
{
    hb_subset_input_destroy(what);
}
static void plan_end(void *what)
{
    hb_subset_plan_destroy(what);
}
static void face_end(void *what)
{
    hb_face_destroy(what);
}
static void blob_end(void *what)
{
    hb_blob_destroy(what);
}

/* Where memory fails, hb-subset may leave out a table or a glyph without a word. But malloc has said it. */
static void watch_memory(void)
{
    errno = 0;
}

static void ask_memory(struct arena *a)
{
    if (errno == ENOMEM)
        arena_exhausted(a);
}

static hb_blob_t *wanted_table(hb_face_t *bare, hb_tag_t tag, void *whole)
{
    (void)bare;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (wanted[i] == tag)
            return hb_face_reference_table(whole, tag);
    return NULL;
}

/* What a face reads of its tables belongs to the library that read it first: where memory fails inside
 * hb-subset, HarfBuzz 6 would free what is no memory. So HarfBuzz reads all before. */
static void read_tables(struct arena *a, hb_face_t *bare)
{
    hb_font_t *font = hb_font_create(bare);
    hb_glyph_extents_t e;
    hb_codepoint_t g;
    hb_font_get_glyph_extents(font, 0, &e);
    hb_font_get_glyph_h_advance(font, 0);
    hb_font_get_nominal_glyph(font, ' ', &g);
    hb_font_destroy(font);
    ask_memory(a);
}

/* The face without what isn't wanted: hb-subset would look for the glyphs that features and characters lead
 * to, even where their tables are dropped, and that takes longer than all the rest. */
static hb_face_t *bare_face(struct arena *a, const struct face *face)
{
    hb_face_t *bare = arena_must(a, hb_face_create_for_tables(wanted_table, face->hb_face, NULL));
    arena_defer(a, face_end, bare);
    read_tables(a, bare);
    return bare;
}

static hb_subset_input_t *input_new(struct arena *a, const struct face *face, const unsigned char *used,
                                    bool hinted)
{
    uint32_t glyphs = hb_face_get_glyph_count(face->hb_face);
    hb_subset_input_t *in = arena_must(a, hb_subset_input_create_or_fail());
    arena_defer(a, input_end, in);
    hb_set_t *keep = hb_subset_input_glyph_set(in);
    for (uint32_t g = 0; g < glyphs; g++)
        if (!face->may_subset || g == 0 || used[g / 8] >> (g % 8) & 1)
            hb_set_add(keep, g);
    /* TrueType's instructions often weigh more than the outlines; CFF's hints are small. Outlines written out
     * deflate better than subroutines do. */
    unsigned flags = HB_SUBSET_FLAGS_NOTDEF_OUTLINE;
    if (face->cff)
        flags |= HB_SUBSET_FLAGS_DESUBROUTINIZE;
    if (!face->cff || !hinted)
        flags |= HB_SUBSET_FLAGS_NO_HINTING;
    hb_subset_input_set_flags(in, flags);
    for (unsigned i = 0; i < face->axis_count; i++)
        if (!hb_subset_input_pin_axis_location(in, face->hb_face, face->axes[i].tag, face->axes[i].value))
            arena_exhausted(a);
    if (hb_set_allocation_successful(keep))
        return in;
    arena_exhausted(a);
}

static struct text program_of(struct arena *a, hb_face_t *subset, bool cff)
{
    hb_blob_t *blob =
        cff ? hb_face_reference_table(subset, HB_TAG('C', 'F', 'F', ' ')) : hb_face_reference_blob(subset);
    arena_defer(a, blob_end, blob);
    unsigned length = 0;
    const char *bytes = hb_blob_get_data(blob, &length);
    return (struct text){bytes, length};
}

/* ---- tables read by hand */

static unsigned u16_of(struct text t, size_t at)
{
    const unsigned char *u = (const unsigned char *)t.at + at;
    return at + 2 <= t.length ? (unsigned)u[0] << 8 | u[1] : 0;
}

/* ---- is it what the text was set with? Read by hand: a library that lacks memory would give other numbers.
 */

/* A table of an sfnt; empty when it isn't there. */
static struct text table_of(struct text sfnt, const char *tag)
{
    enum { HEADER = 12, ENTRY = 16, OFFSET = 8, LENGTH = 12 };
    for (size_t i = 0, at = HEADER; i < u16_of(sfnt, 4) && at + ENTRY <= sfnt.length; i++, at += ENTRY) {
        if (memcmp(sfnt.at + at, tag, 4) != 0)
            continue;
        size_t from = (size_t)u16_of(sfnt, at + OFFSET) << 16 | u16_of(sfnt, at + OFFSET + 2);
        size_t length = (size_t)u16_of(sfnt, at + LENGTH) << 16 | u16_of(sfnt, at + LENGTH + 2);
        return text_slice(sfnt, from, from + length);
    }
    return (struct text){"", 0};
}

static bool disagrees(const struct face *face, const struct subset *s)
{
    enum { UNITS_PER_EM = 18, HEAD = 54, METRICS = 34, HHEA = 36, METRIC = 4 };
    struct text hmtx = table_of(s->program, "hmtx"), head = table_of(s->program, "head");
    struct text hhea = table_of(s->program, "hhea");
    unsigned metrics = u16_of(hhea, METRICS);
    if (head.length != HEAD || hhea.length != HHEA || !metrics ||
        u16_of(head, UNITS_PER_EM) != (unsigned)face->upem)
        return true;
    for (uint32_t g = 0; g < s->count; g++) {
        long there = (long)u16_of(hmtx, METRIC * (size_t)(g < metrics ? g : metrics - 1));
        long here = hb_font_get_glyph_h_advance(face->hb_font, s->old_id[g]);
        if (labs(there - here) * 1000 > face->upem) /* a thousandth of an em: ISO 19005-2 §6.2.11.5 */
            return true;
    }
    return false;
}

/* ---- */

static struct text face_table(struct arena *a, const struct face *face, hb_tag_t tag)
{
    hb_blob_t *blob = hb_face_reference_table(face->hb_face, tag);
    arena_defer(a, blob_end, blob);
    unsigned length = 0;
    const char *bytes = hb_blob_get_data(blob, &length);
    return (struct text){bytes, length};
}

/* Does each outline begin where the one before it ends, and all within their table (OpenType, loca)? */
static bool has_ordered_outlines(struct arena *a, const struct face *face, uint32_t glyphs)
{
    enum { LONG_OFFSETS = 50 };
    struct text loca = face_table(a, face, HB_TAG('l', 'o', 'c', 'a'));
    struct text glyf = face_table(a, face, HB_TAG('g', 'l', 'y', 'f'));
    bool wide = u16_of(face_table(a, face, HB_TAG('h', 'e', 'a', 'd')), LONG_OFFSETS) != 0;
    size_t size = wide ? 4 : 2, before = 0;
    if (loca.length < (glyphs + (size_t)1) * size)
        return false;
    for (size_t g = 0; g <= glyphs; g++) {
        size_t at = wide ? (size_t)u16_of(loca, g * size) << 16 | u16_of(loca, g * size + 2)
                         : 2 * (size_t)u16_of(loca, g * size);
        if (at < before || at > glyf.length)
            return false;
        before = at;
    }
    return true;
}

/* HarfBuzz 6 frees what it has not allocated when it places a damaged outline on the axes: so they are looked
 * at before. What it can measure there, it can place. */
static bool can_be_placed(struct arena *a, const struct face *face, const unsigned char *used,
                          uint32_t glyphs)
{
    hb_glyph_extents_t e;
    if (face->axis_count && !has_ordered_outlines(a, face, glyphs))
        return false;
    for (uint32_t g = 0; face->axis_count && g < glyphs; g++)
        if ((!face->may_subset || g == 0 || used[g / 8] >> (g % 8) & 1) &&
            !hb_font_get_glyph_extents(face->hb_font, g, &e))
            return false;
    return true;
}

static int make_subset(struct arena *a, const struct face *face, const unsigned char *used, bool hinted,
                       struct subset *out)
{
    uint32_t glyphs = hb_face_get_glyph_count(face->hb_face);
    if (!can_be_placed(a, face, used, glyphs))
        return -1;
    hb_subset_input_t *in = input_new(a, face, used, hinted);
    hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(bare_face(a, face), in);
    if (!plan)
        return -1;
    arena_defer(a, plan_end, plan);
    hb_face_t *made = hb_subset_plan_execute_or_fail(plan);
    if (!made)
        return -1;
    arena_defer(a, face_end, made);
    *out = (struct subset){.program = program_of(a, made, face->cff), .count = hb_face_get_glyph_count(made)};
    out->old_id = arena_array(a, out->count, sizeof *out->old_id);
    const hb_map_t *old = hb_subset_plan_new_to_old_glyph_mapping(plan);
    for (uint32_t g = 0; g < out->count; g++)
        out->old_id[g] = hb_map_has(old, g) ? hb_map_get(old, g) : 0;
    out->cid = arena_array(a, out->count, sizeof *out->cid);
    for (uint32_t g = 0; g < out->count; g++)
        out->cid[g] = (uint16_t)g;
    if (!out->program.length)
        return -1;
    if (!face->cff)
        return 0;
    /* What a charstring says and what hmtx says may differ: the PDF must state the former. */
    out->width = arena_array(a, out->count, sizeof *out->width);
    if (cff_widths(out->program, out->count, out->width) != 0)
        out->width = NULL;
    return cff_cids(out->program, out->count, out->cid);
}

int subset_make(struct arena *a, const struct face *face, const unsigned char *used, bool hinted,
                struct subset *out)
{
    watch_memory();
    int rc = make_subset(a, face, used, hinted, out);
    ask_memory(a);
    if (rc == 0)
        out->disagrees = !face->cff && disagrees(face, out);
    return rc;
}

/* ---- for reading systems: characters in, a whole font out */

static int make_readable(struct arena *a, const struct face *face, const unsigned char *used,
                         struct text *program)
{
    enum { CHARACTERS = 0x110000 };
    hb_subset_input_t *in = arena_must(a, hb_subset_input_create_or_fail());
    arena_defer(a, input_end, in);
    hb_set_t *keep = hb_subset_input_unicode_set(in),
             *features = hb_subset_input_set(in, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG);
    for (uint32_t c = 0; c < CHARACTERS; c++)
        if (!face->may_subset || used[c / 8] >> (c % 8) & 1)
            hb_set_add(keep, c);
    hb_set_clear(features);
    hb_set_invert(features); /* all of them */
    if (!hb_set_allocation_successful(keep) || !hb_set_allocation_successful(features))
        arena_exhausted(a);
    hb_face_t *made = hb_subset_or_fail(face->hb_face, in);
    if (!made)
        return -1;
    arena_defer(a, face_end, made);
    *program = program_of(a, made, false);
    return program->length ? 0 : -1;
}

int subset_for_reading(struct arena *a, const struct face *face, const unsigned char *used,
                       struct text *program)
{
    watch_memory();
    int rc = make_readable(a, face, used, program);
    ask_memory(a);
    return rc;
}
