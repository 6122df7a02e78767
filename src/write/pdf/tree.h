/* tree.h - name trees and number trees (ISO 32000-1 §7.9.6, §7.9.7), balanced, 64 kids to a node. */
#ifndef OCTAVO_WRITE_PDF_TREE_H
#define OCTAVO_WRITE_PDF_TREE_H

#include "write/pdf/store.h"

struct tree;

enum tree_kind { TREE_NAMES, TREE_NUMBERS };

struct tree *tree_new(struct arena *a, struct store *s, enum tree_kind kind);
/* Adds a value, given as PDF syntax. Keys come in rising order (names: by their bytes). */
void tree_add_name(struct tree *t, struct text key, struct text value);
void tree_add_number(struct tree *t, long key, struct text value);
/* Ends the tree: adds its root's entries to `out`. */
void tree_end(struct tree *t, struct buf *out);

#endif
