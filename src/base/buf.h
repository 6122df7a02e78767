/* buf.h - bytes that grow: the only growable heap of octavo.
 *
 * A buf belongs to an arena: it may be freed early with buf_free, else it ends with the arena. It always
 * holds a NUL behind its last byte. Exhausted memory raises the arena's failure.
 */
#ifndef OCTAVO_BASE_BUF_H
#define OCTAVO_BASE_BUF_H

#include "base/arena.h"
#include "base/text.h"
#include <stdint.h>

struct buf {
    char *data; /* NULL while nothing was ever added */
    size_t length, capacity;
    struct arena *arena;
};

struct buf *buf_new(struct arena *a);
/* Ends the bytes now; the buf is empty and may be used again. */
void buf_free(struct buf *b);
void buf_clear(struct buf *b);
void buf_reserve(struct buf *b, size_t more);
void buf_add(struct buf *b, const void *bytes, size_t length);
void buf_text(struct buf *b, struct text t);
void buf_string(struct buf *b, const char *s);
void buf_byte(struct buf *b, char c);
void buf_utf8(struct buf *b, uint32_t code_point);
void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A real number with at most `decimals` (0 to 6) places, no exponent, no trailing zeros, "-0" never, and the
 * point a point whatever the locale. */
void buf_real(struct buf *b, double value, int decimals);
/* A decimal integer. */
void buf_int(struct buf *b, long long value);
/* Text as XML content: & < > escaped, and " too when `attribute`. */
void buf_xml(struct buf *b, struct text t, bool attribute);
/* The view of what it holds; valid until the next change. */
struct text buf_view(const struct buf *b);

#endif
