/* Tables, as copying flattens them: rows of cells parted by tabs, or by the bars of Markdown. */
#include "base/utf8.h"
#include "read/text_parts.h"

/* ---- a row */

static bool barred(struct text t)
{
    return t.length > 4 && t.at[0] == '|' && t.at[t.length - 1] == '|';
}

/* Cuts the first cell off `*t`; `*from` is where it stands in the row. */
static bool next_cell(struct text row, char between, size_t *at, size_t *from, size_t *end)
{
    if (*at > row.length)
        return false;
    *from = *at;
    *end = text_find(row, between, *at);
    *at = *end + 1;
    while (*from < *end && ascii_space(row.at[*from]))
        ++*from;
    while (*end > *from && ascii_space(row.at[*end - 1]))
        --*end;
    return true;
}

bool table_cell(struct text row, size_t *at, size_t *from, size_t *end)
{
    if (!barred(row))
        return next_cell(row, '\t', at, from, end);
    *at = *at ? *at : 1;
    return next_cell(text_slice(row, 0, row.length - 1), '|', at, from, end);
}

int table_cells(struct text t)
{
    struct marker m = marker_parse(t);
    int cells = 0;
    size_t at = 0, from, end;
    if (!barred(t) && (text_find(t, '\t', 0) >= t.length || text_find(t, '\t', 0) <= m.length))
        return 0;
    while (table_cell(t, &at, &from, &end))
        cells++;
    return cells >= 2 ? cells : 0;
}

/* `|---|:--:|`: says that the row before is the head. */
static bool head_rule(struct text t)
{
    for (size_t i = 0; i < t.length; i++)
        if (!strchr("|-: ", t.at[i]))
            return false;
    return barred(t);
}

/* ---- which rows make tables */

static int numbers(struct text row)
{
    int n = 0;
    size_t at = 0, from, end;
    while (table_cell(row, &at, &from, &end))
        n += first_char(text_slice(row, from, end)) < 0x80 &&
             ascii_digit((char)first_char(text_slice(row, from, end)));
    return n;
}

/* How many cells wide block `i` is, those counted that stand empty before it; 0 when it is no row. */
static int width_of(const struct text_parts *p, size_t i)
{
    const struct block *b = &p->blocks[i];
    int cells = b->kind == BLOCK_PARAGRAPH && b->lines == 1 ? table_cells(b->text) : 0;
    return cells && !barred(b->text) ? cells + p->lines[b->line].tabs : cells;
}

/* Rows of one table have the same cells; where no empty line parts them, those at a row's end may be missing.
 */
static bool follows(const struct text_parts *p, size_t i, int cells)
{
    if (i >= p->block_count || p->blocks[i].blanks > 1)
        return false;
    int width = width_of(p, i);
    return width == cells || (width && p->blocks[i].blanks == 0 && !barred(p->blocks[i].text));
}

/* How many rows head the table: those without a number where those below have some. */
static size_t heads(const struct text_parts *p, size_t from, size_t end)
{
    enum { HEADS_MOST = 2 };
    size_t count = 0, with_numbers = 0;
    while (count < HEADS_MOST && from + count + 1 < end && !numbers(p->blocks[from + count].text))
        count++;
    for (size_t i = from + count; i < end; i++)
        with_numbers += numbers(p->blocks[i].text) > 0;
    if (count > 1 && with_numbers < end - from - count)
        count = 1;
    return with_numbers * 2 > end - from - count ? count : 0;
}

void text_tables(struct text_parts *p)
{
    for (size_t i = 0; i < p->block_count;) {
        int cells = width_of(p, i), widest = cells;
        size_t end = i + 1;
        for (; cells && follows(p, end, cells); end++)
            widest = width_of(p, end) > widest ? width_of(p, end) : widest;
        if (cells && end - i >= 2) {
            bool ruled = head_rule(p->blocks[i + 1].text);
            size_t headed = ruled ? 1 : heads(p, i, end);
            for (size_t k = i; k < end; k++) {
                p->blocks[k].kind = k < i + headed ? BLOCK_ROW_HEAD : BLOCK_ROW;
                p->blocks[k].depth = widest;
            }
            if (ruled)
                p->blocks[i + 1].kind = BLOCK_GONE;
        }
        i = end;
    }
}
