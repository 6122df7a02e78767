#include "base/task.h"
#include "base/thread.h"
#include <stdbool.h>

struct task {
    struct arena *job, *own;
    struct failure failure; /* of its own arena */
    void (*work)(void *user, struct arena *own);
    void *user;
    struct thread thread;
    bool runs;  /* on its thread, which was not waited for yet */
    bool begun; /* these two are the job's; */
    bool done;  /* this one is the thread's until it was waited for */
};

static void *run(void *what)
{
    struct task *t = what;
    if (setjmp(t->failure.back) == 0) {
        t->work(t->user, t->own);
        t->done = true;
    }
    return NULL;
}

static void wait_for(struct task *t)
{
    if (t->runs)
        thread_join(&t->thread);
    t->runs = false;
}

/* A job that fails must not leave the work behind it. */
static void end(void *what)
{
    struct task *t = what;
    wait_for(t);
    arena_free(t->own);
}

struct task *task_begin(struct arena *job, int threads, void (*work)(void *user, struct arena *own),
                        void *user)
{
    struct task *t = arena_alloc(job, sizeof *t);
    *t = (struct task){.job = job, .work = work, .user = user};
    t->own = arena_must(job, arena_new(&t->failure));
    arena_defer(job, end, t);
    t->runs = t->begun = threads > 1 && thread_begin(&t->thread, run, t) == 0;
    return t;
}

void task_end(struct task *t)
{
    wait_for(t);
    if (!t->begun)
        run(t);
    t->begun = true;
    if (!t->done)
        arena_exhausted(t->job);
}
