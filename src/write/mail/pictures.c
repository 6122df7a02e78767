#include "base/io.h"
#include "document/raster.h"
#include "write/mail/letter.h"
#include "write/mail/scale.h"

/* How wide a drawing is that doesn't say it. */
enum { DRAWING_PX = 600 };

struct finding {
    struct letter *l;
    struct cut_walk walk;
    struct mail_picture **end;
    int count;
};

/* The name with the suffix of what it is now. */
static const char *with_suffix(struct arena *a, const char *name, const char *suffix)
{
    const char *own = io_suffix(name);
    if (!suffix || text_is_nocase(text_of(own), suffix))
        return name;
    return arena_printf(a, "%.*s%s", (int)(own - name), name, suffix);
}

/* Mail programs show no drawings: it goes as pixels, twice as many as are shown, for screens that are fine.
 */
static void draw(struct letter *l, struct mail_picture *p)
{
    const struct resource *r = p->resource;
    int shown = r->width_px > 0 ? r->width_px : DRAWING_PX;
    int width = 2 * shown < MAIL_PICTURE_PX ? 2 * shown : MAIL_PICTURE_PX;
    double height = r->width_px > 0 && r->height_px > 0 ? (double)width * r->height_px / r->width_px : width;
    p->bytes = (struct text){NULL, 0};
    if (height < 1 || height > MAIL_PICTURE_PX * 8 ||
        raster_svg(l->arena, r, width, (int)(height + 0.5), &p->bytes) != 0)
        return;
    p->media_type = "image/png";
    p->width_px = width;
    p->shown_px = shown;
    p->file = with_suffix(l->arena, p->file, ".png");
}

static struct mail_picture *prepare(struct letter *l, const struct resource *r)
{
    struct mail_picture *p = arena_alloc(l->arena, sizeof *p);
    *p = (struct mail_picture){
        .resource = r,
        .bytes = r->bytes,
        .file = with_suffix(l->arena, io_basename(r->name), r->href ? io_suffix(r->href) : NULL),
        .media_type = r->media_type,
        .width_px = r->width_px,
        .shown_px = r->width_px};
    if (strcmp(r->media_type, "image/svg+xml") != 0)
        return p;
    draw(l, p);
    struct place at = resource_place(l->d, r);
    if (!p->bytes.length)
        message(l->d->messages, SEVERITY_LOST, "mail.picture", &at,
                "The drawing %s can't be drawn: its alternative text stands in the mail. Save it anew as PNG "
                "or JPEG.",
                r->name);
    return p;
}

static void add(struct finding *f, const char *src)
{
    struct letter *l = f->l;
    struct text name = text_of(src);
    const struct resource *r = hash_find(l->d->resource_of, name);
    if (!r || !r->media_type || hash_find(l->picture_of, name))
        return;
    struct mail_picture *p = hash_find(l->prepared, name);
    if (!p) {
        p = prepare(l, r);
        hash_put(l->prepared, name, p);
    }
    if (!p->bytes.length)
        return;
    unsigned long long hash = hash_bytes(HASH_SEED, r->bytes.at, r->bytes.length);
    p->cid = arena_printf(l->arena, "%d.%016llx@octavo.invalid", ++f->count, hash);
    p->next = NULL;
    *f->end = p;
    f->end = &p->next;
    hash_put(l->picture_of, name, p);
}

static enum walk see(xmlNode *n, void *user)
{
    struct finding *f = user;
    if (n->type != XML_ELEMENT_NODE)
        return WALK_ON;
    if (cut_enter(&f->walk, n) != CUT_WRITE)
        return WALK_SKIP;
    const char *src = tree_kind(n) == ELEMENT_IMG ? tree_get(n, "src") : NULL;
    if (src)
        add(f, src);
    return WALK_ON;
}

static void leave(xmlNode *n, void *user)
{
    cut_leave(&((struct finding *)user)->walk, n);
}

void pictures_find(struct letter *l)
{
    static const struct walker walker = {see, leave};
    struct finding f = {.l = l, .walk = {.cut = &l->cut}, .end = &l->pictures};
    l->pictures = NULL;
    l->picture_of = hash_new(l->arena);
    tree_walk(l->d->body, &walker, &f);
}

/* From what it was at first, so that steps don't add up. */
static struct text scaled(struct arena *a, const struct mail_picture *p, int width_px, int quality)
{
    struct text bytes = p->media_type == p->resource->media_type ? p->resource->bytes : p->bytes;
    if (strcmp(p->media_type, "image/jpeg") == 0)
        return scale_jpeg(a, bytes, width_px, quality);
    if (strcmp(p->media_type, "image/png") == 0)
        return scale_png(a, bytes, width_px);
    return (struct text){"", 0};
}

static void end_arena(void *what)
{
    struct arena **own = what;
    arena_free(*own);
    *own = NULL;
}

/* That picture, smaller; what is decoded ends here. An empty text when it wouldn't be less. */
static struct text smaller(struct arena *a, const struct mail_picture *p, int width_px, int quality)
{
    if (p->width_px <= width_px)
        return (struct text){"", 0};
    struct arena **own = arena_alloc(a, sizeof *own);
    arena_defer(a, end_arena, own);
    *own = arena_must(a, arena_new(arena_failure(a)));
    struct text bytes = scaled(*own, p, width_px, quality);
    bool less = bytes.length && bytes.length < p->bytes.length;
    struct text kept = {less ? arena_copy(a, bytes.at, bytes.length) : "", less ? bytes.length : 0};
    end_arena(own);
    return kept;
}

bool pictures_reduce(struct letter *l, int width_px, int quality)
{
    bool any = false;
    for (struct mail_picture *p = l->pictures; p; p = p->next) {
        struct text bytes = smaller(l->arena, p, width_px, quality);
        if (!bytes.length)
            continue;
        p->bytes = bytes;
        p->width_px = width_px;
        any = true;
    }
    return any;
}

/* ---- of what is attached */

/* A picture of the document and what it was. */
struct exchange {
    struct resource *resource, was;
};

static size_t count_resources(const struct document *d)
{
    size_t count = 0;
    for (const struct resource *r = d->resources; r; r = r->next)
        count++;
    return count;
}

static size_t exchange_all(const struct letter *l, int width_px, int quality, struct exchange *list)
{
    size_t count = 0;
    for (struct resource *r = l->d->resources; r; r = r->next) {
        const struct mail_picture p = {
            .resource = r, .bytes = r->bytes, .media_type = r->media_type, .width_px = r->width_px};
        struct text bytes = r->media_type ? smaller(l->arena, &p, width_px, quality) : (struct text){"", 0};
        if (!bytes.length)
            continue;
        list[count++] = (struct exchange){r, *r};
        r->bytes = bytes;
        r->height_px = (int)((long long)r->height_px * width_px / r->width_px);
        r->width_px = width_px;
    }
    return count;
}

bool pictures_reduce_attached(const struct letter *l, int width_px, int quality, struct mail_attachment *to)
{
    if (!l->o->remake)
        return false;
    struct exchange *list = arena_array(l->arena, count_resources(l->d) + 1, sizeof *list);
    size_t count = exchange_all(l, width_px, quality, list);
    for (size_t i = 0; count && i < l->o->attachment_count; i++) {
        struct text bytes = l->o->remake(i, l->o->user);
        if (bytes.at)
            to[i].bytes = bytes;
    }
    for (size_t i = 0; i < count; i++)
        *list[i].resource = list[i].was;
    return count > 0;
}
