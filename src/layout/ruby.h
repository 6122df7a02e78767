/* ruby.h - readings above their bases (CSS Ruby 1; JLREQ §3.3), while atoms are made.
 *
 * A base with its reading is one box that no line ends in. The wider of the two gives its width, and the
 * other is centred. In the paragraph's text the reading follows its base: for what finds line breaks, scripts
 * and directions, it is hidden; its atoms stand apart. A pair that is wider than the line isn't set so: its
 * reading stands in line, as where there is no ruby at all.
 */
#ifndef OCTAVO_LAYOUT_RUBY_H
#define OCTAVO_LAYOUT_RUBY_H

#include "layout/maker.h"

/* Begins the pairs of a paragraph: those above that have a base and a reading. */
void pairs_begin(struct setter *s, const struct paragraph *p, struct atoms *out);

/* The paragraph's text with the readings that are above hidden, byte for byte. */
struct text pairs_hide(struct setter *s, const struct paragraph *p, const struct atoms *atoms);

/* Makes the atoms of the readings that are above. The breaker's runs are used. */
void pairs_read(struct setter *s, const struct paragraph *p, struct atoms *out);

/* The maker is at `*at`, which may be in a pair's base. Behind the base it gets over the reading; gives
 * whether it did. */
bool pair_at(struct maker *m, uint32_t *at);

/* Sets those in line that are wider than `room_pt`; gives whether there are any. */
bool pairs_give_up(const struct paragraph *p, struct atoms *atoms, double room_pt);

#endif
