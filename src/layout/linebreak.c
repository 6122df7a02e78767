#include "layout/linebreak.h"
#include <float.h>
#include <math.h>
#include <string.h>

/* How a line's spaces stand to natural ones; neighbours more than one class apart cost extra. */
enum fitness { TIGHT, DECENT, LOOSE, VERY_LOOSE, FITNESS_CLASSES };

/* Demerits. A line whose spaces have a ratio r costs SPACE * r^2 + EXTREME * r^6; so the total is close to
 * the variance of the spaces, and a single bad line costs more than several fair ones. */
static const double SPACE = 80, EXTREME = 400, EXTREME_TIGHT = 200, LINE = 4, CONTRAST = 60,
                    HYPHENS_RUN = 1e5, STUB = 250, LAST_HYPHEN = 400, LAST_WORD = 1600;
/* Past this ratio a line is not tried unless nothing else fits. */
static const double TOLERANCE = 2.6;
/* The ratio of the tightest line, and of one that keeps another from being very loose: of spaces in the
 * shipped faces that is a fifth and a sixth of an em. */
static const double TIGHTEST = -1, STRAINED = -1.25;
/* The part that spaces take in a change of the line's width, in relation to what they can give. */
static const double SPACES_SHARE = 0.2;
/* The ratio of a line without spaces that is too short; it grows with what is missing. */
static const double UNSTRETCHED = 3;

struct node {
    uint32_t point;
    int32_t before; /* index of the node that the line comes from; -1: none */
    uint32_t line;  /* how many lines end here and before */
    uint8_t fitness, hyphens;
    bool overfull, loose;
    float expansion, ratio;
    double demerits;
};

struct state {
    struct arena *arena;
    const struct break_point *points;
    const struct break_options *options;
    struct node *nodes;
    uint32_t count, capacity;
    uint32_t end; /* the last point */
    uint32_t *active;
    uint32_t active_count, active_capacity;
    bool strained;    /* break points within numbers count */
    bool emergency;   /* break points inside words count */
    double tolerance; /* largest ratio of a line that is tried */
    double tightest;  /* smallest */
};

static uint32_t add_node(struct state *s, struct node n)
{
    if (s->count == s->capacity) {
        struct node *more = arena_array(s->arena, s->capacity * 2UL, sizeof *more);
        for (uint32_t i = 0; i < s->count; i++)
            more[i] = s->nodes[i];
        s->nodes = more;
        s->capacity *= 2;
    }
    s->nodes[s->count] = n;
    return s->count++;
}

static void activate(struct state *s, uint32_t node)
{
    if (s->active_count == s->active_capacity) {
        uint32_t *more = arena_array(s->arena, s->active_capacity * 2UL, sizeof *more);
        for (uint32_t i = 0; i < s->active_count; i++)
            more[i] = s->active[i];
        s->active = more;
        s->active_capacity *= 2;
    }
    s->active[s->active_count++] = node;
}

/* What setting a line would mean. */
struct fit {
    double ratio, expansion, gap; /* gap: what is left over (above 0) or missing at natural width */
    bool too_wide;
};

/* Space taken up by expanding glyphs first, then by spaces. Inlined by force: it runs for every line that is
 * tried, and the callers that explain would else turn it into a call. */
__attribute__((always_inline)) static inline struct fit
measure(const struct state *s, const struct node *from, const struct break_point *to, bool last)
{
    const struct break_point *a = &s->points[from->point];
    const struct break_options *o = s->options;
    double available = o->width_pt + a->hang_start + to->hang_end;
    if (from->before < 0)
        available -= o->first_indent_pt;
    else if (!a->forced)
        available -= o->turnover_pt;
    if (from->line < o->inset_lines)
        available -= o->inset_pt;
    if (from->line < o->inset_count)
        available -= (double)(o->insets[from->line].left_pt + o->insets[from->line].right_pt);
    struct fit f = {0};
    f.gap = available - (to->end.width - a->start.width);
    double glyphs = to->end.glyphs - a->start.glyphs;
    double stretch = to->end.stretch - a->start.stretch, shrink = to->end.shrink - a->start.shrink;
    if (!o->justified || (last && f.gap >= 0 && !o->last_justified)) {
        f.too_wide = f.gap < -0.001;
        if (!o->justified && (!last || o->balanced) &&
            f.gap > 0) /* ragged: a line is good when little is left over */
            f.ratio = f.gap / (0.18 * o->width_pt);
        return f;
    }
    double most = glyphs * o->expansion, by_glyphs = f.gap > most ? most : f.gap < -most ? -most : f.gap;
    /* Glyphs and spaces share the gap by what each can give, so that neither is strained alone. */
    double give = f.gap >= 0 ? stretch : shrink;
    double share = give + most > 0 ? f.gap * most / (most + SPACES_SHARE * give) : 0;
    if (fabs(share) < fabs(by_glyphs))
        by_glyphs = share;
    f.expansion = glyphs > 0 ? by_glyphs / glyphs : 0;
    double rest = f.gap - by_glyphs;
    if (rest >= 0)
        f.ratio = stretch > 0 ? rest / stretch : rest > 0.01 ? UNSTRETCHED + rest / (0.05 * o->width_pt) : 0;
    else
        f.ratio = shrink > 0 ? rest / shrink : -100;
    if (f.ratio < s->tightest) { /* what the glyphs still can give */
        by_glyphs = -most;
        rest = f.gap - by_glyphs;
        f.expansion = -o->expansion;
        f.ratio = rest >= 0 ? 0 : shrink > 0 ? rest / shrink : -100;
    }
    f.too_wide = f.ratio < s->tightest - 0.0001;
    return f;
}

static enum fitness fitness_of(double ratio)
{
    return ratio < -0.45 ? TIGHT : ratio <= 0.45 ? DECENT : ratio <= 1 ? LOOSE : VERY_LOOSE;
}

double line_badness(double ratio)
{
    double r2 = ratio * ratio;
    return SPACE * r2 + (ratio < 0 ? EXTREME_TIGHT : EXTREME) * r2 * r2 * r2;
}

const char *line_fitness(double ratio)
{
    static const char *const names[] = {
        [TIGHT] = "tight", [DECENT] = "decent", [LOOSE] = "loose", [VERY_LOOSE] = "very loose"};
    return names[fitness_of(ratio)];
}

/* Would one more line end with a hyphen than may follow each other? */
static bool runs_on(const struct state *s, const struct node *from, const struct break_point *p)
{
    return p->hyphen && s->options->hyphen_lines && from->hyphens >= s->options->hyphen_lines;
}

/* Demerits for `what`, written down where somebody asks. */
static inline double charge(struct demerits *by, enum demerit what, double demerits)
{
    if (by)
        by->of[what] += demerits;
    return demerits;
}

/* The demerits of a line; `by`: what for, or NULL. */
static inline double weigh(const struct state *s, const struct node *from, const struct break_point *to,
                           const struct fit *f, enum fitness class, bool last, struct demerits *by)
{
    double d = charge(by, DEMERIT_LINE, LINE);
    d += charge(by, f->ratio < 0 ? DEMERIT_TIGHT : DEMERIT_LOOSE, line_badness(f->ratio));
    if (to->cost > 0 && !to->forced)
        d += charge(by, to->hyphen ? DEMERIT_HYPHEN : DEMERIT_PLACE, to->cost);
    int apart = (int)class - (int)from->fitness;
    if (from->before >= 0 && (apart > 1 || apart < -1))
        d += charge(by, DEMERIT_CONTRAST, CONTRAST);
    if (to->hyphen) {
        if (runs_on(s, from, to))
            d += charge(by, DEMERIT_LADDER, HYPHENS_RUN);
        if (from->hyphens)
            d += charge(by, DEMERIT_HYPHEN, 0.6 * to->cost);
    }
    if (last) {
        bool stub = from->before >= 0 && s->options->width_pt - f->gap < s->options->last_least_pt &&
                    !s->options->balanced;
        if (stub)
            d += charge(by, DEMERIT_STUB, STUB);
        const struct break_point *start = &s->points[from->point];
        bool alone = stub || to->end.stretch <= start->start.stretch; /* the end of the divided word */
        if (start->hyphen)
            d += charge(by, DEMERIT_LAST_HYPHEN, alone ? LAST_WORD : LAST_HYPHEN);
    }
    return d;
}

static double demerits_of(const struct state *s, const struct node *from, const struct break_point *to,
                          const struct fit *f, enum fitness class, bool last)
{
    return weigh(s, from, to, f, class, last, NULL);
}

/* The best way to a point for each class of its line and each run of hyphens that ends there: without the
 * runs, a way that has used up its hyphens would push out the one that has not. When a number of lines is
 * wanted, ways of unlike numbers of lines are kept apart too; those that reach a point differ by two at the
 * most. */
enum { RUNS = 3, COUNTS = 3 };

struct best {
    struct node node[COUNTS][RUNS][FITNESS_CLASSES];
    uint8_t has[COUNTS][RUNS]; /* a bit for each class */
};

static struct node node_for(const struct state *s, uint32_t from, uint32_t to, const struct fit *f, bool last)
{
    const struct node *before = &s->nodes[from];
    const struct break_point *p = &s->points[to];
    enum fitness class = fitness_of(f->ratio);
    return (struct node){.point = to,
                         .before = (int32_t)from,
                         .fitness = (uint8_t) class,
                         .hyphens = (uint8_t)(!p->hyphen              ? 0
                                              : before->hyphens < 100 ? before->hyphens + 1
                                                                      : 100),
                         .line = before->line + 1,
                         .overfull = f->too_wide,
                         .loose = f->ratio > TOLERANCE,
                         .expansion = (float)f->expansion,
                         .ratio = (float)f->ratio,
                         .demerits = before->demerits + demerits_of(s, before, p, f, class, last)};
}

static void keep_best(const struct state *s, struct best *b, struct node n)
{
    int c = n.fitness, r = n.hyphens < RUNS ? n.hyphens : RUNS - 1,
        k = s->options->lines ? (int)(n.line % COUNTS) : 0;
    if (!(b->has[k][r] & 1U << c) || n.demerits < b->node[k][r][c].demerits) {
        b->has[k][r] |= (uint8_t)(1U << c);
        b->node[k][r][c] = n;
    }
}

/* A class that is worse than the best by more than a contrast costs can't win later; a shorter run of hyphens
 * can. */
static bool activate_count(struct state *s, const struct best *b, int k)
{
    double least = DBL_MAX;
    for (int r = 0; r < RUNS; r++) {
        double here = least;
        if (!b->has[k][r])
            continue;
        for (int c = 0; c < FITNESS_CLASSES; c++)
            if (b->has[k][r] & 1U << c && b->node[k][r][c].demerits < here)
                here = b->node[k][r][c].demerits;
        for (int c = 0; c < FITNESS_CLASSES; c++)
            if (b->has[k][r] & 1U << c && b->node[k][r][c].demerits <= here + CONTRAST && here < DBL_MAX)
                activate(s, add_node(s, b->node[k][r][c]));
        least = here;
    }
    return least < DBL_MAX;
}

static bool activate_best(struct state *s, const struct best *b)
{
    bool any = false;
    for (int k = 0; k < (s->options->lines ? COUNTS : 1); k++)
        any |= activate_count(s, b, k);
    return any;
}

/* May the word be divided at point i? Not when the line would be full enough without its first part. */
static bool in_zone(const struct state *s, const struct node *from, uint32_t i)
{
    double zone = s->options->hyphen_zone_pt;
    if (zone <= 0 || !s->points[i].inserted)
        return false;
    uint32_t word = i - 1;
    while (word > from->point && (s->points[word].inserted || s->points[word].emergency))
        word--;
    return word > from->point && measure(s, from, &s->points[word], true).gap <= zone;
}

/* May the line be, by what is asked of the first one's end? */
static bool first_allows(const struct state *s, const struct node *from, uint32_t i)
{
    return !s->options->first_end || from->before >= 0 || i == s->options->first_end;
}

/* May the line be, by what is asked of hyphens? */
static bool hyphens_allow(const struct state *s, const struct node *from, uint32_t i)
{
    bool last = i == s->end;
    return !runs_on(s, from, &s->points[i]) && !in_zone(s, from, i) &&
           !(last && s->options->no_last_hyphen && s->points[from->point].hyphen);
}

/* Tries all lines that end at point i and drops the starts from which nothing more can fit. False when no
 * start is left. */
static bool try_point(struct state *s, uint32_t i, bool last)
{
    const struct break_point *p = &s->points[i];
    struct best best;
    memset(best.has, 0, sizeof best.has);
    struct fit narrowest = {.gap = -DBL_MAX};
    uint32_t kept = 0, from_narrowest = 0;
    for (uint32_t k = 0; k < s->active_count; k++) {
        uint32_t from = s->active[k];
        if (!first_allows(s, &s->nodes[from], i)) {
            if (i < s->options->first_end)
                s->active[kept++] = from;
            continue;
        }
        struct fit f = measure(s, &s->nodes[from], p, last || p->forced);
        if (f.too_wide && f.gap > narrowest.gap) {
            narrowest = f;
            from_narrowest = from;
        }
        if (f.too_wide)
            continue;
        if (f.ratio > s->tolerance && !p->forced) { /* later starts make shorter lines still */
            memmove(s->active + kept, s->active + k, (s->active_count - k) * sizeof *s->active);
            kept += s->active_count - k;
            break;
        }
        if (f.ratio <= s->tolerance && (s->emergency || hyphens_allow(s, &s->nodes[from], i)))
            keep_best(s, &best, node_for(s, from, i, &f, last));
        if (!p->forced)
            s->active[kept++] = from;
    }
    s->active_count = kept;
    if (activate_best(s, &best) || kept)
        return true;
    if (!s->emergency || narrowest.gap == -DBL_MAX)
        return false;
    activate(s, add_node(s, node_for(s, from_narrowest, i, &narrowest, last)));
    return true;
}

static bool is_open(const struct state *s, const struct break_point *p)
{
    return (s->strained || !p->strained) && (s->emergency || !p->emergency);
}

static bool run(struct state *s, uint32_t count)
{
    s->count = s->active_count = 0;
    uint8_t above = (uint8_t)s->options->hyphens_above;
    activate(s, add_node(s, (struct node){.before = -1, .fitness = DECENT, .hyphens = above}));
    for (uint32_t i = 1; i < count; i++)
        if (is_open(s, &s->points[i]) && !try_point(s, i, i == count - 1))
            return false;
    return true;
}

/* The best end of all, or of those with the wanted number of lines; -1 when there is none. */
static int32_t best_end(const struct state *s)
{
    int32_t best = -1;
    for (uint32_t k = 0; k < s->active_count; k++) {
        const struct node *n = &s->nodes[s->active[k]];
        if (s->options->lines && n->line != s->options->lines)
            continue;
        if (best < 0 || n->demerits < s->nodes[best].demerits)
            best = (int32_t)s->active[k];
    }
    return best;
}

/* Has the best way a line that the eye is caught by? */
static bool is_very_loose(const struct state *s)
{
    int32_t i = s->options->justified ? best_end(s) : -1;
    while (i >= 0 && fitness_of((double)s->nodes[i].ratio) != VERY_LOOSE)
        i = s->nodes[i].before;
    return i >= 0;
}

/* Tries ever harder; what a wanted number of lines would need beyond tolerance is not tried. */
static bool run_all(struct state *s, uint32_t count)
{
    s->tolerance = TOLERANCE;
    s->tightest = TIGHTEST;
    bool fits = run(s, count);
    if (s->options->lines || (fits && !is_very_loose(s)))
        return fits;
    s->strained = true;
    s->tightest = STRAINED;
    if (run(s, count))
        return true;
    s->tolerance = DBL_MAX; /* loose lines rather than none */
    if (run(s, count))
        return true;
    s->emergency = true; /* words wider than the line are cut, and at worst stick out */
    return run(s, count);
}

static int32_t search(struct state *s, struct arena *a, const struct break_point *points, uint32_t count,
                      const struct break_options *o)
{
    *s = (struct state){.arena = a,
                        .points = points,
                        .options = o,
                        .end = count - 1,
                        .capacity = count + 64,
                        .active_capacity = 64};
    s->nodes = arena_array(a, s->capacity, sizeof *s->nodes);
    s->active = arena_array(a, s->active_capacity, sizeof *s->active);
    return run_all(s, count) ? best_end(s) : -1;
}

/* Gives the lines of the way that ends with a node. */
static uint32_t trace(const struct state *s, int32_t end, struct chosen_line *lines)
{
    uint32_t n = s->nodes[end].line;
    for (int32_t i = end, at = (int32_t)n; s->nodes[i].before >= 0; i = s->nodes[i].before) {
        const struct node *node = &s->nodes[i];
        lines[--at] = (struct chosen_line){s->nodes[node->before].point,
                                           node->point,
                                           node->expansion,
                                           node->ratio,
                                           node->overfull,
                                           node->loose};
    }
    return n;
}

uint32_t linebreak(struct arena *a, const struct break_point *points, uint32_t count,
                   const struct break_options *o, struct chosen_line *lines, double *demerits)
{
    struct state s;
    int32_t best = search(&s, a, points, count, o);
    if (best < 0)
        return 0;
    if (demerits)
        *demerits = s.nodes[best].demerits;
    return trace(&s, best, lines);
}

/* ---- the runner-up: some other line leads to one of the points of the chosen way, and from there on both
 * are the same. All lines that were tried to that point are looked at again. */

struct path {
    const int32_t *nodes; /* of the chosen way, the start first */
    uint32_t lines;
    uint32_t points; /* of the paragraph */
};

static bool can_be(const struct state *s, const struct node *from, const struct break_point *to,
                   const struct fit *f)
{
    return !f->too_wide && f->ratio <= s->tolerance && first_allows(s, from, (uint32_t)(to - s->points)) &&
           (s->emergency || hyphens_allow(s, from, (uint32_t)(to - s->points)));
}

/* The line from node `from` to the point of the path's node `i`, if there can be one. */
static bool try_line(const struct state *s, const struct path *p, uint32_t from, uint32_t i, struct node *out)
{
    uint32_t to = s->nodes[p->nodes[i]].point;
    bool last = to == p->points - 1;
    struct fit f = measure(s, &s->nodes[from], &s->points[to], last || s->points[to].forced);
    if (!can_be(s, &s->nodes[from], &s->points[to], &f) && !s->nodes[p->nodes[i]].overfull)
        return false;
    *out = node_for(s, from, to, &f, last);
    return true;
}

/* From here on it makes no difference which of both came before. */
static bool same_state(const struct state *s, const struct node *a, const struct node *b)
{
    uint32_t line = a->line < b->line ? a->line : b->line;
    bool counts = s->options->lines || s->options->inset_lines > line || s->options->inset_count > line;
    return a->fitness == b->fitness && a->hyphens == b->hyphens && (a->line == b->line || !counts);
}

/* Goes from node `from` to the path's node `i` and along the path. Gives the node at the end, or the first
 * that is in the path's own state, and in `*rest` the demerits from there to the end; -1 when it is no way.
 */
static int32_t follow(struct state *s, const struct path *p, uint32_t from, uint32_t i, bool whole,
                      double *rest)
{
    double end = s->nodes[p->nodes[p->lines]].demerits;
    for (;; i++) {
        struct node n;
        if (!try_line(s, p, from, i, &n))
            return -1;
        from = add_node(s, n);
        const struct node *own = &s->nodes[p->nodes[i]];
        *rest = end - own->demerits;
        if (i == p->lines)
            return s->options->lines && n.line != s->options->lines ? -1 : (int32_t)from;
        if (!whole && same_state(s, &n, own))
            return (int32_t)from;
    }
}

struct rival {
    uint32_t from, at; /* node, and the path's node where it joins */
    double demerits;   /* DBL_MAX: there is none */
};

/* The best other way whose last difference is the line to the path's node `i`; none begins before point
 * `low`.
 */
static void find_rival(struct state *s, const struct path *p, uint32_t i, uint32_t low, struct rival *best)
{
    uint32_t point = s->nodes[p->nodes[i]].point, mark = s->count;
    for (int32_t from = p->nodes[i] - 1; from >= 0 && s->nodes[from].point >= low; from--) {
        if (s->nodes[from].point >= point || from == p->nodes[i - 1])
            continue;
        double width = s->points[point].end.width - s->points[s->nodes[from].point].start.width;
        if (width > 2 * s->options->width_pt) /* no shrinking will do: nor will it for those before */
            return;
        double rest;
        int32_t end = follow(s, p, (uint32_t)from, i, false, &rest);
        if (end >= 0 && s->nodes[end].demerits + rest < best->demerits)
            *best = (struct rival){(uint32_t)from, i, s->nodes[end].demerits + rest};
        s->count = mark;
    }
}

static int32_t find_runner_up(struct state *s, const struct path *p)
{
    struct rival best = {.demerits = DBL_MAX};
    uint32_t forced = 0;
    for (uint32_t i = 1; i <= p->lines; i++) {
        uint32_t before = s->nodes[p->nodes[i - 1]].point;
        if (s->points[before].forced)
            forced = before;
        find_rival(s, p, i, forced, &best);
    }
    double rest;
    return best.demerits < DBL_MAX ? follow(s, p, best.from, best.at, true, &rest) : -1;
}

static void tell_way(struct state *s, int32_t end, uint32_t points, struct line_way *w)
{
    uint32_t n = s->nodes[end].line;
    *w = (struct line_way){.sum = s->nodes[end].demerits};
    w->lines = arena_array(s->arena, n + 1UL, sizeof *w->lines);
    w->demerits = arena_array(s->arena, n + 1UL, sizeof *w->demerits);
    w->count = trace(s, end, w->lines);
    for (int32_t i = end, at = (int32_t)n; s->nodes[i].before >= 0; i = s->nodes[i].before) {
        const struct node *node = &s->nodes[i], *from = &s->nodes[node->before];
        bool last = node->point == points - 1;
        struct fit f = measure(s, from, &s->points[node->point], last || s->points[node->point].forced);
        weigh(s, from, &s->points[node->point], &f, node->fitness, last, &w->demerits[--at]);
    }
}

void linebreak_explain(struct arena *a, const struct break_point *points, uint32_t count,
                       const struct break_options *o, struct line_way *best, struct line_way *runner_up)
{
    struct state s;
    *best = *runner_up = (struct line_way){0};
    int32_t end = search(&s, a, points, count, o);
    if (end < 0)
        return;
    tell_way(&s, end, count, best);
    int32_t *nodes = arena_array(a, best->count + 1UL, sizeof *nodes);
    for (int32_t i = end, at = (int32_t)best->count; at >= 0; i = s.nodes[i].before)
        nodes[at--] = i;
    end = find_runner_up(&s, &(struct path){nodes, best->count, count});
    if (end >= 0)
        tell_way(&s, end, count, runner_up);
}
