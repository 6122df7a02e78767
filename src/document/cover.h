/* cover.h - what stands on a cover, or on the card that is shown with a link, as a small document that a
 * style sets.
 *
 *     <body class="cover fit-0">              and "card" on a card, "hyphenated" where words may be divided
 *       <header class="cover-head">        series, title, ornament (an hr), subtitle
 *       <footer class="cover-foot">        authors (else editors), publisher, date; not there when none is
 * known
 *
 * Each line is a div of the class cover-series, cover-title, cover-ornament and so on.
 */
#ifndef OCTAVO_DOCUMENT_COVER_H
#define OCTAVO_DOCUMENT_COVER_H

#include "document/document.h"

/* In which size it is to be set: from 0, the largest, to 5, on a card to 8. */
struct cover_fit {
    int size;
    bool hyphenated;
};

/* The cover of `d`, or its card, which is low, so that all who wrote it share a paragraph. Its messages go to
 * `m`. Everything is in `a`. */
struct document *cover_make(struct arena *a, const struct document *d, struct messages *m, bool card,
                            struct cover_fit fit);

#endif
