/* cut.h - how much of the text goes into the mail: all, or what stands before a place between two paragraphs.
 *
 * Units are the blocks that stand in sections: an excerpt has a whole number of them, at least one that isn't
 * a heading, and doesn't end with a heading or a rule. The notes that it calls come with it.
 */
#ifndef OCTAVO_WRITE_MAIL_CUT_H
#define OCTAVO_WRITE_MAIL_CUT_H

#include "document/document.h"

struct units;

/* All units of the text, in order. */
struct units *units_new(const struct document *d);
size_t units_count(const struct units *u);
/* How many units, from the first, have at most that many words, or bytes of text. */
size_t units_within_words(const struct units *u, size_t words);
size_t units_within_bytes(const struct units *u, size_t bytes);

/* What is written. All zero: the whole text. */
struct cut {
    const xmlNode *node; /* the first that isn't; NULL: all are */
    struct hash *ids;    /* of what is written, and of the notes that come with it */
};

/* The cut behind `count` units, or behind the nearest number that makes an excerpt. */
struct cut cut_behind(const struct units *u, size_t count);

/* A walk through what is written; begins as {.cut = …}. */
struct cut_walk {
    const struct cut *cut;
    const xmlNode *notes; /* the section of notes in which the walk is */
    bool ended;
    long counted; /* the number of the last note of the list */
};

enum cut_turn { CUT_WRITE, CUT_LEAVE_OUT, CUT_HERE /* the text ends, and leads on; the node is left out */ };

/* To be called when an element is entered, and when one that was written is left. */
enum cut_turn cut_enter(struct cut_walk *w, const xmlNode *n);
void cut_leave(struct cut_walk *w, const xmlNode *n);
/* What a list of notes belongs to, to be shown above it; NULL: it has no label, or is no such list. */
const char *cut_label(const struct cut_walk *w, const xmlNode *n);
/* Is that element one of the notes? */
bool cut_is_note(const struct cut_walk *w, const xmlNode *n);
/* Is what has that id written? */
bool cut_has(const struct cut *c, const char *id);

#endif
