/* job.h - what unit tests need of a job: an arena that ends, and the messages that came. Memory is taken to
 * be there: the failure is not armed. */
#ifndef OCTAVO_TESTS_JOB_H
#define OCTAVO_TESTS_JOB_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/message.h"
#include <stdlib.h>

struct job {
    struct failure failure;
    struct arena *arena;
    struct messages *messages;
};

static inline int job_begin(void **state)
{
    struct job *j = calloc(1, sizeof *j);
    if (!j)
        return -1;
    j->arena = arena_new(&j->failure);
    j->messages = messages_new(j->arena, NULL, NULL);
    *state = j;
    return 0;
}

static inline int job_end(void **state)
{
    struct job *j = *state;
    arena_free(j->arena);
    free(j);
    return 0;
}

/* How many messages of a code came. */
static inline int job_messages(const struct job *j, const char *code)
{
    int n = 0;
    for (const struct message *m = messages_first(j->messages); m; m = m->next)
        n += strcmp(m->code, code) == 0;
    return n;
}

/* The sentence of the last message of a code, or "". */
static inline const char *job_sentence(const struct job *j, const char *code)
{
    const char *sentence = "";
    for (const struct message *m = messages_first(j->messages); m; m = m->next)
        if (strcmp(m->code, code) == 0)
            sentence = m->sentence;
    return sentence;
}

#define JOB_TEST(name) cmocka_unit_test_setup_teardown(name, job_begin, job_end)

#endif
