#include "fonts/shape.h"
#include "base/hash.h"
#include <stdio.h>

enum {
    CACHED_BYTES = 256, /* longer texts hardly come twice */
    PIECE_BYTES = 1024,
    UTF8_MOST = 4,
    FEATURES_MOST = 32,
    SLOTS_FIRST = 1024
};

/* A manner with what HarfBuzz wants made of it once. */
struct interned {
    struct manner manner; /* first: a manner's address is its interned one's */
    hb_language_t language;
    hb_feature_t *features;
    unsigned feature_count;
    uint64_t seed; /* of the hashes of its texts */
};

struct slot {
    uint64_t code;
    const struct shaped *shaped; /* NULL: free */
};

struct shaper {
    struct arena *arena; /* of manners and what is shaped */
    struct arena *cache; /* of what finds them */
    hb_buffer_t *buffer;
    struct hash *manners;
    int manner_count;
    struct slot *slots;
    size_t size, count; /* size is a power of two */
};

static void destroy_buffer(void *buffer)
{
    hb_buffer_destroy(buffer);
}

struct shaper *shaper_new(struct arena *a)
{
    struct shaper *s = arena_alloc(a, sizeof *s);
    s->arena = a;
    s->cache = arena_inside(a);
    s->buffer = hb_buffer_create();
    if (!hb_buffer_allocation_successful(s->buffer))
        arena_exhausted(a);
    arena_defer(s->cache, destroy_buffer, s->buffer);
    s->manners = hash_new(s->cache);
    s->size = SLOTS_FIRST;
    s->slots = arena_array(s->cache, s->size, sizeof *s->slots);
    return s;
}

void shaper_end(struct shaper *s)
{
    arena_reset(s->cache);
}

/* ---- manners */

static void parse_features(struct arena *a, struct interned *in)
{
    struct text rest = text_of(in->manner.features), one;
    if (!rest.length)
        return;
    in->features = arena_array(a, FEATURES_MOST, sizeof *in->features);
    while (in->feature_count < FEATURES_MOST && text_split(&rest, ',', &one))
        if (hb_feature_from_string(one.at, (int)one.length, &in->features[in->feature_count]))
            in->feature_count++;
}

static struct interned *intern(struct shaper *s, const struct manner *m)
{
    struct interned *in = arena_alloc(s->arena, sizeof *in);
    in->manner = *m;
    in->manner.id = s->manner_count++;
    in->manner.features = m->features ? arena_string(s->arena, m->features) : "";
    in->manner.language = m->language ? arena_string(s->arena, m->language) : "";
    in->language = hb_language_from_string(*in->manner.language ? in->manner.language : "und", -1);
    in->seed = hash_bytes(HASH_SEED, &in->manner.id, sizeof in->manner.id);
    parse_features(s->arena, in);
    return in;
}

const struct manner *shaper_manner(struct shaper *s, const struct manner *m)
{
    const char *language = m->language ? m->language : "", *features = m->features ? m->features : "";
    char small[256];
    int n = snprintf(small, sizeof small, "%p %x %d %s %s", (const void *)m->face, (unsigned)m->script,
                     m->right_to_left, language, features);
    struct text key = {small, (size_t)n};
    if (n < 0 || (size_t)n >= sizeof small)
        key = text_of(arena_printf(s->arena, "%p %x %d %s %s", (const void *)m->face, (unsigned)m->script,
                                   m->right_to_left, language, features));
    struct interned *in = hash_find(s->manners, key);
    if (!in) {
        in = intern(s, m);
        hash_put(s->manners, key, in);
    }
    return &in->manner;
}

/* ---- shaping */

static int16_t small(hb_position_t v)
{
    return (int16_t)(v < INT16_MIN ? INT16_MIN : v > INT16_MAX ? INT16_MAX : v);
}

/* One allocation: the struct, its glyphs, a copy of the text. */
static struct shaped *shaped_new(struct shaper *s, const struct manner *m, struct text t, size_t count)
{
    size_t glyphs = count * sizeof(struct glyph);
    struct shaped *out = arena_alloc(s->arena, sizeof *out + glyphs + t.length);
    char *text = (char *)out + sizeof *out + glyphs;
    if (t.length)
        memcpy(text, t.at, t.length);
    out->manner = m;
    out->text = text;
    out->length = (uint32_t)t.length;
    return out;
}

/* Adds what stands in the buffer. */
static void copy_out(struct shaper *s, struct shaped *out)
{
    unsigned count;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(s->buffer, &count);
    const hb_glyph_position_t *position = hb_buffer_get_glyph_positions(s->buffer, &count);
    for (unsigned i = 0; i < count; i++) {
        out->glyphs[out->count++] =
            (struct glyph){.id = info[i].codepoint,
                           .cluster = info[i].cluster & INT32_MAX,
                           .joined = (info[i].mask & HB_GLYPH_FLAG_UNSAFE_TO_BREAK) != 0,
                           .advance = position[i].x_advance,
                           .dx = small(position[i].x_offset),
                           .dy = small(position[i].y_offset)};
        out->width += position[i].x_advance;
    }
}

/* Shapes the bytes from `from` to before `to` into the buffer, in sight of those around. Gives the glyphs'
 * number. */
static unsigned shape_bytes(struct shaper *s, const struct interned *in, struct text t, size_t from,
                            size_t to)
{
    hb_buffer_t *b = s->buffer;
    hb_buffer_clear_contents(b);
    hb_buffer_set_flags(b, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    hb_buffer_set_direction(b, in->manner.right_to_left ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(b, in->manner.script);
    hb_buffer_set_language(b, in->language);
    hb_buffer_add_utf8(b, t.at, (int)t.length, (unsigned)from, (int)(to - from));
    bool done = hb_shape_full(in->manner.face->hb_font, b, in->features, in->feature_count, NULL);
    if (!done || !hb_buffer_allocation_successful(b))
        arena_exhausted(s->arena);
    return hb_buffer_get_length(b);
}

/* The end of the piece that begins at `from`: at most PIECE_BYTES on, and not within a character. */
static size_t piece_end(struct text t, size_t from)
{
    size_t end = from + PIECE_BYTES;
    if (end >= t.length)
        return t.length;
    while (end > from + 1 && ((unsigned char)t.at[end] & 0xC0) == 0x80)
        end--;
    return end;
}

/* What is longer than any word is shaped in pieces: HarfBuzz takes time square in the marks on one letter. */
static struct shaped *shape_long(struct shaper *s, const struct interned *in, struct text t)
{
    size_t most = t.length / (PIECE_BYTES - UTF8_MOST) + 1, n = 0;
    size_t *ends = arena_array(s->arena, most, sizeof *ends);
    struct shaped **pieces = arena_array(s->arena, most, sizeof(struct shaped *));
    size_t count = 0;
    for (size_t from = 0; from < t.length; from = ends[n++]) {
        ends[n] = piece_end(t, from);
        pieces[n] = shaped_new(s, &in->manner, (struct text){0}, shape_bytes(s, in, t, from, ends[n]));
        copy_out(s, pieces[n]);
        count += pieces[n]->count;
    }
    struct shaped *out = shaped_new(s, &in->manner, t, count);
    for (size_t i = 0; i < n; i++) { /* glyphs stand from left to right */
        const struct shaped *piece = pieces[in->manner.right_to_left ? n - 1 - i : i];
        memcpy(out->glyphs + out->count, piece->glyphs, piece->count * sizeof *piece->glyphs);
        out->count += piece->count;
        out->width += piece->width;
    }
    return out;
}

static struct shaped *shape_anew(struct shaper *s, const struct interned *in, struct text t)
{
    if (t.length > PIECE_BYTES)
        return shape_long(s, in, t);
    struct shaped *out = shaped_new(s, &in->manner, t, shape_bytes(s, in, t, 0, t.length));
    copy_out(s, out);
    return out;
}

static struct slot *slot_for(struct slot *slots, size_t size, uint64_t code, const struct manner *m,
                             struct text t)
{
    size_t i = (size_t)(code ^ code >> 32) & (size - 1);
    for (;; i = (i + 1) & (size - 1)) {
        const struct shaped *at = slots[i].shaped;
        if (!at ||
            (slots[i].code == code && at->manner == m && text_equal((struct text){at->text, at->length}, t)))
            return &slots[i];
    }
}

static void grow(struct shaper *s)
{
    size_t size = s->size * 2;
    struct slot *slots = arena_array(s->cache, size, sizeof *slots);
    for (size_t i = 0; i < s->size; i++) {
        const struct shaped *at = s->slots[i].shaped;
        if (at)
            *slot_for(slots, size, s->slots[i].code, at->manner, (struct text){at->text, at->length}) =
                s->slots[i];
    }
    s->slots = slots;
    s->size = size;
}

const struct shaped *shape(struct shaper *s, const struct manner *m, struct text t)
{
    const struct interned *in = (const struct interned *)m;
    if (t.length > CACHED_BYTES)
        return shape_anew(s, in, t);
    uint64_t code = hash_bytes(in->seed, t.at, t.length);
    struct slot *slot = slot_for(s->slots, s->size, code, m, t);
    if (slot->shaped)
        return slot->shaped;
    const struct shaped *shaped = shape_anew(s, in, t);
    *slot = (struct slot){code, shaped};
    if (++s->count * 2 > s->size)
        grow(s);
    return shaped;
}
