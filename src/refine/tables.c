#include "refine/tables.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "refine/plain.h"

/* Has the row no cell with data in it? */
static bool holds_heads_only(const xmlNode *row)
{
    for (const xmlNode *cell = row->children; cell; cell = cell->next)
        if (tree_kind(cell) == ELEMENT_TD && !plain_empty(cell))
            return false;
    return true;
}

static void scope_row(struct document *d, const xmlNode *row)
{
    bool columns = tree_kind(row->parent) == ELEMENT_THEAD || holds_heads_only(row);
    for (xmlNode *cell = row->children; cell; cell = cell->next) {
        if (tree_kind(cell) != ELEMENT_TH)
            continue;
        if (plain_empty(cell)) {
            tree_rename(d, cell, ELEMENT_TD);
            tree_set(d, cell, "scope", NULL);
            tree_set(d, cell, "abbr", NULL);
        } else if (!tree_get(cell, "scope")) {
            tree_set(d, cell, "scope", columns ? "col" : "row");
        }
    }
}

/* ---- how wide it must be */

enum {
    TELEPHONE = 38, /* characters of a table's size in 320 pixels, about */
    PADDING = 2     /* of a column, in characters */
};

struct tables {
    struct document *document;
    unsigned columns[LIMIT_TABLE_COLUMNS]; /* the longest word in each, in characters */
    size_t count;
    unsigned spanning; /* the longest in cells that span columns */
};

struct measure {
    unsigned longest, word;
};

static bool parts_words(uint32_t c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == 0xAD || c >= 0x2E80 /* CJK: between any two */;
}

static enum walk measure_node(xmlNode *n, void *user)
{
    struct measure *m = user;
    if (tree_kind(n) == ELEMENT_TABLE)
        return WALK_SKIP; /* it scrolls in itself */
    if (tree_kind(n) == ELEMENT_BR || element_is(tree_kind(n), ELEMENT_IS_BLOCK))
        m->word = 0;
    if (n->type != XML_TEXT_NODE)
        return WALK_ON;
    struct text t = text_of((const char *)n->content);
    for (size_t at = 0; at < t.length;) {
        m->word = parts_words(utf8_next(t, &at)) ? 0 : m->word + 1;
        m->longest = m->word > m->longest ? m->word : m->longest;
    }
    return WALK_ON;
}

/* Columns that rows above reach into are not reckoned with. */
static void measure_row(struct tables *t, const xmlNode *row)
{
    static const struct walker walker = {measure_node, NULL};
    size_t column = 0;
    for (xmlNode *cell = row->children; cell && column < LIMIT_TABLE_COLUMNS; cell = cell->next) {
        if (tree_kind(cell) != ELEMENT_TD && tree_kind(cell) != ELEMENT_TH)
            continue;
        struct measure m = {0, 0};
        tree_walk(cell, &walker, &m);
        unsigned *longest = tree_get(cell, "colspan") ? &t->spanning : &t->columns[column];
        if (m.longest > *longest)
            *longest = m.longest;
        if (++column > t->count)
            t->count = column;
    }
}

static void measure_rows(struct tables *t, const xmlNode *group)
{
    for (const xmlNode *n = group->children; n; n = n->next)
        if (tree_kind(n) == ELEMENT_TR)
            measure_row(t, n);
}

static void mark_wide(struct tables *t, xmlNode *table)
{
    memset(t->columns, 0, t->count * sizeof *t->columns);
    t->count = t->spanning = 0;
    measure_rows(t, table);
    for (const xmlNode *n = table->children; n; n = n->next)
        if (tree_kind(n) == ELEMENT_THEAD || tree_kind(n) == ELEMENT_TBODY || tree_kind(n) == ELEMENT_TFOOT)
            measure_rows(t, n);
    size_t sum = 0;
    for (size_t i = 0; i < t->count; i++)
        sum += t->columns[i] + PADDING;
    if (sum <= TELEPHONE && t->spanning <= TELEPHONE)
        return;
    tree_add_class(t->document, table, "wide");
    tree_set(t->document, table, "tabindex", "0");
}

/* ---- the walk */

static void leave(xmlNode *n, void *user)
{
    struct tables *t = user;
    if (tree_kind(n) == ELEMENT_TR)
        scope_row(t->document, n);
    else if (tree_kind(n) == ELEMENT_TABLE)
        mark_wide(t, n);
}

void tables_settle(struct document *d)
{
    static const struct walker w = {NULL, leave};
    struct tables t = {.document = d};
    tree_walk(d->body, &w, &t);
}
