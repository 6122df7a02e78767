/* Every allocation, every write and every file of the archive fails once.
 *
 * The linker leads malloc, calloc, realloc, write and dlsym (for zip_file_add) of liboctavo (and libxml2's,
 * by its own hook) through here. Each trial is a process of its own in which one call fails: then the run
 * must end with system.memory, io.write or epub.zip, status 4, the old outputs as they were and nothing
 * beside them; or, where the code can do without, with the right outputs. It never crashes.
 */
#include "octavo.h"
#include <dirent.h>
#include <errno.h>
#include <libxml/parser.h>
#include <libxml/xmlmemory.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zip.h>

#include <cmocka.h>

enum { OLD_STATUS = 4 };

/* The call that fails, counted from 1; 0: none. Threads share the counts. */
static _Atomic long memory_calls, memory_fails, write_calls, write_fails, zip_calls, zip_fails;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *p, size_t size);
ssize_t __real_write(int fd, const void *bytes, size_t length);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *p, size_t size);
ssize_t __wrap_write(int fd, const void *bytes, size_t length);
void *__real_dlsym(void *library, const char *name);
void *__wrap_dlsym(void *library, const char *name);

static int memory_gone(void)
{
    return ++memory_calls == memory_fails;
}

void *__wrap_malloc(size_t size)
{
    return memory_gone() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return memory_gone() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *p, size_t size)
{
    return memory_gone() ? NULL : __real_realloc(p, size);
}

ssize_t __wrap_write(int fd, const void *bytes, size_t length)
{
    if (++write_calls == write_fails) {
        errno = ENOSPC;
        return -1;
    }
    return __real_write(fd, bytes, length);
}

static zip_int64_t add_file(zip_t *z, const char *name, zip_source_t *source, zip_flags_t flags)
{
    return ++zip_calls == zip_fails ? -1 : zip_file_add(z, name, source, flags);
}

/* libzip is loaded: its functions are found by name. */
void *__wrap_dlsym(void *library, const char *name)
{
    void *function = __real_dlsym(library, name);
    if (strcmp(name, "zip_file_add") == 0) {
        zip_int64_t (*ours)(zip_t *, const char *, zip_source_t *, zip_flags_t) = add_file;
        memcpy(&function, &ours, sizeof function);
    }
    return function;
}

static char *copy_string(const char *s)
{
    char *copy = __wrap_malloc(strlen(s) + 1);
    return copy ? strcpy(copy, s) : NULL;
}

/* ---- a job in a folder of its own */

static const char source[] =
    "---\ntitle: \"A Title\"\nauthor: Someone\nlanguage: en\nfrom: a@example.org\n---\n\n"
    "A first paragraph with a note.[^1] It says \"yes\" -- and *more*.\n\n"
    "## A head {#x}\n\n> A quotation, see [there](#x).\n\n- one\n- two\n\n"
    "| a | b |\n|---|---|\n| 1 | 2 |\n\n```c\nint x;\n```\n\n![A dot](dot.png)\n\n[^1]: The note.\n";

static const unsigned char dot[] = {
    0x89, 'P',  'N',  'G',  0x0D, 0x0A, 0x1A, 0x0A, 0,    0,    0,    13,  'I',  'H',  'D',  'R',  0,
    0,    0,    1,    0,    0,    0,    1,    8,    0,    0,    0,    0,   0x3A, 0x7E, 0x9B, 0x55, 0,
    0,    0,    10,   'I',  'D',  'A',  'T',  0x78, 0x9C, 0x63, 0x60, 0,   0,    0,    2,    0,    1,
    0x48, 0xAF, 0xA4, 0x71, 0,    0,    0,    0,    'I',  'E',  'N',  'D', 0xAE, 0x42, 0x60, 0x82};

static char folder[64];
/* All files that are made; the last is that of --explain. */
static const char *const outputs[] = {"out.epub", "out.pdf", "out.xhtml", "out.png",
                                      "out.html", "out.eml", "out.json",  NULL};
enum { OUTPUTS = sizeof outputs / sizeof outputs[0] - 1 };

static void put(const char *name, const void *bytes, size_t length)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fwrite(bytes, 1, length, f);
    fclose(f);
}

/* The hash of a file's bytes; 0 when it isn't there. */
static uint64_t print_of(const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "r");
    if (!f)
        return 0;
    uint64_t h = 14695981039346656037ULL;
    for (int c; (c = getc(f)) != EOF;)
        h = (h ^ (unsigned)c) * 1099511628211ULL;
    fclose(f);
    return h;
}

static int files(void)
{
    int n = 0;
    DIR *d = opendir(folder);
    for (struct dirent *e; (e = readdir(d));)
        n += e->d_name[0] != '.';
    closedir(d);
    return n;
}

/* What a run came to. */
struct result {
    int status; /* negative: the signal that ended it */
    long memory, writes, zips;
    int worst;
    char code[32];
};

/* Keeps the code of the worst message. */
static void keep_worst(const struct octavo_message *m, void *user)
{
    struct result *r = user;
    if (m->severity < OCTAVO_LOST || (int)m->severity < r->worst)
        return;
    r->worst = (int)m->severity;
    snprintf(r->code, sizeof r->code, "%s", m->code);
}

static int run_job(struct result *r)
{
    static const char *const folders[] = {"styles", NULL};
    if (chdir(folder) != 0)
        return 99;
    struct octavo_options o = octavo_defaults();
    o.source = "source.md";
    const char *named[OUTPUTS] = {NULL}; /* but for the last */
    memcpy(named, outputs, (OUTPUTS - 1) * sizeof *named);
    o.outputs = named;
    o.explain = outputs[OUTPUTS - 1];
    o.sum_up = true;
    o.style = "style.css";
    o.style_folders = folders;
    o.threads = 1;
    o.on_message = keep_worst;
    o.user = r;
    return octavo_run(&o);
}

/* The kinds of call that fail, and what a run says then. */
enum kind { NONE, MEMORY, WRITE, ZIP };

static const struct {
    const char *name;
    _Atomic long *fails;
    const char *code;
} kinds[] = {[NONE] = {"nothing", NULL, ""},
             [MEMORY] = {"allocation", &memory_fails, "system.memory"},
             [WRITE] = {"write", &write_fails, "io.write"},
             [ZIP] = {"zip_file_add", &zip_fails, "epub.zip"}};

/* Runs the job in a process in which the nth call of a kind fails. */
static struct result trial(enum kind k, long n)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        static const int signals[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};
        for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
            signal(signals[i], SIG_DFL); /* cmocka's would go on in the child */
        close(ends[0]);
        struct result r = {0};
        memory_calls = write_calls = zip_calls = 0;
        if (k != NONE)
            *kinds[k].fails = n;
        r.status = run_job(&r);
        memory_fails = write_fails = zip_fails = 0;
        r.memory = memory_calls;
        r.writes = write_calls;
        r.zips = zip_calls;
        _exit(__real_write(ends[1], &r, sizeof r) == sizeof r ? r.status : 98);
    }
    close(ends[1]);
    struct result r = {.status = -99};
    ssize_t got = read(ends[0], &r, sizeof r);
    close(ends[0]);
    int state;
    waitpid(child, &state, 0);
    if (!WIFEXITED(state) || got != (ssize_t)sizeof r)
        r.status = WIFSIGNALED(state) ? -WTERMSIG(state) : -99;
    return r;
}

static void put_old(void)
{
    for (const char *const *name = outputs; *name; name++)
        put(*name, "old", 3);
}

/* What the outputs are when nothing fails, and what they were. */
static uint64_t right[OUTPUTS], old;
static struct result whole;

static int setup(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/octavo-fault-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    static const char css[] = "p { margin: 0; text-indent: 1em; } h2 { font-style: italic; }\n";
    put("source.md", source, sizeof source - 1);
    put("dot.png", dot, sizeof dot);
    put("style.css", css, sizeof css - 1);
    put_old();
    old = print_of(outputs[0]);
    whole = trial(NONE, 0);
    for (int i = 0; outputs[i]; i++)
        right[i] = print_of(outputs[i]);
    return whole.status == 0 || whole.status == 2 ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static bool all_old(void)
{
    for (int i = 0; outputs[i]; i++)
        if (print_of(outputs[i]) != old)
            return false;
    return true;
}

static bool all_right(void)
{
    for (int i = 0; outputs[i]; i++)
        if (print_of(outputs[i]) != right[i])
            return false;
    return true;
}

/* Removes what a crash left, so that the next trial is not blamed for it. */
static void sweep(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -f %s/*.part", folder);
    assert_int_equal(system(command), 0);
}

/* Is all as it must be after a run in which one call failed? */
static bool stands(enum kind k, const struct result *r)
{
    enum { FILES = OUTPUTS + 3 }; /* three that are read */
    bool fine = r->status == OLD_STATUS ? all_old() && strcmp(r->code, kinds[k].code) == 0
                                        : r->status == whole.status && all_right();
    return fine && files() == FILES;
}

/* Tries calls 1 to count: the first ones all, then some. */
static int try_all(enum kind k, long count)
{
    enum { FIRST = 60, REST = 120, TOLD = 10 };
    int bad = 0;
    long step = count > FIRST + REST ? (count - FIRST) / REST : 1;
    for (long n = 1; n <= count; n += n < FIRST ? 1 : step) {
        put_old();
        struct result r = trial(k, n);
        if (stands(k, &r))
            continue;
        if (++bad <= TOLD)
            printf("%s %ld of %ld: status %d %s, outputs %s, %d files\n", kinds[k].name, n, count, r.status,
                   r.code,
                   all_old()     ? "old"
                   : all_right() ? "right"
                                 : "wrong",
                   files());
        sweep();
    }
    if (bad > TOLD)
        printf("%d more\n", bad - TOLD);
    return bad;
}

static void test_memory(void **state)
{
    (void)state;
    assert_int_equal(try_all(MEMORY, whole.memory), 0);
}

static void test_writes(void **state)
{
    (void)state;
    assert_true(whole.writes > 0);
    assert_int_equal(try_all(WRITE, whole.writes), 0);
}

static void test_zip(void **state)
{
    (void)state;
    assert_true(whole.zips > 0);
    assert_int_equal(try_all(ZIP, whole.zips), 0);
}

/* fault_test N: the trial in which allocation N fails, in this process, for a debugger. */
int main(int argc, char **argv)
{
    xmlMemSetup(free, __wrap_malloc, __wrap_realloc, copy_string);
    xmlInitParser();
    if (argc > 1) {
        setup(NULL);
        memory_calls = 0;
        memory_fails = atol(argv[1]);
        struct result r = {0};
        return run_job(&r);
    }
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_memory), cmocka_unit_test(test_writes),
                                       cmocka_unit_test(test_zip)};
    return cmocka_run_group_tests(tests, setup, teardown);
}
