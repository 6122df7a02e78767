#include "layout/linecraft.h"
#include "layout/initial.h"
#include "layout/line_parts.h"
#include <math.h>

/* ---- which parts of which atoms */

static void add_part(struct craft *c, const struct atom *a, uint32_t from, uint32_t to)
{
    const struct shaped *g = NULL;
    if (a->kind == ATOM_WORD)
        g = atom_part(c->setter, c->paragraph, a, from, to);
    else if (a->kind == ATOM_SPACE)
        g = a->shaped;
    c->parts[c->count++] = (struct part){.atom = a, .shaped = g, .start = from, .end = to};
}

static uint32_t count_of(const struct atoms *atoms, const struct chosen_line *b)
{
    return atoms->places[b->to].atom - atoms->places[b->from].atom + 3;
}

/* The division at a hyphen may leave out bytes (a soft hyphen of the source): where the text goes on behind
 * it. */
static uint32_t resume_at(const struct paragraph *p, const struct atom *a, uint32_t offset)
{
    uint32_t at = a->start + offset;
    if (at + 2 <= a->end && memcmp(p->text + at, "\xC2\xAD", 2) == 0)
        at += 2;
    return at;
}

/* Spaces at a line's end are, but for hard ones; unless the line ends at such a one. */
static bool is_left_out(const struct part *p, const struct break_point *end)
{
    return p->atom->kind == ATOM_SPACE && (p->end - p->start == 1 || (end->strained && !end->inserted));
}

static void collect_parts(struct craft *c, const struct atoms *atoms, const struct chosen_line *b)
{
    struct break_place from = atoms->places[b->from], to = atoms->places[b->to];
    c->parts = arena_array(c->setter->scratch, count_of(atoms, b), sizeof *c->parts);
    for (uint32_t i = from.atom; i < atoms->count && i <= to.atom; i++) {
        const struct atom *a = &atoms->atoms[i];
        uint32_t start = i == from.atom && from.offset ? resume_at(c->paragraph, a, from.offset) : a->start;
        uint32_t end = i == to.atom ? a->start + to.offset : a->end;
        if (end <= start || a->kind == ATOM_LINE_END)
            continue;
        add_part(c, a, start, end);
    }
    while (c->count && is_left_out(&c->parts[c->count - 1], &atoms->points[b->to]))
        c->count--;
    if (atoms->points[b->to].inserted) {
        const struct atom *a = &atoms->atoms[to.atom];
        c->parts[c->count++] = (struct part){.atom = a,
                                             .shaped = atom_hyphen(c->setter, a),
                                             .start = a->start + to.offset,
                                             .end = a->start + to.offset,
                                             .inserted = true};
    }
}

void craft_add(struct craft *c, const struct atom *a)
{
    add_part(c, a, a->start, a->end);
}

const uint32_t *craft_order(const struct craft *c)
{
    bool from_right = c->paragraph->from_right, turned = false;
    uint8_t *levels = arena_array(c->setter->scratch, c->count, 1);
    for (uint32_t i = 0; i < c->count; i++) {
        levels[i] = c->parts[i].atom->level;
        turned |= levels[i] != from_right;
    }
    if (!turned)
        return NULL;
    uint32_t *order = arena_array(c->setter->scratch, c->count, sizeof *order);
    visual_order(levels, order, c->count);
    for (uint32_t i = 0, k = c->count; from_right && i + 1 < k; i++) {
        uint32_t last = order[--k];
        order[k] = order[i];
        order[i] = last;
    }
    return order;
}

/* ---- where they stand */

static double part_width(const struct craft *c, const struct part *p)
{
    const struct atom *a = p->atom;
    if (is_unseen(c, p))
        return 0;
    if (a->kind == ATOM_PICTURE)
        return a->width_pt;
    if (a->kind == ATOM_SPACE)
        return space_width(a, c->space_ratio);
    return shaped_width(p->shaped, a->span) * c->stretch;
}

/* What a reading that is wider than its base takes beside it. */
static double pad(const struct craft *c, uint32_t part, uint32_t beside)
{
    const struct ruby_pair *pair = pair_of(c, part);
    return pair && pair != pair_of(c, beside) ? pair->pad_pt : 0;
}

double craft_place(struct craft *c, const uint32_t *order, double x)
{
    for (uint32_t i = 0, before = UINT32_MAX; i < c->count; i++) {
        uint32_t at = order ? order[i] : i, next = order && i + 1 < c->count ? order[i + 1] : i + 1;
        struct part *p = &c->parts[at];
        const struct span *span = p->atom->span;
        p->x = x + pad(c, at, before) + (p->inserted ? 0 : (double)edge_before(span, p->start));
        p->width = part_width(c, p);
        x = p->x + p->width + (p->inserted ? 0 : (double)edge_behind(span, p->end)) + pad(c, at, next);
        before = at;
    }
    return x;
}

/* How the line stands: the last, and each that must end, may stand otherwise than the others. */
static enum text_align align_of(const struct style *s, bool ends)
{
    if (!ends || s->align_last == ALIGN_AUTO)
        return s->align;
    return s->align_last == ALIGN_START ? ALIGN_LEFT : s->align_last;
}

double turnover(const struct paragraph *p)
{
    bool code = p->element && tree_kind(p->element) == ELEMENT_PRE;
    return code && p->style->white_space == WHITE_PRE_WRAP ? 2 * (double)p->style->size_pt : 0;
}

static struct line_inset inset_of(const struct paragraph *p, const struct line *l)
{
    uint32_t i = (uint32_t)(l - p->lines);
    return i < p->inset_count ? p->insets[i] : (struct line_inset){0, 0};
}

static double line_start(const struct paragraph *p, const struct atoms *atoms, const struct chosen_line *b,
                         bool first, double natural)
{
    double indent = first ? p->indent_pt : atoms->points[b->from].forced ? 0 : turnover(p);
    double room = p->width_pt - indent - natural;
    enum text_align align = align_of(p->style, atoms->points[b->to].forced);
    if (align == ALIGN_CENTER)
        return indent + room / 2;
    if (align == ALIGN_RIGHT || align == ALIGN_END)
        return indent + room;
    return indent - atoms->points[b->from].hang_start;
}

/* ---- frames */

static bool same_frame(const struct part *a, const struct part *b)
{
    const struct span *x = a->atom->span, *y = b->atom->span;
    return x->face == y->face && x->style == y->style && x->tag == y->tag && x->seq == y->seq &&
           x->raise_pt == y->raise_pt && x->box == y->box && x->part == y->part &&
           a->atom->level == b->atom->level && a->atom->kind != ATOM_PICTURE && b->atom->kind != ATOM_PICTURE;
}

/* The rest of a word whose first letter is an initial: the initial says all of it. */
static bool said_by_initial(const struct craft *c, const struct part *p)
{
    const struct initial *i = c->paragraph->initial;
    return i && p->start == i->end && i->shaped->length > i->end;
}

double craft_extent(const struct craft *c, uint32_t from, uint32_t to, double *width)
{
    double left = c->parts[from].x, right = left;
    for (uint32_t i = from; i < to; i++) {
        left = fmin(left, c->parts[i].x);
        right = fmax(right, c->parts[i].x + c->parts[i].width);
    }
    *width = right - left;
    return left;
}

static uint32_t count_words(const struct craft *c, uint32_t from, uint32_t to)
{
    uint32_t n = 0;
    for (uint32_t i = from; i < to; i++)
        n += c->parts[i].atom->kind != ATOM_SPACE;
    return n;
}

/* One frame of text for parts from ≤ i < to; spaces between words are flags of the words behind them. */
static void text_frame(struct craft *c, uint32_t from, uint32_t to, double x, enum end line_end)
{
    const struct span *span = c->parts[from].atom->span;
    struct piece *pieces = arena_array(c->setter->arena, count_words(c, from, to) + 1UL, sizeof *pieces);
    uint32_t n = 0;
    bool space = false;
    for (uint32_t i = from; i < to; i++) {
        const struct part *p = &c->parts[i];
        if (p->atom->kind == ATOM_SPACE) {
            space = true;
            continue;
        }
        pieces[n++] =
            (struct piece){p->shaped, (float)(p->x - x), space, p->inserted || said_by_initial(c, p)};
        space = false;
    }
    if (n == 0) { /* a space alone, between two elements: there is no word whose flag it could be */
        pieces[n++] = (struct piece){c->parts[from].shaped, 0, false, false};
        space = false;
    }
    struct frame_text *t = arena_alloc(c->setter->arena, sizeof *t);
    *t = (struct frame_text){.size_pt = span->style->size_pt,
                             .stretch = (float)c->stretch,
                             .color = span->style->color,
                             .count = n,
                             .pieces = pieces,
                             .trailing_space = line_end == END_SPACE || space,
                             .goes_on = line_end == END_WITHIN_WORD,
                             .unseen = is_unseen(c, &c->parts[from]),
                             .letter_space_pt = span->style->letter_spacing_pt};
    struct frame *f = craft_frame(c);
    *f = (struct frame){.kind = FRAME_TEXT,
                        .tag = span->tag,
                        .seq = span->seq,
                        .x_pt = (float)x,
                        .y_pt = -span->raise_pt,
                        .text = t};
}

static void picture_frame(struct craft *c, const struct part *p)
{
    const struct picture *picture = p->atom->span->picture;
    struct frame_image *image = arena_alloc(c->setter->arena, sizeof *image);
    *image = (struct frame_image){picture->resource, picture->width_pt, picture->height_pt};
    *craft_frame(c) = (struct frame){.kind = FRAME_IMAGE,
                                     .tag = picture->tag,
                                     .seq = picture->seq,
                                     .x_pt = (float)p->x,
                                     .y_pt = (float)-picture->height_pt - p->atom->span->raise_pt,
                                     .image = image};
}

static void rule_frame(struct craft *c, double x, double y, double width, double height, uint32_t color)
{
    struct frame_rule *r = arena_alloc(c->setter->arena, sizeof *r);
    *r = (struct frame_rule){width, height, color};
    *craft_frame(c) = (struct frame){.kind = FRAME_RULE, .x_pt = (float)x, .y_pt = (float)y, .rule = r};
}

/* What stands behind the text of a first line or letter that is styled otherwise: as tall as its face. */
static void paint_ground(struct craft *c, const struct span *span, double x, double width)
{
    double unit = (double)span->style->size_pt / span->face->upem;
    double ascent = span->face->ascent * unit, descent = -span->face->descent * unit;
    rule_frame(c, x, -ascent - span->raise_pt, width, ascent + descent, span->style->background);
}

static void decorate(struct craft *c, const struct span *span, double x, double width)
{
    const struct style *s = span->style;
    double unit = (double)s->size_pt / span->face->upem, thick = span->face->underline_thickness * unit;
    if (thick < 0.3)
        thick = 0.3;
    if (s->decoration & DECORATION_UNDERLINE)
        rule_frame(c, x, -span->face->underline_position * unit - span->raise_pt, width, thick, s->color);
    if (s->decoration & DECORATION_LINE_THROUGH)
        rule_frame(c, x, -span->face->strikeout_position * unit - span->raise_pt, width, thick, s->color);
    if (s->decoration & DECORATION_OVERLINE)
        rule_frame(c, x, -span->face->ascent * unit - span->raise_pt, width, thick, s->color);
}

static void link_frame(struct craft *c, const struct span *span, double x, double width)
{
    const struct link *l = span->link;
    struct frame_link *f = arena_alloc(c->setter->arena, sizeof *f);
    double size = span->style->size_pt;
    *f = (struct frame_link){width, size * 1.15, l->uri, l->target, l->contents};
    *craft_frame(c) = (struct frame){.kind = FRAME_LINK,
                                     .tag = l->tag,
                                     .seq = span->seq,
                                     .x_pt = (float)x,
                                     .y_pt = (float)(-0.9 * size - span->raise_pt),
                                     .link = f};
}

/* Its own, and not that of the box that it stands in. */
static bool has_ground(const struct span *s)
{
    bool boxed = s->box && s->box->style == s->style;
    return s->style->has_background && s->style->display == DISPLAY_INLINE && !boxed;
}

/* Parts from ≤ i < to, of one span. */
static void span_frames(struct craft *c, uint32_t from, uint32_t to, enum end line_end)
{
    const struct span *span = c->parts[from].atom->span;
    double width, x = craft_extent(c, from, to, &width);
    if (has_ground(span))
        paint_ground(c, span, x, width);
    text_frame(c, from, to, x, line_end);
    if (span->style->decoration && !is_unseen(c, &c->parts[from]))
        decorate(c, span, x, width);
}

void craft_frames(struct craft *c, enum end line_end)
{
    inline_boxes_paint(c);
    for (uint32_t i = 0, end; i < c->count; i = end) {
        const struct part *p = &c->parts[i];
        end = i + 1;
        while (end < c->count && same_frame(p, &c->parts[end]))
            end++;
        const struct ruby_pair *pair = pair_of(c, end - 1);
        enum end own_end = end == c->count ? line_end : END_NOTHING;
        if (p->atom->kind == ATOM_PICTURE)
            picture_frame(c, p);
        else
            span_frames(c, i, end, pair ? reading_joins(c, pair, end - 1) : own_end);
        if (pair && pair != pair_of(c, end))
            readings_add(c, pair, end == c->count, line_end);
    }
    for (uint32_t i = 0, end; i < c->count; i = end) {
        const struct link *link = c->parts[i].atom->span->link;
        end = i + 1;
        while (end < c->count && c->parts[end].atom->span->link == link)
            end++;
        if (link) {
            double width, x = craft_extent(c, i, end, &width);
            link_frame(c, c->parts[i].atom->span, x, width);
        }
    }
}

/* A picture that is `alone` has a line as tall as itself. */
static void make_room_for(const struct span *s, bool alone, struct line *out)
{
    float above = (float)s->picture->height_pt + s->picture->above_pt + s->raise_pt;
    float below = s->picture->below_pt - s->raise_pt;
    if (alone) {
        out->height_pt = above + below;
        out->baseline_pt = above;
        return;
    }
    if (above > out->baseline_pt) {
        out->height_pt += above - out->baseline_pt;
        out->baseline_pt = above;
    }
    if (out->baseline_pt + below > out->height_pt)
        out->height_pt = out->baseline_pt + below;
}

static void line_heights(const struct craft *c, bool last, struct line *out)
{
    const struct paragraph *p = c->paragraph;
    const struct style *s = p->first_line && out == p->lines ? p->first_line : p->style;
    float unit = s->size_pt / (float)p->face->upem;
    float ascent = (float)p->face->ascent * unit, descent = (float)-p->face->descent * unit;
    out->height_pt = s->line_height_pt;
    out->baseline_pt = (s->line_height_pt - ascent - descent) / 2 + ascent;
    for (uint32_t i = 0; i < c->count; i++)
        if (c->parts[i].atom->kind == ATOM_PICTURE)
            make_room_for(c->parts[i].atom->span, c->count == 1, out);
    readings_make_room(c, out > p->lines ? out - 1 : NULL, last, out);
}

static void keep_frames(struct craft *c, struct line *out)
{
    out->frames = arena_array(c->setter->arena, c->frame_count ? c->frame_count : 1, sizeof *out->frames);
    for (uint32_t i = 0; i < c->frame_count; i++)
        out->frames[i] = c->frames[i];
    out->frame_count = c->frame_count;
}

static void add_turnover_mark(struct setter *s, const struct paragraph *p, struct line *line);

void line_make(struct setter *s, const struct paragraph *p, const struct atoms *atoms,
               const struct chosen_line *b, bool first, bool last, struct line *out)
{
    struct craft c = {.setter = s, .paragraph = p, .atoms = atoms, .stretch = 1};
    if (p->style->align == ALIGN_JUSTIFY) {
        c.stretch = 1 + b->expansion;
        c.space_ratio = b->ratio;
    }
    collect_parts(&c, atoms, b);
    const uint32_t *order = craft_order(&c);
    double natural = craft_place(&c, order, 0);
    struct line_inset inset = inset_of(p, out);
    natural += (double)(inset.left_pt + inset.right_pt);
    craft_place(&c, order, (double)inset.left_pt + line_start(p, atoms, b, first, natural));
    readings_place(&c);
    const struct break_place *to = &atoms->places[b->to];
    bool after_space = to->offset == 0 && to->atom > 0 && atoms->atoms[to->atom - 1].kind == ATOM_SPACE;
    bool parts_words = after_space || atoms->points[b->to].forced;
    craft_frames(&c, last                            ? END_NOTHING
                     : parts_words                   ? END_SPACE
                     : atoms->points[b->to].inserted ? END_NOTHING
                                                     : END_WITHIN_WORD);
    line_heights(&c, last, out);
    keep_frames(&c, out);
    if (atoms->places[b->to].atom < atoms->count)
        out->end = atoms->atoms[atoms->places[b->to].atom].start + atoms->places[b->to].offset;
    else
        out->end = p->length;
    if (!first && !atoms->points[b->from].forced && turnover(p) > 0)
        add_turnover_mark(s, p, out);
    out->start = c.count ? c.parts[0].start : out->end;
    out->hyphen = atoms->points[b->to].hyphen;
    out->ratio = b->ratio;
    out->expansion = b->expansion;
}

/* ---- markers and tails */

static const struct shaped *shape_plain(struct setter *s, const struct paragraph *p, const struct face *face,
                                        const struct style *style, const char *text)
{
    struct manner manner = {
        .face = face, .features = style->features, .language = p->language, .script = HB_SCRIPT_LATIN};
    return shape(s->shaper, shaper_manner(s->shaper, &manner), text_of(text));
}

static double plain_width(const struct shaped *g, const struct face *face, const struct style *style)
{
    return (double)g->width * (double)style->size_pt / face->upem;
}

enum space_at { SPACE_NONE, SPACE_BEFORE, SPACE_BEHIND };

static struct frame one_piece(struct setter *s, const struct shaped *g, const struct style *style, double x,
                              enum space_at space)
{
    struct piece *piece = arena_alloc(s->arena, sizeof *piece);
    *piece = (struct piece){g, 0, space == SPACE_BEFORE, 0};
    struct frame_text *t = arena_alloc(s->arena, sizeof *t);
    *t = (struct frame_text){.size_pt = style->size_pt,
                             .stretch = 1,
                             .color = style->color,
                             .count = 1,
                             .pieces = piece,
                             .trailing_space = space == SPACE_BEHIND};
    return (struct frame){.kind = FRAME_TEXT, .x_pt = (float)x, .text = t};
}

void line_add_frames(struct setter *s, struct line *line, const struct frame *more, uint32_t count,
                     bool before)
{
    struct frame *frames = arena_array(s->arena, line->frame_count + (size_t)count, sizeof *frames);
    memcpy(frames + (before ? count : 0), line->frames, line->frame_count * sizeof *frames);
    memcpy(frames + (before ? 0 : line->frame_count), more, count * sizeof *frames);
    line->frames = frames;
    line->frame_count += count;
}

/* Shows that a line of code goes on: for the eye only. */
static void add_turnover_mark(struct setter *s, const struct paragraph *p, struct line *line)
{
    static const struct {
        uint32_t character;
        const char *text;
    } MARKS[] = {{0x21AA, "\u21AA"}, {0xBB, "\u00BB"}};
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++) {
        if (!face_has(p->face, MARKS[i].character))
            continue;
        const struct shaped *g = shape_plain(s, p, p->face, p->style, MARKS[i].text);
        struct frame f = one_piece(s, g, p->style, (double)inset_of(p, line).left_pt, SPACE_NONE);
        line_add_frames(s, line, &f, 1, true);
        return;
    }
}

void line_add_marker(struct setter *s, const struct paragraph *p, struct line *line)
{
    const struct marker *m = p->marker;
    const struct shaped *g = shape_plain(s, p, m->face, m->style, m->text);
    double x = (double)(m->x_pt + inset_of(p, line).left_pt) - plain_width(g, m->face, m->style) -
               0.45 * (double)m->style->size_pt;
    struct frame f = one_piece(s, g, m->style, x, SPACE_BEHIND);
    f.tag = m->tag;
    f.seq = m->seq;
    line_add_frames(s, line, &f, 1, true);
}

double tail_width(struct setter *s, const struct paragraph *p)
{
    const struct tail *t = p->tail;
    return plain_width(shape_plain(s, p, t->face, t->style, t->text), t->face, t->style) +
           1.5 * (double)t->style->size_pt;
}

double line_right(const struct line *l)
{
    double right = 0;
    for (uint32_t i = 0; i < l->frame_count; i++) {
        const struct frame *f = &l->frames[i];
        if (f->kind != FRAME_TEXT || !f->text->count)
            continue;
        const struct piece *first = f->text->pieces, *last = &first[f->text->count - 1];
        if (first->x_pt > last->x_pt) /* from right to left */
            last = first;
        right = fmax(right, (double)f->x_pt + (double)last->x_pt + piece_width(f->text, last));
    }
    return right;
}

/* The leader's pattern repeats on a grid from the right edge, so that it stands in columns over all entries.
 */
static void add_leader(struct setter *s, const struct paragraph *p, struct line *line, double from, double to)
{
    const struct tail *t = p->tail;
    const struct shaped *g = shape_plain(s, p, t->face, t->style, t->leader);
    double step =
        plain_width(g, t->face, t->style) + (double)(strchr(t->leader, ' ') ? 0 : 0.35f * t->style->size_pt);
    if (step <= 0.1 || from >= to)
        return;
    double first = p->width_pt - floor((p->width_pt - from) / step) * step;
    uint32_t count = 0;
    for (double x = first; x + step <= to; x += step)
        count++;
    if (!count)
        return;
    struct piece *pieces = arena_array(s->arena, count, sizeof *pieces);
    for (uint32_t i = 0; i < count; i++)
        pieces[i] = (struct piece){g, (float)(i * step), 0, 0};
    struct frame_text *text = arena_alloc(s->arena, sizeof *text);
    *text = (struct frame_text){.size_pt = t->style->size_pt,
                                .stretch = 1,
                                .color = t->style->color,
                                .count = count,
                                .pieces = pieces};
    struct frame f = {.kind = FRAME_TEXT, .seq = t->seq, .x_pt = (float)first, .text = text};
    line_add_frames(s, line, &f, 1, false);
}

void line_add_tail(struct setter *s, const struct paragraph *p, struct line *line)
{
    const struct tail *t = p->tail;
    const struct shaped *g = shape_plain(s, p, t->face, t->style, t->text);
    double width = plain_width(g, t->face, t->style), em = t->style->size_pt, x = p->width_pt - width;
    add_leader(s, p, line, line_right(line) + 0.5 * em, x - 0.3 * em);
    struct frame f[2] = {one_piece(s, g, t->style, x, SPACE_BEFORE)};
    f[0].tag = t->tag;
    f[0].seq = t->seq;
    if (t->link) {
        struct frame_link *l = arena_alloc(s->arena, sizeof *l);
        *l = (struct frame_link){width, em * 1.15, t->link->uri, t->link->target, t->link->contents};
        f[1] = (struct frame){.kind = FRAME_LINK,
                              .tag = t->link->tag,
                              .seq = t->seq,
                              .x_pt = (float)x,
                              .y_pt = (float)(-0.9 * em),
                              .link = l};
    }
    if (*t->text)
        line_add_frames(s, line, f, t->link ? 2 : 1, false);
}
