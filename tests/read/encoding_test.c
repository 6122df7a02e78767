/* A source's bytes become UTF-8: see read/encoding.h. */
#include "read/encoding.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
/* cmocka needs the four above. */
#include <cmocka.h>

struct sample {
    const char *bytes;
    size_t length;
    const char *want;
    const char *code; /* of the first message; NULL: none */
    int line, column;
};

#define BYTES(literal) literal, sizeof(literal) - 1

static void check(const struct sample *s)
{
    struct failure f;
    struct arena *volatile a = arena_new(&f);
    assert_non_null(a);
    assert_int_equal(setjmp(f.back), 0);
    struct messages *m = messages_new(a, NULL, NULL);
    struct text got = encoding_decode(document_new(a, m, "x.txt"), (struct text){s->bytes, s->length});
    assert_string_equal(text_copy(a, got), s->want);
    const struct message *first = messages_first(m);
    if (s->code) {
        assert_non_null(first);
        assert_string_equal(first->code, s->code);
        assert_int_equal(first->place.line, s->line);
        assert_int_equal(first->place.column, s->column);
    } else {
        assert_null(first);
    }
    arena_free(a);
}

static void utf8_stays(void **state)
{
    (void)state;
    check(&(struct sample){BYTES(""), "", NULL, 0, 0});
    check(&(struct sample){BYTES("é\nß"), "é\nß", NULL, 0, 0});
    check(&(struct sample){BYTES("\xEF\xBB\xBFé"), "é", NULL, 0, 0});
    check(&(struct sample){BYTES("a\xEF\xBF\xBD"), "a\xEF\xBF\xBD", NULL, 0, 0});
}

static void line_ends_become_line_feeds(void **state)
{
    (void)state;
    check(&(struct sample){BYTES("a\r\nb\rc\n\r\nd\r"), "a\nb\nc\n\nd\n", NULL, 0, 0});
}

static void utf16_and_utf32_are_known_by_their_marks(void **state)
{
    (void)state;
    check(&(struct sample){BYTES("\xFF\xFE\x41\0\xE9\0\r\0\n\0\x3D\xD8\0\xDE"), "Aé\n😀", NULL, 0, 0});
    check(&(struct sample){BYTES("\xFE\xFF\0\x41\0\xE9"), "Aé", NULL, 0, 0});
    check(&(struct sample){BYTES("\xFF\xFE\0\0\x41\0\0\0"), "A", NULL, 0, 0});
    check(&(struct sample){BYTES("\0\0\xFE\xFF\0\0\0\x41"), "A", NULL, 0, 0});
    check(&(struct sample){BYTES("\xFE\xFF\0\x41\xDC\0"), "A\xEF\xBF\xBD", "encoding.invalid", 1, 2});
    check(&(struct sample){BYTES("\xFE\xFF\0\x41\0"), "A\xEF\xBF\xBD", "encoding.invalid", 1, 2});
}

static void windows_1252_is_said_and_converted(void **state)
{
    (void)state;
    check(&(struct sample){BYTES("ab\r\nc \x93so\x94 \x96 \xE9t\xE9 \x80"), "ab\nc “so” – été €",
                           "encoding.windows-1252", 2, 3});
    check(&(struct sample){BYTES("\x81"), "\xEF\xBF\xBD", "encoding.windows-1252", 1, 1});
}

static void a_few_faults_in_utf8_stay_faults(void **state)
{
    (void)state;
    check(&(struct sample){BYTES("éèàüöäß\n“a\xFF”"), "éèàüöäß\n“a\xEF\xBF\xBD”", "encoding.invalid", 2, 3});
    check(&(struct sample){BYTES("café, \xE9"), "café, \xEF\xBF\xBD", "encoding.invalid", 1, 7});
}

static void nul_is_left_out(void **state)
{
    (void)state;
    check(&(struct sample){BYTES("a\nb\0c"), "a\nbc", "encoding.nul", 2, 2});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_stays),
        cmocka_unit_test(line_ends_become_line_feeds),
        cmocka_unit_test(utf16_and_utf32_are_known_by_their_marks),
        cmocka_unit_test(windows_1252_is_said_and_converted),
        cmocka_unit_test(a_few_faults_in_utf8_stay_faults),
        cmocka_unit_test(nul_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
