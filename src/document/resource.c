#include "base/io.h"
#include "document/document.h"

static bool in_address(const char *name)
{
    return text_starts(text_of(name), "data:");
}

static bool remote(const char *name)
{
    return text_starts(text_of(name), "//") || strstr(name, "://");
}

/* The path of `name` below the source's folder or one of the resource paths. NULL: it leads outside of all.
 */
static const char *find(struct document *d, const char *name)
{
    const char *first = d->source_folder ? io_below(d->arena, d->source_folder, name) : NULL;
    if (first && io_exists(first))
        return first;
    for (const struct word_list *w = d->resource_paths; w; w = w->next) {
        const char *path = io_below(d->arena, w->word, name);
        if (path && io_exists(path))
            return path;
        if (!first)
            first = path;
    }
    return first;
}

/* A name from the command line has no line; one in the text does. */
static struct resource *named_at(struct resource *r, const struct place *where)
{
    if (where && !r->place.line)
        r->place = *where;
    return r;
}

static void append(struct document *d, struct resource *r)
{
    struct resource **end = &d->resources;
    while (*end)
        end = &(*end)->next;
    *end = r;
    hash_put(d->resource_of, text_of(r->name), r);
}

struct resource *resource_get(struct document *d, const char *name, const struct place *where)
{
    struct resource *known = hash_find(d->resource_of, text_of(name));
    if (known)
        return named_at(known, where);
    if (in_address(name)) {
        message(
            d->messages, SEVERITY_LOST, "resource.remote", where,
            "A picture that is written into its address (%.12s…) is not read. Save it beside the source and "
            "name that file.",
            name);
        return NULL;
    }
    if (remote(name)) {
        message(d->messages, SEVERITY_LOST, "resource.remote", where,
                "%s lies on the network, which octavo never asks. Save it beside the source and name that "
                "file.",
                name);
        return NULL;
    }
    const char *path = find(d, name);
    if (!path) {
        message(
            d->messages, SEVERITY_LOST, "resource.outside", where,
            "%s lies outside of the source's folder. Move it there, or give its folder with --resource-path.",
            name);
        return NULL;
    }
    if (!io_exists(path)) {
        message(d->messages, SEVERITY_LOST, "resource.missing", where,
                "There is no file %s. Check its name, or give its folder with --resource-path.", name);
        return NULL;
    }
    struct resource *r = arena_alloc(d->arena, sizeof *r);
    if (io_read(d->arena, path, d->messages, SEVERITY_LOST, where, &r->bytes) != 0)
        return NULL;
    r->name = arena_string(d->arena, name);
    r->given = r->bytes;
    r->path = path;
    append(d, r);
    return named_at(r, where);
}

struct place resource_place(const struct document *d, const struct resource *r)
{
    return r->place.file ? r->place : (struct place){d->source_name, 0, 0};
}

static bool taken(const struct document *d, const char *href)
{
    for (const struct resource *r = d->resources; r; r = r->next)
        if (r->href && strcmp(r->href, href) == 0)
            return true;
    return false;
}

struct resource *resource_add(struct document *d, const char *href, const char *media_type, struct text bytes,
                              const int size_px[2])
{
    struct resource *r = arena_alloc(d->arena, sizeof *r);
    const char *suffix = io_suffix(href), *free_href = href;
    for (int n = 2; taken(d, free_href); n++)
        free_href =
            arena_printf(d->arena, "%.*s-%d%s", (int)(strlen(href) - strlen(suffix)), href, n, suffix);
    *r = (struct resource){.name = arena_printf(d->arena, "octavo://%s", free_href),
                           .path = "",
                           .href = arena_string(d->arena, free_href),
                           .media_type = media_type,
                           .bytes = bytes,
                           .width_px = size_px[0],
                           .height_px = size_px[1]};
    append(d, r);
    return r;
}
