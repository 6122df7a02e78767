#include "write/pdf/shown.h"

enum { SLOTS_FIRST = 256 };

struct shown {
    struct arena *arena;
    struct shown_text *slots; /* open addressing by the texts' addresses */
    size_t size, count;       /* size is a power of two */
};

struct shown *shown_new(struct arena *a)
{
    struct shown *all = arena_alloc(a, sizeof *all);
    all->arena = a;
    all->size = SLOTS_FIRST;
    all->slots = arena_array(a, all->size, sizeof *all->slots);
    return all;
}

static struct shown_text *slot_for(struct shown_text *slots, size_t size, const struct shaped *s)
{
    uint64_t code = (uint64_t)(uintptr_t)s * 0x9E3779B97F4A7C15U; /* Fibonacci hashing (Knuth, 6.4) */
    size_t i = (size_t)(code >> 32) & (size - 1);
    while (slots[i].shaped && slots[i].shaped != s)
        i = (i + 1) & (size - 1);
    return &slots[i];
}

static void grow(struct shown *all)
{
    size_t size = all->size * 2;
    struct shown_text *slots = arena_array(all->arena, size, sizeof *slots);
    for (size_t i = 0; i < all->size; i++)
        if (all->slots[i].shaped)
            *slot_for(slots, size, all->slots[i].shaped) = all->slots[i];
    all->slots = slots;
    all->size = size;
}

struct shown_text *shown_get(struct shown *all, const struct shaped *s)
{
    if (all->count * 2 >= all->size)
        grow(all);
    struct shown_text *slot = slot_for(all->slots, all->size, s);
    if (!slot->shaped) {
        *slot = (struct shown_text){.shaped = s, .variant = -1};
        all->count++;
    }
    return slot;
}

const struct shown_text *shown_find(const struct shown *all, const struct shaped *s)
{
    const struct shown_text *slot = slot_for(all->slots, all->size, s);
    return slot->shaped ? slot : NULL;
}

/* The one variant that spells all clusters, or -1. */
static int variant_of(const struct font_use *use, const struct shaped *s)
{
    int variant = -1;
    for (uint32_t i = 0; i < s->count;) {
        struct cluster c = cluster_at(s, i);
        int here = cluster_variant(use, s, &c);
        if (here < 0 || (i > 0 && here != variant))
            return -1;
        variant = here;
        i += c.count;
    }
    return variant;
}

void shown_spell(struct shown *all, const struct font_uses *fonts)
{
    for (size_t i = 0; i < all->size; i++) {
        struct shown_text *t = &all->slots[i];
        if (t->shaped && !t->shaped->manner->right_to_left)
            t->variant = (signed char)variant_of(fonts->by_face[t->shaped->manner->face->id], t->shaped);
    }
}
