#include "layout/flow.h"
#include "layout/counters.h"
#include "layout/gather.h"
#include "layout/numbering.h"
#include "layout/tagging.h"
#include <math.h>

/* An element that is open while the tree is walked. */
struct level {
    xmlNode *node;
    enum element kind;
    const struct style *style;
    bool block;           /* else inline */
    float x_pt, width_pt; /* of a block's content */
    uint32_t tag;         /* its structure element */
    uint32_t text_tag;    /* blocks: the element that holds the open paragraph's text */
    const char *language;
    const struct link *link; /* inline: in force */
    float raise_pt;          /* inline: in force */
    bool call;
    int number, step;         /* lists: of the next item */
    bool boxed;               /* paints a background or border */
    bool whole;               /* break-inside: avoid, here or above */
    struct block_list *outer; /* where blocks go again when it closes */
    uint32_t first_block;     /* tables: in the outer list, of the caption or the table */
    bool has_block;           /* tables: the block is there */
    const char *page;         /* the name of the pages it stands on */
    uint32_t step_first;      /* block-step-size: its first block in the outer list */
};

struct builder {
    struct arena *arena;
    const struct document *document;
    struct styles *styles;
    const struct flow_options *options;
    struct flow *flow;
    struct gather *gather;
    struct tagger *tagger;
    struct level *levels;
    uint32_t depth, capacity;
    struct block_list *out; /* where blocks go now */
    float space_pt;         /* margin that waits for the next block */
    enum gap gap;           /* rule for the break before the next block */
    bool group;
    const char *page;
    struct string_mark *strings, **strings_end; /* wait for the next paragraph */
    struct anchor *anchors, **anchors_end;      /* likewise */
    struct marker *marker;                      /* likewise */
    struct table *table;                        /* the innermost open one */
    struct hash *called;                        /* names of the notes that have been called */
    struct counters *counters;
    int in_cell;         /* how many cells are open around */
    uint32_t figure_tag; /* of the open figure; 0: none */
};

static struct level *top(struct builder *b)
{
    return &b->levels[b->depth - 1];
}

static struct level *push(struct builder *b)
{
    if (b->depth == b->capacity) {
        uint32_t capacity = b->capacity ? b->capacity * 2 : 64;
        struct level *levels = arena_array(b->arena, capacity, sizeof *levels);
        for (uint32_t i = 0; i < b->depth; i++)
            levels[i] = b->levels[i];
        b->levels = levels;
        b->capacity = capacity;
    }
    struct level *l = &b->levels[b->depth++];
    *l = (struct level){0};
    return l;
}

static struct level *nearest_block(struct builder *b)
{
    uint32_t i = b->depth - 1;
    while (!b->levels[i].block)
        i--;
    return &b->levels[i];
}

/* ---- blocks */

static float resolve(struct length l, float base)
{
    return l.automatic ? 0 : l.pt + l.percent * base / 100;
}

static struct block *add_block(struct builder *b, enum block_kind kind)
{
    struct block_list *list = b->out;
    if (list->count == list->capacity) {
        uint32_t capacity = list->capacity ? list->capacity * 2 : 8;
        struct block *blocks = arena_array(b->arena, capacity, sizeof *blocks);
        for (uint32_t i = 0; i < list->count; i++)
            blocks[i] = list->blocks[i];
        list->blocks = blocks;
        list->capacity = capacity;
    }
    struct block *k = &list->blocks[list->count++];
    const struct level *l = nearest_block(b);
    *k = (struct block){.kind = kind,
                        .gap = b->gap,
                        .space_pt = b->space_pt,
                        .x_pt = l->x_pt,
                        .page = b->page,
                        .group = b->group,
                        .whole = l->whole};
    b->gap = GAP_FREE;
    b->space_pt = 0;
    b->group = false;
    return k;
}

static void add_unit(struct builder *b, struct unit u)
{
    struct flow *f = b->flow;
    if (f->unit_count == f->unit_capacity) {
        uint32_t capacity = f->unit_capacity ? f->unit_capacity * 2 : 64;
        struct unit *units = arena_array(b->arena, capacity, sizeof *units);
        for (uint32_t i = 0; i < f->unit_count; i++)
            units[i] = f->units[i];
        f->units = units;
        f->unit_capacity = capacity;
    }
    f->units[f->unit_count++] = u;
}

/* Margins that meet become the larger one; negative ones are added (CSS 2.2 §8.3.1). */
static void add_margin(struct builder *b, float margin)
{
    if (margin < 0)
        b->space_pt += margin;
    else if (margin > b->space_pt)
        b->space_pt = margin;
}

static void want_gap(struct builder *b, enum break_rule rule)
{
    static const enum gap gaps[] = {
        [BREAK_AUTO] = GAP_FREE,  [BREAK_AVOID] = GAP_AVOID, [BREAK_PAGE] = GAP_PAGE,
        [BREAK_LEFT] = GAP_VERSO, [BREAK_RIGHT] = GAP_RECTO, [BREAK_RECTO] = GAP_RECTO,
        [BREAK_VERSO] = GAP_VERSO};
    if (gaps[rule] > b->gap)
        b->gap = gaps[rule];
}

static void add_padding(struct builder *b, float height)
{
    if (height > 0)
        add_block(b, BLOCK_SPACE)->height_pt = height;
}

/* ---- paragraphs */

static void hang_on(struct builder *b, struct paragraph *p)
{
    p->strings = b->strings;
    b->strings = NULL;
    b->strings_end = &b->strings;
    p->marker = b->marker;
    b->marker = NULL;
    for (struct anchor *n = b->anchors; n; n = n->next)
        gather_anchor(b->gather, n->name, n->tag);
    b->anchors = NULL;
    b->anchors_end = &b->anchors;
}

/* Opens a paragraph in the nearest block when inline content comes and none is open. */
static void open_paragraph(struct builder *b)
{
    if (b->gather->paragraph)
        return;
    struct level *l = nearest_block(b);
    struct paragraph *p = arena_alloc(b->arena, sizeof *p);
    p->style = l->style;
    p->element = l->node;
    p->language = l->language;
    struct place where = tree_place(b->document, l->node);
    p->face = gather_face(b->gather, l->style, &where);
    p->width_pt = l->width_pt;
    p->indent_pt = resolve(l->style->text_indent, l->width_pt);
    struct block *k = add_block(b, BLOCK_PARAGRAPH);
    k->paragraph = p;
    if (!b->in_cell)
        add_unit(b, (struct unit){p, NULL});
    l->text_tag = tag_takes_text(b->tagger, l->tag) ? l->tag : tag_add(b->tagger, TAG_P, l->tag);
    gather_open(b->gather, p);
    hang_on(b, p);
}

static void close_paragraph(struct builder *b)
{
    if (b->gather->paragraph)
        gather_close(b->gather);
}

/* The structure element that text of this level belongs to. */
static uint32_t content_tag(const struct level *l)
{
    return l->block ? l->text_tag : l->tag;
}

static struct manner_of_text manner_now(struct builder *b)
{
    const struct level *l = top(b);
    return (struct manner_of_text){.style = l->style,
                                   .language = l->language,
                                   .tag = content_tag(l),
                                   .seq = tag_next(b->tagger),
                                   .raise_pt = l->raise_pt,
                                   .link = l->link,
                                   .call = l->call};
}

/* ---- generated content */

/* Adds what one part of `content` says, when text alone can say it. */
static void content_text(struct builder *b, const xmlNode *n, const struct content *c, struct buf *out)
{
    if (c->kind == CONTENT_STRING)
        buf_string(out, c->text);
    else if (c->kind == CONTENT_ATTR)
        buf_string(out, tree_get(n, c->text) ? tree_get(n, c->text) : "");
    else if (c->kind == CONTENT_OPEN_QUOTE)
        buf_string(out, "“");
    else if (c->kind == CONTENT_CLOSE_QUOTE)
        buf_string(out, "”");
    else if (c->kind == CONTENT_COUNTER)
        buf_string(out, number_format(b->arena, counters_value(b->counters, c->text), c->style));
    else if (c->kind == CONTENT_TEXT)
        tree_plain_text(b->document, n, out);
    else if (c->kind == CONTENT_TARGET_COUNTER) {
        const char *href = tree_get(n, "href");
        const char *label = href && href[0] == '#' && b->options->label_of
                                ? b->options->label_of(href + 1, b->options->user)
                                : NULL;
        buf_string(out, label ? label : "");
    }
}

/* What follows a leader stands at the end of the last line. */
static void add_tail(struct builder *b, const xmlNode *n, const struct style *s, const struct content *leader)
{
    struct buf *text = buf_new(b->arena);
    for (const struct content *c = leader->next; c; c = c->next)
        content_text(b, n, c, text);
    struct manner_of_text m = manner_now(b);
    struct place where = tree_place(b->document, n);
    struct tail *t = arena_alloc(b->arena, sizeof *t);
    *t = (struct tail){leader->text,
                       text_copy(b->arena, buf_view(text)),
                       s,
                       gather_face(b->gather, s, &where),
                       m.link,
                       m.tag,
                       m.seq};
    b->gather->paragraph->tail = t;
}

static void generated(struct builder *b, const xmlNode *n, enum pseudo which, const struct style *parent)
{
    const struct style *s = style_of(b->styles, n, which, parent);
    if (!s || !s->content)
        return;
    struct buf *text = buf_new(b->arena);
    const struct content *c = s->content;
    for (; c && c->kind != CONTENT_LEADER; c = c->next)
        content_text(b, n, c, text);
    if (!text->length && !c)
        return;
    open_paragraph(b);
    struct manner_of_text m = manner_now(b);
    m.style = s;
    struct place where = tree_place(b->document, n);
    if (text->length)
        gather_text(b->gather, &m, buf_view(text), NULL, &where);
    if (c)
        add_tail(b, n, s, c);
}

static void set_strings(struct builder *b, const xmlNode *n, const struct style *s)
{
    for (const struct string_set *set = s->string_set; set; set = set->next) {
        struct buf *value = buf_new(b->arena);
        for (const struct content *c = set->value; c; c = c->next)
            content_text(b, n, c, value);
        struct string_mark *m = arena_alloc(b->arena, sizeof *m);
        *m = (struct string_mark){set->name, arena_copy(b->arena, buf_view(value).at, value->length), NULL};
        *b->strings_end = m;
        b->strings_end = &m->next;
    }
}

/* ---- what elements mean for tags, links, lists */

static void want_anchor(struct builder *b, const xmlNode *n, uint32_t tag)
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

/* The title on a book's title page is no entry of the outline: the chapters are. */
static bool titles_book(const struct builder *b, const xmlNode *n)
{
    return tree_has_word(b->document->body, "class", "book") &&
           tree_has_word(n->parent, "class", "title-block");
}

static void add_outline(struct builder *b, const xmlNode *n, int level)
{
    const char *id = tree_get(n, "id");
    if (!id)
        return;
    struct flow *f = b->flow;
    if (f->outline_count == f->outline_capacity) {
        uint32_t capacity = f->outline_capacity ? f->outline_capacity * 2 : 32;
        struct outline_entry *more = arena_array(b->arena, capacity, sizeof *more);
        for (uint32_t i = 0; i < f->outline_count; i++)
            more[i] = f->outline[i];
        f->outline = more;
        f->outline_capacity = capacity;
    }
    struct buf *title = buf_new(b->arena);
    tree_plain_text(b->document, n, title);
    f->outline[f->outline_count++] =
        (struct outline_entry){text_copy(b->arena, text_trim(buf_view(title))), level, id};
}

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

static void number_item(struct builder *b, struct level *item, struct level *list)
{
    const char *value = tree_get(item->node, "value");
    if (value)
        list->number = atoi(value);
    int n = list->number;
    list->number += list->step;
    const struct style *s = style_of(b->styles, item->node, PSEUDO_MARKER, item->style);
    if (!s)
        s = item->style;
    if (item->style->list_style == COUNTER_NONE || item->style->display != DISPLAY_LIST_ITEM)
        return;
    const char *text = number_format(b->arena, n, item->style->list_style);
    bool bullet = item->style->list_style >= COUNTER_DISC && item->style->list_style <= COUNTER_DASH;
    if (!bullet)
        text = arena_printf(b->arena, "%s.", text);
    struct marker *m = arena_alloc(b->arena, sizeof *m);
    struct place where = tree_place(b->document, item->node);
    m->text = text;
    m->style = s;
    m->face = gather_face(b->gather, s, &where);
    m->tag = tag_label(b->tagger, item->tag);
    m->seq = tag_next(b->tagger);
    b->marker = m;
}

static void begin_list(struct level *l)
{
    const char *start = tree_get(l->node, "start");
    l->step = tree_get(l->node, "reversed") ? -1 : 1;
    l->number = start ? atoi(start) : 1;
    if (!start && l->step < 0) {
        l->number = 0;
        for (const xmlNode *c = l->node->children; c; c = c->next)
            l->number += tree_kind(c) == ELEMENT_LI;
    }
}

/* ---- tables */

static void begin_table(struct builder *b, struct level *l)
{
    b->table = table_begin(b->arena, l->style, l->node, b->table, l->width_pt);
    l->first_block = b->out->count;
}

/* The block stands where the first row does, below the caption; unless the style wants the caption below. */
static void add_table(struct builder *b, struct level *l)
{
    l->has_block = true;
    bool captioned = b->out->count > l->first_block;
    if (captioned)
        b->gap = GAP_AVOID;
    struct block *k = add_block(b, BLOCK_TABLE);
    k->table = b->table;
    k->x_pt = l->x_pt;
    k->whole = l->whole;
    if (!b->in_cell)
        add_unit(b, (struct unit){NULL, b->table});
    if (!captioned || !l->style->caption_bottom)
        return;
    struct block *first = &b->out->blocks[l->first_block], table = *k;
    table.space_pt = first->space_pt;
    table.gap = first->gap;
    first->gap = GAP_AVOID;
    first->space_pt = k->space_pt;
    memmove(first + 1, first, (b->out->count - 1 - l->first_block) * sizeof *first);
    *first = table;
}

static bool groups_rows(const struct level *l)
{
    return l->kind == ELEMENT_THEAD || l->kind == ELEMENT_TBODY || l->kind == ELEMENT_TFOOT ||
           l->kind == ELEMENT_COLGROUP;
}

static void begin_row(struct builder *b, struct level *l)
{
    struct level *table = l;
    while (table->kind != ELEMENT_TABLE && table > b->levels)
        table--;
    if (!table->has_block && table->kind == ELEMENT_TABLE)
        add_table(b, table);
    const struct level *group = groups_rows(l - 1) ? l - 1 : NULL;
    table_add_row(b->arena, b->table, l->style, group ? group->style : NULL, l->node);
}

static void begin_cell(struct builder *b, struct level *l)
{
    l->outer = b->out;
    b->in_cell++;
    b->out = table_add_cell(b->arena, b->table, l->style, l->node);
    l->x_pt = 0;
    l->width_pt = 0;
    b->space_pt = 0;
    b->gap = GAP_FREE;
}

/* ---- the walk */

static bool is_block(const struct style *s)
{
    return s->display != DISPLAY_INLINE && s->display != DISPLAY_INLINE_BLOCK;
}

static void open_box(struct builder *b, struct level *l)
{
    const struct style *s = l->style;
    l->boxed = s->has_background || s->border_pt[SIDE_TOP] > 0 || s->border_pt[SIDE_BOTTOM] > 0 ||
               s->border_pt[SIDE_LEFT] > 0 || s->border_pt[SIDE_RIGHT] > 0;
    float padding = resolve(s->padding[SIDE_TOP], l->width_pt) + s->border_pt[SIDE_TOP];
    float left = resolve(s->padding[SIDE_LEFT], l->width_pt) + s->border_pt[SIDE_LEFT];
    float right = resolve(s->padding[SIDE_RIGHT], l->width_pt) + s->border_pt[SIDE_RIGHT];
    if (l->boxed) {
        struct box *box = arena_alloc(b->arena, sizeof *box);
        *box = (struct box){s, l->x_pt, l->width_pt};
        struct block *k = add_block(b, BLOCK_OPEN);
        k->box = box;
        b->gap = GAP_AVOID;
    }
    if (padding > 0) {
        add_padding(b, padding);
        b->gap = GAP_AVOID;
    }
    l->x_pt += left;
    l->width_pt -= left + right;
}

static bool is_cell(const struct level *l)
{
    return l->kind == ELEMENT_TD || l->kind == ELEMENT_TH;
}

static void place_block(struct level *l, const struct level *parent)
{
    const struct style *s = l->style;
    float left = resolve(s->margin[SIDE_LEFT], parent->width_pt),
          right = resolve(s->margin[SIDE_RIGHT], parent->width_pt);
    l->x_pt = parent->x_pt + left;
    l->width_pt = parent->width_pt - left - right;
    float wanted = l->width_pt;
    if (!s->width.automatic && l->kind != ELEMENT_TABLE)
        wanted = resolve(s->width, parent->width_pt);
    if (!s->max_width.automatic && resolve(s->max_width, parent->width_pt) < wanted)
        wanted = resolve(s->max_width, parent->width_pt);
    if (wanted <= 0 || parent->width_pt <= 0)
        return; /* in a cell widths are not known yet */
    float rest = l->width_pt - wanted;
    if (s->margin[SIDE_LEFT].automatic)
        l->x_pt += s->margin[SIDE_RIGHT].automatic ? rest / 2 : rest;
    l->width_pt = wanted;
}

/* An element whose page is of another name than the one before begins a page, and a group of pages (CSS Paged
 * Media 3 §8). */
static void choose_page(struct builder *b, struct level *l, const struct level *parent)
{
    l->page = l->style->page && *l->style->page ? l->style->page : parent->page;
    bool begins = l->style->page && *l->style->page && strcmp(l->style->page, parent->page) != 0;
    if (strcmp(l->page, b->page) != 0 && b->out->count && b->gap < GAP_PAGE)
        b->gap = GAP_PAGE;
    if (begins || strcmp(l->page, b->page) != 0)
        b->group = true;
    b->page = l->page;
}

static void enter_block(struct builder *b, struct level *l)
{
    const struct style *s = l->style;
    close_paragraph(b);
    struct level *parent = l - 1;
    while (!parent->block)
        parent--;
    l->block = true;
    l->whole = parent->whole || s->break_inside == BREAK_AVOID;
    l->tag = tag_for_block(b->tagger, l->node, l->kind, s, parent->tag);
    tag_language(b->tagger, l->tag, l->language, parent->language);
    place_block(l, parent);
    want_gap(b, s->break_before);
    choose_page(b, l, parent);
    add_margin(b, resolve(s->margin[SIDE_TOP], parent->width_pt));
    set_strings(b, l->node, s);
    l->step_first = b->out->count;
    if (is_cell(l) && b->table)
        begin_cell(b, l);
    else if (l->kind == ELEMENT_TABLE)
        begin_table(b, l);
    else if (l->kind == ELEMENT_TR && b->table)
        begin_row(b, l);
    else if (!groups_rows(l))
        open_box(b, l);
    want_anchor(b, l->node, l->tag);
    if (element_is(l->kind, ELEMENT_IS_HEADING) && !titles_book(b, l->node))
        add_outline(b, l->node, (int)l->kind - (int)ELEMENT_H1 + 1);
    if (l->kind == ELEMENT_OL || l->kind == ELEMENT_UL)
        begin_list(l);
    if (l->kind == ELEMENT_LI && (parent->kind == ELEMENT_OL || parent->kind == ELEMENT_UL))
        number_item(b, l, parent);
    l->tag = tag_body(b->tagger, l->tag);
    if (l->kind == ELEMENT_HR) {
        struct block *k = add_block(b, BLOCK_RULE);
        k->rule = s;
        k->width_pt = l->width_pt;
        k->x_pt = l->x_pt;
    }
}

static float raise_of(const struct style *s, const struct style *parent, float raise)
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

static void add_picture(struct builder *b, struct level *l, const struct level *parent);

/* The first call of a note brings it to its page's foot. */
static void call_note(struct builder *b, const char *name)
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

static void enter_inline(struct builder *b, struct level *l, const struct level *parent)
{
    open_paragraph(b);
    l->link = parent->link;
    l->raise_pt = raise_of(l->style, parent->style, parent->raise_pt);
    l->call = parent->call;
    uint32_t outer = content_tag(parent);
    l->tag = tag_for_inline(b->tagger, l->node, l->kind, outer);
    if (l->language != parent->language) {
        if (l->tag == outer)
            l->tag = tag_add(b->tagger, TAG_SPAN, outer);
        tag_language(b->tagger, l->tag, l->language, parent->language);
    }
    if (l->kind == ELEMENT_A) {
        const struct link *link = link_of(b, l->node, l->tag);
        if (link)
            l->link = link;
        bool call = tree_has_word(l->node, "role", "doc-noteref");
        l->call = call || tree_has_word(l->node, "role", "doc-backlink");
        if (call && link && link->target && b->options->notes_at_foot)
            call_note(b, link->target);
    }
    want_anchor(b, l->node, l->tag);
    struct manner_of_text m = manner_now(b);
    if (l->kind == ELEMENT_BR)
        gather_line_end(b->gather, &m);
    else if (l->kind == ELEMENT_IMG)
        add_picture(b, l, parent);
}

/* The picture's natural size, made smaller (never larger) to fit the column, in the box that its style gives.
 */
static void size_picture(const struct builder *b, const struct style *s, float available, struct picture *p)
{
    const struct resource *r = p->resource;
    double dpi = r->dpi >= 72 ? r->dpi : 96;
    double w = r->width_px * 72.0 / dpi, h = r->height_px * 72.0 / dpi;
    if (w <= 0 || h <= 0)
        w = h = s->size_pt;
    double ratio = h / w;
    if (!s->width.automatic)
        w = resolve(s->width, available), h = w * ratio;
    if (!s->height.automatic)
        h = s->height.pt, w = s->width.automatic ? h / ratio : w;
    double most_w = s->max_width.automatic ? available : fmin(available, resolve(s->max_width, available));
    double most_h = b->options->height_pt - 2 * s->line_height_pt;
    if (!s->max_height.automatic && s->max_height.pt > 0)
        most_h = fmin(most_h, s->max_height.pt);
    double scale = fmin(1, fmin(most_w > 0 ? most_w / w : 1, most_h / h));
    p->width_pt = w * scale;
    p->height_pt = h * scale;
}

static void add_picture(struct builder *b, struct level *l, const struct level *parent)
{
    const char *src = tree_get(l->node, "src");
    const struct resource *r = src ? hash_find(b->document->resource_of, text_of(src)) : NULL;
    struct manner_of_text m = manner_now(b);
    struct place where = tree_place(b->document, l->node);
    const char *alt = tree_get(l->node, "alt");
    if (!r) {
        if (alt && *alt)
            gather_text(b->gather, &m, text_of(alt), NULL, &where);
        return;
    }
    struct picture *p = arena_alloc(b->arena, sizeof *p);
    p->resource = r;
    p->tag = tag_picture(b->tagger, l->node, b->figure_tag, content_tag(parent));
    p->seq = m.seq;
    size_picture(b, l->style, nearest_block(b)->width_pt, p);
    gather_picture(b->gather, &m, p);
}

/* Notes that stand at the page's foot leave the flow: each item is a list of its own, found by its id. */
static void begin_note(struct builder *b, struct level *l)
{
    const char *id = tree_get(l->node, "id");
    if (!id)
        return;
    struct block_list *list = arena_alloc(b->arena, sizeof *list);
    hash_put(b->flow->notes, text_of(id), list);
    l->outer = b->out;
    b->out = list;
    b->space_pt = 0;
    b->gap = GAP_FREE;
}

static void enter_text(struct builder *b, xmlNode *n)
{
    struct text t = text_of((const char *)n->content);
    if (!b->gather->paragraph && !text_trim(t).length)
        return;
    open_paragraph(b);
    struct manner_of_text m = manner_now(b);
    struct place where = tree_place(b->document, n);
    gather_text(b->gather, &m, t, n, &where);
}

/* The head of the notes' section has nothing to stand above when the notes are at the pages' feet. */
static bool heads_endnotes(const xmlNode *n)
{
    return element_is(tree_kind(n), ELEMENT_IS_HEADING) && n->parent->type == XML_ELEMENT_NODE &&
           tree_has_word(n->parent, "role", "doc-endnotes");
}

static enum walk enter(xmlNode *n, void *user)
{
    struct builder *b = user;
    if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE)
        enter_text(b, n);
    if (n->type != XML_ELEMENT_NODE)
        return WALK_SKIP;
    const struct style *s = style_of(b->styles, n, PSEUDO_NONE, top(b)->style);
    if (s->display == DISPLAY_NONE || (b->options->notes_at_foot && heads_endnotes(n)))
        return WALK_SKIP;
    struct level *l = push(b);
    const struct level *parent = l - 1;
    l->node = n;
    l->kind = tree_kind(n);
    l->style = s;
    const char *language = tree_get(n, "lang");
    l->language = language && strcmp(language, parent->language) != 0 ? language : parent->language;
    counters_enter(b->counters, s);
    if (is_block(s))
        enter_block(b, l);
    else
        enter_inline(b, l, parent);
    l = top(b);
    if (l->kind == ELEMENT_FIGURE)
        b->figure_tag = l->tag;
    if (b->options->notes_at_foot && tag_is(b->tagger, l->tag, TAG_NOTE) && l->kind == ELEMENT_LI)
        begin_note(b, l);
    generated(b, n, PSEUDO_BEFORE, s);
    return WALK_ON;
}

static void leave_block(struct builder *b, struct level *l)
{
    const struct style *s = l->style;
    close_paragraph(b);
    if (b->marker && l->kind == ELEMENT_LI) { /* an item without content still shows its number */
        open_paragraph(b);
        close_paragraph(b);
    }
    if (l->kind == ELEMENT_TABLE)
        b->table = b->table->outer;
    if (l->kind != ELEMENT_TABLE && !is_cell(l) && l->kind != ELEMENT_TR && !groups_rows(l)) {
        float padding = resolve(s->padding[SIDE_BOTTOM], l->width_pt) + s->border_pt[SIDE_BOTTOM];
        if (padding > 0) {
            b->gap = GAP_AVOID;
            add_padding(b, padding);
        }
        if (l->boxed) {
            b->gap = GAP_AVOID;
            add_block(b, BLOCK_CLOSE);
        }
    }
    if ((s->floats == FLOAT_TOP || s->floats == FLOAT_BOTTOM) && !l->outer && !b->in_cell &&
        b->out->count > l->step_first)
        b->out->blocks[l->step_first].float_blocks = b->out->count - l->step_first;
    if (s->block_step_pt > 0 && !l->outer && b->out->count > l->step_first) {
        struct block *first = &b->out->blocks[l->step_first];
        first->step_pt = s->block_step_pt;
        first->step_count = b->out->count - l->step_first;
    }
    if (l->outer) {
        b->in_cell -= is_cell(l);
        b->out = l->outer;
        b->space_pt = 0;
        b->gap = GAP_FREE;
    }
    add_margin(b, resolve(s->margin[SIDE_BOTTOM], l->width_pt));
    want_gap(b, s->break_after);
    if (l->kind == ELEMENT_FIGURE)
        b->figure_tag = 0;
}

static void leave(xmlNode *n, void *user)
{
    struct builder *b = user;
    struct level *l = top(b);
    generated(b, n, PSEUDO_AFTER, l->style);
    l = top(b);
    if (l->block)
        leave_block(b, l);
    counters_leave(b->counters);
    b->depth--;
}

struct builder *flow_begin(struct arena *a, const struct document *d, struct styles *s, struct fonts *f,
                           const struct flow_options *o)
{
    struct builder *b = arena_alloc(a, sizeof *b);
    *b = (struct builder){.arena = a, .document = d, .styles = s, .options = o, .page = ""};
    b->flow = arena_alloc(a, sizeof *b->flow);
    b->flow->notes = hash_new(a);
    b->called = hash_new(a);
    b->counters = counters_new(a);
    const struct style *root = style_of(s, d->root, PSEUDO_NONE, NULL);
    counters_enter(b->counters, root);
    counters_enter(b->counters, style_of(s, d->body, PSEUDO_NONE, root));
    b->gather = gather_new(a, f);
    b->tagger = tagger_new(a, d);
    b->strings_end = &b->strings;
    b->anchors_end = &b->anchors;
    return b;
}

/* The levels that stand around `top`: the root and the body. */
static void push_outer(struct builder *b, xmlNode *n, const struct style *parent)
{
    struct level *l = push(b);
    l->node = n;
    l->kind = tree_kind(n);
    l->style = style_of(b->styles, n, PSEUDO_NONE, parent);
    l->block = true;
    l->width_pt = b->options->width_pt;
    l->page = l->style->page ? l->style->page : "";
    l->language = b->document->meta.language;
    l->tag = tag_root(b->tagger);
}

void flow_add(struct builder *b, xmlNode *n, struct block_list *into)
{
    static const struct walker walker = {enter, leave};
    b->out = into;
    b->depth = 0;
    push_outer(b, n->parent->parent, NULL);
    push_outer(b, n->parent, top(b)->style);
    tree_walk(n, &walker, b);
    close_paragraph(b);
}

void flow_leave_gap(struct builder *b)
{
    tag_leave_gap(b->tagger);
}

void flow_fill_gap(struct builder *b)
{
    tag_fill_gap(b->tagger);
    b->page = "";
    b->space_pt = 0;
    b->gap = GAP_FREE;
}

struct flow *flow_so_far(struct builder *b)
{
    tagger_finish(b->tagger, &b->flow->tags, &b->flow->tag_count);
    return b->flow;
}
