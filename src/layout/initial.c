#include "layout/initial.h"
#include "base/utf8.h"
#include "layout/linecraft.h"
#include <math.h>
#include <unicode/uchar.h>

/* Between the letter and the lines beside it, in ems of the letter. */
static const float GAP = 0.06f;

/* The end of the first letter with its marks; 0 when the text begins with none. */
static uint32_t letter_end(const struct paragraph *p)
{
    struct text t = {p->text, p->length};
    size_t at = 0;
    if (!t.length || !u_isalpha((UChar32)utf8_next(t, &at)))
        return 0;
    for (size_t next = at; next < t.length; at = next)
        if (u_getCombiningClass((UChar32)utf8_next(t, &next)) == 0)
            break;
    return (uint32_t)at;
}

static bool goes_with_letter(uint32_t c)
{
    return (U_GET_GC_MASK((UChar32)c) & U_GC_P_MASK) != 0;
}

size_t first_letter_end(struct text t)
{
    size_t at = 0, next;
    while (at < t.length) {
        next = at;
        uint32_t c = utf8_next(t, &next);
        if (!ascii_space(t.at[at]) && !goes_with_letter(c))
            break;
        at = next;
    }
    for (bool letter = false; at < t.length; at = next, letter = true) {
        next = at;
        uint32_t c = utf8_next(t, &next);
        if (letter && !goes_with_letter(c) && u_getCombiningClass((UChar32)c) == 0)
            break;
    }
    return at;
}

static uint32_t word_end(const struct paragraph *p, uint32_t from)
{
    struct text t = {p->text, p->length};
    for (size_t at = from, next = from; at < t.length; at = next)
        if (!u_isalpha((UChar32)utf8_next(t, &next)))
            return (uint32_t)at;
    return p->length;
}

/* One glyph that says `word`. NULL when the letter takes several. */
static const struct shaped *shape_letter(struct setter *s, const struct paragraph *p, const struct initial *i,
                                         uint32_t ends, struct text word)
{
    struct manner m = {
        .face = i->face, .features = i->style->features, .language = p->language, .script = HB_SCRIPT_LATIN};
    const struct shaped *letter =
        shape(s->shaper, shaper_manner(s->shaper, &m), (struct text){p->text, ends});
    if (letter->count != 1)
        return NULL;
    struct shaped *g = arena_alloc(s->arena, sizeof *g + sizeof g->glyphs[0]);
    *g = *letter;
    g->glyphs[0] = letter->glyphs[0];
    g->text = word.at;
    g->length = (uint32_t)word.length;
    return g;
}

void initial_make(struct setter *s, struct paragraph *p)
{
    struct initial *i = p->initial;
    if (!i)
        return;
    p->initial = NULL;
    i->end = letter_end(p);
    i->lines = (uint32_t)i->style->initial_lines;
    if (!i->end || !p->span_count || p->spans[0].end < i->end || p->spans[0].ruby || i->face->cap_height <= 0)
        return;
    float text_cap = p->style->size_pt * (float)p->face->cap_height / (float)p->face->upem;
    float tall = (i->style->initial_size - 1) * p->style->line_height_pt + text_cap;
    i->raise_pt = fmaxf(0, (i->style->initial_size - (float)i->lines) * p->style->line_height_pt);
    i->size_pt = tall * (float)i->face->upem / (float)i->face->cap_height;
    uint32_t word = word_end(p, i->end), letter = i->end;
    if (word == letter && word < p->length && p->text[word] == ' ')
        word = i->end = letter + 1; /* a word of one letter says its space too */
    i->shaped = shape_letter(s, p, i, letter, (struct text){p->text, word});
    if (!i->shaped)
        return;
    i->inset_pt = i->size_pt * ((float)i->shaped->width / (float)i->face->upem + GAP);
    if (i->inset_pt < p->width_pt / 2)
        p->initial = i;
}

void initial_place(struct setter *s, struct paragraph *p)
{
    const struct initial *i = p->initial;
    for (uint32_t k = 0; k < i->lines && k < p->line_count; k++)
        for (uint32_t f = 0; f < p->lines[k].frame_count; f++)
            p->lines[k].frames[f].x_pt += i->inset_pt;
    p->lines[0].height_pt += i->raise_pt;
    p->lines[0].baseline_pt += i->raise_pt;
    struct piece *piece = arena_alloc(s->arena, sizeof *piece);
    *piece = (struct piece){i->shaped, 0, 0, 0};
    struct frame_text *t = arena_alloc(s->arena, sizeof *t);
    *t = (struct frame_text){
        .size_pt = i->size_pt, .stretch = 1, .color = i->style->color, .count = 1, .pieces = piece};
    struct frame letter = {.kind = FRAME_TEXT,
                           .tag = p->spans[0].tag,
                           .seq = p->spans[0].seq,
                           .x_pt = p->inset_count ? p->insets[0].left_pt : 0,
                           .y_pt = (float)(i->lines - 1) * p->style->line_height_pt,
                           .text = t};
    line_add_frames(s, &p->lines[0], &letter, 1, true);
}
