/* The source becomes lines. */
#include "base/utf8.h"
#include "read/text_parts.h"

/* The characters and columns of the white space before a line's body; gives the body's offset. */
static size_t lead_of(struct text t, struct line *l)
{
    size_t at = 0;
    while (at < t.length) {
        size_t from = at;
        uint32_t c = utf8_next(t, &at);
        if (!wide_space(c) && !widthless(c))
            return from;
        l->lead++;
        l->tabs += c == '\t';
        if (c == '\t')
            l->indent = l->indent / 8 * 8 + 8;
        else if (!widthless(c))
            l->indent++;
    }
    return t.length;
}

/* Takes `>` marks, as a mail quotes, off the front of the body. */
static void take_quote(struct line *l)
{
    while (l->body.length && l->body.at[0] == '>' && l->quote < 8) {
        size_t skip = 1;
        while (skip < l->body.length && l->body.at[skip] == ' ')
            skip++;
        l->body = text_slice(l->body, skip, l->body.length);
        l->lead += (int)skip;
        l->quote++;
    }
}

/* Wikipedia's way to change a section stands behind its head. */
static struct text without_edit(struct text t)
{
    static const char *const links[] = {"[edit]",
                                        "[edit source]",
                                        "[Bearbeiten | Quelltext bearbeiten]",
                                        "[Bearbeiten]",
                                        "[modifier | modifier le code]",
                                        "[modifier]",
                                        "[editar]",
                                        "[modifica | modifica wikitesto]",
                                        NULL};
    for (const char *const *l = links; *l; l++)
        if (text_ends(t, *l))
            return trim_wide(text_slice(t, 0, t.length - strlen(*l)));
    return t;
}

void text_lines(struct text_parts *p, struct text source)
{
    size_t count = 1;
    for (size_t at = 0; (at = text_find(source, '\n', at)) < source.length; at++)
        count++;
    p->lines = arena_array(p->arena, count, sizeof *p->lines);
    struct text raw;
    int number = 0;
    while (text_line(&source, &raw)) {
        struct line *l = &p->lines[p->line_count++];
        l->number = ++number;
        l->body = trim_wide(text_slice(raw, lead_of(raw, l), raw.length));
        take_quote(l);
        l->body = without_edit(l->body);
        l->width = count_chars(l->body);
    }
}
