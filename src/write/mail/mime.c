/* The parts put together by GMime. What GMime would draw at random comes from a hash of the content. */
#define G_DISABLE_CAST_CHECKS /* a cast that is checked calls GObject, which isn't linked */
#include <gmime/gmime.h>

#include "base/library.h"
#include "write/mail/headers.h"
#include "write/mail/letter.h"
#include <pthread.h>

#define GMIME_CALLS(F)                                                                                       \
    F(g_mime_content_type_get_media_subtype)                                                                 \
    F(g_mime_content_type_get_media_type)                                                                    \
    F(g_mime_content_type_parse)                                                                             \
    F(g_mime_data_wrapper_new_with_stream)                                                                   \
    F(g_mime_format_options_free)                                                                            \
    F(g_mime_format_options_new)                                                                             \
    F(g_mime_format_options_set_newline_format)                                                              \
    F(g_mime_format_options_set_param_encoding_method)                                                       \
    F(g_mime_init)                                                                                           \
    F(g_mime_message_get_addresses)                                                                          \
    F(g_mime_message_new)                                                                                    \
    F(g_mime_message_set_date)                                                                               \
    F(g_mime_message_set_message_id)                                                                         \
    F(g_mime_message_set_mime_part)                                                                          \
    F(g_mime_message_set_subject)                                                                            \
    F(g_mime_multipart_add)                                                                                  \
    F(g_mime_multipart_new_with_subtype)                                                                     \
    F(g_mime_multipart_set_boundary)                                                                         \
    F(g_mime_object_set_content_type_parameter)                                                              \
    F(g_mime_object_set_disposition)                                                                         \
    F(g_mime_object_set_header)                                                                              \
    F(g_mime_object_write_to_stream)                                                                         \
    F(g_mime_part_new_with_type)                                                                             \
    F(g_mime_part_set_content)                                                                               \
    F(g_mime_part_set_content_encoding)                                                                      \
    F(g_mime_part_set_content_id)                                                                            \
    F(g_mime_part_set_filename)                                                                              \
    F(g_mime_stream_mem_new_with_buffer)                                                                     \
    F(g_mime_stream_mem_new_with_byte_array)                                                                 \
    F(g_mime_stream_mem_set_owner)                                                                           \
    F(g_object_unref)                                                                                        \
    F(internet_address_list_add)                                                                             \
    F(internet_address_mailbox_new)                                                                          \
    F(internet_address_set_charset)

struct gmime {
    GMIME_CALLS(LIBRARY_FIELD)
};

static const char *const gmime_names[] = {GMIME_CALLS(LIBRARY_NAME) NULL};

/* GMime counts its users without a lock. It holds tables that never change afterwards, and stays. */
static pthread_once_t begun = PTHREAD_ONCE_INIT;

int mime_begin(struct letter *l)
{
    struct gmime *g = arena_alloc(l->arena, sizeof *g);
    if (library_load(LIBRARY_GMIME, gmime_names, g) != 0) {
        message(l->d->messages, SEVERITY_SYSTEM, "mail.library", NULL,
                "A mail can't be put together without GMime, which isn't installed. Install Debian's package "
                "libgmime-3.0-0.");
        return -1;
    }
    pthread_once(&begun, g->g_mime_init);
    l->gmime = g;
    return 0;
}

struct mime {
    const struct letter *l;
    const struct gmime *g;
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

static void set_content(const struct gmime *g, GMimePart *part, struct text bytes)
{
    GMimeStream *stream = g->g_mime_stream_mem_new_with_buffer(bytes.at, bytes.length);
    GMimeDataWrapper *content =
        g->g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
    g->g_mime_part_set_content(part, content);
    g->g_object_unref(content);
    g->g_object_unref(stream);
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

static GMimeObject *new_text(const struct gmime *g, const struct text_part *t)
{
    GMimePart *part = g->g_mime_part_new_with_type("text", t->subtype);
    g->g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
    set_content(g, part, t->bytes);
    g->g_mime_part_set_content_encoding(part, t->encoding);
    return GMIME_OBJECT(part);
}

static GMimePart *new_file(const struct gmime *g, const char *media_type, const char *name,
                           const char *disposition, struct text bytes)
{
    GMimeContentType *type = g->g_mime_content_type_parse(NULL, media_type);
    GMimePart *part = g->g_mime_part_new_with_type(g->g_mime_content_type_get_media_type(type),
                                                   g->g_mime_content_type_get_media_subtype(type));
    g->g_object_unref(type);
    g->g_mime_object_set_disposition(GMIME_OBJECT(part), disposition);
    g->g_mime_part_set_filename(part, name);
    set_content(g, part, bytes);
    g->g_mime_part_set_content_encoding(part, GMIME_CONTENT_ENCODING_BASE64);
    return part;
}

/* ---- multiparts; "=_" stands in neither quoted-printable nor base 64 */

static GMimeMultipart *new_multipart(struct mime *m, const char *subtype)
{
    const struct gmime *g = m->g;
    GMimeMultipart *multipart = g->g_mime_multipart_new_with_subtype(subtype);
    char boundary[64];
    g_snprintf(boundary, sizeof boundary, "=_octavo_%d_%.32s", ++m->boundaries, m->hash);
    g->g_mime_multipart_set_boundary(multipart, boundary);
    return multipart;
}

static void add_part(const struct gmime *g, GMimeMultipart *to, GMimeObject *part)
{
    g->g_mime_multipart_add(to, part);
    g->g_object_unref(part);
}

static GMimeObject *new_related(struct mime *m, const struct text_part *html)
{
    const struct gmime *g = m->g;
    if (!m->l->pictures)
        return new_text(g, html);
    GMimeMultipart *related = new_multipart(m, "related");
    g->g_mime_object_set_content_type_parameter(GMIME_OBJECT(related), "type", "text/html");
    add_part(g, related, new_text(g, html));
    for (const struct mail_picture *p = m->l->pictures; p; p = p->next) {
        GMimePart *part = new_file(g, p->resource->media_type, p->file, "inline", p->bytes);
        g->g_mime_part_set_content_id(part, p->cid);
        add_part(g, related, GMIME_OBJECT(part));
    }
    return GMIME_OBJECT(related);
}

static GMimeObject *new_mixed(struct mime *m, const struct text_part *plain, const struct text_part *html)
{
    const struct gmime *g = m->g;
    GMimeMultipart *mixed = new_multipart(m, "mixed"), *alternative = new_multipart(m, "alternative");
    add_part(g, alternative, new_text(g, plain));
    add_part(g, alternative, new_related(m, html));
    add_part(g, mixed, GMIME_OBJECT(alternative));
    for (size_t i = 0; i < m->l->o->attachment_count; i++) {
        const struct mail_attachment *a = &m->l->o->attachments[i];
        add_part(g, mixed, GMIME_OBJECT(new_file(g, a->media_type, a->name, "attachment", a->bytes)));
    }
    return GMIME_OBJECT(mixed);
}

/* ---- headers */

static void add_people(const struct gmime *g, GMimeMessage *message, GMimeAddressType type,
                       const struct mailbox *list)
{
    for (const struct mailbox *m = list; m; m = m->next) {
        InternetAddress *mailbox = g->internet_address_mailbox_new(m->name, m->address);
        g->internet_address_set_charset(mailbox, "utf-8");
        g->internet_address_list_add(g->g_mime_message_get_addresses(message, type), mailbox);
        g->g_object_unref(mailbox);
    }
}

static void set_header(const struct gmime *g, GMimeMessage *message, const char *name, const char *value)
{
    if (value)
        g->g_mime_object_set_header(GMIME_OBJECT(message), name, value, "utf-8");
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
    const struct gmime *g = m->g;
    const struct letter *l = m->l;
    if (h->from)
        add_people(g, message, GMIME_ADDRESS_TYPE_FROM, h->from);
    else
        set_header(g, message, "X-Unsent", "1"); /* mail programs open it as a draft */
    for (const struct mailbox **to = h->to; *to; to++)
        add_people(g, message, GMIME_ADDRESS_TYPE_TO, *to);
    g->g_mime_message_set_subject(message, l->subject, "utf-8");
    GDateTime *date = g_date_time_new_from_unix_utc(l->o->date);
    if (date) {
        g->g_mime_message_set_date(message, date);
        g_date_time_unref(date);
    }
    char id[400];
    g_snprintf(id, sizeof id, "%.40s@%.253s", m->hash, l->domain);
    g->g_mime_message_set_message_id(message, id);
    set_header(g, message, "Content-Language", h->language);
    set_header(g, message, "List-Id", h->list_id);
    set_header(g, message, "List-Unsubscribe", h->unsubscribe);
    set_header(g, message, "List-Unsubscribe-Post", h->one_click ? "List-Unsubscribe=One-Click" : NULL);
    set_header(g, message, "Archived-At", h->archived);
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
    const struct gmime *g = m->g;
    GByteArray *bytes = g_byte_array_new();
    GMimeStream *stream = g->g_mime_stream_mem_new_with_byte_array(bytes);
    g->g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
    g->g_mime_object_write_to_stream(GMIME_OBJECT(message), m->format, stream);
    g->g_object_unref(stream);
    return bytes;
}

static GMimeFormatOptions *new_format(const struct gmime *g)
{
    GMimeFormatOptions *format = g->g_mime_format_options_new();
    g->g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
    g->g_mime_format_options_set_param_encoding_method(format, GMIME_PARAM_ENCODING_METHOD_RFC2231);
    return format;
}

struct text mime_assemble(const struct letter *l, struct text plain, struct text html)
{
    struct header_values h = values_of(l);
    struct text_part texts[] = {text_part_of(l->arena, "plain", plain), text_part_of(l->arena, "html", html)};
    GByteArray **bytes = arena_alloc(l->arena, sizeof *bytes);
    arena_defer(l->arena, end_bytes, bytes);
    struct mime m = {.l = l,
                     .g = l->gmime,
                     .format = new_format(l->gmime)}; /* from here on nothing asks the arena for memory */
    hash_content(&m, plain, html);
    const struct gmime *g = m.g;
    GMimeMessage *message = g->g_mime_message_new(FALSE);
    set_headers(&m, &h, message);
    GMimeObject *mixed = new_mixed(&m, &texts[0], &texts[1]);
    g->g_mime_message_set_mime_part(message, mixed);
    g->g_object_unref(mixed);
    *bytes = write_message(&m, message);
    g->g_object_unref(message);
    g->g_mime_format_options_free(m.format);
    return (struct text){(const char *)(*bytes)->data, (*bytes)->len};
}
