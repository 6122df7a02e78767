/* Golden tests: tests/style/<case>/{sheet.css,source.xhtml} are computed and printed (without a sheet.css,
 * the shipped style of the case's name is taken); expected.txt is what must come out: every element with what
 * its style has beside the initial values, its pseudo-elements, the pages, the sheet for e-books and the
 * messages. BLESS=1 rewrites the expected files. */
#include "base/buf.h"
#include "base/io.h"
#include "style/style.h"
#include <cmocka.h>
#include <dirent.h>
#include <libxml/parser.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

struct printing {
    struct buf *out;
    struct styles *styles;
    const struct style *initial;
    const struct style *stack[256]; /* of the ancestors */
    int depth;
};

/* ---- one style */

static void word(struct buf *out, const char *name, const char *value)
{
    buf_printf(out, " %s=%s", name, value);
}

static void real(struct buf *out, const char *name, double value)
{
    buf_printf(out, " %s=", name);
    buf_real(out, value, 3);
}

static void length(struct buf *out, struct length l)
{
    if (l.automatic) {
        buf_string(out, "auto");
        return;
    }
    buf_real(out, (double)l.pt, 3);
    if (l.percent > 0 || l.percent < 0) {
        buf_byte(out, '+');
        buf_real(out, (double)l.percent, 3);
        buf_byte(out, '%');
    }
}

static void lengths(struct buf *out, const char *name, const struct length *l, const struct length *from,
                    int count)
{
    if (memcmp(l, from, (size_t)count * sizeof *l) == 0)
        return;
    buf_printf(out, " %s=", name);
    for (int i = 0; i < count; i++) {
        buf_string(out, i ? "," : "");
        length(out, l[i]);
    }
}

static void content(struct buf *out, const char *name, const struct content *c)
{
    static const char *const kinds[] = {
        "",       "attr",           "counter",     "string",  "content", "open-quote", "close-quote",
        "leader", "target-counter", "target-text", "counters"};
    buf_printf(out, " %s=", name);
    for (; c; c = c->next) {
        if (c->kind == CONTENT_STRING)
            buf_printf(out, "\"%s\"", c->text);
        else
            buf_printf(out, "%s(%s,%d,%d)", kinds[c->kind], c->text ? c->text : "", c->style, c->which);
    }
}

static void number(struct buf *out, const char *name, long long value, long long from)
{
    if (value != from)
        buf_printf(out, " %s=%lld", name, value);
}

#define NUMBER(name, field) number(out, name, (long long)s->field, (long long)f->field)
#define REAL(name, field)                                                                                    \
    if (s->field > f->field || s->field < f->field)                                                          \
    real(out, name, (double)s->field)
#define LENGTH(name, field) lengths(out, name, &s->field, &f->field, 1)

static void print_font(struct buf *out, const struct style *s, const struct style *f)
{
    if (s->families != f->families)
        for (int i = 0; s->families[i]; i++)
            buf_printf(out, "%s%s", i ? "," : " family=", s->families[i]);
    REAL("size", size_pt);
    REAL("leading", line_height_pt);
    NUMBER("weight", weight);
    NUMBER("italic", italic);
    if (strcmp(s->features, f->features) != 0)
        word(out, "features", s->features);
    REAL("letter-spacing", letter_spacing_pt);
    REAL("word-spacing", word_spacing_pt);
    NUMBER("transform", transform);
    if (s->color != f->color)
        buf_printf(out, " color=%06x", s->color);
}

static void print_box(struct buf *out, const struct style *s, const struct style *f)
{
    NUMBER("display", display);
    if (s->has_background)
        buf_printf(out, " background=%06x", s->background);
    lengths(out, "margin", s->margin, f->margin, 4);
    lengths(out, "padding", s->padding, f->padding, 4);
    for (int i = 0; i < 4; i++)
        if (s->border_pt[i] > 0)
            buf_printf(out, " border%d=%.2f/%d/%06x", i, (double)s->border_pt[i], s->border_style[i],
                       s->border_color[i]);
    LENGTH("width", width);
    LENGTH("height", height);
    LENGTH("min-width", min_width);
    LENGTH("max-width", max_width);
    LENGTH("max-height", max_height);
    NUMBER("float", floats);
}

static void print_text(struct buf *out, const struct style *s, const struct style *f)
{
    LENGTH("indent", text_indent);
    NUMBER("align", align);
    NUMBER("align-last", align_last);
    NUMBER("hyphens", hyphens);
    NUMBER("hyphen-word", hyphen_word);
    NUMBER("hyphen-before", hyphen_before);
    NUMBER("hyphen-after", hyphen_after);
    NUMBER("hyphen-lines", hyphen_lines);
    NUMBER("hyphen-last", hyphen_last);
    LENGTH("hyphen-zone", hyphen_zone);
    NUMBER("wrap", wrap);
    NUMBER("nowrap", nowrap);
    NUMBER("white-space", white_space);
    NUMBER("hanging", hanging_punctuation);
    NUMBER("vertical", vertical_align);
    LENGTH("shift", vertical_shift);
    NUMBER("decoration", decoration);
    NUMBER("list", list_style);
    NUMBER("inside", list_inside);
    NUMBER("collapse", border_collapse);
    REAL("spacing-x", border_spacing_pt[0]);
    REAL("spacing-y", border_spacing_pt[1]);
    NUMBER("caption-bottom", caption_bottom);
}

static void print_pages(struct buf *out, const struct style *s, const struct style *f)
{
    if (s->content)
        content(out, "content", s->content);
    for (const struct string_set *i = s->string_set; i; i = i->next)
        content(out, i->name, i->value);
    for (const struct counter_change *c = s->counter_reset; c; c = c->next)
        buf_printf(out, " reset:%s=%d", c->name, c->value);
    for (const struct counter_change *c = s->counter_increment; c; c = c->next)
        buf_printf(out, " increment:%s=%d", c->name, c->value);
    NUMBER("break-before", break_before);
    NUMBER("break-after", break_after);
    NUMBER("break-inside", break_inside);
    if (*s->page)
        word(out, "page", s->page);
    NUMBER("widows", widows);
    NUMBER("orphans", orphans);
    NUMBER("initial-lines", initial_lines);
    REAL("initial-size", initial_size);
    NUMBER("columns", column_count);
    LENGTH("column-width", column_width);
    REAL("column-gap", column_gap_pt);
    if (s->column_rule_pt > 0)
        buf_printf(out, " column-rule=%.2f/%06x", (double)s->column_rule_pt, s->column_rule_color);
    NUMBER("column-fill", columns_filled);
    NUMBER("column-span", spans_columns);
    REAL("block-step", block_step_pt);
}

static void print_style(struct printing *p, const char *name, const struct style *s, const struct style *from)
{
    for (int i = 0; i < p->depth; i++)
        buf_string(p->out, "  ");
    buf_printf(p->out, "%s:", name);
    print_font(p->out, s, from);
    print_box(p->out, s, from);
    print_text(p->out, s, from);
    print_pages(p->out, s, from);
    buf_byte(p->out, '\n');
}

/* ---- the tree */

static const char *name_of(struct printing *p, const xmlNode *n)
{
    const char *class = tree_get(n, "class"), *id = tree_get(n, "id");
    return arena_printf(p->out->arena, "%s%s%s%s%s", (const char *)n->name, class ? "." : "",
                        class ? class : "", id ? "#" : "", id ? id : "");
}

static enum walk enter(xmlNode *n, void *user)
{
    static const char *const pseudos[] = {"",           "before",       "after",         "marker",
                                          "first-line", "first-letter", "footnote-call", "footnote-marker"};
    struct printing *p = user;
    if (n->type != XML_ELEMENT_NODE)
        return WALK_SKIP;
    const struct style *parent = p->depth ? p->stack[p->depth - 1] : NULL;
    const struct style *s = style_of(p->styles, n, PSEUDO_NONE, parent);
    assert_ptr_equal(s, style_of(p->styles, n, PSEUDO_NONE, parent));
    print_style(p, name_of(p, n), s, parent ? parent : p->initial);
    p->stack[p->depth++] = s;
    for (enum pseudo i = PSEUDO_BEFORE; i <= PSEUDO_MARKER; i++) {
        const struct style *ps = style_of(p->styles, n, i, s);
        if (ps)
            print_style(p, arena_printf(p->out->arena, "::%s", pseudos[i]), ps, s);
    }
    return WALK_ON;
}

static void leave(xmlNode *n, void *user)
{
    (void)n;
    ((struct printing *)user)->depth--;
}

static void print_page(struct printing *p, const char *title, const struct page_kind *k)
{
    const struct page_style *page = style_page(p->styles, k, NULL);
    assert_ptr_equal(page, style_page(p->styles, k, NULL));
    buf_printf(p->out, "%s: ", title);
    buf_real(p->out, (double)page->width_pt, 2);
    buf_string(p->out, " x ");
    buf_real(p->out, (double)page->height_pt, 2);
    buf_string(p->out, " margins");
    for (int i = 0; i < 4; i++) {
        buf_byte(p->out, ' ');
        buf_real(p->out, (double)page->margin_pt[i], 2);
    }
    buf_byte(p->out, '\n');
    p->depth = 1;
    for (int i = 0; i < BOX_COUNT; i++)
        if (page->boxes[i])
            print_style(p, arena_printf(p->out->arena, "box %d", i), page->boxes[i], page->style);
    p->depth = 0;
}

static struct document *read_tree(struct arena *a, struct messages *m, const char *path)
{
    struct document *d = document_new(a, m, path);
    struct text source;
    assert_int_equal(io_read(a, path, m, SEVERITY_USAGE, NULL, &source), 0);
    xmlDoc *doc = xmlReadMemory(source.at, (int)source.length, path, NULL, XML_PARSE_NONET);
    assert_non_null(doc);
    xmlNode *root = xmlDocGetRootElement(doc);
    xmlUnlinkNode(root);
    for (xmlNode *body = root->children, *next; body; body = next) {
        next = body->next;
        if (body->type == XML_ELEMENT_NODE && strcmp((const char *)body->name, "body") == 0) {
            for (xmlAttr *at = body->properties; at; at = at->next)
                tree_set(d, d->body, (const char *)at->name, (const char *)at->children->content);
            xmlNode *copy = xmlDocCopyNode(body, d->tree, 1);
            xmlFreeNode(root);
            tree_adopt(d, copy, NULL);
            tree_move_children(d, d->body, copy);
            tree_remove(copy);
            break;
        }
    }
    xmlFreeDoc(doc);
    return d;
}

static void print_messages(struct buf *out, const struct messages *m)
{
    for (const struct message *i = messages_first(m); i; i = i->next)
        buf_printf(out, "%s:%d:%d: %s [%s]\n", i->place.file ? i->place.file : "-", i->place.line,
                   i->place.column, i->sentence, i->code);
}

static struct buf *print_case(struct arena *a, const char *folder)
{
    struct messages *m = messages_new(a, NULL, NULL);
    struct document *d = read_tree(a, m, arena_printf(a, "%s/source.xhtml", folder));
    struct text css;
    const char *sheet = arena_printf(a, "%s/sheet.css", folder);
    if (!io_exists(sheet))
        sheet = arena_printf(a, "styles/%s.css", io_basename(folder));
    assert_int_equal(io_read(a, sheet, m, SEVERITY_USAGE, NULL, &css), 0);
    struct printing p = {.out = buf_new(a), .styles = styles_new(a, m)};
    styles_set_language(p.styles, "en");
    struct styles *bare = styles_new(a, m);
    xmlNode *loose = tree_element(d, NULL, ELEMENT_SPAN, NULL);
    p.initial = style_of(bare, loose, PSEUDO_NONE, NULL);
    tree_remove(loose);
    styles_add(p.styles, css, io_basename(sheet), io_directory(a, sheet));
    static const struct walker w = {enter, leave};
    tree_walk(d->root, &w, &p);
    buf_string(p.out, "---- pages\n");
    print_page(&p, "first", &(struct page_kind){.name = "", .first = true, .opening = true});
    print_page(&p, "left", &(struct page_kind){.name = "", .left = true});
    print_page(&p, "right", &(struct page_kind){.name = ""});
    print_page(&p, "chapter", &(struct page_kind){.name = "chapter", .first = true});
    buf_string(p.out, "---- e-book\n");
    styles_for_ebook(p.styles, p.out);
    buf_string(p.out, "---- messages\n");
    print_messages(p.out, m);
    return p.out;
}

static void write_file(const char *path, const struct buf *b)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(b->data, 1, b->length, f), b->length);
    assert_int_equal(fclose(f), 0);
}

static void check_case(const char *name)
{
    struct failure failure;
    struct arena *a = arena_new(&failure);
    const char *folder = arena_printf(a, "tests/style/%s", name);
    const char *expected = arena_printf(a, "%s/expected.txt", folder);
    struct buf *out = print_case(a, folder);
    if (getenv("BLESS"))
        write_file(expected, out);
    struct text known;
    assert_int_equal(io_read(a, expected, messages_new(a, NULL, NULL), SEVERITY_USAGE, NULL, &known), 0);
    if (!text_equal(known, buf_view(out)))
        print_message("%s differs; it is now:\n%s", expected, out->data);
    assert_true(text_equal(known, buf_view(out)));
    arena_free(a);
}

static int is_case(const struct dirent *e)
{
    return e->d_type == DT_DIR && e->d_name[0] != '.';
}

static void cases(void **state)
{
    struct dirent **list;
    (void)state;
    int count = scandir("tests/style", &list, is_case, alphasort);
    assert_true(count > 0);
    for (int i = 0; i < count; i++) {
        check_case(list[i]->d_name);
        free(list[i]);
    }
    free(list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(cases)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
