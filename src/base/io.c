#include "base/io.h"
#include "base/buf.h"
#include "base/limits.h"
#include <dirent.h>
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

bool io_same(struct arena *a, const char *one, const char *other)
{
    struct stat x, y;
    if (stat(one, &x) == 0 && stat(other, &y) == 0)
        return x.st_dev == y.st_dev && x.st_ino == y.st_ino;
    if (strcmp(io_basename(one), io_basename(other)) != 0)
        return false;
    return stat(io_directory(a, one), &x) == 0 && stat(io_directory(a, other), &y) == 0 &&
           x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

static int by_name(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

static void end_folder(void *what)
{
    closedir(what);
}

const char *const *io_list(struct arena *a, const char *folder, const char *suffix)
{
    size_t count = 0, room = 16;
    const char **names = arena_array(a, room, sizeof *names);
    DIR *open = opendir(folder);
    if (!open)
        return names;
    arena_defer(a, end_folder, open);
    for (struct dirent *e; (e = readdir(open));) {
        struct text name = text_of(e->d_name);
        if (name.length == strlen(suffix) || !text_ends(name, suffix))
            continue;
        if (count + 1 == room) {
            const char **more = arena_array(a, room * 2, sizeof *more);
            memcpy(more, names, count * sizeof *names);
            names = more;
            room *= 2;
        }
        names[count++] = text_copy(a, text_slice(name, 0, name.length - strlen(suffix)));
    }
    qsort(names, count, sizeof *names, by_name);
    return names;
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
    const char *path;   /* as the user named it */
    const char *target; /* what that leads to */
    const char *beside; /* the name written under until all is well */
    int fd;             /* -1: closed */
    bool special;       /* written in place */
    bool bad, pending;
    size_t written, held;
    struct hold *hold;  /* NULL: closed */
    struct buf *memory; /* holds all of it; NULL: a file */
    struct output *next;
};

/* Collects small writes; one that is no longer used serves the next file. */
struct hold {
    char bytes[64 * 1024];
    struct hold *next;
};

struct outputs {
    struct arena *arena;
    struct messages *messages;
    struct output *first, **end;
    struct hold *spare;
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
    *all = (struct outputs){.arena = a, .messages = m};
    all->end = &all->first;
    arena_defer(a, outputs_end, all);
    return all;
}

int outputs_check(struct outputs *all, const char *path)
{
    struct place at = {path, 0, 0};
    if (io_is_directory(path)) {
        message(all->messages, SEVERITY_USAGE, "io.directory", &at, "%s is a folder. Name a file in it.",
                path);
        return -1;
    }
    const char *folder = io_directory(all->arena, path);
    if (!io_is_directory(folder)) {
        message(all->messages, SEVERITY_USAGE, "io.folder", &at, "There is no folder %s. Make it first.",
                folder);
        return -1;
    }
    return 0;
}

/* What a rename must not replace: a device, a pipe. */
static bool is_special(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && !S_ISREG(st.st_mode);
}

/* Opens a new file beside the target, with the permissions that any new file gets. */
static int open_beside(struct output *o)
{
    enum { TRIES = 1000 };
    for (int i = 0; i < TRIES; i++) {
        o->beside = arena_printf(o->all->arena, "%s.%ld-%d.part", o->target, (long)getpid(), i);
        int fd = open(o->beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

static struct hold *hold_take(struct outputs *all)
{
    struct hold *h = all->spare;
    if (!h)
        return arena_alloc(all->arena, sizeof *h);
    all->spare = h->next;
    return h;
}

struct output *outputs_open(struct outputs *all, const char *path)
{
    if (outputs_check(all, path) != 0)
        return NULL;
    struct output *o = arena_alloc(all->arena, sizeof *o);
    o->all = all;
    o->hold = hold_take(all);
    o->path = arena_string(all->arena, path);
    char real[PATH_MAX];
    o->target = realpath(path, real) ? arena_string(all->arena, real) : o->path;
    o->special = is_special(path);
    o->fd = o->special ? open(path, O_WRONLY | O_CLOEXEC) : open_beside(o);
    if (o->fd < 0) {
        struct place at = {path, 0, 0};
        message(all->messages, SEVERITY_SYSTEM, "io.write", &at, "%s can't be written: %s.", path,
                strerror(errno));
        return NULL;
    }
    o->pending = !o->special;
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
    return o->bad ? -1 : write_all(o, o->hold->bytes, n);
}

int output_write(struct output *o, const void *bytes, size_t length)
{
    if (o->bad || (o->fd < 0 && !o->memory))
        return -1;
    o->written += length;
    if (o->memory) {
        buf_add(o->memory, bytes, length);
        return 0;
    }
    if (length > sizeof o->hold->bytes - o->held && flush(o) != 0)
        return -1;
    if (length > sizeof o->hold->bytes)
        return write_all(o, bytes, length);
    memcpy(o->hold->bytes + o->held, bytes, length);
    o->held += length;
    return 0;
}

size_t output_size(const struct output *o)
{
    return o->written;
}

struct output *output_memory(struct arena *a)
{
    struct output *o = arena_alloc(a, sizeof *o);
    o->memory = buf_new(a);
    o->fd = -1;
    return o;
}

struct text output_bytes(const struct output *o)
{
    return buf_view(o->memory);
}

int output_close(struct output *o)
{
    if (o->fd < 0)
        return o->bad ? -1 : 0;
    if (flush(o) != 0)
        return -1;
    if (!o->special && fsync(o->fd) != 0)
        return fail(o, errno);
    o->hold->next = o->all->spare;
    o->all->spare = o->hold;
    o->hold = NULL;
    int fd = o->fd;
    o->fd = -1;
    return close(fd) == 0 ? 0 : fail(o, errno);
}

int outputs_commit(struct outputs *all)
{
    for (struct output *o = all->first; o; o = o->next)
        if (output_close(o) != 0)
            return -1;
    for (struct output *o = all->first; o; o = o->next) {
        if (o->special)
            continue;
        if (rename(o->beside, o->target) != 0)
            return fail(o, errno);
        o->pending = false;
    }
    return 0;
}
