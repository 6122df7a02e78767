/* Glyphs: HarfBuzz gives their outlines, FreeType's rasteriser says how much of each pixel they cover. */
#include "base/hash.h"
#include "write/png/painter.h"
#include <ft2build.h>
#include <hb.h>
#include <limits.h>
#include <math.h>
#include <stddef.h>
#include FT_MODULE_H
#include FT_OUTLINE_H

#define PARTS 16

/* A glyph's outline in font units, times PARTS since a variable font's may lie between. It's asked for once:
 * a CFF program takes ten times as long to run as its points to be filled. */
struct drawn {
    const struct face *face; /* these two first: the key */
    uintptr_t glyph;
    FT_Outline outline;
    float lowest, highest; /* of its points */
    int points, contours;  /* for which there is room */
    bool too_many;         /* more than an FT_Outline can count */
};

struct outliner {
    struct arena *arena;
    hb_draw_funcs_t *calls;
    FT_Library library;
    struct hash *known;
    FT_Vector *placed; /* the points of a glyph on its page, in 64ths of a pixel, y downwards */
    int room;
};

/* ---- outlines */

static void *grown(struct arena *a, const void *old, size_t size, int count, int room)
{
    char *more = arena_array(a, (size_t)room, size);
    if (count)
        memcpy(more, old, (size_t)count * size);
    return more;
}

/* What HarfBuzz draws to. */
struct drawing {
    struct arena *arena;
    struct drawn *glyph;
};

static void add_point(const struct drawing *to, float x, float y, char tag)
{
    struct drawn *g = to->glyph;
    FT_Outline *f = &g->outline;
    if (f->n_points == g->points) {
        int room = g->points ? g->points * 2 : 64;
        f->points = grown(to->arena, f->points, sizeof *f->points, g->points, room);
        f->tags = grown(to->arena, f->tags, sizeof *f->tags, g->points, room);
        g->points = room;
    }
    if (f->n_points == SHRT_MAX) {
        g->too_many = true;
        return;
    }
    g->lowest = fminf(g->lowest, y);
    g->highest = fmaxf(g->highest, y);
    f->points[f->n_points] = (FT_Vector){lrintf(x * PARTS), lrintf(y * PARTS)};
    f->tags[f->n_points++] = tag;
}

#define UNUSED_STATE (void)calls, (void)state, (void)user

static void move_to(hb_draw_funcs_t *calls, void *to, hb_draw_state_t *state, float x, float y, void *user)
{
    UNUSED_STATE;
    add_point(to, x, y, FT_CURVE_TAG_ON);
}

static void line_to(hb_draw_funcs_t *calls, void *to, hb_draw_state_t *state, float x, float y, void *user)
{
    UNUSED_STATE;
    add_point(to, x, y, FT_CURVE_TAG_ON);
}

static void quadratic_to(hb_draw_funcs_t *calls, void *to, hb_draw_state_t *state, float x1, float y1,
                         float x, float y, void *user)
{
    UNUSED_STATE;
    add_point(to, x1, y1, FT_CURVE_TAG_CONIC);
    add_point(to, x, y, FT_CURVE_TAG_ON);
}

static void cubic_to(hb_draw_funcs_t *calls, void *to, hb_draw_state_t *state, float x1, float y1, float x2,
                     float y2, float x, float y, void *user)
{
    UNUSED_STATE;
    add_point(to, x1, y1, FT_CURVE_TAG_CUBIC);
    add_point(to, x2, y2, FT_CURVE_TAG_CUBIC);
    add_point(to, x, y, FT_CURVE_TAG_ON);
}

static void close_path(hb_draw_funcs_t *calls, void *to, hb_draw_state_t *state, void *user)
{
    const struct drawing *d = to;
    struct drawn *g = d->glyph;
    FT_Outline *f = &g->outline;
    UNUSED_STATE;
    if (f->n_contours == g->contours) {
        int room = g->contours ? g->contours * 2 : 4;
        f->contours = grown(d->arena, f->contours, sizeof *f->contours, g->contours, room);
        g->contours = room;
    }
    if (f->n_contours == SHRT_MAX)
        g->too_many = true;
    else
        f->contours[f->n_contours++] = (short)(f->n_points - 1);
}

static struct drawn *drawn_of(struct outliner *o, const struct face *face, uint32_t glyph)
{
    const struct drawn wanted = {.face = face, .glyph = glyph};
    struct text key = {(const char *)&wanted, offsetof(struct drawn, outline)};
    struct drawn *g = hash_find(o->known, key);
    if (g)
        return g;
    g = arena_alloc(o->arena, sizeof *g);
    *g = wanted;
    hash_put(o->known, key, g);
    struct drawing d = {o->arena, g};
#if HB_VERSION_ATLEAST(7, 0, 0)
    hb_font_draw_glyph(face->hb_font, glyph, o->calls, &d);
#else
    hb_font_get_glyph_shape(face->hb_font, glyph, o->calls, &d);
#endif
    if (g->too_many)
        g->outline.n_points = g->outline.n_contours = 0;
    return g;
}

/* ---- pixels */

struct inking {
    struct pixels *to;
    uint32_t color;
};

static uint32_t mix(uint32_t under, uint32_t over, unsigned share)
{
    uint32_t mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
        uint32_t u = under >> shift & 255, v = over >> shift & 255;
        mixed |= (u * (255 - share) + v * share + 127) / 255 << shift;
    }
    return mixed;
}

static void ink_spans(int y, int count, const FT_Span *spans, void *user)
{
    const struct inking *i = user;
    uint32_t *row = (uint32_t *)(void *)(i->to->at + (size_t)y * i->to->stride);
    painter_inked(i->to, y, y + 1);
    for (const FT_Span *s = spans; s < spans + count; s++)
        for (int x = s->x; x < s->x + s->len; x++)
            row[x] = s->coverage == 255 ? i->color : mix(row[x], i->color, s->coverage);
}

/* ---- */

static void end_calls(void *what)
{
    hb_draw_funcs_destroy(what);
}

static void end_library(void *what)
{
    FT_Done_FreeType(what);
}

struct outliner *outliner_new(struct arena *a)
{
    struct outliner *o = arena_alloc(a, sizeof *o);
    o->arena = a;
    o->known = hash_new(a);
    o->calls = hb_draw_funcs_create();
    if (hb_draw_funcs_is_immutable(o->calls)) /* HarfBuzz's empty object: there was no memory */
        arena_exhausted(a);
    arena_defer(a, end_calls, o->calls);
    hb_draw_funcs_set_move_to_func(o->calls, move_to, NULL, NULL);
    hb_draw_funcs_set_line_to_func(o->calls, line_to, NULL, NULL);
    hb_draw_funcs_set_quadratic_to_func(o->calls, quadratic_to, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(o->calls, cubic_to, NULL, NULL);
    hb_draw_funcs_set_close_path_func(o->calls, close_path, NULL, NULL);
    if (FT_Init_FreeType(&o->library) != 0)
        arena_exhausted(a);
    arena_defer(a, end_library, o->library);
    if (!FT_Get_Module(o->library,
                       "smooth")) /* modules for which there was no memory are left out silently */
        arena_exhausted(a);
    return o;
}

static FT_Pos in_64ths(double v)
{
    return (FT_Pos)lrint(fmax(-1e6, fmin(1e6, v)) * 64);
}

void outliner_ink(struct outliner *o, const struct face *face, uint32_t glyph, const double place[4],
                  uint32_t color, struct pixels *to)
{
    const struct drawn *g = drawn_of(o, face, glyph);
    FT_Outline outline = g->outline;
    double top = place[1] - (double)g->highest * place[3], bottom = place[1] - (double)g->lowest * place[3];
    if (!outline.n_contours || top > to->height || bottom < 0)
        return;
    if (outline.n_points > o->room) {
        o->room = outline.n_points * 2;
        o->placed = arena_array(o->arena, (size_t)o->room, sizeof *o->placed);
    }
    for (int i = 0; i < outline.n_points; i++)
        o->placed[i] = (FT_Vector){in_64ths(place[0] + (double)outline.points[i].x / PARTS * place[2]),
                                   in_64ths(place[1] - (double)outline.points[i].y / PARTS * place[3])};
    outline.points = o->placed;
    struct inking inking = {to, color};
    FT_Raster_Params p = {.flags = FT_RASTER_FLAG_AA | FT_RASTER_FLAG_DIRECT | FT_RASTER_FLAG_CLIP,
                          .gray_spans = ink_spans,
                          .user = &inking,
                          .clip_box = {0, 0, to->width, to->height}};
    if (FT_Outline_Render(o->library, &outline, &p) == FT_Err_Out_Of_Memory)
        arena_exhausted(o->arena);
}
