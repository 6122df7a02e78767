/* Pictures become image XObjects; the pages' names for them are their numbers. */
#include "base/pool.h"
#include "write/pdf/profile.h"
#include "write/pdf/syntax.h"
#include "write/pdf/vector.h"
#include "write/pdf/writer.h"

static void read_one(void *user, size_t i)
{
    picture_read(((struct picture **)user)[i]);
}

static void picture_end(void *what)
{
    arena_free(what);
}

static void read_all(struct writer *w)
{
    size_t count = hash_count(w->picture_of), n = 0;
    struct picture **list = arena_array(w->arena, count + 1, sizeof(struct picture *));
    for (struct picture *p = w->pictures; p; p = p->next) {
        p->arena = arena_must(w->arena, arena_new(&p->failure));
        arena_defer(w->arena, picture_end, p->arena);
        p->pixels = w->intent.srgb;
        list[n++] = p;
    }
    pool_run(w->options->threads, n, read_one, list);
}

/* The object of a profile; each profile stands once in the file. */
static int profile_object(struct writer *w, struct hash *profiles, struct text bytes, int components)
{
    int *known = hash_find(profiles, bytes);
    if (known)
        return *known;
    int *object = arena_alloc(w->arena, sizeof *object);
    char entries[16] = "/N 3";
    entries[3] = (char)('0' + components);
    *object = store_add_deflated(w->store, text_of(entries), bytes);
    hash_put(profiles, bytes, object);
    return *object;
}

static int mask_object(struct writer *w, const struct picture *p)
{
    struct buf *b = buf_new(w->arena);
    buf_printf(b,
               "/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8"
               "/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors 1/BitsPerComponent 8/Columns %d>>",
               p->width, p->height, p->width);
    int object = store_add_stream(w->store, buf_view(b), p->mask);
    buf_free(b);
    return object;
}

static void make_object(struct writer *w, struct hash *profiles, struct picture *p)
{
    struct text profile = p->profile;
    if (profile.length && text_equal(profile, w->intent.profile) && p->components == 4)
        profile = (struct text){NULL, 0}; /* ISO 19005-4 §6.2.4.2: the intent itself says it */
    else if (!profile.length && p->components == 4 && w->intent.components != 4) /* ISO 19005-2 §6.2.4.3 */
        profile = cmyk_profile(w->arena);
    struct buf *b = buf_new(w->arena);
    buf_printf(b, "/Type/XObject/Subtype/Image/Width %d/Height %d", p->width, p->height);
    if (profile.length)
        buf_printf(b, "/ColorSpace[/ICCBased %d 0 R]", profile_object(w, profiles, profile, p->components));
    else
        buf_printf(b, "/ColorSpace%s", p->space);
    buf_text(b, p->entries);
    if (p->mask.length)
        buf_printf(b, "/SMask %d 0 R", mask_object(w, p));
    p->object = store_add_stream(w->store, buf_view(b), p->data);
    buf_free(b);
}

static void make_drawing(struct writer *w, struct picture *p)
{
    p->object = vector_form(w->arena, w->store, p->vector, p->width, p->height);
    if (!p->object)
        picture_read_pixels(p);
}

static void tell(const struct writer *w, const struct picture *p)
{
    struct place place = resource_place(w->document, p->resource);
    if (p->fault)
        message(w->messages, SEVERITY_LOST, "pdf.image", &place,
                "The picture %s %s; it is left out of the PDF. Save it anew as PNG or JPEG.",
                p->resource->name, p->fault);
    else if (p->drawing)
        message(w->messages, SEVERITY_NOTE, "pdf.drawing", &place,
                "The drawing %s stands in the PDF as a picture of %d by %d pixels.", p->resource->name,
                p->width, p->height);
}

void writer_pictures(struct writer *w)
{
    struct hash *profiles = hash_new(w->arena);
    read_all(w);
    for (struct picture *p = w->pictures; p; p = p->next) {
        if (p->vector.length)
            make_drawing(w, p);
        if (p->exhausted)
            arena_exhausted(w->arena);
        if (!p->fault && !p->object)
            make_object(w, profiles, p);
        tell(w, p);
    }
}
