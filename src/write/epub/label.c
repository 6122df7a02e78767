/* The text of an element as an entry of the contents: without note calls, ids and links, white space made
 * single. */
#include "write/epub/book.h"

struct label {
    struct buf *out;
    bool markup;
    bool pictures; /* stand as what is said of them */
    bool begun;
    bool space;  /* white space waits for the next character */
    size_t left; /* bytes of text that there's room for */
};

static void add_byte(struct label *l, char c)
{
    if (l->left == 0)
        return;
    l->left--;
    if (l->markup)
        xhtml_text(l->out, (struct text){&c, 1});
    else
        buf_byte(l->out, c);
    l->begun = true;
}

static void flush_space(struct label *l)
{
    if (l->space && l->begun)
        add_byte(l, ' ');
    l->space = false;
}

static void add_words(struct label *l, struct text t)
{
    for (size_t i = 0; i < t.length; i++) {
        if (ascii_space(t.at[i])) {
            l->space = true;
            continue;
        }
        flush_space(l);
        add_byte(l, t.at[i]);
    }
}

/* What stays itself in an entry: what is said by it, or would be read otherwise without it. */
static bool kept(const xmlNode *n)
{
    static const bool kept[ELEMENT_COUNT] = {
        [ELEMENT_EM] = true,   [ELEMENT_STRONG] = true, [ELEMENT_I] = true,    [ELEMENT_B] = true,
        [ELEMENT_SUB] = true,  [ELEMENT_SUP] = true,    [ELEMENT_CODE] = true, [ELEMENT_CITE] = true,
        [ELEMENT_Q] = true,    [ELEMENT_VAR] = true,    [ELEMENT_KBD] = true,  [ELEMENT_SAMP] = true,
        [ELEMENT_RUBY] = true, [ELEMENT_RT] = true,     [ELEMENT_RP] = true,   [ELEMENT_BDI] = true,
        [ELEMENT_BDO] = true,  [ELEMENT_ABBR] = true,   [ELEMENT_DFN] = true,  [ELEMENT_S] = true};
    enum element e = tree_kind(n);
    return kept[e] || (element_is(e, ELEMENT_IS_INLINE) && (tree_get(n, "lang") || tree_get(n, "dir")));
}

static const char *name_of(const xmlNode *n)
{
    enum element e = tree_kind(n);
    return e == ELEMENT_A ? "span" : element_name(e);
}

static void start(struct label *l, const xmlNode *n)
{
    static const char *const attributes[] = {"lang", "xml:lang", "dir"};
    flush_space(l);
    buf_printf(l->out, "<%s", name_of(n));
    for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++) {
        const char *value = tree_get(n, attributes[i]);
        if (!value)
            continue;
        buf_printf(l->out, " %s=\"", attributes[i]);
        xhtml_value(l->out, text_of(value));
        buf_byte(l->out, '"');
    }
    buf_byte(l->out, '>');
}

static enum walk enter(xmlNode *n, void *user)
{
    struct label *l = user;
    if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) {
        add_words(l, text_of((const char *)n->content));
        return WALK_ON;
    }
    enum element e = tree_kind(n);
    bool call = e == ELEMENT_A && tree_has_word(n, "epub:type", "noteref");
    bool reading = !l->markup && (e == ELEMENT_RT || e == ELEMENT_RP);
    if (call || reading || l->left == 0)
        return WALK_SKIP;
    if (e == ELEMENT_BR)
        l->space = true;
    if (e == ELEMENT_IMG && l->pictures && tree_get(n, "alt"))
        add_words(l, text_of(tree_get(n, "alt")));
    if (l->markup && kept(n))
        start(l, n);
    return WALK_ON;
}

static void leave(xmlNode *n, void *user)
{
    struct label *l = user;
    if (l->markup && n->type == XML_ELEMENT_NODE && kept(n))
        buf_printf(l->out, "</%s>", name_of(n));
}

static void write(struct label *l, const xmlNode *n)
{
    static const struct walker w = {enter, leave};
    union {
        const xmlNode *in;
        xmlNode *out;
    } whole = {n};
    for (xmlNode *c = whole.out->children; c; c = c->next)
        tree_walk(c, &w, l);
}

const char *label_text(struct arena *a, const xmlNode *n)
{
    struct buf *out = buf_new(a);
    write(&(struct label){.out = out, .pictures = true, .left = SIZE_MAX}, n);
    const char *label = text_copy(a, buf_view(out));
    buf_free(out);
    return label;
}

const char *label_language(const struct book *b, const struct heading *h)
{
    const char *language = h->shown ? tree_language(b->d, h->shown) : "";
    return *language && strcmp(language, b->language) != 0 ? language : NULL;
}

void label_write(const struct heading *h, struct buf *out)
{
    if (!h->shown) {
        xhtml_text(out, text_of(h->label));
        return;
    }
    bool caption = h->shown != h->node;
    size_t most = caption ? strlen(h->label) : SIZE_MAX;
    struct label l = {.out = out, .markup = true, .pictures = !caption, .left = most};
    write(&l, h->shown);
    const xmlNode *title = caption ? NULL : tree_heading_title(h->shown);
    if (!title)
        return;
    add_words(&l, text_ends(buf_view(out), ".") ? TEXT(" ") : TEXT(". "));
    write(&l, title);
}
