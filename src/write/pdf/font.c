/* Fonts (ISO 32000-1 §9.6 to §9.10): simple ones of up to 256 CFF glyphs; else Type0 over CIDFontType2 or
 * CIDFontType0, the subset's glyph ids as CIDs, or what its charset says.
 */
#include "base/pool.h"
#include "fonts/cff.h"
#include "fonts/subset.h"
#include "write/pdf/syntax.h"
#include "write/pdf/unicode_map.h"
#include "write/pdf/writer.h"
#include <math.h>

enum { WIDTHS_IN_ARRAY = 4096, NAME_MOST = 100 };

/* Subsetting one face, on any thread, in an arena of its own. */
struct font_job {
    struct font_use *use;
    struct failure failure;
    struct arena *arena;
    struct subset subset;
    struct text deflated; /* the program */
    int level;            /* of deflating */
    bool hinted;
    bool exhausted, failed;
};

/* Glyph ids as CIDs, unless the program can be a simple font's. */
static void encode(struct font_job *j)
{
    struct font_use *use = j->use;
    struct subset *s = &j->subset;
    unsigned char code[CODES_SHORT];
    struct coding simple = {.simple = true, .space = CODE_SPACE};
    if (!use->face->cff || s->count > CODES_SHORT)
        return;
    for (uint32_t g = 1; g < s->count; g++)
        if (use->space && s->old_id[g] == use->space)
            simple.space = g;
    for (uint32_t g = 0; g < s->count; g++)
        code[g] = (unsigned char)code_of(&simple, g);
    if (cff_encode(j->arena, s->program, s->count, code, &s->program) == 0)
        use->coding = simple;
}

static void run_job(void *user, size_t i)
{
    struct font_job *j = (struct font_job *)user + i;
    if (setjmp(j->failure.back)) {
        j->exhausted = true;
        return;
    }
    j->failed = subset_make(j->arena, j->use->face, j->use->used, j->hinted, &j->subset) != 0;
    if (j->failed)
        return;
    encode(j);
    j->deflated = deflate_zlib(j->arena, j->subset.program, j->level);
}

/* ---- glyphs */

/* Widths to a hundredth of a unit, as the file will state them: the painter reckons with the same. */
static void number_glyphs(struct writer *w, struct font_job *j)
{
    struct font_use *use = j->use;
    const struct face *face = use->face;
    use->code = arena_array(w->arena, (size_t)use->glyphs + 1, sizeof *use->code);
    use->width = arena_array(w->arena, (size_t)use->glyphs + 1, sizeof *use->width);
    for (uint32_t g = 0; g < j->subset.count; g++) {
        uint32_t old = j->subset.old_id[g];
        if (old >= use->glyphs)
            continue;
        int units = j->subset.width ? j->subset.width[g] : hb_font_get_glyph_h_advance(face->hb_font, old);
        double width = units * 1000.0 / face->upem;
        use->code[old] = code_of(&use->coding, use->coding.simple ? g : j->subset.cid[g]);
        use->width[old] = (float)(round(width * 100) / 100);
    }
}

static void print_widths(const struct font_job *j, struct buf *b)
{
    const struct font_use *use = j->use;
    double usual = (double)use->width[j->subset.count > 1 ? j->subset.old_id[1] : 0];
    bool alike = true;
    for (uint32_t g = 0; g < j->subset.count; g++)
        alike = alike && (double)use->width[j->subset.old_id[g]] == usual;
    buf_string(b, "/DW");
    pdf_number(b, usual);
    if (alike)
        return;
    buf_string(b, "/W[");
    uint32_t in_array = 0;
    const uint16_t *cid = j->subset.cid;
    for (uint32_t g = 0; g < j->subset.count; g++) {
        if (g == 0 || cid[g] != cid[g - 1] + 1 || ++in_array == WIDTHS_IN_ARRAY) {
            buf_printf(b, "%s%u[", g ? "]" : "", (unsigned)cid[g]);
            in_array = 0;
        }
        buf_byte(b, ' ');
        buf_real(b, (double)use->width[j->subset.old_id[g]], 2);
    }
    buf_string(b, "]]");
}

/* ---- CMaps */

static int map_object(struct writer *w, const struct font_job *j, int variant)
{
    const struct font_use *use = j->use;
    struct spelled *all = arena_array(w->arena, (size_t)j->subset.count + 1, sizeof *all);
    for (uint32_t g = 0; g < j->subset.count; g++) {
        uint32_t old = j->subset.old_id[g];
        if (old < use->glyphs)
            all[g] = (struct spelled){use->code[old], use->means[variant][old]};
    }
    struct buf *b = buf_new(w->arena);
    print_unicode_map(b, use->coding.simple, all, j->subset.count);
    int object = store_add_deflated(w->store, TEXT(""), buf_view(b));
    buf_free(b);
    return object;
}

/* ---- the objects */

/* ABCDEF+Name; the six letters stand for the subset's content (§9.6.4). */
static const char *subset_name(struct writer *w, const struct font_job *j)
{
    struct text program = j->subset.program;
    uint64_t hash = hash_bytes(HASH_SEED, program.at, program.length);
    char tag[7] = "";
    for (int i = 0; i < 6; i++, hash /= 26)
        tag[i] = (char)('A' + hash % 26);
    const char *name = j->use->face->postscript_name;
    return arena_printf(w->arena, "%s+%.*s", tag, NAME_MOST, name && *name ? name : "Font");
}

static double scaled(const struct face *f, int units)
{
    return round(units * 1000.0 / f->upem);
}

static int program_object(struct writer *w, const struct font_job *j)
{
    if (j->use->coding.simple)
        return store_add_stream(w->store, TEXT("/Subtype/Type1C/Filter/FlateDecode"), j->deflated);
    if (j->use->face->cff)
        return store_add_stream(w->store, TEXT("/Subtype/CIDFontType0C/Filter/FlateDecode"), j->deflated);
    struct buf *b = buf_new(w->arena);
    buf_printf(b, "/Length1 %zu/Filter/FlateDecode", j->subset.program.length);
    int object = store_add_stream(w->store, buf_view(b), j->deflated);
    buf_free(b);
    return object;
}

static int descriptor_object(struct writer *w, const struct font_job *j, const char *name)
{
    enum { FIXED = 1, SERIF = 2, SYMBOLIC = 4, ITALIC = 64 };
    const struct face *f = j->use->face;
    int flags = SYMBOLIC | (f->monospaced ? FIXED : 0) | (f->serif ? SERIF : 0) | (f->italic ? ITALIC : 0);
    struct buf *b = buf_new(w->arena);
    buf_string(b, "/Type/FontDescriptor/FontName");
    pdf_name(b, name);
    buf_printf(b, "/Flags %d/FontBBox[", flags);
    for (int i = 0; i < 4; i++)
        pdf_number(b, scaled(f, f->box[i]));
    buf_string(b, "]/ItalicAngle");
    pdf_number(b, f->italic_angle);
    buf_string(b, "/Ascent");
    pdf_number(b, scaled(f, f->ascent));
    buf_string(b, "/Descent");
    pdf_number(b, scaled(f, f->descent));
    buf_string(b, "/CapHeight");
    pdf_number(b, scaled(f, f->cap_height ? f->cap_height : f->ascent));
    if (f->x_height) {
        buf_string(b, "/XHeight");
        pdf_number(b, scaled(f, f->x_height));
    }
    /* No table says how thick the stems are: 80 suits a regular weight, 150 a bold one. */
    buf_printf(b, "/StemV %d/%s", 80 + (f->weight - 400) * 7 / 30, f->cff ? "FontFile3" : "FontFile2");
    pdf_ref(b, program_object(w, j));
    int object = store_add(w->store, buf_view(b));
    buf_free(b);
    return object;
}

static int cid_font_object(struct writer *w, const struct font_job *j, const char *name)
{
    bool cff = j->use->face->cff;
    struct buf *b = buf_new(w->arena);
    buf_printf(b, "/Type/Font/Subtype/CIDFontType%d/BaseFont", cff ? 0 : 2);
    pdf_name(b, name);
    buf_string(b, "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor");
    pdf_ref(b, descriptor_object(w, j, name));
    if (!cff)
        buf_string(b, "/CIDToGIDMap/Identity");
    print_widths(j, b);
    int object = store_add(w->store, buf_view(b));
    buf_free(b);
    return object;
}

/* A font over its CIDFont. */
static void print_composite(struct buf *b, const char *name, int cid_font)
{
    buf_string(b, "/Type/Font/Subtype/Type0/Encoding/Identity-H/BaseFont");
    pdf_name(b, name);
    buf_printf(b, "/DescendantFonts[%d 0 R]", cid_font);
}

/* A font whose program says which codes its glyphs have (§9.6.6.1). */
static void print_simple(const struct font_job *j, struct buf *b, const char *name, int descriptor)
{
    uint32_t glyph_of[CODES_SHORT] = {0}, last = 0;
    for (uint32_t g = 1; g < j->subset.count; g++) {
        uint32_t code = code_of(&j->use->coding, g);
        glyph_of[code] = g;
        last = code > last ? code : last;
    }
    buf_string(b, "/Type/Font/Subtype/Type1/BaseFont");
    pdf_name(b, name);
    buf_printf(b, "/FontDescriptor %d 0 R/FirstChar 0/LastChar %u/Widths[", descriptor, (unsigned)last);
    for (uint32_t code = 0; code <= last; code++) {
        buf_byte(b, ' ');
        buf_real(b, (double)j->use->width[j->subset.old_id[glyph_of[code]]], 2);
    }
    buf_byte(b, ']');
}

static void fill_font(struct writer *w, const struct font_job *j)
{
    const char *name = subset_name(w, j);
    bool simple = j->use->coding.simple;
    int below = simple ? descriptor_object(w, j, name) : cid_font_object(w, j, name);
    struct buf *b = buf_new(w->arena);
    for (int v = 0; v < j->use->variants; v++) {
        buf_clear(b);
        if (simple)
            print_simple(j, b, name, below);
        else
            print_composite(b, name, below);
        buf_string(b, "/ToUnicode");
        pdf_ref(b, map_object(w, j, v));
        j->use->object[v] = store_add(w->store, buf_view(b));
    }
    buf_free(b);
}

/* ---- all of them */

static void job_end(void *what)
{
    arena_free(what);
}

static void finish(struct writer *w, struct font_job *j)
{
    if (j->exhausted)
        arena_exhausted(w->arena);
    if (j->failed) {
        struct place place = writer_place(w);
        message(w->messages, SEVERITY_LOST, "pdf.font", &place,
                "The font %s can't be subset, so its text is not visible in the PDF. Choose another.",
                j->use->face->path ? j->use->face->path : j->use->face->family);
        w->broken |= BROKEN_ACCESS | BROKEN_ARCHIVE;
        j->subset = (struct subset){.count = 0};
    } else if (j->subset.disagrees) {
        struct place place = writer_place(w);
        message(w->messages, SEVERITY_LOST, "pdf.font", &place,
                "The font %s is damaged: it says different things about its widths. The PDF claims no "
                "standard. Choose another.",
                j->use->face->path ? j->use->face->path : j->use->face->family);
        w->broken |= BROKEN_ACCESS | BROKEN_ARCHIVE;
    }
    number_glyphs(w, j);
    if (!j->failed)
        fill_font(w, j);
}

void writer_fonts(struct writer *w)
{
    struct font_job *jobs = arena_array(w->arena, (size_t)w->fonts.count + 1, sizeof *jobs);
    size_t count = 0;
    for (int i = 0; i < w->fonts.count; i++) {
        if (!w->fonts.by_face[i])
            continue;
        struct font_job *j = &jobs[count++];
        j->use = w->fonts.by_face[i];
        j->level = store_level(w->store);
        j->hinted = w->tagged; /* the smallest file has none */
        j->arena = arena_must(w->arena, arena_new(&j->failure));
        arena_defer(w->arena, job_end, j->arena);
    }
    pool_run(w->options->threads, count, run_job, jobs);
    for (size_t i = 0; i < count; i++)
        finish(w, &jobs[i]);
}
