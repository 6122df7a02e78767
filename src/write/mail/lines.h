/* lines.h - text set in lines of 72 columns, as mail that is only text has been since there was any.
 *
 * A paragraph collects in `text`, where any white space is one space, what is invisible is left out and '\n'
 * a forced line end; lines_end sets it. Each line begins with the prefix ("> " in a quotation, spaces in a
 * list); the first one after lines_label with the label in place of the prefix's last columns. Wide
 * characters (UAX #11) take two columns and may be broken between; marks take none.
 */
#ifndef OCTAVO_WRITE_MAIL_LINES_H
#define OCTAVO_WRITE_MAIL_LINES_H

#include "base/buf.h"

enum { LINES_MEASURE = 72 };

struct lines {
    struct buf *out, *text;
    struct buf *prefix;
    struct buf *label; /* empty: none waits */
    size_t label_at;   /* bytes of the prefix that stand before it */
    int blank;         /* empty lines that are to come before the next line */
    size_t blank_prefix;
    bool any;      /* a line was set */
    size_t widest; /* columns of the widest line of the last paragraph, without its prefix */
};

struct lines *lines_new(struct arena *a, struct buf *out);
/* Adds text to the paragraph; as it is, or with white space made one space. */
void lines_add(struct lines *l, struct text t);
/* Ends the paragraph, if there is one: true when it had any text. */
bool lines_end(struct lines *l);
/* Sets one line as it is. */
void lines_verbatim(struct lines *l, struct text line);
/* At least `count` empty lines before what comes next. */
void lines_blank(struct lines *l, int count);
/* Makes the prefix longer: gives its old length, for lines_outdent. */
size_t lines_indent(struct lines *l, const char *more);
void lines_outdent(struct lines *l, size_t length);
/* As many spaces as the label is wide, the first time the label itself; gives the prefix's old length. */
size_t lines_label(struct lines *l, const char *label);
/* The columns that a text takes. */
size_t lines_columns(struct text t);

#endif
