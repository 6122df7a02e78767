/* text.h - views of text that somebody else owns: a start and a length in bytes, UTF-8, no NUL at the end.
 *
 * Views are passed by value. None of these functions allocates, but for text_copy.
 */
#ifndef OCTAVO_BASE_TEXT_H
#define OCTAVO_BASE_TEXT_H

#include "base/arena.h"
#include <stdbool.h>
#include <string.h>

struct text {
    const char *at;
    size_t length;
};

#define TEXT(literal) ((struct text){(literal), sizeof(literal) - 1})

/* The view of a NUL-terminated string; NULL is empty. */
static inline struct text text_of(const char *s)
{
    return (struct text){s ? s : "", s ? strlen(s) : 0};
}

bool text_equal(struct text a, struct text b);
bool text_is(struct text a, const char *string);
/* Equal but for the case of ASCII letters. */
bool text_is_nocase(struct text a, const char *string);
/* Is it one of the strings, NULL at the end? */
bool text_among(struct text a, const char *const *strings);
bool text_starts(struct text a, const char *prefix);
bool text_ends(struct text a, const char *suffix);
/* Without ASCII white space at both ends. */
struct text text_trim(struct text a);
/* The bytes from `from` to before `to`, both cut to the length. */
struct text text_slice(struct text a, size_t from, size_t to);
/* Offset of the first `byte` at or after `from`, or the length. */
size_t text_find(struct text a, char byte, size_t from);
/* Takes the next line (without its LF or CRLF) off the front of `rest`; false at the end. */
bool text_line(struct text *rest, struct text *line);
/* Takes the next piece up to `separator` off the front of `rest`; false at the end. */
bool text_split(struct text *rest, char separator, struct text *piece);
/* A copy with a NUL behind it. */
char *text_copy(struct arena *a, struct text t);

static inline bool ascii_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}
static inline bool ascii_digit(char c)
{
    return c >= '0' && c <= '9';
}
static inline bool ascii_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
static inline char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}
/* What a hexadecimal digit stands for; -1: it is none. */
static inline int ascii_hex(char c)
{
    char l = ascii_lower(c);
    return ascii_digit(c) ? c - '0' : l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

#endif
