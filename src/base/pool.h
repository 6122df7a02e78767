/* pool.h - a few threads for work that falls into independent pieces.
 *
 * pool_run calls work(user, i) for each i from 0 to count - 1 on up to `threads` threads and returns when all
 * are done. Pieces are taken in rising order. A piece must not touch another's arena; what it makes is put
 * together by the caller in the order of i, so that no output depends on timing.
 */
#ifndef OCTAVO_BASE_POOL_H
#define OCTAVO_BASE_POOL_H

#include <stddef.h>

enum { POOL_MOST = 16 }; /* threads */

/* The number of threads worth starting on this machine, at least 1. */
int pool_width(void);

void pool_run(int threads, size_t count, void (*work)(void *user, size_t i), void *user);

/* The same, telling each piece on which thread it runs (0 ≤ lane < threads, and less than POOL_MOST): what
 * serves all pieces of one thread, as a cache does, is kept by lane. */
void pool_run_lanes(int threads, size_t count, void (*work)(void *user, size_t i, int lane), void *user);

#endif
