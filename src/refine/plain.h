/* plain.h - the text of a node as the passes compare it. */
#ifndef OCTAVO_REFINE_PLAIN_H
#define OCTAVO_REFINE_PLAIN_H

#include "document/document.h"

/* The text below `n` with runs of white space as one space and none at the ends; in `a`. */
struct text plain(struct arena *a, const xmlNode *n);

/* The same without the calls of notes: a heading as it is named elsewhere. */
struct text plain_uncalled(struct arena *a, const xmlNode *n);

/* `t` in the same manner. */
struct text plain_spaced(struct arena *a, struct text t);

/* `t` with letters case-folded (Unicode simple folding) and typographic apostrophes as '. */
struct text plain_folded(struct arena *a, struct text t);

/* Does a node hold nothing but white space and comments? */
bool plain_empty(const xmlNode *n);

/* Does anything but white space stand in this text? */
bool text_blank(struct text t);

#endif
