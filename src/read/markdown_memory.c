/* Memory for cmark: it aborts when its own allocator fails, so it is given an arena. */
#include "read/markdown.h"
#include <stdlib.h>

/* Of the thread that allocates: see markdown.h. */
static _Thread_local struct arena *in_use;

/* Stands before each piece, so that it can grow. */
union piece {
    size_t size;
    max_align_t aligned;
};

static void *take(size_t count, size_t size)
{
    if (size && count > (SIZE_MAX - sizeof(union piece)) / size)
        arena_exhausted(in_use);
    union piece *p = arena_alloc(in_use, sizeof *p + count * size);
    p->size = count * size;
    return p + 1;
}

static void *grow(void *old, size_t size)
{
    size_t had = old ? ((union piece *)old)[-1].size : 0;
    if (old && size <= had)
        return old;
    void *p = take(1, size);
    if (had)
        memcpy(p, old, had);
    return p;
}

static void leave(void *p)
{
    (void)p;
}

static struct cmark_mem arena_memory = {take, grow, leave};

struct cmark_mem *markdown_memory(void)
{
    return &arena_memory;
}

void markdown_use_arena(struct arena *a)
{
    in_use = a;
}

/* What cmark registers for the whole process it must take from the system, and not abort. */
static void *system_take(size_t count, size_t size)
{
    return arena_must(in_use, calloc(count, size));
}

static void *system_grow(void *old, size_t size)
{
    return arena_must(in_use, realloc(old, size));
}

void markdown_register_extensions(void)
{
    if (cmark_find_syntax_extension("table"))
        return;
    cmark_mem *usual = cmark_get_default_mem_allocator();
    cmark_mem kept = *usual;
    struct failure failure, *outer = arena_failure(in_use);
    struct arena *volatile callers = in_use;
    if (setjmp(failure.back)) {
        *usual = kept;
        arena_free(in_use);
        in_use = callers;
        failure_raise(outer, "out of memory");
    }
    in_use = arena_must(in_use, arena_new(&failure));
    *usual = (cmark_mem){system_take, system_grow, free};
    cmark_gfm_core_extensions_ensure_registered();
    *usual = kept;
    arena_free(in_use);
    in_use = callers;
}
