#include "base/pool.h"
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { THREADS_MOST = 16 };

struct pool {
    atomic_size_t next;
    size_t count;
    void (*work)(void *, size_t);
    void *user;
};

int pool_width(void)
{
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n < 1 ? 1 : n > THREADS_MOST ? THREADS_MOST : n;
}

static void *run(void *what)
{
    struct pool *p = what;
    for (size_t i; (i = atomic_fetch_add(&p->next, 1)) < p->count;)
        p->work(p->user, i);
    return NULL;
}

void pool_run(int threads, size_t count, void (*work)(void *user, size_t i), void *user)
{
    struct pool p = {.count = count, .work = work, .user = user};
    atomic_init(&p.next, 0);
    pthread_t others[THREADS_MOST];
    int started = 0;
    while (started + 1 < threads && started + 1 < THREADS_MOST && (size_t)started + 1 < count) {
        if (pthread_create(&others[started], NULL, run, &p) != 0)
            break; /* fewer threads do the same work */
        started++;
    }
    run(&p);
    for (int i = 0; i < started; i++)
        pthread_join(others[i], NULL);
}
