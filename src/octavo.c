#include "octavo.h"
#include "base/pool.h"
#include "job/job.h"

static const struct step {
    const char *name; /* for the progress line; NULL: too quick to tell */
    int (*run)(struct job *j);
} steps[] = {
    {NULL, job_plan},         {NULL, job_read_attachments},
    {NULL, job_begin_fonts},  {"Reading", job_read},
    {"Refining", job_refine}, {NULL, job_date},
    {NULL, job_style},        {NULL, job_front},
    {NULL, job_begin_cover},  {"Setting the pages", job_lay_out},
    {NULL, job_end_cover},    {NULL, job_attach},
    {"Writing", job_write},   {NULL, job_report},
};

static int run(struct job *j)
{
    const struct octavo_options *o = j->options;
    for (const struct step *s = steps; s < steps + sizeof steps / sizeof steps[0]; s++) {
        if (s->name && o->on_progress)
            o->on_progress(s->name, o->user);
        if (s->run(j) == 0)
            continue;
        if (j->refined)
            job_report(j);
        return -1;
    }
    return 0;
}

static void tell(const struct message *m, void *user)
{
    const struct octavo_options *o = *(const struct octavo_options **)user;
    if (!o->on_message)
        return;
    struct octavo_message out = {(enum octavo_severity)m->severity,
                                 m->code,
                                 m->place.file,
                                 m->place.line,
                                 m->place.column,
                                 m->sentence};
    o->on_message(&out, o->user);
}

/* Memory is gone: what is told here needs none. */
static void tell_failure(const struct octavo_options *o, const char *why)
{
    struct octavo_message m = {
        OCTAVO_SYSTEM, "system.memory", o->source, 0, 0, "There is not enough memory. No file has changed."};
    if (why && strcmp(why, "out of memory") != 0)
        m.sentence = why;
    if (o->on_message)
        o->on_message(&m, o->user);
}

struct octavo_options octavo_defaults(void)
{
    return (struct octavo_options){.date = -1};
}

/* libxml2 would print its errors; ours say the same better. Its handler is the thread's own. */
static void ignore(void *user, xmlErrorPtr error)
{
    (void)user, (void)error;
}

static int run_silently(const struct octavo_options *o)
{
    struct failure failure = {.why = NULL};
    struct arena *volatile arena = arena_new(&failure);
    if (!arena || setjmp(failure.back)) {
        arena_free(arena);
        tell_failure(o, failure.why);
        return OCTAVO_SYSTEM;
    }
    struct job *j = arena_alloc(arena, sizeof *j);
    j->options = o;
    j->arena = arena;
    j->threads = o->threads > 0 ? o->threads : pool_width();
    j->source_name = strcmp(o->source, "-") == 0 ? "<stdin>" : o->source;
    j->messages = messages_new(arena, tell, &j->options);
    j->outputs = outputs_new(arena, j->messages);
    j->made = arena_array(arena, job_format_count(), sizeof(struct output *));
    int rc = run(j);
    int status = messages_status(j->messages, o->strict);
    if (!o->last || rc != 0) /* what failed still has to remove the files it began */
        arena_free(arena);
    return rc != 0 && status < OCTAVO_USAGE ? OCTAVO_SYSTEM : status;
}

int octavo_run(const struct octavo_options *o)
{
    xmlStructuredErrorFunc before = xmlStructuredError;
    void *context = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(NULL, ignore);
    int status = run_silently(o);
    xmlSetStructuredErrorFunc(context, before);
    return status;
}
