#include "style/selector.h"

enum element element_kind_of(const xmlNode *n)
{
    enum element e = tree_kind(n);
    return e ? e : element_named(text_of((const char *)n->name));
}

const xmlNode *element_parent(const xmlNode *n)
{
    return n->parent && n->parent->type == XML_ELEMENT_NODE ? n->parent : NULL;
}

static bool is_type(const struct compound *c, const xmlNode *n)
{
    if (!c->type)
        return true;
    enum element e = element_kind_of(n);
    return c->kind ? e == c->kind : !e && strcmp((const char *)n->name, c->type) == 0;
}

static bool same_type(const xmlNode *a, const xmlNode *b)
{
    enum element e = element_kind_of(a);
    return e == element_kind_of(b) && (e || xmlStrEqual(a->name, b->name));
}

/* ---- attributes and languages */

static bool attribute(const struct simple *s, const xmlNode *n)
{
    const char *value = tree_get(n, s->name);
    if (!value || !s->compare)
        return value != NULL;
    struct text v = text_of(value);
    size_t length = strlen(s->value);
    switch (s->compare) {
    case '=':
        return strcmp(value, s->value) == 0;
    case '~':
        return length && tree_has_word(n, s->name, s->value);
    case '^':
        return length && text_starts(v, s->value);
    case '$':
        return length && text_ends(v, s->value);
    case '*':
        return length && strstr(value, s->value) != NULL;
    default:
        return text_starts(v, s->value) && (v.length == length || value[length] == '-');
    }
}

static bool language(const struct simple *s, const xmlNode *n, const char *document)
{
    const char *lang = NULL;
    for (; n && !lang; n = element_parent(n))
        lang = tree_get(n, "lang") ? tree_get(n, "lang") : tree_get(n, "xml:lang");
    struct text l = text_of(lang ? lang : document);
    size_t length = strlen(s->name);
    return length && l.length >= length && text_is_nocase(text_slice(l, 0, length), s->name) &&
           (l.length == length || l.at[length] == '-');
}

/* ---- places among siblings */

static int index_of(struct memo *memo, const xmlNode *n)
{
    int index = 1;
    for (const xmlNode *b = n; b; b = tree_element_before(b), index++)
        if (b == memo->node) {
            index += memo->answer - 1;
            break;
        } else if (!tree_element_before(b)) {
            break;
        }
    *memo = (struct memo){n, index};
    return index;
}

static bool nth(const struct simple *s, const xmlNode *n)
{
    int index = index_of(s->memo, n) - s->b;
    return s->a == 0 ? index == 0 : index % s->a == 0 && index / s->a >= 0;
}

static bool first_of_type(const xmlNode *n)
{
    for (const xmlNode *b = tree_element_before(n); b; b = tree_element_before(b))
        if (same_type(b, n))
            return false;
    return true;
}

static bool last_of_type(const xmlNode *n)
{
    for (const xmlNode *b = tree_element_after(n); b; b = tree_element_after(b))
        if (same_type(b, n))
            return false;
    return true;
}

static bool is_empty(const xmlNode *n)
{
    for (const xmlNode *c = n->children; c; c = c->next)
        if (c->type == XML_ELEMENT_NODE || (c->content && c->content[0]))
            return false;
    return true;
}

/* ---- compounds */

static bool any_matches(const struct selector *s, const xmlNode *n, const char *document)
{
    for (; s; s = s->next)
        if (selector_matches(s, n, document))
            return true;
    return false;
}

static bool simple_matches(const struct simple *s, const xmlNode *n, const char *document)
{
    switch (s->kind) {
    case SIMPLE_CLASS:
        return tree_has_word(n, "class", s->name);
    case SIMPLE_ID: {
        const char *id = tree_get(n, "id");
        return id && strcmp(id, s->name) == 0;
    }
    case SIMPLE_ATTRIBUTE:
        return attribute(s, n);
    case SIMPLE_ROOT:
        return !element_parent(n);
    case SIMPLE_FIRST_CHILD:
        return !tree_element_before(n);
    case SIMPLE_LAST_CHILD:
        return !tree_element_after(n);
    case SIMPLE_NTH_CHILD:
        return nth(s, n);
    case SIMPLE_FIRST_OF_TYPE:
        return first_of_type(n);
    case SIMPLE_LAST_OF_TYPE:
        return last_of_type(n);
    case SIMPLE_EMPTY:
        return is_empty(n);
    case SIMPLE_LINK:
        return tree_get(n, "href") != NULL;
    case SIMPLE_LANG:
        return language(s, n, document);
    case SIMPLE_NOT:
        return !any_matches(s->inner, n, document);
    case SIMPLE_IS:
        return any_matches(s->inner, n, document);
    case SIMPLE_NEVER:
        break;
    }
    return false;
}

static bool compound_matches(const struct compound *c, const xmlNode *n, const char *document)
{
    if (!is_type(c, n))
        return false;
    for (const struct simple *s = c->simples; s; s = s->next)
        if (!simple_matches(s, n, document))
            return false;
    return true;
}

/* ---- combinators. How a match failed tells what can't help any more, so that no pair of a compound and a
 * node is tried again and again: FAIL_HERE, another sibling or ancestor may do; FAIL_SIBLINGS, only another
 * ancestor; FAIL_ALL, nothing. */

enum outcome { MATCH, FAIL_HERE, FAIL_SIBLINGS, FAIL_ALL };

static enum outcome match_left(const struct compound *c, const xmlNode *n, const char *document);

static enum outcome match(const struct compound *c, const xmlNode *n, const char *document)
{
    if (!compound_matches(c, n, document))
        return FAIL_HERE;
    return c->left ? match_left(c, n, document) : MATCH;
}

static enum outcome match_ancestors(const struct compound *c, const xmlNode *n, const char *document)
{
    while ((n = element_parent(n))) {
        enum outcome o = match(c->left, n, document);
        if (o == MATCH || o == FAIL_ALL)
            return o;
        if (c->combinator == '>')
            return FAIL_SIBLINGS;
    }
    return FAIL_ALL;
}

static enum outcome match_siblings(const struct compound *c, const xmlNode *n, const char *document)
{
    enum outcome o = FAIL_SIBLINGS;
    for (const xmlNode *b = tree_element_before(n); b; b = tree_element_before(b)) {
        o = match(c->left, b, document);
        if (o != FAIL_HERE)
            break;
        o = FAIL_SIBLINGS;
        if (b == c->memo->node) {
            o = (enum outcome)c->memo->answer;
            break;
        }
    }
    *c->memo = (struct memo){n, (int)o};
    return o;
}

/* Recursion is as deep as the selector has compounds, whose number is limited. */
static enum outcome match_left(const struct compound *c, const xmlNode *n, const char *document)
{
    if (c->combinator == ' ' || c->combinator == '>')
        return match_ancestors(c, n, document);
    if (c->combinator == '~')
        return match_siblings(c, n, document);
    const xmlNode *before = tree_element_before(n);
    return before ? match(c->left, before, document) : FAIL_SIBLINGS;
}

bool selector_matches(const struct selector *s, const xmlNode *n, const char *language_of_document)
{
    return match(s->last, n, language_of_document) == MATCH;
}
