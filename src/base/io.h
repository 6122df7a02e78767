/* io.h - the only file of octavo that opens files.
 *
 * Reading: a whole file at once. Writing: a set of outputs, each written beside its target under another
 * name; outputs_commit() syncs and renames them all, and until then no old file has changed. What goes wrong
 * is a message (io.missing, io.directory, io.unreadable, io.large, io.folder, io.write) and -1.
 */
#ifndef OCTAVO_BASE_IO_H
#define OCTAVO_BASE_IO_H

#include "base/message.h"
#include "base/text.h"

/* Reads all of `path` ("-": standard input) into `a`, at most LIMIT_SOURCE_BYTES. -1 with a message of
 * `severity` at `where` (NULL: no place). */
int io_read(struct arena *a, const char *path, struct messages *m, enum severity severity,
            const struct place *where, struct text *out);

/* True when a file can be read there; no message. */
bool io_exists(const char *path);

/* True when `path` is a directory; no message. */
bool io_is_directory(const char *path);

/* True when both names lead to one file, or would when it is made; no message. */
bool io_same(struct arena *a, const char *one, const char *other);

/* The names, sorted, of the files of a folder that end in `suffix`, without it, NULL at the end. Empty when
 * the folder can't be read. */
const char *const *io_list(struct arena *a, const char *folder, const char *suffix);

/* Resolves `name`, a relative path found in a source, below `base` (a directory) without leaving it through
 * ".." or a symbolic link. NULL when it leads outside or is absolute; the path in `a` otherwise, whether or
 * not a file is there. */
const char *io_below(struct arena *a, const char *base, const char *name);

/* The directory part of a path ("." when there is none), and its last part. */
char *io_directory(struct arena *a, const char *path);
const char *io_basename(const char *path);
/* The suffix of the last part with its dot (".epub"), or "". */
const char *io_suffix(const char *path);

struct outputs;
struct output;

/* An empty set; what was not committed when `a` ends is deleted. */
struct outputs *outputs_new(struct arena *a, struct messages *m);

/* Would a file be made there? -1 with a message when it is a folder, or its folder doesn't exist. */
int outputs_check(struct outputs *all, const char *path);

/* Adds a file of the set. NULL with a message when it can't be made. A device or pipe is written at once; a
 * symbolic link stays, and what it leads to is written. */
struct output *outputs_open(struct outputs *all, const char *path);

/* An output kept in memory, which belongs to no set: what one output holds of another. It ends with `a`. */
struct output *output_memory(struct arena *a);
/* What was written to it; lent until the next write. */
struct text output_bytes(const struct output *o);

/* Writes bytes. After a failure every further call gives -1; the message comes once. */
int output_write(struct output *o, const void *bytes, size_t length);

/* Syncs and closes a file of the set that is complete, so that a set may have more files than can be open at
 * once. outputs_commit() does it for the others. -1 with a message. */
int output_close(struct output *o);

/* Bytes written so far. */
size_t output_size(const struct output *o);

/* Syncs and closes all, then renames all to their targets. -1 with a message when any fails before the first
 * rename: then no target has changed. */
int outputs_commit(struct outputs *all);

#endif
