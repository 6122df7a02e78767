/* What other dialects of Markdown have and authors carry over. What means the same whoever reads it is taken:
 * line blocks, page breaks, alerts, captions. What octavo has no answer to stays as it is written and is
 * named in a message, once for each kind. */
#include "read/markdown_build.h"
#include "read/places.h"
#include <limits.h>

/* ---- the text of a leaf block */

/* Its text nodes one behind the other, a line end for each break; code and tags are left out. */
static struct text text_of_block(struct markdown *m, const cmark_node *block)
{
    struct buf *b = buf_new(m->work);
    for (const cmark_node *n = block->first_child; n; n = n->next) {
        if (n->type == CMARK_NODE_TEXT)
            buf_text(b, markdown_chunk(m, &n->as.literal));
        else
            buf_byte(b, n->type == CMARK_NODE_SOFTBREAK || n->type == CMARK_NODE_LINEBREAK ? '\n' : '\1');
    }
    struct text t = {arena_copy(m->work, b->data ? b->data : "", b->length), b->length};
    buf_free(b);
    return t;
}

static void take_from(cmark_node *text, bufsize_t bytes)
{
    text->as.literal.data += bytes;
    text->as.literal.len -= bytes;
}

static bool breaks_line(const cmark_node *n)
{
    return n->type == CMARK_NODE_SOFTBREAK || n->type == CMARK_NODE_LINEBREAK;
}

/* ---- pandoc's line blocks: each line behind a bar */

static bool line_block(struct text t)
{
    struct text line;
    size_t lines = 0, closed = 0;
    while (text_line(&t, &line)) {
        line = text_trim(line);
        if (!line.length || line.at[0] != '|' || (line.length > 1 && line.at[1] != ' '))
            return false;
        closed += line.length > 1 && line.at[line.length - 1] == '|';
        lines++;
    }
    return lines && closed * 2 <= lines; /* else the rows of a table that isn't one */
}

/* The bar goes; blanks behind its first indent the line and can't break. */
static void take_bar(struct markdown *m, cmark_node *text)
{
    struct text t = markdown_chunk(m, &text->as.literal);
    size_t at = t.length > 1 ? 2 : 1, blanks = 0;
    while (at + blanks < t.length && t.at[at + blanks] == ' ')
        blanks++;
    struct buf *b = buf_new(m->work);
    for (size_t i = 0; i < blanks; i++)
        buf_utf8(b, 0xA0);
    buf_text(b, text_slice(t, at + blanks, t.length));
    text->as.literal = (cmark_chunk){(unsigned char *)arena_copy(m->work, b->data ? b->data : "", b->length),
                                     (bufsize_t)b->length, 0};
    buf_free(b);
}

static void mark_paragraph(struct markdown *m, cmark_node *n, enum mark_kind kind)
{
    struct mark *mark = arena_alloc(m->work, sizeof *mark);
    mark->kind = kind;
    n->user_data = mark;
}

static void take_line_block(struct markdown *m, cmark_node *paragraph)
{
    bool begins = true;
    for (cmark_node *n = paragraph->first_child; n; n = n->next) {
        if (begins && n->type == CMARK_NODE_TEXT)
            take_bar(m, n);
        begins = breaks_line(n);
        if (begins)
            n->type = CMARK_NODE_LINEBREAK;
    }
    mark_paragraph(m, paragraph, MARK_VERSE);
}

/* ---- verse that is written with a break at the end of each line */

static size_t characters(struct text t)
{
    size_t n = 0;
    for (size_t i = 0; i < t.length; i++)
        n += (t.at[i] & 0xC0) != 0x80;
    return n;
}

/* Three short lines or more, each ended by a break. Below a name in bold stands what an address or a
 * character of a play says. */
static bool is_broken_verse(const cmark_node *n, struct text t)
{
    enum { LINES_LEAST = 3, LINE_MOST = 72 /* characters */ };
    size_t breaks = 0;
    bool apart = n->parent->type == CMARK_NODE_DOCUMENT || n->parent->type == CMARK_NODE_BLOCK_QUOTE;
    if (!apart || n->first_child->type == CMARK_NODE_STRONG)
        return false;
    for (const cmark_node *c = n->first_child; c; c = c->next) {
        if (c->type == CMARK_NODE_SOFTBREAK || c->type == CMARK_NODE_IMAGE)
            return false;
        breaks += c->type == CMARK_NODE_LINEBREAK;
    }
    for (struct text line; text_line(&t, &line);)
        if (characters(line) > LINE_MOST)
            return false;
    return breaks + 1 >= LINES_LEAST;
}

/* ---- page breaks and lists of contents */

static bool breaks_page(struct text t)
{
    static const char *const words[] = {
        "\\pagebreak",   "\\newpage",         "\\clearpage", "\\cleardoublepage",
        "{{pagebreak}}", "{{< pagebreak >}}", NULL};
    return text_among(t, words);
}

static bool asks_for_contents(struct text t)
{
    static const char *const words[] = {"[TOC]",     "[toc]",  "[[TOC]]",           "[[toc]]",
                                        "[[_TOC_]]", "{:toc}", "\\tableofcontents", NULL};
    return text_among(t, words);
}

/* ---- GitHub's alerts: a quotation that begins [!NOTE] */

static void take_alert(struct markdown *m, cmark_node *paragraph, struct text t)
{
    static const char *const kinds[] = {"note", "tip", "important", "warning", "caution", NULL};
    struct text first = text_slice(t, 0, text_find(t, '\n', 0));
    cmark_node *quote = paragraph->parent;
    if (!text_starts(first, "[!") || !text_ends(text_trim(first), "]") || paragraph->prev)
        return;
    struct text name = text_slice(first, 2, text_find(first, ']', 0));
    for (const char *const *k = kinds; *k; k++) {
        if (!text_is_nocase(name, *k))
            continue;
        cmark_node *n = paragraph->first_child;
        while (n->next && !breaks_line(n->next))
            cmark_node_unlink(n->next);
        char *word = arena_string(m->work, *k);
        word[0] = (char)(word[0] - 'a' + 'A');
        n->as.literal = (cmark_chunk){(unsigned char *)word, (bufsize_t)strlen(word), 0};
        if (n->next)
            n->next->type = CMARK_NODE_LINEBREAK;
        struct mark *mark = arena_alloc(m->work, sizeof *mark);
        mark->kind = MARK_ALERT;
        mark->attributes = attributes_class(m->work, text_of(*k));
        quote->user_data = mark;
        cmark_node *strong = cmark_node_new_with_mem(CMARK_NODE_STRONG, markdown_memory());
        strong->start_line = n->start_line;
        strong->start_column = n->start_column;
        cmark_node_insert_before(n, strong);
        cmark_node_append_child(strong, n);
        return;
    }
}

/* ---- captions before or behind a table: `Table: …` */

static void take_caption(struct markdown *m, cmark_node *paragraph, struct text t)
{
    cmark_node *tables[] = {paragraph->prev, paragraph->next};
    if (!text_starts(t, "Table: ") || paragraph->first_child->as.literal.len < 7)
        return;
    for (size_t i = 0; i < 2; i++) {
        cmark_node *table = tables[i];
        if (!table || table->extension != m->table || table->user_data)
            continue;
        take_from(paragraph->first_child, 7);
        paragraph->type = CMARK_NODE_CUSTOM_BLOCK;
        mark_node(m, m->blocks, paragraph, MARK_CAPTION);
        table->user_data = paragraph;
        if (i == 1) {
            cmark_node_unlink(paragraph);
            cmark_node_insert_after(table, paragraph);
        }
        return;
    }
}

/* ---- lists that CommonMark has none of: `a.`, `(1)`, `#.` at the lines' beginnings */

/* The number that a line's mark counts, and its style; 0 when it has none. */
static int counted(struct text line, char *style)
{
    size_t at = line.length && line.at[0] == '(' ? 1 : 0, from = at;
    if (at >= line.length)
        return 0;
    int n = line.at[at] == '#' ? -1 : ascii_alpha(line.at[at]) ? ascii_lower(line.at[at]) - 'a' + 1 : 0;
    *style = line.at[at] == '#' ? '#' : 'a';
    at += n != 0;
    while (!n && at < line.length && ascii_digit(line.at[at]) && at - from < 4) {
        *style = '1';
        at++;
    }
    for (size_t i = from; *style == '1' && i < at; i++)
        n = n * 10 + (line.at[i] - '0');
    bool closed = at + 1 < line.length && (line.at[at] == ')' || (line.at[at] == '.' && from == 0));
    return closed && line.at[at + 1] == ' ' ? n : 0;
}

/* Lines that go on counting, from the first such line of the block on, are kept apart. Gives the second of
 * them; empty when there are none. */
static struct text keep_lines(struct text t, cmark_node *block)
{
    struct text line, rest = t;
    char style = 0, before = 0;
    int number = 0;
    struct text kept = {t.at, 0};
    cmark_node *n = block->first_child, *broken = NULL, *last = NULL;
    while (text_line(&rest, &line)) {
        int here = counted(line, &style);
        bool follows = here && style == before && (here == number + 1 || here == -1);
        if (follows && broken)
            broken->type = CMARK_NODE_LINEBREAK;
        if (follows && last && number == 1)
            last->type = CMARK_NODE_LINEBREAK;
        if (follows && !kept.length)
            kept = line;
        number = here;
        before = here ? style : 0;
        while (n && !breaks_line(n))
            n = n->next;
        last = broken;
        broken = n;
        n = n ? n->next : NULL;
    }
    return kept;
}

/* ---- what is named in a message */

enum habit {
    CITATION,
    FORMULA,
    COMMAND,
    SHORTCODE,
    WIKILINK,
    EMOJI,
    ABBREVIATION,
    LETTERED_LIST,
    DRAWN_TABLE,
    SPACED_TABLE,
    CLOSE_HEADING,
    HABITS
};

static const struct {
    const char *what, *help, *becomes; /* NULL: it stays */
} habits[HABITS] = {
    [CITATION] = {"a citation as pandoc has them", "Write the reference, or put it into a note"},
    [FORMULA] = {"a formula in TeX", "Write it as MathML, or as a picture with a description"},
    [COMMAND] = {"a command of TeX", "Write what it stands for"},
    [SHORTCODE] = {"a short code of a web site's program", "Write what it stands for"},
    [WIKILINK] = {"a link between notes of a wiki", "Write [text](address)"},
    [EMOJI] = {"a code for an emoji", "Write the character itself"},
    [ABBREVIATION] = {"the long form of an abbreviation", "Write <abbr title=\"…\">, or say it in the text"},
    [LETTERED_LIST] = {"an item of a list with marks that CommonMark doesn't have",
                       "Number the items by 1., 2. and so on"},
    [DRAWN_TABLE] = {"a table drawn with lines as pandoc has them",
                     "Write its rows as | a | b |, with |---|---| below the first"},
    [SPACED_TABLE] = {"the line of dashes in a table whose columns are set off by blanks",
                      "Write its rows as | a | b |, with |---|---| below the first",
                      "is read as a break between paragraphs"},
    [CLOSE_HEADING] = {"a heading", "Put a space behind its #"},
};

struct telling {
    struct markdown *m;
    bool told[HABITS];
};

static void tell(struct telling *t, enum habit h, const cmark_node *block, struct text seen)
{
    struct place where = markdown_place(t->m, block);
    if (t->told[h])
        return;
    t->told[h] = true;
    size_t end = seen.length > 60 ? 60 : seen.length;
    while (end > 0 && end < seen.length && ((unsigned char)seen.at[end] & 0xC0) == 0x80)
        end--;
    message(t->m->document->messages, SEVERITY_WARNING, "markdown.dialect", &where,
            "“%.*s” looks like %s, and %s. %s.", (int)end, seen.at, habits[h].what,
            habits[h].becomes ? habits[h].becomes : "stays in the text as it is written", habits[h].help);
}

/* The offset behind `close`, on the same line and not far; 0 when it isn't there. */
static size_t closed_by(struct text t, size_t from, const char *close)
{
    size_t n = strlen(close);
    for (size_t i = from; i + n <= t.length && i < from + 200 && t.at[i] != '\n'; i++)
        if (memcmp(t.at + i, close, n) == 0)
            return i + n;
    return 0;
}

/* Pandoc's rule: no blank inside the dollars, no digit behind; and something that money hasn't. */
static size_t formula(struct text t, size_t at)
{
    bool display = at + 1 < t.length && t.at[at + 1] == '$';
    size_t from = at + (display ? 2 : 1), end = closed_by(t, from, display ? "$$" : "$");
    if (!end || from >= t.length || (!display && ascii_space(t.at[from])) || end - from < (display ? 3u : 2u))
        return 0;
    size_t close = end - (display ? 2 : 1);
    bool money = !display && (ascii_space(t.at[close - 1]) || (end < t.length && ascii_digit(t.at[end])));
    for (size_t i = from; i < close && !money; i++)
        if (strchr("\\^_={}+<>", t.at[i]))
            return end;
    return !money && close - from == 1 && ascii_alpha(t.at[from]) ? end : 0;
}

static size_t command(struct text t, size_t at)
{
    size_t end = at + 1;
    while (end < t.length && ascii_alpha(t.at[end]))
        end++;
    return end > at + 2 && end < t.length && t.at[end] == '{' ? closed_by(t, end, "}") : 0;
}

static size_t emoji(struct text t, size_t at)
{
    size_t end = at + 1;
    if (at && !ascii_space(t.at[at - 1]))
        return 0;
    while (end < t.length && (ascii_alpha(t.at[end]) || ascii_digit(t.at[end]) || strchr("_+-", t.at[end])))
        end++;
    return end > at + 2 && end < t.length && t.at[end] == ':' && ascii_alpha(t.at[at + 1]) ? end + 1 : 0;
}

static size_t citation(struct text t, size_t at)
{
    size_t name = at + 1 + (at + 1 < t.length && t.at[at + 1] == '-');
    bool cites =
        name + 1 < t.length && t.at[name] == '@' && (ascii_alpha(t.at[name + 1]) || t.at[name + 1] == '{');
    return cites ? closed_by(t, at, "]") : 0;
}

/* What begins at `at`: gives the offset behind it and says what it is. */
static size_t habit_at(struct text t, size_t at, enum habit *h)
{
    struct text rest = text_slice(t, at, t.length);
    size_t end = 0;
    switch (t.at[at]) {
    case '[':
        *h = text_starts(rest, "[[") ? WIKILINK : CITATION;
        end = *h == WIKILINK ? closed_by(t, at, "]]") : citation(t, at);
        return *h == WIKILINK && end == at + 4 ? 0 : end;
    case '$':
        *h = FORMULA;
        return formula(t, at);
    case '\\':
        *h = COMMAND;
        return command(t, at);
    case '{':
        *h = SHORTCODE;
        return text_starts(rest, "{{<")  ? closed_by(t, at, ">}}")
               : text_starts(rest, "{%") ? closed_by(t, at, "%}")
                                         : 0;
    case ':':
        *h = EMOJI;
        return emoji(t, at);
    case '*':
        *h = ABBREVIATION;
        end = text_starts(rest, "*[") && (!at || t.at[at - 1] == '\n') ? closed_by(t, at, "]: ") : 0;
        return end ? at + text_find(rest, '\n', 0) : 0;
    default:
        return 0;
    }
}

static void tell_habits(struct telling *tells, const cmark_node *block, struct text t)
{
    for (size_t at = 0; at < t.length;) {
        enum habit h = HABITS;
        size_t end = strchr("[$\\{:*", t.at[at]) ? habit_at(t, at, &h) : 0;
        if (end)
            tell(tells, h, block, text_slice(t, at, end));
        at = end ? end : at + 1;
    }
}

/* ---- blocks that CommonMark takes for something else */

/* The rule above the first row: `+-----+=====+`. */
static bool is_drawn_table(struct text t)
{
    struct text line;
    bool rule = text_line(&t, &line) && line.length > 4 && text_starts(line, "+") && text_ends(line, "+");
    for (size_t i = 0; rule && i < line.length; i++)
        rule = strchr("+-=:", line.at[i]) != NULL;
    return rule && text_starts(text_trim(t), "|");
}

/* One line, `#Like this`; not `#1`, nor several words that are marked so. */
static bool is_close_heading(struct text t)
{
    size_t at = 0;
    while (at < t.length && t.at[at] == '#')
        at++;
    size_t end = t.length;
    while (end > at && t.at[end - 1] == '#')
        end--;
    bool letter = at < end && (ascii_alpha(t.at[at]) || (t.at[at] & 0x80));
    bool titled = at > 1 || end < t.length || text_find(t, ' ', 0) < t.length;
    return at > 0 && at <= 6 && letter && titled && text_find(t, '\n', 0) == t.length &&
           text_find(t, '#', at) >= end;
}

/* A break of the text right below a line of words or above one of code, that a table's dashes have become. */
static bool is_spaced_rule(const struct markdown *m, const cmark_node *n)
{
    enum { LEAST = 12 }; /* `* * *` between two lines is a break */
    const cmark_node *above = n->prev, *below = n->next;
    bool heads = above && above->type == CMARK_NODE_PARAGRAPH && above->end_line + 1 == n->start_line;
    bool rows = below && below->start_line == n->end_line + 1 &&
                (below->type == CMARK_NODE_CODE_BLOCK || below->type == CMARK_NODE_PARAGRAPH);
    return heads && rows && places_at(m->places, n->start_line, INT_MAX).column > LEAST;
}

/* ---- the pass */

static void look_at_paragraph(struct telling *tells, cmark_node *n, struct text t)
{
    struct markdown *m = tells->m;
    if (line_block(t)) {
        take_line_block(m, n);
    } else if (breaks_page(text_trim(t))) {
        mark_paragraph(m, n, MARK_PAGE_BREAK);
    } else if (asks_for_contents(text_trim(t))) {
        struct place where = markdown_place(m, n);
        message(m->document->messages, SEVERITY_NOTE, "markdown.dialect", &where,
                "“%.*s” asks for a list of contents, which every book gets; it is left out here.",
                (int)text_trim(t).length, text_trim(t).at);
        mark_paragraph(m, n, MARK_LEFT_OUT);
    } else {
        if (n->parent && n->parent->type == CMARK_NODE_BLOCK_QUOTE)
            take_alert(m, n, t);
        take_caption(m, n, t);
        if (is_drawn_table(t))
            tell(tells, DRAWN_TABLE, n, text_slice(t, 0, text_find(t, '\n', 0)));
        if (is_close_heading(t))
            tell(tells, CLOSE_HEADING, n, t);
        struct text item = keep_lines(t, n);
        if (item.length)
            tell(tells, LETTERED_LIST, n, item);
    }
}

static bool is_leaf_block(const cmark_node *n)
{
    return n->type == CMARK_NODE_PARAGRAPH || n->type == CMARK_NODE_HEADING;
}

void markdown_dialects(struct markdown *m)
{
    struct telling tells = {.m = m};
    cmark_iter *iter = cmark_iter_new(m->root);
    for (cmark_event_type e; (e = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *n = cmark_iter_get_node(iter);
        if (e == CMARK_EVENT_ENTER && n->type == CMARK_NODE_THEMATIC_BREAK && is_spaced_rule(m, n))
            tell(&tells, SPACED_TABLE, n, TEXT("---  ---"));
        if (e != CMARK_EVENT_EXIT || !is_leaf_block(n) || !n->first_child)
            continue;
        struct text t = text_of_block(m, n);
        tell_habits(&tells, n, t);
        if (n->type == CMARK_NODE_PARAGRAPH && is_broken_verse(n, t))
            mark_paragraph(m, n, MARK_VERSE);
        else if (n->type == CMARK_NODE_PARAGRAPH && n->first_child->type == CMARK_NODE_TEXT)
            look_at_paragraph(&tells, n, t);
    }
    cmark_iter_free(iter);
}
