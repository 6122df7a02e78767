/* punctuation.h - how each language sets its quotation marks and spaces: one table.
 *
 * Sources: CLDR 44 (delimiters), Lexique des règles typographiques en usage à l'Imprimerie nationale,
 * Duden, New Hart's Rules.
 */
#ifndef OCTAVO_REFINE_PUNCTUATION_H
#define OCTAVO_REFINE_PUNCTUATION_H

#include "base/text.h"
#include <stdint.h>

enum { SPACE_NO_BREAK = 0xA0, SPACE_NARROW = 0x202F };

struct punctuation {
    const char *language;
    uint32_t open[2], close[2]; /* of a quotation, and of one inside it */
    uint32_t space_inside;      /* of the outer marks; 0: none */
    uint32_t space_before;      /* ; ! ? ; 0: none */
    uint32_t space_colon;       /* before a colon; 0: none */
};

/* The rules of a BCP 47 tag: of the longest prefix that the table has, else those of English. */
const struct punctuation *punctuation_for(const char *language);

/* Does a number come behind this word ("p.", "Fig.", "Abb.")? A name ("Mr.", "Mme")? Is it a unit ("km",
 * "%")? Words as they stand in the text. */
bool leads_number(struct text word);
bool leads_name(struct text word);
bool is_unit(struct text word);

/* Does the word, behind its apostrophe, begin with one ("'tis", "'em")? Lower case. */
bool is_elision(struct text word);

#endif
