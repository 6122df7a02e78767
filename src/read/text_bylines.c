/* Lines that say who wrote a text, when, and how long it takes to read. */
#include "read/text_names.h"
#include "read/text_parts.h"

/* ---- the time that reading takes */

/* `12 min read`, `Reading time: 5 minutes`, `5 Min. Lesezeit`, `1,204 views`, `3 comments`. */
bool text_reading_time(const char *line)
{
    static const char *const time[] = {"min read",           "mins read",          "minute read",
                                       "minutes read",       "min. read",          "reading time",
                                       "read time",          "lesezeit",           "lesedauer",
                                       "temps de lecture",   "tiempo de lectura",  "minutes to read",
                                       "minuti di lettura",  "tempo di lettura",   "min lesezeit",
                                       "min de lecture",     "minutes de lecture", "min de lectura",
                                       "minutos de lectura", "min di lettura",     NULL};
    for (const char *const *t = time; *t; t++)
        if (strstr(line, *t))
            return line[strcspn(line, "0123456789")] != 0;
    return false;
}

bool says_reading_time(struct arena *a, struct text t)
{
    return count_words(t) <= 6 && text_reading_time(lowered_words(a, t));
}

/* ---- authors and dates */

static bool said_by(struct text *t)
{
    static const char *const by[] = {"By ",
                                     "by ",
                                     "BY ",
                                     "By: ",
                                     "Written by ",
                                     "Author: ",
                                     "Authors: ",
                                     "Von ",
                                     "von ",
                                     "Par ",
                                     "par ",
                                     "Por ",
                                     "by: ",
                                     "Words by ",
                                     "Text: ",
                                     "Autor: ",
                                     "Autorin: ",
                                     "Auteur : ",
                                     "Texto: ",
                                     "Di ",
                                     "Door ",
                                     "por ",
                                     "di ",
                                     "door ",
                                     "An essay by ",
                                     "A story by ",
                                     "Essay by ",
                                     "Story by ",
                                     "Interview by ",
                                     "Report by ",
                                     "Ein Essay von ",
                                     NULL};
    for (const char *const *b = by; *b; b++)
        if (text_starts(*t, *b)) {
            *t = trim_wide(text_slice(*t, strlen(*b), t->length));
            return true;
        }
    return false;
}

bool says_by(struct text t)
{
    return said_by(&t);
}

struct byline {
    bool author, by, date, other;
};

static void byline_part(struct document *d, struct text part, struct byline *b, bool set, bool named)
{
    struct text t = trim_wide(part);
    while (t.length && strchr(",|-", t.at[t.length - 1]))
        t = trim_wide(text_slice(t, 0, t.length - 1));
    if (!t.length)
        return;
    const char *date = date_parse(d->arena, t);
    if (date) {
        if (set && !d->meta.date)
            meta_set(d, "date", text_of(date));
        b->date = true;
        return;
    }
    bool by = said_by(&t);
    bool surely = by || names_surely(text_slice(t, 0, text_find(t, ',', 0)));
    for (size_t i = text_find(t, ',', 0); surely && i < t.length; i = text_find(t, ',', i + 1)) {
        date = date_parse(d->arena, trim_wide(text_slice(t, i + 1, t.length)));
        if (date && names_parse(text_slice(t, 0, i))) {
            if (set && !d->meta.date)
                meta_set(d, "date", text_of(date));
            b->date = by = true;
            t = text_slice(t, 0, i);
        }
    }
    if ((by || named) && names_parse(t)) {
        if (set && !d->meta.people)
            names_set(d, t);
        b->author = true;
        b->by |= by;
    } else if (!says_reading_time(d->arena, t)) {
        b->other = true;
    }
}

static void byline_walk(struct document *d, struct text t, struct byline *b, bool set)
{
    static const char *const bars[] = {" | ", " · ", " • ", " – ", " — ", " / ", NULL};
    const char *bar = NULL;
    char *line = text_copy(d->arena, t);
    for (const char *const *s = bars; *s && !bar; s++)
        bar = strstr(line, *s) ? *s : NULL;
    for (char *rest = line; rest;) {
        char *hit = bar ? strstr(rest, bar) : NULL;
        if (hit)
            *hit = 0;
        byline_part(d, text_of(rest), b, set, bar != NULL);
        rest = hit ? hit + strlen(bar) : NULL;
    }
}

bool says_date(struct document *d, struct text t)
{
    struct byline b = {0};
    if (t.length <= 160)
        byline_walk(d, t, &b, false);
    return b.date && !b.other;
}

bool text_take_byline(struct document *d, struct text t)
{
    struct byline b = {0};
    if (t.length > 160)
        return false;
    byline_walk(d, t, &b, false);
    if (b.other || (!b.author && !b.date) || (b.author && !b.by && !b.date))
        return false;
    byline_walk(d, t, &b, true);
    return true;
}

bool text_take_bylines(struct document *d, struct text t, struct text next)
{
    if (text_take_byline(d, t))
        return true;
    struct text who = t;
    if (!said_by(&who) || count_words(who) > 6 || sentence_end(t) ||
        strpbrk(text_copy(d->arena, who), "0123456789,;") || d->meta.people || !date_parse(d->arena, next))
        return false;
    meta_set(d, "author", who);
    return true;
}
