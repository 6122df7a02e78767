#include "layout/gather.h"

struct ruby *gather_ruby(struct gather *g)
{
    struct ruby *r = arena_alloc(g->arena, sizeof *r);
    r->index = g->paragraph->ruby_count++;
    r->paragraph = g->paragraph;
    *g->rubies_end = r;
    g->rubies_end = &r->next;
    return r;
}

/* White space between a base and its reading, and at the ends of the reading, isn't shown (CSS Ruby 1 §2.3).
 */
static void hide_space(struct gather *g, struct ruby *r)
{
    if (!g->space || !g->count)
        return;
    const struct span *last = &g->spans[g->count - 1];
    if (last->ruby == r && last->part != RUBY_BASE) { /* it is read behind that */
        g->space_manner.tag = last->tag;
        g->space_manner.seq = last->seq;
    }
    g->space_manner.ruby = r;
    g->space_manner.part = RUBY_UNSEEN;
    gather_space(g);
}

void gather_begin_reading(struct gather *g, struct ruby *r)
{
    if (!r->ended)
        r->base_end = r->end = (uint32_t)g->text->length;
    r->ended = true;
    if (r->begun)
        hide_space(g, r);
}

void gather_end_reading(struct gather *g, struct ruby *r)
{
    if (r->begun && g->space_manner.ruby == r)
        hide_space(g, r);
}

void gather_space_in_ruby(struct manner_of_text *m)
{
    if (m->ruby && m->part == RUBY_BASE && !m->ruby->begun)
        m->ruby = NULL;
    if (m->ruby && m->part == RUBY_READING && !m->ruby->read)
        m->part = RUBY_UNSEEN;
}

void gather_in_ruby(const struct gather *g, const struct manner_of_text *m, struct text bytes)
{
    struct ruby *r = m->ruby;
    uint32_t at = (uint32_t)g->text->length;
    if (!r)
        return;
    if (m->part == RUBY_BASE && !r->begun) {
        r->begun = true;
        r->start = at;
    }
    r->read |= m->part == RUBY_READING;
    r->in_line |= text_is(bytes, "\xE2\x80\xA8");
    r->end = at + (uint32_t)bytes.length;
}
