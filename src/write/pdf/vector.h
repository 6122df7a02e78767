/* vector.h - a page of another PDF as a form XObject of ours (ISO 32000-1 §8.10): how drawings stay drawings.
 *
 * The other PDF is what cairo writes, so this reads no more of the syntax than that: a cross-reference table,
 * no object streams, no encryption. Anything else is refused, and damage does no harm.
 */
#ifndef OCTAVO_WRITE_PDF_VECTOR_H
#define OCTAVO_WRITE_PDF_VECTOR_H

#include "write/pdf/store.h"

/* Puts the first page of `pdf`, `width_pt` by `height_pt`, into the store as a form that fills the unit
 * square, with all that it refers to; gives the form's object. 0 when it isn't understood or holds what
 * PDF/A forbids: then nothing of it is in use. `pdf` must stay until the store is saved. */
int vector_form(struct arena *a, struct store *s, struct text pdf, int width_pt, int height_pt);

#endif
