#include "write/pdf/pdf.h"
#include "document/direction.h"
#include "write/pdf/syntax.h"
#include "write/pdf/writer.h"

/* ---- pages */

static void fonts_resource(struct writer *w, int object)
{
    struct buf *b = buf_new(w->arena);
    for (int i = 0; i < w->fonts.count; i++) {
        const struct font_use *use = w->fonts.by_face[i];
        for (int v = 0; use && v < use->variants; v++)
            if (use->object[v])
                buf_printf(b, "/F%d_%d %d 0 R", i, v, use->object[v]);
    }
    store_fill(w->store, object, buf_view(b));
    buf_free(b);
}

static void print_pictures(const struct writer *w, const struct page_use *use, struct buf *b)
{
    bool any = false, clear = false;
    if (w->intent.srgb) {
        buf_string(b, "/ColorSpace<</DefaultRGB");
        print_srgb(w, b);
        buf_string(b, ">>");
    }
    for (uint32_t i = 0; i < use->picture_count; i++) {
        const struct picture *p = use->pictures[i];
        if (!p->object)
            continue;
        buf_string(b, any ? "" : "/XObject<<");
        buf_printf(b, "/I%d %d 0 R", p->number, p->object);
        any = true;
        clear = clear || p->mask.length || p->vector.length;
    }
    buf_string(b, any ? ">>>>" : ">>");
    if (clear) { /* what the alpha is blended in */
        buf_string(b, "/Group<</S/Transparency/CS");
        print_srgb(w, b);
        buf_string(b, ">>");
    }
}

static void fill_page(struct writer *w, struct buf *b, uint32_t index, int fonts)
{
    const struct page *page = &w->pages->pages[index];
    const struct page_use *use = &w->uses[index];
    buf_clear(b);
    buf_printf(b, "/Type/Page/Parent %d 0 R/MediaBox[0 0", store_add_page(w->store, use->object));
    pdf_number(b, page->width_pt);
    pdf_number(b, page->height_pt);
    buf_printf(b, "]/Resources<</Font %d 0 R", fonts);
    print_pictures(w, use, b);
    buf_string(b, "/Contents");
    pdf_ref(b, store_add_stream(w->store, TEXT("/Filter/FlateDecode"), use->content));
    if (use->sequence_count)
        buf_printf(b, "/StructParents %u", index);
    buf_string(b, "/Tabs/S");
    if (use->link_count) {
        buf_string(b, "/Annots[");
        for (uint32_t i = 0; i < use->link_count; i++)
            pdf_ref(b, use->links[i].object);
        buf_byte(b, ']');
    }
    store_fill(w->store, use->object, buf_view(b));
}

static void fill_pages(struct writer *w)
{
    struct buf *b = buf_new(w->arena);
    int fonts = store_reserve(w->store);
    fonts_resource(w, fonts);
    for (uint32_t i = 0; i < w->pages->count; i++)
        fill_page(w, b, i, fonts);
    buf_free(b);
}

/* ---- the catalog (ISO 32000-1 §7.7.2) */

static void print_entry(struct buf *b, const char *key, int object)
{
    if (!object)
        return;
    buf_printf(b, "/%s", key);
    pdf_ref(b, object);
}

static void print_names(struct writer *w, struct buf *b)
{
    int files = writer_attachments(w, b), destinations = writer_destinations(w);
    if (!files && !destinations)
        return;
    buf_string(b, "/Names<<");
    print_entry(b, "Dests", destinations);
    print_entry(b, "EmbeddedFiles", files);
    buf_string(b, ">>");
}

static void fill_catalog(struct writer *w)
{
    const char *language = w->pages->language ? w->pages->language : w->document->meta.language;
    struct buf *b = buf_new(w->arena);
    int outline = writer_outline(w);
    buf_printf(b, "/ViewerPreferences<</DisplayDocTitle true%s>>/Lang",
               language_from_right(language) ? "/Direction/R2L" : "");
    writer_text(w, b, text_of(language ? language : "und"));
    if (w->tagged) {
        buf_string(b, "/MarkInfo<</Marked true>>");
        print_entry(b, "StructTreeRoot", writer_structure(w));
    }
    print_entry(b, "Metadata", writer_metadata(w));
    print_entry(b, "PageLabels", writer_labels(w));
    print_entry(b, "Outlines", outline);
    if (outline)
        buf_string(b, "/PageMode/UseOutlines");
    print_names(w, b);
    if (w->pages->count && w->modern) /* PDF/UA-2 §8.8: destinations lead into the structure */
        buf_printf(b, "/OpenAction<</S/GoTo/D[%d 0 R/Fit]/SD[%d 0 R/Fit]>>", w->uses[0].object,
                   w->tag_object[1]);
    else if (w->pages->count)
        buf_printf(b, "/OpenAction[%d 0 R/Fit]", w->uses[0].object);
    if (!(w->broken & BROKEN_ARCHIVE) || w->intent.name)
        buf_printf(b, "/OutputIntents[%d 0 R]", writer_intent(w));
    store_fill(w->store, store_catalog(w->store), buf_view(b));
    buf_free(b);
}

/* ---- all of it */

static struct writer *writer_new(struct arena *a, const struct document *d, const struct pages *pages,
                                 const struct fonts *fonts, const struct pdf_options *o)
{
    struct writer *w = arena_alloc(a, sizeof *w);
    *w = (struct writer){
        .arena = a, .document = d, .pages = pages, .installed = fonts, .options = o, .messages = d->messages};
    w->tagged = o->standard != PDF_STANDARD_NONE;
    w->modern = o->standard == PDF_STANDARD_2;
    w->broken = w->tagged ? 0 : BROKEN_ACCESS | BROKEN_ARCHIVE;
    w->store = store_new(a, w->tagged ? DEFLATE_USUAL : DEFLATE_BEST);
    w->fonts.arena = a;
    w->shown = shown_new(a);
    w->pictures_end = &w->pictures;
    w->picture_of = hash_new(a);
    w->kids = tag_kids_new(a, pages);
    w->uses = arena_array(a, (size_t)pages->count + 1, sizeof *w->uses);
    w->picture_name = arena_array(a, (size_t)pages->tag_count + 1, sizeof *w->picture_name);
    w->tag_linked = arena_array(a, (size_t)pages->tag_count + 1, 1);
    return w;
}

static int write_file(struct arena *a, const struct document *d, const struct pages *pages,
                      const struct fonts *fonts, const struct pdf_options *o, struct output *out)
{
    struct writer *w = writer_new(a, d, pages, fonts, o);
    writer_profile(w);
    writer_scan(w);
    writer_standing(w);
    writer_check(w);
    writer_pictures(w);
    writer_fonts(w);
    writer_references(w);
    writer_paint(w);
    if (w->tagged)
        writer_tags(w);
    fill_pages(w);
    writer_links(w);
    fill_catalog(w);
    if (!w->modern)
        writer_info(w);
    return store_save(w->store, &(struct store_save){.threads = o->threads, .modern = w->modern}, out);
}

int pdf_write(const struct document *d, const struct pages *pages, const struct fonts *fonts,
              const struct pdf_options *o, struct output *out)
{
    struct failure failure;
    struct arena *volatile a = arena_new(&failure);
    if (!a || setjmp(failure.back)) {
        arena_free(a);
        arena_exhausted(d->arena);
    }
    int status = write_file(a, d, pages, fonts, o, out);
    arena_free(a);
    return status;
}
