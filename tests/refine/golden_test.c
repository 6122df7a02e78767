/* Every tests/refine/cases/NAME.xml is a raw tree as a reader makes it, in a <source> whose attributes are
 * metadata (title="…", language="…") and options (notes="chapter"). After the passes the body and the
 * messages must read as NAME.expected; BLESS=1 rewrites that. */
#include "document/document.h"
#include "refine/refine.h"
#include <dirent.h>
#include <libxml/parser.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/io.h"

#define CASES "tests/refine/cases/"

static enum element kind_of(const xmlNode *n)
{
    return element_named(text_of((const char *)n->name));
}

/* Copies what was parsed with the functions that a reader has. */
static void copy(struct document *d, xmlNode *to, const xmlNode *from)
{
    for (const xmlNode *n = from->children; n; n = n->next) {
        struct place where = {d->source_name, (int)xmlGetLineNo((xmlNode *)(uintptr_t)n), 1};
        if (n->type == XML_TEXT_NODE) {
            tree_text(d, to, text_of((const char *)n->content));
            continue;
        }
        bool note = n->ns && n->ns->prefix && strcmp((const char *)n->ns->prefix, "o") == 0;
        struct text key = text_of(tree_get(n, "key"));
        xmlNode *made = !note                                        ? tree_element(d, to, kind_of(n), &where)
                        : strcmp((const char *)n->name, "call") == 0 ? tree_call(d, to, key, &where)
                                                                     : tree_note(d, to, key, &where);
        for (const xmlAttr *a = n->properties; a; a = a->next)
            if (!note || strcmp((const char *)a->name, "key") != 0)
                tree_set(d, made, (const char *)a->name, (const char *)a->children->content);
        copy(d, made, n);
    }
}

static void print(const struct document *d, const struct messages *m, struct buf *out)
{
    xmlBuffer *dump = xmlBufferCreate();
    xmlNodeDump(dump, d->tree, d->body, 0, 1);
    buf_string(out, (const char *)xmlBufferContent(dump));
    xmlBufferFree(dump);
    buf_string(out, "\n");
    for (const struct message *one = messages_first(m); one; one = one->next)
        buf_printf(out, "%s:%d: %s: %s [%s]\n", one->place.file ? one->place.file : "", one->place.line,
                   severity_name(one->severity), one->sentence, one->code);
}

static struct document *read_case(struct arena *a, struct messages *m, const char *name,
                                  struct refine_options *o)
{
    xmlDoc *parsed = xmlReadFile(arena_printf(a, CASES "%s.xml", name), NULL, 0);
    assert_non_null(parsed);
    struct document *d = document_new(a, m, arena_printf(a, "%s.xml", name));
    d->source_folder = CASES;
    const xmlNode *root = xmlDocGetRootElement(parsed);
    for (const xmlAttr *attribute = root->properties; attribute; attribute = attribute->next) {
        const char *key = (const char *)attribute->name, *value = (const char *)attribute->children->content;
        if (strcmp(key, "notes") == 0)
            o->notes = strcmp(value, "chapter") == 0  ? NOTES_CHAPTER_END
                       : strcmp(value, "source") == 0 ? NOTES_AS_SOURCE
                       : strcmp(value, "foot") == 0   ? NOTES_PAGE_FOOT
                                                      : NOTES_BOOK_END;
        else
            assert_true(meta_set(d, key, text_of(value)));
    }
    copy(d, d->body, root);
    xmlFreeDoc(parsed);
    return d;
}

static void compare(const char *path, struct text got)
{
    if (getenv("BLESS")) {
        FILE *f = fopen(path, "w");
        assert_non_null(f);
        fwrite(got.at, 1, got.length, f);
        fclose(f);
        return;
    }
    static char want[1 << 20];
    FILE *f = fopen(path, "r");
    size_t n = f ? fread(want, 1, sizeof want - 1, f) : 0;
    want[n] = '\0';
    if (f)
        fclose(f);
    if (strcmp(got.at, want) != 0)
        printf("%s differs; got:\n%s\n", path, got.at);
    assert_string_equal(got.at, want);
}

static void run_case(void **state)
{
    const char *name = *state;
    struct failure f;
    struct arena *a = arena_new(&f);
    if (setjmp(f.back))
        fail();
    struct messages *m = messages_new(a, NULL, NULL);
    struct refine_options o = {NOTES_BOOK_END};
    struct document *d = read_case(a, m, name, &o);
    refine(d, &o);
    struct buf *out = buf_new(a);
    print(d, m, out);
    compare(arena_printf(a, CASES "%s.expected", name), buf_view(out));
    arena_free(a);
}

static int by_name(const void *a, const void *b)
{
    const struct CMUnitTest *x = a, *y = b;
    return strcmp(x->name, y->name);
}

int main(void)
{
    enum { MOST = 256 };
    static struct CMUnitTest tests[MOST];
    size_t count = 0;
    DIR *folder = opendir(CASES);
    for (struct dirent *e; folder && count < MOST && (e = readdir(folder));) {
        size_t n = strlen(e->d_name);
        if (n < 5 || strcmp(e->d_name + n - 4, ".xml") != 0)
            continue;
        char *name = strndup(e->d_name, n - 4);
        tests[count++] = (struct CMUnitTest){name, run_case, NULL, NULL, name};
    }
    closedir(folder);
    qsort(tests, count, sizeof *tests, by_name);
    int failed = _cmocka_run_group_tests("refine", tests, count, NULL, NULL);
    for (size_t i = 0; i < count; i++)
        free((void *)(uintptr_t)tests[i].name);
    xmlCleanupParser();
    return failed;
}
