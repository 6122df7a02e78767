#include "layout/counters.h"
#include "base/buf.h"
#include "layout/numbering.h"

/* How many are looked at where all are asked for. */
enum { NESTED_MOST = 64 };

struct counter {
    const char *name;
    int value, depth; /* depth: of the element that made it */
    struct counter *outer;
};

struct counters {
    struct arena *arena;
    struct counter *innermost, *spare;
    int depth;
};

struct counters *counters_new(struct arena *a)
{
    struct counters *c = arena_alloc(a, sizeof *c);
    c->arena = a;
    return c;
}

static struct counter *find(const struct counters *c, const char *name)
{
    struct counter *i = c->innermost;
    while (i && strcmp(i->name, name) != 0)
        i = i->outer;
    return i;
}

static struct counter *add(struct counters *c, const char *name)
{
    struct counter *i = c->spare;
    if (i)
        c->spare = i->outer;
    else
        i = arena_alloc(c->arena, sizeof *i);
    *i = (struct counter){name, 0, c->depth, c->innermost};
    c->innermost = i;
    return i;
}

/* A counter that a sibling before made is taken over, not nested. */
static void reset(struct counters *c, const struct counter_change *change)
{
    struct counter *i = find(c, change->name);
    if (!i || i->depth != c->depth)
        i = add(c, change->name);
    i->value = change->value;
}

static void increment(struct counters *c, const struct counter_change *change)
{
    struct counter *i = find(c, change->name);
    if (!i)
        i = add(c, change->name);
    long long value = (long long)i->value + change->value;
    i->value = value > INT32_MAX ? INT32_MAX : value < INT32_MIN ? INT32_MIN : (int)value;
}

void counters_enter(struct counters *c, const struct style *s)
{
    for (const struct counter_change *i = s->counter_reset; i; i = i->next)
        reset(c, i);
    for (const struct counter_change *i = s->counter_increment; i; i = i->next)
        increment(c, i);
    c->depth++;
}

/* Counters that the element's children made end with it. */
void counters_leave(struct counters *c)
{
    while (c->innermost && c->innermost->depth >= c->depth) {
        struct counter *ended = c->innermost;
        c->innermost = ended->outer;
        ended->outer = c->spare;
        c->spare = ended;
    }
    c->depth--;
}

void counters_set(struct counters *c, const char *name, int value)
{
    reset(c, &(struct counter_change){name, value, NULL});
}

void counters_raise(struct counters *c, const char *name)
{
    increment(c, &(struct counter_change){name, 1, NULL});
}

int counters_value(const struct counters *c, const char *name)
{
    const struct counter *i = find(c, name);
    return i ? i->value : 0;
}

void counters_each(const struct counters *c, void (*visit)(const char *name, int value, void *user),
                   void *user)
{
    int count = 0;
    for (const struct counter *i = c->innermost; i && count < NESTED_MOST; i = i->outer, count++)
        visit(i->name, i->value, user);
}

void counters_print(const struct counters *c, struct arena *a, const char *name, const char *between,
                    enum counter_style style, struct buf *out)
{
    int values[NESTED_MOST] = {0}, count = 0;
    for (const struct counter *i = c->innermost; i && count < NESTED_MOST; i = i->outer)
        if (strcmp(i->name, name) == 0)
            values[count++] = i->value;
    for (count += count == 0; count > 0; count--) {
        buf_string(out, number_format(a, values[count - 1], style));
        buf_string(out, count > 1 ? between : "");
    }
}
