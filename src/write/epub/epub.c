#include "write/epub/epub.h"
#include "base/pool.h"
#include "write/epub/archive.h"
#include "write/epub/book.h"

#define FOLDER "EPUB/"

static const char container[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n<rootfiles>\n"
    "<rootfile full-path=\"" FOLDER "package.opf\" media-type=\"application/oebps-package+xml\"/>\n"
    "</rootfiles>\n</container>\n";

/* Apple Books shows a book's own typefaces only when this says so. */
static const char display_options[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<display_options>\n<platform name=\"*\">\n"
    "<option name=\"specified-fonts\">true</option>\n</platform>\n</display_options>\n";

/* One file of the package, made by whichever thread takes it, in memory of its own. */
struct part {
    const struct book *book;
    const char *name;
    struct text bytes;                                    /* given, or */
    const struct chunk *chunk;                            /* a content file, or */
    void (*write)(const struct book *b, struct buf *out); /* what this writes */
    bool stored, picture;
    struct failure failure;
    struct arena *arena;
    struct archive_entry entry;
    bool done;
};

struct parts {
    struct part *list;
    size_t count;
};

/* ---- the plan */

/* A document always has a title, as the package asks: at the least its file's name. */
static const char *title_of(const struct document *d)
{
    if (d->meta.title && *text_trim(text_of(d->meta.title)).at)
        return d->meta.title;
    const char *name = io_basename(d->source_name ? d->source_name : "");
    size_t length = strlen(name) - strlen(io_suffix(name));
    return length && strcmp(name, "-") != 0 ? arena_copy(d->arena, name, length) : "Untitled";
}

static const char *modified(struct arena *a, long long seconds)
{
    struct civil c = civil_of(seconds);
    if (c.year < 0 || c.year > 9999)
        c = (struct civil){1980, 1, 1, 0, 0, 0};
    return arena_printf(a, "%04lld-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month, c.day, c.hour, c.minute,
                        c.second);
}

bool epub_wants_fonts(const struct document *d, const struct styles *s)
{
    return typefaces_wanted(d, s);
}

static void plan_typefaces(struct book *b)
{
    b->typefaces = typefaces_gather(b->d, b->o->styles, b->o->fonts, text_of(b->title));
    for (struct typeface *f = b->typefaces.first; f; f = f->next)
        f->href = arena_printf(b->arena, "fonts/%s", f->name);
}

struct book *book_plan(const struct document *d, const struct epub_options *o)
{
    struct book *b = arena_alloc(d->arena, sizeof *b);
    b->d = d;
    b->o = o;
    b->arena = d->arena;
    b->title = title_of(d);
    b->language = d->meta.language && *d->meta.language ? d->meta.language : "und";
    b->modified = modified(d->arena, o->date);
    b->chunk_of = hash_new(d->arena);
    b->known = hash_new(d->arena);
    package_plan(b);
    chunks_plan(b);
    scan_book(b);
    package_claim(b);
    plan_typefaces(b);
    contents_plan(b);
    marks_plan(b);
    onix_report(b);
    return b;
}

/* ---- the files */

static void add(struct parts *p, const struct book *b, struct part part)
{
    part.book = b;
    p->list[p->count++] = part;
}

static void list_parts(const struct book *b, struct parts *p)
{
    struct arena *a = b->arena;
    size_t pictures = hash_count(b->known);
    size_t typefaces = 0;
    for (const struct typeface *f = b->typefaces.first; f; f = f->next)
        typefaces++;
    p->list = arena_array(a, b->chunk_count + pictures + typefaces + 10, sizeof *p->list);
    add(p, b, (struct part){.name = "mimetype", .bytes = TEXT("application/epub+zip"), .stored = true});
    add(p, b, (struct part){.name = "META-INF/container.xml", .bytes = text_of(container)});
    if (b->typefaces.first)
        add(p, b,
            (struct part){.name = "META-INF/com.apple.ibooks.display-options.xml",
                          .bytes = text_of(display_options)});
    add(p, b, (struct part){.name = FOLDER "package.opf", .write = package_write});
    add(p, b, (struct part){.name = FOLDER "nav.xhtml", .write = nav_write});
    add(p, b, (struct part){.name = FOLDER "toc.ncx", .write = ncx_write});
    add(p, b, (struct part){.name = FOLDER "base.css", .write = sheet_write_base});
    if (b->o->css.length)
        add(p, b, (struct part){.name = FOLDER "style.css", .bytes = b->o->css});
    if (b->cover)
        add(p, b, (struct part){.name = FOLDER "cover.xhtml", .write = page_write_cover});
    for (const struct chunk *c = b->chunks; c < b->chunks + b->chunk_count; c++)
        add(p, b, (struct part){.name = arena_printf(a, FOLDER "%s", c->file), .chunk = c});
    for (const struct typeface *f = b->typefaces.first; f; f = f->next)
        add(p, b, (struct part){.name = arena_printf(a, FOLDER "%s", f->href), .bytes = f->program});
    for (const struct picture *f = b->pictures; f; f = f->next)
        add(p, b,
            (struct part){
                .name = arena_printf(a, FOLDER "%s", f->href), .bytes = f->resource->bytes, .picture = true});
}

static void make_part(void *user, size_t i)
{
    struct part *p = &((struct parts *)user)->list[i];
    p->arena = arena_new(&p->failure);
    if (!p->arena || setjmp(p->failure.back))
        return;
    struct text bytes = p->bytes;
    struct buf *out = NULL;
    if (p->chunk || p->write) {
        out = buf_new(p->arena);
        if (p->chunk)
            page_write(p->book, p->chunk, out);
        else
            p->write(p->book, out);
        bytes = buf_view(out);
    }
    if (p->stored)
        p->entry = (struct archive_entry){.name = p->name, .bytes = bytes, .size = bytes.length};
    else
        p->entry = archive_deflate(p->arena, p->name, bytes, p->picture ? LEVEL_PICTURE : LEVEL_TEXT);
    if (out && p->entry.deflated)
        buf_free(out);
    p->done = true;
}

static void end_parts(void *what)
{
    struct parts *p = what;
    for (size_t i = 0; i < p->count; i++)
        arena_free(p->list[i].arena);
    p->count = 0;
}

int epub_write(const struct document *d, const struct epub_options *o, struct output *out)
{
    const struct book *b = book_plan(d, o);
    struct parts *p = arena_alloc(d->arena, sizeof *p);
    arena_defer(d->arena, end_parts, p);
    list_parts(b, p);
    pool_run(o->threads, p->count, make_part, p);
    struct archive_entry *entries = arena_array(d->arena, p->count, sizeof *entries);
    for (size_t i = 0; i < p->count; i++) {
        if (!p->list[i].done)
            arena_exhausted(d->arena);
        entries[i] = p->list[i].entry;
    }
    int rc = archive_write(d->arena, d->messages, entries, p->count, o->date, out);
    end_parts(p);
    return rc;
}
