/* octavo.h - the public interface of liboctavo: one source in, an EPUB and a typeset PDF out.
 *
 *     struct octavo_options o = octavo_defaults();
 *     o.source = "essay.md";
 *     int status = octavo_run(&o);     // essay.epub and essay.pdf stand beside it
 *
 * A job keeps no state between runs and no globals: two threads may each run one. The status is that of the
 * command: 0 clean, 1 warnings with `strict`, 2 something of the source could not be kept (the outputs are
 * written all the same), 3 wrong usage or a source that can't be read, 4 the system failed. With 3 and 4 no
 * output has changed.
 */
#ifndef OCTAVO_H
#define OCTAVO_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#define OCTAVO_VERSION "0.1.0"

/* How bad a message is: it decides the status. */
enum octavo_severity { OCTAVO_NOTE, OCTAVO_WARNING, OCTAVO_LOST, OCTAVO_USAGE, OCTAVO_SYSTEM };

struct octavo_message {
    enum octavo_severity severity;
    const char *code;     /* "notes.uncalled" */
    const char *file;     /* NULL: no place */
    int line, column;     /* from 1; 0: unknown */
    const char *sentence; /* UTF-8 */
};

enum octavo_notes { OCTAVO_NOTES_DEFAULT, OCTAVO_NOTES_END, OCTAVO_NOTES_CHAPTER, OCTAVO_NOTES_FOOT };
/* PDF/UA-1 with PDF/A-2a (A-3a with files inside), PDF/UA-2 with PDF/A-4 (A-4f), neither and no tags. */
enum octavo_pdf_standard { OCTAVO_PDF_STANDARD_1, OCTAVO_PDF_STANDARD_2, OCTAVO_PDF_STANDARD_NONE };
enum octavo_report { OCTAVO_REPORT_NONE, OCTAVO_REPORT_TEXT, OCTAVO_REPORT_JSON };

/* All strings are lent for the time of the call; lists end with NULL and may be NULL. */
struct octavo_options {
    const char *source;         /* a path, or "-" for standard input */
    const char *source_format;  /* "markdown", "text" …; NULL: by suffix and content */
    const char *const *outputs; /* files to write; the suffix chooses the format */
    const char *directory;      /* where the default outputs go; NULL: beside the source */
    const char *const *formats; /* "epub", "pdf", "png", "xhtml", "html", "eml", "frames"; NULL: epub and pdf,
                                   unless `outputs` are given */
    const char *style;          /* a name in styles/ or a path; NULL: the source's, else "essay" or "book" */
    const char *const *style_folders;  /* where style names are looked for, first to last; NULL: in styles/
                                          here, then where the library was installed */
    const char *const *metadata;       /* "key=value", over what the source says */
    const char *const *resource_paths; /* further folders that the source's files may lie in */
    enum octavo_notes notes;
    const char *cover; /* a PNG of the e-book's cover to write, or NULL */
    const char *card;  /* a PNG to be shown with a link to the text on the web, 1200 by 630 pixels, or NULL */
    const char *pages; /* for PNG: positions of pages, "1-3,7,10-"; NULL: the first, or all when the name has
                          a number (%d) in it */
    int dpi;           /* for PNG: dots an inch, 36 to 600; 0: 150 */
    bool spread;       /* for PNG: verso and recto side by side */
    const char *explain; /* a JSON file that says why lines and pages end where they do, or NULL */
    bool sum_up;         /* notes on the worst lines and on all spaces, when pages are made */
    bool conforms; /* the e-book says that it conforms to EPUB Accessibility 1.1 at WCAG 2.2 level AA, if
                      nothing octavo can see speaks against it … */
    const char *certified_by; /* … and that this person or body has looked; one goes with the other */
    size_t mail_budget;       /* the largest mail, in bytes as encoded; 0: 25 MB, Gmail's limit */
    size_t mail_excerpt;      /* words of the text in a mail; 0: all that fit */
    const char *mail_link;    /* where the text stands on the web; NULL: nowhere */
    enum octavo_pdf_standard pdf_standard;
    const char *const *attachments; /* paths of files to put into the PDF */
    bool attach_source;             /* the source and its pictures, into the PDF */
    bool attach_epub;               /* the e-book, made in the same run, into the PDF */
    bool strict;                    /* warnings make the status 1 */
    long long date; /* seconds since 1970 for time stamps; negative: from the document, else 1980-01-01 */
    int threads;    /* 0: as many as the machine has */
    bool last;      /* the process ends after this job, and its memory with it: none is given back before */
    enum octavo_report report;
    void (*on_message)(const struct octavo_message *m, void *user);
    void (*on_report)(const char *text, size_t length, void *user);
    void (*on_progress)(const char *step, void *user); /* called when a step begins */
    void *user;
};

struct octavo_options octavo_defaults(void);

/* Runs one job. */
int octavo_run(const struct octavo_options *o);

/* Names of formats that can be written and read, NULL at the end. */
const char *const *octavo_output_formats(void);
const char *const *octavo_input_formats(void);

#ifdef __cplusplus
}
#endif

#endif
