#include "read/read.h"
#include "base/io.h"

static const char *const markdown_suffixes[] = {".md", ".markdown", ".mkd", NULL};
static const char *const text_suffixes[] = {".txt", ".text", NULL};

static const struct reader table[] = {
    {"markdown", markdown_suffixes, false, markdown_sniff, markdown_read},
    {"text", text_suffixes, false, NULL, text_read},
    {0},
};

const struct reader *readers(void)
{
    return table;
}

const struct reader *reader_named(const char *name)
{
    for (const struct reader *r = table; r->name; r++)
        if (strcmp(r->name, name) == 0)
            return r;
    return NULL;
}

const struct reader *reader_for(const char *path, struct text source)
{
    struct text suffix = text_of(io_suffix(path));
    const struct reader *best = NULL;
    int sure = 0;
    for (const struct reader *r = table; r->name; r++) {
        for (const char *const *s = r->suffixes; *s; s++)
            if (text_is_nocase(suffix, *s))
                return r;
        int score = r->sniff ? r->sniff(source) : 0;
        if (score > sure) {
            sure = score;
            best = r;
        }
    }
    return best ? best : reader_named("text");
}
