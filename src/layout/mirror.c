#include "layout/mirror.h"
#include <math.h>

/* Each word at its place from the other edge; the frame begins with the leftmost. */
static void mirror_text(struct arena *a, struct frame *f, double width_pt)
{
    const struct frame_text *from = f->text;
    struct frame_text *t = arena_alloc(a, sizeof *t);
    struct piece *pieces = arena_array(a, from->count ? from->count : 1, sizeof *pieces);
    double left = from->count ? INFINITY : width_pt - (double)f->x_pt;
    for (uint32_t i = 0; i < from->count; i++) {
        const struct piece *p = &from->pieces[i];
        pieces[i] = *p;
        double x = width_pt - (double)f->x_pt - (double)p->x_pt - piece_width(from, p);
        pieces[i].x_pt = (float)x;
        left = fmin(left, x);
    }
    for (uint32_t i = 0; i < from->count; i++)
        pieces[i].x_pt -= (float)left;
    *t = *from;
    t->pieces = pieces;
    f->text = t;
    f->x_pt = (float)left;
}

static void mirror(struct arena *a, struct frame *f, double width_pt)
{
    switch (f->kind) {
    case FRAME_TEXT:
        mirror_text(a, f, width_pt);
        break;
    case FRAME_RULE:
        f->x_pt = (float)(width_pt - (double)f->x_pt - f->rule->width_pt);
        break;
    case FRAME_IMAGE:
        f->x_pt = (float)(width_pt - (double)f->x_pt - f->image->width_pt);
        break;
    case FRAME_LINK:
        f->x_pt = (float)(width_pt - (double)f->x_pt - f->link->width_pt);
        break;
    }
}

void frames_mirror(struct arena *a, struct frame *frames, uint32_t count, double width_pt)
{
    for (uint32_t i = 0; i < count; i++)
        mirror(a, &frames[i], width_pt);
}

void pages_mirror(struct arena *a, struct pages *p)
{
    for (uint32_t i = 0; i < p->count; i++)
        frames_mirror(a, p->pages[i].frames, p->pages[i].count, p->pages[i].width_pt);
}
