/* The files that a job makes: their names, and what is asked of them. */
#include "base/buf.h"
#include "job/job.h"

bool job_from_input(const struct job *j)
{
    return strcmp(j->options->source, "-") == 0;
}

int job_refuse_same(struct job *j, const char *path)
{
    struct place at = {path, 0, 0};
    if (!job_from_input(j) && io_same(j->arena, path, j->options->source)) {
        message(j->messages, SEVERITY_USAGE, "output.source", &at,
                "%s is the source itself. Give the output another name.", path);
        return -1;
    }
    for (const struct target *t = j->targets; t; t = t->next) {
        if (!io_same(j->arena, path, t->path))
            continue;
        message(j->messages, SEVERITY_USAGE, "output.twice", &at,
                "%s is named twice as an output. Give each its own name.", path);
        return -1;
    }
    return 0;
}

bool job_makes(const struct job *j, enum needs needs)
{
    for (const struct target *t = j->targets; t; t = t->next)
        if (t->format->needs & (unsigned)needs)
            return true;
    return false;
}

bool job_makes_format(const struct job *j, const struct format *f)
{
    for (const struct target *t = j->targets; t; t = t->next)
        if (t->format == f)
            return true;
    return false;
}

const char *job_default_path(struct job *j, const struct format *f)
{
    const char *source = job_from_input(j) ? "document" : j->options->source;
    const char *folder = j->options->directory;
    const char *name = io_basename(source);
    int length = (int)(strlen(name) - strlen(io_suffix(name)));
    int before = (int)(name - source);
    return folder ? arena_printf(j->arena, "%s/%.*s.%s", folder, length, name, f->name)
                  : arena_printf(j->arena, "%.*s%.*s.%s", before, source, length, name, f->name);
}

const char *job_listed(struct arena *a, const char *const *names)
{
    struct buf *b = buf_new(a);
    for (const char *const *n = names; n && *n; n++)
        buf_printf(b, "%s%s", n == names ? "" : ", ", *n);
    return buf_view(b).at;
}
