/* paint.h - slabs at their places become frames of one page or cell: boxes behind, text before. */
#ifndef OCTAVO_LAYOUT_PAINT_H
#define OCTAVO_LAYOUT_PAINT_H

#include "layout/slab.h"

struct frame_list {
    struct frame *frames;
    uint32_t count;
    size_t capacity;
};

struct painter {
    struct arena *arena;
    float x_pt; /* of the column's left edge */
    struct frame_list behind, before;
    struct open_box *boxes; /* the open ones, innermost first; they go on over pages */
};

/* Paints a slab whose top is at y_pt. */
void paint_slab(struct painter *p, const struct slab *s, float y_pt);

/* The page or cell ends at y_pt: paints the boxes that are still open down to there, and gives all frames.
 * The open boxes go on at the top of the next page (paint_resume). */
struct frame *paint_finish(struct painter *p, float y_pt, uint32_t *count);

/* Begins the next page with the boxes that are open, at y_pt. */
void paint_resume(struct painter *p, float y_pt);

/* A column ends at bottom_pt, and the next begins at (x_pt, top_pt): boxes that are open in it go on there.
 */
void paint_turn(struct painter *p, float bottom_pt, float top_pt, float x_pt);

/* A filled rectangle. */
void paint_rectangle(struct painter *p, struct frame_list *list, float x, float y, float width, float height,
                     uint32_t color);

/* A line in the rectangle that it takes: solid, double, dashed, dotted. */
void paint_line(struct painter *p, struct frame_list *list, enum border_style style, const float at[2],
                const float size[2], uint32_t color);

/* The border of one side of a style, in the rectangle that it takes: solid, double, dashed, dotted. */
void paint_border(struct painter *p, struct frame_list *list, const struct style *s, enum side side, float x,
                  float y, float width, float height);

/* The frames of a horizontal rule: its top border. */
struct frame *paint_rule(struct arena *a, const struct style *s, float width_pt, uint32_t *count,
                         float *height_pt);

/* Adds a frame moved by (x, y). */
void paint_frame(struct painter *p, struct frame_list *list, const struct frame *f, float x_pt, float y_pt);

#endif
