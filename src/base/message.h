/* message.h - what a job tells its user: a severity, a code, a place and a sentence that says what to do.
 *
 *     essay.md:12:5: warning: Note 3 is never called; it stands at the end of the notes. [notes.uncalled]
 *
 * The worst severity decides the exit status. Codes are `room-or-topic.what` in lower case; each has a folder
 * under tests/messages/. A worker thread collects in a list of its own, which the conductor appends in order.
 */
#ifndef OCTAVO_BASE_MESSAGE_H
#define OCTAVO_BASE_MESSAGE_H

#include "base/arena.h"
#include <stdbool.h>

enum severity {
    SEVERITY_NOTE,    /* worth knowing; status 0 */
    SEVERITY_WARNING, /* status 0, or 1 when the job is strict */
    SEVERITY_LOST,    /* something of the source could not be kept; printed as "error"; status 2 */
    SEVERITY_USAGE,   /* wrong usage, or a source that is not there; nothing is written; status 3 */
    SEVERITY_SYSTEM   /* memory, disk or a library failed; nothing is written; status 4 */
};

/* A place in a source: lines and columns count from 1, columns in characters; 0 is unknown. */
struct place {
    const char *file; /* as the user named it; NULL: no file */
    int line, column;
};

struct message {
    enum severity severity;
    const char *code;
    struct place place;
    const char *sentence;
    struct message *next;
};

/* Called for each message as it comes; `user` is what messages_new was given. */
typedef void message_sink(const struct message *m, void *user);

struct messages;

/* A list in `a`. `sink` may be NULL: then messages only collect. */
struct messages *messages_new(struct arena *a, message_sink *sink, void *user);

/* Adds a message. `where` may be NULL. `code` is static text. */
void message(struct messages *m, enum severity severity, const char *code, const struct place *where,
             const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Adds copies of all messages of `from` behind those of `to`, which tells its sink. */
void messages_append(struct messages *to, const struct messages *from);

/* The first message; the others follow by `next`. NULL when there are none. */
const struct message *messages_first(const struct messages *m);

/* How many messages of this severity or a worse one there are. */
int messages_count(const struct messages *m, enum severity least);

/* The exit status: 0 to 4, see enum severity. */
int messages_status(const struct messages *m, bool strict);

/* "note", "warning", "error", "error", "fatal error". */
const char *severity_name(enum severity s);

#endif
