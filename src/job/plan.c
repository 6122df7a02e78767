/* Which files a job is to make, as its options say. */
#include "job/job.h"

static int add_target(struct job *j, const char *path, const struct format *f)
{
    if (outputs_check(j->outputs, path) != 0 || job_refuse_same(j, path) != 0)
        return -1;
    struct target **end = &j->targets;
    while (*end)
        end = &(*end)->next;
    *end = arena_alloc(j->arena, sizeof **end);
    **end = (struct target){path, f, NULL};
    return 0;
}

static int add_named(struct job *j, const char *path)
{
    if (strcmp(io_basename(path), "cover.png") == 0)
        return add_target(j, path, &job_cover_format);
    if (strcmp(io_basename(path), "card.png") == 0)
        return add_target(j, path, &job_card_format);
    const char *suffix = io_suffix(path);
    const struct format *f = *suffix ? job_format(suffix + 1) : NULL;
    if (f)
        return add_target(j, path, f);
    struct place at = {path, 0, 0};
    message(j->messages, SEVERITY_USAGE, "output.format", &at,
            "The suffix of %s names no format that can be written. There are: %s.", path,
            job_listed(j->arena, octavo_output_formats()));
    return -1;
}

/* A cover or card, of which the option has the format's name. */
static int add_drawn(struct job *j, const char *path, const struct format *f)
{
    if (!path)
        return 0;
    if (text_is_nocase(text_of(io_suffix(path)), ".png"))
        return add_target(j, path, f);
    struct place at = {path, 0, 0};
    message(j->messages, SEVERITY_USAGE, "output.format", &at,
            "A %s is written as PNG. Give --%s a name that ends in .png.", f->name, f->name);
    return -1;
}

static int add_explain(struct job *j, const char *path)
{
    if (job_makes(j, NEEDS_PAGES))
        return add_target(j, path, &job_explain_format);
    message(j->messages, SEVERITY_USAGE, "usage.explain", NULL,
            "--explain says how pages are set, but nothing that is made has pages. Add -t pdf, or -o with a "
            "name that ends in .pdf.");
    return -1;
}

static int add_default(struct job *j, const char *name)
{
    const struct format *f = job_format(name);
    if (f)
        return add_target(j, job_default_path(j, f), f);
    message(j->messages, SEVERITY_USAGE, "output.format", NULL,
            "There is no format %s to write. There are: %s.", name,
            job_listed(j->arena, octavo_output_formats()));
    return -1;
}

/* --mail-link goes into headers and links. */
static int refuse_link(struct job *j)
{
    const char *link = j->options->mail_link;
    if (!link)
        return 0;
    bool good = strncmp(link, "https://", 8) == 0 || strncmp(link, "http://", 7) == 0;
    for (const char *c = link; *c && good; c++)
        good = *c > ' ' && *c <= '~' && !strchr("<>\"\\^`{|}", *c) && c - link < 900;
    if (good)
        return 0;
    message(j->messages, SEVERITY_USAGE, "mail.link", NULL,
            "--mail-link is \"%s\", which is no address of the web. Write it like "
            "https://example.org/issue-12.html.",
            link);
    return -1;
}

int job_plan(struct job *j)
{
    if (refuse_link(j) != 0)
        return -1;
    static const char *const usual[] = {"epub", "pdf", NULL};
    const struct octavo_options *o = j->options;
    bool named = (o->outputs && o->outputs[0]) || o->cover || o->card;
    const char *const *defaults = o->formats && o->formats[0] ? o->formats : named ? NULL : usual;
    if (defaults && job_from_input(j) && !o->directory) {
        message(
            j->messages, SEVERITY_USAGE, "output.unnamed", NULL,
            "Standard input has no name for the outputs to take. Name them with -o FILE, or give a folder "
            "for document.%s with -d DIR.",
            defaults[0]);
        return -1;
    }
    struct png_options png = job_png_options(j);
    if (png_check(j->messages, &png) != 0)
        return -1;
    for (const char *const *path = o->outputs; path && *path; path++)
        if (add_named(j, *path) != 0)
            return -1;
    if (add_drawn(j, o->cover, &job_cover_format) != 0 || add_drawn(j, o->card, &job_card_format) != 0)
        return -1;
    for (const char *const *name = defaults; name && *name; name++)
        if (add_default(j, *name) != 0)
            return -1;
    return o->explain ? add_explain(j, o->explain) : 0;
}
