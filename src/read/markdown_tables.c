/* Tables are cmark-gfm's, with guards before its functions: it takes time square in a row's cells, and gives
 * a row of one byte as many cells as the table's head has. What passes a limit is kept as text. */
#include "base/limits.h"
#include "read/markdown.h"

/* Empty cells that short rows may be given in a document; cells that a row may have beyond its table's; bytes
 * of paragraphs that may be looked through for heads, since cmark reads the whole one at each line of dashes.
 */
enum { COMPLETED_CELLS = 1000000, ROW_CELLS = 128, HEAD_BYTES = 4 * 1024 * 1024 };

static size_t cells(struct text row)
{
    size_t n = 1;
    row = text_trim(row);
    for (size_t i = 1; i + 1 < row.length; i++)
        n += row.at[i] == '|' && row.at[i - 1] != '\\';
    return n;
}

static bool delimiter_row(struct text row)
{
    for (size_t i = 0; i < row.length; i++)
        if (!strchr("|-: \t", row.at[i]))
            return false;
    return row.length > 0;
}

static struct text last_line(const cmark_node *paragraph)
{
    struct text t =
        text_trim((struct text){(const char *)paragraph->content.ptr, (size_t)paragraph->content.size});
    const char *end = t.length ? memrchr(t.at, '\n', t.length) : NULL;
    return end ? text_slice(t, (size_t)(end - t.at) + 1, t.length) : t;
}

static struct text rest_of(const cmark_parser *p, const unsigned char *input, int length)
{
    struct text line = {(const char *)input, (size_t)length};
    return text_trim(text_slice(line, (size_t)p->first_nonspace, line.length));
}

static void tell(struct markdown *m, const char *sentence)
{
    if (!m->table_told)
        markdown_wait(m, SEVERITY_LOST, "markdown.table", m->parser->line_number, 1, sentence);
    m->table_told = true;
}

/* May this line be looked at as the delimiter row of the table whose head the paragraph's last line is? */
static bool may_begin(struct markdown *m, const cmark_node *paragraph, struct text rest)
{
    if (!delimiter_row(rest))
        return true;
    size_t columns = cells(rest), heads = cells(last_line(paragraph));
    m->head_bytes += (size_t)paragraph->content.size;
    if (columns != heads && m->head_bytes > HEAD_BYTES)
        return false; /* no head of this table; mostly cmark finds that out itself */
    if (columns <= LIMIT_TABLE_COLUMNS && heads <= LIMIT_TABLE_COLUMNS)
        return true;
    tell(m, "This table has more than 512 columns; such tables are kept as text.");
    return false;
}

/* May it become a row of this table? */
static bool may_go_on(struct markdown *m, cmark_node *table, struct text rest)
{
    size_t have = cells(rest), wanted = cmark_gfm_extensions_get_table_columns(table);
    if (have > wanted + ROW_CELLS) {
        tell(m, "This row has far more cells than its table; such rows are kept as text.");
        return false;
    }
    m->completed_cells += have < wanted ? wanted - have : 0;
    if (m->completed_cells <= COMPLETED_CELLS)
        return true;
    tell(m, "The tables so far lack a million cells; from here on such rows are kept as text.");
    return false;
}

static int match(cmark_syntax_extension *self, cmark_parser *p, unsigned char *input, int length,
                 cmark_node *n)
{
    struct markdown *m = self->priv;
    bool table = strcmp(cmark_node_get_type_string(n), "table") == 0;
    if (table && !may_go_on(m, n, rest_of(p, input, length)))
        return 0;
    return m->core_table->last_block_matches(self, p, input, length, n);
}

static cmark_node *open_block(cmark_syntax_extension *self, int indented, cmark_parser *p, cmark_node *parent,
                              unsigned char *input, int length)
{
    struct markdown *m = self->priv;
    if (parent->type == CMARK_NODE_PARAGRAPH && !may_begin(m, parent, rest_of(p, input, length)))
        return NULL;
    return m->core_table->try_opening_block(self, indented, p, parent, input, length);
}

cmark_syntax_extension *markdown_tables(struct markdown *m)
{
    cmark_syntax_extension *e = arena_alloc(m->scratch, sizeof *e);
    m->core_table = cmark_find_syntax_extension("table");
    *e = *m->core_table;
    e->priv = m;
    e->last_block_matches = match;
    e->try_opening_block = open_block;
    return e;
}
