#include "write/html/head.h"
#include "base/io.h"
#include "write/tree/html.h"

const char *head_title(const struct document *d)
{
    return d->meta.title && *d->meta.title ? d->meta.title : io_basename(d->source_name);
}

static const char *description(const struct meta *m)
{
    return m->description ? m->description : m->preview ? m->preview : m->subtitle;
}

/* ---- <meta> */

static void meta(struct buf *out, const char *kind, const char *name, const char *content)
{
    if (!content || !*content)
        return;
    buf_string(out, "<meta");
    html_attribute(out, kind, name);
    html_attribute(out, "content", content);
    buf_string(out, ">\n");
}

/* "en-GB" as Open Graph writes it: en_GB. A language alone is no locale. */
static const char *locale(struct arena *a, const char *language)
{
    if (!language || strlen(language) != 5 || language[2] != '-')
        return NULL;
    char *l = arena_string(a, language);
    l[2] = '_';
    return l;
}

/* The address of what lies beside the page; NULL: not known. */
static const char *address_beside(struct arena *a, const char *link, const char *file)
{
    static const char kept[] = "-._~"; /* RFC 3986 §2.3 */
    if (!link || !file)
        return NULL;
    const char *host = strstr(link, "://"), *end = link + strcspn(link, "?#"), *slash = end;
    host = host ? host + 3 : link;
    while (slash > host && slash[-1] != '/')
        slash--;
    struct buf *b = buf_new(a);
    buf_text(b, (struct text){link, (size_t)((slash > host ? slash : end) - link)});
    if (slash == host)
        buf_byte(b, '/');
    for (const char *c = file; *c; c++)
        if (ascii_alpha(*c) || ascii_digit(*c) || strchr(kept, *c))
            buf_byte(b, *c);
        else
            buf_printf(b, "%%%02X", (unsigned char)*c);
    return buf_view(b).at;
}

/* What shows links shows it large (developer.x.com, Twitter Cards). */
static void picture(const struct document *d, const struct html_page_options *o, struct buf *out)
{
    const char *address = address_beside(d->arena, o->link, o->card);
    if (!address)
        return;
    meta(out, "property", "og:image", address);
    meta(out, "property", "og:image:type", "image/png");
    meta(out, "property", "og:image:width", "1200");
    meta(out, "property", "og:image:height", "630");
    meta(out, "property", "og:image:alt", head_title(d));
    meta(out, "name", "twitter:card", "summary_large_image");
}

static void open_graph(const struct document *d, const struct html_page_options *o, struct buf *out)
{
    const struct meta *m = &d->meta;
    meta(out, "property", "og:type", "article");
    meta(out, "property", "og:title", head_title(d));
    meta(out, "property", "og:description", description(m));
    meta(out, "property", "og:url", o->link);
    picture(d, o, out);
    meta(out, "property", "og:site_name", m->publisher);
    meta(out, "property", "og:locale", locale(d->arena, m->language));
    meta(out, "property", "article:published_time", m->date);
    for (const struct person *p = m->people; p; p = p->next)
        if (person_is_author(p))
            meta(out, "property", "article:author", p->name);
    for (const struct word_list *w = m->subjects; w; w = w->next)
        meta(out, "property", "article:tag", w->word);
}

/* ---- JSON-LD */

/* A JSON string (RFC 8259) in which nothing can end the <script>. */
static void json_string(struct buf *out, const char *s)
{
    buf_byte(out, '"');
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c < 0x20 || c == '<' || c == '>' || c == '&')
            buf_printf(out, "\\u%04x", c);
        else if (c == '"' || c == '\\')
            buf_printf(out, "\\%c", c);
        else
            buf_byte(out, (char)c);
    }
    buf_byte(out, '"');
}

static void member(struct buf *out, const char *name, const char *value)
{
    if (!value || !*value)
        return;
    buf_printf(out, ",\n\"%s\": ", name);
    json_string(out, value);
}

static void people(struct buf *out, const struct person *list, const char *name, const char *role)
{
    const char *before = ": [";
    for (const struct person *p = list; p; p = p->next) {
        if (strcmp(p->role ? p->role : "aut", role) != 0)
            continue;
        if (before[0] == ':')
            buf_printf(out, ",\n\"%s\"", name);
        buf_printf(out, "%s{\"@type\": \"Person\", \"name\": ", before);
        json_string(out, p->name);
        buf_byte(out, '}');
        before = ", ";
    }
    if (before[0] == ',')
        buf_byte(out, ']');
}

static void keywords(struct buf *out, const struct word_list *subjects)
{
    if (!subjects)
        return;
    buf_string(out, ",\n\"keywords\": [");
    for (const struct word_list *w = subjects; w; w = w->next) {
        json_string(out, w->word);
        buf_string(out, w->next ? ", " : "]");
    }
}

static void article(const struct document *d, const struct html_page_options *o, struct buf *out)
{
    const struct meta *m = &d->meta;
    buf_string(out, "<script type=\"application/ld+json\">\n{\"@context\": \"https://schema.org\",\n"
                    "\"@type\": \"Article\"");
    member(out, "headline", head_title(d));
    member(out, "alternativeHeadline", m->subtitle);
    people(out, m->people, "author", "aut");
    people(out, m->people, "editor", "edt");
    people(out, m->people, "translator", "trl");
    people(out, m->people, "illustrator", "ill");
    people(out, m->people, "contributor", "ctb");
    member(out, "datePublished", m->date);
    member(out, "inLanguage", m->language);
    if (m->publisher && *m->publisher) {
        buf_string(out, ",\n\"publisher\": {\"@type\": \"Organization\", \"name\": ");
        json_string(out, m->publisher);
        buf_byte(out, '}');
    }
    member(out, "description", description(m));
    keywords(out, m->subjects);
    member(out, "copyrightNotice", m->rights);
    member(out, "license", m->license);
    member(out, "identifier", m->identifier);
    member(out, "url", o->link);
    member(out, "image", address_beside(d->arena, o->link, o->card));
    buf_string(out, "}\n</script>\n");
}

void head_describe(const struct document *d, const struct html_page_options *o, struct buf *out)
{
    meta(out, "name", "description", description(&d->meta));
    for (const struct person *p = d->meta.people; p; p = p->next)
        if (person_is_author(p))
            meta(out, "name", "author", p->name);
    if (o->link) {
        buf_string(out, "<link rel=\"canonical\"");
        html_attribute(out, "href", o->link);
        buf_string(out, ">\n");
    }
    open_graph(d, o, out);
    article(d, o, out);
}
