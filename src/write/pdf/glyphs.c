#include "write/pdf/glyphs.h"
#include "base/utf8.h"

/* ---- clusters */

/* Shaping drops word joiners and soft hyphens: what glyphs spell goes without them, so that a glyph says the
 * same beside one. */
static struct text without_controls(struct text t)
{
    static const char *const controls[] = {"\xE2\x81\xA0", "\xC2\xAD", "\xEF\xBB\xBF"};
    if (t.length && !((unsigned char)(t.at[0] | t.at[t.length - 1]) & 0x80)) /* most texts by far */
        return t;
    for (size_t i = 0; i < sizeof controls / sizeof controls[0]; i++) {
        size_t n = strlen(controls[i]);
        while (t.length > n && text_ends(t, controls[i]))
            t.length -= n;
        while (t.length > n && text_starts(t, controls[i]))
            t = text_slice(t, n, t.length);
    }
    return t;
}

struct cluster cluster_at(const struct shaped *s, uint32_t first)
{
    const struct glyph *g = s->glyphs;
    uint32_t from = g[first].cluster, after = first;
    while (after < s->count && g[after].cluster == from)
        after++;
    uint32_t to = s->length;
    if (s->manner->right_to_left && first > 0)
        to = g[first - 1].cluster;
    else if (!s->manner->right_to_left && after < s->count)
        to = g[after].cluster;
    if (to > s->length)
        to = s->length;
    struct text text = {s->text + from, to > from ? to - from : 0};
    return (struct cluster){first, after - first, without_controls(text)};
}

struct cluster cluster_before(const struct shaped *s, uint32_t end)
{
    uint32_t first = end - 1;
    while (first > 0 && s->glyphs[first - 1].cluster == s->glyphs[end - 1].cluster)
        first--;
    return cluster_at(s, first);
}

const struct glyph *cluster_glyph(const struct shaped *s, const struct cluster *c, uint32_t i)
{
    return &s->glyphs[s->manner->right_to_left ? c->first + c->count - 1 - i : c->first + i];
}

static uint32_t first_character(struct text t)
{
    size_t at = 0;
    return t.length ? utf8_next(t, &at) : 0;
}

static size_t characters(struct text t)
{
    size_t n = 0;
    for (size_t at = 0; at < t.length; n++)
        utf8_next(t, &at);
    return n;
}

/* Spaces of any width, breaking or not: readers and searches take them for a space. */
static bool is_space(struct text t)
{
    uint32_t c = first_character(t);
    return c == ' ' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
}

/* PDF/A asks for ActualText around these (ISO 19005-2 §6.2.11.7.3). */
bool is_private(uint32_t c)
{
    return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
}

/* Values that a ToUnicode map may not hold (§6.2.11.7.2), and ill-formed text. */
static bool is_forbidden(uint32_t c)
{
    return c == 0 || c == 0xFEFF || c == 0xFFFE || c == 0xFFFF || c == UTF8_BAD;
}

static bool holds(struct text t, bool (*what)(uint32_t))
{
    for (size_t at = 0; at < t.length;)
        if (what(utf8_next(t, &at)))
            return true;
    return false;
}

/* ---- uses */

static const struct text word_space = {" ", 1};
static const struct text soft_hyphen = {"\xC2\xAD", 2};
static const struct text unknown = {"\xEF\xBF\xBD", 3};
static const struct text nothing = {"\xE2\x80\x8B", 3}; /* zero width space: a part of what stands before */

struct font_use *font_uses_get(struct font_uses *all, const struct face *face)
{
    if (face->id >= all->count) {
        int count = all->count * 2 > face->id ? all->count * 2 : face->id + 8;
        struct font_use **larger = arena_array(all->arena, (size_t)count, sizeof *larger);
        if (all->count)
            memcpy(larger, all->by_face, (size_t)all->count * sizeof *larger);
        all->by_face = larger;
        all->count = count;
    }
    struct font_use *use = all->by_face[face->id];
    if (use)
        return use;
    use = arena_alloc(all->arena, sizeof *use);
    use->face = face;
    use->glyphs = hb_face_get_glyph_count(face->hb_face);
    use->used = arena_array(all->arena, use->glyphs / 8 + 1, 1);
    use->arena = all->arena;
    hb_codepoint_t space = 0;
    if (hb_font_get_nominal_glyph(face->hb_font, ' ', &space) && space < use->glyphs)
        use->space = space;
    return all->by_face[face->id] = use;
}

static struct text *meanings(struct font_use *use, int variant)
{
    if (variant == use->variants) {
        use->means[variant] = arena_array(use->arena, (size_t)use->glyphs + 1, sizeof(struct text));
        use->variants++;
    }
    return use->means[variant];
}

/* A meaning as a ToUnicode map may hold it. */
static struct text fit(const struct font_use *use, uint32_t glyph, struct text means)
{
    if (is_space(means) && glyph == use->space)
        return word_space;
    return !means.length || holds(means, is_forbidden) ? unknown : means;
}

/* Gives the glyph a meaning, in the first of `variants` where it has this one or none. */
static void note(struct font_use *use, uint32_t glyph, struct text means, int variants)
{
    if (glyph >= use->glyphs)
        return;
    use->used[glyph / 8] |= (unsigned char)(1U << (glyph % 8));
    means = fit(use, glyph, means);
    for (int v = 0; v < variants; v++) {
        struct text *known = &meanings(use, v)[glyph];
        if (!known->at)
            *known = means;
        if (text_equal(*known, means))
            return;
    }
}

static void note_cluster(struct font_use *use, const struct shaped *s, const struct cluster *c, int variants)
{
    if (c->count == 1) {
        note(use, cluster_glyph(s, c, 0)->id, c->text, variants);
    } else if (characters(c->text) == c->count) { /* a letter and its marks */
        size_t at = 0;
        for (uint32_t i = 0; i < c->count; i++) {
            size_t from = at;
            utf8_next(c->text, &at);
            note(use, cluster_glyph(s, c, i)->id, text_slice(c->text, from, at), 1);
        }
    } else {
        note(use, cluster_glyph(s, c, 0)->id, c->text, 1);
        for (uint32_t i = 1; i < c->count; i++)
            note(use, cluster_glyph(s, c, i)->id, nothing, 1);
    }
}

struct text font_use_shaped(struct font_use *use, const struct shaped *s, bool read)
{
    struct text missing = {NULL, 0};
    for (uint32_t i = 0; i < s->count;) {
        struct cluster c = cluster_at(s, i);
        note_cluster(use, s, &c, read ? VARIANTS_MOST : 1);
        for (; i < c.first + c.count; i++)
            if ((s->glyphs[i].id == 0 || s->glyphs[i].id >= use->glyphs) && !missing.at)
                missing = c.text;
    }
    return missing;
}

void font_use_inserted(struct font_use *use, const struct shaped *s)
{
    for (uint32_t i = 0; i < s->count; i++)
        note(use, s->glyphs[i].id, soft_hyphen, s->count == 1 ? VARIANTS_MOST : 1);
}

void font_use_space(struct font_use *use)
{
    if (use->space)
        note(use, use->space, word_space, 1);
}

bool cluster_private(const struct cluster *c)
{
    return c->text.length && (unsigned char)c->text.at[0] >= 0xEE && holds(c->text, is_private);
}

/* Where a single glyph has this meaning, or -1. */
static int variant_of(const struct font_use *use, uint32_t glyph, struct text means)
{
    if (glyph >= use->glyphs)
        return -1;
    means = fit(use, glyph, means);
    for (int v = 0; v < use->variants; v++)
        if (text_equal(use->means[v][glyph], means))
            return v;
    return -1;
}

static bool spelled_one_by_one(const struct font_use *use, const struct shaped *s, const struct cluster *c)
{
    size_t at = 0;
    for (uint32_t i = 0; i < c->count; i++) {
        uint32_t glyph = cluster_glyph(s, c, i)->id;
        struct text means = glyph < use->glyphs ? use->means[0][glyph] : unknown;
        struct text part = text_slice(c->text, at, at + means.length);
        if (!text_equal(means, part))
            return false;
        at += part.length;
    }
    return at == c->text.length;
}

int cluster_variant(const struct font_use *use, const struct shaped *s, const struct cluster *c)
{
    if (!c->text.length || cluster_private(c))
        return -1;
    if (c->count > 1)
        return spelled_one_by_one(use, s, c) ? 0 : -1;
    return variant_of(use, s->glyphs[c->first].id, c->text);
}

int inserted_variant(const struct font_use *use, const struct shaped *s)
{
    return s->count == 1 ? variant_of(use, s->glyphs[0].id, soft_hyphen) : -1;
}
