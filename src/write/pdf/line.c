/* Text in content streams: the frames of lines as strings and moves (ISO 32000-1 §9.4).
 *
 * A line's word spaces are told once (Tw), and a glyph that is off its place by less than anybody sees stays
 * there: that is a third less to write than each one's exact place.
 */
#include "write/pdf/painter.h"
#include <math.h>

/* What no device shows: a kern under a dot of 1440 to the inch; and how far a glyph may stand from its place
 * for that and for rounding. */
static const double kern_least_pt = 0.05, drift_most_pt = 0.08;

enum { GAPS_MOST = 32 };

/* ---- strings and adjustments of one TJ */

static void array_begin(struct painter *p)
{
    if (p->in_array)
        return;
    sequence_open(p);
    buf_byte(p->out, '[');
    p->in_array = true;
}

static void set_font(struct painter *p, const struct font_use *font, int variant, double size_pt)
{
    if (font == p->font && variant == p->variant && size_pt == p->size_pt)
        return;
    array_end(p);
    p->font = font;
    p->variant = variant;
    p->size_pt = size_pt;
    buf_printf(p->out, "/F%d_%d ", font->face->id, variant);
    paint_number(p, size_pt, 3);
    buf_string(p->out, "Tf\n");
}

/* Points in a thousandth of the text size, along the stretched axis: the unit of TJ's numbers. */
static double unit_pt(const struct painter *p)
{
    return p->size_pt * p->stretch / 1000;
}

/* Moves the pen to a place on the line, unless it is there as far as can be seen. What it lagged before isn't
 * made good together with a move, if it needn't be: so a pair of letters has the same kern everywhere. */
static void pen_to(struct painter *p, double to_pt)
{
    double by_pt = to_pt - p->pen_pt, own_pt = by_pt - p->lag_pt;
    p->lag_pt = by_pt;
    if (fabs(own_pt) < kern_least_pt && fabs(by_pt) < drift_most_pt)
        return;
    double units = round(own_pt / unit_pt(p));
    if (fabs(by_pt - units * unit_pt(p)) >= drift_most_pt)
        units = round(by_pt / unit_pt(p));
    if (units == 0)
        return;
    array_begin(p);
    string_end(p);
    buf_real(p->out, -units, 0);
    p->pen_pt += units * unit_pt(p);
    p->lag_pt = to_pt - p->pen_pt;
}

static void string_byte(struct buf *out, unsigned byte)
{
    if (byte == '(' || byte == ')' || byte == '\\')
        buf_byte(out, '\\');
    if (byte == '\r')
        buf_add(out, "\\r", 2);
    else
        buf_byte(out, (char)(unsigned char)byte);
}

/* Is this the code that Tw widens? */
static bool is_word_space(const struct font_use *font, unsigned code)
{
    return code == CODE_SPACE && font->coding.simple;
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
    unsigned code = p->font->code[glyph];
    if (!p->font->coding.simple)
        string_byte(p->out, code >> 8);
    string_byte(p->out, code & 255);
    double wider_pt = p->letter_space_pt + (is_word_space(p->font, code) ? p->word_space_pt : 0);
    p->pen_pt += (double)p->font->width[glyph] * unit_pt(p) + wider_pt * p->stretch;
}

/* ---- the state of a frame */

static void set_spacing(struct painter *p, double *now, double value, int decimals, const char *operator)
{
    if (value == *now)
        return;
    array_end(p);
    paint_number(p, operator[1] == 'z' ? value * 100 : value, decimals);
    buf_string(p->out, operator);
    *now = value;
}

/* Text rendering mode 3 paints nothing (ISO 32000-1 table 106). */
static void set_unseen(struct painter *p, bool unseen)
{
    if (unseen == p->unseen)
        return;
    array_end(p);
    buf_string(p->out, unseen ? "3 Tr\n" : "0 Tr\n");
    p->unseen = unseen;
}

/* Starts a line, or goes on with the one in work where the frame stands beside what was painted last. */
static void line_to(struct painter *p, double x_pt, double y_pt)
{
    long x = lround(x_pt * 100), y = lround(y_pt * 100);
    double by_pt = x_pt - (double)p->line_x / 100 - p->pen_pt;
    if (y == p->line_y && fabs(by_pt) < p->size_pt)
        return;
    array_end(p);
    paint_number(p, (double)(x - p->line_x) / 100, 2);
    paint_number(p, (double)(y - p->line_y) / 100, 2);
    buf_string(p->out, "Td\n");
    p->line_x = x;
    p->line_y = y;
    p->pen_pt = p->lag_pt = 0;
}

/* ---- pieces; places are points from the line's origin */

/* A glyph where shaping put it. */
static void place_glyph(struct painter *p, const struct glyph *g, int variant, double at_pt)
{
    int upem = p->font->face->upem;
    set_rise(p, g->dy ? round(g->dy * p->size_pt / upem * 1000) / 1000 : 0);
    pen_to(p, at_pt + g->dx * p->size_pt * p->stretch / upem);
    show_glyph(p, g->id, variant);
}

static double advance_pt(const struct painter *p, int units, uint32_t glyphs)
{
    return (units * p->size_pt / p->font->face->upem + glyphs * p->letter_space_pt) * p->stretch;
}

/* The glyphs of a cluster, each where shaping put it, in the order of the text. Those of a right-to-left text
 * come one left of the other. Gives the place behind them. */
static double show_cluster(struct painter *p, const struct shaped *s, const struct cluster *c, int variant,
                           double at_pt)
{
    bool leftwards = s->manner->right_to_left;
    for (uint32_t i = 0; i < c->count; i++) {
        const struct glyph *g = cluster_glyph(s, c, i);
        double advance = advance_pt(p, g->advance, 1);
        if (leftwards)
            at_pt -= advance;
        place_glyph(p, g, variant, at_pt);
        if (!leftwards)
            at_pt += advance;
    }
    return at_pt;
}

/* All glyphs of a text, in its order. Where no variant of the font spells it, ActualText does; a variant
 * that is known (not -1) is taken for all. */
static void show_clusters(struct painter *p, const struct shaped *s, int known, double at_pt)
{
    bool leftwards = s->manner->right_to_left;
    if (leftwards)
        at_pt += advance_pt(p, s->width, s->count);
    for (uint32_t done = 0; done < s->count;) {
        struct cluster c = leftwards ? cluster_before(s, s->count - done) : cluster_at(s, done);
        int variant = known < 0 ? cluster_variant(p->font, s, &c) : known;
        bool span = variant < 0;
        if (span) /* PDF/UA-2 §8.4.3: no private-use characters in ActualText either */
            span_begin(p, p->writer->modern && cluster_private(&c) ? TEXT("\xEF\xBF\xBD") : c.text);
        at_pt = show_cluster(p, s, &c, span ? 0 : variant, at_pt);
        if (span)
            span_end(p);
        done += c.count;
    }
}

/* The same where one variant spells it all, from left to right: no need to look at clusters. */
static void show_glyphs(struct painter *p, const struct shaped *s, int variant, double at_pt)
{
    for (uint32_t i = 0; i < s->count; i++) {
        place_glyph(p, &s->glyphs[i], variant, at_pt);
        at_pt += advance_pt(p, s->glyphs[i].advance, 1);
    }
}

static void show_piece(struct painter *p, const struct piece *piece, double at_pt)
{
    if (!piece->inserted) {
        const struct shown_text *shown = shown_find(p->writer->shown, piece->shaped);
        if (shown && shown->variant >= 0)
            show_glyphs(p, piece->shaped, shown->variant, at_pt);
        else
            show_clusters(p, piece->shaped, -1, at_pt);
        return;
    }
    int variant = inserted_variant(p->font, piece->shaped);
    if (variant < 0)
        span_begin(p, TEXT("\xC2\xAD"));
    show_clusters(p, piece->shaped, variant < 0 ? 0 : variant, at_pt);
    if (variant < 0)
        span_end(p);
}

/* ---- word spaces */

static void show_space(struct painter *p, double at_pt)
{
    if (!p->font->space)
        return;
    set_rise(p, 0);
    pen_to(p, at_pt);
    show_glyph(p, p->font->space, 0);
}

/* A word space's width without Tw, before stretching. */
static double space_pt(const struct painter *p)
{
    if (!p->font->space)
        return 0;
    return (double)p->font->width[p->font->space] * p->size_pt / 1000 + p->letter_space_pt;
}

static int by_width(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int misfits(const double *gaps, int count, double word_space_pt)
{
    int misfit = 0;
    for (int i = 0; i < count; i++)
        misfit += fabs(gaps[i] - word_space_pt) >= kern_least_pt;
    return misfit;
}

/* The mean of the gaps that are about as wide as the middle one of them. */
static double usual_gap(double *gaps, int count)
{
    double sum = 0;
    int alike = 0;
    qsort(gaps, (size_t)count, sizeof *gaps, by_width);
    for (int i = 0; i < count; i++)
        if (fabs(gaps[i] - gaps[count / 2]) < kern_least_pt) {
            sum += gaps[i];
            alike++;
        }
    return sum / alike;
}

/* The Tw that suits most of a frame's spaces, or the one in force when a new one would save too little. */
static double word_space(const struct painter *p, const struct frame_text *t)
{
    double gaps[GAPS_MOST];
    int count = 0;
    if (!is_word_space(p->font, p->font->code[p->font->space]))
        return p->word_space_pt;
    for (uint32_t i = 1; i < t->count && count < GAPS_MOST; i++) {
        const struct piece *piece = &t->pieces[i], *before = piece - 1;
        if (piece->shaped->manner->right_to_left)
            continue;
        double end_pt = (double)before->x_pt + advance_pt(p, before->shaped->width, before->shaped->count);
        if (piece->space)
            gaps[count++] = ((double)piece->x_pt - end_pt) / p->stretch - space_pt(p);
    }
    if (!count)
        return p->word_space_pt;
    double usual = round(usual_gap(gaps, count) * 100) / 100;
    bool saves = misfits(gaps, count, p->word_space_pt) > misfits(gaps, count, usual);
    return saves ? usual : p->word_space_pt;
}

/* ---- */

/* Sets what is in force for a frame; false when there is nothing to see of it. */
static bool begin_frame(struct painter *p, const struct frame_text *t)
{
    const struct font_use *font =
        t->count ? p->writer->fonts.by_face[t->pieces[0].shaped->manner->face->id] : NULL;
    double size_pt = round(t->size_pt * 1000) / 1000;
    if (!font || !font->object[0] || size_pt <= 0)
        return false;
    double stretch = t->stretch > 0 ? round((double)t->stretch * 1000) / 1000 : 1;
    need_text(p);
    paint_color(p, t->color);
    set_unseen(p, t->unseen);
    set_font(p, font, 0, size_pt);
    set_spacing(p, &p->stretch, stretch, 1, "Tz\n");
    set_spacing(p, &p->letter_space_pt, round((double)t->letter_space_pt / stretch * 1000) / 1000, 3, "Tc\n");
    set_spacing(p, &p->word_space_pt, word_space(p, t), 2, "Tw\n");
    return true;
}

void paint_text(struct painter *p, const struct frame *f)
{
    const struct frame_text *t = f->text;
    if (!begin_frame(p, t))
        return;
    /* A space before the first piece belongs to the gap before the frame. */
    bool leads = t->pieces[0].space && !t->pieces[0].shaped->manner->right_to_left;
    double leading_pt = leads ? (space_pt(p) + p->word_space_pt) * p->stretch : 0;
    double x_pt = (double)f->x_pt + (double)t->pieces[0].x_pt - leading_pt;
    line_to(p, x_pt, p->page->height_pt - (double)f->y_pt);
    double origin_pt = (double)p->line_x / 100;
    double end_pt = x_pt - origin_pt; /* of the piece before, where its space follows */
    for (uint32_t i = 0; i < t->count; i++) {
        const struct piece *piece = &t->pieces[i];
        double at_pt = (double)f->x_pt + (double)piece->x_pt - origin_pt;
        double behind_pt = at_pt + advance_pt(p, piece->shaped->width, piece->shaped->count);
        bool leftwards = piece->shaped->manner->right_to_left;
        if (piece->space)
            show_space(p, leftwards ? behind_pt : end_pt);
        show_piece(p, piece, at_pt);
        end_pt = leftwards ? at_pt - (space_pt(p) + p->word_space_pt) * p->stretch : behind_pt;
    }
    if (t->trailing_space)
        show_space(p, end_pt);
    array_end(p);
    if (t->goes_on) { /* nothing is shown, but readers of the tags don't take the line's end for the word's */
        span_begin(p, TEXT("\xC2\xAD"));
        span_end(p);
    }
}
