#include "refine/note_markup.h"
#include "document/words.h"
#include "refine/plain.h"
#include "refine/words.h"
#include <stdlib.h>

/* What ids of a series begin with. */
static const char *prefix(struct document *d, const struct note *note)
{
    return note->series > 1 ? arena_printf(d->arena, "s%d-", note->series) : "";
}

/* "3", and "3-2" for the second call of note 3. */
static const char *call_name(struct document *d, int number, int count)
{
    return count == 1 ? arena_printf(d->arena, "%d", number) : arena_printf(d->arena, "%d-%d", number, count);
}

/* Nothing stands between it and the call before: a style parts the two, lest 1 and 2 read as 12. */
static bool follows_call(const xmlNode *call)
{
    const xmlNode *n = call->prev;
    while (n && n->type == XML_TEXT_NODE && (!n->content || !*n->content))
        n = n->prev;
    return n && (tree_kind(n) == ELEMENT_CALL || tree_has_word(n, "class", "noteref"));
}

void note_write_calls(struct document *d, const struct note *note)
{
    int count = 0;
    for (const struct call *c = note->calls; c; c = c->next) {
        xmlNode *a = c->element;
        tree_rename(d, a, ELEMENT_A);
        tree_set(d, a, "key", NULL);
        tree_set(d, a, "written", NULL);
        tree_set(d, a, "class", follows_call(a) ? "noteref next-noteref" : "noteref");
        tree_set(d, a, "id",
                 arena_printf(d->arena, "%sr%s", prefix(d, note), call_name(d, note->number, ++count)));
        tree_set(d, a, "href", arena_printf(d->arena, "#%sn%d", prefix(d, note), note->number));
        tree_set(d, a, "epub:type", "noteref");
        tree_set(d, a, "role", "doc-noteref");
        tree_text(d, a, text_of(arena_printf(d->arena, "%d", note->number)));
    }
}

xmlNode *note_write_section(struct document *d, xmlNode *parent, const char *id, int level, struct text title,
                            int first)
{
    const char *title_id = arena_printf(d->arena, "%s-title", id);
    xmlNode *section = tree_element(d, parent, ELEMENT_SECTION, NULL);
    tree_set(d, section, "class", "endnotes");
    tree_set(d, section, "epub:type", "endnotes");
    tree_set(d, section, "role", "doc-endnotes");
    tree_set(d, section, "aria-labelledby", title_id);
    tree_set(d, section, "id", id);
    xmlNode *heading = tree_element(d, section, (enum element)(ELEMENT_H1 + level - 1), NULL);
    tree_set(d, heading, "id", title_id);
    tree_text(d, heading, title);
    return note_write_list(d, section, first);
}

xmlNode *note_write_list(struct document *d, xmlNode *section, int first)
{
    xmlNode *list = tree_element(d, section, ELEMENT_OL, NULL);
    if (first != 1)
        tree_set(d, list, "start", arena_printf(d->arena, "%d", first));
    return list;
}

static bool is_inline(const xmlNode *n)
{
    return n->type != XML_ELEMENT_NODE || element_is(tree_kind(n), ELEMENT_IS_INLINE);
}

/* Text that stands directly in a note becomes paragraphs; white space between blocks goes. */
static void wrap_inlines(struct document *d, xmlNode *item)
{
    xmlNode *p = NULL;
    for (xmlNode *n = item->children, *next; n; n = next) {
        next = n->next;
        if (!is_inline(n)) {
            p = NULL;
        } else if (p) {
            tree_unlink(n);
            tree_append(d, p, n);
        } else if (n->type == XML_TEXT_NODE && text_blank(text_of((const char *)n->content))) {
            tree_remove(n);
        } else {
            p = tree_wrap(d, n, ELEMENT_P);
        }
    }
}

/* What ends with a paragraph or with text of its own. */
static bool holds_text(enum element kind)
{
    return kind == ELEMENT_BLOCKQUOTE || kind == ELEMENT_UL || kind == ELEMENT_OL || kind == ELEMENT_LI ||
           kind == ELEMENT_DL || kind == ELEMENT_DD;
}

static xmlNode *last_child(const xmlNode *n)
{
    xmlNode *c = n->last;
    while (c && c->type == XML_TEXT_NODE && text_blank(text_of((const char *)c->content)))
        c = c->prev;
    return c;
}

/* The paragraph that the links back end: the last one, which may be that of a quotation or list, or a new one
 * behind what ends otherwise. */
static xmlNode *last_paragraph(struct document *d, xmlNode *item)
{
    xmlNode *last = last_child(item);
    while (last && holds_text(tree_kind(last)) && last_child(last)) {
        xmlNode *inner = last_child(last);
        if (is_inline(inner) && (tree_kind(last) == ELEMENT_LI || tree_kind(last) == ELEMENT_DD))
            return last;
        last = inner;
    }
    if (last && tree_kind(last) == ELEMENT_P)
        return last;
    xmlNode *p = tree_element(d, item, ELEMENT_P, NULL);
    tree_set(d, p, "class", "backlinks");
    return p;
}

static bool ends_in_space(const xmlNode *n)
{
    if (!n->last)
        return true;
    if (n->last->type != XML_TEXT_NODE)
        return false;
    struct text t = text_of((const char *)n->last->content);
    return t.length && ascii_space(t.at[t.length - 1]);
}

/* The number that the item has by its place alone; 0 behind one whose number had to be written, since not all
 * tools count on from there. */
static int number_by_place(const xmlNode *item)
{
    const xmlNode *before = item->prev;
    const char *start = tree_get(item->parent, "start");
    if (!before)
        return start ? atoi(start) : 1;
    const char *id = tree_get(before, "id"), *number = id ? strrchr(id, 'n') : NULL;
    return number && !tree_get(before, "value") ? atoi(number + 1) + 1 : 0;
}

/* No arrow begins a line, unless there are so many that they need several. */
enum { TOGETHER = 3 };

void note_write(struct document *d, xmlNode *list, const struct note *note)
{
    struct place where = tree_place(d, note->element);
    xmlNode *item = tree_element(d, list, ELEMENT_LI, &where);
    if (note->calls) /* what nothing calls is no place to go to */
        tree_set(d, item, "id", arena_printf(d->arena, "%sn%d", prefix(d, note), note->number));
    if (note->number != number_by_place(item))
        tree_set(d, item, "value", arena_printf(d->arena, "%d", note->number));
    tree_move_children(d, item, note->element);
    tree_remove(note->element);
    wrap_inlines(d, item);
    if (!note->calls) {
        if (!item->children)
            tree_element(d, item, ELEMENT_P, NULL);
        return;
    }
    xmlNode *p = last_paragraph(d, item);
    int count = 0;
    for (const struct call *c = note->calls; c; c = c->next) {
        const char *name = call_name(d, note->number, ++count);
        if (!ends_in_space(p))
            tree_text(d, p, count <= TOGETHER ? TEXT("\u00A0") : TEXT(" "));
        xmlNode *a = tree_element(d, p, ELEMENT_A, NULL);
        tree_set(d, a, "class", "backlink");
        tree_set(d, a, "href", arena_printf(d->arena, "#%sr%s", prefix(d, note), name));
        tree_set(d, a, "epub:type", "backlink");
        tree_set(d, a, "role", "doc-backlink");
        tree_set(d, a, "aria-label",
                 arena_printf(d->arena, "%s %s", word_in(d->meta.language, WORD_BACK), name));
        tree_text(d, a, TEXT("↩"));
    }
}
