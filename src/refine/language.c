#include "refine/language.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "document/report.h"
#include <unicode/uchar.h>
#include <unicode/uloc.h>

/* ---- guessing */

enum { SAMPLE_BYTES = 64 * 1024, WORDS_LEAST = 12, FREQUENT = 40 };

/* The most frequent words of each language, in lower case. */
static const struct frequent {
    const char *language;
    const char *words[FREQUENT];
} table[] = {
    {"en", {"the",  "of", "and",  "to",    "in",  "is",   "that", "it",  "was",   "for",  "with", "as",
            "his",  "on", "be",   "at",    "by",  "this", "had",  "not", "are",   "but",  "from", "or",
            "have", "an", "they", "which", "you", "were", "her",  "she", "their", "been", "has"}},
    {"de",
     {"der", "die",  "und", "in",    "den",  "von",  "zu",  "das",   "mit", "sich", "des",    "auf",  "für",
      "ist", "im",   "dem", "nicht", "ein",  "eine", "als", "auch",  "es",  "an",   "werden", "aus",  "er",
      "hat", "dass", "daß", "sie",   "nach", "wird", "bei", "einer", "um",  "am",   "sind",   "noch", "wie"}},
    {"fr",
     {"de",   "la",   "le",  "et",    "les",  "des",  "en",   "un",   "du",   "une", "que", "est", "pour",
      "qui",  "dans", "a",   "par",   "plus", "pas",  "au",   "sur",  "ne",   "se",  "ce",  "il",  "sont",
      "avec", "son",  "aux", "cette", "ou",   "mais", "leur", "nous", "elle", "ces", "été", "être"}},
    {"es",
     {"de",  "la", "que", "el", "en",   "y",     "a",    "los", "se",    "del",    "las",  "un",   "por",
      "con", "no", "una", "su", "para", "es",    "al",   "lo",  "como",  "más",    "o",    "pero", "sus",
      "le",  "ha", "me",  "si", "sin",  "sobre", "este", "ya",  "entre", "cuando", "todo", "esta", "ser"}},
    {"it",
     {"di",  "e",  "il",  "la",    "che",   "in", "a",     "per",    "un",  "è",    "del", "non", "della",
      "una", "i",  "le",  "da",    "con",   "si", "sono",  "al",     "dei", "come", "lo",  "nel", "alla",
      "più", "ma", "gli", "delle", "anche", "ha", "nella", "questo", "se",  "o",    "dal"}},
    {"nl", {"de",  "van",  "het",   "een", "en", "in",   "is",  "dat", "op",   "te",   "zijn", "voor",
            "met", "die",  "niet",  "aan", "er", "om",   "ook", "als", "maar", "door", "was",  "bij",
            "hij", "naar", "wordt", "uit", "ik", "over", "dan", "nog", "werd", "of",   "ze",   "heeft"}},
    {"pt", {"de",  "a",   "o",   "que", "e",   "do",  "da",   "em",  "um",  "para", "é",   "com", "não",
            "uma", "os",  "no",  "se",  "na",  "por", "mais", "as",  "dos", "como", "mas", "foi", "ao",
            "ele", "das", "tem", "à",   "seu", "sua", "ou",   "ser", "são", "pela", "pelo"}},
    {"ca", {"de",  "la",   "i",   "el",   "que", "a",      "en",   "els",   "les", "un",
            "per", "una",  "amb", "del",  "és",  "no",     "es",   "al",    "va",  "més",
            "com", "seva", "seu", "dels", "són", "aquest", "però", "també", "va",  "aquesta"}},
    {"sv", {"och", "i",    "att",  "det", "som",  "en",  "på",     "är",  "av",   "för",  "med",
            "den", "till", "inte", "om",  "ett",  "han", "men",    "var", "jag",  "från", "vi",
            "så",  "kan",  "när",  "har", "hade", "de",  "skulle", "sig", "eller"}},
    {"da", {"og",  "i",     "at",   "det", "er",  "en",  "til", "på",   "af",   "for",  "som", "med",
            "den", "der",   "ikke", "de",  "et",  "han", "har", "jeg",  "var",  "fra",  "vi",  "blev",
            "kan", "efter", "også", "hun", "sig", "nu",  "ud",  "hvad", "være", "havde"}},
    {"nb", {"og",  "i",   "det",   "på",   "som", "er",  "en",  "til", "å",    "av",   "for",
            "med", "den", "ikke",  "de",   "et",  "han", "har", "jeg", "var",  "fra",  "vi",
            "ble", "kan", "etter", "også", "hun", "seg", "nå",  "hva", "være", "hadde"}},
    {"fi",
     {"ja",   "on",   "ei",  "se",     "että", "oli",  "hän",  "mutta", "joka", "kun",   "niin",  "ole",
      "myös", "ovat", "sen", "mukaan", "tai",  "kuin", "sekä", "vain",  "jo",   "hänen", "siitä", "olla"}},
    {"pl",
     {"w",   "i",  "na", "z",     "nie", "się", "do", "to",  "że",  "jest", "o",    "jak",  "po",   "co",
      "ale", "od", "za", "przez", "był", "dla", "są", "tym", "tak", "przy", "oraz", "jego", "które"}},
    {"cs",
     {"a",   "se", "v",  "na",  "je", "že", "o",    "s",    "z",     "do", "i",    "to",   "k",   "ve",
      "pro", "za", "by", "ale", "si", "po", "jako", "jsou", "které", "od", "jeho", "jsem", "tak", "být"}},
    {"hu", {"a",  "az",  "és",   "hogy", "nem", "is", "egy", "volt",   "meg",   "ez",   "csak", "de",
            "ha", "már", "mint", "vagy", "még", "el", "azt", "minden", "lehet", "után", "kell"}},
    {"ro", {"de",  "și",   "în",     "a",  "la", "cu", "pe", "din",  "nu",   "care", "o",    "că",  "un",
            "mai", "este", "pentru", "au", "ca", "al", "sa", "fost", "prin", "sau",  "sunt", "după"}},
    {"tr", {"ve",   "bir",  "bu", "da",    "de",    "için",  "ile", "olarak", "çok", "daha",
            "gibi", "olan", "ne", "kadar", "ancak", "sonra", "her", "en",     "ama", "değil"}},
    {"la", {"et",   "in",  "est",  "non",   "ad",   "ut",  "cum",   "quod", "qui",   "sed",  "si",
            "quae", "ex",  "a",    "ab",    "esse", "nec", "sunt",  "de",   "aut",   "enim", "quam",
            "per",  "hoc", "quid", "atque", "ac",   "me",  "autem", "eius", "etiam", "se"}},
    {"ru", {"и",   "в",  "не", "на", "что", "я",   "с",  "он",  "а",    "как", "то", "это", "по",  "но", "к",
            "его", "из", "у",  "за", "от",  "так", "же", "для", "было", "был", "о",  "бы",  "она", "все"}},
    {"uk", {"і",  "в",   "не",  "на",  "що",  "з",   "до", "я",   "та",  "а",  "як",   "у", "це", "його",
            "за", "від", "він", "але", "про", "для", "й",  "які", "був", "ще", "було", "є", "ми"}},
    {"bg", {"на", "и",    "да", "се",   "в",   "за", "не", "от", "е",    "с",     "че",   "по", "са",
            "си", "това", "но", "като", "към", "до", "му", "го", "един", "който", "беше", "ще", "при"}},
    {"el", {"και", "το", "να", "του", "η",    "της", "με",  "που", "την", "από", "για", "είναι", "τον",
            "ο",   "οι", "τα", "δεν", "στην", "σε",  "των", "θα",  "τη",  "στο", "ότι", "μια",   "ένα"}},
};

enum { LANGUAGES = sizeof table / sizeof table[0] };

/* A word's mark in the table of all frequent words: which languages have it. */
struct entry {
    uint32_t languages; /* a bit each */
};

static struct hash *frequent_words(struct arena *a)
{
    struct hash *h = hash_new(a);
    for (int l = 0; l < LANGUAGES; l++)
        for (const char *const *w = table[l].words; w < table[l].words + FREQUENT && *w; w++) {
            struct entry *e = hash_find(h, text_of(*w));
            if (!e) {
                e = arena_alloc(a, sizeof *e);
                hash_put(h, text_of(*w), e);
            }
            e->languages |= 1u << l;
        }
    return h;
}

/* Takes the next run of letters off the text, in lower case. */
static bool next_word(struct text t, size_t *at, struct buf *word)
{
    buf_clear(word);
    while (*at < t.length) {
        size_t here = *at;
        UChar32 c = (UChar32)utf8_next(t, at);
        bool letter = c < 0x80 ? ascii_alpha((char)c) : u_isalpha(c) != 0;
        if (letter && c < 0x80)
            buf_byte(word, ascii_lower((char)c));
        else if (letter)
            buf_utf8(word, (uint32_t)u_tolower(c));
        else if (word->length) {
            *at = here;
            return true;
        }
        if (letter && word->length > 64) /* scripts without word spaces */
            return true;
    }
    return word->length > 0;
}

/* Scripts that say the language by themselves, or nearly. */
static const char *by_script(struct text t)
{
    size_t kana = 0, han = 0, hangul = 0, hebrew = 0, arabic = 0, thai = 0, letters = 0;
    for (size_t at = 0; at < t.length;) {
        UChar32 c = (UChar32)utf8_next(t, &at);
        if (c < 0x80) {
            letters += ascii_alpha((char)c);
            continue;
        }
        letters += u_isalpha(c) != 0;
        kana += c >= 0x3040 && c <= 0x30FF;
        han += c >= 0x4E00 && c <= 0x9FFF;
        hangul += c >= 0xAC00 && c <= 0xD7A3;
        hebrew += c >= 0x0590 && c <= 0x05FF;
        arabic += c >= 0x0600 && c <= 0x06FF;
        thai += c >= 0x0E00 && c <= 0x0E7F;
    }
    const struct {
        size_t count;
        const char *language;
    } scripts[] = {{hangul, "ko"}, {hebrew, "he"}, {arabic, "ar"}, {thai, "th"}};
    if ((kana + han) * 2 > letters && letters)
        return kana * 20 > han ? "ja" : "zh";
    for (size_t i = 0; i < sizeof scripts / sizeof scripts[0]; i++)
        if (scripts[i].count * 2 > letters && letters)
            return scripts[i].language;
    return NULL;
}

/* The best of the counts, when it is far enough before the second. */
static const char *winner(const size_t hits[LANGUAGES], size_t words, double *share)
{
    size_t best = 0, second = 0;
    int who = 0;
    for (int l = 0; l < LANGUAGES; l++) {
        if (hits[l] > best) {
            second = best;
            best = hits[l];
            who = l;
        } else if (hits[l] > second) {
            second = hits[l];
        }
    }
    *share = words ? (double)best / (double)words : 0;
    bool enough = words >= WORDS_LEAST && *share >= 0.15;
    bool clear = (double)best >= 1.12 * (double)second;
    return enough && clear ? table[who].language : NULL;
}

const char *language_guess(struct arena *a, struct text t, double *share)
{
    double ignored;
    if (!share)
        share = &ignored;
    const char *script = by_script(t);
    *share = script ? 1 : 0;
    if (script)
        return script;
    struct hash *frequent = frequent_words(a);
    struct buf *word = buf_new(a);
    size_t hits[LANGUAGES] = {0}, words = 0, at = 0;
    while (next_word(t, &at, word)) {
        words++;
        const struct entry *e = hash_find(frequent, buf_view(word));
        for (int l = 0; e && l < LANGUAGES; l++)
            hits[l] += e->languages >> l & 1;
    }
    buf_free(word);
    return winner(hits, words, share);
}

/* ---- tags */

/* Names by which people give a language. */
static const struct {
    const char *name, *tag;
} names[] = {
    {"english", "en"},   {"german", "de"},    {"deutsch", "de"},  {"french", "fr"},     {"français", "fr"},
    {"francais", "fr"},  {"spanish", "es"},   {"español", "es"},  {"espanol", "es"},    {"castellano", "es"},
    {"italian", "it"},   {"italiano", "it"},  {"dutch", "nl"},    {"nederlands", "nl"}, {"portuguese", "pt"},
    {"português", "pt"}, {"swedish", "sv"},   {"svenska", "sv"},  {"danish", "da"},     {"dansk", "da"},
    {"norwegian", "no"}, {"norsk", "no"},     {"finnish", "fi"},  {"suomi", "fi"},      {"polish", "pl"},
    {"polski", "pl"},    {"czech", "cs"},     {"latin", "la"},    {"greek", "el"},      {"russian", "ru"},
    {"русский", "ru"},   {"ukrainian", "uk"}, {"japanese", "ja"}, {"chinese", "zh"},    {"korean", "ko"},
    {"arabic", "ar"},    {"hebrew", "he"},    {"turkish", "tr"},  {"hungarian", "hu"},  {"romanian", "ro"},
    {"catalan", "ca"},   {"bulgarian", "bg"},
};

/* The canonical tag (BCP 47 §4.5), or NULL when it is none. en_US counts as en-US. */
static const char *canonical(struct document *d, const char *given)
{
    char *tag = text_copy(d->arena, text_trim(text_of(given)));
    for (char *c = tag; *c; c++)
        if (*c == '_')
            *c = '-';
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (text_is_nocase(text_of(tag), names[i].name))
            return names[i].tag;
    char locale[ULOC_FULLNAME_CAPACITY], out[ULOC_FULLNAME_CAPACITY];
    int32_t used = 0;
    UErrorCode e = U_ZERO_ERROR;
    uloc_forLanguageTag(tag, locale, sizeof locale, &used, &e);
    if (U_FAILURE(e) || e == U_STRING_NOT_TERMINATED_WARNING || used != (int32_t)strlen(tag) || !used)
        return NULL;
    if (!*locale)
        return text_is_nocase(text_of(tag), "und") ? "und" : NULL;
    int32_t n = uloc_toLanguageTag(locale, out, sizeof out, 1, &e);
    return U_SUCCESS(e) && n > 0 && n < (int32_t)sizeof out ? arena_string(d->arena, out) : NULL;
}

static void refuse(struct document *d, const char *tag, const struct place *where)
{
    message(d->messages, SEVERITY_WARNING, "language.unknown", where,
            "\"%s\" is the tag of no language. Write it as BCP 47 has it: en, de-AT, pt-BR.", tag);
}

/* lang attributes: canonical, and in both forms; a wrong one goes. */
static enum walk settle_attribute(xmlNode *n, void *user)
{
    struct document *d = user;
    const char *given = tree_get(n, "lang");
    if (!given)
        given = tree_get(n, "xml:lang");
    if (!given || !*given)
        return WALK_ON;
    const char *tag = canonical(d, given);
    struct place where = tree_place(d, n);
    if (!tag)
        refuse(d, given, &where);
    tree_set(d, n, "lang", tag);
    tree_set(d, n, "xml:lang", tag);
    return WALK_ON;
}

/* ---- the document's */

static enum walk take_sample(xmlNode *n, void *user)
{
    struct buf *text = user;
    if (text->length > SAMPLE_BYTES || element_is(tree_kind(n), ELEMENT_IS_VERBATIM) || tree_get(n, "lang"))
        return WALK_SKIP;
    if (n->type == XML_TEXT_NODE) {
        buf_string(text, (const char *)n->content);
        buf_byte(text, ' ');
    }
    return WALK_ON;
}

static void guess(struct document *d)
{
    static const struct walker w = {take_sample, NULL};
    struct buf *text = buf_new(d->arena);
    tree_walk(d->body, &w, text);
    double share;
    const char *tag = language_guess(d->arena, buf_view(text), &share);
    buf_free(text);
    d->meta.language = tag ? tag : "en";
    struct place where = {d->source_name, 0, 0};
    message(d->messages, SEVERITY_NOTE, "language.guessed", &where,
            tag ? "The language is taken to be %s, from its frequent words. Say it with -m language=…."
                : "The language is not clear and taken to be %s. Say it with -m language=….",
            d->meta.language);
    report_add(d->report, "language", &where, text_of(tag ? "frequent words" : "no clear sign"),
               d->meta.language, share);
}

void language_settle(struct document *d)
{
    static const struct walker w = {settle_attribute, NULL};
    if (d->meta.language && *d->meta.language) {
        const char *given = d->meta.language;
        d->meta.language = canonical(d, given);
        struct place where = meta_place(d, "language");
        if (!d->meta.language)
            refuse(d, given, &where);
    }
    if (!d->meta.language || !*d->meta.language)
        guess(d);
    for (struct word_list *l = d->meta.languages; l; l = l->next) {
        const char *tag = canonical(d, l->word);
        l->word = tag ? tag : l->word;
    }
    tree_walk(d->body, &w, d);
}
