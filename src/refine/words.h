/* words.h - the words that octavo itself puts into a document, and those by which it knows a heading, by
 * language. One table: a language is added there and nowhere else.
 */
#ifndef OCTAVO_REFINE_WORDS_H
#define OCTAVO_REFINE_WORDS_H

#include "document/document.h"

/* What octavo writes in a document of that language. */
struct words {
    const char *language; /* primary subtag */
    const char *notes;    /* the title of the notes */
    const char *back;     /* "Back to reference": a space and the number follow */
    const char *untitled; /* a document without any title */
};

/* The words for a BCP 47 tag; English when the language is not in the table. */
const struct words *words_for(const char *language);

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

/* Is the heading a title for notes ("Notes", "Anmerkungen", "Endnotes")? */
bool titles_notes(struct text title);

#endif
