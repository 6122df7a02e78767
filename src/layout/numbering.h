/* numbering.h - numbers as lists and pages show them (CSS Counter Styles 3, the predefined styles). */
#ifndef OCTAVO_LAYOUT_NUMBERING_H
#define OCTAVO_LAYOUT_NUMBERING_H

#include "base/arena.h"
#include "style/style.h"

/* "12", "xii", "c", "•"; a number outside a style's range is decimal. */
const char *number_format(struct arena *a, int value, enum counter_style style);

/* What PDF calls the numbering of a list's style: enum list_numbering of frame.h. */
uint8_t number_tag(enum counter_style style);

#endif
