/* cff_reader.h - bytes, tables and numbers of a CFF font program (Adobe Technical Note 5176 §3 to §5). */
#ifndef OCTAVO_FONTS_CFF_READER_H
#define OCTAVO_FONTS_CFF_READER_H

#include "base/text.h"
#include <stdint.h>

/* A reader that never leaves the program: past its end all bytes are 0 and `bad` is set. */
struct cff {
    struct text program;
    size_t at;
    bool bad;
};

/* A big-endian number of so many bytes. */
uint32_t cff_number(struct cff *c, int bytes);

/* A table of entries (§5). */
struct cff_index {
    uint32_t count;
    int size; /* of an offset, in bytes */
    size_t offsets, data;
};

/* Passes over an INDEX. */
struct cff_index cff_index(struct cff *c);
/* Its entry `i`; at is NULL when there is none. */
struct text cff_entry(const struct cff *c, const struct cff_index *index, uint32_t i);

/* A DICT's operand (§4) that begins with `byte`; of real numbers nothing is kept but their place. */
int32_t cff_operand(struct cff *d, uint32_t byte);

/* Reads the charset (§13) at the reader's place: what glyphs 1 to count - 1 are called, SIDs or CIDs. Formats
 * 0 to 2: single values, or ranges with a count of one or two bytes. */
void cff_charset(struct cff *c, uint32_t count, uint16_t *ids);

#endif
