/* breaker.h - within breaks: what a breaker keeps between calls. */
#ifndef OCTAVO_LAYOUT_BREAKER_H
#define OCTAVO_LAYOUT_BREAKER_H

#include "base/buf.h"
#include <unicode/ubidi.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

enum { ITERATORS_MOST = 8 };

struct breaker {
    struct arena *arena;
    UText *text;
    struct {
        const char *language;
        UBreakIterator *iterator;
    } iterators[ITERATORS_MOST];
    int iterator_count;
    UBiDi *bidi; /* NULL until needed */
    struct buf *breaks, *runs, *utf16;
};

#endif
