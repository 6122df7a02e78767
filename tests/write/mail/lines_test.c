/* Lines of plain text: where they break, what they begin with. */
#include "job.h"

#include "write/mail/lines.h"

static const char *set(struct job *j, const char *text)
{
    struct buf *out = buf_new(j->arena);
    struct lines *l = lines_new(j->arena, out);
    lines_add(l, text_of(text));
    lines_end(l);
    return buf_view(out).at;
}

#define TEN "123456789 "

static void test_breaks(void **state)
{
    struct job *j = *state;
    assert_string_equal(set(j, "  one\n two  "), "one two\n");
    assert_string_equal(set(j, ""), "");
    assert_string_equal(set(j, "co\u00adöperate\u2060—and on"), "coöperate—and on\n");
    assert_string_equal(set(j, TEN TEN TEN TEN TEN TEN TEN "12"), TEN TEN TEN TEN TEN TEN TEN "12\n");
    assert_string_equal(set(j, TEN TEN TEN TEN TEN TEN TEN "123"), "123456789 123456789 123456789 123456789 "
                                                                   "123456789 123456789 123456789\n123\n");
}

static void test_long_word(void **state)
{
    static const char word[] =
        "https://example.org/0123456789012345678901234567890123456789012345678901234567";
    assert_string_equal(set(*state, word), arena_printf(((struct job *)*state)->arena, "%s\n", word));
}

/* Two columns each: 36 of them fill a line. */
static void test_wide(void **state)
{
    struct job *j = *state;
    struct buf *text = buf_new(j->arena);
    for (int i = 0; i < 37; i++)
        buf_string(text, "文");
    const char *out = set(j, buf_view(text).at);
    assert_int_equal(strchr(out, '\n') - out, 36 * 3);
    assert_int_equal(lines_columns(text_of("文e\u0301\u00ad")), 3);
}

static void test_prefixes(void **state)
{
    struct job *j = *state;
    struct buf *out = buf_new(j->arena);
    struct lines *l = lines_new(j->arena, out);
    size_t quote = lines_indent(l, "> ");
    lines_add(l, TEXT("a"));
    lines_end(l);
    lines_blank(l, 1);
    size_t item = lines_label(l, "1. ");
    lines_add(l, TEXT("b"));
    lines_end(l);
    lines_add(l, TEXT("c"));
    lines_end(l);
    lines_outdent(l, item);
    lines_outdent(l, quote);
    lines_blank(l, 1);
    item = lines_label(l, "- ");
    lines_outdent(l, item);
    lines_add(l, TEXT("d"));
    lines_end(l);
    assert_string_equal(buf_view(out).at, "> a\n>\n> 1. b\n>    c\n\n-\nd\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {JOB_TEST(test_breaks), JOB_TEST(test_long_word), JOB_TEST(test_wide),
                                       JOB_TEST(test_prefixes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
