/* pdf.h - laid-out pages as a tagged PDF 1.7, through libharu's low-level objects (ISO 32000-1).
 *
 * The file's structure is ours: content streams, Type0 fonts subset by hb-subset, structure tree,
 * destinations, outline, page labels, metadata, object and cross-reference streams. libharu holds the objects
 * and numbers them.
 */
#ifndef OCTAVO_WRITE_PDF_PDF_H
#define OCTAVO_WRITE_PDF_PDF_H

#include "base/io.h"
#include "fonts/fonts.h"
#include "layout/frame.h"

struct pdf_options {
    long long date; /* seconds since 1970: CreationDate, ModDate and XMP */
    int threads;
};

/* Writes the file; -1 with a message when memory or the disk fails. */
int pdf_write(const struct document *d, const struct pages *pages, const struct fonts *fonts,
              const struct pdf_options *o, struct output *out);

#endif
