#include "layout/running.h"
#include <stdio.h>
#include <stdlib.h>

enum { RUNNING_NAME = 128 };

struct named {
    const char *name;
    const char *before, *first, *last; /* first and last: NULL when not set on this page */
    bool begins;                       /* what sets it first begins the page */
    struct named *next;
};

struct running {
    struct arena *arena;
    struct named *names;
    bool begun; /* something stands on the page */
};

struct running *running_new(struct arena *a)
{
    struct running *r = arena_alloc(a, sizeof *r);
    r->arena = a;
    return r;
}

void running_begin_page(struct running *r)
{
    r->begun = false;
    for (struct named *n = r->names; n; n = n->next) {
        n->before = n->last ? n->last : n->before;
        n->first = n->last = NULL;
    }
}

void running_set(struct running *r, const char *name, const char *value)
{
    struct named **at = &r->names;
    while (*at && strcmp((*at)->name, name) != 0)
        at = &(*at)->next;
    if (!*at) {
        *at = arena_alloc(r->arena, sizeof **at);
        **at = (struct named){.name = name, .before = ""};
    }
    if (!(*at)->first) {
        (*at)->first = value;
        (*at)->begins = !r->begun;
    }
    (*at)->last = value;
}

void running_begin_text(struct running *r)
{
    r->begun = true;
}

const char *running_value(const struct running *r, const char *name, enum string_which which)
{
    const struct named *n = r->names;
    while (n && strcmp(n->name, name) != 0)
        n = n->next;
    if (!n)
        return "";
    switch (which) {
    case STRING_LAST:
        return n->last ? n->last : n->before;
    case STRING_START:
        return n->first && n->begins ? n->first : n->before;
    case STRING_FIRST_EXCEPT:
        return n->first ? "" : n->before;
    default:
        return n->first ? n->first : n->before;
    }
}

int running_number(const struct running *r, const char *counter)
{
    char name[RUNNING_NAME];
    snprintf(name, sizeof name, ":%s", counter);
    return atoi(running_value(r, name, STRING_FIRST));
}
