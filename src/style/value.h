/* value.h - declared values: what a property's parser makes of tokens, and an applier turns into a style.
 *
 * A length is a linear form over its units until the element's font size is known, so calc() costs nothing
 * more than a length. Sources: CSS Values 4, CSS Color 4 (names of CSS 2.1).
 */
#ifndef OCTAVO_STYLE_VALUE_H
#define OCTAVO_STYLE_VALUE_H

#include "base/arena.h"
#include "style/scan.h"
#include <stdint.h>

enum unit { UNIT_PT, UNIT_EM, UNIT_REM, UNIT_LH, UNIT_RLH, UNIT_PERCENT, UNIT_NUMBER, UNIT_COUNT };

/* of[UNIT_PT] points + of[UNIT_EM] × font size + …; `units` has a bit for each unit that was written, 0 too.
 */
struct dimension {
    float of[UNIT_COUNT];
    unsigned units;
};

static inline bool dimension_only(const struct dimension *d, enum unit u)
{
    return d->units == 1u << u;
}

enum value_kind {
    VALUE_NONE,
    VALUE_KEYWORD,   /* `number` from the property's table */
    VALUE_INTEGER,   /* `number` */
    VALUE_DIMENSION, /* `dimension` */
    VALUE_COLOR,     /* `color` */
    VALUE_CURRENT_COLOR,
    VALUE_CLEAR, /* transparent */
    VALUE_LIST,  /* `list`: what it points to is the property's matter */
    VALUE_INHERIT,
    VALUE_INITIAL,
    VALUE_UNSET
};

struct value {
    enum value_kind kind;
    int number;
    int numbers[3];
    uint32_t color;
    struct dimension dimension, second;
    const void *list;
};

/* A place of reading in a value's tokens. */
struct reading {
    struct arena *arena;
    const struct token *at, *end;
};

struct keyword {
    const char *name; /* NULL ends a table */
    int value;
};

/* Each of these reads one thing and the space behind it, or leaves the place as it is and is false. */
bool read_word(struct reading *r, const char *word);
bool read_keyword(struct reading *r, const struct keyword *table, int *value);
bool read_integer(struct reading *r, int least, int most, int *value);
bool read_dimension(struct reading *r, struct dimension *d);
bool read_color(struct reading *r, struct value *v);
bool read_string(struct reading *r, struct text *s);
bool read_ident(struct reading *r, struct text *name);
bool read_mark(struct reading *r, char mark);
/* A function of that name; `inside` reads its arguments. */
bool read_function(struct reading *r, const char *name, struct reading *inside);

/* A bracket or function that opens here, whatever its name. */
bool read_inside(struct reading *r, struct reading *inside);

/* Begins to read. */
struct reading reading_of(struct arena *a, struct tokens t);
static inline bool reading_done(const struct reading *r)
{
    return r->at == r->end;
}

/* What a dimension is worth, without its percentage. */
struct font_measure {
    float em_pt, rem_pt, lh_pt, rlh_pt;
};
float dimension_pt(const struct dimension *d, const struct font_measure *m);

#endif
