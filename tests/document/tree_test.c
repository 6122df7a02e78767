/* The tree: making, moving and walking nodes; places; metadata; the table of elements. */
#include "base/buf.h"
#include "document/document.h"
#include <libxml/parser.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct failure failure;

static int setup(void **state)
{
    struct arena *a = arena_new(&failure);
    *state = document_new(a, messages_new(a, NULL, NULL), "source.md");
    return 0;
}

static int teardown(void **state)
{
    struct document *d = *state;
    arena_free(d->arena);
    return 0;
}

static const char *dump(struct document *d, xmlNode *n)
{
    xmlBuffer *b = xmlBufferCreate();
    xmlNodeDump(b, d->tree, n, 0, 0);
    const char *out = arena_string(d->arena, (const char *)xmlBufferContent(b));
    xmlBufferFree(b);
    return out;
}

/* <p>one<em>two</em></p> in the body. */
static xmlNode *paragraph(struct document *d)
{
    struct place where = {"source.md", 12, 5};
    xmlNode *p = tree_element(d, d->body, ELEMENT_P, &where);
    tree_text(d, p, TEXT("one"));
    xmlNode *em = tree_element(d, p, ELEMENT_EM, NULL);
    tree_text(d, em, TEXT("two"));
    return p;
}

static void test_text(void **state)
{
    struct document *d = *state;
    xmlNode *p = tree_element(d, d->body, ELEMENT_P, NULL);
    tree_text(d, p, TEXT("a & <b>"));
    tree_text(d, p,
              TEXT("\x01\x02"
                   "c"));
    assert_string_equal(dump(d, p), "<p>a &amp; &lt;b&gt;c</p>");
    assert_null(p->children->next);
    struct buf *b = buf_new(d->arena);
    tree_content(paragraph(d), b);
    assert_string_equal(b->data, "onetwo");
}

static void test_attributes(void **state)
{
    struct document *d = *state;
    xmlNode *p = paragraph(d);
    tree_set(d, p, "class", "a b");
    tree_set(d, p, "epub:type", "x");
    tree_set(d, p, "xml:lang", "fr");
    assert_string_equal(tree_get(p, "class"), "a b");
    assert_string_equal(tree_get(p, "epub:type"), "x");
    assert_string_equal(tree_get(p, "xml:lang"), "fr");
    assert_null(tree_get(p, "type"));
    assert_null(tree_get(p, "lang"));
    assert_true(tree_has_word(p, "class", "b"));
    assert_false(tree_has_word(p, "class", "ab"));
    tree_add_class(d, p, "c");
    tree_add_class(d, p, "c");
    assert_string_equal(tree_get(p, "class"), "a b c");
    assert_string_equal(tree_language(d, p->last->children), "fr");
    tree_set(d, p, "xml:lang", NULL);
    tree_set(d, p, "epub:type", NULL);
    assert_null(tree_get(p, "xml:lang"));
    assert_null(tree_get(p, "epub:type"));
    assert_string_equal(tree_language(d, p), "");
}

static void test_places(void **state)
{
    struct document *d = *state;
    xmlNode *p = paragraph(d);
    struct place own = tree_place(d, p), inherited = tree_place(d, p->last->children),
                 none = tree_place(d, d->body);
    assert_int_equal(own.line, 12);
    assert_int_equal(inherited.line, 12);
    assert_int_equal(inherited.column, 5);
    assert_int_equal(none.line, 0);
    assert_string_equal(none.file, "source.md");
    tree_set_place(d, p->last, &(struct place){"source.md", 20, 1});
    assert_int_equal(tree_place(d, p->last->children).line, 20);
}

static void test_moving(void **state)
{
    struct document *d = *state;
    xmlNode *p = paragraph(d), *em = p->last;
    xmlNode *strong = tree_wrap(d, em, ELEMENT_STRONG);
    assert_string_equal(dump(d, p), "<p>one<strong><em>two</em></strong></p>");
    assert_int_equal(tree_place(d, strong).line, 12);
    tree_unwrap(d, em);
    assert_string_equal(dump(d, p), "<p>one<strong>two</strong></p>");
    tree_unwrap(d, strong);
    assert_string_equal(dump(d, p), "<p>onetwo</p>");
    xmlNode *div = tree_element(d, NULL, ELEMENT_DIV, NULL);
    tree_insert_before(d, p, div);
    tree_move_children(d, div, p);
    tree_rename(d, p, ELEMENT_HR);
    assert_int_equal(tree_kind(p), ELEMENT_HR);
    xmlNode *last = tree_element(d, NULL, ELEMENT_P, NULL);
    tree_insert_after(d, p, last);
    assert_string_equal(dump(d, d->body), "<body><div>onetwo</div><hr/><p/></body>");
    tree_remove(p);
    tree_unlink(last);
    tree_append(d, div, last);
    assert_string_equal(dump(d, d->body), "<body><div>onetwo<p/></div></body>");
}

static void test_notes(void **state)
{
    struct document *d = *state;
    xmlNode *call = tree_call(d, d->body, TEXT("k"), NULL), *note = tree_note(d, d->body, TEXT("k"), NULL);
    assert_int_equal(tree_kind(call), ELEMENT_CALL);
    assert_int_equal(tree_kind(note), ELEMENT_NOTE);
    assert_string_equal(tree_get(call, "key"), "k");
}

/* ---- walking */

struct trace {
    struct document *document;
    struct buf *out;
};

static enum walk enter(xmlNode *n, void *user)
{
    struct trace *t = user;
    buf_printf(t->out, "+%s ", n->type == XML_TEXT_NODE ? (const char *)n->content : (const char *)n->name);
    return tree_kind(n) == ELEMENT_PRE ? WALK_SKIP : WALK_ON;
}

static void leave(xmlNode *n, void *user)
{
    struct trace *t = user;
    buf_printf(t->out, "-%s ", (const char *)n->name);
    if (tree_kind(n) == ELEMENT_EM)
        tree_unwrap(t->document, n);
    else if (tree_kind(n) == ELEMENT_HR)
        tree_remove(n);
}

static void test_walk(void **state)
{
    struct document *d = *state;
    static const struct walker w = {enter, leave};
    xmlNode *p = paragraph(d);
    tree_element(d, p, ELEMENT_BR, NULL);
    xmlNode *pre = tree_element(d, d->body, ELEMENT_PRE, NULL);
    tree_text(d, pre, TEXT("hidden"));
    tree_element(d, d->body, ELEMENT_HR, NULL);
    struct trace t = {d, buf_new(d->arena)};
    tree_walk(d->body, &w, &t);
    assert_string_equal(t.out->data, "+body +p +one +em +two -em +br -br -p +pre +hr -hr -body ");
    assert_string_equal(dump(d, d->body), "<body><p>onetwo<br/></p><pre>hidden</pre></body>");
}

static void test_walk_deep(void **state)
{
    struct document *d = *state;
    static const struct walker w = {enter, NULL};
    xmlNode *n = d->body;
    for (int i = 0; i < 100000; i++)
        n = tree_element(d, n, ELEMENT_DIV, NULL);
    struct trace t = {d, buf_new(d->arena)};
    tree_walk(d->body, &w, &t);
    assert_int_equal(t.out->length, 6 + 100000 * 5);
    while (n != d->body) { /* libxml2 ends a tree without recursion, but not so every version */
        xmlNode *outer = n->parent;
        tree_remove(n);
        n = outer;
    }
}

static void test_adopt(void **state)
{
    struct document *d = *state;
    static const char source[] = "<div xmlns='http://www.w3.org/1999/xhtml'><p>a</p>"
                                 "<svg xmlns='http://www.w3.org/2000/svg'><title>t</title><a/></svg></div>";
    xmlDoc *parsed = xmlReadMemory(source, sizeof source - 1, NULL, NULL, 0);
    xmlNode *div = xmlDocCopyNode(xmlDocGetRootElement(parsed), d->tree, 1);
    xmlFreeDoc(parsed);
    tree_append(d, d->body, div);
    tree_adopt(d, div, &(struct place){"source.md", 3, 1});
    assert_int_equal(tree_kind(div), ELEMENT_DIV);
    assert_int_equal(tree_kind(div->children), ELEMENT_P);
    assert_int_equal(tree_kind(div->last), ELEMENT_SVG);
    assert_int_equal(tree_kind(div->last->last), ELEMENT_UNKNOWN);
    assert_int_equal(tree_place(d, div->children).line, 3);
}

/* ---- metadata and vocabulary */

static void test_meta(void **state)
{
    struct document *d = *state;
    assert_true(meta_set(d, "title", TEXT(" T ")));
    assert_string_equal(d->meta.title, "T");
    assert_true(meta_set(d, "author", TEXT("A")));
    assert_true(meta_set(d, "editor", TEXT("E")));
    assert_true(meta_set(d, "author", TEXT("B")));
    assert_string_equal(d->meta.people->next->next->name, "B");
    meta_clear(d, "author");
    assert_string_equal(d->meta.people->name, "E");
    assert_null(d->meta.people->next);
    assert_false(meta_set(d, "autor", TEXT("x")));
    for (const char *const *key = meta_keys(); *key; key++)
        assert_true(meta_set(d, *key, TEXT("x")));
    meta_clear(d, "subject");
    meta_clear(d, "title");
    assert_null(d->meta.subjects);
    assert_null(d->meta.title);
}

static void test_vocabulary(void **state)
{
    (void)state;
    for (int e = ELEMENT_UNKNOWN + 1; e < ELEMENT_CALL; e++) {
        assert_int_equal(element_named(text_of(element_name((enum element)e))), e);
        bool block = element_is((enum element)e, ELEMENT_IS_BLOCK),
             in_line = element_is((enum element)e, ELEMENT_IS_INLINE);
        assert_true(block != in_line);
    }
    assert_int_equal(element_named(TEXT("blink")), ELEMENT_UNKNOWN);
    assert_int_equal(element_named(TEXT("")), ELEMENT_UNKNOWN);
    assert_int_equal(element_named(TEXT("h")), ELEMENT_UNKNOWN);
    assert_true(element_is(ELEMENT_H6, ELEMENT_IS_HEADING));
    assert_true(element_is(ELEMENT_PRE, ELEMENT_IS_VERBATIM));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_text), TEST(test_attributes), TEST(test_places), TEST(test_moving), TEST(test_notes),
        TEST(test_walk), TEST(test_walk_deep),  TEST(test_adopt),  TEST(test_meta),   TEST(test_vocabulary),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
