/* Files: reading, names, outputs that are all committed or not at all. */
#include "base/io.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* A job's worth: an arena, messages, a folder of its own. */
struct world {
    struct failure failure;
    struct arena *arena;
    struct messages *messages;
    char folder[64];
};

static int setup(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    w->arena = arena_new(&w->failure);
    w->messages = messages_new(w->arena, NULL, NULL);
    strcpy(w->folder, "/tmp/octavo-io-XXXXXX");
    *state = w;
    return mkdtemp(w->folder) ? 0 : -1;
}

static int teardown(void **state)
{
    struct world *w = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", w->folder);
    arena_free(w->arena);
    int rc = system(command);
    free(w);
    return rc;
}

static const char *in(struct world *w, const char *name)
{
    return arena_printf(w->arena, "%s/%s", w->folder, name);
}

static void put(struct world *w, const char *name, const char *content)
{
    FILE *f = fopen(in(w, name), "w");
    assert_non_null(f);
    fputs(content, f);
    fclose(f);
}

static const char *get(struct world *w, const char *name)
{
    struct text t = TEXT("(none)");
    if (io_exists(in(w, name)))
        assert_int_equal(io_read(w->arena, in(w, name), w->messages, SEVERITY_USAGE, NULL, &t), 0);
    return t.at;
}

static int files(struct world *w)
{
    int n = 0;
    for (const char *const *name = io_list(w->arena, w->folder, ""); *name; name++)
        n += **name != '.';
    return n;
}

static void assert_told(struct world *w, const char *code)
{
    const struct message *m = messages_first(w->messages);
    while (m && m->next)
        m = m->next;
    assert_non_null(m);
    assert_string_equal(m->code, code);
}

static void test_read(void **state)
{
    struct world *w = *state;
    struct text t;
    put(w, "a", "content");
    assert_string_equal(get(w, "a"), "content");
    assert_int_equal(io_read(w->arena, in(w, "none"), w->messages, SEVERITY_USAGE, NULL, &t), -1);
    assert_told(w, "io.missing");
    assert_int_equal(io_read(w->arena, w->folder, w->messages, SEVERITY_USAGE, NULL, &t), -1);
    assert_told(w, "io.directory");
    assert_int_equal(io_read(w->arena, in(w, "a/b"), w->messages, SEVERITY_USAGE, NULL, &t), -1);
    assert_told(w, "io.missing");
    put(w, "empty", "");
    assert_int_equal(io_read(w->arena, in(w, "empty"), w->messages, SEVERITY_USAGE, NULL, &t), 0);
    assert_int_equal(t.length, 0);
}

static void test_names(void **state)
{
    struct world *w = *state;
    assert_string_equal(io_suffix("a.b/c.tar.gz"), ".gz");
    assert_string_equal(io_suffix("a.b/c"), "");
    assert_string_equal(io_suffix(".hidden"), "");
    assert_string_equal(io_basename("a/b"), "b");
    assert_string_equal(io_directory(w->arena, "a/b"), "a");
    assert_string_equal(io_directory(w->arena, "b"), ".");
    assert_string_equal(io_directory(w->arena, "/b"), "/");
}

static void test_below(void **state)
{
    struct world *w = *state;
    put(w, "a", "");
    assert_non_null(io_below(w->arena, w->folder, "a"));
    assert_non_null(io_below(w->arena, w->folder, "x/../a"));
    assert_null(io_below(w->arena, w->folder, "../a"));
    assert_null(io_below(w->arena, w->folder, "x/../../a"));
    assert_null(io_below(w->arena, w->folder, "/etc/passwd"));
    assert_null(io_below(w->arena, w->folder, ""));
    assert_int_equal(symlink("/etc/passwd", in(w, "link")), 0);
    assert_null(io_below(w->arena, w->folder, "link"));
    assert_int_equal(symlink("a", in(w, "inner")), 0);
    assert_non_null(io_below(w->arena, w->folder, "inner"));
}

static void test_same(void **state)
{
    struct world *w = *state;
    put(w, "a", "");
    assert_true(io_same(w->arena, in(w, "a"), in(w, "./a")));
    assert_true(io_same(w->arena, in(w, "new"), in(w, "./new")));
    assert_false(io_same(w->arena, in(w, "a"), in(w, "b")));
    assert_false(io_same(w->arena, in(w, "x/new"), in(w, "new")));
}

static void test_list(void **state)
{
    struct world *w = *state;
    for (int i = 39; i >= 0; i--)
        put(w, arena_printf(w->arena, "%02d.css", i), "");
    put(w, "other", "");
    const char *const *names = io_list(w->arena, w->folder, ".css");
    for (int i = 0; i < 40; i++)
        assert_string_equal(names[i], arena_printf(w->arena, "%02d", i));
    assert_null(names[40]);
    assert_null(io_list(w->arena, in(w, "none"), ".css")[0]);
}

static void test_commit(void **state)
{
    struct world *w = *state;
    put(w, "a", "old");
    struct outputs *all = outputs_new(w->arena, w->messages);
    struct output *a = outputs_open(all, in(w, "a")), *b = outputs_open(all, in(w, "b"));
    assert_non_null(a);
    assert_non_null(b);
    static char large[200000];
    memset(large, 'x', sizeof large);
    assert_int_equal(output_write(a, "new", 3), 0);
    assert_int_equal(output_write(b, "1", 1), 0);
    assert_int_equal(output_write(b, large, sizeof large), 0);
    assert_int_equal(output_size(b), sizeof large + 1);
    assert_string_equal(get(w, "a"), "old");
    assert_string_equal(get(w, "b"), "(none)");
    assert_int_equal(outputs_commit(all), 0);
    assert_string_equal(get(w, "a"), "new");
    assert_int_equal(strlen(get(w, "b")), sizeof large + 1);
    assert_int_equal(files(w), 2);
}

static void test_rollback(void **state)
{
    struct world *w = *state;
    put(w, "a", "old");
    struct failure f;
    struct arena *job = arena_new(&f);
    struct outputs *all = outputs_new(job, w->messages);
    assert_int_equal(output_write(outputs_open(all, in(w, "a")), "new", 3), 0);
    assert_non_null(outputs_open(all, in(w, "b")));
    assert_int_equal(files(w), 3);
    arena_free(job);
    assert_string_equal(get(w, "a"), "old");
    assert_int_equal(files(w), 1);
}

static void test_refused(void **state)
{
    struct world *w = *state;
    struct outputs *all = outputs_new(w->arena, w->messages);
    assert_null(outputs_open(all, w->folder));
    assert_told(w, "io.directory");
    assert_null(outputs_open(all, in(w, "none/a")));
    assert_told(w, "io.folder");
}

static void test_device(void **state)
{
    struct world *w = *state;
    put(w, "a", "old");
    struct outputs *all = outputs_new(w->arena, w->messages);
    struct output *a = outputs_open(all, in(w, "a")), *full = outputs_open(all, "/dev/full");
    assert_non_null(full);
    output_write(a, "new", 3);
    output_write(full, "x", 1);
    assert_int_equal(outputs_commit(all), -1);
    assert_told(w, "io.write");
    assert_string_equal(get(w, "a"), "old");
    struct stat st;
    assert_int_equal(stat("/dev/full", &st), 0);
    assert_true(S_ISCHR(st.st_mode));
}

static void test_link(void **state)
{
    struct world *w = *state;
    put(w, "real", "old");
    assert_int_equal(symlink("real", in(w, "link")), 0);
    struct outputs *all = outputs_new(w->arena, w->messages);
    output_write(outputs_open(all, in(w, "link")), "new", 3);
    assert_int_equal(outputs_commit(all), 0);
    assert_string_equal(get(w, "real"), "new");
    struct stat st;
    assert_int_equal(lstat(in(w, "link"), &st), 0);
    assert_true(S_ISLNK(st.st_mode));
}

static void test_memory(void **state)
{
    struct world *w = *state;
    struct output *o = output_memory(w->arena);
    assert_int_equal(output_bytes(o).length, 0);
    assert_int_equal(output_write(o, "one, ", 5), 0);
    assert_int_equal(output_write(o, "two", 3), 0);
    assert_true(text_is(output_bytes(o), "one, two"));
    assert_int_equal(output_size(o), 8);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_read),   TEST(test_names),  TEST(test_below),    TEST(test_same),
        TEST(test_list),   TEST(test_commit), TEST(test_rollback), TEST(test_refused),
        TEST(test_device), TEST(test_link),   TEST(test_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
