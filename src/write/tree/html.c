#include "write/tree/html.h"
#include "write/tree/xhtml.h"

struct writing {
    struct buf *out;
    struct buf *turns; /* enum html_turn of each open element, innermost last */
    const struct html_hooks *hooks;
};

void html_attribute(struct buf *out, const char *name, const char *value)
{
    buf_printf(out, " %s=\"", name);
    xhtml_value(out, text_of(value));
    buf_byte(out, '"');
}

/* ---- elements */

static bool has_prefix(const xmlNs *ns, const char *prefix)
{
    return ns && ns->prefix && strcmp((const char *)ns->prefix, prefix) == 0;
}

static void attribute(const struct writing *w, const xmlNode *n, const xmlAttr *a)
{
    if (has_prefix(a->ns, "epub") || has_prefix(a->ns, "xml"))
        return;
    const char *value = a->children && a->children->content ? (const char *)a->children->content : "";
    const char *name = (const char *)a->name;
    if (a->ns && a->ns->prefix)
        name = arena_printf(w->out->arena, "%s:%s", (const char *)a->ns->prefix, name);
    if (w->hooks->attribute)
        value = w->hooks->attribute(n, name, value, w->hooks->user);
    if (value)
        html_attribute(w->out, name, value);
}

static const char *name_of(const struct writing *w, const xmlNode *n)
{
    const char *name = w->hooks->name ? w->hooks->name(n, w->hooks->user) : NULL;
    return name ? name : (const char *)n->name;
}

/* The parser drops a line end right behind <pre>. */
static void keep_first_line(const struct writing *w, const xmlNode *n)
{
    const xmlNode *first = n->children;
    if (tree_kind(n) == ELEMENT_PRE && first && first->type == XML_TEXT_NODE && first->content[0] == '\n')
        buf_byte(w->out, '\n');
}

static void start_tag(const struct writing *w, const xmlNode *n)
{
    buf_byte(w->out, '<');
    buf_string(w->out, name_of(w, n));
    for (const xmlAttr *a = n->properties; a; a = a->next)
        attribute(w, n, a);
    if (w->hooks->attributes)
        w->hooks->attributes(n, w->out, w->hooks->user);
    buf_byte(w->out, '>');
    keep_first_line(w, n);
}

static enum walk enter(xmlNode *n, void *user)
{
    struct writing *w = user;
    if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) {
        xhtml_text(w->out, text_of((const char *)n->content));
        return WALK_ON;
    }
    if (n->type != XML_ELEMENT_NODE)
        return WALK_SKIP;
    enum html_turn turn = w->hooks->enter ? w->hooks->enter(n, w->out, w->hooks->user) : HTML_WRITE;
    if (turn == HTML_LEAVE_OUT)
        return WALK_SKIP;
    if (turn == HTML_WRITE)
        start_tag(w, n);
    buf_byte(w->turns, (char)turn);
    return WALK_ON;
}

static void end_tag(const struct writing *w, const xmlNode *n)
{
    enum element e = tree_kind(n);
    if (!element_is(e, ELEMENT_IS_EMPTY))
        buf_printf(w->out, "</%s>", name_of(w, n));
    if (element_is(e, ELEMENT_IS_BLOCK))
        buf_byte(w->out, '\n');
}

static void leave(xmlNode *n, void *user)
{
    struct writing *w = user;
    if (n->type != XML_ELEMENT_NODE)
        return;
    if (w->turns->data[--w->turns->length] == HTML_WRITE)
        end_tag(w, n);
    if (w->hooks->leave)
        w->hooks->leave(n, w->out, w->hooks->user);
}

static const struct walker walker = {enter, leave};

void html_node(xmlNode *n, const struct html_hooks *hooks, struct buf *out)
{
    struct writing w = {out, buf_new(out->arena), hooks};
    tree_walk(n, &walker, &w);
    buf_free(w.turns);
}

void html_children(xmlNode *n, const struct html_hooks *hooks, struct buf *out)
{
    for (xmlNode *c = n->children; c; c = c->next)
        html_node(c, hooks, out);
}

/* ---- raw text */

void html_style(struct buf *out, struct text css)
{
    for (size_t i = 0; i < css.length; i++) {
        buf_byte(out, css.at[i]);
        if (css.at[i] == '<' && i + 1 < css.length && css.at[i + 1] == '/')
            buf_byte(out, '\\'); /* it can stand only in a string, where <\/ means the same, or a comment */
    }
}

void html_base64(struct buf *out, struct text bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    buf_reserve(out, bytes.length / 3 * 4 + 4);
    const unsigned char *b = (const unsigned char *)bytes.at;
    for (size_t i = 0; i < bytes.length; i += 3) {
        size_t n = bytes.length - i < 3 ? bytes.length - i : 3;
        unsigned three =
            (unsigned)b[i] << 16 | (n > 1 ? (unsigned)b[i + 1] << 8 : 0) | (n > 2 ? b[i + 2] : 0u);
        buf_byte(out, digits[three >> 18]);
        buf_byte(out, digits[three >> 12 & 63]);
        buf_byte(out, n > 1 ? digits[three >> 6 & 63] : '=');
        buf_byte(out, n > 2 ? digits[three & 63] : '=');
    }
}
