#include "layout/builder.h"
#include <math.h>

static const struct link *link_of(struct builder *b, const xmlNode *n, uint32_t tag)
{
    const char *href = tree_get(n, "href");
    if (!href || !*href)
        return NULL;
    struct link *l = arena_alloc(b->arena, sizeof *l);
    l->tag = tag;
    if (href[0] == '#')
        l->target = href + 1;
    else
        l->uri = href;
    const char *label = tree_get(n, "aria-label");
    if (label) {
        l->contents = label;
    } else {
        struct buf *text = buf_new(b->arena);
        tree_content(n, text);
        if (tree_has_word(n, "role", "doc-noteref"))
            l->contents = arena_printf(b->arena, "Note %s", text->length ? text->data : "");
        else
            l->contents = l->uri ? l->uri : text_copy(b->arena, buf_view(text));
    }
    return l;
}

float raise_of(const struct style *s, const struct style *parent, float raise)
{
    switch (s->vertical_align) {
    case VERTICAL_SUPER:
        return raise + parent->size_pt * 0.34f;
    case VERTICAL_SUB:
        return raise - parent->size_pt * 0.16f;
    case VERTICAL_LENGTH:
        return raise + s->vertical_shift.pt + s->vertical_shift.percent * s->line_height_pt / 100;
    default:
        return raise;
    }
}

void call_note(struct builder *b, const char *name)
{
    if (hash_put(b->called, text_of(name), b))
        return;
    struct note_mark *n = arena_alloc(b->arena, sizeof *n);
    *n = (struct note_mark){(uint32_t)b->gather->text->length, name, NULL};
    struct note_mark **end = &b->gather->paragraph->notes;
    while (*end)
        end = &(*end)->next;
    *end = n;
}

/* The caption of the figure that a picture stands in, or NULL. */
static const xmlNode *caption_of(const xmlNode *img)
{
    const xmlNode *figure = img->parent;
    while (figure && (tree_kind(figure) == ELEMENT_P || tree_kind(figure) == ELEMENT_A))
        figure = figure->parent;
    if (!figure || tree_kind(figure) != ELEMENT_FIGURE)
        return NULL;
    const xmlNode *c = figure->children;
    while (c && tree_kind(c) != ELEMENT_FIGCAPTION)
        c = c->next;
    return c;
}

/* What the tallest picture leaves of a page: two lines, and room for its caption, whose lines are guessed
 * from the number of its letters: they are half as wide as high. */
static float room_below(const struct builder *b, const struct picture *p, const struct style *s,
                        float width_pt)
{
    static const float letter_em = 0.5f;
    const xmlNode *caption = caption_of(p->element);
    if (!caption || width_pt <= 0)
        return 2 * s->line_height_pt;
    struct buf *text = buf_new(b->arena);
    tree_content(caption, text);
    float lines = ceilf((float)text->length * letter_em * s->size_pt / width_pt);
    return (3 + lines) * s->line_height_pt;
}

static float edge_of(const struct style *s, enum side side, float width_pt)
{
    return s->border_pt[side] + length_at(s->padding[side], width_pt);
}

/* The picture's natural size, made smaller (never larger) to fit what is `available` of its block, in the box
 * that its style gives: percentages are of `base`, the block's width.
 */
static void size_picture(const struct builder *b, const struct style *s, float base, float available,
                         struct picture *p)
{
    const struct resource *r = p->resource;
    double dpi = r->dpi >= 72 ? r->dpi : 96;
    double w = r->width_px * 72.0 / dpi, h = r->height_px * 72.0 / dpi;
    if (w <= 0 || h <= 0)
        w = h = s->size_pt;
    double ratio = h / w;
    if (!s->width.automatic)
        w = length_at(s->width, base), h = w * ratio;
    if (!s->height.automatic)
        h = s->height.pt, w = s->width.automatic ? h / ratio : w;
    double most_w = s->max_width.automatic ? available : fmin(available, length_at(s->max_width, base));
    double most_h = fmax(b->options->height_pt / 2, b->options->height_pt - room_below(b, p, s, base));
    if (!s->max_height.automatic && s->max_height.pt > 0)
        most_h = fmin(most_h, s->max_height.pt);
    double scale = fmin(1, fmin(most_w > 0 ? most_w / w : 1, most_h / h));
    p->width_pt = w * scale;
    p->height_pt = h * scale;
    p->scale = (float)scale;
    p->wanted = s->width.pt > 0 || s->height.pt > 0;
}

static float margins_across(const struct style *s, float width_pt)
{
    float sum = length_at(s->margin[SIDE_LEFT], width_pt) + length_at(s->margin[SIDE_RIGHT], width_pt);
    return sum + edge_of(s, SIDE_LEFT, width_pt) + edge_of(s, SIDE_RIGHT, width_pt);
}

struct picture *picture_of(struct builder *b, const struct level *l, float width_pt)
{
    const char *src = tree_get(l->node, "src");
    const struct resource *r = src ? hash_find(b->document->resource_of, text_of(src)) : NULL;
    if (!r)
        return NULL;
    struct picture *p = arena_alloc(b->arena, sizeof *p);
    p->element = l->node;
    p->resource = r;
    size_picture(b, l->style, width_pt, fmaxf(0, width_pt - margins_across(l->style, width_pt)), p);
    return p;
}

/* Where a picture stands to the line's text when it isn't on its baseline (CSS 2.2 §10.8.1). */
static float raise_of_picture(const struct style *s, const struct style *text, const struct face *face,
                              const struct picture *p)
{
    float unit = text->size_pt / (float)face->upem;
    switch (s->vertical_align) {
    case VERTICAL_MIDDLE:
        return (float)face->x_height * unit / 2 - (float)p->height_pt / 2;
    case VERTICAL_TOP:
        return (float)face->ascent * unit - (float)p->height_pt;
    case VERTICAL_BOTTOM:
        return (float)face->descent * unit;
    default:
        return 0;
    }
}

/* What the style wants larger than it can be is worth a warning; that a photograph of many pixels is made to
 * fit is only worth knowing. */
static void tell_size(const struct builder *b, const struct picture *p, const struct place *where)
{
    static const float nearly = 0.995f;
    double width = p->width_pt / (double)p->scale, height = p->height_pt / (double)p->scale;
    if (p->scale < nearly)
        message(b->document->messages, p->wanted ? SEVERITY_WARNING : SEVERITY_NOTE, "layout.picture", where,
                "The picture is %.0f × %.0f pt large and finds no room; it is made %.0f × %.0f pt. %s", width,
                height, p->width_pt, p->height_pt,
                p->wanted ? "Give it less in the style."
                          : "Give it a width in the style to choose another size.");
}

void add_picture(struct builder *b, struct picture *p, const struct level *l, const struct level *parent)
{
    struct manner_of_text m = manner_now(b);
    struct place where = tree_place(b->document, l->node);
    const char *alt = tree_get(l->node, "alt");
    if (!p) {
        if (alt && *alt)
            gather_text(b->gather, &m, text_of(alt), NULL, &where);
        return;
    }
    tell_size(b, p, &where);
    p->tag = tag_picture(b->tagger, l->node, b->figure_tag, content_tag(parent));
    p->seq = m.seq;
    if (!l->block) {
        const struct style *s = l->style;
        float width = nearest_block(b)->width_pt;
        p->above_pt = length_at(s->margin[SIDE_TOP], width) + edge_of(s, SIDE_TOP, width);
        p->below_pt = length_at(s->margin[SIDE_BOTTOM], width) + edge_of(s, SIDE_BOTTOM, width);
        m.raise_pt += raise_of_picture(s, parent->style, gather_face(b->gather, parent->style, &where), p);
    }
    gather_picture(b->gather, &m, p);
}

/* Is the text behind a reading the base of another one? */
static bool base_follows(const xmlNode *n)
{
    bool read = tree_kind(n) == ELEMENT_RT;
    for (const xmlNode *c = n->prev; c && tree_kind(n) == ELEMENT_RP && tree_kind(c) != ELEMENT_RP;
         c = c->prev)
        read = read || tree_kind(c) == ELEMENT_RT;
    for (n = n->next; read && n; n = n->next) {
        enum element kind = tree_kind(n);
        if (kind == ELEMENT_RT || kind == ELEMENT_RP)
            return false;
        if (n->type == XML_ELEMENT_NODE ||
            (n->type == XML_TEXT_NODE && text_trim(text_of((const char *)n->content)).length))
            return true;
    }
    return false;
}

/* Does a reading, or what stands around one, come next? */
static bool reading_follows(const xmlNode *n)
{
    for (n = n->next; n; n = n->next) {
        enum element kind = tree_kind(n);
        if (n->type == XML_ELEMENT_NODE)
            return kind == ELEMENT_RT || kind == ELEMENT_RP;
        if (n->type == XML_TEXT_NODE && text_trim(text_of((const char *)n->content)).length)
            return false;
    }
    return false;
}

static bool reads_base(const struct level *l, const struct level *parent)
{
    return parent && parent->kind == ELEMENT_RUBY && (l->kind == ELEMENT_RT || l->kind == ELEMENT_RP);
}

static void begin_reading(struct builder *b, struct level *l)
{
    gather_begin_reading(b->gather, l->ruby);
    l->ruby_part = RUBY_UNSEEN;
    if (l->kind != ELEMENT_RT)
        return;
    l->ruby_part = RUBY_READING;
    l->ruby->under = l->style->ruby_under;
    l->ruby->in_line |= l->style->display != DISPLAY_RUBY_TEXT;
}

/* A ruby in a base leaves that without a reading above it: there is room for one of them. */
static void enter_ruby(struct builder *b, struct level *l, const struct level *parent)
{
    l->ruby = parent->ruby;
    l->ruby_part = parent->ruby_part;
    if (l->ruby && l->ruby->paragraph != b->gather->paragraph)
        l->ruby = NULL;
    bool base = !l->ruby || l->ruby_part == RUBY_BASE;
    if (l->kind == ELEMENT_RUBY && base) {
        if (l->ruby)
            l->ruby->in_line = true;
        l->ruby = gather_ruby(b->gather);
        l->ruby_part = RUBY_BASE;
    } else if (l->ruby && base && reads_base(l, parent)) {
        begin_reading(b, l);
    }
}

static void leave_reading(struct builder *b, const struct level *l, struct level *parent)
{
    bool next = base_follows(l->node), more = next || reading_follows(l->node);
    if (next && tag_is(b->tagger, parent->tag, TAG_RB))
        parent->tag = tag_next_base(b->tagger, parent->tag);
    else if (!more)
        parent->tag = tag_behind_ruby(b->tagger, parent->tag);
    struct ruby *r = parent->ruby;
    if (!r || parent->ruby_part != RUBY_BASE || r->paragraph != b->gather->paragraph)
        return;
    gather_end_reading(b->gather, r);
    if (next || !more)
        parent->ruby = next ? gather_ruby(b->gather) : NULL;
}

void leave_inline(struct builder *b, const struct level *l, struct level *parent)
{
    if (l->boxes_text && b->gather->box == l->box && l->box->paragraph == b->gather->paragraph)
        gather_close_box(b->gather);
    if (reads_base(l, parent))
        leave_reading(b, l, parent);
}

static bool is_back_link(const xmlNode *n)
{
    return tree_has_word(n, "role", "doc-backlink");
}

/* Behind another one, and a space. */
static bool follows_back_link(const xmlNode *n)
{
    const xmlNode *before = n->prev;
    if (!before || before->type != XML_TEXT_NODE || strcmp((const char *)before->content, " ") != 0)
        return false;
    return before->prev && before->prev->type == XML_ELEMENT_NODE && is_back_link(before->prev);
}

void enter_inline(struct builder *b, struct level *l, const struct level *parent)
{
    open_paragraph(b);
    l->link = parent->link;
    l->raise_pt = raise_of(l->style, parent->style, parent->raise_pt);
    l->call = parent->call;
    if (parent->first_style)
        l->first_style = style_of(b->styles, l->node, PSEUDO_NONE, parent->first_style);
    uint32_t outer = content_tag(parent);
    l->tag = tag_for_inline(b->tagger, l->node, l->kind, outer);
    if (l->language != parent->language) {
        if (l->tag == outer)
            l->tag = tag_add(b->tagger, TAG_SPAN, outer);
        tag_language(b->tagger, tag_around_base(b->tagger, l->tag), outer, l->language, parent->language);
    }
    if (l->kind == ELEMENT_A) {
        const struct link *link = link_of(b, l->node, l->tag);
        if (link)
            l->link = link;
        bool call = tree_has_word(l->node, "role", "doc-noteref");
        l->call = call || (is_back_link(l->node) && !follows_back_link(l->node));
        if (call && link && link->target && b->options->notes_at_foot)
            call_note(b, link->target);
    }
    enter_ruby(b, l, parent);
    want_anchor(b, l->node, l->tag);
    l->boxes_text = gather_open_box(b->gather, l->style, nearest_block(b)->width_pt, l->raise_pt);
    l->box = l->boxes_text ? b->gather->box : parent->box;
    struct manner_of_text m = manner_now(b);
    if (l->kind == ELEMENT_BR)
        gather_line_end(b->gather, &m);
    else if (l->kind == ELEMENT_IMG)
        add_picture(b, picture_of(b, l, nearest_block(b)->width_pt), l, parent);
}
