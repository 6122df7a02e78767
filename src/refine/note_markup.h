/* note_markup.h - calls, notes and back links as EPUB 3 and DPUB-ARIA 1.1 have them: the second half of
 * refine/notes.h, which has numbered the notes. */
#ifndef OCTAVO_REFINE_NOTE_MARKUP_H
#define OCTAVO_REFINE_NOTE_MARKUP_H

#include "document/document.h"

struct call {
    xmlNode *element; /* o:call */
    struct call *next;
};

struct note {
    const char *key;
    xmlNode *element; /* o:note, under the root; its blocks move to the list item */
    int number;       /* 0: not called so far */
    int series;       /* counts from 1: the source's numbers begin again with each; 0: they are ours */
    struct call *calls, **calls_end;
    xmlNode *chapter;   /* the section of the first call */
    bool repeated;      /* its key was taken */
    struct note *next;  /* in the order of the source */
    struct note *later; /* the next by number */
};

/* Makes each call of a note the link to it: "r3", and "r3-2" for the second; in the second series "s2-r3". */
void note_write_calls(struct document *d, const struct note *note);

/* A section of notes, last in `parent`: ids `id` and `id`-title, its heading of `level`, `title` its text.
 * Its list is what comes back. `first` is the first note's number. */
xmlNode *note_write_section(struct document *d, xmlNode *parent, const char *id, int level, struct text title,
                            int first);

/* One more list in that section. */
xmlNode *note_write_list(struct document *d, xmlNode *section, int first);

/* Adds a note to the list, with its links back. */
void note_write(struct document *d, xmlNode *list, const struct note *note);

#endif
