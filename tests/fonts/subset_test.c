#include "base/buf.h"
#include "fonts/subset.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct face *find(struct fonts *f, const char *family)
{
    const char *const families[] = {family, NULL};
    return fonts_find(f, &(struct font_request){.families = families, .weight = 400}, NULL);
}

static void use(unsigned char *used, const struct face *face, uint32_t character)
{
    hb_codepoint_t glyph = 0;
    hb_font_get_nominal_glyph(face->hb_font, character, &glyph);
    used[glyph / 8] |= (unsigned char)(1U << glyph % 8);
}

static void keeps_what_is_used_and_no_more(const char *family, const char *start, size_t most)
{
    struct failure f;
    struct arena *a = arena_new(&f);
    struct fonts *fonts = fonts_new(a, messages_new(a, NULL, NULL));
    const struct face *face = find(fonts, family);
    unsigned char *used = arena_alloc(a, hb_face_get_glyph_count(face->hb_face) / 8 + 1);
    for (const char *c = "Hamburgefonts"; *c; c++)
        use(used, face, (unsigned char)*c);
    struct subset s;
    assert_int_equal(subset_make(a, face, used, true, &s), 0);
    assert_int_equal(s.count, 14); /* 13 letters and glyph 0 */
    assert_int_equal(s.old_id[0], 0);
    for (uint32_t g = 1; g < s.count; g++) {
        assert_true(s.old_id[g] > s.old_id[g - 1]);
        assert_true(used[s.old_id[g] / 8] >> (s.old_id[g] % 8) & 1);
    }
    assert_memory_equal(s.program.at, start, 3);
    assert_true(s.program.length < most);
    struct subset again;
    assert_int_equal(subset_make(a, face, used, true, &again), 0);
    assert_true(text_equal(s.program, again.program));
    arena_free(a);
}

static void truetype(void **state)
{
    (void)state;
    keeps_what_is_used_and_no_more("DejaVu Sans", "\0\1\0\0", 6000);
}

static void cff(void **state)
{
    (void)state;
    keeps_what_is_used_and_no_more("Linux Libertine O", "\1\0\4", 6000);
}

static void a_face_that_may_not_be_subset_is_kept_whole(void **state)
{
    (void)state;
    struct failure f;
    struct arena *a = arena_new(&f);
    struct fonts *fonts = fonts_new(a, messages_new(a, NULL, NULL));
    struct face face = *find(fonts, "DejaVu Sans Mono");
    face.may_subset = false;
    unsigned char *used = arena_alloc(a, hb_face_get_glyph_count(face.hb_face) / 8 + 1);
    struct subset s;
    assert_int_equal(subset_make(a, &face, used, true, &s), 0);
    assert_int_equal(s.count, hb_face_get_glyph_count(face.hb_face));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(truetype),
        cmocka_unit_test(cff),
        cmocka_unit_test(a_face_that_may_not_be_subset_is_kept_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
