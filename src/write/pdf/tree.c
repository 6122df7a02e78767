#include "write/pdf/tree.h"
#include "write/pdf/syntax.h"

enum { KIDS_MOST = 64 };

struct node {
    struct text low, high; /* keys as PDF syntax */
    int object;
};

struct tree {
    struct arena *arena;
    struct store *store;
    enum tree_kind kind;
    struct buf *leaf, *key; /* the leaf on its way; a key on its way */
    int in_leaf;
    struct text low, high; /* of the leaf */
    struct node *nodes;
    size_t count, capacity;
};

struct tree *tree_new(struct arena *a, struct store *s, enum tree_kind kind)
{
    struct tree *t = arena_alloc(a, sizeof *t);
    *t = (struct tree){.arena = a, .store = s, .kind = kind, .leaf = buf_new(a), .key = buf_new(a)};
    return t;
}

static struct node *node_add(struct tree *t)
{
    t->nodes = arena_room(t->arena, t->nodes, t->count, &t->capacity, sizeof *t->nodes);
    return &t->nodes[t->count++];
}

static const char *leaf_name(const struct tree *t)
{
    return t->kind == TREE_NAMES ? "Names" : "Nums";
}

static void limits(struct buf *b, struct text low, struct text high)
{
    buf_string(b, "/Limits[");
    buf_text(b, low);
    buf_byte(b, ' ');
    buf_text(b, high);
    buf_byte(b, ']');
}

static void leaf_end(struct tree *t)
{
    if (!t->in_leaf)
        return;
    struct buf *b = buf_new(t->arena);
    limits(b, t->low, t->high);
    buf_printf(b, "/%s[", leaf_name(t));
    buf_text(b, buf_view(t->leaf));
    buf_byte(b, ']');
    *node_add(t) = (struct node){t->low, t->high, store_add(t->store, buf_view(b))};
    buf_free(b);
    buf_clear(t->leaf);
    t->in_leaf = 0;
}

static void add(struct tree *t, struct text value)
{
    if (t->in_leaf == KIDS_MOST)
        leaf_end(t);
    t->high = (struct text){text_copy(t->arena, buf_view(t->key)), t->key->length};
    if (!t->in_leaf++)
        t->low = t->high;
    buf_text(t->leaf, t->high);
    buf_byte(t->leaf, ' ');
    buf_text(t->leaf, value);
    buf_byte(t->leaf, '\n');
}

void tree_add_name(struct tree *t, struct text key, struct text value)
{
    buf_clear(t->key);
    pdf_bytes(t->key, key);
    add(t, value);
}

void tree_add_number(struct tree *t, long key, struct text value)
{
    buf_clear(t->key);
    buf_int(t->key, key);
    add(t, value);
}

/* Kids from `from` on, at most 64 of them; gives the index behind the last. */
static size_t print_kids(const struct tree *t, size_t from, struct buf *b)
{
    size_t to = from;
    buf_string(b, "/Kids[");
    for (; to < t->count && to < from + KIDS_MOST; to++)
        pdf_ref(b, t->nodes[to].object);
    buf_byte(b, ']');
    return to;
}

/* Puts one more level over the nodes. */
static void level_up(struct tree *t)
{
    size_t above = 0;
    struct buf *b = buf_new(t->arena);
    for (size_t from = 0, to = 0; from < t->count; from = to) {
        buf_clear(b);
        to = from + KIDS_MOST < t->count ? from + KIDS_MOST : t->count;
        struct node node = {t->nodes[from].low, t->nodes[to - 1].high, 0};
        limits(b, node.low, node.high);
        print_kids(t, from, b);
        node.object = store_add(t->store, buf_view(b));
        t->nodes[above++] = node;
    }
    t->count = above;
    buf_free(b);
}

void tree_end(struct tree *t, struct buf *out)
{
    if (!t->count) { /* all in the root */
        buf_printf(out, "/%s[", leaf_name(t));
        buf_text(out, buf_view(t->leaf));
        buf_byte(out, ']');
    } else {
        leaf_end(t);
        while (t->count > KIDS_MOST)
            level_up(t);
        print_kids(t, 0, out);
    }
    buf_free(t->leaf);
    buf_free(t->key);
}
