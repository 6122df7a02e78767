/* head.h - what the head of the page says about the text: for readers' programs, Open Graph (ogp.me) for
 * whoever shows a link to it, and an Article of schema.org as JSON-LD. */
#ifndef OCTAVO_WRITE_HTML_HEAD_H
#define OCTAVO_WRITE_HTML_HEAD_H

#include "base/buf.h"
#include "write/html/page.h"

/* The title, or what stands in for it. */
const char *head_title(const struct document *d);
/* Adds the <meta> elements and the JSON-LD. */
void head_describe(const struct document *d, const struct html_page_options *o, struct buf *out);

#endif
