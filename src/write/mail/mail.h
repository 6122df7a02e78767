/* mail.h - the document as one mail, ready to be sent (RFC 5322, RFC 2045 to 2047, RFC 2231).
 *
 * multipart/mixed of the text, twice (multipart/alternative of plain text at 72 columns and HTML with inlined
 * CSS, its pictures beside it in a multipart/related), and the attachments in base 64. Lines end with CRLF
 * and are shorter than 998 bytes; all is ASCII. Message-ID and boundaries are made from the content, so that
 * the same content gives the same bytes. The headers come from the document's metadata.
 *
 * The HTML part stays below 90 KB, where web mail begins to cut: a longer text, or one longer than the
 * options ask for, ends at a paragraph and leads on to `link`. When the mail is larger than its budget, its
 * pictures and those of what is attached are reduced, then attachments are left out for a link; what is still
 * too large is not written.
 *
 * Messages: mail.header (a header with line ends or control characters), mail.address (no address),
 * mail.subject (none), mail.budget (too large), each SEVERITY_USAGE;
 * mail.library (GMime isn't installed: system); mail.picture (a drawing that can't be drawn: lost);
 * mail.sender (a draft without From), mail.date (none is known), mail.excerpt, mail.reduced, mail.linked:
 * what was done.
 *
 * Failed memory: GLib ends the program when it gets none. So GMime is given only headers to work on, never
 * the text, the pictures or what is attached, and what it needs at the most is asked for before it begins.
 */
#ifndef OCTAVO_WRITE_MAIL_MAIL_H
#define OCTAVO_WRITE_MAIL_MAIL_H

#include "base/io.h"
#include "document/document.h"

struct mail_attachment {
    const char *name;       /* without folders, UTF-8 */
    const char *media_type; /* "application/pdf" */
    struct text bytes;
};

struct mail_options {
    struct styles *styles; /* NULL: none but the built-in */
    long long date;        /* seconds since 1970 */
    bool undated;          /* nobody gave that date */
    const struct mail_attachment *attachments;
    size_t attachment_count;
    /* Makes an attachment anew, from the document as it is now, for its pictures are smaller; `at` NULL: it
     * can't. NULL: what is attached stays as it is. */
    struct text (*remake)(size_t attachment, void *user);
    void *user;
    size_t budget;        /* bytes of the whole mail as encoded; 0: no limit */
    size_t excerpt_words; /* 0: the whole text, as far as the HTML part has room for it */
    const char *link;     /* where the text stands on the web; NULL: nowhere */
};

/* Writes the mail; -1 with a message when it can't be made or written. The document is not changed, but for
 * the time of remake. */
int mail_write(const struct document *d, const struct mail_options *o, struct output *out);

#endif
