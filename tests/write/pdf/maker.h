/* maker.h - pages for tests, set by hand: words shaped by HarfBuzz, put into lines, with tags and links. It
 * stands in for layout and fonts, so that the PDF writer is tested alone. */
#ifndef OCTAVO_TESTS_WRITE_PDF_MAKER_H
#define OCTAVO_TESTS_WRITE_PDF_MAKER_H

#include "fonts/face.h"
#include "layout/frame.h"
#include <fontconfig/fontconfig.h>
#include <hb-ot.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAKER_FACES = 5, MAKER_WIDTH = 432, MAKER_HEIGHT = 648, MAKER_LEFT = 60, MAKER_RIGHT = 372 };
enum maker_face { ROMAN, ITALIC, BOLD, MONO, SANS };

struct maker {
    struct arena *arena;
    struct document *document;
    struct face faces[MAKER_FACES];
    struct hash *shaped; /* by face, features and text */
    struct pages pages;
    uint32_t page_room, frame_room, tag_room, destination_room, outline_room;
    uint32_t seq, tag; /* the tag that is open */
    double x_pt, y_pt; /* where the next word goes */
    /* the line on its way */
    struct piece line[256];
    uint32_t line_count, line_tag, line_seq;
    double line_x_pt;
    enum maker_face line_face;
    double size_pt;
    const char *features;
    bool pending_space;
};

static inline void *maker_grow(struct arena *a, void *old, uint32_t count, uint32_t *room, size_t size)
{
    if (count < *room)
        return old;
    *room = *room ? *room * 2 : 16;
    void *larger = arena_array(a, *room, size);
    if (count)
        memcpy(larger, old, count * size);
    return larger;
}
#define MAKER_ADD(m, array, count, room)                                                                     \
    ((array) = maker_grow((m)->arena, (array), (count), &(room), sizeof *(array)), &(array)[(count)++])

/* ---- faces */

static inline const char *maker_find(struct arena *a, const char *family, const char *style)
{
    FcPattern *want = FcPatternCreate();
    FcPatternAddString(want, FC_FAMILY, (const FcChar8 *)family);
    FcPatternAddString(want, FC_STYLE, (const FcChar8 *)style);
    FcConfigSubstitute(NULL, want, FcMatchPattern);
    FcDefaultSubstitute(want);
    FcResult result;
    FcPattern *got = FcFontMatch(NULL, want, &result);
    FcChar8 *file = NULL;
    FcPatternGetString(got, FC_FILE, 0, &file);
    const char *path = arena_string(a, (const char *)file);
    FcPatternDestroy(want);
    FcPatternDestroy(got);
    return path;
}

static void maker_face_end(void *what)
{
    struct face *f = what;
    hb_font_destroy(f->hb_font);
    hb_face_destroy(f->hb_face);
}

static inline int maker_metric(hb_font_t *font, hb_ot_metrics_tag_t tag)
{
    hb_position_t value = 0;
    return hb_ot_metrics_get_position(font, tag, &value) ? value : 0;
}

static inline bool maker_has_table(hb_face_t *face, hb_tag_t tag)
{
    hb_blob_t *blob = hb_face_reference_table(face, tag);
    bool has = hb_blob_get_length(blob) > 0;
    hb_blob_destroy(blob);
    return has;
}

static inline void maker_open(struct maker *m, enum maker_face which, const char *family, const char *style)
{
    struct face *f = &m->faces[which];
    *f = (struct face){.id = (int)which,
                       .family = family,
                       .path = maker_find(m->arena, family, style),
                       .postscript_name = arena_printf(m->arena, "Test%d-%s", (int)which, style),
                       .weight = strstr(style, "Bold") ? 700 : 400,
                       .italic = strcmp(style, "Italic") == 0,
                       .monospaced = which == MONO,
                       .serif = which <= BOLD,
                       .may_embed = true,
                       .may_subset = true};
    hb_blob_t *blob = hb_blob_create_from_file(f->path);
    f->hb_face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    f->hb_font = hb_font_create(f->hb_face);
    f->upem = (int)hb_face_get_upem(f->hb_face);
    f->coverage = coverage_new(m->arena, f->hb_face);
    f->cff = maker_has_table(f->hb_face, HB_TAG('C', 'F', 'F', ' '));
    f->ascent = maker_metric(f->hb_font, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER);
    f->descent = maker_metric(f->hb_font, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER);
    f->cap_height = maker_metric(f->hb_font, HB_OT_METRICS_TAG_CAP_HEIGHT);
    f->x_height = maker_metric(f->hb_font, HB_OT_METRICS_TAG_X_HEIGHT);
    f->box[1] = f->descent, f->box[2] = f->upem, f->box[3] = f->ascent;
    hb_font_make_immutable(f->hb_font);
    hb_face_make_immutable(f->hb_face);
    arena_defer(m->arena, maker_face_end, f);
}

/* ---- shaping */

static inline struct shaped *maker_shape_new(struct maker *m, enum maker_face which, const char *features,
                                             struct text text)
{
    hb_buffer_t *b = hb_buffer_create();
    hb_buffer_add_utf8(b, text.at, (int)text.length, 0, (int)text.length);
    hb_buffer_guess_segment_properties(b);
    hb_feature_t list[4];
    unsigned features_count = 0;
    if (*features && hb_feature_from_string(features, -1, &list[0]))
        features_count = 1;
    hb_shape(m->faces[which].hb_font, b, list, features_count);
    unsigned n;
    hb_glyph_info_t *info = hb_buffer_get_glyph_infos(b, &n);
    hb_glyph_position_t *at = hb_buffer_get_glyph_positions(b, &n);
    struct shaped *s = arena_alloc(m->arena, sizeof *s + n * sizeof(struct glyph));
    struct manner *manner = arena_alloc(m->arena, sizeof *manner);
    *manner = (struct manner){.face = &m->faces[which], .features = features, .language = "en"};
    manner->right_to_left = hb_buffer_get_direction(b) == HB_DIRECTION_RTL;
    s->manner = manner;
    s->text = text_copy(m->arena, text);
    s->length = (uint32_t)text.length;
    s->count = n;
    for (unsigned i = 0; i < n; i++) {
        s->glyphs[i] = (struct glyph){.id = info[i].codepoint,
                                      .cluster = info[i].cluster & INT32_MAX,
                                      .advance = at[i].x_advance,
                                      .dx = (int16_t)at[i].x_offset,
                                      .dy = (int16_t)at[i].y_offset};
        s->width += at[i].x_advance;
    }
    hb_buffer_destroy(b);
    return s;
}

static inline const struct shaped *maker_shape(struct maker *m, enum maker_face which, const char *features,
                                               struct text text)
{
    const char *key = arena_printf(m->arena, "%d %s %.*s", (int)which, features, (int)text.length, text.at);
    struct shaped *s = hash_find(m->shaped, text_of(key));
    if (s)
        return s;
    s = maker_shape_new(m, which, features, text);
    hash_put(m->shaped, text_of(key), s);
    return s;
}

static inline double maker_width(const struct maker *m, const struct shaped *s)
{
    return s->width * m->size_pt / s->manner->face->upem;
}

/* ---- pages, frames, tags */

static inline struct page *maker_page_at(struct maker *m)
{
    return &m->pages.pages[m->pages.count - 1];
}

static inline struct frame *maker_frame(struct maker *m, enum frame_kind kind, uint32_t tag, uint32_t seq)
{
    struct page *p = maker_page_at(m);
    struct frame *f = MAKER_ADD(m, p->frames, p->count, m->frame_room);
    *f = (struct frame){.kind = kind, .tag = tag, .seq = seq};
    return f;
}

static inline void maker_line_end(struct maker *m, bool space)
{
    if (space)
        m->x_pt += m->size_pt * 0.27;
    if (!m->line_count)
        return;
    struct frame *f = maker_frame(m, FRAME_TEXT, m->line_tag, m->line_seq);
    struct frame_text *t = arena_alloc(m->arena, sizeof *t);
    struct piece *pieces = arena_array(m->arena, m->line_count, sizeof *pieces);
    memcpy(pieces, m->line, m->line_count * sizeof *pieces);
    *t = (struct frame_text){.size_pt = m->size_pt,
                             .stretch = 1,
                             .count = m->line_count,
                             .pieces = pieces,
                             .trailing_space = space};
    f->text = t;
    f->x_pt = (float)m->line_x_pt;
    f->y_pt = (float)m->y_pt;
    m->line_count = 0;
}

static inline void maker_page(struct maker *m, const char *label)
{
    maker_line_end(m, m->pending_space);
    struct page *p = MAKER_ADD(m, m->pages.pages, m->pages.count, m->page_room);
    *p = (struct page){.width_pt = MAKER_WIDTH, .height_pt = MAKER_HEIGHT, .label = label};
    m->frame_room = 0;
    m->x_pt = MAKER_LEFT;
    m->y_pt = 72;
}

static inline void maker_break(struct maker *m, bool space)
{
    maker_line_end(m, space);
    m->pending_space = false;
    m->x_pt = MAKER_LEFT;
    m->y_pt += 14;
    if (m->y_pt > MAKER_HEIGHT - 72)
        maker_page(m, arena_printf(m->arena, "%u", m->pages.count + 1));
}

static inline uint32_t maker_open_tag(struct maker *m, enum tag_type type)
{
    maker_line_end(m, m->pending_space);
    m->pending_space = false;
    uint32_t parent = m->tag;
    m->tag = m->pages.tag_count;
    struct tag *t = MAKER_ADD(m, m->pages.tags, m->pages.tag_count, m->tag_room);
    *t = (struct tag){.type = type, .parent = parent, .seq = ++m->seq};
    return m->tag;
}

static inline struct tag *maker_tag(struct maker *m)
{
    return &m->pages.tags[m->tag];
}

static inline void maker_close_tag(struct maker *m)
{
    maker_line_end(m, m->pending_space);
    m->pending_space = false;
    m->tag = maker_tag(m)->parent;
}

static inline void maker_word(struct maker *m, enum maker_face which, struct text word, bool inserted)
{
    const struct shaped *s = maker_shape(m, which, m->features, word);
    double width = maker_width(m, s), gap = m->pending_space ? m->size_pt * 0.27 : 0;
    if (m->x_pt + gap + width > MAKER_RIGHT && m->x_pt > MAKER_LEFT && !inserted)
        maker_break(m, m->pending_space), gap = 0;
    if (!m->line_count) {
        m->line_x_pt = m->x_pt + gap;
        m->line_tag = m->tag;
        m->line_seq = ++m->seq;
    }
    m->line[m->line_count++] = (struct piece){.shaped = s,
                                              .x_pt = (float)(m->x_pt + gap - m->line_x_pt),
                                              .space = m->pending_space && gap > 0,
                                              .inserted = inserted};
    m->x_pt += gap + width;
    m->pending_space = false;
    if (m->line_count == 250)
        maker_line_end(m, false);
}

/* Words at spaces; a "-\n" in the text is an inserted hyphen at a line's end. */
static inline void maker_text(struct maker *m, enum maker_face which, const char *text)
{
    struct text rest = text_of(text), word;
    bool first = true;
    while (text_split(&rest, ' ', &word)) {
        if (!first)
            m->pending_space = true;
        first = false;
        if (!word.length)
            continue;
        size_t hyphen = text_find(word, '\n', 0);
        if (hyphen < word.length && hyphen > 0) {
            maker_word(m, which, text_slice(word, 0, hyphen - 1), false);
            maker_word(m, which, hash_count(m->shaped) % 2 ? TEXT("\xE2\x80\x90") : TEXT("-"), true);
            maker_break(m, false);
            word = text_slice(word, hyphen + 1, word.length);
        }
        maker_word(m, which, word, false);
    }
}

/* A whole element with text, in lines of its own. */
static inline void maker_block(struct maker *m, enum tag_type type, enum maker_face which, const char *text)
{
    maker_open_tag(m, type);
    maker_text(m, which, text);
    maker_close_tag(m);
    maker_break(m, false);
}

static inline void maker_heading(struct maker *m, int level, const char *text, const char *id)
{
    maker_open_tag(m, TAG_H);
    maker_tag(m)->level = (uint8_t)level;
    maker_tag(m)->title = text;
    struct destination *d =
        MAKER_ADD(m, m->pages.destinations, m->pages.destination_count, m->destination_room);
    *d = (struct destination){id, m->pages.count - 1, (float)m->x_pt, (float)m->y_pt - 14, m->tag};
    struct outline_entry *o = MAKER_ADD(m, m->pages.outline, m->pages.outline_count, m->outline_room);
    *o = (struct outline_entry){.title = text, .level = level, .target = id};
    maker_text(m, BOLD, text);
    maker_close_tag(m);
    maker_break(m, false);
}

static inline void maker_destination(struct maker *m, const char *id)
{
    struct destination *d =
        MAKER_ADD(m, m->pages.destinations, m->pages.destination_count, m->destination_room);
    *d = (struct destination){id, m->pages.count - 1, (float)m->x_pt, (float)m->y_pt - 14, m->tag};
}

/* A link inside the open tag. */
static inline void maker_link(struct maker *m, const char *text, const char *uri, const char *target,
                              const char *contents)
{
    bool space = m->pending_space;
    maker_open_tag(m, TAG_LINK);
    m->pending_space = space;
    double from = m->x_pt;
    maker_text(m, ROMAN, text);
    maker_line_end(m, false);
    struct frame *f = maker_frame(m, FRAME_LINK, m->tag, ++m->seq);
    struct frame_link *l = arena_alloc(m->arena, sizeof *l);
    *l = (struct frame_link){fmax(m->x_pt - from, 4), 12, uri, target, contents};
    f->link = l;
    f->x_pt = (float)(from < m->x_pt ? from : MAKER_LEFT);
    f->y_pt = (float)m->y_pt - 10;
    maker_close_tag(m);
}

static inline void maker_image(struct maker *m, const struct resource *r, const char *alternative)
{
    maker_open_tag(m, TAG_FIGURE);
    maker_tag(m)->alternative = alternative;
    struct frame *f = maker_frame(m, FRAME_IMAGE, m->tag, ++m->seq);
    f->image = arena_alloc(m->arena, sizeof *f->image);
    *f->image = (struct frame_image){r, 40, 30};
    f->x_pt = MAKER_LEFT;
    f->y_pt = (float)m->y_pt;
    m->y_pt += 44;
    maker_close_tag(m);
    maker_break(m, false);
}

static inline void maker_running_head(struct maker *m, const char *text)
{
    double x = m->x_pt, y = m->y_pt;
    uint32_t tag = m->tag;
    maker_line_end(m, false);
    m->tag = 0;
    m->x_pt = MAKER_LEFT, m->y_pt = 48;
    maker_text(m, ITALIC, text);
    maker_line_end(m, false);
    struct frame *f = maker_frame(m, FRAME_RULE, 0, ++m->seq);
    f->rule = arena_alloc(m->arena, sizeof *f->rule);
    *f->rule = (struct frame_rule){MAKER_RIGHT - MAKER_LEFT, 0.5, 0x336699};
    f->x_pt = MAKER_LEFT, f->y_pt = 52;
    m->tag = tag;
    m->x_pt = x, m->y_pt = y;
}

static int maker_by_name(const void *a, const void *b)
{
    return strcmp(((const struct destination *)a)->name, ((const struct destination *)b)->name);
}

static inline const struct pages *maker_done(struct maker *m)
{
    maker_line_end(m, false);
    if (m->pages.destination_count)
        qsort(m->pages.destinations, m->pages.destination_count, sizeof *m->pages.destinations,
              maker_by_name);
    m->pages.language = "en";
    return &m->pages;
}

static inline struct maker *maker_new(struct arena *a, struct document *d)
{
    struct maker *m = arena_alloc(a, sizeof *m);
    m->arena = a;
    m->document = d;
    m->size_pt = 10;
    m->features = "";
    m->shaped = hash_new(a);
    maker_open(m, ROMAN, "Linux Libertine O", "Regular");
    maker_open(m, ITALIC, "Linux Libertine O", "Italic");
    maker_open(m, BOLD, "Linux Libertine O", "Bold");
    maker_open(m, MONO, "JetBrains Mono", "Regular");
    maker_open(m, SANS, "DejaVu Sans", "Book");
    MAKER_ADD(m, m->pages.tags, m->pages.tag_count, m->tag_room); /* entry 0 is unused */
    maker_page(m, "i");
    maker_open_tag(m, TAG_DOCUMENT);
    return m;
}

#endif
