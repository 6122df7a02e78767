/* headers.h - the values of List-* headers, as they are written. */
#ifndef OCTAVO_WRITE_MAIL_HEADERS_H
#define OCTAVO_WRITE_MAIL_HEADERS_H

#include "write/mail/letter.h"

/* With its angle brackets; NULL: none. */
const char *headers_list_id(const struct letter *l);
/* Addresses in angle brackets with commas between; NULL: none, or one that isn't an address. `one_click`: a
 * web address is among them, to which mail programs may post (RFC 8058). */
const char *headers_unsubscribe(const struct letter *l, bool *one_click);

#endif
