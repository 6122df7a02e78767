#include "document/report.h"
#include "base/json.h"
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
        if (f->place.file && f->place.line > 0)
            buf_printf(out, "%s:%d:%d: ", f->place.file, f->place.line, f->place.column);
        else if (f->place.file)
            buf_printf(out, "%s: ", f->place.file);
        buf_printf(out, "%s: ", f->topic);
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

void report_json(const struct report *r, struct buf *out)
{
    struct json j = json_begin(out);
    json_open(&j, '[', true);
    for (const struct fact *f = r->first; f; f = f->next) {
        json_open(&j, '{', false);
        json_key(&j, "topic"), json_string(&j, f->topic);
        json_key(&j, "file"), json_string(&j, f->place.file);
        json_key(&j, "line"), json_int(&j, f->place.line);
        json_key(&j, "column"), json_int(&j, f->place.column);
        json_key(&j, "seen"), json_text(&j, f->seen);
        json_key(&j, "decision"), json_string(&j, f->decision);
        if (f->score >= 0)
            json_key(&j, "score"), json_real(&j, f->score, 3);
        json_close(&j);
    }
    json_close(&j);
}
