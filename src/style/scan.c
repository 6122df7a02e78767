#include "style/scan.h"
#include "base/buf.h"
#include "base/utf8.h"
#include <math.h>

struct scanner {
    struct arena *arena;
    struct text css;
    size_t at;
    int line, column;
    struct token *tokens;
    size_t count, room;
};

/* The byte `ahead` of the place of reading, NUL past the end. */
static char peek(const struct scanner *s, size_t ahead)
{
    return s->at + ahead < s->css.length ? s->css.at[s->at + ahead] : '\0';
}

static bool name_start(char c)
{
    return ascii_alpha(c) || c == '_' || (unsigned char)c >= 0x80;
}

static bool name_part(char c)
{
    return name_start(c) || ascii_digit(c) || c == '-';
}

static bool newline(char c)
{
    return c == '\n' || c == '\r' || c == '\f';
}

static bool escape(const struct scanner *s, size_t ahead)
{
    return peek(s, ahead) == '\\' && s->at + ahead + 1 < s->css.length && !newline(peek(s, ahead + 1));
}

static bool starts_name(const struct scanner *s, size_t ahead)
{
    char c = peek(s, ahead);
    if (c == '-')
        return name_start(peek(s, ahead + 1)) || peek(s, ahead + 1) == '-' || escape(s, ahead + 1);
    return name_start(c) || escape(s, ahead);
}

static bool starts_number(const struct scanner *s)
{
    size_t i = peek(s, 0) == '+' || peek(s, 0) == '-';
    return ascii_digit(peek(s, i)) || (peek(s, i) == '.' && ascii_digit(peek(s, i + 1)));
}

/* Reads what follows a backslash (§4.3.7). */
static void read_escape(struct scanner *s, struct buf *out)
{
    if (ascii_hex(peek(s, 0)) < 0) {
        buf_utf8(out, utf8_next(s->css, &s->at));
        return;
    }
    uint32_t c = 0;
    for (int i = 0; i < 6 && ascii_hex(peek(s, 0)) >= 0; i++, s->at++)
        c = c * 16 + (uint32_t)ascii_hex(peek(s, 0));
    if (ascii_space(peek(s, 0)) && s->at < s->css.length)
        s->at++;
    bool bad = c == 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF);
    buf_utf8(out, bad ? UTF8_BAD : c);
}

static struct text read_name(struct scanner *s)
{
    size_t from = s->at;
    while (s->at < s->css.length && name_part(peek(s, 0)))
        s->at++;
    if (!escape(s, 0))
        return text_slice(s->css, from, s->at);
    struct buf *b = buf_new(s->arena);
    buf_text(b, text_slice(s->css, from, s->at));
    for (;;) {
        if (s->at < s->css.length && name_part(peek(s, 0))) {
            buf_byte(b, peek(s, 0));
            s->at++;
        } else if (escape(s, 0)) {
            s->at++;
            read_escape(s, b);
        } else {
            break;
        }
    }
    return buf_view(b);
}

static void read_string(struct scanner *s, struct token *t)
{
    char quote = peek(s, 0);
    size_t from = ++s->at;
    struct buf *b = NULL; /* only for strings with escapes */
    t->type = TOKEN_STRING;
    while (s->at < s->css.length && peek(s, 0) != quote) {
        char c = peek(s, 0);
        if (newline(c)) {
            t->type = TOKEN_BAD_STRING;
            return;
        }
        if (c != '\\') {
            if (b)
                buf_byte(b, c);
            s->at++;
            continue;
        }
        if (!b) {
            b = buf_new(s->arena);
            buf_text(b, text_slice(s->css, from, s->at));
        }
        s->at++;
        if (s->at < s->css.length && newline(peek(s, 0)))
            s->at += peek(s, 0) == '\r' && peek(s, 1) == '\n' ? 2 : 1;
        else if (s->at < s->css.length)
            read_escape(s, b);
    }
    t->value = b ? buf_view(b) : text_slice(s->css, from, s->at);
    if (s->at < s->css.length)
        s->at++;
    else
        t->type = TOKEN_BAD_STRING; /* the standard would close it; but half a sheet is no sheet */
}

/* The rest of url( when no quote follows (§4.3.6). */
static void read_url(struct scanner *s, struct token *t)
{
    t->type = TOKEN_URL;
    struct buf *b = buf_new(s->arena);
    while (ascii_space(peek(s, 0)))
        s->at++;
    while (s->at < s->css.length && peek(s, 0) != ')') {
        char c = peek(s, 0);
        if (escape(s, 0)) {
            s->at++;
            read_escape(s, b);
            continue;
        }
        if (ascii_space(c)) {
            while (ascii_space(peek(s, 0)))
                s->at++;
            if (s->at < s->css.length && peek(s, 0) != ')')
                t->type = TOKEN_BAD_URL;
            continue;
        }
        if (c == '"' || c == '\'' || c == '(' || c == '\\' || (unsigned char)c < 0x20)
            t->type = TOKEN_BAD_URL;
        buf_byte(b, c);
        s->at++;
    }
    if (s->at < s->css.length)
        s->at++;
    else
        t->type = TOKEN_BAD_URL;
    t->value = buf_view(b);
}

static double power(int exponent)
{
    return exponent > 300 ? 1e300 : exponent < -300 ? 0 : pow(10, exponent);
}

/* Not strtod: that asks the locale what a point is. */
static void read_number(struct scanner *s, struct token *t)
{
    double sign = 1, value = 0, scale = 1;
    t->integer = true;
    if (peek(s, 0) == '+' || peek(s, 0) == '-')
        sign = s->css.at[s->at++] == '-' ? -1 : 1;
    for (; ascii_digit(peek(s, 0)); s->at++)
        value = value * 10 + (peek(s, 0) - '0');
    if (peek(s, 0) == '.' && ascii_digit(peek(s, 1))) {
        t->integer = false;
        for (s->at++; ascii_digit(peek(s, 0)); s->at++)
            value += (peek(s, 0) - '0') * (scale /= 10);
    }
    size_t e = peek(s, 1) == '+' || peek(s, 1) == '-' ? 2 : 1;
    if (ascii_lower(peek(s, 0)) == 'e' && ascii_digit(peek(s, e))) {
        bool down = peek(s, 1) == '-';
        int exponent = 0;
        t->integer = false;
        for (s->at += e; ascii_digit(peek(s, 0)); s->at++)
            exponent = exponent < 1000 ? exponent * 10 + (peek(s, 0) - '0') : exponent;
        value *= power(down ? -exponent : exponent);
    }
    t->number = value > 1e9 ? sign * 1e9 : sign * value;
}

static void read_numeric(struct scanner *s, struct token *t)
{
    read_number(s, t);
    t->type = TOKEN_NUMBER;
    if (peek(s, 0) == '%') {
        s->at++;
        t->type = TOKEN_PERCENT;
    } else if (starts_name(s, 0)) {
        t->value = read_name(s);
        t->type = TOKEN_DIMENSION;
    }
}

static void read_word(struct scanner *s, struct token *t)
{
    t->value = read_name(s);
    t->type = TOKEN_IDENT;
    if (peek(s, 0) != '(')
        return;
    s->at++;
    t->type = TOKEN_FUNCTION;
    t->mark = '(';
    if (!text_is_nocase(t->value, "url"))
        return;
    size_t ahead = 0;
    while (ascii_space(peek(s, ahead)))
        ahead++;
    if (peek(s, ahead) != '"' && peek(s, ahead) != '\'')
        read_url(s, t);
}

/* Moves over spaces and comments; false when neither stands here. */
static bool skip_space(struct scanner *s)
{
    size_t from = s->at;
    for (;;) {
        while (s->at < s->css.length && ascii_space(peek(s, 0)))
            s->at++;
        if (peek(s, 0) == '/' && peek(s, 1) == '*') {
            s->at += 2;
            while (s->at < s->css.length && !(peek(s, 0) == '*' && peek(s, 1) == '/'))
                s->at++;
            s->at = s->at + 2 > s->css.length ? s->css.length : s->at + 2;
        } else if (text_starts(text_slice(s->css, s->at, s->css.length), "<!--")) {
            s->at += 4;
        } else if (text_starts(text_slice(s->css, s->at, s->css.length), "-->")) {
            s->at += 3;
        } else {
            return s->at > from;
        }
    }
}

static void read_token(struct scanner *s, struct token *t)
{
    char c = peek(s, 0);
    if (skip_space(s)) {
        t->type = TOKEN_SPACE;
    } else if (c == '"' || c == '\'') {
        read_string(s, t);
    } else if (starts_number(s)) {
        read_numeric(s, t);
    } else if (starts_name(s, 0)) {
        read_word(s, t);
    } else if (c == '#' && (name_part(peek(s, 1)) || escape(s, 1))) {
        s->at++;
        t->type = TOKEN_HASH;
        t->value = read_name(s);
    } else if (c == '@' && starts_name(s, 1)) {
        s->at++;
        t->type = TOKEN_AT;
        t->value = read_name(s);
    } else {
        s->at++;
        t->type = strchr("([{", c) && c ? TOKEN_OPEN : strchr(")]}", c) && c ? TOKEN_CLOSE : TOKEN_DELIM;
        t->mark = c;
    }
}

static struct token *token_new(struct scanner *s)
{
    if (s->count == s->room) {
        size_t room = s->room ? s->room * 2 : s->css.length < 64 ? s->css.length + 1 : s->css.length / 3;
        struct token *more = arena_array(s->arena, room, sizeof *more);
        if (s->count)
            memcpy(more, s->tokens, s->count * sizeof *more);
        s->tokens = more;
        s->room = room;
    }
    return &s->tokens[s->count++];
}

/* Counts lines and characters of what was read. */
static void pass(struct scanner *s, struct text raw)
{
    for (size_t i = 0; i < raw.length; i++) {
        char c = raw.at[i];
        bool crlf = c == '\r' && i + 1 < raw.length && raw.at[i + 1] == '\n';
        if (newline(c) && !crlf) {
            s->line++;
            s->column = 1;
        } else if (((unsigned char)c & 0xC0) != 0x80) {
            s->column++;
        }
    }
}

struct tokens scan(struct arena *a, struct text css)
{
    struct scanner s = {.arena = a, .css = css, .line = 1, .column = 1};
    if (text_starts(css, "\xEF\xBB\xBF"))
        s.at = 3;
    while (s.at < css.length) {
        struct token *t = token_new(&s);
        size_t from = s.at;
        t->line = s.line;
        t->column = s.column;
        read_token(&s, t);
        t->raw = text_slice(css, from, s.at);
        pass(&s, t->raw);
    }
    scan_spans(a, s.tokens, s.count);
    return (struct tokens){s.tokens, s.count};
}

static char closer_of(char open)
{
    return open == '{' ? '}' : open == '[' ? ']' : ')';
}

void scan_spans(struct arena *a, struct token *tokens, size_t count)
{
    size_t *open = arena_array(a, count + 1, sizeof *open);
    size_t depth = 0;
    for (size_t i = 0; i < count; i++) {
        struct token *t = &tokens[i];
        t->span = 0;
        if (t->type == TOKEN_OPEN || t->type == TOKEN_FUNCTION) {
            t->span = (unsigned)(count - i);
            open[depth++] = i;
        } else if (t->type == TOKEN_CLOSE && depth && closer_of(tokens[open[depth - 1]].mark) == t->mark) {
            depth--;
            tokens[open[depth]].span = t->span = (unsigned)(i - open[depth]);
        }
    }
}

struct tokens tokens_trim(struct tokens t)
{
    while (t.count && t.at[0].type == TOKEN_SPACE) {
        t.at++;
        t.count--;
    }
    while (t.count && t.at[t.count - 1].type == TOKEN_SPACE)
        t.count--;
    return t;
}

const struct token *tokens_broken(struct tokens t)
{
    for (size_t i = 0; i < t.count; i++) {
        const struct token *at = &t.at[i];
        bool opens = at->type == TOKEN_OPEN || at->type == TOKEN_FUNCTION;
        bool unclosed = opens && at->span >= t.count - i;
        bool unopened = at->type == TOKEN_CLOSE && (at->span == 0 || at->span > i);
        if (unclosed || unopened || at->type == TOKEN_BAD_STRING || at->type == TOKEN_BAD_URL)
            return at;
    }
    return NULL;
}
