/* decimal.h - figures in a table's column line up on their decimal marks (CSS Text 4 §7.1.1, `text-align:
 * "."`).
 *
 * A column is one of figures when four in five of its body cells, and two at least, hold a number and nothing
 * else but a sign, a currency, a unit or a note call; empty cells and dashes don't count. It is aligned when
 * the style names the mark, and without that when it is set to the right. Numbers without a mark end where
 * it would stand. What is behind the marks hangs into a space as wide as the widest needs.
 */
#ifndef OCTAVO_LAYOUT_DECIMAL_H
#define OCTAVO_LAYOUT_DECIMAL_H

#include "layout/table.h"

/* Gives the paragraphs of such columns a space behind them, by making them narrower. Before the columns are
 * measured. */
void table_align_figures(struct setter *s, struct table *t);

#endif
