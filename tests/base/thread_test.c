/* A thread begins on another processor where there is one, and may then run on all. */
#include "base/thread.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct seen {
    int begun_on;
    cpu_set_t may;
};

static void *look(void *what)
{
    struct seen *s = what;
    s->begun_on = sched_getcpu();
    sched_getaffinity(0, sizeof s->may, &s->may);
    return NULL;
}

static void a_thread_may_run_where_the_process_may(void **state)
{
    (void)state;
    cpu_set_t ours;
    sched_getaffinity(0, sizeof ours, &ours);
    for (int i = 0; i < 50; i++) {
        struct seen seen = {.begun_on = -1};
        struct thread t;
        assert_int_equal(thread_begin(&t, look, &seen), 0);
        thread_join(&t);
        assert_true(seen.begun_on >= 0);
        assert_true(CPU_EQUAL(&seen.may, &ours));
    }
}

/* With one processor alone it begins there. */
static void one_processor_is_enough(void **state)
{
    (void)state;
    cpu_set_t ours, one;
    sched_getaffinity(0, sizeof ours, &ours);
    int here = sched_getcpu();
    CPU_ZERO(&one);
    CPU_SET((size_t)here, &one);
    assert_int_equal(sched_setaffinity(0, sizeof one, &one), 0);
    struct seen seen = {.begun_on = -1};
    struct thread t;
    assert_int_equal(thread_begin(&t, look, &seen), 0);
    thread_join(&t);
    assert_int_equal(seen.begun_on, here);
    assert_true(CPU_EQUAL(&seen.may, &one));
    sched_setaffinity(0, sizeof ours, &ours);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_thread_may_run_where_the_process_may),
                                       cmocka_unit_test(one_processor_is_enough)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
