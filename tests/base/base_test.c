/* The rooms' common ground: arena, buf, text, utf8, hash, pool, tasks, messages, libraries. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/library.h"
#include "base/message.h"
#include "base/pool.h"
#include "base/task.h"
#include "base/utf8.h"
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>

#include <cmocka.h>

static struct failure failure;

static int setup(void **state)
{
    *state = arena_new(&failure);
    return *state ? 0 : -1;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

/* ---- arena */

static void note_order(void *what)
{
    static int order;
    *(int *)what = ++order;
}

static void test_arena(void **state)
{
    struct arena *a = *state;
    for (size_t size = 0; size < 200000; size = size * 3 + 1) {
        unsigned char *p = arena_alloc(a, size);
        assert_non_null(p);
        assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(p[i], 0);
        memset(p, 0xFF, size);
    }
    assert_string_equal(arena_printf(a, "%s-%d", "x", 7), "x-7");
    assert_string_equal(arena_copy(a, "abc", 2), "ab");
    assert_null(arena_string(a, NULL));
    assert_true(arena_size(a) > 200000 / 3);
}

static void test_list_grows(void **state)
{
    struct arena *a = *state;
    int *list = NULL;
    size_t room = 0;
    for (size_t i = 0; i < 1000; i++) {
        list = arena_room(a, list, i, &room, sizeof *list);
        assert_true(room > i && room <= 2 * i + 8);
        list[i] = (int)i;
    }
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(list[i], i);
    int *same = arena_room(a, list, 1000, &room, sizeof *list);
    assert_ptr_equal(same, list);
}

static void test_arena_defers_newest_first(void **state)
{
    (void)state;
    int first = 0, second = 0;
    struct arena *a = arena_new(&failure);
    arena_defer(a, note_order, &first);
    arena_defer(a, note_order, &second);
    arena_free(a);
    assert_true(second < first);
}

static void test_arena_inside(void **state)
{
    (void)state;
    int early = 0, late = 0, again = 0;
    struct arena *outer = arena_new(&failure), *one = arena_inside(outer), *other = arena_inside(outer);
    assert_ptr_equal(arena_failure(one), &failure);
    arena_defer(one, note_order, &early);
    arena_defer(other, note_order, &late);
    arena_reset(one);
    assert_true(early > 0 && !late);
    arena_defer(one, note_order, &again);
    arena_free(outer); /* the newest arena ends first */
    assert_true(early < late && late < again);
}

static void test_arena_raises(void **state)
{
    struct arena *a = *state;
    volatile int raised = 0;
    if (setjmp(failure.back) == 0)
        arena_array(a, SIZE_MAX / 2, 4);
    else
        raised++;
    if (setjmp(failure.back) == 0)
        arena_must(a, NULL);
    else
        raised++;
    assert_int_equal(raised, 2);
    assert_string_equal(failure.why, "out of memory");
}

/* ---- buf */

static void test_buf(void **state)
{
    struct buf *b = buf_new(*state);
    assert_string_equal(buf_view(b).at, "");
    for (int i = 0; i < 1000; i++)
        buf_byte(b, 'x');
    assert_int_equal(b->length, 1000);
    assert_int_equal(b->data[1000], 0);
    buf_clear(b);
    buf_printf(b, "%03d", 7);
    buf_utf8(b, 0x20AC);
    buf_int(b, LLONG_MIN);
    assert_string_equal(b->data, "007€-9223372036854775808");
    buf_free(b);
    buf_xml(b, TEXT("a<b>&\"c\""), false);
    buf_xml(b, TEXT("\"<"), true);
    assert_string_equal(b->data, "a&lt;b&gt;&amp;\"c\"&quot;&lt;");
}

static void test_buf_real(void **state)
{
    static const struct {
        double value;
        int decimals;
        const char *printed;
    } cases[] = {
        {0, 3, "0"},
        {-0.0, 3, "0"},
        {1.5, 3, "1.5"},
        {-1.25, 1, "-1.3"},
        {0.0004, 3, "0"},
        {-0.0004, 3, "0"},
        {0.0005, 3, "0.001"},
        {12.340, 2, "12.34"},
        {1e6, 6, "1000000"},
        {0.1, 6, "0.1"},
        {2.999999, 2, "3"},
        {-0.5, 0, "-1"},
        {1234.5678, 4, "1234.5678"},
        {0.05, 6, "0.05"},
    };
    struct buf *b = buf_new(*state);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        buf_clear(b);
        buf_real(b, cases[i].value, cases[i].decimals);
        assert_string_equal(b->data, cases[i].printed);
    }
}

/* ---- text */

static void test_text(void **state)
{
    struct text t = TEXT("  ab\r\ncd\n\nef"), line;
    assert_true(text_is(text_trim(TEXT(" \t x y \n")), "x y"));
    assert_true(text_line(&t, &line) && text_is(line, "  ab"));
    assert_true(text_line(&t, &line) && text_is(line, "cd"));
    assert_true(text_line(&t, &line) && text_is(line, ""));
    assert_true(text_line(&t, &line) && text_is(line, "ef"));
    assert_false(text_line(&t, &line));
    struct text list = TEXT("a,,b");
    const char *pieces[] = {"a", "", "b"};
    for (int i = 0; i < 3; i++)
        assert_true(text_split(&list, ',', &line) && text_is(line, pieces[i]));
    assert_false(text_split(&list, ',', &line));
    assert_true(text_is_nocase(TEXT("AbC"), "aBc"));
    assert_false(text_is_nocase(TEXT("AbC"), "aBcd"));
    assert_true(text_starts(TEXT("abc"), "ab") && text_ends(TEXT("abc"), "bc"));
    assert_false(text_starts(TEXT("a"), "ab") || text_ends(TEXT("c"), "bc"));
    assert_int_equal(text_find(TEXT("abc"), 'c', 0), 2);
    assert_int_equal(text_find(TEXT("abc"), 'x', 9), 3);
    assert_int_equal(text_slice(TEXT("abc"), 2, 99).length, 1);
    assert_int_equal(text_slice(TEXT("abc"), 3, 1).length, 0);
    assert_string_equal(text_copy(*state, text_slice(TEXT("abc"), 1, 2)), "b");
}

/* ---- utf8 */

static void test_utf8_round(void **state)
{
    (void)state;
    for (uint32_t c = 1; c < 0x110000; c += c < 0x3000 ? 1 : 97) {
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        char bytes[4];
        size_t n = utf8_encode(bytes, c), at = 0;
        assert_int_equal(utf8_next((struct text){bytes, n}, &at), c);
        assert_int_equal(at, n);
        assert_int_equal(utf8_previous((struct text){bytes, n}, &at), c);
        assert_int_equal(at, 0);
        assert_int_equal(utf8_check((struct text){bytes, n}), n);
    }
}

static void test_utf8_ill_formed(void **state)
{
    (void)state;
    static const char *const bad[] = {"\x80",         "\xC0\x80",         "\xC1\xBF",         "\xE0\x80\x80",
                                      "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82",
                                      "\xFF"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct text t = text_of(bad[i]);
        size_t at = 0, end = t.length;
        assert_int_equal(utf8_check(t), 0);
        assert_int_equal(utf8_next(t, &at), UTF8_BAD);
        assert_int_equal(at, 1);
        assert_int_equal(utf8_previous(t, &end), UTF8_BAD);
        assert_int_equal(end, t.length - 1);
    }
}

/* ---- hash */

static void test_hash(void **state)
{
    struct arena *a = *state;
    struct hash *h = hash_new(a);
    static int values[5000];
    for (int i = 0; i < 5000; i++)
        assert_null(hash_put(h, text_of(arena_printf(a, "key %d", i)), &values[i]));
    assert_int_equal(hash_count(h), 5000);
    for (int i = 0; i < 5000; i++)
        assert_ptr_equal(hash_find(h, text_of(arena_printf(a, "key %d", i))), &values[i]);
    assert_null(hash_find(h, TEXT("key 5000")));
    assert_ptr_equal(hash_put(h, TEXT("key 7"), &values[0]), &values[7]);
    assert_ptr_equal(hash_find(h, TEXT("key 7")), &values[0]);
    assert_int_equal(hash_count(h), 5000);
    assert_null(hash_put(h, TEXT(""), &values[1]));
    assert_ptr_equal(hash_find(h, TEXT("")), &values[1]);
}

/* ---- pool */

/* Pieces of a lane never run at the same time, so that what is kept by lane needs no lock. */
struct lanes {
    atomic_int busy[POOL_MOST];
    atomic_int clashes, outside;
    size_t made[1000];
};

static void work_on_lane(void *user, size_t i, int lane)
{
    struct lanes *l = user;
    if (lane < 0 || lane >= 3) {
        atomic_fetch_add(&l->outside, 1);
        return;
    }
    if (atomic_fetch_add(&l->busy[lane], 1) != 0)
        atomic_fetch_add(&l->clashes, 1);
    l->made[i]++;
    atomic_fetch_sub(&l->busy[lane], 1);
}

static void test_pool_lanes(void **state)
{
    static struct lanes l;
    (void)state;
    pool_run_lanes(3, 1000, work_on_lane, &l);
    assert_int_equal(l.clashes, 0);
    assert_int_equal(l.outside, 0);
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(l.made[i], 1);
}

static void square(void *user, size_t i)
{
    ((size_t *)user)[i] = i * i;
}

static void test_pool(void **state)
{
    (void)state;
    static size_t made[1000];
    for (int threads = 0; threads < 40; threads += 13) {
        memset(made, 0, sizeof made);
        pool_run(threads, 1000, square, made);
        for (size_t i = 0; i < 1000; i++)
            assert_int_equal(made[i], i * i);
    }
    pool_run(4, 0, square, made);
    assert_true(pool_width() >= 1);
}

/* ---- messages */

static void count(const struct message *m, void *user)
{
    (void)m;
    ++*(int *)user;
}

static void test_messages(void **state)
{
    int told = 0;
    struct messages *m = messages_new(*state, count, &told);
    assert_int_equal(messages_status(m, true), 0);
    message(m, SEVERITY_NOTE, "test.note", NULL, "n");
    assert_int_equal(messages_status(m, true), 0);
    struct place where = {"file", 3, 4};
    message(m, SEVERITY_WARNING, "test.warning", &where, "%s", "w");
    assert_int_equal(messages_status(m, false), 0);
    assert_int_equal(messages_status(m, true), 1);
    struct messages *other = messages_new(*state, NULL, NULL);
    message(other, SEVERITY_LOST, "test.lost", &where, "l");
    messages_append(m, other);
    assert_int_equal(messages_status(m, true), 2);
    message(m, SEVERITY_USAGE, "test.usage", NULL, "u");
    assert_int_equal(messages_status(m, false), 3);
    message(m, SEVERITY_SYSTEM, "test.system", NULL, "s");
    assert_int_equal(messages_status(m, false), 4);
    assert_int_equal(told, 5);
    assert_int_equal(messages_count(m, SEVERITY_WARNING), 4);
    const struct message *second = messages_first(m)->next;
    assert_string_equal(second->sentence, "w");
    assert_string_equal(second->place.file, "file");
    assert_int_equal(second->place.line, 3);
}

/* ---- tasks */

static void make_string(void *user, struct arena *own)
{
    *(char **)user = arena_printf(own, "%d", 42);
}

static void use_all_memory(void *user, struct arena *own)
{
    (void)user;
    arena_exhausted(own);
}

static void test_task(void **state)
{
    for (int threads = 1; threads <= 2; threads++) {
        char *made = NULL;
        task_end(task_begin(*state, threads, make_string, &made));
        assert_string_equal(made, "42");
    }
}

static void test_task_fails(void **state)
{
    for (volatile int threads = 1; threads <= 2; threads++) {
        struct task *t = task_begin(*state, threads, use_all_memory, NULL);
        if (setjmp(failure.back) == 0) {
            task_end(t);
            fail_msg("no failure");
        }
        assert_string_equal(failure.why, "out of memory");
    }
}

/* What is not asked for ends with the job. */
static void test_task_is_left(void **state)
{
    char *made = NULL;
    struct arena *job = arena_new(&failure);
    (void)state;
    task_begin(job, 2, make_string, &made);
    arena_free(job);
    assert_non_null(made);
}

/* ---- libraries */

#define MATH_CALLS(F) F(sqrt) F(floor)

struct mathematics {
    MATH_CALLS(LIBRARY_FIELD)
};

static void test_library(void **state)
{
    struct arena *a = *state;
    static const char *const names[] = {MATH_CALLS(LIBRARY_NAME) NULL}, *const strange[] = {"sqrt", "octavo",
                                                                                            NULL};
    struct mathematics m;
    assert_int_equal(library_load(a, "libm.so.6", names, &m), 0);
    assert_true(m.sqrt(9) > 2.9 && m.sqrt(9) < 3.1 && m.floor(3.5) < 3.1);
    assert_int_equal(library_load(a, "libm.so.6", strange, &m), -1);
    assert_int_equal(library_load(a, "libnowhere.so.1", names, &m), -1);
}

/* A library that isn't there is one thing, memory that isn't another. */
static void test_library_without_memory(void **state)
{
    struct arena *a = *state;
    static const char *const names[] = {MATH_CALLS(LIBRARY_NAME) NULL};
    struct mathematics m;
    struct rlimit before;
    volatile bool raised = false;
#ifdef __SANITIZE_ADDRESS__
    skip(); /* the sanitizer itself needs memory */
#endif
    getrlimit(RLIMIT_AS, &before);
    if (setjmp(failure.back) == 0) {
        setrlimit(RLIMIT_AS, &(struct rlimit){1, before.rlim_max});
        library_load(a, "libnowhere.so.1", names, &m);
    } else {
        raised = true;
    }
    setrlimit(RLIMIT_AS, &before);
    assert_true(raised);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_arena),
        TEST(test_list_grows),
        TEST(test_arena_defers_newest_first),
        TEST(test_arena_inside),
        TEST(test_arena_raises),
        TEST(test_buf),
        TEST(test_buf_real),
        TEST(test_text),
        TEST(test_utf8_round),
        TEST(test_utf8_ill_formed),
        TEST(test_hash),
        TEST(test_pool),
        TEST(test_pool_lanes),
        TEST(test_messages),
        TEST(test_library),
        TEST(test_library_without_memory),
        TEST(test_task),
        TEST(test_task_fails),
        TEST(test_task_is_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
