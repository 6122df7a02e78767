/* The parts put together: GMime writes all headers and boundaries, and encodes. What GMime would draw at
 * random comes from a hash of the content. */
#define G_DISABLE_CAST_CHECKS /* a cast that is checked calls GObject, which isn't linked */
#include <gmime/gmime.h>

#include "base/library.h"
#include "write/mail/headers.h"
#include "write/mail/letter.h"
#include <pthread.h>
#include <stdlib.h>

#define GMIME_CALLS(F)                                                                                       \
    F(g_mime_content_type_get_media_subtype)                                                                 \
    F(g_mime_content_type_get_media_type)                                                                    \
    F(g_mime_content_type_parse)                                                                             \
    F(g_mime_data_wrapper_new_with_stream)                                                                   \
    F(g_mime_encoding_flush)                                                                                 \
    F(g_mime_encoding_init_encode)                                                                           \
    F(g_mime_encoding_outlen)                                                                                \
    F(g_mime_encoding_step)                                                                                  \
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

/* GLib ends the program when it gets no memory. So GMime makes only what is small, the frame, and that much
 * is asked for before: what can fail fails here. */
static void make_room(struct arena *a)
{
    enum { FRAME_MOST = 4 * 1024 * 1024 };
    free(arena_must(a, malloc(FRAME_MOST)));
}

int mime_begin(struct letter *l)
{
    struct gmime *g = arena_alloc(l->arena, sizeof *g);
    if (library_load(l->arena, LIBRARY_GMIME, gmime_names, g) != 0) {
        message(l->d->messages, SEVERITY_SYSTEM, "mail.library", NULL,
                "A mail can't be put together without GMime, which isn't installed. Install Debian's package "
                "libgmime-3.0-0.");
        return -1;
    }
    make_room(l->arena);
    pthread_once(&begun, g->g_mime_init);
    l->gmime = g;
    return 0;
}

/* What a part holds, not yet encoded. */
struct body {
    struct text bytes;
    GMimeContentEncoding encoding;
};

struct mime {
    const struct letter *l;
    const struct gmime *g;
    GMimeFormatOptions *format;
    char hash[65];   /* of the content, in hexadecimal */
    char marker[80]; /* stands for each body in what GMime writes; nothing else can hold it */
    int boundaries;
    struct body *bodies; /* in the order in which they stand */
    size_t count;
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
    g_snprintf(m->marker, sizeof m->marker, "=_body_%s", m->hash);
    g_checksum_free(sum);
}

/* ---- parts */

/* The content that GMime sees is a marker, which it believes to be encoded. */
static void set_content(struct mime *m, GMimePart *part, struct body body)
{
    GMimeStream *stream = m->g->g_mime_stream_mem_new_with_buffer(m->marker, strlen(m->marker));
    GMimeDataWrapper *content = m->g->g_mime_data_wrapper_new_with_stream(stream, body.encoding);
    m->g->g_mime_part_set_content(part, content);
    m->g->g_mime_part_set_content_encoding(part, body.encoding);
    m->g->g_object_unref(content);
    m->g->g_object_unref(stream);
    m->bodies[m->count++] = body;
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

static struct body text_body(struct arena *a, struct text t)
{
    if (mostly_ascii(t))
        return (struct body){t, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE};
    return (struct body){with_crlf(a, t), GMIME_CONTENT_ENCODING_BASE64};
}

static GMimeObject *new_text(struct mime *m, const char *subtype, struct body body)
{
    GMimePart *part = m->g->g_mime_part_new_with_type("text", subtype);
    m->g->g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset", "utf-8");
    set_content(m, part, body);
    return GMIME_OBJECT(part);
}

static GMimePart *new_file(struct mime *m, const char *media_type, const char *name, const char *disposition,
                           struct text bytes)
{
    GMimeContentType *type = m->g->g_mime_content_type_parse(NULL, media_type);
    GMimePart *part = m->g->g_mime_part_new_with_type(m->g->g_mime_content_type_get_media_type(type),
                                                      m->g->g_mime_content_type_get_media_subtype(type));
    m->g->g_object_unref(type);
    m->g->g_mime_object_set_disposition(GMIME_OBJECT(part), disposition);
    m->g->g_mime_part_set_filename(part, name);
    set_content(m, part, (struct body){bytes, GMIME_CONTENT_ENCODING_BASE64});
    return part;
}

/* ---- multiparts; "=_" stands in neither quoted-printable nor base 64 */

static GMimeMultipart *new_multipart(struct mime *m, const char *subtype)
{
    GMimeMultipart *multipart = m->g->g_mime_multipart_new_with_subtype(subtype);
    char boundary[64];
    g_snprintf(boundary, sizeof boundary, "=_octavo_%d_%.32s", ++m->boundaries, m->hash);
    m->g->g_mime_multipart_set_boundary(multipart, boundary);
    return multipart;
}

static void add_part(const struct mime *m, GMimeMultipart *to, GMimeObject *part)
{
    m->g->g_mime_multipart_add(to, part);
    m->g->g_object_unref(part);
}

static GMimeObject *new_related(struct mime *m, struct body html)
{
    if (!m->l->pictures)
        return new_text(m, "html", html);
    GMimeMultipart *related = new_multipart(m, "related");
    m->g->g_mime_object_set_content_type_parameter(GMIME_OBJECT(related), "type", "text/html");
    add_part(m, related, new_text(m, "html", html));
    for (const struct mail_picture *p = m->l->pictures; p; p = p->next) {
        GMimePart *part = new_file(m, p->media_type, p->file, "inline", p->bytes);
        m->g->g_mime_part_set_content_id(part, p->cid);
        add_part(m, related, GMIME_OBJECT(part));
    }
    return GMIME_OBJECT(related);
}

static GMimeObject *new_mixed(struct mime *m, struct body plain, struct body html)
{
    GMimeMultipart *mixed = new_multipart(m, "mixed"), *alternative = new_multipart(m, "alternative");
    add_part(m, alternative, new_text(m, "plain", plain));
    add_part(m, alternative, new_related(m, html));
    add_part(m, mixed, GMIME_OBJECT(alternative));
    for (size_t i = 0; i < m->l->o->attachment_count; i++) {
        const struct mail_attachment *a = &m->l->o->attachments[i];
        add_part(m, mixed, GMIME_OBJECT(new_file(m, a->media_type, a->name, "attachment", a->bytes)));
    }
    return GMIME_OBJECT(mixed);
}

/* ---- headers */

static void add_people(const struct mime *m, GMimeMessage *message, GMimeAddressType type,
                       const struct mailbox *list)
{
    for (const struct mailbox *b = list; b; b = b->next) {
        InternetAddress *mailbox = m->g->internet_address_mailbox_new(b->name, b->address);
        m->g->internet_address_set_charset(mailbox, "utf-8");
        m->g->internet_address_list_add(m->g->g_mime_message_get_addresses(message, type), mailbox);
        m->g->g_object_unref(mailbox);
    }
}

static void set_header(const struct mime *m, GMimeMessage *message, const char *name, const char *value)
{
    if (value)
        m->g->g_mime_object_set_header(GMIME_OBJECT(message), name, value, "utf-8");
}

/* All strings are ready, so that nothing here asks the arena for memory. */
struct header_values {
    const struct mailbox *from, **to; /* `to`: for each word of the metadata, NULL at the end */
    const struct mailbox *reply_to;
    const char *list_id, *archived, *language;
    struct list_field fields[LIST_FIELDS];
    size_t field_count;
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
    h.reply_to = m->reply_to && *m->reply_to ? headers_mailboxes(l->arena, m->reply_to) : NULL;
    h.field_count = headers_list_fields(l, h.fields);
    h.one_click = headers_one_click(l);
    h.archived = l->o->link ? arena_printf(l->arena, "<%s>", l->o->link) : NULL;
    return h;
}

static void set_headers(struct mime *m, const struct header_values *h, GMimeMessage *message)
{
    const struct letter *l = m->l;
    if (h->from)
        add_people(m, message, GMIME_ADDRESS_TYPE_FROM, h->from);
    else
        set_header(m, message, "X-Unsent", "1"); /* mail programs open it as a draft */
    add_people(m, message, GMIME_ADDRESS_TYPE_REPLY_TO, h->reply_to);
    for (const struct mailbox **to = h->to; *to; to++)
        add_people(m, message, GMIME_ADDRESS_TYPE_TO, *to);
    m->g->g_mime_message_set_subject(message, l->subject, "utf-8");
    GDateTime *date = g_date_time_new_from_unix_utc(l->o->date);
    if (date) {
        m->g->g_mime_message_set_date(message, date);
        g_date_time_unref(date);
    }
    char id[400];
    g_snprintf(id, sizeof id, "%.40s@%.253s", m->hash, l->domain);
    m->g->g_mime_message_set_message_id(message, id);
    set_header(m, message, "Content-Language", h->language);
    set_header(m, message, "List-Id", h->list_id);
    for (size_t i = 0; i < h->field_count; i++)
        set_header(m, message, h->fields[i].name, h->fields[i].value);
    set_header(m, message, "List-Unsubscribe-Post", h->one_click ? "List-Unsubscribe=One-Click" : NULL);
    set_header(m, message, "Archived-At", h->archived);
}

/* ---- the frame: all headers and boundaries, with markers for the bodies */

static void end_bytes(void *what)
{
    GByteArray **bytes = what;
    if (*bytes)
        g_byte_array_unref(*bytes);
    *bytes = NULL;
}

static GByteArray *write_frame(struct mime *m, GMimeMessage *message)
{
    GByteArray *bytes = g_byte_array_new();
    GMimeStream *stream = m->g->g_mime_stream_mem_new_with_byte_array(bytes);
    m->g->g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
    m->g->g_mime_object_write_to_stream(GMIME_OBJECT(message), m->format, stream);
    m->g->g_object_unref(stream);
    return bytes;
}

static GMimeFormatOptions *new_format(const struct mime *m)
{
    GMimeFormatOptions *format = m->g->g_mime_format_options_new();
    m->g->g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
    m->g->g_mime_format_options_set_param_encoding_method(format, GMIME_PARAM_ENCODING_METHOD_RFC2231);
    return format;
}

static GByteArray *new_frame(struct mime *m, const struct header_values *h, struct body plain,
                             struct body html)
{
    m->format = new_format(m);
    GMimeMessage *message = m->g->g_mime_message_new(FALSE);
    set_headers(m, h, message);
    GMimeObject *mixed = new_mixed(m, plain, html);
    m->g->g_mime_message_set_mime_part(message, mixed);
    m->g->g_object_unref(mixed);
    GByteArray *frame = write_frame(m, message);
    m->g->g_object_unref(message);
    m->g->g_mime_format_options_free(m->format);
    return frame;
}

/* ---- the mail */

/* Encoded, with line ends of two bytes. */
static void add_body(const struct mime *m, struct buf *out, const struct body *b)
{
    enum { PIECE = 12 * 1024 };
    GMimeEncoding e;
    m->g->g_mime_encoding_init_encode(&e, b->encoding);
    size_t room = m->g->g_mime_encoding_outlen(&e, PIECE);
    struct buf *coded = buf_new(out->arena);
    buf_reserve(coded, room);
    struct text rest = b->bytes;
    for (bool last = false; !last;) {
        size_t length = rest.length < PIECE ? rest.length : PIECE;
        last = length == rest.length;
        size_t made = last ? m->g->g_mime_encoding_flush(&e, rest.at, length, coded->data)
                           : m->g->g_mime_encoding_step(&e, rest.at, length, coded->data);
        for (size_t i = 0; i < made; i++) {
            if (coded->data[i] == '\n')
                buf_byte(out, '\r');
            buf_byte(out, coded->data[i]);
        }
        rest = text_slice(rest, length, rest.length);
    }
    buf_free(coded);
}

/* The frame with each marker replaced by its body. */
static struct text fill_frame(const struct mime *m, struct text frame)
{
    size_t marker = strlen(m->marker);
    struct buf *out = buf_new(m->l->arena);
    size_t size = frame.length;
    for (size_t i = 0; i < m->count; i++)
        size += m->bodies[i].bytes.length / 2 * 3;
    buf_reserve(out, size);
    for (size_t i = 0; i < m->count; i++) {
        const char *found = memmem(frame.at, frame.length, m->marker, marker);
        size_t at = found ? (size_t)(found - frame.at) : frame.length;
        buf_text(out, text_slice(frame, 0, at));
        add_body(m, out, &m->bodies[i]);
        frame = text_slice(frame, at + marker, frame.length);
    }
    buf_text(out, frame);
    return buf_view(out);
}

struct text mime_assemble(const struct letter *l, struct text plain, struct text html)
{
    struct header_values h = values_of(l);
    struct mime m = {.l = l, .g = l->gmime};
    size_t count = 2 + l->o->attachment_count;
    for (const struct mail_picture *p = l->pictures; p; p = p->next)
        count++;
    m.bodies = arena_array(l->arena, count, sizeof *m.bodies);
    struct body texts[] = {text_body(l->arena, plain), text_body(l->arena, html)};
    GByteArray **frame = arena_alloc(l->arena, sizeof *frame);
    arena_defer(l->arena, end_bytes, frame);
    make_room(l->arena); /* from here on nothing asks the arena for memory, until the frame stands */
    hash_content(&m, plain, html);
    *frame = new_frame(&m, &h, texts[0], texts[1]);
    struct text mail = fill_frame(&m, (struct text){(const char *)(*frame)->data, (*frame)->len});
    end_bytes(frame);
    return mail;
}
