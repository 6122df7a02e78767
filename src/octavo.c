#include "octavo.h"
#include "base/buf.h"
#include "base/io.h"
#include "base/pool.h"
#include "base/task.h"
#include "cover.h"
#include "document/document.h"
#include "document/report.h"
#include "fonts/fonts.h"
#include "front.h"
#include "layout/explain.h"
#include "layout/layout.h"
#include "read/encoding.h"
#include "read/read.h"
#include "refine/refine.h"
#include "style/style.h"
#include "write/epub/epub.h"
#include "write/html/page.h"
#include "write/mail/mail.h"
#include "write/pdf/attachments.h"
#include "write/pdf/pdf.h"
#include "write/png/png.h"
#include "write/tree/typefaces.h"
#include "write/tree/xhtml.h"
#include <stdio.h>
#include <time.h>

struct format;

/* The earliest time that a ZIP can hold, and so the date where none is known. */
enum { EPOCH_1980 = 315532800 };

/* The largest mail that Gmail takes, as encoded. */
enum { MAIL_BUDGET = 25000000 };

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

/* ---- formats that can be written */

/* The fonts with the faces that the style brings. */
static void need_fonts(struct job *j)
{
    if (!j->fonts_declared)
        styles_declare_fonts(j->styles, j->fonts);
    j->fonts_declared = true;
}

static struct text made(struct job *j, const char *format);

static int write_epub(struct job *j, struct output *out)
{
    if (epub_wants_fonts(j->document, j->styles))
        need_fonts(j);
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

static const char *card_beside_page(struct job *j);

static int write_html(struct job *j, struct output *out)
{
    if (typefaces_wanted(j->document, j->styles))
        need_fonts(j);
    struct html_page_options o = {j->styles, j->fonts, j->css, j->options->mail_link, card_beside_page(j)};
    return html_page_write(j->document, &o, out);
}

static const char *attached_name(struct job *j, const char *format);

/* What a mail has no room for, made anew. */
static struct text remake_attachment(size_t i, void *user)
{
    struct job *j = user;
    struct output *o = output_memory(j->arena);
    int rc = i == 0 ? write_epub(j, o) : write_pdf(j, o);
    return rc == 0 ? output_bytes(o) : (struct text){NULL, 0};
}

static int write_mail(struct job *j, struct output *out)
{
    struct mail_attachment attachments[] = {
        {attached_name(j, "epub"), "application/epub+zip", made(j, "epub")},
        {attached_name(j, "pdf"), "application/pdf", made(j, "pdf")},
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

static struct cover_means cover_means(const struct job *j)
{
    return (struct cover_means){j->styles, j->fonts, j->threads};
}

static int write_card(struct job *j, struct output *out)
{
    struct cover_means m = cover_means(j);
    struct text card = cover_card(j->document, &m);
    return output_write(out, card.at, card.length);
}

static int write_explain(struct job *j, struct output *out)
{
    struct buf *text = buf_new(j->arena);
    explain_json(j->explain, text);
    return output_write(out, buf_view(text).at, text->length);
}

static struct png_options png_options(const struct job *j)
{
    const struct octavo_options *o = j->options;
    return (struct png_options){o->pages, o->dpi ? o->dpi : PNG_DPI_USUAL, o->spread, j->threads};
}

static int write_png(struct job *j, const struct target *t);
/* What must be there before a format is written. */
enum needs {
    NEEDS_PAGES = 1, /* the document laid out */
    NEEDS_MARKS = 2, /* where the pages begin, when they are laid out */
    NEEDS_BOTH = 4   /* the EPUB and the PDF, to be attached */
};

static const struct format {
    const char *name; /* and, behind a dot, the suffix */
    unsigned needs;   /* enum needs, ored */
    int (*write)(struct job *j, struct output *out);
    int (*write_files)(struct job *j,
                       const struct target *t); /* where it's not one file of the target's name */
} formats[] = {
    {"epub", NEEDS_MARKS, write_epub, NULL},
    {"pdf", NEEDS_PAGES, write_pdf, NULL},
    {"png", NEEDS_PAGES, NULL, write_png},
    {"xhtml", 0, write_xhtml, NULL},
    {"html", 0, write_html, NULL},
    {"eml", NEEDS_PAGES | NEEDS_MARKS | NEEDS_BOTH, write_mail, NULL},
    {"frames", NEEDS_PAGES, write_frames, NULL},
};

/* Known by its file's name, cover.png, or by an option. */
static const struct format cover_format = {"cover", 0, write_cover, NULL};

/* Known by its file's name, card.png, or by an option. */
static const struct format card_format = {"card", 0, write_card, NULL};

/* By an option. */
static const struct format explain_format = {"explain", NEEDS_PAGES, write_explain, NULL};

enum { FORMATS = sizeof formats / sizeof formats[0] };

static const struct format *format_named(const char *name)
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

/* "epub, pdf, xhtml" */
static const char *listed(struct arena *a, const char *const *names)
{
    struct buf *b = buf_new(a);
    for (const char *const *n = names; n && *n; n++)
        buf_printf(b, "%s%s", n == names ? "" : ", ", *n);
    return buf_view(b).at;
}

/* ---- step: which files are made */

static bool from_input(const struct job *j)
{
    return strcmp(j->options->source, "-") == 0;
}

static int refuse_same(struct job *j, const char *path)
{
    struct place at = {path, 0, 0};
    if (!from_input(j) && io_same(j->arena, path, j->options->source)) {
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

static int add_target(struct job *j, const char *path, const struct format *f)
{
    if (outputs_check(j->outputs, path) != 0 || refuse_same(j, path) != 0)
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
        return add_target(j, path, &cover_format);
    if (strcmp(io_basename(path), "card.png") == 0)
        return add_target(j, path, &card_format);
    const char *suffix = io_suffix(path);
    const struct format *f = *suffix ? format_named(suffix + 1) : NULL;
    if (f)
        return add_target(j, path, f);
    struct place at = {path, 0, 0};
    message(j->messages, SEVERITY_USAGE, "output.format", &at,
            "The suffix of %s names no format that can be written. There are: %s.", path,
            listed(j->arena, octavo_output_formats()));
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

static bool makes(const struct job *j, enum needs needs)
{
    for (const struct target *t = j->targets; t; t = t->next)
        if (t->format->needs & (unsigned)needs)
            return true;
    return false;
}

static int add_explain(struct job *j, const char *path)
{
    if (makes(j, NEEDS_PAGES))
        return add_target(j, path, &explain_format);
    message(j->messages, SEVERITY_USAGE, "usage.explain", NULL,
            "--explain says how pages are set, but nothing that is made has pages. Add -t pdf, or -o with a "
            "name that ends in .pdf.");
    return -1;
}

/* The path of a default output: the source's name with the format's suffix. */
static const char *default_path(struct job *j, const struct format *f)
{
    const char *source = from_input(j) ? "document" : j->options->source;
    const char *folder = j->options->directory;
    const char *name = io_basename(source);
    int length = (int)(strlen(name) - strlen(io_suffix(name)));
    int before = (int)(name - source);
    return folder ? arena_printf(j->arena, "%s/%.*s.%s", folder, length, name, f->name)
                  : arena_printf(j->arena, "%.*s%.*s.%s", before, source, length, name, f->name);
}

static int add_default(struct job *j, const char *name)
{
    const struct format *f = format_named(name);
    if (f)
        return add_target(j, default_path(j, f), f);
    message(j->messages, SEVERITY_USAGE, "output.format", NULL,
            "There is no format %s to write. There are: %s.", name,
            listed(j->arena, octavo_output_formats()));
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

static int plan_outputs(struct job *j)
{
    if (refuse_link(j) != 0)
        return -1;
    static const char *const usual[] = {"epub", "pdf", NULL};
    const struct octavo_options *o = j->options;
    bool named = (o->outputs && o->outputs[0]) || o->cover || o->card;
    const char *const *defaults = o->formats && o->formats[0] ? o->formats : named ? NULL : usual;
    if (defaults && from_input(j) && !o->directory) {
        message(
            j->messages, SEVERITY_USAGE, "output.unnamed", NULL,
            "Standard input has no name for the outputs to take. Name them with -o FILE, or give a folder "
            "for document.%s with -d DIR.",
            defaults[0]);
        return -1;
    }
    struct png_options png = png_options(j);
    if (png_check(j->messages, &png) != 0)
        return -1;
    for (const char *const *path = o->outputs; path && *path; path++)
        if (add_named(j, *path) != 0)
            return -1;
    if (add_drawn(j, o->cover, &cover_format) != 0 || add_drawn(j, o->card, &card_format) != 0)
        return -1;
    for (const char *const *name = defaults; name && *name; name++)
        if (add_default(j, *name) != 0)
            return -1;
    return o->explain ? add_explain(j, o->explain) : 0;
}

/* ---- step: fonts, for pages and for an e-book's cover */

static int begin_fonts(struct job *j)
{
    j->fonts = fonts_new(j->arena, j->messages);
    if (makes(j, NEEDS_PAGES) || makes(j, NEEDS_MARKS))
        fonts_begin(j->fonts, j->threads);
    return 0;
}

/* ---- step: the source */

static int find_reader(struct job *j)
{
    const char *name = j->options->source_format;
    j->reader = name ? reader_named(name) : reader_for(j->options->source, j->bytes);
    if (j->reader)
        return 0;
    message(j->messages, SEVERITY_USAGE, "source.format", NULL,
            "There is no format %s to read. There are: %s.", name, listed(j->arena, octavo_input_formats()));
    return -1;
}

static void add_folders(struct job *j)
{
    struct word_list **end = &j->document->resource_paths;
    for (const char *const *p = j->options->resource_paths; p && *p; p++) {
        *end = arena_alloc(j->arena, sizeof **end);
        (*end)->word = *p;
        end = &(*end)->next;
    }
}

/* Is the pair's key the same as an earlier pair's? */
static bool set_before(const char *const *pairs, const char *const *pair, struct text key)
{
    for (; pairs < pair; pairs++) {
        struct text rest = text_of(*pairs), other;
        if (text_split(&rest, '=', &other) && text_equal(text_trim(other), key))
            return true;
    }
    return false;
}

/* The metadata of the options replaces the source's. */
static int set_metadata(struct job *j)
{
    const char *const *pairs = j->options->metadata;
    for (const char *const *pair = pairs; pair && *pair; pair++) {
        struct text value = text_of(*pair), key;
        text_split(&value, '=', &key);
        key = text_trim(key);
        const char *name = text_copy(j->arena, key);
        if (value.at && !set_before(pairs, pair, key))
            meta_clear(j->document, name);
        if (value.at && meta_set(j->document, name, value))
            continue;
        message(j->messages, SEVERITY_USAGE, "metadata.key", NULL,
                value.at ? "There is no metadata %s. There are: %s."
                         : "Metadata is given as KEY=VALUE, but %s has no '='. Keys are: %s.",
                name, listed(j->arena, meta_keys()));
        return -1;
    }
    return 0;
}

static int refuse_empty(struct job *j)
{
    struct place at = {j->source_name, 0, 0};
    message(j->messages, SEVERITY_USAGE, "source.empty", &at, "%s has no text.", j->source_name);
    return -1;
}

static int refuse_binary(struct job *j)
{
    const char *what = j->reader->binary ? NULL : reader_not_text(j->bytes);
    struct place at = {j->source_name, 0, 0};
    if (what)
        message(j->messages, SEVERITY_USAGE, "source.binary", &at,
                "%s is %s, not text. Copy or export its text into a .txt or .md file, and give that.",
                j->source_name, what);
    return what ? -1 : 0;
}

static int read_source(struct job *j)
{
    const char *path = j->options->source;
    if (io_read(j->arena, path, j->messages, SEVERITY_USAGE, NULL, &j->bytes) != 0 || find_reader(j) != 0 ||
        refuse_binary(j) != 0)
        return -1;
    if (!text_trim(j->bytes).length)
        return refuse_empty(j);
    struct document *d = document_new(j->arena, j->messages, j->source_name);
    j->document = d;
    d->source_folder = from_input(j) ? "." : io_directory(j->arena, path);
    d->source_format = j->reader->name;
    add_folders(j);
    if (set_metadata(j) != 0)
        return -1;
    struct text source = j->reader->binary ? j->bytes : encoding_decode(d, j->bytes);
    if (j->reader->read(d, source) != 0 || set_metadata(j) != 0)
        return -1;
    return d->body->children ? 0 : refuse_empty(j);
}

/* ---- step: the passes */

static int refine_document(struct job *j)
{
    static const enum notes_place places[] = {[OCTAVO_NOTES_DEFAULT] = NOTES_AS_SOURCE,
                                              [OCTAVO_NOTES_END] = NOTES_BOOK_END,
                                              [OCTAVO_NOTES_CHAPTER] = NOTES_CHAPTER_END,
                                              [OCTAVO_NOTES_FOOT] = NOTES_PAGE_FOOT};
    refine(j->document, &(struct refine_options){places[j->options->notes]});
    j->refined = true;
    return 0;
}

static int report_facts(struct job *j)
{
    const struct octavo_options *o = j->options;
    if (o->report == OCTAVO_REPORT_NONE || !o->on_report)
        return 0;
    struct buf *b = buf_new(j->arena);
    if (o->report == OCTAVO_REPORT_JSON)
        report_json(j->document->report, b);
    else
        report_text(j->document->report, b);
    struct text t = buf_view(b);
    o->on_report(t.at, t.length, o->user);
    return 0;
}

/* ---- step: the date of all time stamps */

/* The metadata's date (YYYY, YYYY-MM, YYYY-MM-DD) at midnight UTC, or the default. */
static int set_date(struct job *j)
{
    j->date = j->options->date;
    if (j->date >= 0)
        return 0;
    j->date = EPOCH_1980;
    int year = 0, month = 1, day = 1;
    const char *given = j->document->meta.date;
    if (!given || sscanf(given, "%4d-%2d-%2d", &year, &month, &day) < 1 || year < 1980)
        return 0;
    struct tm t = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day};
    long long seconds = timegm(&t);
    if (seconds > j->date)
        j->date = seconds;
    return 0;
}

/* ---- step: the style */

static bool is_path(const char *style)
{
    return strchr(style, '/') || strcmp(io_suffix(style), ".css") == 0;
}

static const char *const *style_folders(const struct job *j)
{
    static const char *const usual[] = {"styles", OCTAVO_STYLES, NULL};
    return j->options->style_folders ? j->options->style_folders : usual;
}

/* Where a style lies that goes by its name; NULL: in none of the folders. */
static const char *find_style(struct job *j, const char *name)
{
    for (const char *const *folder = style_folders(j); *folder; folder++) {
        const char *path = arena_printf(j->arena, "%s/%s.css", *folder, name);
        if (io_exists(path))
            return path;
    }
    return NULL;
}

static const char *styles_there_are(struct job *j)
{
    struct buf *b = buf_new(j->arena);
    struct hash *seen = hash_new(j->arena);
    for (const char *const *folder = style_folders(j); *folder; folder++)
        for (const char *const *name = io_list(j->arena, *folder, ".css"); *name; name++)
            if (!hash_put(seen, text_of(*name), seen))
                buf_printf(b, "%s%s", b->length ? ", " : "", *name);
    return b->length ? buf_view(b).at : "none";
}

/* The path of the style's sheet: the options' choice, the source's, else by the kind of document. */
static const char *choose_style(struct job *j)
{
    const char *kind = tree_has_word(j->document->body, "class", "book") ? "book" : "essay";
    const char *wanted = j->options->style, *path = NULL;
    struct place at = {NULL, 0, 0};
    if (!wanted && j->document->meta.style) {
        wanted = j->document->meta.style;
        at.file = j->source_name;
        path = is_path(wanted) ? io_below(j->arena, j->document->source_folder, wanted) : NULL;
    } else if (wanted && is_path(wanted)) {
        path = wanted;
    }
    if (!wanted)
        wanted = kind;
    if (!path)
        path = find_style(j, wanted);
    if (path && io_exists(path))
        return path;
    message(j->messages, SEVERITY_USAGE, "style.missing", &at,
            "There is no style %s. There are: %s; or give the path of a CSS file.", wanted,
            styles_there_are(j));
    return NULL;
}

static int load_style(struct job *j)
{
    const char *path = choose_style(j);
    struct text css;
    if (!path || io_read(j->arena, path, j->messages, SEVERITY_USAGE, NULL, &css) != 0)
        return -1;
    j->styles = styles_new(j->arena, j->messages);
    styles_set_folders(j->styles, style_folders(j));
    styles_add(j->styles, css, path, io_directory(j->arena, path));
    struct buf *b = buf_new(j->arena);
    styles_for_ebook(j->styles, b);
    j->css = buf_view(b);
    return 0;
}

/* ---- step: the front matter that the style doesn't show */

static int settle_front(struct job *j)
{
    front_settle(j->document, j->styles);
    return 0;
}

/* ---- step: pages, when a format shows them */

/* Where each page begins, for the e-book's list of pages. */
static void mark_pages(struct job *j)
{
    j->marks = arena_array(j->arena, j->pages->count + 1, sizeof *j->marks);
    for (uint32_t i = 0; i < j->pages->count; i++) {
        const struct page *p = &j->pages->pages[i];
        if ((p->start.text || p->start.entry) && p->label && *p->label)
            j->marks[j->mark_count++] =
                (struct page_mark){p->start.text, p->start.offset, p->label, p->start.entry};
    }
}

static int lay_out(struct job *j)
{
    if (!makes(j, NEEDS_PAGES))
        return 0;
    need_fonts(j);
    struct layout_options o = {.notes_at_foot = j->options->notes == OCTAVO_NOTES_FOOT,
                               .notes_by_style = j->options->notes == OCTAVO_NOTES_DEFAULT,
                               .threads = j->threads};
    if (j->options->explain || j->options->sum_up)
        j->explain = explain_new(j->arena, j->document, j->options->explain != NULL);
    o.explain = j->explain;
    j->pages = layout_document(j->arena, j->document, j->styles, j->fonts, &o);
    if (j->options->sum_up)
        explain_sum_up(j->explain, j->messages);
    if (makes(j, NEEDS_MARKS) || j->options->attach_epub)
        mark_pages(j);
    return 0;
}

/* ---- step: the cover, the source's or one that the style draws */

static bool makes_format(const struct job *j, const struct format *f)
{
    for (const struct target *t = j->targets; t; t = t->next)
        if (t->format == f)
            return true;
    return false;
}

static int begin_cover(struct job *j)
{
    if (makes(j, NEEDS_PAGES))
        need_fonts(j);
    struct cover_wanted w = {makes_format(j, format_named("epub")) || makes(j, NEEDS_BOTH) ||
                                 j->options->attach_epub,
                             makes_format(j, &cover_format)};
    struct cover_means m = cover_means(j);
    j->cover_work = cover_begin(j->document, &m, &w);
    return 0;
}

static int end_cover(struct job *j)
{
    j->cover = cover_end(j->cover_work);
    return 0;
}

/* The card's file, when it goes into the folder of the page for the web; NULL: it doesn't. */
static const char *card_beside_page(struct job *j)
{
    const struct format *page = format_named("html");
    for (const struct target *t = j->targets; t; t = t->next)
        for (const struct target *u = j->targets; u; u = u->next)
            if (t->format == page && u->format == &card_format &&
                strcmp(io_directory(j->arena, t->path), io_directory(j->arena, u->path)) == 0)
                return io_basename(u->path);
    return NULL;
}

/* ---- what files are made of */

static void tell_written(struct job *j, const char *path)
{
    struct place at = {path, 0, 0};
    message(j->messages, SEVERITY_NOTE, "output.written", &at, "%s is written.", path);
}

static int write_png(struct job *j, const struct target *t)
{
    struct png_options o = png_options(j);
    struct png_plan plan;
    if (png_plan(j->document, j->pages, t->path, &o, &plan) != 0)
        return -1;
    for (size_t i = 0; i < plan.count; i++)
        if (strcmp(plan.pictures[i].path, t->path) != 0 && refuse_same(j, plan.pictures[i].path) != 0)
            return -1;
    if (png_write(j->document, &plan, &o, j->outputs) != 0)
        return -1;
    for (size_t i = 0; i < plan.count; i++)
        tell_written(j, plan.pictures[i].path);
    return 0;
}

/* The name of a file to attach: as the same run writes it, else the source's with the suffix. */
static const char *attached_name(struct job *j, const char *format)
{
    const struct format *f = format_named(format);
    for (const struct target *t = j->targets; t; t = t->next)
        if (t->format == f)
            return io_basename(t->path);
    return io_basename(default_path(j, f));
}

/* A format's bytes, made once for all that hold them; `at` NULL: it failed. */
static struct text made(struct job *j, const char *format)
{
    const struct format *f = format_named(format);
    struct output **memory = &j->made[f - formats];
    if (!*memory) {
        struct output *o = output_memory(j->arena);
        if (f->write(j, o) != 0)
            return (struct text){NULL, 0};
        *memory = o;
    }
    return output_bytes(*memory);
}

/* ---- step: files that go into the PDF */

static bool makes_pdf(const struct job *j)
{
    return makes_format(j, format_named("pdf")) || makes(j, NEEDS_BOTH);
}

/* Those that the options name are read first: one that is missing ends the job before any work. */
static int read_attachments(struct job *j)
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
    return from_input(j) ? arena_printf(j->arena, "document%s", j->reader->suffixes[0])
                         : io_basename(j->options->source);
}

static int attach_outputs(struct job *j)
{
    if (!makes_pdf(j))
        return 0;
    if (j->options->attach_source)
        attachments_source(j->attachments, j->document, source_file(j), j->bytes);
    if (!j->options->attach_epub)
        return 0;
    struct text ebook = made(j, "epub");
    if (!ebook.at)
        return -1;
    attachments_ebook(j->attachments, attached_name(j, "epub"), ebook);
    return 0;
}

/* ---- step: the files */

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
    e->rc = write_epub(&e->job, e->out);
}

/* Is there something to make it beside, and nothing that both would change? */
static void begin_ebook(struct job *j)
{
    const struct format *epub = format_named("epub");
    bool alone = j->threads < 2 || !makes_format(j, epub) || !makes_format(j, format_named("pdf"));
    if (alone || makes(j, NEEDS_BOTH) || j->made[epub - formats] || j->options->report ||
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
    j->made[format_named("epub") - formats] = j->ebook->out;
    return j->ebook->rc;
}

/* What a mail or the PDF holds as well is made only once. */
static int write_format(struct job *j, const struct format *f, struct output *out)
{
    bool attached = strcmp(f->name, "epub") == 0 || strcmp(f->name, "pdf") == 0;
    if (!attached || !(makes(j, NEEDS_BOTH) || j->made[f - formats]))
        return f->write(j, out);
    struct text bytes = made(j, f->name);
    return bytes.at ? output_write(out, bytes.at, bytes.length) : -1;
}

static int write_target(struct job *j, const struct target *t)
{
    if (t->format->write_files)
        return t->format->write_files(j, t);
    struct output *out = outputs_open(j->outputs, t->path);
    if (!out || write_format(j, t->format, out) != 0)
        return -1;
    tell_written(j, t->path);
    return 0;
}

static bool is_beside(const struct job *j, const struct target *t)
{
    return j->ebook && t->format == format_named("epub");
}

static int write_all(struct job *j)
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

/* ---- the job */

static const struct step {
    const char *name; /* for the progress line; NULL: too quick to tell */
    int (*run)(struct job *j);
} steps[] = {
    {NULL, plan_outputs},
    {NULL, read_attachments},
    {NULL, begin_fonts},
    {"Reading", read_source},
    {"Refining", refine_document},
    {NULL, set_date},
    {NULL, load_style},
    {NULL, settle_front},
    {NULL, begin_cover},
    {"Setting the pages", lay_out},
    {NULL, end_cover},
    {NULL, attach_outputs},
    {"Writing", write_all},
    {NULL, report_facts},
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
            report_facts(j);
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
    j->made = arena_array(arena, FORMATS, sizeof(struct output *));
    int rc = run(j);
    int status = messages_status(j->messages, o->strict);
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
