/* run.h - the text of one block as one row of letters, whatever inline elements it goes through.
 *
 * Typography changes letters where they stand: another character, none (c = 0), or one more before it. Then
 * run_write puts the row back into the text nodes it came from. What must not change is `fixed`: code,
 * addresses, formulas; a picture, a note's way back or the like is one RUN_OBJECT. Calls are not part of it.
 */
#ifndef OCTAVO_REFINE_RUN_H
#define OCTAVO_REFINE_RUN_H

#include "document/document.h"
#include "refine/punctuation.h"
#include <stdint.h>

enum { RUN_OBJECT = 0xFFFC };

enum quote_role { QUOTE_NONE, QUOTE_OPENS, QUOTE_CLOSES };

/* A space to put before a letter. */
enum run_insertion { INSERT_NOTHING, INSERT_NO_BREAK, INSERT_NARROW };

/* Eight bytes: a block may be a whole book. */
struct letter {
    uint32_t c;            /* 0: taken out */
    uint32_t segment : 26; /* the text node it is of */
    uint32_t before : 2;   /* enum run_insertion */
    uint32_t role : 2;     /* enum quote_role: of a quotation mark that typography set */
    uint32_t fixed : 1;
};

struct segment {
    xmlNode *node; /* NULL: an object */
    size_t first;  /* its first letter */
    const struct punctuation *rules;
    bool changed;
};

struct run {
    struct letter *letters;
    size_t count;
    struct segment *segments;
    size_t segment_count;
    bool suspect; /* there may be an address in it */
};

/* Calls each(run, user) for every block's text below `top`, then writes back what changed. */
void runs_each(struct document *d, xmlNode *top, void (*each)(struct run *r, void *user), void *user);

/* The same for a loose string, which comes back in the document's arena. */
const char *run_string(struct document *d, const char *string, void (*each)(struct run *r, void *user),
                       void *user);

/* The rules in force at a letter. */
static inline const struct punctuation *run_rules(const struct run *r, size_t i)
{
    return r->segments[r->letters[i].segment].rules;
}

/* The character at i, or U+0020 outside of the row and for what was taken out. */
static inline uint32_t run_at(const struct run *r, size_t i)
{
    return i < r->count && r->letters[i].c ? r->letters[i].c : ' ';
}

/* Sets a letter, unless it is fixed. */
void run_set(struct run *r, size_t i, uint32_t c);
void run_insert(struct run *r, size_t i, uint32_t space);

/* ---- classes of characters */

static inline bool run_space(uint32_t c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == 0xA0 || c == 0x202F || c == 0x2009;
}

static inline bool run_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

bool run_alnum(uint32_t c);
bool run_upper(uint32_t c);
bool run_lower(uint32_t c);

#endif
