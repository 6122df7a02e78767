#include "refine/links.h"
#include "base/buf.h"
#include <stdlib.h>

struct mending {
    struct document *document;
    const struct ids *ids;
};

/* RFC 3986 §3.1: letters, digits, + - . before a colon; "" when there is no scheme. */
static struct text scheme_of(struct text href)
{
    for (size_t i = 0; i < href.length; i++) {
        char c = href.at[i];
        if (c == ':')
            return text_slice(href, 0, i);
        if (!ascii_alpha(c) && !(i && (ascii_digit(c) || strchr("+-.", c))))
            break;
    }
    return TEXT("");
}

/* Schemes whose links mean something outside of this machine. */
static bool leads_out(struct text href)
{
    static const char *const schemes[] = {"http", "https", "mailto", "tel",    "sms",  "ftp",  "geo", "doi",
                                          "urn",  "xmpp",  "irc",    "gopher", "news", "nntp", "sip", NULL};
    struct text scheme = scheme_of(href);
    for (const char *const *s = schemes; *s; s++)
        if (text_is_nocase(scheme, *s))
            return true;
    return false;
}

static bool hex(char c)
{
    return ascii_digit(c) || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'f');
}

/* The address with everything encoded that a URL may not hold; NULL when it is valid as it is. */
static const char *encoded(struct document *d, struct text href)
{
    struct buf *b = buf_new(d->arena);
    for (size_t i = 0; i < href.length; i++) {
        unsigned char c = (unsigned char)href.at[i];
        bool percent = c == '%' && !(i + 2 < href.length && hex(href.at[i + 1]) && hex(href.at[i + 2]));
        if (c <= ' ' || c >= 0x7F || strchr("\"<>\\^`{|}", c) || percent)
            buf_printf(b, "%%%02X", c);
        else
            buf_byte(b, (char)c);
    }
    return text_equal(buf_view(b), href) ? NULL : buf_view(b).at;
}

/* "%C3%A9" as "é". */
static const char *decoded(struct document *d, const char *name)
{
    char *out = arena_string(d->arena, name), *to = out;
    for (const char *from = out; *from; from++) {
        if (from[0] == '%' && hex(from[1]) && hex(from[2])) {
            char digits[3] = {from[1], from[2], 0};
            *to++ = (char)strtol(digits, NULL, 16);
            from += 2;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
    return out;
}

/* The words stay, the link goes. */
static void take_off(struct document *d, xmlNode *a)
{
    static const char *const attributes[] = {"href", "target", "rel", "download", "hreflang", "type", NULL};
    for (const char *const *name = attributes; *name; name++)
        tree_set(d, a, *name, NULL);
    if (!a->properties)
        tree_unwrap(d, a);
    else
        tree_rename(d, a, ELEMENT_SPAN);
}

static void mend_inner(struct mending *m, xmlNode *a, const char *name)
{
    struct document *d = m->document;
    const char *id = ids_find(m->ids, name);
    if (!id)
        id = ids_find(m->ids, decoded(d, name));
    if (!id && (!*name || strcmp(name, "top") == 0)) /* HTML §7.4.6.4: the top of the document */
        id = ids_find(m->ids, "title");
    if (id) {
        tree_set(d, a, "href", arena_printf(d->arena, "#%s", id));
        return;
    }
    struct place where = tree_place(d, a);
    message(d->messages, SEVERITY_WARNING, "links.missing", &where,
            "The link to #%s leads nowhere; its words stay without it. Give the place the id %s.", name,
            name);
    take_off(d, a);
}

static void mend(xmlNode *n, void *user)
{
    struct mending *m = user;
    struct document *d = m->document;
    if (tree_kind(n) != ELEMENT_A)
        return;
    const char *href = tree_get(n, "href");
    if (!href)
        return;
    struct text t = text_trim(text_of(href));
    if (!t.length || t.at[0] == '#') {
        mend_inner(m, n, t.length ? text_copy(d->arena, text_slice(t, 1, t.length)) : "");
        return;
    }
    if (leads_out(t) || text_starts(t, "//")) {
        const char *valid = encoded(d, t);
        if (valid)
            tree_set(d, n, "href", valid);
        return;
    }
    struct place where = tree_place(d, n);
    message(d->messages, SEVERITY_WARNING, "links.local", &where,
            "The link to %s leads to no place on the web; its words stay without it. Give its whole address.",
            text_copy(d->arena, t));
    take_off(d, n);
}

void links_mend(struct document *d, const struct ids *ids)
{
    static const struct walker w = {NULL, mend};
    tree_walk(d->body, &w, &(struct mending){d, ids});
}
