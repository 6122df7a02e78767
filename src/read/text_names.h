/* text_names.h - names of persons, as bylines have them. */
#ifndef OCTAVO_READ_TEXT_NAMES_H
#define OCTAVO_READ_TEXT_NAMES_H

#include "document/document.h"

/* Is `t` nothing but names, `Jane Doe, John Smith and Ann Poe`? */
bool names_parse(struct text t);
/* The same, and makes them the document's authors. */
bool names_set(struct document *d, struct text t);
/* Names that can hardly be anything else, such as a head of two words: they begin with a common given name
 * or a title of persons, or have an initial. */
bool names_surely(struct text t);

#endif
