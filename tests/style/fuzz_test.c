/* Broken CSS of any kind: no crash, no endless loop, whatever the bytes. Sheets are made of random pieces of
 * CSS and random bytes; the seed is fixed, so a failure comes back. */
#include "base/buf.h"
#include "style/style.h"
#include <cmocka.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

enum { SHEETS = 1500, PIECES = 60 };

static uint64_t next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return *seed >> 33;
}

static const char *const pieces[] = {"p",
                                     "em",
                                     "*",
                                     ".x",
                                     "#a",
                                     "[title]",
                                     "[title~='b']",
                                     ":first-child",
                                     ":nth-child(2n+1)",
                                     ":not(",
                                     ":is(",
                                     "::before",
                                     "::marker",
                                     ":lang(en)",
                                     " ",
                                     ">",
                                     "+",
                                     "~",
                                     ",",
                                     "{",
                                     "}",
                                     "(",
                                     ")",
                                     "[",
                                     "]",
                                     ":",
                                     ";",
                                     "!important",
                                     "!",
                                     "@media print",
                                     "@media screen",
                                     "@page",
                                     "@page :left",
                                     "@supports (",
                                     "@font-face",
                                     "@import 'a.css'",
                                     "@top-left",
                                     "color",
                                     "font",
                                     "margin",
                                     "content",
                                     "size",
                                     "width",
                                     "line-height",
                                     "font-size",
                                     "counter-reset",
                                     "string-set",
                                     "font-variant",
                                     "font-feature-settings",
                                     "--a",
                                     "var(--a)",
                                     "var(--b, 1pt)",
                                     "calc(",
                                     "1pt",
                                     "2em",
                                     "-3%",
                                     "0",
                                     "1e9",
                                     "1e-9lh",
                                     "99999999999999999999",
                                     "red",
                                     "#fff",
                                     "rgb(1,2,3)",
                                     "auto",
                                     "inherit",
                                     "initial",
                                     "unset",
                                     "\"s\"",
                                     "'",
                                     "\"",
                                     "\\",
                                     "/*",
                                     "*/",
                                     "<!--",
                                     "url(",
                                     "url('x')",
                                     "attr(title)",
                                     "counter(page)",
                                     "string(t, first)",
                                     "leader('.')",
                                     "target-counter(attr(href), page)",
                                     "small-caps",
                                     "\n",
                                     "/",
                                     "*",
                                     "-",
                                     "a4",
                                     "landscape",
                                     "none",
                                     "page",
                                     "block",
                                     "table-cell",
                                     "bolder",
                                     "span 2",
                                     "1.5",
                                     "super",
                                     "\xC3\xA9",
                                     "\xFF",
                                     "\xF0\x9F\x98\x80"};

static void random_sheet(struct buf *css, uint64_t *seed)
{
    for (uint64_t i = 0, count = next(seed) % PIECES; i < count; i++) {
        uint64_t kind = next(seed) % 20;
        if (kind == 0)
            buf_byte(css, (char)next(seed));
        else if (kind == 1)
            buf_string(css, "p { color: red; margin: 1em 2em } ");
        else if (kind == 2)
            buf_string(css, "; width: calc(1em + ");
        else
            buf_string(css, pieces[next(seed) % (sizeof pieces / sizeof pieces[0])]);
    }
}

static enum walk enter(xmlNode *n, void *user)
{
    struct styles *s = user;
    if (n->type != XML_ELEMENT_NODE)
        return WALK_SKIP;
    const struct style *own = style_of(s, n, PSEUDO_NONE, NULL);
    assert_non_null(own);
    assert_true(own->size_pt > 0 && own->size_pt < 1e5F);
    for (enum pseudo p = PSEUDO_BEFORE; p <= PSEUDO_FOOTNOTE_MARKER; p++)
        style_of(s, n, p, own);
    return WALK_ON;
}

static struct document *small_tree(struct arena *a, struct messages *m)
{
    struct document *d = document_new(a, m, "x");
    for (int i = 0; i < 3; i++) {
        xmlNode *p = tree_element(d, d->body, ELEMENT_P, NULL);
        tree_set(d, p, "class", i == 1 ? "x y" : "y");
        tree_set(d, p, "title", "a b");
        tree_text(d, p, TEXT("text"));
        xmlNode *em = tree_element(d, p, ELEMENT_EM, NULL);
        tree_set(d, em, "id", "a");
    }
    return d;
}

static void sheet(uint64_t *seed)
{
    struct failure failure;
    struct arena *a = arena_new(&failure);
    struct messages *m = messages_new(a, NULL, NULL);
    struct styles *s = styles_new(a, m);
    struct document *d = small_tree(a, m);
    struct buf *css = buf_new(a);
    for (int i = 0; i < 3; i++) {
        buf_clear(css);
        random_sheet(css, seed);
        styles_add(s, buf_view(css), "fuzz.css", ".");
    }
    buf_clear(css);
    random_sheet(css, seed);
    if (css->length)
        tree_set(d, d->body->children, "style", css->data);
    static const struct walker w = {enter, NULL};
    tree_walk(d->root, &w, s);
    for (int i = 0; i < 8; i++)
        assert_true(style_page(s, &(struct page_kind){"x", i & 1, i & 2, i & 8, i & 4}, "a5")->width_pt > 0);
    buf_clear(css);
    styles_for_ebook(s, css);
    /* what an e-book gets is whole: read again, it has no broken syntax */
    struct messages *again = messages_new(a, NULL, NULL);
    styles_add(styles_new(a, again), buf_view(css), "again.css", ".");
    for (const struct message *i = messages_first(again); i; i = i->next)
        if (strcmp(i->code, "style.syntax") == 0)
            print_message("%d:%d: %s\n%s\n", i->place.line, i->place.column, i->sentence, css->data);
    for (const struct message *i = messages_first(again); i; i = i->next)
        assert_string_not_equal(i->code, "style.syntax");
    arena_free(a);
}

static void fuzz(void **state)
{
    uint64_t seed = 20260101;
    (void)state;
    for (int i = 0; i < SHEETS; i++)
        sheet(&seed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(fuzz)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
