/* Files inside the file (ISO 32000-2 §7.11.4, §14.13): associated with the whole document. */
#include "write/pdf/syntax.h"
#include "write/pdf/tree.h"
#include "write/pdf/writer.h"
#include <stdlib.h>

static int file_object(struct writer *w, struct buf *b, const struct pdf_attachment *f)
{
    buf_clear(b);
    buf_string(b, "/Type/EmbeddedFile/Subtype");
    pdf_name(b, f->media_type && *f->media_type ? f->media_type : "application/octet-stream");
    buf_printf(b, "/Params<</Size %zu/ModDate", f->bytes.length);
    pdf_date(b, w->options->date);
    buf_string(b, ">>");
    return store_add_deflated(w->store, buf_view(b), f->bytes);
}

static int specification(struct writer *w, struct buf *b, const struct pdf_attachment *f)
{
    static const char *const relations[] = {[PDF_UNSPECIFIED] = "Unspecified",
                                            [PDF_SOURCE] = "Source",
                                            [PDF_ALTERNATIVE] = "Alternative",
                                            [PDF_DATA] = "Data",
                                            [PDF_SUPPLEMENT] = "Supplement"};
    int file = file_object(w, b, f);
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
    const struct pdf_attachment *const *x = a, *const *y = b;
    return strcmp((*x)->name, (*y)->name);
}

int writer_attachments(struct writer *w, struct buf *associated)
{
    size_t count = w->options->attachment_count;
    if (!count)
        return 0;
    const struct pdf_attachment **sorted = arena_array(w->arena, count, sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        sorted[i] = &w->options->attachments[i];
    qsort(sorted, count, sizeof *sorted, by_name);
    struct tree *tree = tree_new(w->arena, w->store, TREE_NAMES);
    struct buf *b = buf_new(w->arena);
    buf_string(associated, "/AF[");
    for (size_t i = 0; i < count; i++) {
        int object = specification(w, b, sorted[i]);
        pdf_ref(associated, object);
        buf_clear(b);
        pdf_ref(b, object);
        tree_add_name(tree, text_of(sorted[i]->name), buf_view(b));
    }
    buf_byte(associated, ']');
    buf_clear(b);
    tree_end(tree, b);
    int object = store_add(w->store, buf_view(b));
    buf_free(b);
    return object;
}
