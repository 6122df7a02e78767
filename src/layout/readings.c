#include "layout/line_parts.h"
#include <math.h>

/* The reading above a base on the line. */
struct reading {
    const struct ruby_pair *pair;
    struct craft craft;   /* of its parts, which are at their places */
    struct ink base, ink; /* of its base; its own, from a baseline of its own */
    double left, right;   /* of its parts */
    double raise_pt;      /* of its base, as in a superscript: its text is raised so, too */
    double down_pt;       /* of its baseline from that of the line */
};

/* What stands between a base and its reading, and between that and the lines above or below, in ems of the
 * base. */
static const double NEAR = 0.06, CLEAR = 0.03;
/* How deep letters reach that are not known, and how high, in ems; what a cell's edge is away. */
static const double DEEP = 0.2, HIGH = 0.74, EDGE = 0.1;

static void add_glyph(struct ink *ink, const struct face *face, const struct glyph *g, double unit_pt,
                      double up_pt)
{
    hb_glyph_extents_t e;
    if (!hb_font_get_glyph_extents(face->hb_font, g->id, &e))
        return;
    double top = (e.y_bearing + g->dy) * unit_pt + up_pt;
    ink->top = fmax(ink->top, top);
    ink->bottom = fmin(ink->bottom, top + e.height * unit_pt);
}

/* From a baseline so far below that of the line. */
static void add_part_ink(struct ink *ink, const struct part *p, double below_pt)
{
    const struct span *s = p->atom->span;
    double up = (double)s->raise_pt + below_pt;
    if (s->picture && p->atom->kind == ATOM_PICTURE) {
        ink->top = fmax(ink->top, up + s->picture->height_pt + (double)s->picture->above_pt);
        ink->bottom = fmin(ink->bottom, up - (double)s->picture->below_pt);
    } else if (p->shaped) {
        for (uint32_t i = 0; i < p->shaped->count; i++)
            add_glyph(ink, s->face, &p->shaped->glyphs[i], s->style->size_pt / (double)s->face->upem, up);
    }
}

/* Readings in a line stand on one baseline, whatever letters their bases have: a base is taken to be as high
 * as a capital at least. */
static struct ink ink_of_base(const struct craft *c, uint32_t from, uint32_t to)
{
    const struct span *s = c->parts[from].atom->span;
    double up = s->raise_pt, cap = s->face->cap_height * (double)s->style->size_pt / s->face->upem;
    struct ink ink = {up + cap, up};
    for (uint32_t i = from; i < to; i++)
        add_part_ink(&ink, &c->parts[i], 0);
    return ink;
}

static struct ink ink_of_reading(const struct craft *c, double raise_pt)
{
    struct ink ink = {0, 0};
    for (uint32_t i = 0; i < c->count; i++)
        if (!is_unseen(c, &c->parts[i]))
            add_part_ink(&ink, &c->parts[i], -raise_pt);
    return ink;
}

/* Centres a reading over its base: parts from ≤ i < to. */
static void place_over(struct craft *c, const struct ruby_pair *pair, uint32_t from, uint32_t to)
{
    struct reading *r = &c->readings[c->reading_count++];
    double width, left = craft_extent(c, from, to, &width);
    left += (width - pair->reading_pt) / 2;
    *r = (struct reading){.pair = pair, .left = left, .right = left + pair->reading_pt};
    r->craft = (struct craft){.setter = c->setter,
                              .paragraph = c->paragraph,
                              .atoms = c->atoms,
                              .reads = true,
                              .stretch = 1,
                              .first_text = pair->ruby->base_end};
    r->craft.parts =
        arena_array(c->setter->scratch, pair->reading_end - pair->reading, sizeof *r->craft.parts);
    for (uint32_t i = pair->reading; i < pair->reading_end; i++)
        craft_add(&r->craft, &c->atoms->readings->atoms[i]);
    craft_place(&r->craft, craft_order(&r->craft), left);
    r->base = ink_of_base(c, from, to);
    r->raise_pt = c->parts[from].atom->span->raise_pt;
    r->ink = ink_of_reading(&r->craft, r->raise_pt);
}

static double em_of(const struct craft *c)
{
    return c->paragraph->style->size_pt;
}

/* Readings above bases share a baseline, and so do those under theirs. */
static void choose_baselines(struct craft *c)
{
    double over = 0, under = 0, near = NEAR * em_of(c);
    for (uint32_t i = 0; i < c->reading_count; i++) {
        const struct reading *r = &c->readings[i];
        over = fmax(over, r->base.top + near - r->ink.bottom);
        under = fmax(under, -r->base.bottom + near + r->ink.top);
    }
    for (uint32_t i = 0; i < c->reading_count; i++) {
        struct reading *r = &c->readings[i];
        r->down_pt = r->pair->ruby->under ? under : -over;
    }
}

void readings_place(struct craft *c)
{
    if (!c->paragraph->ruby_count)
        return;
    c->readings = arena_array(c->setter->scratch, c->count + 1UL, sizeof *c->readings);
    for (uint32_t i = 0, end; i < c->count; i = end) {
        const struct ruby_pair *pair = pair_of(c, i);
        for (end = i + 1; end < c->count && pair_of(c, end) == pair;)
            end++;
        if (pair)
            place_over(c, pair, i, end);
    }
    choose_baselines(c);
}

/* The reading, and what follows it, stand higher or lower than what is read before: that is no end of a line,
 * and a space only where the text has one. */
static enum end joint(const struct craft *c, uint32_t at)
{
    const struct paragraph *p = c->paragraph;
    return at < p->length && p->text[at] != ' ' ? END_WITHIN_WORD : END_NOTHING;
}

enum end reading_joins(const struct craft *c, const struct ruby_pair *pair, uint32_t part)
{
    return c->parts[part].end == pair->ruby->base_end ? joint(c, pair->ruby->base_end) : END_NOTHING;
}

void readings_add(struct craft *c, const struct ruby_pair *pair, bool last, enum end line_end)
{
    struct reading *r = c->readings;
    while (r->pair != pair)
        r++;
    craft_frames(&r->craft, last ? line_end : joint(c, pair->ruby->end));
    for (uint32_t i = 0; i < r->craft.frame_count; i++) {
        struct frame *f = craft_frame(c);
        *f = r->craft.frames[i];
        f->y_pt += (float)(r->down_pt + r->raise_pt);
    }
}

/* ---- room */

/* A part of a line. `turned`: the line is yet to be turned round, but no word of it (layout/mirror.h). */
struct across {
    double left, right;
    bool turned;
};

static void add_piece_ink(struct ink *ink, const struct frame *f, const struct piece *p,
                          const struct across *part)
{
    const struct shaped *g = p->shaped;
    const struct face *face = g->manner->face;
    double x = (double)(f->x_pt + p->x_pt), unit = f->text->size_pt / face->upem;
    for (uint32_t i = 0; i < g->count; i++) {
        const struct glyph *glyph = &g->glyphs[part->turned ? g->count - 1 - i : i];
        double advance = glyph->advance * unit + (double)f->text->letter_space_pt;
        double end = x + advance * (double)f->text->stretch;
        if (x < part->right && end > part->left)
            add_glyph(ink, face, glyph, unit, -(double)f->y_pt);
        x = end;
    }
}

/* How far below its baseline a line has ink in a part of it. */
static double depth_of(const struct line *l, const struct across *part)
{
    struct ink ink = {0, 0};
    for (uint32_t i = 0; i < l->frame_count; i++) {
        const struct frame *f = &l->frames[i];
        double x = (double)f->x_pt;
        if (f->kind == FRAME_IMAGE && x < part->right && x + f->image->width_pt > part->left)
            ink.bottom = fmin(ink.bottom, -(double)f->y_pt - f->image->height_pt);
        for (uint32_t k = 0; f->kind == FRAME_TEXT && !f->text->unseen && k < f->text->count; k++)
            add_piece_ink(&ink, f, &f->text->pieces[k], part);
    }
    return -ink.bottom;
}

/* From a line's baseline, how far up there is room for a reading. The leading above the line is
 * the readings', but in a cell. */
static double room_above(const struct craft *c, const struct line *above, const struct line *l,
                         const struct reading *r)
{
    struct across part = {r->left, r->right, c->paragraph->from_right};
    if (above)
        return (double)(above->height_pt - above->baseline_pt + l->baseline_pt) - depth_of(above, &part);
    if (c->paragraph->enclosed)
        return (double)l->baseline_pt - EDGE * em_of(c);
    return (double)(c->paragraph->style->line_height_pt + c->paragraph->space_pt) - DEEP * em_of(c);
}

static double room_below(const struct craft *c, bool last, const struct line *l)
{
    if (last && c->paragraph->enclosed)
        return (double)(l->height_pt - l->baseline_pt) - EDGE * em_of(c);
    return (double)c->paragraph->style->line_height_pt - HIGH * em_of(c);
}

void readings_make_room(const struct craft *c, const struct line *above, bool last, struct line *out)
{
    double up = 0, down = 0, clear = CLEAR * em_of(c);
    for (uint32_t i = 0; i < c->reading_count; i++) {
        const struct reading *r = &c->readings[i];
        if (r->pair->ruby->under)
            down = fmax(down, r->down_pt - r->ink.bottom + clear - room_below(c, last, out));
        else
            up = fmax(up, r->ink.top - r->down_pt + clear - room_above(c, above, out, r));
    }
    out->height_pt += (float)(up + down);
    out->baseline_pt += (float)up;
    out->lift_pt = (float)up;
}
