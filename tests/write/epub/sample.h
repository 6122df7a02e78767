/* sample.h - documents for tests, written as refined XHTML: metadata are its <meta name content>. */
#ifndef OCTAVO_TESTS_SAMPLE_H
#define OCTAVO_TESTS_SAMPLE_H

#include "document/document.h"
#include "document/identifier.h"
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>

static inline enum walk sample_picture(xmlNode *n, void *user)
{
    struct document *d = user;
    if (tree_kind(n) == ELEMENT_IMG && tree_get(n, "src"))
        resource_get(d, tree_get(n, "src"), NULL);
    return WALK_ON;
}

static inline void sample_head(struct document *d, const xmlNode *head)
{
    for (const xmlNode *n = head->children; n; n = n->next) {
        if (n->type != XML_ELEMENT_NODE || strcmp((const char *)n->name, "meta") != 0)
            continue;
        const char *name = tree_get(n, "name"), *content = tree_get(n, "content");
        if (name && content && !meta_set(d, name, text_of(content)))
            fprintf(stderr, "no metadata %s\n", name);
    }
}

/* Takes a parsed page into `d`; `page` is ended. */
static inline void sample_take(struct document *d, xmlDoc *page)
{
    static const struct walker pictures = {sample_picture, NULL};
    for (xmlNode *n = xmlDocGetRootElement(page)->children; n; n = n->next) {
        if (n->type != XML_ELEMENT_NODE)
            continue;
        if (strcmp((const char *)n->name, "head") == 0)
            sample_head(d, n);
        if (strcmp((const char *)n->name, "body") != 0)
            continue;
        xmlNode *body = xmlDocCopyNode(n, d->tree, 1);
        tree_append(d, d->root, body);
        tree_remove(d->body);
        tree_adopt(d, body, NULL);
        d->body = body;
    }
    xmlFreeDoc(page);
    tree_walk(d->body, &pictures, d);
    if (d->meta.cover)
        resource_get(d, d->meta.cover, NULL);
    identifier_settle(d);
}

static inline struct document *sample_file(struct arena *a, struct messages *m, const char *path)
{
    struct document *d = document_new(a, m, path);
    const char *slash = strrchr(path, '/');
    d->source_folder = slash ? arena_copy(a, path, (size_t)(slash - path)) : ".";
    xmlDoc *page = xmlReadFile(path, NULL, XML_PARSE_NONET);
    if (!page)
        exit(2);
    sample_take(d, page);
    return d;
}

static inline struct document *sample_text(struct arena *a, struct messages *m, const char *head,
                                           const char *body)
{
    struct document *d = document_new(a, m, "sample.md");
    char *text = arena_printf(a,
                              "<html xmlns='http://www.w3.org/1999/xhtml' "
                              "xmlns:epub='http://www.idpf.org/2007/ops'><head>%s</head>%s</html>",
                              head, body);
    xmlDoc *page = xmlReadMemory(text, (int)strlen(text), NULL, NULL, XML_PARSE_NONET);
    if (!page)
        exit(2);
    sample_take(d, page);
    return d;
}

#endif
