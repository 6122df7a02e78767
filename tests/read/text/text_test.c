/* Flat text: each folder beside this file shows one manner. source.txt is read, and what came out is compared
 * with `expected`; BLESS=1 writes it anew. With a file's name as argument the program prints that text's tree
 * in the same form, which score.py reads. */
#include "base/io.h"
#include "document/document.h"
#include "document/report.h"
#include "read/encoding.h"
#include "read/read.h"
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
/* cmocka needs the four above. */
#include <cmocka.h>

struct printer {
    struct buf *out;
    xmlNode *body;
    bool open; /* a line has begun */
};

static void start_line(struct printer *p, const xmlNode *n)
{
    const char *names[16];
    int depth = 0;
    for (const xmlNode *k = n; k != p->body && depth < 16; k = k->parent)
        names[depth++] = (const char *)k->name;
    while (depth > 0)
        buf_printf(p->out, "%s ", names[--depth]);
    const char *class = tree_get(n, "class");
    if (class)
        buf_printf(p->out, ".%s ", class);
    buf_string(p->out, "| ");
}

static enum walk enter(xmlNode *n, void *user)
{
    struct printer *p = user;
    enum element e = tree_kind(n);
    if (n->type == XML_TEXT_NODE)
        buf_string(p->out, (const char *)n->content);
    else if (e == ELEMENT_CALL)
        buf_printf(p->out, "⟦%s⟧", tree_get(n, "key"));
    else if (e == ELEMENT_BR)
        buf_string(p->out, "/ ");
    else if (e == ELEMENT_NOTE)
        buf_printf(p->out, "note %s:\n", tree_get(n, "key"));
    else if (element_is(e, ELEMENT_IS_LEAF) || e == ELEMENT_HR || e == ELEMENT_TR)
        start_line(p, n);
    return WALK_ON;
}

static void leave(xmlNode *n, void *user)
{
    struct printer *p = user;
    enum element e = tree_kind(n);
    if (element_is(e, ELEMENT_IS_LEAF) || e == ELEMENT_HR || e == ELEMENT_TR)
        buf_byte(p->out, '\n');
    if ((e == ELEMENT_TD || e == ELEMENT_TH) && n->next)
        buf_string(p->out, " ; ");
}

static void print_document(struct document *d, struct buf *out)
{
    if (d->meta.title)
        buf_printf(out, "title: %s\n", d->meta.title);
    if (d->meta.subtitle)
        buf_printf(out, "subtitle: %s\n", d->meta.subtitle);
    for (const struct person *x = d->meta.people; x; x = x->next)
        buf_printf(out, "author: %s\n", x->name);
    if (d->meta.date)
        buf_printf(out, "date: %s\n", d->meta.date);
    struct printer p = {out, d->body, false};
    tree_walk(d->body, &(struct walker){enter, leave}, &p);
    for (const struct message *m = messages_first(d->messages); m; m = m->next)
        buf_printf(out, "%d:%d: %s: %s [%s]\n", m->place.line, m->place.column, severity_name(m->severity),
                   m->sentence, m->code);
}

static struct buf *read_and_print(struct arena *a, const char *path, bool report)
{
    struct messages *m = messages_new(a, NULL, NULL);
    struct text bytes;
    struct buf *out = buf_new(a);
    if (io_read(a, path, m, SEVERITY_USAGE, NULL, &bytes) != 0)
        return NULL;
    struct document *d = document_new(a, m, "source.txt");
    text_read(d, encoding_decode(d, bytes));
    print_document(d, out);
    if (report)
        report_text(d->report, out);
    return out;
}

static int compare(const char *folder, const char *name)
{
    struct failure f;
    struct arena *volatile a = arena_new(&f);
    if (!a || setjmp(f.back))
        return 1;
    int wrong = 0;
    char *source = arena_printf(a, "%s/%s/source.txt", folder, name),
         *path = arena_printf(a, "%s/%s/expected", folder, name);
    struct buf *got = read_and_print(a, source, false);
    struct text want = {"", 0};
    if (got && getenv("BLESS")) {
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fwrite(got->data, 1, got->length, file);
        fclose(file);
    } else if (got && (io_read(a, path, messages_new(a, NULL, NULL), SEVERITY_USAGE, NULL, &want) != 0 ||
                       !text_equal(want, buf_view(got)))) {
        printf("%s/%s differs; now it is:\n%s", folder, name, got->data);
        wrong = 1;
    }
    arena_free(a);
    return wrong;
}

static void every_manner(void **state)
{
    (void)state;
    const char *folder = "tests/read/text";
    struct dirent **entries;
    int count = scandir(folder, &entries, NULL, alphasort), wrong = 0;
    assert_true(count > 0);
    for (int i = 0; i < count; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/%.200s/source.txt", folder, entries[i]->d_name);
        if (entries[i]->d_name[0] != '.' && io_exists(path))
            wrong += compare(folder, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    assert_int_equal(wrong, 0);
}

static int print_file(const char *path)
{
    struct failure f;
    struct arena *volatile a = arena_new(&f);
    if (!a || setjmp(f.back))
        return 1;
    struct buf *out = read_and_print(a, path, getenv("REPORT") != NULL);
    printf("file: %s\n%s", path, out && out->length ? out->data : "");
    arena_free(a);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        int worst = 0;
        for (int i = 1; i < argc; i++)
            worst |= print_file(argv[i]);
        return worst;
    }
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_manner)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
