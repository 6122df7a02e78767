/* ranges.h - inside the room: which pages, and what their files are called. */
#ifndef OCTAVO_WRITE_PNG_RANGES_H
#define OCTAVO_WRITE_PNG_RANGES_H

#include "base/text.h"
#include <stdint.h>

/* The next range of "1-3,7,10-": `to` is UINT32_MAX where the end is open. False at the end; `*bad` is set
 * when what comes is no range. */
bool range_next(struct text *rest, uint32_t *from, uint32_t *to, bool *bad);

/* Is there a %d, %3d or %03d in the name? Its place and length, or a length of 0. */
struct text number_place(const char *name);

/* The name with its number put in; without %d, -number is put before the suffix. */
const char *numbered_name(struct arena *a, const char *name, uint32_t number);

#endif
