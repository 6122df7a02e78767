#include "write/epub/archive.h"
#include "base/library.h"
#include <libdeflate.h>
#include <stdlib.h>
#include <zip.h>

enum { READ_BYTES = 1 << 16 };

/* libzip needs a library of ciphers that takes longer to link than all others of octavo together. It is
 * loaded when an archive is made, beside the PDF. */
#define ZIP_CALLS(F)                                                                                         \
    F(zip_close)                                                                                             \
    F(zip_discard)                                                                                           \
    F(zip_error_init)                                                                                        \
    F(zip_error_set)                                                                                         \
    F(zip_error_strerror)                                                                                    \
    F(zip_error_to_data)                                                                                     \
    F(zip_file_add)                                                                                          \
    F(zip_file_set_dostime)                                                                                  \
    F(zip_file_set_external_attributes)                                                                      \
    F(zip_open_from_source)                                                                                  \
    F(zip_set_file_compression)                                                                              \
    F(zip_source_buffer_create)                                                                              \
    F(zip_source_close)                                                                                      \
    F(zip_source_error)                                                                                      \
    F(zip_source_free)                                                                                       \
    F(zip_source_function)                                                                                   \
    F(zip_source_keep)                                                                                       \
    F(zip_source_open)                                                                                       \
    F(zip_source_read)                                                                                       \
    F(zip_stat_init)                                                                                         \
    F(zip_strerror)

struct libzip {
    ZIP_CALLS(LIBRARY_FIELD)
};

static const char *const zip_names[] = {ZIP_CALLS(LIBRARY_NAME) NULL};

/* Howard Hinnant's algorithm for the proleptic Gregorian calendar. */
struct civil civil_of(long long seconds)
{
    long long days = seconds / 86400, rest = seconds % 86400;
    if (rest < 0) {
        rest += 86400;
        days--;
    }
    days += 719468; /* from 1 March of the year 0 */
    long long era = (days >= 0 ? days : days - 146096) / 146097;
    long long day_of_era = days - era * 146097;
    long long year = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    long long day_of_year = day_of_era - (365 * year + year / 4 - year / 100);
    long long month = (5 * day_of_year + 2) / 153;
    struct civil c = {.day = (int)(day_of_year - (153 * month + 2) / 5 + 1),
                      .month = (int)(month < 10 ? month + 3 : month - 9),
                      .hour = (int)(rest / 3600),
                      .minute = (int)(rest / 60 % 60),
                      .second = (int)(rest % 60)};
    c.year = year + era * 400 + (c.month <= 2);
    return c;
}

struct archive_entry archive_deflate(struct arena *a, const char *name, struct text bytes, int level)
{
    struct archive_entry e = {.name = name, .bytes = bytes, .size = bytes.length};
    e.crc = libdeflate_crc32(0, bytes.at, bytes.length);
    struct buf *packed = buf_new(a);
    buf_reserve(packed, libdeflate_deflate_compress_bound(NULL, bytes.length));
    struct libdeflate_compressor *c = arena_must(a, libdeflate_alloc_compressor(level));
    packed->length =
        libdeflate_deflate_compress(c, bytes.at, bytes.length, packed->data, packed->capacity - 1);
    libdeflate_free_compressor(c);
    if (packed->length && packed->length < bytes.length) {
        e.bytes = (struct text){arena_copy(a, packed->data, packed->length), packed->length};
        e.deflated = true;
    }
    buf_free(packed);
    return e;
}

/* ---- an entry as libzip's source: bytes that are deflated already */

struct source {
    const struct libzip *lib;
    const struct archive_entry *entry;
    size_t at;
    zip_error_t error;
};

static zip_int64_t read_some(struct source *s, void *data, zip_uint64_t length)
{
    size_t left = s->entry->bytes.length - s->at;
    size_t n = length < left ? (size_t)length : left;
    if (n)
        memcpy(data, s->entry->bytes.at + s->at, n);
    s->at += n;
    return (zip_int64_t)n;
}

static zip_int64_t stat_entry(const struct source *s, void *data)
{
    zip_stat_t *st = data;
    s->lib->zip_stat_init(st);
    st->size = s->entry->size;
    st->comp_size = s->entry->bytes.length;
    st->crc = s->entry->crc;
    st->comp_method = s->entry->deflated ? ZIP_CM_DEFLATE : ZIP_CM_STORE;
    st->valid = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_CRC | ZIP_STAT_COMP_METHOD;
    return sizeof *st;
}

static zip_int64_t serve(void *user, void *data, zip_uint64_t length, zip_source_cmd_t command)
{
    struct source *s = user;
    switch (command) {
    case ZIP_SOURCE_OPEN:
        s->at = 0;
        return 0;
    case ZIP_SOURCE_READ:
        return read_some(s, data, length);
    case ZIP_SOURCE_STAT:
        return stat_entry(s, data);
    case ZIP_SOURCE_ERROR:
        return s->lib->zip_error_to_data(&s->error, data, length);
    case ZIP_SOURCE_CLOSE:
    case ZIP_SOURCE_FREE:
        return 0;
    case ZIP_SOURCE_SUPPORTS:
        return ZIP_SOURCE_SUPPORTS_READABLE;
    default:
        s->lib->zip_error_set(&s->error, ZIP_ER_OPNOTSUPP, 0);
        return -1;
    }
}

/* ---- the archive */

struct archive {
    struct arena *arena;
    struct messages *messages;
    struct libzip lib;
    zip_source_t *memory; /* the archive's bytes */
    zip_t *zip;           /* NULL when it is not open */
};

static void archive_end(void *what)
{
    struct archive *z = what;
    if (z->zip)
        z->lib.zip_discard(z->zip);
    if (z->memory)
        z->lib.zip_source_free(z->memory);
    z->zip = NULL;
    z->memory = NULL;
}

static int fail(struct archive *z, const char *why)
{
    message(z->messages, SEVERITY_SYSTEM, "epub.zip", NULL, "The e-book's archive could not be made: %s.",
            why);
    return -1;
}

static int open_archive(struct archive *z)
{
    zip_error_t error;
    if (library_load(z->arena, LIBRARY_ZIP, zip_names, &z->lib) != 0)
        return fail(z, "libzip isn't installed; install Debian's package libzip4");
    z->lib.zip_error_init(&error);
    z->memory = arena_must(z->arena, z->lib.zip_source_buffer_create(NULL, 0, 0, &error));
    z->zip = arena_must(z->arena, z->lib.zip_open_from_source(z->memory, ZIP_TRUNCATE, &error));
    z->lib.zip_source_keep(z->memory); /* closing the archive takes one reference, archive_end the other */
    return 0;
}

/* The time of an entry as MS-DOS writes it, whatever the zone (libzip's own would ask localtime). */
static void dos_time(long long seconds, zip_uint16_t *time, zip_uint16_t *date)
{
    struct civil c = civil_of(seconds);
    if (c.year < 1980)
        c = (struct civil){1980, 1, 1, 0, 0, 0};
    if (c.year > 2107)
        c = (struct civil){2107, 12, 31, 23, 59, 58};
    *time = (zip_uint16_t)(c.hour << 11 | c.minute << 5 | c.second / 2);
    *date = (zip_uint16_t)((int)(c.year - 1980) << 9 | c.month << 5 | c.day);
}

static int add(struct archive *z, const struct archive_entry *e, long long seconds)
{
    struct source *s = arena_alloc(z->arena, sizeof *s);
    s->lib = &z->lib;
    s->entry = e;
    z->lib.zip_error_init(&s->error);
    zip_source_t *source = arena_must(z->arena, z->lib.zip_source_function(z->zip, serve, s));
    zip_int64_t index = z->lib.zip_file_add(z->zip, e->name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        z->lib.zip_source_free(source);
        return fail(z, z->lib.zip_strerror(z->zip));
    }
    zip_uint64_t at = (zip_uint64_t)index;
    zip_uint16_t time, date;
    dos_time(seconds, &time, &date);
    zip_int32_t method = e->deflated ? ZIP_CM_DEFLATE : ZIP_CM_STORE;
    if (z->lib.zip_set_file_compression(z->zip, at, method, 0) != 0 ||
        z->lib.zip_file_set_dostime(z->zip, at, time, date, 0) != 0 ||
        z->lib.zip_file_set_external_attributes(z->zip, at, 0, ZIP_OPSYS_UNIX, 0100644u << 16) != 0)
        return fail(z, z->lib.zip_strerror(z->zip));
    return 0;
}

static int close_archive(struct archive *z)
{
    if (z->lib.zip_close(z->zip) != 0)
        return fail(z, z->lib.zip_strerror(z->zip));
    z->zip = NULL;
    return 0;
}

static int copy_out(struct archive *z, struct output *out)
{
    if (z->lib.zip_source_open(z->memory) != 0)
        return fail(z, z->lib.zip_error_strerror(z->lib.zip_source_error(z->memory)));
    char *some = arena_alloc(z->arena, READ_BYTES);
    zip_int64_t n;
    int rc = 0;
    while (rc == 0 && (n = z->lib.zip_source_read(z->memory, some, READ_BYTES)) > 0)
        rc = output_write(out, some, (size_t)n);
    if (rc == 0 && n < 0)
        rc = fail(z, z->lib.zip_error_strerror(z->lib.zip_source_error(z->memory)));
    z->lib.zip_source_close(z->memory);
    return rc;
}

int archive_write(struct arena *a, struct messages *m, const struct archive_entry *entries, size_t count,
                  long long seconds, struct output *out)
{
    struct archive *z = arena_alloc(a, sizeof *z);
    *z = (struct archive){.arena = a, .messages = m};
    arena_defer(a, archive_end, z);
    int rc = open_archive(z);
    for (size_t i = 0; rc == 0 && i < count; i++)
        rc = add(z, &entries[i], seconds);
    if (rc == 0)
        rc = close_archive(z);
    if (rc == 0)
        rc = copy_out(z, out);
    archive_end(z);
    return rc;
}
