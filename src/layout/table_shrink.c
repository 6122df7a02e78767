#include "layout/table_shrink.h"
#include "layout/flow.h"
#include "layout/setter.h"
#include <math.h>

/* The smallest type, and the least that is left of that which the style wants. */
static const float SMALLEST_PT = 5.5f, SMALLEST = 0.65f;

/* A style in the smaller size; few of them in a table. */
struct shrunk {
    const struct style *from;
    struct style style;
    struct shrunk *next;
};

struct shrinking {
    struct arena *arena;
    float factor;
    struct shrunk *styles;
};

float table_shrinkage(const struct table *t, double least, double room)
{
    static const double rounding = 0.999;
    float most = fmaxf(SMALLEST, SMALLEST_PT / t->style->size_pt);
    return least > room ? fminf(1, fmaxf(most, (float)(room / least * rounding))) : 1;
}

static const struct style *shrunk(struct shrinking *k, const struct style *s)
{
    struct shrunk *found = k->styles;
    while (found && found->from != s)
        found = found->next;
    if (found)
        return &found->style;
    found = arena_alloc(k->arena, sizeof *found);
    *found = (struct shrunk){s, *s, k->styles};
    k->styles = found;
    struct style *own = &found->style;
    own->size_pt *= k->factor;
    own->line_height_pt *= k->factor;
    own->letter_spacing_pt *= k->factor;
    own->word_spacing_pt *= k->factor;
    for (int side = SIDE_TOP; side <= SIDE_LEFT; side++)
        own->padding[side].pt *= k->factor;
    return own;
}

static void shrink_paragraph(struct shrinking *k, struct paragraph *p)
{
    p->style = shrunk(k, p->style);
    p->width_pt *= k->factor;
    p->indent_pt *= k->factor;
    for (uint32_t i = 0; i < p->span_count; i++) {
        p->spans[i].style = shrunk(k, p->spans[i].style);
        p->spans[i].raise_pt *= k->factor;
    }
    if (p->marker)
        p->marker->style = shrunk(k, p->marker->style);
}

static void shrink_block(struct shrinking *k, struct block *b)
{
    b->x_pt *= k->factor;
    b->space_pt *= k->factor;
    b->height_pt *= k->factor;
    b->width_pt *= k->factor;
    if (b->kind == BLOCK_PARAGRAPH)
        shrink_paragraph(k, b->paragraph);
}

void table_shrink(struct setter *s, struct table *t, float factor)
{
    struct shrinking k = {s->arena, factor, NULL};
    for (struct cell *c = t->cells; c; c = c->next) {
        c->style = shrunk(&k, c->style);
        for (uint32_t i = 0; i < c->content->count; i++)
            shrink_block(&k, &c->content->blocks[i]);
    }
}
