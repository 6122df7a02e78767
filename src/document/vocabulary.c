#include "document/vocabulary.h"

enum {
    INLINE = ELEMENT_IS_INLINE,
    BLOCK = ELEMENT_IS_BLOCK,
    LEAF = ELEMENT_IS_LEAF,
    EMPTY = ELEMENT_IS_EMPTY,
    HEADING = ELEMENT_IS_HEADING,
    VERBATIM = ELEMENT_IS_VERBATIM,
    MEDIA = ELEMENT_IS_MEDIA,
    FOREIGN = ELEMENT_IS_FOREIGN
};

static const struct {
    const char *name;
    unsigned flags;
} table[ELEMENT_COUNT] = {
    [ELEMENT_UNKNOWN] = {"", 0},
#define X(id, name, flags) [ELEMENT_##id] = {name, flags},
    ELEMENTS(X)
#undef X
        [ELEMENT_CALL] = {"call", INLINE | EMPTY},
    [ELEMENT_NOTE] = {"note", BLOCK},
};

enum element element_named(struct text name)
{
    int low = ELEMENT_UNKNOWN + 1, high = ELEMENT_CALL;
    while (low < high) {
        int middle = (low + high) / 2;
        const char *candidate = table[middle].name;
        int order = strncmp(name.at, candidate, name.length);
        if (order == 0 && candidate[name.length] != '\0')
            order = -1;
        if (order == 0)
            return (enum element)middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return ELEMENT_UNKNOWN;
}

const char *element_name(enum element e)
{
    return table[e].name;
}

unsigned element_flags(enum element e)
{
    return table[e].flags;
}
