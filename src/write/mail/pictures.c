#include "base/io.h"
#include "write/mail/letter.h"
#include "write/mail/scale.h"

struct finding {
    struct letter *l;
    struct cut_walk walk;
    struct mail_picture **end;
    int count;
};

static void add(struct finding *f, const char *src)
{
    struct letter *l = f->l;
    const struct resource *r = hash_find(l->d->resource_of, text_of(src));
    if (!r || !r->media_type || hash_find(l->picture_of, text_of(src)))
        return;
    struct mail_picture *p = arena_alloc(l->arena, sizeof *p);
    unsigned long long hash = hash_bytes(HASH_SEED, r->bytes.at, r->bytes.length);
    *p = (struct mail_picture){.resource = r, .bytes = r->bytes, .width_px = r->width_px};
    p->cid = arena_printf(l->arena, "%d.%016llx@octavo.invalid", ++f->count, hash);
    p->file = io_basename(r->name);
    *f->end = p;
    f->end = &p->next;
    hash_put(l->picture_of, text_of(src), p);
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

static struct text scaled(struct arena *a, const struct resource *r, int width_px, int quality)
{
    if (strcmp(r->media_type, "image/jpeg") == 0)
        return scale_jpeg(a, r->bytes, width_px, quality);
    if (strcmp(r->media_type, "image/png") == 0)
        return scale_png(a, r->bytes, width_px);
    return (struct text){"", 0};
}

static void end_arena(void *what)
{
    struct arena **own = what;
    arena_free(*own);
    *own = NULL;
}

/* What is decoded ends with each picture. */
static bool reduce(struct letter *l, struct mail_picture *p, int width_px, int quality)
{
    struct arena **own = arena_alloc(l->arena, sizeof *own);
    arena_defer(l->arena, end_arena, own);
    *own = arena_must(l->arena, arena_new(arena_failure(l->arena)));
    struct text bytes = scaled(*own, p->resource, width_px, quality);
    bool smaller = bytes.length && bytes.length < p->bytes.length;
    if (smaller) {
        p->bytes = (struct text){arena_copy(l->arena, bytes.at, bytes.length), bytes.length};
        p->width_px = width_px;
    }
    end_arena(own);
    return smaller;
}

bool pictures_reduce(struct letter *l, int width_px, int quality)
{
    bool any = false;
    for (struct mail_picture *p = l->pictures; p; p = p->next)
        if (p->width_px > width_px && reduce(l, p, width_px, quality))
            any = true;
    return any;
}
