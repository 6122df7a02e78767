#include "layout/page.h"
#include "layout/columns.h"
#include "layout/explain.h"
#include "layout/foot.h"
#include "layout/gather.h"
#include "layout/margin.h"
#include "layout/note_pages.h"
#include "layout/numbering.h"
#include "layout/paint.h"
#include "layout/place.h"
#include "layout/running.h"
#include <math.h>
#include <stdlib.h>

static float text_height(const struct page_style *s)
{
    return s->height_pt - s->margin_pt[SIDE_TOP] - s->margin_pt[SIDE_BOTTOM];
}

static struct page_room room_of(const char *page, void *user)
{
    struct page_maker *m = user;
    return (struct page_room){text_height(page_style_named(m, page, false, false, false)), m->grid_pt};
}

/* Are versos another thing than rectos? */
static bool pages_face(struct page_maker *m)
{
    return page_style_named(m, "", true, false, false) != page_style_named(m, "", false, false, false);
}

static struct foot_need foot_need(const struct slab *s, float *line_pt, void *user)
{
    return foot_slab_need(user, s, line_pt);
}

/* ---- pages as they are made */

/* `plan`: its number, or what page it is without one: see explain_page. */
static struct page *add_page(struct page_maker *m, int plan)
{
    struct pages *all = m->pages;
    all->pages = arena_room(m->arena, all->pages, all->count, &m->page_capacity, sizeof *all->pages);
    struct page *p = &all->pages[all->count++];
    m->number++;
    *p = (struct page){.label = number_format(m->arena, m->number, m->numerals), .left = all->count % 2 == 0};
    if (m->explain)
        explain_page(m->explain, p->label, p->left, plan);
    return p;
}

static bool starts_page(const struct slab *s, struct page_start *start)
{
    if (s->table)
        *start = s->table->rows[s->row].start;
    else if (s->line && s->line->end > s->line->start)
        *start = paragraph_source(s->paragraph, s->line->start);
    return start->text != NULL;
}

/* A table that goes on shows its head again: painted for the eye only. */
static void repeat_head(struct painter *painter, const struct slab *s, float top, float height)
{
    float y = top;
    if (height <= 0)
        return;
    for (uint32_t r = 0; s->table->rows[r].head; r++) {
        const struct table_row *row = &s->table->rows[r];
        for (uint32_t i = 0; i < row->frame_count; i++) {
            struct frame f = row->frames[i];
            f.tag = 0;
            if (f.kind != FRAME_LINK)
                paint_frame(painter, &painter->before, &f, painter->x_pt + s->x_pt, y);
        }
        y += row->height_pt;
    }
}

/* The text is painted down to `bottom`: adds the margins and takes the frames. */
static void finish_page(struct page_maker *m, struct page *page, const struct page_style *style,
                        struct painter *painter, float bottom)
{
    page->width_pt = style->width_pt;
    page->height_pt = style->height_pt;
    if (m->note_pages)
        note_pages_set(m);
    margin_boxes_paint(m, painter, page, style);
    page->frames = paint_finish(painter, bottom, &page->count);
    if (!m->cover)
        page_ground_paint(m->arena, page, style);
}

static float bottom_of_slab(const struct page_maker *m, const struct placing *p, uint32_t k)
{
    return p->placed[k].top_pt + m->slabs->slabs[p->placed[k].slab].height_pt;
}

/* Between columns of the page, as deep as the deepest. */
static void paint_column_rules(struct painter *painter, const struct slabs *s, const struct placing *p,
                               float top)
{
    for (uint32_t k = 0; k < p->count; k++) {
        const struct columns *c = s->slabs[p->placed[k].slab].columns;
        if (!c || !p->placed[k].column || c->style->column_rule_pt <= 0)
            continue;
        float wide = c->style->column_rule_pt,
              y = p->placed[k].top_pt - column_head(&s->slabs[p->placed[k].slab]);
        float x = painter->x_pt + c->x_pt + p->placed[k].shift_pt - (c->gap_pt + wide) / 2;
        paint_line(painter, &painter->before, c->style->column_rule_style, (float[]){x, top + y},
                   (float[]){wide, p->placed[k].deep_pt}, c->style->column_rule_color);
    }
}

/* How far notes lift up the floats at the page's foot, whose notes are called now. */
static float lift_floats(struct page_maker *m, const struct placing *p, float bottom,
                         const struct page_style *style)
{
    if (!m->notes)
        return 0;
    for (uint32_t k = 0; k < p->count; k++)
        if (p->placed[k].at_foot)
            foot_call(m, &m->slabs->slabs[p->placed[k].slab]);
    return foot_height(m, bottom + p->foot_pt, style);
}

/* What floats to a side of a slab whose top is at `top`. */
static void put_aside(struct page_maker *m, struct painter *painter, const struct aside *f, float top)
{
    float y = top + f->down_pt + f->above_pt;
    for (uint32_t i = 0; i < f->slabs->count; i++) {
        const struct slab *s = &f->slabs->slabs[i];
        y += i ? s->space_pt : 0;
        paint_slab(painter, s, y);
        page_mark_slab(m, s, painter->x_pt, y);
        y += s->height_pt;
    }
}

static void fill_page(struct page_maker *m, struct page *page, const struct page_style *style,
                      const struct page_plan *plan, struct painter *painter)
{
    float left = style->margin_pt[SIDE_LEFT], top = style->margin_pt[SIDE_TOP], bottom = top, lift = -1;
    struct placing p =
        place_slabs(m->planning, m->slabs, plan, (struct page_room){text_height(style), m->grid_pt});
    painter->x_pt = left;
    paint_resume(painter, top);
    const struct slab *opens = &m->slabs->slabs[plan->from];
    repeat_head(painter, opens, top, slab_repeated_head(opens));
    bool found = false;
    for (uint32_t k = 0; k < p.count; k++) {
        const struct placed *at = &p.placed[k];
        const struct slab *s = &m->slabs->slabs[at->slab];
        if (at->at_foot && lift < 0)
            lift = lift_floats(m, &p, bottom, style);
        float y = top + at->top_pt - (at->at_foot ? lift : 0), x = left + at->shift_pt;
        if (at->column)
            paint_turn(painter, bottom_of_slab(m, &p, k - 1) + top, y, x);
        painter->x_pt = x;
        if (s->columns && (at->column || s == opens))
            repeat_head(painter, s, y - column_head(s), column_head(s));
        for (const struct aside *f = s->asides; f; f = slab_next_aside(f))
            put_aside(m, painter, f, y);
        paint_slab(painter, s, y);
        page_mark_slab(m, s, x, y);
        if (!found && k >= p.floated)
            found = starts_page(s, &page->start);
        if (at->at_foot)
            continue;
        bottom = fmaxf(bottom, y + s->height_pt);
        if (m->notes)
            foot_call(m, s);
    }
    painter->x_pt = left;
    paint_column_rules(painter, m->slabs, &p, top);
    if (m->notes)
        foot_paint(m, painter, bottom + p.foot_pt, false, style);
    finish_page(m, page, style, painter, bottom);
}

static void blank_page(struct page_maker *m, struct painter *painter)
{
    struct page *page = add_page(m, PAGE_BLANK);
    const struct page_style *style = page_style_named(m, m->group, page->left, false, true);
    struct painter own = {.arena = painter->arena};
    running_begin_page(m->running);
    finish_page(m, page, style, &own, 0);
}

/* A page for notes that found no room on the last one. */
static void notes_page(struct page_maker *m, struct painter *painter)
{
    struct page *page = add_page(m, PAGE_OF_NOTES);
    const struct page_style *style = page_style_named(m, m->group, page->left, false, false);
    running_begin_page(m->running);
    painter->x_pt = style->margin_pt[SIDE_LEFT];
    paint_resume(painter, style->margin_pt[SIDE_TOP]);
    foot_paint(m, painter, style->margin_pt[SIDE_TOP] - m->grid_pt, true, style);
    finish_page(m, page, style, painter, style->margin_pt[SIDE_TOP]);
}

static int by_name(const void *a, const void *b)
{
    const struct destination *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    return order ? order : x->page < y->page ? -1 : x->page > y->page;
}

static void sort_destinations(struct pages *p)
{
    if (p->destination_count)
        qsort(p->destinations, p->destination_count, sizeof *p->destinations, by_name);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < p->destination_count; i++)
        if (!kept || strcmp(p->destinations[i].name, p->destinations[kept - 1].name) != 0)
            p->destinations[kept++] = p->destinations[i];
    p->destination_count = kept;
}

/* Strings that were set before the first page. */
static void remember(struct page_maker *m)
{
    for (const struct block_list *const *list = m->before; *list; list++)
        for (const struct block *b = (*list)->blocks; b < (*list)->blocks + (*list)->count; b++)
            if (b->kind == BLOCK_PARAGRAPH)
                for (const struct string_mark *w = b->paragraph->strings; w; w = w->next)
                    running_set(m->running, w->name, w->value);
}

static void make_slabs(struct page_maker *m)
{
    if (!m->slabs)
        m->slabs = arena_alloc(m->planning, sizeof *m->slabs);
    m->slabs->arena = m->planning;
    m->slabs->frames = m->arena;
    m->slabs->count = 0;
    slabs_add(m->slabs, m->blocks, m->grid_pt);
}

/* Where slab `i` stands once the paragraphs of the plans before it have their lines more or less. */
struct shift {
    uint32_t behind; /* counts for slabs from here on */
    int lines;
};

static uint32_t end_of(const struct slabs *s, const struct page_plan *plan)
{
    for (uint32_t i = plan->from; i < plan->to; i++)
        if (s->slabs[i].paragraph == plan->changed)
            return i + plan->changed->line_count - (uint32_t)(s->slabs[i].line - plan->changed->lines);
    return plan->to;
}

static uint32_t shifted(uint32_t i, const struct shift *shifts, uint32_t count)
{
    int64_t to = i;
    if (i == NO_FLOAT)
        return i;
    for (uint32_t k = 0; k < count; k++)
        to += shifts[k].behind <= i ? shifts[k].lines : 0;
    return (uint32_t)to;
}

/* Sets the paragraphs that the plans want changed; the plans follow. */
static void change_paragraphs(struct page_maker *m, struct page_plan *plans, uint32_t n)
{
    struct shift recent[2] = {{0, 0}, {0, 0}}; /* all before the page, and of the page itself */
    uint32_t changed = 0;
    for (uint32_t k = 0; k < n; k++) {
        struct page_plan *p = &plans[k];
        recent[1] = (struct shift){p->changed ? end_of(m->slabs, p) : p->to, p->changed ? p->lines_more : 0};
        *p = (struct page_plan){shifted(p->from, recent, 2),
                                shifted(p->to, recent, 2),
                                p->top == NO_FLOAT || !k ? NO_FLOAT : plans[k - 1].put_off,
                                shifted(p->put_off, recent, 2),
                                p->changed,
                                p->lines_more,
                                p->white};
        recent[0].lines += recent[1].lines;
        changed += p->changed != NULL;
    }
    if (!changed)
        return;
    for (uint32_t k = 0; k < n; k++)
        if (plans[k].changed)
            paragraph_reset(m->setter, plans[k].changed,
                            plans[k].changed->line_count + (uint32_t)plans[k].lines_more);
    make_slabs(m);
}

static uint32_t plan_pages(struct page_maker *m, struct page_plan **plans)
{
    struct page_break_options o = {room_of, m->notes ? foot_need : NULL, foot_separator(m), pages_face(m), m};
    make_slabs(m);
    uint32_t n = pagebreak(m->planning, m->slabs, &o, plans);
    if (m->explain && explain_wants_reasons(m->explain))
        explain_plans(m->explain, m->slabs, pagebreak_explain(m->planning, m->slabs, &o, *plans, n), n);
    change_paragraphs(m, *plans, n);
    return n;
}

/* counter-reset: page, on something that stands on the page, gives the page its number (CSS Paged Media 3
 * §7.1). */
static void begin_number(struct page_maker *m, const struct page_plan *plan)
{
    for (uint32_t i = plan->from; i < plan->to; i++)
        if (m->slabs->slabs[i].page_number > 0)
            m->number = m->slabs->slabs[i].page_number - 1;
}

void pages_make(struct page_maker *m)
{
    struct page_plan *plans;
    m->planning = arena_inside(m->arena);
    uint32_t n = plan_pages(m, &plans);
    struct painter painter = {.arena = m->arena};
    m->foot = foot_new(m->arena);
    m->gather = gather_new(m->arena, m->fonts);
    m->running = running_new(m->arena);
    m->note_pages = m->all_at_foot ? NULL : note_pages_new(m->arena);
    remember(m);
    for (uint32_t k = 0; k < n; k++) {
        const struct slab *first = &m->slabs->slabs[plans[k].from];
        bool next_is_left = (m->pages->count + 1) % 2 == 0;
        if (m->pages->count &&
            ((first->gap == GAP_RECTO && next_is_left) || (first->gap == GAP_VERSO && !next_is_left)))
            blank_page(m, &painter);
        begin_number(m, &plans[k]);
        bool group = k == 0 || first->group;
        m->group = first->page;
        m->opening = k == 0;
        struct page *page = add_page(m, (int)k);
        const struct page_style *style = page_style_named(m, first->page, page->left, group, false);
        running_begin_page(m->running);
        fill_page(m, page, style, &plans[k], &painter);
    }
    while (m->notes && foot_waits(m->foot))
        notes_page(m, &painter);
    while (m->pages->count < m->least || (m->whole_leaves && m->pages->count % 2))
        blank_page(m, &painter);
    sort_destinations(m->pages);
    m->slabs = NULL;
    arena_reset(m->planning);
}
