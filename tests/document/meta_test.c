/* Metadata: which dates are dates, and where in the source a value stands. */
#include "document/document.h"
#include "job.h"

static void dates_are_days_of_the_calendar(void **state)
{
    (void)state;
    static const char *const good[] = {"2024", "2024-02", "2024-02-29", "2000-02-29", "1999-12-31"};
    static const char *const bad[] = {"",           "24",         "2024-13",    "2024-00",    "2024-2-1",
                                      "1999-02-29", "1900-02-29", "2024-04-31", "2024-01-00", "2024/01/01"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        assert_true(meta_is_date(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(meta_is_date(bad[i]));
}

static void a_value_has_a_place_until_another_replaces_it(void **state)
{
    struct job *j = *state;
    struct document *d = document_new(j->arena, j->messages, "source.md");
    assert_int_equal(meta_place(d, "date").line, 0);
    meta_put_place(d, "date", &(struct place){"source.md", 3, 7});
    assert_int_equal(meta_place(d, "date").line, 3);
    meta_clear(d, "date");
    assert_int_equal(meta_place(d, "date").line, 0);
    assert_string_equal(meta_place(d, "date").file, "source.md");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        JOB_TEST(dates_are_days_of_the_calendar),
        JOB_TEST(a_value_has_a_place_until_another_replaces_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
