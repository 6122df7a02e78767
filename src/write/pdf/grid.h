/* grid.h - a table while its cells are placed: tables.c and headers.c share it. */
#ifndef OCTAVO_WRITE_PDF_GRID_H
#define OCTAVO_WRITE_PDF_GRID_H

#include "base/limits.h"
#include "write/pdf/writer.h"

enum { COLUMNS_MOST = LIMIT_TABLE_COLUMNS };

struct grid {
    struct writer *w;
    uint32_t *rows; /* tags of the rows that stand, in order */
    uint32_t *ends; /* by row: index behind the last row of its group */
    uint32_t count, room;
    uint32_t columns;
    uint32_t taken[COLUMNS_MOST + 1]; /* by column: index of the first row that is free again */
    bool complex; /* a header spans, stands inside, or is named by a cell: scopes alone leave doubt */
};

/* ---- headers.c: gives each cell of a placed grid the cells that head it (the algorithm of HTML, "forming
 * relationships between data cells and header cells"; ISO 32000-1 table 349, Headers). Linear in the grid. */
void headers_find(const struct grid *g);

#endif
