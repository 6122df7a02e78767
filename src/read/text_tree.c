/* The tree, and what is told of it. */
#include "base/utf8.h"
#include "read/text_parts.h"

enum { LISTS_DEEP = 6 };

struct open_list {
    xmlNode *list;
    int indent, number; /* of its latest item */
};

struct builder {
    struct text_parts *p;
    struct document *d;
    struct place_cursor cursor;
    size_t call;                   /* the next one */
    xmlNode *quote, *table, *rows; /* open ones */
    struct open_list lists[LISTS_DEEP];
    int list_count;
    xmlNode *note;
};

/* ---- a block's text with its calls */

static void add_lines(struct document *d, xmlNode *to, struct text t)
{
    size_t from = 0, end;
    while ((end = text_find(t, '\n', from)) < t.length) {
        tree_text(d, to, text_slice(t, from, end));
        tree_text(d, to, TEXT(" "));
        tree_element(d, to, ELEMENT_BR, NULL);
        from = end + 1;
    }
    if (from < t.length)
        tree_text(d, to, text_slice(t, from, t.length));
}

/* The call with what stands before it, for people. */
static struct text around(struct text t, const struct call *c)
{
    size_t from = c->at;
    for (int k = 0; k < 24 && from > 0; k++)
        utf8_previous(t, &from);
    while (from > 0 && from < c->at && !ascii_space(t.at[from - 1]))
        utf8_next(t, &from);
    return text_slice(t, from, c->end);
}

static void tell_call(struct builder *b, const struct call *c, struct text t, const struct place *where)
{
    struct document *d = b->d;
    struct text seen = around(t, c);
    const char *how = manner_name(c->manner);
    if (c->taken) {
        report_add(d->report, "note-call", where, seen,
                   arena_printf(d->arena, "call of note %d (%s)", c->number, how), c->score);
        return;
    }
    if (c->missing) {
        message(d->messages, SEVERITY_WARNING, "notes.missing", where,
                "“%.*s” looks like a call of note %d, but there is no such note; the digits stay in the "
                "text. Add the note, or take the digits out.",
                (int)seen.length, seen.at, c->number);
        report_add(d->report, "note-call", where, seen,
                   arena_printf(d->arena, "text: note %d is missing", c->number), c->score);
        return;
    }
    message(d->messages, SEVERITY_WARNING, "notes.doubtful", where,
            "“%.*s” may end in a call of note %d, but that is not sure (%.2f of 1), so it stays text. To "
            "make it a call, write [%d].",
            (int)seen.length, seen.at, c->number, (double)c->score, c->number);
    report_add(d->report, "note-call", where, seen,
               arena_printf(d->arena, "text: a doubtful call of note %d (%s)", c->number, how), c->score);
}

static void add_content(struct builder *b, xmlNode *to, size_t block, size_t from, size_t end)
{
    struct text t = b->p->blocks[block].text;
    while (b->call < b->p->call_count && b->p->calls[b->call].block < block)
        b->call++;
    for (; b->call < b->p->call_count && b->p->calls[b->call].block == block; b->call++) {
        const struct call *c = &b->p->calls[b->call];
        if (c->at >= end && end < t.length)
            break; /* of the row's next cell */
        if (c->at < from || c->end > end)
            continue;
        struct place where = block_place(b->p, &b->cursor, block, c->at);
        tell_call(b, c, t, &where);
        if (!c->taken || !c->note->key)
            continue;
        add_lines(b->d, to, text_slice(t, from, c->at));
        tree_call(b->d, to, text_of(c->note->key), &where);
        from = c->end;
    }
    add_lines(b->d, to, text_slice(t, from, end));
}

static xmlNode *add_block(struct builder *b, xmlNode *parent, enum element e, size_t block)
{
    struct place where = block_start(b->p, block);
    xmlNode *n = tree_element(b->d, parent, e, &where);
    add_content(b, n, block, 0, b->p->blocks[block].text.length);
    return n;
}

static void tell(struct builder *b, const char *topic, size_t block, const char *decision, double score)
{
    struct place where = block_start(b->p, block);
    struct text t = b->p->blocks[block].text;
    report_add(b->d->report, topic, &where, text_slice(t, 0, 200), decision, score);
}

/* ---- each kind */

static void add_head(struct builder *b, size_t i)
{
    static const enum element heads[] = {ELEMENT_H1, ELEMENT_H2, ELEMENT_H3,
                                         ELEMENT_H4, ELEMENT_H5, ELEMENT_H6};
    const struct block *k = &b->p->blocks[i];
    struct place where = block_start(b->p, i);
    xmlNode *n = tree_element(b->d, b->d->body, heads[k->level - 1], &where);
    size_t from = 0, end = k->text.length;
    if (k->head == HEAD_MARKED) {
        while (from < end && (k->text.at[from] == '#' || k->text.at[from] == ' '))
            from++;
        while (end > from && (k->text.at[end - 1] == '#' || k->text.at[end - 1] == ' '))
            end--;
    }
    if (k->head == HEAD_BOLD) {
        from = 2;
        end -= 2;
    }
    add_content(b, n, i, from, end);
    tell(b, "heading", i, arena_printf(b->d->arena, "heading of level %d", k->level), k->sure);
}

static bool same_list(const struct open_list *l, const struct block *k)
{
    bool bullet = k->marker.style == MARKER_BULLET;
    return bullet == (tree_kind(l->list) == ELEMENT_UL) && (bullet || k->marker.number == l->number + 1);
}

/* The list that an item belongs to: one that is open, or a new one, within the latest item when it stands
 * deeper. */
static struct open_list *list_of(struct builder *b, size_t i)
{
    const struct block *k = &b->p->blocks[i];
    struct place where = block_start(b->p, i);
    while (b->list_count > 0) {
        const struct open_list *l = &b->lists[b->list_count - 1];
        bool deeper = k->indent >= l->indent + 2 && b->list_count < LISTS_DEEP;
        bool here = !deeper && l->indent <= k->indent + 1;
        if (deeper || (here && same_list(l, k)))
            break;
        b->list_count--;
        if (here)
            break;
    }
    struct open_list *top = b->list_count > 0 ? &b->lists[b->list_count - 1] : NULL;
    if (top && (k->indent < top->indent + 2 || b->list_count == LISTS_DEEP) && same_list(top, k))
        return top;
    xmlNode *parent = top && top->list->last ? top->list->last : b->d->body;
    bool bullet = k->marker.style == MARKER_BULLET;
    top = &b->lists[b->list_count++];
    *top = (struct open_list){tree_element(b->d, parent, bullet ? ELEMENT_UL : ELEMENT_OL, &where), k->indent,
                              0};
    if (k->marker.number > 1)
        tree_set(b->d, top->list, "start", arena_printf(b->d->arena, "%d", k->marker.number));
    tell(b, "list", i, bullet ? "list" : "numbered list", 0.9);
    return top;
}

static void add_item(struct builder *b, size_t i)
{
    const struct block *k = &b->p->blocks[i];
    struct place where = block_start(b->p, i);
    if (k->marker.style == MARKER_NONE && b->list_count > 0) {
        add_block(b, b->lists[b->list_count - 1].list->last, ELEMENT_P, i);
        return;
    }
    struct open_list *l = list_of(b, i);
    l->number = k->marker.number;
    xmlNode *li = tree_element(b->d, l->list, ELEMENT_LI, &where);
    xmlNode *text = tree_element(b->d, li, ELEMENT_P, &where);
    add_content(b, text, i, k->marker.length, k->text.length);
}

static void add_row(struct builder *b, size_t i)
{
    const struct block *k = &b->p->blocks[i];
    struct place where = block_start(b->p, i);
    bool head = k->kind == BLOCK_ROW_HEAD;
    if (!b->table || (head && b->rows)) {
        b->table = tree_element(b->d, b->d->body, ELEMENT_TABLE, &where);
        b->rows = NULL;
        tell(b, "table", i, "table", 0.85);
    }
    xmlNode *group = head ? b->table->last : b->rows;
    if (!group)
        group = tree_element(b->d, b->table, head ? ELEMENT_THEAD : ELEMENT_TBODY, &where);
    b->rows = head ? NULL : group;
    xmlNode *row = tree_element(b->d, group, ELEMENT_TR, &where);
    int cells = table_cells(k->text), tabs = b->p->lines[k->line].tabs;
    for (int e = cells; e < k->depth && e < cells + tabs; e++)
        tree_element(b->d, row, ELEMENT_TD, &where);
    for (size_t at = 0, from, end; table_cell(k->text, &at, &from, &end);) {
        xmlNode *cell = tree_element(b->d, row, head && from < end ? ELEMENT_TH : ELEMENT_TD, &where);
        if (head && from < end)
            tree_set(b->d, cell, "scope", "col");
        add_content(b, cell, i, from, end);
    }
    for (int e = cells + tabs; e < k->depth; e++)
        tree_element(b->d, row, ELEMENT_TD, &where);
}

static void add_note(struct builder *b, size_t i)
{
    const struct block *k = &b->p->blocks[i];
    const struct note *n = &b->p->notes[k->note - 1];
    struct place where = block_start(b->p, i);
    size_t last = i;
    for (size_t x = i + 1; x < n->block + n->blocks && x < b->p->block_count; x++)
        if (b->p->blocks[x].kind == BLOCK_NOTE_MORE)
            last = x;
    size_t from = 0;
    if (k->kind == BLOCK_NOTE) {
        b->note = tree_note(b->d, b->d->body, text_of(n->key), &where);
        tree_set(b->d, b->note, "number", n->number > 0 ? arena_printf(b->d->arena, "%d", n->number) : NULL);
        from = k->marker.number || k->marker.style == MARKER_CARET ? k->marker.length : 0;
        tell(b, "note", i, arena_printf(b->d->arena, "note %d%s", n->number, n->call ? "" : ", never called"),
             n->call ? n->score : 0.7);
    }
    size_t end = last == i ? note_text_end(k->text, b->p->blocks[n->block].marker.style == MARKER_FOOTNOTE)
                           : k->text.length;
    if (from < end)
        add_content(b, tree_element(b->d, b->note, ELEMENT_P, &where), i, from, end);
}

static void drop_clutter(struct builder *b, size_t i)
{
    struct place where = block_start(b->p, i);
    struct text t = b->p->blocks[i].text, shown = t;
    size_t at = 0;
    for (int k = 0; k < 70 && at < t.length; k++)
        utf8_next(t, &at);
    shown = text_slice(t, 0, at);
    message(b->d->messages, SEVERITY_NOTE, "text.clutter", &where,
            "Left out “%.*s%s”, which belongs to the web page and not to the text.", (int)shown.length,
            shown.at, shown.length < t.length ? "…" : "");
    report_add(b->d->report, "clutter", &where, t, "left out", 0.9);
}

static xmlNode *parent_for(struct builder *b, const struct block *k)
{
    if (!k->quote || (k->kind != BLOCK_PARAGRAPH && k->kind != BLOCK_VERSE)) {
        b->quote = NULL;
        return b->d->body;
    }
    if (!b->quote) {
        size_t i = (size_t)(k - b->p->blocks);
        struct place where = block_start(b->p, i);
        b->quote = tree_element(b->d, b->d->body, ELEMENT_BLOCKQUOTE, &where);
        tell(b, "quote", i, "block quote", 0.85);
    }
    return b->quote;
}

static void add_break(struct builder *b, size_t i, const char *class)
{
    struct place where = block_start(b->p, i);
    xmlNode *last = b->d->body->last;
    if (!last || tree_kind(last) == ELEMENT_HR || tree_kind(last) == ELEMENT_NOTE)
        return;
    xmlNode *hr = tree_element(b->d, b->d->body, ELEMENT_HR, &where);
    if (class)
        tree_set(b->d, hr, "class", class);
}

static void add(struct builder *b, size_t i)
{
    const struct block *k = &b->p->blocks[i];
    xmlNode *parent = parent_for(b, k);
    if (k->kind != BLOCK_ITEM)
        b->list_count = 0;
    if (k->kind != BLOCK_ROW && k->kind != BLOCK_ROW_HEAD && k->kind != BLOCK_GONE)
        b->table = NULL;
    switch (k->kind) {
    case BLOCK_HEAD:
        add_head(b, i);
        break;
    case BLOCK_ORDINAL:
        tree_add_class(b->d, add_block(b, parent, ELEMENT_P, i), "ordinal");
        tell(b, "ordinal", i, "a number that parts the text", k->sure);
        break;
    case BLOCK_PARAGRAPH:
        if (k->lost) {
            add_break(b, i, "lost-head");
            tell(b, "break", i, "two empty lines before it: a head was lost here", 0.7);
        }
        add_block(b, parent, ELEMENT_P, i);
        break;
    case BLOCK_VERSE:
        tree_add_class(b->d, add_block(b, parent, ELEMENT_P, i), "verse");
        tell(b, "verse", i, "lines kept as they are", 0.75);
        break;
    case BLOCK_ITEM:
        add_item(b, i);
        break;
    case BLOCK_ROW:
    case BLOCK_ROW_HEAD:
        add_row(b, i);
        break;
    case BLOCK_RULE:
        add_break(b, i, NULL);
        break;
    case BLOCK_NOTES_HEAD:
        tell(b, "notes-heading", i, "head of the notes, made anew with them", 0.95);
        break;
    case BLOCK_NOTE:
    case BLOCK_NOTE_MORE:
        add_note(b, i);
        break;
    case BLOCK_CLUTTER:
        drop_clutter(b, i);
        break;
    default:
        break;
    }
}

/* A rule that nothing follows parts nothing. */
static void drop_last_rules(struct document *d)
{
    xmlNode *n = d->body->last;
    while (n && (tree_kind(n) == ELEMENT_NOTE || tree_kind(n) == ELEMENT_HR)) {
        xmlNode *before = n->prev;
        if (tree_kind(n) == ELEMENT_HR)
            tree_remove(n);
        n = before;
    }
}

void text_tree(struct text_parts *p)
{
    struct builder b = {.p = p, .d = p->document};
    for (size_t i = 0; i < p->block_count; i++)
        add(&b, i);
    drop_last_rules(p->document);
}
