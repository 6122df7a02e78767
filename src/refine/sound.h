/* sound.h - what the source's own markup has in it that no e-book may hold, whatever reader let it through:
 * the rules are those of EPUBCheck's schemas (EPUB 3.3 §6, HTML Standard) and of Ace.
 *
 * Words are never lost. Elements become others that hold the same; an attribute whose value isn't allowed
 * goes, with a message: markup.attribute (warning). A link without words goes: markup.link (warning). A
 * formula that isn't presentation MathML becomes its text: markup.formula (error).
 */
#ifndef OCTAVO_REFINE_SOUND_H
#define OCTAVO_REFINE_SOUND_H

#include "document/document.h"

/* The elements; before sections are made, since an empty heading makes none. */
void sound_elements(struct document *d);

/* The attributes; once all ids are given, since some refer to them. */
void sound_attributes(struct document *d);

#endif
