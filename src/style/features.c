/* Font features (CSS Fonts 4 §6 and §7): the words of font-variant-*, font-kerning and
 * font-feature-settings become one canonical list for HarfBuzz. */
#include "base/buf.h"
#include "style/properties.h"
#include <stdlib.h>

#define CAPS "font-variant-caps"
#define NUMERIC "font-variant-numeric"
#define LIGATURES "font-variant-ligatures"
#define POSITION "font-variant-position"
#define ALTERNATES "font-variant-alternates"

static const struct variant variants[] = {
    {"small-caps", CAPS, 1, 63, "smcp"},
    {"all-small-caps", CAPS, 2, 63, "c2sc,smcp"},
    {"petite-caps", CAPS, 4, 63, "pcap"},
    {"all-petite-caps", CAPS, 8, 63, "c2pc,pcap"},
    {"unicase", CAPS, 16, 63, "unic"},
    {"titling-caps", CAPS, 32, 63, "titl"},
    {"lining-nums", NUMERIC, 1, 3, "lnum"},
    {"oldstyle-nums", NUMERIC, 2, 3, "onum"},
    {"proportional-nums", NUMERIC, 4, 12, "pnum"},
    {"tabular-nums", NUMERIC, 8, 12, "tnum"},
    {"diagonal-fractions", NUMERIC, 16, 48, "frac"},
    {"stacked-fractions", NUMERIC, 32, 48, "afrc"},
    {"ordinal", NUMERIC, 64, 64, "ordn"},
    {"slashed-zero", NUMERIC, 128, 128, "zero"},
    {"common-ligatures", LIGATURES, 1, 3, "clig,liga"},
    {"no-common-ligatures", LIGATURES, 2, 3, "-clig,-liga"},
    {"discretionary-ligatures", LIGATURES, 4, 12, "dlig"},
    {"no-discretionary-ligatures", LIGATURES, 8, 12, "-dlig"},
    {"historical-ligatures", LIGATURES, 16, 48, "hlig"},
    {"no-historical-ligatures", LIGATURES, 32, 48, "-hlig"},
    {"contextual", LIGATURES, 64, 192, "calt"},
    {"no-contextual", LIGATURES, 128, 192, "-calt"},
    {"none", LIGATURES, 256, 511, "-calt,-clig,-dlig,-hlig,-liga"},
    {"sub", POSITION, 1, 3, "subs"},
    {"super", POSITION, 2, 3, "sups"},
    {"historical-forms", ALTERNATES, 1, 1, "hist"},
};
enum { VARIANTS = sizeof variants / sizeof variants[0] };

const struct keyword variant_kerning[] = {{"auto", 0}, {"normal", 1}, {"none", 2}, {NULL, 0}};

const struct variant *read_variant(struct reading *r, const char *property)
{
    for (const struct variant *w = variants; w < variants + VARIANTS; w++)
        if ((!property || strcmp(property, w->property) == 0) && read_word(r, w->word))
            return w;
    return NULL;
}

bool parse_variant(struct reading *r, const struct property *p, struct value *v)
{
    v->kind = VALUE_INTEGER;
    if (read_word(r, "normal"))
        return true;
    const struct variant *w;
    while ((w = read_variant(r, p->name))) {
        if (v->number & w->group)
            return false;
        v->number |= w->bit;
    }
    return v->number != 0;
}

/* ---- lists of features */

struct feature {
    char tag[5];
    int value;
};

struct feature_list {
    struct feature at[96];
    size_t count;
};

static void set(struct feature_list *l, const char *tag, int value)
{
    size_t i = 0;
    while (i < l->count && memcmp(l->at[i].tag, tag, 4) != 0)
        i++;
    if (i == sizeof l->at / sizeof l->at[0])
        return;
    memcpy(l->at[i].tag, tag, 4);
    l->at[i].tag[4] = '\0';
    l->at[i].value = value;
    l->count += i == l->count;
}

/* Adds a list in canonical form. */
static void add(struct feature_list *l, const char *list)
{
    struct text rest = text_of(list), piece;
    while (rest.length && text_split(&rest, ',', &piece)) {
        bool off = text_starts(piece, "-");
        int value = off ? 0 : 1;
        const char *tag = piece.at + off;
        if (!off && piece.length > 5)
            for (value = 0, piece = text_slice(piece, 5, piece.length); piece.length;
                 piece = text_slice(piece, 1, piece.length))
                value = value * 10 + (piece.at[0] - '0');
        set(l, tag, value);
    }
}

static int by_tag(const void *a, const void *b)
{
    return memcmp(((const struct feature *)a)->tag, ((const struct feature *)b)->tag, 4);
}

static const char *canonical(struct arena *a, struct feature_list *l)
{
    if (!l->count)
        return "";
    qsort(l->at, l->count, sizeof l->at[0], by_tag);
    struct buf *b = buf_new(a);
    for (size_t i = 0; i < l->count; i++) {
        const struct feature *f = &l->at[i];
        buf_string(b, i ? "," : "");
        buf_string(b, f->value ? "" : "-");
        buf_string(b, f->tag);
        if (f->value > 1)
            buf_printf(b, "=%d", f->value);
    }
    return text_copy(a, buf_view(b));
}

static bool good_tag(struct text t)
{
    for (size_t i = 0; i < t.length; i++)
        if (t.at[i] <= ' ' || t.at[i] > '~' || strchr(",-=\"", t.at[i]))
            return false;
    return t.length == 4;
}

bool parse_features(struct reading *r, const struct property *p, struct value *v)
{
    (void)p;
    struct feature_list list = {.count = 0};
    v->kind = VALUE_LIST;
    v->list = "";
    if (read_word(r, "normal"))
        return true;
    do {
        struct text tag;
        int value = 1;
        if (!read_string(r, &tag) || !good_tag(tag))
            return false;
        if (read_word(r, "off"))
            value = 0;
        else if (!read_word(r, "on"))
            read_integer(r, 0, 999, &value);
        set(&list, tag.at, value);
    } while (read_mark(r, ','));
    v->list = canonical(r->arena, &list);
    return true;
}

const char *features_of(struct arena *a, const struct computed *c)
{
    const struct {
        const char *property;
        int bits;
    } of[] = {{CAPS, c->caps},
              {NUMERIC, c->numeric},
              {LIGATURES, c->ligatures},
              {POSITION, c->position},
              {ALTERNATES, c->alternates}};
    struct feature_list list = {.count = 0};
    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++)
        for (const struct variant *w = variants; of[i].bits && w < variants + VARIANTS; w++)
            if ((w->bit & of[i].bits) && strcmp(w->property, of[i].property) == 0)
                add(&list, w->features);
    if (c->kerning == 2)
        add(&list, "-kern");
    add(&list, c->settings);
    return canonical(a, &list);
}
