#include "layout/builder.h"
#include "layout/numbering.h"
#include <stdlib.h>

void number_item(struct builder *b, struct level *item, struct level *list)
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

void begin_list(struct level *l)
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
