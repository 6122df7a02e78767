/* properties.h - the one table of the properties that octavo understands, and that of the shorthands.
 *
 * One row a property: its name, how its value is read, whether it is inherited, its initial value, and where
 * and how the value stands in a style. Rows stand in the order of application: what font size others are
 * relative to is known first. What is in neither table is the warning style.unknown.
 */
#ifndef OCTAVO_STYLE_PROPERTIES_H
#define OCTAVO_STYLE_PROPERTIES_H

#include "style/computed.h"

enum property_flags {
    PROPERTY_INHERITED = 1,
    PROPERTY_PAGED = 2,     /* means something on pages only: e-books don't get it */
    PROPERTY_PAGE_RULE = 4, /* stands in @page only */
    TAKES_PERCENT = 8,
    TAKES_AUTO = 16, /* auto, none or normal */
    TAKES_NEGATIVE = 32
};

struct applying {
    struct computed *to;
    const struct computed *parent;
    struct font_measure measure;
    struct arena *arena;
};

struct property {
    const char *name;
    bool (*parse)(struct reading *r, const struct property *p, struct value *v);
    void (*apply)(struct applying *x, const struct property *p, const struct value *v);
    const struct keyword *keywords;
    const char *initial;
    unsigned flags;
    unsigned short offset, extent; /* bytes of struct computed that are its value */
};

/* Called for each longhand that a shorthand stands for, with tokens or a keyword in its place. */
struct expansion {
    struct arena *arena;
    void (*declare)(struct expansion *x, const struct property *p, const struct value *v);
};

struct shorthand {
    const char *name;
    bool (*expand)(struct expansion *x, const struct shorthand *s, struct reading *r);
    const char *const *longhands; /* NULL at the end; where inherit, initial and unset go */
};

enum { PROPERTY_LIMIT = 128 }; /* more than there are rows */

extern const struct property properties[];
extern const struct shorthand shorthands[];
size_t properties_count(void);
size_t shorthands_count(void);

/* NULL when there is none of that name. */
const struct property *property_find(struct text name);
const struct shorthand *shorthand_find(struct text name);
const struct property *property_named(const char *name);

/* Reads a longhand's whole value, or one of the keywords that all have. */
bool property_parse(const struct property *p, struct reading *r, struct value *v);
/* Reads `inherit`, `initial` or `unset`. */
bool read_wide_keyword(struct reading *r, struct value *v);

/* ---- parsers and appliers that need a file of their own */

bool parse_content(struct reading *r, const struct property *p, struct value *v);
bool parse_string_set(struct reading *r, const struct property *p, struct value *v);
bool parse_counters(struct reading *r, const struct property *p, struct value *v);
bool parse_list_style(struct reading *r, const struct property *p, struct value *v);

bool parse_features(struct reading *r, const struct property *p, struct value *v);
/* One word of font-variant: which property it belongs to, its bit there, the bits that it excludes, and the
 * features that it stands for ("-liga" switches off). */
struct variant {
    const char *word;
    const char *property;
    int bit, group;
    const char *features;
};
/* The word that stands here, of `property` (NULL: of any); NULL: none does. */
const struct variant *read_variant(struct reading *r, const char *property);

bool parse_variant(struct reading *r, const struct property *p, struct value *v);
extern const struct keyword variant_kerning[];
/* The canonical list of HarfBuzz features of a style. */
const char *features_of(struct arena *a, const struct computed *c);

bool parse_families(struct reading *r, const struct property *p, struct value *v);
bool parse_font_size(struct reading *r, const struct property *p, struct value *v);
bool parse_font_weight(struct reading *r, const struct property *p, struct value *v);
bool parse_line_height(struct reading *r, const struct property *p, struct value *v);
void apply_font_size(struct applying *x, const struct property *p, const struct value *v);
void apply_font_weight(struct applying *x, const struct property *p, const struct value *v);
void apply_line_height(struct applying *x, const struct property *p, const struct value *v);

/* `size` in @page: `dimension` and `second` are width and height, or `number` is a paper's index. */
bool parse_page_size(struct reading *r, const struct property *p, struct value *v);

/* ---- shorthands that need a file of their own */

bool expand_font(struct expansion *x, const struct shorthand *s, struct reading *r);
bool expand_font_variant(struct expansion *x, const struct shorthand *s, struct reading *r);

#endif
