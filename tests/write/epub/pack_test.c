/* The EPUB writer on small documents. With arguments it packs one for the script tests instead:
 *     pack_test SAMPLE.xhtml|large|long OUT.epub|OUT.xhtml [MARK-EVERY-N-BYTES] */
#include "base/pool.h"
#include "document/direction.h"
#include "sample.h"
#include "write/epub/archive.h"
#include "write/epub/book.h"
#include "write/tree/xhtml.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <time.h>

#include <cmocka.h>

enum { DATE = 1711065600 }; /* 2024-03-22 */

static const char css[] = "body { margin: 5%; line-height: 1.4; }\n"
                          "a.noteref { vertical-align: super; font-size: 0.7em; }\n"
                          "img { max-width: 100%; }\n"
                          "pre { white-space: pre-wrap; }\n";

/* ---- documents that are too long to write down */

struct writer {
    struct document *d;
    unsigned random;
    int notes;
};

static void sentence(struct writer *w, struct buf *b)
{
    static const char *const words[] = {"the",    "river", "house", "of",   "morning", "a",
                                        "letter", "light", "stone", "and",  "we",      "went",
                                        "slowly", "paper", "under", "voice"};
    for (int i = 0; i < 12; i++) {
        w->random = w->random * 1103515245u + 12345u;
        buf_string(b, words[w->random >> 16 & 15]);
        buf_byte(b, i < 11 ? ' ' : '.');
    }
    buf_byte(b, ' ');
}

static xmlNode *paragraph(struct writer *w, xmlNode *parent, int words)
{
    struct buf *b = buf_new(w->d->arena);
    for (int i = 0; i < words; i += 12)
        sentence(w, b);
    xmlNode *p = tree_element(w->d, parent, ELEMENT_P, NULL);
    tree_text(w->d, p, text_trim(buf_view(b)));
    buf_free(b);
    return p;
}

static void note(struct writer *w, xmlNode *p, xmlNode *list)
{
    struct arena *a = w->d->arena;
    int n = ++w->notes;
    xmlNode *call = tree_element(w->d, p, ELEMENT_A, NULL);
    tree_set(w->d, call, "class", "noteref");
    tree_set(w->d, call, "id", arena_printf(a, "r%d", n));
    tree_set(w->d, call, "href", arena_printf(a, "#n%d", n));
    tree_set(w->d, call, "epub:type", "noteref");
    tree_set(w->d, call, "role", "doc-noteref");
    tree_text(w->d, call, text_of(arena_printf(a, "%d", n)));
    xmlNode *item = tree_element(w->d, list, ELEMENT_LI, NULL);
    tree_set(w->d, item, "id", arena_printf(a, "n%d", n));
    xmlNode *q = paragraph(w, item, 24);
    tree_text(w->d, q, TEXT(" "));
    xmlNode *back = tree_element(w->d, q, ELEMENT_A, NULL);
    tree_set(w->d, back, "class", "backlink");
    tree_set(w->d, back, "href", arena_printf(a, "#r%d", n));
    tree_set(w->d, back, "epub:type", "backlink");
    tree_set(w->d, back, "role", "doc-backlink");
    tree_set(w->d, back, "aria-label", arena_printf(a, "Back to reference %d", n));
    tree_text(w->d, back, TEXT("↩"));
}

static xmlNode *section(struct writer *w, xmlNode *parent, enum element head, const char *id,
                        const char *title)
{
    xmlNode *s = tree_element(w->d, parent, ELEMENT_SECTION, NULL);
    tree_set(w->d, s, "id", id);
    xmlNode *h = tree_element(w->d, s, head, NULL);
    tree_set(w->d, h, "id", arena_printf(w->d->arena, "%s-head", id));
    tree_set(w->d, s, "aria-labelledby", tree_get(h, "id"));
    tree_text(w->d, h, text_of(title));
    return s;
}

/* `chapters` chapters of `sections` sections of 625 words; a note for each section. */
static struct document *long_book(struct arena *a, struct messages *m, int chapters, int sections)
{
    struct document *d = document_new(a, m, "long.md");
    struct writer w = {.d = d};
    meta_set(d, "title", TEXT("A Long Book"));
    meta_set(d, "author", TEXT("Nobody"));
    meta_set(d, "language", TEXT("en"));
    identifier_settle(d);
    tree_set(d, d->body, "class", "book");
    xmlNode *notes = section(&w, NULL, ELEMENT_H1, "notes", "Notes");
    tree_set(d, notes, "class", "endnotes");
    tree_set(d, notes, "epub:type", "endnotes");
    tree_set(d, notes, "role", "doc-endnotes");
    xmlNode *list = tree_element(d, notes, ELEMENT_OL, NULL);
    for (int i = 1; i <= chapters; i++) {
        xmlNode *c =
            section(&w, d->body, ELEMENT_H1, arena_printf(a, "c%d", i), arena_printf(a, "Chapter %d", i));
        tree_set(d, c, "class", "chapter");
        tree_set(d, c, "epub:type", "chapter");
        tree_set(d, c, "role", "doc-chapter");
        paragraph(&w, c, 60);
        for (int k = 1; k <= sections; k++) {
            xmlNode *s =
                section(&w, c, ELEMENT_H2, arena_printf(a, "c%d-%d", i, k), arena_printf(a, "Part %d", k));
            for (int p = 0; p < 5; p++)
                paragraph(&w, s, 125);
            note(&w, s->last, list);
        }
    }
    tree_append(d, d->body, notes);
    return d;
}

/* ---- page marks where a layout might put them */

struct marking {
    struct arena *arena;
    struct page_mark *marks;
    size_t count, capacity, every, left;
};

static enum walk mark_text(xmlNode *n, void *user)
{
    struct marking *k = user;
    if (n->type != XML_TEXT_NODE || !element_is(tree_kind(n->parent), ELEMENT_IS_LEAF))
        return WALK_ON;
    size_t length = strlen((const char *)n->content), at = 0;
    while (length - at > k->left) {
        at += k->left;
        k->left = k->every;
        while (at > 0 && ((unsigned char)n->content[at] & 0xC0) == 0x80)
            at--;
        if (k->count < k->capacity) {
            static const char *const roman[] = {"i", "ii", "iii"};
            const char *label = k->count < 3 ? roman[k->count] : arena_printf(k->arena, "%zu", k->count - 2);
            k->marks[k->count++] = (struct page_mark){.text = n, .offset = (uint32_t)at, .label = label};
        }
    }
    k->left -= length - at;
    return WALK_ON;
}

static void mark_pages(struct document *d, size_t every, struct epub_options *o)
{
    static const struct walker w = {mark_text, NULL};
    struct marking k = {.arena = d->arena, .capacity = 20000, .every = every, .left = 10};
    k.marks = arena_array(d->arena, k.capacity, sizeof *k.marks);
    tree_walk(d->body, &w, &k);
    o->marks = k.marks;
    o->mark_count = k.count;
}

/* ---- packing one */

static void print(const struct message *m, void *user)
{
    (void)user;
    fprintf(stderr, "%s [%s]\n", m->sentence, m->code);
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int pack(const char *what, const char *to, const char *every)
{
    struct failure f;
    struct arena *a = arena_new(&f);
    if (setjmp(f.back))
        return 4;
    struct messages *m = messages_new(a, print, NULL);
    struct document *d = strcmp(what, "large") == 0  ? long_book(a, m, 40, 20)
                         : strcmp(what, "long") == 0 ? long_book(a, m, 2, 90)
                                                     : sample_file(a, m, what);
    struct epub_options o = {.css = TEXT(css), .date = DATE, .threads = pool_width()};
    if (every)
        mark_pages(d, (size_t)strtoul(every, NULL, 10), &o);
    struct outputs *all = outputs_new(a, m);
    struct output *out = outputs_open(all, to);
    double start = seconds();
    int rc = !out                                   ? -1
             : strcmp(io_suffix(to), ".xhtml") == 0 ? xhtml_write(d, o.css, out)
                                                    : epub_write(d, &o, out);
    double end = seconds();
    if (rc == 0)
        rc = outputs_commit(all);
    printf("%.0f ms\n", (end - start) * 1000);
    arena_free(a);
    return rc == 0 ? 0 : 1;
}

/* ---- unit tests */

struct fixture {
    struct failure failure;
    struct arena *arena;
    struct messages *messages;
};

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->arena = arena_new(&f->failure);
    f->messages = messages_new(f->arena, NULL, NULL);
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

static struct book *planned(struct fixture *f, const char *head, const char *body)
{
    struct document *d = sample_text(f->arena, f->messages, head, body);
    struct epub_options *o = arena_alloc(f->arena, sizeof *o);
    *o = (struct epub_options){.date = DATE};
    return book_plan(d, o);
}

static void a_date_that_is_none_is_told(void **state)
{
    struct fixture *f = *state;
    static const char *const bad[] = {"Spring 2024", "2024-13", "2024-00-10", "2024-1-1", "2024-02-30"};
    static const char *const good[] = {"2024", "2024-02", "2024-02-29"};
    for (size_t i = 0; i < 5; i++)
        assert_null(
            planned(f, arena_printf(f->arena, "<meta name='date' content='%s'/>", bad[i]), "<body/>")->date);
    assert_int_equal(messages_count(f->messages, SEVERITY_WARNING), 5);
    assert_string_equal(messages_first(f->messages)->code, "epub.date");
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(
            planned(f, arena_printf(f->arena, "<meta name='date' content='%s'/>", good[i]), "<body/>")->date,
            good[i]);
    assert_int_equal(messages_count(f->messages, SEVERITY_WARNING), 5);
}

static void links_lead_into_files_out_to_the_web_or_are_told(void **state)
{
    struct fixture *f = *state;
    struct book *b = planned(f, "",
                             "<body class='book'><section class='chapter' id='a'><p id='p'>"
                             "<a href='#b'>1</a><a href='#nowhere'>2</a><a href='other.md'>3</a>"
                             "<a href='javascript:x()'>4</a></p></section>"
                             "<section class='chapter' id='b'><p id='q'/></section></body>");
    struct buf *s = buf_new(f->arena);
    const struct chunk *a = b->chunks;
    assert_int_equal(b->chunk_count, 2);
    assert_string_equal(scan_address(b, a, "#q", s), "chapter-02.xhtml#q");
    assert_null(scan_address(b, a, "#p", s));
    assert_string_equal(scan_address(b, a, "#nowhere", s), "");
    assert_string_equal(scan_address(b, a, "other.md", s), "");
    assert_string_equal(scan_address(b, a, "javascript:x()", s), "");
    assert_string_equal(scan_address(b, a, "http:x", s), "");
    assert_null(scan_address(b, a, "HTTPS://example.org/é?a=1&b=2#c", s));
    assert_null(scan_address(b, a, "mailto:a@example.org", s));
    assert_string_equal(scan_address(b, a, " http://example.org/a b|%zz%20 ", s),
                        "http://example.org/a%20b%7C%25zz%20");
    assert_int_equal(messages_count(f->messages, SEVERITY_WARNING), 3);
    assert_string_equal(messages_first(f->messages)->code, "epub.link");
}

static void contents_have_no_gaps_and_no_calls(void **state)
{
    struct fixture *f = *state;
    struct book *b =
        planned(f, "<meta name='title' content='T'/>",
                "<body class='essay'><header class='title-block'><h1>T</h1></header>"
                "<section class='text'><section id='a'><h2 id='ah'>One\n two<a epub:type='noteref' "
                "href='#a'>1</a></h2><section id='b'><h3 id='bh'>Deep<br/>er</h3>"
                "<section id='c'><h4 id='ch'>Deepest</h4></section></section></section>"
                "<blockquote><h2 id='q'>Quoted</h2></blockquote></section></body>");
    struct heading *h = b->contents;
    assert_string_equal(h->label, "One two");
    assert_int_equal(h->level, 1);
    assert_string_equal(h->id, "a");
    assert_string_equal(h->chunk->file, "text.xhtml");
    assert_string_equal(h->next->label, "Deep er");
    assert_int_equal(h->next->level, 2);
    assert_null(h->next->next);
}

static void entries_keep_languages_and_what_is_said_by_markup(void **state)
{
    struct fixture *f = *state;
    struct book *b = planned(
        f, "<meta name='language' content='en'/>",
        "<body class='book'><section class='chapter' id='a'><h1 id='ah'> <span class='x' lang='la' "
        "xml:lang='la'>Fata\n <em>libelli</em></span> &amp; H<sub>2</sub>O<a id='r1' epub:type='noteref' "
        "href='#a'>1</a></h1><section id='b'><h2 id='bh'><a href='http://example.org'>A</a> "
        "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></h2></section></section>"
        "<section class='chapter' id='c' lang='he' xml:lang='he' dir='rtl'><h1 id='ch'>שלום</h1>"
        "<figure id='g'><p>x</p><figcaption>Of <i>one</i> thing alone. And of others, which are so many that "
        "no list <b>wants</b> them.</figcaption></figure></section></body>");
    assert_string_equal(b->contents->label, "Fata libelli & H2O");
    assert_string_equal(b->contents->next->label, "A 漢");
    struct buf *out = buf_new(f->arena);
    nav_write(b, out);
    assert_non_null(strstr(out->data, "<a href=\"chapter-01.xhtml\"><span lang=\"la\" xml:lang=\"la\">Fata "
                                      "<em>libelli</em></span> &amp; H<sub>2</sub>O</a>"));
    assert_non_null(strstr(out->data, ">A <ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></a>"));
    assert_non_null(
        strstr(out->data, "<a href=\"chapter-02.xhtml\" lang=\"he\" xml:lang=\"he\" dir=\"rtl\">שלום</a>"));
    assert_non_null(strstr(out->data, ">Of <i>one</i> thing alone</a>"));
    buf_clear(out);
    ncx_write(b, out);
    assert_non_null(strstr(out->data, "<navLabel><text>Fata libelli &amp; H2O</text></navLabel>"));
    assert_non_null(strstr(out->data, "<navLabel xml:lang=\"he\"><text>שלום</text></navLabel>"));
}

static void headings_behind_a_cut_list_are_in_their_file(void **state)
{
    struct fixture *f = *state;
    struct document *d = document_new(f->arena, f->messages, "x.md");
    struct writer w = {.d = d};
    tree_set(d, d->body, "class", "book");
    xmlNode *s = section(&w, d->body, ELEMENT_H1, "one", "One");
    xmlNode *whole = tree_element(d, s, ELEMENT_UL, NULL);
    for (int i = 0; i < 300; i++)
        paragraph(&w, tree_element(d, whole, ELEMENT_LI, NULL), 250);
    section(&w, s, ELEMENT_H2, "within", "Within");
    section(&w, d->body, ELEMENT_H1, "two", "Two");
    struct epub_options o = {.date = DATE};
    struct book *b = book_plan(d, &o);
    const struct heading *h = b->contents->next;
    assert_string_equal(h->label, "Within");
    assert_ptr_equal(h->chunk, &b->chunks[b->chunk_count - 2]);
    assert_ptr_equal(h->next->chunk, &b->chunks[b->chunk_count - 1]);
}

static void long_chapters_are_cut_before_sections(void **state)
{
    struct fixture *f = *state;
    struct document *d = long_book(f->arena, f->messages, 2, 90);
    struct epub_options o = {.date = DATE, .threads = 2};
    struct book *b = book_plan(d, &o);
    assert_int_equal(b->chunk_count, 5);
    assert_string_equal(b->chunks[0].file, "chapter-01.xhtml");
    assert_string_equal(b->chunks[1].file, "chapter-01-p2.xhtml");
    assert_int_equal(tree_kind(b->chunks[1].range.first), ELEMENT_SECTION);
    assert_string_equal(b->notes.chunk->file, "notes.xhtml");
    for (size_t i = 0; i < b->chunk_count; i++) {
        struct buf *out = buf_new(f->arena);
        page_write(b, &b->chunks[i], out);
        assert_true(out->length < 300000);
        xmlDoc *page = xmlReadMemory(out->data, (int)out->length, NULL, NULL, XML_PARSE_NONET);
        assert_non_null(page);
        xmlFreeDoc(page);
        buf_free(out);
    }
}

static void a_long_run_of_paragraphs_is_cut_between_them(void **state)
{
    struct fixture *f = *state;
    struct document *d = document_new(f->arena, f->messages, "x.md");
    struct writer w = {.d = d};
    tree_set(d, d->body, "class", "essay");
    xmlNode *s = section(&w, d->body, ELEMENT_H2, "text", "All");
    for (int i = 0; i < 500; i++)
        paragraph(&w, s, 250);
    struct epub_options o = {.date = DATE};
    struct book *b = book_plan(d, &o);
    assert_true(b->chunk_count >= 3);
    assert_string_equal(b->chunks[1].file, "text-p2.xhtml");
}

static void what_is_too_large_is_cut_inside(void **state)
{
    struct fixture *f = *state;
    struct document *d = document_new(f->arena, f->messages, "x.md");
    struct writer w = {.d = d};
    tree_set(d, d->body, "class", "essay");
    xmlNode *s = section(&w, d->body, ELEMENT_H2, "text", "All");
    enum element kinds[] = {ELEMENT_BLOCKQUOTE, ELEMENT_OL};
    for (int k = 0; k < 2; k++) {
        xmlNode *whole = tree_element(d, s, kinds[k], NULL);
        for (int i = 0; i < 300; i++)
            paragraph(&w, kinds[k] == ELEMENT_OL ? tree_element(d, whole, ELEMENT_LI, NULL) : whole, 250);
    }
    struct epub_options o = {.date = DATE};
    struct book *b = book_plan(d, &o);
    assert_true(b->chunk_count >= 4);
    bool goes_on = false;
    for (size_t i = 0; i < b->chunk_count; i++) {
        struct buf *out = buf_new(f->arena);
        page_write(b, &b->chunks[i], out);
        assert_in_range(out->length, 1, 250 * 1000);
        goes_on = goes_on || strstr(out->data, "<ol start=\"");
    }
    assert_true(goes_on);
}

static void programs_are_cut_between_lines(void **state)
{
    struct fixture *f = *state;
    struct document *d = document_new(f->arena, f->messages, "x.md");
    tree_set(d, d->body, "class", "essay");
    xmlNode *pre = tree_element(d, d->body, ELEMENT_PRE, NULL);
    for (int i = 0; i < 9000; i++) { /* each line begins with an element of its own */
        xmlNode *b = tree_element(d, pre, ELEMENT_B, NULL);
        tree_set(d, b, "id", arena_printf(f->arena, "line-%d", i));
        tree_text(d, b, text_of(arena_printf(f->arena, "line %d", i)));
        tree_text(d, pre, TEXT(" of a <program>\n"));
    }
    struct epub_options o = {.date = DATE};
    struct book *b = book_plan(d, &o);
    assert_true(b->chunk_count >= 3);
    size_t lines = 0;
    for (size_t i = 0; i < b->chunk_count; i++) {
        struct buf *out = buf_new(f->arena);
        page_write(b, &b->chunks[i], out);
        assert_in_range(out->length, 1, 250 * 1000);
        assert_null(strstr(out->data, "\"></b>"));
        assert_non_null(strstr(out->data, arena_printf(f->arena, "<pre><b id=\"line-%zu\">", lines)));
        for (const char *c = out->data; (c = strstr(c, "&lt;program&gt;\n")); c++)
            lines++;
    }
    assert_int_equal(lines, 9000);
    assert_int_equal(messages_count(f->messages, SEVERITY_WARNING), 0);
}

static void page_marks_stand_before_words(void **state)
{
    struct fixture *f = *state;
    struct document *d = sample_text(f->arena, f->messages, "",
                                     "<body class='essay'><section id='page-3'><p>one two-three four</p>"
                                     "<p>日本語の本</p></section></body>");
    const xmlNode *p = d->body->children->children, *q = p->next;
    struct page_mark marks[] = {{p->children, 0, "1", NULL}, {p->children, 5, "2", NULL},
                                {p->children, 8, "2", NULL}, {p->children, 13, "x", NULL},
                                {q->children, 6, "3", NULL}, {p->children, 99, "9", NULL}};
    struct epub_options o = {.date = DATE, .marks = marks, .mark_count = 6};
    struct book *b = book_plan(d, &o);
    struct buf *out = buf_new(f->arena);
    page_write(b, b->chunks, out);
#define MARK(id, label)                                                                                      \
    "<span epub:type=\"pagebreak\" role=\"doc-pagebreak\" id=\"page-" id "\" aria-label=\"" label "\"></"    \
    "span>"
    assert_non_null(
        strstr(out->data, "<p>" MARK("1", "1") "one " MARK("2", "2") "two-" MARK("2-2", "2") "three " MARK(
                              "x", "x") "four" MARK("9", "9") "</p>\n<p>日本" MARK("3-2", "3") "語の本</p>"));
    assert_int_equal(b->mark_count, 6);
}

static void page_marks_stand_before_words_in_parts(void **state)
{
    struct fixture *f = *state;
    struct document *d = sample_text(
        f->arena, f->messages, "",
        "<body class='essay'><p>the un<em>think</em>able <a id='r1' href='#n1' "
        "role='doc-noteref' class='noteref'>1</a>or else <img src='x.png' alt='X'/> then</p></body>");
    const xmlNode *first = d->body->children->children, *em = first->next, *last = em->next;
    const xmlNode *call = last->next, *rest = call->next, *img = rest->next;
    struct page_mark marks[] = {
        {last, 0, "1", NULL}, {rest, 0, "2", NULL}, {img, 0, "3", NULL}, {img->next, 1, "4", NULL}};
    struct epub_options o = {.date = DATE, .marks = marks, .mark_count = 4};
    struct book *b = book_plan(d, &o);
    struct buf *out = buf_new(f->arena);
    page_write(b, b->chunks, out);
    assert_non_null(strstr(out->data, "<p>the " MARK("1", "1") "un<em>think</em>able <a "));
    assert_non_null(strstr(out->data, "</a>" MARK("2", "2") "or else " MARK("3", "3") "X " MARK("4", "4")));
}

static void page_marks_stand_in_the_contents(void **state)
{
    struct fixture *f = *state;
    struct document *d = sample_text(
        f->arena, f->messages, "",
        "<body class='book'><header class='title-block'><h1 id='t'>T</h1></header>"
        "<section epub:type='chapter' class='chapter' id='a'><h1 id='ah'>A</h1><p>text</p></section>"
        "<section epub:type='chapter' class='chapter' id='b'><h1 id='bh'>B</h1><p>text</p></section></body>");
    const xmlNode *title = d->body->children->children->children, *text = d->body->last->last->children;
    struct page_mark marks[] = {{title, 0, "i", NULL},
                                {NULL, 0, "iii", ""},
                                {NULL, 0, "iv", "bh"},
                                {NULL, 0, "v", "none"},
                                {text, 0, "1", NULL}};
    struct epub_options o = {.date = DATE, .marks = marks, .mark_count = 5};
    struct book *b = book_plan(d, &o);
    struct buf *out = buf_new(f->arena);
    nav_write(b, out);
    assert_non_null(strstr(out->data, "<h1 id=\"toc-title\">" MARK("iii", "iii") "Contents</h1>"));
    assert_non_null(strstr(out->data, "chapter-02.xhtml\">" MARK("iv", "iv") "B</a>"));
    static const char *const order[] = {"i", "iii", "iv", "1"};
    assert_int_equal(b->mark_count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(b->marks[i].label, order[i]);
}

static void contents_go_as_deep_as_asked(void **state)
{
    struct fixture *f = *state;
    static const char body[] =
        "<body class='book'><section class='chapter' id='a'><h1 id='h1'>A</h1><section id='b'><h2 "
        "id='h2'>B</h2>"
        "<section id='c'><h3 id='h3'>C</h3><section id='d'><h4 id='h4'>D</h4></section></section></section>"
        "</section></body>";
    static const char *const asked[] = {"", "1", "2", "4", "9"};
    static const int levels[] = {3, 1, 2, 4, 3};
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        const char *head = arena_printf(f->arena, "<meta name='contents-depth' content='%s'/>", asked[i]);
        int count = 0;
        for (const struct heading *h = planned(f, head, body)->contents; h; h = h->next)
            count++;
        assert_int_equal(count, levels[i]);
    }
}

static void claims_are_what_is_there(void **state)
{
    struct fixture *f = *state;
    struct book *b = planned(f, "", "<body class='essay'><section id='a'><p>x</p></section></body>");
    assert_false(b->contains.pictures || b->contains.headings || b->contains.math || b->contains.notes);
    struct buf *out = buf_new(f->arena);
    package_write(b, out);
    assert_null(strstr(out->data, "alternativeText"));
    assert_null(strstr(out->data, "structuralNavigation"));
    assert_null(strstr(out->data, "visual"));
    b = planned(f, "",
                "<body class='essay'><section id='a'><h2 id='h'>H</h2><p><svg "
                "xmlns='http://www.w3.org/2000/svg'/></p></section></body>");
    assert_true(b->contains.pictures && b->contains.headings && !b->contains.described);
    buf_clear(out);
    package_write(b, out);
    assert_null(strstr(out->data, "alternativeText"));
    assert_null(strstr(out->data, "\"schema:accessModeSufficient\">textual<"));
    assert_non_null(strstr(out->data, "properties=\"svg\""));
}

static void languages_from_right_to_left(void **state)
{
    struct fixture *f = *state;
    struct book *b =
        planned(f, "<meta name='language' content='ar-EG'/>", "<body class='essay'><p>سلام</p></body>");
    struct buf *out = buf_new(f->arena);
    page_write(b, b->chunks, out);
    assert_non_null(strstr(out->data, " lang=\"ar-EG\" xml:lang=\"ar-EG\" dir=\"rtl\">"));
    buf_clear(out);
    package_write(b, out);
    assert_non_null(strstr(out->data, "page-progression-direction=\"rtl\""));
    assert_non_null(strstr(out->data, " xml:lang=\"ar-EG\" dir=\"rtl\">"));
    assert_true(language_from_right("az-Arab-IR") && language_from_right("he") &&
                !language_from_right("ku-Latn"));
    assert_true(!language_from_right("ar-Latn") && !language_from_right("en") && !language_from_right(""));
}

static void days_of_the_calendar(void **state)
{
    (void)state;
    struct civil c = civil_of(DATE + 3661);
    assert_int_equal(c.year * 10000 + c.month * 100 + c.day, 20240322);
    assert_int_equal(c.hour * 10000 + c.minute * 100 + c.second, 10101);
    c = civil_of(951782400); /* a leap day */
    assert_int_equal(c.year * 10000 + c.month * 100 + c.day, 20000229);
    c = civil_of(-1);
    assert_int_equal(c.year * 10000 + c.month * 100 + c.day, 19691231);
}

int main(int argc, char **argv)
{
    if (argc > 2)
        return pack(argv[1], argv[2], argv[3]);
    const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        T(a_date_that_is_none_is_told),
        T(links_lead_into_files_out_to_the_web_or_are_told),
        T(contents_have_no_gaps_and_no_calls),
        T(entries_keep_languages_and_what_is_said_by_markup),
        T(headings_behind_a_cut_list_are_in_their_file),
        T(long_chapters_are_cut_before_sections),
        T(a_long_run_of_paragraphs_is_cut_between_them),
        T(what_is_too_large_is_cut_inside),
        T(contents_go_as_deep_as_asked),
        T(programs_are_cut_between_lines),
        T(page_marks_stand_before_words),
        T(page_marks_stand_before_words_in_parts),
        T(page_marks_stand_in_the_contents),
        T(claims_are_what_is_there),
        T(languages_from_right_to_left),
        T(days_of_the_calendar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
