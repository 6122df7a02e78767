/* The file of --explain. */
#include "base/json.h"
#include "layout/told.h"

/* Two places are written. */
static const double ROUNDING = 0.005;

struct writing {
    struct json json;
    const struct explain *explain;
};

static void key_real(struct json *j, const char *key, double value, int decimals)
{
    json_key(j, key);
    json_real(j, value, decimals);
}

static void write_place(struct json *j, const struct explain *e, const xmlNode *n)
{
    struct place at = tree_place(e->document, n);
    json_key(j, "file"), json_string(j, at.file);
    json_key(j, "line"), json_int(j, at.line);
    json_key(j, "column"), json_int(j, at.column);
}

static void write_summary(struct json *j, const struct explain *e)
{
    struct told_sum sum = told_sum(e);
    json_key(j, "summary"), json_open(j, '{', true);
    json_key(j, "paragraphs"), json_int(j, sum.paragraphs);
    json_key(j, "lines"), json_int(j, sum.lines);
    json_key(j, "hyphens"), json_int(j, sum.hyphens);
    key_real(j, "space_mean_em", sum.mean_em, 4);
    key_real(j, "space_variation", sum.variation, 4);
    json_close(j);
}

/* ---- paragraphs */

static double sum_of(const struct demerits *d)
{
    double sum = 0;
    for (int k = 0; k < DEMERITS; k++)
        sum += d->of[k];
    return sum;
}

/* A line's demerits but for those that its badness tells. */
static void write_demerits(struct json *j, const struct demerits *d)
{
    bool any = false;
    for (int k = DEMERIT_HYPHEN; k < DEMERITS; k++)
        any |= d->of[k] > 0;
    if (!any)
        return;
    json_key(j, "demerits_for"), json_open(j, '{', false);
    for (int k = DEMERIT_HYPHEN; k < DEMERITS; k++)
        if (d->of[k] > 0)
            key_real(j, told_line_names[k].key, d->of[k], 2);
    json_close(j);
}

static void write_line(struct json *j, const struct explained_line *l, const char *page)
{
    json_open(j, '{', false);
    json_key(j, "page"), json_string(j, page);
    json_key(j, "text"), json_text(j, l->text);
    key_real(j, "ratio", (double)l->ratio, 3);
    key_real(j, "expansion", (double)l->expansion, 4);
    json_key(j, "fitness"), json_string(j, line_fitness((double)l->ratio));
    json_key(j, "hyphen"), json_bool(j, l->hyphen);
    if (l->overfull)
        json_key(j, "overfull"), json_bool(j, true);
    key_real(j, "badness", l->demerits.of[DEMERIT_LOOSE] + l->demerits.of[DEMERIT_TIGHT], 2);
    key_real(j, "demerits", sum_of(&l->demerits), 2);
    write_demerits(j, &l->demerits);
    json_close(j);
}

static struct text last_word(struct text line)
{
    size_t at = line.length;
    while (at && !ascii_space(line.at[at - 1]))
        at--;
    return text_slice(line, at, line.length);
}

static void write_runner_up(struct json *j, const struct explain *e, const struct explained_way *chosen,
                            const struct explained_way *w)
{
    json_key(j, "runner_up");
    if (!w->count) {
        json_null(j);
        return;
    }
    struct told_cause causes[DEMERITS];
    for (int k = 0; k < DEMERITS; k++) {
        causes[k] = (struct told_cause){told_line_names[k].phrase, 0};
        for (uint32_t i = 0; i < w->count; i++)
            causes[k].more += w->lines[i].demerits.of[k];
        for (uint32_t i = 0; i < chosen->count; i++)
            causes[k].more -= chosen->lines[i].demerits.of[k];
    }
    struct buf *why = buf_new(e->arena);
    told_sentence(why, causes, DEMERITS);
    json_open(j, '{', false);
    key_real(j, "demerits", w->demerits, 2);
    json_key(j, "line_ends"), json_open(j, '[', false);
    for (uint32_t i = 0; i < w->count; i++)
        json_text(j, last_word(w->lines[i].text));
    json_close(j);
    json_key(j, "why_it_lost"), json_text(j, buf_view(why));
    json_close(j);
    buf_free(why);
}

/* What a line more or less adds to the demerits, and whether the page took it. */
static void write_variant(struct json *j, const char *key, float cost, bool taken)
{
    json_key(j, key);
    if (cost >= VARIANT_NONE) {
        json_null(j);
        return;
    }
    json_open(j, '{', false);
    key_real(j, "more_demerits", (double)cost, 2);
    json_key(j, "taken"), json_bool(j, taken);
    json_close(j);
}

static void write_paragraph(const struct told_block *b, void *user)
{
    struct writing *w = user;
    struct json *j = &w->json;
    const struct paragraph *p = b->paragraph;
    struct explained_way chosen, runner_up;
    paragraph_explain(w->explain->setter, p, b->lines_more ? p->line_count : 0, &chosen, &runner_up);
    json_open(j, '{', true);
    write_place(j, w->explain, p->element);
    json_key(j, "element"), json_string(j, p->element ? element_name(tree_kind(p->element)) : "");
    json_key(j, "justified"), json_bool(j, p->style->align == ALIGN_JUSTIFY);
    json_key(j, "lines"), json_open(j, '[', true);
    for (uint32_t i = 0; i < chosen.count; i++)
        write_line(j, &chosen.lines[i], i < p->line_count ? told_page(b, i) : "");
    json_close(j);
    key_real(j, "demerits", chosen.demerits, 2);
    write_runner_up(j, w->explain, &chosen, &runner_up);
    write_variant(j, "line_more", p->more.cost, b->lines_more > 0);
    write_variant(j, "line_less", p->less.cost, b->lines_more < 0);
    json_close(j);
}

/* ---- pages */

static void write_break(struct json *j, const struct explain *e, const struct told_break *b)
{
    json_key(j, "ends_before");
    if (!b->paragraph && !b->table) {
        json_null(j);
        return;
    }
    json_open(j, '{', false);
    write_place(j, e, b->paragraph ? b->paragraph->element : b->table->element);
    json_key(j, b->paragraph ? "line_of_paragraph" : "row"), json_int(j, b->line + 1LL);
    if (b->paragraph)
        json_key(j, "text"), json_string(j, b->text);
    json_close(j);
}

static const struct told_name *name_of(const struct page_end *x, int demerit)
{
    return demerit == PAGE_RULE ? &told_rule_names[x->rule] : &told_page_names[demerit];
}

static void write_end(struct json *j, const struct explain *e, const struct page_end *x,
                      const struct told_break *before)
{
    json_key(j, "forced"), json_bool(j, x->forced);
    json_key(j, "lines_short"), json_int(j, x->short_lines);
    key_real(j, "demerits", x->sum, 2);
    json_key(j, "demerits_for"), json_open(j, '{', false);
    for (int k = 0; k < PAGE_DEMERITS; k++) /* another number of lines may be the better one */
        if (x->demerits[k] > ROUNDING || x->demerits[k] < -ROUNDING)
            key_real(j, name_of(x, k)->key, x->demerits[k], 2);
    json_close(j);
    if (x->changed) {
        json_key(j, "changed"), json_open(j, '{', false);
        write_place(j, e, x->changed->element);
        json_key(j, "lines_more"), json_int(j, x->lines_more);
        json_close(j);
    }
    write_break(j, e, before);
}

static void write_page_runner_up(struct json *j, const struct explain *e, const struct told_page *p)
{
    json_key(j, "runner_up");
    if (!p->reasons.has_runner_up) {
        json_null(j);
        return;
    }
    const struct page_end *a = &p->reasons.chosen, *b = &p->reasons.runner_up;
    struct told_cause causes[2 * PAGE_DEMERITS];
    uint32_t n = 0;
    for (int k = 0; k < PAGE_DEMERITS; k++) {
        causes[n++] = (struct told_cause){name_of(b, k)->phrase, b->demerits[k]};
        if (name_of(a, k) == name_of(b, k))
            causes[n - 1].more -= a->demerits[k];
        else
            causes[n++] = (struct told_cause){name_of(a, k)->phrase, -a->demerits[k]};
    }
    causes[n++] = (struct told_cause){"the pages that follow", b->later - a->later};
    struct buf *why = buf_new(e->arena);
    told_sentence(why, causes, n);
    json_open(j, '{', true);
    write_end(j, e, b, &p->runner_up_before);
    key_real(j, "more_demerits", b->sum + b->later - a->sum - a->later, 2);
    json_key(j, "why_it_lost"), json_text(j, buf_view(why));
    json_close(j);
    buf_free(why);
}

static void write_page(struct json *j, const struct explain *e, const struct told_page *p)
{
    json_open(j, '{', p->plan >= 0);
    json_key(j, "label"), json_string(j, p->label);
    json_key(j, "side"), json_string(j, p->left ? "verso" : "recto");
    if (p->plan >= 0) {
        write_end(j, e, &p->reasons.chosen, &p->before);
        write_page_runner_up(j, e, p);
    } else {
        json_key(j, p->plan == PAGE_BLANK ? "blank" : "notes_only"), json_bool(j, true);
    }
    json_close(j);
}

void explain_json(const struct explain *e, struct buf *out)
{
    struct writing w = {json_begin(out), e};
    struct json *j = &w.json;
    json_open(j, '{', true);
    write_summary(j, e);
    json_key(j, "paragraphs"), json_open(j, '[', true);
    told_each(e, write_paragraph, &w);
    json_close(j);
    json_key(j, "pages"), json_open(j, '[', true);
    for (int i = 0; i < EXPLAIN_PARTS; i++)
        for (const struct told_page *p = e->parts[i].pages; p; p = p->next)
            write_page(j, e, p);
    json_close(j);
    json_close(j);
}
