#include "refine/typography.h"

/* How often each kind of mark occurs, plain and typographic. */
struct survey {
    size_t doubles[2], singles[2], dashes[2], ellipses[2];
    bool three;
};

enum { PLAIN, TYPOGRAPHIC };

static bool repeats(const struct run *r, size_t i, uint32_t c, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (run_at(r, i + k) != c)
            return false;
    return run_at(r, i + count) != c && (i == 0 || run_at(r, i - 1) != c);
}

static void look(struct run *r, void *user)
{
    struct survey *s = user;
    fix_addresses(r);
    for (size_t i = 0; i < r->count; i++) {
        uint32_t c = r->letters[i].c;
        if (r->letters[i].fixed || (c > '.' && c < 0x80) || c == ' ')
            continue;
        s->doubles[PLAIN] += c == '"';
        s->doubles[TYPOGRAPHIC] += c == 0x201C || c == 0x201D || c == 0x201E || c == 0xAB || c == 0xBB;
        s->singles[PLAIN] += c == '\'';
        s->singles[TYPOGRAPHIC] += c == 0x2018 || c == 0x2019 || c == 0x201A;
        s->dashes[PLAIN] += c == '-' && (repeats(r, i, '-', 2) || repeats(r, i, '-', 3));
        s->three |= c == '-' && repeats(r, i, '-', 3);
        s->dashes[TYPOGRAPHIC] += c == 0x2013 || c == 0x2014;
        s->ellipses[PLAIN] += c == '.' && repeats(r, i, '.', 3);
        s->ellipses[TYPOGRAPHIC] += c == 0x2026;
    }
}

static bool mostly_plain(const size_t counts[2])
{
    return counts[PLAIN] >= counts[TYPOGRAPHIC];
}

static void typeset(struct run *r, void *user)
{
    const struct plain_marks *m = user;
    fix_addresses(r);
    set_dashes(r, m);
    set_quotes(r, m);
    set_spaces(r);
}

/* The labels of the notes' lists are the chapters' headings. */
static void typeset_labels(struct document *d, struct plain_marks *m)
{
    xmlNode *notes = d->body->last;
    if (!notes || !tree_has_word(notes, "class", "endnotes"))
        return;
    for (xmlNode *n = notes->children; n; n = n->next) {
        const char *label = tree_kind(n) == ELEMENT_OL ? tree_get(n, "aria-label") : NULL;
        if (label)
            tree_set(d, n, "aria-label", run_string(d, label, typeset, m));
    }
}

void typography_set(struct document *d)
{
    struct survey s = {0};
    runs_each(d, d->body, look, &s);
    struct plain_marks m = {mostly_plain(s.doubles), mostly_plain(s.singles), mostly_plain(s.dashes),
                            mostly_plain(s.ellipses), s.three};
    runs_each(d, d->body, typeset, &m);
    typeset_labels(d, &m);
    d->meta.title = run_string(d, d->meta.title, typeset, &m);
    d->meta.subtitle = run_string(d, d->meta.subtitle, typeset, &m);
    d->meta.description = run_string(d, d->meta.description, typeset, &m);
    d->meta.series = run_string(d, d->meta.series, typeset, &m);
}
