/* The total fit on words of known widths: what a reader of the page would notice. */
#include "layout/linebreak.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 4000 };

/* A paragraph in figures: words are their widths; "5-4" may be divided with a hyphen of width 1 between 5 and
 * 4, "5=4" too but only where a line would else be bad; "|" ends a line; spaces are 2 wide, stretch by 1 and
 * shrink by 0.5. */
struct sample {
    struct break_point points[MOST];
    uint32_t count;
    struct chosen_line lines[MOST];
    uint32_t line_count;
};

static struct break_point *point(struct sample *s, struct extent at)
{
    struct break_point *p = &s->points[s->count++];
    *p = (struct break_point){.end = at, .start = at};
    return p;
}

static void add_words(struct sample *s, const char *words, struct extent *at)
{
    for (const char *c = words; *c;) {
        if (*c == ' ') {
            struct break_point *p = point(s, *at);
            at->width += 2;
            at->stretch += 1;
            at->shrink += 0.5;
            p->start = *at;
            c++;
        } else if (*c == '|') {
            point(s, *at)->forced = true;
            c++;
        } else if (*c == '-' || *c == '=') {
            struct break_point *p = point(s, *at);
            p->end.width += 1;
            p->hyphen = true;
            p->cost = 26;
            p->strained = *c == '=';
            c++;
        } else {
            double w = 0;
            while (*c >= '0' && *c <= '9')
                w = w * 10 + (*c++ - '0');
            at->width += w;
            at->glyphs += w;
        }
    }
}

static void set(struct sample *s, const char *words, struct break_options o)
{
    struct extent at = {0};
    s->count = 0;
    point(s, at);
    add_words(s, words, &at);
    point(s, at)->forced = true;
    struct failure f;
    struct arena *a = arena_new(&f);
    assert_non_null(a);
    assert_int_equal(setjmp(f.back), 0);
    s->line_count = linebreak(a, s->points, s->count, &o, s->lines, NULL);
    arena_free(a);
}

static struct sample sample;

static struct break_options justified(double width)
{
    return (struct break_options){.width_pt = width, .justified = true, .hyphen_lines = 2};
}

static double natural(const struct sample *s, uint32_t line)
{
    return s->points[s->lines[line].to].end.width - s->points[s->lines[line].from].start.width;
}

static void a_short_text_is_one_line(void **state)
{
    (void)state;
    set(&sample, "5 5 5", justified(40));
    assert_int_equal(sample.line_count, 1);
    assert_true(sample.lines[0].ratio == 0);
}

static void an_empty_text_is_one_empty_line(void **state)
{
    (void)state;
    set(&sample, "", justified(40));
    assert_int_equal(sample.line_count, 1);
}

/* A greedy setter fills the first line with 4 4 4 (16 of 20) and leaves 9 alone on a loose second one. */
static void the_whole_paragraph_is_weighed(void **state)
{
    (void)state;
    set(&sample, "9 9 4 4 9 9 4 4 9 9", justified(20));
    for (uint32_t i = 0; i + 1 < sample.line_count; i++)
        assert_true(sample.lines[i].ratio < 2.7f);
}

static void no_line_is_wider_than_it_can_be(void **state)
{
    (void)state;
    set(&sample, "7 3 8 2 6 6 9 1 4 5 5 5 8 3 2 7 6 4 4 4 8 8 2 9 3 3 3 3 3 7", justified(30));
    for (uint32_t i = 0; i < sample.line_count; i++) {
        assert_false(sample.lines[i].overfull);
        assert_true(sample.lines[i].ratio >= -1.001f);
    }
}

static void a_forced_end_is_kept(void **state)
{
    (void)state;
    set(&sample, "5|5|5", justified(40));
    assert_int_equal(sample.line_count, 3);
}

static void a_loose_line_comes_before_an_overfull_one(void **state)
{
    (void)state;
    set(&sample, "3 38 3 38 3", justified(40));
    for (uint32_t i = 0; i < sample.line_count; i++)
        assert_false(sample.lines[i].overfull);
}

static void a_word_wider_than_the_line_is_said_to_stick_out(void **state)
{
    (void)state;
    set(&sample, "5 60 5", justified(40));
    int overfull = 0;
    for (uint32_t i = 0; i < sample.line_count; i++)
        overfull += sample.lines[i].overfull;
    assert_int_equal(overfull, 1);
}

static void a_hyphen_saves_a_bad_line(void **state)
{
    (void)state;
    set(&sample, "20 6-8 12 6 22 5", justified(30));
    assert_true(sample.points[sample.lines[0].to].hyphen);
}

static void never_three_hyphens_in_a_row(void **state)
{
    (void)state;
    set(&sample, "19-8 10-17 1 6-20 1 10-12 1 15-11 9-9 19-8 10-17 1 6-20 1 10-12 1 15-11 9-9",
        justified(30));
    int run = 0;
    for (uint32_t i = 0; i < sample.line_count; i++) {
        run = sample.points[sample.lines[i].to].hyphen ? run + 1 : 0;
        assert_true(run <= 2);
    }
}

/* Hyphens above a paragraph count with its own. */
static void a_ladder_may_begin_above(void **state)
{
    (void)state;
    static const char words[] = "6 6 6 7 3 1-8 9";
    set(&sample, words, justified(40));
    assert_true(sample.points[sample.lines[0].to].hyphen);
    struct break_options o = justified(40);
    o.hyphens_above = 2;
    set(&sample, words, o);
    assert_false(sample.points[sample.lines[0].to].hyphen);
}

/* "6=6" and spaces closer than usual keep the first line from being very loose, and are left alone else. */
static void the_end_of_a_word_is_no_last_line(void **state)
{
    (void)state;
    set(&sample, "6 6 6 7 3 1-8", justified(40));
    assert_false(sample.points[sample.lines[0].to].hyphen);
    set(&sample, "6 6 6 7 3 1-8 9", justified(40)); /* with company it may */
    assert_true(sample.points[sample.lines[0].to].hyphen);
}

static void a_very_loose_line_is_worth_a_strain(void **state)
{
    (void)state;
    set(&sample, "6 6 6=6 9 8 9 9 6", justified(24));
    assert_true(sample.points[sample.lines[0].to].hyphen);
    set(&sample, "9 9 6=6 9 3 9 9 6", justified(20));
    assert_false(sample.points[sample.lines[0].to].hyphen);
    set(&sample, "6 6 5 20 1", justified(19.84));
    assert_true(sample.lines[0].ratio < -1.1f && sample.lines[0].ratio > -1.26f);
    assert_int_equal(sample.points[sample.lines[0].to].end.width, 21);
}

static void glyphs_give_before_spaces_do(void **state)
{
    (void)state;
    struct break_options o = justified(40);
    set(&sample, "9 9 9 9 9 9 9", o);
    float without = sample.lines[0].ratio;
    o.expansion = 0.02;
    set(&sample, "9 9 9 9 9 9 9", o);
    assert_true(sample.lines[0].expansion > 0 || sample.lines[0].expansion < 0);
    float with = sample.lines[0].ratio;
    assert_true((with < 0 ? -with : with) < (without < 0 ? -without : without));
}

static void ragged_lines_are_not_stretched(void **state)
{
    (void)state;
    set(&sample, "9 9 9 9 9 9 9 9", (struct break_options){.width_pt = 40});
    for (uint32_t i = 0; i < sample.line_count; i++)
        assert_true(natural(&sample, i) <= 40);
}

/* ---- the runner-up, against all ways there are */

/* The demerits of the way through just these points; more than any when it is none. */
static double demerits_through(struct arena *a, const struct sample *s, uint32_t chosen,
                               struct break_options o)
{
    static struct break_point points[MOST];
    static struct chosen_line lines[MOST];
    uint32_t n = 0;
    for (uint32_t i = 0; i < s->count; i++)
        if (i == 0 || i == s->count - 1 || s->points[i].forced || chosen >> (i - 1) & 1)
            points[n++] = s->points[i];
    o.lines = n - 1;
    double demerits = 0;
    return linebreak(a, points, n, &o, lines, &demerits) ? demerits : 1e300;
}

static void second_of_all(const char *words, struct break_options o)
{
    set(&sample, words, o);
    struct failure f;
    struct arena *a = arena_new(&f);
    assert_int_equal(setjmp(f.back), 0);
    double first = 1e300, second = 1e300;
    for (uint32_t chosen = 0; chosen < 1U << (sample.count - 2); chosen++) {
        double d = demerits_through(a, &sample, chosen, o);
        if (d < first) {
            second = first;
            first = d;
        } else if (d < second) {
            second = d;
        }
    }
    if (first >= 1e300) { /* none is within tolerance */
        arena_free(a);
        return;
    }
    struct line_way best, runner_up;
    linebreak_explain(a, sample.points, sample.count, &o, &best, &runner_up);
    assert_int_equal(best.count, sample.line_count);
    for (uint32_t i = 0; i < best.count; i++)
        assert_int_equal(best.lines[i].to, sample.lines[i].to);
    assert_true(best.sum - first < 1e-6 && first - best.sum < 1e-6);
    assert_int_equal(runner_up.count > 0, second < 1e300);
    if (runner_up.count)
        assert_true(runner_up.sum - second < 1e-6 && second - runner_up.sum < 1e-6);
    double sum = 0;
    for (uint32_t i = 0; i < runner_up.count; i++)
        for (int k = 0; k < DEMERITS; k++)
            sum += runner_up.demerits[i].of[k];
    assert_true(sum - runner_up.sum < 1e-6 && runner_up.sum - sum < 1e-6);
    arena_free(a);
}

static void the_runner_up_is_the_second_of_all_ways(void **state)
{
    (void)state;
    second_of_all("9 9 4 4 9 9 4 4 9 9", justified(20));
    second_of_all("7 3 8 2 6 6 9 1 4 5 5 5 8", justified(30));
    second_of_all("20 6-8 12 6 22 5 6-3 4", justified(30));
    second_of_all("8 6-8 12|6 9 5 6-3 7 7", justified(31));
    second_of_all("9 9 9 9 9 9 9 9 9 9", (struct break_options){.width_pt = 40});
    second_of_all("5", justified(40));
}

static void the_runner_up_of_a_random_text(void **state)
{
    (void)state;
    uint32_t random = 1;
    for (int k = 0; k < 40; k++) {
        char words[64] = "", *at = words;
        for (int i = 0; i < 11; i++) {
            random = random * 1664525 + 1013904223;
            *at++ = (char)('2' + (random >> 24) % 8);
            *at++ = i == 10 ? '\0' : (random >> 16) % 6 == 0 ? '-' : ' ';
        }
        struct break_options o = justified(22);
        o.last_least_pt = 5;
        second_of_all(words, o);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_short_text_is_one_line),
        cmocka_unit_test(an_empty_text_is_one_empty_line),
        cmocka_unit_test(the_whole_paragraph_is_weighed),
        cmocka_unit_test(no_line_is_wider_than_it_can_be),
        cmocka_unit_test(a_forced_end_is_kept),
        cmocka_unit_test(a_loose_line_comes_before_an_overfull_one),
        cmocka_unit_test(a_word_wider_than_the_line_is_said_to_stick_out),
        cmocka_unit_test(a_hyphen_saves_a_bad_line),
        cmocka_unit_test(never_three_hyphens_in_a_row),
        cmocka_unit_test(a_ladder_may_begin_above),
        cmocka_unit_test(the_end_of_a_word_is_no_last_line),
        cmocka_unit_test(a_very_loose_line_is_worth_a_strain),
        cmocka_unit_test(glyphs_give_before_spaces_do),
        cmocka_unit_test(ragged_lines_are_not_stretched),
        cmocka_unit_test(the_runner_up_is_the_second_of_all_ways),
        cmocka_unit_test(the_runner_up_of_a_random_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
