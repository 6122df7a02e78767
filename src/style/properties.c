#include "style/properties.h"
#include <stddef.h>

/* ---- parsers that serve many rows */

static bool parse_keyword(struct reading *r, const struct property *p, struct value *v)
{
    v->kind = VALUE_KEYWORD;
    return read_keyword(r, p->keywords, &v->number);
}

/* True when a lone unit has a value below 0; what calc() gives is cut later. */
static bool is_negative(const struct dimension *d)
{
    bool negative = false;
    for (int u = 0; u < UNIT_COUNT; u++)
        negative |= dimension_only(d, (enum unit)u) && d->of[u] < 0;
    return negative;
}

/* A length; 0 may be without a unit. */
static bool read_length(struct reading *r, unsigned flags, struct dimension *d)
{
    if (!read_dimension(r, d))
        return false;
    bool number = d->units >> UNIT_NUMBER & 1, percent = d->units >> UNIT_PERCENT & 1;
    if (number && (d->of[UNIT_NUMBER] > 0 || d->of[UNIT_NUMBER] < 0))
        return false;
    return (flags & TAKES_PERCENT || !percent) && (flags & TAKES_NEGATIVE || !is_negative(d));
}

static bool parse_length(struct reading *r, const struct property *p, struct value *v)
{
    v->kind = VALUE_KEYWORD;
    if (p->flags & TAKES_AUTO && (read_word(r, "auto") || read_word(r, "none") || read_word(r, "normal")))
        return true;
    v->kind = VALUE_DIMENSION;
    return read_length(r, p->flags, &v->dimension);
}

static bool parse_color(struct reading *r, const struct property *p, struct value *v)
{
    (void)p;
    return read_color(r, v);
}

static bool parse_border_width(struct reading *r, const struct property *p, struct value *v)
{
    static const struct keyword widths[] = {{"thin", 1}, {"medium", 3}, {"thick", 5}, {NULL, 0}};
    v->kind = VALUE_DIMENSION;
    if (read_keyword(r, widths, &v->number)) {
        v->dimension = (struct dimension){.units = 1u << UNIT_PT};
        v->dimension.of[UNIT_PT] = 0.75F * (float)v->number;
        return true;
    }
    return read_length(r, p->flags, &v->dimension);
}

/* An integer from 1, or 0 where the initial value is. */
static bool parse_count(struct reading *r, const struct property *p, struct value *v)
{
    v->kind = VALUE_INTEGER;
    if (p->flags & TAKES_AUTO && (read_word(r, "auto") || read_word(r, "no-limit") || read_word(r, "none")))
        return true;
    return read_integer(r, 1, 1000, &v->number);
}

static bool parse_vertical(struct reading *r, const struct property *p, struct value *v)
{
    v->kind = VALUE_KEYWORD;
    if (read_keyword(r, p->keywords, &v->number))
        return true;
    v->kind = VALUE_DIMENSION;
    return read_length(r, p->flags, &v->dimension);
}

/* A keyword, or a decimal mark that numbers line up on, with the side to which all of them stand: to the
 * right when none is named (CSS Text 4 §7.1.1). */
static bool parse_align(struct reading *r, const struct property *p, struct value *v)
{
    struct text mark;
    v->kind = VALUE_KEYWORD;
    v->numbers[0] = 0;
    if (read_keyword(r, p->keywords, &v->number))
        return true;
    if (!read_string(r, &mark) || (!text_is(mark, ".") && !text_is(mark, ",")))
        return false;
    v->numbers[0] = (unsigned char)mark.at[0];
    v->number = ALIGN_RIGHT;
    return reading_done(r) || (read_keyword(r, p->keywords, &v->number) && v->number != ALIGN_CENTER &&
                               v->number != ALIGN_JUSTIFY);
}

static bool parse_spacing(struct reading *r, const struct property *p, struct value *v)
{
    v->kind = VALUE_DIMENSION;
    if (!read_length(r, p->flags, &v->dimension))
        return false;
    if (!read_length(r, p->flags, &v->second))
        v->second = v->dimension;
    return true;
}

static bool parse_decoration(struct reading *r, const struct property *p, struct value *v)
{
    int bit;
    v->kind = VALUE_INTEGER;
    if (read_word(r, "none"))
        return true;
    while (read_keyword(r, p->keywords, &bit))
        v->number |= bit;
    return v->number != 0;
}

static bool parse_hanging(struct reading *r, const struct property *p, struct value *v)
{
    int bit;
    v->kind = VALUE_KEYWORD;
    if (read_word(r, "none"))
        return true;
    while (read_keyword(r, p->keywords, &bit))
        v->number = 1;
    return v->number != 0;
}

static bool parse_limit_chars(struct reading *r, const struct property *p, struct value *v)
{
    static const int initial[] = {5, 2, 2};
    (void)p;
    v->kind = VALUE_INTEGER;
    memcpy(v->numbers, initial, sizeof initial);
    int i = 0;
    for (; i < 3 && !reading_done(r); i++)
        if (!read_word(r, "auto") && !read_integer(r, 1, 100, &v->numbers[i]))
            return false;
    if (i == 2)
        v->numbers[2] = v->numbers[1];
    return i > 0;
}

/* What shows that a word is divided: a few characters. */
static bool parse_hyphen_text(struct reading *r, const struct property *p, struct value *v)
{
    enum { MOST = 16 };
    struct text t;
    (void)p;
    v->kind = VALUE_LIST;
    if (read_word(r, "auto"))
        return true;
    if (!read_string(r, &t) || !t.length || t.length > MOST)
        return false;
    v->list = text_copy(r->arena, t);
    return true;
}

static bool parse_initial_letter(struct reading *r, const struct property *p, struct value *v)
{
    (void)p;
    v->kind = VALUE_DIMENSION;
    if (read_word(r, "normal"))
        return true;
    if (!read_dimension(r, &v->dimension) || !dimension_only(&v->dimension, UNIT_NUMBER))
        return false;
    float size = v->dimension.of[UNIT_NUMBER];
    v->number = (int)size;
    if (size < 1 || size > 20)
        return false;
    if (!reading_done(r) && !read_integer(r, 1, 20, &v->number))
        return false;
    return true;
}

static bool parse_page(struct reading *r, const struct property *p, struct value *v)
{
    struct text name;
    (void)p;
    v->kind = VALUE_UNSET; /* the used value of `auto` is the parent's page */
    if (read_word(r, "auto"))
        return true;
    v->kind = VALUE_LIST;
    if (!read_ident(r, &name))
        return false;
    v->list = text_copy(r->arena, name);
    return true;
}

/* ---- appliers: a value goes to the bytes that the row names */

static void *target(struct applying *x, const struct property *p)
{
    return (char *)x->to + p->offset;
}

static void apply_number(struct applying *x, const struct property *p, const struct value *v)
{
    memcpy(target(x, p), &v->number, sizeof v->number);
}

static void apply_bool(struct applying *x, const struct property *p, const struct value *v)
{
    *(bool *)target(x, p) = v->number != 0;
}

static void apply_list(struct applying *x, const struct property *p, const struct value *v)
{
    memcpy(target(x, p), &v->list, sizeof v->list);
}

static void apply_length(struct applying *x, const struct property *p, const struct value *v)
{
    struct length *to = target(x, p);
    to->automatic = v->kind == VALUE_KEYWORD;
    to->pt = to->automatic ? 0 : dimension_pt(&v->dimension, &x->measure);
    to->percent = to->automatic ? 0 : v->dimension.of[UNIT_PERCENT];
    if (!(p->flags & TAKES_NEGATIVE) && !(to->percent > 0 || to->percent < 0) && to->pt < 0)
        to->pt = 0;
}

/* Lengths without percentage; two of them where the row's extent has room. */
static void apply_pt(struct applying *x, const struct property *p, const struct value *v)
{
    float *to = target(x, p);
    float pt = v->kind == VALUE_KEYWORD ? 0 : dimension_pt(&v->dimension, &x->measure);
    *to = pt < 0 && !(p->flags & TAKES_NEGATIVE) ? 0 : pt;
    if (p->extent == 2 * sizeof *to)
        to[1] = dimension_pt(&v->second, &x->measure);
}

static void apply_gap(struct applying *x, const struct property *p, const struct value *v)
{
    *(float *)target(x, p) =
        v->kind == VALUE_KEYWORD ? x->measure.em_pt : dimension_pt(&v->dimension, &x->measure);
}

static void apply_color(struct applying *x, const struct property *p, const struct value *v)
{
    (void)p;
    if (v->kind == VALUE_COLOR)
        x->to->style.color = v->color;
    else if (v->kind == VALUE_CURRENT_COLOR)
        x->to->style.color = x->parent->style.color;
}

static void apply_background(struct applying *x, const struct property *p, const struct value *v)
{
    (void)p;
    x->to->style.has_background = v->kind != VALUE_CLEAR;
    x->to->style.background = v->kind == VALUE_CURRENT_COLOR ? x->to->style.color
                              : v->kind == VALUE_COLOR       ? v->color
                                                             : 0;
}

static void apply_border_color(struct applying *x, const struct property *p, const struct value *v)
{
    struct border_color *to = target(x, p);
    to->current = v->kind == VALUE_CURRENT_COLOR;
    to->color = v->kind == VALUE_COLOR ? v->color : v->kind == VALUE_CLEAR ? 0xFFFFFF : 0;
}

static void apply_vertical(struct applying *x, const struct property *p, const struct value *v)
{
    struct style *s = &x->to->style;
    (void)p;
    s->vertical_shift = (struct length){0};
    s->vertical_align = v->kind == VALUE_KEYWORD ? (enum vertical_align)v->number : VERTICAL_LENGTH;
    if (v->kind != VALUE_KEYWORD)
        s->vertical_shift.pt =
            dimension_pt(&v->dimension, &x->measure) + v->dimension.of[UNIT_PERCENT] / 100 * x->measure.lh_pt;
}

static void apply_limit_chars(struct applying *x, const struct property *p, const struct value *v)
{
    (void)p;
    x->to->style.hyphen_word = v->numbers[0];
    x->to->style.hyphen_before = v->numbers[1];
    x->to->style.hyphen_after = v->numbers[2];
}

static void apply_align(struct applying *x, const struct property *p, const struct value *v)
{
    (void)p;
    x->to->style.align = (enum text_align)v->number;
    x->to->style.align_mark = v->numbers[0];
}

static void apply_initial_letter(struct applying *x, const struct property *p, const struct value *v)
{
    (void)p;
    x->to->style.initial_lines = v->number;
    x->to->style.initial_size = v->dimension.of[UNIT_NUMBER];
}

/* ---- keywords */

#define WORDS(name) static const struct keyword name[]

WORDS(font_styles) = {{"normal", 0}, {"italic", 1}, {"oblique", 1}, {NULL, 0}};
WORDS(transforms) = {{"none", TRANSFORM_NONE},
                     {"uppercase", TRANSFORM_UPPERCASE},
                     {"lowercase", TRANSFORM_LOWERCASE},
                     {"capitalize", TRANSFORM_CAPITALIZE},
                     {NULL, 0}};
WORDS(displays) = {{"none", DISPLAY_NONE},
                   {"block", DISPLAY_BLOCK},
                   {"flow-root", DISPLAY_BLOCK},
                   {"inline", DISPLAY_INLINE},
                   {"inline-block", DISPLAY_INLINE_BLOCK},
                   {"list-item", DISPLAY_LIST_ITEM},
                   {"table", DISPLAY_TABLE},
                   {"table-row-group", DISPLAY_TABLE_ROW_GROUP},
                   {"table-header-group", DISPLAY_TABLE_HEADER_GROUP},
                   {"table-footer-group", DISPLAY_TABLE_FOOTER_GROUP},
                   {"table-row", DISPLAY_TABLE_ROW},
                   {"table-cell", DISPLAY_TABLE_CELL},
                   {"table-caption", DISPLAY_TABLE_CAPTION},
                   {"table-column", DISPLAY_TABLE_COLUMN},
                   {"table-column-group", DISPLAY_TABLE_COLUMN_GROUP},
                   {"ruby", DISPLAY_INLINE},
                   {"ruby-base", DISPLAY_INLINE},
                   {"ruby-text", DISPLAY_RUBY_TEXT},
                   {NULL, 0}};
WORDS(aligns) = {{"start", ALIGN_START},
                 {"end", ALIGN_END},
                 {"left", ALIGN_LEFT},
                 {"right", ALIGN_RIGHT},
                 {"center", ALIGN_CENTER},
                 {"justify", ALIGN_JUSTIFY},
                 {NULL, 0}};
WORDS(last_aligns) = {
    {"auto", ALIGN_AUTO},   {"start", ALIGN_START},   {"end", ALIGN_END},         {"left", ALIGN_LEFT},
    {"right", ALIGN_RIGHT}, {"center", ALIGN_CENTER}, {"justify", ALIGN_JUSTIFY}, {NULL, 0}};
WORDS(hyphen_words) = {{"none", HYPHENS_NONE}, {"manual", HYPHENS_MANUAL}, {"auto", HYPHENS_AUTO}, {NULL, 0}};
WORDS(hyphen_lasts) = {{"none", HYPHEN_LAST_ANY},    {"always", HYPHEN_LAST_ALWAYS},
                       {"column", HYPHEN_LAST_PAGE}, {"page", HYPHEN_LAST_PAGE},
                       {"spread", HYPHEN_LAST_PAGE}, {NULL, 0}};
WORDS(wrap_modes) = {{"wrap", 0}, {"nowrap", 1}, {NULL, 0}};
WORDS(wrap_styles) = {{"auto", WRAP_AUTO},
                      {"balance", WRAP_BALANCE},
                      {"pretty", WRAP_PRETTY},
                      {"stable", WRAP_PRETTY},
                      {NULL, 0}};
WORDS(spaces) = {{"normal", WHITE_NORMAL},     {"nowrap", WHITE_NOWRAP},     {"pre", WHITE_PRE},
                 {"pre-wrap", WHITE_PRE_WRAP}, {"pre-line", WHITE_PRE_LINE}, {NULL, 0}};
WORDS(hangs) = {{"first", 1}, {"last", 1}, {"allow-end", 1}, {"force-end", 1}, {NULL, 0}};
WORDS(verticals) = {{"baseline", VERTICAL_BASELINE},
                    {"sub", VERTICAL_SUB},
                    {"super", VERTICAL_SUPER},
                    {"top", VERTICAL_TOP},
                    {"text-top", VERTICAL_TOP},
                    {"middle", VERTICAL_MIDDLE},
                    {"bottom", VERTICAL_BOTTOM},
                    {"text-bottom", VERTICAL_BOTTOM},
                    {NULL, 0}};
WORDS(decorations) = {{"underline", DECORATION_UNDERLINE},
                      {"line-through", DECORATION_LINE_THROUGH},
                      {"overline", DECORATION_OVERLINE},
                      {NULL, 0}};
WORDS(ruby_positions) = {{"over", 0}, {"under", 1}, {NULL, 0}};
WORDS(border_styles) = {{"none", BORDER_NONE},
                        {"hidden", BORDER_NONE},
                        {"solid", BORDER_SOLID},
                        {"double", BORDER_DOUBLE},
                        {"dotted", BORDER_DOTTED},
                        {"dashed", BORDER_DASHED},
                        {NULL, 0}};
WORDS(floats) = {{"none", FLOAT_NONE},         {"footnote", FLOAT_FOOTNOTE}, {"top", FLOAT_TOP},
                 {"bottom", FLOAT_BOTTOM},     {"left", FLOAT_LEFT},         {"right", FLOAT_RIGHT},
                 {"inline-start", FLOAT_LEFT}, {"inline-end", FLOAT_RIGHT},  {NULL, 0}};
WORDS(clears) = {{"none", CLEAR_NONE},
                 {"left", CLEAR_LEFT},
                 {"right", CLEAR_RIGHT},
                 {"inline-start", CLEAR_LEFT},
                 {"inline-end", CLEAR_RIGHT},
                 {"both", CLEAR_BOTH},
                 {NULL, 0}};
WORDS(breaks) = {{"auto", BREAK_AUTO},     {"avoid", BREAK_AVOID},        {"avoid-page", BREAK_AVOID},
                 {"page", BREAK_PAGE},     {"always", BREAK_PAGE},        {"left", BREAK_LEFT},
                 {"right", BREAK_RIGHT},   {"recto", BREAK_RECTO},        {"verso", BREAK_VERSO},
                 {"column", BREAK_COLUMN}, {"avoid-column", BREAK_AVOID}, {NULL, 0}};
WORDS(inside_breaks) = {{"auto", BREAK_AUTO},
                        {"avoid", BREAK_AVOID},
                        {"avoid-page", BREAK_AVOID},
                        {"avoid-column", BREAK_AVOID},
                        {NULL, 0}};
WORDS(footnote_displays) = {
    {"block", FOOTNOTE_BLOCK}, {"compact", FOOTNOTE_COMPACT}, {"inline", FOOTNOTE_COMPACT}, {NULL, 0}};
WORDS(positions) = {{"outside", 0}, {"inside", 1}, {NULL, 0}};
WORDS(collapses) = {{"separate", 0}, {"collapse", 1}, {NULL, 0}};
WORDS(column_fills) = {{"balance", 0}, {"balance-all", 0}, {"auto", 1}, {NULL, 0}};
WORDS(column_spans) = {{"none", 0}, {"all", 1}, {NULL, 0}};
WORDS(captions) = {{"top", 0}, {"bottom", 1}, {NULL, 0}};

/* ---- the table */

#define IN(field) offsetof(struct computed, field), sizeof(((struct computed *)0)->field)
#define OF(field) IN(style.field)
/* From one field to the end of a later one. */
#define SPAN(from, to)                                                                                       \
    offsetof(struct computed, from),                                                                         \
        offsetof(struct computed, to) + sizeof(((struct computed *)0)->to) - offsetof(struct computed, from)

#define INHERITED PROPERTY_INHERITED
#define PAGED PROPERTY_PAGED
#define LENGTH TAKES_PERCENT
#define SIDES(name, suffix, parse, apply, words, initial, flags, field)                                      \
    {name "-top" suffix, parse, apply, words, initial, flags, field(SIDE_TOP)},                              \
        {name "-right" suffix, parse, apply, words, initial, flags, field(SIDE_RIGHT)},                      \
        {name "-bottom" suffix, parse, apply, words, initial, flags, field(SIDE_BOTTOM)},                    \
    {                                                                                                        \
        name "-left" suffix, parse, apply, words, initial, flags, field(SIDE_LEFT)                           \
    }
#define MARGIN(side) OF(margin[side])
#define PADDING(side) OF(padding[side])
#define BORDER_WIDTH(side) IN(border_width_pt[side])
#define BORDER_STYLE(side) OF(border_style[side])
#define BORDER_COLOR(side) IN(border_color[side])

/* clang-format off */
const struct property properties[] = {
    {"font-size", parse_font_size, apply_font_size, NULL, "medium", INHERITED, OF(size_pt)},
    {"line-height", parse_line_height, apply_line_height, NULL, "normal", INHERITED, SPAN(line_factor, line_pt)},
    {"font-family", parse_families, apply_list, NULL, "serif", INHERITED, OF(families)},
    {"font-weight", parse_font_weight, apply_font_weight, NULL, "normal", INHERITED, OF(weight)},
    {"font-style", parse_keyword, apply_bool, font_styles, "normal", INHERITED, OF(italic)},
    {"font-variant-caps", parse_variant, apply_number, NULL, "normal", INHERITED, IN(caps)},
    {"font-variant-numeric", parse_variant, apply_number, NULL, "normal", INHERITED, IN(numeric)},
    {"font-variant-ligatures", parse_variant, apply_number, NULL, "normal", INHERITED, IN(ligatures)},
    {"font-variant-position", parse_variant, apply_number, NULL, "normal", INHERITED, IN(position)},
    {"font-variant-alternates", parse_variant, apply_number, NULL, "normal", INHERITED, IN(alternates)},
    {"font-kerning", parse_keyword, apply_number, variant_kerning, "auto", INHERITED, IN(kerning)},
    {"font-feature-settings", parse_features, apply_list, NULL, "normal", INHERITED, IN(settings)},
    {"color", parse_color, apply_color, NULL, "black", INHERITED, OF(color)},
    {"letter-spacing", parse_length, apply_pt, NULL, "normal", INHERITED | TAKES_AUTO | TAKES_NEGATIVE, OF(letter_spacing_pt)},
    {"word-spacing", parse_length, apply_pt, NULL, "normal", INHERITED | TAKES_AUTO | TAKES_NEGATIVE, OF(word_spacing_pt)},
    {"text-transform", parse_keyword, apply_number, transforms, "none", INHERITED, OF(transform)},
    {"display", parse_keyword, apply_number, displays, "inline", 0, OF(display)},
    {"background-color", parse_color, apply_background, NULL, "transparent", 0, SPAN(style.background, style.has_background)},
    SIDES("margin", "", parse_length, apply_length, NULL, "0", LENGTH | TAKES_AUTO | TAKES_NEGATIVE, MARGIN),
    SIDES("padding", "", parse_length, apply_length, NULL, "0", LENGTH, PADDING),
    SIDES("border", "-width", parse_border_width, apply_pt, NULL, "medium", 0, BORDER_WIDTH),
    SIDES("border", "-style", parse_keyword, apply_number, border_styles, "none", 0, BORDER_STYLE),
    SIDES("border", "-color", parse_color, apply_border_color, NULL, "currentcolor", 0, BORDER_COLOR),
    {"width", parse_length, apply_length, NULL, "auto", LENGTH | TAKES_AUTO, OF(width)},
    {"height", parse_length, apply_length, NULL, "auto", LENGTH | TAKES_AUTO, OF(height)},
    {"min-height", parse_length, apply_length, NULL, "auto", LENGTH | TAKES_AUTO, OF(min_height)},
    {"min-width", parse_length, apply_length, NULL, "auto", LENGTH | TAKES_AUTO, OF(min_width)},
    {"max-width", parse_length, apply_length, NULL, "none", LENGTH | TAKES_AUTO, OF(max_width)},
    {"max-height", parse_length, apply_length, NULL, "none", LENGTH | TAKES_AUTO, OF(max_height)},
    {"float", parse_keyword, apply_number, floats, "none", 0, OF(floats)},
    {"clear", parse_keyword, apply_number, clears, "none", 0, OF(clear)},
    {"footnote-display", parse_keyword, apply_number, footnote_displays, "block", PAGED, OF(footnote_display)},
    {"text-indent", parse_length, apply_length, NULL, "0", INHERITED | LENGTH | TAKES_NEGATIVE, OF(text_indent)},
    {"text-align", parse_align, apply_align, aligns, "start", INHERITED, SPAN(style.align, style.align_mark)},
    {"text-align-last", parse_keyword, apply_number, last_aligns, "auto", INHERITED, OF(align_last)},
    {"hyphens", parse_keyword, apply_number, hyphen_words, "manual", INHERITED, OF(hyphens)},
    {"hyphenate-limit-chars", parse_limit_chars, apply_limit_chars, NULL, "auto", INHERITED, SPAN(style.hyphen_word, style.hyphen_after)},
    {"hyphenate-limit-lines", parse_count, apply_number, NULL, "no-limit", INHERITED | TAKES_AUTO | PAGED, OF(hyphen_lines)},
    {"hyphenate-limit-last", parse_keyword, apply_number, hyphen_lasts, "none", INHERITED | PAGED, OF(hyphen_last)},
    {"hyphenate-character", parse_hyphen_text, apply_list, NULL, "auto", INHERITED, OF(hyphen_text)},
    {"hyphenate-limit-zone", parse_length, apply_length, NULL, "0", INHERITED | LENGTH | PAGED, OF(hyphen_zone)},
    {"text-wrap-mode", parse_keyword, apply_bool, wrap_modes, "wrap", INHERITED, OF(nowrap)},
    {"text-wrap-style", parse_keyword, apply_number, wrap_styles, "auto", INHERITED, OF(wrap)},
    {"white-space", parse_keyword, apply_number, spaces, "normal", INHERITED, OF(white_space)},
    {"hanging-punctuation", parse_hanging, apply_bool, hangs, "none", INHERITED, OF(hanging_punctuation)},
    {"vertical-align", parse_vertical, apply_vertical, verticals, "baseline", LENGTH | TAKES_NEGATIVE, SPAN(style.vertical_align, style.vertical_shift)},
    {"text-decoration-line", parse_decoration, apply_number, decorations, "none", 0, OF(decoration)},
    {"ruby-position", parse_keyword, apply_bool, ruby_positions, "over", INHERITED, OF(ruby_under)},
    {"list-style-type", parse_list_style, apply_number, NULL, "disc", INHERITED, OF(list_style)},
    {"list-style-position", parse_keyword, apply_bool, positions, "outside", INHERITED, OF(list_inside)},
    {"border-collapse", parse_keyword, apply_bool, collapses, "separate", INHERITED, OF(border_collapse)},
    {"border-spacing", parse_spacing, apply_pt, NULL, "0", INHERITED, OF(border_spacing_pt)},
    {"caption-side", parse_keyword, apply_bool, captions, "top", INHERITED, OF(caption_bottom)},
    {"content", parse_content, apply_list, NULL, "normal", 0, OF(content)},
    {"string-set", parse_string_set, apply_list, NULL, "none", PAGED, OF(string_set)},
    {"counter-reset", parse_counters, apply_list, NULL, "none", 0, OF(counter_reset)},
    {"counter-increment", parse_counters, apply_list, NULL, "none", 0, OF(counter_increment)},
    {"break-before", parse_keyword, apply_number, breaks, "auto", 0, OF(break_before)},
    {"break-after", parse_keyword, apply_number, breaks, "auto", 0, OF(break_after)},
    {"break-inside", parse_keyword, apply_number, inside_breaks, "auto", 0, OF(break_inside)},
    {"page", parse_page, apply_list, NULL, "auto", INHERITED | PAGED, OF(page)},
    {"widows", parse_count, apply_number, NULL, "2", INHERITED, OF(widows)},
    {"orphans", parse_count, apply_number, NULL, "2", INHERITED, OF(orphans)},
    {"initial-letter", parse_initial_letter, apply_initial_letter, NULL, "normal", 0, SPAN(style.initial_lines, style.initial_size)},
    {"column-count", parse_count, apply_number, NULL, "auto", TAKES_AUTO, OF(column_count)},
    {"column-width", parse_length, apply_length, NULL, "auto", TAKES_AUTO, OF(column_width)},
    {"column-gap", parse_length, apply_gap, NULL, "normal", TAKES_AUTO, OF(column_gap_pt)},
    {"column-rule-width", parse_border_width, apply_pt, NULL, "medium", 0, IN(column_rule_width_pt)},
    {"column-rule-style", parse_keyword, apply_number, border_styles, "none", 0, OF(column_rule_style)},
    {"column-rule-color", parse_color, apply_border_color, NULL, "currentcolor", 0, IN(column_rule_color)},
    {"column-fill", parse_keyword, apply_bool, column_fills, "balance", 0, OF(columns_filled)},
    {"column-span", parse_keyword, apply_bool, column_spans, "none", 0, OF(spans_columns)},
    /* CSS Rhythmic Sizing 1 */
    {"block-step-size", parse_length, apply_pt, NULL, "none", TAKES_AUTO | PAGED, OF(block_step_pt)},
    {"size", parse_page_size, NULL, NULL, "auto", PROPERTY_PAGE_RULE | PAGED, 0, 0},
};
/* clang-format on */

enum { PROPERTIES = sizeof properties / sizeof properties[0] };
_Static_assert((int)PROPERTIES <= (int)PROPERTY_LIMIT, "PROPERTY_LIMIT is too small");

size_t properties_count(void)
{
    return PROPERTIES;
}

const struct property *property_find(struct text name)
{
    for (const struct property *p = properties; p < properties + PROPERTIES; p++)
        if (text_is_nocase(name, p->name))
            return p;
    return NULL;
}

const struct property *property_named(const char *name)
{
    return property_find(text_of(name));
}

bool read_wide_keyword(struct reading *r, struct value *v)
{
    static const struct keyword wide[] = {
        {"inherit", VALUE_INHERIT}, {"initial", VALUE_INITIAL}, {"unset", VALUE_UNSET}, {NULL, 0}};
    int kind;
    if (!read_keyword(r, wide, &kind))
        return false;
    v->kind = (enum value_kind)kind;
    return reading_done(r);
}

bool property_parse(const struct property *p, struct reading *r, struct value *v)
{
    struct reading start = *r;
    *v = (struct value){.kind = VALUE_NONE};
    if (read_wide_keyword(r, v))
        return true;
    *r = start;
    return p->parse(r, p, v) && reading_done(r);
}
