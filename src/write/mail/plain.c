/* The plain text: paragraphs in lines of 72 columns, headings underlined, quotations behind "> ", notes
 * called [3] and spelled out at the end. */
#include "write/mail/plain.h"
#include "document/words.h"
#include "write/mail/headers.h"
#include "write/mail/letter.h"
#include <stdlib.h>

struct plain {
    const struct letter *l;
    struct cut_walk walk;
    struct lines *lines;
    struct buf *before;  /* size_t: the prefix's length before each open element that changed it */
    struct buf *numbers; /* long: the next number of each open ordered list */
    bool in_head;
    bool quiet; /* inside a table's cell, where a line never ends */
};

/* ---- what changes the prefix */

static void remember(struct plain *p, size_t length)
{
    buf_add(p->before, &length, sizeof length);
}

static void outdent(struct plain *p)
{
    size_t length;
    p->before->length -= sizeof length;
    memcpy(&length, p->before->data + p->before->length, sizeof length);
    lines_outdent(p->lines, length);
}

/* ---- inside the line */

static void add(struct plain *p, const char *s)
{
    buf_string(p->lines->text, s);
}

static bool is_web(const char *href)
{
    return strncmp(href, "http:", 5) == 0 || strncmp(href, "https:", 6) == 0 ||
           strncmp(href, "mailto:", 7) == 0;
}

/* An address that the text doesn't spell out follows it. */
static void add_address(struct plain *p, const xmlNode *a)
{
    const char *href = tree_get(a, "href");
    if (!href || !is_web(href))
        return;
    struct buf *label = buf_new(p->l->arena);
    tree_content(a, label);
    const char *bare = strchr(href, ':') + 1;
    bare += strspn(bare, "/");
    size_t length = strlen(bare);
    length -= length && bare[length - 1] == '/';
    struct text said = text_trim(buf_view(label));
    if (!text_is(said, href) && !text_equal(said, (struct text){bare, length}) && !text_is(said, bare)) {
        add(p, " <");
        add(p, href);
        add(p, ">");
    }
    buf_free(label);
}

static bool raised_number(const xmlNode *n)
{
    const xmlNode *c = n->children;
    if (!c || c->next || c->type != XML_TEXT_NODE)
        return false;
    for (const xmlChar *s = c->content; *s; s++)
        if (!ascii_digit((char)*s))
            return false;
    return true;
}

/* What stands before and behind an inline element's text. */
static const char *mark_of(const struct plain *p, enum element e)
{
    static const struct {
        enum element element;
        const char *mark;
    } marks[] = {{ELEMENT_EM, "*"}, {ELEMENT_I, "*"},    {ELEMENT_CITE, "*"}, {ELEMENT_STRONG, "**"},
                 {ELEMENT_B, "**"}, {ELEMENT_CODE, "`"}, {ELEMENT_KBD, "`"},  {ELEMENT_SAMP, "`"},
                 {ELEMENT_S, "~~"}, {ELEMENT_DEL, "~~"}, {ELEMENT_Q, "\""}};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0] && !p->in_head; i++)
        if (marks[i].element == e)
            return marks[i].mark;
    return "";
}

static bool has_class(const xmlNode *n, const char *name)
{
    return tree_has_word(n, "class", name);
}

static void add_picture(struct plain *p, const xmlNode *n)
{
    const char *alt = tree_get(n, "alt");
    if (!alt || !*alt)
        return;
    add(p, "[");
    lines_add(p->lines, text_of(alt));
    add(p, "]");
}

/* What held the arrow to the word before it. */
static void drop_space(struct buf *text)
{
    struct text t = buf_view(text);
    while (text_ends(t, " ") || text_ends(t, "\u00a0"))
        t.length -= text_ends(t, " ") ? 1 : 2;
    text->length = t.length;
}

static enum walk enter_inline(struct plain *p, const xmlNode *n, enum element e)
{
    add(p, mark_of(p, e));
    switch (e) {
    case ELEMENT_A:
        if (has_class(n, "backlink")) {
            drop_space(p->lines->text);
            return WALK_SKIP;
        }
        add(p, has_class(n, "noteref") ? "[" : "");
        break;
    case ELEMENT_SUP:
        add(p, raised_number(n) ? "^" : "");
        break;
    case ELEMENT_BR:
        add(p, p->quiet ? " " : "\n");
        break;
    case ELEMENT_IMG:
        add_picture(p, n);
        break;
    case ELEMENT_INPUT:
        add(p, tree_get(n, "checked") ? "[x] " : "[ ] ");
        break;
    case ELEMENT_RT:
        add(p, n->prev && tree_kind(n->prev) == ELEMENT_RP ? "" : "(");
        break;
    default:
        break;
    }
    return WALK_ON;
}

static void leave_inline(struct plain *p, const xmlNode *n, enum element e)
{
    if (e == ELEMENT_A && has_class(n, "noteref"))
        add(p, "]");
    else if (e == ELEMENT_A)
        add_address(p, n);
    else if (e == ELEMENT_RT && !(n->prev && tree_kind(n->prev) == ELEMENT_RP))
        add(p, ")");
    add(p, mark_of(p, e));
}

/* ---- blocks */

static void underline(struct plain *p, char with)
{
    size_t width = p->lines->widest;
    struct buf *b = buf_new(p->l->arena);
    while (width--)
        buf_byte(b, with);
    lines_verbatim(p->lines, buf_view(b));
    buf_free(b);
}

static void end_heading(struct plain *p, enum element e)
{
    p->in_head = false;
    if (lines_end(p->lines) && e <= ELEMENT_H2)
        underline(p, e == ELEMENT_H1 ? '=' : '-');
    lines_blank(p->lines, 1);
}

static void write_code(struct plain *p, const xmlNode *pre)
{
    struct buf *code = buf_new(p->l->arena);
    tree_content(pre, code);
    size_t before = lines_indent(p->lines, "    ");
    struct text rest = buf_view(code), line;
    if (text_ends(rest, "\n"))
        rest.length--;
    while (text_line(&rest, &line))
        lines_verbatim(p->lines, line);
    lines_outdent(p->lines, before);
    buf_free(code);
}

/* An ordered list counts its items; the number of the next stands on top of the stack. */
static void begin_list(struct plain *p, const xmlNode *list)
{
    const char *start = tree_get(list, "start");
    long number = start ? strtol(start, NULL, 10) : 1;
    buf_add(p->numbers, &number, sizeof number);
}

static long next_number(struct plain *p, const xmlNode *li)
{
    const char *value = tree_get(li, "value");
    long number;
    char *top = p->numbers->data + p->numbers->length - sizeof number;
    memcpy(&number, top, sizeof number);
    if (value)
        number = strtol(value, NULL, 10);
    long next = number + 1;
    memcpy(top, &next, sizeof next);
    return number;
}

static const char *item_label(struct plain *p, const xmlNode *li)
{
    const xmlNode *list = li->parent;
    if (tree_kind(list) != ELEMENT_OL)
        return has_class(list, "task-list") ? "" : "- ";
    const char *type = tree_get(list, "type");
    long number = next_number(p, li);
    if (type && (*type == 'a' || *type == 'A') && number >= 1 && number <= 26)
        return arena_printf(p->l->arena, "%c. ", (char)(*type + number - 1));
    return arena_printf(p->l->arena, "%ld. ", number);
}

static void begin_item(struct plain *p, const xmlNode *n)
{
    const char *label =
        cut_is_note(&p->walk, n) ? arena_printf(p->l->arena, "[%ld] ", p->walk.counted) : item_label(p, n);
    remember(p, lines_label(p->lines, label));
}

static void centre(struct plain *p, const char *s)
{
    size_t prefix = lines_columns(buf_view(p->lines->prefix)), width = strlen(s);
    size_t before = prefix + width < LINES_MEASURE ? (LINES_MEASURE - prefix - width) / 2 : 0;
    lines_verbatim(p->lines, text_of(arena_printf(p->l->arena, "%*s%s", (int)before, "", s)));
}

static bool holds_paragraphs(const xmlNode *n)
{
    for (const xmlNode *c = n->children; c; c = c->next)
        if (tree_kind(c) == ELEMENT_P)
            return true;
    return false;
}

/* Space before and behind a block, in empty lines. */
static int space_around(const xmlNode *n, enum element e)
{
    if (element_is(e, ELEMENT_IS_HEADING))
        return has_class(n, "title") ? 1 : 2;
    if (e == ELEMENT_LI)
        return holds_paragraphs(n);
    if (e == ELEMENT_UL || e == ELEMENT_OL)
        return tree_kind(n->parent) != ELEMENT_LI;
    if (e == ELEMENT_DT || e == ELEMENT_DD || has_class(n, "date") || has_class(n, "publisher"))
        return 0;
    return 1;
}

/* The chapter that a list of notes belongs to. */
static void write_label(struct plain *p, const xmlNode *list)
{
    const char *label = cut_label(&p->walk, list);
    if (!label)
        return;
    lines_add(p->lines, text_of(label));
    lines_end(p->lines);
    lines_blank(p->lines, 1);
}

static enum walk enter_block(struct plain *p, xmlNode *n, enum element e)
{
    lines_end(p->lines);
    lines_blank(p->lines, space_around(n, e));
    p->in_head = p->in_head || element_is(e, ELEMENT_IS_HEADING);
    switch (e) {
    case ELEMENT_BLOCKQUOTE:
        remember(p, lines_indent(p->lines, "> "));
        break;
    case ELEMENT_DD:
        remember(p, lines_indent(p->lines, "    "));
        break;
    case ELEMENT_LI:
        begin_item(p, n);
        break;
    case ELEMENT_OL:
        write_label(p, n);
        begin_list(p, n);
        break;
    case ELEMENT_HR:
        centre(p, "* * *");
        break;
    case ELEMENT_PRE:
        write_code(p, n);
        lines_blank(p->lines, 1);
        return WALK_SKIP;
    case ELEMENT_TABLE:
        plain_table(p->l, n, p->lines);
        lines_blank(p->lines, 1);
        return WALK_SKIP;
    default:
        break;
    }
    return WALK_ON;
}

static void leave_block(struct plain *p, const xmlNode *n, enum element e)
{
    if (element_is(e, ELEMENT_IS_HEADING)) {
        end_heading(p, e);
        return;
    }
    lines_end(p->lines);
    if (e == ELEMENT_BLOCKQUOTE || e == ELEMENT_DD || e == ELEMENT_LI)
        outdent(p);
    if (e == ELEMENT_OL)
        p->numbers->length -= sizeof(long);
    lines_blank(p->lines, space_around(n, e));
}

/* ---- the walk */

static void lead_on(struct plain *p)
{
    const char *link = p->l->o->link, *language = p->l->d->meta.language;
    lines_end(p->lines);
    lines_blank(p->lines, 1);
    add(p, word_in(language, link ? WORD_CONTINUE : WORD_ATTACHED));
    if (link)
        add(p, arena_printf(p->l->arena, ":\n%s", link));
    lines_end(p->lines);
    lines_blank(p->lines, 1);
}

static enum walk enter(xmlNode *n, void *user)
{
    struct plain *p = user;
    if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) {
        lines_add(p->lines, text_of((const char *)n->content));
        return WALK_ON;
    }
    if (n->type != XML_ELEMENT_NODE)
        return WALK_SKIP;
    enum cut_turn turn = cut_enter(&p->walk, n);
    if (turn == CUT_HERE)
        lead_on(p);
    if (turn != CUT_WRITE)
        return WALK_SKIP;
    enum element e = tree_kind(n);
    bool block = element_is(e, ELEMENT_IS_BLOCK);
    if (block && p->quiet) {
        lines_add(p->lines, TEXT(" "));
        return WALK_ON;
    }
    return block ? enter_block(p, n, e) : enter_inline(p, n, e);
}

static void leave(xmlNode *n, void *user)
{
    struct plain *p = user;
    enum element e = tree_kind(n);
    if (!element_is(e, ELEMENT_IS_BLOCK))
        leave_inline(p, n, e);
    else if (!p->quiet)
        leave_block(p, n, e);
    cut_leave(&p->walk, n);
}

static const struct walker walker = {enter, leave};

const char *plain_cell(const struct letter *l, xmlNode *cell)
{
    static const struct cut all;
    struct arena *a = l->arena;
    struct plain p = {.l = l, .walk = {.cut = &all}, .lines = lines_new(a, buf_new(a)), .quiet = true};
    for (xmlNode *c = cell->children; c; c = c->next)
        tree_walk(c, &walker, &p);
    return text_copy(a, text_trim(buf_view(p.lines->text)));
}

static void write_link(struct plain *p, enum word word, const char *link)
{
    if (!link)
        return;
    add(p, arena_printf(p->l->arena, "%s:\n%s", word_in(p->l->d->meta.language, word), link));
    lines_end(p->lines);
    lines_blank(p->lines, 1);
}

void plain_write(const struct letter *l, struct buf *out)
{
    struct plain p = {.l = l,
                      .walk = {.cut = &l->cut},
                      .lines = lines_new(l->arena, out),
                      .before = buf_new(l->arena),
                      .numbers = buf_new(l->arena)};
    tree_walk(l->d->body, &walker, &p);
    lines_blank(p.lines, 2);
    write_link(&p, WORD_DOWNLOADS, l->linked ? l->o->link : NULL);
    write_link(&p, WORD_ON_WEB, l->linked ? NULL : l->o->link);
    write_link(&p, WORD_UNSUBSCRIBE, headers_leave(l));
}
