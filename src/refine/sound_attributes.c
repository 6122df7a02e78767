#include "base/buf.h"
#include "base/hash.h"
#include "refine/sound.h"
#include <stdlib.h>

struct sounding {
    struct document *document;
    struct hash *ids; /* id → the element */
    struct buf *scratch;
};

/* ---- values. Each tells whether a value may stand as it is. */

static bool is_integer(struct text t)
{
    size_t i = t.length && t.at[0] == '-';
    size_t first = i;
    while (i < t.length && ascii_digit(t.at[i]))
        i++;
    return i > first && i == t.length && i < 10;
}

static bool is_span(struct text t)
{
    return is_integer(t) && t.at[0] != '-' && t.at[0] != '0' && t.length < 4;
}

/* Dates and times as EPUBCheck's schema has them, by their shapes: 9 a digit. */
static bool has_shape(struct text t, const char *shape)
{
    size_t i = 0;
    for (; shape[i] && i < t.length; i++)
        if (shape[i] == '9'   ? !ascii_digit(t.at[i])
            : shape[i] == 'T' ? !strchr("T ", t.at[i])
                              : shape[i] != t.at[i])
            return false;
    return !shape[i] && i == t.length;
}

static bool has_any_shape(struct text t, const char *const *shapes)
{
    for (; *shapes; shapes++)
        if (has_shape(t, *shapes))
            return true;
    return false;
}

static const char *const moments[] = {"9999-99-99",
                                      "9999-99-99T99:99",
                                      "9999-99-99T99:99Z",
                                      "9999-99-99T99:99:99",
                                      "9999-99-99T99:99:99Z",
                                      "9999-99-99T99:99+99:99",
                                      "9999-99-99T99:99-99:99",
                                      "9999-99-99T99:99:99+99:99",
                                      "9999-99-99T99:99:99-99:99",
                                      NULL};

static bool is_moment(struct text t)
{
    return has_any_shape(t, moments);
}

static bool is_time(struct text t)
{
    static const char *const others[] = {"9999", "9999-99", "99:99", "99:99:99", "9999-W99", NULL};
    return is_moment(t) || has_any_shape(t, others);
}

static bool is_direction(struct text t)
{
    static const char *const words[] = {"ltr", "rtl", "auto", NULL};
    return text_among(t, words);
}

static bool is_yes_or_no(struct text t)
{
    static const char *const words[] = {"yes", "no", NULL};
    return text_among(t, words);
}

static bool is_scope(struct text t)
{
    static const char *const words[] = {"col", "row", "colgroup", "rowgroup", NULL};
    return text_among(t, words);
}

static bool is_numbering(struct text t)
{
    static const char *const words[] = {"1", "a", "A", "i", "I", NULL};
    return text_among(t, words);
}

static bool is_truth(struct text t)
{
    static const char *const words[] = {"true", "false", NULL};
    return text_among(t, words);
}

static bool is_something(struct text t)
{
    return text_trim(t).length > 0;
}

static bool is_address(struct text t)
{
    bool web = text_starts(t, "https://") || text_starts(t, "http://") || text_starts(t, "urn:");
    for (size_t i = 0; web && i < t.length; i++)
        web = t.at[i] > ' ' && (unsigned char)t.at[i] < 0x7F && !strchr("\"<>\\^`{|}", t.at[i]);
    return web && t.length > 8;
}

static bool never(struct text t)
{
    (void)t;
    return false;
}

static const struct rule {
    const char *name;
    enum element elements[3]; /* none: of any element */
    bool (*allows)(struct text value);
} rules[] = {
    {"datetime", {ELEMENT_TIME}, is_time},
    {"datetime", {ELEMENT_INS, ELEMENT_DEL}, is_moment},
    {"value", {ELEMENT_LI}, is_integer},
    {"start", {ELEMENT_OL}, is_integer},
    {"type", {ELEMENT_OL}, is_numbering},
    {"colspan", {ELEMENT_TD, ELEMENT_TH}, is_span},
    {"rowspan", {ELEMENT_TD, ELEMENT_TH}, is_span},
    {"span", {ELEMENT_COL, ELEMENT_COLGROUP}, is_span},
    {"scope", {ELEMENT_TH}, is_scope},
    {"abbr", {ELEMENT_TH}, never}, /* EPUBCheck's schema lacks it */
    {"cite", {ELEMENT_UNKNOWN}, is_address},
    {"dir", {ELEMENT_UNKNOWN}, is_direction},
    {"translate", {ELEMENT_UNKNOWN}, is_yes_or_no},
    {"aria-label", {ELEMENT_UNKNOWN}, is_something},
    {"aria-hidden", {ELEMENT_UNKNOWN}, is_truth},
};

static bool concerns(const struct rule *r, enum element e, const char *name)
{
    bool any = r->elements[0] == ELEMENT_UNKNOWN;
    for (size_t i = 0; !any && i < 3 && r->elements[i]; i++)
        any = r->elements[i] == e;
    return any && strcmp(r->name, name) == 0;
}

static bool breaks_rule(enum element e, const char *name, const char *value)
{
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
        if (concerns(&rules[i], e, name))
            return !rules[i].allows(text_of(value));
    return false;
}

/* ---- lists of words: what isn't known goes, the others stay */

/* EPUB 3 Structural Semantics Vocabulary 1.1, without what is deprecated or is no use on content. */
static const char *const types[] = {"abstract",
                                    "acknowledgments",
                                    "afterword",
                                    "appendix",
                                    "assessment",
                                    "backlink",
                                    "backmatter",
                                    "bibliography",
                                    "biblioref",
                                    "bodymatter",
                                    "chapter",
                                    "colophon",
                                    "concluding-sentence",
                                    "conclusion",
                                    "contributors",
                                    "copyright-page",
                                    "cover",
                                    "covertitle",
                                    "credit",
                                    "credits",
                                    "dedication",
                                    "division",
                                    "endnotes",
                                    "epigraph",
                                    "epilogue",
                                    "errata",
                                    "footnote",
                                    "footnotes",
                                    "foreword",
                                    "frontmatter",
                                    "fulltitle",
                                    "glossary",
                                    "glossdef",
                                    "glossref",
                                    "glossterm",
                                    "halftitle",
                                    "halftitlepage",
                                    "imprimatur",
                                    "imprint",
                                    "index",
                                    "introduction",
                                    "keyword",
                                    "landmarks",
                                    "learning-objective",
                                    "learning-resource",
                                    "loa",
                                    "loi",
                                    "lot",
                                    "lov",
                                    "noteref",
                                    "notice",
                                    "other-credits",
                                    "pagebreak",
                                    "page-list",
                                    "part",
                                    "preamble",
                                    "preface",
                                    "prologue",
                                    "pullquote",
                                    "qna",
                                    "revision-history",
                                    "subtitle",
                                    "tip",
                                    "title",
                                    "titlepage",
                                    "toc",
                                    "topic-sentence",
                                    "volume",
                                    NULL};

/* DPUB-ARIA 1.1 without what is deprecated, and what of ARIA 1.2 a text that nobody operates can be. */
static const char *const roles[] = {"doc-abstract",
                                    "doc-acknowledgments",
                                    "doc-afterword",
                                    "doc-appendix",
                                    "doc-backlink",
                                    "doc-bibliography",
                                    "doc-biblioref",
                                    "doc-chapter",
                                    "doc-colophon",
                                    "doc-conclusion",
                                    "doc-cover",
                                    "doc-credit",
                                    "doc-credits",
                                    "doc-dedication",
                                    "doc-endnotes",
                                    "doc-epigraph",
                                    "doc-epilogue",
                                    "doc-errata",
                                    "doc-example",
                                    "doc-footnote",
                                    "doc-foreword",
                                    "doc-glossary",
                                    "doc-glossref",
                                    "doc-index",
                                    "doc-introduction",
                                    "doc-noteref",
                                    "doc-notice",
                                    "doc-pagebreak",
                                    "doc-pagelist",
                                    "doc-part",
                                    "doc-preface",
                                    "doc-prologue",
                                    "doc-pullquote",
                                    "doc-qna",
                                    "doc-subtitle",
                                    "doc-tip",
                                    "doc-toc",
                                    "article",
                                    "complementary",
                                    "definition",
                                    "figure",
                                    "group",
                                    "math",
                                    "none",
                                    "note",
                                    "presentation",
                                    "region",
                                    "term",
                                    NULL};

/* White-space separated ids that lead to elements in the same file, as far as one can tell before the book is
 * divided into files: below the same child of the body. */
static const xmlNode *division_of(const struct document *d, const xmlNode *n)
{
    while (n && n->parent != d->body)
        n = n->parent;
    return n;
}

static const xmlNode *table_of(const xmlNode *n)
{
    while (n && tree_kind(n) != ELEMENT_TABLE)
        n = n->parent;
    return n;
}

static bool refers(const struct sounding *s, const xmlNode *n, const char *name, struct text word)
{
    const xmlNode *to = hash_find(s->ids, word);
    if (!to)
        return false;
    if (strcmp(name, "headers") == 0)
        return tree_kind(to) == ELEMENT_TH && table_of(to) == table_of(n);
    return division_of(s->document, to) == division_of(s->document, n);
}

static bool word_allowed(const struct sounding *s, const xmlNode *n, const char *name, struct text word)
{
    if (strcmp(name, "epub:type") == 0)
        return text_among(word, types);
    if (strcmp(name, "role") == 0)
        return text_among(word, roles);
    return refers(s, n, name, word);
}

/* ---- styles: declarations that EPUB forbids or discourages, or that name files */

static bool declaration_allowed(struct text d)
{
    static const char *const properties[] = {"direction", "unicode-bidi", "position", NULL};
    struct text value = d, name;
    if (!text_split(&value, ':', &name) || !text_trim(name).length || !text_trim(value).length)
        return false;
    char lower[32] = "";
    name = text_trim(name);
    for (size_t i = 0; i < name.length && i + 1 < sizeof lower; i++)
        lower[i] = ascii_lower(name.at[i]);
    if (text_among(text_of(lower), properties))
        return false;
    int open = 0, quotes = 0, apostrophes = 0;
    for (size_t i = 0; i < value.length; i++) {
        open += (value.at[i] == '(') - (value.at[i] == ')');
        quotes += value.at[i] == '"';
        apostrophes += value.at[i] == '\'';
        if (open < 0 || strchr("{}<>\\@", value.at[i]) || text_is_nocase(text_slice(value, i, i + 4), "url("))
            return false;
    }
    return open == 0 && quotes % 2 == 0 && apostrophes % 2 == 0;
}

/* ---- one attribute */

static void tell(struct document *d, const xmlNode *n, const char *name, struct text value)
{
    struct place where = tree_place(d, n);
    message(d->messages, SEVERITY_WARNING, "markup.attribute", &where,
            "%s=\"%s\" on <%s> is nothing that an e-book can hold; it is left out.", name,
            text_copy(d->arena, value), element_name(tree_kind(n)));
}

/* Keeps of a value's parts, which `separator` parts (0: white space), those that are allowed. */
static void sift(struct sounding *s, xmlNode *n, const char *name, const char *value, char separator)
{
    struct text rest = text_of(value), part;
    bool all = true;
    buf_clear(s->scratch);
    while (rest.length) {
        size_t end = 0;
        while (end < rest.length && (separator ? rest.at[end] != separator : !ascii_space(rest.at[end])))
            end++;
        part = text_trim(text_slice(rest, 0, end));
        rest = text_slice(rest, end + (end < rest.length), rest.length);
        if (!part.length)
            continue;
        if (separator ? declaration_allowed(part) : word_allowed(s, n, name, part)) {
            buf_string(s->scratch, s->scratch->length ? separator ? "; " : " " : "");
            buf_text(s->scratch, part);
            continue;
        }
        tell(s->document, n, name, part);
        all = false;
    }
    if (!s->scratch->length)
        tree_set(s->document, n, name, NULL);
    else if (!all)
        tree_set(s->document, n, name, text_copy(s->document->arena, buf_view(s->scratch)));
}

static bool is_aria(const char *name)
{
    static const char *const known[] = {"aria-label",   "aria-labelledby", "aria-describedby",
                                        "aria-details", "aria-hidden",     NULL};
    return strncmp(name, "aria-", 5) != 0 || text_among(text_of(name), known);
}

static void look_at(struct sounding *s, xmlNode *n, const char *name, const char *value)
{
    static const char *const lists[] = {"epub:type",        "role",         "headers", "aria-labelledby",
                                        "aria-describedby", "aria-details", NULL};
    if (text_among(text_of(name), lists)) {
        sift(s, n, name, value, '\0');
    } else if (strcmp(name, "style") == 0) {
        sift(s, n, name, value, ';');
    } else if (breaks_rule(tree_kind(n), name, value) || !is_aria(name)) {
        tell(s->document, n, name, text_of(value));
        tree_set(s->document, n, name, NULL);
    }
}

/* ---- the walks */

static enum walk know_id(xmlNode *n, void *user)
{
    struct sounding *s = user;
    const char *id = n->type == XML_ELEMENT_NODE ? tree_get(n, "id") : NULL;
    if (id && !hash_find(s->ids, text_of(id)))
        hash_put(s->ids, text_of(id), n);
    return WALK_ON;
}

static enum walk look(xmlNode *n, void *user)
{
    struct sounding *s = user;
    if (n->type != XML_ELEMENT_NODE || tree_kind(n) == ELEMENT_MATH || tree_kind(n) == ELEMENT_SVG)
        return WALK_SKIP;
    for (const xmlAttr *a = n->properties, *next; a; a = next) {
        next = a->next;
        const char *prefix = a->ns && a->ns->prefix ? (const char *)a->ns->prefix : "";
        const char *name = strcmp(prefix, "epub") == 0 ? "epub:type" : (const char *)a->name;
        const char *value = a->ns && strcmp(prefix, "epub") != 0 ? NULL : tree_get(n, name);
        if (value)
            look_at(s, n, name, value);
    }
    return WALK_ON;
}

void sound_attributes(struct document *d)
{
    static const struct walker ids = {know_id, NULL}, values = {look, NULL};
    struct sounding s = {d, hash_new(d->arena), buf_new(d->arena)};
    tree_walk(d->body, &ids, &s);
    tree_walk(d->body, &values, &s);
    buf_free(s.scratch);
}
