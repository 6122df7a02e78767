/* selector.h - selectors are parsed and matched (Selectors 4).
 *
 * Understood: type, universal, class, id, attribute selectors with all six comparisons; :root, :first-child,
 * :last-child, :only-child, :nth-child(), :first-of-type, :empty, :link, :not(), :is(), :where(), :lang();
 * descendant, child and both sibling combinators; the pseudo-elements of enum pseudo. Prefixes of element
 * names are passed over; prefixes of attributes are those of tree_get.
 *
 * Matching takes time linear in the depth of the tree for each selector, whatever its combinators.
 */
#ifndef OCTAVO_STYLE_SELECTOR_H
#define OCTAVO_STYLE_SELECTOR_H

#include "style/parse.h"
#include "style/style.h"

enum simple_kind {
    SIMPLE_CLASS,
    SIMPLE_ID,
    SIMPLE_ATTRIBUTE,
    SIMPLE_ROOT,
    SIMPLE_FIRST_CHILD,
    SIMPLE_LAST_CHILD,
    SIMPLE_NTH_CHILD, /* a n + b */
    SIMPLE_FIRST_OF_TYPE,
    SIMPLE_LAST_OF_TYPE,
    SIMPLE_EMPTY,
    SIMPLE_LINK,
    SIMPLE_LANG,
    SIMPLE_NOT,
    SIMPLE_IS,
    SIMPLE_NEVER /* understood, but never true on paper: :hover */
};

struct simple {
    enum simple_kind kind;
    const char *name;  /* class, id, attribute, language */
    const char *value; /* of an attribute */
    char compare;      /* 0: it is there; '=', '~', '^', '$', '*', '|' */
    int a, b;
    struct selector *inner; /* :not(), :is(): a list by `next` */
    struct memo *memo;      /* :nth-child() */
    struct simple *next;
};

/* The last answer to a question about all siblings before `node`: asked in document order, each sibling is
 * then looked at once. */
struct memo {
    const xmlNode *node;
    int answer;
};

struct compound {
    enum element kind; /* ELEMENT_UNKNOWN: see `type` */
    const char *type;  /* a name outside the vocabulary; NULL: any element, or `kind` */
    struct simple *simples;
    char combinator; /* to `left`: ' ', '>', '+', '~'; 0: there is none */
    struct compound *left;
    struct memo *memo; /* combinator '~' */
};

struct selector {
    struct compound *last; /* the rightmost */
    enum pseudo pseudo;
    unsigned specificity;
    bool positional; /* looks at more than the element, its ancestors, the sibling before and whether it is
                        first or last */
    struct selector *next;
};

/* What a set of selectors looks at, so that equal contexts can be told from unequal ones. */
struct attention {
    struct attended {
        const char *name;
        bool value; /* more than whether it is there */
        struct attended *next;
    } * attributes;
    bool ids, before, last;
};

/* Parses a list of selectors. NULL when any of it is not understood or broken, with a message at its place
 * unless `quiet`. */
struct selector *selector_parse(struct arena *a, struct messages *m, const char *file, struct tokens t,
                                bool quiet);

/* Is that a list of selectors, be it with pseudo-classes and pseudo-elements that are not known here? */
bool selector_well_formed(struct arena *a, struct tokens t);

/* Adds what the selector looks at. */
void selector_attend(struct arena *a, const struct selector *s, struct attention *to);

/* Does the selector (but for its pseudo-element) match? `language` is that of the document, or NULL. The tree
 * must stay as it is between calls. */
bool selector_matches(const struct selector *s, const xmlNode *n, const char *language);

/* The element's name and number, known or not. */
enum element element_kind_of(const xmlNode *n);
/* NULL at the root. */
const xmlNode *element_parent(const xmlNode *n);

#endif
