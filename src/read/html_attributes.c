/* The attributes of HTML tags, and what becomes of the old ones. */
#include "base/buf.h"
#include "read/attributes.h"
#include "read/html_fragment.h"
#include "read/markdown.h"
#include <cmark-gfm/houdini.h>

/* Old attributes as the style that they meant. A NULL format: left out without a word, since a style sheet
 * sets it. */
static const struct old {
    const char *name, *format;
} old[] = {
    {"align", "text-align: %s"},
    {"valign", "vertical-align: %s"},
    {"bgcolor", "background-color: %s"},
    {"color", "color: %s"},
    {"face", NULL},
    {"size", NULL},
    {"border", NULL},
    {"cellpadding", NULL},
    {"cellspacing", NULL},
    {"rules", NULL},
    {"frame", NULL},
    {"summary", NULL},
    {"nowrap", "white-space: nowrap"},
    {"compact", NULL},
    {"noshade", NULL},
    {"clear", NULL},
    {"target", NULL},
    {"hspace", NULL},
    {"vspace", NULL},
    {"loading", NULL},
    {"char", NULL},
    {"charoff", NULL},
    {"axis", NULL},
    {"name", NULL},
};

static void add_style(struct document *d, xmlNode *n, const char *style)
{
    const char *had = tree_get(n, "style");
    bool open = had && *had && had[strlen(had) - 1] != ';';
    tree_set(d, n, "style",
             arena_printf(d->arena, "%s%s%s", had ? had : "",
                          open  ? "; "
                          : had ? " "
                                : "",
                          style));
}

/* A value that can be put into a style: a word, a number with a unit, a colour. */
static bool plain(const char *value)
{
    return *value && strspn(value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789#%.-") ==
                         strlen(value);
}

static bool as_style(struct document *d, xmlNode *n, const char *name, const char *value)
{
    for (size_t i = 0; i < sizeof old / sizeof old[0]; i++) {
        if (strcmp(old[i].name, name) != 0)
            continue;
        if (old[i].format && plain(value)) {
            char *style = arena_string(d->arena, old[i].format);
            char *slot = strstr(style, "%s");
            if (slot) {
                *slot = '\0';
                style = arena_printf(d->arena, "%s%s", style, value);
            }
            add_style(d, n, style);
        }
        return true;
    }
    return false;
}

/* width and height: of a picture in pixels they stay, elsewhere and in per cent they are style. */
static bool as_size(struct document *d, xmlNode *n, const char *name, const char *value)
{
    if (strcmp(name, "width") != 0 && strcmp(name, "height") != 0)
        return false;
    size_t digits = strspn(value, "0123456789");
    bool number = digits > 0 && (value[digits] == '\0' || strcmp(value + digits, "px") == 0);
    if (number && tree_kind(n) == ELEMENT_IMG)
        tree_set(d, n, name, arena_copy(d->arena, value, digits));
    else if (plain(value))
        add_style(
            d, n,
            arena_printf(d->arena, "%s: %.*s%s", name, (int)digits, value, number ? "px" : value + digits));
    return true;
}

static bool script_address(const char *name, const char *value)
{
    struct text t = text_trim(text_of(value));
    return strcmp(name, "href") == 0 && t.length > 11 && text_is_nocase(text_slice(t, 0, 11), "javascript:");
}

static bool set_one(struct document *d, xmlNode *n, const char *name, const char *value)
{
    enum element e = tree_kind(n);
    if (strcmp(name, "style") == 0) {
        if (attributes_fetches(value))
            return false;
        add_style(d, n, value);
    } else if (strcmp(name, "lang") == 0 || strcmp(name, "xml:lang") == 0) {
        tree_set(d, n, "lang", value);
        tree_set(d, n, "xml:lang", value);
    } else if (strcmp(name, "id") == 0 ||
               (strcmp(name, "name") == 0 && e == ELEMENT_A && !tree_get(n, "id"))) {
        if (*value && !strpbrk(value, " \t\n"))
            tree_set(d, n, "id", value);
    } else if (strcmp(name, "class") == 0) {
        tree_set(d, n, "class", value);
    } else if (attributes_own(e, name)) {
        if (script_address(name, value))
            return false;
        tree_set(d, n, name, value);
    } else if (!as_size(d, n, name, value) && !as_style(d, n, name, value)) {
        if (!attributes_global(name) || strncmp(name, "on", 2) == 0)
            return false;
        tree_set(d, n, name, value);
    }
    return true;
}

const char *html_attributes(struct document *d, xmlNode *n, const struct html_token *t)
{
    const char *left_out = NULL;
    if (t->name && strcmp(t->name, "center") == 0)
        add_style(d, n, "text-align: center");
    for (const struct html_attribute *one = t->attributes; one; one = one->next) {
        const char *name = text_copy(d->arena, one->name);
        const char *value = text_copy(d->arena, html_text(d->arena, one->value));
        if (!set_one(d, n, name, value) && !left_out)
            left_out = name;
    }
    return left_out;
}

struct text html_text(struct arena *a, struct text raw)
{
    if (text_find(raw, '&', 0) >= raw.length)
        return raw;
    markdown_use_arena(a);
    cmark_strbuf b;
    cmark_strbuf_init(markdown_memory(), &b, 0);
    houdini_unescape_html_f(&b, (const unsigned char *)raw.at, (bufsize_t)raw.length);
    return (struct text){(const char *)b.ptr, (size_t)b.size};
}
