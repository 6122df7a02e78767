#include "layout/table.h"
#include "base/limits.h"
#include "layout/decimal.h"
#include "layout/paint.h"
#include "layout/setter.h"
#include "layout/slab.h"
#include "layout/table_shrink.h"
#include <math.h>
#include <stdlib.h>

/* ---- building */

struct table *table_begin(struct arena *a, const struct style *s, const xmlNode *element, struct table *outer,
                          float width_pt)
{
    struct table *t = arena_alloc(a, sizeof *t);
    *t = (struct table){.style = s, .element = element, .outer = outer, .width_pt = width_pt};
    t->cells_end = &t->cells;
    return t;
}

void table_add_row(struct arena *a, struct table *t, const struct style *s, const struct style *group_style,
                   const xmlNode *tr)
{
    t->rows = arena_room(a, t->rows, t->row_count, &t->row_capacity, sizeof *t->rows);
    enum element group = tree_kind(tr->parent);
    t->rows[t->row_count++] = (struct table_row){.height_pt = fmaxf(s->height.pt, s->min_height.pt),
                                                 .style = s,
                                                 .group = group_style,
                                                 .head = group == ELEMENT_THEAD,
                                                 .foot = group == ELEMENT_TFOOT};
}

static uint32_t span_of(const xmlNode *n, const char *name, uint32_t most)
{
    const char *v = tree_get(n, name);
    int k = v ? atoi(v) : 1;
    return k < 1 ? 1 : (uint32_t)k > most ? most : (uint32_t)k;
}

static void reserve_columns(struct arena *a, struct table *t, uint32_t columns)
{
    if (columns > t->busy_capacity) {
        uint32_t capacity = columns * 2;
        uint32_t *busy = arena_array(a, capacity, sizeof *busy);
        for (uint32_t i = 0; i < t->columns; i++)
            busy[i] = t->busy[i];
        t->busy = busy;
        t->busy_capacity = capacity;
    }
    if (columns > t->columns)
        t->columns = columns;
}

struct block_list *table_add_cell(struct arena *a, struct table *t, const struct style *s, const xmlNode *n)
{
    struct cell *c = arena_alloc(a, sizeof *c);
    c->content = arena_alloc(a, sizeof *c->content);
    c->style = s;
    c->row = t->row_count ? t->row_count - 1 : 0;
    c->columns = span_of(n, "colspan", LIMIT_TABLE_COLUMNS);
    c->rows = span_of(n, "rowspan", 65000);
    if (!t->row_count)
        table_add_row(a, t, s, NULL, n);
    while (c->column < t->columns && t->busy[c->column] > c->row)
        c->column++;
    reserve_columns(a, t, c->column + c->columns);
    for (uint32_t i = 0; i < c->columns; i++)
        t->busy[c->column + i] = c->row + c->rows;
    *t->cells_end = c;
    t->cells_end = &c->next;
    return c->content;
}

/* ---- widths */

static float side(const struct style *s, enum side which)
{
    return s->padding[which].pt + s->border_pt[which];
}

static float insets(const struct cell *c)
{
    return side(c->style, SIDE_LEFT) + side(c->style, SIDE_RIGHT);
}

struct column {
    double least, most, width;
};

/* The space between cells when their borders are separate: beside each other, above each other. */
static float gap(const struct table *t, int way)
{
    return t->style->border_collapse ? 0 : t->style->border_spacing_pt[way];
}

/* The narrowest and the widest that a cell's content can use. */
static void measure_cell(struct setter *s, const struct cell *c, double *least, double *most)
{
    *least = *most = 0;
    for (uint32_t i = 0; i < c->content->count; i++) {
        const struct block *b = &c->content->blocks[i];
        double line = 0, word = 0;
        if (b->kind == BLOCK_PARAGRAPH) {
            paragraph_measure(s, b->paragraph, &line, &word);
            line += -b->paragraph->width_pt + fmax(0, b->paragraph->indent_pt);
            word += -b->paragraph->width_pt;
        } else if (b->kind == BLOCK_TABLE) {
            line = word = 60;
        }
        *least = fmax(*least, word);
        *most = fmax(*most, line);
    }
    *least += insets(c);
    *most += insets(c);
    if (!c->style->width.automatic && c->style->width.pt > 0)
        *most = *least = fmax(*least, c->style->width.pt);
}

/* Cells that span columns widen them evenly where they need more than the columns have. */
static void widen(struct column *columns, const struct cell *c, double gap_pt, double least, double most)
{
    double has_least = (c->columns - 1) * gap_pt, has_most = has_least;
    for (uint32_t i = 0; i < c->columns; i++) {
        has_least += columns[c->column + i].least;
        has_most += columns[c->column + i].most;
    }
    for (uint32_t i = 0; i < c->columns; i++) {
        struct column *k = &columns[c->column + i];
        k->least += fmax(0, least - has_least) / c->columns;
        k->most = fmax(k->least, k->most + fmax(0, most - has_most) / c->columns);
    }
}

static void measure_columns(struct setter *s, const struct table *t, struct column *columns)
{
    for (int spanning = 0; spanning < 2; spanning++)
        for (const struct cell *c = t->cells; c; c = c->next) {
            if ((c->columns > 1) != spanning)
                continue;
            double least, most;
            measure_cell(s, c, &least, &most);
            widen(columns, c, (double)gap(t, 0), least, most);
        }
}

/* Shares `extra` among columns. Those that want no more than an equal part get all that they want, so that
 * years, names and prices keep to one line; long texts share the rest by their lengths. */
static void share_extra(struct column *columns, uint32_t count, double extra)
{
    uint32_t open = 0, before = 0;
    double wanted = 0;
    for (uint32_t i = 0; i < count; i++) {
        columns[i].width = columns[i].least;
        wanted += columns[i].most - columns[i].least;
        open += columns[i].most > columns[i].least;
    }
    while (open && open != before) {
        double part = extra / open;
        before = open;
        for (uint32_t i = 0; i < count; i++) {
            struct column *k = &columns[i];
            double wants = k->most - k->least;
            if (k->width > k->least || wants > part || wants <= 0)
                continue;
            k->width = k->most;
            extra -= wants;
            wanted -= wants;
            open--;
        }
    }
    for (uint32_t i = 0; i < count; i++)
        if (columns[i].width <= columns[i].least && wanted > 0)
            columns[i].width += extra * (columns[i].most - columns[i].least) / wanted;
}

static void tell_wide(struct setter *s, const struct table *t, double too_wide, bool cut)
{
    struct place where = tree_place(s->document, t->element);
    message(s->messages, SEVERITY_WARNING, "layout.table-wide", &where,
            "The table is %.0f pt wider than the page and is set in smaller type%s. Give it fewer columns or "
            "shorter words.",
            too_wide, cut ? "; its words are cut even so" : "");
}

static void choose_widths(struct setter *s, struct table *t, struct column *columns, double available)
{
    double least = 0, most = 0, gaps = (t->columns + 1) * (double)gap(t, 0), room = available - gaps;
    for (uint32_t i = 0; i < t->columns; i++) {
        least += columns[i].least;
        most += columns[i].most;
    }
    double wanted = -gaps;
    if (!t->style->width.automatic)
        wanted += t->style->width.pt + t->style->width.percent * available / 100;
    if (least > room + 0.5) {
        double factor = (double)table_shrinkage(t, least, room);
        tell_wide(s, t, least - room, least * factor > room);
        table_shrink(s, t, (float)factor);
        for (uint32_t i = 0; i < t->columns; i++) {
            columns[i].least *= factor;
            columns[i].most *= factor;
        }
        least *= factor;
        most *= factor;
    }
    double target = most <= room ? fmax(most, fmin(wanted, room)) : room;
    if (least < target && most > target)
        share_extra(columns, t->columns, target - least);
    for (uint32_t i = 0; i < t->columns; i++) {
        struct column *k = &columns[i];
        if (least >= target)
            k->width = least > 0 ? k->least * target / least : target / t->columns;
        else if (most <= target)
            k->width = most > 0 ? k->most * target / most : target / t->columns;
        t->used_pt += (float)k->width;
    }
    t->used_pt += (float)gaps;
    if (t->style->margin[SIDE_LEFT].automatic)
        t->shift_pt = (float)(available - t->used_pt) / (t->style->margin[SIDE_RIGHT].automatic ? 2 : 1);
}

/* ---- heights and places */

struct cell_box {
    float x, y, width, height;
};

static void set_content(struct setter *s, const struct cell *c, float width)
{
    for (uint32_t i = 0; i < c->content->count; i++) {
        struct block *b = &c->content->blocks[i];
        if (b->kind == BLOCK_PARAGRAPH) {
            b->paragraph->width_pt = fmaxf(1, b->paragraph->width_pt + width);
            paragraph_set(s, b->paragraph);
        } else if (b->kind == BLOCK_TABLE) {
            b->table->width_pt = fmaxf(1, b->table->width_pt + width);
            table_set(s, b->table);
        } else if (b->kind == BLOCK_OPEN) {
            b->box->width_pt += width;
        } else if (b->kind == BLOCK_RULE) {
            b->width_pt += width;
        }
    }
}

static float cell_width(const struct table *t, const struct cell *c, const struct column *columns)
{
    float width = (float)(c->columns - 1) * gap(t, 0);
    for (uint32_t i = 0; i < c->columns; i++)
        width += (float)columns[c->column + i].width;
    return width;
}

static void set_cell(struct setter *s, const struct table *t, struct cell *c, const struct column *columns,
                     struct slabs *slabs)
{
    float width = cell_width(t, c, columns);
    set_content(s, c, width - insets(c));
    slabs_add(slabs, c->content, 0);
    float wanted = fmaxf(c->style->height.pt, c->style->min_height.pt);
    c->height_pt =
        fmaxf(slabs_height(slabs), wanted) + side(c->style, SIDE_TOP) + side(c->style, SIDE_BOTTOM);
}

/* What a cell's first line has for readings above it. */
static float lift_of(const struct slabs *s)
{
    return s->count && s->slabs[0].line ? s->slabs[0].line->lift_pt : 0;
}

static bool begins_at_top(const struct cell *c)
{
    enum vertical_align align = c->style->vertical_align;
    return align != VERTICAL_MIDDLE && align != VERTICAL_BOTTOM;
}

/* The first lines of cells that begin at their row's top stand beside each other, readings above them or not.
 */
static void align_first_lines(struct arena *a, const struct table *t, const struct slabs *slabs)
{
    float *most = arena_array(a, t->row_count + 1UL, sizeof *most);
    uint32_t k = 0;
    for (const struct cell *c = t->cells; c; c = c->next, k++)
        if (begins_at_top(c))
            most[c->row] = fmaxf(most[c->row], lift_of(&slabs[k]));
    k = 0;
    for (struct cell *c = t->cells; c; c = c->next, k++) {
        if (!begins_at_top(c))
            continue;
        c->drop_pt = most[c->row] - lift_of(&slabs[k]);
        c->height_pt += c->drop_pt;
    }
}

static void find_heights(struct table *t)
{
    for (int spanning = 0; spanning < 2; spanning++)
        for (struct cell *c = t->cells; c; c = c->next) {
            uint32_t last = c->row + c->rows - 1;
            if (last >= t->row_count)
                last = t->row_count - 1;
            if ((last > c->row) != spanning)
                continue;
            float has = (float)(last - c->row) * gap(t, 1);
            for (uint32_t r = c->row; r <= last; r++) {
                has += t->rows[r].height_pt;
                t->rows[r].bound |= r > c->row;
            }
            if (c->height_pt > has)
                t->rows[last].height_pt += c->height_pt - has;
        }
}

/* Each row has the space above it; the last the one below it, too. */
static void add_gaps(struct table *t)
{
    for (uint32_t r = 0; r < t->row_count; r++)
        t->rows[r].height_pt += gap(t, 1) * (r + 1 == t->row_count ? 2 : 1);
}

static float shift_down(const struct cell *c, float height)
{
    if (c->style->vertical_align == VERTICAL_MIDDLE)
        return (height - c->height_pt) / 2;
    return c->style->vertical_align == VERTICAL_BOTTOM ? height - c->height_pt : c->drop_pt;
}

static void mark(struct arena *a, struct table_row *row, struct row_mark m)
{
    struct row_mark *copy = arena_alloc(a, sizeof *copy);
    *copy = m;
    copy->next = row->marks;
    row->marks = copy;
}

static void note(struct arena *a, struct table_row *row, const char *name)
{
    struct row_note *n = arena_alloc(a, sizeof *n), **end = &row->notes;
    n->name = name;
    while (*end)
        end = &(*end)->next;
    *end = n;
}

static void mark_line(struct arena *a, struct table_row *row, const struct slab *s, float x, float y)
{
    for (const struct anchor *n = s->paragraph->anchors; n; n = n->next)
        if (anchor_in_line(n, s->paragraph, s->line))
            mark(a, row, (struct row_mark){n->name, n->tag, x + s->x_pt, y, NULL});
    for (const struct note_mark *n = s->paragraph->notes; n; n = n->next)
        if (n->offset >= s->line->start && n->offset < s->line->end)
            note(a, row, n->name);
    if (!row->start.text && s->line->end > s->line->start)
        row->start = paragraph_source(s->paragraph, s->line->start);
}

static void mark_inner_row(struct arena *a, struct table_row *row, const struct table_row *inner, float x,
                           float y)
{
    for (const struct row_mark *n = inner->marks; n; n = n->next)
        mark(a, row, (struct row_mark){n->name, n->tag, x + n->x_pt, y + n->y_pt, NULL});
    for (const struct row_note *n = inner->notes; n; n = n->next)
        note(a, row, n->name);
    if (!row->start.text)
        row->start = inner->start;
}

/* What leads into a cell, and what it calls, is known by its row. */
static void mark_cell(struct arena *a, struct table_row *row, const struct slabs *slabs, float x, float y)
{
    for (uint32_t i = 0; i < slabs->count; i++) {
        const struct slab *s = &slabs->slabs[i];
        y += i ? s->space_pt : 0;
        if (s->line)
            mark_line(a, row, s, x, y);
        else if (s->table)
            mark_inner_row(a, row, &s->table->rows[s->row], x + s->x_pt, y);
        y += s->height_pt;
    }
}

/* `beside` and `above` are the neighbours to the left and above, or NULL: in collapsed borders the line
 * between two cells is drawn once, by them. */
static void paint_cell_border(struct painter *p, const struct style *s, struct cell_box b,
                              const struct cell *beside, const struct cell *above)
{
    const float *border = s->border_pt;
    if (!above || above->style->border_pt[SIDE_BOTTOM] <= 0)
        paint_border(p, &p->before, s, SIDE_TOP, b.x, b.y, b.width, border[SIDE_TOP]);
    paint_border(p, &p->before, s, SIDE_BOTTOM, b.x, b.y + b.height - border[SIDE_BOTTOM], b.width,
                 border[SIDE_BOTTOM]);
    if (!beside || beside->style->border_pt[SIDE_RIGHT] <= 0)
        paint_border(p, &p->before, s, SIDE_LEFT, b.x, b.y, border[SIDE_LEFT], b.height);
    paint_border(p, &p->before, s, SIDE_RIGHT, b.x + b.width - border[SIDE_RIGHT], b.y, border[SIDE_RIGHT],
                 b.height);
}

/* Where a cell stands: x from the table's column, y from its row's top. */
static struct cell_box box_of(const struct table *t, const struct cell *c, const struct column *columns)
{
    struct cell_box b = {t->shift_pt + gap(t, 0), gap(t, 1), cell_width(t, c, columns), -gap(t, 1)};
    for (uint32_t i = 0; i < c->column; i++)
        b.x += (float)columns[i].width + gap(t, 0);
    for (uint32_t r = c->row; r < c->row + c->rows && r < t->row_count; r++)
        b.height += t->rows[r].height_pt - (r + 1 == t->row_count ? gap(t, 1) : 0);
    return b;
}

/* Cells come row by row: `last` holds for each column the one that came last. */
static void paint_cell(struct painter *p, const struct table *t, const struct cell *c,
                       const struct slabs *slabs, struct cell_box b, const struct cell **last)
{
    const struct style *s = c->style;
    bool collapse = t->style->border_collapse;
    if (s->has_background)
        paint_rectangle(p, &p->behind, b.x, b.y, b.width, b.height, s->background);
    paint_cell_border(p, s, b, collapse && c->column ? last[c->column - 1] : NULL,
                      collapse ? last[c->column] : NULL);
    for (uint32_t i = 0; i < c->columns; i++)
        last[c->column + i] = c;
    float x = b.x + side(s, SIDE_LEFT), y = b.y + side(s, SIDE_TOP) + shift_down(c, b.height);
    mark_cell(p->arena, &t->rows[c->row], slabs, x, y);
    uint32_t n;
    struct frame *frames = slabs_stack(p->arena, slabs, x, y, &n);
    for (uint32_t i = 0; i < n; i++)
        paint_frame(p, &p->before, &frames[i], 0, 0);
}

/* A horizontal rule of `style` at the row's top or foot. */
static void paint_edge(struct painter *p, const struct table *t, uint32_t row, const struct style *style,
                       enum side side)
{
    float y = side == SIDE_TOP ? 0 : t->rows[row].height_pt - style->border_pt[SIDE_BOTTOM];
    paint_border(p, &p->before, style, side, t->shift_pt, y, t->used_pt, style->border_pt[side]);
}

static void paint_row_rules(struct painter *p, const struct table *t, uint32_t row)
{
    const struct table_row *r = &t->rows[row];
    bool first = row == 0, last = row == t->row_count - 1;
    if (r->style->has_background)
        paint_rectangle(p, &p->behind, t->shift_pt, 0, t->used_pt, r->height_pt, r->style->background);
    paint_edge(p, t, row, r->style, SIDE_TOP);
    paint_edge(p, t, row, r->style, SIDE_BOTTOM);
    if (r->group && (first || t->rows[row - 1].group != r->group))
        paint_edge(p, t, row, r->group, SIDE_TOP);
    if (r->group && (last || t->rows[row + 1].group != r->group))
        paint_edge(p, t, row, r->group, SIDE_BOTTOM);
    if (first)
        paint_edge(p, t, row, t->style, SIDE_TOP);
    if (last)
        paint_edge(p, t, row, t->style, SIDE_BOTTOM);
}

void table_set(struct setter *s, struct table *t)
{
    if (!t->columns)
        return;
    struct column *columns = arena_array(s->arena, t->columns, sizeof *columns);
    table_align_figures(s, t);
    measure_columns(s, t, columns);
    choose_widths(s, t, columns, t->width_pt);
    uint32_t count = 0;
    for (const struct cell *c = t->cells; c; c = c->next)
        count++;
    struct slabs *slabs = arena_array(s->arena, count, sizeof *slabs);
    uint32_t k = 0;
    for (struct cell *c = t->cells; c; c = c->next, k++) {
        slabs[k].arena = slabs[k].frames = s->arena;
        set_cell(s, t, c, columns, &slabs[k]);
    }
    align_first_lines(s->arena, t, slabs);
    find_heights(t);
    add_gaps(t);
    struct painter *rows = arena_array(s->arena, t->row_count, sizeof *rows);
    for (uint32_t r = 0; r < t->row_count; r++) {
        rows[r].arena = s->arena;
        paint_row_rules(&rows[r], t, r);
    }
    k = 0;
    const struct cell **last = arena_array(s->arena, t->columns, sizeof *last);
    for (const struct cell *c = t->cells; c; c = c->next, k++)
        paint_cell(&rows[c->row], t, c, &slabs[k], box_of(t, c, columns), last);
    for (uint32_t r = 0; r < t->row_count; r++)
        t->rows[r].frames = paint_finish(&rows[r], t->rows[r].height_pt, &t->rows[r].frame_count);
}

float table_head_height(const struct table *t, uint32_t row)
{
    float height = 0;
    uint32_t r = 0;
    for (; r < row && t->rows[r].head; r++)
        height += t->rows[r].height_pt;
    return r == row ? 0 : height;
}
