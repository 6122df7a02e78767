#include "write/mail/lines.h"
#include "base/utf8.h"
#include <unicode/uchar.h>

struct lines *lines_new(struct arena *a, struct buf *out)
{
    struct lines *l = arena_alloc(a, sizeof *l);
    l->out = out;
    l->text = buf_new(a);
    l->prefix = buf_new(a);
    l->label = buf_new(a);
    return l;
}

/* ---- columns */

static size_t columns_of(uint32_t c)
{
    if (c < 0x300)
        return c != 0xAD;
    int category = u_charType((UChar32)c);
    if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK || category == U_FORMAT_CHAR)
        return 0;
    int width = u_getIntPropertyValue((UChar32)c, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

size_t lines_columns(struct text t)
{
    size_t columns = 0;
    for (size_t at = 0; at < t.length;)
        columns += columns_of(utf8_next(t, &at));
    return columns;
}

/* ---- single lines */

static void add_trimmed(struct buf *out, struct text t)
{
    while (t.length && t.at[t.length - 1] == ' ')
        t.length--;
    buf_text(out, t);
}

static void begin_line(struct lines *l)
{
    struct text prefix = buf_view(l->prefix);
    for (int i = 0; l->any && i < l->blank; i++) {
        add_trimmed(l->out, text_slice(prefix, 0, l->blank_prefix));
        buf_byte(l->out, '\n');
    }
    l->blank = 0;
    l->any = true;
}

/* The prefix, or what stands in its place when a label waits. */
static void write_prefix(struct lines *l, bool line_is_empty)
{
    struct buf *b = buf_new(l->out->arena);
    struct text prefix = buf_view(l->prefix);
    if (l->label->length) {
        size_t width = lines_columns(buf_view(l->label));
        buf_text(b, text_slice(prefix, 0, l->label_at));
        buf_text(b, buf_view(l->label));
        buf_text(b, text_slice(prefix, l->label_at + width, prefix.length));
        buf_clear(l->label);
    } else {
        buf_text(b, prefix);
    }
    if (line_is_empty)
        add_trimmed(l->out, buf_view(b));
    else
        buf_text(l->out, buf_view(b));
    buf_free(b);
}

void lines_verbatim(struct lines *l, struct text line)
{
    begin_line(l);
    write_prefix(l, !text_trim(line).length);
    add_trimmed(l->out, line);
    buf_byte(l->out, '\n');
    size_t columns = lines_columns(line);
    if (columns > l->widest)
        l->widest = columns;
}

/* ---- paragraphs */

/* Word joiners and soft hyphens say where a line may end; here only spaces end one. */
static size_t invisible(struct text rest)
{
    return text_starts(rest, "\u2060") ? 3 : text_starts(rest, "\u00ad") ? 2 : 0;
}

void lines_add(struct lines *l, struct text t)
{
    for (size_t i = 0; i < t.length; i++) {
        char c = t.at[i];
        size_t skip = (unsigned char)c < 0x80 ? 0 : invisible(text_slice(t, i, t.length));
        if (skip) {
            i += skip - 1;
            continue;
        }
        if (!ascii_space(c)) {
            buf_byte(l->text, c);
            continue;
        }
        char last = l->text->length ? l->text->data[l->text->length - 1] : ' ';
        if (last != ' ' && last != '\n')
            buf_byte(l->text, ' ');
    }
}

/* Where the line that begins at `from` ends, and where the next begins. */
static size_t break_line(struct text t, size_t from, size_t measure, size_t *next)
{
    size_t columns = 0, end = 0, at = from;
    bool was_wide = false;
    while (at < t.length && t.at[at] != '\n') {
        size_t before = at;
        uint32_t c = utf8_next(t, &at);
        size_t width = columns_of(c);
        bool can_break = before > from && (c == ' ' || (was_wide && width == 2));
        if (can_break && (columns <= measure || !end)) {
            end = before;
            *next = c == ' ' ? at : before;
        }
        columns += width;
        was_wide = width == 2;
        if (columns > measure && end)
            return end;
    }
    *next = at < t.length ? at + 1 : at;
    return at;
}

bool lines_end(struct lines *l)
{
    struct text t = text_trim(buf_view(l->text));
    size_t prefix = lines_columns(buf_view(l->prefix));
    size_t measure = prefix + 20 < LINES_MEASURE ? LINES_MEASURE - prefix : 20;
    l->widest = 0;
    for (size_t from = 0; from < t.length;) {
        size_t next = t.length, end = break_line(t, from, measure, &next);
        lines_verbatim(l, text_slice(t, from, end));
        from = next;
    }
    buf_clear(l->text);
    return t.length > 0;
}

/* ---- space around */

void lines_blank(struct lines *l, int count)
{
    if (!l->blank || l->prefix->length < l->blank_prefix)
        l->blank_prefix = l->prefix->length;
    if (count > l->blank)
        l->blank = count;
}

size_t lines_indent(struct lines *l, const char *more)
{
    size_t before = l->prefix->length;
    buf_string(l->prefix, more);
    return before;
}

void lines_outdent(struct lines *l, size_t length)
{
    if (l->label->length && l->label_at >= length)
        lines_verbatim(l, (struct text){"", 0}); /* an item without text */
    l->prefix->length = length;
    if (l->blank_prefix > length)
        l->blank_prefix = length;
}

size_t lines_label(struct lines *l, const char *label)
{
    size_t before = l->prefix->length, width = lines_columns(text_of(label));
    if (l->label->length) /* two labels on one line: the first list begins with another */
        lines_verbatim(l, (struct text){"", 0});
    buf_string(l->label, label);
    l->label_at = before;
    for (size_t i = 0; i < width; i++)
        buf_byte(l->prefix, ' ');
    return before;
}
