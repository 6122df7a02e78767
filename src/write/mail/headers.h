/* headers.h - the values of headers, as they are written. */
#ifndef OCTAVO_WRITE_MAIL_HEADERS_H
#define OCTAVO_WRITE_MAIL_HEADERS_H

#include "write/mail/letter.h"

struct mailbox {
    const char *name;    /* NULL: none */
    const char *address; /* in ASCII */
    struct mailbox *next;
};

/* The addresses of a list with commas (RFC 5322 section 3.4, without groups, comments and routes). NULL when
 * any of it is no address. */
struct mailbox *headers_mailboxes(struct arena *a, const char *value);

/* The list's name. With its angle brackets; NULL: none. */
const char *headers_list_id(const struct letter *l);
/* Addresses in angle brackets with commas between; NULL: none, or one that isn't an address. `one_click`: a
 * web address is among them, to which mail programs may post (RFC 8058). */
const char *headers_unsubscribe(const struct letter *l, bool *one_click);

#endif
