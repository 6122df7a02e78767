/* Tables as grids: every row has as many columns, no cell reaches out of its group of rows (ISO 14289-1 §7.2,
 * ISO 14289-2 §8.2.5.26). Sources in HTML needn't care; here spans are cut, short rows are filled up with
 * empty cells, and a group of rows is a head only where a body follows. */
#include "write/pdf/grid.h"

static uint32_t span(uint16_t given)
{
    return given < 1 ? 1 : given;
}

static bool grid_is_cell(const struct writer *w, uint32_t tag)
{
    return w->tag_kind[tag] == TAG_TH || w->tag_kind[tag] == TAG_TD;
}

static void add_row(struct grid *g, uint32_t row)
{
    if (g->w->tag_stands[row] != row)
        return;
    if (g->count == g->room) {
        uint32_t room = g->room ? g->room * 2 : 64;
        uint32_t *rows = arena_array(g->w->arena, room, sizeof *rows);
        uint32_t *ends = arena_array(g->w->arena, room, sizeof *ends);
        if (g->count) {
            memcpy(rows, g->rows, g->count * sizeof *rows);
            memcpy(ends, g->ends, g->count * sizeof *ends);
        }
        g->rows = rows;
        g->ends = ends;
        g->room = room;
    }
    g->rows[g->count++] = row;
}

static void end_group(struct grid *g, uint32_t first)
{
    for (uint32_t i = first; i < g->count; i++)
        g->ends[i] = g->count;
}

static bool is_group(const struct writer *w, uint32_t tag)
{
    enum tag_type kind = (enum tag_type)w->tag_kind[tag];
    return (kind == TAG_THEAD || kind == TAG_TBODY || kind == TAG_TFOOT) && w->tag_stands[tag] == tag;
}

static void gather_rows(struct grid *g, uint32_t table)
{
    const struct tag_kids *k = &g->w->kids;
    uint32_t loose = 0;
    for (uint32_t i = k->first[table]; i < k->first[table + 1]; i++) {
        uint32_t kid = k->kids[i];
        if (g->w->tag_kind[kid] == TAG_TR)
            add_row(g, kid);
        if (!is_group(g->w, kid))
            continue;
        end_group(g, loose);
        uint32_t first = g->count;
        for (uint32_t j = k->first[kid]; j < k->first[kid + 1]; j++)
            if (g->w->tag_kind[k->kids[j]] == TAG_TR)
                add_row(g, k->kids[j]);
        end_group(g, first);
        loose = g->count;
    }
    end_group(g, loose);
}

/* One head, one foot, and neither without a body. */
static void choose_groups(struct writer *w, uint32_t table)
{
    const struct tag_kids *k = &w->kids;
    uint32_t bodies = 0, heads = 0, feet = 0;
    for (uint32_t i = k->first[table]; i < k->first[table + 1]; i++)
        bodies += is_group(w, k->kids[i]) && w->tag_kind[k->kids[i]] == TAG_TBODY;
    for (uint32_t i = k->first[table]; i < k->first[table + 1]; i++) {
        uint32_t kid = k->kids[i];
        if (!is_group(w, kid) || w->tag_kind[kid] == TAG_TBODY)
            continue;
        uint32_t *seen = w->tag_kind[kid] == TAG_THEAD ? &heads : &feet;
        if (!bodies || ++*seen > 1)
            w->tag_kind[kid] = TAG_TBODY;
    }
}

/* The columns that a row takes, its last cell counted as one: what the last cells span beyond that of all
 * rows is cut. */
static uint32_t count_columns(struct grid *g, uint32_t row)
{
    const struct tag_kids *k = &g->w->kids;
    uint32_t column = 0, end = 0, cell_span = 1;
    for (uint32_t i = k->first[g->rows[row]]; i < k->first[g->rows[row] + 1]; i++) {
        const struct tag *cell = &g->w->pages->tags[k->kids[i]];
        if (!grid_is_cell(g->w, k->kids[i]))
            continue;
        column = end ? column + cell_span : 0;
        while (column < COLUMNS_MOST && g->taken[column] > row)
            column++;
        cell_span = span(cell->column_span);
        end = column + 1;
        uint32_t down = row + span(cell->row_span);
        for (uint32_t c = column; c < column + cell_span && c < COLUMNS_MOST; c++)
            g->taken[c] = down < g->ends[row] ? down : g->ends[row];
    }
    return end;
}

/* Has the row cells with data? */
static bool has_data(const struct grid *g, uint32_t row)
{
    const struct tag_kids *k = &g->w->kids;
    for (uint32_t i = k->first[g->rows[row]]; i < k->first[g->rows[row] + 1]; i++)
        if (g->w->tag_kind[k->kids[i]] == TAG_TD)
            return true;
    return false;
}

/* What a header cell heads, where the source doesn't say: the column, in a table's head and in a row of
 * headers alone; else the row that it begins. */
static unsigned char scope_of(const struct grid *g, uint32_t row, uint32_t cell, bool begins)
{
    const struct writer *w = g->w;
    uint8_t given = w->pages->tags[cell].header_scope;
    if (given)
        return given;
    uint32_t group = w->tag_stands[w->pages->tags[g->rows[row]].parent];
    return w->tag_kind[group] != TAG_THEAD && begins && has_data(g, row) ? 2 : 1;
}

/* Puts a cell into the first free place of its row; gives the column behind it. `begins`: only headers stand
 * before it. */
static uint32_t place_cell(struct grid *g, uint32_t row, uint32_t tag, uint32_t column, bool begins)
{
    struct writer *w = g->w;
    const struct tag *t = &w->pages->tags[tag];
    uint32_t down = row + span(t->row_span), free = 0;
    while (column < g->columns && g->taken[column] > row)
        column++;
    while (free < span(t->column_span) && column + free < g->columns && g->taken[column + free] <= row)
        free++;
    if (down > g->ends[row])
        down = g->ends[row];
    struct cell *cell = w->cells[tag] = arena_alloc(w->arena, sizeof *cell);
    *cell =
        (struct cell){(uint16_t)column, (uint16_t)(free ? free : 1), (uint16_t)(down - row), 0, false, NULL};
    if (w->tag_kind[tag] == TAG_TH) {
        cell->scope = scope_of(g, row, tag, begins);
        g->complex = g->complex || cell->columns > 1 || cell->rows > 1 || cell->scope == 4 ||
                     (cell->scope == 1 && row && has_data(g, row - 1)) || (cell->scope == 2 && !begins);
    }
    g->complex = g->complex || t->headers;
    for (uint32_t c = column; c < column + free; c++)
        g->taken[c] = down;
    return column + free;
}

static void add_filler(struct writer *w, uint32_t row, uint32_t columns)
{
    w->fillers = arena_room(w->arena, w->fillers, w->filler_count, &w->filler_room, sizeof *w->fillers);
    w->fillers[w->filler_count++] = (struct filler){row, columns, store_reserve(w->store)};
}

static void place_row(struct grid *g, uint32_t row)
{
    const struct tag_kids *k = &g->w->kids;
    uint32_t column = 0;
    bool begins = true;
    for (uint32_t i = k->first[g->rows[row]]; i < k->first[g->rows[row] + 1]; i++) {
        if (!grid_is_cell(g->w, k->kids[i]))
            continue;
        column = place_cell(g, row, k->kids[i], column, begins);
        begins = begins && g->w->tag_kind[k->kids[i]] == TAG_TH;
    }
    while (column < g->columns) {
        uint32_t free = 0;
        while (column + free < g->columns && g->taken[column + free] <= row)
            free++;
        if (free)
            add_filler(g->w, g->rows[row], free);
        column += free ? free : 1;
    }
}

static void make_regular(struct writer *w, struct grid *g, uint32_t table)
{
    g->count = 0;
    g->columns = 0;
    g->complex = false;
    memset(g->taken, 0, sizeof g->taken);
    choose_groups(w, table);
    gather_rows(g, table);
    for (uint32_t r = 0; r < g->count; r++) {
        uint32_t columns = count_columns(g, r);
        g->columns = columns > g->columns ? columns : g->columns;
    }
    memset(g->taken, 0, sizeof g->taken);
    for (uint32_t r = 0; r < g->count; r++)
        place_row(g, r);
    if (g->complex)
        headers_find(g);
}

void writer_tables(struct writer *w)
{
    struct grid *g = NULL;
    for (uint32_t t = 1; t < w->pages->tag_count; t++) {
        if (w->tag_kind[t] != TAG_TABLE || w->tag_stands[t] != t)
            continue;
        if (!g) {
            g = arena_alloc(w->arena, sizeof *g);
            g->w = w;
            w->cells = arena_array(w->arena, w->pages->tag_count, sizeof *w->cells);
        }
        make_regular(w, g, t);
    }
}
