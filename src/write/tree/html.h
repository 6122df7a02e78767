/* html.h - nodes of the tree as HTML text (HTML Standard §13.1), for browsers and mail programs.
 *
 * What only XML knows is left out: namespaces, epub:type, xml:lang. Empty elements have one tag, all others
 * both; a block ends its line. Hooks decide what is written of an element and how.
 */
#ifndef OCTAVO_WRITE_TREE_HTML_H
#define OCTAVO_WRITE_TREE_HTML_H

#include "base/buf.h"
#include "document/document.h"

enum html_turn {
    HTML_WRITE,
    HTML_INSIDE,   /* what it holds, without its tags */
    HTML_LEAVE_OUT /* nothing of it */
};

/* Each may be NULL. */
struct html_hooks {
    /* Before an element, or in its place. */
    enum html_turn (*enter)(const xmlNode *n, struct buf *out, void *user);
    /* Behind an element that was not left out. */
    void (*leave)(const xmlNode *n, struct buf *out, void *user);
    /* The name under which an element goes; NULL: its own. */
    const char *(*name)(const xmlNode *n, void *user);
    /* An attribute's value; NULL: the attribute is left out. */
    const char *(*attribute)(const xmlNode *n, const char *name, const char *value, void *user);
    /* Further attributes, each with a space before it (html_attribute). */
    void (*attributes)(const xmlNode *n, struct buf *out, void *user);
    void *user;
};

/* Adds a node and all below it. */
void html_node(xmlNode *n, const struct html_hooks *hooks, struct buf *out);
/* Adds all below a node. */
void html_children(xmlNode *n, const struct html_hooks *hooks, struct buf *out);

/* Adds ' name="value"', escaped. */
void html_attribute(struct buf *out, const char *name, const char *value);

/* Adds a sheet as the content of <style>, which nothing in it can end. */
void html_style(struct buf *out, struct text css);

/* Adds bytes in base 64 (RFC 4648), without line ends. */
void html_base64(struct buf *out, struct text bytes);

#endif
