#include "write/pdf/attachments.h"
#include "base/buf.h"
#include "base/hash.h"

struct attachments {
    struct arena *arena;
    struct messages *messages;
    struct hash *by_name; /* name → its index plus 1, as a pointer to size_t */
    struct pdf_attachment *list;
    size_t count, capacity;
};

/* What a file is, by its suffix, and what a file of that kind is to the text that it comes with. */
static const struct kind {
    const char *suffix, *media_type;
    enum pdf_relation relation;
} kinds[] = {
    {".avif", "image/avif", PDF_SUPPLEMENT},
    {".bib", "application/x-bibtex", PDF_DATA},
    {".bmp", "image/bmp", PDF_SUPPLEMENT},
    {".css", "text/css", PDF_SUPPLEMENT},
    {".csv", "text/csv", PDF_DATA},
    {".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", PDF_SUPPLEMENT},
    {".epub", "application/epub+zip", PDF_SUPPLEMENT},
    {".gif", "image/gif", PDF_SUPPLEMENT},
    {".htm", "text/html", PDF_SUPPLEMENT},
    {".html", "text/html", PDF_SUPPLEMENT},
    {".jpeg", "image/jpeg", PDF_SUPPLEMENT},
    {".jpg", "image/jpeg", PDF_SUPPLEMENT},
    {".json", "application/json", PDF_DATA},
    {".markdown", "text/markdown", PDF_SUPPLEMENT},
    {".md", "text/markdown", PDF_SUPPLEMENT},
    {".mkd", "text/markdown", PDF_SUPPLEMENT},
    {".ods", "application/vnd.oasis.opendocument.spreadsheet", PDF_DATA},
    {".odt", "application/vnd.oasis.opendocument.text", PDF_SUPPLEMENT},
    {".pdf", "application/pdf", PDF_SUPPLEMENT},
    {".png", "image/png", PDF_SUPPLEMENT},
    {".svg", "image/svg+xml", PDF_SUPPLEMENT},
    {".text", "text/plain", PDF_SUPPLEMENT},
    {".txt", "text/plain", PDF_SUPPLEMENT},
    {".tex", "application/x-tex", PDF_SUPPLEMENT},
    {".tif", "image/tiff", PDF_SUPPLEMENT},
    {".tiff", "image/tiff", PDF_SUPPLEMENT},
    {".tsv", "text/tab-separated-values", PDF_DATA},
    {".webp", "image/webp", PDF_SUPPLEMENT},
    {".xhtml", "application/xhtml+xml", PDF_SUPPLEMENT},
    {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", PDF_DATA},
    {".xml", "application/xml", PDF_DATA},
    {".yaml", "application/yaml", PDF_DATA},
    {".yml", "application/yaml", PDF_DATA},
    {".zip", "application/zip", PDF_SUPPLEMENT},
};

static const struct kind *kind_of(const char *name)
{
    static const struct kind other = {"", "application/octet-stream", PDF_SUPPLEMENT};
    for (const struct kind *k = kinds; k < kinds + sizeof kinds / sizeof kinds[0]; k++)
        if (text_is_nocase(text_of(io_suffix(name)), k->suffix))
            return k;
    return &other;
}

struct attachments *attachments_new(struct arena *a, struct messages *m)
{
    struct attachments *all = arena_alloc(a, sizeof *all);
    *all = (struct attachments){.arena = a, .messages = m, .by_name = hash_new(a)};
    return all;
}

static struct pdf_attachment *find(const struct attachments *all, const char *name)
{
    const size_t *index = hash_find(all->by_name, text_of(name));
    return index ? &all->list[*index - 1] : NULL;
}

static void add(struct attachments *all, const struct pdf_attachment *file)
{
    all->list = arena_room(all->arena, all->list, all->count, &all->capacity, sizeof *all->list);
    all->list[all->count++] = *file;
    size_t *index = arena_alloc(all->arena, sizeof *index);
    *index = all->count;
    hash_put(all->by_name, text_of(file->name), index);
}

/* Adds a file that nobody named: one that is there already is told its relation, a taken name is varied. */
static void add_own(struct attachments *all, struct pdf_attachment file)
{
    const char *given = file.name;
    struct pdf_attachment *other;
    for (int i = 2; (other = find(all, file.name)); i++) {
        if (text_equal(other->bytes, file.bytes)) {
            other->relation = file.relation;
            return;
        }
        const char *suffix = io_suffix(given);
        file.name =
            arena_printf(all->arena, "%.*s-%d%s", (int)(strlen(given) - strlen(suffix)), given, i, suffix);
    }
    add(all, &file);
}

int attachments_file(struct attachments *all, const char *path)
{
    struct pdf_attachment file = {.name = strcmp(path, "-") == 0 ? "standard-input" : io_basename(path)};
    if (io_read(all->arena, path, all->messages, SEVERITY_USAGE, NULL, &file.bytes) != 0)
        return -1;
    const struct kind *k = kind_of(file.name);
    file.media_type = k->media_type;
    file.relation = k->relation;
    const struct pdf_attachment *other = find(all, file.name);
    if (!other) {
        add(all, &file);
        return 0;
    }
    if (text_equal(other->bytes, file.bytes))
        return 0;
    struct place at = {path, 0, 0};
    message(all->messages, SEVERITY_USAGE, "attach.twice", &at,
            "Two files called %s can't both be attached. Give one another name.", file.name);
    return -1;
}

void attachments_source(struct attachments *all, const struct document *d, const char *name,
                        struct text bytes)
{
    add_own(all, (struct pdf_attachment){.name = name,
                                         .media_type = kind_of(name)->media_type,
                                         .description = "The source of this document",
                                         .relation = PDF_SOURCE,
                                         .bytes = bytes});
    for (const struct resource *r = d->resources; r; r = r->next)
        if (r->given.at)
            add_own(all, (struct pdf_attachment){
                             .name = io_basename(r->name),
                             .media_type = kind_of(r->name)->media_type,
                             .description = arena_printf(all->arena, "The source's picture %s", r->name),
                             .relation = PDF_SOURCE,
                             .bytes = r->given});
}

void attachments_ebook(struct attachments *all, const char *name, struct text bytes)
{
    add_own(all, (struct pdf_attachment){.name = name,
                                         .media_type = "application/epub+zip",
                                         .description = "This document as an e-book (EPUB)",
                                         .relation = PDF_ALTERNATIVE,
                                         .bytes = bytes});
}

const struct pdf_attachment *attachments_list(const struct attachments *all, size_t *count)
{
    *count = all->count;
    return all->list;
}
