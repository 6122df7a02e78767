#include "fonts/lacking.h"
#include "base/buf.h"
#include "base/hash.h"
#include "fonts/installed.h"
#include <unicode/uchar.h>

enum { NAMED_MOST = 8 };

/* What to do about characters of a kind: of one, and of several. */
static const struct help {
    const char *one, *several;
} control =
    {"It is a control character, most likely a letter spoiled by a wrong encoding. Write that letter.",
     "They are control characters, most likely letters spoiled by a wrong encoding. Write those letters."},
  private = {"It has a meaning only in the font that it was made for. Write what it stands for.",
             "They have a meaning only in the font that they were made for. Write what they stand for."},
  unknown = {"Install a font that has it, or write it otherwise.",
             "Install a font that has them, or write them otherwise."};

struct lack {
    uint32_t character;
    struct place place;
    const char *package;     /* that has it; or NULL */
    const struct help *help; /* when there is no package */
    struct lack *next;
};

struct lacking {
    struct arena *arena;
    struct hash *known;
    struct lack *untold, **end;
};

struct lacking *lacking_new(struct arena *a)
{
    struct lacking *l = arena_alloc(a, sizeof *l);
    l->arena = a;
    l->known = hash_new(a);
    l->end = &l->untold;
    return l;
}

static struct text key_of(const uint32_t *character)
{
    return (struct text){(const char *)character, sizeof *character};
}

bool lacking_has(const struct lacking *l, uint32_t character)
{
    return hash_find(l->known, key_of(&character)) != NULL;
}

/* For what is in no package; NULL: for the others. */
static const struct help *help_with(uint32_t c)
{
    if (c < 0xA0)
        return &control;
    if (u_charType((UChar32)c) == U_PRIVATE_USE_CHAR)
        return &private;
    return u_isdefined((UChar32)c) ? NULL : &unknown;
}

void lacking_add(struct lacking *l, uint32_t character, const struct place *where)
{
    if (lacking_has(l, character))
        return;
    struct lack *lack = arena_alloc(l->arena, sizeof *lack);
    *lack = (struct lack){.character = character, .help = help_with(character)};
    if (!lack->help)
        lack->package = package_of_character(character);
    if (where)
        lack->place = *where;
    hash_put(l->known, key_of(&character), lack);
    *l->end = lack;
    l->end = &lack->next;
}

static void name(struct buf *out, uint32_t character)
{
    bool shown = u_isgraph((UChar32)character) && u_getCombiningClass((UChar32)character) == 0 &&
                 u_charType((UChar32)character) != U_PRIVATE_USE_CHAR;
    if (shown) {
        buf_utf8(out, character);
        buf_string(out, " (");
    }
    buf_printf(out, "U+%04X%s", (unsigned)character, shown ? ")" : "");
}

static bool together(const struct lack *one, const struct lack *other)
{
    return other && other->place.line == one->place.line && other->place.column == one->place.column &&
           other->package == one->package && other->help == one->help;
}

/* Names the first and those that stand with it; gives the next. */
static const struct lack *name_all(struct buf *out, const struct lack *first, int *count)
{
    const struct lack *l = first;
    for (*count = 0; l == first || together(first, l); l = l->next, ++*count) {
        if (*count >= NAMED_MOST)
            continue;
        if (*count)
            buf_string(out, ", ");
        name(out, l->character);
    }
    if (*count > NAMED_MOST)
        buf_printf(out, " and %d more", *count - NAMED_MOST);
    return l;
}

static const char *advice(struct arena *a, const struct lack *l, bool one)
{
    if (l->help)
        return one ? l->help->one : l->help->several;
    return arena_printf(a, "Install the package %s, or write %s otherwise.", l->package, one ? "it" : "them");
}

void lacking_tell(struct lacking *l, struct arena *a, struct messages *m)
{
    const struct lack *first = l->untold;
    l->untold = NULL;
    l->end = &l->untold;
    struct buf *names = buf_new(a);
    while (first) {
        int count;
        buf_clear(names);
        const struct lack *next = name_all(names, first, &count);
        bool one = count == 1;
        message(m, SEVERITY_LOST, "fonts.character", &first->place,
                "No installed font has the character%s %.*s; on a page %s, and a PDF claims no standard. %s",
                one ? "" : "s", (int)names->length, names->data,
                one ? "an empty box stands for it" : "empty boxes stand for them", advice(a, first, one));
        first = next;
    }
    buf_free(names);
}
