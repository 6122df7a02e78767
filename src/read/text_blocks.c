/* Lines become blocks. Lines that a program broke at a measure are told from lines that stand for themselves
 * by two signs: the next word would not have fitted, and the next line goes on in lower case. */
#include "base/utf8.h"
#include "read/text_joints.h"
#include "read/text_parts.h"

struct run {
    size_t first, count;
};

static bool empty(const struct line *l)
{
    return l->body.length == 0;
}

/* The next lines that follow each other without an empty one, at or after `*at`; `*blanks` counts the empty
 * ones before. */
static bool next_run(const struct text_parts *p, size_t *at, struct run *r, int *blanks)
{
    *blanks = 0;
    while (*at < p->line_count && empty(&p->lines[*at])) {
        ++*at;
        ++*blanks;
    }
    r->first = *at;
    while (*at < p->line_count && !empty(&p->lines[*at]) && p->lines[*at].quote == p->lines[r->first].quote)
        ++*at;
    r->count = *at - r->first;
    return r->count > 0;
}

static int first_word_width(const struct line *l)
{
    return count_chars(text_slice(l->body, 0, text_find(l->body, ' ', 0)));
}

/* Would the next line's first word still have fitted? By how much of the measure, 0 for not at all. */
static double slack(const struct line *l, int measure)
{
    int left = measure - l->width - l->indent - 1 - first_word_width(l + 1);
    return left < 0 || measure <= 0 ? 0 : (double)left / measure;
}

static bool goes_on_low(const struct line *next)
{
    size_t at = 0;
    return lower(char_at(next->body, &at));
}

struct shape {
    int boundaries, full, low, measure;
};

static void look_at(const struct text_parts *p, struct run r, int measure, struct shape *s)
{
    for (size_t i = r.first; i + 1 < r.first + r.count; i++) {
        s->boundaries++;
        s->full += slack(&p->lines[i], measure) == 0;
        s->low += goes_on_low(&p->lines[i + 1]);
    }
}

enum { WIDEST = 200 };

/* The width that 97 of 100 lines keep to, among those that another follows at once. */
static int usual_measure(const struct text_parts *p, int *multi, int *total)
{
    int widths[WIDEST + 1] = {0}, inner = 0, blanks;
    struct run r;
    for (size_t at = 0; next_run(p, &at, &r, &blanks);) {
        *total += (int)r.count;
        if (r.count > 1)
            *multi += (int)r.count;
        for (size_t i = r.first; i + 1 < r.first + r.count; i++, inner++) {
            int width = p->lines[i].width + p->lines[i].indent;
            widths[width > WIDEST ? WIDEST : width]++;
        }
    }
    int seen = 0, width = 0;
    while (width < WIDEST && (seen += widths[width]) * 100 < inner * 97)
        width++;
    return width;
}

/* A text without any line that could be a paragraph is verse. */
static bool all_short(const struct text_parts *p)
{
    for (size_t i = 0; i < p->line_count; i++)
        if (p->lines[i].width > 80)
            return false;
    return true;
}

static void find_measure(struct text_parts *p)
{
    int multi = 0, total = 0, blanks, runs = 0;
    struct shape s = {.measure = usual_measure(p, &multi, &total)};
    struct run r;
    for (size_t at = 0; next_run(p, &at, &r, &blanks); runs++)
        look_at(p, r, s.measure, &s);
    bool breaks = s.full * 10 >= s.boundaries * 7 || s.low * 2 >= s.boundaries ||
                  (s.low * 20 >= s.boundaries * 7 && s.full * 10 >= s.boundaries * 4);
    p->measure = s.measure;
    p->wrapped = s.boundaries >= 3 && s.low * 5 >= s.boundaries && s.measure >= 30 && s.measure <= 160 &&
                 multi * 2 >= total && breaks;
    p->spaced = p->wrapped || runs * 2 >= total || (runs >= 3 && all_short(p));
}

static bool breaks_words(const struct text_parts *p, struct run r)
{
    for (size_t i = r.first; i + 1 < r.first + r.count; i++)
        if (text_ends(p->lines[i].body, "-") && goes_on_low(&p->lines[i + 1]))
            return true;
    return false;
}

/* Is the run prose broken by hand, rather than lines that stand for themselves? */
static bool hand_broken(const struct text_parts *p, struct run r, int *measure)
{
    int widest = 0;
    for (size_t i = r.first; i < r.first + r.count; i++)
        widest =
            p->lines[i].width + p->lines[i].indent > widest ? p->lines[i].width + p->lines[i].indent : widest;
    *measure = p->wrapped ? p->measure : widest;
    struct shape s = {0};
    look_at(p, r, *measure, &s);
    struct shape own = {0};
    look_at(p, r, widest, &own);
    if (p->wrapped && s.boundaries >= 2 && s.full == 0 && own.full < own.boundaries && !breaks_words(p, r))
        return false; /* nothing made these lines end: verse */
    if (p->wrapped)
        return s.full * 3 >= s.boundaries || s.low * 2 > s.boundaries ? widest * 2 >= *measure : false;
    if (s.low == s.boundaries && widest >= 40 && widest <= 160)
        return true;
    return widest >= 45 && widest <= 160 && s.boundaries >= 2 &&
           ((s.full * 10 >= s.boundaries * 8 && s.low * 10 >= s.boundaries * 3) ||
            s.low * 10 >= s.boundaries * 6);
}

/* A line of marks only: 3 or more of - = * _ ~ # + • or — with spaces between; gives the mark. */
static char rule_mark(struct text t)
{
    int marks = 0;
    uint32_t mark = 0;
    for (size_t at = 0; at < t.length;) {
        uint32_t c = utf8_next(t, &at);
        if (wide_space(c))
            continue;
        if (!(c < 0x80
                  ? strchr("-=*_~#+.", (int)c) != NULL
                  : c == 0x2014 || c == 0x2022 || c == 0x2042 || c == 0x2015 || c == 0x2500 || c == 0x2550) ||
            (mark && c != mark))
            return 0;
        mark = c;
        marks += c == 0x2042 ? 3 : 1;
    }
    if (marks < 3 || mark == '.')
        return 0;
    return mark < 0x80 ? (char)mark : '~';
}

static struct block *add_block(struct text_parts *p, size_t line, size_t lines, int blanks)
{
    p->blocks = arena_room(p->arena, p->blocks, p->block_count, &p->block_capacity, sizeof *p->blocks);
    struct block *b = &p->blocks[p->block_count++];
    const struct line *l = &p->lines[line];
    *b = (struct block){.line = line,
                        .lines = lines,
                        .text = l->body,
                        .blanks = blanks,
                        .indent = l->indent,
                        .width = l->width,
                        .quote = l->quote};
    return b;
}

/* The block of lines [from, to), joined. */
static void add_lines(struct text_parts *p, const struct joints *j, size_t from, size_t to, int blanks)
{
    struct block *b = add_block(p, from, to - from, blanks);
    if (to - from > 1) {
        b->text = lines_join(p, j, from, to, &b->starts);
        for (size_t i = from; i < to; i++)
            b->width = p->lines[i].width > b->width ? p->lines[i].width : b->width;
    }
}

/* Is line `i + 1` a row of = or - that underlines line `i`? */
static char underlines(const struct text_parts *p, struct run r, size_t i)
{
    if (i + 1 >= r.first + r.count || p->lines[i].width > 150)
        return 0;
    struct text under = p->lines[i + 1].body;
    char mark = rule_mark(under);
    if ((mark != '=' && mark != '-' && mark != '~' && mark != '*') ||
        text_find(under, ' ', 0) < under.length || rule_mark(p->lines[i].body))
        return 0;
    int over = p->lines[i].width, width = p->lines[i + 1].width;
    return width * 2 >= over && width <= over * 2 + 4 ? (mark == '=' ? '=' : '-') : 0;
}

/* Does a way back in words end line `i`, perhaps broken from the line before: `Return to`, `text`? */
static bool ends_in_way_back(const struct text_parts *p, size_t from, size_t i)
{
    struct text now = p->lines[i].body;
    if (note_text_end(now, false) < now.length)
        return true;
    if (i == from || count_words(now) > 3)
        return false;
    struct text before = p->lines[i - 1].body;
    struct text both =
        text_of(arena_printf(p->arena, "%.*s %.*s", (int)before.length, before.at, (int)now.length, now.at));
    return note_text_end(both, false) < both.length;
}

/* Where hand-broken lines begin something new although no empty line says so. */
static bool begins(const struct text_parts *p, struct run r, size_t i, struct marker *last, int measure)
{
    const struct line *now = &p->lines[i], *before = now - 1;
    struct marker m = marker_parse(now->body);
    if (m.style != MARKER_NONE && last->style != MARKER_NONE && marker_follows(*last, m)) {
        *last = m;
        return true;
    }
    if (m.style == MARKER_BRACKET || m.style == MARKER_RAISED || m.style == MARKER_FOOTNOTE ||
        m.style == MARKER_DOT)
        if (sentence_end(before->body) && m.number == 1) {
            *last = m;
            return true;
        }
    bool numbered = m.style == MARKER_BARE || m.style == MARKER_GLUED, back = leads_back_at_end(before->body);
    if (back)
        *last = m;
    if (back)
        return true;
    if (numbered && m.style == last->style && m.number > last->number && m.number <= last->number + 3 &&
        (sentence_end(before->body) || ends_in_way_back(p, r.first, i - 1)) &&
        upper(first_char(text_slice(now->body, m.length, now->body.length)))) {
        *last = m;
        return true;
    }
    double left = slack(before, measure);
    if ((left > 0.4 || (left > 0.2 && sentence_end(before->body))) && !goes_on_low(now))
        return true;
    bool returns = i + 1 == r.first + r.count || p->lines[i + 1].indent < now->indent;
    return now->indent >= before->indent + 2 && now->indent <= before->indent + 10 && returns &&
           sentence_end(before->body) && !goes_on_low(now);
}

/* Does line `i` hang below the item that block [from, i) is? */
static bool hangs(const struct text_parts *p, size_t from, size_t i)
{
    const struct line *item = &p->lines[from], *now = &p->lines[i];
    return marker_parse(item->body).style != MARKER_NONE && marker_parse(now->body).style == MARKER_NONE &&
           now->indent >= item->indent + 2 && now->indent <= item->indent + 12;
}

/* Is it a row of a table, with another beside it? */
static bool row(const struct text_parts *p, size_t i)
{
    return table_cells(p->lines[i].body) && ((i > 0 && table_cells(p->lines[i - 1].body)) ||
                                             (i + 1 < p->line_count && table_cells(p->lines[i + 1].body)));
}

static bool stands_alone(const struct text_parts *p, size_t i)
{
    return row(p, i) || notes_head(p->lines[i].body) || rule_mark(p->lines[i].body);
}

static void run_blocks(struct text_parts *p, const struct joints *j, struct run r, int blanks)
{
    int measure = 0;
    bool joins = r.count > 1 && hand_broken(p, r, &measure);
    size_t end = r.first + r.count, from = r.first;
    struct marker last = marker_parse(p->lines[from].body);
    for (size_t i = r.first; i < end; i++) {
        char under = underlines(p, r, i);
        if (under || stands_alone(p, i)) {
            if (from < i)
                add_lines(p, j, from, i, blanks);
            blanks = from < i ? 0 : blanks;
            struct block *b = add_block(p, i, under ? 2 : 1, blanks);
            b->underline = under;
            b->kind = !under && rule_mark(b->text) ? BLOCK_RULE : BLOCK_PARAGRAPH;
            i += under ? 1 : 0;
            from = i + 1;
            blanks = 0;
            if (from < end)
                last = marker_parse(p->lines[from].body);
        } else if (i > from && (joins ? begins(p, r, i, &last, measure) : !hangs(p, from, i))) {
            add_lines(p, j, from, i, blanks);
            from = i;
            blanks = 0;
        }
    }
    if (from < end)
        add_lines(p, j, from, end, blanks);
}

void text_blocks(struct text_parts *p)
{
    find_measure(p);
    struct joints *j = joints_new(p);
    struct run r;
    int blanks;
    for (size_t at = 0; next_run(p, &at, &r, &blanks);)
        run_blocks(p, j, r, blanks);
    for (size_t i = 0; i < p->block_count; i++)
        p->blocks[i].marker = marker_parse(p->blocks[i].text);
}

/* ---- places */

struct place block_start(const struct text_parts *p, size_t block)
{
    const struct line *l = &p->lines[p->blocks[block].line];
    return (struct place){p->document->source_name, l->number, l->lead + 1};
}

struct place block_place(const struct text_parts *p, struct place_cursor *c, size_t block, size_t offset)
{
    const struct block *b = &p->blocks[block];
    if (c->block != block + 1 || c->offset > offset)
        *c = (struct place_cursor){block + 1, 0, 0, p->lines[b->line].lead + 1};
    while (b->starts && c->line + 1 < b->lines && b->starts[c->line + 1] <= offset) {
        c->line++;
        c->offset = b->starts[c->line];
        c->column = p->lines[b->line + c->line].lead + 1;
    }
    c->column += count_chars(text_slice(b->text, c->offset, offset));
    c->offset = offset;
    return (struct place){p->document->source_name, p->lines[b->line + c->line].number, c->column};
}
