#include "write/pdf/vector.h"
#include "write/pdf/syntax.h"
#include <math.h>
#include <stdlib.h>

enum { OBJECTS_MOST = 100000, DEPTH_MOST = 64 };

struct other {
    struct arena *arena;
    struct store *store;
    struct text pdf;
    size_t *offsets; /* by object */
    int *ours;       /* by object: its number in our file; 0: it isn't referred to */
    int *queue;      /* objects referred to, to be copied */
    int count, queued;
    bool bad;
};

/* ---- tokens (§7.2): a reader over a part of the file */

struct reader {
    struct text in;
    size_t at;
};

static bool is_delimiter(char c)
{
    return c == '\0' || ascii_space(c) || strchr("()<>[]{}/%", c);
}

/* A string in brackets, with what is nested in it. */
static void pass_string(struct reader *r)
{
    int depth = 0;
    for (; r->at < r->in.length; r->at++) {
        char c = r->in.at[r->at];
        if (c == '\\')
            r->at++;
        else if (c == '(')
            depth++;
        else if (c == ')' && --depth == 0)
            break;
    }
    r->at += r->at < r->in.length;
}

static void pass_space(struct reader *r)
{
    while (r->at < r->in.length) {
        char c = r->in.at[r->at];
        if (c == '%')
            while (r->at < r->in.length && r->in.at[r->at] != '\n')
                r->at++;
        else if (!ascii_space(c) && c)
            return;
        else
            r->at++;
    }
}

/* The next token; empty at the end. */
static struct text next_token(struct reader *r)
{
    pass_space(r);
    size_t from = r->at;
    if (from >= r->in.length)
        return (struct text){"", 0};
    char c = r->in.at[r->at];
    char after = from + 1 < r->in.length ? r->in.at[from + 1] : '\0';
    if (c == '(') {
        pass_string(r);
    } else if ((c == '<' || c == '>') && after == c) {
        r->at += 2;
    } else if (c == '<') {
        while (r->at < r->in.length && r->in.at[r->at++] != '>')
            continue;
    } else {
        r->at++;
        while (!(is_delimiter(c) && c != '/') && r->at < r->in.length && !is_delimiter(r->in.at[r->at]))
            r->at++;
    }
    return text_slice(r->in, from, r->at);
}

static bool is_number(struct text t, long *value)
{
    *value = 0;
    for (size_t i = 0; i < t.length; i++) {
        if (!ascii_digit(t.at[i]) || i > 8)
            return false;
        *value = *value * 10 + (t.at[i] - '0');
    }
    return t.length > 0;
}

/* A reference "12 0 R" of which the 12 was read; 0: it is none, and nothing more was read. */
static int reference(struct reader *r, struct text first)
{
    long object, generation;
    struct reader ahead = *r;
    if (!is_number(first, &object) || !is_number(next_token(&ahead), &generation) ||
        !text_is(next_token(&ahead), "R"))
        return 0;
    *r = ahead;
    return (int)object;
}

/* ---- objects */

static struct reader object_at(const struct other *o, int object)
{
    struct reader r = {.in = o->pdf, .at = o->pdf.length};
    if (object <= 0 || object >= o->count)
        return r;
    r.at = o->offsets[object];
    long number, generation;
    bool found = is_number(next_token(&r), &number) && is_number(next_token(&r), &generation) &&
                 text_is(next_token(&r), "obj") && number == object;
    if (!found)
        r.at = o->pdf.length;
    return r;
}

/* Passes over a value whose first token was read. */
static void pass_value(struct reader *r, struct text first)
{
    int depth = 0;
    if (reference(r, first))
        return;
    for (struct text t = first; t.length; t = next_token(r)) {
        depth += text_is(t, "<<") || text_is(t, "[");
        depth -= text_is(t, ">>") || text_is(t, "]");
        if (depth <= 0)
            return;
    }
}

/* The value of a key in the dictionary at `r`, or a reader at the end. */
static struct reader value_of(struct reader r, const char *key)
{
    struct reader none = {.in = r.in, .at = r.in.length};
    if (!text_is(next_token(&r), "<<"))
        return none;
    for (;;) {
        struct text name = next_token(&r);
        if (!name.length || text_is(name, ">>"))
            return none;
        if (text_is(name, key)) {
            pass_space(&r);
            return r;
        }
        pass_value(&r, next_token(&r));
    }
}

/* The object that a key refers to, or 0. */
static int object_of(struct reader dictionary, const char *key)
{
    struct reader r = value_of(dictionary, key);
    struct text first = next_token(&r);
    if (text_is(first, "["))
        first = next_token(&r);
    return reference(&r, first);
}

static long integer_of(const struct other *o, struct reader dictionary, const char *key)
{
    struct reader r = value_of(dictionary, key);
    struct text first = next_token(&r);
    int object = reference(&r, first);
    if (object) {
        r = object_at(o, object);
        first = next_token(&r);
    }
    long value;
    return is_number(first, &value) ? value : -1;
}

/* Our number of an object, which will be copied. */
static int ours(struct other *o, int object)
{
    if (object <= 0 || object >= o->count) {
        o->bad = true;
        return 0;
    }
    if (!o->ours[object]) {
        o->ours[object] = store_reserve(o->store);
        o->queue[o->queued++] = object;
    }
    return o->ours[object];
}

/* ---- copying */

/* Instead of the value that follows (ISO 19005-2 §6.2.8). */
static void plain_interpolation(struct reader *r, struct buf *out)
{
    next_token(r);
    buf_string(out, " false");
}

/* A value to `out`, references put right; the first token was read. What a PDF/A file may not have is put
 * right or refused. */
static void copy_value(struct other *o, struct reader *r, struct text first, struct buf *out)
{
    int depth = 0;
    for (struct text t = first; t.length; t = next_token(r)) {
        int object = reference(r, t);
        if (object) {
            pdf_ref(out, ours(o, object));
        } else {
            bool spaced = t.at[0] != '<' && t.at[0] != '(' && t.at[0] != '[' && t.at[0] != '/';
            buf_string(out, spaced ? " " : "");
            buf_text(out, t);
        }
        o->bad = o->bad || text_is(t, "/DeviceCMYK") || text_is(t, "/JPXDecode") || text_is(t, "/Type3");
        if (text_is(t, "/CIDFontType2")) /* which cairo leaves to the default (ISO 19005-2 §6.2.11.3.2) */
            buf_string(out, "/CIDToGIDMap/Identity");
        if (text_is(t, "/Interpolate"))
            plain_interpolation(r, out);
        depth += text_is(t, "<<") || text_is(t, "[");
        depth -= text_is(t, ">>") || text_is(t, "]");
        if (depth > DEPTH_MOST)
            o->bad = true;
        if (depth <= 0 || o->bad)
            return;
    }
    o->bad = true;
}

/* A dictionary's entries, without Length. */
static void copy_entries(struct other *o, struct reader *r, struct buf *out)
{
    if (!text_is(next_token(r), "<<"))
        o->bad = true;
    while (!o->bad) {
        struct text name = next_token(r);
        if (text_is(name, ">>"))
            return;
        if (!name.length || name.at[0] != '/') {
            o->bad = true;
        } else if (text_is(name, "/Length")) {
            pass_value(r, next_token(r));
        } else {
            buf_text(out, name);
            if (text_is(name, "/Interpolate"))
                plain_interpolation(r, out);
            else
                copy_value(o, r, next_token(r), out);
        }
    }
}

/* The data behind a stream's dictionary at `from`; `r` stands behind it. */
static struct text stream_data(struct other *o, struct reader from, struct reader *r)
{
    long length = integer_of(o, from, "/Length");
    size_t at = r->at;
    at += at < r->in.length && r->in.at[at] == '\r';
    at += at < r->in.length && r->in.at[at] == '\n';
    if (length < 0 || (size_t)length > r->in.length - at) {
        o->bad = true;
        return (struct text){"", 0};
    }
    return text_slice(r->in, at, at + (size_t)length);
}

static void copy_object(struct other *o, int object, struct buf *b)
{
    struct reader r = object_at(o, object), from = r;
    buf_clear(b);
    copy_entries(o, &r, b);
    struct text next = next_token(&r);
    if (o->bad)
        return;
    if (!text_is(next, "stream"))
        store_fill(o->store, o->ours[object], buf_view(b));
    else
        store_fill_stream(o->store, o->ours[object], buf_view(b), stream_data(o, from, &r));
}

/* ---- the file */

/* The cross-reference table (§7.5.4); gives the trailer's dictionary. */
static struct reader read_table(struct other *o)
{
    enum { TAIL = 64, ENTRY = 20 };
    struct reader r = {.in = o->pdf, .at = o->pdf.length > TAIL ? o->pdf.length - TAIL : 0};
    long at = -1, first, count;
    for (struct text t = next_token(&r); t.length; t = next_token(&r))
        if (text_is(t, "startxref") && !is_number(next_token(&r), &at))
            at = -1;
    r.at = at < 0 ? o->pdf.length : (size_t)at;
    bool good = text_is(next_token(&r), "xref") && is_number(next_token(&r), &first) && first == 0 &&
                is_number(next_token(&r), &count) && count <= OBJECTS_MOST;
    o->bad = !good;
    if (o->bad)
        return r;
    o->count = (int)count;
    o->offsets = arena_array(o->arena, (size_t)count + 1, sizeof *o->offsets);
    o->ours = arena_array(o->arena, (size_t)count + 1, sizeof *o->ours);
    o->queue = arena_array(o->arena, (size_t)count + 1, sizeof *o->queue);
    pass_space(&r);
    for (int i = 0; i < o->count; i++) {
        char *end;
        struct text entry = text_slice(o->pdf, r.at + (size_t)i * ENTRY, r.at + ((size_t)i + 1) * ENTRY);
        o->bad = o->bad || entry.length < ENTRY;
        o->offsets[i] = entry.length < ENTRY
                            ? 0
                            : (size_t)strtoul(text_copy(o->arena, text_slice(entry, 0, 10)), &end, 10);
    }
    r.at += (size_t)o->count * ENTRY;
    o->bad = o->bad || !text_is(next_token(&r), "trailer");
    return r;
}

int vector_form(struct arena *a, struct store *s, struct text pdf, int width_pt, int height_pt)
{
    struct other o = {.arena = a, .store = s, .pdf = pdf};
    struct reader trailer = read_table(&o);
    if (o.bad || width_pt <= 1 || height_pt <= 1)
        return 0;
    int pages = object_of(object_at(&o, object_of(trailer, "/Root")), "/Pages");
    struct reader page = object_at(&o, object_of(object_at(&o, pages), "/Kids"));
    int contents = object_of(page, "/Contents");
    struct reader resources = value_of(page, "/Resources"), r = object_at(&o, contents), from = r;
    struct buf *b = buf_new(a);
    buf_string(b, "/Type/XObject/Subtype/Form/Group<</S/Transparency/CS/DeviceRGB>>/BBox[0 0");
    buf_printf(b, " %d %d]/Matrix[0.%09ld 0 0 0.%09ld 0 0]/Resources", width_pt, height_pt,
               lround(1e9 / width_pt), lround(1e9 / height_pt));
    copy_value(&o, &resources, next_token(&resources), b);
    copy_entries(&o, &r, b); /* Filter */
    o.bad = o.bad || !text_is(next_token(&r), "stream");
    struct text data = o.bad ? (struct text){"", 0} : stream_data(&o, from, &r);
    struct buf *entries = buf_new(a);
    for (int i = 0; i < o.queued && !o.bad; i++)
        copy_object(&o, o.queue[i], entries);
    return o.bad ? 0 : store_add_stream(s, buf_view(b), data);
}
