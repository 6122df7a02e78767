/* installed.h - within the room: the fonts of this machine, as fontconfig lists them.
 *
 * The list is fontconfig's; the choice is ours, so that the same fonts give the same pages whatever a user's
 * fonts.conf prefers. Only scalable faces without colour that a PDF can hold are listed.
 */
#ifndef OCTAVO_FONTS_INSTALLED_H
#define OCTAVO_FONTS_INSTALLED_H

#include "base/hash.h"
#include "fonts/face.h"
#include <fontconfig/fontconfig.h>

enum slant { SLANT_ROMAN, SLANT_OBLIQUE, SLANT_ITALIC };

struct candidate {
    const char *family; /* the first of its names */
    const char *path;
    int index;
    int weight, width; /* CSS weight; width in percent */
    enum slant slant;
    int design_size; /* in points as its name tells ("EB Garamond 08"); 0: any */
    bool cff, mono;
    const FcCharSet *characters;
    const FcLangSet *languages;
};

/* What became of a candidate: each `fonts` opens its own, since a face has its number there. */
struct opened {
    struct face *face; /* NULL: not opened yet */
    bool refused;      /* could not be opened, or forbids embedding */
};

struct installed {
    struct candidate *all;
    size_t count;
    struct hash *families; /* from a name in lower case to struct family */
};

struct family {
    struct candidate **faces;
    size_t count, size;
};

/* Reads fontconfig's list; takes about 3 ms. */
struct installed *installed_new(struct arena *a);

/* The family of that name, whatever its case; NULL when it isn't installed. */
const struct family *installed_family(struct arena *a, const struct installed *in, const char *name);

/* The best of a family's faces that isn't refused (CSS Fonts 4 §5.2); NULL when none is left. `opened` stands
 * beside `in->all`. */
struct candidate *best_candidate(const struct installed *in, const struct opened *opened,
                                 const struct family *family, int weight, bool italic);

/* Orders by closeness to the style wished: below 0 when `x` is nearer. Total: falls back to the path. */
int closer_candidate(const struct candidate *x, const struct candidate *y, int weight, bool italic);

/* All candidates in the order in which they may stand in for a face of that style. `han` is the language that
 * decides between the forms of Han characters, or NULL. */
enum generic { GENERIC_SERIF, GENERIC_SANS, GENERIC_MONO };
struct candidate **ranked_candidates(struct arena *a, const struct installed *in, enum generic generic,
                                     int weight, bool italic, const char *han);

/* The Debian package that has a family, or NULL. */
const char *package_of_family(const char *family);
/* The Debian package that most likely has a character's glyph. */
const char *package_of_character(uint32_t character);

#endif
