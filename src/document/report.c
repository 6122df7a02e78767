#include "document/report.h"
#include <stdio.h>

struct fact {
    const char *topic, *decision;
    struct place place;
    struct text seen;
    double score;
    struct fact *next;
};

struct report {
    struct arena *arena;
    struct fact *first, **end;
};

struct report *report_new(struct arena *a)
{
    struct report *r = arena_alloc(a, sizeof *r);
    r->arena = a;
    r->end = &r->first;
    return r;
}

void report_add(struct report *r, const char *topic, const struct place *where, struct text seen,
                const char *decision, double score)
{
    struct fact *f = arena_alloc(r->arena, sizeof *f);
    f->topic = arena_string(r->arena, topic);
    f->decision = arena_string(r->arena, decision);
    f->seen = (struct text){text_copy(r->arena, seen), seen.length};
    f->score = score;
    if (where)
        f->place = *where;
    *r->end = f;
    r->end = &f->next;
}

void report_text(const struct report *r, struct buf *out)
{
    for (const struct fact *f = r->first; f; f = f->next) {
        buf_printf(out, "%s:%d:%d: %s: ", f->place.file ? f->place.file : "", f->place.line, f->place.column,
                   f->topic);
        buf_text(out, f->seen);
        buf_printf(out, " → %s", f->decision);
        if (f->score >= 0) {
            buf_string(out, " (");
            buf_real(out, f->score, 2);
            buf_string(out, ")");
        }
        buf_byte(out, '\n');
    }
}

static void json_string(struct buf *out, struct text t)
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

void report_json(const struct report *r, struct buf *out)
{
    buf_byte(out, '[');
    for (const struct fact *f = r->first; f; f = f->next) {
        buf_string(out, f == r->first ? "\n  {\"topic\": " : ",\n  {\"topic\": ");
        json_string(out, text_of(f->topic));
        buf_string(out, ", \"file\": ");
        json_string(out, text_of(f->place.file));
        buf_printf(out, ", \"line\": %d, \"column\": %d, \"seen\": ", f->place.line, f->place.column);
        json_string(out, f->seen);
        buf_string(out, ", \"decision\": ");
        json_string(out, text_of(f->decision));
        if (f->score >= 0) {
            buf_string(out, ", \"score\": ");
            buf_real(out, f->score, 3);
        }
        buf_byte(out, '}');
    }
    buf_string(out, r->first ? "\n]\n" : "]\n");
}
