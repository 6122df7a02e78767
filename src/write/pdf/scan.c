/* The first look at all frames, in order and on one thread: what is decided here (the order of fonts and
 * pictures, what a glyph means, the numbers of marked content) must not depend on timing. */
#include "base/utf8.h"
#include "write/pdf/writer.h"

struct scan {
    struct writer *writer;
    struct hash *missing; /* texts without a glyph that had their message */
    size_t link_capacity;
};

/* Of a text that has no glyph, the character that its face lacks; the first, when it has all of them but not
 * together. */
static uint32_t lacking_in(const struct face *face, struct text text)
{
    for (size_t at = 0; at < text.length;) {
        uint32_t c = utf8_next(text, &at);
        if (!face_has(face, c))
            return c;
    }
    size_t at = 0;
    return text.length ? utf8_next(text, &at) : 0;
}

/* The text node that comes first and holds a text. */
struct search {
    const char *text;
    const xmlNode *found;
};

static enum walk look_for(xmlNode *n, void *user)
{
    struct search *s = user;
    if (!s->found && n->type == XML_TEXT_NODE && strstr((const char *)n->content, s->text))
        s->found = n;
    return s->found ? WALK_SKIP : WALK_ON;
}

/* Where the text comes first. What layout has generated or changed stands nowhere. */
static struct place place_of(const struct writer *w, struct text text)
{
    static const struct walker walker = {look_for, NULL};
    struct search s = {.text = text_copy(w->arena, text)};
    if (text.length)
        tree_walk(w->document->root, &walker, &s);
    return s.found ? tree_place(w->document, s.found) : writer_place(w);
}

/* Where no face at all has a character, layout has told of it. Here one has it, but not in its company. */
static void tell_missing(struct scan *s, const struct face *face, struct text text, uint32_t page)
{
    enum { PLACES_MOST = 50 }; /* each is looked for in the whole document */
    struct writer *w = s->writer;
    uint32_t c = lacking_in(face, text);
    w->broken |= BROKEN_ACCESS | BROKEN_ARCHIVE;
    if ((w->installed && fonts_lack(w->installed, c)) || hash_put(s->missing, text, w))
        return;
    struct place place = hash_count(s->missing) <= PLACES_MOST ? place_of(w, text) : writer_place(w);
    message(w->messages, SEVERITY_LOST, "pdf.glyph", &place,
            "The typeface %s lacks the character U+%04X; page %s shows an empty box for \"%.*s\" and the PDF "
            "claims no standard. Name a typeface that has it in the style, or write it otherwise.",
            face->family, (unsigned)c, writer_page_name(w, page), (int)text.length, text.at);
}

/* What is read aloud comes first and decides what glyphs mean, then running heads and the like, then the
 * hyphens added at lines' ends. */
enum round { ROUND_READ, ROUND_ARTIFACTS, ROUND_INSERTED, ROUNDS };

/* A text that comes again in the same round tells nothing new. */
static void scan_shaped(struct scan *s, struct font_use *use, const struct shaped *shaped, uint32_t page,
                        enum round round)
{
    struct shown_text *shown = shown_get(s->writer->shown, shaped);
    unsigned char bit = (unsigned char)(1U << round);
    if (shown->rounds & bit)
        return;
    shown->rounds |= bit;
    if (round == ROUND_INSERTED) {
        font_use_inserted(use, shaped);
        return;
    }
    struct text missing = font_use_shaped(use, shaped, round == ROUND_READ);
    if (missing.at)
        tell_missing(s, use->face, missing, page);
}

static void scan_text(struct scan *s, const struct frame_text *t, uint32_t page, enum round round)
{
    for (uint32_t i = 0; i < t->count; i++) {
        const struct shaped *shaped = t->pieces[i].shaped;
        if (t->pieces[i].inserted != (round == ROUND_INSERTED))
            continue;
        struct font_use *use = font_uses_get(&s->writer->fonts, shaped->manner->face);
        scan_shaped(s, use, shaped, page, round);
        if (round != ROUND_INSERTED && (t->pieces[i].space || t->trailing_space))
            font_use_space(use);
    }
}

static void scan_texts(struct scan *s, enum round round)
{
    const struct pages *p = s->writer->pages;
    for (uint32_t i = 0; i < p->count; i++)
        for (uint32_t k = 0; k < p->pages[i].count; k++) {
            const struct frame *f = &p->pages[i].frames[k];
            bool read = mark_tag(p, f) != 0;
            if (f->kind == FRAME_TEXT && (round == ROUND_INSERTED || read == (round == ROUND_READ)))
                scan_text(s, f->text, i, round);
        }
}

static struct picture *picture_of(struct writer *w, const struct resource *r)
{
    struct picture *p = picture_find(w->picture_of, r);
    if (p)
        return p;
    p = arena_alloc(w->arena, sizeof *p);
    p->resource = r;
    p->number = (int)hash_count(w->picture_of);
    hash_put(w->picture_of, hash_address(&r), p);
    *w->pictures_end = p;
    w->pictures_end = &p->next;
    return p;
}

static void scan_image(struct scan *s, const struct frame *f, uint32_t page, uint32_t *count)
{
    struct picture *p = picture_of(s->writer, f->image->resource);
    if (p->last_page != page + 1)
        ++*count;
    p->last_page = page + 1;
    if (f->tag < s->writer->pages->tag_count)
        s->writer->picture_name[f->tag] = f->image->resource->name;
}

static void scan_link(struct scan *s, const struct frame *f, uint32_t page)
{
    struct writer *w = s->writer;
    const struct pages *p = w->pages;
    struct place place = writer_place(w);
    if (!f->link->uri && (!f->link->target || !destination_find(p, f->link->target))) {
        message(w->messages, SEVERITY_WARNING, "pdf.target", &place,
                "A link on page %s leads to \"%s\", which is not in the document; it is plain text.",
                writer_page_name(w, page), f->link->target ? f->link->target : "");
        return;
    }
    if (f->link->uri && !address_fits(f->link->uri)) {
        message(
            w->messages, SEVERITY_LOST, "pdf.target", &place,
            "A link on page %s has an address that is too long for a PDF (\"%.40s …\"); it is plain text.",
            writer_page_name(w, page), f->link->uri);
        return;
    }
    uint32_t tag = tag_around(p, f->tag, TAG_LINK);
    if (tag)
        w->tag_linked[tag] = 1;
    else
        w->broken |= BROKEN_ACCESS; /* an annotation outside the structure */
    w->links = arena_room(w->arena, w->links, w->link_count, &s->link_capacity, sizeof *w->links);
    w->links[w->link_count++] =
        (struct link){.frame = f, .page = page, .tag = tag, .object = store_reserve(w->store)};
}

static void scan_page(struct scan *s, uint32_t index)
{
    struct writer *w = s->writer;
    const struct page *page = &w->pages->pages[index];
    struct page_use *use = &w->uses[index];
    for (uint32_t i = 0; i < page->count; i++) {
        const struct frame *f = &page->frames[i];
        if (f->kind == FRAME_IMAGE)
            scan_image(s, f, index, &use->picture_count);
        else if (f->kind == FRAME_LINK)
            scan_link(s, f, index);
    }
    use->marks = marks_of_page(w->arena, &w->kids, page);
    use->object = store_reserve(w->store);
}

static void pictures_of_page(struct writer *w, uint32_t index)
{
    const struct page *page = &w->pages->pages[index];
    struct page_use *use = &w->uses[index];
    if (!use->picture_count)
        return;
    use->pictures = arena_array(w->arena, use->picture_count, sizeof(struct picture *));
    use->picture_count = 0;
    for (uint32_t i = 0; i < page->count; i++) {
        if (page->frames[i].kind != FRAME_IMAGE)
            continue;
        struct picture *p = picture_find(w->picture_of, page->frames[i].image->resource);
        if (p->last_page != w->pages->count + index + 1) /* a second round of stamps */
            use->pictures[use->picture_count++] = p;
        p->last_page = w->pages->count + index + 1;
    }
}

void writer_scan(struct writer *w)
{
    struct scan s = {.writer = w, .missing = hash_new(w->arena)};
    for (uint32_t i = 0; i < w->pages->count; i++)
        scan_page(&s, i);
    for (uint32_t i = 0; i < w->pages->count; i++)
        pictures_of_page(w, i);
    for (int round = 0; round < ROUNDS; round++)
        scan_texts(&s, (enum round)round);
    shown_spell(w->shown, &w->fonts);
    uint32_t at = 0;
    for (uint32_t i = 0; i < w->pages->count; i++) { /* links came in the order of pages */
        w->uses[i].links = w->links + at;
        while (at < w->link_count && w->links[at].page == i)
            at++;
        w->uses[i].link_count = (uint32_t)(w->links + at - w->uses[i].links);
    }
}
