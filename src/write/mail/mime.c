/* The parts put together by GMime. What GMime would draw at random comes from a hash of the content. */
#include <gmime/gmime.h>

#include "write/mail/headers.h"
#include "write/mail/letter.h"
#include <pthread.h>

/* GMime counts its users without a lock. It holds tables that never change afterwards, and stays. */
static pthread_once_t begun = PTHREAD_ONCE_INIT;

void mime_begin(void)
{
    pthread_once(&begun, g_mime_init);
}

struct mime {
    const struct letter *l;
    GMimeFormatOptions *format;
    char hash[65]; /* of the content, in hexadecimal */
    int boundaries;
};

/* ---- the hash */

static void hash_string(GChecksum *sum, const char *s)
{
    if (s)
        g_checksum_update(sum, (const guchar *)s, (gssize)strlen(s));
    g_checksum_update(sum, (const guchar *)"", 1);
}

static void hash_text(GChecksum *sum, struct text t)
{
    g_checksum_update(sum, (const guchar *)t.at, (gssize)t.length);
    g_checksum_update(sum, (const guchar *)"", 1);
}

static void hash_content(struct mime *m, struct text plain, struct text html)
{
    const struct letter *l = m->l;
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    hash_string(sum, l->subject);
    hash_string(sum, l->d->meta.from);
    for (const struct word_list *w = l->d->meta.to; w; w = w->next)
        hash_string(sum, w->word);
    hash_text(sum, plain);
    hash_text(sum, html);
    for (const struct mail_picture *p = l->pictures; p; p = p->next)
        hash_text(sum, p->bytes);
    for (size_t i = 0; i < l->o->attachment_count; i++) {
        hash_string(sum, l->o->attachments[i].name);
        hash_text(sum, l->o->attachments[i].bytes);
    }
    g_checksum_update(sum, (const guchar *)&l->linked, sizeof l->linked);
    g_strlcpy(m->hash, g_checksum_get_string(sum), sizeof m->hash);
    g_checksum_free(sum);
}

/* ---- parts */

static void set_content(GMimePart *part, struct text bytes)
{
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes.at, bytes.length);
    GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
    g_mime_part_set_content(part, content);
    g_object_unref(content);
    g_object_unref(stream);
}

/* Base 64 is of bytes: the line ends in them are those of mail. */
static struct text with_crlf(struct arena *a, struct text t)
{
    struct buf *b = buf_new(a);
    for (size_t i = 0; i < t.length; i++) {
        if (t.at[i] == '\n')
            buf_byte(b, '\r');
        buf_byte(b, t.at[i]);
    }
    return buf_view(b);
}

/* Quoted-printable triples each byte that isn't ASCII; past a sixth of them base 64 is the shorter. */
static bool mostly_ascii(struct text t)
{
    size_t others = 0;
    for (size_t i = 0; i < t.length; i++)
        others += (unsigned char)t.at[i] >= 0x80;
    return others * 6 < t.length;
}

struct text_part {
    const char *subtype;
    struct text bytes; /* as they are encoded */
    GMimeContentEncoding encoding;
};

static struct text_part text_part_of(struct arena *a, const char *subtype, struct text t)
{
    if (mostly_ascii(t))
        return (struct text_part){subtype, t, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE};
    return (struct text_part){subtype, with_crlf(a, t), GMIME_CONTENT_ENCODING_BASE64};
}

static GMimeObject *new_text(const struct text_part *t)
{
    GMimePart *part = g_mime_part_new_with_type("text", t->subtype);
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
    set_content(part, t->bytes);
    g_mime_part_set_content_encoding(part, t->encoding);
    return GMIME_OBJECT(part);
}

static GMimePart *new_file(const char *media_type, const char *name, const char *disposition,
                           struct text bytes)
{
    GMimeContentType *type = g_mime_content_type_parse(NULL, media_type);
    GMimePart *part = g_mime_part_new_with_type(g_mime_content_type_get_media_type(type),
                                                g_mime_content_type_get_media_subtype(type));
    g_object_unref(type);
    g_mime_object_set_disposition(GMIME_OBJECT(part), disposition);
    g_mime_part_set_filename(part, name);
    set_content(part, bytes);
    g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_BASE64);
    return part;
}

/* ---- multiparts; "=_" stands in neither quoted-printable nor base 64 */

static GMimeMultipart *new_multipart(struct mime *m, const char *subtype)
{
    GMimeMultipart *multipart = g_mime_multipart_new_with_subtype(subtype);
    char boundary[64];
    g_snprintf(boundary, sizeof boundary, "=_octavo_%d_%.32s", ++m->boundaries, m->hash);
    g_mime_multipart_set_boundary(multipart, boundary);
    return multipart;
}

static void add_part(GMimeMultipart *to, GMimeObject *part)
{
    g_mime_multipart_add(to, part);
    g_object_unref(part);
}

static GMimeObject *new_related(struct mime *m, const struct text_part *html)
{
    if (!m->l->pictures)
        return new_text(html);
    GMimeMultipart *related = new_multipart(m, "related");
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(related), "type", "text/html");
    add_part(related, new_text(html));
    for (const struct mail_picture *p = m->l->pictures; p; p = p->next) {
        GMimePart *part = new_file(p->resource->media_type, p->file, "inline", p->bytes);
        g_mime_part_set_content_id(part, p->cid);
        add_part(related, GMIME_OBJECT(part));
    }
    return GMIME_OBJECT(related);
}

static GMimeObject *new_mixed(struct mime *m, const struct text_part *plain, const struct text_part *html)
{
    GMimeMultipart *mixed = new_multipart(m, "mixed"), *alternative = new_multipart(m, "alternative");
    add_part(alternative, new_text(plain));
    add_part(alternative, new_related(m, html));
    add_part(mixed, GMIME_OBJECT(alternative));
    for (size_t i = 0; i < m->l->o->attachment_count; i++) {
        const struct mail_attachment *a = &m->l->o->attachments[i];
        add_part(mixed, GMIME_OBJECT(new_file(a->media_type, a->name, "attachment", a->bytes)));
    }
    return GMIME_OBJECT(mixed);
}

/* ---- headers */

static void add_people(GMimeMessage *message, GMimeAddressType type, const struct mailbox *list)
{
    for (const struct mailbox *m = list; m; m = m->next) {
        InternetAddress *mailbox = internet_address_mailbox_new(m->name, m->address);
        internet_address_set_charset(mailbox, "utf-8");
        internet_address_list_add(g_mime_message_get_addresses(message, type), mailbox);
        g_object_unref(mailbox);
    }
}

static void set_header(GMimeMessage *message, const char *name, const char *value)
{
    if (value)
        g_mime_object_set_header(GMIME_OBJECT(message), name, value, "utf-8");
}

/* All strings are ready, so that nothing here asks the arena for memory. */
struct header_values {
    const struct mailbox *from, **to; /* `to`: for each word of the metadata, NULL at the end */
    const char *list_id, *unsubscribe, *archived, *language;
    bool one_click;
};

static struct header_values values_of(const struct letter *l)
{
    const struct meta *m = &l->d->meta;
    size_t count = 0;
    for (const struct word_list *w = m->to; w; w = w->next)
        count++;
    struct header_values h = {.list_id = headers_list_id(l), .language = m->language};
    h.to = arena_array(l->arena, count + 1, sizeof(struct mailbox *));
    count = 0;
    for (const struct word_list *w = m->to; w; w = w->next)
        h.to[count++] = headers_mailboxes(l->arena, w->word);
    h.from = m->from && *m->from ? headers_mailboxes(l->arena, m->from) : NULL;
    h.unsubscribe = headers_unsubscribe(l, &h.one_click);
    h.archived = l->o->link ? arena_printf(l->arena, "<%s>", l->o->link) : NULL;
    return h;
}

static void set_headers(struct mime *m, const struct header_values *h, GMimeMessage *message)
{
    const struct letter *l = m->l;
    if (h->from)
        add_people(message, GMIME_ADDRESS_TYPE_FROM, h->from);
    else
        set_header(message, "X-Unsent", "1"); /* mail programs open it as a draft */
    for (const struct mailbox **to = h->to; *to; to++)
        add_people(message, GMIME_ADDRESS_TYPE_TO, *to);
    g_mime_message_set_subject(message, l->subject, "utf-8");
    GDateTime *date = g_date_time_new_from_unix_utc(l->o->date);
    if (date) {
        g_mime_message_set_date(message, date);
        g_date_time_unref(date);
    }
    char id[400];
    g_snprintf(id, sizeof id, "%.40s@%.253s", m->hash, l->domain);
    g_mime_message_set_message_id(message, id);
    set_header(message, "Content-Language", h->language);
    set_header(message, "List-Id", h->list_id);
    set_header(message, "List-Unsubscribe", h->unsubscribe);
    set_header(message, "List-Unsubscribe-Post", h->one_click ? "List-Unsubscribe=One-Click" : NULL);
    set_header(message, "Archived-At", h->archived);
}

/* ---- the mail */

static void end_bytes(void *what)
{
    GByteArray **bytes = what;
    if (*bytes)
        g_byte_array_unref(*bytes);
}

static GByteArray *write_message(struct mime *m, GMimeMessage *message)
{
    GByteArray *bytes = g_byte_array_new();
    GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(bytes);
    g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
    g_mime_object_write_to_stream(GMIME_OBJECT(message), m->format, stream);
    g_object_unref(stream);
    return bytes;
}

static GMimeFormatOptions *new_format(void)
{
    GMimeFormatOptions *format = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
    g_mime_format_options_set_param_encoding_method(format, GMIME_PARAM_ENCODING_METHOD_RFC2231);
    return format;
}

struct text mime_assemble(const struct letter *l, struct text plain, struct text html)
{
    struct header_values h = values_of(l);
    struct text_part texts[] = {text_part_of(l->arena, "plain", plain), text_part_of(l->arena, "html", html)};
    GByteArray **bytes = arena_alloc(l->arena, sizeof *bytes);
    arena_defer(l->arena, end_bytes, bytes);
    struct mime m = {.l = l, .format = new_format()}; /* from here on nothing asks the arena for memory */
    hash_content(&m, plain, html);
    GMimeMessage *message = g_mime_message_new(FALSE);
    set_headers(&m, &h, message);
    GMimeObject *mixed = new_mixed(&m, &texts[0], &texts[1]);
    g_mime_message_set_mime_part(message, mixed);
    g_object_unref(mixed);
    *bytes = write_message(&m, message);
    g_object_unref(message);
    g_mime_format_options_free(m.format);
    return (struct text){(const char *)(*bytes)->data, (*bytes)->len};
}
