#include "layout/builder.h"
#include "layout/counters.h"
#include "layout/numbering.h"
#include <stdlib.h>

static const char *marker_text(struct arena *a, int n, enum counter_style style)
{
    const char *text = number_format(a, n, style);
    bool bullet = style >= COUNTER_DISC && style <= COUNTER_DASH;
    return bullet ? text : arena_printf(a, "%s.", text);
}

/* What the style says in its place. */
static const char *marker_content(struct builder *b, const xmlNode *n, const struct content *content)
{
    struct buf *text = buf_new(b->arena);
    for (const struct content *c = content; c; c = c->next)
        content_text(b, n, c, text);
    return text_copy(b->arena, text_trim(buf_view(text)));
}

void number_item(struct builder *b, struct level *item, struct level *list)
{
    const char *value = tree_get(item->node, "value");
    if (value)
        list->number = atoi(value);
    int n = list->number;
    list->number += list->step;
    counters_set(b->counters, "list-item", n);
    const struct style *s = style_of(b->styles, item->node, PSEUDO_MARKER, item->style);
    if (!s)
        s = item->style;
    if ((item->style->list_style == COUNTER_NONE && !s->content) || item->style->display != DISPLAY_LIST_ITEM)
        return;
    const char *text = s->content ? marker_content(b, item->node, s->content)
                                  : marker_text(b->arena, n, item->style->list_style);
    struct marker *m = arena_alloc(b->arena, sizeof *m);
    struct place where = tree_place(b->document, item->node);
    m->text = text;
    m->inside = item->style->list_inside;
    m->x_pt = item->x_pt;
    m->style = s;
    struct manner_of_text manner = manner_now(b);
    manner.style = s;
    m->face = gather_face_of(b->gather, &manner, text_of(text), &where);
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
