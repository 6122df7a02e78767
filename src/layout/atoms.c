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
/* Demerits of a hyphen, of one between the parts of a compound, of one within a number, of a break between a
 * title or initial and the name, of one after a dash or slash inside of a word; of one without a hyphen in an
 * address, between any letters of code, and of a word that is wider than the line. */
static const float HYPHEN = 60, COMPOUND = 32, FIGURE = 150, TITLE = 150, AFTER_DASH = 8, ADDRESS = 40,
                   IN_CODE = 3e4f, INSIDE_WORD = 400;

/* The longest word that is divided at hyphens, in bytes. */
enum { HYPHENATED_MOST = 2000 };

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

static float width_of(int32_t units, uint32_t glyphs, const struct span *span)
{
    const struct style *s = span->style;
    return (float)units * s->size_pt / (float)span->face->upem + (float)glyphs * s->letter_spacing_pt;
}

float shaped_width(const struct shaped *g, const struct span *span)
{
    return width_of(g->width, g->count, span);
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

static struct break_point *add_point(struct maker *m, struct break_place place)
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

/* Code in the line of a text that is hyphenated otherwise: without a hyphen, which would seem to belong to
 * it. */
static bool is_code(const struct maker *m, const struct span *span)
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
           !is_code(m, a->span);
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
    struct break_point *p = add_point(m, (struct break_place){m->out->count, 0});
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

static bool keeps_line(const struct style *s)
{
    return s->white_space == WHITE_NOWRAP || s->nowrap;
}

static bool keeps_spaces(const struct span *s)
{
    return style_keeps_spaces(s->style);
}

static bool same_limits(const struct hyphen_limits *a, const struct hyphen_limits *b)
{
    return a->before == b->before && a->after == b->after && a->word == b->word &&
           a->capitals == b->capitals && a->manual == b->manual;
}

static struct hyphenator *hyphenator_for(struct setter *s, const struct paragraph *p,
                                         const struct style *style, const char *language)
{
    struct hyphen_limits limits = {.before = style->hyphen_before,
                                   .after = style->hyphen_after,
                                   .word = style->hyphen_word,
                                   .manual = style->hyphens == HYPHENS_MANUAL};
    for (struct language_setting *l = s->languages; l; l = l->next)
        if (strcmp(l->language, language) == 0 && same_limits(&l->limits, &limits))
            return l->hyphenator;
    struct language_setting *l = arena_alloc(s->cache, sizeof *l);
    struct place where = tree_place(s->document, p->element);
    l->language = arena_string(s->cache, language);
    l->limits = limits;
    l->hyphenator = hyphenator_new(s->cache, s->hyphenation, language, &limits, &where);
    l->next = s->languages;
    s->languages = l;
    return l->hyphenator;
}

/* The width of a part of a word that is read from the left. Where nothing joins its glyphs to the rest, they
 * are the word's own: only one part in three must be shaped. */
static float part_width(const struct maker *m, const struct atom *a, uint32_t from, uint32_t to)
{
    const struct shaped *g = a->shaped;
    uint32_t length = a->end - a->start, first = g->count, end = to == length ? g->count : 0;
    int32_t units = 0;
    for (uint32_t i = 0; i < g->count && g->glyphs[i].cluster < to; i++) {
        if (g->glyphs[i].cluster < from)
            continue;
        if (first == g->count)
            first = i;
        units += g->glyphs[i].advance;
        end = i + 1;
    }
    bool begins =
        from == 0 || (first < g->count && g->glyphs[first].cluster == from && !g->glyphs[first].joined);
    bool ends = to == length || (end < g->count && g->glyphs[end].cluster == to && !g->glyphs[end].joined);
    if (begins && ends && first < end)
        return width_of(units, end - first, a->span);
    return shaped_width(atom_part(m->setter, m->paragraph, a, a->start + from, a->start + to), a->span);
}

static void hyphen_point(struct maker *m, const struct atom *a, const struct hyphen *h,
                         const struct extent *before)
{
    const struct shaped *hyphen = atom_hyphen(m->setter, a);
    uint32_t index = (uint32_t)(a - m->out->atoms);
    struct break_point *p = add_point(m, (struct break_place){index, h->from});
    double wide = part_width(m, a, 0, h->from), hyphen_wide = shaped_width(hyphen, a->span);
    p->end = p->start = *before;
    p->end.width += wide + hyphen_wide;
    p->end.glyphs += wide + hyphen_wide;
    double skipped = a->width_pt - part_width(m, a, h->to, a->end - a->start);
    p->start.width += skipped;
    p->start.glyphs += skipped;
    p->hyphen = p->inserted = true;
    p->strained = h->figure;
    p->cost = h->figure ? FIGURE : h->compound ? COMPOUND : HYPHEN;
    if (m->paragraph->style->hanging_punctuation)
        p->hang_end = protrusion_right('-') * (float)hyphen_wide;
}

static void hyphenate_atom(struct maker *m, uint32_t index, const struct extent *before)
{
    const struct atom *a = &m->out->atoms[index];
    bool beside_initial = m->paragraph->initial && a->start == m->paragraph->initial->end;
    const struct style *style = a->span->style;
    if (style->hyphens == HYPHENS_NONE || keeps_line(style) || a->level % 2 || beside_initial)
        return;
    struct hyphenator *h = hyphenator_for(m->setter, m->paragraph, style, a->span->language);
    const struct hyphens *places =
        hyphenate(h, (struct text){m->paragraph->text + a->start, a->end - a->start});
    for (uint32_t i = 0; i < places->count; i++)
        if (places->at[i].from > 0 && places->at[i].to < a->end - a->start && !*places->at[i].before &&
            !*places->at[i].after)
            hyphen_point(m, &m->out->atoms[index], &places->at[i], before);
}

/* The points inside of a word's glyphs where a line can end without a hyphen, at what `cost` gives; below 0
 * it can't. `kind` is what the points have else. */
static void cut_points(struct maker *m, uint32_t index, const struct extent *before,
                       float (*cost)(struct text word, uint32_t at), struct break_point kind)
{
    const struct atom *a = &m->out->atoms[index];
    const struct shaped *g = a->shaped;
    struct text word = {m->paragraph->text + a->start, a->end - a->start};
    double x = 0, ink = 0, scale = a->span->style->size_pt / (double)a->span->face->upem;
    if (a->level % 2)
        return;
    for (uint32_t i = 0; i < g->count; i++) {
        uint32_t at = g->glyphs[i].cluster;
        kind.cost = i > 0 && at > g->glyphs[i - 1].cluster ? cost(word, at) : -1;
        if (kind.cost >= 0) {
            struct break_point *p = add_point(m, (struct break_place){index, at});
            *p = kind;
            p->end = p->start = *before;
            p->end.width += word.at[at - 1] == ' ' ? ink : x;
            p->start.width += x;
        }
        x += g->glyphs[i].advance * scale + a->span->style->letter_spacing_pt;
        if (word.at[at] != ' ')
            ink = x;
    }
}

static float cost_of_emergency(struct text word, uint32_t at)
{
    return word.at[at - 1] == ' ' ? 0 : INSIDE_WORD;
}

/* A line of code ends behind a space before it ends elsewhere. */
static float cost_in_verbatim(struct text line, uint32_t at)
{
    if (line.at[at] == ' ')
        return -1;
    return line.at[at - 1] == ' ' ? 0 : strchr("/,;|&", line.at[at - 1]) ? INSIDE_WORD : IN_CODE;
}

/* A line of code may end between two of its atoms: behind a tab, where another face or colour begins. */
static void point_between(struct maker *m, uint32_t index, const struct extent *before)
{
    const struct atom *last = index ? &m->out->atoms[index - 1] : NULL;
    if (!last || last->kind != ATOM_WORD)
        return;
    bool spaced = m->paragraph->text[last->end - 1] == ' ';
    struct break_point *p = add_point(m, (struct break_place){index, 0});
    p->end = p->start = *before;
    p->emergency = true;
    p->cost = spaced ? 0 : IN_CODE;
}

/* Points between all characters of a word that is wider than the line: taken only when nothing else fits. */
static void emergency_points(struct maker *m, uint32_t index, const struct extent *before)
{
    bool verbatim = keeps_spaces(m->out->atoms[index].span);
    if (verbatim)
        point_between(m, index, before);
    cut_points(m, index, before, verbatim ? cost_in_verbatim : cost_of_emergency,
               (struct break_point){.emergency = true});
}

/* Best behind a joint of a name in a program (css.c, lineBreak), and never with a crumb on a side. */
static float cost_in_code(struct text word, uint32_t at)
{
    enum { LEAST = 3, LONG = 12 };
    if (at < LEAST || word.length - at < LEAST)
        return -1;
    char last = word.at[at - 1], next = word.at[at];
    if (strchr("./_:=,()", next))
        return -1;
    bool hump =
        ascii_alpha(last) && ascii_lower(last) == last && ascii_alpha(next) && ascii_lower(next) != next;
    if (hump || strchr("./_:=,(", last))
        return ADDRESS;
    return word.length < LONG ? -1 : IN_CODE;
}

/* The measure of the narrowest line. */
static float narrowest(const struct paragraph *p)
{
    return p->width_pt - p->inset_most_pt;
}

/* Does each part of a word find room on a line of its own, divided at the points from `first` on? */
static bool parts_fit(const struct maker *m, uint32_t first, const struct atom *a,
                      const struct extent *before)
{
    double from = before->width, room = (double)narrowest(m->paragraph);
    for (uint32_t i = first; i < m->out->point_count; i++) {
        if (m->out->points[i].end.width - from > room)
            return false;
        from = m->out->points[i].start.width;
    }
    return before->width + (double)a->width_pt - from <= room;
}

/* A word wider than the line: with hyphens where that is enough, else between any characters. */
static void divide_wide(struct maker *m, uint32_t index, const struct extent *before)
{
    uint32_t first = m->out->point_count;
    const struct atom *a = &m->out->atoms[index];
    if (a->end - a->start >
        HYPHENATED_MOST) { /* no word; each place would be measured from both of its ends */
        emergency_points(m, index, before);
        return;
    }
    hyphenate_atom(m, index, before);
    if (parts_fit(m, first, &m->out->atoms[index], before))
        return;
    m->out->point_count = first;
    emergency_points(m, index, before);
}

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
    uint32_t index = m->out->count - 1;
    struct extent before = m->at;
    bool wide = a->width_pt > narrowest(m->paragraph) && a->width_pt > 0;
    if (m->whole)
        ;
    else if (wide && !keeps_spaces(span))
        divide_wide(m, index, &before);
    else if (keeps_spaces(span) &&
             m->at.width + (double)a->width_pt - m->line_from > (double)narrowest(m->paragraph))
        emergency_points(m, index, &before);
    else if (is_code(m, span))
        cut_points(m, index, &before, cost_in_code, (struct break_point){.strained = true});
    else
        hyphenate_atom(m, index, &before);
    a = &m->out->atoms[index];
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
    struct break_point *p = add_point(m, (struct break_place){m->out->count, 0});
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
    bool verbatim = keeps_spaces(span);
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
    return next && next->offset < limit && !keeps_spaces(span) ? next->offset : limit;
}

static float break_cost(const struct maker *m, const struct line_break *b)
{
    if (b->kind == LINE_BREAK_ADDRESS)
        return ADDRESS;
    return b->kind == LINE_BREAK_INSIDE && m->last_ink == m->out->count ? AFTER_DASH : 0;
}

static void break_here(struct maker *m, const struct line_break *b)
{
    const struct span *span = &m->paragraph->spans[m->span];
    bool forced = b->kind == LINE_BREAK_MANDATORY;
    bool call = span->call && span->start == b->offset; /* never begins a line */
    if (m->whole)
        return;
    if (!forced && (keeps_spaces(span) || call))
        return;
    point_here(m, forced, break_cost(m, b));
    if (!forced && keeps_line(span->style) && span->start < b->offset)
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
    add_point(&m, (struct break_place){0, 0});
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
    while (pairs_give_up(p, out, (double)narrowest(p)));
    return out;
}
