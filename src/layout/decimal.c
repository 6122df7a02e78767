#include "layout/decimal.h"
#include "base/utf8.h"
#include "layout/atoms.h"
#include "layout/flow.h"
#include "layout/setter.h"
#include <math.h>
#include <unicode/uchar.h>

/* A cell's number. */
struct figure {
    struct paragraph *paragraph;
    struct block *block; /* that it is */
    uint32_t column;
    bool to_left;
    uint32_t first, last;       /* its digits, and the marks between them: bytes of the text */
    float before_pt, behind_pt; /* the width of what is before and behind the decimal mark's place */
};

/* What a column's body holds. */
struct figures {
    uint32_t cells, numbers;
    bool points, commas;        /* used in a manner in which only a decimal mark is */
    char mark;                  /* that the style names; 0: none */
    float before_pt, behind_pt; /* the widest */
};

enum { NUMBERS_LEAST = 2, NUMBER_LONGEST = 40, UNIT_LONGEST = 3 };

/* Languages whose decimal mark is a point; others have a comma (CLDR, numbers). */
static const char *const point_languages[] = {"en", "zh", "ja", "ko", "th", "he",
                                              "hi", "ga", "cy", "mt", "la", "ms"};

static char mark_of(const char *language)
{
    for (size_t i = 0; i < sizeof point_languages / sizeof point_languages[0]; i++)
        if (language && strncmp(language, point_languages[i], 2) == 0 && !ascii_alpha(language[2]))
            return '.';
    return language && *language ? ',' : '.';
}

/* ---- is it a number? */

static bool groups(uint32_t c)
{
    return c == '.' || c == ',' || c == '\'' || c == 0x2019 || c == 0x2009 || c == 0x202F || c == 0xA0;
}

static bool digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* A sign, a currency, a space, a bracket. */
static bool leads(uint32_t c)
{
    int8_t type = u_charType((UChar32)c);
    return type == U_CURRENCY_SYMBOL || type == U_MATH_SYMBOL || type == U_DASH_PUNCTUATION ||
           type == U_SPACE_SEPARATOR || c == '(';
}

/* The text without the note calls at its end. */
static struct text uncalled(const struct paragraph *p)
{
    uint32_t length = p->length;
    for (uint32_t i = p->span_count; i > 0 && p->spans[i - 1].call; i--)
        length = p->spans[i - 1].start;
    return text_trim((struct text){p->text, length});
}

/* Where a number ends that begins at `from`: digits, in groups of three but for the first and last (dates are
 * none); `from` when it is none. */
static size_t digits_end(struct text t, size_t from)
{
    size_t end = from, at = from;
    int in_group = 0, marks = 0;
    while (at < t.length) {
        uint32_t c = utf8_next(t, &at);
        if (digit(c)) {
            in_group++;
            end = at;
        } else if (!groups(c)) {
            break;
        } else {
            if (marks++ && in_group != 3)
                return from;
            in_group = 0;
        }
    }
    return end;
}

/* Finds the digits of a number that is the whole text but for its sign and unit. */
static bool find_number(struct text t, const char *start, struct figure *f)
{
    size_t at = 0, before = 0;
    uint32_t c = 0;
    while (at < t.length && !digit(c = utf8_next(t, &at))) {
        if (leads(c))
            before = at;
        else if (c != '.' && c != ',')
            return false;
    }
    size_t end = digit(c) ? digits_end(t, before) : before;
    if (end == before || end - before > NUMBER_LONGEST)
        return false;
    int rest = 0;
    for (at = end; at < t.length; rest++)
        if (digit(utf8_next(t, &at)))
            return false;
    f->first = (uint32_t)(t.at + before - start);
    f->last = (uint32_t)(t.at + end - start);
    return rest <= UNIT_LONGEST;
}

/* No number and no word either: an empty cell, a dash, dots. */
static bool says_nothing(struct text t)
{
    for (size_t at = 0; at < t.length;)
        if (u_isalnum((UChar32)utf8_next(t, &at)))
            return false;
    return true;
}

/* ---- the decimal mark */

/* Does a mark stand where only a decimal one can: not before three digits, or as the last of two kinds? */
static bool is_decimal(struct text t, size_t at)
{
    size_t digits = 0;
    while (at + 1 + digits < t.length && ascii_digit(t.at[at + 1 + digits]))
        digits++;
    char other = t.at[at] == '.' ? ',' : '.';
    bool last = text_find(t, other, at + 1) == t.length && text_find(t, t.at[at], at + 1) == t.length;
    return last && (digits != 3 || text_find(t, other, 0) < at);
}

static void see_marks(struct figures *c, struct text number)
{
    for (size_t i = 0; i < number.length; i++) {
        if (number.at[i] == '.')
            c->points |= is_decimal(number, i);
        else if (number.at[i] == ',')
            c->commas |= is_decimal(number, i);
    }
}

static char decimal_mark(const struct figures *c, const char *language)
{
    if (c->mark)
        return c->mark;
    if (c->points != c->commas)
        return c->points ? '.' : ',';
    return mark_of(language);
}

/* ---- the column */

static struct text number_text(const struct figure *f)
{
    return (struct text){f->paragraph->text + f->first, f->last - f->first};
}

static bool to_left(const struct style *s)
{
    return s->align == ALIGN_LEFT || s->align == ALIGN_START;
}

/* The only paragraph of a cell in a table's body that stands in one column, when it is set to a side. */
static struct paragraph *lone_paragraph(const struct table *t, const struct cell *c)
{
    if (c->columns > 1 || c->row >= t->row_count || t->rows[c->row].head || c->content->count != 1 ||
        c->content->blocks[0].kind != BLOCK_PARAGRAPH)
        return NULL;
    struct paragraph *p = c->content->blocks[0].paragraph;
    bool to_right = p->style->align == ALIGN_RIGHT || p->style->align == ALIGN_END;
    return to_right || to_left(p->style) ? p : NULL;
}

static uint32_t find_figures(const struct table *t, struct figures *columns, struct figure *figures)
{
    uint32_t count = 0;
    for (const struct cell *c = t->cells; c; c = c->next) {
        struct paragraph *p = lone_paragraph(t, c);
        if (!p)
            continue;
        struct figures *column = &columns[c->column];
        struct figure f = {.paragraph = p,
                           .block = &c->content->blocks[0],
                           .column = c->column,
                           .to_left = to_left(p->style)};
        struct text text = uncalled(p);
        if (find_number(text, p->text, &f)) {
            see_marks(column, number_text(&f));
            column->mark = p->style->align_mark ? (char)p->style->align_mark : column->mark;
            column->numbers++;
            figures[count++] = f;
        }
        column->cells += !says_nothing(text);
    }
    return count;
}

/* The widths before and behind a place in a paragraph's text. */
static void measure_figure(struct setter *s, struct figure *f, uint32_t offset)
{
    struct paragraph *p = f->paragraph;
    arena_reset(s->scratch);
    float width = p->width_pt;
    p->width_pt = 1e6f; /* nothing is too wide for its line here */
    const struct atoms *atoms = atoms_make(s, p);
    p->width_pt = width;
    double all = 0, behind = 0;
    for (uint32_t i = 0; i < atoms->count; i++) {
        const struct atom *a = &atoms->atoms[i];
        all += (double)a->width_pt;
        if (a->start >= offset)
            behind += (double)a->width_pt;
        else if (a->end > offset && a->kind == ATOM_WORD)
            behind += shaped_width(atom_part(s, p, a, offset, a->end), a->span);
    }
    f->before_pt = (float)(all - behind);
    f->behind_pt = (float)behind;
}

static bool is_of_figures(const struct figures *c)
{
    return c->numbers >= NUMBERS_LEAST && c->numbers * 5 >= c->cells * 4;
}

/* Numbers to the right stand away from it by what they have less behind the mark; those to the left by what
 * they have less before it. */
static void shift_figure(const struct figure *f, const struct figures *c)
{
    float shift = f->to_left ? c->before_pt - f->before_pt : c->behind_pt - f->behind_pt;
    f->paragraph->width_pt -= shift;
    if (f->to_left)
        f->block->x_pt += shift;
}

void table_align_figures(struct setter *s, struct table *t)
{
    uint32_t cells = 0;
    for (const struct cell *c = t->cells; c; c = c->next)
        cells++;
    struct figures *columns = arena_array(s->arena, t->columns, sizeof *columns);
    struct figure *figures = arena_array(s->arena, cells ? cells : 1, sizeof *figures);
    uint32_t count = find_figures(t, columns, figures);
    for (uint32_t i = 0; i < count; i++) {
        struct figure *f = &figures[i];
        struct figures *c = &columns[f->column];
        if (!is_of_figures(c))
            continue;
        struct text number = number_text(f);
        char mark = decimal_mark(c, f->paragraph->language);
        size_t at = text_find(number, mark, 0);
        measure_figure(s, f, f->first + (uint32_t)at);
        c->before_pt = fmaxf(c->before_pt, f->before_pt);
        c->behind_pt = fmaxf(c->behind_pt, f->behind_pt);
    }
    for (uint32_t i = 0; i < count; i++)
        if (is_of_figures(&columns[figures[i].column]))
            shift_figure(&figures[i], &columns[figures[i].column]);
}
