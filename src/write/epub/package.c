/* The package document (EPUB 3.3 §5) with its metadata (EPUB Accessibility 1.1 §2). */
#include "document/direction.h"
#include "write/epub/book.h"
#include "write/tree/xhtml.h"
#include <stdio.h>

/* ---- small elements */

static void dc(struct buf *out, const char *name, const char *id, const char *value)
{
    if (!value || !*value)
        return;
    buf_printf(out, "<dc:%s", name);
    if (id)
        buf_printf(out, " id=\"%s\"", id);
    buf_byte(out, '>');
    xhtml_text(out, text_trim(text_of(value)));
    buf_printf(out, "</dc:%s>\n", name);
}

static void property(struct buf *out, const char *name, const char *value)
{
    buf_printf(out, "<meta property=\"%s\">", name);
    xhtml_text(out, text_trim(text_of(value)));
    buf_string(out, "</meta>\n");
}

static void refine(struct buf *out, const char *id, const char *name, const char *scheme, const char *value)
{
    buf_printf(out, "<meta refines=\"#%s\" property=\"%s\"", id, name);
    if (scheme)
        buf_printf(out, " scheme=\"%s\"", scheme);
    buf_byte(out, '>');
    xhtml_text(out, text_trim(text_of(value)));
    buf_string(out, "</meta>\n");
}

/* ---- who and what */

static void titles(const struct book *b, struct buf *out)
{
    dc(out, "title", "title", b->title);
    const char *subtitle = b->d->meta.subtitle;
    if (!subtitle || !*subtitle)
        return;
    refine(out, "title", "title-type", NULL, "main");
    refine(out, "title", "display-seq", NULL, "1");
    dc(out, "title", "subtitle", subtitle);
    refine(out, "subtitle", "title-type", NULL, "subtitle");
    refine(out, "subtitle", "display-seq", NULL, "2");
}

static bool has_role(const struct person *p, const char *role)
{
    return p->role && strcmp(p->role, role) == 0;
}

/* Authors are creators; a volume without them is its editors'. */
static const char *creating_role(const struct meta *m)
{
    for (const struct person *p = m->people; p; p = p->next)
        if (!p->role || has_role(p, "aut"))
            return "aut";
    return "edt";
}

static void people(const struct book *b, struct buf *out)
{
    const char *creates = creating_role(&b->d->meta);
    int number = 0;
    for (const struct person *p = b->d->meta.people; p; p = p->next) {
        const char *role = p->role && *p->role ? p->role : "aut";
        if (!p->name || !*p->name)
            continue;
        char id[32];
        snprintf(id, sizeof id, "person-%d", ++number);
        dc(out, strcmp(role, creates) == 0 ? "creator" : "contributor", id, p->name);
        refine(out, id, "role", "marc:relators", role);
        if (p->file_as && *p->file_as)
            refine(out, id, "file-as", NULL, p->file_as);
    }
}

static bool is_position(const char *s)
{
    size_t n = 0;
    for (const char *c = s; *c; c++, n++)
        if (!ascii_digit(*c) && !(*c == '.' && n > 0 && c[1] && c[-1] != '.'))
            return false;
    return n > 0;
}

static void check_position(const struct book *b, const char *name, const char *number, const char *key)
{
    struct place where = meta_place(b->d, key);
    if (name && *name && number && *number && !is_position(number))
        message(b->d->messages, SEVERITY_WARNING, "epub.position", &where,
                "The place “%s” in “%s” is no number, so the e-book's metadata don't have it. Write it in "
                "figures: 4, or 4.1.",
                number, name);
}

static void plan_date(struct book *b)
{
    const char *given = b->d->meta.date;
    if (!given || !*given)
        return;
    if (meta_is_date(given)) {
        b->date = given;
        return;
    }
    struct place where = meta_place(b->d, "date");
    message(b->d->messages, SEVERITY_WARNING, "epub.date", &where,
            "“%s” is not a date that an e-book's metadata can hold, so they have none. Write it as YYYY, "
            "YYYY-MM or YYYY-MM-DD.",
            given);
}

void package_plan(struct book *b)
{
    const struct meta *m = &b->d->meta;
    plan_date(b);
    check_position(b, m->series, m->series_number, "series-number");
    check_position(b, m->collection, m->collection_number, "collection-number");
}

/* What a checker can see is seen here; the rest is the certifier's to answer for. */
void package_claim(struct book *b)
{
    const char *against = !b->contains.described            ? "not every picture has an alternative text"
                          : strcmp(b->language, "und") == 0 ? "its language is not known"
                                                            : NULL;
    b->conforms = b->o->certified_by && !against;
    struct place where = {b->d->source_name, 0, 0};
    if (b->o->certified_by && against)
        message(b->d->messages, SEVERITY_WARNING, "epub.conforms", &where,
                "The e-book doesn't say that it conforms to EPUB Accessibility 1.1: %s.", against);
}

/* Series and collections (EPUB 3.3, D.3.3 and D.3.4). */
static void belongs_to(struct buf *out, const char *type, const char *id, const char *name,
                       const char *number)
{
    if (!name || !*name)
        return;
    buf_printf(out, "<meta property=\"belongs-to-collection\" id=\"%s\">", id);
    xhtml_text(out, text_of(name));
    buf_string(out, "</meta>\n");
    refine(out, id, "collection-type", NULL, type);
    if (number && is_position(number))
        refine(out, id, "group-position", NULL, number);
}

static const struct term *term_of(const struct meta *m, const char *subject)
{
    const struct term *t = m->terms;
    while (t && t->subject != subject)
        t = t->next;
    return t;
}

static void subjects(const struct meta *m, struct buf *out)
{
    int number = 0;
    for (const struct word_list *w = m->subjects; w; w = w->next) {
        const struct term *t = term_of(m, w->word);
        char id[32];
        snprintf(id, sizeof id, "subject-%d", ++number);
        dc(out, "subject", t ? id : NULL, w->word);
        if (!t)
            continue;
        refine(out, id, "authority", NULL, t->scheme);
        refine(out, id, "term", NULL, t->code);
    }
}

static void about(const struct book *b, struct buf *out)
{
    const struct meta *m = &b->d->meta;
    dc(out, "language", NULL, b->language);
    for (const struct word_list *w = m->languages; w; w = w->next)
        if (strcmp(w->word, b->language) != 0)
            dc(out, "language", NULL, w->word);
    dc(out, "date", NULL, b->date);
    dc(out, "publisher", NULL, m->publisher);
    dc(out, "description", NULL, m->description);
    subjects(m, out);
    dc(out, "rights", NULL, m->rights);
    if (m->license && *m->license)
        property(out, "dcterms:license", m->license);
    dc(out, "source", NULL, m->source);
    belongs_to(out, "series", "series", m->series, m->series_number);
    belongs_to(out, "set", "collection", m->collection, m->collection_number);
    property(out, "dcterms:modified", b->modified);
}

/* The sibling PDF has the same identifier: it is the source of the page breaks. */
static void page_source(const struct book *b, struct buf *out)
{
    if (!b->mark_count)
        return;
    dc(out, "source", "pages", b->d->meta.identifier);
    refine(out, "pages", "source-of", NULL, "pagination");
    property(out, "pageBreakSource", b->d->meta.identifier);
}

/* ---- access: nothing is claimed that isn't in the book */

static void features(const struct book *b, struct buf *out)
{
    const struct contains *has = &b->contains;
    const struct {
        bool given;
        const char *name;
    } list[] = {
        {true, "tableOfContents"},
        {true, "readingOrder"},
        {has->headings, "structuralNavigation"},
        {true, "displayTransformability"},
        {true, "ARIA"},
        {has->pictures && has->described, "alternativeText"},
        {has->math, "MathML"},
        {b->mark_count > 0, "pageBreakMarkers"},
        {b->mark_count > 0, "pageNavigation"},
    };
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++)
        if (list[i].given)
            property(out, "schema:accessibilityFeature", list[i].name);
}

void package_summary(const struct book *b, struct buf *out)
{
    const struct contains *has = &b->contains;
    buf_string(out,
               "The text can be reflowed, enlarged and recoloured, and read aloud in its order. It has a "
               "table of contents");
    buf_string(out, has->headings ? " and headings by level." : ".");
    if (has->notes)
        buf_string(out, " Each note is linked to its call and back.");
    if (b->mark_count)
        buf_string(out, " The page numbers of the printed edition are marked and listed.");
    if (has->math)
        buf_string(out, " Formulas are written in MathML.");
    if (has->pictures)
        buf_string(out, has->described ? " All pictures have alternative texts."
                                       : " Some pictures have no alternative text.");
}

static void summary(const struct book *b, struct buf *out)
{
    buf_string(out, "<meta property=\"schema:accessibilitySummary\" xml:lang=\"en\">");
    package_summary(b, out);
    buf_string(out, "</meta>\n");
}

static void access(const struct book *b, struct buf *out)
{
    const struct contains *has = &b->contains;
    property(out, "schema:accessMode", "textual");
    if (has->pictures)
        property(out, "schema:accessMode", "visual");
    if (!has->pictures || has->described)
        property(out, "schema:accessModeSufficient", "textual");
    if (has->pictures)
        property(out, "schema:accessModeSufficient", "textual,visual");
    features(b, out);
    property(out, "schema:accessibilityHazard", "none");
    summary(b, out);
}

/* EPUB Accessibility 1.1 §4.3.1: what it conforms to, and who says so. */
static void conformance(const struct book *b, struct buf *out)
{
    if (!b->conforms)
        return;
    buf_string(out,
               "<meta property=\"dcterms:conformsTo\" id=\"conformance\">EPUB Accessibility 1.1 - WCAG 2.2 "
               "Level AA</meta>\n");
    refine(out, "conformance", "a11y:certifiedBy", NULL, b->o->certified_by);
}

static void metadata(const struct book *b, struct buf *out)
{
    buf_string(out, "<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n");
    dc(out, "identifier", "identifier", b->d->meta.identifier);
    if (b->d->meta.identifier_type)
        refine(out, "identifier", "identifier-type", "onix:codelist5", b->d->meta.identifier_type);
    titles(b, out);
    people(b, out);
    about(b, out);
    page_source(b, out);
    access(b, out);
    conformance(b, out);
    if (b->cover)
        buf_string(out, "<meta name=\"cover\" content=\"cover-image\"/>\n");
    buf_string(out, "</metadata>\n");
}

/* ---- files */

static void item(struct buf *out, const char *id, const char *href, const char *type, const char *properties)
{
    buf_printf(out, "<item id=\"%s\" href=\"", id);
    xhtml_value(out, text_of(href));
    buf_printf(out, "\" media-type=\"%s\"", type);
    if (properties && *properties)
        buf_printf(out, " properties=\"%s\"", properties);
    buf_string(out, "/>\n");
}

/* Files' names make ids, without the suffix. */
static void chunk_id(const struct chunk *c, char id[64])
{
    snprintf(id, 64, "file-%.*s", (int)(strlen(c->file) - strlen(".xhtml")), c->file);
}

static void manifest(const struct book *b, struct buf *out)
{
    static const char xhtml[] = "application/xhtml+xml";
    buf_string(out, "<manifest>\n");
    item(out, "nav", "nav.xhtml", xhtml, "nav");
    item(out, "ncx", "toc.ncx", "application/x-dtbncx+xml", NULL);
    item(out, "base", "base.css", "text/css", NULL);
    if (b->o->css.length)
        item(out, "style", "style.css", "text/css", NULL);
    if (b->cover)
        item(out, "cover", "cover.xhtml", xhtml, NULL);
    char id[64];
    for (const struct chunk *c = b->chunks; c < b->chunks + b->chunk_count; c++) {
        chunk_id(c, id);
        item(out, id, c->file, xhtml,
             c->has_math && c->has_svg ? "mathml svg"
             : c->has_math             ? "mathml"
             : c->has_svg              ? "svg"
                                       : NULL);
    }
    int number = 0;
    for (const struct typeface *f = b->typefaces.first; f; f = f->next) {
        snprintf(id, sizeof id, "font-%d", ++number);
        item(out, id, f->href, f->media_type, NULL);
    }
    number = 0;
    for (const struct picture *p = b->pictures; p; p = p->next) {
        snprintf(id, sizeof id, "image-%d", ++number);
        bool cover = p == b->cover;
        item(out, cover ? "cover-image" : id, p->href, p->media_type, cover ? "cover-image" : NULL);
    }
    buf_string(out, "</manifest>\n");
}

/* A book has its contents among its pages, behind what opens it; an essay's are there to be called up. */
static void spine(const struct book *b, struct buf *out)
{
    static const char contents[] = "<itemref idref=\"nav\"/>\n";
    const struct chunk *behind = contents_place(b);
    buf_printf(out, "<spine toc=\"ncx\"%s>\n",
               language_from_right(b->language) ? " page-progression-direction=\"rtl\"" : "");
    if (b->cover)
        buf_string(out, "<itemref idref=\"cover\"/>\n");
    char id[64];
    for (const struct chunk *c = b->chunks; c < b->chunks + b->chunk_count; c++) {
        if (c == behind)
            buf_string(out, contents);
        chunk_id(c, id);
        buf_printf(out, "<itemref idref=\"%s\"/>\n", id);
    }
    if (!contents_shown(b))
        buf_string(out, "<itemref idref=\"nav\" linear=\"no\"/>\n");
    else if (!behind)
        buf_string(out, contents);
    buf_string(out, "</spine>\n");
}

void package_write(const struct book *b, struct buf *out)
{
    buf_string(out,
               "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<package xmlns=\"http://www.idpf.org/2007/opf\" "
               "version=\"3.0\" unique-identifier=\"identifier\" xml:lang=\"");
    xhtml_value(out, text_of(b->language));
    buf_string(out, language_from_right(b->language) ? "\" dir=\"rtl\">\n" : "\">\n");
    metadata(b, out);
    manifest(b, out);
    spine(b, out);
    buf_string(out, "</package>\n");
}
