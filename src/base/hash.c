#include "base/hash.h"

struct slot {
    uint64_t code;
    struct text key;
    void *value; /* NULL: free */
};

struct hash {
    struct arena *arena;
    struct slot *slots;
    size_t size, count; /* size is a power of two */
};

uint64_t hash_bytes(uint64_t seed, const void *bytes, size_t length)
{
    const unsigned char *p = bytes;
    for (size_t i = 0; i < length; i++)
        seed = (seed ^ p[i]) * 1099511628211ULL;
    return seed;
}

struct hash *hash_new(struct arena *a)
{
    struct hash *h = arena_alloc(a, sizeof *h);
    h->arena = a;
    h->size = 16;
    h->slots = arena_array(a, h->size, sizeof *h->slots);
    return h;
}

static struct slot *slot_of(struct slot *slots, size_t size, uint64_t code, struct text key)
{
    size_t i = (size_t)(code ^ code >> 32) & (size - 1);
    while (slots[i].value && !(slots[i].code == code && text_equal(slots[i].key, key)))
        i = (i + 1) & (size - 1);
    return &slots[i];
}

void *hash_find(const struct hash *h, struct text key)
{
    return slot_of(h->slots, h->size, hash_bytes(HASH_SEED, key.at, key.length), key)->value;
}

static void grow(struct hash *h)
{
    size_t size = h->size * 2;
    struct slot *slots = arena_array(h->arena, size, sizeof *slots);
    for (size_t i = 0; i < h->size; i++)
        if (h->slots[i].value)
            *slot_of(slots, size, h->slots[i].code, h->slots[i].key) = h->slots[i];
    h->slots = slots;
    h->size = size;
}

void *hash_put(struct hash *h, struct text key, void *value)
{
    if (h->count * 2 >= h->size)
        grow(h);
    uint64_t code = hash_bytes(HASH_SEED, key.at, key.length);
    struct slot *s = slot_of(h->slots, h->size, code, key);
    void *before = s->value;
    if (!before) {
        s->code = code;
        s->key = (struct text){text_copy(h->arena, key), key.length};
        h->count++;
    }
    s->value = value;
    return before;
}

size_t hash_count(const struct hash *h)
{
    return h->count;
}
