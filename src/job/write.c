/* The files are written; the e-book is made while the PDF is. */
#include "base/task.h"
#include "document/report.h"
#include "job/job.h"
#include "write/epub/epub.h"

/* The e-book, made while the PDF is. It has the document to read and nothing else of the job's. */
struct ebook {
    struct job job;
    struct document document;
    struct output *out;
    struct task *task;
    int rc;
};

static void make_ebook(void *user, struct arena *own)
{
    struct ebook *e = user;
    e->document = *e->job.document;
    e->document.arena = own;
    e->document.messages = messages_new(own, NULL, NULL);
    e->document.report = report_new(own);
    e->job.document = &e->document;
    e->out = output_memory(own);
    e->rc = job_write_epub(&e->job, e->out);
}

/* The longest source, in bytes, whose e-book is made beside the PDF: of a longer one the memory of both would
 * add up, and each of the two keeps all threads busy by itself. */
enum { BESIDE_MOST = 1024 * 1024 };

/* Is there something to make it beside, and nothing that both would change? */
static void begin_ebook(struct job *j)
{
    const struct format *epub = job_format("epub");
    bool alone = j->threads < 2 || j->bytes.length > BESIDE_MOST || !job_makes_format(j, epub) ||
                 !job_makes_format(j, job_format("pdf"));
    if (alone || job_makes(j, NEEDS_BOTH) || *job_made_slot(j, epub) || j->options->report ||
        epub_wants_fonts(j->document, j->styles))
        return;
    j->ebook = arena_alloc(j->arena, sizeof *j->ebook);
    *j->ebook = (struct ebook){.job = *j, .rc = -1};
    j->ebook->task = task_begin(j->arena, j->threads, make_ebook, j->ebook);
}

static int end_ebook(struct job *j)
{
    task_end(j->ebook->task);
    messages_append(j->messages, j->ebook->document.messages);
    *job_made_slot(j, job_format("epub")) = j->ebook->out;
    return j->ebook->rc;
}

/* What a mail or the PDF holds as well is made only once. */
static int write_format(struct job *j, const struct format *f, struct output *out)
{
    bool attached = strcmp(f->name, "epub") == 0 || strcmp(f->name, "pdf") == 0;
    if (!attached || !(job_makes(j, NEEDS_BOTH) || *job_made_slot(j, f)))
        return f->write(j, out);
    struct text bytes = job_made(j, f->name);
    return bytes.at ? output_write(out, bytes.at, bytes.length) : -1;
}

static int write_target(struct job *j, const struct target *t)
{
    if (t->format->write_files)
        return t->format->write_files(j, t);
    struct output *out = outputs_open(j->outputs, t->path);
    if (!out || write_format(j, t->format, out) != 0)
        return -1;
    job_tell_written(j, t->path);
    return 0;
}

static bool is_beside(const struct job *j, const struct target *t)
{
    return j->ebook && t->format == job_format("epub");
}

int job_write(struct job *j)
{
    begin_ebook(j);
    for (const struct target *t = j->targets; t; t = t->next)
        if (!is_beside(j, t) && write_target(j, t) != 0)
            return -1;
    if (j->ebook && end_ebook(j) != 0)
        return -1;
    for (const struct target *t = j->targets; t; t = t->next)
        if (is_beside(j, t) && write_target(j, t) != 0)
            return -1;
    if (messages_count(j->messages, SEVERITY_USAGE) > 0)
        return -1;
    return outputs_commit(j->outputs);
}
