/* language.h - every document has a language, and every language tag is one.
 *
 * What metadata or a lang attribute gives is checked and brought into its canonical form (BCP 47); a name of
 * a language ("German") is taken for its tag. When no language is given it is guessed from the script, or
 * from the frequent words of the text; a short or doubtful text counts as English.
 *
 * Messages: language.unknown (no tag of a language: warning), language.guessed (note).
 */
#ifndef OCTAVO_REFINE_LANGUAGE_H
#define OCTAVO_REFINE_LANGUAGE_H

#include "document/document.h"

void language_settle(struct document *d);

/* The language of a text: its tag, or NULL when there is too little text or it is doubtful. `share` (may be
 * NULL) becomes the winner's share of frequent words. */
const char *language_guess(struct arena *a, struct text t, double *share);

#endif
