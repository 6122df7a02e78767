#include "layout/paint.h"
#include <math.h>

/* A double border thinner than that is one line; a border has at most so many dots. */
static const float DOUBLE_LEAST = 1;
enum { PIECES_MOST = 2000 };

/* A box whose background and borders are painted when it closes. */
struct open_box {
    const struct box *box;
    const struct columns *columns; /* it stands in one of these, or NULL */
    float x_pt, top_pt;            /* of the column's left edge; of the box here */
    bool begun;                    /* on an earlier page: it has no upper border here */
    uint32_t at; /* how many frames stood behind when it opened: outer boxes lie below inner ones */
    struct open_box *outer;
};

void paint_frame(struct painter *p, struct frame_list *list, const struct frame *f, float x_pt, float y_pt)
{
    list->frames = arena_room(p->arena, list->frames, list->count, &list->capacity, sizeof *list->frames);
    struct frame *to = &list->frames[list->count++];
    *to = *f;
    to->x_pt += x_pt;
    to->y_pt += y_pt;
}

void paint_rectangle(struct painter *p, struct frame_list *list, float x, float y, float width, float height,
                     uint32_t color)
{
    if (width <= 0 || height <= 0)
        return;
    struct frame_rule *r = arena_alloc(p->arena, sizeof *r);
    *r = (struct frame_rule){width, height, color};
    struct frame f = {.kind = FRAME_RULE, .rule = r};
    paint_frame(p, list, &f, x, y);
}

/* Pieces `on` long with `off` between them, so that both ends have one. */
static void paint_pieces(struct painter *p, struct frame_list *list, const float at[2], const float size[2],
                         uint32_t color, float on)
{
    bool across = size[0] >= size[1];
    float length = across ? size[0] : size[1];
    int count = (int)floorf((length - on) / (2 * on) + 0.5f) + 1;
    float step = count > 1 ? (length - on) / (float)(count - 1) : 0;
    for (int i = 0; i < count && i < PIECES_MOST; i++) {
        float from = (float)i * step;
        if (across)
            paint_rectangle(p, list, at[0] + from, at[1], on, size[1], color);
        else
            paint_rectangle(p, list, at[0], at[1] + from, size[0], on, color);
    }
}

void paint_line(struct painter *p, struct frame_list *list, enum border_style style, const float at[2],
                const float size[2], uint32_t color)
{
    bool across = size[0] >= size[1];
    float thick = across ? size[1] : size[0], third = thick / 3;
    if (thick <= 0 || style == BORDER_NONE)
        return;
    if (style == BORDER_DOTTED || style == BORDER_DASHED) {
        paint_pieces(p, list, at, size, color, style == BORDER_DOTTED ? thick : 3 * thick);
    } else if (style == BORDER_DOUBLE && thick >= DOUBLE_LEAST) {
        float width = across ? size[0] : third, height = across ? third : size[1];
        paint_rectangle(p, list, at[0], at[1], width, height, color);
        paint_rectangle(p, list, at[0] + (across ? 0 : 2 * third), at[1] + (across ? 2 * third : 0), width,
                        height, color);
    } else {
        paint_rectangle(p, list, at[0], at[1], size[0], size[1], color);
    }
}

void paint_border(struct painter *p, struct frame_list *list, const struct style *s, enum side side, float x,
                  float y, float width, float height)
{
    paint_line(p, list, s->border_style[side], (float[]){x, y}, (float[]){width, height},
               s->border_color[side]);
}

static void paint_box(struct painter *p, const struct open_box *o, float bottom, bool ends)
{
    const struct style *s = o->box->style;
    float x = o->x_pt + o->box->x_pt, y = o->top_pt, w = o->box->width_pt, h = bottom - y;
    uint32_t from = p->behind.count;
    if (s->has_background)
        paint_rectangle(p, &p->behind, x, y, w, h, s->background);
    const float *border = s->border_pt;
    if (!o->begun)
        paint_border(p, &p->behind, s, SIDE_TOP, x, y, w, border[SIDE_TOP]);
    if (ends)
        paint_border(p, &p->behind, s, SIDE_BOTTOM, x, bottom - border[SIDE_BOTTOM], w, border[SIDE_BOTTOM]);
    paint_border(p, &p->behind, s, SIDE_LEFT, x, y, border[SIDE_LEFT], h);
    paint_border(p, &p->behind, s, SIDE_RIGHT, x + w - border[SIDE_RIGHT], y, border[SIDE_RIGHT], h);
    /* What was painted inside of it meanwhile must lie above it: turn its own frames to the front of the
     * list. */
    uint32_t own = p->behind.count - from;
    for (uint32_t k = 0; k < own && from > o->at; k++) {
        struct frame f = p->behind.frames[from + k];
        for (uint32_t i = from + k; i > o->at + k; i--)
            p->behind.frames[i] = p->behind.frames[i - 1];
        p->behind.frames[o->at + k] = f;
    }
}

void paint_slab(struct painter *p, const struct slab *s, float y_pt)
{
    if (s->edge == SLAB_OPEN) {
        struct open_box *o = arena_alloc(p->arena, sizeof *o);
        *o = (struct open_box){s->box, s->columns, p->x_pt, y_pt, false, p->behind.count, p->boxes};
        p->boxes = o;
    } else if (s->edge == SLAB_CLOSE && p->boxes) {
        paint_box(p, p->boxes, y_pt, true);
        p->boxes = p->boxes->outer;
    }
    float y = s->line ? y_pt + s->line->baseline_pt : y_pt;
    for (uint32_t i = 0; i < s->frame_count; i++)
        paint_frame(p, &p->before, &s->frames[i], p->x_pt + s->x_pt, y);
}

struct frame *paint_finish(struct painter *p, float y_pt, uint32_t *count)
{
    for (struct open_box *o = p->boxes; o; o = o->outer)
        paint_box(p, o, y_pt, false);
    *count = p->behind.count + p->before.count;
    struct frame *all = arena_array(p->arena, *count ? *count : 1, sizeof *all);
    for (uint32_t i = 0; i < p->behind.count; i++)
        all[i] = p->behind.frames[i];
    for (uint32_t i = 0; i < p->before.count; i++)
        all[p->behind.count + i] = p->before.frames[i];
    return all;
}

void paint_resume(struct painter *p, float y_pt)
{
    p->behind.count = p->before.count = 0;
    for (struct open_box *o = p->boxes; o; o = o->outer) {
        o->x_pt = p->x_pt;
        o->top_pt = y_pt;
        o->begun = true;
        o->at = 0;
    }
}

void paint_turn(struct painter *p, float bottom_pt, float top_pt, float x_pt)
{
    for (struct open_box *o = p->boxes; o && o->columns; o = o->outer) {
        paint_box(p, o, bottom_pt, false);
        o->x_pt = x_pt;
        o->top_pt = top_pt;
        o->begun = true;
        o->at = p->behind.count;
    }
}

struct frame *paint_rule(struct arena *a, const struct style *s, float width_pt, uint32_t *count,
                         float *height_pt)
{
    struct painter p = {.arena = a};
    float w = s->width.automatic ? width_pt : s->width.pt + s->width.percent * width_pt / 100;
    float x = s->align == ALIGN_CENTER || s->margin[SIDE_LEFT].automatic ? (width_pt - w) / 2 : 0;
    *height_pt = s->border_pt[SIDE_TOP] + (s->height.automatic ? 0 : s->height.pt);
    if (s->border_style[SIDE_TOP] != BORDER_NONE)
        paint_border(&p, &p.before, s, SIDE_TOP, x, 0, w, s->border_pt[SIDE_TOP]);
    *count = p.before.count;
    return p.before.frames;
}
