/* shared.h - for what several threads of a job use together (fonts, hyphenation): a lock, an arena of its
 * own, and messages that wait.
 *
 * A failure must not jump from one thread's stack into another's. So what is shared has its own arena, whose
 * failure is armed by each call; exhausted memory is remembered and raised on the job's own thread. Messages
 * wait until a call comes on that thread, since the job's list and sink belong to it.
 *
 *     shared_enter(s);
 *     if (setjmp(s->failure.back) == 0)
 *         found = look_up(...);
 *     else
 *         s->exhausted = true;
 *     shared_leave(s);
 */
#ifndef OCTAVO_BASE_SHARED_H
#define OCTAVO_BASE_SHARED_H

#include "base/message.h"
#include <pthread.h>

struct shared {
    struct arena *arena; /* ends with the job's */
    struct failure failure;
    bool exhausted;
    struct arena *job;
    struct messages *messages, *waiting;
    pthread_t owner;
    pthread_mutex_t lock;
};

/* Made on the job's thread. */
struct shared *shared_new(struct arena *job, struct messages *m);
void shared_enter(struct shared *s);
/* Unlocks. On the job's thread it passes messages on and raises when memory was gone. */
void shared_leave(struct shared *s);
/* The list to which messages go between enter and leave. */
struct messages *shared_messages(struct shared *s);

#endif
