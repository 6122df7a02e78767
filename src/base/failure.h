/* failure.h - the one way out when memory or another necessity of the job is gone.
 *
 * A job (or a worker of it) arms a `struct failure` with setjmp; whoever finds that memory is exhausted
 * raises it and control returns there. Nothing leaks, since everything that is opened hangs on an arena
 * (arena_defer) which the job frees afterwards.
 *
 *     struct failure f;
 *     struct arena *volatile a = arena_new(&f);
 *     if (!a || setjmp(f.back)) { arena_free(a); return 4; }
 */
#ifndef OCTAVO_BASE_FAILURE_H
#define OCTAVO_BASE_FAILURE_H

#include <setjmp.h>

struct failure {
    jmp_buf back;
    const char *why; /* static text, set by failure_raise */
};

/* Goes back to where `f` was armed. `why` is a static sentence ("out of memory"). Never returns. */
_Noreturn void failure_raise(struct failure *f, const char *why);

#endif
