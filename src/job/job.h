/* job.h - one run of octavo: what the conductor's steps share, for octavo.c only.
 *
 * octavo.c has the list of steps; each is a function here that takes the job and gives 0, or -1 when the job
 * ends, with a message. They come in the order of that list: a step may rely on what those before it have
 * put into the struct. All of it lives in the job's arena.
 */
#ifndef OCTAVO_JOB_JOB_H
#define OCTAVO_JOB_JOB_H

#include "base/io.h"
#include "document/document.h"
#include "fonts/fonts.h"
#include "layout/layout.h"
#include "octavo.h"
#include "style/style.h"
#include "write/png/png.h"

struct format;
struct job;
struct target;

/* The earliest time that a ZIP can hold, and so the date where none is known. */
enum { EPOCH_1980 = 315532800 };

/* What must be there before a format is written. */
enum needs {
    NEEDS_PAGES = 1, /* the document laid out */
    NEEDS_MARKS = 2, /* where the pages begin, when they are laid out */
    NEEDS_BOTH = 4   /* the EPUB and the PDF, to be attached */
};

/* A format that can be written. */
struct format {
    const char *name; /* and, behind a dot, the suffix */
    unsigned needs;   /* enum needs, ored */
    int (*write)(struct job *j, struct output *out);
    /* where it isn't one file of the target's name: */
    int (*write_files)(struct job *j, const struct target *t);
};

/* A file that the job makes. */
struct target {
    const char *path;
    const struct format *format;
    struct target *next;
};

/* One run: what octavo_run collects on its way. */
struct job {
    const struct octavo_options *options;
    struct arena *arena;
    struct messages *messages;
    int threads;
    const char *source_name; /* for messages */
    struct target *targets;
    struct text bytes;
    const struct reader *reader;
    struct document *document;
    bool refined; /* there is something to report */
    long long date;
    struct styles *styles;
    struct fonts *fonts;
    bool fonts_declared;
    struct text css; /* for e-books */
    const struct pages *pages;
    struct explain *explain; /* why they are as they are; NULL: nobody asks */
    struct page_mark *marks;
    size_t mark_count;
    struct cover_work *cover_work; /* drawn beside the pages */
    struct text cover;             /* as a PNG; empty: none */
    struct attachments *attachments;
    struct outputs *outputs;
    struct output **made; /* by format: what was made in memory, to be attached */
    struct ebook *ebook;  /* made beside the PDF; NULL: it isn't */
};

/* ---- targets.c */

/* Is the source standard input? */
bool job_from_input(const struct job *j);
/* Does a target need that, is one of that format? */
bool job_makes(const struct job *j, enum needs needs);
bool job_makes_format(const struct job *j, const struct format *f);
/* -1 with a message when the path is the source's or another target's. */
int job_refuse_same(struct job *j, const char *path);
/* The source's name with the format's suffix, in the folder of the options. */
const char *job_default_path(struct job *j, const struct format *f);
/* "epub, pdf, xhtml" of a list with NULL at its end. */
const char *job_listed(struct arena *a, const char *const *names);

/* ---- fonts.c */

/* The faces that the style brings, before fonts are asked for any. */
void job_need_fonts(struct job *j);

/* ---- formats.c */

/* Known by their file's name (cover.png, card.png) or by an option. */
extern const struct format job_cover_format, job_card_format, job_explain_format;

/* The format of that name, or NULL. */
const struct format *job_format(const char *name);
size_t job_format_count(void);
struct png_options job_png_options(const struct job *j);
int job_write_epub(struct job *j, struct output *out);
/* A format's bytes, made once for all that hold them; `at` NULL: it failed. */
struct text job_made(struct job *j, const char *format);
/* Where they are kept; NULL there: nothing was made. */
struct output **job_made_slot(struct job *j, const struct format *f);
/* The name of a file to attach: as the same run writes it, else the source's with the suffix. */
const char *job_attached_name(struct job *j, const char *format);
void job_tell_written(struct job *j, const char *path);

/* ---- the steps, in their order */

/* plan.c: decides which files are made, the targets. */
int job_plan(struct job *j);
int job_read_attachments(struct job *j); /* attach.c: before any work */
int job_begin_fonts(struct job *j);      /* fonts.c */
int job_read(struct job *j);             /* source.c */
int job_refine(struct job *j);
int job_date(struct job *j);        /* of all time stamps */
int job_style(struct job *j);       /* sheet.c */
int job_front(struct job *j);       /* the front matter that the style doesn't show */
int job_begin_cover(struct job *j); /* pages.c */
int job_lay_out(struct job *j);
int job_end_cover(struct job *j);
int job_attach(struct job *j); /* attach.c: what the PDF holds of this run */
int job_write(struct job *j);  /* write.c */
int job_report(struct job *j); /* source.c */

#endif
