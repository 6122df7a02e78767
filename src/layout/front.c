#include "layout/front.h"
#include "document/words.h"
#include <stdlib.h>

static void add_entry(struct document *nav, xmlNode *list, const struct outline_entry *e)
{
    xmlNode *item = tree_element(nav, list, ELEMENT_LI, NULL);
    xmlNode *link = tree_element(nav, item, ELEMENT_A, NULL);
    tree_set(nav, link, "href", arena_printf(nav->arena, "#%s", e->target));
    tree_text(nav, link, text_of(e->title));
}

static xmlNode *list_for(struct document *nav, xmlNode *list, int level)
{
    while (level > 1) {
        xmlNode *item = list->last;
        if (!item)
            item = tree_element(nav, list, ELEMENT_LI, NULL);
        list = item->last && tree_kind(item->last) == ELEMENT_OL ? item->last
                                                                 : tree_element(nav, item, ELEMENT_OL, NULL);
        level--;
    }
    return list;
}

xmlNode *contents_make(struct arena *a, const struct document *d, const struct outline_entry *outline,
                       uint32_t count)
{
    uint32_t chapters = 0;
    for (uint32_t i = 0; i < count; i++)
        chapters += outline[i].level == 1;
    if (chapters < CONTENTS_LEAST)
        return NULL;
    struct document *nav = document_new(a, d->messages, d->source_name);
    nav->meta.language = d->meta.language;
    tree_set(nav, nav->body, "class", "book");
    xmlNode *top = tree_element(nav, nav->body, ELEMENT_NAV, NULL);
    tree_set(nav, top, "class", "contents");
    tree_set(nav, top, "role", "doc-toc");
    tree_set(nav, top, "epub:type", "toc");
    tree_text(nav, tree_element(nav, top, ELEMENT_H1, NULL),
              text_of(word_in(d->meta.language, WORD_CONTENTS)));
    xmlNode *list = tree_element(nav, top, ELEMENT_OL, NULL);
    int depth = meta_contents_depth(&d->meta, CONTENTS_DEPTH);
    for (uint32_t i = 0; i < count; i++)
        if (outline[i].level <= depth)
            add_entry(nav, list_for(nav, list, outline[i].level), &outline[i]);
    return top;
}

static int by_name(const void *a, const void *b)
{
    const struct destination *x = a, *y = b;
    return strcmp(x->name, y->name);
}

void pages_prepend(struct arena *a, struct pages *body, const struct pages *front)
{
    struct page *pages = arena_array(a, body->count + (size_t)front->count, sizeof *pages);
    memcpy(pages, front->pages, front->count * sizeof *pages);
    memcpy(pages + front->count, body->pages, body->count * sizeof *pages);
    uint32_t count = body->destination_count + front->destination_count;
    struct destination *destinations = arena_array(a, count ? count : 1, sizeof *destinations);
    for (uint32_t i = 0; i < body->destination_count; i++) {
        destinations[i] = body->destinations[i];
        destinations[i].page += front->count;
    }
    if (front->destination_count)
        memcpy(destinations + body->destination_count, front->destinations,
               front->destination_count * sizeof *destinations);
    qsort(destinations, count, sizeof *destinations, by_name);
    body->pages = pages;
    body->count += front->count;
    body->destinations = destinations;
    body->destination_count = count;
}
