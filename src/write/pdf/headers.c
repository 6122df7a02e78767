#include "write/pdf/grid.h"

enum { HEADS_MOST = 8, HEADERS_MOST = 16, SCOPE_COLUMN = 1, SCOPE_ROW = 2, SCOPE_GROUP = 4 };

/* Header cells in force, the outermost first; when there are too many the oldest go. */
struct heads {
    uint32_t tags[HEADS_MOST];
    uint32_t count;
    uint32_t end; /* of a column: index behind the last row with a header */
};

struct heading {
    const struct grid *grid;
    struct hash *by_id;   /* header cells by their ids; NULL: no cell names any */
    struct heads *column; /* by column */
    struct heads row, group;
    uint32_t *cell;  /* by column: which stands there */
    uint32_t *until; /* and up to before which row */
};

static struct cell *cell_of(const struct heading *k, uint32_t tag)
{
    return k->grid->w->cells[tag];
}

/* ---- what heads a cell */

static void add_header(const struct heading *k, uint32_t tag, uint32_t header)
{
    struct cell *cell = cell_of(k, tag);
    struct header **end = &cell->headers;
    int count = 0;
    for (; *end; end = &(*end)->next)
        if ((*end)->tag == header || ++count == HEADERS_MOST)
            return;
    *end = arena_alloc(k->grid->w->arena, sizeof **end);
    **end = (struct header){header, NULL};
    cell_of(k, header)->named = true;
}

static void add_headers(const struct heading *k, uint32_t tag, const struct heads *h, uint32_t column)
{
    for (uint32_t i = 0; i < h->count; i++)
        if (h->tags[i] != tag && cell_of(k, h->tags[i])->column <= column)
            add_header(k, tag, h->tags[i]);
}

/* Those that the source names; false when it names none of this table. */
static bool add_named(const struct heading *k, uint32_t tag)
{
    const char *names = k->grid->w->pages->tags[tag].headers;
    bool any = false;
    while (k->by_id && names && *names) {
        size_t length = strcspn(names, " \t\r\n\f");
        const uint32_t *header = hash_find(k->by_id, (struct text){names, length});
        if (header && *header != tag) {
            add_header(k, tag, *header);
            any = true;
        }
        names += length;
        names += strspn(names, " \t\r\n\f");
    }
    return any;
}

static void find_headers(const struct heading *k, uint32_t tag)
{
    const struct cell *cell = cell_of(k, tag);
    if (add_named(k, tag))
        return;
    add_headers(k, tag, &k->group, cell->column);
    for (uint32_t c = cell->column; c < (uint32_t)cell->column + cell->columns; c++)
        add_headers(k, tag, &k->column[c], COLUMNS_MOST);
    add_headers(k, tag, &k->row, COLUMNS_MOST);
}

/* ---- what a header cell heads */

static void push(struct heads *h, uint32_t tag)
{
    if (h->count == HEADS_MOST) {
        memmove(h->tags, h->tags + 1, (HEADS_MOST - 1) * sizeof *h->tags);
        h->count--;
    }
    h->tags[h->count++] = tag;
}

/* A header takes the place of those before it that stand as wide in the same columns. */
static void drop_alike(const struct heading *k, struct heads *h, const struct cell *cell)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < h->count; i++) {
        const struct cell *other = cell_of(k, h->tags[i]);
        if (other->column != cell->column || other->columns != cell->columns)
            h->tags[kept++] = h->tags[i];
    }
    h->count = kept;
}

static void begin_head(struct heading *k, uint32_t tag, uint32_t row)
{
    const struct cell *cell = cell_of(k, tag);
    if (cell->scope == SCOPE_GROUP) {
        drop_alike(k, &k->group, cell);
        push(&k->group, tag);
    }
    for (uint32_t c = cell->column; cell->scope & SCOPE_COLUMN && c < (uint32_t)cell->column + cell->columns;
         c++) {
        struct heads *h = &k->column[c];
        if (h->end < row) /* cells with data stand between */
            drop_alike(k, h, cell);
        push(h, tag);
        h->end = row + cell->rows;
    }
}

/* ---- the walk, row by row */

static void place_row(struct heading *k, uint32_t row)
{
    const struct tag_kids *kids = &k->grid->w->kids;
    uint32_t tag = k->grid->rows[row];
    for (uint32_t i = kids->first[tag]; i < kids->first[tag + 1]; i++) {
        const struct cell *cell = cell_of(k, kids->kids[i]);
        for (uint32_t c = 0; cell && c < cell->columns && cell->column + c < k->grid->columns; c++) {
            k->cell[cell->column + c] = kids->kids[i];
            k->until[cell->column + c] = row + cell->rows;
        }
    }
}

static void walk_row(struct heading *k, uint32_t row)
{
    const struct writer *w = k->grid->w;
    place_row(k, row);
    k->row.count = 0;
    for (uint32_t c = 0; c < k->grid->columns;) {
        uint32_t tag = k->until[c] > row ? k->cell[c] : 0;
        const struct cell *cell = tag ? cell_of(k, tag) : NULL;
        if (!cell) { /* a gap, filled up */
            c++;
            continue;
        }
        bool begins = w->tag_stands[w->pages->tags[tag].parent] == k->grid->rows[row];
        if (begins)
            find_headers(k, tag);
        else if (!w->pages->tags[tag].headers)
            add_headers(k, tag, &k->row, COLUMNS_MOST);
        if (begins && w->tag_kind[tag] == TAG_TH)
            begin_head(k, tag, row);
        if (w->tag_kind[tag] == TAG_TH && cell->scope & SCOPE_ROW)
            push(&k->row, tag);
        c = (uint32_t)cell->column + cell->columns;
    }
}

static struct hash *name_headers(const struct grid *g)
{
    const struct tag_kids *kids = &g->w->kids;
    struct hash *by_id = NULL;
    for (uint32_t r = 0; r < g->count; r++)
        for (uint32_t i = kids->first[g->rows[r]]; i < kids->first[g->rows[r] + 1]; i++) {
            uint32_t *tag = &kids->kids[i];
            const char *id = g->w->pages->tags[*tag].id;
            if (g->w->tag_kind[*tag] != TAG_TH || !g->w->cells[*tag] || !id)
                continue;
            by_id = by_id ? by_id : hash_new(g->w->arena);
            hash_put(by_id, text_of(id), tag);
        }
    return by_id;
}

void headers_find(const struct grid *g)
{
    struct arena *a = g->w->arena;
    struct heading k = {.grid = g, .by_id = name_headers(g)};
    k.column = arena_array(a, g->columns + 1, sizeof *k.column);
    k.cell = arena_array(a, g->columns + 1, sizeof *k.cell);
    k.until = arena_array(a, g->columns + 1, sizeof *k.until);
    for (uint32_t r = 0; r < g->count; r++) {
        if (r == 0 || g->ends[r - 1] == r)
            k.group.count = 0;
        walk_row(&k, r);
    }
}
