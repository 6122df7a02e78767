/* Hyphens in a row from one paragraph into the next, past a short last line. */
#include "layout/ladder.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct style two_at_most = {.hyphen_lines = 2};

/* A paragraph of lines "-" (with a hyphen) and "." (without), whose last one has so many bytes. */
static struct paragraph paragraph(struct line *lines, const char *ends, uint32_t last_bytes)
{
    uint32_t count = 0;
    for (; ends[count]; count++)
        lines[count] =
            (struct line){.start = count * 60, .end = count * 60 + 60, .hyphen = ends[count] == '-'};
    lines[count - 1].end = lines[count - 1].start + last_bytes;
    return (struct paragraph){.style = &two_at_most, .lines = lines, .line_count = count};
}

static int above(const char *first, uint32_t last_bytes, const char *second)
{
    struct line a[9], b[9];
    struct paragraph one = paragraph(a, first, last_bytes), two = paragraph(b, second, 50);
    return ladder_goes_on(&two, &one) ? two.hyphens_above : -1;
}

static void a_short_last_line_ends_no_ladder(void **state)
{
    (void)state;
    assert_int_equal(above(".--.", 10, "-."), 2);
    assert_int_equal(above("..-.", 10, "--."), 1);
    assert_int_equal(above("..-.", 10, "-.."), -1); /* two are allowed */
    assert_int_equal(above(".--.", 10, "..."), -1);
}

static void a_long_last_line_does(void **state)
{
    (void)state;
    assert_int_equal(above(".--.", 50, "--."), -1);
}

static void a_short_line_alone_lets_it_through(void **state)
{
    (void)state;
    struct line a[9], b[9];
    struct paragraph one = paragraph(a, ".", 12), two = paragraph(b, "--.", 50);
    one.hyphens_above = 1;
    assert_true(ladder_goes_on(&two, &one));
    assert_int_equal(two.hyphens_above, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_short_last_line_ends_no_ladder),
                                       cmocka_unit_test(a_long_last_line_does),
                                       cmocka_unit_test(a_short_line_alone_lets_it_through)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
