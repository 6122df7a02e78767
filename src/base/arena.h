/* arena.h - memory in pools: allocate freely, end all at once.
 *
 * Every part of a job allocates from an arena and frees nothing. An arena ends what was deferred to it
 * (newest first) and then its memory. When memory runs out the arena raises its failure, so no caller tests
 * for NULL. One arena is used by one thread at a time.
 */
#ifndef OCTAVO_BASE_ARENA_H
#define OCTAVO_BASE_ARENA_H

#include "base/failure.h"
#include <stdarg.h>
#include <stddef.h>

struct arena;

/* A new arena that raises `f` when memory is gone. NULL only when not even the arena itself could be had. */
struct arena *arena_new(struct failure *f);

/* A new arena that raises the failure of `outer` and ends with it. What it holds can be ended earlier, with
 * arena_reset. */
struct arena *arena_inside(struct arena *outer);

/* Ends everything deferred, newest first, then all memory. `a` may be NULL; not for one inside of another. */
void arena_free(struct arena *a);

/* Ends everything deferred and all memory but one block: the arena is as new, and cheap to fill again. */
void arena_reset(struct arena *a);

/* `size` zeroed bytes, aligned for any type. Never NULL. */
void *arena_alloc(struct arena *a, size_t size);

/* `count` zeroed elements of `size` bytes each; overflow counts as memory exhausted. */
void *arena_array(struct arena *a, size_t count, size_t size);

/* A list that grows: `list` itself while it has room for one element more behind its `count`, else a copy
 * with twice the room. `*room` counts elements of `size` bytes; a list begins as NULL with room for none. */
static inline void *arena_room(struct arena *a, void *list, size_t count, size_t *room, size_t size);

/* A copy of `length` bytes with a NUL behind it. */
char *arena_copy(struct arena *a, const void *bytes, size_t length);

/* A copy of a NUL-terminated string; NULL stays NULL. */
char *arena_string(struct arena *a, const char *string);

/* A formatted string. */
char *arena_printf(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *format, va_list args);

/* Calls end(what) when the arena ends. */
void arena_defer(struct arena *a, void (*end)(void *what), void *what);

/* Raises the arena's failure: for callers whose library reports exhausted memory. */
_Noreturn void arena_exhausted(struct arena *a);

/* `p` unless it is NULL, which raises: wraps calls of libraries that give NULL when memory is gone. */
void *arena_must(struct arena *a, void *p);

/* The failure that the arena raises; lent. */
struct failure *arena_failure(struct arena *a);

/* Bytes taken from the system so far. */
size_t arena_size(const struct arena *a);

void *arena_grow(struct arena *a, const void *list, size_t *room, size_t size);

static inline void *arena_room(struct arena *a, void *list, size_t count, size_t *room, size_t size)
{
    return count < *room ? list : arena_grow(a, list, room, size);
}

#endif
