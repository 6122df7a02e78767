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

/* What stands behind the cells that the table has. */
static struct text beyond(struct text row, size_t columns)
{
    size_t bars = 0;
    row = text_trim(row);
    for (size_t i = 1; i < row.length; i++)
        if (row.at[i] == '|' && row.at[i - 1] != '\\' && ++bars == columns)
            return text_trim(text_slice(row, i + 1, row.length));
    return TEXT("");
}

/* GFM ignores them; we say so. */
static void tell_excess(struct markdown *m, const cmark_node *table, struct text row)
{
    struct text rest = beyond(row, cmark_gfm_extensions_get_table_columns((cmark_node *)(uintptr_t)table));
    while (rest.length && (rest.at[rest.length - 1] == '|' || ascii_space(rest.at[rest.length - 1])))
        rest.length--;
    if (rest.length)
        markdown_wait(m, SEVERITY_LOST, "markdown.table", m->parser->line_number, 1,
                      arena_printf(m->scratch,
                                   "This row has more cells than its table has columns: “%.*s” is left out. "
                                   "Add a column, or write \\| for a bar within a cell.",
                                   (int)rest.length, rest.at));
}

static int match(cmark_syntax_extension *self, cmark_parser *p, unsigned char *input, int length,
                 cmark_node *n)
{
    struct markdown *m = self->priv;
    bool table = strcmp(cmark_node_get_type_string(n), "table") == 0;
    if (table && !may_go_on(m, n, markdown_rest(p, input, length)))
        return 0;
    return m->core_table->last_block_matches(self, p, input, length, n);
}

/* Other dialects have tables that begin with the row of hyphens; GFM demands a head above it, so such a table
 * is given one of empty cells, which makes none. */
static bool headless(const struct markdown *m, const cmark_node *parent, struct text rest)
{
    bool row = rest.length > 4 && rest.at[0] == '|' && rest.at[rest.length - 1] == '|' &&
               delimiter_row(rest) && text_find(rest, '-', 0) < rest.length;
    return row && cells(rest) >= 2 && cells(rest) <= LIMIT_TABLE_COLUMNS && parent->extension != m->table;
}

static cmark_node *open_headless(cmark_syntax_extension *self, cmark_parser *p, cmark_node *parent,
                                 unsigned char *input, int length)
{
    struct markdown *m = self->priv;
    cmark_node *head = cmark_parser_add_child(p, parent, CMARK_NODE_PARAGRAPH, p->first_nonspace + 1);
    for (size_t i = cells(markdown_rest(p, input, length)); i > 0; i--)
        cmark_strbuf_puts(&head->content, "| ");
    cmark_strbuf_puts(&head->content, "|\n");
    return m->core_table->try_opening_block(self, 0, p, head, input, length);
}

static cmark_node *open_block(cmark_syntax_extension *self, int indented, cmark_parser *p, cmark_node *parent,
                              unsigned char *input, int length)
{
    struct markdown *m = self->priv;
    struct text rest = markdown_rest(p, input, length);
    if (parent->type == CMARK_NODE_PARAGRAPH && !may_begin(m, parent, rest))
        return NULL;
    if (!indented && parent->type != CMARK_NODE_PARAGRAPH && headless(m, parent, rest))
        return open_headless(self, p, parent, input, length);
    cmark_node *opened = m->core_table->try_opening_block(self, indented, p, parent, input, length);
    if (opened && strcmp(cmark_node_get_type_string(opened), "table_row") == 0)
        tell_excess(m, parent, rest);
    return opened;
}

/* cmark leaves out, without a word, what it thinks a cell can't hold: all inline syntax of ours. */
static int can_contain(cmark_syntax_extension *self, cmark_node *n, cmark_node_type child)
{
    const struct markdown *m = self->priv;
    bool cell = strcmp(cmark_node_get_type_string(n), "table_cell") == 0;
    return (cell && child == CMARK_NODE_CUSTOM_INLINE) || m->core_table->can_contain_func(self, n, child);
}

cmark_syntax_extension *markdown_tables(struct markdown *m)
{
    cmark_syntax_extension *e = arena_alloc(m->scratch, sizeof *e);
    m->core_table = cmark_find_syntax_extension("table");
    *e = *m->core_table;
    e->priv = m;
    e->last_block_matches = match;
    e->try_opening_block = open_block;
    e->can_contain_func = can_contain;
    return e;
}
