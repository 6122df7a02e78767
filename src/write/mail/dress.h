/* dress.h - the style attribute of each element of the HTML part.
 *
 * Mail programs keep little of a sheet, so each element carries its style itself. Sizes and distances come
 * from one table, faces and the title's place from the document's style; colours from nobody, so that dark
 * screens choose theirs. Only the ornament under the title has the colour that the style's cover gives it.
 */
#ifndef OCTAVO_WRITE_MAIL_DRESS_H
#define OCTAVO_WRITE_MAIL_DRESS_H

#include "base/buf.h"
#include "write/tree/look.h"

/* How wide a line gets, and what stands beside it. */
enum { DRESS_MEASURE_PX = 560, DRESS_MARGIN_PX = 20 };

/* The style of an element; NULL: it needs none. */
const char *dress_style(const struct look *l, const xmlNode *n, struct arena *a);
/* The family of the text, as CSS writes it. */
const char *dress_family(const struct look *l);
/* The style's ornament, which stands under the title. */
void dress_ornament(const struct look *l, bool centred, struct buf *out);
/* The rule by which it is lighter where the screen is dark. */
void dress_on_dark(const struct look *l, struct buf *out);

#endif
