/* sections.h - headings become nested sections; the title gets its block.
 *
 * The title is the metadata's, else a lone top heading that opens the text. What is left decides the kind:
 * two or more headings at the top make a book of chapters (body class "book"), else it is an essay with one
 * section.text (class "essay"). Levels are renumbered so that none is left out: a book's chapters have h1, an
 * essay's heads h2. "Part One" holds the chapters behind it. Prefaces, appendices and their like are known by
 * their headings (refine/words.h). A heading inside another block makes no section; its level is only fitted.
 *
 * Notes of the body (o:note) are left as the body's children for refine/notes.h.
 *
 * Messages: title.missing (warning: neither metadata nor heading give one; the file's name stands in).
 */
#ifndef OCTAVO_REFINE_SECTIONS_H
#define OCTAVO_REFINE_SECTIONS_H

#include "document/document.h"

void sections_make(struct document *d);

#endif
