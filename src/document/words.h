/* words.h - the few words that octavo itself puts into an output, in the document's language. One table: a
 * language is added there and nowhere else. */
#ifndef OCTAVO_DOCUMENT_WORDS_H
#define OCTAVO_DOCUMENT_WORDS_H

#include "base/text.h"

enum word {
    WORD_CONTENTS,
    WORD_LANDMARKS,
    WORD_PAGES,
    WORD_TITLE_PAGE,
    WORD_TEXT,
    WORD_NOTES,
    WORD_COVER,
    WORD_NOTES_TO_PAGE,  /* a number follows */
    WORD_NOTES_TO_PAGES, /* two numbers follow */
    WORD_BACK,           /* "Back to reference": a space and the number follow */
    WORD_UNTITLED,
    WORD_CONTINUE,  /* a link to the rest of the text */
    WORD_ATTACHED,  /* the rest is in what is attached */
    WORD_DOWNLOADS, /* a link to what would have been attached */
    WORD_ON_WEB,    /* a link to the text on the web */
    WORD_UNSUBSCRIBE,
    WORD_FIGURES, /* heads the list of figures */
    WORD_TABLES,  /* heads the list of tables */
    WORD_IMPRINT,
    WORD_DEDICATION,
    WORD_EPIGRAPH,
    WORD_INDEX,
    WORD_TRANSLATED_BY, /* a space and names follow, as with the next two */
    WORD_EDITED_BY,
    WORD_ILLUSTRATED_BY,
    WORD_COUNT
};

/* The word for a BCP 47 tag; English when the language is not in the table. Static text. */
const char *word_in(const char *language, enum word w);

#endif
