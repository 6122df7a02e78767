#include "base/shared.h"

static void end_shared(void *what)
{
    struct shared *s = what;
    arena_free(s->arena);
    pthread_mutex_destroy(&s->lock);
}

struct shared *shared_new(struct arena *job, struct messages *m)
{
    struct shared *s = arena_alloc(job, sizeof *s);
    s->job = job;
    s->messages = m;
    s->owner = pthread_self();
    if (pthread_mutex_init(&s->lock, NULL) != 0)
        arena_exhausted(job);
    arena_defer(job, end_shared, s);
    s->arena = arena_must(job, arena_new(&s->failure));
    return s;
}

void shared_enter(struct shared *s)
{
    pthread_mutex_lock(&s->lock);
}

void shared_leave(struct shared *s)
{
    struct messages *ready = NULL;
    bool raise = false;
    if (pthread_equal(pthread_self(), s->owner)) {
        ready = s->waiting;
        raise = s->exhausted;
        s->waiting = NULL;
    }
    pthread_mutex_unlock(&s->lock);
    if (raise)
        arena_exhausted(s->job);
    if (ready)
        messages_append(s->messages, ready);
}

struct messages *shared_messages(struct shared *s)
{
    if (!s->waiting)
        s->waiting = messages_new(s->arena, NULL, NULL);
    return s->waiting;
}
