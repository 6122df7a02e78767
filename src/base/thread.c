#include "base/thread.h"

static void *run(void *what)
{
    const struct thread *t = what;
    if (t->sent)
        sched_setaffinity(0, sizeof t->all, &t->all); /* the thread's own */
    return t->work(t->what);
}

/* Where the thread may begin: on all processors of the process but this one. False when there is no other. */
static bool elsewhere(struct thread *t, cpu_set_t *set)
{
    int here = sched_getcpu();
    if (here < 0 || here >= CPU_SETSIZE || sched_getaffinity(0, sizeof t->all, &t->all) != 0)
        return false;
    *set = t->all;
    CPU_CLR((size_t)here, set);
    return CPU_COUNT(set) > 0;
}

int thread_begin(struct thread *t, void *(*work)(void *what), void *what)
{
    *t = (struct thread){.work = work, .what = what};
    cpu_set_t set;
    pthread_attr_t how;
    if (pthread_attr_init(&how) != 0)
        return -1;
    t->sent = elsewhere(t, &set) && pthread_attr_setaffinity_np(&how, sizeof set, &set) == 0;
    int rc = pthread_create(&t->id, &how, run, t);
    if (rc != 0 && t->sent) { /* that processor may have gone */
        t->sent = false;
        rc = pthread_create(&t->id, NULL, run, t);
    }
    pthread_attr_destroy(&how);
    return rc == 0 ? 0 : -1;
}

void thread_join(const struct thread *t)
{
    pthread_join(t->id, NULL);
}
