/* attributes.h - the braces that give an element its attributes: {#id .class lang=fr key="a value" -}.
 *
 * `-` is short for .unnumbered. `lang` becomes lang and xml:lang; width and height with a unit become a
 * style; a key that XHTML doesn't know becomes data-key. Source: Pandoc's manual, "Header identifiers",
 * "Bracketed spans"; names follow CSS (an id or class may hold any letter, digit, '-', '_', ':', '.').
 */
#ifndef OCTAVO_READ_ATTRIBUTES_H
#define OCTAVO_READ_ATTRIBUTES_H

#include "document/document.h"

struct attribute {
    const char *name, *value;
    struct attribute *next;
};

struct attributes {
    const char *id;
    const char *classes; /* one blank between them */
    struct attribute *others;
};

/* The attributes whose '{' is the first byte of `t`; `*length` becomes the bytes up to and with the '}'. NULL
 * when it isn't a well-formed block of attributes. Made in `a`. */
struct attributes *attributes_parse(struct arena *a, struct text t, size_t *length);
/* Attributes of one class. */
struct attributes *attributes_class(struct arena *a, struct text name);
/* Gives them to an element. `attributes` may be NULL. */
void attributes_apply(struct document *d, xmlNode *n, const struct attributes *attributes);

/* ---- attribute_names.c */

/* Does a style fetch a file, `url(…)`? Only sheets may, since the e-book must hold what is fetched. */
bool attributes_fetches(const char *style);
/* Is `name` an attribute of just this element (href of a, start of ol …)? */
bool attributes_own(enum element e, const char *name);
/* Is a key of that name an attribute that any XHTML element may have as it is? */
bool attributes_global(const char *name);

#endif
