/* tables.h - what tables need to be read by ear, by keyboard and on small screens.
 *
 * Each head cell says what it heads (WCAG 2.2, technique H63). A head cell without scope heads its column
 * when it stands in a thead, or when its row has no data; else it heads its row. Scopes that the source gives
 * stay. A head cell that is empty heads nothing: it is a td.
 *
 * A table that a telephone can't show at once gets the class "wide" and can be focused: where it scrolls in
 * itself, the keyboard can scroll it, too (WCAG 2.2, 2.1.1).
 */
#ifndef OCTAVO_REFINE_TABLES_H
#define OCTAVO_REFINE_TABLES_H

#include "document/document.h"

void tables_settle(struct document *d);

#endif
