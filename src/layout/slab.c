#include "layout/slab.h"
#include "layout/initial.h"
#include "layout/paint.h"
#include <math.h>
#include <stddef.h>

static const float HYPHEN_AT_PAGE_END = 600;
/* So many lines of white stand above a text that is sunk: more than above any head. */
static const float SUNK = 2.9f;

/* How many slabs a block has. */
static uint32_t slabs_of(const struct block *b)
{
    uint32_t count = b->kind == BLOCK_PARAGRAPH ? b->paragraph->line_count
                     : b->kind == BLOCK_TABLE   ? b->table->row_count
                                                : 1;
    return count + (b->below_pt > 0);
}

/* Makes room for those of a list at once: a book has a hundred thousand. */
static void make_room(struct slabs *s, const struct block_list *list)
{
    uint32_t wanted = s->count;
    for (uint32_t i = 0; i < list->count; i++)
        wanted += slabs_of(&list->blocks[i]);
    if (wanted <= s->capacity)
        return;
    struct slab *more = arena_array(s->arena, wanted, sizeof *more);
    for (uint32_t i = 0; i < s->count; i++)
        more[i] = s->slabs[i];
    s->slabs = more;
    s->capacity = wanted;
}

static struct slab *add(struct slabs *s)
{
    return &s->slabs[s->count++];
}

/* The first slab of a block carries what the block asks for. */
static struct slab first_of(const struct block *b, float grid_pt)
{
    return (struct slab){.space_pt = b->space_pt,
                         .gap = b->gap,
                         .cost = b->gap == GAP_AVOID || b->tied ? SLAB_NEVER : 0,
                         .bound = b->gap == GAP_AVOID,
                         .sunk = b->gap < GAP_PAGE && !b->columns && !b->tied && b->space_pt > SUNK * grid_pt,
                         .group = b->group,
                         .x_pt = b->x_pt,
                         .page = b->page,
                         .columns = b->columns,
                         .asides = b->asides,
                         .page_number = b->page_number};
}

float slab_cost_of_hyphen(const struct style *s)
{
    return s->hyphen_last == HYPHEN_LAST_ANY ? HYPHEN_AT_PAGE_END : SLAB_NEVER;
}

static void add_paragraph(struct slabs *out, const struct block *b, float grid_pt)
{
    struct paragraph *p = b->paragraph;
    uint32_t orphans = (uint32_t)p->style->orphans, widows = (uint32_t)p->style->widows;
    if (p->initial && p->initial->lines > orphans)
        orphans = p->initial->lines;
    const struct aside *next = b->asides;
    for (uint32_t i = 0; i < p->line_count; i++) {
        const struct line *l = &p->lines[i];
        struct slab *s = add(out);
        if (i == 0)
            *s = first_of(b, grid_pt);
        else
            *s = (struct slab){.x_pt = b->x_pt, .page = b->page, .columns = b->columns};
        s->asides = next && next->line == i ? next : NULL;
        while (next && next->line == i)
            next = next->next;
        s->head = i == 0 && !s->bound && !b->tied && s->space_pt > 0.9f * grid_pt && p->element &&
                  !s->columns && tree_is_heading(p->element);
        if (i > 0) {
            bool beside = i < p->inset_count && b->beside && b->beside[i];
            bool never = b->whole || beside || i < orphans || p->line_count - i < widows;
            s->cost = never ? SLAB_NEVER : p->lines[i - 1].hyphen ? slab_cost_of_hyphen(p->style) : 0;
            s->bound = b->whole;
        }
        s->height_pt = l->height_pt;
        s->snap = fabsf(p->style->line_height_pt - grid_pt) < 0.01f;
        s->lift_pt = l->lift_pt;
        s->paragraph = p;
        s->line = l;
        s->frames = l->frames;
        s->frame_count = l->frame_count;
    }
}

static void add_table(struct slabs *out, const struct block *b, float grid_pt)
{
    const struct table *t = b->table;
    for (uint32_t i = 0; i < t->row_count; i++) {
        struct slab *s = add(out);
        if (i == 0)
            *s = first_of(b, grid_pt);
        else
            *s = (struct slab){.x_pt = b->x_pt, .page = b->page, .columns = b->columns};
        if (i > 0 && (b->whole || t->rows[i].bound || t->rows[i - 1].head))
            s->cost = SLAB_NEVER;
        s->height_pt = t->rows[i].height_pt;
        s->frames = t->rows[i].frames;
        s->frame_count = t->rows[i].frame_count;
        s->table = t;
        s->row = i;
    }
}

static void add_other(struct slabs *out, const struct block *b, float grid_pt)
{
    struct slab *s = add(out);
    *s = first_of(b, grid_pt);
    s->height_pt = b->height_pt;
    if (b->kind == BLOCK_OPEN || b->kind == BLOCK_CLOSE)
        s->edge = b->kind == BLOCK_OPEN ? SLAB_OPEN : SLAB_CLOSE;
    if (b->kind == BLOCK_OPEN)
        s->box = b->box;
    if (b->kind == BLOCK_RULE)
        s->frames = paint_rule(out->frames, b->rule, b->width_pt, &s->frame_count, &s->height_pt);
}

static void add_block(struct slabs *out, const struct block *b, float grid_pt)
{
    if (b->kind == BLOCK_PARAGRAPH)
        add_paragraph(out, b, grid_pt);
    else if (b->kind == BLOCK_TABLE)
        add_table(out, b, grid_pt);
    else
        add_other(out, b, grid_pt);
    if (b->below_pt > 0)
        *add(out) = (struct slab){.cost = SLAB_NEVER,
                                  .height_pt = b->below_pt,
                                  .x_pt = b->x_pt,
                                  .page = b->page,
                                  .columns = b->columns};
}

/* What slabs from `first` on lack to a multiple of `step`, without the margin above them. */
static float lacking(const struct slabs *s, uint32_t first, float step)
{
    float height = -s->slabs[first].space_pt;
    for (uint32_t i = first; i < s->count; i++)
        height += s->slabs[i].space_pt + s->slabs[i].height_pt;
    return ceilf(height / step - 0.01f) * step - height;
}

static bool keeps_next(const struct slab *s)
{
    return s->paragraph && s->paragraph->style->break_after == BREAK_AVOID;
}

/* Under a head stand two lines at least: where its paragraph has but one, the next block is bound to it too.
 * What closes a whole, as a caption does its figure, is no such paragraph. */
static void bind_to_head(struct slabs *out, uint32_t first)
{
    if (first < 2 || !keeps_next(&out->slabs[first - 2]))
        return;
    const struct slab *above = &out->slabs[first - 1];
    struct slab *s = &out->slabs[first];
    if (above->paragraph && above->paragraph->line_count == 1 && above->bound && s->gap < GAP_AVOID &&
        !s->bound)
        s->cost = SLAB_NEVER;
}

static void end_runs(struct slabs *s)
{
    for (uint32_t i = s->count; i-- > 0;) {
        struct slab *k = &s->slabs[i];
        bool goes_on = i + 1 < s->count && k[1].columns == k->columns && k[1].gap < GAP_PAGE;
        k->run_end = goes_on ? k[1].run_end : i + 1;
    }
}

/* "… as follows:", which may have a dash behind it, and a word joiner before that. */
static bool announces(const struct paragraph *p)
{
    static const char *const dashes[] = {"\u2014", "\u2013", "\u2060"};
    struct text t = text_trim((struct text){p->text, p->length});
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
        if (text_ends(t, dashes[i]))
            t.length -= strlen(dashes[i]);
    return text_ends(t, ":");
}

static void bind_to_lead_in(struct slabs *out, uint32_t first)
{
    const struct slab *above = first ? &out->slabs[first - 1] : NULL;
    struct slab *s = &out->slabs[first];
    if (above && above->paragraph && s->gap < GAP_AVOID && s->cost < SLAB_LEAD_IN &&
        announces(above->paragraph))
        s->cost = SLAB_LEAD_IN;
}

/* Gives the height of all blocks up to `b`, whose first slab is `first` and before which they were `y` high;
 * notes at `*top` where it begins. A block that fills up those before it becomes as high as it must. */
static float fill(struct slabs *out, const struct block *b, uint32_t first, float y, float *top)
{
    struct slab *s = &out->slabs[first];
    *top = y + (out->count > first ? s->space_pt : 0);
    if (b->fill_pt > 0)
        s->height_pt = fmaxf(0, b->fill_pt - (*top - top[-(ptrdiff_t)b->fill_count]));
    for (uint32_t i = first; i < out->count; i++)
        y += out->slabs[i].space_pt + out->slabs[i].height_pt;
    return y;
}

void slabs_add(struct slabs *out, const struct block_list *list, float grid_pt)
{
    float below = 0;            /* what the next block gives to fill up a step above it */
    uint32_t ends = UINT32_MAX; /* the block behind an open step, and its first slab */
    uint32_t opens = 0;
    float step = 0;
    uint32_t float_ends = UINT32_MAX, float_opens = 0;
    bool float_down = false;
    float *tops = list->fills ? arena_array(out->arena, list->count, sizeof *tops) : NULL, y = 0;
    make_room(out, list);
    for (uint32_t i = 0; i < list->count; i++) {
        const struct block *b = &list->blocks[i];
        uint32_t first = out->count;
        add_block(out, b, grid_pt);
        if (tops)
            y = fill(out, b, first, y, &tops[i]);
        if (out->count > first) {
            out->slabs[first].space_pt += b->gap < GAP_PAGE ? below : 0;
            below = 0;
            if (i > 0 && !list->blocks[i - 1].whole)
                bind_to_head(out, first);
            bind_to_lead_in(out, first);
        }
        if (b->float_blocks && !b->columns && float_ends == UINT32_MAX && out->count > first) {
            float_ends = i + b->float_blocks;
            float_opens = first;
            float_down = b->floats_down;
        }
        if (i + 1 == float_ends) {
            out->slabs[float_opens].float_count = out->count - float_opens;
            out->slabs[float_opens].floats_down = float_down;
            float_ends = UINT32_MAX;
        }
        if (b->step_pt > 0 && ends == UINT32_MAX && out->count > first) {
            ends = i + b->step_count;
            opens = first;
            step = b->step_pt;
        }
        if (i + 1 == ends) {
            float more = lacking(out, opens, step);
            out->slabs[opens].space_pt += more / 2;
            below = more / 2;
            ends = UINT32_MAX;
        }
    }
    end_runs(out);
}

float slabs_height(const struct slabs *s)
{
    float y = 0;
    for (uint32_t i = 0; i < s->count; i++)
        y += (i ? s->slabs[i].space_pt : 0) + s->slabs[i].height_pt;
    return y;
}

struct frame *slabs_stack(struct arena *a, const struct slabs *s, float x_pt, float y_pt, uint32_t *count)
{
    struct painter p = {.arena = a, .x_pt = x_pt};
    float y = y_pt;
    for (uint32_t i = 0; i < s->count; i++) {
        y += i ? s->slabs[i].space_pt : 0;
        paint_slab(&p, &s->slabs[i], y);
        y += s->slabs[i].height_pt;
    }
    return paint_finish(&p, y, count);
}
