/* json.h - JSON (RFC 8259) that people can read, written into a buf.
 *
 * A `struct json` knows where commas and line ends go. A broken array or object has each of its values on a
 * line of its own, another stands on one line:
 *
 *     struct json j = json_begin(out);
 *     json_open(&j, '[', true);
 *     json_open(&j, '{', false);
 *     json_key(&j, "line"), json_int(&j, 3);
 *     json_close(&j), json_close(&j);
 */
#ifndef OCTAVO_BASE_JSON_H
#define OCTAVO_BASE_JSON_H

#include "base/buf.h"

enum { JSON_DEPTH = 12 };

struct json {
    struct buf *out;
    int depth;
    bool keyed; /* the next value belongs to a key */
    struct {
        char close;
        bool broken, any;
    } levels[JSON_DEPTH];
};

struct json json_begin(struct buf *out);

/* Begins an array, '[', or an object, '{', at most JSON_DEPTH inside each other; json_close ends the one that
 * was opened last. */
void json_open(struct json *j, char bracket, bool broken);
void json_close(struct json *j);

/* The key of an object's next value. */
void json_key(struct json *j, const char *name);

void json_text(struct json *j, struct text t);
void json_string(struct json *j, const char *s);
/* With at most `decimals` places; what is no number is null. */
void json_real(struct json *j, double value, int decimals);
void json_int(struct json *j, long long value);
void json_bool(struct json *j, bool value);
void json_null(struct json *j);

#endif
