#include "base/pool.h"
#include "base/thread.h"
#include <sched.h>
#include <stdatomic.h>

struct pool {
    atomic_size_t next;
    size_t count;
    void (*work)(void *, size_t, int);
    void *user;
};

/* One thread of a pool. */
struct runner {
    struct pool *pool;
    int lane;
};

int pool_width(void)
{
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n < 1 ? 1 : n > POOL_MOST ? POOL_MOST : n;
}

static void *run(void *what)
{
    const struct runner *r = what;
    struct pool *p = r->pool;
    for (size_t i; (i = atomic_fetch_add(&p->next, 1)) < p->count;)
        p->work(p->user, i, r->lane);
    return NULL;
}

void pool_run_lanes(int threads, size_t count, void (*work)(void *user, size_t i, int lane), void *user)
{
    struct pool p = {.count = count, .work = work, .user = user};
    atomic_init(&p.next, 0);
    struct runner runners[POOL_MOST] = {{&p, 0}}; /* the first is this thread's */
    struct thread others[POOL_MOST];
    int lanes = 1;
    while (lanes < threads && lanes < POOL_MOST && (size_t)lanes < count) {
        runners[lanes] = (struct runner){&p, lanes};
        if (thread_begin(&others[lanes], run, &runners[lanes]) != 0)
            break; /* fewer threads do the same work */
        lanes++;
    }
    run(&runners[0]);
    for (int i = 1; i < lanes; i++)
        thread_join(&others[i]);
}

/* Work that needs no lane. */
struct plain {
    void (*work)(void *, size_t);
    void *user;
};

static void work_plainly(void *user, size_t i, int lane)
{
    const struct plain *p = user;
    (void)lane;
    p->work(p->user, i);
}

void pool_run(int threads, size_t count, void (*work)(void *user, size_t i), void *user)
{
    struct plain p = {work, user};
    pool_run_lanes(threads, count, work_plainly, &p);
}
