/* table_shrink.h - a table that is wider than its room, in smaller type. */
#ifndef OCTAVO_LAYOUT_TABLE_SHRINK_H
#define OCTAVO_LAYOUT_TABLE_SHRINK_H

#include "layout/table.h"

/* By what the type of a table is made smaller that needs `least` and has `room` pt: 1 when it isn't, and
 * never so much that nobody can read it. */
float table_shrinkage(const struct table *t, double least, double room);

/* Makes all that is in the cells smaller, and what stands around it; what is measured of it gets smaller by
 * the same factor. Before the cells are set. */
void table_shrink(struct setter *s, struct table *t, float factor);

#endif
