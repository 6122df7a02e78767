#include "layout/gather.h"
#include "base/utf8.h"
#include <unicode/ucasemap.h>
#include <unicode/uchar.h>

struct gather *gather_new(struct arena *a, struct fonts *f)
{
    struct gather *g = arena_alloc(a, sizeof *g);
    g->arena = a;
    g->fonts = f;
    g->text = buf_new(a);
    return g;
}

const struct face *gather_face(struct gather *g, const struct style *s, const struct place *where)
{
    if (s->id >= g->face_capacity) {
        int capacity = s->id * 2 + 32;
        const struct face **faces = arena_array(g->arena, (size_t)capacity, sizeof *faces);
        for (int i = 0; i < g->face_capacity; i++)
            faces[i] = g->faces[i];
        g->faces = faces;
        g->face_capacity = capacity;
    }
    if (!g->faces[s->id]) {
        struct font_request request = {s->families, s->weight, s->italic};
        g->faces[s->id] = fonts_find(g->fonts, &request, where);
    }
    return g->faces[s->id];
}

void gather_open(struct gather *g, struct paragraph *p)
{
    g->paragraph = p;
    g->anchors_end = &p->anchors;
    g->rubies_end = &p->rubies;
    buf_clear(g->text);
    g->count = 0;
    g->space = false;
    g->box = NULL;
}

void gather_close(struct gather *g)
{
    struct paragraph *p = g->paragraph;
    p->text = text_copy(g->arena, buf_view(g->text));
    p->length = (uint32_t)g->text->length;
    p->spans = arena_array(g->arena, g->count ? g->count : 1, sizeof *p->spans);
    for (uint32_t i = 0; i < g->count; i++)
        p->spans[i] = g->spans[i];
    p->span_count = g->count;
    if (g->count == 1 && g->spans[0].picture) /* alone it begins nothing that an indent would tell from */
        p->indent_pt = 0;
    g->paragraph = NULL;
}

/* Characters that a face need not have: joiners, marks of direction, soft hyphens, variation selectors. */
static bool ignorable(uint32_t c)
{
    return c == 0xAD || c == 0x34F || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2064) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || c == 0xFFFC;
}

static struct span *push_span(struct gather *g)
{
    g->spans = arena_room(g->arena, g->spans, g->count, &g->capacity, sizeof *g->spans);
    return &g->spans[g->count++];
}

static bool continues(const struct span *s, const struct manner_of_text *m, const struct face *face,
                      const xmlNode *node)
{
    return s->style == m->style && s->face == face && s->tag == m->tag && s->seq == m->seq &&
           s->link == m->link && s->node == node && s->language == m->language && !s->picture &&
           s->raise_pt == m->raise_pt && s->first_style == m->first_style && s->box == m->box &&
           s->ruby == m->ruby && s->part == m->part;
}

/* The face in the first line: a character that its style's own face lacks comes from the same as elsewhere.
 */
static const struct face *first_face(struct gather *g, const struct manner_of_text *m,
                                     const struct face *face)
{
    struct place nowhere = {0};
    bool fallback = face != gather_face(g, m->style, &nowhere);
    return fallback ? face : gather_face(g, m->first_style, &nowhere);
}

/* Adds a character of the face `face` (a span goes on as long as nothing changes). */
static void add(struct gather *g, const struct manner_of_text *m, const struct face *face, const char *bytes,
                size_t n, const xmlNode *node, size_t offset)
{
    struct span *last = g->count ? &g->spans[g->count - 1] : NULL;
    uint32_t at = (uint32_t)g->text->length;
    if (!last || !continues(last, m, face, node)) {
        last = push_span(g);
        *last = (struct span){.start = at,
                              .style = m->style,
                              .face = face,
                              .language = m->language,
                              .tag = m->tag,
                              .seq = m->seq,
                              .raise_pt = m->raise_pt,
                              .link = m->link,
                              .node = node,
                              .node_offset = (uint32_t)offset + g->node_base,
                              .call = m->call,
                              .first_style = m->first_style,
                              .first_face = m->first_style ? first_face(g, m, face) : NULL,
                              .ruby = m->ruby,
                              .part = m->part};
        gather_begin_boxes(last, m->box);
    }
    gather_in_ruby(g, m, (struct text){bytes, n});
    buf_add(g->text, bytes, n);
    last->end = (uint32_t)g->text->length;
}

void gather_space(struct gather *g)
{
    if (!g->space)
        return;
    g->space = false;
    size_t n = g->text->length;
    bool begins = n == 0 || (n >= 3 && memcmp(g->text->data + n - 3, "\xE2\x80\xA8", 3) == 0);
    if (begins)
        return;
    struct place nowhere = {0};
    uint32_t base = g->node_base;
    g->node_base = 0; /* it is counted already */
    gather_space_in_ruby(&g->space_manner);
    add(g, &g->space_manner, gather_face(g, g->space_manner.style, &nowhere), " ", 1, g->space_node,
        g->space_offset);
    g->node_base = base;
}

static const struct face *face_for(struct gather *g, const struct manner_of_text *m, const struct face *own,
                                   uint32_t c, const struct face *before, const struct place *where)
{
    if (face_has(own, c))
        return own;
    if (ignorable(c) || (before && u_getCombiningClass((UChar32)c) != 0))
        return before ? before : own;
    const struct face *other = fonts_fallback(g->fonts, own, c, m->language, where);
    return other ? other : own;
}

const struct face *gather_face_of(struct gather *g, const struct manner_of_text *m, struct text t,
                                  const struct place *where)
{
    const struct face *own = gather_face(g, m->style, where);
    for (size_t at = 0; at < t.length;) {
        const struct face *face = face_for(g, m, own, utf8_next(t, &at), own, where);
        if (face != own)
            return face;
    }
    return own;
}

static struct text transform(struct gather *g, const struct manner_of_text *m, struct text t)
{
    if (m->style->transform == TRANSFORM_NONE || !t.length)
        return t;
    UErrorCode error = U_ZERO_ERROR;
    UCaseMap *map = ucasemap_open(m->language, U_TITLECASE_NO_LOWERCASE, &error);
    char *out = arena_alloc(g->arena, t.length * 3 + 8);
    int32_t capacity = (int32_t)(t.length * 3 + 7), n = 0;
    if (U_SUCCESS(error) && m->style->transform == TRANSFORM_UPPERCASE)
        n = ucasemap_utf8ToUpper(map, out, capacity, t.at, (int32_t)t.length, &error);
    else if (U_SUCCESS(error) && m->style->transform == TRANSFORM_LOWERCASE)
        n = ucasemap_utf8ToLower(map, out, capacity, t.at, (int32_t)t.length, &error);
    else if (U_SUCCESS(error))
        n = ucasemap_utf8ToTitle(map, out, capacity, t.at, (int32_t)t.length, &error);
    ucasemap_close(map);
    return U_SUCCESS(error) ? (struct text){out, (size_t)n} : t;
}

/* A style with text that is raised or lowered by making it smaller. */
struct placed_text {
    const struct style *from;
    struct style style;
    struct placed_text *next;
};

/* Of the size of the text: how large figures above and below the line are, and where they stand. */
static const float PLACED_SIZE = 0.6f, RAISED = 0.35f, LOWERED = -0.12f;

static const struct style *smaller(struct gather *g, const struct style *s)
{
    struct placed_text *p = g->placed;
    while (p && p->from != s)
        p = p->next;
    if (!p) {
        p = arena_alloc(g->arena, sizeof *p);
        *p = (struct placed_text){s, *s, g->placed};
        p->style.size_pt *= PLACED_SIZE;
        g->placed = p;
    }
    return &p->style;
}

/* font-variant-position: where the face has no glyphs for it, the text is made smaller and moved (CSS Fonts 4
 * §6.5). */
static struct manner_of_text placed(struct gather *g, const struct manner_of_text *m, struct text t,
                                    const struct place *where)
{
    struct manner_of_text out = *m;
    bool raised = strstr(m->style->features, "sups"), lowered = strstr(m->style->features, "subs");
    if ((!raised && !lowered) || !text_trim(t).length)
        return out;
    const struct face *face = gather_face(g, m->style, where);
    if (face_substitutes(face, raised ? "sups" : "subs", t))
        return out;
    out.style = smaller(g, m->style);
    out.raise_pt += m->style->size_pt * (raised ? RAISED : LOWERED);
    out.first_style = NULL;
    return out;
}

void gather_text(struct gather *g, const struct manner_of_text *manner, struct text t, const xmlNode *node,
                 const struct place *where)
{
    t = transform(g, manner, t);
    struct manner_of_text own_manner = placed(g, manner, t, where), *m = &own_manner;
    const struct face *own = gather_face(g, m->style, where), *face = own;
    bool spaces = style_keeps_spaces(m->style), lines = style_keeps_lines(m->style);
    for (size_t at = 0; at < t.length;) {
        size_t from = at;
        char first = t.at[at];
        if (first == '\n' && lines) {
            at++;
            g->space = false;
            add(g, m, face, "\xE2\x80\xA8", 3, node, from);
            continue;
        }
        if (ascii_space(first) && !spaces) {
            at++;
            if (!g->space) {
                g->space = true;
                g->space_manner = *m;
                g->space_node = node;
                g->space_offset = (uint32_t)from + g->node_base;
            }
            continue;
        }
        gather_space(g);
        if (first == '\t') {
            at++;
            add(g, m, own, "    ", 4, node, from);
            continue;
        }
        uint32_t c = utf8_next(t, &at);
        face = face_for(g, m, own, c, from ? face : NULL, where);
        if (c == UTF8_BAD && at - from == 1)
            add(g, m, face, "\xEF\xBF\xBD", 3, node, from);
        else
            add(g, m, face, t.at + from, at - from, node, from);
    }
}

void gather_line_end(struct gather *g, const struct manner_of_text *m)
{
    struct place nowhere = {0};
    g->space = false;
    add(g, m, gather_face(g, m->style, &nowhere), "\xE2\x80\xA8", 3, NULL, 0);
}

void gather_picture(struct gather *g, const struct manner_of_text *m, const struct picture *picture)
{
    gather_space(g);
    struct place nowhere = {0};
    struct span *s = push_span(g);
    uint32_t at = (uint32_t)g->text->length;
    gather_in_ruby(g, m, TEXT("\xEF\xBF\xBC"));
    buf_string(g->text, "\xEF\xBF\xBC");
    *s = (struct span){.start = at,
                       .end = at + 3,
                       .style = m->style,
                       .face = gather_face(g, m->style, &nowhere),
                       .language = m->language,
                       .tag = picture->tag,
                       .seq = picture->seq,
                       .raise_pt = m->raise_pt,
                       .link = m->link,
                       .picture = picture,
                       .node = picture->element,
                       .ruby = m->ruby,
                       .part = m->part};
    gather_begin_boxes(s, m->box);
}

void gather_anchor(struct gather *g, const char *name, uint32_t tag)
{
    struct anchor *n = arena_alloc(g->arena, sizeof *n);
    *n = (struct anchor){(uint32_t)g->text->length + (g->space ? 1 : 0), name, tag, NULL};
    *g->anchors_end = n;
    g->anchors_end = &n->next;
}
