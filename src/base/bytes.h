/* bytes.h - whole numbers as the headers of files hold them: their first byte the highest (big) or the lowest
 * (little).
 *
 * Who reads one has looked that its bytes are there.
 */
#ifndef OCTAVO_BASE_BYTES_H
#define OCTAVO_BASE_BYTES_H

#include "base/buf.h"

static inline unsigned big16(struct text t, size_t at)
{
    const unsigned char *p = (const unsigned char *)t.at + at;
    return (unsigned)p[0] << 8 | p[1];
}

static inline uint32_t big32(struct text t, size_t at)
{
    return (uint32_t)big16(t, at) << 16 | big16(t, at + 2);
}

static inline unsigned little16(struct text t, size_t at)
{
    const unsigned char *p = (const unsigned char *)t.at + at;
    return (unsigned)p[1] << 8 | p[0];
}

static inline void buf_big16(struct buf *b, unsigned value)
{
    const char bytes[2] = {(char)(value >> 8), (char)value};
    buf_add(b, bytes, sizeof bytes);
}

static inline void big32_put(char *to, uint32_t value)
{
    to[0] = (char)(value >> 24);
    to[1] = (char)(value >> 16);
    to[2] = (char)(value >> 8);
    to[3] = (char)value;
}

static inline void buf_big32(struct buf *b, uint32_t value)
{
    char bytes[4];
    big32_put(bytes, value);
    buf_add(b, bytes, sizeof bytes);
}

#endif
