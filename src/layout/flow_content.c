#include "layout/builder.h"
#include "layout/counters.h"
#include "layout/numbering.h"

/* The text that is made before or behind an element, as far as it is none of the element's own. */
static void made_text(struct builder *b, const xmlNode *n, enum pseudo which, struct buf *out)
{
    const struct level *l = top_level(b);
    const struct style *s = l->node == n ? style_of(b->styles, n, which, l->style) : NULL;
    for (const struct content *c = s ? s->content : NULL; c; c = c->next)
        if (c->kind != CONTENT_TEXT)
            content_text(b, n, c, out);
}

static void own_text(struct builder *b, const xmlNode *n, const char *part, struct buf *out)
{
    if (part && strcmp(part, "before") == 0)
        made_text(b, n, PSEUDO_BEFORE, out);
    else if (part && strcmp(part, "after") == 0)
        made_text(b, n, PSEUDO_AFTER, out);
    else
        element_text(b->document, n, part != NULL, out);
}

void content_text(struct builder *b, const xmlNode *n, const struct content *c, struct buf *out)
{
    if (c->kind == CONTENT_STRING)
        buf_string(out, c->text);
    else if (c->kind == CONTENT_ATTR)
        buf_string(out, tree_get(n, c->text) ? tree_get(n, c->text) : "");
    else if (c->kind == CONTENT_OPEN_QUOTE)
        buf_string(out, "“");
    else if (c->kind == CONTENT_CLOSE_QUOTE)
        buf_string(out, "”");
    else if (c->kind == CONTENT_COUNTER)
        buf_string(out, number_format(b->arena, counters_value(b->counters, c->text), c->style));
    else if (c->kind == CONTENT_COUNTERS)
        counters_print(b->counters, b->arena, c->text, c->between, c->style, out);
    else if (c->kind == CONTENT_TEXT)
        own_text(b, n, c->text, out);
    else if (c->kind == CONTENT_TARGET_COUNTER)
        buf_string(out, references_counter(b->options->references, b->arena, tree_get(n, "href"), c->text,
                                           c->style));
    else if (c->kind == CONTENT_TARGET_TEXT)
        references_text(b->options->references, tree_get(n, "href"), c->text != NULL, out);
}

/* What follows a leader stands at the end of the last line. */
static void add_tail(struct builder *b, const xmlNode *n, const struct style *s, const struct content *leader)
{
    struct buf *text = buf_new(b->arena);
    for (const struct content *c = leader->next; c; c = c->next)
        content_text(b, n, c, text);
    struct manner_of_text m = manner_now(b);
    m.style = s;
    struct place where = tree_place(b->document, n);
    struct tail *t = arena_alloc(b->arena, sizeof *t);
    *t = (struct tail){leader->text,
                       text_copy(b->arena, buf_view(text)),
                       s,
                       gather_face_of(b->gather, &m, buf_view(text), &where),
                       m.link,
                       m.tag,
                       m.seq};
    b->gather->paragraph->tail = t;
}

void add_generated(struct builder *b, const xmlNode *n, enum pseudo which, const struct style *parent)
{
    const struct style *s = style_of(b->styles, n, which, parent);
    if (!s || !s->content)
        return;
    enter_counters(b, s);
    counters_leave(b->counters);
    struct buf *text = buf_new(b->arena);
    const struct content *c = s->content;
    for (; c && c->kind != CONTENT_LEADER; c = c->next)
        content_text(b, n, c, text);
    if (!text->length && !c)
        return;
    bool block = s->display == DISPLAY_BLOCK && top_level(b)->block;
    if (block)
        begin_pseudo_block(b, s);
    open_paragraph(b);
    struct manner_of_text m = manner_now(b);
    m.style = s;
    if (!block)
        m.raise_pt = raise_of(s, parent, m.raise_pt);
    bool boxed = !block && gather_open_box(b->gather, s, nearest_block(b)->width_pt, m.raise_pt);
    m.box = b->gather->box;
    if (s->content->silent || tree_kind(n) == ELEMENT_HR) /* for the eye only */
        m.tag = 0;
    struct place where = tree_place(b->document, n);
    if (text->length)
        gather_text(b->gather, &m, buf_view(text), NULL, &where);
    if (boxed)
        gather_close_box(b->gather);
    if (c)
        add_tail(b, n, s, c);
    if (block)
        end_pseudo_block(b);
}

static void mark_string(struct builder *b, const char *name, const char *value)
{
    struct string_mark *m = arena_alloc(b->arena, sizeof *m);
    *m = (struct string_mark){name, value, NULL};
    *b->strings_end = m;
    b->strings_end = &m->next;
}

/* What a counter is where the next paragraph begins, whatever it was since the last one. */
static void mark_counter(struct builder *b, const char *name)
{
    const char *value = arena_printf(b->arena, "%d", counters_value(b->counters, name));
    struct string_mark *m = b->counts;
    while (m && strcmp(m->name + 1, name) != 0)
        m = m->next;
    if (!m) {
        m = arena_alloc(b->arena, sizeof *m);
        *m = (struct string_mark){.name = arena_printf(b->arena, ":%s", name), .next = b->counts};
        b->counts = m;
    }
    m->value = value;
}

static void mark_counters(struct builder *b, const struct counter_change *change)
{
    for (const struct counter_change *i = change; i; i = i->next)
        mark_counter(b, i->name);
}

void enter_counters(struct builder *b, const struct style *s)
{
    counters_enter(b->counters, s);
    mark_counters(b, s->counter_reset);
    mark_counters(b, s->counter_increment);
    for (const struct counter_change *i = s->counter_reset; i; i = i->next)
        if (strcmp(i->name, "page") == 0)
            b->page_number = i->value;
}

void set_strings(struct builder *b, const xmlNode *n, const struct style *s)
{
    for (const struct string_set *set = s->string_set; set; set = set->next) {
        struct buf *value = buf_new(b->arena);
        for (const struct content *c = set->value; c; c = c->next)
            content_text(b, n, c, value);
        mark_string(b, set->name, arena_copy(b->arena, buf_view(value).at, value->length));
    }
}
