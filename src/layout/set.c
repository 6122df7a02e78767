#include "document/direction.h"
#include "layout/atoms.h"
#include "layout/first_line.h"
#include "layout/initial.h"
#include "layout/linecraft.h"
#include "layout/mirror.h"
#include "layout/setter.h"
#include <float.h>
#include <math.h>

/* Glyphs may be wider or narrower by so much. */
static const double EXPANSION = 0.02;
/* The share of the measure that each line can give for a line more, or take for a line less. */
static const double GIVE_MORE = 0.05, GIVE_LESS = 0.035;
enum { VARIANT_LINES = 4, WORD_SHOWN = 60 };

struct setter *setter_new(struct arena *a, const struct document *d, struct messages *m,
                          struct hyphenation *h)
{
    struct setter *s = arena_alloc(a, sizeof *s);
    s->arena = a;
    s->document = d;
    s->from_right = language_from_right(d->meta.language);
    s->messages = m;
    s->shaper = shaper_new(a);
    s->hyphenation = h;
    s->cache = arena_inside(a);
    s->breaker = breaker_new(s->cache);
    s->atoms = arena_alloc(s->cache, sizeof *s->atoms);
    s->scratch = arena_inside(a);
    return s;
}

void setter_end(struct setter *s)
{
    shaper_end(s->shaper);
    arena_reset(s->cache);
    arena_reset(s->scratch);
}

/* Heads are balanced when nothing else is said. */
static bool balances(const struct paragraph *p)
{
    return p->style->wrap == WRAP_AUTO && p->element && tree_is_heading(p->element);
}

static struct break_options options_for(const struct paragraph *p, const struct atoms *atoms)
{
    const struct style *s = p->style;
    bool justified = s->align == ALIGN_JUSTIFY;
    return (struct break_options){
        .width_pt = p->width_pt,
        .first_indent_pt = p->indent_pt,
        .first_end = p->first_line ? first_line_point(p, atoms) : 0,
        .turnover_pt = turnover(p),
        .inset_lines = p->initial ? p->initial->lines : 0,
        .inset_pt = p->initial ? (double)p->initial->inset_pt : 0,
        .insets = p->insets,
        .inset_count = p->inset_count,
        .expansion = justified ? EXPANSION : 0,
        .last_least_pt = fmax(2 * p->indent_pt, 0.15 * p->width_pt),
        .hyphen_lines = s->hyphen_lines,
        .hyphens_above = p->hyphens_above,
        .hyphen_zone_pt = (double)(s->hyphen_zone.pt + s->hyphen_zone.percent / 100 * p->width_pt),
        .no_last_hyphen = s->hyphen_last == HYPHEN_LAST_ALWAYS,
        .justified = justified,
        .last_justified = justified && s->align_last == ALIGN_JUSTIFY,
        .balanced = !justified && (s->wrap == WRAP_BALANCE || balances(p))};
}

size_t text_shown(struct text word)
{
    size_t n = word.length < WORD_SHOWN ? word.length : WORD_SHOWN;
    while (n > 0 && n < word.length && ((unsigned char)word.at[n] & 0xC0) == 0x80)
        n--;
    return n;
}

static void tell(struct setter *s, const struct paragraph *p, const struct chosen_line *b,
                 const struct atoms *atoms)
{
    if (!b->overfull)
        return;
    struct place where = {s->document->source_name, 0, 0};
    if (p->element)
        where = tree_place(s->document, p->element);
    uint32_t first = atoms->places[b->from].atom;
    struct text word = {"", 0};
    for (uint32_t i = first; i < atoms->count && i <= atoms->places[b->to].atom; i++)
        if (atoms->atoms[i].end - atoms->atoms[i].start > word.length)
            word =
                (struct text){p->text + atoms->atoms[i].start, atoms->atoms[i].end - atoms->atoms[i].start};
    message(s->messages, SEVERITY_WARNING, "layout.overfull", &where,
            "A line sticks out of the text's edge at “%.*s%s”. Let that word be broken (with \\u00AD), or "
            "write the sentence anew.",
            (int)text_shown(word), word.at, text_shown(word) < word.length ? "…" : "");
}

static void make_lines(struct setter *s, struct paragraph *p, const struct atoms *atoms,
                       const struct chosen_line *breaks, uint32_t n)
{
    p->lines = arena_array(s->arena, n ? n : 1, sizeof *p->lines);
    p->line_count = n;
    for (uint32_t i = 0; i < n; i++)
        line_make(s, p, atoms, &breaks[i], i == 0, i == n - 1, &p->lines[i]);
    if (p->initial && n)
        initial_place(s, p);
    if (p->tail && n)
        line_add_tail(s, p, &p->lines[n - 1]);
    if (p->marker && n)
        line_add_marker(s, p, &p->lines[0]);
    for (uint32_t i = 0; i < n && p->from_right != s->from_right; i++)
        frames_mirror(s->arena, p->lines[i].frames, p->lines[i].frame_count, (double)p->width_pt);
}

static struct atoms *prepare(struct setter *s, const struct paragraph *p)
{
    arena_reset(s->scratch);
    struct atoms *atoms = atoms_make(s, p);
    if (p->tail)
        atoms->points[atoms->point_count - 1].end.width += tail_width(s, p);
    return atoms;
}

static uint32_t break_again(struct setter *s, const struct paragraph *p, const struct atoms *atoms,
                            uint32_t lines, struct chosen_line *breaks, double *demerits)
{
    struct break_options o = options_for(p, atoms);
    o.lines = lines;
    return linebreak(s->scratch, atoms->points, atoms->point_count, &o, breaks, demerits);
}

static struct variant variant_of(struct setter *s, const struct paragraph *p, const struct atoms *atoms,
                                 uint32_t lines, struct chosen_line *breaks)
{
    struct variant v = {.cost = VARIANT_NONE};
    double demerits;
    uint32_t n = break_again(s, p, atoms, lines, breaks, &demerits);
    if (n)
        v.cost = (float)(demerits - p->demerits);
    for (uint32_t i = 0; i < n && i < VARIANT_HYPHENS; i++)
        v.hyphens |= (uint64_t)atoms->points[breaks[i].to].hyphen << i;
    return v;
}

/* What one line more or less would cost. Most paragraphs can't have it: what a line has to give up or take on
 * tells that at once. Nor can those beside a float, which would move what stands below them. */
static void know_variants(struct setter *s, struct paragraph *p, const struct atoms *atoms,
                          struct chosen_line *scratch)
{
    uint32_t n = p->line_count;
    p->more = p->less = (struct variant){.cost = VARIANT_NONE};
    if (n < VARIANT_LINES || p->style->align != ALIGN_JUSTIFY || p->inset_count)
        return;
    const struct break_point *end = &atoms->points[atoms->point_count - 1];
    double last = end->end.width - atoms->points[scratch[n - 1].from].start.width;
    double em = p->style->size_pt;
    if ((p->width_pt - last + 2 * em) / n < GIVE_MORE * p->width_pt)
        p->more = variant_of(s, p, atoms, n + 1, scratch);
    if (last / (n - 1) < GIVE_LESS * p->width_pt)
        p->less = variant_of(s, p, atoms, n - 1, scratch);
}

enum { FIRST_LINES_TRIED = 5 };

/* Chooses where the first line ends that has a style of its own. */
static void choose_first_line(struct setter *s, struct paragraph *p)
{
    uint32_t ends[FIRST_LINES_TRIED], best = 0;
    double least = DBL_MAX, demerits;
    p->first_end = 0;
    arena_reset(s->scratch);
    struct break_options o = options_for(p, NULL);
    uint32_t count = first_line_ends(s, p, &o, ends, FIRST_LINES_TRIED);
    for (uint32_t i = 0; i < count; i++) {
        first_line_split(s, p, ends[i]);
        const struct atoms *atoms = prepare(s, p);
        struct chosen_line *breaks = arena_array(s->scratch, atoms->point_count, sizeof *breaks);
        uint32_t n = break_again(s, p, atoms, 0, breaks, &demerits);
        if (n && !breaks[0].overfull && demerits < least) {
            least = demerits;
            best = ends[i];
        }
    }
    first_line_split(s, p, best ? best : count ? ends[count - 1] : 0);
}

void paragraph_set(struct setter *s, struct paragraph *p)
{
    initial_make(s, p);
    if (p->first_line)
        choose_first_line(s, p);
    const struct atoms *atoms = prepare(s, p);
    struct break_options o = options_for(p, atoms);
    struct chosen_line *breaks = arena_array(s->scratch, atoms->point_count, sizeof *breaks);
    uint32_t n = linebreak(s->scratch, atoms->points, atoms->point_count, &o, breaks, &p->demerits);
    for (uint32_t i = 0; i < n; i++)
        tell(s, p, &breaks[i], atoms);
    if (p->initial && n < p->initial->lines) { /* it would stand beside the next paragraph */
        p->initial = NULL;
        paragraph_set(s, p);
        return;
    }
    make_lines(s, p, atoms, breaks, n);
    know_variants(s, p, atoms, breaks);
}

void paragraph_reset(struct setter *s, struct paragraph *p, uint32_t lines)
{
    const struct atoms *atoms = prepare(s, p);
    struct chosen_line *breaks = arena_array(s->scratch, atoms->point_count, sizeof *breaks);
    uint32_t n = break_again(s, p, atoms, lines, breaks, &p->demerits);
    if (n)
        make_lines(s, p, atoms, breaks, n);
}

static struct explained_way explain_way(struct setter *s, const struct paragraph *p,
                                        const struct atoms *atoms, const struct line_way *w)
{
    struct explained_way out = {arena_array(s->scratch, w->count + 1UL, sizeof *out.lines), w->count, w->sum};
    for (uint32_t i = 0; i < w->count; i++) {
        const struct chosen_line *l = &w->lines[i];
        struct buf *text = buf_new(s->scratch);
        paragraph_text(p, break_offset(p, atoms, l->from), break_offset(p, atoms, l->to),
                       atoms->points[l->to].hyphen, text);
        out.lines[i] = (struct explained_line){
            buf_view(text), l->ratio, l->expansion, atoms->points[l->to].hyphen, l->overfull, w->demerits[i]};
    }
    return out;
}

void paragraph_explain(struct setter *s, const struct paragraph *p, uint32_t lines,
                       struct explained_way *chosen, struct explained_way *runner_up)
{
    const struct atoms *atoms = prepare(s, p);
    struct break_options o = options_for(p, atoms);
    o.lines = lines;
    struct line_way best, second;
    linebreak_explain(s->scratch, atoms->points, atoms->point_count, &o, &best, &second);
    *chosen = explain_way(s, p, atoms, &best);
    *runner_up = explain_way(s, p, atoms, &second);
}

void paragraph_measure(struct setter *s, struct paragraph *p, double *widest_line_pt, double *widest_word_pt)
{
    arena_reset(s->scratch);
    float width = p->width_pt;
    p->width_pt = 1e6f; /* nothing is too wide for its line here */
    const struct atoms *atoms = atoms_make(s, p);
    p->width_pt = width;
    *widest_line_pt = *widest_word_pt = 0;
    const struct break_point *word = &atoms->points[0], *line = &atoms->points[0];
    for (uint32_t i = 1; i < atoms->point_count; i++) {
        const struct break_point *at = &atoms->points[i];
        if (at->inserted || at->emergency)
            continue;
        *widest_word_pt = fmax(*widest_word_pt, at->end.width - word->start.width);
        word = at;
        if (at->forced) {
            *widest_line_pt = fmax(*widest_line_pt, at->end.width - line->start.width);
            line = at;
        }
    }
    *widest_line_pt += 0.01;
    *widest_word_pt += 0.01;
}
