/* Where a word may be divided: with hyphens, without them in code and addresses, and anywhere when it is
 * wider than the line. */
#include "layout/initial.h"
#include "layout/maker.h"
#include "layout/protrude.h"

/* Demerits of a hyphen, of one between the parts of a compound, of one within a number; of a break between
 * any letters of code, and of a word that is wider than the line. */
static const float HYPHEN = 60, COMPOUND = 32, FIGURE = 150, IN_CODE = 3e4f, INSIDE_WORD = 400;

/* The longest word that is divided at hyphens, in bytes. */
enum { HYPHENATED_MOST = 2000 };

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
        return text_width(units, end - first, a->span);
    return shaped_width(atom_part(m->setter, m->paragraph, a, a->start + from, a->start + to), a->span);
}

static void hyphen_point(struct maker *m, const struct atom *a, const struct hyphen *h,
                         const struct extent *before)
{
    const struct shaped *hyphen = atom_hyphen(m->setter, a);
    uint32_t index = (uint32_t)(a - m->out->atoms);
    struct break_point *p = maker_point(m, (struct break_place){index, h->from});
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
    if (style->hyphens == HYPHENS_NONE || style_keeps_line(style) || a->level % 2 || beside_initial)
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
            struct break_point *p = maker_point(m, (struct break_place){index, at});
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
    struct break_point *p = maker_point(m, (struct break_place){index, 0});
    p->end = p->start = *before;
    p->emergency = true;
    p->cost = spaced ? 0 : IN_CODE;
}

/* Points between all characters of a word that is wider than the line: taken only when nothing else fits. */
static void emergency_points(struct maker *m, uint32_t index, const struct extent *before)
{
    bool verbatim = style_keeps_spaces(m->out->atoms[index].span->style);
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
        return COST_ADDRESS;
    return word.length < LONG ? -1 : IN_CODE;
}

/* Does each part of a word find room on a line of its own, divided at the points from `first` on? */
static bool parts_fit(const struct maker *m, uint32_t first, const struct atom *a,
                      const struct extent *before)
{
    double from = before->width, room = (double)paragraph_narrowest(m->paragraph);
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

void divide_word(struct maker *m, uint32_t index)
{
    const struct atom *a = &m->out->atoms[index];
    const struct extent before = m->at;
    double room = (double)paragraph_narrowest(m->paragraph), wide = (double)a->width_pt;
    if (style_keeps_spaces(a->span->style) && before.width + wide - m->line_from > room)
        emergency_points(m, index, &before);
    else if (!style_keeps_spaces(a->span->style) && wide > room && wide > 0)
        divide_wide(m, index, &before);
    else if (maker_is_code(m, a->span))
        cut_points(m, index, &before, cost_in_code, (struct break_point){.strained = true});
    else
        hyphenate_atom(m, index, &before);
}
