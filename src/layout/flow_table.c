#include "layout/builder.h"

void begin_table(struct builder *b, struct level *l)
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

bool groups_rows(const struct level *l)
{
    return l->kind == ELEMENT_THEAD || l->kind == ELEMENT_TBODY || l->kind == ELEMENT_TFOOT ||
           l->kind == ELEMENT_COLGROUP;
}

void begin_row(struct builder *b, struct level *l)
{
    struct level *table = l;
    while (table->kind != ELEMENT_TABLE && table > b->levels)
        table--;
    if (!table->has_block && table->kind == ELEMENT_TABLE)
        add_table(b, table);
    const struct level *group = groups_rows(l - 1) ? l - 1 : NULL;
    table_add_row(b->arena, b->table, l->style, group ? group->style : NULL, l->node);
}

void begin_cell(struct builder *b, struct level *l)
{
    l->outer = b->out;
    b->in_cell++;
    b->out = table_add_cell(b->arena, b->table, l->style, l->node);
    l->x_pt = 0;
    l->width_pt = 0;
    b->space_pt = 0;
    b->gap = GAP_FREE;
}

bool is_cell(const struct level *l)
{
    return l->kind == ELEMENT_TD || l->kind == ELEMENT_TH;
}
