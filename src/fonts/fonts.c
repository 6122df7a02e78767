#include "fonts/fonts.h"
#include "base/shared.h"
#include "base/task.h"
#include "fonts/installed.h"
#include "fonts/lacking.h"
#include <unicode/uchar.h>

/* What @font-face declared: asked before the installed families. */
struct declared {
    struct declared *next;
    const char *family;
    int weight;
    bool italic;
    struct face *face;
};

struct fonts {
    struct shared *shared;
    struct arena *arena; /* the shared one */
    struct declared *declared, **declared_end;
    const struct installed *installed; /* NULL until first asked */
    struct opened *opened;             /* beside its candidates */
    struct task *asking;               /* NULL: nobody asks yet */
    struct installed *answer;
    struct hash *requests;   /* answers by request */
    struct hash *told;       /* families already named as missing */
    struct hash *rankings;   /* lists of candidates by style */
    struct lacking *lacking; /* NULL: nothing is lacking */
    struct face **faces;
    int count;
    size_t room;
};

struct fonts *fonts_new(struct arena *a, struct messages *m)
{
    struct fonts *f = arena_alloc(a, sizeof *f);
    f->shared = shared_new(a, m);
    f->arena = f->shared->arena;
    f->declared_end = &f->declared;
    return f;
}

static struct messages *pending(struct fonts *f)
{
    return shared_messages(f->shared);
}

static struct hash *table(struct fonts *f, struct hash **h)
{
    if (!*h)
        *h = hash_new(f->arena);
    return *h;
}

static void ask(void *user, struct arena *own)
{
    struct fonts *f = user;
    f->answer = installed_new(own);
}

void fonts_begin(struct fonts *f, int threads)
{
    shared_enter(f->shared);
    if (setjmp(f->shared->failure.back) == 0)
        f->asking = task_begin(f->arena, threads, ask, f);
    else
        f->shared->exhausted = true;
    shared_leave(f->shared);
}

static const struct installed *installed(struct fonts *f)
{
    if (f->installed)
        return f->installed;
    if (!f->asking)
        f->asking = task_begin(f->arena, 1, ask, f);
    task_end(f->asking);
    f->installed = f->answer;
    f->opened = arena_array(f->arena, f->installed->count + 1, sizeof *f->opened);
    return f->installed;
}

struct fonts *fonts_new_beside(struct arena *a, struct messages *m, struct fonts *other)
{
    struct fonts *f = fonts_new(a, m);
    if (!other)
        return f;
    shared_enter(other->shared);
    if (setjmp(other->shared->failure.back) == 0)
        f->installed = installed(other);
    else
        other->shared->exhausted = true;
    shared_leave(other->shared);
    if (f->installed)
        f->opened = arena_array(a, f->installed->count + 1, sizeof *f->opened);
    return f;
}

/* Gives a face its id: it is in use. */
static const struct face *enrol(struct fonts *f, struct face *face)
{
    if (face->id >= 0)
        return face;
    f->faces = arena_room(f->arena, f->faces, (size_t)f->count, &f->room, sizeof *f->faces);
    face->id = f->count;
    f->faces[f->count++] = face;
    return face;
}

/* Opens a candidate once; NULL marks it as refused. */
static struct face *open_candidate(struct fonts *f, const struct candidate *c, const struct place *where)
{
    struct opened *o = &f->opened[c - installed(f)->all];
    if (o->face || o->refused)
        return o->face;
    o->refused = true;
    struct face *face = face_open(
        f->arena, &(struct face_source){c->family, c->path, c->index, c->weight, c->slant != SLANT_ROMAN});
    if (!face)
        return NULL;
    if (!face->may_embed) {
        message(pending(f), SEVERITY_WARNING, "fonts.licence", where,
                "The font %s forbids embedding (OS/2 fsType); another one is used.", c->path);
        return NULL;
    }
    *o = (struct opened){face, false};
    return face;
}

/* ---- finding by family */

static const char *const SERIF[] = {"Linux Libertine O", "EB Garamond",      "Noto Serif",
                                    "DejaVu Serif",      "Liberation Serif", NULL};
static const char *const SANS[] = {"Linux Biolinum O", "Inter",           "Noto Sans",
                                   "DejaVu Sans",      "Liberation Sans", NULL};
static const char *const MONO[] = {"JetBrains Mono", "DejaVu Sans Mono", "Noto Sans Mono",
                                   "Noto Mono",      "Liberation Mono",  NULL};

static const char *const *const GENERIC_FAMILIES[] = {
    [GENERIC_SERIF] = SERIF, [GENERIC_SANS] = SANS, [GENERIC_MONO] = MONO};

/* The generic family keywords of CSS Fonts 4 §2.1. */
static const struct {
    const char *name;
    enum generic generic;
} GENERICS[] = {
    {"serif", GENERIC_SERIF},    {"sans-serif", GENERIC_SANS},    {"monospace", GENERIC_MONO},
    {"ui-serif", GENERIC_SERIF}, {"ui-sans-serif", GENERIC_SANS}, {"ui-monospace", GENERIC_MONO},
    {"system-ui", GENERIC_SANS}, {"ui-rounded", GENERIC_SANS},    {"cursive", GENERIC_SERIF},
    {"fantasy", GENERIC_SERIF},  {"math", GENERIC_SERIF},         {"fangsong", GENERIC_SERIF},
    {"emoji", GENERIC_SANS},
};

static bool generic_named(const char *name, enum generic *out)
{
    for (size_t i = 0; i < sizeof GENERICS / sizeof *GENERICS; i++)
        if (text_is_nocase(text_of(name), GENERICS[i].name)) {
            *out = GENERICS[i].generic;
            return true;
        }
    return false;
}

static struct face *find_declared(const struct fonts *f, const char *family, int weight, bool italic)
{
    struct declared *best = NULL;
    struct candidate best_as = {0};
    for (struct declared *d = f->declared; d; d = d->next) {
        if (!text_is_nocase(text_of(family), d->family))
            continue;
        struct candidate as = {.path = d->face->path,
                               .index = d->face->index,
                               .weight = d->weight,
                               .width = 100,
                               .slant = d->italic ? SLANT_ITALIC : SLANT_ROMAN};
        if (!best || closer_candidate(&as, &best_as, weight, italic) < 0) {
            best = d;
            best_as = as;
        }
    }
    return best ? best->face : NULL;
}

static struct face *find_family(struct fonts *f, const char *name, int weight, bool italic,
                                const struct place *where)
{
    struct face *declared = find_declared(f, name, weight, italic);
    if (declared)
        return declared;
    const struct family *family = installed_family(f->arena, installed(f), name);
    if (!family)
        return NULL;
    const struct candidate *c;
    while ((c = best_candidate(f->installed, f->opened, family, weight, italic)) != NULL) {
        struct face *face = open_candidate(f, c, where);
        if (face)
            return face;
    }
    return NULL;
}

/* The first family of a generic that is installed, else any face that can set text. */
static struct face *find_generic(struct fonts *f, enum generic g, int weight, bool italic,
                                 const struct place *where)
{
    for (const char *const *name = GENERIC_FAMILIES[g]; *name; name++) {
        struct face *face = find_family(f, *name, weight, italic, where);
        if (face)
            return face;
    }
    struct candidate **any = ranked_candidates(f->arena, installed(f), g, weight, italic, NULL);
    for (size_t i = 0; i < installed(f)->count; i++) {
        struct face *face = open_candidate(f, any[i], where);
        if (face && face_has(face, 'a'))
            return face;
    }
    return NULL;
}

/* Names a missing family once. It weighs less when the request itself has another family at hand. */
static void tell_missing(struct fonts *f, const char *family, const struct face *taken, bool as_asked,
                         const struct place *where)
{
    if (installed_family(f->arena, installed(f), family)) /* but refused, which was said */
        return;
    if (hash_put(table(f, &f->told), text_of(family), f))
        return;
    const char *package = package_of_family(family);
    char *advice = package ? arena_printf(f->arena, " Install the package %s to have it.", package) : "";
    message(pending(f), as_asked ? SEVERITY_NOTE : SEVERITY_WARNING, "fonts.missing", where,
            "The font family \"%s\" is not installed; \"%s\" is used.%s", family, taken->family, advice);
}

/* What a request came to: the face, and how many of its families came before it. */
struct answer {
    struct face *face;
    size_t passed;
    bool generic; /* found through a generic keyword, or because nothing else fitted */
    enum generic kind;
};

static struct answer answer(struct fonts *f, const struct font_request *r, const struct place *where)
{
    struct answer out = {.generic = true, .kind = GENERIC_SERIF};
    for (const char *const *name = r->families; name && *name; name++, out.passed++) {
        if (generic_named(*name, &out.kind))
            break;
        out.face = find_family(f, *name, r->weight, r->italic, where);
        if (out.face) {
            out.generic = false;
            return out;
        }
    }
    out.face = find_generic(f, out.kind, r->weight, r->italic, where);
    return out;
}

static void tell_answer(struct fonts *f, const struct font_request *r, const struct answer *a,
                        const struct place *where)
{
    for (size_t i = 0; i < a->passed; i++)
        tell_missing(f, r->families[i], a->face, !a->generic, where);
    const char *best = GENERIC_FAMILIES[a->kind][0];
    if (a->generic && !installed_family(f->arena, installed(f), best))
        tell_missing(f, best, a->face, false, where);
}

static void tell_nothing_installed(struct fonts *f, const struct place *where)
{
    if (!hash_put(table(f, &f->told), TEXT(""), f))
        message(pending(f), SEVERITY_LOST, "fonts.missing", where,
                "No usable font is installed. Install the package %s.", package_of_family(SERIF[0]));
}

static struct text request_key(struct fonts *f, const struct font_request *r)
{
    size_t length = 8;
    for (const char *const *name = r->families; name && *name; name++)
        length += strlen(*name) + 1;
    char *key = arena_alloc(f->arena, length);
    size_t at = 0;
    for (const char *const *name = r->families; name && *name; name++) {
        memcpy(key + at, *name, strlen(*name) + 1);
        at += strlen(*name) + 1;
    }
    int style[2] = {r->weight, r->italic};
    memcpy(key + at, style, sizeof style);
    return (struct text){key, length};
}

static const struct face *find(struct fonts *f, const struct font_request *r, const struct place *where)
{
    struct text key = request_key(f, r);
    const struct face *known = hash_find(table(f, &f->requests), key);
    if (known)
        return known;
    struct answer a = answer(f, r, where);
    if (!a.face) {
        tell_nothing_installed(f, where);
        return NULL;
    }
    tell_answer(f, r, &a, where);
    hash_put(f->requests, key, a.face);
    return enrol(f, a.face);
}

const struct face *fonts_find(struct fonts *f, const struct font_request *request, const struct place *where)
{
    const struct face *volatile found = NULL;
    shared_enter(f->shared);
    if (setjmp(f->shared->failure.back) == 0)
        found = find(f, request, where);
    else
        f->shared->exhausted = true;
    shared_leave(f->shared);
    return found;
}

/* ---- @font-face */

static int add_file(struct fonts *f, const struct declared *d, const char *path, const struct place *where)
{
    struct face *face = face_open(f->arena, &(struct face_source){d->family, path, 0, d->weight, d->italic});
    if (!face) {
        message(
            pending(f), SEVERITY_WARNING, "fonts.file", where,
            "%s is not a font that can be used: OpenType or TrueType with outlines is needed (.otf, .ttf; "
            "unpack .woff and .woff2 first). An installed font is used.",
            path);
        return -1;
    }
    if (!face->may_embed) {
        message(pending(f), SEVERITY_WARNING, "fonts.licence", where,
                "The font %s forbids embedding (OS/2 fsType); an installed font is used.", path);
        return -1;
    }
    struct declared *new = arena_alloc(f->arena, sizeof *new);
    *new = (struct declared){NULL, face->family, d->weight, d->italic, face};
    *f->declared_end = new;
    f->declared_end = &new->next;
    f->requests = NULL; /* older answers may be others now */
    return 0;
}

int fonts_add_file(struct fonts *f, const char *family, int weight, bool italic, const char *path,
                   const struct place *where)
{
    volatile int rc = -1;
    shared_enter(f->shared);
    if (setjmp(f->shared->failure.back) == 0)
        rc = add_file(f, &(struct declared){NULL, family, weight, italic, NULL}, path, where);
    else
        f->shared->exhausted = true;
    shared_leave(f->shared);
    return rc;
}

/* ---- characters that a face lacks */

/* Languages whose Han characters have a form of their own, as fontconfig names them. */
static const char *han_language(const char *language)
{
    static const char *const tags[][2] = {
        {"ja", "ja"},       {"ko", "ko"},       {"zh-tw", "zh-tw"}, {"zh-hant", "zh-tw"},
        {"zh-hk", "zh-hk"}, {"zh-mo", "zh-hk"}, {"zh", "zh-cn"},
    };
    for (size_t i = 0; language && i < sizeof tags / sizeof *tags; i++) {
        size_t n = strlen(tags[i][0]);
        if (text_is_nocase(text_slice(text_of(language), 0, n), tags[i][0]) &&
            (language[n] == '\0' || language[n] == '-'))
            return tags[i][1];
    }
    return NULL;
}

/* The candidates in the order in which they stand in for a face's style: computed once. */
struct ranking {
    struct candidate **candidates;
    struct hash *faces; /* by character */
};

static struct ranking *ranking_for(struct fonts *f, const struct face *like, const char *han)
{
    enum generic g = like->monospaced ? GENERIC_MONO : like->serif ? GENERIC_SERIF : GENERIC_SANS;
    char *key = arena_printf(f->arena, "%d %d %d %s", (int)g, like->weight, like->italic, han ? han : "");
    struct ranking *r = hash_find(table(f, &f->rankings), text_of(key));
    if (r)
        return r;
    r = arena_alloc(f->arena, sizeof *r);
    r->candidates = ranked_candidates(f->arena, installed(f), g, like->weight, like->italic, han);
    r->faces = hash_new(f->arena);
    hash_put(f->rankings, text_of(key), r);
    return r;
}

/* Some faces have a glyph for a symbol that paints nothing. */
static bool shows(const struct face *face, uint32_t character)
{
    hb_codepoint_t glyph;
    hb_glyph_extents_t box;
    if (!face_has(face, character))
        return false;
    if (!hb_font_get_nominal_glyph(face->hb_font, character, &glyph) ||
        !hb_font_get_glyph_extents(face->hb_font, glyph, &box))
        return true;
    return box.width != 0 || box.height != 0 || u_isspace((UChar32)character) ||
           u_getCombiningClass((UChar32)character) != 0;
}

static struct face *first_with(struct fonts *f, const struct ranking *r, uint32_t character,
                               const struct place *where)
{
    for (const struct declared *d = f->declared; d; d = d->next)
        if (shows(d->face, character))
            return d->face;
    for (size_t i = 0; i < installed(f)->count; i++) {
        const struct candidate *c = r->candidates[i];
        bool has = c->characters && FcCharSetHasChar(c->characters, character);
        struct face *face = has ? open_candidate(f, c, where) : NULL;
        if (face && shows(face, character))
            return face;
    }
    return NULL;
}

static void lack(struct fonts *f, uint32_t character, const struct place *where)
{
    if (!f->lacking)
        f->lacking = lacking_new(f->arena);
    lacking_add(f->lacking, character, where);
}

static const struct face *fallback(struct fonts *f, const struct face *like, uint32_t character,
                                   const char *language, const struct place *where)
{
    struct ranking *r = ranking_for(f, like, han_language(language));
    struct text key = {(const char *)&character, sizeof character};
    void *known = hash_find(r->faces, key);
    if (!known) {
        known = first_with(f, r, character, where);
        if (!known)
            lack(f, character, where);
        hash_put(r->faces, key, known ? known : f); /* f itself stands for none */
    }
    return known && known != f ? enrol(f, known) : NULL;
}

const struct face *fonts_fallback(struct fonts *f, const struct face *like, uint32_t character,
                                  const char *language, const struct place *where)
{
    const struct face *volatile found = NULL;
    shared_enter(f->shared);
    if (setjmp(f->shared->failure.back) == 0)
        found = fallback(f, like, character, language, where);
    else
        f->shared->exhausted = true;
    shared_leave(f->shared);
    return found;
}

/* ---- the faces in use */

void fonts_settle(struct fonts *f)
{
    shared_enter(f->shared);
    shared_leave(f->shared);
    if (f->lacking)
        lacking_tell(f->lacking, f->shared->job, f->shared->messages);
}

bool fonts_lack(const struct fonts *f, uint32_t character)
{
    shared_enter(f->shared);
    bool lacks = f->lacking && lacking_has(f->lacking, character);
    shared_leave(f->shared);
    return lacks;
}

int fonts_count(const struct fonts *f)
{
    shared_enter(f->shared);
    int count = f->count;
    shared_leave(f->shared);
    return count;
}

const struct face *fonts_at(const struct fonts *f, int id)
{
    shared_enter(f->shared);
    const struct face *face = f->faces[id];
    shared_leave(f->shared);
    return face;
}
