/* The structure tree (ISO 32000-1 §14.7, §14.8): an element for each tag, its kids in reading order. */
#include "write/pdf/syntax.h"
#include "write/pdf/tree.h"
#include "write/pdf/writer.h"
#include <stdlib.h>

static const char *const names[] = {
    [TAG_NONE] = "NonStruct",
    [TAG_DOCUMENT] = "Document",
    [TAG_PART] = "Part",
    [TAG_SECT] = "Sect",
    [TAG_DIV] = "Div",
    [TAG_TITLE] = "Title",
    [TAG_H] = "H",
    [TAG_P] = "P",
    [TAG_L] = "L",
    [TAG_BLOCKQUOTE] = "BlockQuote",
    [TAG_LI] = "LI",
    [TAG_LBL] = "Lbl",
    [TAG_LBODY] = "LBody",
    [TAG_TABLE] = "Table",
    [TAG_THEAD] = "THead",
    [TAG_TBODY] = "TBody",
    [TAG_TFOOT] = "TFoot",
    [TAG_TR] = "TR",
    [TAG_TH] = "TH",
    [TAG_TD] = "TD",
    [TAG_FIGURE] = "Figure",
    [TAG_CAPTION] = "Caption",
    [TAG_CODE] = "Code",
    [TAG_TOC] = "TOC",
    [TAG_TOCI] = "TOCI",
    [TAG_NOTE] = "Note",
    [TAG_LINK] = "Link",
    [TAG_REFERENCE] = "Reference",
    [TAG_SPAN] = "Span",
    [TAG_EM] = "Em",
    [TAG_STRONG] = "Strong",
    [TAG_QUOTE] = "Quote",
    [TAG_INDEX] = "Index",
    [TAG_FORMULA] = "Formula",
    [TAG_RUBY] = "Ruby",
    [TAG_RB] = "RB",
    [TAG_RT] = "RT",
    [TAG_RP] = "RP",
};
/* What came with PDF 2.0, for readers that know only the types of 1.7. */
static const char role_map[] = "/RoleMap<</Title/H1/Em/Span/Strong/Span/FENote/Note>>";

/* Types of PDF 1.7 that PDF 2.0 no longer has in its own namespace (ISO 32000-2 §14.8.6). */
static bool is_older(enum tag_type type)
{
    return type == TAG_BLOCKQUOTE || type == TAG_TOC || type == TAG_TOCI || type == TAG_INDEX ||
           type == TAG_QUOTE || type == TAG_REFERENCE || type == TAG_CODE;
}

const char *tag_name(const struct writer *w, uint32_t tag)
{
    static const char *const headings[] = {"H1", "H2", "H3", "H4", "H5", "H6"};
    const struct tag *t = &w->pages->tags[tag];
    enum tag_type kind = (enum tag_type)w->tag_kind[tag];
    if (kind == TAG_H) {
        int level = t->level - w->heading_shift;
        return headings[level < 1 ? 0 : level > 6 ? 5 : level - 1];
    }
    if (kind == TAG_TITLE && !w->modern)
        return headings[0];
    if (kind == TAG_NOTE && !references_of(w, tag))
        return "Div"; /* ISO 32000-1 §14.8.4.4.1: a Note is referred to from the text; nothing calls this one
                       */
    if (kind == TAG_NOTE && w->modern)
        return "FENote";
    return names[kind];
}

void writer_tags(struct writer *w)
{
    w->tag_object = arena_array(w->arena, (size_t)w->pages->tag_count + 1, sizeof *w->tag_object);
    for (uint32_t t = 1; t < w->pages->tag_count; t++)
        if (w->tag_stands[t] == t)
            w->tag_object[t] = store_reserve(w->store);
}

/* ---- what each element holds */

enum kid_kind { KID_TAG, KID_MARK, KID_LINK, KID_FILLER };

struct kid {
    uint32_t seq, order;  /* equal seqs stay in the order in which they were found */
    uint32_t page, value; /* the tag; the page and its MCID; the index of the link or filler */
    enum kid_kind kind;
};

/* The kids of all tags, one array: those of tag t from first[t] to before first[t + 1]. */
struct holding {
    size_t *first;
    struct kid *kids;
};

static const struct mark *mark_of(const struct page_use *use, uint32_t mcid)
{
    return &use->marks.marks[use->sequences[mcid].mark];
}

/* The element that holds a tag which stands. */
static uint32_t parent_of(const struct writer *w, uint32_t tag)
{
    return w->tag_stands[w->pages->tags[tag].parent];
}

static void count_kids(const struct writer *w, size_t *counts)
{
    for (uint32_t t = 2; t < w->pages->tag_count; t++)
        if (w->tag_stands[t] == t)
            counts[parent_of(w, t)]++;
    for (uint32_t i = 0; i < w->pages->count; i++)
        for (uint32_t m = 0; m < w->uses[i].sequence_count; m++)
            counts[w->tag_stands[mark_of(&w->uses[i], m)->tag]]++;
    for (uint32_t i = 0; i < w->link_count; i++)
        counts[w->tag_stands[w->links[i].tag]]++;
    for (uint32_t i = 0; i < w->filler_count; i++)
        counts[w->fillers[i].row]++;
}

static void add_kid(struct holding *h, size_t *next, uint32_t tag, struct kid kid)
{
    size_t at = next[tag]++;
    kid.order = (uint32_t)(at - h->first[tag]);
    h->kids[at] = kid;
}

static void fill_kids(const struct writer *w, struct holding *h, size_t *next)
{
    for (uint32_t t = 2; t < w->pages->tag_count; t++)
        if (w->tag_stands[t] == t)
            add_kid(h, next, parent_of(w, t),
                    (struct kid){.seq = w->pages->tags[t].seq, .value = t, .kind = KID_TAG});
    for (uint32_t i = 0; i < w->pages->count; i++)
        for (uint32_t m = 0; m < w->uses[i].sequence_count; m++) {
            const struct mark *mark = mark_of(&w->uses[i], m);
            add_kid(h, next, w->tag_stands[mark->tag],
                    (struct kid){.seq = mark->seq, .page = i, .value = m, .kind = KID_MARK});
        }
    for (uint32_t i = 0; i < w->link_count; i++)
        add_kid(h, next, w->tag_stands[w->links[i].tag],
                (struct kid){
                    .seq = w->links[i].frame->seq, .page = w->links[i].page, .value = i, .kind = KID_LINK});
    for (uint32_t i = 0; i < w->filler_count; i++)
        add_kid(h, next, w->fillers[i].row, (struct kid){.seq = UINT32_MAX, .value = i, .kind = KID_FILLER});
}

static int by_seq(const void *a, const void *b)
{
    const struct kid *x = a, *y = b;
    if (x->seq != y->seq)
        return x->seq < y->seq ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

static struct holding hold(struct writer *w)
{
    uint32_t tags = w->pages->tag_count;
    struct holding h = {.first = arena_array(w->arena, (size_t)tags + 2, sizeof *h.first)};
    count_kids(w, h.first + 1);
    for (uint32_t t = 0; t < tags; t++)
        h.first[t + 1] += h.first[t];
    h.kids = arena_array(w->arena, h.first[tags] + 1, sizeof *h.kids);
    size_t *next = arena_array(w->arena, (size_t)tags + 1, sizeof *next);
    memcpy(next, h.first, (size_t)tags * sizeof *next);
    fill_kids(w, &h, next);
    for (uint32_t t = 1; t < tags; t++)
        qsort(h.kids + h.first[t], h.first[t + 1] - h.first[t], sizeof *h.kids, by_seq);
    return h;
}

/* ---- elements */

static void print_kid(const struct writer *w, struct buf *b, const struct kid *k, int page)
{
    int of = w->uses[k->page].object;
    switch (k->kind) {
    case KID_TAG:
        pdf_ref(b, w->tag_object[k->value]);
        break;
    case KID_FILLER:
        pdf_ref(b, w->fillers[k->value].object);
        break;
    case KID_MARK:
        if (of == page)
            buf_printf(b, " %u", k->value);
        else
            buf_printf(b, "<</Type/MCR/Pg %d 0 R/MCID %u>>", of, k->value);
        break;
    case KID_LINK:
        buf_printf(b, "<</Type/OBJR/Obj %d 0 R", w->links[k->value].object);
        if (of != page)
            buf_printf(b, "/Pg %d 0 R", of);
        buf_string(b, ">>");
        break;
    }
}

static void print_kids(const struct writer *w, struct buf *b, const struct holding *h, uint32_t tag)
{
    const struct kid *first = h->kids + h->first[tag], *end = h->kids + h->first[tag + 1];
    int page = 0;
    for (const struct kid *k = first; k < end && !page; k++)
        if (k->kind == KID_MARK || k->kind == KID_LINK)
            page = w->uses[k->page].object;
    if (page) {
        buf_string(b, "/Pg");
        pdf_ref(b, page);
    }
    if (first == end)
        return;
    buf_string(b, "/K");
    if (end - first > 1)
        buf_byte(b, '[');
    for (const struct kid *k = first; k < end; k++)
        print_kid(w, b, k, page);
    if (end - first > 1)
        buf_byte(b, ']');
}

/* Around all frames of the figure's own on the first page that has any. */
static bool figure_box(const struct writer *w, const struct holding *h, uint32_t tag, double box[4])
{
    bool any = false;
    uint32_t page = 0;
    for (const struct kid *k = h->kids + h->first[tag]; k < h->kids + h->first[tag + 1]; k++) {
        if (k->kind != KID_MARK || (any && k->page != page))
            continue;
        page = k->page;
        const struct page *p = &w->pages->pages[page];
        const struct mark *m = mark_of(&w->uses[page], k->value);
        for (uint32_t i = m->first; i < m->first + m->count; i++) {
            const struct frame *f = &p->frames[i];
            if (f->kind != FRAME_IMAGE)
                continue;
            double left = (double)f->x_pt, top = p->height_pt - (double)f->y_pt;
            double right = left + f->image->width_pt, bottom = top - f->image->height_pt;
            box[0] = any && box[0] < left ? box[0] : left;
            box[1] = any && box[1] < bottom ? box[1] : bottom;
            box[2] = any && box[2] > right ? box[2] : right;
            box[3] = any && box[3] > top ? box[3] : top;
            any = true;
        }
    }
    return any;
}

static void print_spans(struct buf *b, uint32_t columns, uint32_t rows)
{
    if (columns > 1)
        buf_printf(b, "/ColSpan %u", columns);
    if (rows > 1)
        buf_printf(b, "/RowSpan %u", rows);
}

/* A TH's ID when other cells name it; no element of a source has one with a space. */
static const char *header_id(const struct writer *w, uint32_t tag)
{
    const char *id = w->pages->tags[tag].id;
    return id ? id : arena_printf(w->arena, "header %u", tag);
}

static void print_headers(const struct writer *w, struct buf *b, const struct header *h)
{
    if (!h)
        return;
    buf_string(b, "/Headers[");
    for (; h; h = h->next)
        pdf_bytes(b, text_of(header_id(w, h->tag)));
    buf_byte(b, ']');
}

static void print_table_attributes(const struct writer *w, struct buf *b, uint32_t tag)
{
    static const char *const scopes[] = {"Column", "Column", "Row", "Both", "Row"};
    const struct cell *cell = w->cells ? w->cells[tag] : NULL;
    if (!cell) /* a style took it out of its table */
        return;
    bool header = w->tag_kind[tag] == TAG_TH;
    if (!header && cell->columns <= 1 && cell->rows <= 1 && !cell->headers)
        return;
    buf_string(b, "/A<</O/Table");
    if (header)
        buf_printf(b, "/Scope/%s", scopes[cell->scope]);
    print_spans(b, cell->columns, cell->rows);
    print_headers(w, b, cell->headers);
    buf_string(b, ">>");
}

static void fill_fillers(const struct writer *w, struct buf *b)
{
    for (uint32_t i = 0; i < w->filler_count; i++) {
        const struct filler *f = &w->fillers[i];
        buf_clear(b);
        buf_printf(b, "/S/TD/P %d 0 R", w->tag_object[f->row]);
        if (f->columns > 1) {
            buf_string(b, "/A<</O/Table");
            print_spans(b, f->columns, 1);
            buf_string(b, ">>");
        }
        store_fill(w->store, f->object, buf_view(b));
    }
}

/* Has an item of the list a label? */
static bool is_labelled(const struct writer *w, uint32_t list)
{
    const struct tag_kids *k = &w->kids;
    for (uint32_t i = k->first[list]; i < k->first[list + 1]; i++)
        for (uint32_t j = k->first[k->kids[i]]; j < k->first[k->kids[i] + 1]; j++)
            if (w->pages->tags[k->kids[j]].type == TAG_LBL)
                return true;
    return false;
}

static void print_numbering(const struct writer *w, struct buf *b, uint32_t list)
{
    static const char *const numberings[] = {"None",       "Decimal",    "Disc",       "Circle",    "Square",
                                             "UpperRoman", "LowerRoman", "UpperAlpha", "LowerAlpha"};
    unsigned numbering = w->pages->tags[list].numbering;
    const char *name = numbering <= LIST_LOWER_ALPHA ? numberings[numbering] : numberings[LIST_NONE];
    if (w->modern && name == numberings[LIST_NONE] && is_labelled(w, list))
        name = "Description"; /* None is for lists without labels there (ISO 32000-2 table 382) */
    buf_printf(b, "/A<</O/List/ListNumbering/%s>>", name);
}

/* An FENote goes without NoteType: readers that don't know this owner of attributes warn of it (poppler 22),
 * and where a note stands says the same. */
static void print_attributes(const struct writer *w, struct buf *b, const struct holding *h, uint32_t tag)
{
    const struct tag *t = &w->pages->tags[tag];
    double box[4];
    if (t->type == TAG_L) {
        print_numbering(w, b, tag);
    } else if (t->type == TAG_TH || t->type == TAG_TD) {
        print_table_attributes(w, b, tag);
    } else if (t->type == TAG_FIGURE && !tag_decorates(t) && figure_box(w, h, tag, box)) {
        buf_string(b, "/A<</O/Layout/BBox[");
        for (int i = 0; i < 4; i++)
            pdf_number(b, box[i]);
        buf_string(b, "]>>");
    }
}

static void print_text_entry(struct writer *w, struct buf *b, const char *key, const char *text)
{
    if (!text || !*text)
        return;
    buf_printf(b, "/%s", key);
    writer_text(w, b, text_of(text));
}

/* The ID that a tag has in the file: notes must have one (ISO 14289-1 §7.9), headers are named by theirs. */
static const char *tag_id(struct writer *w, uint32_t tag)
{
    const struct tag *t = &w->pages->tags[tag];
    if (t->type == TAG_NOTE)
        return t->id ? t->id : arena_printf(w->arena, "note-tag-%u", tag);
    return w->cells && w->cells[tag] && w->cells[tag]->named ? header_id(w, tag) : NULL;
}

struct roots {
    int tree, name_space;
};

static void fill_element(struct writer *w, struct buf *b, const struct holding *h, uint32_t tag,
                         const struct roots *roots)
{
    const struct tag *t = &w->pages->tags[tag];
    buf_clear(b);
    buf_printf(b, "/S/%s/P %d 0 R", tag_name(w, tag),
               tag == 1 ? roots->tree : w->tag_object[parent_of(w, tag)]);
    if (w->modern) {
        if (!is_older((enum tag_type)w->tag_kind[tag]))
            buf_printf(b, "/NS %d 0 R", roots->name_space);
        print_references(w, b, tag);
    }
    const char *id = tag_id(w, tag);
    if (id) {
        buf_string(b, "/ID");
        pdf_bytes(b, text_of(id));
    }
    print_text_entry(w, b, "Lang", t->language);
    print_text_entry(w, b, "Alt", t->alternative);
    print_text_entry(w, b, "E", t->expansion);
    print_text_entry(w, b, "T", t->title);
    print_attributes(w, b, h, tag);
    print_kids(w, b, h, tag);
    store_fill(w->store, w->tag_object[tag], buf_view(b));
}

/* ---- the root */

/* Keys below the count of pages are the pages' own; links follow. */
static void parent_tree(struct writer *w, struct buf *root)
{
    struct tree *tree = tree_new(w->arena, w->store, TREE_NUMBERS);
    struct buf *value = buf_new(w->arena);
    for (uint32_t i = 0; i < w->pages->count; i++) {
        const struct page_use *use = &w->uses[i];
        if (!use->sequence_count)
            continue;
        buf_clear(value);
        buf_byte(value, '[');
        for (uint32_t m = 0; m < use->sequence_count; m++)
            pdf_ref(value, w->tag_object[w->tag_stands[mark_of(use, m)->tag]]);
        buf_byte(value, ']');
        tree_add_number(tree, (long)i, buf_view(value));
    }
    for (uint32_t i = 0; i < w->link_count; i++) {
        if (!w->links[i].tag)
            continue;
        buf_clear(value);
        pdf_ref(value, w->tag_object[w->tag_stands[w->links[i].tag]]);
        tree_add_number(tree, (long)w->pages->count + (long)i, buf_view(value));
    }
    buf_free(value);
    struct buf *b = buf_new(w->arena);
    tree_end(tree, b);
    buf_string(root, "/ParentTree");
    pdf_ref(root, store_add(w->store, buf_view(b)));
    buf_printf(root, "/ParentTreeNextKey %u", w->pages->count + w->link_count);
    buf_free(b);
}

struct named {
    const char *id;
    int object;
};

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct named *)a)->id, ((const struct named *)b)->id);
}

static void id_tree(struct writer *w, struct buf *root)
{
    size_t count = 0;
    struct named *list = arena_array(w->arena, (size_t)w->pages->tag_count + 1, sizeof *list);
    for (uint32_t t = 1; t < w->pages->tag_count; t++) {
        const char *id = w->tag_stands[t] == t ? tag_id(w, t) : NULL;
        if (id)
            list[count++] = (struct named){id, w->tag_object[t]};
    }
    if (!count)
        return;
    qsort(list, count, sizeof *list, by_id);
    struct tree *tree = tree_new(w->arena, w->store, TREE_NAMES);
    struct buf *value = buf_new(w->arena);
    for (size_t i = 0; i < count; i++) {
        buf_clear(value);
        pdf_ref(value, list[i].object);
        tree_add_name(tree, text_of(list[i].id), buf_view(value));
    }
    buf_clear(value);
    tree_end(tree, value);
    buf_string(root, "/IDTree");
    pdf_ref(root, store_add(w->store, buf_view(value)));
    buf_free(value);
}

int writer_structure(struct writer *w)
{
    struct roots roots = {.tree = store_reserve(w->store)};
    if (w->modern)
        roots.name_space = store_add(w->store, TEXT("/Type/Namespace/NS(http://iso.org/pdf2/ssn)"));
    struct holding h = hold(w);
    struct buf *b = buf_new(w->arena);
    for (uint32_t t = 1; t < w->pages->tag_count; t++)
        if (w->tag_stands[t] == t)
            fill_element(w, b, &h, t, &roots);
    fill_fillers(w, b);
    buf_clear(b);
    buf_printf(b, "/Type/StructTreeRoot/K[");
    if (w->pages->tag_count > 1)
        pdf_ref(b, w->tag_object[1]);
    buf_byte(b, ']');
    if (w->modern)
        buf_printf(b, "/Namespaces[%d 0 R]", roots.name_space);
    buf_string(b, role_map);
    parent_tree(w, b);
    id_tree(w, b);
    store_fill(w->store, roots.tree, buf_view(b));
    buf_free(b);
    return roots.tree;
}
