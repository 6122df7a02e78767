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

static bool unwanted(const xmlNode *n)
{
    static const char *const active[] = {"script", "handler", "listener", "metadata", "iframe",
                                         "object", "embed",   "audio",    "video",    "link",
                                         "base",   "form",    NULL};
    bool known =
        !n->ns || in_namespace(n->ns, SVG) || in_namespace(n->ns, XHTML) || in_namespace(n->ns, MATHML);
    return !known || one_of(n->name, active);
}

/* An animation that changes an address or a handler. */
static bool animates_address(xmlNode *n)
{
    static const char *const animations[] = {"set", "animate", NULL};
    if (!one_of(n->name, animations))
        return false;
    xmlChar *what = xmlGetNoNsProp(n, (const xmlChar *)"attributeName");
    struct text t = text_of((const char *)what);
    bool yes = text_ends(t, "href") || (t.length > 2 && text_is_nocase(text_slice(t, 0, 2), "on"));
    xmlFree(what);
    return yes;
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

/* The end of a url( … ) that begins at `at`. */
static size_t url_end(struct text css, size_t at)
{
    size_t end = text_find(css, ')', at);
    return end < css.length ? end + 1 : css.length;
}

static bool begins(struct text css, size_t at, const char *word)
{
    return text_is_nocase(text_slice(css, at, at + strlen(word)), word);
}

/* CSS without @import and without url() of anything but the file's own parts and pictures; NULL: as it is. */
static const char *clean_css(struct arena *a, struct text css)
{
    struct buf *out = buf_new(a);
    bool changed = false;
    for (size_t i = 0; i < css.length;) {
        if (begins(css, i, "@import")) {
            size_t end = text_find(css, ';', i);
            i = end < css.length ? end + 1 : css.length;
            changed = true;
        } else if (begins(css, i, "url(")) {
            size_t end = url_end(css, i), from = i + 4;
            while (from < end && (ascii_space(css.at[from]) || css.at[from] == '"' || css.at[from] == '\''))
                from++;
            struct text address = text_slice(css, from, end);
            if (text_starts(address, "#") || picture_in_itself(address))
                buf_text(out, text_slice(css, i, end));
            else
                buf_string(out, "none");
            changed = changed || !(text_starts(address, "#") || picture_in_itself(address));
            i = end;
        } else {
            buf_byte(out, css.at[i++]);
        }
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

void svg_clean_element(struct arena *a, xmlNode *svg, bool links)
{
    for (xmlNode *n = svg, *next; n; n = next) {
        bool element = n->type == XML_ELEMENT_NODE;
        if (element)
            clean_attributes(a, n);
        if (n != svg &&
            (comment_like(n) || (element && (unwanted(n) || animates_address(n) || shows_nothing(n))))) {
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
