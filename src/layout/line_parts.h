/* line_parts.h - within the making of a line: the parts that stand on it, and its frames as they are made.
 *
 * Room-internal, for linecraft.c, inline_box.c and readings.c.
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

/* How far ink gets above and below a baseline, pt; below it is negative. */
struct ink {
    double top, bottom;
};

struct craft {
    struct setter *setter;
    const struct paragraph *paragraph;
    const struct atoms *atoms;
    bool reads;          /* what is made is a reading, above its base */
    uint32_t first_text; /* where it begins */
    struct part *parts;
    uint32_t count;
    double stretch, space_ratio;
    struct frame *frames;
    uint32_t frame_count;
    size_t frame_capacity;
    struct reading *readings; /* above what stands on the line; in the order of its parts */
    uint32_t reading_count;
};

/* What a line's end stands for. */
enum end { END_NOTHING, END_SPACE, END_WITHIN_WORD };

/* Whole atoms are parts. */
void craft_add(struct craft *c, const struct atom *a);
/* The order of the parts on the line, from where it begins (UAX #9, L2); NULL: that of reading. What the
 * paragraph's own direction is makes no difference but that its lines begin at the other end. */
const uint32_t *craft_order(const struct craft *c);
/* Gives the parts their places, the first at `x`; gives where the last one ends. */
double craft_place(struct craft *c, const uint32_t *order, double x);
/* Where parts from ≤ i < to stand: the left edge, and how wide it is to the right one. */
double craft_extent(const struct craft *c, uint32_t from, uint32_t to, double *width_pt);
/* Makes the frames of all parts, on a baseline at 0. */
void craft_frames(struct craft *c, enum end line_end);

/* The pair that stands there with its reading, or NULL. */
static inline const struct ruby_pair *pair_of(const struct craft *c, uint32_t part)
{
    return c->reads || part >= c->count ? NULL : pair_above(c->atoms, c->parts[part].atom->span);
}

/* Is the part in a reading, and not shown? */
static inline bool is_unseen(const struct craft *c, const struct part *p)
{
    return c->reads && p->atom->span->part == RUBY_UNSEEN;
}

/* Places the readings of what stands on the line, whose parts are at their places. */
void readings_place(struct craft *c);
/* Adds the frames of a base's reading, behind those of the base; `last`: the line ends behind that. */
void readings_add(struct craft *c, const struct ruby_pair *pair, bool last, enum end line_end);
/* How the base's text ends with that part: where it is the last one, the reading goes on with its word. */
enum end reading_joins(const struct craft *c, const struct ruby_pair *pair, uint32_t part);
/* Gives the line the room that its readings lack; `above` is the line before it in the paragraph, or NULL. */
void readings_make_room(const struct craft *c, const struct line *above, bool last, struct line *out);

static inline struct frame *craft_frame(struct craft *c)
{
    c->frames =
        arena_room(c->setter->scratch, c->frames, c->frame_count, &c->frame_capacity, sizeof *c->frames);
    return &c->frames[c->frame_count++];
}

/* Paints the grounds and borders of the inline boxes that stand on the line, outer ones first; above it,
 * those that are about a reading. The parts are at their places. */
void inline_boxes_paint(struct craft *c);

#endif
