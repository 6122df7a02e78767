/* Content streams (ISO 32000-1 §7.8.2): frames as operators. */
#include "base/pool.h"
#include "write/pdf/syntax.h"
#include "write/pdf/writer.h"
#include <math.h>

enum { PAGES_IN_BLOCK = 32, DEFLATE_LEVEL = 7 };

/* Where a page's painting stands. Lengths inside a text line are in units: thousandths of the text size,
 * along the stretched axis, the unit of TJ's numbers. */
struct painter {
    const struct writer *writer;
    const struct page *page;
    struct page_use *use;
    struct buf *out;
    /* the mark in work, and whether a sequence of it is open; sequences nest neither in each other (readers
     * lose text behind the inner one) nor across BT and ET (ISO 32000-1 §14.6.1) */
    uint32_t mark;
    bool open, in_text, in_array, in_string;
    size_t sequence_room;
    /* the graphics state in force */
    const struct font_use *font;
    int variant;
    double size_pt, stretch, letter_space;
    uint32_t color;
    long line_x, line_y; /* the line's origin in hundredths of a point */
    double pen_units;    /* where the viewer's pen is, from the line's origin */
    double rise_pt;
};

static void number(struct painter *p, double value, int decimals)
{
    buf_real(p->out, value, decimals);
    buf_byte(p->out, ' ');
}

static void string_end(struct painter *p)
{
    if (p->in_string)
        buf_byte(p->out, ')');
    p->in_string = false;
}

static void array_end(struct painter *p)
{
    string_end(p);
    if (p->in_array)
        buf_add(p->out, "]TJ\n", 4);
    p->in_array = false;
}

/* ---- marked content */

static uint32_t sequence_new(struct painter *p)
{
    struct page_use *use = p->use;
    use->sequences = arena_room(p->out->arena, use->sequences, use->sequence_count, &p->sequence_room,
                                sizeof *use->sequences);
    use->sequences[use->sequence_count].mark = p->mark;
    return use->sequence_count++;
}

static void sequence_close(struct painter *p)
{
    array_end(p);
    if (p->open)
        buf_string(p->out, "EMC\n");
    p->open = false;
}

static void sequence_open(struct painter *p)
{
    static const char *const artifacts[] = {
        [ARTIFACT_LAYOUT] = "/Artifact<</Type/Layout>>BDC\n",
        [ARTIFACT_HEADER] = "/Artifact<</Type/Pagination/Subtype/Header/Attached[/Top]>>BDC\n",
        [ARTIFACT_FOOTER] = "/Artifact<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>BDC\n",
    };
    if (p->open)
        return;
    const struct mark *m = &p->use->marks.marks[p->mark];
    if (!p->writer->tagged)
        return;
    if (m->tag)
        buf_printf(p->out, "/%s<</MCID %u>>BDC\n", tag_name(p->writer, p->writer->tag_stands[m->tag]),
                   sequence_new(p));
    else
        buf_string(p->out, artifacts[m->artifact]);
    p->open = true;
}

/* From here to span_end the glyphs stand for `actual`: a sequence of its own. Artifacts are read to nobody.
 */
static void span_begin(struct painter *p, struct text actual)
{
    if (!p->use->marks.marks[p->mark].tag)
        return;
    sequence_close(p);
    buf_string(p->out, "/Span<<");
    if (p->writer->tagged)
        buf_printf(p->out, "/MCID %u", sequence_new(p));
    buf_string(p->out, "/ActualText<FEFF");
    pdf_utf16(p->out, actual);
    buf_string(p->out, ">>>BDC\n");
    p->open = true;
}

static void span_end(struct painter *p)
{
    if (p->use->marks.marks[p->mark].tag)
        sequence_close(p);
}

/* ---- text: strings and adjustments of one TJ */

static void set_font(struct painter *p, const struct font_use *font, int variant, double size_pt)
{
    if (font == p->font && variant == p->variant && size_pt == p->size_pt)
        return;
    array_end(p);
    p->font = font;
    p->variant = variant;
    p->size_pt = size_pt;
    buf_printf(p->out, "/F%d_%d ", font->face->id, variant);
    number(p, size_pt, 3);
    buf_string(p->out, "Tf\n");
}

static void array_begin(struct painter *p)
{
    if (p->in_array)
        return;
    sequence_open(p);
    buf_byte(p->out, '[');
    p->in_array = true;
}

/* Moves the pen to a place on the line, unless it is there to within half a unit. */
static void pen_to(struct painter *p, double units)
{
    double by = units - p->pen_units;
    if (fabs(by) < 0.5)
        return;
    by = round(by);
    array_begin(p);
    string_end(p);
    buf_real(p->out, -by, 0);
    p->pen_units += by;
}

/* Glyph ids as bytes of a literal string: half as long as hexadecimal, and after deflating a twelfth shorter.
 */
static void string_byte(struct buf *out, int byte)
{
    if (byte == '(' || byte == ')' || byte == '\\')
        buf_byte(out, '\\');
    if (byte == '\r')
        buf_add(out, "\\r", 2);
    else
        buf_byte(out, (char)(unsigned char)byte);
}

static void show_glyph(struct painter *p, uint32_t glyph, int variant)
{
    set_font(p, p->font, variant, p->size_pt);
    if (glyph >= p->font->glyphs)
        glyph = 0;
    array_begin(p);
    if (!p->in_string)
        buf_byte(p->out, '(');
    p->in_string = true;
    string_byte(p->out, p->font->new_id[glyph] >> 8);
    string_byte(p->out, p->font->new_id[glyph] & 255);
    p->pen_units += (double)p->font->width[glyph] + p->letter_space * 1000 / p->size_pt;
}

static void set_rise(struct painter *p, double rise_pt)
{
    if (rise_pt == p->rise_pt)
        return;
    array_end(p);
    number(p, rise_pt, 3);
    buf_string(p->out, "Ts\n");
    p->rise_pt = rise_pt;
}

/* ---- text: the state of a frame */

/* Gets into a text object. */
static void need_text(struct painter *p)
{
    if (p->in_text)
        return;
    sequence_close(p);
    buf_string(p->out, "BT\n");
    p->line_x = p->line_y = 0;
    p->in_text = true;
}

/* Gets out of it, where rectangles and pictures are painted. */
static void need_page(struct painter *p)
{
    if (!p->in_text)
        return;
    sequence_close(p);
    set_rise(p, 0);
    buf_string(p->out, "ET\n");
    p->in_text = false;
}

static void set_color(struct painter *p, uint32_t color)
{
    if (color == p->color)
        return;
    p->color = color;
    double red = (color >> 16 & 255) / 255.0, green = (color >> 8 & 255) / 255.0,
           blue = (color & 255) / 255.0;
    number(p, red, 3);
    if (red == green && green == blue) {
        buf_string(p->out, "g\n");
        return;
    }
    number(p, green, 3);
    number(p, blue, 3);
    buf_string(p->out, "rg\n");
}

static void set_stretch(struct painter *p, double stretch, double letter_space)
{
    if (stretch != p->stretch) {
        number(p, stretch * 100, 2);
        buf_string(p->out, "Tz\n");
    }
    if (letter_space != p->letter_space) {
        number(p, letter_space, 3);
        buf_string(p->out, "Tc\n");
    }
    p->stretch = stretch;
    p->letter_space = letter_space;
}

static void line_to(struct painter *p, double x_pt, double y_pt)
{
    long x = lround(x_pt * 100), y = lround(y_pt * 100);
    number(p, (double)(x - p->line_x) / 100, 2);
    number(p, (double)(y - p->line_y) / 100, 2);
    buf_string(p->out, "Td\n");
    p->line_x = x;
    p->line_y = y;
    p->pen_units = 0;
}

/* ---- text: pieces */

/* A glyph where shaping put it, from a place on the line in units. */
static void place_glyph(struct painter *p, const struct glyph *g, int variant, double at)
{
    int upem = p->font->face->upem;
    set_rise(p, g->dy ? round(g->dy * p->size_pt / upem * 1000) / 1000 : 0);
    pen_to(p, at + g->dx * (1000.0 / upem));
    show_glyph(p, g->id, variant);
}

/* The glyphs of a cluster, each where shaping put it, in the order of the text. Those of a right-to-left text
 * come one left of the other. Gives the place behind them. */
static double show_cluster(struct painter *p, const struct shaped *s, const struct cluster *c, int variant,
                           double at)
{
    double scale = 1000.0 / p->font->face->upem, spaced = p->letter_space * 1000 / p->size_pt;
    bool leftwards = s->manner->right_to_left;
    for (uint32_t i = 0; i < c->count; i++) {
        const struct glyph *g = cluster_glyph(s, c, i);
        double advance = g->advance * scale + spaced;
        if (leftwards)
            at -= advance;
        place_glyph(p, g, variant, at);
        if (!leftwards)
            at += advance;
    }
    return at;
}

static double width_units(const struct painter *p, const struct shaped *s)
{
    return s->width * 1000.0 / p->font->face->upem + s->count * p->letter_space * 1000 / p->size_pt;
}

/* All glyphs of a text, in its order. Where no variant of the font spells it, ActualText does; a variant
 * that is known (not -1) is taken for all. */
static void show_clusters(struct painter *p, const struct shaped *s, int known, double at)
{
    bool leftwards = s->manner->right_to_left;
    if (leftwards)
        at += width_units(p, s);
    for (uint32_t done = 0; done < s->count;) {
        struct cluster c = leftwards ? cluster_before(s, s->count - done) : cluster_at(s, done);
        int variant = known < 0 ? cluster_variant(p->font, s, &c) : known;
        bool span = variant < 0;
        if (span) /* PDF/UA-2 §8.4.3: no private-use characters in ActualText either */
            span_begin(p, p->writer->modern && cluster_private(&c) ? TEXT("\xEF\xBF\xBD") : c.text);
        at = show_cluster(p, s, &c, span ? 0 : variant, at);
        if (span)
            span_end(p);
        done += c.count;
    }
}

/* The same where one variant spells it all, from left to right: no need to look at clusters. */
static void show_glyphs(struct painter *p, const struct shaped *s, int variant, double at)
{
    double scale = 1000.0 / p->font->face->upem, spaced = p->letter_space * 1000 / p->size_pt;
    for (uint32_t i = 0; i < s->count; i++) {
        place_glyph(p, &s->glyphs[i], variant, at);
        at += s->glyphs[i].advance * scale + spaced;
    }
}

static void show_piece(struct painter *p, const struct piece *piece, double at)
{
    if (!piece->inserted) {
        const struct shown_text *shown = shown_find(p->writer->shown, piece->shaped);
        if (shown && shown->variant >= 0)
            show_glyphs(p, piece->shaped, shown->variant, at);
        else
            show_clusters(p, piece->shaped, -1, at);
        return;
    }
    int variant = inserted_variant(p->font, piece->shaped);
    if (variant < 0)
        span_begin(p, TEXT("\xC2\xAD"));
    show_clusters(p, piece->shaped, variant < 0 ? 0 : variant, at);
    if (variant < 0)
        span_end(p);
}

static void show_space(struct painter *p, double at)
{
    if (!p->font->space)
        return;
    set_rise(p, 0);
    pen_to(p, at);
    show_glyph(p, p->font->space, 0);
}

static double space_pt(const struct painter *p)
{
    if (!p->font->space)
        return 0;
    return ((double)p->font->width[p->font->space] * p->size_pt / 1000 + p->letter_space) * p->stretch;
}

static void paint_text(struct painter *p, const struct frame *f)
{
    const struct frame_text *t = f->text;
    const struct font_use *font =
        t->count ? p->writer->fonts.by_face[t->pieces[0].shaped->manner->face->id] : NULL;
    if (!font || !font->object[0])
        return;
    double stretch = t->stretch > 0 ? round((double)t->stretch * 10000) / 10000 : 1;
    double size_pt = round(t->size_pt * 1000) / 1000;
    if (size_pt <= 0)
        return;
    need_text(p);
    set_color(p, t->color);
    set_font(p, font, 0, size_pt);
    set_stretch(p, stretch, round((double)t->letter_space_pt / stretch * 1000) / 1000);
    /* A space before the first piece belongs to the gap before the frame. */
    double x_pt = (double)f->x_pt + (double)t->pieces[0].x_pt - (t->pieces[0].space ? space_pt(p) : 0);
    line_to(p, x_pt, p->page->height_pt - (double)f->y_pt);
    double unit_pt = size_pt * stretch / 1000, origin_pt = (double)p->line_x / 100;
    double end = 0; /* of the piece before, where its space follows */
    for (uint32_t i = 0; i < t->count; i++) {
        const struct piece *piece = &t->pieces[i];
        double at = ((double)f->x_pt + (double)piece->x_pt - origin_pt) / unit_pt;
        if (piece->space)
            show_space(p, end);
        show_piece(p, piece, at);
        end = at + width_units(p, piece->shaped);
    }
    if (t->trailing_space)
        show_space(p, end);
    array_end(p);
    if (t->goes_on) { /* nothing is shown, but readers of the tags don't take the line's end for the word's */
        span_begin(p, TEXT("\xC2\xAD"));
        span_end(p);
    }
}

/* ---- all else */

static void paint_rule(struct painter *p, const struct frame *f)
{
    const struct frame_rule *r = f->rule;
    need_page(p);
    sequence_open(p);
    set_color(p, r->color);
    number(p, (double)f->x_pt, 3);
    number(p, p->page->height_pt - (double)f->y_pt - r->height_pt, 3);
    number(p, r->width_pt, 3);
    number(p, r->height_pt, 3);
    buf_string(p->out, "re f\n");
}

static void paint_image(struct painter *p, const struct frame *f)
{
    const struct picture *picture = picture_find(p->writer->picture_of, f->image->resource);
    if (!picture || !picture->object)
        return;
    need_page(p);
    sequence_open(p);
    buf_string(p->out, "q ");
    double m[6];
    double box[4] = {(double)f->x_pt, p->page->height_pt - (double)f->y_pt - f->image->height_pt,
                     f->image->width_pt, f->image->height_pt};
    picture_matrix(picture, box, m);
    for (int i = 0; i < 6; i++)
        number(p, m[i], 3);
    buf_printf(p->out, "cm /I%d Do Q\n", picture->number);
}

static void paint_frame(struct painter *p, const struct frame *f)
{
    switch (f->kind) {
    case FRAME_TEXT:
        paint_text(p, f);
        break;
    case FRAME_RULE:
        paint_rule(p, f);
        break;
    case FRAME_IMAGE:
        paint_image(p, f);
        break;
    case FRAME_LINK:
        break;
    }
}

static void paint_page(struct painter *p)
{
    const struct page_marks *marks = &p->use->marks;
    for (p->mark = 0; p->mark < marks->count; p->mark++) {
        const struct mark *m = &marks->marks[p->mark];
        for (uint32_t i = m->first; i < m->first + m->count; i++)
            paint_frame(p, &p->page->frames[i]);
        sequence_close(p);
    }
    p->mark = 0;
    need_page(p);
}

/* ---- blocks of pages, each on one thread with an arena of its own */

struct block {
    struct writer *writer;
    struct failure failure;
    struct arena *arena;
    uint32_t first, count;
    bool failed;
};

static void paint_block(void *user, size_t block)
{
    struct block *b = (struct block *)user + block;
    if (setjmp(b->failure.back)) {
        b->failed = true;
        return;
    }
    struct buf *out = buf_new(b->arena);
    struct deflater *deflater = deflater_new(b->arena, DEFLATE_LEVEL);
    for (uint32_t i = b->first; i < b->first + b->count; i++) {
        struct writer *w = b->writer;
        struct painter p = {
            .writer = w, .page = &w->pages->pages[i], .use = &w->uses[i], .out = out, .stretch = 1};
        buf_clear(out);
        paint_page(&p);
        w->uses[i].content = deflater_run(deflater, buf_view(out));
    }
    buf_free(out);
    deflater_free(deflater);
}

static void block_end(void *what)
{
    arena_free(what);
}

void writer_paint(struct writer *w)
{
    uint32_t threads = w->options->threads > 1 ? (uint32_t)w->options->threads : 1;
    uint32_t share = (w->pages->count + threads - 1) / threads;
    uint32_t most = share < PAGES_IN_BLOCK ? share : PAGES_IN_BLOCK;
    size_t count = most ? (w->pages->count + most - 1) / most : 0;
    struct block *blocks = arena_array(w->arena, count, sizeof *blocks);
    for (size_t i = 0; i < count; i++) {
        uint32_t first = (uint32_t)i * most, left = w->pages->count - first;
        blocks[i] = (struct block){.writer = w, .first = first, .count = left < most ? left : most};
        blocks[i].arena = arena_must(w->arena, arena_new(&blocks[i].failure));
        arena_defer(w->arena, block_end, blocks[i].arena);
    }
    pool_run(w->options->threads, count, paint_block, blocks);
    for (size_t i = 0; i < count; i++)
        if (blocks[i].failed)
            arena_exhausted(w->arena);
}
