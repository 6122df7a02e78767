/* Every allocation of the PDF writer fails once: it must come back and leave nothing behind. Under the
 * sanitizers, which have allocators of their own, there is nothing to test. */
#include "samples.h"
#include "write/pdf/pdf.h"
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

static atomic_long left = -1; /* allocations until one fails; below 0: none does */

#ifndef __SANITIZE_ADDRESS__
static bool fails(void)
{
    if (atomic_load(&left) < 0 || atomic_fetch_sub(&left, 1) != 0)
        return false;
    errno = ENOMEM;
    return true;
}

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *p, size_t size);

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *p, size_t size)
{
    return fails() ? NULL : __libc_realloc(p, size);
}
#endif

struct trial {
    bool failed; /* an allocation did */
    bool told;   /* by a message or the arena's failure */
    uint64_t hash;
};

/* Writes with one failing allocation. */
static struct trial write_with(const struct document *d, const struct pages *pages, const char *path,
                               long allocations)
{
    struct failure f;
    struct arena *volatile a = arena_new(&f);
    if (setjmp(f.back)) {
        atomic_store(&left, -1);
        arena_free(a);
        return (struct trial){true, true, 0};
    }
    struct document own = *d;
    own.arena = a;
    own.messages = messages_new(a, NULL, NULL);
    struct outputs *all = outputs_new(a, own.messages);
    struct output *out = outputs_open(all, path);
    atomic_store(&left, allocations);
    int status = pdf_write(&own, pages, NULL, &(struct pdf_options){.date = 1, .threads = 1}, out);
    struct trial t = {.failed = atomic_exchange(&left, -1) < 0};
    struct text bytes = {NULL, 0};
    if (status == 0 && outputs_commit(all) == 0)
        io_read(a, path, own.messages, SEVERITY_SYSTEM, NULL, &bytes);
    t.told = messages_count(own.messages, SEVERITY_LOST) > 0;
    t.hash = hash_bytes(HASH_SEED, bytes.at, bytes.length);
    arena_free(a);
    return t;
}

static void each_failure_is_told(void **state)
{
    (void)state;
    struct failure f;
    struct arena *a = arena_new(&f);
    assert_int_equal(setjmp(f.back), 0);
    struct document *d = document_new(a, messages_new(a, NULL, NULL), "memory.md");
    meta_set(d, "title", TEXT("Memory"));
    struct maker *m = maker_new(a, d);
    sample_all(m);
    const struct pages *pages = maker_done(m);
    char path[] = "/tmp/octavo-memory-test.XXXXXX";
    close(mkstemp(path));
    struct trial whole = write_with(d, pages, path, 1000000000), t = {.failed = true};
    assert_false(whole.failed);
    long n = 0;
    for (; t.failed; n += n < 300 ? 1 : 13) {
        t = write_with(d, pages, path, n);
        if (!t.told && t.hash != whole.hash)
            fail_msg("allocation %ld failed, and the file was another without a word", n);
    }
    printf("%ld allocations\n", n);
    remove(path);
    arena_free(a);
    FcFini();
}

int main(void)
{
#ifdef __SANITIZE_ADDRESS__
    (void)each_failure_is_told;
    printf("The sanitizers take memory of their own.\n0 passed, 0 failed, 1 skipped\n");
    return 0;
#else
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_failure_is_told)};
    return cmocka_run_group_tests(tests, NULL, NULL);
#endif
}
