/* task.h - one piece of work that goes on beside the job until its result is wanted.
 *
 *     struct task *t = task_begin(arena, paint, &painting);   paint(&painting, its own arena)
 *     ...
 *     task_end(t);                                            now what it made is there
 *
 * The work has an arena of its own, which lives as long as the job's. What it reads must not change until
 * task_end. When no thread can be had, task_end does the work itself, so that nothing depends on timing.
 */
#ifndef OCTAVO_BASE_TASK_H
#define OCTAVO_BASE_TASK_H

#include "base/arena.h"

struct task;

/* Begins the work on a thread of its own; on the caller's, at its end, where `threads` is 1. */
struct task *task_begin(struct arena *job, int threads, void (*work)(void *user, struct arena *own),
                        void *user);

/* Waits for it. Raises the job's failure when its memory was gone. */
void task_end(struct task *t);

#endif
