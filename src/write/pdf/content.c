/* Content streams: frames as operators, gathered in marked-content sequences. */
#include "base/pool.h"
#include "write/pdf/painter.h"
#include "write/pdf/syntax.h"

enum { PAGES_IN_BLOCK = 32 };

static void paint_rule(struct painter *p, const struct frame *f)
{
    const struct frame_rule *r = f->rule;
    need_page(p);
    sequence_open(p);
    paint_color(p, r->color);
    paint_number(p, (double)f->x_pt, 3);
    paint_number(p, p->page->height_pt - (double)f->y_pt - r->height_pt, 3);
    paint_number(p, r->width_pt, 3);
    paint_number(p, r->height_pt, 3);
    buf_string(p->out, "re f\n");
}

static void paint_image(struct painter *p, const struct frame *f)
{
    const struct picture *picture = picture_find(p->writer->picture_of, f->image->resource);
    if (!picture || !picture->object)
        return;
    need_page(p);
    sequence_open(p);
    buf_string(p->out, "q ");
    double m[6];
    double box[4] = {(double)f->x_pt, p->page->height_pt - (double)f->y_pt - f->image->height_pt,
                     f->image->width_pt, f->image->height_pt};
    picture_matrix(picture, box, m);
    for (int i = 0; i < 6; i++)
        paint_number(p, m[i], 3);
    buf_printf(p->out, "cm /I%d Do Q\n", picture->number);
}

static void paint_frame(struct painter *p, const struct frame *f)
{
    switch (f->kind) {
    case FRAME_TEXT:
        paint_text(p, f);
        break;
    case FRAME_RULE:
        paint_rule(p, f);
        break;
    case FRAME_IMAGE:
        paint_image(p, f);
        break;
    case FRAME_LINK:
        break;
    }
}

static void paint_page(struct painter *p)
{
    const struct page_marks *marks = &p->use->marks;
    for (p->mark = 0; p->mark < marks->count; p->mark++) {
        const struct mark *m = &marks->marks[p->mark];
        for (uint32_t i = m->first; i < m->first + m->count; i++)
            paint_frame(p, &p->page->frames[i]);
        sequence_close(p);
    }
    p->mark = 0;
    need_page(p);
}

/* ---- blocks of pages, each on one thread with an arena of its own */

struct block {
    struct writer *writer;
    struct failure failure;
    struct arena *arena;
    uint32_t first, count;
    bool failed;
};

static void paint_block(void *user, size_t block)
{
    struct block *b = (struct block *)user + block;
    if (setjmp(b->failure.back)) {
        b->failed = true;
        return;
    }
    struct buf *out = buf_new(b->arena);
    struct deflater *deflater = deflater_new(b->arena, store_level(b->writer->store));
    for (uint32_t i = b->first; i < b->first + b->count; i++) {
        struct writer *w = b->writer;
        struct painter p = {
            .writer = w, .page = &w->pages->pages[i], .use = &w->uses[i], .out = out, .stretch = 1};
        buf_clear(out);
        paint_page(&p);
        w->uses[i].content = deflater_run(deflater, buf_view(out));
    }
    buf_free(out);
    deflater_free(deflater);
}

static void block_end(void *what)
{
    arena_free(what);
}

void writer_paint(struct writer *w)
{
    uint32_t threads = w->options->threads > 1 ? (uint32_t)w->options->threads : 1;
    uint32_t share = (w->pages->count + threads - 1) / threads;
    uint32_t most = share < PAGES_IN_BLOCK ? share : PAGES_IN_BLOCK;
    size_t count = most ? (w->pages->count + most - 1) / most : 0;
    struct block *blocks = arena_array(w->arena, count, sizeof *blocks);
    for (size_t i = 0; i < count; i++) {
        uint32_t first = (uint32_t)i * most, left = w->pages->count - first;
        blocks[i] = (struct block){.writer = w, .first = first, .count = left < most ? left : most};
        blocks[i].arena = arena_must(w->arena, arena_new(&blocks[i].failure));
        arena_defer(w->arena, block_end, blocks[i].arena);
    }
    pool_run(w->options->threads, count, paint_block, blocks);
    for (size_t i = 0; i < count; i++)
        if (blocks[i].failed)
            arena_exhausted(w->arena);
}
