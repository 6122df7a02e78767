/* read.h - the table of readers: each makes the document of its source format.
 *
 * A reader gets the whole source as UTF-8 without a byte order mark and with LF line ends (read/encoding.h
 * saw to that) and fills an empty document: tree, metadata, places. It leaves notes as o:call and o:note
 * (document.h), typography and ids to the passes. What it can't keep is named in a message of SEVERITY_LOST.
 * A new format is one more line of the table in read.c.
 */
#ifndef OCTAVO_READ_READ_H
#define OCTAVO_READ_READ_H

#include "document/document.h"

struct reader {
    const char *name;            /* for -f: "markdown" */
    const char *const *suffixes; /* with their dots, NULL at the end */
    bool binary;                 /* gets the bytes as they are */
    /* How sure one can be that `t` is of this format, 0 (not at all) to 100; NULL: known by its suffix only.
     */
    int (*sniff)(struct text t);
    int (*read)(struct document *d, struct text source);
};

/* All readers, a NULL name at the end. */
const struct reader *readers(void);
/* The reader of that name; NULL when there is none. */
const struct reader *reader_named(const char *name);
/* The reader for a path by its suffix, else by what the content looks like; never NULL (flat text is last).
 */
const struct reader *reader_for(const char *path, struct text source);

/* What a source that isn't text is ("a PDF"), by its first bytes; NULL: nothing known, it may be text. */
const char *reader_not_text(struct text bytes);

int markdown_sniff(struct text source);
int markdown_read(struct document *d, struct text source);
int text_read(struct document *d, struct text source);

#endif
