#include "base/io.h"
#include "base/limits.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- reading */

static int complain(struct messages *m, enum severity s, const struct place *where, const char *path,
                    int error)
{
    struct place at = {path, 0, 0};
    if (!where)
        where = &at;
    if (error == ENOENT || error == ENOTDIR)
        message(m, s, "io.missing", where, "There is no file %s. Check the name and the folder.", path);
    else if (error == EISDIR)
        message(m, s, "io.directory", where, "%s is a folder. Name a file in it.", path);
    else if (error == EACCES || error == EPERM)
        message(m, s, "io.unreadable", where, "%s may not be read. Change its permissions.", path);
    else
        message(m, s, "io.unreadable", where, "%s can't be read: %s.", path, strerror(error));
    return -1;
}

/* Reads to the end of `fd`; an errno, or 0. */
static int read_all(struct arena *a, int fd, size_t expected, struct text *out)
{
    size_t capacity = expected + 1, length = 0;
    char *bytes = arena_alloc(a, capacity + 1);
    for (;;) {
        if (length == capacity) {
            char *larger = arena_alloc(a, capacity * 2 + 1);
            memcpy(larger, bytes, length);
            bytes = larger;
            capacity *= 2;
        }
        ssize_t n = read(fd, bytes + length, capacity - length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno;
        if (n == 0)
            break;
        length += (size_t)n;
        if (length > LIMIT_SOURCE_BYTES)
            return EFBIG;
    }
    bytes[length] = '\0';
    *out = (struct text){bytes, length};
    return 0;
}

int io_read(struct arena *a, const char *path, struct messages *m, enum severity severity,
            const struct place *where, struct text *out)
{
    bool standard_input = strcmp(path, "-") == 0;
    int fd = standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return complain(m, severity, where, path, errno);
    struct stat st;
    int error = 0;
    if (fstat(fd, &st) != 0)
        error = errno;
    else if (S_ISDIR(st.st_mode))
        error = EISDIR;
    else if (S_ISREG(st.st_mode) && (unsigned long long)st.st_size > LIMIT_SOURCE_BYTES)
        error = EFBIG;
    else
        error = read_all(a, fd, S_ISREG(st.st_mode) ? (size_t)st.st_size : 65536, out);
    if (!standard_input)
        close(fd);
    if (error == EFBIG) {
        struct place at = {path, 0, 0};
        message(m, severity, "io.large", where ? where : &at,
                "%s is larger than %lu MB. Split it into several sources.", path, LIMIT_SOURCE_BYTES >> 20);
        return -1;
    }
    return error ? complain(m, severity, where, path, error) : 0;
}

bool io_exists(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode) && access(path, R_OK) == 0;
}

bool io_is_directory(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* ---- names */

char *io_directory(struct arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return arena_string(a, ".");
    return arena_copy(a, path, slash == path ? 1 : (size_t)(slash - path));
}

const char *io_basename(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

const char *io_suffix(const char *path)
{
    const char *name = io_basename(path), *dot = strrchr(name, '.');
    return dot && dot != name ? dot : "";
}

const char *io_below(struct arena *a, const char *base, const char *name)
{
    if (name[0] == '/' || name[0] == '\0')
        return NULL;
    int depth = 0;
    struct text rest = text_of(name), piece;
    while (text_split(&rest, '/', &piece)) {
        if (text_is(piece, ".."))
            depth--;
        else if (piece.length && !text_is(piece, "."))
            depth++;
        if (depth < 0)
            return NULL;
    }
    const char *path = arena_printf(a, "%s/%s", base, name);
    char root[PATH_MAX], real[PATH_MAX];
    if (!realpath(base, root) || !realpath(path, real))
        return path; /* nothing there: opening it will say so */
    size_t n = strlen(root);
    bool below = strncmp(real, root, n) == 0 && (real[n] == '/' || (n == 1 && root[0] == '/'));
    return below ? path : NULL;
}

/* ---- writing */

struct output {
    struct outputs *all;
    const char *path, *beside; /* the target and the name written under */
    int fd;                    /* -1: closed */
    bool bad, pending;
    size_t written, held;
    char hold[64 * 1024]; /* collects small writes */
    struct output *next;
};

struct outputs {
    struct arena *arena;
    struct messages *messages;
    struct output *first, **end;
};

static void outputs_end(void *what)
{
    struct outputs *all = what;
    for (struct output *o = all->first; o; o = o->next) {
        if (o->fd >= 0)
            close(o->fd);
        if (o->pending)
            unlink(o->beside);
    }
}

struct outputs *outputs_new(struct arena *a, struct messages *m)
{
    struct outputs *all = arena_alloc(a, sizeof *all);
    *all = (struct outputs){a, m, NULL, NULL};
    all->end = &all->first;
    arena_defer(a, outputs_end, all);
    return all;
}

struct output *outputs_open(struct outputs *all, const char *path)
{
    struct place at = {path, 0, 0};
    if (io_is_directory(path)) {
        message(all->messages, SEVERITY_USAGE, "io.directory", &at, "%s is a folder. Name a file in it.",
                path);
        return NULL;
    }
    const char *folder = io_directory(all->arena, path);
    if (!io_is_directory(folder)) {
        message(all->messages, SEVERITY_USAGE, "io.folder", &at, "There is no folder %s. Make it first.",
                folder);
        return NULL;
    }
    struct output *o = arena_alloc(all->arena, sizeof *o);
    o->all = all;
    o->path = arena_string(all->arena, path);
    char *beside = arena_printf(all->arena, "%s.XXXXXX", path);
    o->fd = mkostemp(beside, O_CLOEXEC);
    o->beside = beside;
    if (o->fd < 0) {
        message(all->messages, SEVERITY_SYSTEM, "io.write", &at, "%s can't be written: %s.", path,
                strerror(errno));
        return NULL;
    }
    o->pending = true;
    *all->end = o;
    all->end = &o->next;
    return o;
}

static int fail(struct output *o, int error)
{
    if (!o->bad) {
        struct place at = {o->path, 0, 0};
        message(o->all->messages, SEVERITY_SYSTEM, "io.write", &at,
                "%s can't be written: %s. The old file, if any, is as it was.", o->path, strerror(error));
    }
    o->bad = true;
    return -1;
}

static int write_all(struct output *o, const char *bytes, size_t length)
{
    while (length) {
        ssize_t n = write(o->fd, bytes, length);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail(o, errno);
        bytes += n;
        length -= (size_t)n;
    }
    return 0;
}

static int flush(struct output *o)
{
    size_t n = o->held;
    o->held = 0;
    return o->bad ? -1 : write_all(o, o->hold, n);
}

int output_write(struct output *o, const void *bytes, size_t length)
{
    if (o->bad)
        return -1;
    o->written += length;
    if (length > sizeof o->hold - o->held && flush(o) != 0)
        return -1;
    if (length > sizeof o->hold)
        return write_all(o, bytes, length);
    memcpy(o->hold + o->held, bytes, length);
    o->held += length;
    return 0;
}

size_t output_size(const struct output *o)
{
    return o->written;
}

/* A file made by mkostemp is private; give it the permissions that any new file would have. */
static mode_t usual_mode(void)
{
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

static int finish(struct output *o)
{
    if (flush(o) != 0)
        return -1;
    if (fchmod(o->fd, usual_mode()) != 0 || fsync(o->fd) != 0)
        return fail(o, errno);
    int fd = o->fd;
    o->fd = -1;
    return close(fd) == 0 ? 0 : fail(o, errno);
}

int outputs_commit(struct outputs *all)
{
    for (struct output *o = all->first; o; o = o->next)
        if (finish(o) != 0)
            return -1;
    for (struct output *o = all->first; o; o = o->next) {
        if (rename(o->beside, o->path) != 0)
            return fail(o, errno);
        o->pending = false;
    }
    return 0;
}
