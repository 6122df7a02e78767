/* syntax.h - PDF's syntax (ISO 32000-1 §7.3) written into a buf: references, strings, names, numbers,
 * dates.
 */
#ifndef OCTAVO_WRITE_PDF_SYNTAX_H
#define OCTAVO_WRITE_PDF_SYNTAX_H

#include "base/buf.h"

/* Bytes of a string at most: ISO 19005-2 §6.1.13. */
enum { PDF_STRING_MOST = 32767 };

/* "12 0 R" with a space before it. */
void pdf_ref(struct buf *b, int object);
/* A number with a space before it; at most 3 decimals. */
void pdf_number(struct buf *b, double value);
/* A byte string, as it is. */
void pdf_bytes(struct buf *b, struct text bytes);
/* A text string (§7.9.2.2) of UTF-8 text: as it is when ASCII, else UTF-16BE. Text past PDF/A's limit of
 * 32,767 bytes is cut: true when that happened. */
bool pdf_text(struct buf *b, struct text utf8);
/* UTF-16BE as hexadecimal digits, without brackets. */
void pdf_utf16(struct buf *b, struct text utf8);
/* Four hexadecimal digits. */
void pdf_hex4(struct buf *b, unsigned value);
/* A name with its slash; what a name can't hold is escaped. */
void pdf_name(struct buf *b, const char *name);
/* A date string in UTC: (D:20240131120000Z). */
void pdf_date(struct buf *b, long long seconds);
/* The same time as XMP wants it: 2024-01-31T12:00:00Z. */
void xmp_date(struct buf *b, long long seconds);

#endif
