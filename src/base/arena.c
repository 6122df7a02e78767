#include "base/arena.h"
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A block is big enough that a page of text fits into few; an arena's first ones are smaller, since there is
 * one for each chapter, and chapters may be many and short. A larger wish gets a block of its own. */
enum { BLOCK_FIRST = 1024, BLOCK_SIZE = 64 * 1024, ALIGNMENT = alignof(max_align_t) };

struct block {
    struct block *next;
    size_t size, used;
    alignas(max_align_t) unsigned char bytes[];
};

struct deferred {
    struct deferred *next;
    void (*end)(void *);
    void *what;
};

struct arena {
    struct failure *failure;
    struct block *block;
    struct deferred *deferred;
    size_t total;
};

struct arena *arena_new(struct failure *f)
{
    struct arena *a = calloc(1, sizeof *a);
    if (a)
        a->failure = f;
    return a;
}

static void end_deferred(struct arena *a)
{
    for (struct deferred *d = a->deferred; d; d = d->next)
        d->end(d->what);
    a->deferred = NULL;
}

static void free_blocks(struct block *b)
{
    for (struct block *next; b; b = next) {
        next = b->next;
        free(b);
    }
}

void arena_free(struct arena *a)
{
    if (!a)
        return;
    end_deferred(a);
    free_blocks(a->block);
    free(a);
}

void arena_reset(struct arena *a)
{
    end_deferred(a);
    struct block *keep = NULL;
    for (struct block *b = a->block; b; b = b->next)
        if (b->size <= BLOCK_SIZE && (!keep || b->size > keep->size))
            keep = b;
    for (struct block *b = a->block, *next; b; b = next) {
        next = b->next;
        if (b != keep)
            free(b);
    }
    a->block = keep;
    a->total = keep ? sizeof *keep + keep->size : 0;
    if (keep) {
        keep->next = NULL;
        keep->used = 0;
    }
}

_Noreturn void arena_exhausted(struct arena *a)
{
    failure_raise(a->failure, "out of memory");
}

static void end_inner(void *what)
{
    arena_free(what);
}

struct arena *arena_inside(struct arena *outer)
{
    struct arena *a = arena_must(outer, arena_new(outer->failure));
    arena_defer(outer, end_inner, a);
    return a;
}

void *arena_must(struct arena *a, void *p)
{
    if (!p)
        arena_exhausted(a);
    return p;
}

static struct block *block_new(struct arena *a, size_t size)
{
    if (size > SIZE_MAX - sizeof(struct block))
        arena_exhausted(a);
    struct block *b = arena_must(a, malloc(sizeof *b + size));
    b->size = size;
    b->used = 0;
    a->total += sizeof *b + size;
    return b;
}

/* As much as there is already, within the bounds: so blocks double. */
static size_t next_size(const struct arena *a)
{
    return a->total < BLOCK_FIRST ? BLOCK_FIRST : a->total < BLOCK_SIZE ? a->total : BLOCK_SIZE;
}

void *arena_alloc(struct arena *a, size_t size)
{
    if (size > SIZE_MAX / 2)
        arena_exhausted(a);
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    struct block *b = a->block;
    if (!b || b->size - b->used < size) {
        size_t usual = next_size(a);
        if (size > usual / 4 && b && size > BLOCK_FIRST) { /* a block of its own, behind the one in use */
            struct block *own = block_new(a, size);
            own->next = b->next;
            b->next = own;
            b = own;
        } else {
            struct block *fresh = block_new(a, size > usual ? size : usual);
            fresh->next = b;
            a->block = b = fresh;
        }
    }
    void *p = b->bytes + b->used;
    b->used += size;
    return memset(p, 0, size);
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        arena_exhausted(a);
    return arena_alloc(a, count * size);
}

char *arena_copy(struct arena *a, const void *bytes, size_t length)
{
    char *copy = arena_alloc(a, length + 1);
    if (length)
        memcpy(copy, bytes, length);
    return copy;
}

char *arena_string(struct arena *a, const char *string)
{
    return string ? arena_copy(a, string, strlen(string)) : NULL;
}

char *arena_vprintf(struct arena *a, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (n < 0)
        arena_exhausted(a);
    char *s = arena_alloc(a, (size_t)n + 1);
    vsnprintf(s, (size_t)n + 1, format, args);
    return s;
}

char *arena_printf(struct arena *a, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *s = arena_vprintf(a, format, args);
    va_end(args);
    return s;
}

void arena_defer(struct arena *a, void (*end)(void *what), void *what)
{
    struct deferred *d = arena_alloc(a, sizeof *d);
    *d = (struct deferred){a->deferred, end, what};
    a->deferred = d;
}

struct failure *arena_failure(struct arena *a)
{
    return a->failure;
}

size_t arena_size(const struct arena *a)
{
    return a->total;
}
