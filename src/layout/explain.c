#include "layout/setter.h"
#include "layout/told.h"

struct explain *explain_new(struct arena *a, const struct document *d, bool reasons)
{
    struct explain *e = arena_alloc(a, sizeof *e);
    e->arena = a;
    e->document = d;
    e->reasons = reasons;
    e->blocks = hash_new(a);
    e->changed = hash_new(a);
    for (int i = 0; i < EXPLAIN_PARTS; i++) {
        e->parts[i].blocks_end = &e->parts[i].blocks;
        e->parts[i].pages_end = &e->parts[i].pages;
    }
    e->part = &e->parts[EXPLAIN_TEXT];
    return e;
}

void explain_begin(struct explain *e, enum explain_part part)
{
    e->part = &e->parts[part];
}

bool explain_wants_reasons(const struct explain *e)
{
    return e->reasons;
}

void explain_end(struct explain *e, struct setter *s)
{
    e->setter = s;
}

/* ---- pages */

static struct told_break break_before(struct arena *a, const struct slabs *all, uint32_t to)
{
    for (uint32_t i = to; i < all->count; i++) {
        const struct slab *s = &all->slabs[i];
        if (s->table)
            return (struct told_break){.table = s->table, .line = s->row};
        if (!s->paragraph)
            continue;
        const struct paragraph *p = s->paragraph;
        struct buf *text = buf_new(a);
        paragraph_text(p, s->line->start, s->line->end, s->line->hyphen, text);
        return (struct told_break){p, NULL, (uint32_t)(s->line - p->lines), buf_view(text).at};
    }
    return (struct told_break){0};
}

void explain_plans(struct explain *e, const struct slabs *s, const struct page_reasons *reasons,
                   uint32_t count)
{
    e->plans = arena_array(e->arena, count + 1UL, sizeof *e->plans);
    for (uint32_t i = 0; i < count; i++) {
        struct told_page *p = &e->plans[i];
        p->reasons = reasons[i];
        p->before = break_before(e->arena, s, reasons[i].chosen.to);
        if (reasons[i].has_runner_up)
            p->runner_up_before = break_before(e->arena, s, reasons[i].runner_up.to);
        const void *changed = reasons[i].chosen.changed;
        if (changed)
            hash_put(e->changed, hash_address(&changed), p);
    }
}

void explain_page(struct explain *e, const char *label, bool left, int plan)
{
    e->page = label;
    struct told_page *p = plan >= 0 && e->reasons ? &e->plans[plan] : arena_alloc(e->arena, sizeof *p);
    p->label = label;
    p->left = left;
    p->plan = plan;
    *e->part->pages_end = p;
    e->part->pages_end = &p->next;
}

/* ---- what stands on them */

static struct told_block *block_of(struct explain *e, const struct slab *s)
{
    const void *address = s->paragraph ? (const void *)s->paragraph : (const void *)s->table;
    struct told_block *b = hash_find(e->blocks, hash_address(&address));
    if (b)
        return b;
    b = arena_alloc(e->arena, sizeof *b);
    b->paragraph = s->paragraph;
    b->table = s->paragraph ? NULL : s->table;
    b->pages = arena_array(e->arena, (b->table ? b->table->row_count : b->paragraph->line_count) + 1UL,
                           sizeof *b->pages);
    const struct told_page *changed = hash_find(e->changed, hash_address(&address));
    b->lines_more = changed ? changed->reasons.chosen.lines_more : 0;
    hash_put(e->blocks, hash_address(&address), b);
    *e->part->blocks_end = b;
    e->part->blocks_end = &b->next;
    return b;
}

void explain_slab(struct explain *e, const struct slab *s)
{
    if (s->table)
        block_of(e, s)->pages[s->row] = e->page;
    else if (s->paragraph)
        block_of(e, s)->pages[s->line - s->paragraph->lines] = e->page;
}

/* ---- all of it, in the order of the pages */

struct visiting {
    told_visit *visit;
    void *user;
};

static void visit_table(const struct visiting *v, const struct table *t, const char *const *pages,
                        const char *page);

static void visit_cell(const struct visiting *v, const struct cell *c, const char *page)
{
    for (uint32_t i = 0; i < c->content->count; i++) {
        const struct block *b = &c->content->blocks[i];
        if (b->kind == BLOCK_PARAGRAPH)
            v->visit(&(struct told_block){.paragraph = b->paragraph, .page = page}, v->user);
        else if (b->kind == BLOCK_TABLE)
            visit_table(v, b->table, NULL, page);
    }
}

/* Tables stand in cells no deeper than elements do in each other. */
static void visit_table(const struct visiting *v, const struct table *t, const char *const *pages,
                        const char *page)
{
    for (const struct cell *c = t->cells; c; c = c->next)
        visit_cell(v, c, pages ? pages[c->row] : page);
}

void told_each(const struct explain *e, told_visit *visit, void *user)
{
    struct visiting v = {visit, user};
    for (int i = 0; i < EXPLAIN_PARTS; i++)
        for (const struct told_block *b = e->parts[i].blocks; b; b = b->next) {
            if (b->paragraph)
                visit(b, user);
            else
                visit_table(&v, b->table, b->pages, NULL);
        }
}

const char *told_page(const struct told_block *b, uint32_t line)
{
    const char *page = b->pages ? b->pages[line] : b->page;
    return page ? page : "";
}
