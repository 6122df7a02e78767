/* The Markdown reader by itself. Without arguments the unit tests run. With --print FILE it prints what the
 * reader tells and makes; with --each it does so for many sources on standard input, parted by the byte 0x1E,
 * as markdown_test.sh and specs_test.py ask for. */
#include "read/body.h"
#include "read/places.h"
#include "read/read.h"
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

struct reading {
    struct failure failure;
    struct arena *arena;
    struct messages *messages;
    struct document *document;
};

static void begin(struct reading *r, const char *source)
{
    r->arena = arena_new(&r->failure);
    if (setjmp(r->failure.back))
        fail();
    r->messages = messages_new(r->arena, NULL, NULL);
    r->document = document_new(r->arena, r->messages, "t.md");
    assert_int_equal(markdown_read(r->document, text_of(source)), 0);
}

static void end(struct reading *r)
{
    arena_free(r->arena);
}

static const char *printed(struct reading *r)
{
    struct buf *out = buf_new(r->arena);
    for (const xmlNode *n = r->document->body->children; n; n = n->next)
        body_print(n, 0, out);
    return out->data ? out->data : "";
}

/* ---- front matter */

static void scalars_lists_and_aliases(void **state)
{
    (void)state;
    struct reading r;
    begin(&r, "---\n"
              "title: 'The Book: a test'\n"
              "subtitle: |\n  Two\n"
              "author: Ann Lee\n"
              "lang: [en, fr]\n"
              "keywords:\n- one\n- two, three\n"
              "date: 2026-11-24\n"
              "series-number: 3\n"
              "publisher: ~\n"
              "settings:\n  columns: 2\n"
              "---\nText\n");
    const struct meta *m = &r.document->meta;
    assert_string_equal(m->title, "The Book: a test");
    assert_string_equal(m->subtitle, "Two");
    assert_string_equal(m->people->name, "Ann Lee");
    assert_string_equal(m->people->role, "aut");
    assert_string_equal(m->language, "en");
    assert_string_equal(m->languages->word, "fr");
    assert_string_equal(m->subjects->word, "one");
    assert_string_equal(m->subjects->next->word, "two, three");
    assert_string_equal(m->date, "2026-11-24");
    assert_string_equal(m->series_number, "3");
    assert_null(m->publisher);
    assert_string_equal(m->settings->word, "columns=2");
    assert_null(messages_first(r.messages));
    assert_string_equal(printed(&r), "<p>Text</p>\n");
    end(&r);
}

static void people_as_mappings(void **state)
{
    (void)state;
    struct reading r;
    begin(
        &r,
        "---\nauthors:\n- name: Ann Lee\n  file-as: Lee, Ann\n- Bo Berg\n- {name: Cy Dee, role: translator}\n"
        "editor: {name: Ed Fox}\n---\n");
    const struct person *p = r.document->meta.people;
    assert_string_equal(p->name, "Ann Lee");
    assert_string_equal(p->file_as, "Lee, Ann");
    assert_string_equal(p->role, "aut");
    p = p->next;
    assert_string_equal(p->name, "Bo Berg");
    assert_null(p->file_as);
    p = p->next;
    assert_string_equal(p->role, "trl");
    p = p->next;
    assert_string_equal(p->role, "edt");
    assert_null(p->next);
    assert_null(messages_first(r.messages));
    end(&r);
}

static void unknown_keys_are_warned_of(void **state)
{
    (void)state;
    struct reading r;
    begin(&r, "---\ntitle: T\nmood: {a: [b, {c: d}]}\n  \npublisher: P\n---\n");
    const struct message *m = messages_first(r.messages);
    assert_string_equal(m->code, "meta.unknown");
    assert_int_equal(m->severity, SEVERITY_WARNING);
    assert_int_equal(m->place.line, 3);
    assert_int_equal(m->place.column, 1);
    assert_null(m->next);
    assert_string_equal(r.document->meta.publisher, "P");
    end(&r);
}

static void broken_yaml_keeps_the_text(void **state)
{
    (void)state;
    struct reading r;
    begin(&r, "---\ntitle: T\nauthor: [a, b\npublisher: P\n---\n\nText\n");
    const struct message *m = messages_first(r.messages);
    assert_string_equal(m->code, "frontmatter.broken");
    assert_int_equal(m->severity, SEVERITY_LOST);
    assert_true(m->place.line >= 3);
    assert_null(m->next);
    assert_string_equal(r.document->meta.title, "T");
    assert_string_equal(printed(&r), "<p>Text</p>\n");
    end(&r);
}

static void a_rule_is_no_front_matter(void **state)
{
    (void)state;
    struct reading r;
    begin(&r, "---\n\nText\n\n---\n");
    assert_string_equal(printed(&r), "<hr/>\n<p>Text</p>\n<hr/>\n");
    end(&r);
    begin(&r, "---\ntitle: T\n");
    assert_string_equal(printed(&r), "<hr/>\n<p>title: T</p>\n");
    end(&r);
}

/* ---- places */

static void places_count_characters(void **state)
{
    (void)state;
    struct reading r;
    begin(&r, "---\ntitle: T\n---\nÄrger *über* `x`\n\n> # Übung [^a]\n");
    xmlNode *p = r.document->body->children;
    struct place em = tree_place(r.document, p->children->next);
    assert_int_equal(em.line, 4);
    assert_int_equal(em.column, 7);
    xmlNode *h1 = p->next->children;
    struct place head = tree_place(r.document, h1);
    assert_int_equal(head.line, 6);
    assert_int_equal(head.column, 3);
    struct place call = tree_place(r.document, h1->last);
    assert_int_equal(tree_kind(h1->last), ELEMENT_CALL);
    assert_int_equal(call.line, 6);
    assert_int_equal(call.column, 11);
    end(&r);
}

static void long_lines_have_places(void **state)
{
    (void)state;
    struct failure f;
    struct arena *a = arena_new(&f);
    struct buf *b = buf_new(a);
    for (int i = 0; i < 1000; i++)
        buf_string(b, "äx");
    buf_string(b, "\nend");
    struct places *p = places_new(a, buf_view(b), "t.md", 10);
    assert_int_equal(places_at(p, 1, 1 + 3 * 600).column, 1 + 2 * 600);
    assert_int_equal(places_at(p, 2, 2).line, 11);
    assert_int_equal(places_at(p, 2, 200).column, 4);
    assert_int_equal(places_at(p, 99, 1).line, 11);
    assert_int_equal(places_of_offset(p, 3001).column, 1);
    arena_free(a);
}

/* ---- limits, and two readings at once */

static void references_dont_swell(void **state)
{
    (void)state;
    enum { ADDRESS = 1 << 20 };
    struct failure f;
    struct arena *a = arena_new(&f);
    struct buf *b = buf_new(a);
    buf_string(b, "[a]: /");
    for (int i = 0; i < ADDRESS; i++)
        buf_byte(b, 'u');
    buf_string(b, "\n\n");
    for (int i = 0; i < 70; i++)
        buf_string(b, "[a] ");
    struct reading r;
    begin(&r, b->data);
    assert_string_equal(messages_first(r.messages)->code, "markdown.references");
    assert_int_equal(messages_count(r.messages, SEVERITY_NOTE), 1);
    size_t links = 0;
    for (const xmlNode *n = r.document->body->children->children; n; n = n->next)
        links += tree_kind(n) == ELEMENT_A;
    assert_int_equal(links, 64 * 1024 * 1024 / (ADDRESS + 1));
    end(&r);
    arena_free(a);
}

static bool read_one(void)
{
    struct failure f;
    struct arena *volatile a = arena_new(&f);
    if (setjmp(f.back))
        return false;
    struct document *d = document_new(a, messages_new(a, NULL, NULL), "t.md");
    markdown_read(d, TEXT("# A {#b}\n\nH~2~O ~~x~~ ^[n] www.a.b [s]{.c}\n\n|a|\n|-|\n|b|\n\n<b>x</b>\n"));
    struct buf *out = buf_new(a);
    body_print(d->body, 0, out);
    bool same = strstr(out->data, "H<sub>2</sub>O <del>x</del> <o:call key=\"inline]1\"/> <a href=") != NULL;
    arena_free(a);
    return same;
}

static void *read_many(void *user)
{
    (void)user;
    for (int i = 0; i < 200; i++)
        if (!read_one())
            return NULL;
    return "well";
}

static void threads_read_at_once(void **state)
{
    (void)state;
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, read_many, NULL), 0);
    for (int i = 0; i < 4; i++) {
        void *result = NULL;
        pthread_join(threads[i], &result);
        assert_non_null(result);
    }
}

/* ---- sniffing */

static void sniffs_markdown(void **state)
{
    (void)state;
    int (*sniff)(struct text) = reader_named("markdown")->sniff;
    assert_true(sniff(TEXT("---\ntitle: T\n---\n")) > 50);
    assert_true(sniff(TEXT("# Head\n\nText with [a link](http://example.com).[^1]\n\n[^1]: Note\n")) > 50);
    assert_true(sniff(TEXT("A Title\n\nBy somebody\n\nText as it is.1\n\n1. Note\n")) == 0);
    assert_true(sniff(TEXT("")) == 0);
}

/* ---- printing for the scripts */

static const char *severity_mark(const struct message *m)
{
    return severity_name(m->severity);
}

static void print_meta(const struct document *d)
{
    const struct meta *m = &d->meta;
    const struct {
        const char *key, *value;
    } said[] = {{"title", m->title},
                {"subtitle", m->subtitle},
                {"date", m->date},
                {"series", m->series},
                {"series-number", m->series_number}};
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++)
        if (said[i].value)
            printf("<!-- %s: %s -->\n", said[i].key, said[i].value);
    for (const struct person *x = m->people; x; x = x->next)
        printf("<!-- %s: %s -->\n", x->role, x->name);
}

static void print_source(struct text source)
{
    struct failure failure;
    struct arena *volatile arena = arena_new(&failure);
    if (setjmp(failure.back)) {
        printf("<!-- out of memory -->\n");
        arena_free(arena);
        return;
    }
    struct messages *m = messages_new(arena, NULL, NULL);
    struct document *d = document_new(arena, m, "source.md");
    markdown_read(d, source);
    for (const struct message *one = messages_first(m); one; one = one->next)
        printf("<!-- %d:%d: %s: %s [%s] -->\n", one->place.line, one->place.column, severity_mark(one),
               one->sentence, one->code);
    print_meta(d);
    struct buf *out = buf_new(arena);
    for (const xmlNode *n = d->body->children; n; n = n->next)
        body_print(n, 0, out);
    fwrite(out->data ? out->data : "", 1, out->length, stdout);
    arena_free(arena);
}

static int print(const char *path, bool each)
{
    struct failure failure;
    struct arena *volatile arena = arena_new(&failure);
    if (setjmp(failure.back))
        return 4;
    struct messages *m = messages_new(arena, NULL, NULL);
    struct text source, one;
    FILE *in = path ? fopen(path, "rb") : stdin;
    if (!in)
        return 3;
    struct buf *b = buf_new(arena);
    char bytes[65536];
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, in)) > 0;)
        buf_add(b, bytes, n);
    if (path)
        fclose(in);
    (void)m;
    source = buf_view(b);
    if (!each)
        print_source(source);
    while (each && text_split(&source, '\x1e', &one)) {
        print_source(one);
        putchar('\x1e');
    }
    arena_free(arena);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--print") == 0)
        return print(argv[2], false);
    if (argc == 2 && strcmp(argv[1], "--each") == 0)
        return print(NULL, true);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scalars_lists_and_aliases),  cmocka_unit_test(people_as_mappings),
        cmocka_unit_test(unknown_keys_are_warned_of), cmocka_unit_test(broken_yaml_keeps_the_text),
        cmocka_unit_test(a_rule_is_no_front_matter),  cmocka_unit_test(places_count_characters),
        cmocka_unit_test(long_lines_have_places),     cmocka_unit_test(sniffs_markdown),
        cmocka_unit_test(references_dont_swell),      cmocka_unit_test(threads_read_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
