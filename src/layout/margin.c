#include "layout/margin.h"
#include "layout/gather.h"
#include "layout/numbering.h"
#include "layout/paint.h"

/* A margin box's style, aligned as its place asks when it says nothing itself. */
struct placed_style {
    const struct style *from;
    enum text_align align;
    struct style style;
    struct placed_style *next;
};

enum { RUNNING_MOST = 1000 };

struct named {
    const char *name;
    const char *before, *first, *last; /* first and last: NULL when not set on this page */
    struct named *next;
};

struct running {
    struct arena *arena;
    struct named *names;
};

struct running *running_new(struct arena *a)
{
    struct running *r = arena_alloc(a, sizeof *r);
    r->arena = a;
    return r;
}

void running_begin_page(struct running *r)
{
    for (struct named *n = r->names; n; n = n->next) {
        n->before = n->last ? n->last : n->before;
        n->first = n->last = NULL;
    }
}

void running_set(struct running *r, const char *name, const char *value)
{
    struct named **at = &r->names;
    while (*at && strcmp((*at)->name, name) != 0)
        at = &(*at)->next;
    if (!*at) {
        *at = arena_alloc(r->arena, sizeof **at);
        **at = (struct named){.name = name, .before = ""};
    }
    if (!(*at)->first)
        (*at)->first = value;
    (*at)->last = value;
}

const char *running_value(const struct running *r, const char *name, enum string_which which)
{
    const struct named *n = r->names;
    while (n && strcmp(n->name, name) != 0)
        n = n->next;
    if (!n)
        return "";
    switch (which) {
    case STRING_LAST:
        return n->last ? n->last : n->before;
    case STRING_START:
        return n->before;
    case STRING_FIRST_EXCEPT:
        return n->first ? "" : n->before;
    default:
        return n->first ? n->first : n->before;
    }
}

/* ---- the boxes */

/* Where the sixteen boxes lie: along which edge, and whether at its start, middle or end. */
enum edge { EDGE_TOP, EDGE_RIGHT, EDGE_BOTTOM, EDGE_LEFT };
static const struct {
    enum edge edge;
    enum text_align align; /* of the text when the style leaves it */
    bool corner_left, corner_right;
} places[BOX_COUNT] = {
    [BOX_TOP_LEFT_CORNER] = {EDGE_TOP, ALIGN_RIGHT, true, false},
    [BOX_TOP_LEFT] = {EDGE_TOP, ALIGN_LEFT, false, false},
    [BOX_TOP_CENTER] = {EDGE_TOP, ALIGN_CENTER, false, false},
    [BOX_TOP_RIGHT] = {EDGE_TOP, ALIGN_RIGHT, false, false},
    [BOX_TOP_RIGHT_CORNER] = {EDGE_TOP, ALIGN_LEFT, false, true},
    [BOX_RIGHT_TOP] = {EDGE_RIGHT, ALIGN_CENTER, false, false},
    [BOX_RIGHT_MIDDLE] = {EDGE_RIGHT, ALIGN_CENTER, false, false},
    [BOX_RIGHT_BOTTOM] = {EDGE_RIGHT, ALIGN_CENTER, false, false},
    [BOX_BOTTOM_RIGHT_CORNER] = {EDGE_BOTTOM, ALIGN_LEFT, false, true},
    [BOX_BOTTOM_RIGHT] = {EDGE_BOTTOM, ALIGN_RIGHT, false, false},
    [BOX_BOTTOM_CENTER] = {EDGE_BOTTOM, ALIGN_CENTER, false, false},
    [BOX_BOTTOM_LEFT] = {EDGE_BOTTOM, ALIGN_LEFT, false, false},
    [BOX_BOTTOM_LEFT_CORNER] = {EDGE_BOTTOM, ALIGN_RIGHT, true, false},
    [BOX_LEFT_BOTTOM] = {EDGE_LEFT, ALIGN_CENTER, false, false},
    [BOX_LEFT_MIDDLE] = {EDGE_LEFT, ALIGN_CENTER, false, false},
    [BOX_LEFT_TOP] = {EDGE_LEFT, ALIGN_CENTER, false, false},
};

/* A head of more than a few lines fits no margin; in a book of many pages it would be set on each. */
static struct text fitting(const char *value)
{
    struct text t = text_of(value);
    if (t.length <= RUNNING_MOST)
        return t;
    t.length = RUNNING_MOST;
    while (t.length > 0 && ((unsigned char)t.at[t.length] & 0xC0) == 0x80)
        t.length--;
    return t;
}

static const char *box_text(struct page_maker *m, const struct page *page, const struct style *s)
{
    struct buf *b = buf_new(m->arena);
    for (const struct content *c = s->content; c; c = c->next) {
        if (c->kind == CONTENT_STRING)
            buf_string(b, c->text);
        else if (c->kind == CONTENT_STRING_REF)
            buf_text(b, fitting(running_value(m->running, c->text, c->which)));
        else if (c->kind == CONTENT_COUNTER && strcmp(c->text, "page") == 0)
            buf_string(b, c->style == COUNTER_DECIMAL
                              ? page->label
                              : number_format(m->arena, (int)m->pages->count, c->style));
    }
    return text_copy(m->arena, text_trim(buf_view(b)));
}

struct area {
    float x, y, width, height;
};

static struct area area_of(const struct page_style *s, enum margin_box box)
{
    float inner = s->width_pt - s->margin_pt[SIDE_LEFT] - s->margin_pt[SIDE_RIGHT];
    float tall = s->height_pt - s->margin_pt[SIDE_TOP] - s->margin_pt[SIDE_BOTTOM];
    struct area a = {s->margin_pt[SIDE_LEFT], 0, inner, s->margin_pt[SIDE_TOP]};
    if (places[box].edge == EDGE_BOTTOM) {
        a.y = s->height_pt - s->margin_pt[SIDE_BOTTOM];
        a.height = s->margin_pt[SIDE_BOTTOM];
    } else if (places[box].edge == EDGE_LEFT || places[box].edge == EDGE_RIGHT) {
        bool left = places[box].edge == EDGE_LEFT;
        a = (struct area){left ? 0 : s->width_pt - s->margin_pt[SIDE_RIGHT], s->margin_pt[SIDE_TOP],
                          left ? s->margin_pt[SIDE_LEFT] : s->margin_pt[SIDE_RIGHT], tall};
    }
    if (places[box].corner_left) {
        a.x = 0;
        a.width = s->margin_pt[SIDE_LEFT];
    } else if (places[box].corner_right) {
        a.x = s->width_pt - s->margin_pt[SIDE_RIGHT];
        a.width = s->margin_pt[SIDE_RIGHT];
    }
    return a;
}

static struct paragraph *box_paragraph(struct page_maker *m, const struct style *s, const char *text,
                                       float width)
{
    struct gather *g = m->gather;
    struct place where = {m->document->source_name, 0, 0};
    struct paragraph *p = arena_alloc(m->arena, sizeof *p);
    *p = (struct paragraph){.style = s,
                            .face = gather_face(g, s, &where),
                            .language = m->document->meta.language,
                            .width_pt = width};
    gather_open(g, p);
    struct manner_of_text manner = {.style = s, .language = p->language};
    gather_text(g, &manner, text_of(text), NULL, &where);
    gather_close(g);
    paragraph_set(m->setter, p);
    return p;
}

static void paint_box_text(struct painter *painter, const struct style *s, struct area a,
                           const struct paragraph *p)
{
    float height = 0;
    for (uint32_t i = 0; i < p->line_count; i++)
        height += p->lines[i].height_pt;
    float top = s->padding[SIDE_TOP].pt, bottom = s->padding[SIDE_BOTTOM].pt;
    float y = a.y + top + (a.height - top - bottom - height) / 2;
    if (s->vertical_align == VERTICAL_TOP)
        y = a.y + top;
    else if (s->vertical_align == VERTICAL_BOTTOM)
        y = a.y + a.height - bottom - height;
    for (uint32_t i = 0; i < p->line_count; i++) {
        const struct line *l = &p->lines[i];
        for (uint32_t k = 0; k < l->frame_count; k++)
            paint_frame(painter, &painter->before, &l->frames[k], a.x + s->padding[SIDE_LEFT].pt,
                        y + l->baseline_pt);
        y += l->height_pt;
    }
}

/* The style of a box with what its place decides; made once. */
static const struct style *style_in_place(struct page_maker *m, const struct style *s, enum margin_box box)
{
    struct placed_style **at = &m->placed_styles;
    while (*at && ((*at)->from != s || (*at)->align != places[box].align))
        at = &(*at)->next;
    if (*at)
        return &(*at)->style;
    *at = arena_alloc(m->arena, sizeof **at);
    **at = (struct placed_style){.from = s, .align = places[box].align, .style = *s};
    struct style *own = &(*at)->style;
    if (own->align == ALIGN_START || own->align == ALIGN_JUSTIFY)
        own->align = places[box].align;
    own->hyphens = HYPHENS_NONE;
    own->text_indent = (struct length){0};
    return own;
}

void margin_boxes_paint(struct page_maker *m, struct painter *painter, const struct page *page,
                        const struct page_style *style)
{
    for (int box = 0; box < BOX_COUNT; box++) {
        const struct style *s = style->boxes[box];
        if (!s || !s->content)
            continue;
        const char *text = box_text(m, page, s);
        if (!*text)
            continue;
        struct area a = area_of(style, (enum margin_box)box);
        s = style_in_place(m, s, (enum margin_box)box);
        float width = a.width - s->padding[SIDE_LEFT].pt - s->padding[SIDE_RIGHT].pt;
        paint_box_text(painter, s, a, box_paragraph(m, s, text, width));
    }
}
