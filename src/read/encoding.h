/* encoding.h - a source's bytes become UTF-8 with LF line ends and no byte order mark.
 *
 * Known: UTF-8, UTF-16 and UTF-32 by their marks; else text that is not UTF-8 is taken for Windows-1252 and
 * converted, which the warning encoding.windows-1252 says with the place of the first byte that showed it.
 * Bytes that are undefined there make U+FFFD and the message encoding.invalid (something is lost). NUL
 * characters are dropped with encoding.nul.
 */
#ifndef OCTAVO_READ_ENCODING_H
#define OCTAVO_READ_ENCODING_H

#include "document/document.h"

/* The converted text in the document's arena (the same bytes when nothing had to change). */
struct text encoding_decode(struct document *d, struct text bytes);

#endif
