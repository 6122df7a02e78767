#include "style/value.h"
#include <math.h>

/* How deep calc() may nest. */
enum { CALC_DEPTH = 24 };

static void skip_space(struct reading *r)
{
    while (r->at < r->end && r->at->type == TOKEN_SPACE)
        r->at++;
}

static bool took(struct reading *r)
{
    r->at++;
    skip_space(r);
    return true;
}

static bool stands(const struct reading *r, enum token_type type)
{
    return r->at < r->end && r->at->type == type;
}

struct reading reading_of(struct arena *a, struct tokens t)
{
    struct reading r = {a, t.at, t.at + t.count};
    skip_space(&r);
    return r;
}

bool read_word(struct reading *r, const char *word)
{
    return stands(r, TOKEN_IDENT) && text_is_nocase(r->at->value, word) && took(r);
}

bool read_keyword(struct reading *r, const struct keyword *table, int *value)
{
    if (!stands(r, TOKEN_IDENT))
        return false;
    for (; table->name; table++)
        if (text_is_nocase(r->at->value, table->name)) {
            *value = table->value;
            return took(r);
        }
    return false;
}

bool read_integer(struct reading *r, int least, int most, int *value)
{
    if (!stands(r, TOKEN_NUMBER) || !r->at->integer || r->at->number < least || r->at->number > most)
        return false;
    *value = (int)r->at->number;
    return took(r);
}

bool read_string(struct reading *r, struct text *s)
{
    if (!stands(r, TOKEN_STRING))
        return false;
    *s = r->at->value;
    return took(r);
}

bool read_ident(struct reading *r, struct text *name)
{
    if (!stands(r, TOKEN_IDENT))
        return false;
    *name = r->at->value;
    return took(r);
}

bool read_mark(struct reading *r, char mark)
{
    return r->at < r->end && token_is(r->at, mark) && took(r);
}

bool read_inside(struct reading *r, struct reading *inside)
{
    size_t left = (size_t)(r->end - r->at);
    bool closed = r->at->span < left;
    const struct token *closer = closed ? r->at + r->at->span : r->end;
    *inside = reading_of(r->arena, (struct tokens){r->at + 1, (size_t)(closer - r->at - 1)});
    while (inside->end > inside->at && inside->end[-1].type == TOKEN_SPACE)
        inside->end--;
    r->at = closed ? closer + 1 : r->end;
    skip_space(r);
    return true;
}

bool read_function(struct reading *r, const char *name, struct reading *inside)
{
    return stands(r, TOKEN_FUNCTION) && text_is_nocase(r->at->value, name) && read_inside(r, inside);
}

/* ---- lengths */

static const struct unit_row {
    const char *name;
    enum unit unit;
    double factor;
} units[] = {
    {"pt", UNIT_PT, 1},         {"px", UNIT_PT, 0.75},      {"pc", UNIT_PT, 12},        {"in", UNIT_PT, 72},
    {"cm", UNIT_PT, 72 / 2.54}, {"mm", UNIT_PT, 72 / 25.4}, {"q", UNIT_PT, 72 / 101.6}, {"em", UNIT_EM, 1},
    {"ex", UNIT_EM, 0.5}, /* half an em where the face is not known (CSS Values 4 §6.1.1) */
    {"ch", UNIT_EM, 0.5}, /* likewise */
    {"rem", UNIT_REM, 1},       {"lh", UNIT_LH, 1},         {"rlh", UNIT_RLH, 1},
};

static void put(struct dimension *d, enum unit u, double value)
{
    d->of[u] = (float)value;
    d->units |= 1u << u;
}

static bool numeric(const struct token *t, struct dimension *d)
{
    *d = (struct dimension){.units = 0};
    if (t->type == TOKEN_NUMBER)
        put(d, UNIT_NUMBER, t->number);
    else if (t->type == TOKEN_PERCENT)
        put(d, UNIT_PERCENT, t->number);
    else if (t->type == TOKEN_DIMENSION)
        for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
            if (text_is_nocase(t->value, units[i].name))
                put(d, units[i].unit, t->number * units[i].factor);
    return d->units != 0;
}

static bool sum(struct reading *r, struct dimension *d, int depth);

static bool factor(struct reading *r, struct dimension *d, int depth)
{
    struct reading inside;
    if (r->at == r->end || depth > CALC_DEPTH)
        return false;
    if (numeric(r->at, d))
        return took(r);
    if (token_is(r->at, '('))
        read_inside(r, &inside);
    else if (!read_function(r, "calc", &inside))
        return false;
    return sum(&inside, d, depth + 1) && reading_done(&inside);
}

static void scale(struct dimension *d, float by)
{
    for (int u = 0; u < UNIT_COUNT; u++)
        d->of[u] *= by;
}

static bool product(struct reading *r, struct dimension *d, int depth)
{
    if (!factor(r, d, depth))
        return false;
    for (;;) {
        struct dimension by;
        bool times = read_mark(r, '*');
        if (!times && !read_mark(r, '/'))
            return true;
        if (!factor(r, &by, depth))
            return false;
        float number = by.of[UNIT_NUMBER];
        if (times && dimension_only(d, UNIT_NUMBER)) { /* number × length */
            number = d->of[UNIT_NUMBER];
            *d = by;
        } else if (!dimension_only(&by, UNIT_NUMBER) || (!times && !(fabsf(number) > 0))) {
            return false;
        }
        scale(d, times ? number : 1 / number);
    }
}

/* Plus and minus need space around them (CSS Values 4 §10.1), but nobody is harmed where it lacks. */
static bool sum(struct reading *r, struct dimension *d, int depth)
{
    if (!product(r, d, depth))
        return false;
    for (;;) {
        struct dimension more;
        bool plus = read_mark(r, '+');
        if (!plus && !read_mark(r, '-'))
            return true;
        if (!product(r, &more, depth))
            return false;
        bool numbers = (d->units | more.units) >> UNIT_NUMBER & 1;
        if (numbers && d->units != more.units) /* a number and a length have no sum */
            return false;
        for (int u = 0; u < UNIT_COUNT; u++)
            d->of[u] += plus ? more.of[u] : -more.of[u];
        d->units |= more.units;
    }
}

bool read_dimension(struct reading *r, struct dimension *d)
{
    struct reading start = *r, inside;
    if (r->at == r->end)
        return false;
    if (numeric(r->at, d))
        return took(r);
    if (read_function(r, "calc", &inside) && sum(&inside, d, 0) && reading_done(&inside)) {
        bool sane = true;
        for (int u = 0; u < UNIT_COUNT; u++)
            sane = sane && fabsf(d->of[u]) < 1e9F;
        if (sane)
            return true;
    }
    *r = start;
    return false;
}

float dimension_pt(const struct dimension *d, const struct font_measure *m)
{
    return d->of[UNIT_PT] + d->of[UNIT_EM] * m->em_pt + d->of[UNIT_REM] * m->rem_pt +
           d->of[UNIT_LH] * m->lh_pt + d->of[UNIT_RLH] * m->rlh_pt;
}

/* ---- colours */

static const struct {
    const char *name;
    uint32_t color;
} colors[] = {
    {"aqua", 0x00FFFF},   {"black", 0x000000},  {"blue", 0x0000FF},   {"fuchsia", 0xFF00FF},
    {"gray", 0x808080},   {"grey", 0x808080},   {"green", 0x008000},  {"lime", 0x00FF00},
    {"maroon", 0x800000}, {"navy", 0x000080},   {"olive", 0x808000},  {"orange", 0xFFA500},
    {"purple", 0x800080}, {"red", 0xFF0000},    {"silver", 0xC0C0C0}, {"teal", 0x008080},
    {"white", 0xFFFFFF},  {"yellow", 0xFFFF00},
};

static bool hex_color(struct text t, uint32_t *color)
{
    if (t.length != 3 && t.length != 6)
        return false;
    *color = 0;
    for (size_t i = 0; i < t.length; i++) {
        int digit = ascii_hex(t.at[i]);
        if (digit < 0)
            return false;
        *color = *color << 4 | (uint32_t)digit;
        if (t.length == 3)
            *color = *color << 4 | (uint32_t)digit;
    }
    return true;
}

/* rgb(1 2 3), rgb(1, 2, 3), with numbers or percentages. */
static bool rgb(struct reading *r, uint32_t *color)
{
    *color = 0;
    for (int i = 0; i < 3; i++) {
        if (i)
            read_mark(r, ',');
        if (!stands(r, TOKEN_NUMBER) && !stands(r, TOKEN_PERCENT))
            return false;
        double part = r->at->type == TOKEN_PERCENT ? r->at->number * 255 / 100 : r->at->number;
        took(r);
        part = part < 0 ? 0 : part > 255 ? 255 : part;
        *color = *color << 8 | (uint32_t)(part + 0.5);
    }
    return reading_done(r);
}

static bool named_color(struct text name, uint32_t *color)
{
    for (size_t i = 0; i < sizeof colors / sizeof colors[0]; i++)
        if (text_is_nocase(name, colors[i].name)) {
            *color = colors[i].color;
            return true;
        }
    return false;
}

bool read_color(struct reading *r, struct value *v)
{
    struct reading start = *r, inside;
    v->kind = VALUE_COLOR;
    if (stands(r, TOKEN_HASH))
        return hex_color(r->at->value, &v->color) && took(r);
    if (read_word(r, "transparent")) {
        v->kind = VALUE_CLEAR;
        return true;
    }
    if (read_word(r, "currentcolor")) {
        v->kind = VALUE_CURRENT_COLOR;
        return true;
    }
    if (stands(r, TOKEN_IDENT))
        return named_color(r->at->value, &v->color) && took(r);
    if (read_function(r, "rgb", &inside) && rgb(&inside, &v->color))
        return true;
    *r = start;
    return false;
}
