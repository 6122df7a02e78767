#include "refine/plain.h"
#include "refine/sound.h"

/* ---- elements that say nothing */

/* Has an element words, or a picture that stands for some? */
static enum walk find_words(xmlNode *n, void *user)
{
    bool *found = user;
    if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE)
        *found = *found || !text_blank(text_of((const char *)n->content));
    const char *alt = tree_kind(n) == ELEMENT_IMG ? tree_get(n, "alt") : NULL;
    *found = *found || (alt && *alt) || tree_kind(n) == ELEMENT_MATH || tree_kind(n) == ELEMENT_CALL;
    return *found ? WALK_SKIP : WALK_ON;
}

static bool speaks(xmlNode *n)
{
    static const struct walker w = {find_words, NULL};
    bool found = false;
    tree_walk(n, &w, &found);
    return found;
}

static void mend_heading(struct document *d, xmlNode *n)
{
    if (speaks(n))
        return;
    if (plain_empty(n) && !tree_get(n, "id"))
        tree_remove(n);
    else
        tree_rename(d, n, ELEMENT_P);
}

static void mend_link(struct document *d, xmlNode *n)
{
    const char *label = tree_get(n, "aria-label");
    if (!tree_get(n, "href") || (label && *label) || speaks(n))
        return;
    struct place where = tree_place(d, n);
    message(d->messages, SEVERITY_WARNING, "markup.link", &where,
            "The link to %s has no words that one could touch or hear; it is left out. Give it some.",
            tree_get(n, "href"));
    tree_set(d, n, "href", NULL);
    tree_rename(d, n, ELEMENT_SPAN);
}

/* ---- lists of definitions: each group has a term, then what it means */

static bool is_list_of_definitions(const xmlNode *dl)
{
    enum element before = ELEMENT_UNKNOWN;
    for (const xmlNode *n = dl->children; n; n = n->next) {
        if (n->type != XML_ELEMENT_NODE)
            continue;
        enum element e = tree_kind(n);
        if (e == ELEMENT_DIV)
            return true; /* groups in divisions: what the reader makes of them holds */
        if (before == ELEMENT_UNKNOWN && e == ELEMENT_DD)
            return false;
        before = e;
    }
    return before != ELEMENT_DT;
}

static void mend_definitions(struct document *d, xmlNode *dl)
{
    if (is_list_of_definitions(dl))
        return;
    tree_rename(d, dl, ELEMENT_DIV);
    for (xmlNode *n = dl->children; n; n = n->next)
        if (tree_kind(n) == ELEMENT_DT)
            tree_rename(d, n, ELEMENT_P);
        else if (tree_kind(n) == ELEMENT_DD)
            tree_rename(d, n, ELEMENT_DIV);
}

/* ---- formulas: presentation MathML (MathML Core and MathML 3, chapter 3) */

static bool is_presentation(const xmlNode *n)
{
    static const char *const names[] = {
        "maction",   "maligngroup", "malignmark", "menclose",    "merror",        "mfenced",   "mfrac",
        "mglyph",    "mi",          "mlabeledtr", "mlongdiv",    "mmultiscripts", "mn",        "mo",
        "mover",     "mpadded",     "mphantom",   "mprescripts", "mroot",         "mrow",      "ms",
        "mscarries", "mscarry",     "msgroup",    "msline",      "mspace",        "msqrt",     "msrow",
        "mstack",    "mstyle",      "msub",       "msubsup",     "msup",          "mtable",    "mtd",
        "mtext",     "mtr",         "munder",     "munderover",  "none",          "semantics", "math",
        NULL};
    for (const char *const *name = names; *name; name++)
        if (strcmp(*name, (const char *)n->name) == 0)
            return n->ns && n->ns->href &&
                   strcmp((const char *)n->ns->href, "http://www.w3.org/1998/Math/MathML") == 0;
    return false;
}

static bool is_token(const xmlNode *n)
{
    static const char *const names[] = {"mi", "mn", "mo", "ms", "mtext", NULL};
    for (const char *const *name = names; *name; name++)
        if (strcmp(*name, (const char *)n->name) == 0)
            return true;
    return false;
}

struct formula {
    bool good, some;
};

static enum walk try_formula(xmlNode *n, void *user)
{
    struct formula *f = user;
    if (n->type == XML_TEXT_NODE) {
        bool blank = text_blank(text_of((const char *)n->content));
        f->some = f->some || !blank;
        f->good = f->good && (blank || is_token(n->parent));
        return WALK_ON;
    }
    if (n->type != XML_ELEMENT_NODE)
        return WALK_ON;
    bool annotation = strncmp((const char *)n->name, "annotation", 10) == 0 && n->parent &&
                      strcmp((const char *)n->parent->name, "semantics") == 0;
    if (annotation)
        return WALK_SKIP;
    f->good = f->good && is_presentation(n);
    return WALK_ON;
}

static void mend_formula(struct document *d, xmlNode *math)
{
    static const struct walker w = {try_formula, NULL};
    struct formula f = {true, false};
    tree_walk(math, &w, &f);
    if (f.good && f.some)
        return;
    struct text words = plain(d->arena, math);
    if (words.length) {
        struct place where = tree_place(d, math);
        message(d->messages, SEVERITY_LOST, "markup.formula", &where,
                "The formula isn't presentation MathML, which is all that e-books know; its text stands for "
                "it: %s.",
                text_copy(d->arena, words));
        xmlNode *span = tree_element(d, NULL, ELEMENT_SPAN, &where);
        tree_text(d, span, words);
        tree_insert_before(d, math, span);
    }
    tree_remove(math);
}

/* ---- the walk */

static enum walk enter(xmlNode *n, void *user)
{
    if (tree_kind(n) != ELEMENT_MATH)
        return WALK_ON;
    mend_formula(user, n);
    return WALK_SKIP;
}

static void leave(xmlNode *n, void *user)
{
    struct document *d = user;
    enum element e = tree_kind(n);
    if (e == ELEMENT_BDO && !tree_get(n, "dir"))
        tree_rename(d, n, ELEMENT_SPAN);
    else if (e == ELEMENT_HGROUP)
        tree_unwrap(d, n);
    else if (e == ELEMENT_DL)
        mend_definitions(d, n);
    else if (e == ELEMENT_A)
        mend_link(d, n);
    else if (element_is(e, ELEMENT_IS_HEADING))
        mend_heading(d, n);
}

void sound_elements(struct document *d)
{
    static const struct walker w = {enter, leave};
    tree_walk(d->body, &w, d);
}
