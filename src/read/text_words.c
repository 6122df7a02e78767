/* The words beside numbers: tables of English, German, French and Spanish. */
#include "read/text_spot.h"

/* A number stands behind these and belongs to them. */
static const char *const counted[] = {
    /* clang-format off */
    "page", "pages", "p", "pp", "paragraph", "paragraphs", "para", "paras", "chapter", "chapters", "ch",
    "article", "articles", "art", "arts", "section", "sections", "sec", "no", "nos", "nr", "number",
    "numbers", "part", "parts", "volume", "volumes", "vol", "vols", "figure", "figures", "fig", "figs",
    "table", "tables", "line", "lines", "verse", "verses", "note", "notes", "clause", "clauses", "annex",
    "appendix", "schedule", "book", "item", "items", "point", "points", "step", "level", "phase", "act",
    "scene", "rule", "title", "room", "route", "highway", "world", "war", "apollo", "version", "size",
    "grade", "class", "type", "group", "question", "day", "week", "year", "years", "psalm", "matt", "mark",
    "luke", "john", "gen", "exod", "isa", "rom", "cor", "seite", "seiten", "s", "bd", "band", "kapitel",
    "kap", "abschnitt", "artikel", "absatz", "abs", "ziffer", "tome", "numéro", "capítulo", "pagina",
    "página", "june", "july", "january", "february", "march", "april", "may", "august", "september",
    "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep",
    "oct", "nov", "dec", "januar", "februar", "märz", "juni", "juli", "oktober", "dezember", "mai", "row",
    "column", "factor", "stage", "district", "unit", "channel", "flight", "formula", "sonnet", "op",
    "opus", "symphony", "quartet", "kv", "bwv", "age", "aged", "category", "tier", "division", "regiment",
    "area", "zone", "windows", "resolution", NULL
    /* clang-format on */
};
/* A quantity stands behind these. */
static const char *const functional[] = {
    /* clang-format off */
    "the", "of", "about", "in", "to", "than", "over", "some", "nearly", "only", "a", "and", "or",
    "between", "by", "at", "for", "from", "with", "until", "since", "before", "after", "during", "under",
    "almost", "around", "roughly", "approximately", "every", "least", "most", "another", "last", "next",
    "first", "all", "these", "those", "his", "her", "their", "its", "our", "my", "were", "was", "is",
    "are", "had", "has", "have", "be", "on", "as", "per", "into", "within", "through", "that", "but",
    "not", "if", "when", "which", "who", "plus", "minus", "up", "an", "just", "even", "including",
    "further", "additional", "von", "bis", "und", "der", "die", "das", "den", "dem", "im", "am", "um",
    "etwa", "rund", "mit", "nach", "vor", "seit", "le", "la", "les", "de", "des", "du", "et", "à", "en",
    "vers", "el", "los", "las", "y", "con", "il", "di", "e", NULL
    /* clang-format on */
};
/* A number stands before these and belongs to them. */
static const char *const units[] = {
    /* clang-format off */
    "percent", "per", "million", "billion", "trillion", "thousand", "hundred", "dozen", "years", "year",
    "days", "day", "months", "month", "weeks", "week", "hours", "hour", "minutes", "minute", "seconds",
    "men", "women", "people", "children", "miles", "feet", "inches", "yards", "acres", "tons", "pounds",
    "shillings", "pence", "dollars", "cents", "marks", "francs", "km", "kg", "cm", "mm", "m", "ft", "lb",
    "lbs", "am", "pm", "degrees", "times", "centuries", "st", "countries", "members", "states", "cases",
    "points", "votes", "pages", "chapters", "articles", "january", "february", "march", "april", "may",
    "june", "july", "august", "september", "october", "november", "december", "januar", "februar", "märz",
    "mai", "juni", "juli", "oktober", "dezember", "janvier", "février", "mars", "avril", "juin", "juillet",
    "août", "septembre", "octobre", "novembre", "décembre", "prozent", "jahre", "jahren", "tage", "tagen",
    "millionen", "mio", "uhr", "ans", "jours", "heures", "pour", "años", "bc", "ad", "bce", "ce", NULL
    /* clang-format on */
};
/* A full stop behind these ends no sentence. */
static const char *const abbreviations[] = {
    /* clang-format off */
    "p", "pp", "no", "nos", "nr", "vol", "vols", "art", "arts", "ch", "chap", "fig", "figs", "sec", "sect",
    "c", "ca", "v", "vs", "par", "para", "paras", "cap", "bd", "s", "st", "op", "n", "nn", "l", "ll",
    "fol", "ff", "f", "ibid", "cf", "cit", "kap", "abs", "abb", "tab", "anm", "ver", "cmd", "approx",
    "gen", "matt", "rev", "num", "mr", "mrs", "dr", "prof", "jan", "feb", "mar", "apr", "jun", "jul",
    "aug", "sept", "sep", "oct", "nov", "dec", "tel", "ext", "av", "ave", "eq", "pl", "pt", "pts", "ed",
    "eds", NULL
    /* clang-format on */
};

static const char *const months[] = {
    /* clang-format off */
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december", "januar", "februar", "märz", "mai", "juni", "juli", "oktober", "dezember",
    "janvier", "jan", "feb", "mar", "apr", "aug", "sept", "sep", "oct", "nov", "dec", NULL
    /* clang-format on */
};

/* Books that are counted before their names, in full and in short. */
static const char *const counted_books[] = {
    "sam",   "samuel",        "kings", "kgs",     "chron",  "chronicles", "chr",  "cor",   "corinthians",
    "thess", "thessalonians", "tim",   "timothy", "peter",  "pet",        "john", "jn",    "macc",
    "mac",   "maccabees",     "esd",   "esdras",  "könige", "mose",       "rois", "reyes", NULL};

bool word_counted_book(struct text word)
{
    return among(word, counted_books);
}

bool word_counts(struct text word)
{
    return among(word, counted);
}

bool word_leads(struct text word)
{
    return among(word, functional);
}

bool word_measures(struct text word)
{
    return among(word, units);
}

bool word_abbreviates(struct text t, struct text word)
{
    size_t start = (size_t)(word.at - t.at);
    uint32_t head = start > 0 ? char_before(t, &start) : 0;
    return head != '\'' && head != 0x2019 && among(word, abbreviations); /* "my uncle's." */
}

bool word_month(struct text word)
{
    return among(word, months);
}

struct text bold_line(struct text t)
{
    bool marked =
        (text_starts(t, "**") && text_ends(t, "**")) || (text_starts(t, "__") && text_ends(t, "__"));
    if (t.length < 5 || !marked)
        return (struct text){t.at, 0};
    struct text within = text_slice(t, 2, t.length - 2);
    bool one = text_find(within, t.at[0], 0) >= within.length;
    return one ? within : (struct text){t.at, 0};
}
