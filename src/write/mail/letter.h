/* letter.h - what the parts of a mail share while it is made. */
#ifndef OCTAVO_WRITE_MAIL_LETTER_H
#define OCTAVO_WRITE_MAIL_LETTER_H

#include "base/buf.h"
#include "write/mail/cut.h"
#include "write/mail/mail.h"
#include "write/tree/look.h"

/* No picture is wider. */
enum { MAIL_PICTURE_PX = 1200 };

/* A picture that the HTML part shows. */
struct mail_picture {
    const struct resource *resource;
    const char *cid;   /* its Content-ID, without <> */
    const char *file;  /* its name */
    struct text bytes; /* as they are sent */
    const char *media_type;
    int width_px; /* 0: unknown */
    int shown_px; /* how wide it is, where there is room; 0: unknown */
    struct mail_picture *next;
};

struct letter {
    struct arena *arena;
    const struct document *d;
    const struct mail_options *o;
    const struct gmime *gmime;
    const char *subject, *domain; /* domain: of the sender */
    struct look look;
    struct cut cut;
    bool linked; /* a link stands for what isn't attached */
    struct mail_picture *pictures;
    struct hash *picture_of; /* by the resource's name */
    struct hash *prepared;   /* the same, whether they are shown or not */
};

/* ---- headers.c: checks what becomes headers; -1 with a message when it can't. */
int headers_check(struct letter *l);

/* ---- pictures.c */

/* Lists the pictures of the text, up to the cut. */
void pictures_find(struct letter *l);
/* Scales those that are wider; true when any became smaller. A JPEG is written in that quality (1 to 100). */
bool pictures_reduce(struct letter *l, int width_px, int quality);
/* The same for what is attached: made anew with the document's pictures that small; `to` gets the bytes. */
bool pictures_reduce_attached(const struct letter *l, int width_px, int quality, struct mail_attachment *to);

/* ---- plain.c, body.c: the two texts */
void plain_write(const struct letter *l, struct buf *out);
void body_write(const struct letter *l, struct buf *out);

/* ---- mime.c */

/* Loads GMime, first of all; -1 with a message when it isn't there. */
int mime_begin(struct letter *l);
/* The whole mail. */
struct text mime_assemble(const struct letter *l, struct text plain, struct text html);

#endif
