#include "layout/tagging.h"
#include "layout/numbering.h"
#include <stdlib.h>

struct tagger {
    struct arena *arena;
    const struct document *document;
    struct tag *tags;
    uint32_t count, seq;
    size_t capacity;
    uint32_t gap;       /* where the reading order left a gap */
    uint32_t last_item; /* of a definition list */
};

/* How many numbers of the reading order a gap holds: more than any contents need. */
enum { GAP_SIZE = 1 << 24 };

void tag_leave_gap(struct tagger *t)
{
    t->gap = t->seq;
    t->seq += GAP_SIZE;
}

void tag_fill_gap(struct tagger *t)
{
    t->seq = t->gap;
}

uint32_t tag_next(struct tagger *t)
{
    return ++t->seq;
}

uint32_t tag_add(struct tagger *t, enum tag_type type, uint32_t parent)
{
    t->tags = arena_room(t->arena, t->tags, t->count, &t->capacity, sizeof *t->tags);
    t->tags[t->count] = (struct tag){.type = type, .parent = parent, .seq = tag_next(t)};
    return t->count++;
}

struct tagger *tagger_new(struct arena *a, const struct document *d)
{
    struct tagger *t = arena_alloc(a, sizeof *t);
    t->arena = a;
    t->document = d;
    tag_add(t, TAG_NONE, 0);
    tag_add(t, TAG_DOCUMENT, 0);
    return t;
}

uint32_t tag_root(const struct tagger *t)
{
    (void)t;
    return 1;
}

bool tag_is(const struct tagger *t, uint32_t tag, enum tag_type type)
{
    return t->tags[tag].type == type;
}

bool tag_takes_text(const struct tagger *t, uint32_t tag)
{
    switch (t->tags[tag].type) {
    case TAG_P:
    case TAG_H:
    case TAG_TITLE:
    case TAG_LBL:
    case TAG_LBODY:
    case TAG_CAPTION:
    case TAG_TH:
    case TAG_TD:
    case TAG_CODE:
    case TAG_TOCI:
        return true;
    default:
        return false;
    }
}

static uint32_t spans(const xmlNode *n, const char *name)
{
    const char *v = tree_get(n, name);
    int k = v ? atoi(v) : 1;
    return k < 1 ? 1 : k > 65000 ? 65000 : (uint32_t)k;
}

static const char *id_of(const xmlNode *n)
{
    return tree_get(n, "id");
}

/* As tag.header_scope; what HTML calls a group of columns is a cell that spans them. */
static uint8_t scope_of(const xmlNode *n)
{
    static const char *const names[] = {"", "col", "row", "colgroup", "rowgroup"};
    static const uint8_t scopes[] = {0, 1, 2, 1, 4};
    const char *scope = tree_get(n, "scope");
    for (size_t i = 0; scope && i < sizeof scopes; i++)
        if (strcmp(scope, names[i]) == 0)
            return scopes[i];
    return 0;
}

static uint32_t table_cell(struct tagger *t, const xmlNode *n, enum tag_type type, uint32_t parent)
{
    uint32_t i = tag_add(t, type, parent);
    struct tag *tag = &t->tags[i];
    tag->column_span = (uint16_t)spans(n, "colspan");
    tag->row_span = (uint16_t)spans(n, "rowspan");
    tag->headers = tree_get(n, "headers");
    if (type == TAG_TH) {
        tag->id = id_of(n);
        tag->header_scope = scope_of(n);
    }
    return i;
}

static uint32_t note_tag(struct tagger *t, const xmlNode *n, uint32_t parent)
{
    uint32_t i = tag_add(t, TAG_NOTE, parent);
    t->tags[i].id = id_of(n);
    return i;
}

struct note_tags tag_footnote(struct tagger *t, uint32_t parent, const char *name, const char *call)
{
    struct note_tags n;
    n.call = tag_add(t, TAG_LINK, tag_add(t, TAG_REFERENCE, parent));
    t->tags[n.call].id = call;
    t->tags[n.call].reference = name;
    n.note = tag_add(t, TAG_NOTE, parent);
    t->tags[n.note].id = name;
    t->tags[n.note].reference = call;
    return n;
}

/* A chapter's notes are a section that is titled as the chapter: what the page shows above them is not read.
 */
static uint32_t notes_tag(struct tagger *t, const xmlNode *n, uint32_t parent)
{
    const char *label = tree_get(n, "aria-label");
    if (!label)
        return parent;
    uint32_t i = tag_add(t, TAG_SECT, parent);
    t->tags[i].title = label;
    return i;
}

static bool in_contents(const xmlNode *n)
{
    for (; n && n->type == XML_ELEMENT_NODE; n = n->parent)
        if (tree_kind(n) == ELEMENT_NAV)
            return tree_has_word(n, "role", "doc-toc") || tree_has_word(n, "epub:type", "loi") ||
                   tree_has_word(n, "epub:type", "lot");
    return false;
}

/* Is it a link into the book, and nothing beside it but the entries below? Then a line of contents can name
 * what it leads to (ISO 14289-2 §8.2.5.8). */
static bool is_entry(const xmlNode *item)
{
    bool link = false;
    for (const xmlNode *c = item->children; c; c = c->next) {
        enum element k = tree_kind(c);
        const char *href = k == ELEMENT_A && !link ? tree_get(c, "href") : NULL;
        link = link || href;
        bool blank = c->type == XML_TEXT_NODE && !text_trim(text_of((const char *)c->content)).length;
        if (!blank && k != ELEMENT_OL && k != ELEMENT_UL && (!href || href[0] != '#'))
            return false;
    }
    return link;
}

static bool lists_contents(const xmlNode *list)
{
    if (!in_contents(list))
        return false;
    for (const xmlNode *c = list->children; c; c = c->next)
        if (tree_kind(c) == ELEMENT_LI && !is_entry(c))
            return false;
    return true;
}

static bool in_endnotes(const xmlNode *n)
{
    for (int up = 0; n && up < 2; n = n->parent, up++)
        if (n->type == XML_ELEMENT_NODE && tree_has_word(n, "role", "doc-endnotes"))
            return true;
    return false;
}

static const xmlNode *first_image(const xmlNode *n)
{
    for (const xmlNode *c = n->children; c; c = c->next) {
        if (tree_kind(c) == ELEMENT_IMG)
            return c;
        enum element k = tree_kind(c);
        if (k == ELEMENT_P || k == ELEMENT_A || k == ELEMENT_SPAN) {
            const xmlNode *inner = first_image(c);
            if (inner)
                return inner;
        }
    }
    return NULL;
}

/* Empty for a picture that only adorns; NULL where the source owes one. */
static const char *alternative_of(const xmlNode *img)
{
    const char *alt = tree_get(img, "alt");
    if (alt && text_trim(text_of(alt)).length)
        return alt;
    bool adorns = tree_has_word(img, "role", "presentation") || tree_has_word(img, "role", "none");
    return adorns ? "" : NULL;
}

static uint32_t figure_tag(struct tagger *t, const xmlNode *n, uint32_t parent)
{
    const xmlNode *image = first_image(n);
    if (!image)
        return parent;
    uint32_t i = tag_add(t, TAG_FIGURE, parent);
    t->tags[i].alternative = alternative_of(image);
    t->tags[i].id = id_of(n);
    return i;
}

/* A note can't hold headings (ISO/TS 32005 table 5), and they head nothing of the document. */
static bool in_note(const struct tagger *t, uint32_t tag)
{
    while (tag && t->tags[tag].type != TAG_NOTE)
        tag = t->tags[tag].parent;
    return tag;
}

static bool is_title(const xmlNode *n)
{
    return tree_has_word(n, "class", "title") && n->parent->type == XML_ELEMENT_NODE &&
           tree_has_word(n->parent, "class", "title-block");
}

static uint32_t heading_tag(struct tagger *t, const xmlNode *n, enum element kind, uint32_t parent)
{
    if (in_note(t, parent))
        return tag_add(t, TAG_P, parent);
    uint32_t i = tag_add(t, is_title(n) ? TAG_TITLE : TAG_H, parent);
    t->tags[i].level = (uint8_t)(kind - ELEMENT_H1 + 1);
    t->tags[i].id = id_of(n);
    return i;
}

static enum tag_type section_type(const xmlNode *n)
{
    return tree_has_word(n, "role", "doc-part")    ? TAG_PART
           : tree_has_word(n, "role", "doc-index") ? TAG_INDEX
                                                   : TAG_SECT;
}

/* Elements whose tag follows from their name alone. */
static const enum tag_type plain[ELEMENT_COUNT] = {[ELEMENT_ARTICLE] = TAG_SECT,
                                                   [ELEMENT_P] = TAG_P,
                                                   [ELEMENT_ADDRESS] = TAG_DIV,
                                                   [ELEMENT_SUMMARY] = TAG_DIV,
                                                   [ELEMENT_BLOCKQUOTE] = TAG_BLOCKQUOTE,
                                                   [ELEMENT_TABLE] = TAG_TABLE,
                                                   [ELEMENT_THEAD] = TAG_THEAD,
                                                   [ELEMENT_TBODY] = TAG_TBODY,
                                                   [ELEMENT_TFOOT] = TAG_TFOOT,
                                                   [ELEMENT_TR] = TAG_TR,
                                                   [ELEMENT_CAPTION] = TAG_CAPTION,
                                                   [ELEMENT_PRE] = TAG_P,
                                                   [ELEMENT_UL] = TAG_L,
                                                   [ELEMENT_OL] = TAG_L,
                                                   [ELEMENT_DL] = TAG_L,
                                                   [ELEMENT_LI] = TAG_LI};

uint32_t tag_for_block(struct tagger *t, const xmlNode *n, enum element kind, const struct style *s,
                       uint32_t parent)
{
    if (element_is(kind, ELEMENT_IS_HEADING))
        return heading_tag(t, n, kind, parent);
    switch (kind) {
    case ELEMENT_SECTION:
        return tag_add(t, section_type(n), parent);
    case ELEMENT_OL:
    case ELEMENT_UL:
        if (lists_contents(n) && t->tags[parent].type != TAG_LBODY)
            return tag_add(t, TAG_TOC, parent);
        if (in_endnotes(n))
            return notes_tag(t, n, parent);
        break;
    case ELEMENT_LI:
        if (t->tags[parent].type == TAG_TOC)
            return tag_add(t, TAG_TOCI, parent);
        if (t->tags[parent].type != TAG_L)
            return in_endnotes(n->parent) ? note_tag(t, n, parent) : parent;
        break;
    case ELEMENT_DT:
        t->last_item = tag_add(t, TAG_LI, parent);
        return tag_add(t, TAG_LBL, t->last_item);
    case ELEMENT_DD:
        if (!t->last_item || t->tags[t->last_item].parent != parent)
            t->last_item = tag_add(t, TAG_LI, parent);
        return tag_add(t, TAG_LBODY, t->last_item);
    case ELEMENT_TH:
        return table_cell(t, n, TAG_TH, parent);
    case ELEMENT_TD:
        return table_cell(t, n, TAG_TD, parent);
    case ELEMENT_FIGURE:
        return figure_tag(t, n, parent);
    case ELEMENT_FIGCAPTION:
        return tag_add(t, t->tags[parent].type == TAG_FIGURE ? TAG_CAPTION : TAG_P, parent);
    default:
        break;
    }
    if (plain[kind] == TAG_NONE)
        return parent;
    uint32_t i = tag_add(t, plain[kind], parent);
    if (plain[kind] == TAG_L)
        t->tags[i].numbering = kind == ELEMENT_DL ? LIST_NONE : number_tag(s->list_style);
    return i;
}

uint32_t tag_label(struct tagger *t, uint32_t item)
{
    return tag_add(t, TAG_LBL, item);
}

uint32_t tag_body(struct tagger *t, uint32_t tag)
{
    return t->tags[tag].type == TAG_LI ? tag_add(t, TAG_LBODY, tag) : tag;
}

static uint32_t link_tag(struct tagger *t, const xmlNode *n, uint32_t parent)
{
    if (!tree_get(n, "href"))
        return parent;
    bool call = tree_has_word(n, "role", "doc-noteref");
    if (call || t->tags[parent].type == TAG_TOCI)
        parent = tag_add(t, TAG_REFERENCE, parent);
    uint32_t i = tag_add(t, TAG_LINK, parent);
    const char *href = tree_get(n, "href");
    if (tree_has_word(n, "role", "doc-backlink") && href[0] == '#') {
        uint32_t note = parent;
        while (note && t->tags[note].type != TAG_NOTE)
            note = t->tags[note].parent;
        if (note && !t->tags[note].reference)
            t->tags[note].reference = href + 1;
    }
    if (call) {
        t->tags[i].id = id_of(n);
        t->tags[i].reference = href[0] == '#' ? href + 1 : NULL;
    }
    return i;
}

static uint32_t formula_tag(struct tagger *t, const xmlNode *n, uint32_t parent)
{
    uint32_t i = tag_add(t, TAG_FORMULA, parent);
    t->tags[i].alternative = tree_get(n, "alttext");
    return i;
}

uint32_t tag_around_base(const struct tagger *t, uint32_t base)
{
    return t->tags[base].type == TAG_RB ? t->tags[base].parent : base;
}

uint32_t tag_next_base(struct tagger *t, uint32_t base)
{
    uint32_t before = tag_around_base(t, base), ruby = tag_add(t, TAG_RUBY, t->tags[before].parent);
    t->tags[ruby].language = t->tags[before].language;
    return tag_add(t, TAG_RB, ruby);
}

uint32_t tag_behind_ruby(const struct tagger *t, uint32_t base)
{
    return t->tags[base].type == TAG_RB ? t->tags[t->tags[base].parent].parent : base;
}

/* What stands in a ruby element beside its base; elsewhere it has no tag. */
static uint32_t reading_tag(struct tagger *t, enum tag_type type, uint32_t parent)
{
    return t->tags[parent].type == TAG_RB ? tag_add(t, type, t->tags[parent].parent) : parent;
}

uint32_t tag_for_inline(struct tagger *t, const xmlNode *n, enum element kind, uint32_t parent)
{
    switch (kind) {
    case ELEMENT_RUBY:
        if (t->tags[parent].type == TAG_RB) /* none stands in another (ISO/TS 32005 table 5) */
            return tag_add(t, TAG_SPAN, parent);
        return tag_add(t, TAG_RB, tag_add(t, TAG_RUBY, parent));
    case ELEMENT_RT:
        return reading_tag(t, TAG_RT, parent);
    case ELEMENT_RP:
        return reading_tag(t, TAG_RP, parent);
    case ELEMENT_A:
        return link_tag(t, n, parent);
    case ELEMENT_CODE:
    case ELEMENT_KBD:
    case ELEMENT_SAMP:
        return tag_add(t, TAG_CODE, parent);
    case ELEMENT_Q:
        return tag_add(t, TAG_QUOTE, parent);
    case ELEMENT_EM:
        return tag_add(t, TAG_EM, parent);
    case ELEMENT_STRONG:
        return tag_add(t, TAG_STRONG, parent);
    case ELEMENT_MATH:
        return formula_tag(t, n, parent);
    case ELEMENT_ABBR:
        if (tree_get(n, "title")) {
            uint32_t i = tag_add(t, TAG_SPAN, parent);
            t->tags[i].expansion = tree_get(n, "title");
            return i;
        }
        return parent;
    default:
        return parent;
    }
}

uint32_t tag_picture(struct tagger *t, const xmlNode *n, uint32_t figure, uint32_t parent)
{
    const char *alt = alternative_of(n);
    if (alt && !*alt)
        return 0;
    if (figure && t->tags[figure].type == TAG_FIGURE)
        return figure;
    uint32_t i = tag_add(t, TAG_FIGURE, parent);
    t->tags[i].alternative = alt;
    return i;
}

uint32_t tag_language(struct tagger *t, uint32_t tag, uint32_t parent, const char *language,
                      const char *outer)
{
    if (language == outer)
        return tag;
    if (tag == parent)
        tag = tag_add(t, TAG_DIV, parent);
    t->tags[tag].language = language;
    return tag;
}

void tagger_finish(const struct tagger *t, struct tag **tags, uint32_t *count)
{
    *tags = t->tags;
    *count = t->count;
}

/* ---- text of heads */

static enum walk plain_text(xmlNode *n, void *user)
{
    struct buf *out = user;
    if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) {
        for (const char *c = (const char *)n->content; *c; c++) {
            bool space = ascii_space(*c);
            if (!space)
                buf_byte(out, *c);
            else if (out->length && out->data[out->length - 1] != ' ')
                buf_byte(out, ' ');
        }
        return WALK_ON;
    }
    if (tree_kind(n) == ELEMENT_BR && out->length)
        buf_byte(out, ' ');
    return tree_kind(n) == ELEMENT_A && tree_has_word(n, "role", "doc-noteref") ? WALK_SKIP : WALK_ON;
}

void tree_plain_text(const struct document *d, const xmlNode *n, struct buf *out)
{
    static const struct walker w = {plain_text, NULL};
    union {
        const xmlNode *in;
        xmlNode *out;
    } top = {n};
    (void)d;
    tree_walk(top.out, &w, out);
}
