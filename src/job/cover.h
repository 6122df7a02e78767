/* cover.h - the conductor's step that draws an e-book's cover, and the card of a post on the web.
 *
 * The cover is a page like others: document/cover.h makes its text, the style's rules for `@page cover` and
 * `.cover` set it, the PNG painter paints it. Background and border of `@page cover` are those of the whole
 * page; the foot stands on the last line of the page's area. The largest of the sizes fit-0 to fit-5 is taken
 * in which no word sticks out or is broken and the head leaves the foot its room. A card is set likewise, by
 * `@page card` and the rules for `.card`; it has the cover's ground where it has none of its own.
 *
 * Messages: cover.character (no installed font has a character of it: an e-book has none), png.image (the
 * picture that the metadata name can't be painted: one is drawn for the file).
 */
#ifndef OCTAVO_JOB_COVER_H
#define OCTAVO_JOB_COVER_H

#include "document/document.h"
#include "style/style.h"

enum { COVER_WIDTH_PX = 1600, COVER_HEIGHT_PX = 2560, CARD_WIDTH_PX = 1200, CARD_HEIGHT_PX = 630 };

/* What a job wants of the cover. */
struct cover_wanted {
    bool book; /* an e-book is made */
    bool file; /* a PNG of it is made */
};

/* What it's made with. */
struct cover_means {
    struct styles *styles;
    struct fonts *fonts; /* the job's, or NULL: what is installed is asked for once */
    int threads;
};

struct cover_work;

/* Sets the cover, or takes the picture that the metadata name, and begins to draw beside what comes next. */
struct cover_work *cover_begin(struct document *d, const struct cover_means *m, const struct cover_wanted *w);

/* Gives an e-book its cover: the picture that the metadata name, or the one drawn, which meta.cover then
 * names; none for META_COVER_NONE. Gives the PNG for the file, or an empty text. */
struct text cover_end(struct cover_work *w);

/* The card as a PNG: title, subtitle and authors in the manner of the style's cover. */
struct text cover_card(const struct document *d, const struct cover_means *m);

#endif
