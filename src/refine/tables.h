/* tables.h - each head cell of a table says what it heads (WCAG 2.2, technique H63).
 *
 * A head cell without scope heads its column when it stands in a thead, or when its row has no data; else it
 * heads its row. Scopes that the source gives stay. A head cell that is empty heads nothing: it is a td.
 */
#ifndef OCTAVO_REFINE_TABLES_H
#define OCTAVO_REFINE_TABLES_H

#include "document/document.h"

void tables_scope(struct document *d);

#endif
