#include "layout/line_parts.h"
#include "layout/paint.h"
#include <math.h>

static const struct inline_box *at_depth(const struct inline_box *b, uint32_t depth)
{
    while (b && b->depth > depth)
        b = b->outer;
    return b && b->depth == depth ? b : NULL;
}

static const struct inline_box *box_of(const struct craft *c, uint32_t part, uint32_t depth)
{
    return at_depth(c->parts[part].atom->span->box, depth);
}

/* What the edges of boxes inside of `b` take at its beginning and at its end. */
static float inner_before(const struct inline_box *b, const struct part *first)
{
    float sum = 0;
    for (const struct inline_box *i = first->atom->span->box; i && i != b; i = i->outer)
        sum += i->start == first->start ? i->left_pt : 0;
    return sum;
}

static float inner_behind(const struct inline_box *b, const struct part *last)
{
    float sum = 0;
    for (const struct inline_box *i = last->atom->span->box; i && i != b; i = i->outer)
        sum += i->end == last->end ? i->right_pt : 0;
    return sum;
}

/* As much of a box as stands on the line: parts from `first` to `last`. */
struct fragment {
    const struct inline_box *box;
    bool begins, ends; /* with its left edge; with its right edge */
    float x, y, width, height;
};

/* A box is as tall as its face, whatever stands in it; around a picture, as tall as that. */
static void measure_height(struct fragment *f, const struct part *only)
{
    const struct inline_box *b = f->box;
    const struct picture *picture = only ? only->atom->span->picture : NULL;
    float unit = b->style->size_pt / (float)b->face->upem;
    float above = (float)b->face->ascent * unit + b->raise_pt,
          below = (float)-b->face->descent * unit - b->raise_pt;
    if (picture && only->atom->span->style == b->style) {
        above = (float)picture->height_pt + only->atom->span->raise_pt;
        below = -only->atom->span->raise_pt;
    }
    f->y = -above - b->edge_pt[SIDE_TOP];
    f->height = above + below + b->edge_pt[SIDE_TOP] + b->edge_pt[SIDE_BOTTOM];
}

static struct fragment measure(const struct craft *c, const struct inline_box *b, uint32_t from, uint32_t to)
{
    const struct part *first = &c->parts[from], *last = &c->parts[to - 1];
    struct fragment f = {.box = b, .begins = first->start == b->start, .ends = last->end == b->end};
    double left = fmin(first->x, last->x), right = fmax(first->x + first->width, last->x + last->width);
    if (f.begins)
        left -= (double)(inner_before(b, first) + b->edge_pt[SIDE_LEFT]);
    if (f.ends)
        right += (double)(inner_behind(b, last) + b->edge_pt[SIDE_RIGHT]);
    f.x = (float)left;
    f.width = (float)(right - left);
    measure_height(&f, to == from + 1 ? first : NULL);
    return f;
}

static void paint_fragment(struct painter *p, const struct fragment *f)
{
    const struct style *s = f->box->style;
    float right = f->x + f->width - s->border_pt[SIDE_RIGHT];
    float bottom = f->y + f->height - s->border_pt[SIDE_BOTTOM];
    if (s->has_background)
        paint_rectangle(p, &p->before, f->x, f->y, f->width, f->height, s->background);
    paint_border(p, &p->before, s, SIDE_TOP, f->x, f->y, f->width, s->border_pt[SIDE_TOP]);
    paint_border(p, &p->before, s, SIDE_BOTTOM, f->x, bottom, f->width, s->border_pt[SIDE_BOTTOM]);
    if (f->begins)
        paint_border(p, &p->before, s, SIDE_LEFT, f->x, f->y, s->border_pt[SIDE_LEFT], f->height);
    if (f->ends)
        paint_border(p, &p->before, s, SIDE_RIGHT, right, f->y, s->border_pt[SIDE_RIGHT], f->height);
}

static uint32_t deepest(const struct craft *c)
{
    uint32_t depth = 0;
    for (uint32_t i = 0; i < c->count; i++) {
        const struct inline_box *b = c->parts[i].atom->span->box;
        if (b && b->depth > depth)
            depth = b->depth;
    }
    return depth;
}

void inline_boxes_paint(struct craft *c)
{
    uint32_t most = deepest(c);
    struct painter p = {.arena = c->setter->arena};
    for (uint32_t depth = 1; depth <= most; depth++)
        for (uint32_t i = 0, end; i < c->count; i = end) {
            const struct inline_box *b = box_of(c, i, depth);
            for (end = i + 1; end < c->count && box_of(c, end, depth) == b;)
                end++;
            if (!b || b->start < c->first_text)
                continue;
            struct fragment f = measure(c, b, i, end);
            paint_fragment(&p, &f);
        }
    for (uint32_t i = 0; i < p.before.count; i++)
        *craft_frame(c) = p.before.frames[i];
}
