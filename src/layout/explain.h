/* explain.h - why lines and pages end where they do: what --explain writes, and what -v sums up.
 *
 * While pages are made, layout says what stands on which (explain_plans, explain_page, explain_slab). Lines
 * are broken once more when the file is written, since that costs nothing when nobody asks. Terms and numbers
 * are those of layout/linebreak.h and layout/pagebreak.h.
 *
 * The file is one JSON object {summary, paragraphs, pages}: paragraphs in the order in which their first
 * lines stand on the pages. Everything lives in the layout's arena.
 */
#ifndef OCTAVO_LAYOUT_EXPLAIN_H
#define OCTAVO_LAYOUT_EXPLAIN_H

#include "layout/pagebreak.h"

struct explain;

/* `reasons`: the runners-up of pages are wanted, not just what -v sums up. */
struct explain *explain_new(struct arena *a, const struct document *d, bool reasons);

/* ---- said by layout; `e` is never NULL */

/* What follows is one of these; they stand in this order, whichever is said first. */
enum explain_part { EXPLAIN_OPENING, EXPLAIN_FRONT, EXPLAIN_TEXT, EXPLAIN_PARTS };
void explain_begin(struct explain *e, enum explain_part part);

bool explain_wants_reasons(const struct explain *e);

/* The pages of a flow, before their paragraphs change. `reasons` are kept. */
void explain_plans(struct explain *e, const struct slabs *s, const struct page_reasons *reasons,
                   uint32_t count);

/* A page begins: the plan of that number, or one without a plan: blank, or for notes that found no room. */
enum { PAGE_BLANK = -1, PAGE_OF_NOTES = -2 };
void explain_page(struct explain *e, const char *label, bool left, int plan);

/* The slab stands on the page that began last. */
void explain_slab(struct explain *e, const struct slab *s);

/* All is said. `s` sets paragraphs once more; its messages are nobody's. */
void explain_end(struct explain *e, struct setter *s);

/* ---- for who asks */

void explain_json(const struct explain *e, struct buf *out);

/* Messages: layout.line for each of the worst five, layout.spaces. */
void explain_sum_up(const struct explain *e, struct messages *m);

#endif
