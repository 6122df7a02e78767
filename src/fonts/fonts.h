/* fonts.h - faces: found through fontconfig, opened by HarfBuzz, measured in font units.
 *
 * A face is one font file and index; it is opened once a job and then read-only, so that any number of
 * threads may shape with it. Lengths in font units are 1/upem of an em; y grows upwards. Messages:
 * fonts.missing (a family is not installed; names the package that has it and the face taken instead; only a
 * note when another family of the same request is there), fonts.character (no installed face has a character;
 * at the place of the first, with those that it has beside it), fonts.licence (a font that forbids
 * embedding), fonts.file (a file of @font-face that is no font). Messages of calls from other threads than
 * that of fonts_new wait until a call on that thread.
 *
 * Which face answers depends on the installed fonts only, never on the user's preferences or on the order of
 * calls. The ids do depend on that order.
 */
#ifndef OCTAVO_FONTS_FONTS_H
#define OCTAVO_FONTS_FONTS_H

#include "base/arena.h"
#include "base/message.h"
#include "base/text.h"
#include <hb.h>

struct fonts;

/* Where a face of a variable font stands on one of its axes. */
struct face_axis {
    uint32_t tag; /* "wght" as HB_TAG gives it */
    float value;
};

struct face {
    int id;                      /* counts from 0 in the order of first use */
    const char *family, *path;   /* as fontconfig knows it */
    const char *postscript_name; /* without spaces; for PDF */
    int index;                   /* of the face in its file */
    int weight;                  /* 100 to 900 */
    bool italic, monospaced, serif;
    bool cff;        /* outlines are CFF, else TrueType */
    bool may_embed;  /* OS/2 fsType permits embedding */
    bool may_subset; /* OS/2 fsType permits subsetting */
    int upem;
    int ascent, descent; /* font units; descent is negative */
    int x_height, cap_height;
    int underline_position, underline_thickness, strikeout_position;
    int box[4];                        /* xMin yMin xMax yMax of all glyphs */
    double italic_angle;               /* degrees, negative leans right */
    bool has_small_caps, has_oldstyle; /* GSUB smcp / onum */
    const struct face_axis *axes;      /* of a variable font: all of them */
    unsigned axis_count;               /* 0: the font isn't variable */
    hb_face_t *hb_face;                /* immutable */
    hb_font_t *hb_font;                /* immutable, scaled to upem */
    struct coverage *coverage;
};

struct font_request {
    const char *const
        *families; /* in order of preference, NULL at the end; serif, sans-serif and monospace are generic */
    int weight;    /* 100 to 900 */
    bool italic;
};

/* The fonts of a job. */
struct fonts *fonts_new(struct arena *a, struct messages *m);
/* Begins to ask what is installed, beside other work: it takes as long as an essay takes to be read. Without
 * this, it's asked when first needed. */
void fonts_begin(struct fonts *f, int threads);
/* The same for work beside other fonts' (NULL: none): what is installed is asked for once. */
struct fonts *fonts_new_beside(struct arena *a, struct messages *m, struct fonts *other);

/* Declares a face from a file (@font-face): it answers requests for `family` before installed ones do. -1
 * with a message. */
int fonts_add_file(struct fonts *f, const char *family, int weight, bool italic, const char *path,
                   const struct place *where);

/* The best face for a request: never NULL once any font is installed; else NULL with a message. A family that
 * is missing is named once in a message at `where`. Thread-safe, but the order of first calls decides the
 * ids: resolve in document order. */
const struct face *fonts_find(struct fonts *f, const struct font_request *request, const struct place *where);

/* A face that has the character, near in design to `like`; NULL when no installed face has it: fonts_settle
 * tells of that, once a character. Thread-safe. */
const struct face *fonts_fallback(struct fonts *f, const struct face *like, uint32_t character,
                                  const char *language, const struct place *where);

/* Does the face have a glyph for the character? Fast: called for every character. True also for what shaping
 * needs no glyph for: invisible controls such as U+00AD and U+2060, and the spaces of fixed width. */
bool face_has(const struct face *face, uint32_t character);

/* Has the face other glyphs for all characters of a text when the feature is on, in whatever script? For
 * single characters, as figures that stand above the line ("sups"). */
bool face_substitutes(const struct face *face, const char feature[5], struct text t);

/* Did fonts_fallback find that no face has the character? */
bool fonts_lack(const struct fonts *f, uint32_t character);

/* Passes on the messages that wait, tells of lacking characters, and raises when memory was gone in a call
 * from another thread: to be called on the thread of fonts_new when parallel work is done. */
void fonts_settle(struct fonts *f);

/* How many faces are open, and the one of that id. */
int fonts_count(const struct fonts *f);
const struct face *fonts_at(const struct fonts *f, int id);

#endif
