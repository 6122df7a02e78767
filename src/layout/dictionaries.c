#include "layout/dictionaries.h"
#include "base/hash.h"
#include "base/io.h"
#include "base/shared.h"
#include "document/direction.h"
#include <stdio.h>
#include <unicode/uloc.h>

#ifndef OCTAVO_HYPHENATION
#define OCTAVO_HYPHENATION "/usr/share/hyphen"
#endif

struct hyphenation {
    struct shared *shared;
    const char *folder;
    struct hash *languages; /* dictionaries by language as asked; NULL: nothing was asked yet */
    struct hash *files;     /* patterns by path */
    struct hash *missing;   /* languages without a dictionary */
    struct missing *untold; /* those that settling will tell of */
};

/* A language without a dictionary. The place is the first in the source, not the first that a thread came
 * to. */
struct missing {
    const char *language, *package; /* as asked for there; NULL: no package has it */
    struct place place;
    struct missing *next;
};

struct hyphenation *hyphenation_new(struct arena *a, struct messages *m, const char *folder)
{
    struct hyphenation *h = arena_alloc(a, sizeof *h);
    h->shared = shared_new(a, m);
    h->folder = arena_string(a, folder ? folder : OCTAVO_HYPHENATION);
    return h;
}

static bool precedes(const struct place *a, const struct place *b)
{
    return a->line != b->line ? a->line < b->line : a->column < b->column;
}

/* Takes the one off the list that comes first in the source. */
static struct missing *take_first(struct missing **list)
{
    struct missing **first = list;
    for (struct missing **m = list; *m; m = &(*m)->next)
        if (precedes(&(*m)->place, &(*first)->place) ||
            (!precedes(&(*first)->place, &(*m)->place) && strcmp((*m)->language, (*first)->language) < 0))
            first = m;
    struct missing *taken = *first;
    *first = taken->next;
    return taken;
}

void hyphenation_settle(struct hyphenation *h)
{
    shared_enter(h->shared);
    struct missing *untold = h->untold;
    h->untold = NULL;
    shared_leave(h->shared);
    while (untold) {
        const struct missing *m = take_first(&untold);
        message(
            h->shared->messages, SEVERITY_WARNING, "hyphenation.missing", &m->place,
            "There is no hyphenation dictionary for the language \"%s\": its words are not divided.%s%s%s",
            m->language, m->package ? " Install the package " : "", m->package ? m->package : "",
            m->package ? "." : "");
    }
}

/* Limits that a language's printers keep where the dictionaries say less. */
static const struct {
    const char *language;
    int before, after;
} LIMITS[] = {{"en", 2, 3}, {"fr", 2, 3}, {"cs", 2, 3}, {"sk", 2, 3}, {"pt", 2, 3}};

/* Regions that write as another region's dictionary does; the rest falls to the language's main region. */
static const char *const REGIONS[][2] = {
    {"en_AU", "en_GB"}, {"en_IE", "en_GB"}, {"en_IN", "en_GB"}, {"en_NZ", "en_GB"}, {"en_ZA", "en_GB"},
    {"en_SG", "en_GB"}, {"en_HK", "en_GB"}, {"en_MT", "en_GB"}, {"pt_AO", "pt_PT"}, {"pt_MZ", "pt_PT"},
};

/* Debian's packages: hyphen-xx for these, and a few named otherwise. */
static const char PACKAGED[] =
    " af as be bg bn ca cs da de el es fr gl gu hi hr hu id is it kn lt lv ml mn mr "
    "nl or pa pl ro ru sk sl sr sv ta te th uk zu ";
static const char *const PACKAGES[][2] = {
    {"en_GB", "hyphen-en-gb"}, {"en", "hyphen-en-us"}, {"pt_BR", "hyphen-pt-br"}, {"pt", "hyphen-pt-pt"},
    {"nb", "hyphen-no"},       {"nn", "hyphen-no"},    {"no", "hyphen-no"},       {"et", "myspell-et"},
};

enum { NAME_MOST = 64, NAMES_MOST = 8 };

/* A language's possible file names ("en_GB"), best first. */
struct names {
    char at[NAMES_MOST][NAME_MOST];
    int count;
    char language[NAME_MOST];
};

static void add_name(struct names *n, const char *language, const char *middle, const char *region)
{
    char *at = n->at[n->count];
    int length = snprintf(at, NAME_MOST, "%s%s%s%s%s", language, *middle ? "_" : "", middle,
                          *region ? "_" : "", region);
    for (int i = 0; i < n->count; i++)
        if (strcmp(n->at[i], at) == 0)
            return;
    n->count += length > 0 && length < NAME_MOST && n->count + 1 < NAMES_MOST;
}

/* The parts of a tag that name a dictionary; each empty when the tag hasn't it. */
struct tag {
    char language[NAME_MOST], script[NAME_MOST], region[NAME_MOST], variant[NAME_MOST];
};

static bool parse_tag(const char *id, struct tag *t)
{
    UErrorCode error = U_ZERO_ERROR;
    uloc_getLanguage(id, t->language, NAME_MOST, &error);
    uloc_getScript(id, t->script, NAME_MOST, &error);
    uloc_getCountry(id, t->region, NAME_MOST, &error);
    uloc_getVariant(id, t->variant, NAME_MOST, &error);
    bool plain = strspn(t->language, "abcdefghijklmnopqrstuvwxyz") == strlen(t->language);
    return U_SUCCESS(error) && *t->language && plain;
}

static struct names names_of(const char *language)
{
    struct names n = {0};
    char id[NAME_MOST], full[NAME_MOST];
    struct tag asked, likely;
    UErrorCode error = U_ZERO_ERROR;
    int32_t parsed;
    uloc_forLanguageTag(language, id, NAME_MOST, &parsed, &error);
    uloc_addLikelySubtags(id, full, NAME_MOST, &error);
    if (U_FAILURE(error) || error == U_STRING_NOT_TERMINATED_WARNING || !parse_tag(id, &asked) ||
        !parse_tag(full, &likely))
        return n;
    memcpy(n.language, asked.language, NAME_MOST);
    add_name(&n, asked.language, asked.script, asked.region);
    add_name(&n, asked.language, "", asked.region);
    if (*asked.variant)
        add_name(&n, asked.language, "", asked.variant);
    const char *region = n.at[n.count > 1 && *asked.script ? 1 : 0];
    for (size_t i = 0; i < sizeof REGIONS / sizeof *REGIONS; i++)
        if (strcmp(REGIONS[i][0], region) == 0)
            add_name(&n, REGIONS[i][1], "", "");
    add_name(&n, asked.language, "", likely.region);
    error = U_ZERO_ERROR;
    uloc_addLikelySubtags(asked.language, full, NAME_MOST, &error);
    if (U_SUCCESS(error) && parse_tag(full, &likely))
        add_name(&n, asked.language, "", likely.region);
    add_name(&n, asked.language, "", "");
    return n;
}

static const char *package_for(struct arena *a, const struct names *n)
{
    for (size_t i = 0; i < sizeof PACKAGES / sizeof *PACKAGES; i++)
        for (int k = 0; k < n->count; k++)
            if (strcmp(PACKAGES[i][0], n->at[k]) == 0)
                return PACKAGES[i][1];
    const char *key = arena_printf(a, " %s ", n->language);
    return strstr(PACKAGED, key) ? arena_printf(a, "hyphen-%s", n->language) : NULL;
}

/* Languages whose lines end between words or characters, never with a hyphen within them: nothing is missing
 * there. The same holds of the Hebrew and the Arabic script. */
static bool is_never_divided(const struct names *n, const char *language)
{
    static const char UNDIVIDED[] = " bo dz ja km ko lo my th vi yue zh ";
    char key[NAME_MOST + 2];
    snprintf(key, sizeof key, " %s ", n->language);
    return language_from_right(language) || (n->count && strstr(UNDIVIDED, key));
}

/* A language is missed at a place: the first in the source will be told, once for all its regions. */
static void miss(struct hyphenation *h, const char *language, const struct place *where)
{
    struct arena *a = h->shared->arena;
    struct names n = names_of(language);
    if (is_never_divided(&n, language))
        return;
    struct text key = text_of(n.count ? n.language : language);
    struct missing *m = hash_find(h->missing, key);
    struct place unknown = {NULL, 0, 0};
    if (m && (!where || !precedes(where, &m->place)))
        return;
    if (!m) {
        m = arena_alloc(a, sizeof *m);
        m->next = h->untold;
        h->untold = m;
        hash_put(h->missing, key, m);
    }
    m->language = arena_string(a, language);
    m->package = package_for(a, &n);
    m->place = where ? *where : unknown;
}

static const struct patterns *read_patterns(struct hyphenation *h, const char *path)
{
    struct patterns *known = hash_find(h->files, text_of(path));
    if (known)
        return known;
    struct text file;
    if (!io_exists(path) ||
        io_read(h->shared->arena, path, shared_messages(h->shared), SEVERITY_WARNING, NULL, &file) != 0)
        return NULL;
    struct patterns *fresh = patterns_parse(h->shared->arena, file);
    if (fresh)
        hash_put(h->files, text_of(path), fresh);
    return fresh;
}

static void set_limits(struct dictionary *d, const char *language)
{
    d->before = patterns_least_before(d->patterns);
    d->after = patterns_least_after(d->patterns);
    int before = 2, after = 2;
    for (size_t i = 0; i < sizeof LIMITS / sizeof *LIMITS; i++)
        if (strcmp(LIMITS[i].language, language) == 0) {
            before = LIMITS[i].before;
            after = LIMITS[i].after;
        }
    d->before = d->before > before ? d->before : before;
    d->after = d->after > after ? d->after : after;
}

/* The tables live in the shared arena, whose failure is armed only while it is asked. */
static void make_tables(struct hyphenation *h)
{
    h->missing = hash_new(h->shared->arena);
    h->files = hash_new(h->shared->arena);
    h->languages = hash_new(h->shared->arena);
}

static const struct dictionary *find(struct hyphenation *h, const char *language, const struct place *where)
{
    if (!h->languages)
        make_tables(h);
    struct dictionary *d = hash_find(h->languages, text_of(language));
    if (d && !d->patterns)
        miss(h, language, where);
    if (d)
        return d;
    d = arena_alloc(h->shared->arena, sizeof *d);
    struct names n = names_of(language);
    for (int i = 0; i < n.count && !d->patterns; i++)
        d->patterns = read_patterns(h, arena_printf(h->shared->arena, "%s/hyph_%s.dic", h->folder, n.at[i]));
    if (d->patterns)
        set_limits(d, n.language);
    else
        miss(h, language, where);
    hash_put(h->languages, text_of(language), d);
    return d;
}

const struct dictionary *dictionary_find(struct hyphenation *h, const char *language,
                                         const struct place *where)
{
    const struct dictionary *volatile found = NULL;
    shared_enter(h->shared);
    if (setjmp(h->shared->failure.back) == 0)
        found = find(h, language, where);
    else
        h->shared->exhausted = true;
    shared_leave(h->shared);
    return found;
}
