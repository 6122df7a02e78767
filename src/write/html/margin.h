/* margin.h - where each note goes on the page: at its first call. */
#ifndef OCTAVO_WRITE_HTML_MARGIN_H
#define OCTAVO_WRITE_HTML_MARGIN_H

#include "base/buf.h"
#include "document/document.h"

struct note {
    xmlNode *item;       /* the li that holds it */
    const char *id;      /* "n3"; NULL where nothing calls it */
    const char *label;   /* what its first call says: "3" */
    long number;         /* in its list */
    bool plain;          /* paragraphs only */
    bool placed;         /* somewhere but at the end */
    struct note *beside; /* the next at the same place */
};

struct margin;

/* Finds all notes, and the places of those that the text calls. */
struct margin *margin_plan(const struct document *d);
/* The notes that follow a node: plain ones inside the paragraph, others behind the block. NULL: none. */
const struct note *margin_at(const struct margin *m, const xmlNode *n);
/* The note whose item that is; NULL: it's none. */
const struct note *margin_note(const struct margin *m, const xmlNode *item);
/* Is that element a list of notes, or a section of such lists, of which all were placed? */
bool margin_empties(const struct margin *m, const xmlNode *n);

#endif
