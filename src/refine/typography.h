/* typography.h - plain characters become the ones that a printer sets.
 *
 * Quotation marks by language, nested ones too; apostrophes ('90s, 'tis, rock 'n' roll); primes behind
 * figures; dashes of two and three hyphens; ellipses; the spaces of French punctuation; no-break spaces
 * between a number and its unit, in initials and abbreviations, before a dash. A quotation may begin in one
 * inline element and end in another. Only ASCII characters are replaced, and a kind of mark of which the text
 * already has mostly typographic ones is left alone. Code, formulas and addresses stay as they are. No letter
 * or figure ever changes: the words remain.
 */
#ifndef OCTAVO_REFINE_TYPOGRAPHY_H
#define OCTAVO_REFINE_TYPOGRAPHY_H

#include "document/document.h"
#include "refine/run.h"

void typography_set(struct document *d);

/* ---- its steps, on one block's text each */

/* Which marks the text has in plain form only. */
struct plain_marks {
    bool doubles, singles, dashes, ellipses;
    bool three; /* three hyphens occur: then two are an en dash */
};

void fix_addresses(struct run *r);                           /* addresses.c */
void set_dashes(struct run *r, const struct plain_marks *m); /* dashes.c */
void set_quotes(struct run *r, const struct plain_marks *m); /* quotes.c */
void set_spaces(struct run *r);                              /* spaces.c */

#endif
