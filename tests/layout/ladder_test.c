/* Hyphens in a row from one paragraph into the next, past a short last line. */
#include "layout/ladder.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct style two_at_most = {.hyphen_lines = 2, .size_pt = 10};
static const struct face face = {.upem = 1000};
static const struct manner manner = {.face = &face};

/* A text of one piece in a line of its own. */
struct set_line {
    struct piece piece;
    struct frame_text text;
    struct frame frame;
};

/* A paragraph of lines "-" (with a hyphen) and "." (without), whose last one holds `last`. */
static struct paragraph paragraph(struct line *lines, const char *ends, struct set_line *last)
{
    uint32_t count = 0;
    for (; ends[count]; count++)
        lines[count] =
            (struct line){.start = count * 60, .end = count * 60 + 60, .hyphen = ends[count] == '-'};
    lines[count - 1].frames = &last->frame;
    lines[count - 1].frame_count = 1;
    return (struct paragraph){.style = &two_at_most, .lines = lines, .line_count = count};
}

/* What a line of so many ems holds. */
static void hold(struct set_line *l, struct shaped *shaped, int ems)
{
    shaped->manner = &manner;
    shaped->width = ems * 1000;
    l->piece = (struct piece){.shaped = shaped};
    l->text = (struct frame_text){.size_pt = 10, .stretch = 1, .count = 1, .pieces = &l->piece};
    l->frame = (struct frame){.kind = FRAME_TEXT, .text = &l->text};
}

static int above(const char *first, int last_ems, const char *second)
{
    struct line a[9], b[9];
    struct set_line last[2];
    struct shaped short_one, long_one;
    hold(&last[0], &short_one, last_ems);
    hold(&last[1], &long_one, 20);
    struct paragraph one = paragraph(a, first, &last[0]), two = paragraph(b, second, &last[1]);
    return ladder_goes_on(&two, &one) ? two.hyphens_above : -1;
}

static void a_short_last_line_ends_no_ladder(void **state)
{
    (void)state;
    assert_int_equal(above(".--.", 5, "-."), 2);
    assert_int_equal(above("..-.", 5, "--."), 1);
    assert_int_equal(above("..-.", 5, "-.."), -1); /* two are allowed */
    assert_int_equal(above(".--.", 5, "..."), -1);
}

static void a_long_last_line_does(void **state)
{
    (void)state;
    assert_int_equal(above(".--.", 20, "--."), -1);
    assert_int_equal(above(".--.", 12, "--."), -1);
    assert_int_equal(above(".--.", 10, "--."), 2); /* whatever its letters take in bytes */
}

static void a_short_line_alone_lets_it_through(void **state)
{
    (void)state;
    struct line a[9], b[9];
    struct set_line last[2];
    struct shaped short_one, long_one;
    hold(&last[0], &short_one, 4);
    hold(&last[1], &long_one, 20);
    struct paragraph one = paragraph(a, ".", &last[0]), two = paragraph(b, "--.", &last[1]);
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
