/* scan.h - CSS text becomes tokens (CSS Syntax 3 §4).
 *
 * Any bytes make tokens: what is broken is a token of its own kind and the parser's matter. Comments leave no
 * trace but a space where they stand alone. A token that opens ( "(", "[", "{", a function ) knows how far
 * away its closer is, so that nobody has to recurse in order to skip a block.
 */
#ifndef OCTAVO_STYLE_SCAN_H
#define OCTAVO_STYLE_SCAN_H

#include "base/text.h"

enum token_type {
    TOKEN_IDENT,
    TOKEN_FUNCTION, /* `value` is its name */
    TOKEN_AT,       /* @media: `value` is "media" */
    TOKEN_HASH,
    TOKEN_STRING,
    TOKEN_BAD_STRING,
    TOKEN_URL,
    TOKEN_BAD_URL,
    TOKEN_NUMBER,
    TOKEN_PERCENT,
    TOKEN_DIMENSION, /* `value` is the unit */
    TOKEN_SPACE,
    TOKEN_DELIM, /* one character that is nothing else: `mark` */
    TOKEN_OPEN,  /* ( [ {: `mark` */
    TOKEN_CLOSE  /* ) ] }: `mark` */
};

struct token {
    enum token_type type;
    char mark;
    bool integer;     /* TOKEN_NUMBER: written without a point or exponent */
    int line, column; /* from 1; columns in characters */
    unsigned span;    /* TOKEN_OPEN, TOKEN_FUNCTION: tokens from here to the closer, or past the last token;
                         TOKEN_CLOSE: back to what it closes, or 0 */
    double number;
    struct text raw;   /* as written */
    struct text value; /* unescaped; see above */
};

/* A slice of tokens; lent. */
struct tokens {
    const struct token *at;
    size_t count;
};

/* All tokens of `css`, whose bytes must outlive them. */
struct tokens scan(struct arena *a, struct text css);

/* Sets the spans of a list that was put together anew. */
void scan_spans(struct arena *a, struct token *tokens, size_t count);

static inline bool token_is(const struct token *t, char mark)
{
    return (t->type == TOKEN_DELIM || t->type == TOKEN_OPEN || t->type == TOKEN_CLOSE) && t->mark == mark;
}

/* The first token that is broken, or opens what is not closed, or closes what is not open; NULL when all is
 * well. */
const struct token *tokens_broken(struct tokens t);

/* Without space at both ends. */
struct tokens tokens_trim(struct tokens t);

#endif
