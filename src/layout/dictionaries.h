/* dictionaries.h - within hyphenation: which dictionary serves a language. */
#ifndef OCTAVO_LAYOUT_DICTIONARIES_H
#define OCTAVO_LAYOUT_DICTIONARIES_H

#include "layout/hyphenate.h"
#include "layout/patterns.h"

/* A language's dictionary; read once. */
struct dictionary {
    const struct patterns *patterns; /* NULL: there is none */
    int before, after;               /* the language's limits */
};

/* Never NULL but when memory is gone. Thread-safe. */
const struct dictionary *dictionary_find(struct hyphenation *h, const char *language,
                                         const struct place *where);

#endif
