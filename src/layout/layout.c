#include "layout/layout.h"
#include "base/pool.h"
#include "document/direction.h"
#include "layout/beside.h"
#include "layout/explain.h"
#include "layout/flow.h"
#include "layout/front.h"
#include "layout/ladder.h"
#include "layout/margin.h"
#include "layout/mirror.h"
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

/* Where a child of the body goes: with the title, among what else stands before the text, or in the text. */
enum matter { MATTER_TITLE, MATTER_FRONT, MATTER_TEXT, MATTERS };

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
    struct flow_options *flow_options;
    struct block_list matter[MATTERS];
    struct block_list half_title;
    xmlNode *lists[3]; /* contents, figures, tables; NULL: not that one */
    uint32_t set;      /* how many units are set */
    float grid_pt;
    struct page_maker *makers[MATTERS]; /* NULL: there are no such pages */
    uint32_t opening;                   /* how many pages of the title there are at least */
    bool trial;                         /* nobody is told of what is made now */
    struct pages *pages;                /* of the text, at last of all */
    struct references *references;
    bool notes_at_foot;
};

/* Few paragraphs go on with the ladder above them: they are set anew, which tells nobody a second time. */
static void break_ladders(struct job *j)
{
    struct setter *s = NULL;
    const struct paragraph *above = NULL;
    for (uint32_t i = j->set; i < j->flow->unit_count; i++) {
        struct paragraph *p = j->flow->units[i].paragraph;
        if (p && above && ladder_goes_on(p, above)) {
            if (!s)
                s = setter_new(j->arena, j->document, messages_new(j->arena, NULL, NULL), j->hyphenation);
            paragraph_set(s, p);
        }
        above = p;
    }
    if (s)
        setter_end(s);
}

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
    for (uint32_t i = 0; i < count && !j->trial; i++)
        messages_append(j->document->messages, w.batches[i].messages);
    break_ladders(j);
    j->set = j->flow->unit_count;
}

/* How pages are numbered, and what stands before them. */
struct run {
    enum matter matter;
    enum counter_style numerals;
    int number; /* of the page before the first */
    const struct block_list *const *before;
    const struct pages *earlier;
};

static struct page_maker *paginate(struct job *j, const struct block_list *list, const struct run *r)
{
    static const enum explain_part parts[] = {EXPLAIN_OPENING, EXPLAIN_FRONT, EXPLAIN_TEXT};
    struct page_maker *m = arena_alloc(j->arena, sizeof *m);
    *m = (struct page_maker){.arena = j->arena,
                             .document = j->document,
                             .styles = j->styles,
                             .fonts = j->fonts,
                             .pages = arena_alloc(j->arena, sizeof *m->pages),
                             .flow = j->flow,
                             .blocks = list,
                             .grid_pt = j->grid_pt,
                             .explain = j->trial ? NULL : j->options->explain,
                             .before = r->before,
                             .earlier = r->earlier,
                             .numerals = r->numerals,
                             .number = r->number,
                             .whole_leaves = r->matter != MATTER_TEXT,
                             .least = r->matter == MATTER_TITLE ? j->opening : 0,
                             .cover = j->options->page != NULL};
    if (m->explain)
        explain_begin(m->explain, parts[r->matter]);
    struct messages *told = j->trial ? messages_new(j->arena, NULL, NULL) : j->document->messages;
    m->setter = setter_new(j->arena, j->document, told, j->hyphenation);
    m->all_at_foot = j->notes_at_foot;
    m->notes = j->notes_at_foot || hash_count(j->flow->notes) ? hash_new(j->arena) : NULL;
    pages_make(m);
    return m;
}

static bool has_class(const xmlNode *n, const char *const *classes)
{
    for (; *classes; classes++)
        if (tree_has_word(n, "class", *classes))
            return true;
    return false;
}

static enum matter matter_of(const xmlNode *n)
{
    static const char *const titles[] = {"title-page", "imprint", "dedication", "epigraph", NULL},
                             *const fronts[] = {"frontmatter", NULL};
    if (tree_kind(n) != ELEMENT_HEADER && tree_kind(n) != ELEMENT_SECTION)
        return MATTER_TEXT;
    return has_class(n, titles) ? MATTER_TITLE : has_class(n, fronts) ? MATTER_FRONT : MATTER_TEXT;
}

static void append_blocks(struct arena *a, struct block_list *to, const struct block_list *list)
{
    if (!list->count)
        return;
    uint32_t count = to->count + list->count;
    struct block *blocks = arena_array(a, count, sizeof *blocks);
    if (to->count)
        memcpy(blocks, to->blocks, to->count * sizeof *blocks);
    memcpy(blocks + to->count, list->blocks, list->count * sizeof *blocks);
    to->blocks = blocks;
    to->count = count;
    to->capacity = count;
    to->fills |= list->fills;
    to->asides |= list->asides;
}

/* A title that has pages of its own leads the front matter; without one all is text, and so is what would
 * stand before a text of nothing but notes. The contents are read behind the title. */
static void flow_body(struct job *j)
{
    enum matter here = MATTER_TEXT;
    bool first = true, text = false;
    j->matter[MATTER_FRONT].columned = j->matter[MATTER_TEXT].columned = true;
    for (xmlNode *n = j->document->body->children; n; n = n->next) {
        if (n->type != XML_ELEMENT_NODE)
            continue;
        enum matter matter = first && !tree_has_word(n, "class", "title-page") ? MATTER_TEXT : matter_of(n);
        if (!first && here == MATTER_TITLE && matter != MATTER_TITLE)
            flow_leave_gap(j->builder);
        if (first || matter > here)
            here = matter;
        first = false;
        text |= here == MATTER_TEXT && !tree_has_word(n, "class", "endnotes");
        flow_add(j->builder, n, &j->matter[here]);
    }
    if (here == MATTER_TITLE)
        flow_leave_gap(j->builder);
    if (!text) {
        append_blocks(j->arena, &j->matter[MATTER_FRONT], &j->matter[MATTER_TEXT]);
        j->matter[MATTER_TEXT] = j->matter[MATTER_FRONT];
        j->matter[MATTER_FRONT] = (struct block_list){.columned = true};
    }
    j->flow = flow_so_far(j->builder);
}

/* ---- title pages and contents */

static void make_lists(struct job *j)
{
    const struct outline_entry *outline = j->flow->outline;
    uint32_t count = j->flow->outline_count;
    j->lists[0] = contents_make(j->arena, j->document, outline, count);
    j->lists[1] = j->flow->captions ? figures_make(j->arena, j->document) : NULL;
    j->lists[2] = j->flow->captions ? tables_make(j->arena, j->document) : NULL;
    xmlNode *half_title = half_title_make(j->arena, j->document, outline, count);
    if (!half_title)
        return;
    flow_fill_gap(j->builder);
    flow_add(j->builder, half_title, &j->half_title);
    j->flow = flow_so_far(j->builder);
    set_units(j);
}

/* The pages before any preface, with the labels that are known. */
static void make_opening(struct job *j)
{
    static const struct block_list *const nothing[] = {NULL};
    struct block_list all = {0};
    append_blocks(j->arena, &all, &j->half_title);
    append_blocks(j->arena, &all, &j->matter[MATTER_TITLE]);
    flow_fill_gap(j->builder);
    for (size_t i = 0; i < sizeof j->lists / sizeof j->lists[0]; i++) {
        struct block_list list = {0};
        if (!j->lists[i])
            continue;
        flow_add(j->builder, j->lists[i], &list);
        append_blocks(j->arena, &all, &list);
    }
    j->flow = flow_so_far(j->builder);
    set_units(j);
    struct block_list *kept = arena_alloc(j->arena, sizeof *kept);
    *kept = all;
    struct run r = {MATTER_TITLE, COUNTER_LOWER_ROMAN, 0, nothing, NULL};
    j->makers[MATTER_TITLE] = paginate(j, kept, &r);
}

/* A preface is numbered on from the contents, which name its pages: so they are set twice, first with a label
 * in place of each that is not known, wider than those of eighty pages and than any number of the text. Where
 * they then need fewer pages, blank ones stand in. */
static const char LABEL_UNSURE[] = "xxxviii";

static int number_before_front(struct job *j)
{
    if (!j->matter[MATTER_FRONT].count || !j->matter[MATTER_TITLE].count)
        return 0;
    j->trial = true;
    j->flow_options->references = references_guessing(j->arena, j->document, LABEL_UNSURE);
    make_opening(j);
    j->flow_options->references = j->references;
    j->trial = false;
    setter_end(j->makers[MATTER_TITLE]->setter);
    j->opening = j->makers[MATTER_TITLE]->pages->count;
    return j->makers[MATTER_TITLE]->number;
}

/* Once the pages of all that the document has are known. */
static void add_opening(struct job *j)
{
    if (!j->matter[MATTER_TITLE].count)
        return;
    references_learn(j->references, j->pages);
    make_opening(j);
    struct pages *opening = j->makers[MATTER_TITLE]->pages;
    for (uint32_t i = 0; i < opening->count; i++) {
        struct page_start *start = &opening->pages[i].start;
        if (start->text && start->text->doc != j->document->tree)
            *start = (struct page_start){.entry = front_entry(start->text)};
    }
    pages_prepend(j->arena, j->pages, opening);
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
    j->flow_options = fo;
    measure_column(j, fo);
    j->hyphenation = hyphenation_new(j->arena, j->document->messages, NULL);
    j->builder = flow_begin(j->arena, j->document, j->styles, j->fonts, fo);
    flow_body(j);
    return !references_wanted(r);
}

/* Lists of blocks that stand before others, NULL at the end. They live as long as the pages. */
static const struct block_list *const *lists_before(struct job *j, enum matter matter)
{
    const struct block_list **before = arena_array(j->arena, MATTERS + 1, sizeof *before);
    for (int i = 0; i < (int)matter; i++)
        before[i] = &j->matter[i];
    return before;
}

/* Text beside what floats to a side is set once more, block after block. */
static void set_asides(struct job *j)
{
    struct messages *told = j->trial ? messages_new(j->arena, NULL, NULL) : j->document->messages;
    struct setter *s = NULL;
    for (int i = 0; i < MATTERS; i++) {
        if (!j->matter[i].asides)
            continue;
        if (!s)
            s = setter_new(j->arena, j->document, told, j->hyphenation);
        beside_set(s, &j->matter[i], j->grid_pt, j->flow_options->height_pt);
    }
    if (s)
        setter_end(s);
}

/* The pages of all that the document has; those that layout adds come when their labels are known. */
static void make_body(struct job *j)
{
    set_units(j);
    set_asides(j);
    if (j->matter[MATTER_TITLE].count)
        make_lists(j);
    struct pages *front = NULL;
    struct run r = {MATTER_FRONT, COUNTER_LOWER_ROMAN, 0, lists_before(j, MATTER_FRONT), NULL};
    r.number = number_before_front(j);
    if (j->matter[MATTER_FRONT].count) {
        j->makers[MATTER_FRONT] = paginate(j, &j->matter[MATTER_FRONT], &r);
        front = j->makers[MATTER_FRONT]->pages;
    }
    r = (struct run){MATTER_TEXT, COUNTER_DECIMAL, 0, lists_before(j, MATTER_TEXT), front};
    j->makers[MATTER_TEXT] = paginate(j, &j->matter[MATTER_TEXT], &r);
    j->pages = j->makers[MATTER_TEXT]->pages;
    if (front)
        pages_prepend(j->arena, j->pages, front);
}

/* Margin boxes that say how many pages there are. */
static void finish_margins(struct job *j)
{
    uint32_t first = 0;
    for (int i = 0; i < MATTERS; i++) {
        struct page_maker *m = j->makers[i];
        if (!m)
            continue;
        margin_boxes_finish(m, j->pages, first);
        setter_end(m->setter);
        first += m->pages->count;
    }
}

static const struct pages *lay_out_rest(struct job *j)
{
    add_opening(j);
    finish_margins(j);
    j->pages->tags = j->flow->tags;
    j->pages->tag_count = j->flow->tag_count;
    j->pages->outline = j->flow->outline;
    j->pages->outline_count = j->flow->outline_count;
    j->pages->language = j->document->meta.language;
    hyphenation_settle(j->hyphenation);
    fonts_settle(j->fonts);
    if (language_from_right(j->document->meta.language))
        pages_mirror(j->arena, j->pages);
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
