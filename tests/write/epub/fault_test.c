/* Memory that runs out: each allocation of epub_write fails once. Then either the failure is raised or -1
 * comes with a message, or the package is the same as ever (a thread less does the same work). Nothing may
 * leak.
 */
#include "sample.h"
#include "write/epub/epub.h"
#include <errno.h>
#include <setjmp.h>
#include <stdatomic.h>

#ifdef __SANITIZE_ADDRESS__
int main(void)
{
    puts("The sanitizer has an allocator of its own.\n0 passed, 0 failed, 1 skipped");
    return 0;
}
#else

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *p, size_t size);
extern void __libc_free(void *p);

static atomic_bool armed;
static atomic_long count, fails_at, living;

static bool fails(void)
{
    if (!armed || atomic_fetch_add(&count, 1) + 1 != fails_at)
        return false;
    errno = ENOMEM;
    return true;
}

static void *born(void *p)
{
    living += p != NULL;
    return p;
}

void *malloc(size_t size)
{
    return fails() ? NULL : born(__libc_malloc(size));
}

void *calloc(size_t n, size_t size)
{
    return fails() ? NULL : born(__libc_calloc(n, size));
}

void *realloc(void *p, size_t size)
{
    if (fails())
        return NULL;
    return p ? __libc_realloc(p, size) : born(__libc_realloc(NULL, size));
}

void free(void *p)
{
    living -= p != NULL;
    __libc_free(p);
}

enum outcome { RAISED, REFUSED, WRITTEN };

static enum outcome attempt(const char *source, const char *to, long at, size_t *size)
{
    struct failure f;
    struct arena *volatile a = arena_new(&f);
    if (setjmp(f.back)) {
        armed = false;
        arena_free(a);
        return RAISED;
    }
    struct messages *m = messages_new(a, NULL, NULL);
    struct document *d = sample_file(a, m, source);
    struct outputs *all = outputs_new(a, m);
    struct output *out = outputs_open(all, to);
    struct epub_options o = {.css = TEXT("p { margin: 0 }"), .date = 1711065600, .threads = 2};
    count = 0;
    fails_at = at;
    armed = true;
    int rc = epub_write(d, &o, out);
    armed = false;
    *size = output_size(out);
    bool told = messages_count(m, SEVERITY_SYSTEM) > 0;
    arena_free(a);
    if (rc != 0 && !told)
        puts("-1 without a message");
    return rc == 0 ? WRITTEN : told ? REFUSED : WRITTEN + 1;
}

int main(int argc, char **argv)
{
    const char *source = argc > 1 ? argv[1] : "tests/write/epub/samples/book.xhtml";
    char to[] = "/tmp/octavo-fault-XXXXXX";
    int fd = mkstemp(to);
    size_t usual = 0, size = 0;
    int bad = fd < 0 || attempt(source, to, 0, &usual) != WRITTEN;
    attempt(source, to, 1, &size); /* what libraries keep for good is there now */
    long before = living, at = 1;
    for (; !bad && at < 100000; at++) {
        enum outcome what = attempt(source, to, at, &size);
        if (what > WRITTEN || (what == WRITTEN && size != usual)) {
            printf("allocation %ld: outcome %d, %zu bytes instead of %zu\n", at, (int)what, size, usual);
            bad++;
        }
        if (count < at)
            break;
    }
    if (living > before + 4) {
        printf("%ld blocks more than before\n", (long)living - before);
        bad++;
    }
    remove(to);
    printf("%ld passed, %d failed\n", at - 1, bad);
    return bad != 0;
}
#endif
