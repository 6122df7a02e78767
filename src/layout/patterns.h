/* patterns.h - hyphenation patterns (Liang 1983) from libhyphen's dictionaries.
 *
 * The files are those of LibreOffice and Debian (hyph_xx.dic; format: libhyphen's README.hyphen and
 * README.nonstandard). They are read here and not by libhyphen because its loader takes 2 s for the German
 * file (here 25 ms) and ends the program when memory is gone. What is read is never changed afterwards, so
 * any number of threads may use it.
 *
 * Two levels: a dictionary may first divide compounds (NEXTLEVEL) and then the parts. Non-standard
 * hyphenation: a pattern may change the letters around the break ("f1f/ff=f": Schiffahrt, Schiff-fahrt).
 */
#ifndef OCTAVO_LAYOUT_PATTERNS_H
#define OCTAVO_LAYOUT_PATTERNS_H

#include "base/text.h"
#include <stdint.h>

struct patterns;

/* What stands before and after the hyphen instead of `cut` bytes from the place where the change begins. */
struct change {
    const char *before, *after;
    uint8_t start, cut; /* bytes in the pattern */
};

/* A place between two bytes of a word. */
struct pattern_point {
    uint8_t value; /* odd: a break */
    bool compound; /* between the parts of a compound */
    uint16_t from; /* where the change begins in the word */
    const struct change *change;
};

/* The longest word, in bytes. */
enum { PATTERNS_WORD_MOST = 255 };

/* Reads a dictionary; everything lives in `a`. NULL when its encoding is unknown. */
struct patterns *patterns_parse(struct arena *a, struct text file);

/* Fills points[0 … word.length] for a word in lower case of at most PATTERNS_WORD_MOST bytes. */
void patterns_apply(const struct patterns *p, struct text word, struct pattern_point *points);

/* True when apostrophes (as ASCII ') belong into the words that are looked up; else each part is a word. */
bool patterns_know_apostrophes(const struct patterns *p);

/* The least number of characters before and after a break, as the dictionary says; 0 when it doesn't. */
int patterns_least_before(const struct patterns *p);
int patterns_least_after(const struct patterns *p);

#endif
