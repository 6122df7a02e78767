/* Dates as articles write them. */
#include "read/text_parts.h"

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
const char *date_parse(struct arena *a, struct text t)
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
