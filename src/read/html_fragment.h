/* html_fragment.h - raw HTML in a text: its tags, one after the other, and what EPUB allows of them.
 *
 * html_scan cuts a piece of HTML into tokens; it needs no well-formed input and loses no byte of text. Which
 * open tag belongs to which close tag is the caller's to find out, since the text between may be of another
 * kind (as in Markdown). The tables follow the HTML Standard, §4 (content models), §13.1.2.4 (optional tags)
 * and §16 (obsolete features), cut to what EPUB 3.3 content documents may hold.
 */
#ifndef OCTAVO_READ_HTML_FRAGMENT_H
#define OCTAVO_READ_HTML_FRAGMENT_H

#include "document/document.h"

struct html_attribute {
    struct text name, value; /* lower case; entities as in the source */
    struct html_attribute *next;
};

enum html_kind {
    HTML_TEXT, /* entities as in the source */
    HTML_OPEN,
    HTML_CLOSE,
    HTML_FOREIGN, /* a whole <svg> or <math> element */
    HTML_CDATA,   /* text without entities */
    HTML_COMMENT, /* also <?…?> and <!…> */
};

struct html_token {
    enum html_kind kind;
    struct text raw;      /* as in the source; of CDATA what it holds */
    size_t offset;        /* of raw in what was scanned */
    const char *name;     /* of a tag, lower case */
    enum element element; /* what becomes of it; ELEMENT_UNKNOWN: nothing */
    struct html_attribute *attributes;
    struct html_token *next;
    /* for the caller's pairing */
    struct html_token *partner; /* the other tag */
    struct html_token *closes;  /* of an open tag: the outermost element that it ends without a tag */
    const void *owner;          /* where it was found */
    bool empty;                 /* of an open tag: it ends with /> */
    bool dropped;               /* the tag isn't kept */
    bool ends_with_owner;       /* no close tag, and nothing after its owner belongs to it */
};

/* The tokens of `t`, made in `a`. */
struct html_token *html_scan(struct arena *a, struct text t);

/* Has it no content and no close tag? */
bool html_void(const struct html_token *t);
/* Is it an element of HTML at all, though not of EPUB's? */
bool html_known(const char *name);
/* Is its content not text at all (script, style …)? */
bool html_opaque(const char *name);
/* May the close tag of `open` be left out, and does the open tag `next` end it then? `next` may be
 * ELEMENT_UNKNOWN: then, is there any tag that may? */
bool html_ends(enum element open, enum element next);
/* May `child` stand right in `parent`? */
bool html_allowed(enum element child, enum element parent);
/* May `parent` hold only certain elements, and no text? */
bool html_restricted(enum element parent);

/* Gives an element the attributes of its tag which EPUB allows; old ones that are about looks (align, bgcolor
 * …) become style. The first that had to be left out, or NULL. */
const char *html_attributes(struct document *d, xmlNode *n, const struct html_token *t);
/* Text with its entities resolved, made in `a`. */
struct text html_text(struct arena *a, struct text raw);

#endif
