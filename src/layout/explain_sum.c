/* What -v sums up: the worst lines, hyphens, and how even the spaces are. */
#include "layout/told.h"
#include <math.h>

/* The mean width of a line's spaces, em; below 0 when it has none that are justified. */
static double told_space(const struct paragraph *p, uint32_t line)
{
    const struct line *l = &p->lines[line];
    double sum = 0;
    int count = 0;
    bool natural = line + 1 == p->line_count ||
                   (l->ratio >= 0 && l->ratio <= 0 && l->expansion >= 0 && l->expansion <= 0);
    for (uint32_t i = 0; i < l->frame_count && !natural && p->style->align == ALIGN_JUSTIFY; i++) {
        const struct frame_text *t = l->frames[i].text;
        for (uint32_t k = 1; l->frames[i].kind == FRAME_TEXT && k < t->count; k++) {
            const struct piece *left = &t->pieces[k - 1], *right = &t->pieces[k];
            if (!right->space)
                continue;
            if (left->x_pt > right->x_pt) { /* from right to left */
                left = &t->pieces[k];
                right = &t->pieces[k - 1];
            }
            sum += ((double)right->x_pt - (double)left->x_pt - piece_width(t, left)) / t->size_pt;
            count++;
        }
    }
    return count ? sum / count : -1;
}

/* ---- the figures */

struct adding {
    struct told_sum sum;
    double spaces, squares; /* of the lines' mean spaces */
};

static void add_paragraph(const struct told_block *b, void *user)
{
    struct adding *a = user;
    const struct paragraph *p = b->paragraph;
    a->sum.paragraphs++;
    a->sum.lines += p->line_count;
    for (uint32_t i = 0; i < p->line_count; i++) {
        double space = told_space(p, i);
        a->sum.hyphens += p->lines[i].hyphen;
        if (space < 0)
            continue;
        a->sum.justified++;
        a->spaces += space;
        a->squares += space * space;
    }
}

struct told_sum told_sum(const struct explain *e)
{
    struct adding a = {.spaces = 0};
    told_each(e, add_paragraph, &a);
    if (!a.sum.justified || a.spaces <= 0)
        return a.sum;
    a.sum.mean_em = a.spaces / a.sum.justified;
    a.sum.variation =
        sqrt(fmax(0, a.squares / a.sum.justified - a.sum.mean_em * a.sum.mean_em)) / a.sum.mean_em;
    return a.sum;
}

/* ---- the worst lines */

enum { WORST = 5 };
/* Lines better than this are nothing to be told of: half of what a space can give. */
static const double WORTH_TELLING = 0.5;

struct worst {
    struct bad_line {
        const struct paragraph *paragraph;
        uint32_t line;
        const char *page;
        double badness, space_em;
    } lines[WORST];
    int count;
};

static void insert(struct worst *w, struct bad_line l)
{
    int at = w->count < WORST ? w->count++ : WORST;
    for (; at > 0 && w->lines[at - 1].badness < l.badness; at--)
        if (at < WORST)
            w->lines[at] = w->lines[at - 1];
    if (at < WORST)
        w->lines[at] = l;
}

static void find_worst(const struct told_block *b, void *user)
{
    const struct paragraph *p = b->paragraph;
    for (uint32_t i = 0; i < p->line_count; i++) {
        double space = told_space(p, i), ratio = p->lines[i].ratio;
        if (space >= 0 && fabs(ratio) >= WORTH_TELLING)
            insert(user, (struct bad_line){p, i, told_page(b, i), line_badness(ratio), space});
    }
}

static void tell_line(const struct explain *e, struct messages *m, const struct bad_line *l)
{
    const struct paragraph *p = l->paragraph;
    const struct line *line = &p->lines[l->line];
    struct place at = tree_place(e->document, p->element);
    struct buf *text = buf_new(e->arena), *spaces = buf_new(e->arena);
    paragraph_text(p, line->start, line->end, line->hyphen, text);
    buf_real(spaces, l->space_em, 2);
    message(m, SEVERITY_NOTE, "layout.line", &at,
            "On page %s the line “%s” is %s: its spaces are %s em wide.", l->page, buf_view(text).at,
            line_fitness((double)line->ratio), spaces->data);
}

void explain_sum_up(const struct explain *e, struct messages *m)
{
    struct worst worst = {.count = 0};
    told_each(e, find_worst, &worst);
    for (int i = 0; i < worst.count; i++)
        tell_line(e, m, &worst.lines[i]);
    struct told_sum sum = told_sum(e);
    struct place at = {e->document->source_name, 0, 0};
    struct buf *b = buf_new(e->arena);
    buf_printf(b, "%u lines, ", sum.lines);
    buf_real(b, sum.lines ? 100.0 * sum.hyphens / sum.lines : 0, 1);
    buf_string(b, " % of them with a hyphen at the end");
    if (sum.justified) {
        buf_string(b, "; the spaces of a line are ");
        buf_real(b, sum.mean_em, 3);
        buf_string(b, " em wide on average, and vary by ");
        buf_real(b, 100 * sum.variation, 1);
        buf_string(b, " %");
    }
    message(m, SEVERITY_NOTE, "layout.spaces", &at, "%s.", b->data);
}
