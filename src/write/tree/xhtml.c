#include "write/tree/xhtml.h"
#include "document/direction.h"
#include <stdlib.h>

#define XHTML_NAMESPACE "http://www.w3.org/1999/xhtml"
#define EPUB_NAMESPACE "http://www.idpf.org/2007/ops"

/* How the content of an open element is written; one byte for each open element. */
enum manner { EXACT, BLOCK_A_LINE };

struct writer {
    struct buf *out;
    struct buf *manners; /* enum manner, innermost last */
    const struct xhtml_hooks *hooks;
    const struct xhtml_range *range; /* NULL: whole nodes are written */
    bool copy;                       /* what is written stands elsewhere as well, and there in full */
};

/* ---- text */

static void escape(struct buf *out, struct text t, const char *const escapes[128])
{
    size_t from = 0;
    for (size_t i = 0; i < t.length; i++) {
        unsigned char c = (unsigned char)t.at[i];
        if (c >= 128 || !escapes[c])
            continue;
        buf_add(out, t.at + from, i - from);
        buf_string(out, escapes[c]);
        from = i + 1;
    }
    buf_add(out, t.at + from, t.length - from);
}

void xhtml_text(struct buf *out, struct text t)
{
    static const char *const escapes[128] = {
        ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['\r'] = "&#13;"};
    escape(out, t, escapes);
}

void xhtml_value(struct buf *out, struct text t)
{
    static const char *const escapes[128] = {
        ['&'] = "&amp;", ['<'] = "&lt;",   ['>'] = "&gt;",  ['"'] = "&quot;",
        ['\t'] = "&#9;", ['\n'] = "&#10;", ['\r'] = "&#13;"};
    escape(out, t, escapes);
}

static void attribute(struct buf *out, const char *name, const char *value)
{
    buf_byte(out, ' ');
    buf_string(out, name);
    buf_string(out, "=\"");
    xhtml_value(out, text_of(value));
    buf_byte(out, '"');
}

static bool is_text(const xmlNode *n)
{
    return n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE;
}

/* White space between its children from `first` to before `end` doesn't matter: they are blocks and nothing
 * else. */
static bool only_blocks_between(const xmlNode *n, const xmlNode *first, const xmlNode *end)
{
    enum element e = tree_kind(n);
    if (!element_is(e, ELEMENT_IS_BLOCK) || element_is(e, ELEMENT_IS_LEAF))
        return false;
    bool some = false;
    for (const xmlNode *c = first; c && c != end; c = c->next) {
        if (is_text(c) && !tree_is_blank(c))
            return false;
        if (c->type != XML_ELEMENT_NODE)
            continue;
        if (!element_is(tree_kind(c), ELEMENT_IS_BLOCK))
            return false;
        some = true;
    }
    return some;
}

static bool holds_only_blocks(const xmlNode *n)
{
    return only_blocks_between(n, n->children, NULL);
}

/* ---- namespaces */

static bool has_name(const xmlNs *ns, const char *href)
{
    return ns && ns->href && strcmp((const char *)ns->href, href) == 0;
}

static const char *prefix_of(const xmlNs *ns)
{
    return ns && ns->prefix ? (const char *)ns->prefix : NULL;
}

/* MathML and SVG are written without prefix: the namespace is declared where it begins. */
static bool foreign(const xmlNode *n)
{
    return has_name(n->ns, "http://www.w3.org/2000/svg") ||
           has_name(n->ns, "http://www.w3.org/1998/Math/MathML");
}

static void element_label(struct buf *out, const xmlNode *n)
{
    const char *prefix = foreign(n) ? NULL : prefix_of(n->ns);
    if (prefix) {
        buf_string(out, prefix);
        buf_byte(out, ':');
    }
    buf_string(out, (const char *)n->name);
}

static bool declared_before(const xmlAttr *a, const xmlNode *n)
{
    for (const xmlAttr *b = n->properties; b != a; b = b->next)
        if (b->ns == a->ns)
            return true;
    return false;
}

static void declare_namespaces(struct buf *out, const xmlNode *n)
{
    const xmlNode *above = n->parent && n->parent->type == XML_ELEMENT_NODE ? n->parent : NULL;
    if (tree_kind(n) == ELEMENT_HTML) {
        attribute(out, "xmlns", XHTML_NAMESPACE);
        attribute(out, "xmlns:epub", EPUB_NAMESPACE);
    } else if (foreign(n) && (!above || !above->ns || !has_name(above->ns, (const char *)n->ns->href))) {
        attribute(out, "xmlns", (const char *)n->ns->href);
    } else if (above && foreign(above) && !foreign(n)) {
        attribute(out, "xmlns", XHTML_NAMESPACE);
    }
    for (const xmlAttr *a = n->properties; a; a = a->next) {
        const char *prefix = prefix_of(a->ns);
        if (!prefix || has_name(a->ns, (const char *)XML_XML_NAMESPACE) || has_name(a->ns, EPUB_NAMESPACE) ||
            declared_before(a, n))
            continue;
        buf_string(out, " xmlns:");
        buf_string(out, prefix);
        buf_string(out, "=\"");
        xhtml_value(out, text_of((const char *)a->ns->href));
        buf_byte(out, '"');
    }
}

/* ---- elements */

static const char *value_of(const xmlAttr *a)
{
    return a->children && a->children->content ? (const char *)a->children->content : "";
}

static bool is_attribute(const xmlAttr *a, const char *name)
{
    return !a->ns && strcmp((const char *)a->name, name) == 0;
}

/* Does it name elements by their ids? (HTML Standard §4, WAI-ARIA 1.2 §6.) */
static bool names_ids(const xmlAttr *a)
{
    static const char *const names[] = {"headers",      "aria-labelledby",  "aria-describedby",
                                        "aria-details", "aria-controls",    "aria-flowto",
                                        "aria-owns",    "aria-errormessage"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (is_attribute(a, names[i]))
            return true;
    return false;
}

static const char *address(const struct writer *w, const xmlAttr *a, const char *value)
{
    xhtml_link *link = is_attribute(a, "href")    ? w->hooks->link
                       : is_attribute(a, "src")   ? w->hooks->source
                       : is_attribute(a, "style") ? w->hooks->style
                       : names_ids(a)             ? w->hooks->ids
                                                  : NULL;
    const char *other = link ? link(value, w->hooks->user) : NULL;
    return other ? other : value;
}

/* What may stand only once, at the element's true beginning. Notes stay notes, wherever they go on. */
static bool only_once(const xmlNode *n, const xmlAttr *a)
{
    bool says_what = is_attribute(a, "role") || has_name(a->ns, EPUB_NAMESPACE);
    if (says_what && tree_has_word(n, "role", "doc-endnotes"))
        return false;
    return is_attribute(a, "id") || is_attribute(a, "role") || is_attribute(a, "aria-labelledby") ||
           is_attribute(a, "start") || has_name(a->ns, EPUB_NAMESPACE);
}

static bool is_note(const struct writer *w, const xmlNode *n)
{
    return w->hooks->note && w->hooks->note(n, w->hooks->user);
}

/* An item that goes on has had its number. */
static bool goes_on(const struct writer *w, const xmlNode *n, bool again)
{
    return again && !w->copy && tree_kind(n) == ELEMENT_LI;
}

static void attributes(const struct writer *w, const xmlNode *n, bool again)
{
    if (goes_on(w, n, again)) {
        const char *class = tree_get(n, "class");
        attribute(w->out, "class", class ? arena_printf(w->out->arena, "%s goes-on", class) : "goes-on");
    }
    for (const xmlAttr *a = n->properties; a; a = a->next) {
        if (again && (only_once(n, a) || (goes_on(w, n, again) && is_attribute(a, "class"))))
            continue;
        if (is_attribute(a, "id") && is_note(w, n))
            continue;
        const char *value = value_of(a), *written = address(w, a, value);
        if (written != value && !*written)
            continue;
        buf_byte(w->out, ' ');
        const char *prefix = prefix_of(a->ns);
        if (prefix) {
            buf_string(w->out, prefix);
            buf_byte(w->out, ':');
        }
        buf_string(w->out, (const char *)a->name);
        buf_string(w->out, "=\"");
        xhtml_value(w->out, text_of(written));
        buf_byte(w->out, '"');
    }
}

static void start_tag(const struct writer *w, const xmlNode *n, bool again)
{
    buf_byte(w->out, '<');
    element_label(w->out, n);
    declare_namespaces(w->out, n);
    attributes(w, n, again);
}

static enum manner around(const struct writer *w)
{
    return w->manners->length ? (enum manner)w->manners->data[w->manners->length - 1] : EXACT;
}

static void end_line(const struct writer *w)
{
    if (around(w) == BLOCK_A_LINE)
        buf_byte(w->out, '\n');
}

static void enter(const struct writer *w, const xmlNode *n)
{
    buf_byte(w->out, '>');
    if (is_note(w, n)) {
        buf_string(w->out, "<div");
        attribute(w->out, "id", tree_get(n, "id"));
        buf_string(w->out, " epub:type=\"footnote\" role=\"doc-footnote\">");
    }
    buf_byte(w->manners, (char)(holds_only_blocks(n) ? BLOCK_A_LINE : EXACT));
    end_line(w);
}

static void leave(const struct writer *w, const xmlNode *n)
{
    w->manners->length--;
    if (is_note(w, n))
        buf_string(w->out, "</div>");
    buf_string(w->out, "</");
    element_label(w->out, n);
    buf_byte(w->out, '>');
    end_line(w);
}

/* A picture that the output can't have is what its alternative says. */
static bool lost_picture(const struct writer *w, const xmlNode *n)
{
    const char *src = tree_kind(n) == ELEMENT_IMG ? tree_get(n, "src") : NULL;
    const char *written = src && w->hooks->source ? w->hooks->source(src, w->hooks->user) : NULL;
    if (!written || *written)
        return false;
    xhtml_text(w->out, text_of(tree_get(n, "alt")));
    return true;
}

/* True when the element is open now and its children follow. */
static bool element(const struct writer *w, const xmlNode *n)
{
    if (w->hooks->picture && tree_kind(n) == ELEMENT_IMG)
        w->hooks->picture(n, w->out, w->hooks->user);
    if (lost_picture(w, n) || (w->copy && tree_has_word(n, "role", "doc-noteref")))
        return false;
    start_tag(w, n, w->copy && !foreign(n));
    enum element e = tree_kind(n);
    bool closed = e == ELEMENT_UNKNOWN || e >= ELEMENT_CALL || foreign(n) || element_is(e, ELEMENT_IS_EMPTY);
    if (closed && !n->children) {
        buf_string(w->out, "/>");
        end_line(w);
        return false;
    }
    enter(w, n);
    if (n->children)
        return true;
    leave(w, n);
    return false;
}

static void write_text(const struct writer *w, const xmlNode *n)
{
    struct text t = text_of((const char *)n->content);
    size_t from = w->range && n == w->range->first ? w->range->first_offset : 0;
    size_t to = w->range && n == w->range->end ? w->range->end_offset : t.length;
    if (w->hooks->text)
        w->hooks->text(n, from, to, w->out, w->hooks->user);
    else
        xhtml_text(w->out, text_slice(t, from, to));
}

static bool node(const struct writer *w, const xmlNode *n)
{
    if (n->type == XML_ELEMENT_NODE)
        return element(w, n);
    if (is_text(n) && !(around(w) == BLOCK_A_LINE && tree_is_blank(n)))
        write_text(w, n);
    return false;
}

/* ---- walking */

/* Writes from `n` to before `end`, at most to the end of `top`. `top` itself may be `n`, and is then closed.
 */
static void walk(const struct writer *w, const xmlNode *top, const xmlNode *n, const xmlNode *end)
{
    const xmlNode *last_closed = n == top ? top : NULL;
    while (n != end) {
        if (node(w, n)) {
            n = n->children;
            continue;
        }
        while (n != top && !n->next) {
            n = n->parent;
            if (n != top || n == last_closed)
                leave(w, n);
        }
        if (n == top)
            return;
        n = n->next;
    }
    for (n = n->parent; n != top; n = n->parent)
        leave(w, n);
}

static struct writer writer_on(struct buf *out, const struct xhtml_hooks *hooks)
{
    return (struct writer){.out = out, .manners = buf_new(out->arena), .hooks = hooks};
}

void xhtml_node(const xmlNode *n, xhtml_link *link, void *user, struct buf *out)
{
    struct xhtml_hooks hooks = {.link = link, .user = user};
    struct writer w = writer_on(out, &hooks);
    walk(&w, n, n, NULL);
    buf_free(w.manners);
}

/* A list that goes on counts on from the items before `child` (HTML Standard §4.4.5). */
static void go_on_counting(const struct writer *w, const xmlNode *list, const xmlNode *child)
{
    const char *start = tree_get(list, "start");
    bool backwards = tree_get(list, "reversed") != NULL;
    long long number = start ? strtoll(start, NULL, 10) : !backwards;
    for (const xmlNode *c = list->children; c && backwards && !start; c = c->next)
        number += tree_kind(c) == ELEMENT_LI;
    for (const xmlNode *c = list->children; c != child; c = c->next) {
        if (tree_kind(c) != ELEMENT_LI)
            continue;
        const char *value = tree_get(c, "value");
        number = (value ? strtoll(value, NULL, 10) : number) + (backwards ? -1 : 1);
    }
    buf_string(w->out, " start=\"");
    buf_int(w->out, number);
    buf_byte(w->out, '"');
}

/* The columns of a table that goes on, and its head. */
static void repeat_head(const struct writer *w, const xmlNode *table, const xmlNode *child)
{
    struct writer copy = *w;
    copy.copy = true;
    for (const xmlNode *c = table->children; c != child; c = c->next) {
        enum element e = tree_kind(c);
        if (e == ELEMENT_COLGROUP || e == ELEMENT_COL || (e == ELEMENT_THEAD && c == w->range->head))
            walk(&copy, c, c, NULL);
    }
}

/* Opens the ancestors of the range's first node below `top`, outermost first; an ancestor whose content
 * begins with that node begins here in full. */
static void open_ancestors(const struct writer *w, const xmlNode *top)
{
    const xmlNode *first = w->range->first;
    size_t depth = 0;
    for (const xmlNode *a = first->parent; a != top; a = a->parent)
        depth++;
    const xmlNode **path = arena_array(w->out->arena, depth + 1, sizeof(xmlNode *));
    path[depth] = first;
    for (size_t i = depth; i > 0; i--)
        path[i - 1] = path[i]->parent;
    for (size_t i = 0; i < depth; i++) {
        bool whole = w->range->first_offset == 0;
        for (size_t k = i; k < depth && whole; k++)
            whole = path[k]->children == path[k + 1];
        start_tag(w, path[i], !whole);
        if (!whole && tree_kind(path[i]) == ELEMENT_OL)
            go_on_counting(w, path[i], path[i + 1]);
        enter(w, path[i]);
        if (!whole && tree_kind(path[i]) == ELEMENT_TABLE)
            repeat_head(w, path[i], path[i + 1]);
    }
}

static const xmlNode *child_towards(const xmlNode *top, const xmlNode *n)
{
    while (n->parent != top)
        n = n->parent;
    return n;
}

/* What comes behind `n` and all in it; NULL: nothing below `top`. */
static const xmlNode *behind(const xmlNode *top, const xmlNode *n)
{
    while (n != top && !n->next)
        n = n->parent;
    return n == top ? NULL : n->next;
}

void xhtml_range(const xmlNode *top, const struct xhtml_range *r, const struct xhtml_hooks *hooks,
                 struct buf *out)
{
    struct writer w = writer_on(out, hooks);
    w.range = r;
    const xmlNode *end = r->end_offset ? behind(top, r->end) : r->end;
    buf_byte(w.manners,
             (char)(only_blocks_between(top, child_towards(top, r->first), end) ? BLOCK_A_LINE : EXACT));
    open_ancestors(&w, top);
    walk(&w, top, r->first, end);
    buf_free(w.manners);
}

/* ---- the single page */

void xhtml_begin(struct buf *out, const char *language, const char *title)
{
    buf_string(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n<html");
    attribute(out, "xmlns", XHTML_NAMESPACE);
    attribute(out, "xmlns:epub", EPUB_NAMESPACE);
    if (language && *language) {
        attribute(out, "lang", language);
        attribute(out, "xml:lang", language);
    }
    if (language_from_right(language))
        attribute(out, "dir", "rtl");
    buf_string(out, ">\n<head>\n<meta charset=\"utf-8\"/>\n<title>");
    xhtml_text(out, text_of(title));
    buf_string(out, "</title>\n");
}

int xhtml_write(const struct document *d, struct text css, struct output *out)
{
    struct buf *page = buf_new(d->arena);
    const char *title = d->meta.title && *d->meta.title ? d->meta.title : io_basename(d->source_name);
    xhtml_begin(page, d->meta.language, title);
    buf_string(page, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<style>\n");
    xhtml_text(page, css);
    buf_string(page, "</style>\n</head>\n");
    xhtml_node(d->body, NULL, NULL, page);
    buf_string(page, "\n</html>\n");
    int rc = output_write(out, page->data, page->length);
    buf_free(page);
    return rc;
}
