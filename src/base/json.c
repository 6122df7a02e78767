#include "base/json.h"
#include <assert.h>
#include <math.h>

struct json json_begin(struct buf *out)
{
    return (struct json){.out = out};
}

static void new_line(struct json *j)
{
    buf_byte(j->out, '\n');
    for (int i = 0; i < j->depth; i++)
        buf_string(j->out, "  ");
}

/* What stands before a value or key. */
static void separate(struct json *j)
{
    if (j->keyed || !j->depth) {
        j->keyed = false;
        return;
    }
    bool broken = j->levels[j->depth - 1].broken, any = j->levels[j->depth - 1].any;
    if (any)
        buf_byte(j->out, ',');
    if (broken)
        new_line(j);
    else if (any)
        buf_byte(j->out, ' ');
    j->levels[j->depth - 1].any = true;
}

void json_open(struct json *j, char bracket, bool broken)
{
    assert(j->depth < JSON_DEPTH);
    separate(j);
    buf_byte(j->out, bracket);
    j->levels[j->depth].close = bracket == '[' ? ']' : '}';
    j->levels[j->depth].broken = broken;
    j->levels[j->depth++].any = false;
}

void json_close(struct json *j)
{
    j->depth--;
    if (j->levels[j->depth].broken && j->levels[j->depth].any)
        new_line(j);
    buf_byte(j->out, j->levels[j->depth].close);
    if (!j->depth)
        buf_byte(j->out, '\n');
}

static void quote(struct buf *out, struct text t)
{
    buf_byte(out, '"');
    for (size_t i = 0; i < t.length; i++) {
        unsigned char c = (unsigned char)t.at[i];
        if (c == '"' || c == '\\')
            buf_printf(out, "\\%c", c);
        else if (c < 0x20)
            buf_printf(out, "\\u%04x", c);
        else
            buf_byte(out, (char)c);
    }
    buf_byte(out, '"');
}

void json_key(struct json *j, const char *name)
{
    separate(j);
    quote(j->out, text_of(name));
    buf_string(j->out, ": ");
    j->keyed = true;
}

void json_text(struct json *j, struct text t)
{
    separate(j);
    quote(j->out, t);
}

void json_string(struct json *j, const char *s)
{
    json_text(j, text_of(s));
}

void json_real(struct json *j, double value, int decimals)
{
    if (!isfinite(value)) {
        json_null(j);
        return;
    }
    separate(j);
    buf_real(j->out, value, decimals);
}

void json_int(struct json *j, long long value)
{
    separate(j);
    buf_int(j->out, value);
}

void json_bool(struct json *j, bool value)
{
    separate(j);
    buf_string(j->out, value ? "true" : "false");
}

void json_null(struct json *j)
{
    separate(j);
    buf_string(j->out, "null");
}
