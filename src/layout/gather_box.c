#include "layout/builder.h"

/* Boxes within boxes, counted so far: what lies deeper has none of its own. */
enum { BOXES_MOST = 16 };

static float edge_of(const struct style *s, enum side side, float width_pt)
{
    return s->border_pt[side] + length_at(s->padding[side], width_pt);
}

static bool wants_box(const struct style *s, const struct inline_box *b)
{
    bool wants = s->has_background || b->left_pt > 0 || b->left_pt < 0 || b->right_pt > 0 || b->right_pt < 0;
    for (int side = SIDE_TOP; side <= SIDE_LEFT; side++)
        wants |= b->edge_pt[side] > 0;
    return wants;
}

bool gather_open_box(struct gather *g, const struct style *s, float width_pt, float raise_pt)
{
    struct inline_box b = {.style = s,
                           .paragraph = g->paragraph,
                           .outer = g->box,
                           .depth = g->box ? g->box->depth + 1 : 1,
                           .end = UINT32_MAX,
                           .raise_pt = raise_pt};
    for (int side = SIDE_TOP; side <= SIDE_LEFT; side++)
        b.edge_pt[side] = edge_of(s, (enum side)side, width_pt);
    b.left_pt = b.edge_pt[SIDE_LEFT] + length_at(s->margin[SIDE_LEFT], width_pt);
    b.right_pt = b.edge_pt[SIDE_RIGHT] + length_at(s->margin[SIDE_RIGHT], width_pt);
    if (b.depth > BOXES_MOST || !wants_box(s, &b))
        return false;
    struct place nowhere = {0};
    b.face = gather_face(g, s, &nowhere);
    g->box = arena_alloc(g->arena, sizeof *g->box);
    *g->box = b;
    return true;
}

/* The span that a box ends with: when a reading stands above what the box is around, the base's. */
static struct span *last_span(const struct gather *g, const struct inline_box *b)
{
    struct span *last = &g->spans[g->count - 1], *s = last;
    const struct ruby *r = last->ruby;
    if (!r || last->part == RUBY_BASE || b->start > r->start)
        return last;
    while (s > g->spans && s->ruby == r && s->part != RUBY_BASE)
        s--;
    return s->ruby == r ? s : last;
}

void gather_close_box(struct gather *g)
{
    struct inline_box *b = g->box;
    g->box = b->outer;
    if (!b->begun)
        return;
    struct span *last = last_span(g, b);
    b->end = last->end;
    last->after_pt += b->right_pt;
    if (g->space && g->space_manner.box == b) /* it collapses with what comes behind the box */
        g->space_manner.box = b->outer;
}

void gather_begin_boxes(struct span *first, struct inline_box *box)
{
    first->box = box;
    for (struct inline_box *b = box; b && !b->begun; b = b->outer) {
        b->begun = true;
        b->start = first->start;
        first->before_pt += b->left_pt;
    }
}
