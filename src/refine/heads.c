#include "refine/heads.h"
#include "base/utf8.h"
#include "refine/plain.h"
#include "refine/words.h"
#include <unicode/uchar.h>

enum { TITLE_MOST = 120, LEVELS = 7 }; /* bytes; h1 … h6 */

/* What heads of a level have: but a number, and a title below it. */
struct numbers {
    struct document *document;
    int bare[LEVELS], titled[LEVELS];
    bool settled; /* all are counted: titles are marked */
};

static xmlNode *next_element(const xmlNode *n)
{
    xmlNode *next = n->next;
    while (next && next->type != XML_ELEMENT_NODE) {
        if (next->type == XML_TEXT_NODE && !text_blank(text_of((const char *)next->content)))
            return NULL;
        next = next->next;
    }
    return next;
}

/* A line of plain text, notes' calls and emphasis apart, that no stop ends. */
static bool can_be_title(struct arena *a, const xmlNode *p)
{
    if (tree_kind(p) != ELEMENT_P || p->properties)
        return false;
    for (const xmlNode *c = p->children; c; c = c->next)
        if (tree_kind(c) == ELEMENT_BR || tree_kind(c) == ELEMENT_IMG)
            return false;
    struct text t = plain_uncalled(a, p);
    if (!t.length || t.length > TITLE_MOST)
        return false;
    size_t at = 0, end = t.length;
    uint32_t first = utf8_next(t, &at), last = utf8_previous(t, &end);
    while (end && (last == 0x2019 || last == 0x201D || last == '"' || last == '\''))
        last = utf8_previous(t, &end);
    return !u_islower((UChar32)first) && (u_isalnum((UChar32)last) || last == ')');
}

/* The title below a head, or NULL. */
static xmlNode *title_below(struct arena *a, const xmlNode *head)
{
    xmlNode *p = next_element(head);
    return p && can_be_title(a, p) && next_element(p) ? p : NULL;
}

static enum walk enter(xmlNode *n, void *user)
{
    struct numbers *all = user;
    if (n->type != XML_ELEMENT_NODE)
        return WALK_SKIP;
    enum element kind = tree_kind(n);
    if (!element_is(kind, ELEMENT_IS_HEADING))
        return WALK_ON;
    struct document *d = all->document;
    int level = n->name[1] - '0';
    if (level < 1 || level >= LEVELS || !is_number(plain_folded(d->arena, plain_uncalled(d->arena, n))))
        return WALK_SKIP;
    xmlNode *title = title_below(d->arena, n);
    if (!all->settled) {
        all->bare[level]++;
        all->titled[level] += title != NULL;
    } else if (title && all->titled[level] > 1 && 2 * all->titled[level] >= all->bare[level]) {
        tree_add_class(d, n, "numbered");
        tree_set(d, title, "class", "heading-title");
        tree_set(d, title, "role", "doc-subtitle");
    }
    return WALK_SKIP;
}

void heads_find_titles(struct document *d)
{
    static const struct walker w = {enter, NULL};
    struct numbers all = {.document = d};
    tree_walk(d->body, &w, &all);
    all.settled = true;
    tree_walk(d->body, &w, &all);
}
