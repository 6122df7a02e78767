#include "layout/foot.h"
#include "layout/linecraft.h"
#include "layout/pagebreak.h"

/* A note's slabs, made when it is first asked for. */
struct foot_note {
    struct slabs slabs;
    float height_pt, least_pt; /* all of it; its first two lines */
    float end_pt;              /* where it ends on its line, when others may stand on that; else 0 */
    bool knows_inner;
    struct foot_note *inner; /* the first of those that it calls, or that these call: they stand behind it */
    struct foot_note *next;  /* of such */
};

struct waiting {
    const struct foot_note *note;
    uint32_t from; /* slabs before this one are painted */
    struct waiting *next;
};

struct foot {
    struct waiting *first, **end;
};

/* The lines of a note that stand with its call. */
enum { NOTE_ORPHANS = 2 };

static float height_of(const struct slabs *s, uint32_t from, uint32_t to)
{
    float y = 0;
    for (uint32_t i = from; i < to && i < s->count; i++)
        y += (i > from ? s->slabs[i].space_pt : 0) + s->slabs[i].height_pt;
    return y;
}

/* A short note that is all on one line. */
static float end_of(const struct slabs *s, bool compact)
{
    const struct slab *only = s->slabs;
    return compact && s->count == 1 && only->line ? only->x_pt + (float)line_right(only->line) : 0;
}

/* How far to the right a note stands when it has room on the line that ends at `line_pt`; 0: it hasn't. */
static float beside(const struct foot_note *n, float line_pt)
{
    const struct slab *s = n->slabs.slabs;
    if (line_pt <= 0 || n->end_pt <= 0)
        return 0;
    float shift = line_pt + s->paragraph->style->size_pt;
    return shift + n->end_pt <= s->x_pt + s->paragraph->width_pt ? shift : 0;
}

/* A note that fits on no page goes on over several. */
static void tell_long(struct page_maker *m, const struct foot_note *n)
{
    const struct page_style *page = page_style_named(m, "", false, false, false);
    float room = page->height_pt - page->margin_pt[SIDE_TOP] - page->margin_pt[SIDE_BOTTOM];
    const struct paragraph *p = n->slabs.count ? n->slabs.slabs[0].paragraph : NULL;
    if (n->height_pt <= room || !p || !p->element)
        return;
    struct place where = tree_place(m->document, p->element);
    message(m->setter->messages, SEVERITY_WARNING, "layout.note", &where,
            "This note is longer than a page and goes on over several. Let the notes stand at the end "
            "(--notes end), "
            "or make it shorter.");
}

static struct foot_note *note_of(struct page_maker *m, const char *name)
{
    struct foot_note *n = hash_find(m->notes, text_of(name));
    if (n)
        return n;
    const struct block_list *list = hash_find(m->flow->notes, text_of(name));
    if (!list)
        return NULL;
    n = arena_alloc(m->arena, sizeof *n);
    n->slabs.arena = n->slabs.frames = m->arena;
    slabs_add(&n->slabs, list, 0);
    n->height_pt = height_of(&n->slabs, 0, n->slabs.count);
    n->least_pt = height_of(&n->slabs, 0, NOTE_ORPHANS);
    n->end_pt = end_of(&n->slabs, list->compact);
    tell_long(m, n);
    hash_put(m->notes, text_of(name), n);
    return n;
}

static void each_own_note(const struct slab *s, void (*visit)(const char *name, void *user), void *user)
{
    if (s->line)
        for (const struct note_mark *n = s->paragraph->notes; n; n = n->next)
            if (n->offset >= s->line->start && n->offset < s->line->end)
                visit(n->name, user);
    if (s->table)
        for (const struct row_note *n = s->table->rows[s->row].notes; n; n = n->next)
            visit(n->name, user);
}

/* Calls visit(name) for each note that a slab calls, or what is tied to it. */
static void each_note(const struct slab *s, void (*visit)(const char *name, void *user), void *user)
{
    for (const struct aside *f = s->asides; f; f = slab_next_aside(f))
        for (uint32_t i = 0; i < f->slabs->count; i++)
            each_own_note(&f->slabs->slabs[i], visit, user);
    each_own_note(s, visit, user);
}

/* ---- what notes need */

/* The notes that wait to be put behind the one that calls them. */
struct inner_notes {
    struct page_maker *maker;
    struct foot_note **end;
};

static void add_inner(const char *name, void *user)
{
    struct inner_notes *in = user;
    struct foot_note *n = note_of(in->maker, name);
    if (!n || n->knows_inner) /* its first call is elsewhere */
        return;
    n->knows_inner = true;
    *in->end = n;
    in->end = &n->next;
}

/* A note that text calls, with those that its own text calls, and so on: the way down is the list itself. */
static struct foot_note *called_note(struct page_maker *m, const char *name)
{
    struct foot_note *n = note_of(m, name);
    if (!n || n->knows_inner)
        return n;
    struct inner_notes in = {m, &n->inner};
    n->knows_inner = true;
    for (const struct foot_note *from = n; from; from = from == n ? n->inner : from->next)
        for (uint32_t i = 0; i < from->slabs.count; i++)
            each_note(&from->slabs.slabs[i], add_inner, &in);
    return n;
}

struct adding {
    struct page_maker *maker;
    struct foot_need need;
    float line_pt;
};

/* Gives whether the note takes lines of its own. */
static bool add_height(struct adding *a, const struct foot_note *n)
{
    float shift = beside(n, a->line_pt);
    a->line_pt = n->end_pt > 0 ? shift + n->end_pt : 0;
    if (shift <= 0)
        a->need.whole_pt += n->height_pt;
    return shift <= 0;
}

static void add_need(const char *name, void *user)
{
    struct adding *a = user;
    const struct foot_note *n = called_note(a->maker, name);
    if (!n)
        return;
    float before = a->need.whole_pt;
    if (add_height(a, n))
        a->need.least_pt = before + n->least_pt;
    for (const struct foot_note *i = n->inner; i; i = i->next)
        add_height(a, i);
}

struct foot_need foot_slab_need(struct page_maker *m, const struct slab *s, float *line_pt)
{
    struct adding a = {m, {0, 0}, *line_pt};
    each_note(s, add_need, &a);
    *line_pt = a.line_pt;
    return a.need;
}

/* The area's height above the notes. */
static float area_top(const struct style *area)
{
    return area->margin[SIDE_TOP].pt + area->border_pt[SIDE_TOP] + area->padding[SIDE_TOP].pt;
}

float foot_separator(struct page_maker *m)
{
    const struct page_style *page = page_style_named(m, "", false, false, false);
    return page->footnote ? area_top(page->footnote) : m->grid_pt;
}

/* ---- painting */

struct foot *foot_new(struct arena *a)
{
    struct foot *f = arena_alloc(a, sizeof *f);
    f->end = &f->first;
    return f;
}

bool foot_waits(const struct foot *f)
{
    return f->first != NULL;
}

static void wait_in_line(struct page_maker *m, const struct foot_note *n)
{
    if (!n->slabs.count)
        return;
    struct waiting *w = arena_alloc(m->arena, sizeof *w);
    w->note = n;
    *m->foot->end = w;
    m->foot->end = &w->next;
}

static void enqueue(const char *name, void *user)
{
    struct page_maker *m = user;
    const struct foot_note *n = called_note(m, name);
    if (!n)
        return;
    wait_in_line(m, n);
    for (const struct foot_note *i = n->inner; i; i = i->next)
        wait_in_line(m, i);
}

void foot_call(struct page_maker *m, const struct slab *s)
{
    each_note(s, enqueue, m);
}

/* How many slabs of a note fit into the room, at least `least`, and their height. */
static uint32_t fitting(const struct waiting *w, float room, uint32_t least, float *height)
{
    uint32_t to = w->from + (w->from < w->note->slabs.count ? least : 0);
    while (to < w->note->slabs.count && height_of(&w->note->slabs, w->from, to + 1) <= room + 0.1f)
        to++;
    *height = height_of(&w->note->slabs, w->from, to);
    return to;
}

/* Where notes stand on a page, one after another. */
struct standing {
    float used;    /* height */
    float line_pt; /* where the last line ends, when another note may stand on it */
};

/* Puts as much of a note as has room, at least `least` slabs of the first. Gives the slab before which it
 * stops. */
static uint32_t put(struct standing *s, const struct waiting *w, float room, uint32_t least, float *shift)
{
    float height;
    *shift = w->from ? 0 : beside(w->note, s->line_pt);
    if (*shift > 0) {
        s->line_pt = *shift + w->note->end_pt;
        return w->note->slabs.count;
    }
    uint32_t to = fitting(w, room - s->used, s->used > 0 ? 0 : least, &height);
    s->used += height;
    s->line_pt = to == w->note->slabs.count ? w->note->end_pt : 0;
    return to;
}

static float room_used(const struct foot *f, float room, uint32_t least)
{
    struct standing s = {0, 0};
    float shift;
    for (const struct waiting *w = f->first; w; w = w->next)
        if (put(&s, w, room, least, &shift) < w->note->slabs.count)
            break;
    return s.used;
}

static void paint_part(struct page_maker *m, struct painter *painter, const struct waiting *w, uint32_t to,
                       float y)
{
    for (uint32_t i = w->from; i < to; i++) {
        const struct slab *s = &w->note->slabs.slabs[i];
        y += i > w->from ? s->space_pt : 0;
        page_mark_slab(m, s, painter->x_pt, y);
        paint_slab(painter, s, y);
        y += s->height_pt;
    }
}

/* The rule over notes that begin at y: that of @footnote, or a short one. */
static void paint_separator(struct page_maker *m, struct painter *painter, const struct page_style *page,
                            float y)
{
    const struct style *area = page->footnote;
    float measure = page->width_pt - page->margin_pt[SIDE_LEFT] - page->margin_pt[SIDE_RIGHT];
    if (!area) {
        paint_rectangle(painter, &painter->before, painter->x_pt, y - m->grid_pt / 2, 72, 0.4f, 0);
        return;
    }
    float width = area->width.automatic ? measure : area->width.pt + area->width.percent / 100 * measure;
    float border = area->border_pt[SIDE_TOP];
    paint_rectangle(painter, &painter->before, painter->x_pt, y - area->padding[SIDE_TOP].pt - border, width,
                    border, area->border_color[SIDE_TOP]);
}

static float separator_of(const struct page_maker *m, const struct page_style *style)
{
    return style->footnote ? area_top(style->footnote) : m->grid_pt;
}

float foot_height(struct page_maker *m, float y_pt, const struct page_style *style)
{
    float separator = separator_of(m, style), bottom = style->height_pt - style->margin_pt[SIDE_BOTTOM];
    float used = room_used(m->foot, bottom - y_pt - separator, 0);
    return used > 0 ? used + separator : 0;
}

void foot_paint(struct page_maker *m, struct painter *painter, float y_pt, bool must,
                const struct page_style *style)
{
    struct foot *f = m->foot;
    float separator = separator_of(m, style), left = painter->x_pt, shift;
    float bottom = style->height_pt - style->margin_pt[SIDE_BOTTOM], room = bottom - y_pt - separator;
    float used = room_used(f, room, must), top = bottom - used;
    struct standing s = {0, 0};
    if (used <= 0 && !must)
        return;
    if (used > 0)
        paint_separator(m, painter, style, top);
    while (f->first) {
        struct waiting *w = f->first;
        float before = s.used;
        uint32_t to = put(&s, w, used, must, &shift);
        painter->x_pt = left + shift;
        paint_part(m, painter, w, to, top + (shift > 0 ? before - w->note->height_pt : before));
        painter->x_pt = left;
        w->from = to;
        if (to < w->note->slabs.count)
            return;
        f->first = w->next;
        if (!f->first)
            f->end = &f->first;
    }
}
