/* One walk over the book: in which file each id stands, which pictures it shows, what it contains; and where
 * each link leads. */
#include "write/epub/book.h"

struct link_list {
    const xmlNode *a;
    struct link_list *next;
};

struct scan {
    struct book *book;
    struct chunk *chunk; /* in which the walk is */
    struct picture **last_picture;
    struct link_list *links, **last_link;
    bool in_title_block;
    struct buf *scratch;
};

/* ---- pictures */

/* By the first bytes, for a resource whose type no pass has found out. */
static const char *media_type(const struct resource *r)
{
    static const struct {
        const char *magic, *type;
    } types[] = {{"\x89PNG\r\n", "image/png"}, {"\xFF\xD8\xFF", "image/jpeg"}, {"GIF8", "image/gif"},
                 {"RIFF", "image/webp"},       {"<svg", "image/svg+xml"},      {"<?xml", "image/svg+xml"}};
    if (r->media_type)
        return r->media_type;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (text_starts(r->bytes, types[i].magic))
            return types[i].type;
    return NULL;
}

static const char *picture_href(struct book *b, const struct resource *r)
{
    if (r->href)
        return r->href;
    struct buf *href = buf_new(b->arena);
    buf_printf(href, "images/%zu-", hash_count(b->known) + 1);
    for (const char *c = io_basename(r->name); *c; c++)
        buf_byte(href, ascii_alpha(*c) || ascii_digit(*c) || *c == '.' ? *c : '-');
    return href->data;
}

/* The picture of that resource, added when it is new; NULL when there is none that an EPUB may hold. */
static struct picture *picture_of(struct scan *s, const char *name)
{
    struct book *b = s->book;
    struct picture *p = hash_find(b->known, text_of(name));
    if (p)
        return p;
    const struct resource *r = hash_find(b->d->resource_of, text_of(name));
    const char *type = r ? media_type(r) : NULL;
    if (!type)
        return NULL;
    p = arena_alloc(b->arena, sizeof *p);
    *p = (struct picture){.resource = r, .media_type = type, .href = picture_href(b, r)};
    hash_put(b->known, text_of(name), p);
    *s->last_picture = p;
    s->last_picture = &p->next;
    return p;
}

static void see_picture(struct scan *s, const xmlNode *n)
{
    struct contains *has = &s->book->contains;
    const char *src = tree_get(n, "src"), *alt = tree_get(n, "alt"), *role = tree_get(n, "role");
    if (!src || !picture_of(s, src))
        return;
    bool decoration = role && (strcmp(role, "presentation") == 0 || strcmp(role, "none") == 0);
    has->pictures = true;
    if (!decoration && !(alt && *alt))
        has->described = false;
}

static bool drawing_is_described(const xmlNode *svg)
{
    for (const xmlNode *c = svg->children; c; c = c->next)
        if (c->type == XML_ELEMENT_NODE && strcmp((const char *)c->name, "title") == 0)
            return true;
    return tree_get(svg, "aria-label") != NULL;
}

static void see_drawing(struct scan *s, const xmlNode *n)
{
    s->chunk->has_svg = true;
    s->book->contains.pictures = true;
    if (!drawing_is_described(n))
        s->book->contains.described = false;
}

/* ---- the walk */

static void see_link(struct scan *s, const xmlNode *n)
{
    struct link_list *l = arena_alloc(s->book->arena, sizeof *l);
    l->a = n;
    *s->last_link = l;
    s->last_link = &l->next;
}

/* The first of a kind is its landmark. */
static void see_landmark(const struct scan *s, const xmlNode *n, struct landmark *l)
{
    if (!l->chunk)
        *l = (struct landmark){s->chunk, s->chunk->range.first == n ? NULL : tree_get(n, "id")};
}

static void see_section(struct scan *s, const xmlNode *n)
{
    struct book *b = s->book;
    if (tree_has_word(n, "epub:type", "endnotes")) {
        b->contains.notes = true;
        see_landmark(s, n, &b->notes);
    } else if (tree_has_word(n, "role", "doc-index")) {
        see_landmark(s, n, &b->index);
    } else if (tree_has_word(n, "epub:type", "copyright-page")) {
        see_landmark(s, n, &b->imprint);
    }
}

static void see_heading(struct scan *s, const xmlNode *n)
{
    if (!s->in_title_block)
        s->book->contains.headings = true;
    if (!s->chunk->title && !s->chunk->goes_on) {
        const char *label = label_text(s->book->arena, n);
        s->chunk->title = *label ? label : NULL;
    }
}

static void see_style(const struct scan *s, const xmlNode *n)
{
    const char *style = tree_get(n, "style");
    struct text lost = {NULL, 0};
    if (!style || !colours_kept(style, s->scratch, &lost))
        return;
    const struct document *d = s->book->d;
    struct place where = tree_place(d, n);
    message(d->messages, SEVERITY_WARNING, "epub.colour", &where,
            "The e-book does without \"%s\": it stands out too little from a white or a sepia page, or would "
            "be a "
            "ground that its reader can't change. Take a darker colour, or give both.",
            text_copy(d->arena, lost));
}

static void see(struct scan *s, const xmlNode *n)
{
    enum element e = tree_kind(n);
    see_style(s, n);
    if (element_is(e, ELEMENT_IS_HEADING))
        see_heading(s, n);
    else if (e == ELEMENT_IMG)
        see_picture(s, n);
    else if (e == ELEMENT_A && tree_get(n, "href"))
        see_link(s, n);
    else if (e == ELEMENT_SECTION)
        see_section(s, n);
    else if (e == ELEMENT_MATH)
        s->chunk->has_math = s->book->contains.math = true;
    else if (e == ELEMENT_SVG)
        see_drawing(s, n);
    else if (e == ELEMENT_TABLE)
        s->book->contains.tables = true;
    else if (e == ELEMENT_FIGCAPTION || e == ELEMENT_CAPTION)
        s->book->contains.captions = true;
}

static enum walk enter(xmlNode *n, void *user)
{
    struct scan *s = user;
    struct book *b = s->book;
    s->chunk = chunk_entered(b, s->chunk, n);
    if (n->type != XML_ELEMENT_NODE || n == b->d->body)
        return WALK_ON;
    if (n->parent == b->d->body)
        s->in_title_block = tree_kind(n) == ELEMENT_HEADER;
    const char *id = tree_get(n, "id");
    if (id && !hash_find(b->chunk_of, text_of(id)))
        hash_put(b->chunk_of, text_of(id), s->chunk);
    see(s, n);
    return WALK_ON;
}

/* ---- links */

/* Schemes that may be followed from a book; others are none of its reader's business or unknown to
 * EPUBCheck's list of registered ones. */
static bool good_scheme(struct text href, size_t colon)
{
    static const char *const special[] = {"http", "https", "ftp"}, *const plain[] = {"mailto", "tel"};
    struct text scheme = text_slice(href, 0, colon), rest = text_slice(href, colon + 1, href.length);
    for (size_t i = 0; i < sizeof special / sizeof special[0]; i++)
        if (text_is_nocase(scheme, special[i]))
            return text_starts(rest, "//") && rest.length > 2 && rest.at[2] != '/';
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
        if (text_is_nocase(scheme, plain[i]))
            return rest.length > 0;
    return false;
}

/* Percent-encodes what may not stand in an address (RFC 3987, and WHATWG URL's forbidden ones). */
static const char *clean_address(struct text href, struct buf *scratch)
{
    static const char hex[] = "0123456789ABCDEF";
    buf_clear(scratch);
    bool changed = false;
    for (size_t i = 0; i < href.length; i++) {
        unsigned char c = (unsigned char)href.at[i];
        bool broken = c == '%' && !(i + 2 < href.length && strchr("0123456789abcdefABCDEF", href.at[i + 1]) &&
                                    strchr("0123456789abcdefABCDEF", href.at[i + 2]));
        if (c > 0x20 && !strchr("<>\"{}|\\^`", c) && !broken) {
            buf_byte(scratch, (char)c);
            continue;
        }
        char escaped[3] = {'%', hex[c >> 4], hex[c & 15]};
        buf_add(scratch, escaped, 3);
        changed = true;
    }
    return changed ? scratch->data : NULL;
}

const char *scan_address(const struct book *b, const struct chunk *from, const char *href,
                         struct buf *scratch)
{
    if (*href == '#') {
        const struct chunk *to = hash_find(b->chunk_of, text_of(href + 1));
        if (!to || to == from)
            return to ? NULL : "";
        buf_clear(scratch);
        buf_string(scratch, to->file);
        buf_string(scratch, href);
        return scratch->data;
    }
    struct text t = text_trim(text_of(href));
    size_t colon = text_find(t, ':', 0);
    if (colon == t.length || !good_scheme(t, colon))
        return "";
    const char *clean = clean_address(t, scratch);
    return clean                      ? clean
           : t.length == strlen(href) ? NULL
                                      : (buf_clear(scratch), buf_text(scratch, t), scratch->data);
}

static void check_links(struct scan *s)
{
    for (const struct link_list *l = s->links; l; l = l->next) {
        const char *href = tree_get(l->a, "href");
        const char *written = scan_address(s->book, NULL, href, s->scratch);
        if (!written || *written)
            continue;
        struct place where = tree_place(s->book->d, l->a);
        message(s->book->d->messages, SEVERITY_WARNING, "epub.link", &where,
                *href == '#' ? "Nothing in the book is called %s. The link's text stands without its link."
                             : "%s is not a place in the book nor on the web. The link's text stands without "
                               "its link.",
                href);
    }
}

void scan_book(struct book *b)
{
    static const struct walker w = {enter, NULL};
    struct scan s = {.book = b, .scratch = buf_new(b->arena)};
    s.last_picture = &b->pictures;
    s.last_link = &s.links;
    b->contains.described = true;
    tree_walk(b->d->body, &w, &s);
    for (struct chunk *c = b->chunks; c < b->chunks + b->chunk_count; c++) {
        const xmlNode *first = c->goes_on ? NULL : c->range.first;
        if (!c->title) /* what has no heading may have a label */
            c->title = c->goes_on                               ? c[-1].title
                       : first && tree_get(first, "aria-label") ? tree_get(first, "aria-label")
                                                                : b->title;
    }
    if (b->d->meta.cover)
        b->cover = picture_of(&s, b->d->meta.cover);
    check_links(&s);
    buf_free(s.scratch);
}
