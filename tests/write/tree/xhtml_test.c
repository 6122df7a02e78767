/* The serialiser: escapes, void elements, white space, foreign vocabularies, links, ranges. */
#include "write/tree/xhtml.h"
#include <libxml/parser.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

struct fixture {
    struct failure failure;
    struct arena *arena;
    struct document *d;
};

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->arena = arena_new(&f->failure);
    f->d = document_new(f->arena, messages_new(f->arena, NULL, NULL), "test.md");
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    arena_free(f->arena);
    free(f);
    return 0;
}

static xmlNode *el(struct fixture *f, xmlNode *parent, enum element e, const char *text)
{
    xmlNode *n = tree_element(f->d, parent, e, NULL);
    if (text)
        tree_text(f->d, n, text_of(text));
    return n;
}

/* Puts parsed markup (with namespaces of its own) below `parent`. */
static void parsed(struct fixture *f, xmlNode *parent, const char *markup)
{
    xmlDoc *doc = xmlReadMemory(markup, (int)strlen(markup), NULL, NULL, 0);
    assert_non_null(doc);
    xmlNode *n = xmlDocCopyNode(xmlDocGetRootElement(doc), f->d->tree, 1);
    xmlFreeDoc(doc);
    tree_append(f->d, parent, n);
    tree_adopt(f->d, n, NULL);
}

static const char *written(struct fixture *f, const xmlNode *n)
{
    struct buf *out = buf_new(f->arena);
    xhtml_node(n, NULL, NULL, out);
    return out->data;
}

static void escapes_come_back_as_they_were(void **state)
{
    struct fixture *f = *state;
    xmlNode *p = el(f, f->d->body, ELEMENT_P, "a < b & c > \"d\" 'e'\r");
    tree_set(f->d, p, "title", "1 < 2 & \"3\"\n\t4");
    assert_string_equal(
        written(f, p),
        "<p title=\"1 &lt; 2 &amp; &quot;3&quot;&#10;&#9;4\">a &lt; b &amp; c &gt; \"d\" 'e'&#13;</p>");
}

static void void_elements_are_closed_others_have_both_tags(void **state)
{
    struct fixture *f = *state;
    xmlNode *p = el(f, f->d->body, ELEMENT_P, "a");
    el(f, p, ELEMENT_BR, NULL);
    tree_set(f->d, el(f, p, ELEMENT_A, NULL), "id", "x");
    el(f, p, ELEMENT_SPAN, "");
    assert_string_equal(written(f, p), "<p>a<br/><a id=\"x\"></a><span></span></p>");
    assert_string_equal(written(f, el(f, f->d->body, ELEMENT_HR, NULL)), "<hr/>");
}

static void blocks_stand_on_lines_of_their_own(void **state)
{
    struct fixture *f = *state;
    xmlNode *s = el(f, f->d->body, ELEMENT_SECTION, "\n  ");
    el(f, s, ELEMENT_H2, "Head");
    tree_text(f->d, s, TEXT("\n"));
    xmlNode *list = el(f, s, ELEMENT_UL, NULL);
    el(f, list, ELEMENT_LI, "one");
    el(f, el(f, list, ELEMENT_LI, NULL), ELEMENT_P, "two");
    assert_string_equal(written(f, s), "<section>\n<h2>Head</h2>\n<ul>\n<li>one</li>\n<li>\n<p>two</p>\n"
                                       "</li>\n</ul>\n</section>");
}

static void white_space_of_inline_content_is_kept(void **state)
{
    struct fixture *f = *state;
    xmlNode *li = el(f, f->d->body, ELEMENT_LI, " one ");
    el(f, li, ELEMENT_EM, "two");
    tree_text(f->d, li, TEXT(" "));
    el(f, li, ELEMENT_STRONG, "three");
    xmlNode *list = el(f, li, ELEMENT_UL, NULL);
    el(f, list, ELEMENT_LI, "four");
    assert_string_equal(written(f, li), "<li> one <em>two</em> <strong>three</strong><ul>\n<li>four</li>\n"
                                        "</ul></li>");
    xmlNode *pre = el(f, f->d->body, ELEMENT_PRE, NULL);
    el(f, pre, ELEMENT_CODE, "\n  a\n\n\tb\n");
    assert_string_equal(written(f, pre), "<pre><code>\n  a\n\n\tb\n</code></pre>");
    assert_string_equal(written(f, el(f, f->d->body, ELEMENT_TD, " ")), "<td> </td>");
}

static void attributes_of_namespaces_have_their_prefix(void **state)
{
    struct fixture *f = *state;
    xmlNode *a = el(f, f->d->body, ELEMENT_A, "1");
    tree_set(f->d, a, "epub:type", "noteref");
    tree_set(f->d, a, "xml:lang", "fr");
    assert_string_equal(written(f, a), "<a epub:type=\"noteref\" xml:lang=\"fr\">1</a>");
    xmlNode *call = tree_call(f->d, f->d->body, TEXT("k"), NULL);
    assert_string_equal(written(f, call), "<o:call key=\"k\"/>");
    xmlNode *note = tree_note(f->d, f->d->body, TEXT("k"), NULL);
    el(f, note, ELEMENT_P, "x");
    assert_string_equal(written(f, note), "<o:note key=\"k\">\n<p>x</p>\n</o:note>");
}

static void foreign_vocabularies_declare_themselves(void **state)
{
    struct fixture *f = *state;
    xmlNode *p = el(f, f->d->body, ELEMENT_P, NULL);
    parsed(f, p,
           "<s:svg xmlns:s='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' "
           "width='1'><s:path d='M0'/><s:a xlink:href='#x' xlink:title='y'>t</s:a></s:svg>");
    assert_string_equal(written(f, p),
                        "<p><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\"><path d=\"M0\"/>"
                        "<a xmlns:xlink=\"http://www.w3.org/1999/xlink\" xlink:href=\"#x\" "
                        "xlink:title=\"y\">t</a></svg></p>");
    xmlNode *q = el(f, f->d->body, ELEMENT_P, "x ");
    parsed(f, q, "<math xmlns='http://www.w3.org/1998/Math/MathML'><mi>x</mi> <mspace/></math>");
    assert_string_equal(
        written(f, q),
        "<p>x <math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mi>x</mi> <mspace/></math></p>");
}

static const char *elsewhere(const char *href, void *user)
{
    return strcmp(href, "#gone") == 0 ? "" : strcmp(href, "#n1") == 0 ? user : NULL;
}

static void links_are_changed_kept_or_left_out(void **state)
{
    struct fixture *f = *state;
    xmlNode *p = el(f, f->d->body, ELEMENT_P, NULL);
    const char *hrefs[] = {"#n1", "#gone", "http://a.example/?a=1&b=2"};
    for (int i = 0; i < 3; i++)
        tree_set(f->d, el(f, p, ELEMENT_A, "x"), "href", hrefs[i]);
    char file[] = "notes.xhtml#n1";
    struct buf *out = buf_new(f->arena);
    xhtml_node(p, elsewhere, file, out);
    assert_string_equal(out->data, "<p><a href=\"notes.xhtml#n1\">x</a><a>x</a>"
                                   "<a href=\"http://a.example/?a=1&amp;b=2\">x</a></p>");
}

static const char *no_picture(const char *src, void *user)
{
    (void)src, (void)user;
    return "";
}

static void a_picture_that_is_lost_leaves_its_alternative(void **state)
{
    struct fixture *f = *state;
    xmlNode *p = el(f, f->d->body, ELEMENT_P, "a ");
    xmlNode *img = el(f, p, ELEMENT_IMG, NULL);
    tree_set(f->d, img, "src", "x.png");
    tree_set(f->d, img, "alt", "A & B");
    struct xhtml_hooks hooks = {.source = no_picture};
    struct buf *out = buf_new(f->arena);
    xhtml_range(f->d->body, &(struct xhtml_range){.first = p}, &hooks, out);
    assert_string_equal(out->data, "<p>a A &amp; B</p>\n");
}

static void a_range_opens_and_closes_what_it_lies_in(void **state)
{
    struct fixture *f = *state;
    xmlNode *s = el(f, f->d->body, ELEMENT_SECTION, NULL);
    tree_set(f->d, s, "id", "s");
    tree_set(f->d, s, "class", "chapter");
    tree_set(f->d, s, "epub:type", "chapter");
    tree_set(f->d, s, "role", "doc-chapter");
    el(f, s, ELEMENT_P, "a");
    xmlNode *list = el(f, s, ELEMENT_OL, NULL);
    el(f, list, ELEMENT_LI, "1");
    xmlNode *second = el(f, list, ELEMENT_LI, "2");
    xmlNode *next = el(f, f->d->body, ELEMENT_SECTION, NULL);
    xmlNode *inner = el(f, next, ELEMENT_SECTION, NULL);
    tree_set(f->d, inner, "id", "i");
    xmlNode *b = el(f, inner, ELEMENT_P, "b");
    struct xhtml_hooks hooks = {0};
    struct buf *out = buf_new(f->arena);
    xhtml_range(f->d->body, &(struct xhtml_range){.first = s, .end = second}, &hooks, out);
    assert_string_equal(out->data, "<section id=\"s\" class=\"chapter\" epub:type=\"chapter\" "
                                   "role=\"doc-chapter\">\n<p>a</p>\n<ol>\n<li>1</li>\n</ol>\n</section>\n");
    buf_clear(out);
    xhtml_range(f->d->body, &(struct xhtml_range){.first = second, .end = next}, &hooks, out);
    assert_string_equal(out->data,
                        "<section class=\"chapter\">\n<ol start=\"2\">\n<li>2</li>\n</ol>\n</section>\n");
    buf_clear(out);
    xhtml_range(f->d->body, &(struct xhtml_range){.first = b}, &hooks, out);
    assert_string_equal(out->data, "<section>\n<section id=\"i\">\n<p>b</p>\n</section>\n</section>\n");
}

static void lists_go_on_counting(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *start, *reversed, *value, *expected;
    } cases[] = {{NULL, NULL, NULL, "start=\"3\""},
                 {"5", NULL, NULL, "start=\"7\""},
                 {NULL, "reversed", NULL, "start=\"1\""},
                 {"9", "reversed", NULL, "start=\"7\""},
                 {NULL, NULL, "20", "start=\"21\""}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        xmlNode *list = el(f, f->d->body, ELEMENT_OL, NULL);
        tree_set(f->d, list, "start", cases[i].start);
        tree_set(f->d, list, "reversed", cases[i].reversed);
        el(f, list, ELEMENT_LI, "1");
        tree_set(f->d, el(f, list, ELEMENT_LI, "2"), "value", cases[i].value);
        xmlNode *third = el(f, list, ELEMENT_LI, NULL);
        el(f, third, ELEMENT_P, "a");
        xmlNode *rest = el(f, third, ELEMENT_P, "b");
        struct xhtml_hooks hooks = {0};
        struct buf *out = buf_new(f->arena);
        xhtml_range(f->d->body, &(struct xhtml_range){.first = rest}, &hooks, out);
        assert_non_null(strstr(out->data, cases[i].expected));
        assert_non_null(strstr(out->data, "<li class=\"goes-on\">\n<p>b</p>"));
    }
}

static void a_range_begins_and_ends_within_texts(void **state)
{
    struct fixture *f = *state;
    xmlNode *pre = el(f, f->d->body, ELEMENT_PRE, NULL);
    tree_set(f->d, pre, "id", "p");
    xmlNode *code = el(f, pre, ELEMENT_CODE, "one\ntwo\nthree\n");
    el(f, f->d->body, ELEMENT_P, "after");
    const xmlNode *text = code->children;
    struct xhtml_range ranges[] = {{.first = pre, .end = text, .end_offset = 4},
                                   {.first = text, .first_offset = 4, .end = text, .end_offset = 8},
                                   {.first = text, .first_offset = 8}};
    static const char *const expected[] = {"<pre id=\"p\"><code>one\n</code></pre>\n",
                                           "<pre><code>two\n</code></pre>\n",
                                           "<pre><code>three\n</code></pre>\n<p>after</p>\n"};
    struct xhtml_hooks hooks = {0};
    struct buf *out = buf_new(f->arena);
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        buf_clear(out);
        xhtml_range(f->d->body, &ranges[i], &hooks, out);
        assert_string_equal(out->data, expected[i]);
    }
}

static void depth_costs_no_stack(void **state)
{
    struct fixture *f = *state;
    xmlNode *n = f->d->body;
    for (int i = 0; i < 100000; i++) {
        xmlNode *inner = tree_element(f->d, NULL, ELEMENT_DIV, NULL);
        tree_append(f->d, n, inner);
        n = inner;
    }
    tree_text(f->d, n, TEXT("x"));
    assert_int_equal(strlen(written(f, f->d->body->children)), 100000 * 13 - 2 + 1);
    while (n != f->d->body) { /* libxml2 itself would end it without recursion; so do we */
        xmlNode *outer = n->parent;
        tree_remove(n);
        n = outer;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(escapes_come_back_as_they_were),
        T(void_elements_are_closed_others_have_both_tags),
        T(blocks_stand_on_lines_of_their_own),
        T(white_space_of_inline_content_is_kept),
        T(attributes_of_namespaces_have_their_prefix),
        T(foreign_vocabularies_declare_themselves),
        T(links_are_changed_kept_or_left_out),
        T(a_picture_that_is_lost_leaves_its_alternative),
        T(a_range_opens_and_closes_what_it_lies_in),
        T(lists_go_on_counting),
        T(a_range_begins_and_ends_within_texts),
        T(depth_costs_no_stack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
