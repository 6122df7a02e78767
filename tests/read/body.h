/* body.h - prints what a reader made, as a person can read it: one line a block, inline content within the
 * line, two blanks for each level. Elements of our own namespace are o:call and o:note. For tests only. */
#ifndef OCTAVO_TESTS_READ_BODY_H
#define OCTAVO_TESTS_READ_BODY_H

#include "base/buf.h"
#include "document/document.h"

static bool body_is_block(const xmlNode *n)
{
    return element_is(tree_kind(n), ELEMENT_IS_BLOCK);
}

static bool body_has_block(const xmlNode *n)
{
    for (const xmlNode *c = n->children; c; c = c->next)
        if (body_is_block(c))
            return true;
    return false;
}

static void body_tag(const xmlNode *n, struct buf *out)
{
    bool ours = tree_kind(n) == ELEMENT_CALL || tree_kind(n) == ELEMENT_NOTE;
    buf_printf(out, "<%s%s", ours ? "o:" : "", (const char *)n->name);
    for (const xmlNs *ns = n->nsDef; ns; ns = ns->next)
        buf_printf(out, " xmlns%s%s=\"%s\"", ns->prefix ? ":" : "",
                   ns->prefix ? (const char *)ns->prefix : "", (const char *)ns->href);
    for (const xmlAttr *a = n->properties; a; a = a->next) {
        const char *prefix = a->ns && a->ns->prefix ? (const char *)a->ns->prefix : "";
        buf_printf(out, " %s%s%s=\"", prefix, *prefix ? ":" : "", (const char *)a->name);
        buf_xml(out, text_of(a->children ? (const char *)a->children->content : ""), true);
        buf_byte(out, '"');
    }
    buf_string(out, n->children ? ">" : "/>");
}

static void body_end_tag(const xmlNode *n, struct buf *out)
{
    bool ours = tree_kind(n) == ELEMENT_CALL || tree_kind(n) == ELEMENT_NOTE;
    if (n->children)
        buf_printf(out, "</%s%s>", ours ? "o:" : "", (const char *)n->name);
}

static void body_indent(struct buf *out, int level)
{
    if (out->length && out->data[out->length - 1] != '\n')
        buf_byte(out, '\n');
    for (int i = 0; i < level; i++)
        buf_string(out, "  ");
}

/* Recursion is as deep as the tree, which LIMIT_DEPTH bounds. */
static void body_print(const xmlNode *n, int level, struct buf *out)
{
    if (n->type == XML_TEXT_NODE) {
        buf_xml(out, text_of((const char *)n->content), false);
        return;
    }
    if (n->type != XML_ELEMENT_NODE)
        return;
    bool block = body_is_block(n), holds = body_has_block(n);
    if (block)
        body_indent(out, level);
    body_tag(n, out);
    for (const xmlNode *c = n->children; c; c = c->next) {
        bool first_inline = holds && !body_is_block(c) && (!c->prev || body_is_block(c->prev));
        if (first_inline)
            body_indent(out, level + 1);
        body_print(c, level + 1, out);
    }
    if (holds)
        body_indent(out, level);
    body_end_tag(n, out);
    if (block)
        buf_byte(out, '\n');
}

#endif
