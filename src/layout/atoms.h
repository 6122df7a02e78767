/* atoms.h - a paragraph's text in shaped atoms: words, spaces, pictures, line ends; and the points where a
 * line may end.
 *
 * An atom never crosses a span, a script, a direction or a break opportunity, so that a line is a run of
 * whole atoms but for the first and last, which a hyphen may have cut.
 */
#ifndef OCTAVO_LAYOUT_ATOMS_H
#define OCTAVO_LAYOUT_ATOMS_H

#include "layout/linebreak.h"
#include "layout/paragraph.h"

enum atom_kind { ATOM_WORD, ATOM_SPACE, ATOM_PICTURE, ATOM_LINE_END };

struct atom {
    enum atom_kind kind;
    uint8_t level;       /* bidirectional embedding level; odd: right to left */
    uint8_t after;       /* of a space: what kind of mark stands before it */
    uint32_t start, end; /* in the paragraph's text */
    const struct span *span;
    const struct shaped *shaped; /* words and spaces */
    float width_pt;
};

/* A ruby of the paragraph. A line never ends within one that is `above`. */
struct ruby_pair {
    const struct ruby *ruby;
    bool above; /* the reading is set above its base, or under it; else it stands in line */
    uint32_t reading, reading_end; /* its atoms, among the readings */
    double from_pt, width_pt;      /* where it begins, from the paragraph's start; how wide it is */
    double reading_pt, gap_pt;     /* how wide its reading is; what parts that from another at the least */
    double pad_pt;                 /* what that takes on either side of the base */
};

/* Where a break point stands: in front of atom `atom`, or inside of it at the text offset `offset` above its
 * start. */
struct break_place {
    uint32_t atom, offset;
};

struct atoms {
    struct atom *atoms;
    uint32_t count;
    size_t capacity;
    struct break_point *points; /* points[0]: the paragraph's start */
    struct break_place *places;
    uint32_t point_count;
    size_t point_capacity;
    struct ruby_pair *pairs; /* by the index of the ruby */
    struct atoms *readings;  /* of those that are above; NULL: there was none yet */
};

/* The pair that the span is a part of, when its reading is set above it; or NULL. */
static inline const struct ruby_pair *pair_above(const struct atoms *atoms, const struct span *s)
{
    const struct ruby_pair *pair = s->ruby ? &atoms->pairs[s->ruby->index] : NULL;
    return pair && pair->above ? pair : NULL;
}

/* Analyses the paragraph. Valid until the setter's next paragraph, which takes the same room. */
struct atoms *atoms_make(struct setter *s, const struct paragraph *p);

/* A part of a word atom, shaped on its own: bytes from ≤ offset < to of the paragraph's text. */
const struct shaped *atom_part(struct setter *s, const struct paragraph *p, const struct atom *a,
                               uint32_t from, uint32_t to);

/* The hyphen that ends a line in the manner of an atom. */
const struct shaped *atom_hyphen(struct setter *s, const struct atom *a);

/* The width of a space in a line whose spaces have this ratio, pt: behind a stop it grows by more than
 * between words, and gives up less. */
double space_width(const struct atom *a, double ratio);

/* What edges of boxes take before text that starts there in the span, and behind text that ends there, pt. */
float edge_before(const struct span *s, uint32_t start);
float edge_behind(const struct span *s, uint32_t end);

/* The width of shaped text in a span, pt. */
float shaped_width(const struct shaped *g, const struct span *span);

/* Where in the paragraph's text a point is. */
static inline uint32_t break_offset(const struct paragraph *p, const struct atoms *atoms, uint32_t point)
{
    struct break_place at = atoms->places[point];
    return at.atom < atoms->count ? atoms->atoms[at.atom].start + at.offset : p->length;
}

#endif
