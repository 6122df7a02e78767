#include "refine/refine.h"
#include "document/identifier.h"
#include "refine/code.h"
#include "refine/formulas.h"
#include "refine/front.h"
#include "refine/heads.h"
#include "refine/ids.h"
#include "refine/images.h"
#include "refine/language.h"
#include "refine/links.h"
#include "refine/notes.h"
#include "refine/sections.h"
#include "refine/sound.h"
#include "refine/tables.h"
#include "refine/typography.h"
#include "refine/verse.h"

static void language(struct document *d, const struct refine_options *o)
{
    (void)o;
    language_settle(d);
}

static void images(struct document *d, const struct refine_options *o)
{
    (void)o;
    images_find(d);
}

static void elements(struct document *d, const struct refine_options *o)
{
    (void)o;
    sound_elements(d);
}

static void sections(struct document *d, const struct refine_options *o)
{
    (void)o;
    sections_make(d);
}

static void front(struct document *d, const struct refine_options *o)
{
    (void)o;
    front_make(d);
}

static void heads(struct document *d, const struct refine_options *o)
{
    (void)o;
    heads_find_titles(d);
}

static void notes(struct document *d, const struct refine_options *o)
{
    notes_resolve(d, o->notes);
}

static void verse(struct document *d, const struct refine_options *o)
{
    (void)o;
    verse_lines(d);
}

static void tables(struct document *d, const struct refine_options *o)
{
    (void)o;
    tables_settle(d);
}

static void formulas(struct document *d, const struct refine_options *o)
{
    (void)o;
    formulas_describe(d);
}

static void code(struct document *d, const struct refine_options *o)
{
    (void)o;
    code_mark(d);
}

static void ids(struct document *d, const struct refine_options *o)
{
    (void)o;
    links_mend(d, ids_give(d));
    sound_attributes(d);
}

static void typography(struct document *d, const struct refine_options *o)
{
    (void)o;
    typography_set(d);
}

static void identifier(struct document *d, const struct refine_options *o)
{
    (void)o;
    identifier_settle(d);
}

/* In this order: words of our own need the language, front matter and notes need the sections, ids need all
 * of the tree and plain titles, tables sound attributes. */
static const struct pass {
    const char *name;
    void (*run)(struct document *d, const struct refine_options *o);
} passes[] = {
    {"language", language},
    {"images", images},
    {"elements", elements},
    {"sections", sections},
    {"front", front},
    {"heads", heads},
    {"notes", notes},
    {"verse", verse},
    {"formulas", formulas},
    {"code", code},
    {"ids", ids},
    {"tables", tables},
    {"typography", typography},
    {"identifier", identifier},
};

void refine(struct document *d, const struct refine_options *o)
{
    for (const struct pass *p = passes; p < passes + sizeof passes / sizeof passes[0]; p++)
        p->run(d, o);
}
