/* table.h - tables: columns find their widths, rows their heights (CSS 2.2 §17.5.2.2, automatic layout), and
 * a row becomes one slab that a page may end after.
 */
#ifndef OCTAVO_LAYOUT_TABLE_H
#define OCTAVO_LAYOUT_TABLE_H

#include "layout/paragraph.h"

struct block_list;

struct cell {
    uint32_t row, column, rows, columns; /* where it stands and how far it spans */
    const struct style *style;
    struct block_list
        *content; /* widths of its paragraphs are 0 or less: what the cell's width is more than theirs */
    float height_pt;
    float drop_pt; /* how far its first line stands lower for readings above a line beside it */
    struct cell *next;
};

/* A destination in a row: y from the row's top, x from the table's column. */
struct row_mark {
    const char *name;
    uint32_t tag;
    float x_pt, y_pt;
    struct row_mark *next;
};

/* A note that a row calls. */
struct row_note {
    const char *name;
    struct row_note *next;
};

struct table_row {
    const struct style *style, *group; /* of the row; of its thead, tbody or tfoot, or NULL */
    bool head, foot;                   /* of thead or tfoot */
    bool bound;                        /* a cell spans it and the row above: no page ends between them */
    float height_pt;                   /* made by table_set */
    struct frame *frames;              /* y from the row's top */
    uint32_t frame_count;
    struct row_mark *marks;
    struct row_note *notes;
    struct page_start start; /* its first text */
};

struct table {
    const struct style *style;
    const xmlNode *element;
    struct table *outer;
    float width_pt; /* what the column offers; in a cell 0 or less, as for paragraphs */
    uint32_t columns, row_count;
    size_t row_capacity;
    struct table_row *rows;
    uint32_t *busy; /* for each column the first row that no cell from above reaches into */
    uint32_t busy_capacity;
    struct cell *cells, **cells_end;
    float used_pt,
        shift_pt; /* made by table_set: its real width, and where it begins in what the column offers */
};

/* Building, by the flow. */
struct table *table_begin(struct arena *a, const struct style *s, const xmlNode *element, struct table *outer,
                          float width_pt);
void table_add_row(struct arena *a, struct table *t, const struct style *s, const struct style *group,
                   const xmlNode *tr);
/* The list that the cell's content goes into. */
struct block_list *table_add_cell(struct arena *a, struct table *t, const struct style *s, const xmlNode *n);

/* The height of the head's rows when the table goes on with row `row` on a new page and its head is repeated
 * there; 0 when there is none to repeat. */
float table_head_height(const struct table *t, uint32_t row);

/* Sets all cells, chooses the columns' widths, places everything. Messages: layout.table-wide. */
void table_set(struct setter *s, struct table *t);

#endif
