#include "layout/builder.h"
#include "layout/counters.h"

/* What an element that floats to the foot was taken out of. */
struct floated {
    struct gather *gather;
    struct table *table;
    int in_cell;
};

bool floats_to_foot(const struct builder *b, const struct level *l)
{
    bool is_endnote = l->kind == ELEMENT_LI && tree_has_word(l->node->parent->parent, "role", "doc-endnotes");
    return l->style->floats == FLOAT_FOOTNOTE && !is_endnote && !b->floating;
}

static const char *text_of_pseudo(struct builder *b, const struct level *l, const struct style *s)
{
    struct buf *text = buf_new(b->arena);
    for (const struct content *c = s ? s->content : NULL; c; c = c->next)
        content_text(b, l->node, c, text);
    return text_copy(b->arena, buf_view(text));
}

/* The call stands where the element would. */
static void add_call(struct builder *b, const struct level *l, const struct level *parent, uint32_t tag,
                     const char *name)
{
    const struct style *s = style_of(b->styles, l->node, PSEUDO_FOOTNOTE_CALL, parent->style);
    const char *text = text_of_pseudo(b, l, s);
    struct place where = tree_place(b->document, l->node);
    struct link *link = arena_alloc(b->arena, sizeof *link);
    *link = (struct link){.target = name, .contents = arena_printf(b->arena, "Note %s", text), .tag = tag};
    struct manner_of_text m = manner_now(b);
    m.style = s ? s : parent->style;
    m.first_style = NULL;
    m.tag = tag;
    m.link = link;
    m.call = true;
    m.raise_pt = raise_of(m.style, parent->style, parent->raise_pt);
    call_note(b, name);
    gather_text(b->gather, &m, text_of(text), NULL, &where);
}

static void add_marker(struct builder *b, const struct level *l)
{
    const struct style *s = style_of(b->styles, l->node, PSEUDO_FOOTNOTE_MARKER, l->style);
    const char *text = text_of_pseudo(b, l, s);
    if (!*text)
        return;
    struct place where = tree_place(b->document, l->node);
    struct marker *m = arena_alloc(b->arena, sizeof *m);
    *m = (struct marker){.text = text_copy(b->arena, text_trim(text_of(text))),
                         .inside = true,
                         .style = s,
                         .face = gather_face(b->gather, s, &where),
                         .tag = tag_label(b->tagger, l->tag),
                         .seq = tag_next(b->tagger)};
    b->marker = m;
}

/* The content goes on in a list of blocks of its own, under all columns; the open paragraph waits. */
static void leave_flow(struct builder *b, struct level *l, const char *name)
{
    struct block_list *list = arena_alloc(b->arena, sizeof *list);
    struct floated *f = arena_alloc(b->arena, sizeof *f);
    *f = (struct floated){b->gather, b->table, b->in_cell};
    list->compact = l->style->footnote_display == FOOTNOTE_COMPACT;
    hash_put(b->flow->notes, text_of(name), list);
    l->floated = f;
    b->floating = true;
    l->outer = b->out;
    b->out = list;
    b->gather = gather_new(b->arena, f->gather->fonts);
    b->table = NULL;
    b->in_cell = 0;
    l->block = true;
    l->page = b->page;
    l->width_pt = b->options->width_pt;
    leave_columns(b, l);
    l->width_pt = b->options->width_pt;
}

void begin_footnote(struct builder *b, struct level *l, const struct level *parent)
{
    open_paragraph(b);
    const char *name = arena_printf(b->arena, "float-note-%d", ++b->footnotes);
    const char *call = arena_printf(b->arena, "float-call-%d", b->footnotes);
    counters_raise(b->counters, "footnote");
    struct note_tags tags = tag_footnote(b->tagger, content_tag(parent), name, call);
    add_call(b, l, parent, tags.call, name);
    l->tag = tags.note;
    leave_flow(b, l, name);
    struct anchor *a = arena_alloc(b->arena, sizeof *a);
    *a = (struct anchor){0, name, tags.note, NULL};
    *b->anchors_end = a;
    b->anchors_end = &a->next;
    want_anchor(b, l->node, tags.note);
    add_marker(b, l);
}

void end_footnote(struct builder *b, struct level *l)
{
    close_paragraph(b);
    end_columns(b, l);
    b->out = l->outer;
    b->gather = l->floated->gather;
    b->table = l->floated->table;
    b->in_cell = l->floated->in_cell;
    b->floating = false;
    b->space_pt = 0;
    b->gap = GAP_FREE;
}
