/* protrude.h - how far punctuation hangs into the margin, so that edges look straight (Rubinstein 1988; Thành
 * 2000, microtypography). */
#ifndef OCTAVO_LAYOUT_PROTRUDE_H
#define OCTAVO_LAYOUT_PROTRUDE_H

#include <stdint.h>

/* The share of its own width by which a character may stand in the left or right margin, from 0 to 1. */
float protrusion_left(uint32_t character);
float protrusion_right(uint32_t character);

#endif
