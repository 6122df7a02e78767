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
/* The fields of RFC 2369: addresses in angle brackets with commas between, or NO; NULL: one of them is none.
 */
enum { LIST_FIELDS = 6 };
struct list_field {
    const char *key; /* of the metadata */
    const char *name, *value;
};
/* Those that the metadata have; gives their number. */
size_t headers_list_fields(const struct letter *l, struct list_field out[LIST_FIELDS]);
/* May mail programs post to an address of list-unsubscribe (RFC 8058)? */
bool headers_one_click(const struct letter *l);
/* Where a reader leaves the list, on the web if there is such a place; NULL: not said. */
const char *headers_leave(const struct letter *l);

#endif
