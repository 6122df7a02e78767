/* front.h - the conductor's step that leaves out of the document what nobody asked for and the style doesn't
 * show. See document/front.h. */
#ifndef OCTAVO_JOB_FRONT_H
#define OCTAVO_JOB_FRONT_H

#include "document/document.h"
#include "style/style.h"

/* Takes away the children of the body that have the class "unasked" and, in the style, no display. An imprint
 * that stays says the date, which then goes from the title page. */
void front_settle(struct document *d, struct styles *s);

#endif
