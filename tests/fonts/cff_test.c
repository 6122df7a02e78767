#include "fonts/cff.h"
#include "fonts/subset.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

/* Header; names: "F"; one Top DICT: SIDs 0 and 0, supplement 0, ROS, charset at 30; then the charset itself.
 */
#define START                                                                                                \
    "\1\0\4\1"                                                                                               \
    "\0\1\1\1\2F"                                                                                            \
    "\0\1\1\1\x0A"                                                                                           \
    "\x8B\x8B\x8B\x0C\x1E\x1C\0\x1E\x0F"                                                                     \
    "\0\0\0\0\0\0"

static int cids(const char *bytes, size_t length, uint32_t count, uint16_t *cid)
{
    char *copy = malloc(length ? length : 1); /* reading past it is seen by the sanitizers */
    memcpy(copy, bytes, length);
    int status = cff_cids((struct text){copy, length}, count, cid);
    free(copy);
    return status;
}

static void charsets_of_every_format(void **state)
{
    (void)state;
    static const char list[] = START "\0\0\x07\1\2", ranges[] = START "\1\0\x64\2\0\x09\0",
                      wide[] = START "\2\0\x64\0\2\0\x09\0\0";
    uint16_t cid[5];
    assert_int_equal(cids(list, sizeof list - 1, 3, cid), 0);
    assert_memory_equal(cid, ((uint16_t[]){0, 7, 258}), 6);
    assert_int_equal(cids(ranges, sizeof ranges - 1, 5, cid), 0);
    assert_memory_equal(cid, ((uint16_t[]){0, 100, 101, 102, 9}), 10);
    assert_int_equal(cids(wide, sizeof wide - 1, 5, cid), 0);
    assert_memory_equal(cid, ((uint16_t[]){0, 100, 101, 102, 9}), 10);
}

static void what_breaks_off_is_refused(void **state)
{
    (void)state;
    static const char list[] = START "\0\0\x07\1\2";
    uint16_t cid[3];
    for (size_t n = 0; n < sizeof list - 1; n++)
        assert_int_equal(cids(list, n, 3, cid), -1);
}

static void damage_does_no_harm(void **state)
{
    (void)state;
    static const char list[] = START "\2\0\x64\0\2\0\x09\0\0";
    char bytes[sizeof list];
    uint16_t cid[5];
    uint32_t seed = 1;
    for (int i = 0; i < 20000; i++) {
        memcpy(bytes, list, sizeof list);
        for (int k = 0; k < 3; k++) {
            seed = seed * 1664525 + 1013904223;
            bytes[(seed >> 8) % (sizeof list - 1)] = (char)(seed >> 24);
        }
        cids(bytes, sizeof list - 1, 5, cid);
    }
}

/* A copy of the program with three bytes changed, all before `reach`. */
static void damage(char *bytes, struct text program, size_t reach, uint32_t *seed)
{
    memcpy(bytes, program.at, program.length);
    for (int k = 0; k < 3; k++) {
        *seed = *seed * 1664525 + 1013904223;
        bytes[(*seed >> 8) % reach] = (char)(*seed >> 24);
    }
}

static void widths_are_those_of_the_metrics(void **state)
{
    (void)state;
    struct failure f;
    struct arena *a = arena_new(&f);
    struct fonts *fonts = fonts_new(a, messages_new(a, NULL, NULL));
    static const char *const names[] = {"Linux Libertine O", "Inter", "Latin Modern Roman", "Source Serif 4"};
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        const char *const families[] = {names[n], NULL};
        const struct face *face =
            fonts_find(fonts, &(struct font_request){.families = families, .weight = 400}, NULL);
        if (!face->cff)
            continue;
        uint32_t glyphs = hb_face_get_glyph_count(face->hb_face);
        unsigned char *used = arena_alloc(a, glyphs / 8 + 1);
        memset(used, 255, glyphs / 8 + 1);
        struct subset s;
        assert_int_equal(subset_make(a, face, used, true, &s), 0);
        assert_non_null(s.width);
        for (uint32_t g = 0; g < s.count; g++)
            assert_in_range(s.width[g] - hb_font_get_glyph_h_advance(face->hb_font, s.old_id[g]) + 1, 0, 2);
        int32_t *width = malloc(sizeof *width * s.count);
        char *bytes = malloc(s.program.length);
        uint32_t seed = 1;
        for (int i = 0; i < 300; i++) { /* damage does no harm */
            damage(bytes, s.program, i % 2 ? 600 : s.program.length, &seed);
            cff_widths((struct text){bytes, s.program.length}, s.count, width);
        }
        for (size_t length = 0; length < s.program.length; length += s.program.length / 97 + 1)
            cff_widths((struct text){s.program.at, length}, s.count, width);
        free(width);
        free(bytes);
    }
    arena_free(a);
}

/* The least and the most glyphs of a simple font, and codes that run against the glyphs' order. */
static void a_program_gets_an_encoding(void **state)
{
    (void)state;
    struct failure f;
    struct arena *a = arena_new(&f);
    struct fonts *fonts = fonts_new(a, messages_new(a, NULL, NULL));
    const char *const families[] = {"Linux Libertine O", NULL};
    const struct face *face =
        fonts_find(fonts, &(struct font_request){.families = families, .weight = 400}, NULL);
    uint32_t glyphs = hb_face_get_glyph_count(face->hb_face);
    unsigned char *used = arena_alloc(a, glyphs / 8 + 1), code[256];
    static const uint32_t counts[] = {2, 97, 256};
    for (uint32_t g = 0; g < 256; g++)
        code[g] = (unsigned char)(256 - g);
    for (size_t n = 0; n < 3; n++) {
        for (uint32_t g = 0; g < counts[n]; g++)
            used[g / 8] |= (unsigned char)(1U << (g % 8));
        struct subset s;
        struct text out;
        int32_t width[256];
        assert_int_equal(subset_make(a, face, used, true, &s), 0);
        assert_int_equal(s.count, counts[n]);
        assert_int_equal(cff_encode(a, s.program, s.count, code, &out), 0);
        assert_true(out.length < s.program.length + 2 * s.count);
        assert_int_equal(cff_widths(out, s.count, width), 0);
        assert_memory_equal(width, s.width, s.count * sizeof *width);
        assert_int_equal(cff_encode(a, s.program, s.count - 1, code, &out), -1);
        char *bytes = malloc(s.program.length);
        uint32_t seed = 1;
        for (int i = 0; i < 300; i++) { /* damage does no harm */
            damage(bytes, s.program, i % 2 ? 200 : s.program.length, &seed);
            cff_encode(a, (struct text){bytes, s.program.length}, s.count, code, &out);
        }
        for (size_t length = 0; length < s.program.length; length += s.program.length / 97 + 1) {
            memcpy(bytes, s.program.at, length);
            cff_encode(a, (struct text){bytes, length}, s.count, code, &out);
        }
        free(bytes);
    }
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(charsets_of_every_format),   cmocka_unit_test(what_breaks_off_is_refused),
        cmocka_unit_test(damage_does_no_harm),        cmocka_unit_test(widths_are_those_of_the_metrics),
        cmocka_unit_test(a_program_gets_an_encoding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
