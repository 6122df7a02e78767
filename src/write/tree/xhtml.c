#include "write/tree/xhtml.h"

void xhtml_node(const xmlNode *n, xhtml_link *link, void *user, struct buf *out)
{
    (void)n, (void)link, (void)user, (void)out;
}

int xhtml_write(const struct document *d, struct text css, struct output *out)
{
    (void)css;
    xmlChar *text = NULL;
    int size = 0;
    xmlDocDumpFormatMemoryEnc(d->tree, &text, &size, "UTF-8", 1);
    int rc = output_write(out, text, (size_t)size);
    xmlFree(text);
    return rc;
}
