/* Files inside the file (ISO 32000-2 §7.11.4, §14.13): associated with the whole document. */
#include "base/pool.h"
#include "write/pdf/syntax.h"
#include "write/pdf/tree.h"
#include "write/pdf/writer.h"
#include <stdlib.h>

enum { DEFLATE_LEVEL = 9 };

/* One file on its way, on any thread, in an arena of its own. */
struct packing {
    const struct pdf_attachment *file;
    struct failure failure;
    struct arena *arena;
    struct text deflated;
    bool exhausted;
};

static void pack(void *user, size_t i)
{
    struct packing *p = (struct packing *)user + i;
    if (setjmp(p->failure.back))
        p->exhausted = true;
    else
        p->deflated = deflate_zlib(p->arena, p->file->bytes, DEFLATE_LEVEL);
}

static void packing_end(void *what)
{
    arena_free(what);
}

static struct packing *pack_all(struct writer *w)
{
    size_t count = w->options->attachment_count;
    struct packing *all = arena_array(w->arena, count, sizeof *all);
    for (size_t i = 0; i < count; i++) {
        all[i].file = &w->options->attachments[i];
        all[i].arena = arena_must(w->arena, arena_new(&all[i].failure));
        arena_defer(w->arena, packing_end, all[i].arena);
    }
    pool_run(w->options->threads, count, pack, all);
    for (size_t i = 0; i < count; i++)
        if (all[i].exhausted)
            arena_exhausted(w->arena);
    return all;
}

/* What is packed already, such as an e-book or a picture, stays as it is. */
static int file_object(struct writer *w, struct buf *b, const struct packing *p)
{
    const struct pdf_attachment *f = p->file;
    bool smaller = p->deflated.length < f->bytes.length;
    buf_clear(b);
    buf_string(b, "/Type/EmbeddedFile/Subtype");
    pdf_name(b, f->media_type && *f->media_type ? f->media_type : "application/octet-stream");
    buf_printf(b, "/Params<</Size %zu/ModDate", f->bytes.length);
    pdf_date(b, w->options->date);
    buf_string(b, smaller ? ">>/Filter/FlateDecode" : ">>");
    return store_add_stream(w->store, buf_view(b), smaller ? p->deflated : f->bytes);
}

static int specification(struct writer *w, struct buf *b, const struct packing *p)
{
    static const char *const relations[] = {[PDF_UNSPECIFIED] = "Unspecified",
                                            [PDF_SOURCE] = "Source",
                                            [PDF_ALTERNATIVE] = "Alternative",
                                            [PDF_DATA] = "Data",
                                            [PDF_SUPPLEMENT] = "Supplement"};
    const struct pdf_attachment *f = p->file;
    int file = file_object(w, b, p);
    buf_clear(b);
    buf_string(b, "/Type/Filespec/F");
    writer_text(w, b, text_of(f->name));
    buf_string(b, "/UF");
    writer_text(w, b, text_of(f->name));
    buf_string(b, "/Desc");
    writer_text(w, b, text_of(f->description && *f->description ? f->description : f->name));
    buf_printf(b, "/AFRelationship/%s/EF<</F %d 0 R/UF %d 0 R>>", relations[f->relation], file, file);
    return store_add(w->store, buf_view(b));
}

static int by_name(const void *a, const void *b)
{
    const struct packing *x = a, *y = b;
    return strcmp(x->file->name, y->file->name);
}

int writer_attachments(struct writer *w, struct buf *associated)
{
    size_t count = w->options->attachment_count;
    if (!count)
        return 0;
    struct packing *sorted = pack_all(w);
    qsort(sorted, count, sizeof *sorted, by_name);
    struct tree *tree = tree_new(w->arena, w->store, TREE_NAMES);
    struct buf *b = buf_new(w->arena);
    buf_string(associated, "/AF[");
    for (size_t i = 0; i < count; i++) {
        int object = specification(w, b, &sorted[i]);
        pdf_ref(associated, object);
        buf_clear(b);
        pdf_ref(b, object);
        tree_add_name(tree, text_of(sorted[i].file->name), buf_view(b));
    }
    buf_byte(associated, ']');
    buf_clear(b);
    tree_end(tree, b);
    int object = store_add(w->store, buf_view(b));
    buf_free(b);
    return object;
}
