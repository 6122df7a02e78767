#include "base/message.h"
#include "base/text.h"
#include <stdarg.h>

struct messages {
    struct arena *arena;
    message_sink *sink;
    void *user;
    struct message *first, **end;
    int counts[SEVERITY_SYSTEM + 1];
};

struct messages *messages_new(struct arena *a, message_sink *sink, void *user)
{
    struct messages *m = arena_alloc(a, sizeof *m);
    m->arena = a;
    m->sink = sink;
    m->user = user;
    m->end = &m->first;
    return m;
}

static void add(struct messages *m, struct message *one)
{
    one->next = NULL;
    *m->end = one;
    m->end = &one->next;
    m->counts[one->severity]++;
    if (m->sink)
        m->sink(one, m->user);
}

void message(struct messages *m, enum severity severity, const char *code, const struct place *where,
             const char *format, ...)
{
    struct message *one = arena_alloc(m->arena, sizeof *one);
    va_list args;
    va_start(args, format);
    one->sentence = arena_vprintf(m->arena, format, args);
    va_end(args);
    one->severity = severity;
    one->code = code;
    if (where)
        one->place = *where;
    one->place.file = arena_string(m->arena, one->place.file);
    add(m, one);
}

void messages_append(struct messages *to, const struct messages *from)
{
    for (const struct message *m = from->first; m; m = m->next) {
        struct message *copy = arena_alloc(to->arena, sizeof *copy);
        *copy = *m;
        copy->sentence = arena_string(to->arena, m->sentence);
        copy->place.file = arena_string(to->arena, m->place.file);
        add(to, copy);
    }
}

const struct message *messages_first(const struct messages *m)
{
    return m->first;
}

int messages_count(const struct messages *m, enum severity least)
{
    int n = 0;
    for (int s = (int)least; s <= SEVERITY_SYSTEM; s++)
        n += m->counts[s];
    return n;
}

int messages_status(const struct messages *m, bool strict)
{
    for (int s = SEVERITY_SYSTEM; s >= SEVERITY_LOST; s--)
        if (m->counts[s])
            return s;
    return strict && m->counts[SEVERITY_WARNING] ? 1 : 0;
}

const char *severity_name(enum severity s)
{
    static const char *const names[] = {"note", "warning", "error", "error", "fatal error"};
    return names[s];
}
