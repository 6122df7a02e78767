#include "refine/tables.h"
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

static void leave(xmlNode *n, void *user)
{
    if (tree_kind(n) == ELEMENT_TR)
        scope_row(user, n);
}

void tables_scope(struct document *d)
{
    static const struct walker w = {NULL, leave};
    tree_walk(d->body, &w, d);
}
