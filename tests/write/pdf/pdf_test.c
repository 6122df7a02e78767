/* Writes PDFs from pages set by hand and reads what can be read without another program; with arguments
 * (pdf_test SAMPLE FILE [2|none] [attach]) it writes one for the script tests beside it. */
#include "samples.h"
#include "write/pdf/pdf.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

struct made {
    struct arena *arena;
    struct messages *messages;
    struct failure failure;
    int status;
    long used_kb, used_ms;
    struct text bytes;
};

static long milliseconds(const struct rusage *r)
{
    return (r->ru_utime.tv_sec + r->ru_stime.tv_sec) * 1000 +
           (r->ru_utime.tv_usec + r->ru_stime.tv_usec) / 1000;
}

static void tell(const struct message *m, void *user)
{
    (void)user;
    printf("%s: %s [%s]\n", severity_name(m->severity), m->sentence, m->code);
}

static void sample_make(struct maker *m, const char *name)
{
    if (strcmp(name, "all") == 0)
        sample_all(m);
    else if (strcmp(name, "table") == 0)
        sample_table(m, 400);
    else if (strcmp(name, "broken") == 0)
        sample_broken(m);
    else if (*name == '/' || *name == '.')
        sample_file(m, name);
    else
        sample_long(m, atoi(name));
}

struct manner_of_writing {
    enum pdf_standard standard;
    bool attach;
    int threads;
};

static int write_sample(struct made *made, const char *name, const char *path, message_sink *sink,
                        const struct manner_of_writing *how)
{
    *made = (struct made){.status = -1};
    made->arena = arena_new(&made->failure);
    if (setjmp(made->failure.back))
        return -1;
    struct arena *a = made->arena;
    made->messages = messages_new(a, sink, NULL);
    struct document *d = document_new(a, made->messages, "sample.md");
    meta_set(d, "title", TEXT("The Sample"));
    meta_set(d, "author", TEXT("Ada \xC3\x84hrenfeld"));
    meta_set(d, "author", TEXT("Bob"));
    meta_set(d, "language", TEXT("en"));
    meta_set(d, "subject", TEXT("tests & trials"));
    struct maker *m = maker_new(a, d);
    sample_make(m, name);
    struct outputs *all = outputs_new(a, made->messages);
    struct output *out = outputs_open(all, path);
    const struct pages *pages = maker_done(m);
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    static const struct pdf_attachment files[] = {
        {"sample.md", "text/markdown", "The source", PDF_SOURCE, {"# Sample\n", 9}},
        {"data.csv", "text/csv", NULL, PDF_DATA, {"a,b\n", 4}},
    };
    struct pdf_options options = {.date = 1700000000, .threads = how->threads, .standard = how->standard};
    options.attachments = files;
    options.attachment_count = how->attach ? 2 : 0;
    if (out && pdf_write(d, pages, NULL, &options, out) == 0)
        made->status = outputs_commit(all);
    getrusage(RUSAGE_SELF, &after);
    made->used_kb = after.ru_maxrss - before.ru_maxrss;
    made->used_ms = milliseconds(&after) - milliseconds(&before);
    return made->status;
}

static const char *temporary(void)
{
    static char path[] = "/tmp/octavo-pdf-test.pdf.XXXXXX";
    static int made;
    if (!made++)
        close(mkstemp(path));
    return path;
}

static void make(struct made *made, const char *name, int threads)
{
    assert_int_equal(
        write_sample(made, name, temporary(), NULL, &(struct manner_of_writing){.threads = threads}), 0);
    assert_int_equal(io_read(made->arena, temporary(), made->messages, SEVERITY_SYSTEM, NULL, &made->bytes),
                     0);
    remove(temporary());
}

static bool has(struct text t, const char *what)
{
    return memmem(t.at, t.length, what, strlen(what)) != NULL;
}

static int count_code(const struct messages *m, const char *code)
{
    int n = 0;
    for (const struct message *i = messages_first(m); i; i = i->next)
        n += strcmp(i->code, code) == 0;
    return n;
}

static void a_whole_file_claims_both_standards(void **state)
{
    (void)state;
    struct made made;
    make(&made, "all", 2);
    assert_true(text_starts(made.bytes, "%PDF-1.7\n"));
    assert_true(text_ends(made.bytes, "%%EOF\n"));
    assert_true(has(made.bytes, "<pdfaid:part>2</pdfaid:part>"));
    assert_true(has(made.bytes, "<pdfuaid:part>1</pdfuaid:part>"));
    assert_true(has(made.bytes, "<rdf:li>tests &amp; trials</rdf:li>"));
    assert_null(messages_first(made.messages));
    arena_free(made.arena);
}

static void two_runs_give_the_same_bytes(void **state)
{
    (void)state;
    struct made one, two;
    make(&one, "all", 1);
    make(&two, "all", 2);
    assert_true(text_equal(one.bytes, two.bytes));
    arena_free(one.arena);
    arena_free(two.arena);
}

static void what_breaks_a_claim_is_said(void **state)
{
    (void)state;
    struct made made;
    make(&made, "broken", 2);
    assert_false(has(made.bytes, "<pdfaid:part>"));
    assert_false(has(made.bytes, "<pdfuaid:part>"));
    static const char *const codes[] = {"pdf.alt", "pdf.glyph", "pdf.target", "pdf.image", "pdf.heading"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        assert_int_equal(count_code(made.messages, codes[i]), 1);
    arena_free(made.arena);
}

/* The sanitizers' own memory would count. */
static void long_files_need_little_memory(void **state)
{
    (void)state;
#if defined __SANITIZE_ADDRESS__
    skip();
#endif
    enum { MOST_KB = 60 * 1024 };
    struct made made;
    make(&made, "3000", 2);
    assert_true(made.used_kb < MOST_KB);
    arena_free(made.arena);
}

int main(int argc, char **argv)
{
    if (argc >= 3) {
        struct made made;
        struct manner_of_writing how = {.threads = 2};
        for (int i = 3; i < argc; i++) {
            if (strcmp(argv[i], "2") == 0)
                how.standard = PDF_STANDARD_2;
            else if (strcmp(argv[i], "none") == 0)
                how.standard = PDF_STANDARD_NONE;
            else
                how.attach = true;
        }
        int status = write_sample(&made, argv[1], argv[2], tell, &how);
        printf("writer: %ld ms of processor time, %ld KB\n", made.used_ms, made.used_kb);
        arena_free(made.arena);
        FcFini();
        return status == 0 ? 0 : 1;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_file_claims_both_standards),
        cmocka_unit_test(two_runs_give_the_same_bytes),
        cmocka_unit_test(what_breaks_a_claim_is_said),
        cmocka_unit_test(long_files_need_little_memory),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    FcFini();
    return failed;
}
