/* note_pages.h - running heads over notes: which pages the notes on a page belong to.
 *
 * On each page on which notes begin two strings are set from the pages of their first calls: note-pages
 * ("12–19", or "12") and notes-to-pages ("Notes to pages 12–19" in the document's language). A page on which
 * a note only goes on has the last one's. Margin boxes show them with string().
 */
#ifndef OCTAVO_LAYOUT_NOTE_PAGES_H
#define OCTAVO_LAYOUT_NOTE_PAGES_H

#include "layout/page.h"

struct note_pages;

struct note_pages *note_pages_new(struct arena *a);

/* The last page has all its destinations: sets the strings. Takes time linear in the destinations that are
 * new since the last call. */
void note_pages_set(struct page_maker *m);

#endif
