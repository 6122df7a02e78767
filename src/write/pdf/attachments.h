/* attachments.h - the list of files that go into a PDF: those that somebody names, the source with its
 * pictures, the e-book (ISO 19005-3 §6.8, ISO 32000-2 §14.13: each with its relation to the document).
 *
 * Each name stands once. Files that are the same, name and bytes, are one. A picture whose name is taken gets
 * another, and its description says how the source calls it. Messages: attach.twice (two different files have
 * one name), and those of io_read.
 */
#ifndef OCTAVO_WRITE_PDF_ATTACHMENTS_H
#define OCTAVO_WRITE_PDF_ATTACHMENTS_H

#include "base/io.h"
#include "document/document.h"
#include "write/pdf/pdf.h"

struct attachments;

/* An empty list in `a`. */
struct attachments *attachments_new(struct arena *a, struct messages *m);

/* Reads a file into the list. -1 with a message. */
int attachments_file(struct attachments *all, const char *path);
/* Adds the source, under that name, and the document's pictures. The bytes must stay. */
void attachments_source(struct attachments *all, const struct document *d, const char *name,
                        struct text bytes);
/* Adds the e-book: the same text in another form. The bytes must stay. */
void attachments_ebook(struct attachments *all, const char *name, struct text bytes);

/* All of them, in the order in which they came; lent until the next one. */
const struct pdf_attachment *attachments_list(const struct attachments *all, size_t *count);

#endif
