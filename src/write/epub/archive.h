/* archive.h - entries into a ZIP archive as OCF asks for (EPUB 3.3 §4): mimetype first, stored and bare.
 *
 * Entries come already deflated (archive_deflate, thread-safe); libzip lays out the archive around them. All
 * times are the one given, in UTC; there are no extra fields and nothing of the machine.
 */
#ifndef OCTAVO_WRITE_EPUB_ARCHIVE_H
#define OCTAVO_WRITE_EPUB_ARCHIVE_H

#include "base/buf.h"
#include "base/io.h"

struct archive_entry {
    const char *name;
    struct text bytes; /* deflated, or as they are when `deflated` is not set */
    size_t size;       /* before deflating */
    uint32_t crc;      /* CRC-32 of what was deflated */
    bool deflated;
};

/* libdeflate's levels go to 12: a text gets less than one in a hundred smaller from LEVEL_TEXT on, in twice
 * the time. Pictures are packed in their own formats: hardly any is worth more than a try. */
enum { LEVEL_PICTURE = 1, LEVEL_TEXT = 8 };

/* Makes an entry of `bytes`, which must live as long as it; what it needs is in `a`. What deflating doesn't
 * make smaller is stored. */
struct archive_entry archive_deflate(struct arena *a, const char *name, struct text bytes, int level);

/* Writes the archive; -1 when the disk fails (the output tells) or libzip does (message epub.zip). `seconds`
 * since 1970 is every entry's time, between 1980 and 2107. */
int archive_write(struct arena *a, struct messages *m, const struct archive_entry *entries, size_t count,
                  long long seconds, struct output *out);

/* A day of the Gregorian calendar and its time. */
struct civil {
    long long year;
    int month, day, hour, minute, second;
};
struct civil civil_of(long long seconds);

#endif
