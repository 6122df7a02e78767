#include "layout/builder.h"
#include "layout/initial.h"

struct level *top_level(struct builder *b)
{
    return &b->levels[b->depth - 1];
}

struct level *push_level(struct builder *b)
{
    b->levels = arena_room(b->arena, b->levels, b->depth, &b->capacity, sizeof *b->levels);
    struct level *l = &b->levels[b->depth++];
    *l = (struct level){0};
    return l;
}

struct level *nearest_block(struct builder *b)
{
    uint32_t i = b->depth - 1;
    while (!b->levels[i].block)
        i--;
    return &b->levels[i];
}

float length_at(struct length l, float base)
{
    return l.automatic ? 0 : l.pt + l.percent * base / 100;
}

struct block *add_block(struct builder *b, enum block_kind kind)
{
    if (b->asides && b->out == b->main)
        stand_beside(b, kind);
    struct block_list *list = b->out;
    list->blocks = arena_room(b->arena, list->blocks, list->count, &list->capacity, sizeof *list->blocks);
    struct block *k = &list->blocks[list->count++];
    const struct level *l = nearest_block(b);
    *k = (struct block){.kind = kind,
                        .gap = b->gap,
                        .space_pt = b->space_pt,
                        .x_pt = l->x_pt,
                        .page = b->page,
                        .group = b->group,
                        .whole = l->whole,
                        .columns = b->in_cell ? NULL : b->columns,
                        .clear = b->clear,
                        .page_number = b->page_number};
    if (kind == BLOCK_PARAGRAPH && b->out == b->main) {
        k->asides = b->asides;
        b->asides = NULL;
    }
    b->clear = CLEAR_NONE;
    b->page_number = 0;
    b->gap = GAP_FREE;
    b->space_pt = 0;
    b->group = false;
    return k;
}

void add_unit(struct builder *b, struct unit u)
{
    struct flow *f = b->flow;
    f->units = arena_room(b->arena, f->units, f->unit_count, &f->unit_capacity, sizeof *f->units);
    f->units[f->unit_count++] = u;
}

/* Margins that meet become the larger one; negative ones are added (CSS 2.2 §8.3.1). */
void add_margin(struct builder *b, float margin)
{
    if (margin < 0)
        b->space_pt += margin;
    else if (margin > b->space_pt)
        b->space_pt = margin;
}

/* Margins below what ends a page are cut off there (CSS Fragmentation 3 §5.2). */
void force_page(struct builder *b)
{
    if (b->gap >= GAP_PAGE)
        return;
    b->gap = GAP_PAGE;
    b->space_pt = 0;
}

void want_gap(struct builder *b, enum break_rule rule)
{
    static const enum gap gaps[] = {
        [BREAK_AUTO] = GAP_FREE,   [BREAK_AVOID] = GAP_AVOID,  [BREAK_PAGE] = GAP_PAGE,
        [BREAK_LEFT] = GAP_VERSO,  [BREAK_RIGHT] = GAP_RECTO,  [BREAK_RECTO] = GAP_RECTO,
        [BREAK_VERSO] = GAP_VERSO, [BREAK_COLUMN] = GAP_COLUMN};
    if (gaps[rule] >= GAP_PAGE)
        force_page(b);
    if (gaps[rule] > b->gap)
        b->gap = gaps[rule];
}

void add_padding(struct builder *b, float height)
{
    if (height > 0)
        add_block(b, BLOCK_SPACE)->height_pt = height;
}

/* A marker inside of its item is text like the other. */
static void begin_with_marker(struct builder *b, struct paragraph *p)
{
    const struct marker *k = p->marker;
    struct manner_of_text m = {.style = k->style, .language = p->language, .tag = k->tag, .seq = k->seq};
    struct place where = tree_place(b->document, p->element);
    p->marker = NULL;
    gather_text(b->gather, &m, text_of(arena_printf(b->arena, "%s ", k->text)), NULL, &where);
}

static void hang_on(struct builder *b, struct paragraph *p)
{
    *b->strings_end = b->counts;
    p->strings = b->strings;
    b->strings = b->counts = NULL;
    b->strings_end = &b->strings;
    p->marker = b->marker;
    b->marker = NULL;
    if (p->marker)
        p->marker->x_pt -= nearest_block(b)->x_pt;
    if (p->marker && p->marker->inside)
        begin_with_marker(b, p);
    for (struct anchor *n = b->anchors; n; n = n->next)
        gather_anchor(b->gather, n->name, n->tag);
    b->anchors = NULL;
    b->anchors_end = &b->anchors;
}

/* The initial letter that a style asks for at the element's first paragraph; the letter itself is known when
 * it is set. */
static struct initial *initial_for(struct builder *b, const struct level *l)
{
    const struct style *s = l->began ? NULL : style_of(b->styles, l->node, PSEUDO_FIRST_LETTER, l->style);
    b->letter = s && s->initial_size <= 1 ? s : NULL;
    if (!s || b->letter)
        return NULL;
    struct place where = tree_place(b->document, l->node);
    struct initial *i = arena_alloc(b->arena, sizeof *i);
    i->style = s;
    i->face = gather_face(b->gather, s, &where);
    return i;
}

/* Opens a paragraph in the nearest block when inline content comes and none is open. */
void open_paragraph(struct builder *b)
{
    if (b->gather->paragraph)
        return;
    struct level *l = nearest_block(b);
    struct paragraph *p = arena_alloc(b->arena, sizeof *p);
    p->style = l->style;
    p->element = l->node;
    p->language = l->language;
    p->from_right = l->from_right;
    struct place where = tree_place(b->document, l->node);
    p->face = gather_face(b->gather, l->style, &where);
    p->width_pt = l->width_pt;
    p->enclosed = b->in_cell > 0;
    p->indent_pt = length_at(l->style->text_indent, l->width_pt);
    p->initial = initial_for(b, l);
    l->first_style = l->began ? NULL : style_of(b->styles, l->node, PSEUDO_FIRST_LINE, l->style);
    l->began = true;
    p->first_line = l->first_style;
    struct block *k = add_block(b, BLOCK_PARAGRAPH);
    k->paragraph = p;
    p->space_pt = k->space_pt;
    if (!b->in_cell)
        add_unit(b, (struct unit){p, NULL});
    l->text_tag = l->silent                           ? 0
                  : tag_takes_text(b->tagger, l->tag) ? l->tag
                                                      : tag_add(b->tagger, TAG_P, l->tag);
    gather_open(b->gather, p);
    hang_on(b, p);
}

void close_paragraph(struct builder *b)
{
    if (b->gather->paragraph)
        gather_close(b->gather);
}

/* The structure element that text of this level belongs to. */
uint32_t content_tag(const struct level *l)
{
    return l->block ? l->text_tag : l->tag;
}

struct manner_of_text manner_now(struct builder *b)
{
    const struct level *l = top_level(b);
    const struct paragraph *p = b->gather->paragraph;
    bool boxed_here = l->box && l->box->paragraph == p, ruby_here = l->ruby && l->ruby->paragraph == p;
    return (struct manner_of_text){.style = l->style,
                                   .language = l->language,
                                   .tag = content_tag(l),
                                   .seq = tag_next(b->tagger),
                                   .raise_pt = l->raise_pt,
                                   .link = l->link,
                                   .call = l->call,
                                   .first_style = l->first_style,
                                   .box = boxed_here ? l->box : NULL,
                                   .ruby = ruby_here ? l->ruby : NULL,
                                   .part = l->ruby_part};
}

void want_anchor(struct builder *b, const xmlNode *n, uint32_t tag)
{
    const char *id = tree_get(n, "id");
    if (!id)
        return;
    if (b->gather->paragraph) {
        gather_anchor(b->gather, id, tag);
        return;
    }
    struct anchor *a = arena_alloc(b->arena, sizeof *a);
    *a = (struct anchor){0, id, tag, NULL};
    *b->anchors_end = a;
    b->anchors_end = &a->next;
}
