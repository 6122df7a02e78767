/* Names of persons. */
#include "read/text_names.h"
#include "base/utf8.h"
#include "read/text_parts.h"

static bool is_name(struct text t)
{
    static const char *const particles[] = {"de",  "van", "von", "der", "den", "la", "le", "di",
                                            "du",  "del", "da",  "dos", "bin", "al", "el", "y",
                                            "ten", "zu",  "zur", "af",  "av",  NULL};
    static const char *const never[] = {
        "the",        "a",     "this",      "that",       "an", "what", "how", "why", "when", "where",
        "university", "staff", "institute", "department", "of", "in",   "on",  "to",  "for",  NULL};
    int words = 0, capital = 0;
    struct text word;
    t = trim_wide(t);
    while (text_split(&t, ' ', &word)) {
        size_t at = 0;
        uint32_t c = char_at(word, &at);
        words++;
        if (upper(c))
            capital++;
        else if (!among(word, particles))
            return false;
        if (among(word, never))
            return false;
        for (size_t i = 0; i < word.length; i++)
            if (ascii_digit(word.at[i]) || strchr(":;!?()[]\"/@", word.at[i]))
                return false;
    }
    return words >= 1 && words <= 5 && capital >= 1 && (capital >= 2 || words == 1);
}

/* A name without the calls of affiliations behind it: `Jane Doe1`, `Jane Doe*`. */
static struct text uncalled(struct text t)
{
    t = trim_wide(t);
    while (t.length > 2 && (ascii_digit(t.at[t.length - 1]) || t.at[t.length - 1] == '*'))
        t.length--;
    return trim_wide(t);
}

/* The first of `Jane Doe, John Smith and Ann Poe`, cut off from `rest`. */
static struct text first_name(struct text *rest)
{
    static const char *const between[] = {", and ", " and ", ", ",  " & ", " und ",
                                          " et ",   " y ",   " e ", NULL};
    struct text t = *rest;
    for (size_t i = 0; i < t.length; i++)
        for (const char *const *s = between; *s; s++)
            if (text_starts(text_slice(t, i, t.length), *s)) {
                *rest = text_slice(t, i + strlen(*s), t.length);
                return uncalled(text_slice(t, 0, i));
            }
    *rest = text_slice(t, t.length, t.length);
    return uncalled(t);
}

bool names_parse(struct text t)
{
    int count = 0;
    while (t.length)
        if (!is_name(first_name(&t)) || ++count > 6)
            return false;
    return count > 0;
}

bool names_set(struct document *d, struct text t)
{
    if (!names_parse(t))
        return false;
    while (t.length)
        meta_set(d, "author", first_name(&t));
    return true;
}

/* In lower case, in order. */
static const char *const given_names[] = {
    "aaron",     "abigail",   "adam",      "adrian",      "agnes",     "agnès",     "ahmed",     "aisha",
    "alan",      "albert",    "alejandro", "alessandro",  "alex",      "alexander", "alexandra", "alfred",
    "ali",       "alice",     "alicia",    "alison",      "allan",     "amanda",    "amy",       "ana",
    "andrea",    "andreas",   "andrew",    "andré",       "angela",    "anita",     "ann",       "anna",
    "anne",      "annette",   "anthony",   "antoine",     "anton",     "antonio",   "arthur",    "astrid",
    "barbara",   "beatrice",  "beatriz",   "ben",         "benedikt",  "benjamin",  "bernard",   "bernd",
    "bernhard",  "beth",      "bettina",   "bill",        "bob",       "brian",     "bridget",   "bruno",
    "camille",   "carl",      "carla",     "carlos",      "carmen",    "carol",     "caroline",  "catherine",
    "cecilia",   "charles",   "charlotte", "chiara",      "chloé",     "chris",     "christa",   "christian",
    "christina", "christine", "christoph", "christopher", "claire",    "clara",     "claude",    "claudia",
    "colin",     "cristina",  "daniel",    "daniela",     "daniele",   "david",     "deborah",   "denise",
    "dennis",    "diana",     "diane",     "diego",       "dieter",    "dirk",      "dominik",   "dominique",
    "donald",    "doris",     "dorothea",  "dorothy",     "douglas",   "edgar",     "edmund",    "eduardo",
    "edward",    "eleanor",   "elena",     "eli",         "elias",     "elisabeth", "elizabeth", "ella",
    "ellen",     "emil",      "emily",     "emma",        "enrique",   "eric",      "erica",     "erik",
    "erika",     "ernst",     "esther",    "eva",         "evelyn",    "fatima",    "federico",  "felix",
    "fernando",  "florence",  "florian",   "francesca",   "francesco", "francis",   "francisco", "franco",
    "frank",     "françois",  "fred",      "frederick",   "friedrich", "fritz",     "gabriel",   "gabriela",
    "gary",      "geoffrey",  "georg",     "george",      "gerald",    "gerhard",   "gertrud",   "giorgio",
    "giovanni",  "gisela",    "giulia",    "giuseppe",    "gloria",    "grace",     "graham",    "greg",
    "gregory",   "guillaume", "gustav",    "günter",      "hanna",     "hannah",    "hans",      "harold",
    "harriet",   "harry",     "heather",   "heidi",       "heike",     "heinrich",  "heinz",     "helen",
    "helena",    "helga",     "henri",     "henrike",     "henry",     "herbert",   "hermann",   "horst",
    "howard",    "hugh",      "hugo",      "hélène",      "ian",       "ignacio",   "ines",      "ingrid",
    "inés",      "irene",     "isaac",     "isabel",      "isabella",  "isabelle",  "ivan",      "jack",
    "jacob",     "jacques",   "jaime",     "jakob",       "james",     "jan",       "jane",      "janet",
    "jason",     "javier",    "jay",       "jean",        "jeanne",    "jeff",      "jeffrey",   "jennifer",
    "jens",      "jeremy",    "jessica",   "jim",         "joachim",   "joan",      "joanna",    "joe",
    "joel",      "johann",    "johanna",   "johannes",    "john",      "jonathan",  "jorge",     "josef",
    "joseph",    "joshua",    "josé",      "juan",        "judith",    "julia",     "julian",    "julie",
    "julien",    "jürgen",    "karen",     "karin",       "karl",      "kate",      "katharina", "katherine",
    "kathleen",  "keith",     "kenneth",   "kevin",       "klaus",     "konrad",    "kurt",      "lars",
    "laura",     "laurence",  "laurent",   "lawrence",    "lena",      "leo",       "leon",      "leonard",
    "leslie",    "lewis",     "linda",     "lisa",        "lorenzo",   "louis",     "louise",    "luca",
    "lucas",     "lucia",     "lucy",      "luis",        "lukas",     "luke",      "madeleine", "manfred",
    "manuel",    "marc",      "marcel",    "marco",       "marcus",    "margaret",  "maria",     "marie",
    "mario",     "marion",    "mark",      "markus",      "marta",     "martha",    "martin",    "martina",
    "mary",      "mathilde",  "matteo",    "matthew",     "matthias",  "maureen",   "max",       "maximilian",
    "megan",     "melissa",   "michael",   "michel",      "michelle",  "miguel",    "mike",      "miriam",
    "mohamed",   "mohammed",  "monica",    "monika",      "moritz",    "nadia",     "nancy",     "naomi",
    "natalie",   "nathan",    "nicholas",  "nick",        "nicola",    "nicolas",   "nicole",    "nigel",
    "nina",      "noah",      "nora",      "olga",        "oliver",    "olivia",    "olivier",   "oscar",
    "oskar",     "otto",      "pablo",     "paolo",       "pascal",    "patricia",  "patrick",   "paul",
    "paula",     "pauline",   "pedro",     "peter",       "petra",     "philip",    "philipp",   "philippe",
    "pierre",    "priya",     "rachel",    "rafael",      "ralf",      "ralph",     "ramón",     "raymond",
    "rebecca",   "regina",    "reinhard",  "renate",      "richard",   "rita",      "robert",    "roberto",
    "robin",     "roger",     "roland",    "ronald",      "rosa",      "rosemary",  "ruth",      "sabine",
    "sally",     "sam",       "samuel",    "sandra",      "sara",      "sarah",     "sebastian", "sergio",
    "sharon",    "sheila",    "silvia",    "simon",       "simone",    "sofia",     "sophia",    "sophie",
    "stefan",    "stefano",   "stephan",   "stephanie",   "stephen",   "steve",     "steven",    "stuart",
    "susan",     "susanna",   "susanne",   "sven",        "sylvia",    "sylvie",    "tania",     "teresa",
    "terry",     "theodor",   "theodore",  "theresa",     "thierry",   "thomas",    "tim",       "timothy",
    "tina",      "tobias",    "tom",       "tony",        "torsten",   "ulrich",    "ulrike",    "ursula",
    "uwe",       "valentina", "valerie",   "vanessa",     "vera",      "veronica",  "victor",    "victoria",
    "vincent",   "virginia",  "volker",    "walter",      "wanda",     "wendy",     "werner",    "wilhelm",
    "william",   "wolfgang",  "xavier",    "yolanda",     "yves",      "yvonne",    NULL};

/* `Dr`, `Prof.`; an initial. */
static bool titled(struct text t)
{
    static const char *const titles[] = {"dr", "prof", "professor", "sir", "rev", "mr", "mrs", "ms", NULL};
    struct text word;
    bool first = true;
    while (text_split(&t, ' ', &word)) {
        if (first && word.length && word.at[word.length - 1] == '.' && word.length > 2)
            word.length--;
        if (first && among(word, titles))
            return true;
        size_t at = 0, end;
        if (upper(char_at(word, &at)) && !text_is(word, "I.")) { /* which more often counts a head */
            end = at;
            utf8_next(word, &end);
            if (end + 1 == word.length && word.at[end] == '.')
                return true;
        }
        first = false;
    }
    return false;
}

bool names_surely(struct text t)
{
    if (!names_parse(t))
        return false;
    while (t.length) {
        struct text name = first_name(&t), given = text_slice(name, 0, text_find(name, ' ', 0));
        given.length = text_find(given, '-', 0) < given.length ? text_find(given, '-', 0) : given.length;
        if (count_words(name) < 2 || (!among(given, given_names) && !titled(name)))
            return false;
    }
    return true;
}
