#include "layout/margin.h"
#include "layout/gather.h"
#include "layout/numbering.h"
#include "layout/running.h"
#include "layout/setter.h"
#include <math.h>

/* A margin box's style, aligned as its place asks when it says nothing itself. */
struct placed_style {
    const struct style *from;
    enum text_align align;
    struct style style;
    bool told; /* that its text has no room */
    struct placed_style *next;
};

enum { RUNNING_MOST = 1000 };

/* Stands in a box's text for the number of pages, until that is known. */
static const char PAGES[] = "\x01";
static const char ELLIPSIS[] = "…";
static const float ROUNDING = 0.5f;

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

struct area {
    float x, y, width, height;
};

/* A box that has something to show. */
struct shown {
    const struct style *style; /* NULL: there is none */
    const char *text;
    struct area area;
    struct placed_style *placed; /* `style` is its */
    struct place place;          /* where the sheet speaks of it */
};

/* ---- what they say */

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

static const char *counter_text(const struct page_maker *m, const struct page *page, const struct content *c)
{
    if (strcmp(c->text, "pages") == 0)
        return PAGES;
    bool folio = strcmp(c->text, "page") == 0;
    if (folio && c->style == COUNTER_DECIMAL)
        return page->label;
    return number_format(m->arena, folio ? m->number : running_number(m->running, c->text), c->style);
}

static const char *box_text(struct page_maker *m, const struct page *page, const struct style *s)
{
    struct buf *b = buf_new(m->arena);
    for (const struct content *c = s->content; c; c = c->next) {
        if (c->kind == CONTENT_STRING)
            buf_string(b, c->text);
        else if (c->kind == CONTENT_OPEN_QUOTE || c->kind == CONTENT_CLOSE_QUOTE)
            buf_string(b, c->kind == CONTENT_OPEN_QUOTE ? "“" : "”");
        else if (c->kind == CONTENT_STRING_REF)
            buf_text(b, fitting(running_value(m->running, c->text, c->which)));
        else if (c->kind == CONTENT_COUNTER || c->kind == CONTENT_COUNTERS)
            buf_string(b, counter_text(m, page, c));
    }
    return text_copy(m->arena, text_trim(buf_view(b)));
}

/* The text with the number of pages in it. */
static const char *with_pages(struct arena *a, const char *text, const char *count)
{
    struct buf *b = buf_new(a);
    for (; *text; text++)
        if (*text == PAGES[0])
            buf_string(b, count);
        else
            buf_byte(b, *text);
    return text_copy(a, buf_view(b));
}

/* ---- where they lie */

static float inset(const struct style *s, enum side side)
{
    return (s->margin[side].automatic ? 0 : s->margin[side].pt) + s->border_pt[side] + s->padding[side].pt;
}

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
                            .from_right = m->setter->from_right,
                            .width_pt = width};
    gather_open(g, p);
    struct manner_of_text manner = {.style = s, .language = p->language};
    gather_text(g, &manner, text_of(text), NULL, &where);
    gather_close(g);
    return p;
}

/* The widths with which a box's text takes as many lines as it can, and one. */
struct widths {
    float least, most;
};

static struct widths widths_of(struct page_maker *m, const struct shown *b)
{
    const struct style *s = b->style;
    float insets = inset(s, SIDE_LEFT) + inset(s, SIDE_RIGHT);
    if (!s->width.automatic) {
        float width = s->width.pt + s->width.percent / 100 * b->area.width + insets;
        return (struct widths){width, width};
    }
    double line, word;
    const char *text = with_pages(m->arena, b->text, "000");
    paragraph_measure(m->setter, box_paragraph(m, s, text, b->area.width), &line, &word);
    return (struct widths){(float)word + insets, (float)line + insets};
}

static float height_of(const struct paragraph *p)
{
    float height = 0;
    for (uint32_t i = 0; i < p->line_count; i++)
        height += p->lines[i].height_pt;
    return height;
}

static struct paragraph *set_text(struct page_maker *m, const struct shown *b, const char *text)
{
    float width = b->area.width - inset(b->style, SIDE_LEFT) - inset(b->style, SIDE_RIGHT);
    struct paragraph *p = box_paragraph(m, b->style, text, width);
    paragraph_set(m->setter, p);
    return p;
}

/* The same of its height. */
static struct widths heights_of(struct page_maker *m, const struct shown *b)
{
    const struct style *s = b->style;
    float insets = inset(s, SIDE_TOP) + inset(s, SIDE_BOTTOM);
    float height = s->height.pt + s->height.percent / 100 * b->area.height;
    if (s->height.automatic)
        height = height_of(set_text(m, b, with_pages(m->arena, b->text, "000")));
    return (struct widths){height + insets, height + insets};
}

/* A box's part of what there is for all: as much as it asks for and its share of the rest, or what it can
 * bear. */
static float share(struct widths own, struct widths all, float has)
{
    if (all.most <= has)
        return all.most > 0 ? own.most * has / all.most : 0;
    if (all.least >= has)
        return own.least * has / all.least;
    return own.least + (own.most - own.least) * (has - all.least) / (all.most - all.least);
}

/* Three boxes, from the left or from above, share the length of their edge (CSS Paged Media 3 §5.3.2): that
 * in the middle is in the middle. One alone takes all that there is, unless its style says how long it is. */
static void share_length(struct page_maker *m, struct shown *const boxes[3], bool upright, float start,
                         float has)
{
    struct widths own[3] = {{0, 0}}, side, all;
    bool fixed = false;
    int count = 0;
    for (int i = 0; i < 3; i++)
        if (boxes[i]->style) {
            fixed |= !(upright ? boxes[i]->style->height : boxes[i]->style->width).automatic;
            count++;
        }
    if (!fixed && count < 2)
        return;
    for (int i = 0; i < 3; i++)
        if (boxes[i]->style)
            own[i] = upright ? heights_of(m, boxes[i]) : widths_of(m, boxes[i]);
    bool middle = boxes[1]->style != NULL;
    side = (struct widths){fmaxf(own[0].least, own[2].least), fmaxf(own[0].most, own[2].most)};
    all = middle ? (struct widths){own[1].least + 2 * side.least, own[1].most + 2 * side.most}
                 : (struct widths){own[0].least + own[2].least, own[0].most + own[2].most};
    float room = fixed && all.most < has ? all.most : has; /* what is left over stays empty */
    float centre = share(own[1], all, room), at_side = (has - centre) / 2;
    for (int i = 0; i < 3; i++) {
        struct area *a = &boxes[i]->area;
        float long_pt = i == 1 ? centre : middle && !fixed ? at_side : share(own[i], all, room);
        *(upright ? &a->height : &a->width) = long_pt;
        *(upright ? &a->y : &a->x) = i == 0 ? start : i == 1 ? start + at_side : start + has - long_pt;
    }
}

static void share_edge(struct page_maker *m, const struct page_style *style, struct shown *boxes,
                       const enum margin_box names[3])
{
    struct area edge = area_of(style, names[1]);
    bool upright = places[names[1]].edge == EDGE_LEFT || places[names[1]].edge == EDGE_RIGHT;
    share_length(m, (struct shown *const[3]){&boxes[names[0]], &boxes[names[1]], &boxes[names[2]]}, upright,
                 upright ? edge.y : edge.x, upright ? edge.height : edge.width);
}

/* ---- painting */

static void paint_box_text(struct painter *painter, const struct style *s, struct area a,
                           const struct paragraph *p)
{
    float height = height_of(p), top = inset(s, SIDE_TOP), bottom = inset(s, SIDE_BOTTOM);
    float y = a.y + top + (a.height - top - bottom - height) / 2;
    if (s->vertical_align == VERTICAL_TOP)
        y = a.y + top;
    else if (s->vertical_align == VERTICAL_BOTTOM)
        y = a.y + a.height - bottom - height;
    for (uint32_t i = 0; i < p->line_count; i++) {
        const struct line *l = &p->lines[i];
        for (uint32_t k = 0; k < l->frame_count; k++)
            paint_frame(painter, &painter->before, &l->frames[k], a.x + inset(s, SIDE_LEFT),
                        y + l->baseline_pt);
        y += l->height_pt;
    }
}

/* Four rules at the inside of a rectangle's edges. */
static void paint_borders(struct painter *painter, struct frame_list *list, const struct style *s,
                          struct area a)
{
    const float *b = s->border_pt;
    paint_border(painter, list, s, SIDE_TOP, a.x, a.y, a.width, b[SIDE_TOP]);
    paint_border(painter, list, s, SIDE_BOTTOM, a.x, a.y + a.height - b[SIDE_BOTTOM], a.width,
                 b[SIDE_BOTTOM]);
    paint_border(painter, list, s, SIDE_LEFT, a.x, a.y, b[SIDE_LEFT], a.height);
    paint_border(painter, list, s, SIDE_RIGHT, a.x + a.width - b[SIDE_RIGHT], a.y, b[SIDE_RIGHT], a.height);
}

static void paint_box_ground(struct painter *painter, const struct style *s, struct area a)
{
    const struct length *margin = s->margin;
    a.x += margin[SIDE_LEFT].pt;
    a.y += margin[SIDE_TOP].pt;
    a.width -= margin[SIDE_LEFT].pt + margin[SIDE_RIGHT].pt;
    a.height -= margin[SIDE_TOP].pt + margin[SIDE_BOTTOM].pt;
    if (s->has_background)
        paint_rectangle(painter, &painter->before, a.x, a.y, a.width, a.height, s->background);
    paint_borders(painter, &painter->before, s, a);
}

static void tell_narrow(struct page_maker *m, const struct shown *b, const struct paragraph *p)
{
    if (b->placed->told)
        return;
    b->placed->told = true;
    message(m->setter->messages, SEVERITY_WARNING, "layout.margin-box", &b->place,
            "On page %s this box has too little room for “%.*s%s”. Give the page a larger margin there, or "
            "the box "
            "smaller type or less padding.",
            m->pages->pages[m->pages->count - 1].label, (int)text_shown(text_of(p->text)), p->text,
            text_shown(text_of(p->text)) < p->length ? "…" : "");
}

/* A running head that takes more lines than its box has room for ends where they do. */
static struct paragraph *shorten(struct page_maker *m, const struct shown *b, struct paragraph *p, float room)
{
    uint32_t lines = (uint32_t)fmaxf(1, floorf(room / b->style->line_height_pt + 0.05f));
    tell_narrow(m, b, p);
    while (p->line_count > lines) {
        struct text kept = text_trim((struct text){p->text, p->lines[lines - 1].end});
        if (text_ends(kept, ELLIPSIS)) /* it was one too many */
            kept.length -= sizeof ELLIPSIS - 1;
        while (kept.length && kept.at[kept.length - 1] != ' ')
            kept.length--;
        kept = text_trim(kept);
        if (!kept.length)
            break;
        p = set_text(m, b, arena_printf(m->arena, "%.*s%s", (int)kept.length, kept.at, ELLIPSIS));
    }
    return p;
}

static void paint_text(struct page_maker *m, struct painter *painter, const struct shown *b, const char *text)
{
    struct paragraph *p = set_text(m, b, text);
    float room = b->area.height - inset(b->style, SIDE_TOP) - inset(b->style, SIDE_BOTTOM);
    if (p->length && height_of(p) > room + ROUNDING)
        p = shorten(m, b, p, room);
    paint_box_text(painter, b->style, b->area, p);
}

/* The style of a box with what its place decides; made once. */
static struct placed_style *style_in_place(struct page_maker *m, const struct style *s, enum margin_box box)
{
    struct placed_style **at = &m->placed_styles;
    while (*at && ((*at)->from != s || (*at)->align != places[box].align))
        at = &(*at)->next;
    if (*at)
        return *at;
    *at = arena_alloc(m->arena, sizeof **at);
    **at = (struct placed_style){.from = s, .align = places[box].align, .style = *s};
    struct style *own = &(*at)->style;
    if (own->align == ALIGN_START || own->align == ALIGN_JUSTIFY)
        own->align = places[box].align;
    own->hyphens = HYPHENS_NONE;
    own->text_indent = (struct length){0};
    return *at;
}

struct late_box {
    uint32_t page; /* of the part */
    struct shown box;
    struct late_box *next;
};

static void wait_for_pages(struct page_maker *m, const struct shown *b)
{
    struct late_box *l = arena_alloc(m->arena, sizeof *l);
    *l = (struct late_box){m->pages->count - 1, *b, m->late};
    m->late = l;
}

/* Is there something to see of it without text? */
static bool is_seen(const struct style *s)
{
    const float *b = s->border_pt;
    return s->has_background || b[SIDE_TOP] > 0 || b[SIDE_RIGHT] > 0 || b[SIDE_BOTTOM] > 0 ||
           b[SIDE_LEFT] > 0;
}

void margin_boxes_paint(struct page_maker *m, struct painter *painter, const struct page *page,
                        const struct page_style *style)
{
    struct shown boxes[BOX_COUNT] = {{.style = NULL}};
    for (int box = 0; box < BOX_COUNT; box++) {
        const struct style *s = style->boxes[box];
        const char *text = s && s->content ? box_text(m, page, s) : NULL;
        if (!text || (!*text && !is_seen(s)))
            continue;
        struct placed_style *placed = style_in_place(m, s, (enum margin_box)box);
        boxes[box] = (struct shown){&placed->style, text, area_of(style, (enum margin_box)box), placed,
                                    style->box_places[box]};
    }
    share_edge(m, style, boxes, (const enum margin_box[3]){BOX_TOP_LEFT, BOX_TOP_CENTER, BOX_TOP_RIGHT});
    share_edge(m, style, boxes,
               (const enum margin_box[3]){BOX_BOTTOM_LEFT, BOX_BOTTOM_CENTER, BOX_BOTTOM_RIGHT});
    share_edge(m, style, boxes, (const enum margin_box[3]){BOX_LEFT_TOP, BOX_LEFT_MIDDLE, BOX_LEFT_BOTTOM});
    share_edge(m, style, boxes,
               (const enum margin_box[3]){BOX_RIGHT_TOP, BOX_RIGHT_MIDDLE, BOX_RIGHT_BOTTOM});
    for (int box = 0; box < BOX_COUNT; box++) {
        const struct shown *b = &boxes[box];
        if (!b->style)
            continue;
        paint_box_ground(painter, b->style, b->area);
        if (strchr(b->text, PAGES[0]))
            wait_for_pages(m, b);
        else
            paint_text(m, painter, b, b->text);
    }
}

void margin_boxes_finish(struct page_maker *m, struct pages *all, uint32_t first)
{
    const char *count = arena_printf(m->arena, "%u", all->count);
    for (const struct late_box *l = m->late; l; l = l->next) {
        struct page *page = &all->pages[first + l->page];
        struct painter p = {.arena = m->arena};
        for (uint32_t i = 0; i < page->count; i++)
            paint_frame(&p, &p.before, &page->frames[i], 0, 0);
        paint_text(m, &p, &l->box, with_pages(m->arena, l->box.text, count));
        page->frames = paint_finish(&p, 0, &page->count);
    }
}

void page_ground_paint(struct arena *arena, struct page *page, const struct page_style *style)
{
    const struct style *s = style->style;
    struct painter p = {.arena = arena};
    if (s->has_background)
        paint_rectangle(&p, &p.before, 0, 0, style->width_pt, style->height_pt, s->background);
    float in[4]; /* the margin, without the border and padding that are counted with it */
    for (int side = 0; side < 4; side++)
        in[side] = style->margin_pt[side] - s->padding[side].pt - s->border_pt[side];
    struct area a = {in[SIDE_LEFT], in[SIDE_TOP], style->width_pt - in[SIDE_LEFT] - in[SIDE_RIGHT],
                     style->height_pt - in[SIDE_TOP] - in[SIDE_BOTTOM]};
    paint_borders(&p, &p.before, s, a);
    if (!p.before.count)
        return;
    for (uint32_t i = 0; i < page->count; i++)
        paint_frame(&p, &p.before, &page->frames[i], 0, 0);
    page->frames = paint_finish(&p, 0, &page->count);
}
