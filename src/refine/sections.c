#include "refine/sections.h"
#include "document/report.h"
#include "refine/plain.h"
#include "refine/title.h"
#include "refine/words.h"

/* A heading that opens a section: a child of the body. */
struct head {
    xmlNode *node;
    struct text title; /* plain and folded */
    const struct section_kind *kind;
    int level; /* as the source has it, then as parts push it down */
    int depth; /* of its section, from 1, without gaps */
    bool part;
};

struct heads {
    struct head *all;
    size_t count;
    bool book;
};

static int heading_level(const xmlNode *n)
{
    return (int)tree_kind(n) - ELEMENT_H1 + 1;
}

static struct heads find_heads(struct document *d)
{
    struct heads h = {0};
    size_t count = 0;
    for (xmlNode *n = d->body->children; n; n = n->next)
        count += tree_is_heading(n);
    h.all = arena_array(d->arena, count + 1, sizeof *h.all);
    for (xmlNode *n = d->body->children; n; n = n->next) {
        if (!tree_is_heading(n))
            continue;
        struct head *one = &h.all[h.count++];
        one->node = n;
        one->title = plain_folded(d->arena, plain(d->arena, n));
        one->kind = section_kind_of(one->title);
        one->level = heading_level(n);
    }
    return h;
}

/* ---- what the document is */

static int top_level(const struct heads *h)
{
    int top = 7;
    for (size_t i = 0; i < h->count; i++)
        if (h->all[i].level < top)
            top = h->all[i].level;
    return top;
}

/* Several headings at level 1 make a book; at a lower level only when they say that they are chapters. */
static bool makes_book(const struct heads *h)
{
    int top = top_level(h);
    size_t count = 0, chapters = 0;
    for (size_t i = 0; i < h->count; i++) {
        if (h->all[i].level != top)
            continue;
        count++;
        chapters += opens_chapter(h->all[i].title) || opens_part(h->all[i].title);
    }
    return count >= 2 && (top == 1 || chapters * 2 > count);
}

/* ---- depths */

static bool ends_parts(const struct head *h)
{
    return h->kind && (h->kind->matter == MATTER_BACK || h->kind == section_kind_of(TEXT("epilogue")));
}

/* Parts hold chapters: the ones of a lower level behind them, or those of the same level, which then move
 * down one. */
static void mark_parts(struct heads *h)
{
    int top = top_level(h);
    bool pushes = false;
    for (size_t i = 0; i < h->count; i++) {
        struct head *one = &h->all[i];
        const struct head *next = i + 1 < h->count ? one + 1 : NULL;
        if (one->level == top && opens_part(one->title)) {
            bool same = next && next->level == top && !opens_part(next->title) && !ends_parts(next);
            one->part = same || (next && next->level > top);
            pushes = same;
        } else if (pushes && one->level == top && ends_parts(one)) {
            pushes = false;
        } else if (pushes) {
            one->level++;
        }
    }
}

/* The deepest heading that HTML has; a section below that gets the same. */
enum { LEVELS = 6 };

/* Numbers depths so that each is at most one deeper than the heading before it. */
static void set_depths(struct heads *h)
{
    int open[LEVELS + 1], depth = 0, deepest = h->book ? LEVELS : LEVELS - 1;
    for (size_t i = 0; i < h->count; i++) {
        struct head *one = &h->all[i];
        while (depth > 0 && open[depth - 1] >= one->level)
            depth--;
        if (depth == deepest)
            depth--;
        open[depth++] = one->level;
        one->depth = depth;
    }
}

/* ---- building */

struct builder {
    struct document *document;
    const struct heads *heads;
    xmlNode *top;              /* what holds sections of depth 1: the body, or the essay's one section */
    xmlNode *open[LEVELS + 1]; /* the open section of each depth; [0] holds what stands before any */
    const struct head *of[LEVELS + 1];
    int depth;
};

static void say_kind(struct document *d, xmlNode *section, const char *type, const char *role)
{
    tree_set(d, section, "epub:type", type);
    tree_set(d, section, "role", role);
}

static void describe(struct builder *b, xmlNode *section, const struct head *h)
{
    static const char *const matters[] = {"frontmatter", NULL, "backmatter"};
    struct document *d = b->document;
    bool in_part = h->depth == 2 && b->of[1] && b->of[1]->part;
    bool chapter = b->heads->book && !h->part && (h->depth == 1 || in_part);
    if (h->part) {
        tree_set(d, section, "class", "part");
        say_kind(d, section, "part", "doc-part");
    } else if (chapter) {
        tree_set(d, section, "class", "chapter");
        say_kind(d, section, "chapter", "doc-chapter");
    }
    if (h->kind && (chapter || (h->depth == 1 && !h->part))) {
        if (chapter && matters[h->kind->matter])
            tree_add_class(d, section, matters[h->kind->matter]);
        tree_add_class(d, section, h->kind->name);
        /* EPUB Indexes 1.0 §3.1: what has the type "index" must be marked up entry by entry */
        bool index = strcmp(h->kind->name, "index") == 0;
        say_kind(d, section, index ? "backmatter" : h->kind->name, h->kind->role);
    }
}

static void open_section(struct builder *b, const struct head *h)
{
    struct document *d = b->document;
    struct place where = tree_place(d, h->node);
    xmlNode *parent = h->depth == 1 ? b->top : b->open[h->depth - 1];
    xmlNode *section = tree_element(d, parent, ELEMENT_SECTION, &where);
    b->depth = h->depth;
    b->open[h->depth] = section;
    b->of[h->depth] = h;
    describe(b, section, h);
    tree_rename(d, h->node, (enum element)(ELEMENT_H1 + h->depth - (b->heads->book ? 1 : 0)));
    tree_append(d, section, h->node);
}

/* Where what is no heading goes: the open section, else the essay's, else the matter before the chapters. */
static xmlNode *holder(struct builder *b)
{
    if (b->depth > 0)
        return b->open[b->depth];
    if (!b->heads->book)
        return b->top;
    if (!b->open[0]) {
        b->open[0] = tree_element(b->document, b->top, ELEMENT_SECTION, NULL);
        tree_set(b->document, b->open[0], "class", "frontmatter");
        tree_set(b->document, b->open[0], "epub:type", "frontmatter");
    }
    return b->open[0];
}

static void build(struct document *d, const struct heads *h)
{
    xmlNode *source = tree_element(d, d->root, ELEMENT_BODY, NULL);
    tree_move_children(d, source, d->body);
    struct builder b = {.document = d, .heads = h, .top = d->body};
    if (!h->book) {
        b.top = tree_element(d, d->body, ELEMENT_SECTION, NULL);
        tree_set(d, b.top, "class", "text");
    }
    const struct head *next = h->all, *end = h->all + h->count;
    for (xmlNode *n = source->children, *after; n; n = after) {
        after = n->next;
        tree_unlink(n);
        if (next < end && n == next->node)
            open_section(&b, next++);
        else if (tree_kind(n) == ELEMENT_NOTE)
            tree_append(d, d->body, n);
        else if (n->type == XML_TEXT_NODE && text_blank(text_of((const char *)n->content)))
            tree_remove(n);
        else
            tree_append(d, holder(&b), n);
    }
    tree_remove(source);
}

/* ---- headings inside other blocks */

struct fitting {
    struct document *document;
    int depth; /* the level of the open sections' heading */
    int last;  /* the level of the heading before */
};

static bool opens_section(const xmlNode *n)
{
    return n->parent && tree_kind(n->parent) == ELEMENT_SECTION && !n->prev;
}

static enum walk fit(xmlNode *n, void *user)
{
    struct fitting *f = user;
    if (!tree_is_heading(n))
        return WALK_ON;
    int level = heading_level(n);
    if (opens_section(n) || tree_has_word(n, "class", "title")) {
        f->depth = f->last = level;
        return WALK_ON;
    }
    if (level <= f->depth)
        level = f->depth + 1;
    if (level > f->last + 1)
        level = f->last + 1;
    if (level > LEVELS)
        level = LEVELS;
    f->last = level;
    tree_rename(f->document, n, (enum element)(ELEMENT_H1 + level - 1));
    return WALK_ON;
}

void sections_make(struct document *d)
{
    static const struct walker w = {fit, NULL};
    xmlNode *block = title_take(d);
    struct heads h = find_heads(d);
    h.book = makes_book(&h);
    if (h.book)
        mark_parts(&h);
    set_depths(&h);
    tree_set(d, d->body, "class", h.book ? "book" : "essay");
    build(d, &h);
    title_set(d, block);
    tree_walk(d->body, &w, &(struct fitting){d, 1, 1});
    report_add(d->report, "kind", NULL, text_of(h.book ? "headings that make chapters" : "no chapters"),
               h.book ? "book" : "essay", -1);
}
