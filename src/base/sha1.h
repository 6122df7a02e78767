/* sha1.h - FIPS 180-4, for name-based UUIDs (RFC 9562, 5.5): never for anything that must be safe. */
#ifndef OCTAVO_BASE_SHA1_H
#define OCTAVO_BASE_SHA1_H

#include <stddef.h>

void sha1(const void *bytes, size_t length, unsigned char digest[20]);

#endif
