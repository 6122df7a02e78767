#include "refine/punctuation.h"

/* Longer tags stand behind the language they belong to. */
static const struct punctuation table[] = {
    {"en", {0x201C, 0x2018}, {0x201D, 0x2019}, 0, 0, 0},
    {"de", {0x201E, 0x201A}, {0x201C, 0x2018}, 0, 0, 0},
    {"de-CH", {0xAB, 0x2039}, {0xBB, 0x203A}, 0, 0, 0},
    {"fr", {0xAB, 0x201C}, {0xBB, 0x201D}, SPACE_NO_BREAK, SPACE_NARROW, SPACE_NO_BREAK},
    {"fr-CA", {0xAB, 0x201C}, {0xBB, 0x201D}, SPACE_NO_BREAK, 0, SPACE_NO_BREAK},
    {"fr-CH", {0xAB, 0x2039}, {0xBB, 0x203A}, SPACE_NARROW, SPACE_NARROW, SPACE_NARROW},
    {"es", {0xAB, 0x201C}, {0xBB, 0x201D}, 0, 0, 0},
    {"es-MX", {0x201C, 0x2018}, {0x201D, 0x2019}, 0, 0, 0},
    {"es-US", {0x201C, 0x2018}, {0x201D, 0x2019}, 0, 0, 0},
    {"es-419", {0x201C, 0x2018}, {0x201D, 0x2019}, 0, 0, 0},
    {"ca", {0xAB, 0x201C}, {0xBB, 0x201D}, 0, 0, 0},
    {"it", {0xAB, 0x201C}, {0xBB, 0x201D}, 0, 0, 0},
    {"it-CH", {0xAB, 0x2039}, {0xBB, 0x203A}, 0, 0, 0},
    {"pt", {0x201C, 0x2018}, {0x201D, 0x2019}, 0, 0, 0},
    {"pt-PT", {0xAB, 0x201C}, {0xBB, 0x201D}, 0, 0, 0},
    {"nl", {0x201C, 0x2018}, {0x201D, 0x2019}, 0, 0, 0},
    {"sv", {0x201D, 0x2019}, {0x201D, 0x2019}, 0, 0, 0},
    {"fi", {0x201D, 0x2019}, {0x201D, 0x2019}, 0, 0, 0},
    {"da", {0x201D, 0x2019}, {0x201D, 0x2019}, 0, 0, 0},
    {"nb", {0xAB, 0x2018}, {0xBB, 0x2019}, 0, 0, 0},
    {"nn", {0xAB, 0x2018}, {0xBB, 0x2019}, 0, 0, 0},
    {"no", {0xAB, 0x2018}, {0xBB, 0x2019}, 0, 0, 0},
    {"pl", {0x201E, 0xAB}, {0x201D, 0xBB}, 0, 0, 0},
    {"cs", {0x201E, 0x201A}, {0x201C, 0x2018}, 0, 0, 0},
    {"sk", {0x201E, 0x201A}, {0x201C, 0x2018}, 0, 0, 0},
    {"hu", {0x201E, 0xBB}, {0x201D, 0xAB}, 0, 0, 0},
    {"ro", {0x201E, 0xAB}, {0x201D, 0xBB}, 0, 0, 0},
    {"ru", {0xAB, 0x201E}, {0xBB, 0x201C}, 0, 0, 0},
    {"uk", {0xAB, 0x201E}, {0xBB, 0x201C}, 0, 0, 0},
    {"bg", {0x201E, 0x2019}, {0x201C, 0x2019}, 0, 0, 0},
    {"el", {0xAB, 0x201C}, {0xBB, 0x201D}, 0, 0, 0},
};

const struct punctuation *punctuation_for(const char *language)
{
    struct text tag = text_of(language);
    const struct punctuation *best = table;
    size_t length = 0;
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        size_t n = strlen(table[i].language);
        bool prefix = tag.length >= n && text_is_nocase(text_slice(tag, 0, n), table[i].language) &&
                      (tag.length == n || tag.at[n] == '-');
        if (prefix && n > length) {
            best = &table[i];
            length = n;
        }
    }
    return best;
}

static bool among(struct text word, const char *const *list)
{
    for (; *list; list++)
        if (strncmp(*list, word.at, word.length) == 0 && (*list)[word.length] == '\0')
            return true;
    return false;
}

bool leads_number(struct text word)
{
    static const char *const words[] = {
        "p.",   "pp.",   "P.",   "Pp.",  "S.",    "s.",    "f.",    "ff.",  "fol.",  "fig.",  "figs.",
        "Fig.", "Figs.", "Abb.", "abb.", "Tab.",  "tab.",  "Table", "No.",  "no.",   "Nos.",  "nos.",
        "Nr.",  "nr.",   "n°",   "N°",   "nº",    "Nº",    "№",     "§",    "§§",    "vol.",  "vols.",
        "Vol.", "Vols.", "t.",   "T.",   "Bd.",   "Bde.",  "bd.",   "ch.",  "chs.",  "chap.", "Chap.",
        "Ch.",  "Kap.",  "kap.", "cap.", "Cap.",  "capp.", "art.",  "Art.", "Sec.",  "sec.",  "sect.",
        "Abs.", "Anm.",  "Z.",   "l.",   "ll.",   "v.",    "vv.",   "eq.",  "Eq.",   "Gl.",   "ed.",
        "ex.",  "Ex.",   "pl.",  "Pl.",  "c.",    "ca.",   "Ca.",   "pág.", "págs.", "núm.",  "Núm.",
        "стр.", "с.",    "гл.",  "рис.", "табл.", "т.",    "σ.",    "σσ.",  NULL};
    return among(word, words);
}

bool leads_name(struct text word)
{
    static const char *const words[] = {
        "Mr.",   "Mrs.",   "Ms.",   "Mx.",  "Messrs.", "Dr.",  "Prof.", "Rev.",  "Hon.", "Gen.", "Col.",
        "Capt.", "Lt.",    "Sgt.",  "Sen.", "Rep.",    "Gov.", "St.",   "Sts.",  "Mt.",  "Mr",   "Mrs",
        "Ms",    "Dr",     "MM.",   "Mme",  "Mmes",    "Mlle", "Mgr",   "Sr.",   "Sra.", "D.ª",  "Dña.",
        "Sig.",  "Sig.ra", "Dott.", "Hr.",  "Fr.",     "Frl.", "Dhr.",  "Mevr.", NULL};
    return among(word, words);
}

bool is_unit(struct text word)
{
    static const char *const words[] = {
        "%",    "‰",         "°",          "°C",       "°F",        "K",       "km",      "m",        "dm",
        "cm",   "mm",        "µm",         "μm",       "nm",        "ft",      "ft.",     "in.",      "mi",
        "mi.",  "yd",        "yd.",        "km²",      "m²",        "cm²",     "mm²",     "ha",       "km³",
        "m³",   "cm³",       "l",          "L",        "dl",        "cl",      "ml",      "mL",       "hl",
        "kg",   "g",         "mg",         "µg",       "t",         "kt",      "Mt",      "lb",       "lb.",
        "lbs",  "lbs.",      "oz",         "oz.",      "s",         "ms",      "µs",      "ns",       "min",
        "min.", "h",         "km/h",       "m/s",      "mph",       "Hz",      "kHz",     "MHz",      "GHz",
        "W",    "kW",        "MW",         "GW",       "TW",        "Wh",      "kWh",     "MWh",      "GWh",
        "TWh",  "V",         "kV",         "A",        "mA",        "Ah",      "J",       "kJ",       "MJ",
        "cal",  "kcal",      "N",          "kN",       "Pa",        "hPa",     "kPa",     "bar",      "dB",
        "B",    "kB",        "KB",         "MB",       "GB",        "TB",      "bit",     "px",       "pt",
        "em",   "€",         "£",          "$",        "¥",         "CHF",     "EUR",     "USD",      "GBP",
        "Fr.",  "Rp.",       "ct",         "ppm",      "mol",       "million", "billion", "trillion", "Mio.",
        "Mrd.", "Millionen", "Milliarden", "millions", "milliards", "a.m.",    "p.m.",    "AM",       "PM",
        "BC",   "AD",        "BCE",        "CE",       "Uhr",       "€.",      "%.",      NULL};
    return among(word, words);
}

bool is_elision(struct text word)
{
    static const char *const words[] = {"tis",   "twas",   "twere",  "twill", "twould", "twixt", "til",
                                        "till",  "em",     "n",      "cause", "cos",    "cuz",   "bout",
                                        "round", "neath",  "gainst", "ere",   "nuff",   "tween", "twasn",
                                        "tisn",  "nother", "ud",     "s",     "t",      "k",     NULL};
    return among(word, words);
}
