#include "refine/imprint.h"
#include "base/buf.h"
#include "document/front.h"
#include "document/words.h"
#include "refine/dates.h"
#include "refine/plain.h"
#include <stdlib.h>

struct imprint {
    struct document *document;
    xmlNode *section;
};

static bool given(const char *value)
{
    return value && !text_blank(text_of(value));
}

/* ---- lines */

static xmlNode *add_line(struct imprint *i, const char *class, struct text words)
{
    xmlNode *p = tree_element(i->document, i->section, ELEMENT_P, NULL);
    tree_set(i->document, p, "class", class);
    tree_text(i->document, p, words);
    return p;
}

static void add_value(struct imprint *i, const char *class, const char *value)
{
    struct text rest = text_of(value), line;
    xmlNode *p = NULL;
    if (!given(value))
        return;
    while (text_line(&rest, &line)) {
        line = text_trim(line);
        if (!line.length) {
            p = NULL;
        } else if (p) {
            tree_element(i->document, p, ELEMENT_BR, NULL);
            tree_text(i->document, p, line);
        } else {
            p = add_line(i, class, line);
        }
    }
}

static bool is_address(struct text t)
{
    return (text_starts(t, "https://") || text_starts(t, "http://")) && text_find(t, ' ', 0) == t.length;
}

/* A line that may be an address of the web, which is then a link. */
static void add_address(struct imprint *i, const char *class, const char *value)
{
    struct text t = text_trim(text_of(value));
    if (!is_address(t)) {
        add_value(i, class, value);
        return;
    }
    xmlNode *p = add_line(i, class, TEXT(""));
    xmlNode *a = tree_element(i->document, p, ELEMENT_A, NULL);
    tree_set(i->document, a, "href", text_copy(i->document->arena, t));
    tree_text(i->document, a, t);
}

/* ---- who took part, beside those whose names stand with the title */

static void add_people(struct imprint *i, const char *role, enum word says)
{
    struct document *d = i->document;
    struct buf *names = buf_new(d->arena);
    for (const struct person *p = d->meta.people; p; p = p->next)
        if (p->role && strcmp(p->role, role) == 0 && given(p->name))
            buf_printf(names, "%s%s", names->length ? ", " : "", p->name);
    if (names->length)
        add_line(
            i, "people",
            text_of(arena_printf(d->arena, "%s %s", word_in(d->meta.language, says), buf_view(names).at)));
}

/* ---- who published it, when, and under what name libraries know it */

static void add_publication(struct imprint *i)
{
    struct document *d = i->document;
    const struct meta *m = &d->meta;
    add_value(i, "publisher", m->publisher);
    if (given(m->date))
        add_value(i, "date", date_in_words(d->arena, m->language, m->date));
}

static struct text without(struct text t, const char *prefix)
{
    size_t n = strlen(prefix);
    return t.length > n && text_is_nocase(text_slice(t, 0, n), prefix) ? text_slice(t, n, t.length) : t;
}

/* Digits and hyphens of a number that says it is an ISBN, or is as long as one; length 0: it's something
 * else. */
static struct text isbn_of(struct text given)
{
    struct text t = without(without(given, "urn:isbn:"), "isbn");
    bool said = t.length != given.length;
    t = text_trim(without(without(without(t, "-13"), "-10"), ":"));
    size_t digits = 0;
    for (size_t i = 0; i < t.length; i++) {
        bool x = (t.at[i] == 'X' || t.at[i] == 'x') && i + 1 == t.length;
        if (!ascii_digit(t.at[i]) && !x && t.at[i] != '-' && t.at[i] != ' ')
            return TEXT("");
        digits += ascii_digit(t.at[i]) || x;
    }
    bool bare = digits == 13 && (text_starts(t, "978") || text_starts(t, "979"));
    return bare || (said && digits == 10) ? t : TEXT("");
}

/* A number that only machines tell apart says nothing to a reader. */
static bool readable_identifier(const struct meta *m)
{
    struct text t = text_trim(text_of(m->identifier));
    return t.length && without(without(t, "urn:"), "uuid:").length == without(t, "urn:").length;
}

static void add_identifier(struct imprint *i)
{
    struct document *d = i->document;
    struct text t = text_trim(text_of(d->meta.identifier)), isbn = isbn_of(t);
    struct text doi = text_trim(without(t, "doi:"));
    if (isbn.length)
        add_line(i, "identifier", text_of(arena_printf(d->arena, "ISBN %.*s", (int)isbn.length, isbn.at)));
    else if (text_starts(doi, "10.") && text_find(doi, '/', 0) < doi.length)
        add_address(i, "identifier", arena_printf(d->arena, "https://doi.org/%.*s", (int)doi.length, doi.at));
    else if (readable_identifier(&d->meta))
        add_address(i, "identifier", d->meta.identifier);
}

static void add_series(struct imprint *i)
{
    const struct meta *m = &i->document->meta;
    if (given(m->series))
        add_value(i, "series",
                  given(m->series_number)
                      ? arena_printf(i->document->arena, "%s, %s", m->series, m->series_number)
                      : m->series);
}

xmlNode *imprint_make(struct document *d)
{
    const struct meta *m = &d->meta;
    enum front_wish wish = front_wish(m, FRONT_IMPRINT);
    bool worth = given(m->rights) || given(m->license) || given(m->edition) || readable_identifier(m);
    bool book = tree_has_word(d->body, "class", "book");
    if (wish == FRONT_REFUSED || (wish == FRONT_UNASKED && !(worth && book)))
        return NULL;
    struct imprint i = {d, tree_element(d, NULL, ELEMENT_SECTION, NULL)};
    tree_set(d, i.section, "class", "imprint");
    tree_set(d, i.section, "epub:type", "copyright-page");
    tree_set(d, i.section, "aria-label", word_in(m->language, WORD_IMPRINT));
    add_series(&i);
    add_people(&i, "edt", WORD_EDITED_BY);
    add_people(&i, "trl", WORD_TRANSLATED_BY);
    add_people(&i, "ill", WORD_ILLUSTRATED_BY);
    add_value(&i, "edition", m->edition);
    add_publication(&i);
    add_value(&i, "rights", m->rights);
    add_address(&i, "license", m->license);
    add_address(&i, "source", m->source);
    add_identifier(&i);
    return i.section->children ? i.section : NULL;
}
