#include "options.h"
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the table of options. An action takes the value (NULL when there is none); -1 with a fault. */

enum value { VALUE_NONE, VALUE_NEEDED, VALUE_OPTIONAL /* only as --name=value */ };

/* Lists of the options, each with room for as many entries as there are words. */
enum list { OUTPUTS, FORMATS, METADATA, FOLDERS, ATTACHMENTS, LISTS };

struct reading {
    struct command *command;
    const char **list[LISTS];
    size_t count[LISTS];
    size_t room;
};

__attribute__((format(printf, 3, 4))) static int wrong(struct command *c, const char *code,
                                                       const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(c->fault, sizeof c->fault, format, args);
    va_end(args);
    c->fault_code = code;
    return -1;
}

static int add(struct reading *r, enum list l, const char *value)
{
    if (r->count[l] + 1 >= r->room)
        return wrong(r->command, "usage.value", "There are too many values.");
    r->list[l][r->count[l]++] = value;
    return 0;
}

static int output(struct reading *r, char *value)
{
    return add(r, OUTPUTS, value);
}

static int directory(struct reading *r, char *value)
{
    r->command->job.directory = value;
    return 0;
}

static int to(struct reading *r, char *value)
{
    for (char *name = value, *comma; name; name = comma) {
        comma = strchr(name, ',');
        if (comma)
            *comma++ = '\0';
        if (*name && add(r, FORMATS, name) != 0)
            return -1;
    }
    return 0;
}

static int from(struct reading *r, char *value)
{
    r->command->job.source_format = value;
    return 0;
}

static int style(struct reading *r, char *value)
{
    r->command->job.style = value;
    return 0;
}

static int metadata(struct reading *r, char *value)
{
    return add(r, METADATA, value);
}

static int resource_path(struct reading *r, char *value)
{
    return add(r, FOLDERS, value);
}

static int notes(struct reading *r, char *value)
{
    static const char *const names[] = {
        [OCTAVO_NOTES_END] = "end", [OCTAVO_NOTES_CHAPTER] = "chapter", [OCTAVO_NOTES_FOOT] = "foot"};
    for (int i = OCTAVO_NOTES_END; i <= OCTAVO_NOTES_FOOT; i++)
        if (strcmp(value, names[i]) == 0) {
            r->command->job.notes = (enum octavo_notes)i;
            return 0;
        }
    return wrong(r->command, "usage.value", "--notes takes end, chapter or foot, not %s.", value);
}

static int cover(struct reading *r, char *value)
{
    r->command->job.cover = value;
    return 0;
}

static int card(struct reading *r, char *value)
{
    r->command->job.card = value;
    return 0;
}

static int pages(struct reading *r, char *value)
{
    r->command->job.pages = value;
    return 0;
}

/* octavo_run() knows which numbers are good. */
static int dpi(struct reading *r, char *value)
{
    char *end;
    errno = 0;
    long n = strtol(value, &end, 10);
    if (end == value || *end || errno || n < 1 || n > INT_MAX)
        return wrong(r->command, "usage.value", "--dpi takes a number of dots an inch, not %s.", value);
    r->command->job.dpi = (int)n;
    return 0;
}

static int spread(struct reading *r, char *value)
{
    (void)value;
    r->command->job.spread = true;
    return 0;
}

static int pdf_standard(struct reading *r, char *value)
{
    static const char *const names[] = {
        [OCTAVO_PDF_STANDARD_1] = "1", [OCTAVO_PDF_STANDARD_2] = "2", [OCTAVO_PDF_STANDARD_NONE] = "none"};
    for (int i = OCTAVO_PDF_STANDARD_1; i <= OCTAVO_PDF_STANDARD_NONE; i++)
        if (strcmp(value, names[i]) == 0) {
            r->command->job.pdf_standard = (enum octavo_pdf_standard)i;
            return 0;
        }
    return wrong(r->command, "usage.value", "--pdf-standard takes 1, 2 or none, not %s.", value);
}

static int attach(struct reading *r, char *value)
{
    return add(r, ATTACHMENTS, value);
}

static int attach_source(struct reading *r, char *value)
{
    (void)value;
    r->command->job.attach_source = true;
    return 0;
}

static int attach_epub(struct reading *r, char *value)
{
    (void)value;
    r->command->job.attach_epub = true;
    return 0;
}

static int report(struct reading *r, char *value)
{
    if (value && strcmp(value, "json") != 0 && strcmp(value, "text") != 0)
        return wrong(r->command, "usage.value", "--report takes text or json, not %s.", value);
    bool json = value && strcmp(value, "json") == 0;
    r->command->job.report = json ? OCTAVO_REPORT_JSON : OCTAVO_REPORT_TEXT;
    return 0;
}

static int explain(struct reading *r, char *value)
{
    r->command->job.explain = value;
    return 0;
}

static int conforms(struct reading *r, char *value)
{
    (void)value;
    r->command->job.conforms = true;
    return 0;
}

static int certified_by(struct reading *r, char *value)
{
    r->command->job.certified_by = value;
    return 0;
}

/* A size in bytes, kB or MB (powers of 1,000, as mail systems count), or the name of one; 0: it's none. */
static size_t size_of(const char *value)
{
    static const struct {
        const char *name;
        size_t size;
    } known[] = {{"gmail", 25000000}, {"outlook", 20000000}, {"strict", 10000000}};
    static const struct {
        const char *name;
        double factor;
    } units[] = {{"", 1}, {"B", 1}, {"k", 1e3}, {"kB", 1e3}, {"KB", 1e3}, {"M", 1e6}, {"MB", 1e6}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(value, known[i].name) == 0)
            return known[i].size;
    char *end;
    double number = *value >= '0' && *value <= '9' ? strtod(value, &end) : 0;
    if (!(number > 0 && number < 1e9))
        return 0;
    while (*end == ' ')
        end++;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strcmp(end, units[i].name) == 0)
            return (size_t)(number * units[i].factor);
    return 0;
}

static int mail_budget(struct reading *r, char *value)
{
    r->command->job.mail_budget = size_of(value);
    if (r->command->job.mail_budget)
        return 0;
    return wrong(r->command, "usage.value",
                 "--mail-budget takes gmail, outlook, strict or a size like 8MB, not %s.", value);
}

static int mail_excerpt(struct reading *r, char *value)
{
    char *end;
    errno = 0;
    unsigned long words = *value >= '0' && *value <= '9' ? strtoul(value, &end, 10) : 0;
    if (!words || *end || errno)
        return wrong(r->command, "usage.value", "--mail-excerpt takes a number of words, not %s.", value);
    r->command->job.mail_excerpt = words;
    return 0;
}

static int mail_link(struct reading *r, char *value)
{
    r->command->job.mail_link = value;
    return 0;
}

static int strict(struct reading *r, char *value)
{
    (void)value;
    r->command->job.strict = true;
    return 0;
}

static int quiet(struct reading *r, char *value)
{
    (void)value;
    r->command->quiet = true;
    return 0;
}

static int verbose(struct reading *r, char *value)
{
    (void)value;
    r->command->verbose = r->command->job.sum_up = true;
    return 0;
}

static int help(struct reading *r, char *value)
{
    (void)value;
    r->command->help = true;
    return 0;
}

static int version(struct reading *r, char *value)
{
    (void)value;
    r->command->version = true;
    return 0;
}

static const struct option {
    const char *name;
    char letter;
    enum value value;
    int (*act)(struct reading *r, char *value);
} options[] = {
    {"output", 'o', VALUE_NEEDED, output},
    {"directory", 'd', VALUE_NEEDED, directory},
    {"to", 't', VALUE_NEEDED, to},
    {"from", 'f', VALUE_NEEDED, from},
    {"style", 's', VALUE_NEEDED, style},
    {"metadata", 'm', VALUE_NEEDED, metadata},
    {"resource-path", '\0', VALUE_NEEDED, resource_path},
    {"notes", '\0', VALUE_NEEDED, notes},
    {"cover", '\0', VALUE_NEEDED, cover},
    {"card", '\0', VALUE_NEEDED, card},
    {"pages", '\0', VALUE_NEEDED, pages},
    {"dpi", '\0', VALUE_NEEDED, dpi},
    {"spread", '\0', VALUE_NONE, spread},
    {"mail-budget", '\0', VALUE_NEEDED, mail_budget},
    {"mail-excerpt", '\0', VALUE_NEEDED, mail_excerpt},
    {"mail-link", '\0', VALUE_NEEDED, mail_link},
    {"pdf-standard", '\0', VALUE_NEEDED, pdf_standard},
    {"attach", '\0', VALUE_NEEDED, attach},
    {"attach-source", '\0', VALUE_NONE, attach_source},
    {"attach-epub", '\0', VALUE_NONE, attach_epub},
    {"report", '\0', VALUE_OPTIONAL, report},
    {"explain", '\0', VALUE_NEEDED, explain},
    {"conforms", '\0', VALUE_NONE, conforms},
    {"certified-by", '\0', VALUE_NEEDED, certified_by},
    {"strict", '\0', VALUE_NONE, strict},
    {"quiet", 'q', VALUE_NONE, quiet},
    {"verbose", 'v', VALUE_NONE, verbose},
    {"help", 'h', VALUE_NONE, help},
    {"version", '\0', VALUE_NONE, version},
};

enum { OPTIONS = sizeof options / sizeof options[0] };

/* ---- a suggestion for a word that is no option */

enum { WORD_MOST = 32 };

/* How many letters to change, add or drop between two short words (Levenshtein). */
static size_t distance(const char *a, size_t a_length, const char *b)
{
    size_t row[WORD_MOST + 1], b_length = strlen(b);
    if (a_length > WORD_MOST || b_length > WORD_MOST)
        return WORD_MOST;
    for (size_t j = 0; j <= b_length; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_length; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t change = diagonal + (a[i - 1] != b[j - 1]);
            size_t other = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            diagonal = row[j];
            row[j] = change < other ? change : other;
        }
    }
    return row[b_length];
}

static int unknown(struct command *c, const char *word, const char *name, size_t length)
{
    const char *best = NULL;
    size_t least = (length + 1) / 3 + 1;
    for (const struct option *o = options; o < options + OPTIONS; o++) {
        size_t far = strncmp(o->name, name, length) == 0 ? 1 : distance(name, length, o->name);
        if (far < least) {
            least = far;
            best = o->name;
        }
    }
    if (best)
        return wrong(c, "usage.option", "There is no option %s. Did you mean --%s?", word, best);
    return wrong(c, "usage.option", "There is no option %s. octavo --help lists them.", word);
}

/* ---- words */

/* Is the word an option, so that it can't be what one before it waits for? */
static bool is_option(const char *word)
{
    size_t length = strcspn(word, "=");
    for (const struct option *o = options; o < options + OPTIONS && word[0] == '-'; o++)
        if (word[1] == '-' ? strlen(o->name) + 2 == length && strncmp(o->name, word + 2, length - 2) == 0
                           : o->letter && word[1] == o->letter && !word[2])
            return true;
    return false;
}

/* No option has a use for an empty value. */
static int take(struct reading *r, const struct option *o, char *value)
{
    if (value ? !*value : o->value == VALUE_NEEDED)
        return wrong(r->command, "usage.value", "--%s needs a value.", o->name);
    return o->act(r, value);
}

/* `next` is the word that follows, or NULL; `used` says whether it was taken as the value. */
static int read_long(struct reading *r, char *word, char *next, bool *used)
{
    char *name = word + 2, *equals = strchr(name, '=');
    size_t length = equals ? (size_t)(equals - name) : strlen(name);
    for (const struct option *o = options; o < options + OPTIONS; o++) {
        if (strlen(o->name) != length || strncmp(o->name, name, length) != 0)
            continue;
        if (equals && o->value == VALUE_NONE)
            return wrong(r->command, "usage.value", "--%s takes no value.", o->name);
        if (equals || o->value != VALUE_NEEDED)
            return take(r, o, equals ? equals + 1 : NULL);
        *used = true;
        return take(r, o, next);
    }
    return unknown(r->command, word, name, length);
}

/* One word of letters: -qv, -o FILE, -oFILE. */
static int read_short(struct reading *r, char *word, char *next, bool *used)
{
    for (char *at = word + 1; *at; at++) {
        const struct option *o = options;
        while (o < options + OPTIONS && o->letter != *at)
            o++;
        if (o == options + OPTIONS)
            return unknown(r->command, word, word + 1, strlen(word + 1));
        if (o->value != VALUE_NEEDED) {
            if (o->act(r, NULL) != 0)
                return -1;
            continue;
        }
        *used = !at[1];
        return take(r, o, at[1] ? at + 1 : next);
    }
    return 0;
}

static int read_source(struct command *c, const char *word)
{
    if (!*word)
        return wrong(c, "usage.source", "The source's name is empty. Give a file, or - for standard input.");
    if (c->job.source)
        return wrong(c, "usage.source", "There are two sources, %s and %s. Give one at a time.",
                     c->job.source, word);
    c->job.source = word;
    return 0;
}

static int read_words(struct reading *r, int argc, char **argv)
{
    bool only_sources = false;
    for (int i = 1; i < argc; i++) {
        char *word = argv[i], *next = i + 1 < argc ? argv[i + 1] : NULL;
        bool used = false;
        int rc = 0;
        if (next && is_option(next))
            next = NULL;
        if (only_sources || word[0] != '-' || !word[1])
            rc = read_source(r->command, word);
        else if (strcmp(word, "--") == 0)
            only_sources = true;
        else
            rc = word[1] == '-' ? read_long(r, word, next, &used) : read_short(r, word, next, &used);
        if (rc != 0)
            return -1;
        i += used;
    }
    return 0;
}

/* https://reproducible-builds.org/specs/source-date-epoch/ */
static int read_date(struct command *c)
{
    const char *given = getenv("SOURCE_DATE_EPOCH");
    if (!given || !*given)
        return 0;
    char *end;
    errno = 0;
    long long seconds = strtoll(given, &end, 10);
    static const long long year_9999 = 253402300799;
    if (*end || errno || seconds < 0 || seconds > year_9999)
        return wrong(c, "usage.date", "SOURCE_DATE_EPOCH is %s, not a number of seconds since 1970.", given);
    c->job.date = seconds;
    return 0;
}

int command_read(struct command *c, int argc, char **argv)
{
    *c = (struct command){.job = octavo_defaults()};
    struct reading r = {.command = c, .room = 2};
    for (int i = 1; i < argc; i++) /* --to gives as many values as it has commas */
        for (const char *at = argv[i]; at; at = strchr(at + 1, ','))
            r.room++;
    c->lists = calloc(LISTS * r.room, sizeof *c->lists);
    if (!c->lists)
        return wrong(c, "system.memory", "There is not enough memory.");
    for (int l = 0; l < LISTS; l++)
        r.list[l] = c->lists + (size_t)l * r.room;
    if (read_words(&r, argc, argv) != 0 || read_date(c) != 0)
        return -1;
    if (c->job.conforms != (c->job.certified_by && *c->job.certified_by))
        return wrong(c, "usage.conforms",
                     "--conforms and --certified-by NAME go together: somebody has to have looked.");
    c->job.outputs = r.list[OUTPUTS];
    c->job.formats = r.count[FORMATS] ? r.list[FORMATS] : NULL;
    c->job.metadata = r.list[METADATA];
    c->job.resource_paths = r.list[FOLDERS];
    c->job.attachments = r.list[ATTACHMENTS];
    if (!c->job.source && !c->help && !c->version)
        return wrong(c, "usage.source",
                     "There is no source. Give a file, or - for standard input; "
                     "octavo --help tells the rest.");
    return 0;
}

void command_end(struct command *c)
{
    free(c->lists);
    c->lists = NULL;
}
