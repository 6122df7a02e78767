/* Media queries as the page answers them (Media Queries 4 and 5): print, of a known size, in colour, on a
 * surface that nobody points at and that doesn't move. What isn't known here is neither true nor false, and
 * what rests on it alone isn't true (§3.1). */
#include "style/sheets.h"
#include <math.h>

/* How deep conditions may nest. */
enum { CONDITION_DEPTH = 16 };

/* Kleene's logic: and is the least, or the greatest. */
enum truth { TRUTH_FALSE, TRUTH_UNKNOWN, TRUTH_TRUE };

static enum truth truth_of(bool holds)
{
    return holds ? TRUTH_TRUE : TRUTH_FALSE;
}

static enum truth negation(enum truth t)
{
    return (enum truth)(TRUTH_TRUE - t);
}

struct asking {
    struct styles *styles;
    bool sized; /* the page's size was asked for */
};

/* ---- what a page is */

enum measure {
    MEASURE_WORD, /* the first of `words`; others may be asked for */
    MEASURE_ORIENTATION,
    MEASURE_SWITCH, /* `number`, 0 or 1 */
    MEASURE_NUMBER, /* `number` */
    MEASURE_RESOLUTION,
    MEASURE_WIDTH,
    MEASURE_HEIGHT,
    MEASURE_RATIO
};

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static const struct feature {
    const char *name;
    enum measure measure;
    int number;
    const char *const *words;
} features[] = {
    {"width", MEASURE_WIDTH, 0, NULL},
    {"height", MEASURE_HEIGHT, 0, NULL},
    {"aspect-ratio", MEASURE_RATIO, 0, NULL},
    {"device-width", MEASURE_WIDTH, 0, NULL},
    {"device-height", MEASURE_HEIGHT, 0, NULL},
    {"device-aspect-ratio", MEASURE_RATIO, 0, NULL},
    {"orientation", MEASURE_ORIENTATION, 0, WORDS("portrait", "landscape")},
    {"resolution", MEASURE_RESOLUTION, 0, NULL},
    {"color", MEASURE_NUMBER, 8, NULL},
    {"color-index", MEASURE_NUMBER, 0, NULL},
    {"monochrome", MEASURE_NUMBER, 0, NULL},
    {"grid", MEASURE_SWITCH, 0, NULL},
    {"update", MEASURE_WORD, 0, WORDS("none", "slow", "fast")},
    {"overflow-block", MEASURE_WORD, 0, WORDS("paged", "none", "scroll")},
    {"overflow-inline", MEASURE_WORD, 0, WORDS("none", "scroll")},
    {"color-gamut", MEASURE_WORD, 0, WORDS("srgb", "p3", "rec2020")},
    {"dynamic-range", MEASURE_WORD, 0, WORDS("standard", "high")},
    {"pointer", MEASURE_WORD, 0, WORDS("none", "coarse", "fine")},
    {"any-pointer", MEASURE_WORD, 0, WORDS("none", "coarse", "fine")},
    {"hover", MEASURE_WORD, 0, WORDS("none", "hover")},
    {"any-hover", MEASURE_WORD, 0, WORDS("none", "hover")},
    {"scripting", MEASURE_WORD, 0, WORDS("none", "initial-only", "enabled")},
    {"inverted-colors", MEASURE_WORD, 0, WORDS("none", "inverted")},
    {"forced-colors", MEASURE_WORD, 0, WORDS("none", "active")},
    {"prefers-color-scheme", MEASURE_WORD, 0, WORDS("light", "dark")},
    {"prefers-contrast", MEASURE_WORD, 0, WORDS("no-preference", "more", "less", "custom")},
    {"prefers-reduced-motion", MEASURE_WORD, 0, WORDS("no-preference", "reduce")},
    {"prefers-reduced-transparency", MEASURE_WORD, 0, WORDS("no-preference", "reduce")},
    {"prefers-reduced-data", MEASURE_WORD, 0, WORDS("no-preference", "reduce")},
};

static const struct feature *feature_named(struct text name)
{
    for (size_t i = 0; i < sizeof features / sizeof *features; i++)
        if (text_is_nocase(name, features[i].name))
            return &features[i];
    return NULL;
}

static bool is_range(const struct feature *f)
{
    return f->measure >= MEASURE_NUMBER;
}

static bool is_sized(const struct feature *f)
{
    return f->measure == MEASURE_ORIENTATION || f->measure >= MEASURE_WIDTH;
}

/* The value of what doesn't depend on the page's size. What is drawn rather than printed in dots has any
 * resolution (Media Queries 4 §5.1). */
static double value_of_any(const struct feature *f)
{
    return f->measure == MEASURE_RESOLUTION ? (double)INFINITY : f->number;
}

static double value_of_size(const struct feature *f, const struct page_style *page)
{
    switch (f->measure) {
    case MEASURE_WIDTH:
        return (double)page->width_pt;
    case MEASURE_HEIGHT:
        return (double)page->height_pt;
    case MEASURE_RATIO:
        return (double)page->width_pt / (double)page->height_pt;
    default:
        return page->width_pt > page->height_pt;
    }
}

/* ---- what is asked for */

/* Which of the words it is; -1: none. */
static int word_index(const char *const *words, struct text word)
{
    for (int i = 0; words[i]; i++)
        if (text_is_nocase(word, words[i]))
            return i;
    return -1;
}

static void pass(struct reading *r)
{
    *r = reading_of(r->arena, (struct tokens){r->at + 1, (size_t)(r->end - r->at - 1)});
}

static bool read_number(struct reading *r, double *value)
{
    if (r->at == r->end || r->at->type != TOKEN_NUMBER)
        return false;
    *value = r->at->number;
    pass(r);
    return true;
}

static bool read_ratio(struct reading *r, double *value)
{
    double below = 1;
    if (!read_number(r, value) || (read_mark(r, '/') && !read_number(r, &below)))
        return false;
    *value /= below;
    return true;
}

static bool read_resolution(struct reading *r, double *value)
{
    static const struct {
        const char *unit;
        double dppx;
    } units[] = {{"dppx", 1}, {"x", 1}, {"dpi", 1 / 96.0}, {"dpcm", 2.54 / 96}};
    if (read_word(r, "infinite")) {
        *value = (double)INFINITY;
        return true;
    }
    if (r->at == r->end || r->at->type != TOKEN_DIMENSION)
        return false;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (text_is_nocase(r->at->value, units[i].unit)) {
            *value = r->at->number * units[i].dppx;
            pass(r);
            return true;
        }
    return false;
}

/* Ems are of the initial size of type (§1.3). */
static bool read_length(const struct styles *s, struct reading *r, double *value)
{
    struct dimension d;
    if (!read_dimension(r, &d) || d.units >> UNIT_PERCENT & 1)
        return false;
    bool bare = d.units >> UNIT_NUMBER & 1;
    const struct style *initial = &s->initial->style;
    struct font_measure m = {initial->size_pt, initial->size_pt, initial->line_height_pt,
                             initial->line_height_pt};
    *value = (double)dimension_pt(&d, &m);
    return !bare || (dimension_only(&d, UNIT_NUMBER) && fpclassify(d.of[UNIT_NUMBER]) == FP_ZERO);
}

static bool read_value(const struct asking *a, const struct feature *f, struct reading *r, double *value)
{
    int number;
    struct text word;
    switch (f->measure) {
    case MEASURE_WORD:
    case MEASURE_ORIENTATION:
        number = read_ident(r, &word) ? word_index(f->words, word) : -1;
        *value = number;
        return number >= 0;
    case MEASURE_SWITCH:
    case MEASURE_NUMBER:
        number = 0;
        if (!read_integer(r, -1000000, 1000000, &number))
            return false;
        *value = number;
        return true;
    case MEASURE_RESOLUTION:
        return read_resolution(r, value);
    case MEASURE_RATIO:
        return read_ratio(r, value);
    default:
        return read_length(a->styles, r, value);
    }
}

/* ---- features */

enum comparison { EQUAL, LESS, LESS_EQUAL, MORE, MORE_EQUAL };

static bool compare(double page, enum comparison c, double asked)
{
    static const double nearly = 0.005; /* points; millimetres are no round number of them */
    bool equal = (isinf(page) && isinf(asked)) || fabs(page - asked) <= nearly;
    switch (c) {
    case LESS:
        return !equal && page < asked;
    case LESS_EQUAL:
        return equal || page < asked;
    case MORE:
        return !equal && page > asked;
    case MORE_EQUAL:
        return equal || page > asked;
    default:
        return equal;
    }
}

static bool read_comparison(struct reading *r, enum comparison *c)
{
    if (read_mark(r, '='))
        *c = EQUAL;
    else if (read_mark(r, '<'))
        *c = read_mark(r, '=') ? LESS_EQUAL : LESS;
    else if (read_mark(r, '>'))
        *c = read_mark(r, '=') ? MORE_EQUAL : MORE;
    else
        return false;
    return true;
}

/* The same with its sides changed. */
static enum comparison mirrored(enum comparison c)
{
    static const enum comparison other[] = {EQUAL, MORE, MORE_EQUAL, LESS, LESS_EQUAL};
    return other[c];
}

static enum truth holds(struct asking *a, const struct feature *f, enum comparison c, double asked)
{
    struct styles *s = a->styles;
    if (!is_sized(f))
        return truth_of(compare(value_of_any(f), c, asked));
    a->sized = true;
    const struct page_style *page = styles_own_page(s);
    return page ? truth_of(compare(value_of_size(f, page), c, asked)) : TRUTH_UNKNOWN;
}

/* (color): is it anything but nothing? */
static enum truth ask_plainly(struct asking *a, const struct feature *f)
{
    if (f->measure == MEASURE_ORIENTATION)
        return TRUTH_TRUE;
    if (f->measure == MEASURE_WORD)
        return truth_of(strcmp(f->words[0], "none") != 0 && strcmp(f->words[0], "no-preference") != 0);
    return holds(a, f, MORE, 0);
}

/* "min-" or "max-" before the name of what has a range. */
static const struct feature *feature_with(struct text name, enum comparison *c)
{
    struct text front = text_slice(name, 0, strlen("min-"));
    bool least = text_is_nocase(front, "min-"), most = text_is_nocase(front, "max-");
    *c = least ? MORE_EQUAL : most ? LESS_EQUAL : EQUAL;
    if (!least && !most)
        return feature_named(name);
    const struct feature *f = feature_named(text_slice(name, strlen("min-"), name.length));
    return f && is_range(f) ? f : NULL;
}

static enum truth ask_by_name(struct asking *a, struct reading *r)
{
    enum comparison c, written;
    struct text name;
    double value;
    read_ident(r, &name);
    const struct feature *f = feature_with(name, &c);
    bool plain = c == EQUAL;
    if (!f)
        return TRUTH_UNKNOWN;
    if (reading_done(r))
        return plain ? ask_plainly(a, f) : TRUTH_UNKNOWN;
    if (plain && is_range(f) && read_comparison(r, &written))
        c = written;
    else if (!read_mark(r, ':'))
        return TRUTH_UNKNOWN;
    return read_value(a, f, r, &value) && reading_done(r) ? holds(a, f, c, value) : TRUTH_UNKNOWN;
}

/* (20em <= width < 40em): the name is found first, since it says how values are read. */
static enum truth ask_by_range(struct asking *a, struct reading *r)
{
    const struct feature *f = NULL;
    for (const struct token *t = r->at; t < r->end && !f; t++)
        f = t->type == TOKEN_IDENT ? feature_named(t->value) : NULL;
    enum comparison before, behind;
    double value;
    struct text name;
    if (!f || !is_range(f) || !read_value(a, f, r, &value) || !read_comparison(r, &before) ||
        !read_ident(r, &name) || feature_named(name) != f)
        return TRUTH_UNKNOWN;
    enum truth first = holds(a, f, mirrored(before), value);
    if (reading_done(r))
        return first;
    bool rises = before == LESS || before == LESS_EQUAL;
    if (before == EQUAL || !read_comparison(r, &behind) || behind == EQUAL ||
        rises != (behind == LESS || behind == LESS_EQUAL) || !read_value(a, f, r, &value) || !reading_done(r))
        return TRUTH_UNKNOWN;
    enum truth second = holds(a, f, behind, value);
    return first < second ? first : second;
}

/* ---- conditions */

static bool condition(struct asking *a, struct reading *r, int depth, const char *joint, enum truth *truth);

/* Takes one bracket off the front. One that makes no sense, or is a function, is unknown (§3.1). */
static bool bracket(struct asking *a, struct reading *r, int depth, enum truth *truth)
{
    struct reading inside;
    if (r->at == r->end || !(token_is(r->at, '(') || r->at->type == TOKEN_FUNCTION))
        return false;
    bool function = r->at->type == TOKEN_FUNCTION;
    read_inside(r, &inside);
    *truth = TRUTH_UNKNOWN;
    if (function || depth > CONDITION_DEPTH || reading_done(&inside))
        return true;
    struct reading negated = inside;
    bool nests = token_is(inside.at, '(') || (read_word(&negated, "not") && !reading_done(&negated));
    if (nests && (!condition(a, &inside, depth + 1, NULL, truth) || !reading_done(&inside)))
        *truth = TRUTH_UNKNOWN;
    else if (!nests)
        *truth = inside.at->type == TOKEN_IDENT && !text_is_nocase(inside.at->value, "infinite")
                     ? ask_by_name(a, &inside)
                     : ask_by_range(a, &inside);
    return true;
}

/* Brackets that "and" or "or" join, but not both (`joint`: which it must be, or NULL); or one that is
 * negated.
 */
static bool condition(struct asking *a, struct reading *r, int depth, const char *joint, enum truth *truth)
{
    enum truth next;
    if (read_word(r, "not")) {
        if (!bracket(a, r, depth, truth))
            return false;
        *truth = negation(*truth);
        return true;
    }
    if (!bracket(a, r, depth, truth))
        return false;
    while (!reading_done(r)) {
        const char *now = read_word(r, "and") ? "and" : read_word(r, "or") ? "or" : NULL;
        if (!now || (joint && *joint != *now) || !bracket(a, r, depth, &next))
            return false;
        joint = now;
        *truth = (*joint == 'a') == (next < *truth) ? next : *truth;
    }
    return true;
}

static bool is_reserved(struct text type)
{
    static const char *const words[] = {"not", "only", "and", "or", "layer"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_is_nocase(type, words[i]))
            return true;
    return false;
}

/* One query of a list: "not print", "print and (min-width: 5in)", "(color)". One that is ill-formed is not
 * true, whatever is negated in it. */
static bool query(struct asking *a, struct tokens t)
{
    struct reading r = reading_of(a->styles->arena, tokens_trim(t)), whole = r;
    struct text type;
    enum truth truth;
    bool negated = read_word(&r, "not");
    if (!negated)
        read_word(&r, "only");
    if (!read_ident(&r, &type))
        return condition(a, &whole, 0, NULL, &truth) && reading_done(&whole) && truth == TRUTH_TRUE;
    if (is_reserved(type))
        return false;
    enum truth medium = truth_of(text_is_nocase(type, "all") || text_is_nocase(type, "print"));
    if (medium == TRUTH_FALSE && !negated)
        return false; /* whatever the page is: finding out its size takes a while */
    truth = TRUTH_TRUE;
    if (!reading_done(&r) &&
        (!read_word(&r, "and") || !condition(a, &r, 0, "and", &truth) || !reading_done(&r)))
        return false;
    truth = truth < medium ? truth : medium;
    return (negated ? negation(truth) : truth) == TRUTH_TRUE;
}

bool media_is_print(struct styles *s, struct tokens list, bool *sized)
{
    struct asking a = {.styles = s};
    struct tokens rest = tokens_trim(list), one;
    bool print = rest.count == 0;
    while (!print && media_next(&rest, &one))
        print = query(&a, one);
    *sized = a.sized;
    return print;
}
