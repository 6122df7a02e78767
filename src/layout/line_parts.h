/* line_parts.h - within the making of a line: the parts that stand on it, and its frames as they are made.
 *
 * Room-internal, for linecraft.c and inline_box.c.
 */
#ifndef OCTAVO_LAYOUT_LINE_PARTS_H
#define OCTAVO_LAYOUT_LINE_PARTS_H

#include "layout/atoms.h"
#include "layout/setter.h"

/* Atoms of a line with what a hyphen cut off, in reading order. */
struct part {
    const struct atom *atom;
    const struct shaped *shaped; /* NULL: a picture or a line end */
    uint32_t start, end;
    bool inserted; /* the hyphen */
    double x, width;
};

struct craft {
    struct setter *setter;
    const struct paragraph *paragraph;
    struct part *parts;
    uint32_t count;
    double stretch, space_ratio;
    struct frame *frames;
    uint32_t frame_count;
    size_t frame_capacity;
};

static inline struct frame *craft_frame(struct craft *c)
{
    c->frames =
        arena_room(c->setter->scratch, c->frames, c->frame_count, &c->frame_capacity, sizeof *c->frames);
    return &c->frames[c->frame_count++];
}

/* Paints the grounds and borders of the inline boxes that stand on the line, outer ones first. The parts are
 * at their places. */
void inline_boxes_paint(struct craft *c);

#endif
