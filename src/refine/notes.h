/* notes.h - one model of notes, whatever the source called them.
 *
 * A reader leaves two elements in the tree: <o:call key="k"/> where the reader's eye jumps, and
 * <o:note key="k">…</o:note> anywhere. notes_resolve() numbers the notes in the order of their first call
 * (a call inside a note counts when that note's turn comes: behind all of the text, or, when notes are to
 * stand at the foot of pages, at once, since that is where it is read), gathers them where `place` says, and
 * writes calls, notes and back links in the markup that EPUB 3 and DPUB-ARIA 1.1 ask for. A note called k
 * times stands once and links back k times. Notes that the source numbers itself keep their numbers and their
 * order, called or not; where the numbers begin again, each series stands at the end of the chapter that
 * calls it. At the end of a book with notes to more than one chapter each chapter's have a list of their own,
 * labelled (aria-label) with its heading: styles show that, since no word of the text is repeated. A section
 * of the source that is titled "Notes" and held nothing but notes gives its heading to theirs.
 *
 * Messages: notes.uncalled (kept with the notes, warning), notes.missing (a call without a note: its
 * text stays as it was, lost), notes.repeated (a key defined twice; the first takes the calls, the other
 * stands at the end; lost).
 */
#ifndef OCTAVO_REFINE_NOTES_H
#define OCTAVO_REFINE_NOTES_H

#include "refine/refine.h"

struct notes_count {
    int notes, calls, uncalled, missing;
};

/* Resolves every call and note below `d`'s body, in place, in time linear in the tree. Sections are made
 * already. */
struct notes_count notes_resolve(struct document *d, enum notes_place place);

#endif
