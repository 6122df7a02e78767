#include "layout/first_line.h"
#include "base/utf8.h"
#include <unicode/uchar.h>

static struct span styled(struct span s)
{
    if (s.first_style && !s.picture) {
        s.style = s.first_style;
        s.face = s.first_face;
    }
    return s;
}

/* Changes the case of letters in a text. */
static void transform(char *text, uint32_t from, uint32_t to, enum text_transform how)
{
    for (size_t at = from, next = from; at < to; at = next) {
        uint32_t c = utf8_next((struct text){text, to}, &next);
        char bytes[4];
        UChar32 changed = how == TRANSFORM_UPPERCASE ? u_toupper((UChar32)c) : u_tolower((UChar32)c);
        if (c != UTF8_BAD && utf8_encode(bytes, (uint32_t)changed) == next - at)
            memcpy(text + at, bytes, next - at);
    }
}

static bool changes_case(const struct span *s)
{
    return s->first_style && !s->picture && s->first_style->transform != s->style->transform &&
           (s->first_style->transform == TRANSFORM_UPPERCASE ||
            s->first_style->transform == TRANSFORM_LOWERCASE);
}

/* The text with that of the first line in its letters. */
static const char *with_letters(struct setter *s, const struct paragraph *p, uint32_t end)
{
    char *text = NULL;
    for (uint32_t i = 0; i < p->own_span_count && p->own_spans[i].start < end; i++) {
        const struct span *own = &p->own_spans[i];
        if (!changes_case(own))
            continue;
        if (!text)
            text = arena_copy(s->arena, p->own_text, p->length);
        transform(text, own->start, own->end < end ? own->end : end, own->first_style->transform);
    }
    return text ? text : p->own_text;
}

void first_line_split(struct setter *s, struct paragraph *p, uint32_t end)
{
    if (!p->own_spans) {
        p->own_spans = p->spans;
        p->own_span_count = p->span_count;
        p->own_text = p->text;
    }
    p->text = with_letters(s, p, end);
    struct span *spans = arena_array(s->arena, p->own_span_count + 1UL, sizeof *spans);
    uint32_t count = 0;
    for (uint32_t i = 0; i < p->own_span_count; i++) {
        struct span own = p->own_spans[i], before = styled(own);
        if (own.start < end) {
            before.end = own.end < end ? own.end : end;
            before.after_pt = own.end > end ? 0 : own.after_pt;
            spans[count++] = before;
        }
        if (own.end > end) {
            if (own.start < end && own.node && !own.picture)
                own.node_offset = raw_offset(&own, end - own.start);
            own.before_pt = own.start < end ? 0 : own.before_pt;
            own.start = own.start < end ? end : own.start;
            spans[count++] = own;
        }
    }
    p->spans = spans;
    p->span_count = count;
    p->first_end = end;
}

uint32_t first_line_ends(struct setter *s, struct paragraph *p, const struct break_options *o, uint32_t *ends,
                         uint32_t most)
{
    first_line_split(s, p, p->length);
    const struct atoms *atoms = atoms_make(s, p);
    double room = o->width_pt - o->first_indent_pt - (o->inset_lines ? o->inset_pt : 0);
    if (o->inset_count)
        room -= (double)(o->insets[0].left_pt + o->insets[0].right_pt);
    uint32_t count = 0;
    for (uint32_t i = 1; i < atoms->point_count; i++) {
        const struct break_point *at = &atoms->points[i];
        if (at->inserted || at->emergency)
            continue;
        double give = o->justified ? at->end.shrink + at->end.glyphs * o->expansion : 0;
        if (count && at->end.width - atoms->points[0].start.width - at->hang_end - give > room)
            break;
        if (count == most)
            memmove(ends, ends + 1, (--count) * sizeof *ends);
        ends[count++] = break_offset(p, atoms, i);
        if (at->forced)
            break;
    }
    for (uint32_t i = 0; i < count / 2; i++) {
        uint32_t end = ends[i];
        ends[i] = ends[count - 1 - i];
        ends[count - 1 - i] = end;
    }
    return count;
}

uint32_t first_line_point(const struct paragraph *p, const struct atoms *atoms)
{
    for (uint32_t i = 1; p->first_end && i < atoms->point_count; i++)
        if (!atoms->points[i].inserted && break_offset(p, atoms, i) >= p->first_end)
            return i;
    return 0;
}
