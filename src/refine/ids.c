#include "refine/ids.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "refine/plain.h"
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

struct ids {
    struct document *document;
    struct hash *used;    /* id → its element */
    struct hash *led;     /* what the source calls it → id */
    struct hash *numbers; /* stem → struct counter: the number to try next */
    int figures, tables;
};

struct counter {
    int next;
};

enum { SLUG_LENGTH = 64 }; /* bytes: long enough to be told apart, short enough for an address */

/* ---- slugs */

/* The text as GitHub makes an address of it. */
static struct text address(struct arena *a, struct text title)
{
    struct buf *b = buf_new(a);
    for (size_t at = 0; at < title.length;) {
        UChar32 c = (UChar32)utf8_next(title, &at);
        if (c == ' ' || c == 0xA0)
            buf_byte(b, '-');
        else if (c == '-' || c == '_' || u_isalnum(c) || u_charType(c) == U_NON_SPACING_MARK)
            buf_utf8(b, (uint32_t)u_tolower(c));
    }
    return buf_view(b);
}

/* Letters that Unicode doesn't take apart. */
static const struct {
    uint32_t letter;
    const char *plain;
} plain_letters[] = {{0xDF, "ss"}, {0xE6, "ae"}, {0xF8, "o"},  {0x153, "oe"}, {0x142, "l"},
                     {0x111, "d"}, {0xF0, "d"},  {0xFE, "th"}, {0x131, "i"}};

/* A letter without its accents, where that leaves one of ASCII; else as it is. */
static void add_plain(struct buf *b, uint32_t c, const UNormalizer2 *nfd)
{
    for (size_t i = 0; i < sizeof plain_letters / sizeof plain_letters[0]; i++)
        if (plain_letters[i].letter == c) {
            buf_string(b, plain_letters[i].plain);
            return;
        }
    UChar parts[8];
    UErrorCode e = U_ZERO_ERROR;
    int32_t n = nfd && c >= 0x80 ? unorm2_getDecomposition(nfd, (UChar32)c, parts, 8, &e) : -1;
    buf_utf8(b, n > 0 && U_SUCCESS(e) && parts[0] < 0x80 ? parts[0] : c);
}

/* An address in ASCII as far as its script has it: links and file names get through everywhere. */
static struct text unaccented(struct arena *a, struct text t)
{
    UErrorCode e = U_ZERO_ERROR;
    const UNormalizer2 *nfd = unorm2_getNFDInstance(&e);
    struct buf *b = buf_new(a);
    for (size_t at = 0; at < t.length;)
        add_plain(b, utf8_next(t, &at), U_SUCCESS(e) ? nfd : NULL);
    return buf_view(b);
}

/* Names of the note pass and of page marks: n1, r3-2, p12. */
static bool reserved(struct text t)
{
    if (t.length < 2 || !strchr("nrp", t.at[0]))
        return text_is(t, "notes") || text_is(t, "notes-title");
    for (size_t i = 1; i < t.length; i++)
        if (!ascii_digit(t.at[i]) && t.at[i] != '-')
            return false;
    return true;
}

/* An address cut to length at a hyphen, without hyphens at its ends, that begins with a letter. */
static struct text slug(struct arena *a, struct text t)
{
    t = unaccented(a, t);
    if (t.length > SLUG_LENGTH) {
        size_t cut = SLUG_LENGTH;
        while (cut > SLUG_LENGTH / 2 && t.at[cut] != '-')
            cut--;
        while (cut > 0 && ((unsigned char)t.at[cut] & 0xC0) == 0x80)
            cut--;
        t.length = cut;
    }
    while (t.length && t.at[0] == '-')
        t = text_slice(t, 1, t.length);
    while (t.length && t.at[t.length - 1] == '-')
        t.length--;
    size_t at = 0;
    bool letter = t.length && u_isalpha((UChar32)utf8_next(t, &at));
    if (letter && !reserved(t))
        return t;
    const char *fixed = arena_printf(a, t.length ? "s-%.*s" : "section%.*s", (int)t.length, t.at);
    return text_of(fixed);
}

/* `stem`, or the first of stem-2, stem-3 … that is free, both with `suffix` behind them. */
static const char *free_id(struct ids *ids, struct text stem, const char *suffix)
{
    struct arena *a = ids->document->arena;
    const char *id = arena_printf(a, "%.*s%s", (int)stem.length, stem.at, suffix);
    if (!hash_find(ids->used, text_of(id)))
        return id;
    struct counter *counter = hash_find(ids->numbers, stem);
    if (!counter) {
        counter = arena_alloc(a, sizeof *counter);
        counter->next = 2;
        hash_put(ids->numbers, stem, counter);
    }
    do
        id = arena_printf(a, "%.*s-%d%s", (int)stem.length, stem.at, counter->next++, suffix);
    while (hash_find(ids->used, text_of(id)));
    return id;
}

static void give(struct ids *ids, xmlNode *n, const char *id)
{
    tree_set(ids->document, n, "id", id);
    hash_put(ids->used, text_of(id), n);
}

static void lead(struct ids *ids, struct text name, const char *id)
{
    if (name.length && !hash_find(ids->led, name))
        hash_put(ids->led, name, arena_string(ids->document->arena, id));
}

/* ---- ids that are there already */

static bool of_notes(const xmlNode *n)
{
    const xmlNode *list = n->parent, *section = list ? list->parent : NULL;
    return tree_has_word(n, "class", "noteref") || tree_has_word(n, "class", "endnotes") ||
           (list && tree_has_word(list, "class", "endnotes")) ||
           (section && tree_kind(n) == ELEMENT_LI && tree_has_word(section, "class", "endnotes"));
}

static enum walk keep_of_notes(xmlNode *n, void *user)
{
    struct ids *ids = user;
    const char *id = tree_get(n, "id");
    if (id && of_notes(n))
        hash_put(ids->used, text_of(id), n);
    return WALK_ON;
}

/* An id of the source may hold no white space. */
static const char *without_space(struct document *d, const char *id)
{
    char *copy = arena_string(d->arena, id);
    for (char *c = copy; *c; c++)
        if (ascii_space(*c))
            *c = '-';
    return copy;
}

static enum walk keep_of_source(xmlNode *n, void *user)
{
    struct ids *ids = user;
    struct document *d = ids->document;
    const char *given = tree_get(n, "id");
    if (!given || of_notes(n))
        return WALK_ON;
    if (!*given) {
        tree_set(d, n, "id", NULL);
        return WALK_ON;
    }
    given = without_space(d, given);
    struct text name = text_of(given);
    if (reserved(name) || hash_find(ids->used, name)) {
        bool again = hash_find(ids->led, name) != NULL;
        const char *id = free_id(ids, reserved(name) ? slug(d->arena, name) : name, "");
        struct place where = tree_place(d, n);
        if (again)
            message(d->messages, SEVERITY_WARNING, "ids.repeated", &where,
                    "The id %s is taken already; here it becomes %s. Give each place an id of its own.",
                    given, id);
        give(ids, n, id);
        lead(ids, name, id);
        return WALK_ON;
    }
    give(ids, n, given);
    lead(ids, name, given);
    return WALK_ON;
}

/* ---- new ids */

static xmlNode *heading_of(const xmlNode *section)
{
    xmlNode *h = section->children;
    return h && tree_is_heading(h) ? h : NULL;
}

static void name_section(struct ids *ids, xmlNode *section)
{
    struct document *d = ids->document;
    xmlNode *heading = heading_of(section);
    if (!heading) {
        if (!tree_get(section, "id")) {
            const char *class = tree_get(section, "class");
            give(
                ids, section,
                free_id(ids,
                        class && *class ? slug(d->arena, address(d->arena, text_of(class))) : TEXT("section"),
                        ""));
        }
        return;
    }
    const char *given = tree_get(heading, "id");
    struct text full = address(d->arena, plain_uncalled(d->arena, heading));
    if (!tree_get(section, "id")) { /* the heading's own id is the section's, so that links show all of it */
        const char *id = given ? arena_string(d->arena, given) : free_id(ids, slug(d->arena, full), "");
        if (given)
            tree_set(d, heading, "id", NULL);
        give(ids, section, id);
        given = NULL;
    }
    const char *id = arena_string(d->arena, tree_get(section, "id"));
    if (!given)
        give(ids, heading, free_id(ids, text_of(id), "-title"));
    lead(ids, full, id);
    if (tree_get(section, "role"))
        tree_set(d, section, "aria-labelledby", tree_get(heading, "id"));
}

/* Each chapter's notes are called after it as well: "Notes, The first chapter". Regions of a page must be
 * told apart by their names. */
static void name_notes(const struct ids *ids, xmlNode *section)
{
    const xmlNode *own = heading_of(section), *chapter = section->parent;
    const xmlNode *above = tree_kind(chapter) == ELEMENT_SECTION ? heading_of(chapter) : NULL;
    struct document *d = ids->document;
    if (own && above && tree_get(above, "id"))
        tree_set(d, section, "aria-labelledby",
                 arena_printf(d->arena, "%s %s", tree_get(own, "id"), tree_get(above, "id")));
}

static enum walk name(xmlNode *n, void *user)
{
    struct ids *ids = user;
    struct document *d = ids->document;
    enum element kind = tree_kind(n);
    if (kind == ELEMENT_SECTION && !tree_has_word(n, "class", "endnotes"))
        name_section(ids, n);
    else if (kind == ELEMENT_SECTION)
        name_notes(ids, n);
    else if (tree_get(n, "id"))
        return WALK_ON;
    else if (element_is(kind, ELEMENT_IS_HEADING)) {
        struct text full = address(d->arena, plain_uncalled(d->arena, n));
        give(ids, n,
             tree_has_word(n, "class", "title") ? free_id(ids, TEXT("title"), "")
                                                : free_id(ids, slug(d->arena, full), ""));
        lead(ids, full, tree_get(n, "id"));
    } else if (kind == ELEMENT_FIGURE)
        give(ids, n, free_id(ids, text_of(arena_printf(d->arena, "figure-%d", ++ids->figures)), ""));
    else if (kind == ELEMENT_TABLE)
        give(ids, n, free_id(ids, text_of(arena_printf(d->arena, "table-%d", ++ids->tables)), ""));
    return WALK_ON;
}

struct ids *ids_give(struct document *d)
{
    static const struct walker first = {keep_of_notes, NULL}, second = {keep_of_source, NULL},
                               third = {name, NULL};
    struct ids *ids = arena_alloc(d->arena, sizeof *ids);
    *ids = (struct ids){
        .document = d, .used = hash_new(d->arena), .led = hash_new(d->arena), .numbers = hash_new(d->arena)};
    tree_walk(d->body, &first, ids);
    tree_walk(d->body, &second, ids);
    tree_walk(d->body, &third, ids);
    return ids;
}

const char *ids_find(const struct ids *ids, const char *name)
{
    const char *renamed = hash_find(ids->led, text_of(name));
    if (renamed)
        return renamed;
    const xmlNode *n = hash_find(ids->used, text_of(name));
    return n ? tree_get(n, "id") : NULL;
}
