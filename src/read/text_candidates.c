/* Every run of digits that could be a note call: how it is written, and what its surroundings say for it or
 * against it, in log odds. Runs that can't be calls (dates like 2021-03-05, 1.5, 4th, addresses) are left
 * out at once. */
#include "base/utf8.h"
#include "read/text_parts.h"

enum { HIGHEST_LABEL = 20000, LOOK_BACK = 120 };

/* A run of digits and what stands around it. */
struct spot {
    struct text t;
    uint32_t block;
    size_t from, to;              /* the digits */
    uint32_t before, before2;     /* the characters before, the nearest first; 0 at the start */
    uint32_t after, after2, next; /* behind; `next`: the first that is no space */
    size_t next_at;
};

static int value_of(struct text t, size_t from, size_t to)
{
    int n = 0;
    for (size_t i = from; i < to && n < 1000000; i++)
        n = n * 10 + (t.at[i] - '0');
    return n;
}

static bool digit(uint32_t c)
{
    return c < 0x80 && ascii_digit((char)c);
}

static void look_around(struct spot *s)
{
    size_t at = s->from;
    s->before = char_before(s->t, &at);
    s->before2 = char_before(s->t, &at);
    at = s->to;
    s->after = char_at(s->t, &at);
    size_t next = at;
    if (next < s->t.length)
        utf8_next(s->t, &next);
    s->after2 = char_at(s->t, &next);
    while (at < s->t.length) {
        size_t here = at;
        uint32_t c = utf8_next(s->t, &here);
        if (!wide_space(c) && !widthless(c))
            break;
        at = here;
    }
    s->next_at = at;
    s->next = char_at(s->t, &at);
}

static struct candidate *add(struct text_parts *p, const struct spot *s, int label, enum manner m,
                             double evidence)
{
    if (label < 1 || label > HIGHEST_LABEL)
        return NULL;
    p->candidates =
        grow(p->arena, p->candidates, p->candidate_count, &p->candidate_capacity, sizeof *p->candidates);
    struct candidate *c = &p->candidates[p->candidate_count++];
    *c = (struct candidate){.block = s->block,
                            .at = (uint32_t)s->from,
                            .end = (uint32_t)s->to,
                            .run = (uint32_t)s->from,
                            .label = label,
                            .manner = m,
                            .evidence = (float)evidence};
    return c;
}

/* ---- words beside the digits */

/* The word (letters) that ends at `end`; at most LOOK_BACK bytes. */
static struct text word_before(struct text t, size_t end)
{
    size_t at = end, least = end > LOOK_BACK ? end - LOOK_BACK : 0;
    while (at > least) {
        size_t from = at;
        uint32_t c = utf8_previous(t, &from);
        if (!letter(c) && !widthless(c))
            break;
        at = from;
    }
    return text_slice(t, at, end);
}

static struct text word_at(struct text t, size_t from)
{
    size_t at = from;
    while (at < t.length && at < from + LOOK_BACK) {
        size_t next = at;
        if (!letter(utf8_next(t, &next)))
            break;
        at = next;
    }
    return text_slice(t, from, at);
}

/* A number stands behind these and belongs to them. */
static const char *const counted[] = {
    "page",     "pages",      "p",        "pp",       "paragraph", "paragraphs", "para",    "paras",
    "chapter",  "chapters",   "ch",       "article",  "articles",  "art",        "arts",    "section",
    "sections", "sec",        "no",       "nos",      "nr",        "number",     "numbers", "part",
    "parts",    "volume",     "volumes",  "vol",      "vols",      "figure",     "figures", "fig",
    "figs",     "table",      "tables",   "line",     "lines",     "verse",      "verses",  "note",
    "notes",    "clause",     "clauses",  "annex",    "appendix",  "schedule",   "book",    "item",
    "items",    "point",      "points",   "step",     "level",     "phase",      "act",     "scene",
    "rule",     "act",        "title",    "room",     "route",     "highway",    "world",   "war",
    "apollo",   "version",    "size",     "grade",    "class",     "type",       "group",   "question",
    "day",      "week",       "year",     "years",    "psalm",     "matt",       "mark",    "luke",
    "john",     "gen",        "exod",     "isa",      "rom",       "cor",        "seite",   "seiten",
    "s",        "bd",         "band",     "kapitel",  "kap",       "abschnitt",  "artikel", "absatz",
    "abs",      "ziffer",     "tome",     "numéro",   "capítulo",  "pagina",     "página",  "june",
    "july",     "january",    "february", "march",    "april",     "may",        "august",  "september",
    "october",  "november",   "december", "jan",      "feb",       "mar",        "apr",     "jun",
    "jul",      "aug",        "sept",     "sep",      "oct",       "nov",        "dec",     "januar",
    "februar",  "märz",       "juni",     "juli",     "oktober",   "dezember",   "mai",     "row",
    "column",   "factor",     "stage",    "district", "unit",      "channel",    "flight",  "formula",
    "sonnet",   "op",         "opus",     "symphony", "quartet",   "kv",         "bwv",     "age",
    "aged",     "category",   "tier",     "band",     "division",  "regiment",   "area",    "zone",
    "windows",  "resolution", NULL};
/* A quantity stands behind these. */
static const char *const functional[] = {"the",
                                         "of",
                                         "about",
                                         "in",
                                         "to",
                                         "than",
                                         "over",
                                         "some",
                                         "nearly",
                                         "only",
                                         "a",
                                         "and",
                                         "or",
                                         "between",
                                         "by",
                                         "at",
                                         "for",
                                         "from",
                                         "with",
                                         "until",
                                         "since",
                                         "before",
                                         "after",
                                         "during",
                                         "under",
                                         "almost",
                                         "around",
                                         "roughly",
                                         "approximately",
                                         "every",
                                         "least",
                                         "most",
                                         "another",
                                         "last",
                                         "next",
                                         "first",
                                         "all",
                                         "these",
                                         "those",
                                         "his",
                                         "her",
                                         "their",
                                         "its",
                                         "our",
                                         "my",
                                         "were",
                                         "was",
                                         "is",
                                         "are",
                                         "had",
                                         "has",
                                         "have",
                                         "be",
                                         "on",
                                         "as",
                                         "per",
                                         "into",
                                         "within",
                                         "through",
                                         "that",
                                         "but",
                                         "not",
                                         "if",
                                         "when",
                                         "which",
                                         "who",
                                         "plus",
                                         "minus",
                                         "up",
                                         "an",
                                         "just",
                                         "even",
                                         "including",
                                         "further",
                                         "additional",
                                         "von",
                                         "bis",
                                         "und",
                                         "der",
                                         "die",
                                         "das",
                                         "den",
                                         "dem",
                                         "im",
                                         "am",
                                         "um",
                                         "etwa",
                                         "rund",
                                         "mit",
                                         "nach",
                                         "vor",
                                         "seit",
                                         "le",
                                         "la",
                                         "les",
                                         "de",
                                         "des",
                                         "du",
                                         "et",
                                         "à",
                                         "en",
                                         "vers",
                                         "el",
                                         "los",
                                         "las",
                                         "y",
                                         "con",
                                         "il",
                                         "di",
                                         "e",
                                         NULL};
/* A number stands before these and belongs to them. */
static const char *const units[] = {
    "percent",   "per",       "million",   "billion",  "trillion",  "thousand",  "hundred",  "dozen",
    "years",     "year",      "days",      "day",      "months",    "month",     "weeks",    "week",
    "hours",     "hour",      "minutes",   "minute",   "seconds",   "men",       "women",    "people",
    "children",  "miles",     "feet",      "inches",   "yards",     "acres",     "tons",     "pounds",
    "shillings", "pence",     "dollars",   "cents",    "marks",     "francs",    "km",       "kg",
    "cm",        "mm",        "m",         "ft",       "lb",        "lbs",       "am",       "pm",
    "degrees",   "times",     "centuries", "st",       "countries", "members",   "states",   "cases",
    "points",    "votes",     "pages",     "chapters", "articles",  "january",   "february", "march",
    "april",     "may",       "june",      "july",     "august",    "september", "october",  "november",
    "december",  "januar",    "februar",   "märz",     "mai",       "juni",      "juli",     "oktober",
    "dezember",  "janvier",   "février",   "mars",     "avril",     "juin",      "juillet",  "août",
    "septembre", "octobre",   "novembre",  "décembre", "prozent",   "jahre",     "jahren",   "tage",
    "tagen",     "millionen", "mio",       "uhr",      "ans",       "jours",     "heures",   "pour",
    "años",      "bc",        "ad",        "bce",      "ce",        NULL};
/* A full stop behind these ends no sentence. */
static const char *const abbreviations[] = {
    "p",    "pp",   "no",  "nos", "nr",  "vol",    "vols", "art",  "arts",  "ch",  "chap", "fig", "figs",
    "sec",  "sect", "c",   "ca",  "v",   "vs",     "par",  "para", "paras", "cap", "bd",   "s",   "st",
    "op",   "n",    "nn",  "l",   "ll",  "fol",    "ff",   "f",    "ibid",  "cf",  "cit",  "kap", "abs",
    "abb",  "tab",  "anm", "ver", "cmd", "approx", "gen",  "matt", "rev",   "num", "mr",   "mrs", "dr",
    "prof", "jan",  "feb", "mar", "apr", "jun",    "jul",  "aug",  "sept",  "sep", "oct",  "nov", "dec",
    "tel",  "ext",  "av",  "ave", "eq",  "pl",     "pt",   "pts",  "ed",    "eds", NULL};

/* Is the run part of an address or a file's name? Looks at the bytes up to white space, within reason. */
static bool in_address(const struct spot *s)
{
    size_t from = s->from, to = s->to;
    while (from > 0 && s->from - from < LOOK_BACK && !ascii_space(s->t.at[from - 1]))
        from--;
    while (to < s->t.length && to - s->to < LOOK_BACK && !ascii_space(s->t.at[to]))
        to++;
    bool slash = false;
    for (size_t i = from; i < to; i++) {
        slash |= s->t.at[i] == '/' && i > from && i < s->from;
        if (s->t.at[i] == '@' || s->t.at[i] == '=' || s->t.at[i] == '_' || s->t.at[i] == '\\')
            return true;
    }
    struct text token = text_slice(s->t, from, to);
    if (text_starts(token, "www.") || text_starts(token, "http") || text_starts(token, "10.") ||
        text_starts(token, "doi:"))
        return true;
    for (size_t i = from; i + 2 < to; i++)
        if (memcmp(s->t.at + i, "://", 3) == 0 ||
            (slash && i < s->from && memcmp(s->t.at + i, ".co", 3) == 0) ||
            (slash && memcmp(s->t.at + i, ".or", 3) == 0) || (slash && memcmp(s->t.at + i, "www", 3) == 0))
            return true;
    return false;
}

/* ---- what may stand behind a call */

static bool closer(uint32_t c)
{
    return c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?' || c == ')' || c == ']' ||
           c == '}' || c == 0x2026 || c == 0x3002 || closing_quote(c) || c == 0x2018;
}

/* Something stands behind the digits that makes them part of a larger number or word. */
static bool goes_on(const struct spot *s)
{
    uint32_t c = s->after;
    if (c == 0 || wide_space(c))
        return false;
    if ((c == '.' || c == ',' || c == ':' || c == '-' || c == 0x2013 || c == 0x2011 || c == '/' ||
         c == '\'' || c == 0x2019) &&
        digit(s->after2))
        return true;
    if ((c == '\'' || c == 0x2019) && lower(s->after2))
        return true;
    if (c == '-' || c == 0x2011)
        return true;
    return !closer(c) && c != 0x2014 && c != 0x2013 && c != '(' && c != '[' && !upper(c);
}

static bool sentence_mark(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x2026;
}

static bool sentence_starts(const struct spot *s)
{
    return s->next == 0 || upper(s->next) || (opening_quote(s->next) && s->next_at > s->to) ||
           (s->next == '(' && s->next_at > s->to);
}

/* ---- in brackets, in parentheses, with a caret: lists like `[3, 7]` */

/* Reads `3`, `3, 7` or `3–5` up to `close`; adds the candidates. Gives the offset behind `close`, or 0. */
static size_t add_list(struct text_parts *p, struct spot *s, size_t open, char close, enum manner m,
                       double evidence)
{
    size_t at = s->from, count = 0, first = p->candidate_count;
    while (at < s->t.length && count < 12) {
        size_t from = at;
        while (at < s->t.length && ascii_digit(s->t.at[at]))
            at++;
        if (at == from || at - from > 5)
            break;
        struct spot one = *s;
        one.from = from;
        one.to = at;
        struct candidate *c = add(p, &one, value_of(s->t, from, at), m, evidence);
        if (!c)
            break;
        c->list = s->block * 1u + (uint32_t)open + 1;
        count++;
        if (at < s->t.length && s->t.at[at] == close) {
            p->candidates[first].at = (uint32_t)open;
            p->candidates[p->candidate_count - 1].end = (uint32_t)at + 1;
            for (size_t k = first; k < p->candidate_count && count == 1; k++)
                p->candidates[k].list = 0;
            return at + 1;
        }
        size_t next = at;
        uint32_t gap = next < s->t.length ? utf8_next(s->t, &next) : 0;
        if (gap != ',' && gap != ';' && gap != '-' && gap != 0x2013)
            break;
        while (next < s->t.length && s->t.at[next] == ' ')
            next++;
        at = next;
    }
    p->candidate_count = first;
    return 0;
}

/* The spaces before a call go with it. */
static size_t without_space(struct text t, size_t at)
{
    while (at > 0) {
        size_t from = at;
        uint32_t c = utf8_previous(t, &from);
        if (!wide_space(c) && !widthless(c))
            break;
        at = from;
    }
    return at;
}

/* Where the bracket opens that holds the digits: `[3`, `[^3`, `[note 3`; the text's length when none does. */
static size_t bracket_open(const struct spot *s)
{
    static const char *const names[] = {"[",      "[^",     "[note ",     "[Note ",     "[fn ",      "[fn",
                                        "[n. ",   "[n ",    "[footnote ", "[Footnote ", "[endnote ", "[ref ",
                                        "[Anm. ", "[nota ", "[#",         "[ ",         NULL};
    for (const char *const *n = names; *n; n++) {
        size_t length = strlen(*n);
        if (s->from >= length && memcmp(s->t.at + s->from - length, *n, length) == 0)
            return s->from - length;
    }
    return s->t.length;
}

static size_t bracketed(struct text_parts *p, struct spot *s, size_t open)
{
    size_t first = p->candidate_count;
    bool linked = open > 0 && s->t.at[open - 1] == '[';
    size_t end = add_list(p, s, open, ']', MANNER_BRACKET, linked ? -1 : 0);
    if (!end)
        return 0;
    if (open == 0) {
        p->candidate_count = first; /* a block's own number */
        return end;
    }
    p->candidates[first].at = (uint32_t)without_space(s->t, open);
    return end;
}

static size_t parenthesized(struct text_parts *p, struct spot *s)
{
    size_t open = s->from - 1, at = open, first = p->candidate_count;
    if (open == 0)
        return 0;
    uint32_t before = char_before(s->t, &at);
    double evidence = 0;
    bool spaced = wide_space(before);
    size_t word_end = without_space(s->t, open);
    size_t look = word_end;
    uint32_t mark = char_before(s->t, &look);
    if (!spaced)
        evidence += closer(before) ? 2.0 : letter(before) ? 1.0 : -1;
    else if (sentence_mark(mark) || closing_quote(mark))
        evidence += 1.0;
    size_t end = add_list(p, s, open, ')', MANNER_PAREN, 0);
    if (!end)
        return 0;
    struct spot behind = *s;
    behind.to = end;
    look_around(&behind);
    if (letter(behind.after))
        evidence -= 4;
    if (spaced && (mark == ':' || mark == ';' || mark == ',' || mark == 0x2014))
        evidence -= mark == ',' ? 0.5 : 0.8;
    struct text word = word_before(s->t, word_end);
    if (among(word, counted) || among(word, functional))
        evidence -= 2.5;
    if (spaced && lower(behind.next) && !closer(behind.after))
        evidence -= 0.7;
    if (closer(behind.after) || (sentence_mark(mark) && sentence_starts(&behind)))
        evidence += 0.7;
    if ((sentence_mark(mark) || closing_quote(mark)) && (behind.after == '.' || behind.after == ','))
        evidence -= 3; /* the sentence is closed already: a point's number */
    for (size_t k = first; k < p->candidate_count; k++)
        p->candidates[k].evidence = (float)evidence;
    p->candidates[first].at = (uint32_t)word_end;
    return end;
}

/* ---- glued to a word or its punctuation */

static void after_mark(struct text_parts *p, struct spot *s)
{
    double evidence = 0;
    bool ends = sentence_starts(s);
    size_t at = s->from;
    char_before(s->t, &at);
    struct text word = word_before(s->t, at);
    if (s->before == '.' && among(word, abbreviations) && s->before2 != '.')
        evidence -= upper(s->before2) && word.length == 1 ? 1 : 4;
    if (sentence_mark(s->before) || closing_quote(s->before))
        evidence += ends ? 1 : wide_space(s->after) && lower(s->next) ? -0.7 : 0;
    else if (s->before == ':' || s->before == '%')
        evidence -= 1;
    else
        evidence += 0.4;
    if (s->before == 0x2014 || s->before == 0x2013)
        evidence -= 2;
    if (upper(s->after))
        evidence -= 1.5;
    bool inside = s->after && closing_quote(s->after) && !letter(s->after2);
    add(p, s, value_of(s->t, s->from, s->to), inside ? MANNER_INSIDE : MANNER_AFTER, evidence);
}

/* How often the same word stands with the same digits: `G7` comes back, a call doesn't. */
static size_t seen_glued(struct text_parts *p, struct hash *tokens, struct text token)
{
    size_t *n = hash_find(tokens, token);
    if (!n) {
        n = arena_alloc(p->arena, sizeof *n);
        hash_put(tokens, token, n);
    }
    return ++*n;
}

static void after_letter(struct text_parts *p, struct spot *s, struct hash *tokens)
{
    static const char *const named[] = {
        "covid", "mp",      "web", "windows", "ios", "html", "css", "utf", "iso", "python", "sars", "vitamin",
        "omega", "version", "v",   "q",       "x",   "y",    "n",   "k",   "fig", "p",      NULL};
    struct text word = word_before(s->t, s->from);
    double evidence = 0;
    bool all_upper = true;
    for (size_t at = 0; at < word.length;)
        all_upper &= !lower(utf8_next(word, &at));
    int length = count_chars(word);
    size_t start = (size_t)(word.at - s->t.at);
    uint32_t head = start > 0 ? char_before(s->t, &start) : 0;
    if (upper(s->after) || s->after == 0x2013)
        return;
    if (digit(head) || head == '-' || head == '#' || head == '$')
        evidence -= digit(head) || (head == '-' && (all_upper || length < 3)) ? 4 : head == '-' ? 0.3 : 3;
    if (all_upper)
        evidence -= length == 1 ? 4 : length <= 3 ? 2.5 : length <= 5 ? 1.5 : 0.3;
    else if (length == 1)
        evidence -= 3;
    else if (length == 2)
        evidence -= 0.5;
    if (among(word, named))
        evidence -= 3;
    if (s->to - s->from > 3)
        evidence -= 1;
    if (length < 40)
        seen_glued(p, tokens, text_slice(s->t, s->from - word.length, s->to));
    bool before = s->after == 0 || closer(s->after) || s->after == 0x2014;
    add(p, s, value_of(s->t, s->from, s->to), before ? MANNER_BEFORE : MANNER_WORD, evidence);
}

/* ---- glued to a number */

static bool month(struct text word)
{
    static const char *const months[] = {
        "january",   "february", "march",    "april",    "may",     "june",    "july", "august",
        "september", "october",  "november", "december", "januar",  "februar", "märz", "mai",
        "juni",      "juli",     "oktober",  "dezember", "janvier", "jan",     "feb",  "mar",
        "apr",       "aug",      "sept",     "sep",      "oct",     "nov",     "dec",  NULL};
    return among(word, months);
}

static bool year(int n)
{
    return n >= 1000 && n <= 2100;
}

/* The digits before a mark that stands before the run: `1914` of `1914.1`. */
static size_t digits_before(const struct spot *s, size_t *from)
{
    size_t at = s->from, end;
    char_before(s->t, &at);
    end = at;
    while (at > 0 && ascii_digit(s->t.at[at - 1]) && end - at < 12)
        at--;
    *from = at;
    return end - at;
}

static void after_number(struct text_parts *p, struct spot *s)
{
    size_t from, count = digits_before(s, &from);
    int number = value_of(s->t, from, from + count);
    uint32_t head = 0;
    size_t at = from;
    head = char_before(s->t, &at);
    bool grouped = count == 3 && head == ',';
    bool is_year = count == 4 && year(number) && head != '.' && head != ',';
    size_t length = s->to - s->from;
    if (s->before == ',' && length == 3)
        return;
    if (head == '.' || upper(s->after) ||
        (s->after && !wide_space(s->after) && !closer(s->after) && s->after != 0x2014))
        return;
    double evidence = is_year ? 1 : grouped ? 1 : count >= 2 ? -0.5 : -2;
    if (head && !wide_space(head) && !grouped && head != '(' && head != '-' && head != 0x2013 && head != '$')
        evidence -= 1;
    bool ends = sentence_starts(s);
    if (s->before == '.')
        evidence += ends && (s->next == 0 || wide_space(s->after)) ? 1 : -3;
    else
        evidence += wide_space(s->after) && !ends ? 0.5 : -0.5;
    struct text next = word_at(s->t, s->next_at);
    if (among(next, units))
        evidence -= 3;
    bool inside = s->after && closing_quote(s->after);
    add(p, s, value_of(s->t, s->from, s->to), MANNER_NUMBER, evidence + (inside ? 0.3 : 0));
}

/* `19141` may be 1914 with call 1; `5,000,00011` surely ends in a call. */
static void tail_of_number(struct text_parts *p, struct spot *s)
{
    size_t length = s->to - s->from;
    bool group = (s->before == ',' || s->before == '.') && digit(s->before2);
    bool ends = s->after == 0 || closer(s->after);
    if (length < 2 || length > 8 || (s->before == '.' && digit(s->before2)) || upper(s->after) ||
        digit(s->after2))
        return;
    bool is_year = length == 4 && year(value_of(s->t, s->from, s->to));
    if (is_year || (!group && s->before && !wide_space(s->before) && s->before != '(' && s->before != '$' &&
                    s->before != 0x2013 && s->before != 0xA3 && s->before != 0x20AC && s->before != '-'))
        return;
    struct text next = word_at(s->t, s->next_at), before = word_before(s->t, without_space(s->t, s->from));
    bool day = length == 2 && (month(before) || month(next)) && value_of(s->t, s->from, s->to) <= 31;
    for (size_t k = 1; k < length; k++) {
        size_t cut = s->from + k, tail = length - k;
        if (s->t.at[cut] == '0' || tail > 4 || (group && k != 3))
            continue;
        int head = value_of(s->t, s->from, cut);
        double evidence = group ? 5 : k == 4 && year(head) ? 2.5 : length >= 5 ? -1 : -0.5;
        evidence += ends || sentence_starts(s) ? 0.5 : 0;
        evidence -= day ? 3 : length == 2 ? 1.5 : 0;
        if (s->t.at[s->from] == '0' && !group)
            evidence -= 3;
        if (!group && length < 5 &&
            (among(next, units) || s->before == '$' || s->before == '-' || s->before == 0x2013))
            evidence -= 2.5;
        struct spot part = *s;
        part.from = cut;
        struct candidate *c = add(p, &part, value_of(s->t, cut, s->to), MANNER_TAIL, evidence);
        if (c)
            c->run = (uint32_t)s->from;
    }
}

/* ---- with a space before */

static void spaced(struct text_parts *p, struct spot *s)
{
    size_t end = without_space(s->t, s->from), at = end;
    if (end == 0 || upper(s->after))
        return;
    uint32_t mark = char_before(s->t, &at);
    struct text before = word_before(s->t, end), next = word_at(s->t, s->next_at);
    double evidence = 0;
    bool ends = sentence_starts(s);
    if (sentence_mark(mark) || closing_quote(mark)) {
        struct text abbreviated = word_before(s->t, at);
        evidence += ends ? 3 : -1;
        if (mark == '.' && among(abbreviated, abbreviations))
            evidence -= 5;
    } else if (mark == ',' || mark == ';' || mark == ')') {
        evidence += lower(s->next) && wide_space(s->after) ? 1 : -0.5;
    } else if (mark == 0x2014 || mark == ':') {
        evidence -= 0.5;
    } else if (!letter(mark)) {
        evidence -= digit(mark) ? 1.5 : 3;
    } else if (s->after == 0 || closer(s->after)) {
        evidence += 0.5;
    } else {
        evidence -= 0.5;
    }
    if (letter(mark) && (among(before, counted) || among(before, functional)))
        evidence -= 3.5;
    static const char *const joins[] = {"and", "or", "to", "und", "bis", "et", "y", NULL};
    if (next.length && wide_space(s->after))
        evidence -= among(next, units) ? 3 : among(next, joins) ? 1 : 0;
    if (year(value_of(s->t, s->from, s->to)))
        evidence -= 3;
    struct candidate *c = add(p, s, value_of(s->t, s->from, s->to), MANNER_SPACED, evidence);
    if (c)
        c->at = (uint32_t)end;
}

/* ---- raised */

static int raised_value(uint32_t c)
{
    if (c == 0xB9)
        return 1;
    if (c == 0xB2 || c == 0xB3)
        return (int)c - 0xB0;
    return c == 0x2070 || (c >= 0x2074 && c <= 0x2079) ? (int)(c - 0x2070) : -1;
}

/* Reads raised digits at `at`; gives the offset behind them, or `at`. */
static size_t raised(struct text_parts *p, struct text t, uint32_t block, size_t at)
{
    static const char *const measures[] = {"m", "km", "cm", "mm",  "dm", "ft", "mi", "in", "x",  "y",
                                           "r", "n",  "s",  "sec", "a",  "b",  "c",  "e",  "mc", NULL};
    int n = 0;
    size_t end = at;
    while (end < t.length && n < 100000) {
        size_t next = end;
        int v = raised_value(utf8_next(t, &next));
        if (v < 0)
            break;
        n = n * 10 + v;
        end = next;
    }
    if (end == at || at == 0)
        return end > at ? end : at;
    struct spot s = {.t = t, .block = block, .from = at, .to = end};
    look_around(&s);
    struct text word = word_before(t, at);
    double evidence = wide_space(s.before) ? -0.5 : 0.5;
    if (digit(s.before))
        evidence -= s.before2 == '1' || letter(s.after) ? 3 : 1;
    if ((n == 2 || n == 3) && among(word, measures) && word.length)
        evidence -= 9;
    if (letter(s.after) && lower(s.after))
        evidence -= 2;
    struct candidate *c = add(p, &s, n, MANNER_RAISED, evidence);
    if (c)
        c->at = (uint32_t)without_space(t, at);
    return end;
}

/* ---- one block */

static size_t digits_at(struct text_parts *p, struct spot *s, struct hash *tokens)
{
    look_around(s);
    size_t end = 0;
    size_t open = bracket_open(s);
    if (open < s->t.length)
        end = bracketed(p, s, open);
    else if (s->before == '(' && s->from > 1)
        end = parenthesized(p, s);
    if (end)
        return end;
    if (s->to - s->from > 8 || in_address(s))
        return s->to;
    uint32_t b = s->before;
    if (b == '^' && !goes_on(s)) {
        /* 10^3 is a power. */
        bool power = digit(s->before2) && s->from >= 3 && !(s->from > 4 && ascii_digit(s->t.at[s->from - 4]));
        struct candidate *c = add(p, s, value_of(s->t, s->from, s->to), MANNER_CARET,
                                  power               ? -5
                                  : digit(s->before2) ? -1
                                                      : 0);
        if (c)
            c->at = (uint32_t)(s->from - 1);
        return s->to;
    }
    if (goes_on(s))
        return s->to;
    bool marked = b == '.' || b == ',' || b == ';' || b == ':' || b == '!' || b == '?' || b == 0x2026;
    if (s->t.at[s->from] != '0') {
        if (marked && digit(s->before2))
            after_number(p, s);
        else if (marked || b == ')' || b == ']' || b == '%' ||
                 ((closing_quote(b) || b == 0x2014) && s->before2 && !wide_space(s->before2)))
            after_mark(p, s);
        else if (letter(b))
            after_letter(p, s, tokens);
        else if (wide_space(b))
            spaced(p, s);
    }
    tail_of_number(p, s);
    return s->to;
}

static void scan(struct text_parts *p, uint32_t block, struct hash *tokens)
{
    struct text t = p->blocks[block].text;
    for (size_t at = 0; at < t.length;) {
        unsigned char c = (unsigned char)t.at[at];
        if (ascii_digit((char)c)) {
            struct spot s = {.t = t, .block = block, .from = at, .to = at};
            while (s.to < t.length && ascii_digit(t.at[s.to]))
                s.to++;
            at = digits_at(p, &s, tokens);
        } else if (c == 0xC2 || c == 0xE2) {
            size_t end = raised(p, t, block, at);
            at = end > at ? end : at + 1;
        } else {
            at++;
        }
    }
}

/* What came back again and again is a name. */
static void doubt_names(struct text_parts *p, struct hash *tokens)
{
    for (size_t i = 0; i < p->candidate_count; i++) {
        struct candidate *c = &p->candidates[i];
        if (c->manner != MANNER_BEFORE && c->manner != MANNER_WORD)
            continue;
        struct text t = p->blocks[c->block].text, word = word_before(t, c->at);
        size_t *n = hash_find(tokens, text_slice(t, c->at - word.length, c->end));
        if (n && *n > 1)
            c->evidence -= 2.5f;
    }
}

/* `(1) …; (2) …; (3) …` within one paragraph count its points. */
static void doubt_points(struct text_parts *p)
{
    for (size_t i = 0, end; i < p->candidate_count; i = end) {
        int points = 0;
        for (end = i; end < p->candidate_count && p->candidates[end].block == p->candidates[i].block; end++)
            points += p->candidates[end].manner == MANNER_PAREN && p->candidates[end].label == points + 1;
        for (size_t k = i, next = 1; k < end && points > 1; k++)
            if (p->candidates[k].manner == MANNER_PAREN && p->candidates[k].label == (int)next) {
                p->candidates[k].evidence -= points > 2 ? 3 : 2;
                next++;
            }
    }
}

void text_candidates(struct text_parts *p)
{
    struct hash *tokens = hash_new(p->arena);
    for (size_t i = 0; i < p->block_count; i++) {
        enum block_kind k = p->blocks[i].kind;
        if (k == BLOCK_PARAGRAPH || k == BLOCK_VERSE)
            scan(p, (uint32_t)i, tokens);
    }
    doubt_names(p, tokens);
    doubt_points(p);
}
