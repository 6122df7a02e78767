/* The title, and a byline where one clearly stands. */
#include "base/utf8.h"
#include "read/text_names.h"
#include "read/text_parts.h"

/* ---- dates */

static const struct {
    const char *name;
    int month;
} months[] = {
    {"january", 1},   {"february", 2},   {"march", 3},     {"april", 4},      {"may", 5},
    {"june", 6},      {"july", 7},       {"august", 8},    {"september", 9},  {"october", 10},
    {"november", 11}, {"december", 12},  {"jan", 1},       {"feb", 2},        {"mar", 3},
    {"apr", 4},       {"jun", 6},        {"jul", 7},       {"aug", 8},        {"sep", 9},
    {"sept", 9},      {"oct", 10},       {"nov", 11},      {"dec", 12},       {"januar", 1},
    {"februar", 2},   {"märz", 3},       {"mai", 5},       {"juni", 6},       {"juli", 7},
    {"oktober", 10},  {"dezember", 12},  {"janvier", 1},   {"février", 2},    {"mars", 3},
    {"avril", 4},     {"juin", 6},       {"juillet", 7},   {"août", 8},       {"septembre", 9},
    {"octobre", 10},  {"novembre", 11},  {"décembre", 12}, {"enero", 1},      {"febrero", 2},
    {"marzo", 3},     {"abril", 4},      {"mayo", 5},      {"junio", 6},      {"julio", 7},
    {"agosto", 8},    {"septiembre", 9}, {"octubre", 10},  {"noviembre", 11}, {"diciembre", 12},
    {"gennaio", 1},   {"febbraio", 2},   {"aprile", 4},    {"maggio", 5},     {"giugno", 6},
    {"luglio", 7},    {"settembre", 9},  {"ottobre", 10},  {"dicembre", 12},
};

static int month_of(struct text word)
{
    if (word.length && word.at[word.length - 1] == '.')
        word.length--;
    for (size_t i = 0; i < sizeof months / sizeof *months; i++)
        if (text_is_nocase(word, months[i].name))
            return months[i].month;
    return 0;
}

static int number_of(struct text word)
{
    int n = 0;
    size_t i = 0;
    for (; i < word.length && i < 4 && ascii_digit(word.at[i]); i++)
        n = n * 10 + (word.at[i] - '0');
    struct text rest = text_slice(word, i, word.length);
    bool ordinal = rest.length == 0 || text_is(rest, ".") || text_is(rest, "st") || text_is(rest, "nd") ||
                   text_is(rest, "rd") || text_is(rest, "th") || text_is(rest, "er");
    return i && ordinal ? n : -1;
}

/* `9:15`, `21:40:03`, `9:15am`, `06.00`. */
static bool time_of_day(struct text word)
{
    if (word.length == 5 && word.at[2] == '.' && ascii_digit(word.at[0]) && ascii_digit(word.at[1]) &&
        ascii_digit(word.at[3]) && ascii_digit(word.at[4]))
        return true;
    size_t digits = 0;
    bool colon = false;
    while (digits < word.length && (ascii_digit(word.at[digits]) || (digits && word.at[digits] == ':')))
        colon |= word.at[digits++] == ':';
    struct text rest = text_slice(word, digits, word.length);
    return colon && (!rest.length || text_is_nocase(rest, "am") || text_is_nocase(rest, "pm"));
}

/* `2021-03-05`, `2021/03/05`, `05.03.2021`; `03/25/2021` where it can be told which is the month. */
static bool numeric_date(struct text word, int *year, int *month, int *day)
{
    int n[3] = {0}, count = 0, wide[3] = {0};
    char between = 0;
    for (size_t i = 0; i < word.length; i++) {
        char c = word.at[i];
        if (ascii_digit(c) && wide[count] < 4) {
            n[count] = n[count] * 10 + (c - '0');
            wide[count]++;
        } else if (strchr(".-/", c) && wide[count] && count < 2 && (!between || c == between)) {
            between = c;
            count++;
        } else {
            return false;
        }
    }
    if (count != 2 || *year || *month)
        return false;
    bool first = wide[0] == 4, american = between == '/' && n[1] > 12;
    int y = first ? n[0] : n[2], m = first || !american ? n[1] : n[0],
        d = first      ? n[2]
            : american ? n[1]
                       : n[0];
    if ((first ? wide[0] : wide[2]) != 4 || m < 1 || m > 12 || d < 1 || d > 31)
        return false;
    *year = y;
    if (between == '/' && !first && m <= 12 && d <= 12 && m != d)
        *month = -1; /* either may be the month: the year is sure */
    else {
        *month = m;
        *day = d;
    }
    return true;
}

/* YYYY-MM-DD, as far as it is said; NULL when `t` is anything else than a date. */
static const char *date_parse(struct arena *a, struct text t)
{
    static const char *const passed[] = {
        "published",  "posted",   "updated",      "last",      "on",          "of",
        "de",         "den",      "the",          "le",        "monday",      "tuesday",
        "wednesday",  "thursday", "friday",       "saturday",  "sunday",      "date",
        "am",         "vom",      "mon",          "tue",       "wed",         "thu",
        "fri",        "sat",      "sun",          "montag",    "dienstag",    "mittwoch",
        "donnerstag", "freitag",  "samstag",      "sonntag",   "first",       "veröffentlicht",
        "erschienen", "am",       "aktualisiert", "stand",     "publié",      "paru",
        "mis",        "à",        "jour",         "publicado", "actualizado", "el",
        "pubblicato", "il",       "lundi",        "mardi",     "mercredi",    "jeudi",
        "vendredi",   "samedi",   "dimanche",     "lunes",     "martes",      "miércoles",
        "jueves",     "viernes",  "sábado",       "domingo",   "at",          "pm",
        "um",         "uhr",      "gmt",          "utc",       "et",          "est",
        "edt",        NULL};
    int year = 0, month = 0, day = 0;
    struct text word;
    if (t.length > 60)
        return NULL;
    if (t.length == 10 && t.at[4] == '-' && t.at[7] == '-' && strspn(text_copy(a, t), "0123456789-") == 10)
        return text_copy(a, t);
    if (!strpbrk(text_copy(a, t), "0123456789"))
        return NULL;
    while (text_split(&t, ' ', &word)) {
        while (word.length && strchr(",:;", word.at[word.length - 1]))
            word.length--;
        if (!word.length || among(word, passed) || time_of_day(word) ||
            numeric_date(word, &year, &month, &day))
            continue;
        int n = number_of(word), m = month_of(word);
        if (m && !month)
            month = m;
        else if (n >= 1000 && n <= 2200 && !year)
            year = n;
        else if (n >= 1 && n <= 31 && !day)
            day = n;
        else
            return NULL;
    }
    if (!year || !month)
        return NULL;
    if (month < 0)
        return arena_printf(a, "%04d", year);
    return day ? arena_printf(a, "%04d-%02d-%02d", year, month, day)
               : arena_printf(a, "%04d-%02d", year, month);
}

/* ---- bylines */

static size_t next_block(const struct text_parts *p, size_t i)
{
    while (i < p->block_count && (p->blocks[i].kind == BLOCK_CLUTTER || p->blocks[i].kind == BLOCK_RULE))
        i++;
    return i;
}

static bool said_by(struct text *t)
{
    static const char *const by[] = {
        "By ",     "by ",  "BY ",   "By: ", "Written by ", "Author: ", "Authors: ", "Von ",      "von ",
        "Par ",    "par ", "Por ",  "by: ", "Words by ",   "Text: ",   "Autor: ",   "Autorin: ", "Auteur : ",
        "Texto: ", "Di ",  "Door ", "por ", "di ",         "door ",    NULL};
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

/* Takes author and date from a line that says nothing else. */
static bool take_byline(struct document *d, struct text t)
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

/* Does a paragraph near the end speak of the person ("Ann Poe is a lawyer")? */
static bool said_at_foot(const struct text_parts *p, struct text name)
{
    for (size_t i = p->block_count; i > 0 && i + 15 > p->block_count; i--) {
        struct text t = p->blocks[i - 1].text;
        bool starts = t.length > name.length + 2 && text_equal(text_slice(t, 0, name.length), name);
        if (starts && t.at[name.length] == ' ' && lower((unsigned char)t.at[name.length + 1]))
            return true;
    }
    return false;
}

static bool holds_nocase(struct text t, const char *word)
{
    size_t length = strlen(word);
    for (size_t at = 0; at + length <= t.length; at++)
        if (ascii_lower(t.at[at]) == ascii_lower(word[0]) &&
            text_is_nocase(text_slice(t, at, at + length), word))
            return true;
    return false;
}

/* Words of heads that stand above a text without coming back in it. */
static bool opens_text(const char *word)
{
    static const char *const words[] = {
        "and",      "&",       "abstract",     "background", "book",    "chapter", "context", "first",
        "foreword", "general", "introduction", "letter",     "note",    "notes",   "opening", "overview",
        "part",     "preface", "preliminary",  "prologue",   "remarks", "section", "summary", NULL};
    return among(text_of(word), words);
}

/* Do none of the words come back in a text that is long enough for a head's words to? */
static bool words_come_back_nowhere(const struct text_parts *p, size_t i)
{
    enum { LONG_TEXT = 6000 };
    struct text t = p->blocks[i].text, word;
    size_t bytes = 0;
    for (size_t k = i + 1; k < p->block_count; k++)
        bytes += p->blocks[k].text.length;
    if (bytes < LONG_TEXT)
        return false;
    bool told = false; /* not all in capitals, as heads may be */
    while (text_split(&t, ' ', &word)) {
        const char *w = text_copy(p->arena, word);
        if (opens_text(w))
            return false;
        for (size_t c = 0; c < word.length && word.length > 3; c++)
            told |= lower((unsigned char)w[c]);
        for (size_t k = 0; word.length > 3 && k < p->block_count; k++)
            if (k != i && p->blocks[k].kind != BLOCK_CLUTTER && holds_nocase(p->blocks[k].text, w))
                return false;
    }
    return told;
}

/* `I. Population` with a `II.` behind it is a head, and its I no initial; so is `A. Population` with a `B.`.
 */
static bool first_of_numbered(const struct text_parts *p, size_t i)
{
    const char *second = text_starts(p->blocks[i].text, "I. ")   ? "II. "
                         : text_starts(p->blocks[i].text, "A. ") ? "B. "
                                                                 : NULL;
    for (size_t k = i + 1; second && k < p->block_count; k++)
        if (text_starts(p->blocks[k].text, second))
            return true;
    return false;
}

/* A name without a "by": when it can be nothing else, or the text says so elsewhere. */
static bool take_name(struct text_parts *p, size_t i, bool dated)
{
    struct document *d = p->document;
    struct text t = p->blocks[i].text;
    size_t next = next_block(p, i + 1);
    if (d->meta.people || t.length > 80 || !names_parse(t) || count_words(t) < 2 || next >= p->block_count ||
        first_of_numbered(p, i))
        return false;
    return (dated || names_surely(t) || date_parse(d->arena, p->blocks[next].text) || said_at_foot(p, t) ||
            words_come_back_nowhere(p, i)) &&
           names_set(d, t);
}

/* "By the editors": no name, but with a date behind it a byline all the same. */
static bool take_bylines(struct document *d, struct text t, struct text next)
{
    if (take_byline(d, t))
        return true;
    struct text who = t;
    if (!said_by(&who) || count_words(who) > 6 || sentence_end(t) ||
        strpbrk(text_copy(d->arena, who), "0123456789,;") || d->meta.people || !date_parse(d->arena, next))
        return false;
    meta_set(d, "author", who);
    return true;
}

/* ---- the title */

static bool titles(const struct text_parts *p, size_t i)
{
    const struct block *b = &p->blocks[i];
    int words = count_words(b->text);
    if (b->underline)
        return true;
    return b->text.length <= 300 && words <= 40 && b->lines <= 3 &&
           (words <= 12 || last_char(b->text) != '.') && b->marker.style != MARKER_BULLET &&
           !notes_head(b->text);
}

/* A journal's own line above an article's title. */
static bool names_issue(struct text t)
{
    static const char *const marks[] = {"doi.org/", "DOI:",    "doi:",  "ISSN",  " Vol. ", " vol. ",
                                        "https://", "http://", " Bd. ", " Jg. ", NULL};
    for (const char *const *m = marks; *m; m++)
        if (memmem(t.at, t.length, *m, strlen(*m)))
            return true;
    return false;
}

static void drop_repeats(struct text_parts *p, size_t title)
{
    struct text t = p->blocks[title].text;
    for (size_t i = title + 1; i < p->block_count; i++) {
        struct block *b = &p->blocks[i];
        bool edge = i <= title + 3 || i + 6 > p->block_count;
        if (edge && b->kind == BLOCK_PARAGRAPH && text_equal(b->text, t))
            b->kind = BLOCK_CLUTTER;
    }
}

static void take_title(struct text_parts *p, size_t i)
{
    struct document *d = p->document;
    struct block *b = &p->blocks[i];
    struct text t = b->text;
    while (text_starts(t, "#"))
        t = trim_wide(text_slice(t, 1, t.length));
    if (text_starts(t, "Title: "))
        t = trim_wide(text_slice(t, 7, t.length));
    b->kind = BLOCK_TITLE;
    if (!d->meta.title)
        meta_set(d, "title", t);
    struct place where = block_start(p, i);
    report_add(d->report, "title", &where, t, "title", b->underline ? 1 : 0.95);
    drop_repeats(p, i);
}

/* The line between the title and a byline is the subtitle. */
static void take_subtitle(struct text_parts *p, size_t title, size_t byline)
{
    struct document *d = p->document;
    size_t i = next_block(p, title + 1);
    struct block *b = &p->blocks[i];
    if (next_block(p, i + 1) != byline || b->kind != BLOCK_PARAGRAPH || d->meta.subtitle ||
        last_char(b->text) == '.')
        return;
    b->kind = BLOCK_BYLINE;
    meta_set(d, "subtitle", b->text);
    struct place where = block_start(p, i);
    report_add(d->report, "subtitle", &where, b->text, "subtitle", 0.7);
}

/* Author and date in the four lines below the title. */
static void take_below(struct text_parts *p, size_t title)
{
    struct document *d = p->document;
    size_t i = next_block(p, title + 1);
    bool dated = false;
    for (int k = 0; k < 4 && i < p->block_count; k++) {
        struct block *b = &p->blocks[i];
        int words = count_words(b->text);
        if (b->kind != BLOCK_PARAGRAPH || words > 24 || (words > 8 && last_char(b->text) == '.'))
            return;
        size_t then = next_block(p, i + 1);
        struct text behind = then < p->block_count ? p->blocks[then].text : TEXT("");
        if (take_bylines(d, b->text, behind) || take_name(p, i, dated)) {
            b->kind = BLOCK_BYLINE;
            dated = d->meta.date != NULL;
            struct place where = block_start(p, i);
            report_add(d->report, "byline", &where, b->text, "author and date", 0.9);
            take_subtitle(p, title, i);
        }
        i = then;
    }
}

/* ---- a title below a menu: many short lines, and then a byline and a date below a longer line or two */

enum { MENU_LINES = 4, TOP_LINES = 60, TITLE_WORDS = 3 };

static bool dates_or_names(struct text_parts *p, size_t i)
{
    struct document *d = p->document;
    struct text t = p->blocks[i].text;
    struct byline b = {0};
    if (t.length > 160 || p->blocks[i].kind != BLOCK_PARAGRAPH)
        return false;
    byline_walk(d, t, &b, false);
    return !b.other && b.date;
}

static bool menu_line(const struct text_parts *p, size_t i)
{
    const struct block *b = &p->blocks[i];
    return b->kind == BLOCK_CLUTTER || (b->kind == BLOCK_PARAGRAPH && count_words(b->text) <= 4);
}

/* The block of the title; `from` when nothing speaks for a menu above it. */
static size_t below_menu(struct text_parts *p, size_t from)
{
    size_t date = from, title = from, lines = 0;
    while (date < p->block_count && date < from + TOP_LINES && p->blocks[date].text.length < 300 &&
           !dates_or_names(p, date))
        date++;
    if (date >= p->block_count || date >= from + TOP_LINES || !dates_or_names(p, date))
        return from;
    size_t above = date;
    while (above > from && (p->blocks[above - 1].kind == BLOCK_CLUTTER ||
                            says_by(p->blocks[above - 1].text) || names_surely(p->blocks[above - 1].text)))
        above--;
    for (int k = 0; k < 2 && above > from && p->blocks[above - 1].kind == BLOCK_PARAGRAPH &&
                    count_words(p->blocks[above - 1].text) >= TITLE_WORDS;
         k++)
        title = --above;
    for (size_t i = from; i < title; i++)
        lines += menu_line(p, i);
    size_t above_bytes = 0, all = 0;
    for (size_t i = from; i < p->block_count; i++) {
        all += p->blocks[i].text.length;
        above_bytes += i < title ? p->blocks[i].text.length : 0;
    }
    bool menu =
        title > from && lines >= MENU_LINES && lines * 10 >= (title - from) * 8 && above_bytes * 5 < all;
    for (size_t i = from; i < title && menu; i++)
        if (p->blocks[i].kind == BLOCK_PARAGRAPH)
            p->blocks[i].kind = BLOCK_CLUTTER;
    return menu ? title : from;
}

void text_title(struct text_parts *p)
{
    size_t i = next_block(p, 0);
    for (int k = 0; k < 3 && i < p->block_count && names_issue(p->blocks[i].text); k++)
        i = next_block(p, i + 1);
    i = below_menu(p, i);
    for (int k = 0; k < 2 && i < p->block_count && says_date(p->document, p->blocks[i].text); k++) {
        take_byline(p->document, p->blocks[i].text); /* the day stands above the title */
        p->blocks[i].kind = BLOCK_BYLINE;
        i = next_block(p, i + 1);
    }
    if (i >= p->block_count || !titles(p, i) || next_block(p, i + 1) >= p->block_count)
        return;
    take_title(p, i);
    take_below(p, i);
}
