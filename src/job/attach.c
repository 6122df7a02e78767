/* Files that go into the PDF. */
#include "job/job.h"
#include "read/read.h"
#include "write/pdf/attachments.h"

/* For itself or for a mail. */
static bool makes_pdf(const struct job *j)
{
    return job_makes_format(j, job_format("pdf")) || job_makes(j, NEEDS_BOTH);
}

/* Those that the options name are read first: one that is missing ends the job before any work. */
int job_read_attachments(struct job *j)
{
    const struct octavo_options *o = j->options;
    bool any = (o->attachments && o->attachments[0]) || o->attach_source || o->attach_epub;
    j->attachments = attachments_new(j->arena, j->messages);
    if (!any)
        return 0;
    if (!makes_pdf(j)) {
        message(j->messages, SEVERITY_WARNING, "attach.unused", NULL,
                "No PDF is made, so there is nothing to attach files to. Add pdf to the formats.");
        return 0;
    }
    for (const char *const *path = o->attachments; path && *path; path++)
        if (attachments_file(j->attachments, *path) != 0)
            return -1;
    return 0;
}

static const char *source_file(struct job *j)
{
    return job_from_input(j) ? arena_printf(j->arena, "document%s", j->reader->suffixes[0])
                             : io_basename(j->options->source);
}

int job_attach(struct job *j)
{
    if (!makes_pdf(j))
        return 0;
    if (j->options->attach_source)
        attachments_source(j->attachments, j->document, source_file(j), j->bytes);
    if (!j->options->attach_epub)
        return 0;
    struct text ebook = job_made(j, "epub");
    if (!ebook.at)
        return -1;
    attachments_ebook(j->attachments, job_attached_name(j, "epub"), ebook);
    return 0;
}
