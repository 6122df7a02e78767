#include "refine/refine.h"
#include "refine/ids.h"
#include "refine/links.h"
#include "refine/notes.h"
#include "refine/sections.h"

static void sections(struct document *d, const struct refine_options *o)
{
    (void)o;
    sections_make(d);
}

static void notes(struct document *d, const struct refine_options *o)
{
    notes_resolve(d, o->notes);
}

static void ids(struct document *d, const struct refine_options *o)
{
    (void)o;
    links_mend(d, ids_give(d));
}

/* In this order: words of our own need the language, notes need the sections, ids need all of the tree. */
static const struct pass {
    const char *name;
    void (*run)(struct document *d, const struct refine_options *o);
} passes[] = {
    {"sections", sections},
    {"notes", notes},
    {"ids", ids},
};

void refine(struct document *d, const struct refine_options *o)
{
    if (!d->meta.language)
        d->meta.language = "en";
    for (const struct pass *p = passes; p < passes + sizeof passes / sizeof passes[0]; p++)
        p->run(d, o);
}
