#include "refine/imprint.h"
#include "base/buf.h"
#include "base/library.h"
#include "document/front.h"
#include "document/words.h"
#include "refine/plain.h"
#include <stdlib.h>
#include <time.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/ustring.h>

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

/* ---- dates */

static void to_utf8(const UChar *from, int32_t length, struct buf *out)
{
    char bytes[256];
    int32_t n = 0;
    UErrorCode e = U_ZERO_ERROR;
    u_strToUTF8(bytes, sizeof bytes, &n, from, length, &e);
    if (U_SUCCESS(e) && n < (int32_t)sizeof bytes)
        buf_add(out, bytes, (size_t)n);
}

#define DATE_CALLS(F)                                                                                        \
    F(udat_close)                                                                                            \
    F(udat_format)                                                                                           \
    F(udat_open)                                                                                             \
    F(udatpg_close)                                                                                          \
    F(udatpg_getBestPattern)                                                                                 \
    F(udatpg_open)

/* ICU's part for dates is loaded for books alone that say one. */
struct dates {
    DATE_CALLS(LIBRARY_FIELD)
};

static const char *const date_names[] = {DATE_CALLS(LIBRARY_NAME) NULL};

/* The pattern in which a language writes what the skeleton names; its length, or 0. */
static int32_t pattern_of(const struct dates *d, const char *language, const UChar *skeleton,
                          UChar pattern[64])
{
    UErrorCode e = U_ZERO_ERROR;
    UDateTimePatternGenerator *g = d->udatpg_open(language, &e);
    int32_t n = U_SUCCESS(e) ? d->udatpg_getBestPattern(g, skeleton, -1, pattern, 64, &e) : 0;
    if (g)
        d->udatpg_close(g);
    return U_SUCCESS(e) ? n : 0;
}

/* Midnight UTC; earlier years had other calendars. */
enum { YEAR_LEAST = 1600 };

static int32_t write_date(struct arena *a, const char *language, const char *date, UChar written[128])
{
    static const UChar day[] = u"yMMMMd", month[] = u"yMMMM";
    struct tm t = {
        .tm_year = atoi(date) - 1900, .tm_mon = atoi(date + 5) - 1, .tm_mday = date[7] ? atoi(date + 8) : 1};
    UChar pattern[64];
    struct dates dates;
    if (library_load(a, LIBRARY_DATES, date_names, &dates) != 0)
        return 0;
    UErrorCode e = U_ZERO_ERROR;
    int32_t n = pattern_of(&dates, language, date[7] ? day : month, pattern);
    UDateFormat *format =
        n ? dates.udat_open(UDAT_PATTERN, UDAT_PATTERN, language, u"UTC", 3, pattern, n, &e) : NULL;
    if (!format)
        return 0;
    n = dates.udat_format(format, (UDate)timegm(&t) * 1000, written, 128, NULL, &e);
    dates.udat_close(format);
    return U_SUCCESS(e) && n <= 128 ? n : 0;
}

/* A date as the language writes it, "24 November 2026"; as given when it is a year or no date. */
static const char *date_in_words(struct arena *a, const char *language, const char *date)
{
    UChar written[128];
    if (!meta_is_date(date) || strlen(date) < 7 || atoi(date) < YEAR_LEAST)
        return date;
    int32_t n = write_date(a, language, date, written);
    struct buf *out = buf_new(a);
    if (n > 0)
        to_utf8(written, n, out);
    return out->length ? out->data : date;
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
