/* The formats that can be written. */
#include "base/buf.h"
#include "job/cover.h"
#include "job/job.h"
#include "layout/explain.h"
#include "write/epub/epub.h"
#include "write/html/page.h"
#include "write/mail/mail.h"
#include "write/pdf/attachments.h"
#include "write/pdf/pdf.h"
#include "write/tree/typefaces.h"
#include "write/tree/xhtml.h"

/* The largest mail that Gmail takes, as encoded. */
enum { MAIL_BUDGET = 25000000 };

void job_tell_written(struct job *j, const char *path)
{
    struct place at = {path, 0, 0};
    message(j->messages, SEVERITY_NOTE, "output.written", &at, "%s is written.", path);
}

/* The name of a file to attach: as the same run writes it, else the source's with the suffix. */
const char *job_attached_name(struct job *j, const char *format)
{
    const struct format *f = job_format(format);
    for (const struct target *t = j->targets; t; t = t->next)
        if (t->format == f)
            return io_basename(t->path);
    return io_basename(job_default_path(j, f));
}

int job_write_epub(struct job *j, struct output *out)
{
    if (epub_wants_fonts(j->document, j->styles))
        job_need_fonts(j);
    struct epub_options o = {.css = j->css,
                             .date = j->date,
                             .threads = j->threads,
                             .marks = j->marks,
                             .mark_count = j->mark_count,
                             .styles = j->styles,
                             .fonts = j->fonts,
                             .certified_by = j->options->conforms ? j->options->certified_by : NULL};
    return epub_write(j->document, &o, out);
}

static int write_pdf(struct job *j, struct output *out)
{
    static const enum pdf_standard standards[] = {[OCTAVO_PDF_STANDARD_1] = PDF_STANDARD_1,
                                                  [OCTAVO_PDF_STANDARD_2] = PDF_STANDARD_2,
                                                  [OCTAVO_PDF_STANDARD_NONE] = PDF_STANDARD_NONE};
    struct pdf_options o = {
        .date = j->date, .threads = j->threads, .standard = standards[j->options->pdf_standard]};
    o.styles = j->styles;
    o.attachments = attachments_list(j->attachments, &o.attachment_count);
    return pdf_write(j->document, j->pages, j->fonts, &o, out);
}

static int write_xhtml(struct job *j, struct output *out)
{
    return xhtml_write(j->document, j->css, out);
}

/* The card's file, when it goes into the folder of the page for the web; NULL: it doesn't. */
static const char *card_beside_page(struct job *j)
{
    const struct format *page = job_format("html");
    for (const struct target *t = j->targets; t; t = t->next)
        for (const struct target *u = j->targets; u; u = u->next)
            if (t->format == page && u->format == &job_card_format &&
                strcmp(io_directory(j->arena, t->path), io_directory(j->arena, u->path)) == 0)
                return io_basename(u->path);
    return NULL;
}

static int write_html(struct job *j, struct output *out)
{
    if (typefaces_wanted(j->document, j->styles))
        job_need_fonts(j);
    struct html_page_options o = {j->styles, j->fonts, j->css, j->options->mail_link, card_beside_page(j)};
    return html_page_write(j->document, &o, out);
}

/* What a mail has no room for, made anew. */
static struct text remake_attachment(size_t i, void *user)
{
    struct job *j = user;
    struct output *o = output_memory(j->arena);
    int rc = i == 0 ? job_write_epub(j, o) : write_pdf(j, o);
    return rc == 0 ? output_bytes(o) : (struct text){NULL, 0};
}

static int write_mail(struct job *j, struct output *out)
{
    struct mail_attachment attachments[] = {
        {job_attached_name(j, "epub"), "application/epub+zip", job_made(j, "epub")},
        {job_attached_name(j, "pdf"), "application/pdf", job_made(j, "pdf")},
    };
    if (!attachments[0].bytes.at || !attachments[1].bytes.at)
        return -1;
    const struct octavo_options *o = j->options;
    struct mail_options m = {.styles = j->styles,
                             .date = j->date,
                             .undated = o->date < 0 && j->date == EPOCH_1980,
                             .attachments = attachments,
                             .attachment_count = sizeof attachments / sizeof attachments[0],
                             .remake = remake_attachment,
                             .user = j,
                             .budget = o->mail_budget ? o->mail_budget : MAIL_BUDGET,
                             .excerpt_words = o->mail_excerpt,
                             .link = o->mail_link};
    return mail_write(j->document, &m, out);
}

static int write_frames(struct job *j, struct output *out)
{
    struct buf *text = buf_new(j->arena);
    frames_print(j->pages, text);
    return output_write(out, buf_view(text).at, text->length);
}

static int write_cover(struct job *j, struct output *out)
{
    return output_write(out, j->cover.at, j->cover.length);
}

static int write_card(struct job *j, struct output *out)
{
    struct cover_means m = {j->styles, j->fonts, j->threads};
    struct text card = cover_card(j->document, &m);
    return output_write(out, card.at, card.length);
}

static int write_explain(struct job *j, struct output *out)
{
    struct buf *text = buf_new(j->arena);
    explain_json(j->explain, text);
    return output_write(out, buf_view(text).at, text->length);
}

struct png_options job_png_options(const struct job *j)
{
    const struct octavo_options *o = j->options;
    return (struct png_options){o->pages, o->dpi ? o->dpi : PNG_DPI_USUAL, o->spread, j->threads};
}

static int write_png(struct job *j, const struct target *t)
{
    struct png_options o = job_png_options(j);
    struct png_plan plan;
    if (png_plan(j->document, j->pages, t->path, &o, &plan) != 0)
        return -1;
    for (size_t i = 0; i < plan.count; i++)
        if (strcmp(plan.pictures[i].path, t->path) != 0 && job_refuse_same(j, plan.pictures[i].path) != 0)
            return -1;
    if (png_write(j->document, &plan, &o, j->outputs) != 0)
        return -1;
    for (size_t i = 0; i < plan.count; i++)
        job_tell_written(j, plan.pictures[i].path);
    return 0;
}

static const struct format formats[] = {
    {"epub", NEEDS_MARKS, job_write_epub, NULL},
    {"pdf", NEEDS_PAGES, write_pdf, NULL},
    {"png", NEEDS_PAGES, NULL, write_png},
    {"xhtml", 0, write_xhtml, NULL},
    {"html", 0, write_html, NULL},
    {"eml", NEEDS_PAGES | NEEDS_MARKS | NEEDS_BOTH, write_mail, NULL},
    {"frames", NEEDS_PAGES, write_frames, NULL},
};

/* Known by its file's name, cover.png, or by an option. */
const struct format job_cover_format = {"cover", 0, write_cover, NULL};

/* Known by its file's name, card.png, or by an option. */
const struct format job_card_format = {"card", 0, write_card, NULL};

/* By an option. */
const struct format job_explain_format = {"explain", NEEDS_PAGES, write_explain, NULL};

enum { FORMATS = sizeof formats / sizeof formats[0] };

const struct format *job_format(const char *name)
{
    for (const struct format *f = formats; f < formats + FORMATS; f++)
        if (text_is_nocase(text_of(name), f->name))
            return f;
    return NULL;
}

const char *const *octavo_output_formats(void)
{
    static const char *const names[FORMATS + 1] = {"epub", "pdf", "png",    "xhtml",
                                                   "html", "eml", "frames", NULL};
    return names;
}

const char *const *octavo_input_formats(void)
{
    static const char *const names[] = {"markdown", "text", NULL};
    return names;
}

size_t job_format_count(void)
{
    return FORMATS;
}

struct output **job_made_slot(struct job *j, const struct format *f)
{
    return &j->made[f - formats];
}

/* A format's bytes, made once for all that hold them; `at` NULL: it failed. */
struct text job_made(struct job *j, const char *format)
{
    const struct format *f = job_format(format);
    struct output **memory = f ? job_made_slot(j, f) : NULL;
    if (!memory)
        return (struct text){NULL, 0};
    if (!*memory) {
        struct output *o = output_memory(j->arena);
        if (f->write(j, o) != 0)
            return (struct text){NULL, 0};
        *memory = o;
    }
    return output_bytes(*memory);
}
