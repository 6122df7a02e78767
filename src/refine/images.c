#include "refine/images.h"
#include "base/buf.h"
#include "base/io.h"
#include "refine/image_fit.h"
#include "refine/image_strip.h"
#include "refine/plain.h"
#include <stdlib.h>

/* A picture that can't be shown. */
struct lost {
    xmlNode *img;
    struct lost *next;
};

/* How often a place in the package was wanted. */
struct place_count {
    int count;
};

struct finding {
    struct document *document;
    struct lost *lost; /* taken out when the walk is over */
    int drawings;
    struct hash *hrefs; /* places in the package: struct place_count */
};

/* "a%20b.png" as "a b.png", without a query or fragment. */
static const char *file_name(struct document *d, const char *src)
{
    char *out = arena_string(d->arena, src), *to = out;
    for (const char *from = out; *from && *from != '?' && *from != '#'; from++) {
        char digits[3] = {from[0] == '%' ? from[1] : '\0', 0, 0};
        char *end = digits;
        if (digits[0])
            digits[1] = from[2];
        long byte = strtol(digits, &end, 16);
        if (digits[0] && end == digits + 2 && byte > 0) {
            *to++ = (char)byte;
            from += 2;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
    return out;
}

/* A name for the package: letters, digits, - and _ of the file's own, its true suffix, and a number when that
 * is taken. */
static const char *package_place(struct finding *f, const char *name, const char *suffix)
{
    struct arena *a = f->document->arena;
    struct buf *b = buf_new(a);
    const char *base = io_basename(name);
    size_t length = strlen(base) - strlen(io_suffix(base));
    for (size_t i = 0; i < length; i++) {
        char c = base[i];
        buf_byte(b, ascii_alpha(c) || ascii_digit(c) || c == '-' || c == '_' ? c : '-');
    }
    const char *stem = b->length ? buf_view(b).at : "image";
    const char *href = arena_printf(a, "images/%s%s", stem, suffix);
    struct place_count *first = hash_find(f->hrefs, text_of(href));
    while (hash_find(f->hrefs, text_of(href)))
        href = arena_printf(a, "images/%s-%d%s", stem, ++first->count, suffix);
    struct place_count *taken = arena_alloc(a, sizeof *taken);
    taken->count = 1;
    hash_put(f->hrefs, text_of(href), taken);
    return href;
}

/* What is needed on the way ends with it: decoded pixels are many. */
static int fit_picture(struct arena *a, struct text bytes, const struct image_header *h, struct fit *out)
{
    struct failure failure;
    struct arena *volatile work = arena_must(a, arena_new(&failure));
    if (setjmp(failure.back)) {
        arena_free(work);
        arena_exhausted(a);
    }
    int rc = image_fit(work, bytes, h, out);
    if (rc == 0 && out->bytes.at != bytes.at)
        out->bytes.at = arena_copy(a, out->bytes.at, out->bytes.length);
    arena_free(work);
    return rc;
}

static void tell(struct document *d, const char *name, const struct place *where,
                 const struct image_header *was, const struct fit *fit)
{
    const struct image_header *h = &fit->header;
    if (fit->done & FIT_SCALED)
        message(
            d->messages, SEVERITY_NOTE, "images.scaled", where,
            "%s is larger than a book's picture need be, and than shops take. It is made %d by %d pixels.",
            name, h->width_px, h->height_px);
    if (fit->done & FIT_LIGHTENED)
        message(d->messages, SEVERITY_NOTE, "images.heavy", where,
                "%s would take more than 5 MB, and shops take no heavier picture. It is made %s of %d by %d "
                "pixels.",
                name, strcmp(h->media_type, "image/png") == 0 ? "a PNG" : "a JPEG", h->width_px,
                h->height_px);
    if (fit->done & FIT_CONVERTED)
        message(d->messages, SEVERITY_NOTE, "images.converted", where,
                "%s (%s) is made %s, which all readers can show.", name,
                was->channels == 4 && strcmp(was->media_type, "image/jpeg") == 0 ? "JPEG in four inks"
                : was->depth == 16                                               ? "PNG of 16 bits"
                                   : was->media_type + strlen("image/"),
                strcmp(h->media_type, "image/png") == 0 ? "a PNG of 8 bits"
                                                        : "a JPEG in red, green and blue");
    if (fit->done & FIT_TURNED)
        message(d->messages, SEVERITY_NOTE, "images.turned", where,
                "%s is stored turned or mirrored. It is set upright.", name);
    if (fit->done & FIT_FIRST_ONLY)
        message(d->messages, SEVERITY_WARNING, "images.first", where,
                "%s holds more than one picture. The first is shown; give the others files of their own.",
                name);
}

/* Reads the header and makes the picture fit for a book. Why it can't be shown; NULL: it can. */
static const char *fault_of(struct arena *a, struct text bytes, struct image_header *h, struct fit *fit)
{
    static const char no_picture[] =
        "is no picture that can be shown, or it is broken. Save it as PNG, JPEG or SVG.";
    if (image_header_read(a, bytes, h) != 0)
        return no_picture;
    if (!image_is_whole(bytes, h->media_type))
        return "is damaged, or breaks off before its end; it is left out. Get it anew, or save it again.";
    return fit_picture(a, bytes, h, fit) == 0 ? NULL : no_picture;
}

/* The resource of that name with its header read; NULL with a message. */
static struct resource *find(struct finding *f, const char *name, const struct place *where)
{
    struct document *d = f->document;
    struct resource *r = resource_get(d, name, where);
    if (!r || r->media_type)
        return r;
    struct image_header h;
    struct fit fit;
    const char *fault = fault_of(d->arena, r->bytes, &h, &fit);
    if (fault) {
        message(d->messages, SEVERITY_LOST, "images.type", where, "%s %s", name, fault);
        return NULL;
    }
    tell(d, name, where, &h, &fit);
    r->bytes = fit.bytes;
    h = fit.header;
    r->media_type = h.media_type;
    r->width_px = h.width_px;
    r->height_px = h.height_px;
    r->dpi = h.dpi;
    r->has_alpha = h.has_alpha;
    r->orientation = h.orientation;
    r->href = package_place(f, name, h.suffix);
    return r;
}

/* Would what stands on that side of the picture run into its words? A link around it is no border. */
static bool touches(const xmlNode *img, bool behind)
{
    const xmlNode *n = img;
    while (!(behind ? n->next : n->prev) && tree_kind(n->parent) == ELEMENT_A)
        n = n->parent;
    n = behind ? n->next : n->prev;
    if (!n || n->type != XML_TEXT_NODE)
        return n && element_is(tree_kind(n), ELEMENT_IS_INLINE) && tree_kind(n) != ELEMENT_BR;
    struct text t = text_of((const char *)n->content);
    char c = !t.length ? ' ' : t.at[behind ? 0 : t.length - 1];
    return ascii_alpha(c) || ascii_digit(c) || (c & 0x80);
}

/* The words stay where the picture can't. */
static void leave_words(struct document *d, xmlNode *img)
{
    xmlNode *parent = img->parent;
    struct text alt = text_trim(text_of(tree_get(img, "alt")));
    if (alt.length) {
        struct place where = tree_place(d, img);
        enum element e = tree_kind(parent) == ELEMENT_FIGURE ? ELEMENT_P : ELEMENT_SPAN;
        bool before = e == ELEMENT_SPAN && touches(img, false),
             behind = e == ELEMENT_SPAN && touches(img, true);
        xmlNode *words = tree_element(d, NULL, e, &where);
        tree_insert_before(d, img, words);
        tree_set(d, words, "class", "missing-image");
        if (before)
            tree_text(d, words, TEXT(" "));
        tree_text(d, words, alt);
        if (behind)
            tree_text(d, words, TEXT(" "));
    }
    tree_remove(img);
    while (plain_empty(parent) && (tree_kind(parent) == ELEMENT_P || tree_kind(parent) == ELEMENT_A ||
                                   tree_kind(parent) == ELEMENT_FIGURE)) {
        xmlNode *outer = parent->parent;
        tree_remove(parent);
        parent = outer;
    }
}

/* ---- drawings in the text become pictures like others: what can't hold an SVG among its words can show that
 */

static struct text drawing_text(struct document *d, xmlNode *svg)
{
    xmlDoc *alone = arena_must(d->arena, xmlNewDoc((const xmlChar *)"1.0"));
    xmlNode *copy = xmlDocCopyNode(svg, alone, 1);
    xmlChar *bytes = NULL;
    int length = 0;
    if (copy) {
        xmlDocSetRootElement(alone, copy);
        xmlDocDumpMemoryEnc(alone, &bytes, &length, "UTF-8");
    }
    xmlFreeDoc(alone);
    arena_must(d->arena, bytes);
    struct text t = {arena_copy(d->arena, bytes, (size_t)length), (size_t)length};
    xmlFree(bytes);
    return t;
}

/* What its title says, or its label. */
static const char *drawing_alt(struct document *d, const xmlNode *svg)
{
    struct buf *title = buf_new(d->arena);
    for (const xmlNode *c = svg->children; c && !title->length; c = c->next)
        if (c->type == XML_ELEMENT_NODE && strcmp((const char *)c->name, "title") == 0)
            tree_content(c, title);
    return title->length ? buf_view(title).at : tree_get(svg, "aria-label");
}

static void add_resource(struct document *d, const char *name, struct text bytes, const struct place *where)
{
    struct resource *r = arena_alloc(d->arena, sizeof *r), **end = &d->resources;
    *r = (struct resource){.name = name, .path = name, .bytes = bytes, .place = *where};
    while (*end)
        end = &(*end)->next;
    *end = r;
    hash_put(d->resource_of, text_of(name), r);
}

static xmlNode *drawing_as_picture(struct finding *f, xmlNode *svg)
{
    static const char *const kept[] = {"id", "class", "lang", "xml:lang"};
    struct document *d = f->document;
    struct place where = tree_place(d, svg);
    const char *name;
    do
        name = arena_printf(d->arena, "drawing-%d.svg", ++f->drawings);
    while (hash_find(d->resource_of, text_of(name)));
    add_resource(d, name, drawing_text(d, svg), &where);
    xmlNode *img = tree_element(d, NULL, ELEMENT_IMG, &where);
    tree_set(d, img, "src", name);
    tree_set(d, img, "alt", drawing_alt(d, svg));
    if (tree_has_word(svg, "aria-hidden", "true"))
        tree_set(d, img, "role", "presentation");
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        tree_set(d, img, kept[i], tree_get(svg, kept[i]));
    tree_insert_before(d, svg, img);
    tree_remove(svg);
    return img;
}

/* ---- the walk */

static void see(xmlNode *n, void *user)
{
    struct finding *f = user;
    struct document *d = f->document;
    if (tree_kind(n) == ELEMENT_SVG)
        n = drawing_as_picture(f, n);
    if (tree_kind(n) != ELEMENT_IMG)
        return;
    struct place where = tree_place(d, n);
    const char *src = tree_get(n, "src");
    const struct resource *r = src ? find(f, file_name(d, src), &where) : NULL;
    if (!r) {
        struct lost *lost = arena_alloc(d->arena, sizeof *lost);
        *lost = (struct lost){n, f->lost};
        f->lost = lost;
        return;
    }
    tree_set(d, n, "src", r->name);
    bool decoration = tree_has_word(n, "role", "presentation") || tree_has_word(n, "role", "none");
    if (text_blank(text_of(tree_get(n, "alt"))) && !decoration)
        message(d->messages, SEVERITY_WARNING, "images.alt", &where,
                "%s has no alternative text for those who can't see it. Say what it shows.", r->name);
    if (!tree_get(n, "alt"))
        tree_set(d, n, "alt", "");
}

static void find_cover(struct finding *f)
{
    struct document *d = f->document;
    if (!d->meta.cover || strcmp(d->meta.cover, META_COVER_NONE) == 0)
        return;
    struct place where = meta_place(d, "cover");
    const struct resource *r = find(f, d->meta.cover, &where);
    d->meta.cover = r ? r->name : NULL;
}

void images_find(struct document *d)
{
    static const struct walker w = {NULL, see};
    struct finding f = {.document = d, .hrefs = hash_new(d->arena)};
    find_cover(&f);
    tree_walk(d->body, &w, &f);
    for (const struct lost *lost = f.lost; lost; lost = lost->next)
        leave_words(d, lost->img);
}
