#include "layout/front.h"
#include "document/captions.h"
#include "document/front.h"
#include "document/words.h"
#include <stdlib.h>

/* A body in a document of its own. */
static struct document *tree_for(struct arena *a, const struct document *d)
{
    struct document *own = document_new(a, d->messages, d->source_name);
    own->meta.language = d->meta.language;
    tree_set(own, own->body, "class", tree_get(d->body, "class"));
    return own;
}

/* May it be made: it's asked for, or it isn't and this is a book with chapters enough? */
static bool wanted(const struct document *d, enum front_part part, bool usual)
{
    enum front_wish wish = front_wish(&d->meta, part);
    return wish == FRONT_ASKED || (wish == FRONT_UNASKED && usual);
}

static void mark_unasked(struct document *own, xmlNode *n, const struct document *d, enum front_part part)
{
    if (front_wish(&d->meta, part) == FRONT_UNASKED)
        tree_add_class(own, n, FRONT_UNASKED_CLASS);
}

/* An essay's outline begins at level 2, below its title. */
static int top_level_of(const struct outline_entry *outline, uint32_t count)
{
    int top = count ? outline[0].level : 1;
    for (uint32_t i = 1; i < count; i++)
        top = outline[i].level < top ? outline[i].level : top;
    return top;
}

static bool has_chapters(const struct document *d, const struct outline_entry *outline, uint32_t count)
{
    uint32_t chapters = 0;
    for (uint32_t i = 0; i < count; i++)
        chapters += outline[i].level == 1 && outline[i].kind != OUTLINE_OPENING;
    return chapters >= CONTENTS_LEAST && tree_has_word(d->body, "class", "book");
}

/* ---- half title */

xmlNode *half_title_make(struct arena *a, const struct document *d, const struct outline_entry *outline,
                         uint32_t count)
{
    bool usual = has_chapters(d, outline, count) && !d->meta.title_stands_in;
    if (!wanted(d, FRONT_HALF_TITLE, usual))
        return NULL;
    struct document *own = tree_for(a, d);
    xmlNode *section = tree_element(own, own->body, ELEMENT_SECTION, NULL);
    tree_set(own, section, "class", "half-title");
    mark_unasked(own, section, d, FRONT_HALF_TITLE);
    tree_set(own, section, "aria-hidden", "true");
    tree_text(own, tree_element(own, section, ELEMENT_P, NULL), text_of(d->meta.title));
    return section;
}

/* ---- contents and lists */

/* A nav with its head and an empty list, which is given. */
static xmlNode *nav_make(struct document *own, const char *class, const char *type, enum word head)
{
    xmlNode *nav = tree_element(own, own->body, ELEMENT_NAV, NULL);
    tree_set(own, nav, "class", class);
    tree_set(own, nav, "epub:type", type);
    tree_text(own, tree_element(own, nav, ELEMENT_H1, NULL), text_of(word_in(own->meta.language, head)));
    return tree_element(own, nav, ELEMENT_OL, NULL);
}

static xmlNode *add_entry(struct document *own, xmlNode *list, const char *target, const char *title)
{
    xmlNode *item = tree_element(own, list, ELEMENT_LI, NULL);
    xmlNode *link = tree_element(own, item, ELEMENT_A, NULL);
    tree_set(own, link, "href", arena_printf(own->arena, "#%s", target));
    tree_text(own, link, text_of(title));
    return item;
}

static xmlNode *list_for(struct document *own, xmlNode *list, int level)
{
    while (level > 1) {
        xmlNode *item = list->last;
        if (!item)
            item = tree_element(own, list, ELEMENT_LI, NULL);
        list = item->last && tree_kind(item->last) == ELEMENT_OL ? item->last
                                                                 : tree_element(own, item, ELEMENT_OL, NULL);
        level--;
    }
    return list;
}

xmlNode *contents_make(struct arena *a, const struct document *d, const struct outline_entry *outline,
                       uint32_t count)
{
    static const char *const classes[] = {
        [OUTLINE_HEADING] = NULL,        [OUTLINE_OPENING] = NULL,
        [OUTLINE_FRONT] = "front-entry", [OUTLINE_CHAPTER] = "chapter-entry",
        [OUTLINE_PART] = "part-entry",   [OUTLINE_BACK] = "back-entry"};
    if (!count || !wanted(d, FRONT_CONTENTS, has_chapters(d, outline, count)))
        return NULL;
    struct document *own = tree_for(a, d);
    xmlNode *list = nav_make(own, "contents", "toc", WORD_CONTENTS);
    tree_set(own, list->parent, "role", "doc-toc");
    int depth = meta_contents_depth(&d->meta, CONTENTS_DEPTH), above = top_level_of(outline, count) - 1;
    for (uint32_t i = 0; i < count; i++) {
        const struct outline_entry *e = &outline[i];
        if (e->level - above > depth || e->kind == OUTLINE_OPENING)
            continue;
        xmlNode *item = add_entry(own, list_for(own, list, e->level - above), e->target, e->title);
        if (classes[e->kind])
            tree_set(own, item, "class", classes[e->kind]);
    }
    return list->parent;
}

static xmlNode *captions_make(struct arena *a, const struct document *d, enum captioned_kind kind)
{
    bool tables = kind == CAPTIONED_TABLES;
    enum front_part part = tables ? FRONT_TABLES : FRONT_FIGURES;
    const struct captioned *c = wanted(d, part, true) ? captions_find(a, d, kind) : NULL;
    if (!c)
        return NULL;
    struct document *own = tree_for(a, d);
    xmlNode *list = nav_make(own, tables ? "contents list-of-tables" : "contents list-of-figures",
                             tables ? "lot" : "loi", tables ? WORD_TABLES : WORD_FIGURES);
    mark_unasked(own, list->parent, d, part);
    for (; c; c = c->next)
        add_entry(own, list, c->id, c->label);
    return list->parent;
}

xmlNode *figures_make(struct arena *a, const struct document *d)
{
    return captions_make(a, d, CAPTIONED_FIGURES);
}

xmlNode *tables_make(struct arena *a, const struct document *d)
{
    return captions_make(a, d, CAPTIONED_TABLES);
}

/* An entry is known by where it leads. */
const char *front_entry(const xmlNode *text)
{
    const xmlNode *nav = text->parent;
    const char *href = tree_get(nav, "href");
    if (href)
        return href + 1;
    while (nav->type == XML_ELEMENT_NODE && tree_kind(nav) != ELEMENT_NAV)
        nav = nav->parent;
    if (nav->type != XML_ELEMENT_NODE)
        return NULL;
    return tree_has_word(nav, "epub:type", "loi")   ? ENTRY_FIGURES
           : tree_has_word(nav, "epub:type", "lot") ? ENTRY_TABLES
                                                    : ENTRY_CONTENTS;
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
