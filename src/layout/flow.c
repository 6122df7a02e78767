#include "layout/flow.h"
#include "document/direction.h"
#include "layout/builder.h"
#include "layout/counters.h"
#include "layout/initial.h"
#include <math.h>

/* Is it an entry of the outline? The title on a title page is none: the chapters are. Nor is what a note has
 * for a heading, whose tag is none. */
static bool is_outlined(const struct builder *b, const struct level *l)
{
    bool titles_pages = tree_has_word(l->node->parent, "class", "title-page");
    return element_is(l->kind, ELEMENT_IS_HEADING) && !titles_pages && !tag_is(b->tagger, l->tag, TAG_P);
}

static enum outline_kind outline_kind_of(const xmlNode *heading)
{
    static const struct {
        const char *class;
        enum outline_kind kind;
    } kinds[] = {{"dedication", OUTLINE_OPENING}, {"epigraph", OUTLINE_OPENING}, {"part", OUTLINE_PART},
                 {"frontmatter", OUTLINE_FRONT},  {"backmatter", OUTLINE_BACK},  {"endnotes", OUTLINE_BACK},
                 {"chapter", OUTLINE_CHAPTER}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (tree_has_word(heading->parent, "class", kinds[i].class))
            return kinds[i].kind;
    return OUTLINE_HEADING;
}

static void add_outline(struct builder *b, const xmlNode *n, int level)
{
    const char *id = tree_get(n, "id");
    if (!id)
        return;
    struct flow *f = b->flow;
    f->outline = arena_room(b->arena, f->outline, f->outline_count, &f->outline_capacity, sizeof *f->outline);
    struct buf *title = buf_new(b->arena);
    tree_plain_text(b->document, n, title);
    const xmlNode *below = tree_heading_title(n);
    if (below) {
        buf_string(title, text_ends(text_trim(buf_view(title)), ".") ? " " : ". ");
        tree_plain_text(b->document, below, title);
    }
    f->outline[f->outline_count++] = (struct outline_entry){text_copy(b->arena, text_trim(buf_view(title))),
                                                            level, id, outline_kind_of(n)};
}

static bool is_block(const struct style *s)
{
    return s->display != DISPLAY_INLINE && s->display != DISPLAY_INLINE_BLOCK &&
           s->display != DISPLAY_RUBY_TEXT;
}

static void open_box(struct builder *b, struct level *l)
{
    const struct style *s = l->style;
    l->boxed = s->has_background || s->border_pt[SIDE_TOP] > 0 || s->border_pt[SIDE_BOTTOM] > 0 ||
               s->border_pt[SIDE_LEFT] > 0 || s->border_pt[SIDE_RIGHT] > 0;
    float padding = length_at(s->padding[SIDE_TOP], l->width_pt) + s->border_pt[SIDE_TOP];
    float left = length_at(s->padding[SIDE_LEFT], l->width_pt) + s->border_pt[SIDE_LEFT];
    float right = length_at(s->padding[SIDE_RIGHT], l->width_pt) + s->border_pt[SIDE_RIGHT];
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
    l->content_first = b->out->count;
}

/* What borders and paddings take of a block's width. */
float edges_across(const struct style *s, float width_pt)
{
    return s->border_pt[SIDE_LEFT] + s->border_pt[SIDE_RIGHT] + length_at(s->padding[SIDE_LEFT], width_pt) +
           length_at(s->padding[SIDE_RIGHT], width_pt);
}

static void place_block(struct builder *b, struct level *l, const struct level *parent)
{
    const struct style *s = l->style;
    float left = length_at(s->margin[SIDE_LEFT], parent->width_pt),
          right = length_at(s->margin[SIDE_RIGHT], parent->width_pt);
    l->x_pt = parent->x_pt + left;
    l->width_pt = parent->width_pt - left - right;
    float wanted = l->width_pt;
    if (l->set_aside)
        wanted = aside_width(b, l, parent);
    else if (l->picture)
        wanted = (float)l->picture->width_pt + edges_across(s, parent->width_pt);
    else if (!s->width.automatic && l->kind != ELEMENT_TABLE)
        wanted = length_at(s->width, parent->width_pt);
    if (!s->max_width.automatic && length_at(s->max_width, parent->width_pt) < wanted)
        wanted = length_at(s->max_width, parent->width_pt);
    if (!s->min_width.automatic && length_at(s->min_width, parent->width_pt) > wanted)
        wanted = length_at(s->min_width, parent->width_pt);
    if (wanted <= 0 || parent->width_pt <= 0)
        return; /* in a cell widths are not known yet */
    float rest = l->width_pt - wanted;
    if (l->set_aside) {
        l->x_pt += s->floats == FLOAT_RIGHT ? rest : 0;
        place_aside(l, l->x_pt - left, l->x_pt + wanted + right);
    } else if (s->margin[SIDE_LEFT].automatic)
        l->x_pt += s->margin[SIDE_RIGHT].automatic ? rest / 2 : rest;
    l->width_pt = wanted;
}

/* An element whose page is of another name than the one before begins a page, and a group of pages (CSS Paged
 * Media 3 §8). */
static void choose_page(struct builder *b, struct level *l, const struct level *parent)
{
    l->page = l->style->page && *l->style->page ? l->style->page : parent->page;
    bool begins = l->style->page && *l->style->page && strcmp(l->style->page, parent->page) != 0;
    if (strcmp(l->page, b->page) != 0 && b->out->count)
        force_page(b);
    if (begins || strcmp(l->page, b->page) != 0)
        b->group = true;
    b->page = l->page;
}

/* Nothing stands there when the notes are at the pages' feet. */
static bool holds_endnotes(const xmlNode *n)
{
    return tree_has_word(n, "role", "doc-endnotes") || tree_has_word(n->parent, "role", "doc-endnotes");
}

/* A list of notes: nothing stands in it when they are at the pages' feet. */
static bool lists_endnotes(const xmlNode *n)
{
    return tree_kind(n) == ELEMENT_OL && tree_has_word(n->parent, "role", "doc-endnotes");
}

/* What layout adds to the document's pages may be for the eye only. */
static bool unread(const struct builder *b, const xmlNode *n)
{
    return n->doc != b->document->tree && tree_has_word(n, "aria-hidden", "true");
}

/* A picture that is a block has a line of its own (CSS 2.2 §10.3.4). */
static void add_block_picture(struct builder *b, struct level *l)
{
    open_paragraph(b);
    b->gather->paragraph->indent_pt = 0;
    add_picture(b, l->picture, l, l);
    close_paragraph(b);
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
    l->silent = parent->silent || unread(b, l->node);
    l->tag = tag_for_block(b->tagger, l->node, l->kind, s, parent->tag);
    l->tag = tag_language(b->tagger, l->tag, parent->tag, l->language, parent->language);
    if (l->kind == ELEMENT_IMG && !l->picture)
        l->picture = picture_of(b, l, parent->width_pt);
    place_block(b, l, parent);
    span_columns(b, l);
    want_gap(b, s->break_before);
    choose_page(b, l, parent);
    if (!l->set_aside)
        add_margin(b, length_at(s->margin[SIDE_TOP], parent->width_pt));
    b->clear |= s->clear;
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
    if (!b->table && !(b->options->notes_at_foot && holds_endnotes(l->node)))
        begin_columns(b, l);
    want_anchor(b, l->node, l->tag);
    if (is_outlined(b, l))
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
    if (l->kind == ELEMENT_IMG)
        add_block_picture(b, l);
}

/* Notes that stand at the page's foot leave the flow: each item is a list of its own, found by its id. */
static void begin_note(struct builder *b, struct level *l)
{
    const char *id = tree_get(l->node, "id");
    if (!id)
        return;
    struct block_list *list = arena_alloc(b->arena, sizeof *list);
    list->compact = l->style->footnote_display == FOOTNOTE_COMPACT;
    hash_put(b->flow->notes, text_of(id), list);
    l->outer = b->out;
    b->out = list;
    leave_columns(b, l);
    b->space_pt = 0;
    b->gap = GAP_FREE;
}

/* The first letter with the marks before and behind it (CSS Pseudo-Elements 4 §2.2) in a style of its own.
 * Gives the rest of the text. */
static struct text gather_letter(struct builder *b, struct manner_of_text m, struct text t, xmlNode *n,
                                 const struct place *where)
{
    size_t end = first_letter_end(t);
    m.style = b->letter;
    m.first_style = NULL;
    b->letter = NULL;
    gather_text(b->gather, &m, text_slice(t, 0, end), n, where);
    b->gather->node_base = (uint32_t)end;
    return text_slice(t, end, t.length);
}

static void enter_text(struct builder *b, xmlNode *n)
{
    struct text t = text_of((const char *)n->content);
    if (!b->gather->paragraph && !text_trim(t).length)
        return;
    open_paragraph(b);
    struct manner_of_text m = manner_now(b);
    struct place where = tree_place(b->document, n);
    if (b->letter)
        t = gather_letter(b, m, t, n, &where);
    gather_text(b->gather, &m, t, n, &where);
    b->gather->node_base = 0;
}

/* The head of the notes' section has nothing to stand above when the notes are at the pages' feet. */
static bool heads_endnotes(const xmlNode *n)
{
    return tree_is_heading(n) && n->parent->type == XML_ELEMENT_NODE &&
           tree_has_word(n->parent, "role", "doc-endnotes");
}

static bool heads_parent(const xmlNode *n)
{
    return tree_is_heading(n) && !tree_element_before(n);
}

/* For those who ask what a counter is there: a section has the numbers of its head. */
static void note_counters(struct builder *b, const xmlNode *n)
{
    const char *id = tree_get(n, "id"), *parent = heads_parent(n) ? tree_get(n->parent, "id") : NULL;
    if (id)
        references_note(b->options->references, id, b->counters);
    if (parent)
        references_note(b->options->references, parent, b->counters);
}

static enum walk enter(xmlNode *n, void *user)
{
    struct builder *b = user;
    if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE)
        enter_text(b, n);
    if (n->type != XML_ELEMENT_NODE)
        return WALK_SKIP;
    const struct style *s = style_of(b->styles, n, PSEUDO_NONE, top_level(b)->style);
    if (s->display == DISPLAY_NONE || (b->options->notes_at_foot && heads_endnotes(n)))
        return WALK_SKIP;
    struct level *l = push_level(b);
    const struct level *parent = l - 1;
    l->node = n;
    l->kind = tree_kind(n);
    l->style = s;
    b->flow->captions |= l->kind == ELEMENT_FIGCAPTION || l->kind == ELEMENT_CAPTION;
    const char *language = tree_get(n, "lang");
    l->language = language && strcmp(language, parent->language) != 0 ? language : parent->language;
    const char *direction = tree_get(n, "dir");
    l->from_right = direction ? strcmp(direction, "rtl") == 0 : parent->from_right;
    enter_counters(b, s);
    note_counters(b, n);
    if (floats_to_foot(b, l))
        begin_footnote(b, l, parent);
    else if (floats_aside(s) && begin_aside(b, l))
        enter_block(b, l);
    else if (is_block(s))
        enter_block(b, l);
    else
        enter_inline(b, l, parent);
    l = top_level(b);
    if (l->kind == ELEMENT_FIGURE)
        b->figure_tag = l->tag;
    if (b->options->notes_at_foot && tag_is(b->tagger, l->tag, TAG_NOTE) && l->kind == ELEMENT_LI)
        begin_note(b, l);
    if (!b->options->notes_at_foot || !lists_endnotes(n))
        add_generated(b, n, PSEUDO_BEFORE, s);
    return WALK_ON;
}

/* A block is at least as tall as its style says, and no taller than a page; what doesn't fit makes it taller.
 * Percentages of heights that nobody knows count for nothing (CSS 2.2 §10.5). */
static void fill_height(struct builder *b, const struct level *l)
{
    float wanted = fmaxf(l->style->height.pt, l->style->min_height.pt);
    if (wanted <= 0 || l->kind == ELEMENT_HR || l->kind == ELEMENT_IMG)
        return;
    uint32_t first = l->content_first < b->out->count ? l->content_first : b->out->count;
    b->gap = b->out->count > first ? GAP_AVOID : b->gap;
    struct block *k = add_block(b, BLOCK_SPACE);
    k->fill_pt = fminf(wanted, b->options->height_pt);
    k->fill_count = b->out->count - 1 - first;
    b->out->fills = true;
}

static void leave_block(struct builder *b, struct level *l)
{
    const struct style *s = l->style;
    close_paragraph(b);
    if (b->marker && l->kind == ELEMENT_LI) { /* an item without content still shows its number */
        open_paragraph(b);
        close_paragraph(b);
    }
    if (!l->outer_columns)
        end_columns(b, l);
    if (l->kind == ELEMENT_TABLE)
        b->table = b->table->outer;
    if (l->kind != ELEMENT_TABLE && !is_cell(l) && l->kind != ELEMENT_TR && !groups_rows(l)) {
        fill_height(b, l);
        float padding = length_at(s->padding[SIDE_BOTTOM], l->width_pt) + s->border_pt[SIDE_BOTTOM];
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
    if (s->floats == FLOAT_BOTTOM && b->out->count > l->step_first)
        b->out->blocks[l->step_first].floats_down = true;
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
    if (l->outer_columns)
        end_columns(b, l);
    if (l->set_aside)
        end_aside(b, l, length_at(s->margin[SIDE_TOP], l->width_pt),
                  length_at(s->margin[SIDE_BOTTOM], l->width_pt));
    if (!l->set_aside) {
        add_margin(b, length_at(s->margin[SIDE_BOTTOM], l->width_pt));
        want_gap(b, s->break_after);
    }
    if (l->kind == ELEMENT_FIGURE)
        b->figure_tag = 0;
}

void begin_pseudo_block(struct builder *b, const struct style *s)
{
    close_paragraph(b);
    struct level *l = push_level(b);
    const struct level *parent = l - 1;
    *l = (struct level){.node = parent->node,
                        .kind = ELEMENT_DIV,
                        .style = s,
                        .block = true,
                        .silent = s->content->silent || parent->silent,
                        .whole = parent->whole || s->break_inside == BREAK_AVOID,
                        .tag = parent->tag,
                        .language = parent->language,
                        .from_right = parent->from_right,
                        .page = parent->page,
                        .step_first = b->out->count};
    place_block(b, l, parent);
    span_columns(b, l);
    want_gap(b, s->break_before);
    add_margin(b, length_at(s->margin[SIDE_TOP], parent->width_pt));
    open_box(b, l);
}

void end_pseudo_block(struct builder *b)
{
    leave_block(b, top_level(b));
    b->depth--;
}

static void leave(xmlNode *n, void *user)
{
    struct builder *b = user;
    struct level *l = top_level(b);
    add_generated(b, n, PSEUDO_AFTER, l->style);
    l = top_level(b);
    if (l->floated)
        end_footnote(b, l);
    else if (l->block)
        leave_block(b, l);
    else
        leave_inline(b, l, b->depth > 1 ? l - 1 : NULL);
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
    b->strings_end = &b->strings;
    const struct style *body = style_of(s, d->body, PSEUDO_NONE, root);
    enter_counters(b, root);
    enter_counters(b, body);
    counters_set(b->counters, "footnote", 0);
    set_strings(b, d->body, body);
    b->gather = gather_new(a, f);
    b->tagger = tagger_new(a, d);
    b->anchors_end = &b->anchors;
    return b;
}

/* The root and the body leave their margins, borders and paddings at the sides free. */
static void place_outer(struct builder *b, struct level *l)
{
    const struct style *s = l->style;
    bool root = b->depth == 1;
    float width = root ? b->options->width_pt : (l - 1)->width_pt, edges = edges_across(s, width);
    float left = length_at(s->margin[SIDE_LEFT], width), right = length_at(s->margin[SIDE_RIGHT], width);
    l->x_pt =
        (root ? 0 : (l - 1)->x_pt) + left + s->border_pt[SIDE_LEFT] + length_at(s->padding[SIDE_LEFT], width);
    l->width_pt = width - left - right - edges;
    if (b->out->columned && s->column_count + !s->column_width.automatic > 0)
        begin_columns(b, l);
}

/* The levels that stand around `top`: the root and the body. */
static void push_outer(struct builder *b, xmlNode *n, const struct style *parent)
{
    struct level *l = push_level(b);
    l->node = n;
    l->kind = tree_kind(n);
    l->style = style_of(b->styles, n, PSEUDO_NONE, parent);
    l->block = true;
    place_outer(b, l);
    l->page = l->style->page ? l->style->page : "";
    l->language = b->document->meta.language;
    l->from_right = language_from_right(l->language);
    l->tag = tag_root(b->tagger);
}

void flow_add(struct builder *b, xmlNode *n, struct block_list *into)
{
    static const struct walker walker = {enter, leave};
    b->out = b->main = into;
    b->depth = 0;
    push_outer(b, n->parent->parent, NULL);
    push_outer(b, n->parent, top_level(b)->style);
    tree_walk(n, &walker, b);
    close_paragraph(b);
    stand_alone(b);
    b->columns = NULL;
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
