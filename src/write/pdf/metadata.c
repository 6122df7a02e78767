/* Metadata: XMP (ISO 16684-1) with the claims and the Info dictionary in step with it. */
#include "write/pdf/syntax.h"
#include "write/pdf/writer.h"

static const char producer[] = "octavo";

static const char *title_of(const struct writer *w)
{
    const struct meta *m = &w->document->meta;
    if (m->title && *m->title)
        return m->title;
    const char *name = w->document->source_name ? io_basename(w->document->source_name) : "";
    return *name ? name : "Untitled";
}

/* ---- XMP */

static void element(struct buf *b, const char *name, const char *value)
{
    if (!value || !*value)
        return;
    buf_printf(b, "<%s>", name);
    buf_xml(b, text_of(value), false);
    buf_printf(b, "</%s>\n", name);
}

static void array_begin(struct buf *b, const char *name, const char *kind)
{
    buf_printf(b, "<%s><rdf:%s>", name, kind);
}

static void array_item(struct buf *b, const char *attributes, const char *value)
{
    buf_printf(b, "<rdf:li%s>", attributes);
    buf_xml(b, text_of(value), false);
    buf_string(b, "</rdf:li>");
}

static void array_end(struct buf *b, const char *name, const char *kind)
{
    buf_printf(b, "</rdf:%s></%s>\n", kind, name);
}

/* A text in one language, which is also the default. */
static void in_language(struct buf *b, const char *name, const char *value)
{
    if (!value || !*value)
        return;
    array_begin(b, name, "Alt");
    array_item(b, " xml:lang=\"x-default\"", value);
    array_end(b, name, "Alt");
}

static void list(struct buf *b, const char *name, const char *kind, const char *first,
                 const struct word_list *rest)
{
    if (!first && !rest)
        return;
    array_begin(b, name, kind);
    if (first)
        array_item(b, "", first);
    for (const struct word_list *i = rest; i; i = i->next)
        array_item(b, "", i->word);
    array_end(b, name, kind);
}

static void people(struct buf *b, const char *name, const char *kind, const struct person *all, bool authors)
{
    bool any = false;
    for (const struct person *p = all; p; p = p->next) {
        if (person_is_author(p) != authors)
            continue;
        if (!any)
            array_begin(b, name, kind);
        array_item(b, "", p->name);
        any = true;
    }
    if (any)
        array_end(b, name, kind);
}

static void dublin_core(const struct writer *w, struct buf *b)
{
    const struct meta *m = &w->document->meta;
    element(b, "dc:format", "application/pdf");
    in_language(b, "dc:title", title_of(w));
    people(b, "dc:creator", "Seq", m->people, true);
    people(b, "dc:contributor", "Bag", m->people, false);
    in_language(b, "dc:description", m->description);
    in_language(b, "dc:rights", m->rights);
    list(b, "dc:language", "Bag", w->pages->language ? w->pages->language : m->language, m->languages);
    list(b, "dc:publisher", "Bag", m->publisher, NULL);
    list(b, "dc:subject", "Bag", NULL, m->subjects);
    element(b, "dc:identifier", m->identifier);
    element(b, "dc:source", m->source);
    if (m->date && meta_is_date(m->date))
        list(b, "dc:date", "Seq", m->date, NULL);
}

static void date(struct buf *b, const char *name, long long seconds)
{
    buf_printf(b, "<%s>", name);
    xmp_date(b, seconds);
    buf_printf(b, "</%s>\n", name);
}

static struct text keywords(struct writer *w)
{
    struct buf *b = buf_new(w->arena);
    for (const struct word_list *s = w->document->meta.subjects; s; s = s->next) {
        if (b->length)
            buf_string(b, ", ");
        buf_string(b, s->word);
    }
    return buf_view(b);
}

/* pdfuaid is no schema that PDF/A knows: it must be described (ISO 19005-2 §6.6.2.3). */
static const char access_schema[] =
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\n"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
    "<pdfaProperty:category>internal</pdfaProperty:category>\n"
    "<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>\n"
    "</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>\n";

/* Well-Tagged PDF 1.0 §6.1 asks of a file what PDF/UA-2 does, and that it says so. */
static const char well_tagged[] =
    "<pdfd:declarations xmlns:pdfd=\"http://pdfa.org/declarations/\"><rdf:Bag>\n"
    "<rdf:li rdf:parseType=\"Resource\"><pdfd:conformsTo>http://pdfa.org/declarations/wtpdf#accessibility1.0"
    "</pdfd:conformsTo></rdf:li>\n"
    "<rdf:li rdf:parseType=\"Resource\"><pdfd:conformsTo>http://pdfa.org/declarations/wtpdf#reuse1.0"
    "</pdfd:conformsTo></rdf:li>\n"
    "</rdf:Bag></pdfd:declarations>\n";

static void claims(const struct writer *w, struct buf *b)
{
    bool archive = !(w->broken & BROKEN_ARCHIVE), access = !(w->broken & BROKEN_ACCESS);
    bool files = w->options->attachment_count > 0;
    if (w->modern) {
        if (archive)
            buf_printf(b, "<pdfaid:part>4</pdfaid:part><pdfaid:rev>2020</pdfaid:rev>%s\n",
                       files ? "<pdfaid:conformance>F</pdfaid:conformance>" : "");
        if (access)
            buf_printf(b, "<pdfuaid:part>2</pdfuaid:part><pdfuaid:rev>2024</pdfuaid:rev>\n%s", well_tagged);
        return;
    }
    if (archive)
        buf_printf(b, "<pdfaid:part>%d</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>\n",
                   files ? 3 : 2);
    if (access) {
        buf_string(b, "<pdfuaid:part>1</pdfuaid:part>\n");
        buf_string(b, access_schema);
    }
}

static void rights(const struct writer *w, struct buf *b)
{
    const struct meta *m = &w->document->meta;
    if (m->license && strstr(m->license, "://"))
        element(b, "xmpRights:WebStatement", m->license);
    else
        in_language(b, "xmpRights:UsageTerms", m->license);
}

/* Those that are used. */
static void print_namespaces(const struct writer *w, struct buf *b)
{
    bool archive = !(w->broken & BROKEN_ARCHIVE), access = !(w->broken & BROKEN_ACCESS);
    const struct {
        const char *prefix, *name;
        bool used;
    } all[] = {{"dc", "http://purl.org/dc/elements/1.1/", true},
               {"xmp", "http://ns.adobe.com/xap/1.0/", true},
               {"xmpRights", "http://ns.adobe.com/xap/1.0/rights/", w->document->meta.license != NULL},
               {"pdf", "http://ns.adobe.com/pdf/1.3/", true},
               {"pdfaid", "http://www.aiim.org/pdfa/ns/id/", archive},
               {"pdfuaid", "http://www.aiim.org/pdfua/ns/id/", access},
               {"pdfaExtension", "http://www.aiim.org/pdfa/ns/extension/", access && !w->modern},
               {"pdfaSchema", "http://www.aiim.org/pdfa/ns/schema#", access && !w->modern},
               {"pdfaProperty", "http://www.aiim.org/pdfa/ns/property#", access && !w->modern}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].used)
            buf_printf(b, " xmlns:%s=\"%s\"", all[i].prefix, all[i].name);
}

int writer_metadata(struct writer *w)
{
    long long when = w->options->date;
    struct buf *b = buf_new(w->arena);
    buf_string(b, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                  "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                  "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                  "<rdf:Description rdf:about=\"\"");
    print_namespaces(w, b);
    buf_string(b, ">\n");
    dublin_core(w, b);
    date(b, "xmp:CreateDate", when);
    date(b, "xmp:ModifyDate", when);
    date(b, "xmp:MetadataDate", when);
    element(b, "xmp:CreatorTool", producer);
    element(b, "pdf:Producer", producer);
    element(b, "pdf:Keywords", keywords(w).at);
    rights(w, b);
    claims(w, b);
    buf_string(b, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>");
    if (!w->tagged)
        return store_add_deflated(w->store, TEXT("/Type/Metadata/Subtype/XML"), buf_view(b));
    /* Not deflated: tools that know no PDF find it by its text. */
    return store_add_stream(w->store, TEXT("/Type/Metadata/Subtype/XML"), buf_view(b));
}

/* ---- Info */

static void info_text(struct writer *w, struct buf *b, const char *key, struct text value)
{
    if (!value.length)
        return;
    buf_printf(b, "/%s", key);
    writer_text(w, b, value);
}

void writer_info(struct writer *w)
{
    const struct meta *m = &w->document->meta;
    struct buf *b = buf_new(w->arena), *authors = buf_new(w->arena);
    for (const struct person *p = m->people; p; p = p->next) {
        if (!person_is_author(p))
            continue;
        buf_string(authors, authors->length ? ", " : "");
        buf_string(authors, p->name);
    }
    info_text(w, b, "Title", text_of(title_of(w)));
    info_text(w, b, "Author", buf_view(authors));
    info_text(w, b, "Subject", text_of(m->description));
    info_text(w, b, "Keywords", keywords(w));
    info_text(w, b, "Creator", text_of(producer));
    info_text(w, b, "Producer", text_of(producer));
    buf_string(b, "/CreationDate");
    pdf_date(b, w->options->date);
    buf_string(b, "/ModDate");
    pdf_date(b, w->options->date);
    store_fill(w->store, store_info(w->store), buf_view(b));
    buf_free(b);
    buf_free(authors);
}
