#include "job/cover.h"
#include "base/task.h"
#include "base/utf8.h"
#include "document/cover.h"
#include "layout/layout.h"
#include "write/png/png.h"
#include <math.h>

enum { WHITE = 0xFFFFFF };

/* Long titles get smaller, and only then are words divided. */
static const struct cover_fit cover_fits[] = {{0, false}, {1, false}, {2, false}, {3, false}, {4, false},
                                              {2, true},  {3, true},  {4, true},  {5, true}};
static const struct cover_fit card_fits[] = {{0, false}, {1, false}, {2, false}, {3, false},
                                             {4, false}, {5, false}, {4, true},  {6, false},
                                             {6, true},  {7, true},  {8, true}};

/* The two pages that are drawn. */
static const struct kind {
    const char *page; /* its name in the style */
    int width_px, height_px;
    float head_most; /* the share of the page that the head may take */
    float apart_pt;  /* the least room between head and foot */
    const struct cover_fit *fits;
    size_t fit_count;
} book_cover = {"cover",
                COVER_WIDTH_PX,
                COVER_HEIGHT_PX,
                0.72F,
                0,
                cover_fits,
                sizeof cover_fits / sizeof cover_fits[0]},
  post_card = {
      "card", CARD_WIDTH_PX, CARD_HEIGHT_PX, 1, 15, card_fits, sizeof card_fits / sizeof card_fits[0]};

struct cover {
    struct arena *arena;
    const struct kind *kind;
    const struct document *document;
    const struct page_style *style;
    struct document *text;
    struct styles *styles;
    struct fonts *fonts;
    struct messages *messages; /* about words that nobody wrote here: told to nobody */
    const struct pages *pages; /* the head's, the foot's */
    bool has_foot, overfull;
};

/* ---- setting */

/* Is there something in the foot that the style shows? A date alone may be none of it. */
static bool has_foot(const struct cover *c)
{
    const struct document *d = c->text;
    const xmlNode *foot = d->body->last;
    if (tree_kind(foot) != ELEMENT_FOOTER)
        return false;
    const struct style *root = style_of(c->styles, d->root, PSEUDO_NONE, NULL);
    const struct style *body = style_of(c->styles, d->body, PSEUDO_NONE, root);
    const struct style *own = style_of(c->styles, foot, PSEUDO_NONE, body);
    for (const xmlNode *n = foot->children; n && own->display != DISPLAY_NONE; n = n->next)
        if (style_of(c->styles, n, PSEUDO_NONE, own)->display != DISPLAY_NONE)
            return true;
    return false;
}

static void set(struct cover *c, struct cover_fit fit)
{
    c->text = cover_make(c->arena, c->document, c->messages, c->kind == &post_card, fit);
    int before = messages_count(c->messages, SEVERITY_WARNING);
    struct layout_options o = {.threads = 1, .page = c->kind->page};
    c->pages = layout_document(c->arena, c->text, c->styles, c->fonts, &o);
    c->has_foot = has_foot(c);
    c->overfull = messages_count(c->messages, SEVERITY_WARNING) > before;
}

struct extent {
    float top_pt, bottom_pt; /* bottom: the last baseline, or a rule's lower edge */
};

static struct extent extent_of(const struct page *p)
{
    struct extent e = {(float)p->height_pt, 0};
    for (const struct frame *f = p->frames; f < p->frames + p->count; f++) {
        float size = f->kind == FRAME_TEXT ? (float)f->text->size_pt : 0;
        float height = f->kind == FRAME_RULE ? (float)f->rule->height_pt : 0;
        e.top_pt = fminf(e.top_pt, f->y_pt - size);
        e.bottom_pt = fmaxf(e.bottom_pt, f->y_pt + height);
    }
    return e;
}

/* How far down the foot goes. */
static float foot_shift(const struct cover *c)
{
    if (c->pages->count < 2)
        return 0;
    float end = c->style->height_pt - c->style->margin_pt[SIDE_BOTTOM];
    return end - extent_of(&c->pages->pages[1]).bottom_pt;
}

/* The room between head and foot. */
static float gap(const struct cover *c)
{
    float end = c->style->height_pt - c->style->margin_pt[SIDE_BOTTOM];
    if (c->pages->count > 1)
        end = extent_of(&c->pages->pages[1]).top_pt + foot_shift(c);
    return end - extent_of(&c->pages->pages[0]).bottom_pt;
}

static bool is_centred(const struct cover *c)
{
    const struct style *s = NULL;
    const xmlNode *way[] = {c->text->root, c->text->body, c->text->body->children};
    for (size_t i = 0; i < sizeof way / sizeof way[0]; i++)
        s = style_of(c->styles, way[i], PSEUDO_NONE, s);
    return s->align == ALIGN_CENTER;
}

/* How far down the head goes: on a card that is set around the middle, to where the eye takes that to be. */
static float head_shift(const struct cover *c)
{
    return c->kind == &post_card && is_centred(c) ? fmaxf(0, gap(c)) * 0.4F : 0;
}

/* Scripts from here on may break their lines without a space or hyphen (Thai, Han …). */
enum { FREE_SCRIPTS = 0x0E00 };

static bool is_letter(uint32_t c)
{
    return c < FREE_SCRIPTS && (c > 0xBF || (c < 0x80 && ascii_alpha((char)c)));
}

static uint32_t last_of(const struct piece *p)
{
    struct text t = {p->shaped->text, p->shaped->length};
    size_t at = t.length;
    return at ? utf8_previous(t, &at) : 0;
}

static uint32_t first_of(const struct piece *p)
{
    struct text t = {p->shaped->text, p->shaped->length};
    size_t at = 0;
    return t.length ? utf8_next(t, &at) : 0;
}

/* Does a word go on in the next line without a hyphen? Layout breaks it so where all else fails. */
static bool breaks_word(const struct frame *f, const struct frame *next)
{
    const struct frame_text *t = f->text, *n = next->text;
    if (f->kind != FRAME_TEXT || next->kind != FRAME_TEXT || f->tag != next->tag || f->y_pt >= next->y_pt)
        return false;
    if (!t->count || !n->count || t->trailing_space)
        return false;
    return is_letter(last_of(&t->pieces[t->count - 1])) && is_letter(first_of(n->pieces));
}

static bool breaks_words(const struct page *p)
{
    for (uint32_t i = 0; i + 1 < p->count; i++)
        if (breaks_word(&p->frames[i], &p->frames[i + 1]))
            return true;
    return false;
}

static bool fits(const struct cover *c)
{
    if (c->overfull || c->pages->count != (c->has_foot ? 2 : 1) || breaks_words(&c->pages->pages[0]))
        return false;
    float head = extent_of(&c->pages->pages[0]).bottom_pt;
    return head <= c->style->height_pt * c->kind->head_most && gap(c) >= c->kind->apart_pt;
}

/* ---- the page: ground, border, head, foot */

struct frames {
    struct arena *arena;
    struct frame *list;
    uint32_t count;
};

static void add_rule(struct frames *to, const float box[4], uint32_t color)
{
    if (box[2] <= 0 || box[3] <= 0)
        return;
    struct frame_rule *r = arena_alloc(to->arena, sizeof *r);
    *r = (struct frame_rule){(double)box[2], (double)box[3], color};
    to->list[to->count++] = (struct frame){.kind = FRAME_RULE, .x_pt = box[0], .y_pt = box[1], .rule = r};
}

/* The four sides of a frame inside of `box`, as thick as `border` tells. */
static void add_frame(struct frames *to, const float box[4], const float border[4], const uint32_t color[4])
{
    float x = box[0], y = box[1], w = box[2], h = box[3];
    add_rule(to, (float[4]){x, y, w, border[SIDE_TOP]}, color[SIDE_TOP]);
    add_rule(to, (float[4]){x, y + h - border[SIDE_BOTTOM], w, border[SIDE_BOTTOM]}, color[SIDE_BOTTOM]);
    add_rule(to, (float[4]){x, y, border[SIDE_LEFT], h}, color[SIDE_LEFT]);
    add_rule(to, (float[4]){x + w - border[SIDE_RIGHT], y, border[SIDE_RIGHT], h}, color[SIDE_RIGHT]);
}

/* The page's own border stands where its margin ends; a double one is two lines with a third between them. */
static void add_border(struct frames *to, const struct page_style *page)
{
    const struct style *s = page->style;
    float in[4], line[4], w = page->width_pt, h = page->height_pt;
    bool twice = false;
    for (int i = 0; i < 4; i++) {
        bool is_double = s->border_style[i] == BORDER_DOUBLE;
        in[i] = page->margin_pt[i] - s->padding[i].pt - s->border_pt[i];
        line[i] = is_double ? s->border_pt[i] / 3 : s->border_pt[i];
        twice |= is_double;
    }
    for (int k = 0; k <= (twice ? 1 : 0); k++) {
        float box[4] = {in[SIDE_LEFT], in[SIDE_TOP], w - in[SIDE_LEFT] - in[SIDE_RIGHT],
                        h - in[SIDE_TOP] - in[SIDE_BOTTOM]};
        add_frame(to, box, line, s->border_color);
        for (int i = 0; i < 4; i++)
            in[i] += 2 * line[i];
    }
}

static void add_page(struct frames *to, const struct page *p, float down_pt)
{
    for (uint32_t i = 0; i < p->count; i++) {
        to->list[to->count] = p->frames[i];
        to->list[to->count++].y_pt += down_pt;
    }
}

static struct page compose(const struct cover *c)
{
    const struct pages *p = c->pages;
    struct frames f = {.arena = c->arena};
    enum { GROUND_AND_BORDER = 9 };
    size_t most = GROUND_AND_BORDER;
    for (uint32_t i = 0; i < p->count && i < 2; i++)
        most += p->pages[i].count;
    f.list = arena_array(c->arena, most, sizeof *f.list);
    add_border(&f, c->style);
    if (p->count > 0)
        add_page(&f, &p->pages[0], head_shift(c));
    if (p->count > 1)
        add_page(&f, &p->pages[1], foot_shift(c));
    return (struct page){.width_pt = (double)c->style->width_pt,
                         .height_pt = (double)c->style->height_pt,
                         .frames = f.list,
                         .count = f.count};
}

static void set_largest(struct cover *c)
{
    for (size_t i = 0; i < c->kind->fit_count; i++) {
        set(c, c->kind->fits[i]);
        if (fits(c))
            return;
    }
}

/* Tells of the first character that no font has. */
static bool is_whole(const struct cover *c)
{
    for (const struct message *m = messages_first(c->messages); m; m = m->next) {
        if (strcmp(m->code, "fonts.character") != 0)
            continue;
        struct place at = {c->document->source_name, 0, 0};
        message(c->document->messages, SEVERITY_WARNING, "cover.character", &at,
                "The %s can't be drawn%s: %s", c->kind->page,
                c->kind == &book_cover ? " for the e-book" : " whole", m->sentence);
        return false;
    }
    return true;
}

static const struct page_style *page_of(struct styles *s, const struct kind *k)
{
    return style_page(s, &(struct page_kind){.name = k->page, .first = true}, NULL);
}

/* The page's colour: its own, else the cover's. */
static uint32_t ground_of(const struct cover *c)
{
    const struct style *own = c->style->style, *other = page_of(c->styles, &book_cover)->style;
    return own->has_background ? own->background : other->has_background ? other->background : WHITE;
}

/* A page that is painted beside other work. */
struct drawing {
    struct page page;
    struct png_drawing to;
    struct task *task;
    struct text bytes;
};

static void paint(void *user, struct arena *own)
{
    struct drawing *w = user;
    w->bytes = png_draw(own, &w->page, &w->to);
}

/* Sets the page and begins to paint it. `*whole` is false when some character can't be shown. */
static struct drawing *drawing_begin(const struct document *d, const struct cover_means *m,
                                     const struct kind *kind, bool *whole)
{
    struct styles *s = m->styles;
    struct cover c = {.arena = d->arena, .kind = kind, .document = d, .style = page_of(s, kind), .styles = s};
    c.messages = messages_new(d->arena, NULL, NULL);
    c.fonts = fonts_new_beside(d->arena, c.messages, m->fonts);
    styles_declare_fonts(s, c.fonts);
    set_largest(&c);
    *whole = is_whole(&c);
    struct drawing *w = arena_alloc(d->arena, sizeof *w);
    w->page = compose(&c);
    w->to = (struct png_drawing){
        .width_px = kind->width_px, .height_px = kind->height_px, .around = ground_of(&c)};
    w->task = task_begin(d->arena, m->threads, paint, w);
    return w;
}

static struct text drawing_end(struct drawing *w)
{
    task_end(w->task);
    return w->bytes;
}

/* A picture of the source as a PNG: itself, or its pixels painted anew; empty with a message when it can't be
 * painted. */
static struct text convert(const struct document *d, const struct resource *r)
{
    if (r->media_type && strcmp(r->media_type, "image/png") == 0)
        return r->bytes;
    struct frame_image image = {r, r->width_px > 0 ? r->width_px : 1, r->height_px > 0 ? r->height_px : 1};
    struct frame frame = {.kind = FRAME_IMAGE, .image = &image};
    struct page page = {
        .width_pt = image.width_pt, .height_pt = image.height_pt, .frames = &frame, .count = 1};
    double scale = fmin(1, fmin(COVER_WIDTH_PX / page.width_pt, COVER_HEIGHT_PX / page.height_pt));
    struct png_drawing to = {.width_px = (int)fmax(1, round(page.width_pt * scale)),
                             .height_px = (int)fmax(1, round(page.height_pt * scale)),
                             .around = WHITE};
    struct text bytes = png_draw(d->arena, &page, &to);
    if (!to.fault)
        return bytes;
    struct place at = meta_place(d, "cover");
    message(d->messages, SEVERITY_LOST, "png.image", &at,
            "The picture %s %s; another cover is drawn. Save it anew as PNG or JPEG.", r->name, to.fault);
    return (struct text){"", 0};
}

struct cover_work {
    struct document *document;
    struct text file;
    struct drawing *drawing; /* NULL: nothing is drawn */
    bool for_book;
};

struct cover_work *cover_begin(struct document *d, const struct cover_means *m,
                               const struct cover_wanted *want)
{
    const char *given = d->meta.cover;
    bool none = given && strcmp(given, META_COVER_NONE) == 0, whole = false;
    const struct resource *r = given ? hash_find(d->resource_of, text_of(given)) : NULL;
    struct cover_work *w = arena_alloc(d->arena, sizeof *w);
    *w = (struct cover_work){.document = d, .file = {"", 0}};
    if (none)
        d->meta.cover = NULL;
    if (r && want->file)
        w->file = convert(d, r);
    if ((want->file && !w->file.length) || (want->book && !given))
        w->drawing = drawing_begin(d, m, &book_cover, &whole);
    w->for_book = w->drawing && whole && !given;
    return w;
}

struct text cover_end(struct cover_work *w)
{
    const int size[2] = {COVER_WIDTH_PX, COVER_HEIGHT_PX};
    if (w->drawing)
        w->file = drawing_end(w->drawing);
    if (w->for_book)
        w->document->meta.cover =
            resource_add(w->document, "images/cover.png", "image/png", w->file, size)->name;
    return w->file;
}

struct text cover_card(const struct document *d, const struct cover_means *m)
{
    bool whole;
    return drawing_end(drawing_begin(d, m, &post_card, &whole));
}
