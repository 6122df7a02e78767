/* pdf.h - laid-out pages as a tagged PDF, through libharu's low-level objects (ISO 32000-1, ISO 32000-2).
 *
 * The file's structure is ours: content streams, Type0 fonts subset by hb-subset, structure tree,
 * destinations, outline, page labels, metadata, object and cross-reference streams. libharu holds the objects
 * and numbers them.
 *
 * A standard is claimed only when the file keeps it. Messages: pdf.alt, pdf.heading (a claim of PDF/UA is
 * left out), pdf.glyph, pdf.font (no claim is left), pdf.image (a picture is left out), pdf.formula (what
 * MathML builds is not), pdf.target (a link leads nowhere), pdf.text (a text is cut), pdf.profile (the
 * style's output intent can't be used).
 */
#ifndef OCTAVO_WRITE_PDF_PDF_H
#define OCTAVO_WRITE_PDF_PDF_H

#include "base/io.h"
#include "fonts/fonts.h"
#include "layout/frame.h"
#include "style/style.h"

enum pdf_standard {
    PDF_STANDARD_1,   /* PDF 1.7: PDF/UA-1 and PDF/A-2a, or A-3a when files are attached */
    PDF_STANDARD_2,   /* PDF 2.0: PDF/UA-2 and PDF/A-4, or A-4f when files are attached */
    PDF_STANDARD_NONE /* PDF 1.7 without tags and claims: the smallest file */
};

enum pdf_relation { PDF_UNSPECIFIED, PDF_SOURCE, PDF_ALTERNATIVE, PDF_DATA, PDF_SUPPLEMENT };

/* A file inside the file. Each name once. */
struct pdf_attachment {
    const char *name;        /* without folders */
    const char *media_type;  /* NULL: unknown */
    const char *description; /* NULL: the name */
    enum pdf_relation relation;
    struct text bytes;
};

struct pdf_options {
    long long date; /* seconds since 1970: CreationDate, ModDate and XMP */
    int threads;
    enum pdf_standard standard;
    const struct styles *styles; /* for the output intent; NULL: sRGB */
    const struct pdf_attachment *attachments;
    size_t attachment_count;
};

/* Writes the file. `fonts`, those that the pages were set with, have told of characters which no face has;
 * NULL: nobody has. -1 with a message when memory or the disk fails. */
int pdf_write(const struct document *d, const struct pages *pages, const struct fonts *fonts,
              const struct pdf_options *o, struct output *out);

#endif
