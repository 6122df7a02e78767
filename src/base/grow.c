/* Lists that grow in an arena. */
#include "base/arena.h"
#include <string.h>

void *arena_grow(struct arena *a, const void *list, size_t *room, size_t size)
{
    enum { LEAST = 8 };
    size_t had = *room;
    *room = had ? had * 2 : LEAST;
    void *copy = arena_array(a, *room, size);
    return had ? memcpy(copy, list, had * size) : copy;
}
