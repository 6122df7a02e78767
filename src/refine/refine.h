/* refine.h - the passes that turn what a reader made into the document that writers take, in their fixed
 * order.
 *
 * The order is the table in refine.c: language, images, sections, front matter, notes, ids and links,
 * typography. Each pass has a header and a test of its own and is linear in the tree.
 */
#ifndef OCTAVO_REFINE_REFINE_H
#define OCTAVO_REFINE_REFINE_H

#include "document/document.h"

enum notes_place {
    NOTES_AS_SOURCE, /* at the book's end; but a source that numbers its notes anew in each chapter has them
                        at the chapters' ends */
    NOTES_BOOK_END,
    NOTES_CHAPTER_END,
    NOTES_PAGE_FOOT /* in the tree as NOTES_BOOK_END has them, but for the order; layout moves them */
};

struct refine_options {
    enum notes_place notes;
};

void refine(struct document *d, const struct refine_options *o);

#endif
