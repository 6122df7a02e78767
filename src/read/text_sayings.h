/* text_sayings.h - the lines that web pages put around a text: a table, and whether a line is one of them. */
#ifndef OCTAVO_READ_TEXT_SAYINGS_H
#define OCTAVO_READ_TEXT_SAYINGS_H

#include "read/text_parts.h"

/* A line that may be one. */
struct said {
    const char *line; /* in lower case, without the marks at its end */
    size_t length;
    int words;
    bool top, foot; /* it stands before the text, behind it */
    bool closed;    /* it ends as a sentence does */
};

bool page_says(const struct said *l);
/* Is it the head of a list of links ("Related articles")? */
bool heads_links(struct text line);

#endif
