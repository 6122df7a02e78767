#include "layout/builder.h"
#include <math.h>

/* Beside what floats, lines are left at least so many ems of the text. */
static const float LEAST_BESIDE_EM = 8;

/* What waits while an element that floats to a side is walked. */
struct set_aside {
    struct gather *gather;
    struct marker *marker;
    const struct columns *columns;
    const struct style *letter;
    float space_pt;
    enum gap gap;
    bool group;
    int page_number;
    struct aside *aside;
};

bool floats_aside(const struct style *s)
{
    return s->floats == FLOAT_LEFT || s->floats == FLOAT_RIGHT;
}

static bool all_space(const xmlNode *n)
{
    return n->type != XML_TEXT_NODE || !text_trim(text_of((const char *)n->content)).length;
}

/* The only picture of a figure, with at most its paragraph around it, and the style that it has there. */
static const xmlNode *only_picture(struct builder *b, const xmlNode *n, const struct style **s)
{
    enum { DEPTH = 4 };
    for (int depth = 0; n && depth < DEPTH && tree_kind(n) != ELEMENT_IMG; depth++) {
        const xmlNode *found = NULL;
        for (const xmlNode *c = n->children; c; c = c->next) {
            bool caption = tree_kind(c) == ELEMENT_FIGCAPTION;
            if ((c->type == XML_ELEMENT_NODE && !caption && found) || !all_space(c))
                return NULL;
            if (c->type == XML_ELEMENT_NODE && !caption)
                found = c;
        }
        n = found;
        if (n)
            *s = style_of(b->styles, n, PSEUDO_NONE, *s);
    }
    return n && tree_kind(n) == ELEMENT_IMG ? n : NULL;
}

/* A figure without a width is as wide as its picture, a picture as wide as it is; both at most half as wide
 * as the text. 0: there is no telling. */
static float natural_width(struct builder *b, struct level *l, const struct level *parent)
{
    struct level picture = {.style = l->style};
    picture.node = (xmlNode *)only_picture(b, l->node, &picture.style);
    if (!picture.node)
        return 0;
    struct picture *p = picture_of(b, &picture, parent->width_pt);
    if (!p)
        return 0;
    float most = parent->width_pt / 2, wide = (float)p->width_pt;
    if (l->kind == ELEMENT_IMG && wide > most && l->style->width.automatic) {
        p->height_pt *= (double)(most / wide);
        p->width_pt = (double)most;
    }
    if (l->kind == ELEMENT_IMG)
        l->picture = p;
    return l->kind == ELEMENT_IMG ? (float)p->width_pt : fminf(wide, most);
}

float aside_width(struct builder *b, struct level *l, const struct level *parent)
{
    const struct style *s = l->style;
    float natural = l->kind == ELEMENT_IMG || s->width.automatic ? natural_width(b, l, parent) : 0;
    if (natural > 0)
        return natural + edges_across(s, parent->width_pt);
    return s->width.automatic ? 0 : length_at(s->width, parent->width_pt);
}

static void tell(struct builder *b, const struct level *l, const char *why, const char *hint)
{
    struct place where = tree_place(b->document, l->node);
    message(b->document->messages, SEVERITY_WARNING, "layout.float", &where,
            "What floats to the side here stands above what follows, since %s. %s", why, hint);
}

/* Those of the block that what comes next is to stand beside: it is open, or they wait for it. */
static struct aside **tied_to_next(struct builder *b)
{
    bool open = b->gather->paragraph && b->out->count;
    return open ? &b->out->blocks[b->out->count - 1].asides : &b->asides;
}

static int count_of(const struct aside *f)
{
    int n = 0;
    for (; f; f = f->next)
        n++;
    return n;
}

/* Can it float? Says why not. */
static bool has_place(struct builder *b, struct level *l, const struct level *parent)
{
    if (b->out != b->main || b->in_cell || b->floating) {
        tell(b, l, "it is inside of a table, a note or another float",
             "Take it out of there, or let it not float.");
        return false;
    }
    if (b->gather->paragraph && count_of(*tied_to_next(b)) == ASIDES_MOST) {
        tell(b, l, "too many others do so beside this paragraph", "Let some of them stand elsewhere.");
        return false;
    }
    float wide = aside_width(b, l, parent);
    float margins = length_at(l->style->margin[SIDE_LEFT], parent->width_pt) +
                    length_at(l->style->margin[SIDE_RIGHT], parent->width_pt);
    if (wide <= 0) {
        tell(b, l, "it has no width", "Give it one, in the style.");
        return false;
    }
    if (parent->width_pt - wide - margins < LEAST_BESIDE_EM * parent->style->size_pt) {
        tell(b, l, "beside it is no room for text", "Give it less width.");
        return false;
    }
    return true;
}

static void set_flow_aside(struct builder *b, struct level *l)
{
    struct set_aside *w = arena_alloc(b->arena, sizeof *w);
    struct aside *f = arena_alloc(b->arena, sizeof *f);
    *w = (struct set_aside){b->gather, b->marker, b->columns,     b->letter, b->space_pt,
                            b->gap,    b->group,  b->page_number, f};
    f->element = l->node;
    f->right = l->style->floats == FLOAT_RIGHT;
    l->set_aside = w;
    b->floating = true;
    b->gather = gather_new(b->arena, w->gather->fonts);
    b->out = &f->content;
    b->marker = NULL;
    b->letter = NULL;
    b->columns = NULL;
    b->space_pt = 0;
    b->gap = GAP_FREE;
    b->group = false;
    b->page_number = 0;
}

bool begin_aside(struct builder *b, struct level *l)
{
    const struct level *parent = l - 1;
    while (!parent->block)
        parent--;
    if (!has_place(b, l, parent))
        return false;
    l->outer = b->out;
    set_flow_aside(b, l);
    return true;
}

void place_aside(struct level *l, float left_pt, float right_pt)
{
    struct aside *f = l->set_aside->aside;
    f->left_pt = left_pt;
    f->right_pt = right_pt;
}

static void hand_over(struct builder *b, struct aside *f)
{
    struct aside **to = tied_to_next(b);
    if (!b->asides)
        b->asides_gap = b->gap;
    if (to != &b->asides)
        f->offset = (uint32_t)b->gather->text->length;
    while (*to)
        to = &(*to)->next;
    *to = f;
    b->out->asides = true;
    if (count_of(b->asides) == ASIDES_MOST)
        stand_alone(b);
}

void end_aside(struct builder *b, struct level *l, float above_pt, float below_pt)
{
    const struct set_aside *w = l->set_aside;
    b->floating = false;
    b->gather = w->gather;
    b->marker = w->marker;
    b->columns = w->columns;
    b->letter = w->letter;
    b->space_pt = w->space_pt;
    b->gap = w->gap;
    b->group = w->group;
    b->page_number = w->page_number;
    w->aside->above_pt = above_pt;
    w->aside->below_pt = below_pt;
    if (w->aside->content.count)
        hand_over(b, w->aside);
}

static bool clears(const struct aside *f, enum clear_rule rule)
{
    bool any = false;
    for (; f; f = f->next)
        any |= (rule & (f->right ? CLEAR_RIGHT : CLEAR_LEFT)) != 0;
    return any;
}

void stand_alone(struct builder *b)
{
    struct aside *waiting = b->asides;
    float space = b->space_pt;
    enum gap gap = b->gap;
    enum clear_rule clear = b->clear;
    int number = b->page_number;
    bool turned = gap > b->asides_gap && gap >= GAP_PAGE, group = b->group;
    if (!waiting)
        return;
    b->asides = NULL;
    b->space_pt = 0;
    b->gap = b->asides_gap;
    b->clear = CLEAR_NONE;
    b->group = group && !turned;
    b->page_number = turned ? 0 : number;
    add_block(b, BLOCK_SPACE)->asides = waiting;
    b->space_pt = space;
    b->gap = turned || gap < GAP_PAGE ? gap : GAP_FREE;
    b->clear = clear;
    b->group = group && turned;
    b->page_number = turned ? number : 0;
}

void stand_beside(struct builder *b, enum block_kind kind)
{
    bool turned = b->gap > b->asides_gap && b->gap >= GAP_PAGE;
    if (turned || kind == BLOCK_TABLE || kind == BLOCK_RULE || clears(b->asides, b->clear))
        stand_alone(b);
}
