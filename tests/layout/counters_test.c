/* Counters: resets nest, siblings share, what an element made ends with its parent. */
#include "layout/counters.h"
#include <cmocka.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

static struct counter_change one = {"n", 0, NULL}, five = {"n", 5, NULL}, up = {"n", 1, NULL};
static struct counter_change most = {"n", INT32_MAX, NULL};

static void enter(struct counters *c, struct counter_change *reset, struct counter_change *increment)
{
    struct style s = {.counter_reset = reset, .counter_increment = increment};
    counters_enter(c, &s);
}

static void nesting(void **state)
{
    (void)state;
    struct failure failure;
    struct arena *a = arena_new(&failure);
    struct counters *c = counters_new(a);
    assert_int_equal(counters_value(c, "n"), 0);
    enter(c, &one, NULL); /* the chapter list */
    for (int i = 1; i <= 3; i++) {
        enter(c, NULL, &up);
        assert_int_equal(counters_value(c, "n"), i);
        enter(c, &five, NULL); /* a list inside hides it … */
        counters_leave(c);
        enter(c, NULL, &up); /* … for the siblings that follow, too */
        assert_int_equal(counters_value(c, "n"), 6);
        counters_leave(c);
        enter(c, &five, NULL); /* a sibling's reset takes over */
        counters_leave(c);
        counters_leave(c);
    }
    assert_int_equal(counters_value(c, "n"), 3);
    counters_leave(c);
    arena_free(a);
}

static void unreset(void **state)
{
    (void)state;
    struct failure failure;
    struct arena *a = arena_new(&failure);
    struct counters *c = counters_new(a);
    enter(c, NULL, NULL);
    enter(c, NULL, &up);
    counters_leave(c);
    enter(c, NULL, &up);
    assert_int_equal(counters_value(c, "n"), 2);
    counters_leave(c);
    counters_leave(c);
    assert_int_equal(counters_value(c, "n"), 0);
    enter(c, &most, &up); /* the largest number stays */
    assert_int_equal(counters_value(c, "n"), INT32_MAX);
    counters_leave(c);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(nesting), cmocka_unit_test(unreset)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
