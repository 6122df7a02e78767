#include "refine/title.h"
#include "base/buf.h"
#include "base/io.h"
#include "document/report.h"
#include "document/words.h"
#include "refine/dates.h"
#include "refine/plain.h"
#include "refine/title_marks.h"
#include "refine/words.h"

static bool counts_as_content(const xmlNode *n)
{
    if (n->type == XML_TEXT_NODE)
        return !text_blank(text_of((const char *)n->content));
    return n->type == XML_ELEMENT_NODE && tree_kind(n) != ELEMENT_NOTE;
}

/* The heading that opens the text: nothing but notes stands before it. */
static xmlNode *opening(struct document *d)
{
    xmlNode *n = d->body->children;
    while (n && !counts_as_content(n))
        n = n->next;
    return n && tree_is_heading(n) ? n : NULL;
}

static xmlNode *next_content(xmlNode *n)
{
    do
        n = n->next;
    while (n && !counts_as_content(n));
    return n;
}

/* Is it the only heading of its level, and none stands higher? */
static bool lone_top(const struct document *d, const xmlNode *head)
{
    for (const xmlNode *n = d->body->children; n; n = n->next)
        if (n != head && tree_is_heading(n) && tree_kind(n) <= tree_kind(head))
            return false;
    return true;
}

/* Two headings of one level with nothing between them: the first titles the whole. */
static bool stands_over(xmlNode *head)
{
    const xmlNode *next = next_content(head);
    return next && tree_kind(next) == tree_kind(head);
}

static bool same_title(struct document *d, const xmlNode *head)
{
    struct text a = plain_folded(d->arena, plain_uncalled(d->arena, head));
    struct text b = plain_folded(d->arena, text_of(d->meta.title));
    return text_equal(text_trim(a), text_trim(b));
}

static void stand_in(struct document *d)
{
    const char *name = io_basename(d->source_name);
    size_t length = strlen(name) - strlen(io_suffix(name));
    struct text stem = {name, length};
    bool file = length && !text_is(stem, "<stdin>");
    d->meta.title = file ? text_copy(d->arena, stem) : word_in(d->meta.language, WORD_UNTITLED);
    d->meta.title_stands_in = true;
    struct place where = {d->source_name, 0, 0};
    message(d->messages, SEVERITY_WARNING, "title.missing", &where,
            "There is no title; \"%s\" stands in for it. Begin with a heading, or give one with -m title=….",
            d->meta.title);
}

static xmlNode *take(struct document *d, xmlNode *head)
{
    xmlNode *block = tree_element(d, d->root, ELEMENT_HEADER, NULL);
    tree_set(d, block, "class", "title-block");
    tree_rename(d, head, ELEMENT_H1);
    tree_add_class(d, head, "title");
    tree_unlink(head);
    tree_append(d, block, head);
    return block;
}

/* Those of the metadata may have emphasis, as in the text. */
static void take_marks(struct document *d, const char **title, const char **marked)
{
    const char *words = title_unmarked(d, *title);
    if (words != *title)
        *marked = *title;
    *title = words;
}

xmlNode *title_take(struct document *d)
{
    take_marks(d, &d->meta.title, &d->meta.title_marked);
    take_marks(d, &d->meta.subtitle, &d->meta.subtitle_marked);
    xmlNode *head = opening(d);
    if (d->meta.title && *d->meta.title)
        return head && same_title(d, head) ? take(d, head) : NULL;
    struct text title = head ? plain_uncalled(d->arena, head) : TEXT("");
    if (!title.length) {
        stand_in(d);
        return NULL;
    }
    struct place where = tree_place(d, head);
    d->meta.title = text_copy(d->arena, title);
    report_add(d->report, "title", &where, title, "the heading that opens the text", -1);
    return lone_top(d, head) || stands_over(head) ? take(d, head) : NULL;
}

static xmlNode *add_line(struct document *d, xmlNode *block, const char *class)
{
    xmlNode *p = tree_element(d, block, ELEMENT_P, NULL);
    tree_set(d, p, "class", class);
    return p;
}

static void add_words(struct document *d, xmlNode *block, const char *class, const char *text)
{
    if (text && *text)
        tree_text(d, add_line(d, block, class), text_of(text));
}

void title_set(struct document *d, xmlNode *block)
{
    if (!block) {
        block = tree_element(d, d->root, ELEMENT_HEADER, NULL);
        tree_set(d, block, "class", "title-block");
        xmlNode *h1 = tree_element(d, block, ELEMENT_H1, NULL);
        tree_set(d, h1, "class", "title");
        if (d->meta.title_marked)
            title_add_marked(d, h1, d->meta.title_marked);
        else
            tree_text(d, h1, text_of(d->meta.title));
    }
    tree_unlink(block);
    if (d->body->children)
        tree_insert_before(d, d->body->children, block);
    else
        tree_append(d, d->body, block);
    if (d->meta.subtitle_marked)
        title_add_marked(d, add_line(d, block, "subtitle"), d->meta.subtitle_marked);
    else
        add_words(d, block, "subtitle", d->meta.subtitle);
    for (const struct person *p = d->meta.people; p; p = p->next)
        if (!p->role || strcmp(p->role, "aut") == 0)
            add_words(d, block, "author", p->name);
    if (d->meta.date)
        add_words(d, block, "date", date_in_words(d->arena, d->meta.language, d->meta.date));
    add_words(d, block, "publisher", d->meta.publisher);
}
