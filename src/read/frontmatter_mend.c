/* The commonest faults of front matter are mended before YAML sees it: `title: One: two`, `title: "A" and B`.
 */
#include "base/buf.h"
#include "read/frontmatter.h"

/* The value of a top line `key: value`; empty when the line is none. */
static struct text value_of(struct text line)
{
    size_t colon = text_find(line, ':', 0);
    if (!line.length || ascii_space(line.at[0]) || strchr("#-[{\"'&*!|>%@`?", line.at[0]) ||
        colon + 1 >= line.length || !ascii_space(line.at[colon + 1]))
        return (struct text){line.at, 0};
    return text_trim(text_slice(line, colon + 1, line.length));
}

/* Does a quotation that begins the value end before it does? */
static bool quoted_in_part(struct text value)
{
    char mark = value.at[0];
    if (mark != '"' && mark != '\'')
        return false;
    size_t close = text_find(value, mark, 1);
    while (close + 1 < value.length &&
           ((mark == '"' && value.at[close - 1] == '\\') || (mark == '\'' && value.at[close + 1] == '\''))) {
        close = text_find(value, mark, close + (mark == '\'' ? 2 : 1));
    }
    struct text behind = text_trim(text_slice(value, close < value.length ? close + 1 : close, value.length));
    return close < value.length && behind.length && behind.at[0] != '#';
}

/* YAML takes no colon with a space behind it in a plain value, and some signs can't begin one. */
static bool faulty(struct text value)
{
    if (!value.length || strchr("[{|>&*!#", value.at[0]))
        return false;
    if (value.at[0] == '"' || value.at[0] == '\'')
        return quoted_in_part(value);
    bool colon = value.at[value.length - 1] == ':';
    for (size_t i = 0; i + 1 < value.length; i++)
        colon |= value.at[i] == ':' && ascii_space(value.at[i + 1]);
    return colon || strchr("@`%", value.at[0]);
}

static void add_quoted(struct buf *b, struct text value)
{
    buf_byte(b, '\'');
    for (size_t i = 0; i < value.length; i++) {
        if (value.at[i] == '\'')
            buf_byte(b, '\'');
        buf_byte(b, value.at[i]);
    }
    buf_byte(b, '\'');
}

struct text frontmatter_mend(struct document *d, struct text yaml, int first_line, bool tell)
{
    struct buf *b = buf_new(d->arena);
    struct text rest = yaml, line;
    bool mended = false;
    for (int number = first_line; text_line(&rest, &line); number++) {
        struct text value = value_of(line);
        bool goes_on = rest.length && ascii_space(rest.at[0]) && rest.at[0] != '\n';
        if (!faulty(value) || goes_on) {
            buf_text(b, line);
        } else {
            struct place where = {d->source_name, number, (int)(value.at - line.at) + 1};
            if (tell)
                message(
                    d->messages, SEVERITY_WARNING, "frontmatter.quotes", &where,
                    "This value can't stand in YAML without quotation marks around it. It is read as it was "
                    "meant; write '%.*s'.",
                    (int)value.length, value.at);
            buf_text(b, text_slice(line, 0, (size_t)(value.at - line.at)));
            add_quoted(b, value);
            mended = true;
        }
        buf_byte(b, '\n');
    }
    struct text whole = mended ? (struct text){arena_copy(d->arena, b->data, b->length), b->length} : yaml;
    buf_free(b);
    return whole;
}
