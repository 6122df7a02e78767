/* Units of the style room: tokens, lengths and calc(), selectors against a tree, media, pages, the e-book. */
#include "base/buf.h"
#include "style/sheets.h"
#include <cmocka.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

struct bench {
    struct failure failure;
    struct arena *arena;
    struct messages *messages;
    struct document *document;
    struct styles *styles;
};

static int start(void **state)
{
    struct bench *b = test_calloc(1, sizeof *b);
    b->arena = arena_new(&b->failure);
    b->messages = messages_new(b->arena, NULL, NULL);
    b->document = document_new(b->arena, b->messages, "source");
    b->styles = styles_new(b->arena, b->messages);
    *state = b;
    return 0;
}

static int stop(void **state)
{
    struct bench *b = *state;
    arena_free(b->arena);
    test_free(b);
    return 0;
}

static void add(struct bench *b, const char *css)
{
    styles_add(b->styles, text_of(css), "s.css", ".");
}

static void no_messages(const struct bench *b)
{
    const struct message *m = messages_first(b->messages);
    if (m)
        print_message("%d:%d: %s\n", m->place.line, m->place.column, m->sentence);
    assert_null(m);
}

/* ---- scanner */

static const struct {
    const char *css;
    enum token_type type;
    const char *value;
    double number;
} token_cases[] = {
    {"word", TOKEN_IDENT, "word", 0},
    {"--x", TOKEN_IDENT, "--x", 0},
    {"-\\31 a", TOKEN_IDENT, "-1a", 0},
    {"\\26 B", TOKEN_IDENT, "&B", 0},
    {"\\110000x", TOKEN_IDENT, "\xEF\xBF\xBDx", 0},
    {"f(", TOKEN_FUNCTION, "f", 0},
    {"@media", TOKEN_AT, "media", 0},
    {"#1a", TOKEN_HASH, "1a", 0},
    {"\"a\\\nb\\\"c\"", TOKEN_STRING, "ab\"c", 0},
    {"'open", TOKEN_BAD_STRING, "open", 0},
    {"'bad\n'", TOKEN_BAD_STRING, NULL, 0},
    {"url( a.css )", TOKEN_URL, "a.css", 0},
    {"url(a b)", TOKEN_BAD_URL, NULL, 0},
    {"url('a')", TOKEN_FUNCTION, "url", 0},
    {"-1.5e2", TOKEN_NUMBER, NULL, -150},
    {"+.5", TOKEN_NUMBER, NULL, 0.5},
    {"1e99999", TOKEN_NUMBER, NULL, 1e9},
    {"50%", TOKEN_PERCENT, NULL, 50},
    {"2em", TOKEN_DIMENSION, "em", 2},
    {"1e3em", TOKEN_DIMENSION, "em", 1000},
    {"/* only */", TOKEN_SPACE, NULL, 0},
    {"<!--", TOKEN_SPACE, NULL, 0},
    {"+", TOKEN_DELIM, NULL, 0},
    {"[", TOKEN_OPEN, NULL, 0},
    {"}", TOKEN_CLOSE, NULL, 0},
};

static void scanner(void **state)
{
    struct bench *b = *state;
    for (size_t i = 0; i < sizeof token_cases / sizeof token_cases[0]; i++) {
        struct tokens t = scan(b->arena, text_of(token_cases[i].css));
        assert_true(t.count >= 1);
        if (t.at[0].type != token_cases[i].type)
            print_message("token %s\n", token_cases[i].css);
        assert_int_equal(t.at[0].type, token_cases[i].type);
        if (token_cases[i].value)
            assert_true(text_is(t.at[0].value, token_cases[i].value));
        double off = t.at[0].number - token_cases[i].number;
        assert_true(off > -1e-9 && off < 1e-9);
    }
}

static void places_and_spans(void **state)
{
    struct bench *b = *state;
    struct tokens t = scan(b->arena, text_of("\xC3\xA9 a\r\n\fb{(c)}"));
    assert_int_equal(t.at[2].column, 3); /* characters, not bytes */
    assert_int_equal(t.at[4].line, 3);
    assert_int_equal(t.at[4].column, 1);
    assert_int_equal(t.at[5].span, 4); /* { to } */
    assert_int_equal(t.at[6].span, 2);
}

/* ---- values */

static const struct {
    const char *css;
    float pt, percent; /* NAN-free: -1000 when not understood */
} length_cases[] = {
    {"12pt", 12, 0},
    {"16px", 12, 0},
    {"1pc", 12, 0},
    {"1in", 72, 0},
    {"2.54cm", 72, 0},
    {"25.4mm", 72, 0},
    {"101.6Q", 72, 0},
    {"2em", 20, 0},
    {"2rem", 24, 0},
    {"2ex", 10, 0},
    {"2ch", 10, 0},
    {"1lh", 15, 0},
    {"1rlh", 14, 0},
    {"0", 0, 0},
    {"1", -1000, 0},
    {"1vw", -1000, 0},
    {"50%", 0, 50},
    {"calc(1em + 2pt)", 12, 0},
    {"calc(100% - 2 * (1em + 1pt))", -22, 100},
    {"calc(3em / 2)", 15, 0},
    {"calc((1pt + 1pt) * 3)", 6, 0},
    {"calc(2 * 3pt)", 6, 0},
    {"calc(1pt * 2pt)", -1000, 0},
    {"calc(1 + 1pt)", -1000, 0},
    {"calc(1pt / 0)", -1000, 0},
    {"calc()", -1000, 0},
    {"calc(1pt +)", -1000, 0},
    {"calc(", -1000, 0},
};

static void lengths(void **state)
{
    struct bench *b = *state;
    for (size_t i = 0; i < sizeof length_cases / sizeof length_cases[0]; i++) {
        struct reading r = reading_of(b->arena, scan(b->arena, text_of(length_cases[i].css)));
        const struct property *p = property_named("margin-top");
        struct value v;
        bool good = property_parse(p, &r, &v);
        if (good != (length_cases[i].pt > -999))
            print_message("length %s\n", length_cases[i].css);
        assert_int_equal(good, length_cases[i].pt > -999);
        if (!good)
            continue;
        struct font_measure m = {10, 12, 15, 14};
        float pt = dimension_pt(&v.dimension, &m) - length_cases[i].pt;
        assert_true(pt > -0.001F && pt < 0.001F);
        assert_true(!(v.dimension.of[UNIT_PERCENT] > length_cases[i].percent));
    }
}

static const struct {
    const char *css;
    long color; /* -1: not understood */
} color_cases[] = {
    {"red", 0xFF0000},
    {"#abc", 0xAABBCC},
    {"#A0b1C2", 0xA0B1C2},
    {"rgb(1, 2, 3)", 0x010203},
    {"rgb(100% 0 50%)", 0xFF0080},
    {"#abcd", -1},
    {"rgb(1, 2)", -1},
    {"reddish", -1},
    {"rgb(300, -5, 0)", 0xFF0000},
};

static void colors(void **state)
{
    struct bench *b = *state;
    for (size_t i = 0; i < sizeof color_cases / sizeof color_cases[0]; i++) {
        struct reading r = reading_of(b->arena, scan(b->arena, text_of(color_cases[i].css)));
        struct value v;
        bool good = property_parse(property_named("color"), &r, &v);
        assert_int_equal(good, color_cases[i].color >= 0);
        if (good)
            assert_int_equal(v.color, color_cases[i].color);
    }
}

/* ---- selectors: matched against the <em id="e" class="x y" lang="de-AT" title="a-b c"> of
 * <section class="s"><h1/><p/>text<p class="k"><b/><em …/><i/></p></section> */

static const struct {
    const char *selector;
    int matches; /* -1: not understood */
    unsigned specificity;
} selector_cases[] = {
    {"em", 1, 1},
    {"*", 1, 0},
    {"b", 0, 1},
    {".x", 1, 1 << 10},
    {".x.y", 1, 2 << 10},
    {".z", 0, 1 << 10},
    {"#e", 1, 1 << 20},
    {"em#e.x", 1, (1 << 20) + (1 << 10) + 1},
    {"section em", 1, 2},
    {"section > em", 0, 2},
    {"section > p > em", 1, 3},
    {"p > section em", 0, 3},
    {"body section p em", 1, 4},
    {"body > section p > em", 1, 4},
    {"b + em", 1, 2},
    {"i + em", 0, 2},
    {"b ~ em", 1, 2},
    {"i ~ em", 0, 2},
    {"h1 + p em", 0, 3},
    {"h1 + p + p em", 1, 4},
    {"h1 ~ p > em", 1, 3},
    {"[title]", 1, 1 << 10},
    {"[title=\"a-b c\"]", 1, 1 << 10},
    {"[title~=c]", 1, 1 << 10},
    {"[title|=a]", 1, 1 << 10},
    {"[title^=a]", 1, 1 << 10},
    {"[title$='c']", 1, 1 << 10},
    {"[title*='b c']", 1, 1 << 10},
    {"[title*='']", 0, 1 << 10},
    {"[title=a]", 0, 1 << 10},
    {"[title!=a]", -1, 0},
    {":first-child", 0, 1 << 10},
    {":last-child", 0, 1 << 10},
    {":nth-child(2)", 1, 1 << 10},
    {":nth-child(even)", 1, 1 << 10},
    {":nth-child(odd)", 0, 1 << 10},
    {":nth-child( -n + 2 )", 1, 1 << 10},
    {":nth-child(3n-1)", 1, 1 << 10},
    {":nth-child(n)", 1, 1 << 10},
    {":nth-child(x)", -1, 0},
    {":first-of-type", 1, 1 << 10},
    {":last-of-type", 1, 1 << 10},
    {":only-of-type", 1, 1 << 10},
    {"p:first-of-type em", 0, (1 << 10) + 2},
    {"p:last-of-type em", 1, (1 << 10) + 2},
    {"p:only-of-type em", 0, (1 << 10) + 2},
    {":root em", 1, (1 << 10) + 1},
    {":not(b)", 1, 1},
    {":not(em, b)", 0, 1},
    {":is(b, .x)", 1, 1 << 10},
    {":where(#e)", 1, 0},
    {":not(:not(em))", 1, 1},
    {":not(section em)", 0, 2},
    {":not(:not(:not(:not(:not(:not(em))))))", -1, 0},
    {":lang(de)", 1, 1 << 10},
    {":lang(d)", 0, 1 << 10},
    {":lang(de-AT)", 1, 1 << 10},
    {":empty", 1, 1 << 10},
    {":hover", 0, 1 << 10},
    {"svg|em", 1, 1},
    {"em::before", 1, 2},
    {"em:before", 1, 2},
    {"em::nothing", -1, 0},
    {"em::before b", -1, 0},
    {"", -1, 0},
    {">", -1, 0},
    {"em >", -1, 0},
    {"em, ", -1, 0},
    {"em b,", -1, 0},
    {".", -1, 0},
    {":", -1, 0},
    {"::", -1, 0},
    {"[", -1, 0},
    {"em)", -1, 0},
};

static xmlNode *selector_tree(struct bench *b)
{
    struct document *d = b->document;
    xmlNode *section = tree_element(d, d->body, ELEMENT_SECTION, NULL);
    tree_set(d, section, "class", "s");
    tree_element(d, section, ELEMENT_H1, NULL);
    tree_element(d, section, ELEMENT_P, NULL);
    tree_text(d, section, TEXT("text"));
    xmlNode *p = tree_element(d, section, ELEMENT_P, NULL);
    tree_set(d, p, "class", "k");
    tree_element(d, p, ELEMENT_B, NULL);
    xmlNode *em = tree_element(d, p, ELEMENT_EM, NULL);
    tree_set(d, em, "id", "e");
    tree_set(d, em, "class", "x y");
    tree_set(d, em, "lang", "de-AT");
    tree_set(d, em, "title", "a-b c");
    tree_element(d, p, ELEMENT_I, NULL);
    return em;
}

static void selectors(void **state)
{
    struct bench *b = *state;
    xmlNode *em = selector_tree(b);
    for (size_t i = 0; i < sizeof selector_cases / sizeof selector_cases[0]; i++) {
        struct tokens t = tokens_trim(scan(b->arena, text_of(selector_cases[i].selector)));
        struct selector *s = selector_parse(b->arena, b->messages, "s.css", t, true);
        int got = s ? selector_matches(s, em, "en") : -1;
        if (got != selector_cases[i].matches)
            print_message("selector %s: %d\n", selector_cases[i].selector, got);
        assert_int_equal(got, selector_cases[i].matches);
        if (s)
            assert_int_equal(s->specificity, selector_cases[i].specificity);
    }
}

/* ---- the cache tells contexts apart that selectors tell apart */

static void contexts_differ(void **state)
{
    struct bench *b = *state;
    struct document *d = b->document;
    add(b, ".a p { orphans: 3 } .b p { orphans: 4 } h2 + p { widows: 3 } p:last-child { text-indent: 1pt }"
           ".a .k:first-child i { widows: 5 }");
    static const char *const classes[] = {"a", "b", "a"};
    const struct style *seen[3][4];
    for (int i = 0; i < 3; i++) {
        xmlNode *div = tree_element(d, d->body, ELEMENT_DIV, NULL);
        tree_set(d, div, "class", classes[i]);
        const struct style *root = style_of(b->styles, d->root, PSEUDO_NONE, NULL);
        const struct style *body = style_of(b->styles, d->body, PSEUDO_NONE, root);
        xmlNode *kinds[4];
        for (int k = 0; k < 4; k++)
            kinds[k] = tree_element(d, div, k == 1 ? ELEMENT_H2 : ELEMENT_P, NULL);
        const struct style *of_div = style_of(b->styles, div, PSEUDO_NONE, body);
        for (int k = 0; k < 4; k++)
            seen[i][k] = style_of(b->styles, kinds[k], PSEUDO_NONE, of_div);
    }
    no_messages(b);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(seen[i][0]->orphans, i == 1 ? 4 : 3);
        assert_int_equal(seen[i][2]->widows, 3);
        assert_int_equal(seen[i][0]->widows, 2);
        assert_true(seen[i][3]->text_indent.pt > 0.5F);
        assert_true(seen[i][2]->text_indent.pt < 0.5F);
    }
    for (int k = 0; k < 4; k++) {
        assert_ptr_equal(seen[0][k], seen[2][k]);
        if (k != 1)
            assert_ptr_not_equal(seen[0][k], seen[1][k]);
    }
}

/* Positional rules over many siblings take linear time: this would not end otherwise. */
static void many_siblings(void **state)
{
    struct bench *b = *state;
    struct document *d = b->document;
    add(b, "h1 ~ p { orphans: 3 } p:nth-child(3n) { widows: 3 } p:first-of-type { widows: 4 } "
           "b ~ i ~ p { orphans: 5 }");
    tree_element(d, d->body, ELEMENT_H1, NULL);
    enum { COUNT = 100000 };
    xmlNode *n = d->body->children;
    for (int i = 0; i < COUNT; i++) {
        xmlNode *p = tree_element(d, NULL, ELEMENT_P, NULL);
        tree_insert_after(d, n, p);
        n = p;
    }
    const struct style *root = style_of(b->styles, d->root, PSEUDO_NONE, NULL);
    const struct style *body = style_of(b->styles, d->body, PSEUDO_NONE, root);
    int thirds = 0;
    for (n = d->body->children->next; n; n = n->next) {
        const struct style *s = style_of(b->styles, n, PSEUDO_NONE, body);
        assert_int_equal(s->orphans, 3);
        thirds += s->widows == 3;
    }
    assert_int_equal(thirds, (COUNT + 1) / 3);
}

/* ---- media */

static void media(void **state)
{
    static const struct {
        const char *query;
        bool print;
        enum media_ebook ebook;
    } cases[] = {
        {"", true, MEDIA_OPEN},
        {"all", true, MEDIA_OPEN},
        {"print", true, MEDIA_DROP},
        {"screen", false, MEDIA_OPEN},
        {"only screen", false, MEDIA_OPEN},
        {"not print", false, MEDIA_OPEN},
        {"not screen", true, MEDIA_DROP},
        {"print, screen", true, MEDIA_OPEN},
        {"(min-width: 3em)", true, MEDIA_KEEP},
        {"screen and (min-width: 3em)", false, MEDIA_KEEP},
        {"print and (min-width: 3em)", true, MEDIA_DROP},
        {"not print and (min-width: 90em)", true, MEDIA_KEEP},
        {"amzn-kf8", false, MEDIA_KEEP},
    };
    struct bench *b = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tokens t = scan(b->arena, text_of(cases[i].query));
        bool sized, print = media_is_print(b->styles, t, &sized);
        if (print != cases[i].print || media_for_ebook(t) != cases[i].ebook)
            print_message("query %s\n", cases[i].query);
        assert_int_equal(print, cases[i].print);
        assert_int_equal(media_for_ebook(t), cases[i].ebook);
    }
}

/* Of a page of 6 by 9 inches: 432 by 648 pt, 576 by 864 px, 36 by 54 em. */
static void media_of_a_page(void **state)
{
    static const struct {
        const char *query;
        bool print;
    } cases[] = {
        {"print and (width: 6in)", true},
        {"print and (width: 36em)", true},
        {"print and (width: 15.24cm)", true},
        {"(min-width: 576px)", true},
        {"(min-width: 577px)", false},
        {"(max-width: 36em)", true},
        {"(MAX-Width: 35em)", false},
        {"(height > 8in)", true},
        {"(8in < height)", true},
        {"(9in < height)", false},
        {"(9in <= height)", true},
        {"(5in < width <= 6in)", true},
        {"(6in < width < 7in)", false},
        {"(7in > width >= 6in)", true},
        {"(5in < width > 4in)", false},
        {"(width = 6in)", true},
        {"(width: 6)", false},
        {"(width >= 0)", true},
        {"(width)", true},
        {"(min-width)", false},
        {"(min-width = 5in)", false},
        {"(device-height: 9in)", true},
        {"(width: calc(5in + 1in))", true},
        {"(aspect-ratio: 2/3)", true},
        {"(aspect-ratio < 1)", true},
        {"(min-aspect-ratio: 1 / 1)", false},
        {"(aspect-ratio < 1/0)", true},
        {"(orientation: portrait)", true},
        {"(orientation: landscape)", false},
        {"(orientation)", true},
        {"(min-orientation: portrait)", false},
        {"(color)", true},
        {"(color >= 8)", true},
        {"(min-color: 9)", false},
        {"(monochrome)", false},
        {"not (monochrome)", true},
        {"(monochrome: 0)", true},
        {"(grid)", false},
        {"(grid: 0)", true},
        {"(resolution >= 1200dpi)", true},
        {"(min-resolution: 2dppx)", true},
        {"(max-resolution: 300dpi)", false},
        {"(resolution: infinite)", true},
        {"(prefers-color-scheme: light)", true},
        {"(prefers-color-scheme: dark)", false},
        {"not (prefers-color-scheme: dark)", true},
        {"(prefers-reduced-motion)", false},
        {"(prefers-reduced-motion: no-preference)", true},
        {"(prefers-contrast: more)", false},
        {"(update: none) and (hover: none) and (pointer: none)", true},
        {"(hover)", false},
        {"(overflow-block: paged)", true},
        {"(scripting: enabled)", false},
        {"(color-gamut: srgb)", true},
        {"(color-gamut: p3)", false},
        /* unknown is neither true nor false */
        {"(shape: round)", false},
        {"not (shape: round)", false},
        {"(shape: round) or (color)", true},
        {"(shape: round) and (color)", false},
        {"not ((shape: round) and (monochrome))", true},
        {"(prefers-color-scheme: sepia)", false},
        {"not (prefers-color-scheme: sepia)", false},
        {"not (width: 3s)", false},
        {"print and (-webkit-min-device-pixel-ratio: 2)", false},
        {"selector(a)", false},
        {"not unknown(a)", false},
        {"not print and (shape: round)", false},
        /* brackets, and what is ill-formed */
        {"print and (color) and (width < 7in)", true},
        {"print and (not (monochrome))", true},
        {"print and not (monochrome)", true},
        {"((color) or (monochrome)) and (width)", true},
        {"(color) and (width) or (grid)", false},
        {"print and (color) or (width)", false},
        {"not print and (monochrome)", true},
        {"not screen and (color)", true},
        {"only print and (color)", true},
        {"tty and (color)", false},
        {"print (color)", false},
        {"print and color", false},
        {"print and", false},
        {"not or", false},
        {"or and (color)", false},
        {"()", false},
        {"not ()", false},
        {"not", false},
        {"(color", true},
        {"print and (monochrome), (width > 5in)", true},
        {"print and (monochrome), (width > 7in)", false},
        {"print or, (color)", true},
    };
    struct bench *b = *state;
    add(b, "@page { size: 6in 9in } @page wide { size: 9in 6in }");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bool sized, print = media_is_print(b->styles, scan(b->arena, text_of(cases[i].query)), &sized);
        if (print != cases[i].print)
            print_message("query %s\n", cases[i].query);
        assert_int_equal(print, cases[i].print);
    }
    no_messages(b);
}

/* The page's size is that of all sheets, wherever they ask for it; but it doesn't hang on itself. */
static void a_query_asks_for_the_size_that_stands_behind_it(void **state)
{
    struct bench *b = *state;
    styles_set_paper(b->styles, "a5");
    add(b, "@media (width < 15cm) { p { orphans: 3 } } p { widows: 5 } "
           "@media print and (width > 15cm) { p { widows: 7 } @page { size: a3; margin: 0 } }");
    struct document *d = b->document;
    xmlNode *p = tree_element(d, d->body, ELEMENT_P, NULL);
    const struct style *root = style_of(b->styles, d->root, PSEUDO_NONE, NULL);
    assert_int_equal(style_of(b->styles, p, PSEUDO_NONE, root)->orphans, 3);
    assert_int_equal(style_of(b->styles, p, PSEUDO_NONE, root)->widows, 5);
    no_messages(b);

    b->styles = styles_new(b->arena, b->messages);
    add(b, "@media print and (width > 15cm) { p { widows: 7 } @page { size: a3; margin: 0 } } "
           "p { orphans: 3 } @page { size: 6in 9in }");
    root = style_of(b->styles, d->root, PSEUDO_NONE, NULL);
    assert_int_equal(style_of(b->styles, p, PSEUDO_NONE, root)->widows, 7);
    const struct page_style *page = style_page(b->styles, &(struct page_kind){.name = ""}, NULL);
    assert_int_equal((int)page->width_pt, 432);
    assert_int_equal((int)page->margin_pt[SIDE_LEFT], 0);
    assert_string_equal(messages_first(b->messages)->code, "style.unknown");
    assert_int_equal(messages_first(b->messages)->place.column, 59);
    assert_null(messages_first(b->messages)->next);
}

/* ---- pages */

static void paper(void **state)
{
    static const struct {
        const char *css, *paper;
        int width, height;
    } cases[] = {
        {"", NULL, 595, 842},
        {"", "letter", 612, 792},
        {"", "a5 landscape", 595, 420},
        {"", "6in 9in", 432, 648},
        {"", "papyrus", 595, 842},
        {"@page { size: auto }", "letter", 612, 792},
        {"@page { size: landscape }", "letter", 792, 612},
        {"@page { size: b5 }", "letter", 499, 709},
        {"@page { size: legal landscape }", NULL, 1008, 612},
        {"@page { size: portrait a4 }", NULL, 595, 842},
        {"@page { size: 10cm }", NULL, 283, 283},
        {"@page { size: 1pt 1e9pt }", NULL, 3, 14400},
        {"@page { size: calc(6in + 1pt) 9in }", NULL, 433, 648},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct bench *b = *state;
        b->styles = styles_new(b->arena, b->messages);
        add(b, cases[i].css);
        const struct page_style *p = style_page(b->styles, &(struct page_kind){.name = ""}, cases[i].paper);
        if ((int)(p->width_pt + 0.5F) != cases[i].width)
            print_message("paper %s %s\n", cases[i].css, cases[i].paper ? cases[i].paper : "");
        assert_int_equal((int)(p->width_pt + 0.5F), cases[i].width);
        assert_int_equal((int)(p->height_pt + 0.5F), cases[i].height);
        no_messages(b);
    }
}

/* ---- the table */

static void visit(const struct style_property *p, void *user)
{
    struct bench *b = user;
    assert_true(p->initial || p->longhands);
    for (const char *const *l = p->longhands; l && *l; l++)
        assert_non_null(property_named(*l));
    if (!p->initial)
        return;
    struct reading r = reading_of(b->arena, scan(b->arena, text_of(p->initial)));
    struct value v;
    if (!property_parse(property_named(p->name), &r, &v))
        print_message("the initial value of %s is not understood\n", p->name);
    r = reading_of(b->arena, scan(b->arena, text_of(p->initial)));
    assert_true(property_parse(property_named(p->name), &r, &v));
}

static void table(void **state)
{
    style_list(visit, *state);
}

/* ---- what grows without bound is bounded */

static void repeat(struct buf *css, const char *piece, int count)
{
    for (int i = 0; i < count; i++)
        buf_string(css, piece);
}

static void deep(void **state)
{
    static const char *const pieces[] = {"(",
                                         "{",
                                         "[",
                                         "f(",
                                         "a{",
                                         "@media print{",
                                         "@media (",
                                         "@media not (",
                                         "@supports (",
                                         ":not(",
                                         "p{width:calc(",
                                         "a ",
                                         "a>",
                                         "/*",
                                         "\\",
                                         "\"",
                                         "@page{",
                                         ".a",
                                         "--x:var(",
                                         ",",
                                         ";",
                                         "!important"};
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        struct bench *b = *state;
        struct styles *s = styles_new(b->arena, messages_new(b->arena, NULL, NULL));
        struct buf *css = buf_new(b->arena);
        repeat(css, pieces[i], 100000);
        styles_add(s, buf_view(css), "s.css", ".");
        buf_string(css, "x{color:red}");
        styles_add(s, buf_view(css), "s.css", ".");
        styles_for_ebook(s, css);
        buf_free(css);
    }
}

/* Variables that double at each step come to an end. */
static void doubling(void **state)
{
    struct bench *b = *state;
    struct buf *css = buf_new(b->arena);
    buf_string(css, ":root{--v0:1pt");
    for (int i = 1; i < 60; i++)
        buf_printf(css, ";--v%d:var(--v%d) var(--v%d)", i, i - 1, i - 1);
    buf_string(css, ";margin:var(--v59);padding:var(--v2)}");
    add(b, css->data);
    const struct style *root = style_of(b->styles, b->document->root, PSEUDO_NONE, NULL);
    assert_true(root->padding[SIDE_LEFT].pt > 0.9F);
    assert_true(root->margin[SIDE_LEFT].pt < 0.1F);
    assert_int_equal(messages_count(b->messages, SEVERITY_WARNING), 1);
}

int main(void)
{
#define UNIT(name) cmocka_unit_test_setup_teardown(name, start, stop)
    const struct CMUnitTest tests[] = {
        UNIT(scanner),
        UNIT(places_and_spans),
        UNIT(lengths),
        UNIT(colors),
        UNIT(selectors),
        UNIT(contexts_differ),
        UNIT(media),
        UNIT(media_of_a_page),
        UNIT(a_query_asks_for_the_size_that_stands_behind_it),
        UNIT(many_siblings),
        UNIT(paper),
        UNIT(table),
        UNIT(deep),
        UNIT(doubling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
