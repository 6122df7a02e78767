#include "refine/words.h"

enum kind {
    PREFACE,
    FOREWORD,
    INTRODUCTION,
    PROLOGUE,
    DEDICATION,
    EPIGRAPH,
    ABSTRACT,
    CONCLUSION,
    EPILOGUE,
    AFTERWORD,
    ACKNOWLEDGMENTS,
    APPENDIX,
    BIBLIOGRAPHY,
    GLOSSARY,
    INDEX
};

static const struct section_kind kinds[] = {
    [PREFACE] = {"preface", "doc-preface", MATTER_FRONT},
    [FOREWORD] = {"foreword", "doc-foreword", MATTER_FRONT},
    [INTRODUCTION] = {"introduction", "doc-introduction", MATTER_BODY},
    [PROLOGUE] = {"prologue", "doc-prologue", MATTER_BODY},
    [DEDICATION] = {"dedication", "doc-dedication", MATTER_FRONT},
    [EPIGRAPH] = {"epigraph", "doc-epigraph", MATTER_FRONT},
    [ABSTRACT] = {"abstract", "doc-abstract", MATTER_FRONT},
    [CONCLUSION] = {"conclusion", "doc-conclusion", MATTER_BODY},
    [EPILOGUE] = {"epilogue", "doc-epilogue", MATTER_BODY},
    [AFTERWORD] = {"afterword", "doc-afterword", MATTER_BACK},
    [ACKNOWLEDGMENTS] = {"acknowledgments", "doc-acknowledgments", MATTER_BACK},
    [APPENDIX] = {"appendix", "doc-appendix", MATTER_BACK},
    [BIBLIOGRAPHY] = {"bibliography", "doc-bibliography", MATTER_BACK},
    [GLOSSARY] = {"glossary", "doc-glossary", MATTER_BACK},
    [INDEX] = {"index", "doc-index", MATTER_BACK},
};

/* Headings, case-folded. A name that LEADS may be followed by a label or more ("Appendix A: Sources"). */
enum { WHOLE, LEADS };

static const struct {
    const char *name;
    enum kind kind;
    int how;
} headings[] = {
    {"preface", PREFACE, WHOLE},
    {"preface to", PREFACE, LEADS},
    {"vorwort", PREFACE, WHOLE},
    {"vorwort zur", PREFACE, LEADS},
    {"préface", PREFACE, WHOLE},
    {"préface à", PREFACE, LEADS},
    {"avant-propos", PREFACE, WHOLE},
    {"prefacio", PREFACE, WHOLE},
    {"prefazione", PREFACE, WHOLE},
    {"foreword", FOREWORD, WHOLE},
    {"foreword to", FOREWORD, LEADS},
    {"geleitwort", FOREWORD, WHOLE},
    {"premessa", FOREWORD, WHOLE},
    {"introduction", INTRODUCTION, WHOLE},
    {"introduction:", INTRODUCTION, LEADS},
    {"einleitung", INTRODUCTION, WHOLE},
    {"einführung", INTRODUCTION, WHOLE},
    {"introducción", INTRODUCTION, WHOLE},
    {"introduzione", INTRODUCTION, WHOLE},
    {"prologue", PROLOGUE, WHOLE},
    {"prolog", PROLOGUE, WHOLE},
    {"prólogo", PROLOGUE, WHOLE},
    {"prologo", PROLOGUE, WHOLE},
    {"dedication", DEDICATION, WHOLE},
    {"widmung", DEDICATION, WHOLE},
    {"dédicace", DEDICATION, WHOLE},
    {"dedicatoria", DEDICATION, WHOLE},
    {"dedica", DEDICATION, WHOLE},
    {"epigraph", EPIGRAPH, WHOLE},
    {"épigraphe", EPIGRAPH, WHOLE},
    {"epígrafe", EPIGRAPH, WHOLE},
    {"epigrafe", EPIGRAPH, WHOLE},
    {"abstract", ABSTRACT, WHOLE},
    {"résumé", ABSTRACT, WHOLE},
    {"resumen", ABSTRACT, WHOLE},
    {"conclusion", CONCLUSION, WHOLE},
    {"conclusions", CONCLUSION, WHOLE},
    {"schluss", CONCLUSION, WHOLE},
    {"fazit", CONCLUSION, WHOLE},
    {"conclusión", CONCLUSION, WHOLE},
    {"conclusiones", CONCLUSION, WHOLE},
    {"conclusione", CONCLUSION, WHOLE},
    {"conclusioni", CONCLUSION, WHOLE},
    {"epilogue", EPILOGUE, WHOLE},
    {"epilog", EPILOGUE, WHOLE},
    {"épilogue", EPILOGUE, WHOLE},
    {"epílogo", EPILOGUE, WHOLE},
    {"epilogo", EPILOGUE, WHOLE},
    {"afterword", AFTERWORD, WHOLE},
    {"nachwort", AFTERWORD, WHOLE},
    {"postface", AFTERWORD, WHOLE},
    {"posfacio", AFTERWORD, WHOLE},
    {"postfazione", AFTERWORD, WHOLE},
    {"acknowledgments", ACKNOWLEDGMENTS, WHOLE},
    {"acknowledgements", ACKNOWLEDGMENTS, WHOLE},
    {"danksagung", ACKNOWLEDGMENTS, WHOLE},
    {"remerciements", ACKNOWLEDGMENTS, WHOLE},
    {"agradecimientos", ACKNOWLEDGMENTS, WHOLE},
    {"ringraziamenti", ACKNOWLEDGMENTS, WHOLE},
    {"appendix", APPENDIX, LEADS},
    {"anhang", APPENDIX, LEADS},
    {"annexe", APPENDIX, LEADS},
    {"appendice", APPENDIX, LEADS},
    {"apéndice", APPENDIX, LEADS},
    {"bibliography", BIBLIOGRAPHY, WHOLE},
    {"bibliographical note", BIBLIOGRAPHY, WHOLE},
    {"select bibliography", BIBLIOGRAPHY, WHOLE},
    {"references", BIBLIOGRAPHY, WHOLE},
    {"works cited", BIBLIOGRAPHY, WHOLE},
    {"further reading", BIBLIOGRAPHY, WHOLE},
    {"literatur", BIBLIOGRAPHY, WHOLE},
    {"literaturverzeichnis", BIBLIOGRAPHY, WHOLE},
    {"bibliographie", BIBLIOGRAPHY, WHOLE},
    {"bibliografía", BIBLIOGRAPHY, WHOLE},
    {"bibliografia", BIBLIOGRAPHY, WHOLE},
    {"glossary", GLOSSARY, WHOLE},
    {"glossar", GLOSSARY, WHOLE},
    {"glossaire", GLOSSARY, WHOLE},
    {"glosario", GLOSSARY, WHOLE},
    {"glossario", GLOSSARY, WHOLE},
    {"index", INDEX, WHOLE},
    {"register", INDEX, WHOLE},
    {"sachregister", INDEX, WHOLE},
    {"personenregister", INDEX, WHOLE},
    {"índice analítico", INDEX, WHOLE},
    {"indice analitico", INDEX, WHOLE},
};

/* Takes the next word off the front, without the punctuation behind it. */
static bool take_word(struct text *rest, struct text *word)
{
    *rest = text_trim(*rest);
    if (!rest->length || !text_split(rest, ' ', word))
        return false;
    while (word->length && strchr(".:,;)", word->at[word->length - 1]))
        word->length--;
    return true;
}

static bool roman(struct text word)
{
    for (size_t i = 0; i < word.length; i++)
        if (!strchr("ivxlcm", word.at[i]))
            return false;
    return word.length > 0;
}

static bool digits(struct text word)
{
    for (size_t i = 0; i < word.length; i++)
        if (!ascii_digit(word.at[i]) && word.at[i] != '.')
            return false;
    return word.length > 0;
}

/* Folded words that count parts. */
static const char *const ordinals[] = {
    "one",      "two",      "three",    "four",      "five",      "six",       "seven",   "eight",
    "nine",     "ten",      "eleven",   "twelve",    "first",     "second",    "third",   "fourth",
    "fifth",    "sixth",    "seventh",  "eighth",    "ninth",     "tenth",     "eins",    "zwei",
    "drei",     "vier",     "fünf",     "sechs",     "erster",    "zweiter",   "dritter", "vierter",
    "fünfter",  "sechster", "erstes",   "zweites",   "drittes",   "viertes",   "fünftes", "premier",
    "première", "deuxième", "seconde",  "troisième", "quatrième", "cinquième", "sixième", "primera",
    "segunda",  "tercera",  "cuarta",   "quinta",    "primero",   "segundo",   "tercero", "prima",
    "seconda",  "terza",    "quarta",   "primo",     "secondo",   "terzo",     "quarto",  "quinto",
    "un",       "deux",     "trois",    "quatre",    "uno",       "due",       "tre",     "quattro",
    "dos",      "tres",     "cuatro",   "een",       "twee",      "drie",      "eerste",  "tweede",
    "derde",    "vierde",   "primeira", "terceira",  "um",        "dois",      "três",    NULL};

static bool counts(struct text word)
{
    return digits(word) || roman(word) || text_among(word, ordinals);
}

static bool numbered(struct text title, const char *const *nouns)
{
    static const char *const articles[] = {"the", "der", "das", "la", "le", "el", "il", "a", "o", NULL};
    struct text first, second;
    if (!take_word(&title, &first))
        return false;
    if (text_among(first, articles) && !take_word(&title, &first))
        return false;
    if (!take_word(&title, &second))
        return false;
    /* "First Book" and "First Book: Of Bread", but not "A first book in five minutes" */
    bool ends = !title.at || !title.length || strchr(".:,;)", second.at[second.length]);
    return (text_among(first, nouns) && counts(second)) ||
           (counts(first) && text_among(second, nouns) && ends);
}

bool opens_part(struct text title)
{
    static const char *const nouns[] = {"part",  "book",  "teil", "buch", "partie", "livre",
                                        "parte", "libro", "deel", "boek", "livro",  NULL};
    return numbered(title, nouns);
}

bool opens_chapter(struct text title)
{
    static const char *const nouns[] = {"chapter",  "kapitel",   "chapitre", "capítulo",
                                        "capitolo", "hoofdstuk", "caput",    NULL};
    return numbered(title, nouns);
}

bool is_number(struct text title)
{
    static const char *const nouns[] = {
        "part",      "book",  "teil",    "buch",    "partie",  "livre",     "parte",    "libro",
        "deel",      "boek",  "livro",   "chapter", "kapitel", "chapitre",  "capítulo", "capitolo",
        "hoofdstuk", "caput", "lecture", "section", "essay",   "vorlesung", NULL};
    struct text first, second;
    if (!take_word(&title, &first))
        return false;
    if (counts(first) && !text_trim(title).length)
        return true;
    return text_among(first, nouns) && take_word(&title, &second) && counts(second) &&
           !text_trim(title).length;
}

bool titles_notes(struct text title)
{
    static const char *const names[] = {
        "notes",       "endnotes",   "footnotes",    "end notes", "notes and references",
        "anmerkungen", "fußnoten",   "endnoten",     "fussnoten", "notas",
        "note",        "noten",      "voetnoten",    "eindnoten", "noter",
        "fotnoter",    "przypisy",   "poznámky",     "viitteet",  "примечания",
        "примітки",    "σημειώσεις", "adnotationes", NULL};
    while (title.length && strchr(".: ", title.at[title.length - 1]))
        title.length--;
    return text_among(title, names);
}

/* "2. Conclusion", "IV – Preface": the heading behind its number. */
static struct text unnumbered(struct text title)
{
    struct text rest = title, word;
    bool number = take_word(&rest, &word) && rest.at && (digits(word) || roman(word));
    return number ? text_trim(rest) : title;
}

/* "Editor's Introduction" is one: three words at most, with a possessive. */
static struct text unpossessed(struct text title)
{
    struct text rest = title, word, last = title;
    bool possessive = false;
    int count = 0;
    while (take_word(&rest, &word)) {
        possessive |= text_ends(word, "'s") || text_ends(word, "s'");
        last = word;
        count++;
    }
    return possessive && count <= 3 ? last : title;
}

const struct section_kind *section_kind_of(struct text title)
{
    title = unpossessed(unnumbered(title));
    for (size_t i = 0; i < sizeof headings / sizeof headings[0]; i++) {
        size_t n = strlen(headings[i].name);
        bool leads = headings[i].how == LEADS && text_starts(title, headings[i].name) &&
                     (title.length == n || !ascii_alpha(title.at[n]));
        if (leads || text_is(title, headings[i].name))
            return &kinds[headings[i].kind];
    }
    return NULL;
}
