#include "read/attributes.h"
#include "base/buf.h"

/* A block of attributes longer than this is text: it keeps a search for its end short. */
enum { LONGEST = 4096 };

struct scan {
    struct arena *arena;
    struct text text;
    size_t at;
    struct attributes *made;
    struct attribute **end;
    struct buf *classes;
};

static bool name_byte(char c)
{
    return ascii_alpha(c) || ascii_digit(c) || c == '-' || c == '_' || c == ':' || c == '.' ||
           (unsigned char)c >= 0x80;
}

static struct text scan_name(struct scan *s)
{
    size_t from = s->at;
    while (s->at < s->text.length && name_byte(s->text.at[s->at]))
        s->at++;
    return text_slice(s->text, from, s->at);
}

static bool add_class(struct scan *s, struct text name)
{
    if (!name.length)
        return false;
    struct text had = buf_view(s->classes), one;
    while (text_split(&had, ' ', &one))
        if (text_equal(one, name))
            return true;
    if (s->classes->length)
        buf_byte(s->classes, ' ');
    buf_text(s->classes, name);
    return true;
}

/* Behind `key=`: a value in quotes (with \ before a quote inside), or bare. */
static bool scan_value(struct scan *s, struct buf *value)
{
    char quote = s->at < s->text.length ? s->text.at[s->at] : '\0';
    if (quote != '"' && quote != '\'') {
        size_t from = s->at;
        while (s->at < s->text.length && !ascii_space(s->text.at[s->at]) &&
               !strchr("{}\"'<>=`", s->text.at[s->at]))
            s->at++;
        buf_text(value, text_slice(s->text, from, s->at));
        return s->at > from;
    }
    for (s->at++; s->at < s->text.length; s->at++) {
        char c = s->text.at[s->at];
        if (c == quote) {
            s->at++;
            return true;
        }
        if (c == '\\' && s->at + 1 < s->text.length && strchr("\"'\\", s->text.at[s->at + 1]))
            c = s->text.at[++s->at];
        buf_byte(value, c == '\n' ? ' ' : c);
    }
    return false;
}

static bool scan_pair(struct scan *s)
{
    struct text name = scan_name(s);
    if (!name.length || s->at >= s->text.length || s->text.at[s->at] != '=')
        return false;
    s->at++;
    struct buf *value = buf_new(s->arena);
    if (!scan_value(s, value))
        return false;
    if (text_is(name, "class")) {
        add_class(s, buf_view(value));
    } else if (text_is(name, "id")) {
        s->made->id = text_copy(s->arena, buf_view(value));
    } else {
        struct attribute *one = arena_alloc(s->arena, sizeof *one);
        one->name = text_copy(s->arena, name);
        one->value = text_copy(s->arena, buf_view(value));
        *s->end = one;
        s->end = &one->next;
    }
    buf_free(value);
    return true;
}

static bool scan_one(struct scan *s)
{
    char c = s->text.at[s->at];
    if (c == '#') {
        s->at++;
        struct text id = scan_name(s);
        s->made->id = text_copy(s->arena, id);
        return id.length > 0;
    }
    if (c == '.') {
        s->at++;
        return add_class(s, scan_name(s));
    }
    if (c == '-') {
        s->at++;
        return add_class(s, TEXT("unnumbered"));
    }
    return scan_pair(s);
}

struct attributes *attributes_parse(struct arena *a, struct text t, size_t *length)
{
    if (!t.length || t.at[0] != '{')
        return NULL;
    struct attributes *made = arena_alloc(a, sizeof *made);
    struct scan s = {a, text_slice(t, 0, LONGEST), 1, made, &made->others, buf_new(a)};
    bool apart = true; /* white space, or the beginning, stands before what comes */
    while (s.at < s.text.length) {
        char c = s.text.at[s.at];
        if (c == '}') {
            made->classes = s.classes->length ? text_copy(a, buf_view(s.classes)) : NULL;
            *length = s.at + 1;
            return made->id || made->classes || made->others ? made : NULL;
        }
        if (ascii_space(c)) {
            apart = true;
            s.at++;
            continue;
        }
        if (!apart || !scan_one(&s))
            return NULL;
        apart = false;
    }
    return NULL;
}

struct attributes *attributes_class(struct arena *a, struct text name)
{
    struct attributes *made = arena_alloc(a, sizeof *made);
    made->classes = text_copy(a, name);
    return made;
}

static bool digits_only(const char *s)
{
    size_t n = strspn(s, "0123456789");
    return n > 0 && s[n] == '\0';
}

/* width=300 is an attribute of a picture (in pixels); width=50% or 4cm is style. */
static void apply_size(struct document *d, xmlNode *n, const struct attribute *one)
{
    if (digits_only(one->value) && tree_kind(n) == ELEMENT_IMG) {
        tree_set(d, n, one->name, one->value);
        return;
    }
    const char *old = tree_get(n, "style");
    tree_set(d, n, "style",
             arena_printf(d->arena, "%s%s%s: %s%s", old ? old : "", old ? "; " : "", one->name, one->value,
                          digits_only(one->value) ? "px" : ""));
}

/* A key as the name of a data attribute: lower case, no colon (HTML Standard §3.2.6.6). */
static const char *data_name(struct document *d, const char *key)
{
    char *name = arena_printf(d->arena, "data-%s", key);
    for (char *c = name; *c; c++)
        *c = *c == ':' || (unsigned char)*c >= 0x80 ? '-' : ascii_lower(*c);
    return name;
}

void attributes_apply(struct document *d, xmlNode *n, const struct attributes *attributes)
{
    if (!attributes)
        return;
    if (attributes->id)
        tree_set(d, n, "id", attributes->id);
    if (attributes->classes)
        tree_add_class(d, n, attributes->classes);
    for (const struct attribute *one = attributes->others; one; one = one->next) {
        if (strcmp(one->name, "lang") == 0 || strcmp(one->name, "xml:lang") == 0) {
            tree_set(d, n, "lang", one->value);
            tree_set(d, n, "xml:lang", one->value);
        } else if (strcmp(one->name, "width") == 0 || strcmp(one->name, "height") == 0) {
            apply_size(d, n, one);
        } else if (strcmp(one->name, "style") == 0 && attributes_fetches(one->value)) {
            struct place where = tree_place(d, n);
            message(d->messages, SEVERITY_WARNING, "markdown.html", &where,
                    "A style of one element can't fetch a file and is left out. Put it into a style sheet.");
        } else if (attributes_global(one->name) || attributes_own(tree_kind(n), one->name)) {
            tree_set(d, n, one->name, one->value);
        } else {
            tree_set(d, n, data_name(d, one->name), one->value);
        }
    }
}
