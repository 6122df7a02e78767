/* hash.h - a table from strings to pointers. It lives in an arena and keeps no order that could leak into an
 * output: to walk it, keep a list beside it. FNV-1a, open addressing, no removal. */
#ifndef OCTAVO_BASE_HASH_H
#define OCTAVO_BASE_HASH_H

#include "base/arena.h"
#include "base/text.h"
#include <stdint.h>

struct hash;

struct hash *hash_new(struct arena *a);
/* What stands under `key`, or NULL. */
void *hash_find(const struct hash *h, struct text key);
/* Puts `value` (not NULL) under `key`, whose bytes are copied when new; gives back what stood there before,
 * or NULL. */
void *hash_put(struct hash *h, struct text key, void *value);
size_t hash_count(const struct hash *h);
/* An address as a key: the bytes of the pointer, which `address` points to. */
static inline struct text hash_address(const void *address)
{
    return (struct text){address, sizeof(void *)};
}
/* The hash of some bytes, to be chained through `seed` (start with HASH_SEED). */
#define HASH_SEED 14695981039346656037ULL
uint64_t hash_bytes(uint64_t seed, const void *bytes, size_t length);

#endif
