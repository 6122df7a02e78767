/* What other dialects have in place of YAML at the top: pandoc's lines behind `%`, MultiMarkdown's bare
 * `Key: value` lines, Hugo's TOML between `+++`. */
#include "base/buf.h"
#include "read/frontmatter.h"

static void set_words(struct document *d, const char *key, struct text value, struct place where)
{
    const char *known = frontmatter_key(text_copy(d->arena, key ? text_of(key) : value));
    if (known)
        meta_put_place(d, known, &where);
    if (known && value.length)
        meta_set(d, known, strcmp(known, "date") == 0 ? frontmatter_day(value) : value);
    else if (!known)
        message(d->messages, SEVERITY_WARNING, "meta.unknown", &where,
                "The front matter's key %s is none that octavo knows; it is left out.", key);
}

/* ---- pandoc: % title, % authors, % date */

/* One field: the line behind its `%`, and the lines below it that begin with a blank. */
static struct text percent_field(struct arena *a, struct text *rest, int *lines)
{
    struct text line, ahead = *rest;
    struct buf *b = buf_new(a);
    text_line(rest, &line);
    buf_text(b, text_trim(text_slice(line, 1, line.length)));
    ++*lines;
    for (ahead = *rest; text_line(&ahead, &line) && line.length && line.at[0] == ' ';
         *rest = ahead, ++*lines) {
        buf_byte(b, '\n');
        buf_text(b, text_trim(line));
    }
    struct text field = {arena_copy(a, b->data ? b->data : "", b->length), b->length};
    buf_free(b);
    return field;
}

static size_t read_percents(struct document *d, struct text source)
{
    struct text rest = source, field, part;
    int lines = 0;
    for (int k = 0; k < 3 && rest.length && rest.at[0] == '%'; k++) {
        field = percent_field(d->arena, &rest, &lines);
        if (k != 1 && field.length) {
            char *copy = text_copy(d->arena, field);
            for (char *c = copy; *c; c++)
                *c = *c == '\n' ? ' ' : *c;
            meta_set(d, k == 0 ? "title" : "date", text_of(copy));
        }
        while (k == 1 && field.length) {
            size_t cut = strcspn(text_copy(d->arena, field), ";\n");
            part = text_trim(text_slice(field, 0, cut));
            if (part.length)
                meta_set(d, "author", part);
            field = text_slice(field, cut + 1 < field.length ? cut + 1 : field.length, field.length);
        }
    }
    return source.length - rest.length;
}

/* ---- MultiMarkdown: `Title: …` on the very first line, further pairs, an empty line */

static bool pair(struct text line, struct text *key, struct text *value)
{
    size_t colon = text_find(line, ':', 0);
    if (!colon || colon >= line.length || ascii_space(line.at[0]))
        return false;
    *key = text_trim(text_slice(line, 0, colon));
    *value = text_trim(text_slice(line, colon + 1, line.length));
    for (size_t i = 0; i < key->length; i++)
        if (!ascii_alpha(key->at[i]) && !strchr(" -_", key->at[i]))
            return false;
    return value->length > 0;
}

static char *lowered(struct arena *a, struct text key)
{
    char *copy = text_copy(a, key);
    for (char *c = copy; *c; c++)
        *c = *c == ' ' ? '-' : ascii_lower(*c);
    return copy;
}

static size_t read_pairs(struct document *d, struct text source)
{
    struct text rest = source, line, key, value;
    int pairs = 0;
    while (text_line(&rest, &line) && text_trim(line).length) {
        if (!pair(line, &key, &value) || (!pairs && !text_is_nocase(key, "title")))
            return 0;
        pairs++;
    }
    if (pairs < 2)
        return 0;
    rest = source;
    for (int number = 1; text_line(&rest, &line) && pair(line, &key, &value); number++)
        set_words(d, lowered(d->arena, key), value, (struct place){d->source_name, number, 1});
    return source.length - rest.length;
}

/* ---- Hugo: TOML's `key = value` between lines of three plus signs */

static void set_toml(struct document *d, const char *key, struct text value, struct place where)
{
    if (value.length >= 2 && value.at[0] == '[' && value.at[value.length - 1] == ']') {
        struct text part, list = text_slice(value, 1, value.length - 1);
        while (text_split(&list, ',', &part))
            if (text_trim(part).length)
                set_toml(d, key, text_trim(part), where);
        return;
    }
    bool quoted =
        value.length >= 2 && strchr("\"'", value.at[0]) && value.at[value.length - 1] == value.at[0];
    set_words(d, key, quoted ? text_slice(value, 1, value.length - 1) : value, where);
}

static size_t read_toml(struct document *d, struct text source)
{
    struct text rest = source, line;
    text_line(&rest, &line);
    struct text lines = rest;
    size_t end = 0;
    while (!end && text_line(&rest, &line))
        end = text_is(text_trim(line), "+++") ? source.length - rest.length : 0;
    if (!end)
        return 0;
    for (int number = 2; text_line(&lines, &line) && !text_is(text_trim(line), "+++"); number++) {
        size_t sign = text_find(line, '=', 0);
        struct text key = text_trim(text_slice(line, 0, sign));
        if (!text_trim(line).length || key.length == 0 || key.at[0] == '#')
            continue;
        struct text value =
            sign < line.length ? text_trim(text_slice(line, sign + 1, line.length)) : TEXT("");
        set_toml(d, lowered(d->arena, key), value, (struct place){d->source_name, number, 1});
    }
    return end;
}

size_t frontmatter_foreign(struct document *d, struct text source)
{
    struct text first, rest = source;
    if (!text_line(&rest, &first))
        return 0;
    if (text_starts(first, "% "))
        return read_percents(d, source);
    if (text_is(text_trim(first), "+++"))
        return read_toml(d, source);
    return text_is_nocase(text_slice(first, 0, 6), "title:") ? read_pairs(d, source) : 0;
}
