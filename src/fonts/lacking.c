#include "fonts/lacking.h"
#include "base/buf.h"
#include "base/hash.h"
#include "fonts/installed.h"
#include <unicode/uchar.h>

enum { NAMED_MOST = 8 };

struct lack {
    uint32_t character;
    struct place place;
    const char *package; /* NULL: none is known */
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

/* A control character: what stands where a letter was read in a wrong encoding. */
static bool is_spoiled(uint32_t character)
{
    return character < 0xA0;
}

/* Characters for private use, spoiled ones and those that Unicode doesn't know are in no package. */
static const char *package_for(uint32_t character)
{
    return !is_spoiled(character) && u_isdefined((UChar32)character) &&
                   u_charType((UChar32)character) != U_PRIVATE_USE_CHAR
               ? package_of_character(character)
               : NULL;
}

void lacking_add(struct lacking *l, uint32_t character, const struct place *where)
{
    if (lacking_has(l, character))
        return;
    struct lack *lack = arena_alloc(l->arena, sizeof *lack);
    *lack = (struct lack){.character = character, .package = package_for(character)};
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
           other->package == one->package && is_spoiled(other->character) == is_spoiled(one->character);
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

/* What to do about characters like `l`. */
static const char *remedy(struct arena *a, const struct lack *l, bool one)
{
    if (is_spoiled(l->character))
        return one ? "It is a control character, most likely a letter spoiled by a wrong encoding. Write the "
                     "letter that was meant."
                   : "They are control characters, most likely letters spoiled by a wrong encoding. Write "
                     "the "
                     "letters that were meant.";
    if (!l->package)
        return one ? "Install a font that has it, or write it otherwise."
                   : "Install a font that has them, or write them otherwise.";
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
                one ? "an empty box stands for it" : "empty boxes stand for them", remedy(a, first, one));
        first = next;
    }
    buf_free(names);
}
