/* layout.h - the document becomes pages: flow, lines, pages, notes, frames.
 *
 * Steps: boxes (which blocks there are, with their styles), inline content into items, lines (Knuth and Plass
 * 1981, total fit), pages (dynamic programming over a chapter, Plass 1981), frames. Chapters are set in
 * parallel, pages put together in order. Messages: layout.overfull, layout.table-wide, layout.picture,
 * layout.float, layout.note, layout.margin-box, fonts.* …
 */
#ifndef OCTAVO_LAYOUT_LAYOUT_H
#define OCTAVO_LAYOUT_LAYOUT_H

#include "layout/frame.h"
#include "style/style.h"

struct layout_options {
    bool notes_at_foot;
    bool notes_by_style; /* they are there, too, when the style lets them float to the foot */
    int threads;
    struct explain *explain; /* is told what layout chose and why (layout/explain.h); NULL: nobody asks */
    const char *page; /* the named page whose measure the text has; NULL: that of pages without a name */
};

/* Lays the document out. Everything that comes back lives in `a`. Never NULL. */
const struct pages *layout_document(struct arena *a, const struct document *d, struct styles *s,
                                    struct fonts *f, const struct layout_options *o);

#endif
