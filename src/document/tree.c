#include "base/buf.h"
#include "base/utf8.h"
#include "document/document.h"

/* What an element of ours carries beside libxml2's fields, hung on its `_private`. */
struct mark {
    enum element kind;
    struct place place;
};

static struct mark *mark_of(const xmlNode *n)
{
    return n->type == XML_ELEMENT_NODE || n->type == XML_TEXT_NODE ? n->_private : NULL;
}

static struct mark *mark_new(struct document *d, enum element e, const struct place *where)
{
    struct mark *m = arena_alloc(d->arena, sizeof *m);
    m->kind = e;
    if (where)
        m->place = *where;
    return m;
}

/* Hangs a loose node between two siblings, either of which may be NULL. libxml2's own functions would join
 * texts, which takes memory that they don't tell is gone. */
static void hang(xmlNode *parent, xmlNode *before, xmlNode *n, xmlNode *next)
{
    n->parent = parent;
    n->prev = before;
    n->next = next;
    *(before ? &before->next : &parent->children) = n;
    *(next ? &next->prev : &parent->last) = n;
}

static xmlNode *make(struct document *d, xmlNode *parent, enum element e, xmlNs *ns,
                     const struct place *where)
{
    struct mark *m = mark_new(d, e, where);
    xmlNode *n = arena_must(d->arena, xmlNewDocNode(d->tree, ns, (const xmlChar *)element_name(e), NULL));
    n->_private = m;
    if (parent)
        hang(parent, parent->last, n, NULL);
    arena_must(d->arena, (void *)(uintptr_t)n->name);
    return n;
}

xmlNode *tree_element(struct document *d, xmlNode *parent, enum element e, const struct place *where)
{
    return make(d, parent, e, d->xhtml, where);
}

static xmlNode *keyed(struct document *d, xmlNode *parent, enum element e, struct text key,
                      const struct place *where)
{
    xmlNode *n = make(d, parent, e, d->octavo, where);
    tree_set(d, n, "key", text_copy(d->arena, key));
    return n;
}

xmlNode *tree_call(struct document *d, xmlNode *parent, struct text key, const struct place *where)
{
    return keyed(d, parent, ELEMENT_CALL, key, where);
}

xmlNode *tree_note(struct document *d, xmlNode *parent, struct text key, const struct place *where)
{
    return keyed(d, parent, ELEMENT_NOTE, key, where);
}

/* XML 1.0 §2.2: which characters may stand in a document. */
static bool allowed(uint32_t c)
{
    return c >= 0x20 ? c != 0xFFFE && c != 0xFFFF : c == '\t' || c == '\n' || c == '\r';
}

static struct text clean(struct document *d, struct text t)
{
    size_t at = 0;
    while (at < t.length) {
        size_t from = at;
        if (!allowed(utf8_next(t, &at))) {
            at = from;
            break;
        }
    }
    if (at >= t.length)
        return t;
    struct buf *b = buf_new(d->arena);
    buf_add(b, t.at, at);
    while (at < t.length) {
        uint32_t c = utf8_next(t, &at);
        if (allowed(c))
            buf_utf8(b, c);
    }
    return buf_view(b);
}

xmlNode *tree_text(struct document *d, xmlNode *parent, struct text t)
{
    t = clean(d, t);
    xmlNode *last = parent ? parent->last : NULL;
    if (last && last->type == XML_TEXT_NODE) {
        size_t end = strlen((const char *)arena_must(d->arena, last->content));
        if (t.length &&
            (xmlTextConcat(last, (const xmlChar *)t.at, (int)t.length) != 0 || !last->content[end]))
            arena_exhausted(d->arena); /* libxml2 2.9 leaves the text as it was, and says nothing */
        return last;
    }
    xmlNode *n = arena_must(d->arena, xmlNewDocTextLen(d->tree, (const xmlChar *)t.at, (int)t.length));
    if (parent)
        hang(parent, last, n, NULL);
    arena_must(d->arena, n->content);
    return n;
}

/* ---- attributes */

static const char *split_name(const struct document *d, const char *name, xmlNs **ns)
{
    *ns = NULL;
    if (strncmp(name, "epub:", 5) == 0) {
        *ns = d->epub;
        return name + 5;
    }
    if (strncmp(name, "xml:", 4) == 0) {
        *ns = xmlSearchNsByHref(d->tree, d->root, XML_XML_NAMESPACE);
        return name + 4;
    }
    return name;
}

/* libxml2 2.9 gives nodes without name or content when memory is gone: each is looked at. */
void tree_set(struct document *d, xmlNode *n, const char *name, const char *value)
{
    xmlNs *ns;
    const char *local = split_name(d, name, &ns);
    if (!value) {
        xmlAttr *attribute = ns ? xmlHasNsProp(n, (const xmlChar *)local, ns->href)
                                : xmlHasNsProp(n, (const xmlChar *)local, NULL);
        if (attribute)
            xmlRemoveProp(attribute);
        return;
    }
    struct text t = clean(d, text_of(value));
    if (t.at != value)
        value = text_copy(d->arena, t);
    const xmlAttr *a =
        arena_must(d->arena, xmlSetNsProp(n, ns, (const xmlChar *)local, (const xmlChar *)value));
    arena_must(d->arena, (void *)(uintptr_t)a->name);
    if (*value)
        arena_must(d->arena, a->children ? a->children->content : NULL);
}

const char *tree_get(const xmlNode *n, const char *name)
{
    const char *prefix = "";
    const char *colon = strchr(name, ':');
    if (colon) {
        prefix = colon - name == 4 ? "epub" : "xml";
        name = colon + 1;
    }
    if (n->type != XML_ELEMENT_NODE)
        return NULL;
    for (const xmlAttr *a = n->properties; a; a = a->next) {
        const char *has = a->ns && a->ns->prefix ? (const char *)a->ns->prefix : "";
        if (strcmp((const char *)a->name, name) == 0 && strcmp(has, prefix) == 0)
            return a->children && a->children->content ? (const char *)a->children->content : "";
    }
    return NULL;
}

bool tree_has_word(const xmlNode *n, const char *name, const char *word)
{
    struct text rest = text_of(tree_get(n, name));
    size_t at = 0;
    while (at < rest.length) {
        while (at < rest.length && ascii_space(rest.at[at]))
            at++;
        size_t from = at;
        while (at < rest.length && !ascii_space(rest.at[at]))
            at++;
        if (at > from && text_is(text_slice(rest, from, at), word))
            return true;
    }
    return false;
}

void tree_add_class(struct document *d, xmlNode *n, const char *name)
{
    const char *old = tree_get(n, "class");
    if (!old || !*old)
        tree_set(d, n, "class", name);
    else if (!tree_has_word(n, "class", name))
        tree_set(d, n, "class", arena_printf(d->arena, "%s %s", old, name));
}

const xmlNode *tree_heading_title(const xmlNode *heading)
{
    const xmlNode *n = tree_element_after(heading);
    return n && tree_has_word(n, "class", "heading-title") ? n : NULL;
}

/* ---- moving nodes */

void tree_unlink(xmlNode *n)
{
    xmlUnlinkNode(n);
}

void tree_remove(xmlNode *n)
{
    xmlUnlinkNode(n);
    xmlFreeNode(n);
}

void tree_append(struct document *d, xmlNode *parent, xmlNode *child)
{
    (void)d;
    xmlUnlinkNode(child);
    hang(parent, parent->last, child, NULL);
}

void tree_insert_before(struct document *d, xmlNode *next, xmlNode *n)
{
    (void)d;
    xmlUnlinkNode(n);
    hang(next->parent, next->prev, n, next);
}

void tree_insert_after(struct document *d, xmlNode *before, xmlNode *n)
{
    (void)d;
    xmlUnlinkNode(n);
    hang(before->parent, before, n, before->next);
}

void tree_move_children(struct document *d, xmlNode *to, xmlNode *from)
{
    for (xmlNode *c = from->children, *next; c; c = next) {
        next = c->next;
        tree_append(d, to, c);
    }
}

xmlNode *tree_wrap(struct document *d, xmlNode *n, enum element e)
{
    struct place where = tree_place(d, n);
    xmlNode *outer = tree_element(d, NULL, e, &where);
    xmlReplaceNode(n, outer);
    hang(outer, NULL, n, NULL);
    return outer;
}

void tree_unwrap(struct document *d, xmlNode *n)
{
    for (xmlNode *c = n->children, *next; c; c = next) {
        next = c->next;
        tree_insert_before(d, n, c);
    }
    tree_remove(n);
}

void tree_rename(struct document *d, xmlNode *n, enum element e)
{
    xmlNodeSetName(n, (const xmlChar *)element_name(e));
    arena_must(d->arena, (void *)(uintptr_t)n->name);
    struct mark *m = mark_of(n);
    if (m)
        m->kind = e;
    else
        n->_private = mark_new(d, e, NULL);
    n->ns = d->xhtml;
}

/* ---- what a node is */

enum element tree_kind(const xmlNode *n)
{
    const struct mark *m = n->type == XML_ELEMENT_NODE ? n->_private : NULL;
    return m ? m->kind : ELEMENT_UNKNOWN;
}

bool tree_is_endnotes(const xmlNode *n)
{
    return tree_kind(n) == ELEMENT_SECTION && tree_has_word(n, "epub:type", "endnotes");
}

bool tree_is_endnote(const xmlNode *n)
{
    return tree_kind(n) == ELEMENT_LI && tree_get(n, "id") &&
           tree_has_word(n->parent->parent, "epub:type", "endnotes");
}

bool tree_is_blank(const xmlNode *n)
{
    for (const xmlChar *c = n->content; c && *c; c++)
        if (!ascii_space((char)*c))
            return false;
    return true;
}

const xmlNode *tree_element_from(const xmlNode *n)
{
    while (n && n->type != XML_ELEMENT_NODE)
        n = n->next;
    return n;
}

const xmlNode *tree_element_before(const xmlNode *n)
{
    do
        n = n->prev;
    while (n && n->type != XML_ELEMENT_NODE);
    return n;
}

const xmlNode *tree_element_after(const xmlNode *n)
{
    return tree_element_from(n->next);
}

struct place tree_place(const struct document *d, const xmlNode *n)
{
    for (; n && n->type != XML_DOCUMENT_NODE; n = n->parent) {
        const struct mark *m = mark_of(n);
        if (m && m->place.line)
            return m->place;
    }
    return (struct place){d->source_name, 0, 0};
}

void tree_set_place(struct document *d, xmlNode *n, const struct place *where)
{
    struct mark *m = mark_of(n);
    if (m)
        m->place = *where;
    else
        n->_private = mark_new(d, ELEMENT_UNKNOWN, where);
}

const char *tree_language(const struct document *d, const xmlNode *n)
{
    for (; n && n->type != XML_DOCUMENT_NODE; n = n->parent) {
        const char *lang = tree_get(n, "lang");
        if (!lang)
            lang = tree_get(n, "xml:lang");
        if (lang)
            return lang;
    }
    return d->meta.language ? d->meta.language : "";
}

/* ---- walking */

void tree_walk(xmlNode *top, const struct walker *w, void *user)
{
    xmlNode *n = top;
    int depth = 0;
    for (;;) {
        xmlNode *next = n->next, *parent = n->parent;
        enum walk way = w->enter ? w->enter(n, user) : WALK_ON;
        if (way == WALK_ON && n->type == XML_ELEMENT_NODE) {
            if (n->children) {
                n = n->children;
                depth++;
                continue;
            }
            if (w->leave)
                w->leave(n, user);
        }
        while (depth > 0 && !next) {
            n = parent;
            next = n->next;
            parent = n->parent;
            depth--;
            if (w->leave)
                w->leave(n, user);
        }
        if (depth == 0)
            return;
        n = next;
    }
}

static enum walk collect(xmlNode *n, void *user)
{
    if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE)
        buf_string(user, (const char *)n->content);
    return WALK_ON;
}

void tree_content(const xmlNode *n, struct buf *out)
{
    static const struct walker w = {collect, NULL};
    union {
        const xmlNode *in;
        xmlNode *out;
    } top = {n};
    tree_walk(top.out, &w, out);
}

struct adopting {
    struct document *document;
    struct place where;
};

static bool foreign(const xmlNs *ns)
{
    return ns && ns->href &&
           (strcmp((const char *)ns->href, "http://www.w3.org/2000/svg") == 0 ||
            strcmp((const char *)ns->href, "http://www.w3.org/1998/Math/MathML") == 0);
}

static enum walk adopt(xmlNode *n, void *user)
{
    struct adopting *a = user;
    n->doc = a->document->tree;
    if (n->type != XML_ELEMENT_NODE)
        return WALK_ON;
    enum element e = element_named(text_of((const char *)n->name));
    bool keeps = foreign(n->ns);
    if (keeps && e != ELEMENT_SVG && e != ELEMENT_MATH)
        e = ELEMENT_UNKNOWN;
    n->_private = mark_new(a->document, e, &a->where);
    if (!keeps)
        n->ns = a->document->xhtml;
    return WALK_ON;
}

void tree_adopt(struct document *d, xmlNode *n, const struct place *where)
{
    static const struct walker w = {adopt, NULL};
    struct adopting a = {d, where ? *where : (struct place){d->source_name, 0, 0}};
    tree_walk(n, &w, &a);
}
