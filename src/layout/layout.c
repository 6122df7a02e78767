#include "layout/layout.h"
#include "base/pool.h"
#include "layout/explain.h"
#include "layout/flow.h"
#include "layout/front.h"
#include "layout/margin.h"
#include "layout/page.h"
#include "layout/setter.h"
#include "layout/slab.h"

/* What one thread sets units with: its caches serve all of them. */
struct lane {
    struct failure failure;
    struct arena *arena; /* of what it sets */
    struct setter *setter;
    bool failed;
};

/* Units that are set one after the other, with messages of their own. */
struct batch {
    const struct unit *units;
    uint32_t count;
    struct messages *messages;
};

struct work {
    const struct document *document;
    struct hyphenation *hyphenation;
    struct lane *lanes;
    struct batch *batches;
};

enum { BATCH_UNITS = 24 };

static void set_batch(void *user, size_t i, int lane)
{
    struct work *w = user;
    struct lane *l = &w->lanes[lane];
    struct batch *b = &w->batches[i];
    if (l->failed)
        return;
    if (setjmp(l->failure.back)) {
        l->failed = true;
        return;
    }
    b->messages = messages_new(l->arena, NULL, NULL);
    if (!l->setter)
        l->setter = setter_new(l->arena, w->document, b->messages, w->hyphenation);
    l->setter->messages = b->messages;
    for (uint32_t k = 0; k < b->count; k++) {
        if (b->units[k].paragraph)
            paragraph_set(l->setter, b->units[k].paragraph);
        else
            table_set(l->setter, b->units[k].table);
    }
}

static void end_arena(void *what)
{
    arena_free(what);
}

static struct lane *lanes_make(struct arena *a, int count)
{
    struct lane *lanes = arena_array(a, (size_t)count, sizeof *lanes);
    for (int i = 0; i < count; i++) {
        lanes[i].arena = arena_must(a, arena_new(&lanes[i].failure));
        arena_defer(a, end_arena, lanes[i].arena);
    }
    return lanes;
}

static struct batch *batches_make(struct arena *a, const struct unit *units, uint32_t unit_count,
                                  uint32_t count)
{
    struct batch *batches = arena_array(a, count, sizeof *batches);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t from = i * BATCH_UNITS, left = unit_count - from;
        batches[i] = (struct batch){units + from, left < BATCH_UNITS ? left : BATCH_UNITS, NULL};
    }
    return batches;
}

/* How often a text is laid out whose lines move when it says on which pages they are. */
enum { ATTEMPTS_MOST = 5 };

/* What laying out a document goes through. */
struct job {
    struct arena *arena;
    const struct document *document;
    struct styles *styles;
    struct fonts *fonts;
    struct hyphenation *hyphenation;
    const struct layout_options *options;
    struct builder *builder;
    struct flow *flow;
    struct block_list front, body;
    uint32_t set; /* how many units are set */
    float grid_pt;
    struct page_maker *front_maker, *body_maker; /* NULL: there is no front matter */
    struct pages *pages;                         /* of the body, at last of all */
    struct references *references;
    bool notes_at_foot;
};

/* Sets the units that are not set yet, in parallel; the batches' messages come in the order of the document.
 */
static void set_units(struct job *j)
{
    uint32_t units = j->flow->unit_count - j->set, count = (units + BATCH_UNITS - 1) / BATCH_UNITS;
    int threads = j->options->threads < 1           ? 1
                  : j->options->threads > POOL_MOST ? POOL_MOST
                                                    : j->options->threads;
    struct work w = {j->document, j->hyphenation, lanes_make(j->arena, threads),
                     batches_make(j->arena, j->flow->units + j->set, units, count)};
    pool_run_lanes(threads, count, set_batch, &w);
    hyphenation_settle(j->hyphenation);
    for (int i = 0; i < threads; i++) {
        if (w.lanes[i].failed)
            arena_exhausted(j->arena);
        if (w.lanes[i].setter)
            setter_end(w.lanes[i].setter);
    }
    for (uint32_t i = 0; i < count; i++)
        messages_append(j->document->messages, w.batches[i].messages);
    j->set = j->flow->unit_count;
}

static struct page_maker *paginate(struct job *j, const struct block_list *list, bool front)
{
    struct page_maker *m = arena_alloc(j->arena, sizeof *m);
    *m = (struct page_maker){.arena = j->arena,
                             .document = j->document,
                             .styles = j->styles,
                             .fonts = j->fonts,
                             .pages = arena_alloc(j->arena, sizeof *m->pages),
                             .flow = j->flow,
                             .blocks = list,
                             .grid_pt = j->grid_pt,
                             .explain = j->options->explain,
                             .roman = front,
                             .cover = j->options->page != NULL};
    if (m->explain)
        explain_begin(m->explain, front);
    m->before = front ? NULL : &j->front;
    m->setter = setter_new(j->arena, j->document, j->document->messages, j->hyphenation);
    m->all_at_foot = j->notes_at_foot;
    m->notes = j->notes_at_foot || hash_count(j->flow->notes) ? hash_new(j->arena) : NULL;
    pages_make(m);
    return m;
}

/* In a book the title has pages of its own before the text. */
static bool before_text(const struct document *d, const xmlNode *n)
{
    return tree_has_word(d->body, "class", "book") && tree_kind(n) == ELEMENT_HEADER &&
           tree_has_word(n, "class", "title-block");
}

static void flow_body(struct job *j)
{
    bool gap = false;
    for (xmlNode *n = j->document->body->children; n; n = n->next) {
        if (n->type != XML_ELEMENT_NODE)
            continue;
        bool front = !gap && before_text(j->document, n);
        flow_add(j->builder, n, front ? &j->front : &j->body);
        if (front)
            flow_leave_gap(j->builder);
        gap |= front;
    }
    j->flow = flow_so_far(j->builder);
}

/* The contents are no part of the document: an entry is known by where it leads. */
static struct page_start contents_start(const xmlNode *text)
{
    const char *href = tree_get(text->parent, "href");
    return (struct page_start){.entry = href ? href + 1 : ""};
}

/* Title and contents, once the pages of the text are known. */
static void add_front(struct job *j)
{
    if (!j->front.count)
        return;
    references_learn(j->references, j->pages);
    xmlNode *contents = contents_make(j->arena, j->document, j->flow->outline, j->flow->outline_count);
    if (contents) {
        flow_fill_gap(j->builder);
        flow_add(j->builder, contents, &j->front);
        j->flow = flow_so_far(j->builder);
        set_units(j);
    }
    j->front_maker = paginate(j, &j->front, true);
    struct pages *front = j->front_maker->pages;
    for (uint32_t i = 0; i < front->count; i++)
        if (front->pages[i].start.text && front->pages[i].start.text->doc != j->document->tree)
            front->pages[i].start = contents_start(front->pages[i].start.text);
    pages_prepend(j->arena, j->pages, front);
}

static void measure_column(struct job *j, struct flow_options *o)
{
    struct page_kind kind = {.name = j->options->page ? j->options->page : ""};
    const struct page_style *page = style_page(j->styles, &kind, j->document->meta.paper);
    o->width_pt = page->width_pt - page->margin_pt[SIDE_LEFT] - page->margin_pt[SIDE_RIGHT];
    o->height_pt = page->height_pt - page->margin_pt[SIDE_TOP] - page->margin_pt[SIDE_BOTTOM];
    const struct style *root = style_of(j->styles, j->document->root, PSEUDO_NONE, NULL);
    j->grid_pt = style_of(j->styles, j->document->body, PSEUDO_NONE, root)->line_height_pt;
}

static struct job job_new(struct arena *a, const struct document *d, struct styles *s, struct fonts *f,
                          const struct layout_options *o)
{
    return (struct job){.arena = a, .document = d, .styles = s, .fonts = f, .options = o};
}

static enum walk find_note(xmlNode *n, void *user)
{
    const xmlNode **found = user;
    if (!*found && tree_kind(n) == ELEMENT_LI && tree_has_word(n->parent->parent, "role", "doc-endnotes"))
        *found = n;
    return *found ? WALK_SKIP : WALK_ON;
}

enum { NOTE_DEPTH = 32 };

/* Does the style let notes float to the foot of the page? One of them tells. */
static bool notes_float(const struct job *j)
{
    static const struct walker walker = {find_note, NULL};
    const xmlNode *note = NULL, *way[NOTE_DEPTH];
    tree_walk(j->document->body, &walker, &note);
    int depth = 0;
    for (const xmlNode *n = note; n && n->type == XML_ELEMENT_NODE && depth < NOTE_DEPTH; n = n->parent)
        way[depth++] = n;
    const struct style *s = NULL;
    while (depth > 0)
        s = style_of(j->styles, way[--depth], PSEUDO_NONE, s);
    return s && s->floats == FLOAT_FOOTNOTE;
}

static bool notes_at_foot(const struct job *j)
{
    return j->options->notes_at_foot || (j->options->notes_by_style && notes_float(j));
}

/* From the tree to the pages of the body. Nothing comes of a text that asks for numbers which aren't known
 * yet. */
static bool lay_out_body(struct job *j, struct references *r, struct flow_options *fo)
{
    j->references = r;
    j->notes_at_foot = notes_at_foot(j);
    *fo = (struct flow_options){.notes_at_foot = j->notes_at_foot, .references = r};
    measure_column(j, fo);
    j->hyphenation = hyphenation_new(j->arena, j->document->messages, NULL);
    j->builder = flow_begin(j->arena, j->document, j->styles, j->fonts, fo);
    flow_body(j);
    return !references_wanted(r);
}

static void make_body(struct job *j)
{
    set_units(j);
    j->body_maker = paginate(j, &j->body, false);
    j->pages = j->body_maker->pages;
}

static const struct pages *lay_out_rest(struct job *j)
{
    add_front(j);
    uint32_t first = j->front_maker ? j->front_maker->pages->count : 0;
    margin_boxes_finish(j->body_maker, j->pages, first);
    setter_end(j->body_maker->setter);
    if (j->front_maker) {
        margin_boxes_finish(j->front_maker, j->pages, 0);
        setter_end(j->front_maker->setter);
    }
    j->pages->tags = j->flow->tags;
    j->pages->tag_count = j->flow->tag_count;
    j->pages->outline = j->flow->outline;
    j->pages->outline_count = j->flow->outline_count;
    j->pages->language = j->document->meta.language;
    hyphenation_settle(j->hyphenation);
    fonts_settle(j->fonts);
    struct explain *e = j->options->explain;
    if (e && explain_wants_reasons(e))
        explain_end(e, setter_new(j->arena, j->document, messages_new(j->arena, NULL, NULL), j->hyphenation));
    return j->pages;
}

/* A try with the numbers that are known so far, in an arena and with messages of its own. */
struct attempt {
    struct arena *arena;
    struct document document;
    struct layout_options options;
    struct job job;
    struct flow_options flow;
};

static void end_attempt(void *what)
{
    struct attempt *t = what;
    arena_free(t->arena);
    t->arena = NULL;
}

/* Lays out until the numbers of pages in the text are those of the pages: see layout/references.h. */
static const struct pages *lay_out_until_settled(const struct job *first)
{
    struct attempt *t = NULL;
    struct explain *explain = first->options->explain;
    bool settled = false;
    for (int i = 0; i < ATTEMPTS_MOST && !(settled && t->options.explain == explain); i++) {
        if (t)
            end_attempt(t);
        t = arena_alloc(first->arena, sizeof *t);
        t->arena = arena_must(first->arena, arena_new(arena_failure(first->arena)));
        arena_defer(first->arena, end_attempt, t);
        t->document = *first->document;
        t->document.messages = messages_new(t->arena, NULL, NULL);
        t->options = *first->options;
        t->options.explain = settled || i == ATTEMPTS_MOST - 1 ? explain : NULL;
        t->job = job_new(t->arena, &t->document, first->styles, first->fonts, &t->options);
        references_begin(first->references);
        bool known = lay_out_body(&t->job, first->references, &t->flow);
        make_body(&t->job);
        settled = references_learn(first->references, t->job.pages) && known;
    }
    const struct pages *pages = lay_out_rest(&t->job);
    messages_append(first->document->messages, t->document.messages);
    return pages;
}

const struct pages *layout_document(struct arena *a, const struct document *d, struct styles *s,
                                    struct fonts *f, const struct layout_options *o)
{
    struct job j = job_new(a, d, s, f, o);
    struct flow_options fo;
    if (!lay_out_body(&j, references_new(a, d), &fo))
        return lay_out_until_settled(&j);
    make_body(&j);
    return lay_out_rest(&j);
}
