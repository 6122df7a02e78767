/* thread.h - a thread that begins at once, where the machine has a processor for it.
 *
 * The scheduler likes to let a new thread wait on the processor of the one that made it, though another is
 * idle: often for longer than what there is to do takes.
 */
#ifndef OCTAVO_BASE_THREAD_H
#define OCTAVO_BASE_THREAD_H

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>

/* What a thread begins with; lives until it has been joined. */
struct thread {
    pthread_t id;
    cpu_set_t all; /* on which it may run */
    bool sent;     /* it began on another processor, and is to be freed */
    void *(*work)(void *what);
    void *what;
};

/* Begins `work` in a thread of its own, on another processor than this one if the process may use one. From
 * then on it may move as any other. -1 when there can't be a further thread. */
int thread_begin(struct thread *t, void *(*work)(void *what), void *what);
void thread_join(const struct thread *t);

#endif
