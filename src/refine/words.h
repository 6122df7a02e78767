/* words.h - the words by which headings are known, by language. Those that octavo itself writes:
 * document/words.h. */
#ifndef OCTAVO_REFINE_WORDS_H
#define OCTAVO_REFINE_WORDS_H

#include "document/document.h"

/* What a heading says its section is (EPUB 3 Structural Semantics Vocabulary; DPUB-ARIA 1.1). */
struct section_kind {
    const char *name; /* its class, and its epub:type */
    const char *role; /* NULL: none */
    enum { MATTER_FRONT, MATTER_BODY, MATTER_BACK } matter;
};

/* The kind of section whose heading reads `title` (plain, folded: refine/plain.h), in any language of the
 * table: a number before it or a possessive ("Editor's Preface") doesn't matter. NULL: an ordinary one. */
const struct section_kind *section_kind_of(struct text title);

/* Does the heading open a part ("Part One", "Zweiter Teil", "Livre III"), or a chapter ("Chapter 4")? */
bool opens_part(struct text title);
bool opens_chapter(struct text title);

/* Is the heading but a number ("IV", "Chapter 4"), folded like the above? */
bool is_number(struct text title);

/* Is the heading a title for notes ("Notes", "Anmerkungen", "Endnotes")? */
bool titles_notes(struct text title);

#endif
