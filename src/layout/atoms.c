#include "layout/atoms.h"
#include "base/utf8.h"
#include "layout/initial.h"
#include "layout/maker.h"
#include "layout/protrude.h"
#include "layout/ruby.h"
#include <unicode/uchar.h>

/* How much of its width a space takes on or gives up for a ratio of 1: between words it is half again as wide
 * at 1, and a quarter less at -1. Knuth and Plass 1981, fig. 5, have the same differences, larger. */
enum { AFTER_WORD, AFTER_COMMA, AFTER_SEMICOLON, AFTER_STOP };
static const struct {
    double stretch, shrink;
} SPACES[] = {[AFTER_WORD] = {0.5, 0.25},
              [AFTER_COMMA] = {0.58, 0.25},
              [AFTER_SEMICOLON] = {0.62, 0.22},
              [AFTER_STOP] = {0.7, 0.2}};
/* Demerits of a break between a title or initial and the name, and of one after a dash or slash inside of a
 * word. */
static const float TITLE = 150, AFTER_DASH = 8;

/* ---- shaping */

/* That of the style where the face has it. */
static struct text hyphen_of(const struct span *span)
{
    struct text own = text_of(span->style->hyphen_text ? span->style->hyphen_text : "\xE2\x80\x90");
    for (size_t at = 0; at < own.length;)
        if (!face_has(span->face, utf8_next(own, &at)))
            return TEXT("-");
    return own;
}

static const struct manner_setting *manner_of(struct setter *s, const struct span *span, hb_script_t script,
                                              bool rtl)
{
    uintptr_t h =
        ((uintptr_t)span->style >> 4) * 31 + ((uintptr_t)span->face >> 4) * 17 + (uintptr_t)script + rtl;
    struct manner_setting *m = &s->recent[h % (sizeof s->recent / sizeof s->recent[0])];
    if (m->manner && m->style == span->style && m->face == span->face && m->language == span->language &&
        m->script == script && m->right_to_left == rtl)
        return m;
    struct manner wanted = {.face = span->face,
                            .features = span->style->features,
                            .language = span->language,
                            .script = script,
                            .right_to_left = rtl};
    *m = (struct manner_setting){span->style, span->face, span->language, script, rtl, NULL, NULL, NULL};
    m->manner = shaper_manner(s->shaper, &wanted);
    m->space = shape(s->shaper, m->manner, TEXT(" "));
    m->hyphen = shape(s->shaper, m->manner, hyphen_of(span));
    return m;
}

float text_width(int32_t units, uint32_t glyphs, const struct span *span)
{
    const struct style *s = span->style;
    return (float)units * s->size_pt / (float)span->face->upem + (float)glyphs * s->letter_spacing_pt;
}

float shaped_width(const struct shaped *g, const struct span *span)
{
    return text_width(g->width, g->count, span);
}

const struct shaped *atom_part(struct setter *s, const struct paragraph *p, const struct atom *a,
                               uint32_t from, uint32_t to)
{
    if (from == a->start && to == a->end)
        return a->shaped;
    return shape(s->shaper, a->shaped->manner, (struct text){p->text + from, to - from});
}

const struct shaped *atom_hyphen(struct setter *s, const struct atom *a)
{
    const struct manner *m = a->shaped->manner;
    return manner_of(s, a->span, m->script, m->right_to_left)->hyphen;
}

/* ---- atoms and break points */

static struct atom *add_atom(struct maker *m)
{
    struct atoms *o = m->out;
    o->atoms = arena_room(m->setter->cache, o->atoms, o->count, &o->capacity, sizeof *o->atoms);
    return &o->atoms[o->count++];
}

struct break_point *maker_point(struct maker *m, struct break_place place)
{
    struct atoms *o = m->out;
    size_t capacity = o->point_capacity;
    o->points = arena_room(m->setter->cache, o->points, o->point_count, &capacity, sizeof *o->points);
    o->places =
        arena_room(m->setter->cache, o->places, o->point_count, &o->point_capacity, sizeof *o->places);
    o->points[o->point_count] = (struct break_point){0};
    o->places[o->point_count] = place;
    return &o->points[o->point_count++];
}

static uint32_t first_character(const struct paragraph *p, uint32_t at)
{
    size_t i = at;
    return at < p->length ? utf8_next((struct text){p->text, p->length}, &i) : 0;
}

static uint32_t last_character(const struct paragraph *p, uint32_t end)
{
    size_t i = end;
    return end ? utf8_previous((struct text){p->text, p->length}, &i) : 0;
}

static float glyph_share(const struct shaped *g, const struct span *span, bool last)
{
    if (!g || !g->count)
        return 0;
    int32_t advance = g->glyphs[last ? g->count - 1 : 0].advance;
    return (float)advance * span->style->size_pt / (float)span->face->upem;
}

bool maker_is_code(const struct maker *m, const struct span *span)
{
    return span->style->hyphens == HYPHENS_NONE && m->paragraph->style->hyphens != HYPHENS_NONE;
}

float edge_before(const struct span *s, uint32_t start)
{
    return start == s->start ? s->before_pt : 0;
}

float edge_behind(const struct span *s, uint32_t end)
{
    return end == s->end ? s->after_pt : 0;
}

/* May a mark of it stand in the margin? Those of code are words. */
static bool hangs(const struct maker *m, const struct atom *a)
{
    return m->paragraph->style->hanging_punctuation && a->kind == ATOM_WORD && !a->span->ruby &&
           !maker_is_code(m, a->span);
}

static float hang_end(const struct maker *m, const struct atom *a, uint32_t end)
{
    if (!hangs(m, a) || a->span->raise_pt > 0 || edge_behind(a->span, end) > 0)
        return 0;
    return protrusion_right(last_character(m->paragraph, end)) * glyph_share(a->shaped, a->span, true);
}

static float hang_start(const struct maker *m, const struct atom *a)
{
    if (!hangs(m, a) || edge_before(a->span, a->start) > 0)
        return 0;
    return protrusion_left(first_character(m->paragraph, a->start)) * glyph_share(a->shaped, a->span, false);
}

/* A line may end here, in front of the atom that comes next; what hangs at its start is known when that atom
 * is there. */
static void point_here(struct maker *m, bool forced, float cost)
{
    struct break_point *p = maker_point(m, (struct break_place){m->out->count, 0});
    p->end = m->ink;
    p->start = m->at;
    p->forced = forced;
    p->cost = cost;
    if (!m->last_ink)
        return;
    uint32_t last = last_character(m->paragraph, m->out->atoms[m->last_ink - 1].end);
    p->hyphen = !forced && m->last_ink == m->out->count && (last == '-' || last == 0x2010);
    p->hang_end = hang_end(m, &m->out->atoms[m->last_ink - 1], m->out->atoms[m->last_ink - 1].end);
}

static void set_hang_start(struct maker *m, const struct atom *a)
{
    struct atoms *o = m->out;
    uint32_t index = (uint32_t)(a - o->atoms);
    if (o->point_count && o->places[o->point_count - 1].atom == index &&
        o->places[o->point_count - 1].offset == 0)
        o->points[o->point_count - 1].hang_start = hang_start(m, a);
}

/* ---- words */

/* A call's figures in Hebrew, say: most faces have raised ones for Latin text alone. */
static bool are_raised_figures(const struct maker *m, const struct span *span, uint32_t from, uint32_t to)
{
    if (!strstr(span->style->features, "sups"))
        return false;
    while (from < to && ascii_digit(m->paragraph->text[from]))
        from++;
    return from == to;
}

static void add_word(struct maker *m, uint32_t from, uint32_t to, hb_script_t script, uint8_t level)
{
    const struct span *span = &m->paragraph->spans[m->span];
    if (script != HB_SCRIPT_LATIN && are_raised_figures(m, span, from, to))
        script = HB_SCRIPT_LATIN;
    const struct manner_setting *manner = manner_of(m->setter, span, script, level % 2);
    struct atom *a = add_atom(m);
    *a = (struct atom){.kind = ATOM_WORD, .level = level, .start = from, .end = to, .span = span};
    a->shaped = shape(m->setter->shaper, manner->manner, (struct text){m->paragraph->text + from, to - from});
    a->width_pt = shaped_width(a->shaped, span);
    set_hang_start(m, a);
    if (!m->whole)
        divide_word(m, m->out->count - 1);
    m->at.width += a->width_pt;
    m->at.glyphs += a->width_pt;
    m->ink = m->at;
    m->last_ink = m->out->count;
}

double space_width(const struct atom *a, double ratio)
{
    return a->width_pt * (1 + ratio * (ratio >= 0 ? SPACES[a->after].stretch : SPACES[a->after].shrink));
}

static bool closes(uint32_t c)
{
    return c == ')' || c == ']' || c == 0x2019 || c == 0x201D || c == 0xBB || c == '"' || c == '\'';
}

/* What stands before a space, closing quotation marks apart. A point before a small letter ends no sentence.
 */
static uint8_t mark_before(const struct paragraph *p, uint32_t from, uint32_t to)
{
    struct text t = {p->text, p->length};
    size_t at = from;
    uint32_t c = at ? utf8_previous(t, &at) : 0;
    while (closes(c) && at)
        c = utf8_previous(t, &at);
    if (c == ',')
        return AFTER_COMMA;
    if (c == ';' || c == ':')
        return AFTER_SEMICOLON;
    bool small = to < p->length && ascii_alpha(p->text[to]) && ascii_lower(p->text[to]) == p->text[to];
    if (c == '?' || c == '!' || (c == '.' && !small))
        return AFTER_STOP;
    return AFTER_WORD;
}

static void add_space(struct maker *m, uint32_t from, uint32_t to, bool breaks)
{
    const struct span *span = &m->paragraph->spans[m->span];
    const struct manner_setting *manner = manner_of(m->setter, span, HB_SCRIPT_LATIN, false);
    struct atom *a = add_atom(m);
    *a = (struct atom){.kind = ATOM_SPACE,
                       .level = m->level,
                       .start = from,
                       .end = to,
                       .span = span,
                       .shaped = manner->space};
    a->width_pt = shaped_width(a->shaped, span) + span->style->word_spacing_pt;
    a->after = breaks ? mark_before(m->paragraph, from, to) : AFTER_WORD;
    m->at.width += a->width_pt;
    m->at.stretch += a->width_pt * SPACES[a->after].stretch;
    m->at.shrink += a->width_pt * SPACES[a->after].shrink;
    if (!breaks) {
        m->ink = m->at;
        m->last_ink = m->out->count;
    }
}

static bool is_capital(uint32_t c)
{
    return u_isupper((UChar32)c) != 0;
}

/* Does the space hold a name to its title or initials, "Mr. Burke", "J. S. Mill"? */
static bool holds_name(const struct paragraph *p, uint32_t from, uint32_t to)
{
    struct text t = {p->text, p->length};
    size_t before = from, after = to;
    if (before < 2 || utf8_previous(t, &before) != '.' || !u_isalpha((UChar32)utf8_previous(t, &before)))
        return false;
    return after < t.length && is_capital(utf8_next(t, &after)) && after < t.length &&
           u_islower((UChar32)utf8_next(t, &after));
}

/* A space at which no line ends; one before a name only where a line would else be very loose. */
static void add_hard_space(struct maker *m, uint32_t from, uint32_t to)
{
    struct extent ink = m->ink;
    uint32_t last = m->last_ink;
    add_space(m, from, to, false);
    if (!last || m->whole || !holds_name(m->paragraph, from, to))
        return;
    struct break_point *p = maker_point(m, (struct break_place){m->out->count, 0});
    p->end = ink;
    p->start = m->at;
    p->cost = TITLE;
    p->strained = true;
    p->hang_end = hang_end(m, &m->out->atoms[last - 1], m->out->atoms[last - 1].end);
}

static void add_picture(struct maker *m, uint32_t from)
{
    const struct span *span = &m->paragraph->spans[m->span];
    struct atom *a = add_atom(m);
    *a = (struct atom){.kind = ATOM_PICTURE,
                       .level = m->level,
                       .start = from,
                       .end = from + 3,
                       .span = span,
                       .width_pt = (float)span->picture->width_pt};
    m->at.width += a->width_pt;
    m->ink = m->at;
    m->last_ink = m->out->count;
}

static void add_line_end(struct maker *m, uint32_t from)
{
    struct atom *a = add_atom(m);
    *a = (struct atom){
        .kind = ATOM_LINE_END, .start = from, .end = from + 3, .span = &m->paragraph->spans[m->span]};
    m->ink = m->at;
    m->last_ink = 0;
    m->line_from = m->at.width;
}

/* ---- the walk over the text */

/* Where an atom that starts at `at` ends: at the next space, special character, span, run or opportunity. */
static uint32_t word_end(const struct maker *m, uint32_t at, uint32_t limit, bool verbatim)
{
    const char *t = m->paragraph->text;
    for (uint32_t i = at; i < limit; i++) {
        unsigned char c = (unsigned char)t[i];
        if (c == ' ' && !verbatim)
            return i;
        if (c == 0xC2 && (unsigned char)t[i + 1] == 0xA0 && !verbatim)
            return i;
        if (c == 0xE2 && (unsigned char)t[i + 1] == 0x80 && (unsigned char)t[i + 2] == 0xA8)
            return i;
        if (c == 0xEF && (unsigned char)t[i + 1] == 0xBF && (unsigned char)t[i + 2] == 0xBC)
            return i;
    }
    return limit;
}

void maker_take(struct maker *m, uint32_t *at, uint32_t limit, const struct script_run *run)
{
    const struct paragraph *p = m->paragraph;
    const struct span *span = &p->spans[m->span];
    struct text rest = {p->text + *at, p->length - *at};
    bool verbatim = style_keeps_spaces(span->style);
    m->level = run->level;
    m->at.width += (double)edge_before(span, *at);
    if (text_starts(rest, "\xE2\x80\xA8")) {
        add_line_end(m, *at);
        *at += 3;
    } else if (text_starts(rest, "\xEF\xBF\xBC") && span->picture) {
        add_picture(m, *at);
        *at += 3;
    } else if (rest.at[0] == ' ' && !verbatim) {
        add_space(m, *at, *at + 1, true);
        *at += 1;
    } else if (text_starts(rest, "\xC2\xA0") && !verbatim) {
        add_hard_space(m, *at, *at + 2);
        *at += 2;
    } else {
        uint32_t end = word_end(m, *at, limit, verbatim);
        if (end == *at)
            end = *at + 1;
        add_word(m, *at, end, run->script, run->level);
        *at = end;
    }
    m->at.width += (double)edge_behind(span, *at);
    if (m->last_ink == m->out->count)
        m->ink = m->at;
}

/* The next place where the text is cut: the next break, at the most the end of the span and of the run. */
static uint32_t limit_at(const struct maker *m, const struct script_run *run, const struct line_break *next)
{
    const struct span *span = &m->paragraph->spans[m->span];
    uint32_t limit = span->end < run->end ? span->end : run->end;
    return next && next->offset < limit && !style_keeps_spaces(span->style) ? next->offset : limit;
}

static float break_cost(const struct maker *m, const struct line_break *b)
{
    if (b->kind == LINE_BREAK_ADDRESS)
        return COST_ADDRESS;
    return b->kind == LINE_BREAK_INSIDE && m->last_ink == m->out->count ? AFTER_DASH : 0;
}

static void break_here(struct maker *m, const struct line_break *b)
{
    const struct span *span = &m->paragraph->spans[m->span];
    bool forced = b->kind == LINE_BREAK_MANDATORY;
    bool call = span->call && span->start == b->offset; /* never begins a line */
    if (m->whole)
        return;
    if (!forced && (style_keeps_spaces(span->style) || call))
        return;
    point_here(m, forced, break_cost(m, b));
    if (!forced && style_keeps_line(span->style) && span->start < b->offset)
        m->out->points[m->out->point_count - 1].emergency = true;
}

static void make(struct setter *s, const struct paragraph *p, struct atoms *out)
{
    out->count = out->point_count = 0;
    struct maker m = {.setter = s, .paragraph = p, .out = out};
    size_t break_count, run_count, next = 0, run = 0;
    pairs_read(s, p, out);
    struct text text = pairs_hide(s, p, out);
    const struct line_break *breaks = line_breaks(s->breaker, text, p->language, &break_count);
    const struct script_run *runs = script_runs(s->breaker, text, p->from_right, &run_count);
    maker_point(&m, (struct break_place){0, 0});
    for (uint32_t at = p->initial ? p->initial->end : 0; at < p->length;) {
        while (m.span + 1 < p->span_count && p->spans[m.span].end <= at)
            m.span++;
        while (run + 1 < run_count && runs[run].end <= at)
            run++;
        for (; next < break_count && breaks[next].offset <= at; next++)
            if (breaks[next].offset == at)
                break_here(&m, &breaks[next]);
        if (pair_at(&m, &at))
            continue;
        maker_take(&m, &at, limit_at(&m, &runs[run], next < break_count ? &breaks[next] : NULL), &runs[run]);
    }
    point_here(&m, true, 0);
}

struct atoms *atoms_make(struct setter *s, const struct paragraph *p)
{
    struct atoms *out = s->atoms;
    pairs_begin(s, p, out);
    do
        make(s, p, out);
    while (pairs_give_up(p, out, (double)paragraph_narrowest(p)));
    return out;
}
