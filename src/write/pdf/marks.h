/* marks.h - the frames of a page gathered by tag, to become marked-content sequences (ISO 32000-1 §14.6).
 *
 * Frames of one tag that follow each other, and between which nothing else of the tag is read, are one mark.
 * Frames without a tag, and those of a picture that says it has nothing to tell (an empty alternative), are
 * artifacts.
 */
#ifndef OCTAVO_WRITE_PDF_MARKS_H
#define OCTAVO_WRITE_PDF_MARKS_H

#include "layout/frame.h"

enum artifact { ARTIFACT_LAYOUT, ARTIFACT_HEADER, ARTIFACT_FOOTER };

struct mark {
    uint32_t tag; /* 0: an artifact */
    enum artifact artifact;
    uint32_t seq;          /* of its first frame */
    uint32_t first, count; /* frames of the page; links among them are passed over */
};

struct page_marks {
    struct mark *marks;
    uint32_t count;
};

/* What is known of all tags: who stands in whom. Kids are in document order. */
struct tag_kids {
    const struct pages *pages;
    uint32_t *first; /* by tag: index in `kids` of its first kid; one more entry at the end */
    uint32_t *kids;
};

struct tag_kids tag_kids_new(struct arena *a, const struct pages *pages);

/* The tag under which a frame's content goes: 0 for artifacts. */
uint32_t mark_tag(const struct pages *pages, const struct frame *f);

/* A picture whose alternative is empty: it decorates, and is read to nobody. */
bool tag_decorates(const struct tag *t);

struct page_marks marks_of_page(struct arena *a, const struct tag_kids *kids, const struct page *page);

#endif
