/* JSON as it is written: commas, line ends, escapes, numbers. */
#include "base/json.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct buf *out;

static int open_buf(void **state)
{
    static struct failure f;
    struct arena *a = arena_new(&f);
    out = buf_new(a);
    *state = a;
    return 0;
}

static int close_buf(void **state)
{
    arena_free(*state);
    return 0;
}

static void broken_and_whole(void **state)
{
    (void)state;
    struct json j = json_begin(out);
    json_open(&j, '[', true);
    json_open(&j, '{', false);
    json_key(&j, "a"), json_int(&j, -3);
    json_key(&j, "b"), json_open(&j, '[', true);
    json_bool(&j, true), json_null(&j);
    json_close(&j), json_close(&j);
    json_open(&j, '{', true);
    json_close(&j), json_close(&j);
    assert_string_equal(out->data, "[\n  {\"a\": -3, \"b\": [\n      true,\n      null\n    ]},\n  {}\n]\n");
}

static void escapes(void **state)
{
    (void)state;
    struct json j = json_begin(out);
    json_open(&j, '[', false);
    json_text(&j, TEXT("\"\\\x01\n\xC3\xA9")), json_string(&j, NULL);
    json_close(&j);
    assert_string_equal(out->data, "[\"\\\"\\\\\\u0001\\u000a\xC3\xA9\", \"\"]\n");
}

static void numbers(void **state)
{
    (void)state;
    struct json j = json_begin(out);
    json_open(&j, '[', false);
    json_real(&j, -0.0001, 2), json_real(&j, 1.25, 2), json_real(&j, (double)INFINITY, 2);
    json_close(&j);
    assert_string_equal(out->data, "[0, 1.25, null]\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(broken_and_whole, open_buf, close_buf),
        cmocka_unit_test_setup_teardown(escapes, open_buf, close_buf),
        cmocka_unit_test_setup_teardown(numbers, open_buf, close_buf),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
