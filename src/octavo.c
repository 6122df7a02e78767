#include "octavo.h"
#include "base/buf.h"
#include "base/io.h"
#include "base/pool.h"
#include "document/document.h"
#include "document/report.h"
#include "fonts/fonts.h"
#include "layout/layout.h"
#include "read/encoding.h"
#include "read/read.h"
#include "refine/refine.h"
#include "style/style.h"
#include "write/epub/epub.h"
#include "write/pdf/pdf.h"
#include "write/tree/xhtml.h"

/* One run: what octavo_run collects on its way. */
struct job {
    const struct octavo_options *options;
    struct arena *arena;
    struct messages *messages;
    struct document *document;
    struct styles *styles;
    struct fonts *fonts;
    const struct pages *pages;
    struct outputs *outputs;
};

struct octavo_options octavo_defaults(void)
{
    return (struct octavo_options){.date = -1};
}

const char *const *octavo_output_formats(void)
{
    static const char *const names[] = {"epub", "pdf", "xhtml", "frames", NULL};
    return names;
}

const char *const *octavo_input_formats(void)
{
    static const char *const names[] = {"markdown", "text", NULL};
    return names;
}

static void tell(const struct message *m, void *user)
{
    const struct octavo_options *o = user;
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

static int read_source(struct job *j)
{
    const char *path = j->options->source;
    struct text bytes;
    if (io_read(j->arena, path, j->messages, SEVERITY_USAGE, NULL, &bytes) != 0)
        return -1;
    j->document = document_new(j->arena, j->messages, path);
    j->document->source_folder = io_directory(j->arena, path);
    const struct reader *r = reader_for(path, bytes);
    j->document->source_format = r->name;
    struct text source = r->binary ? bytes : encoding_decode(j->document, bytes);
    return r->read(j->document, source);
}

static int write_output(struct job *j, const char *path)
{
    const char *suffix = io_suffix(path);
    struct output *out = outputs_open(j->outputs, path);
    if (!out)
        return -1;
    if (strcmp(suffix, ".xhtml") == 0)
        return xhtml_write(j->document, TEXT(""), out);
    struct buf *css = buf_new(j->arena);
    styles_for_ebook(j->styles, css);
    if (strcmp(suffix, ".epub") == 0)
        return epub_write(j->document, &(struct epub_options){.css = buf_view(css), .threads = 2}, out);
    if (!j->pages)
        j->pages = layout_document(j->arena, j->document, j->styles, j->fonts,
                                   &(struct layout_options){.threads = 2});
    if (strcmp(suffix, ".pdf") == 0)
        return pdf_write(j->document, j->pages, j->fonts, &(struct pdf_options){.threads = 2}, out);
    struct buf *text = buf_new(j->arena);
    frames_print(j->pages, text);
    return output_write(out, text->data, text->length);
}

static int run(struct job *j)
{
    if (read_source(j) != 0)
        return -1;
    refine(j->document, &(struct refine_options){NOTES_BOOK_END});
    j->styles = styles_new(j->arena, j->messages);
    struct text css;
    if (io_read(j->arena, "styles/essay.css", j->messages, SEVERITY_USAGE, NULL, &css) == 0)
        styles_add(j->styles, css, "essay.css", "styles");
    j->fonts = fonts_new(j->arena, j->messages);
    j->outputs = outputs_new(j->arena, j->messages);
    for (const char *const *o = j->options->outputs; o && *o; o++)
        if (write_output(j, *o) != 0)
            return -1;
    return outputs_commit(j->outputs);
}

int octavo_run(const struct octavo_options *o)
{
    struct failure failure;
    struct arena *volatile arena = arena_new(&failure);
    if (!arena || setjmp(failure.back)) {
        arena_free(arena);
        return SEVERITY_SYSTEM;
    }
    union {
        const struct octavo_options *in;
        void *out;
    } user = {o};
    struct job *j = arena_alloc(arena, sizeof *j);
    j->options = o;
    j->arena = arena;
    j->messages = messages_new(arena, tell, user.out);
    run(j);
    int status = messages_status(j->messages, o->strict);
    arena_free(arena);
    return status;
}
