#include "write/pdf/image.h"
#include "write/pdf/profile.h"
#include "write/pdf/syntax.h"
#include "write/pdf/tree.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct failure failure;

static void strings(void **state)
{
    (void)state;
    struct arena *a = arena_new(&failure);
    struct buf *b = buf_new(a);
    assert_false(pdf_text(b, TEXT("plain (text)")));
    assert_false(pdf_text(b, TEXT("\xC3\x84\xF0\x9F\xA6\x8A")));
    pdf_name(b, "A B#1");
    pdf_date(b, 1700000000);
    xmp_date(b, 0);
    pdf_ref(b, 12);
    pdf_number(b, -0.5);
    assert_string_equal(b->data, "(plain \\(text\\))<FEFF00C4D83EDD8A>/A#20B#231(D:20231114221320Z)"
                                 "1970-01-01T00:00:00Z 12 0 R -0.5");
    arena_free(a);
}

static void a_text_too_long_is_cut(void **state)
{
    (void)state;
    struct arena *a = arena_new(&failure);
    struct buf *b = buf_new(a), *text = buf_new(a);
    for (int i = 0; i < 40000; i++)
        buf_byte(text, 'x');
    assert_true(pdf_text(b, buf_view(text)));
    assert_int_equal(b->length, 32767 + 2);
    buf_clear(b);
    buf_string(text, "\xC3\x84");
    assert_true(pdf_text(b, buf_view(text)));
    assert_true(b->length <= 2 * 32767 + 2);
    arena_free(a);
}

/* 64 leaves of 64 fill one node; one more entry needs another level. */
static void trees_are_split(void **state)
{
    (void)state;
    struct arena *a = arena_new(&failure);
    struct store *s = store_new(a, DEFLATE_USUAL);
    int before = store_reserve(s);
    struct tree *t = tree_new(a, s, TREE_NUMBERS);
    for (long i = 0; i < 64 * 64 + 1; i++)
        tree_add_number(t, i, TEXT("null"));
    struct buf *b = buf_new(a);
    tree_end(t, b);
    assert_true(text_starts(buf_view(b), "/Kids[ "));
    int after = store_reserve(s);
    assert_int_equal(after - before - 1, 65 + 2);
    t = tree_new(a, s, TREE_NAMES);
    tree_add_name(t, TEXT("a(b"), TEXT("null"));
    buf_clear(b);
    tree_end(t, b);
    assert_string_equal(b->data, "/Names[(a\\(b) null\n]");
    arena_free(a);
}

static void profiles_fit(void **state)
{
    (void)state;
    struct arena *a = arena_new(&failure);
    assert_true(profile_fits(srgb_profile(a), 3));
    assert_true(profile_fits(cmyk_profile(a), 4));
    assert_false(profile_fits(srgb_profile(a), 4));
    assert_true(srgb_profile(a).length < 600);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings),
        cmocka_unit_test(a_text_too_long_is_cut),
        cmocka_unit_test(trees_are_split),
        cmocka_unit_test(profiles_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
