#include "read/read.h"
#include "read/text_parts.h"

int text_read(struct document *d, struct text source)
{
    struct text_parts *p = arena_alloc(d->arena, sizeof *p);
    p->document = d;
    p->arena = d->arena;
    text_lines(p, source);
    text_pages(p);
    text_blocks(p);
    text_clutter(p);
    text_title(p);
    text_head_scores(p);
    text_tables(p);
    text_verse(p);
    text_notes(p);
    text_symbols(p);
    text_head_levels(p);
    text_shapes(p);
    text_tree(p);
    return 0;
}
