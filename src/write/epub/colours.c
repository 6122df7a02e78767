/* Colours that the source gives to passages, by style attributes. In an e-book the paper is the reader's:
 * white, sepia or black. A colour is kept that stands out from the light ones (reading systems put their own
 * in its place at night), and a ground that comes with a colour which stands out from it. Measured as
 * WCAG 2.2 §1.4.3 asks.
 */
#include "style/parse.h"
#include "style/value.h"
#include "write/epub/book.h"
#include <math.h>

static const double LEAST = 4.5; /* to 1 */
enum { WHITE = 0xffffff, SEPIA = 0xf4ecd8 };

static double linear(uint32_t channel)
{
    double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t rgb)
{
    return 0.2126 * linear(rgb >> 16 & 0xff) + 0.7152 * linear(rgb >> 8 & 0xff) + 0.0722 * linear(rgb & 0xff);
}

static bool stands_out(uint32_t rgb, uint32_t ground)
{
    double a = luminance(rgb), b = luminance(ground);
    return (fmax(a, b) + 0.05) / (fmin(a, b) + 0.05) >= LEAST;
}

/* What a style attribute says of colours. */
struct saying {
    bool has_text, has_ground;
    uint32_t text, ground; /* 0xRRGGBB */
};

static bool is_ground(struct text name)
{
    return text_starts(name, "background");
}

static bool is_colour(const struct css_declaration *d)
{
    return text_is_nocase(d->name, "color") || is_ground(d->name);
}

/* The colour that is a declaration's whole value: VALUE_COLOR, or VALUE_NONE when it is another thing. */
static struct value colour_of(struct arena *a, const struct css_declaration *d)
{
    struct reading r = reading_of(a, d->value);
    struct value v = {.kind = VALUE_NONE};
    return read_color(&r, &v) && reading_done(&r) ? v : (struct value){.kind = VALUE_NONE};
}

static struct saying listen(struct arena *a, const struct css_declaration *list)
{
    struct saying s = {0};
    for (const struct css_declaration *d = list; d; d = d->next) {
        struct value v = is_colour(d) ? colour_of(a, d) : (struct value){.kind = VALUE_NONE};
        if (v.kind != VALUE_COLOR)
            continue;
        *(is_ground(d->name) ? &s.has_ground : &s.has_text) = true;
        *(is_ground(d->name) ? &s.ground : &s.text) = v.color;
    }
    return s;
}

static bool kept(struct arena *a, const struct saying *s, const struct css_declaration *d)
{
    static const char *const harmless[] = {"inherit", "unset", "initial", "none"};
    if (!is_colour(d))
        return true;
    for (size_t i = 0; i < sizeof harmless / sizeof harmless[0]; i++)
        if (d->value.count == 1 && text_is_nocase(d->value.at->raw, harmless[i]))
            return true;
    enum value_kind kind = colour_of(a, d).kind;
    if (kind == VALUE_CLEAR || kind == VALUE_CURRENT_COLOR)
        return true;
    if (kind == VALUE_NONE)
        return false;
    if (s->has_text && s->has_ground && stands_out(s->text, s->ground))
        return true;
    return !is_ground(d->name) && stands_out(s->text, WHITE) && stands_out(s->text, SEPIA);
}

static struct text written(const struct css_declaration *d)
{
    if (!d->value.count)
        return d->name;
    struct text last = d->value.at[d->value.count - 1].raw;
    return (struct text){d->name.at, (size_t)(last.at + last.length - d->name.at)};
}

const char *colours_kept(const char *style, struct buf *scratch, struct text *lost)
{
    if (!strstr(style, "color") && !strstr(style, "COLOR") && !strstr(style, "background"))
        return NULL;
    struct arena *a = scratch->arena;
    struct text copied = {arena_string(a, style), strlen(style)};
    const struct css_declaration *list =
        parse_declarations(a, messages_new(a, NULL, NULL), NULL, scan(a, copied));
    struct saying s = listen(a, list);
    bool all = true;
    buf_clear(scratch);
    for (const struct css_declaration *d = list; d; d = d->next) {
        if (kept(a, &s, d)) {
            buf_string(scratch, scratch->length ? "; " : "");
            buf_text(scratch, written(d));
            continue;
        }
        if (lost && all)
            *lost = written(d);
        all = false;
    }
    return all ? NULL : scratch->length ? scratch->data : "";
}
