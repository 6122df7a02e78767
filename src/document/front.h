/* front.h - which front matter is wanted: what the metadata's key front-matter says.
 *
 * Its words, with commas or spaces between: title-page, half-title, imprint, contents, figures, tables; or
 * all, or none. When the key is there, what it names is asked for and all else refused; when it isn't, a book
 * has what the style shows, and an essay nothing. What nobody asked for has the class "unasked", so that a
 * style can leave it out with display: none.
 */
#ifndef OCTAVO_DOCUMENT_FRONT_H
#define OCTAVO_DOCUMENT_FRONT_H

#include "document/document.h"

enum front_part {
    FRONT_TITLE_PAGE,
    FRONT_HALF_TITLE,
    FRONT_IMPRINT,
    FRONT_CONTENTS,
    FRONT_FIGURES,
    FRONT_TABLES,
    FRONT_PARTS
};

#define FRONT_UNASKED_CLASS "unasked"

/* The head of the contents or of a list, where ids name entries: no id is empty or has a space. */
#define ENTRY_CONTENTS ""
#define ENTRY_FIGURES " figures"
#define ENTRY_TABLES " tables"

enum front_wish { FRONT_UNASKED, FRONT_ASKED, FRONT_REFUSED };

enum front_wish front_wish(const struct meta *m, enum front_part part);
/* Is any part asked for? */
bool front_asked(const struct meta *m);
/* meta.unknown for each word that names no part. */
void front_check(const struct document *d);

#endif
