#include "fonts/installed.h"
#include <stdlib.h>

static void destroy_config(void *config)
{
    FcConfigDestroy(config);
}

static const char *string_of(const FcPattern *p, const char *object, int n)
{
    FcChar8 *s;
    return FcPatternGetString(p, object, n, &s) == FcResultMatch ? (const char *)s : NULL;
}

static bool is_true(const FcPattern *p, const char *object)
{
    FcBool b;
    return FcPatternGetBool(p, object, 0, &b) == FcResultMatch && b == FcTrue;
}

static int number_of(const FcPattern *p, const char *object, int otherwise)
{
    double d;
    return FcPatternGetDouble(p, object, 0, &d) == FcResultMatch ? (int)(d + 0.5) : otherwise;
}

/* The number at the end of a name, as optical sizes are named; 0 when there is none. */
static int number_at_end(const char *name)
{
    size_t n = strlen(name), digits = 0;
    while (digits < n && ascii_digit(name[n - 1 - digits]))
        digits++;
    bool apart = digits > 0 && digits <= 2 && digits < n && name[n - digits - 1] == ' ';
    return apart ? atoi(name + n - digits) : 0;
}

static int css_weight(const FcPattern *p)
{
    double d;
    if (FcPatternGetDouble(p, FC_WEIGHT, 0, &d) != FcResultMatch)
        return 400; /* a variable font: its default instance */
    int w = (int)(FcWeightToOpenTypeDouble(d) + 0.5);
    return w < 100 ? 100 : w > 900 ? 900 : w;
}

/* What stands in the upper half of an index: 0, a named instance's number, or this for the font as a range.
 */
enum { VARIABLE = 0x8000 };

static bool has_format(const FcPattern *p, const char *name)
{
    const char *format = string_of(p, FC_FONTFORMAT, 0);
    return format && strcmp(format, name) == 0;
}

static bool usable(const FcPattern *p)
{
    int index = 0;
    FcPatternGetInteger(p, FC_INDEX, 0, &index);
    return (has_format(p, "TrueType") || has_format(p, "CFF")) && is_true(p, FC_SCALABLE) &&
           !is_true(p, FC_COLOR) && (unsigned)index >> 16 < VARIABLE && string_of(p, FC_FILE, 0) &&
           string_of(p, FC_FAMILY, 0);
}

static void fill(struct arena *a, struct candidate *c, const FcPattern *p)
{
    c->family = arena_string(a, string_of(p, FC_FAMILY, 0));
    c->path = arena_string(a, string_of(p, FC_FILE, 0));
    FcPatternGetInteger(p, FC_INDEX, 0, &c->index);
    c->weight = css_weight(p);
    c->width = number_of(p, FC_WIDTH, 100);
    int slant = number_of(p, FC_SLANT, FC_SLANT_ROMAN);
    c->slant = slant == FC_SLANT_ROMAN    ? SLANT_ROMAN
               : slant == FC_SLANT_ITALIC ? SLANT_ITALIC
                                          : SLANT_OBLIQUE;
    c->cff = has_format(p, "CFF");
    c->mono = number_of(p, FC_SPACING, FC_PROPORTIONAL) >= FC_MONO;
    FcCharSet *characters;
    if (FcPatternGetCharSet(p, FC_CHARSET, 0, &characters) == FcResultMatch)
        c->characters = characters;
    FcLangSet *languages;
    if (FcPatternGetLangSet(p, FC_LANG, 0, &languages) == FcResultMatch)
        c->languages = languages;
}

static struct text lower(struct arena *a, const char *name)
{
    struct text t = text_of(name);
    char *copy = text_copy(a, t);
    for (size_t i = 0; i < t.length; i++)
        copy[i] = ascii_lower(copy[i]);
    return (struct text){copy, t.length};
}

static void family_add(struct arena *a, struct family *f, struct candidate *c)
{
    if (f->count && f->faces[f->count - 1] == c)
        return; /* one face may name its family twice */
    f->faces = arena_room(a, f->faces, f->count, &f->size, sizeof *f->faces);
    f->faces[f->count++] = c;
}

static void index_names(struct arena *a, struct installed *in, struct candidate *c, const FcPattern *p)
{
    const char *name;
    for (int i = 0; (name = string_of(p, FC_FAMILY, i)) != NULL; i++) {
        struct text key = lower(a, name);
        struct family *f = hash_find(in->families, key);
        if (!f) {
            f = arena_alloc(a, sizeof *f);
            hash_put(in->families, key, f);
        }
        family_add(a, f, c);
        if (!c->design_size)
            c->design_size = number_at_end(name);
    }
}

struct installed *installed_new(struct arena *a)
{
    struct installed *in = arena_alloc(a, sizeof *in);
    in->families = hash_new(a);
    FcConfig *config = arena_must(a, FcInitLoadConfigAndFonts()); /* without files it has its own defaults */
    arena_defer(a, destroy_config, config);
    const FcFontSet *fonts = FcConfigGetFonts(config, FcSetSystem);
    size_t count = fonts ? (size_t)fonts->nfont : 0;
    in->all = arena_array(a, count, sizeof *in->all);
    for (size_t i = 0; i < count; i++)
        if (usable(fonts->fonts[i])) {
            struct candidate *c = &in->all[in->count++];
            fill(a, c, fonts->fonts[i]);
            index_names(a, in, c, fonts->fonts[i]);
        }
    return in;
}

/* The same design under another name. */
static const char *const ALIASES[][2] = {
    {"linux libertine", "linux libertine o"},
    {"linux libertine g", "linux libertine o"},
    {"linux biolinum", "linux biolinum o"},
    {"linux biolinum g", "linux biolinum o"},
};

const struct family *installed_family(struct arena *a, const struct installed *in, const char *name)
{
    struct text key = lower(a, name);
    const struct family *f = hash_find(in->families, key);
    for (size_t i = 0; !f && i < sizeof ALIASES / sizeof *ALIASES; i++)
        if (text_is(key, ALIASES[i][0]))
            f = hash_find(in->families, text_of(ALIASES[i][1]));
    return f;
}

/* ---- which is nearest (CSS Fonts 4 §5.2: width, then style, then weight) */

static int width_rank(int width)
{
    return width <= 100 ? 100 - width : 1000 + width;
}

static int slant_rank(enum slant s, bool italic)
{
    return italic ? SLANT_ITALIC - (int)s : (int)s;
}

static int weight_rank(int wish, int weight)
{
    enum { SECOND = 1000, THIRD = 2000 };
    if (wish >= 400 && wish <= 500) {
        if (weight >= wish && weight <= 500)
            return weight - wish;
        return weight < wish ? SECOND + wish - weight : THIRD + weight;
    }
    if (wish < 400)
        return weight <= wish ? wish - weight : SECOND + weight;
    return weight >= wish ? weight - wish : SECOND + wish - weight;
}

/* How far a face drawn for one size is from that of a text. */
static int design_rank(int size)
{
    enum { TEXT_SIZE = 11 };
    return size ? abs(size - TEXT_SIZE) : 0;
}

int closer_candidate(const struct candidate *x, const struct candidate *y, int weight, bool italic)
{
    const int ranks[][2] = {
        {width_rank(x->width), width_rank(y->width)},
        {slant_rank(x->slant, italic), slant_rank(y->slant, italic)},
        {weight_rank(weight, x->weight), weight_rank(weight, y->weight)},
        {design_rank(x->design_size), design_rank(y->design_size)},
        {!x->cff, !y->cff},
    };
    for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++)
        if (ranks[i][0] != ranks[i][1])
            return ranks[i][0] < ranks[i][1] ? -1 : 1;
    int path = strcmp(x->path, y->path);
    return path ? path : x->index - y->index;
}

struct candidate *best_candidate(const struct installed *in, const struct opened *opened,
                                 const struct family *family, int weight, bool italic)
{
    struct candidate *best = NULL;
    for (size_t i = 0; i < family->count; i++) {
        struct candidate *c = family->faces[i];
        if (!opened[c - in->all].refused && (!best || closer_candidate(c, best, weight, italic) < 0))
            best = c;
    }
    return best;
}
