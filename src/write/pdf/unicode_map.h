/* unicode_map.h - ToUnicode CMaps (ISO 32000-1 §9.10.3): what the codes of a font spell. */
#ifndef OCTAVO_WRITE_PDF_UNICODE_MAP_H
#define OCTAVO_WRITE_PDF_UNICODE_MAP_H

#include "base/buf.h"
#include <stdint.h>

struct spelled {
    uint32_t code;
    struct text means; /* at: NULL for a code that spells nothing known, and isn't told of */
};

/* Prints the CMap; codes of a simple font have one byte, others two. Neighbouring codes that spell
 * neighbouring characters are told as one range. */
void print_unicode_map(struct buf *b, bool simple, const struct spelled *all, size_t count);

#endif
