#include "refine/image_svg.h"
#include "base/buf.h"
#include <libxml/parser.h>

#define SVG "http://www.w3.org/2000/svg"
#define XLINK "http://www.w3.org/1999/xlink"
#define XHTML "http://www.w3.org/1999/xhtml"
#define MATHML "http://www.w3.org/1998/Math/MathML"

static bool one_of(const xmlChar *name, const char *const *list)
{
    for (; *list; list++)
        if (text_is_nocase(text_of((const char *)name), *list))
            return true;
    return false;
}

static bool in_namespace(const xmlNs *ns, const char *href)
{
    return ns && ns->href && strcmp((const char *)ns->href, href) == 0;
}

/* ---- elements */

/* What runs, fetches or moves: a book's pictures stand still, so that none can flash. */
static bool unwanted(const xmlNode *n)
{
    static const char *const active[] = {
        "script",        "handler",      "listener", "metadata", "iframe",
        "object",        "embed",        "audio",    "video",    "link",
        "base",          "form",         "set",      "animate",  "animateTransform",
        "animateMotion", "animateColor", NULL};
    bool known =
        !n->ns || in_namespace(n->ns, SVG) || in_namespace(n->ns, XHTML) || in_namespace(n->ns, MATHML);
    /* what stands in a foreignObject is of another vocabulary, or it is nothing (SVG 2, 12.2) */
    bool stray = n->parent && strcmp((const char *)n->parent->name, "foreignObject") == 0 &&
                 strcmp((const char *)n->name, "svg") != 0 && !in_namespace(n->ns, XHTML) &&
                 !in_namespace(n->ns, MATHML);
    /* one without a size isn't drawn (SVG 2, 8.2), and EPUBCheck faults it */
    bool undrawn = strcmp((const char *)n->name, "foreignObject") == 0 &&
                   (!tree_get(n, "width") || !tree_get(n, "height"));
    return !known || stray || undrawn || one_of(n->name, active);
}

/* ---- attributes and styles */

static bool picture_in_itself(struct text t)
{
    static const char *const types[] = {"data:image/png", "data:image/jpeg", "data:image/gif",
                                        "data:image/webp"};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (text_starts(t, types[i]))
            return true;
    return false;
}

static bool address_allowed(const xmlNode *n, struct text t)
{
    if (text_starts(t, "#"))
        return true;
    if (strcmp((const char *)n->name, "a") == 0)
        return text_starts(t, "https://") || text_starts(t, "http://") || text_starts(t, "mailto:");
    return picture_in_itself(t);
}

static bool begins(struct text css, size_t at, const char *word)
{
    return text_is_nocase(text_slice(css, at, at + strlen(word)), word);
}

/* Behind the string whose quotation mark stands at `at`. */
static size_t string_end(struct text css, size_t at)
{
    size_t end = text_find(css, css.at[at], at + 1);
    return end < css.length ? end + 1 : css.length;
}

static bool opens_string(char c)
{
    return c == '"' || c == '\'';
}

/* Behind the first `close` from `at` on that is in no string nor, when `open` is given, in a pair within. */
static size_t behind(struct text css, size_t at, char open, char close)
{
    int depth = 0;
    while (at < css.length) {
        char c = css.at[at];
        if (opens_string(c)) {
            at = string_end(css, at);
            continue;
        }
        at++;
        depth += c == open;
        if (c == close && --depth <= 0)
            return at;
    }
    return at;
}

/* -1: no hexadecimal digit. */
static int hex(char c)
{
    char lower = ascii_lower(c);
    return ascii_digit(c) ? c - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* Escapes of ASCII letters, by which words could hide: CSS Syntax 3, §4.3.7. */
static struct text without_escapes(struct arena *a, struct text css)
{
    if (text_find(css, '\\', 0) == css.length)
        return css;
    struct buf *out = buf_new(a);
    for (size_t i = 0; i < css.length;) {
        size_t digits = 0;
        int c = 0;
        while (css.at[i] == '\\' && digits < 6 && i + 1 + digits < css.length &&
               hex(css.at[i + 1 + digits]) >= 0)
            c = c * 16 + hex(css.at[i + 1 + digits++]);
        if (!digits || c >= 0x80 || !ascii_alpha((char)c)) {
            buf_byte(out, css.at[i++]);
            continue;
        }
        buf_byte(out, (char)c);
        i += 1 + digits;
        i += i < css.length && ascii_space(css.at[i]);
    }
    return buf_view(out);
}

/* A rule or a value that a picture does without. */
static size_t unwanted_css(struct text css, size_t at)
{
    static const char *const moving[] = {"@keyframes", "@-webkit-keyframes", "@-moz-keyframes", NULL};
    static const char *const fetching[] = {"image-set(", "-webkit-image-set(", "src(", NULL};
    if (begins(css, at, "@import"))
        return behind(css, at, ';', ';');
    for (const char *const *word = moving; css.at[at] == '@' && *word; word++)
        if (begins(css, at, *word))
            return behind(css, at, '{', '}');
    bool within =
        at > 0 && (ascii_alpha(css.at[at - 1]) || ascii_digit(css.at[at - 1]) || css.at[at - 1] == '-');
    for (const char *const *word = fetching; !within && *word; word++)
        if (begins(css, at, *word))
            return behind(css, at, '(', ')');
    return at;
}

/* CSS without what moves or fetches: url() of the file's own parts and of pictures in themselves stays. NULL:
 * as it is. */
static const char *clean_css(struct arena *a, struct text given)
{
    struct text css = without_escapes(a, given);
    struct buf *out = buf_new(a);
    bool changed = css.at != given.at;
    for (size_t i = 0; i < css.length;) {
        size_t end = unwanted_css(css, i);
        if (end > i) {
            buf_string(out, css.at[i] == '@' ? "" : "none");
            changed = true;
        } else if (begins(css, i, "url(")) {
            size_t from = i + 4;
            while (from < css.length && ascii_space(css.at[from]))
                from++;
            end = behind(css, i, '(', ')');
            struct text address = text_slice(css, from + (from < end && opens_string(css.at[from])), end);
            bool own = text_starts(address, "#") || picture_in_itself(address);
            buf_text(out, own ? text_slice(css, i, end) : TEXT("none"));
            changed = changed || !own;
        } else {
            end = i + 1;
            buf_byte(out, css.at[i]);
        }
        i = end;
    }
    return changed ? buf_view(out).at ? buf_view(out).at : "" : NULL;
}

static void clean_attribute(struct arena *a, xmlNode *n, xmlAttr *attribute)
{
    const char *name = (const char *)attribute->name;
    bool known = !attribute->ns || in_namespace(attribute->ns, XLINK) ||
                 in_namespace(attribute->ns, (const char *)XML_XML_NAMESPACE) ||
                 in_namespace(attribute->ns, "http://www.idpf.org/2007/ops");
    if (!known || text_is_nocase(text_slice(text_of(name), 0, 2), "on") ||
        strcmp((const char *)attribute->name, "base") == 0) {
        xmlRemoveProp(attribute);
        return;
    }
    xmlChar *value = arena_must(a, xmlNodeListGetString(n->doc, attribute->children, 1));
    struct text t = text_trim(text_of((const char *)value));
    bool address = strcmp(name, "href") == 0 || strcmp(name, "src") == 0;
    const char *css = address ? NULL : clean_css(a, t);
    if (address && !address_allowed(n, t))
        xmlRemoveProp(attribute);
    else if (css)
        xmlSetNsProp(n, attribute->ns, attribute->name, (const xmlChar *)css);
    xmlFree(value);
}

static void clean_sheet(struct arena *a, xmlNode *style)
{
    xmlChar *sheet = arena_must(a, xmlNodeGetContent(style));
    const char *css = clean_css(a, text_of((const char *)sheet));
    if (css) {
        xmlNode *text = arena_must(a, xmlNewDocText(style->doc, (const xmlChar *)css));
        for (xmlNode *child = style->children, *next; child; child = next) {
            next = child->next;
            xmlUnlinkNode(child);
            xmlFreeNode(child);
        }
        xmlAddChild(style, text);
    }
    xmlFree(sheet);
}

static void clean_attributes(struct arena *a, xmlNode *n)
{
    for (xmlAttr *at = n->properties, *next; at; at = next) {
        next = at->next;
        clean_attribute(a, n, at);
    }
    if (strcmp((const char *)n->name, "style") == 0)
        clean_sheet(a, n);
}

/* ---- the walk */

static bool comment_like(const xmlNode *n)
{
    return n->type == XML_COMMENT_NODE || n->type == XML_PI_NODE || n->type == XML_ENTITY_REF_NODE;
}

/* An element that shows what its address names, and has none any more. */
static bool shows_nothing(const xmlNode *n)
{
    static const char *const referring[] = {"image", "use", NULL};
    if (!one_of(n->name, referring))
        return false;
    for (const xmlAttr *at = n->properties; at; at = at->next)
        if (strcmp((const char *)at->name, "href") == 0)
            return false;
    return true;
}

/* The node after `n` and all below it, within `top`. */
static xmlNode *after(const xmlNode *top, const xmlNode *n)
{
    while (n != top && !n->next)
        n = n->parent;
    return n == top ? NULL : n->next;
}

/* In a picture no link can be followed: what it holds is a group. */
static void unlink_text(struct arena *a, xmlNode *n)
{
    bool in_text = n->parent && (strcmp((const char *)n->parent->name, "text") == 0 ||
                                 strcmp((const char *)n->parent->name, "tspan") == 0);
    while (n->properties && in_namespace(n->properties->ns, XLINK))
        xmlRemoveProp(n->properties);
    xmlUnsetProp(n, (const xmlChar *)"href");
    xmlNodeSetName(n, (const xmlChar *)(in_text ? "tspan" : "g"));
    arena_must(a, (void *)(uintptr_t)n->name);
}

/* Cleans an svg element that stands in a tree; `links`: they may stay. */
static void svg_clean_element(struct arena *a, xmlNode *svg, bool links)
{
    for (xmlNode *n = svg, *next; n; n = next) {
        bool element = n->type == XML_ELEMENT_NODE;
        if (element)
            clean_attributes(a, n);
        if (n != svg && (comment_like(n) || (element && (unwanted(n) || shows_nothing(n))))) {
            next = after(svg, n);
            xmlUnlinkNode(n);
            xmlFreeNode(n);
            continue;
        }
        if (element && !links && strcmp((const char *)n->name, "a") == 0)
            unlink_text(a, n);
        next = element && n->children ? n->children : after(svg, n);
    }
}

/* Declarations of namespaces that nothing uses any more. */
static void drop_namespaces(xmlNode *root)
{
    for (xmlNs **ns = &root->nsDef; *ns;) {
        if (in_namespace(*ns, SVG) || in_namespace(*ns, XLINK) || in_namespace(*ns, XHTML) ||
            in_namespace(*ns, MATHML)) {
            ns = &(*ns)->next;
            continue;
        }
        xmlNs *gone = *ns;
        *ns = gone->next;
        xmlFreeNs(gone);
    }
}

/* No document type, nothing before or behind the root. */
static void keep_only(xmlDoc *doc, const xmlNode *root)
{
    for (xmlNode *n = doc->children, *next; n; n = next) {
        next = n->next;
        if (n == root)
            continue;
        xmlUnlinkNode(n);
        xmlFreeNode(n);
    }
}

static void doc_end(void *what)
{
    xmlFreeDoc(what);
}

struct text svg_clean(struct arena *a, struct text bytes)
{
    struct text out = {NULL, 0};
    int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA;
    xmlDoc *doc = xmlReadMemory(bytes.at, (int)bytes.length, NULL, NULL, options);
    if (!doc)
        return out;
    arena_defer(a, doc_end, doc);
    xmlNode *root = xmlDocGetRootElement(doc);
    if (!root || strcmp((const char *)root->name, "svg") != 0)
        return out;
    svg_clean_element(a, root, false);
    drop_namespaces(root);
    keep_only(doc, root);
    xmlChar *text = NULL;
    int length = 0;
    xmlDocDumpMemoryEnc(doc, &text, &length, "UTF-8");
    if (text)
        out = (struct text){arena_copy(a, text, (size_t)length), (size_t)length};
    xmlFree(text);
    return out;
}
