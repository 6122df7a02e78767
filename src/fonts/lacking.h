/* lacking.h - characters that no installed face has: each is told of once, those of one place together. */
#ifndef OCTAVO_FONTS_LACKING_H
#define OCTAVO_FONTS_LACKING_H

#include "base/message.h"
#include <stdint.h>

struct lacking;

struct lacking *lacking_new(struct arena *a);
/* `where` is where the character comes first; may be NULL. */
void lacking_add(struct lacking *l, uint32_t character, const struct place *where);
bool lacking_has(const struct lacking *l, uint32_t character);
/* Tells of those that were not told of, in the order in which they came (fonts.character). Sentences are made
 * in `a`. */
void lacking_tell(struct lacking *l, struct arena *a, struct messages *m);

#endif
