#include "document/document.h"
#include "document/report.h"

static void end_tree(void *what)
{
    xmlFreeDoc(what);
}

struct document *document_new(struct arena *a, struct messages *m, const char *source_name)
{
    struct document *d = arena_alloc(a, sizeof *d);
    d->arena = a;
    d->messages = m;
    d->source_name = arena_string(a, source_name);
    d->tree = arena_must(a, xmlNewDoc((const xmlChar *)"1.0"));
    arena_defer(a, end_tree, d->tree);
    d->root = arena_must(a, xmlNewDocNode(d->tree, NULL, (const xmlChar *)"html", NULL));
    xmlDocSetRootElement(d->tree, d->root);
    d->xhtml = arena_must(a, xmlNewNs(d->root, (const xmlChar *)"http://www.w3.org/1999/xhtml", NULL));
    d->epub = arena_must(
        a, xmlNewNs(d->root, (const xmlChar *)"http://www.idpf.org/2007/ops", (const xmlChar *)"epub"));
    d->octavo = arena_must(a, xmlNewNs(d->root, (const xmlChar *)"urn:octavo:notes", (const xmlChar *)"o"));
    tree_rename(d, d->root, ELEMENT_HTML);
    d->body = tree_element(d, d->root, ELEMENT_BODY, NULL);
    d->resource_of = hash_new(a);
    d->report = report_new(a);
    return d;
}
