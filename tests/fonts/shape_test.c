#include "job.h"

#include "fonts/shape.h"

static const struct face *serif(struct job *j)
{
    struct fonts *f = fonts_new(j->arena, j->messages);
    static const char *const families[] = {"serif", NULL};
    const struct face *face = fonts_find(f, &(struct font_request){families, 400, false}, NULL);
    assert_non_null(face);
    return face;
}

static struct manner plain(struct job *j, const char *features)
{
    return (struct manner){serif(j), features, "en", HB_SCRIPT_LATIN, false, 0};
}

static void manners_are_interned(void **state)
{
    struct job *j = *state;
    struct shaper *s = shaper_new(j->arena);
    struct manner m = plain(j, "");
    const struct manner *one = shaper_manner(s, &m);
    m.id = 99;
    assert_ptr_equal(shaper_manner(s, &m), one);
    m.features = NULL;
    assert_ptr_equal(shaper_manner(s, &m), one);
    m.features = "smcp";
    const struct manner *two = shaper_manner(s, &m);
    assert_ptr_not_equal(two, one);
    assert_int_equal(two->id, one->id + 1);
    m.language = "tr";
    assert_ptr_not_equal(shaper_manner(s, &m), two);
}

static void a_word_is_shaped_once(void **state)
{
    struct job *j = *state;
    struct shaper *s = shaper_new(j->arena);
    struct manner m = plain(j, "");
    const struct manner *manner = shaper_manner(s, &m);
    char copy[] = "Gutenberg";
    const struct shaped *one = shape(s, manner, TEXT("Gutenberg"));
    assert_ptr_equal(shape(s, manner, text_of(copy)), one);
    assert_ptr_not_equal(shape(s, manner, TEXT("Gutenber")), one);
    assert_int_equal(one->count, 9);
    assert_int_equal(one->length, 9);
    assert_memory_equal(one->text, "Gutenberg", 9);
    int32_t width = 0;
    for (uint32_t i = 0; i < one->count; i++) {
        assert_int_equal(one->glyphs[i].cluster, i);
        width += one->glyphs[i].advance;
    }
    assert_int_equal(one->width, width);
    m.features = "smcp";
    const struct shaped *small = shape(s, shaper_manner(s, &m), TEXT("Gutenberg"));
    assert_ptr_not_equal(small, one);
    assert_int_not_equal(small->glyphs[3].id, one->glyphs[3].id);
}

static void what_is_shaped_outlives_the_shaper(void **state)
{
    struct job *j = *state;
    struct shaper *s = shaper_new(j->arena);
    struct manner m = plain(j, "smcp");
    const struct shaped *one = shape(s, shaper_manner(s, &m), TEXT("Gutenberg"));
    shaper_end(s);
    assert_int_equal(one->count, 9);
    assert_memory_equal(one->text, "Gutenberg", 9);
    assert_string_equal(one->manner->features, "smcp");
}

static void many_words_keep_their_own_shape(void **state)
{
    struct job *j = *state;
    struct shaper *s = shaper_new(j->arena);
    struct manner m = plain(j, "");
    const struct manner *manner = shaper_manner(s, &m);
    enum { WORDS = 3000 };
    const struct shaped *all[WORDS];
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < WORDS; i++) {
            const char *word = arena_printf(j->arena, "w%dx", i);
            const struct shaped *got = shape(s, manner, text_of(word));
            if (round)
                assert_ptr_equal(got, all[i]);
            all[i] = got;
            assert_memory_equal(got->text, word, strlen(word));
        }
}

static void ligatures_and_kerning_are_on_and_features_change_glyphs(void **state)
{
    struct job *j = *state;
    struct shaper *s = shaper_new(j->arena);
    struct manner m = plain(j, "");
    const struct manner *manner = shaper_manner(s, &m);
    const struct shaped *office = shape(s, manner, TEXT("office"));
    assert_int_equal(office->count, 4); /* o, ffi, c, e */
    assert_int_equal(office->glyphs[2].cluster, 4);
    int32_t apart = shape(s, manner, TEXT("A"))->width + shape(s, manner, TEXT("V"))->width;
    assert_true(shape(s, manner, TEXT("AV"))->width < apart);
    m.features = "-liga,onum";
    const struct manner *other = shaper_manner(s, &m);
    assert_int_equal(shape(s, other, TEXT("office"))->count, 6);
    assert_int_not_equal(shape(s, other, TEXT("8"))->glyphs[0].id, shape(s, manner, TEXT("8"))->glyphs[0].id);
}

static void clusters_are_byte_offsets_and_controls_vanish(void **state)
{
    struct job *j = *state;
    struct shaper *s = shaper_new(j->arena);
    struct manner m = plain(j, "");
    const struct manner *manner = shaper_manner(s, &m);
    const struct shaped *w = shape(s, manner, TEXT("\u00e9t\u00e9"));
    assert_int_equal(w->count, 3);
    assert_int_equal(w->glyphs[1].cluster, 2);
    assert_int_equal(w->glyphs[2].cluster, 3);
    w = shape(s, manner, TEXT("a\u00adb\u2060c"));
    assert_int_equal(w->count, 3);
    assert_int_equal(w->width, shape(s, manner, TEXT("abc"))->width);
}

static void text_from_right_to_left_is_in_visual_order(void **state)
{
    struct job *j = *state;
    struct shaper *s = shaper_new(j->arena);
    struct manner m = {serif(j), "", "he", HB_SCRIPT_HEBREW, true, 0};
    const struct shaped *w = shape(s, shaper_manner(s, &m), TEXT("\u05d0\u05d1\u05d2"));
    assert_int_equal(w->count, 3);
    assert_int_equal(w->glyphs[0].cluster, 4);
    assert_int_equal(w->glyphs[2].cluster, 0);
}

static void odd_texts_are_borne(void **state)
{
    struct job *j = *state;
    struct shaper *s = shaper_new(j->arena);
    struct manner m = plain(j, "nonsense!,,kern=0");
    const struct manner *manner = shaper_manner(s, &m);
    assert_int_equal(shape(s, manner, TEXT(""))->count, 0);
    assert_int_equal(shape(s, manner, (struct text){NULL, 0})->count, 0);
    assert_int_equal(shape(s, manner, TEXT("a\xff\x62"))->count, 3);
    char *longer = arena_alloc(j->arena, 100001);
    memset(longer, 'x', 100000);
    const struct shaped *one = shape(s, manner, text_of(longer));
    assert_int_equal(one->count, 100000);
    size_t size = arena_size(j->arena);
    const struct shaped *two = shape(s, manner, text_of(longer));
    assert_int_equal(one->width, two->width);
    assert_true(arena_size(j->arena) - size < 4000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        JOB_TEST(manners_are_interned),
        JOB_TEST(a_word_is_shaped_once),
        JOB_TEST(what_is_shaped_outlives_the_shaper),
        JOB_TEST(many_words_keep_their_own_shape),
        JOB_TEST(ligatures_and_kerning_are_on_and_features_change_glyphs),
        JOB_TEST(clusters_are_byte_offsets_and_controls_vanish),
        JOB_TEST(text_from_right_to_left_is_in_visual_order),
        JOB_TEST(odd_texts_are_borne),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
