/* painter.h - a page on its way to a content stream (ISO 32000-1 §7.8.2): what its parts share.
 *
 * content.c paints frames, line.c sets text; operators.c is what both need.
 */
#ifndef OCTAVO_WRITE_PDF_PAINTER_H
#define OCTAVO_WRITE_PDF_PAINTER_H

#include "write/pdf/writer.h"

/* Where a page's painting stands. */
struct painter {
    const struct writer *writer;
    const struct page *page;
    struct page_use *use;
    struct buf *out;
    /* the mark in work, and whether a sequence of it is open; sequences nest neither in each other (readers
     * lose text behind the inner one) nor across BT and ET (ISO 32000-1 §14.6.1) */
    uint32_t mark;
    bool open, in_text, in_array, in_string;
    size_t sequence_room;
    /* the graphics state in force */
    const struct font_use *font;
    int variant;
    double size_pt, stretch, letter_space_pt, word_space_pt; /* spaces before stretching */
    uint32_t color;
    bool unseen;         /* text is shown to nobody, though it can be found and copied */
    long line_x, line_y; /* the line's origin in hundredths of a point */
    double pen_pt;       /* where the viewer's pen is, from the line's origin */
    double lag_pt;       /* by how much it was left behind its place the last time */
    double rise_pt;
};

/* A number of at most so many decimals, and a space. */
void paint_number(struct painter *p, double value, int decimals);
void paint_color(struct painter *p, uint32_t color);

/* Gets into a text object; out of it, where rectangles and pictures are painted. */
void need_text(struct painter *p);
void need_page(struct painter *p);

/* Opens a sequence of the mark in work, unless one is open; closes it. */
void sequence_open(struct painter *p);
void sequence_close(struct painter *p);

/* From here to span_end the glyphs stand for `actual`: a sequence of its own. Artifacts are read to nobody.
 */
void span_begin(struct painter *p, struct text actual);
void span_end(struct painter *p);

/* Ends the string in work, the TJ in work, if there is one. */
void string_end(struct painter *p);
void array_end(struct painter *p);
void set_rise(struct painter *p, double rise_pt);

void paint_text(struct painter *p, const struct frame *f);

#endif
