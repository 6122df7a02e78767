/* From the source to the refined document. */
#include "base/buf.h"
#include "document/report.h"
#include "job/job.h"
#include "read/encoding.h"
#include "read/read.h"
#include "refine/refine.h"
#include <stdio.h>
#include <time.h>

static int find_reader(struct job *j)
{
    const char *name = j->options->source_format;
    j->reader = name ? reader_named(name) : reader_for(j->options->source, j->bytes);
    if (j->reader)
        return 0;
    message(j->messages, SEVERITY_USAGE, "source.format", NULL,
            "There is no format %s to read. There are: %s.", name,
            job_listed(j->arena, octavo_input_formats()));
    return -1;
}

static int add_folders(struct job *j)
{
    struct word_list **end = &j->document->resource_paths;
    for (const char *const *p = j->options->resource_paths; p && *p; p++) {
        struct place at = {*p, 0, 0};
        if (!io_is_directory(*p)) {
            message(j->messages, SEVERITY_USAGE, "io.folder", &at,
                    "There is no folder %s to look for pictures in. Check its name.", *p);
            return -1;
        }
        *end = arena_alloc(j->arena, sizeof **end);
        (*end)->word = *p;
        end = &(*end)->next;
    }
    return 0;
}

/* Is the pair's key the same as an earlier pair's? */
static bool set_before(const char *const *pairs, const char *const *pair, struct text key)
{
    for (; pairs < pair; pairs++) {
        struct text rest = text_of(*pairs), other;
        if (text_split(&rest, '=', &other) && text_equal(text_trim(other), key))
            return true;
    }
    return false;
}

/* The metadata of the options replaces the source's. */
static int set_metadata(struct job *j)
{
    const char *const *pairs = j->options->metadata;
    for (const char *const *pair = pairs; pair && *pair; pair++) {
        struct text value = text_of(*pair), key;
        text_split(&value, '=', &key);
        key = text_trim(key);
        const char *name = text_copy(j->arena, key);
        if (value.at && !set_before(pairs, pair, key))
            meta_clear(j->document, name);
        if (value.at && meta_set(j->document, name, value))
            continue;
        message(j->messages, SEVERITY_USAGE, "metadata.key", NULL,
                value.at ? "There is no metadata %s. There are: %s."
                         : "Metadata is given as KEY=VALUE, but %s has no '='. Keys are: %s.",
                name, job_listed(j->arena, meta_keys()));
        return -1;
    }
    return 0;
}

static int refuse_empty(struct job *j)
{
    struct place at = {j->source_name, 0, 0};
    message(j->messages, SEVERITY_USAGE, "source.empty", &at, "%s has no text.", j->source_name);
    return -1;
}

static int refuse_binary(struct job *j)
{
    const char *what = j->reader->binary ? NULL : reader_not_text(j->bytes);
    struct place at = {j->source_name, 0, 0};
    if (what)
        message(j->messages, SEVERITY_USAGE, "source.binary", &at,
                "%s is %s, not text. Copy or export its text into a .txt or .md file, and give that.",
                j->source_name, what);
    return what ? -1 : 0;
}

int job_read(struct job *j)
{
    const char *path = j->options->source;
    if (io_read(j->arena, path, j->messages, SEVERITY_USAGE, NULL, &j->bytes) != 0 || find_reader(j) != 0 ||
        refuse_binary(j) != 0)
        return -1;
    if (!text_trim(j->bytes).length)
        return refuse_empty(j);
    struct document *d = document_new(j->arena, j->messages, j->source_name);
    j->document = d;
    d->source_folder = job_from_input(j) ? "." : io_directory(j->arena, path);
    d->source_format = j->reader->name;
    if (add_folders(j) != 0 || set_metadata(j) != 0)
        return -1;
    struct text source = j->reader->binary ? j->bytes : encoding_decode(d, j->bytes);
    if (j->reader->read(d, source) != 0 || set_metadata(j) != 0)
        return -1;
    return d->body->children ? 0 : refuse_empty(j);
}

int job_refine(struct job *j)
{
    static const enum notes_place places[] = {[OCTAVO_NOTES_DEFAULT] = NOTES_AS_SOURCE,
                                              [OCTAVO_NOTES_END] = NOTES_BOOK_END,
                                              [OCTAVO_NOTES_CHAPTER] = NOTES_CHAPTER_END,
                                              [OCTAVO_NOTES_FOOT] = NOTES_PAGE_FOOT};
    refine(j->document, &(struct refine_options){places[j->options->notes]});
    j->refined = true;
    return 0;
}

int job_report(struct job *j)
{
    const struct octavo_options *o = j->options;
    if (o->report == OCTAVO_REPORT_NONE || !o->on_report)
        return 0;
    struct buf *b = buf_new(j->arena);
    if (o->report == OCTAVO_REPORT_JSON)
        report_json(j->document->report, b);
    else
        report_text(j->document->report, b);
    struct text t = buf_view(b);
    o->on_report(t.at, t.length, o->user);
    return 0;
}

/* The metadata's date (YYYY, YYYY-MM, YYYY-MM-DD) at midnight UTC, or the default. */
int job_date(struct job *j)
{
    j->date = j->options->date;
    if (j->date >= 0)
        return 0;
    j->date = EPOCH_1980;
    int year = 0, month = 1, day = 1;
    const char *given = j->document->meta.date;
    if (!given || sscanf(given, "%4d-%2d-%2d", &year, &month, &day) < 1 || year < 1980)
        return 0;
    struct tm t = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day};
    long long seconds = timegm(&t);
    if (seconds > j->date)
        j->date = seconds;
    return 0;
}
