#include "write/mail/plain.h"

struct cell {
    const char *text;
    size_t columns;
    bool head, right;
    struct cell *next;
};

struct row {
    struct cell *first, **end;
    bool head; /* all its cells are heads */
    struct row *next;
};

struct table {
    const struct letter *l;
    struct lines *lines;
    struct row *rows, **end, *last;
    size_t count; /* of columns */
    size_t *width;
};

/* ---- reading */

static bool aligned_right(const xmlNode *n)
{
    const char *style = tree_get(n, "style");
    return style && strstr(style, "text-align") && strstr(style, "right");
}

static void see_row(struct table *t)
{
    struct row *r = arena_alloc(t->l->arena, sizeof *r);
    r->end = &r->first;
    r->head = true;
    *t->end = r;
    t->end = &r->next;
    t->last = r;
}

static void see_cell(struct table *t, xmlNode *n)
{
    struct cell *c = arena_alloc(t->l->arena, sizeof *c);
    c->text = plain_cell(t->l, n);
    c->columns = lines_columns(text_of(c->text));
    c->head = tree_kind(n) == ELEMENT_TH;
    c->right = aligned_right(n);
    t->last->head = t->last->head && c->head;
    *t->last->end = c;
    t->last->end = &c->next;
}

static enum walk see(xmlNode *n, void *user)
{
    struct table *t = user;
    enum element e = tree_kind(n);
    if (e == ELEMENT_CAPTION) {
        lines_add(t->lines, text_of(plain_cell(t->l, n)));
        lines_end(t->lines);
        lines_blank(t->lines, 1);
        return WALK_SKIP;
    }
    if (e == ELEMENT_TR)
        see_row(t);
    if ((e != ELEMENT_TD && e != ELEMENT_TH) || !t->last)
        return WALK_ON;
    see_cell(t, n);
    return WALK_SKIP;
}

static void measure(struct table *t)
{
    for (const struct row *r = t->rows; r; r = r->next) {
        size_t n = 0;
        for (const struct cell *c = r->first; c; c = c->next)
            n++;
        t->count = n > t->count ? n : t->count;
    }
    t->width = arena_array(t->l->arena, t->count + 1, sizeof *t->width);
    for (const struct row *r = t->rows; r; r = r->next) {
        size_t *w = t->width;
        for (const struct cell *c = r->first; c; c = c->next, w++)
            *w = c->columns > *w ? c->columns : *w;
    }
}

/* ---- side by side */

enum { GAP = 2 };

static size_t total(const struct table *t)
{
    size_t sum = lines_columns(buf_view(t->lines->prefix));
    for (size_t i = 0; i < t->count; i++)
        sum += t->width[i] + (i ? GAP : 0);
    return sum;
}

static void spaces(struct buf *b, size_t count)
{
    while (count--)
        buf_byte(b, ' ');
}

static void write_row(const struct table *t, const struct row *r, struct buf *b)
{
    const size_t *w = t->width;
    buf_clear(b);
    for (const struct cell *c = r->first; c; c = c->next, w++) {
        if (c != r->first)
            spaces(b, GAP);
        spaces(b, c->right ? *w - c->columns : 0);
        buf_string(b, c->text);
        spaces(b, c->right ? 0 : *w - c->columns);
    }
    lines_verbatim(t->lines, buf_view(b));
}

static void write_rule(const struct table *t, struct buf *b)
{
    buf_clear(b);
    for (size_t i = 0; i < t->count; i++) {
        spaces(b, i ? GAP : 0);
        for (size_t k = 0; k < t->width[i]; k++)
            buf_byte(b, '-');
    }
    lines_verbatim(t->lines, buf_view(b));
}

static void write_aligned(const struct table *t)
{
    struct buf *b = buf_new(t->l->arena);
    for (const struct row *r = t->rows; r; r = r->next) {
        write_row(t, r, b);
        if (r->head && r->next && !r->next->head)
            write_rule(t, b);
    }
    buf_free(b);
}

/* ---- one below the other */

static void write_record(const struct table *t, const struct row *heads, const struct row *r)
{
    const struct cell *head = heads ? heads->first : NULL;
    for (const struct cell *c = r->first; c; c = c->next, head = head ? head->next : NULL) {
        size_t before = lines_label(t->lines, c == r->first ? "- " : "  ");
        if (head && *head->text) {
            lines_add(t->lines, text_of(head->text));
            buf_string(t->lines->text, ": ");
        }
        lines_add(t->lines, text_of(c->text));
        lines_end(t->lines);
        lines_outdent(t->lines, before);
    }
}

static void write_records(const struct table *t)
{
    const struct row *heads = t->rows && t->rows->head && t->rows->next ? t->rows : NULL;
    for (const struct row *r = heads ? heads->next : t->rows; r; r = r->next)
        write_record(t, heads, r);
}

void plain_table(const struct letter *l, xmlNode *table, struct lines *lines)
{
    static const struct walker walker = {see, NULL};
    struct table t = {.l = l, .lines = lines};
    t.end = &t.rows;
    tree_walk(table, &walker, &t);
    measure(&t);
    if (total(&t) <= LINES_MEASURE)
        write_aligned(&t);
    else
        write_records(&t);
}
