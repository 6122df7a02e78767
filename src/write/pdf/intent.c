/* The output intent (ISO 32000-1 §14.11.5, ISO 19005-2 §6.2.3): the style's profile, or sRGB. Colours and
 * pictures without a profile are sRGB; where the intent is another they say so (DefaultRGB, §8.6.5.6). */
#include "base/utf8.h"
#include "write/pdf/profile.h"
#include "write/pdf/syntax.h"
#include "write/pdf/writer.h"

enum { SPACE = 16, CLASS = 12, TAGS = 128, TAG = 12, NAME_MOST = 100 };

static uint32_t big_endian(struct text t, size_t at, int bytes)
{
    uint32_t value = 0;
    for (int i = 0; i < bytes; i++)
        value = value << 8 | (at + (size_t)i < t.length ? (unsigned char)t.at[at + (size_t)i] : 0U);
    return value;
}

static int components_of(struct text profile)
{
    static const struct {
        const char space[5];
        int count;
    } spaces[] = {{"GRAY", 1}, {"RGB ", 3}, {"CMYK", 4}};
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (profile.length > TAGS && memcmp(profile.at + SPACE, spaces[i].space, 4) == 0 &&
            profile_fits(profile, spaces[i].count))
            return spaces[i].count;
    return 0;
}

/* Of a screen or a printer? Others may be no output intent. */
static bool is_output(struct text profile)
{
    return memcmp(profile.at + CLASS, "mntr", 4) == 0 || memcmp(profile.at + CLASS, "prtr", 4) == 0;
}

static struct text tag_of(struct text profile, const char *name)
{
    uint32_t count = big_endian(profile, TAGS, 4);
    for (uint32_t i = 0; i < count && i < 100; i++) {
        size_t at = TAGS + 4 + TAG * (size_t)i;
        size_t from = big_endian(profile, at + 4, 4), length = big_endian(profile, at + 8, 4);
        if (at + TAG <= profile.length && memcmp(profile.at + at, name, 4) == 0)
            return text_slice(profile, from, from + length);
    }
    return (struct text){"", 0};
}

/* What the profile calls itself, in ASCII: a textDescriptionType of version 2, or the first text of a
 * multiLocalizedUnicodeType. NULL: nothing. */
static const char *profile_name(struct arena *a, struct text profile)
{
    enum { KIND = 4, COUNT = 8, FIRST = 12, LENGTH = 20, OFFSET = 24 };
    struct text desc = tag_of(profile, "desc");
    bool wide = desc.length > OFFSET && memcmp(desc.at, "mluc", KIND) == 0;
    if (!wide && (desc.length <= FIRST || memcmp(desc.at, "desc", KIND) != 0))
        return NULL;
    size_t step = wide ? 2 : 1, from = wide ? big_endian(desc, OFFSET, 4) : FIRST;
    size_t count = big_endian(desc, wide ? LENGTH : COUNT, 4) / step;
    struct buf *b = buf_new(a);
    for (size_t i = 0; i < count && i < NAME_MOST; i++) {
        uint32_t c = big_endian(desc, from + i * step, (int)step);
        if (c >= ' ' && c < 127)
            buf_byte(b, (char)c);
    }
    return b->length ? text_copy(a, buf_view(b)) : NULL;
}

void writer_profile(struct writer *w)
{
    struct intent *intent = &w->intent;
    const struct style_intent *asked = w->options->styles ? styles_intent(w->options->styles) : NULL;
    *intent = (struct intent){.components = 3};
    struct text profile;
    if (!asked || io_read(w->arena, asked->path, w->messages, SEVERITY_WARNING, &asked->place, &profile) != 0)
        return;
    int components = components_of(profile);
    if (!components || !is_output(profile)) {
        message(w->messages, SEVERITY_WARNING, "pdf.profile", &asked->place,
                "%s is no ICC profile, up to version 4, of a screen or a printer with gray, RGB or CMYK; the "
                "PDF's output intent is sRGB.",
                io_basename(asked->path));
        return;
    }
    intent->profile = profile;
    intent->components = components;
    intent->name = profile_name(w->arena, profile);
    if (!intent->name)
        intent->name = io_basename(asked->path);
    intent->srgb = store_add_deflated(w->store, TEXT("/N 3"), srgb_profile(w->arena));
}

/* The colour space of what is written as DeviceRGB. */
void print_srgb(const struct writer *w, struct buf *b)
{
    if (w->intent.srgb)
        buf_printf(b, "[/ICCBased %d 0 R]", w->intent.srgb);
    else
        buf_string(b, "/DeviceRGB");
}

int writer_intent(struct writer *w)
{
    const struct intent *intent = &w->intent;
    struct buf *b = buf_new(w->arena);
    struct text profile = intent->profile.length ? intent->profile : srgb_profile(w->arena);
    buf_printf(b, "/N %d", intent->components);
    int object = store_add_deflated(w->store, buf_view(b), profile);
    buf_clear(b);
    buf_string(b, "/Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier");
    if (intent->name) {
        writer_text(w, b, text_of(intent->name));
        buf_string(b, "/Info");
        writer_text(w, b, text_of(intent->name));
    } else {
        buf_string(b, "(sRGB)/Info(sRGB IEC61966-2.1)/RegistryName(http://www.color.org)");
    }
    buf_string(b, "/DestOutputProfile");
    pdf_ref(b, object);
    int made = store_add(w->store, buf_view(b));
    buf_free(b);
    return made;
}
