/* utf8.h - UTF-8 (RFC 3629): decode, encode, check. Surrogates, overlong forms and values past U+10FFFF are
 * ill-formed. */
#ifndef OCTAVO_BASE_UTF8_H
#define OCTAVO_BASE_UTF8_H

#include "base/text.h"
#include <stdint.h>

enum { UTF8_BAD = 0xFFFD };

/* Decodes the character at `*at` (which must be < t.length) and moves `*at` behind it. An ill-formed byte is
 * UTF8_BAD and is one byte long. */
uint32_t utf8_next(struct text t, size_t *at);
/* The character that ends before `*at` (which must be > 0); moves `*at` to its start. */
uint32_t utf8_previous(struct text t, size_t *at);
/* Writes 1 to 4 bytes; returns how many. */
size_t utf8_encode(char bytes[4], uint32_t code_point);
/* Offset of the first ill-formed byte, or the length when all is well. */
size_t utf8_check(struct text t);

#endif
