/* Whatever becomes a header is looked at first: a line end in it would begin another header, and an address
 * that is none would come back on Friday evening. */
#include "write/mail/headers.h"
#include "write/mail/letter.h"
#include <unicode/uidna.h>

/* Longer ones would not fit on a line of 998 bytes when they have no place to fold. */
enum { HEADER_MOST = 900, DOMAIN_MOST = 253 };

static struct place at_source(const struct letter *l)
{
    return (struct place){l->d->source_name, 0, 0};
}

/* ---- line ends */

static bool has_control(const char *s)
{
    for (; *s; s++)
        if ((unsigned char)*s < 0x20 || *s == 0x7F)
            return true;
    return false;
}

static int refuse_control(const struct letter *l, const char *key, const char *value)
{
    struct place at = at_source(l);
    if (value && has_control(value)) {
        message(
            l->d->messages, SEVERITY_USAGE, "mail.header", &at,
            "%s holds a line end or another control character, with which a header could be smuggled into "
            "the mail. Write it on one line.",
            key);
        return -1;
    }
    if (value && strlen(value) > HEADER_MOST) {
        message(l->d->messages, SEVERITY_USAGE, "mail.header", &at,
                "%s is longer than the %d bytes that a mail's header may have. Make it shorter.", key,
                HEADER_MOST);
        return -1;
    }
    return 0;
}

static int check_control(const struct letter *l)
{
    const struct meta *m = &l->d->meta;
    const struct {
        const char *key, *value;
    } fields[] = {{"from", m->from},
                  {"mail-subject", m->mail_subject},
                  {"reply-to", m->reply_to},
                  {"list-id", m->list_id},
                  {"list-help", m->list_help},
                  {"list-subscribe", m->list_subscribe},
                  {"list-unsubscribe", m->list_unsubscribe},
                  {"list-post", m->list_post},
                  {"list-owner", m->list_owner},
                  {"list-archive", m->list_archive}};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (refuse_control(l, fields[i].key, fields[i].value) != 0)
            return -1;
    for (const struct word_list *w = m->to; w; w = w->next)
        if (refuse_control(l, "to", w->word) != 0)
            return -1;
    return 0;
}

/* ---- addresses: local@domain in ASCII (RFC 5321 §4.1.2) */

static bool is_atext(char c)
{
    return ascii_alpha(c) || ascii_digit(c) || (c && strchr("!#$%&'*+-/=?^_`{|}~", c));
}

/* Atoms with single dots between them; in a domain only letters, digits and inner hyphens. */
static bool is_dotted(struct text t, bool domain)
{
    struct text rest = t, label;
    if (!t.length || t.length > DOMAIN_MOST || t.at[t.length - 1] == '.')
        return false;
    while (text_split(&rest, '.', &label)) {
        if (!label.length || (domain && (label.length > 63 || label.at[0] == '-' || text_ends(label, "-"))))
            return false;
        for (size_t i = 0; i < label.length; i++) {
            char c = label.at[i];
            if (domain ? !(ascii_alpha(c) || ascii_digit(c) || c == '-') : !is_atext(c))
                return false;
        }
    }
    return true;
}

static bool is_address(const char *address)
{
    struct text t = text_of(address);
    size_t at = text_find(t, '@', 0);
    return at < t.length && at <= 64 && is_dotted(text_slice(t, 0, at), false) &&
           is_dotted(text_slice(t, at + 1, t.length), true);
}

/* The end of a piece that a comma ends, outside of quotation marks; -1: a quotation isn't closed. */
static long end_of_piece(struct text t)
{
    bool quoted = false;
    size_t i = 0;
    for (; i < t.length && (quoted || t.at[i] != ','); i++) {
        if (quoted && t.at[i] == '\\')
            i++;
        else if (t.at[i] == '"')
            quoted = !quoted;
    }
    return quoted || i > t.length ? -1 : (long)i;
}

/* "Example, Zoe" without its quotation marks. False: what isn't quoted has what must be. */
static bool read_name(struct arena *a, struct text t, const char **name)
{
    struct buf *b = buf_new(a);
    bool quoted = false;
    for (size_t i = 0; i < t.length; i++) {
        char c = t.at[i];
        if (c == '"') {
            quoted = !quoted;
            continue;
        }
        if (!quoted && strchr("()<>[]:;@\\,", c))
            return false;
        if (quoted && c == '\\' && i + 1 < t.length)
            c = t.at[++i];
        buf_byte(b, c);
    }
    *name = b->length ? text_copy(a, text_trim(buf_view(b))) : NULL;
    return true;
}

/* Is it an address once the letters outside of ASCII that its domain may have are put into others? */
static bool may_be_address(struct arena *a, struct text t)
{
    char *plain = text_copy(a, t);
    for (size_t i = text_find(t, '@', 0); i < t.length; i++)
        if ((unsigned char)plain[i] >= 0x80)
            plain[i] = 'x';
    return is_address(plain);
}

/* The domain in ASCII (UTS #46, RFC 3492); its length, 0 when it can't be. */
static int32_t ascii_domain(struct arena *a, const char *domain, char *to, int32_t size)
{
    UErrorCode error = U_ZERO_ERROR;
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    UIDNA *idna = uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII, &error);
    int32_t length = uidna_nameToASCII_UTF8(idna, domain, -1, to, size, &info, &error);
    uidna_close(idna);
    if (error == U_MEMORY_ALLOCATION_ERROR)
        arena_exhausted(a);
    return U_SUCCESS(error) && !info.errors && length < size ? length : 0;
}

/* A domain that isn't ASCII goes as Punycode. */
static const char *ascii_address(struct arena *a, struct text t)
{
    char *given = text_copy(a, t), domain[400] = "";
    if (is_address(given))
        return given;
    size_t at = text_find(t, '@', 0);
    int32_t length = ascii_domain(a, given + at + 1, domain, sizeof domain);
    return arena_printf(a, "%.*s@%.*s", (int)at, given, (int)length, domain);
}

static bool read_mailbox(struct arena *a, struct text piece, struct mailbox *m)
{
    struct text t = text_trim(piece), address = t;
    m->name = NULL;
    if (text_ends(t, ">")) {
        size_t open = t.length;
        while (open > 0 && t.at[open - 1] != '<')
            open--;
        if (!open || !read_name(a, text_trim(text_slice(t, 0, open - 1)), &m->name))
            return false;
        address = text_trim(text_slice(t, open, t.length - 1));
    }
    if (!may_be_address(a, address))
        return false;
    m->address = ascii_address(a, address);
    return is_address(m->address);
}

struct mailbox *headers_mailboxes(struct arena *a, const char *value)
{
    struct mailbox *first = NULL, **end = &first;
    struct text rest = text_trim(text_of(value));
    for (bool more = true; more;) {
        long length = end_of_piece(rest);
        struct mailbox *m = arena_alloc(a, sizeof *m);
        if (length < 0 || !read_mailbox(a, text_slice(rest, 0, (size_t)length), m))
            return NULL;
        *end = m;
        end = &m->next;
        more = (size_t)length < rest.length;
        rest = text_slice(rest, (size_t)length + 1, rest.length);
    }
    return first;
}

static int check_addresses(struct letter *l, const char *key, const char *value)
{
    const struct mailbox *list = headers_mailboxes(l->arena, value);
    if (list && strcmp(key, "from") == 0)
        l->domain = strchr(list->address, '@') + 1;
    if (list)
        return 0;
    struct place at = at_source(l);
    message(l->d->messages, SEVERITY_USAGE, "mail.address", &at,
            "%s is \"%s\", which is no mail address. Write it like ada@example.org or Ada Example "
            "<ada@example.org>.",
            key, value);
    return -1;
}

static int check_people(struct letter *l)
{
    const struct meta *m = &l->d->meta;
    struct place at = at_source(l);
    if (m->from && *m->from && check_addresses(l, "from", m->from) != 0)
        return -1;
    if (!m->from || !*m->from)
        message(l->d->messages, SEVERITY_WARNING, "mail.sender", &at,
                "The mail has no sender: it's a draft. Give one with -m from=ADDRESS.");
    if (m->reply_to && *m->reply_to && check_addresses(l, "reply-to", m->reply_to) != 0)
        return -1;
    for (const struct word_list *w = m->to; w; w = w->next)
        if (check_addresses(l, "to", w->word) != 0)
            return -1;
    return 0;
}

/* ---- List-* (RFC 2919, RFC 2369) */

const char *headers_list_id(const struct letter *l)
{
    struct text t = text_trim(text_of(l->d->meta.list_id));
    if (!t.length)
        return NULL;
    return text_ends(t, ">") ? text_copy(l->arena, t) : arena_printf(l->arena, "<%.*s>", (int)t.length, t.at);
}

static bool is_list_id(const char *header)
{
    const char *open = strrchr(header, '<');
    struct text id = text_of(open ? open + 1 : "");
    return id.length > 1 && is_dotted(text_slice(id, 0, id.length - 1), true);
}

/* A piece of a list's field, with or without its angle brackets. */
static struct text bare(struct text piece)
{
    struct text t = text_trim(piece);
    if (text_starts(t, "<") && text_ends(t, ">"))
        t = text_slice(t, 1, t.length - 1);
    return t;
}

static bool is_place(struct text t)
{
    for (size_t i = 0; i < t.length; i++)
        if ((unsigned char)t.at[i] <= ' ' || (unsigned char)t.at[i] > '~' || strchr("<>\"", t.at[i]))
            return false;
    if (text_starts(t, "mailto:")) {
        struct text address = text_slice(t, strlen("mailto:"), text_find(t, '?', 0));
        size_t at = text_find(address, '@', 0);
        return at < address.length && is_dotted(text_slice(address, at + 1, address.length), true);
    }
    return text_starts(t, "https://") || text_starts(t, "http://");
}

static const char *in_brackets(struct arena *a, const char *value)
{
    struct buf *b = buf_new(a);
    struct text rest = text_of(value), piece;
    while (text_split(&rest, ',', &piece)) {
        struct text t = bare(piece);
        if (!is_place(t))
            return NULL;
        buf_printf(b, "%s<%.*s>", b->length ? ", " : "", (int)t.length, t.at);
    }
    return b->length ? buf_view(b).at : NULL;
}

size_t headers_list_fields(const struct letter *l, struct list_field out[LIST_FIELDS])
{
    const struct meta *m = &l->d->meta;
    const struct list_field all[LIST_FIELDS] = {{"list-help", "List-Help", m->list_help},
                                                {"list-subscribe", "List-Subscribe", m->list_subscribe},
                                                {"list-unsubscribe", "List-Unsubscribe", m->list_unsubscribe},
                                                {"list-post", "List-Post", m->list_post},
                                                {"list-owner", "List-Owner", m->list_owner},
                                                {"list-archive", "List-Archive", m->list_archive}};
    size_t count = 0;
    for (size_t i = 0; i < LIST_FIELDS; i++) {
        if (!all[i].value || !*all[i].value)
            continue;
        out[count] = all[i];
        bool closed = all[i].value == m->list_post && text_is_nocase(text_trim(text_of(m->list_post)), "NO");
        out[count++].value = closed ? "NO" : in_brackets(l->arena, all[i].value);
    }
    return count;
}

static const char *first_of_kind(const struct letter *l, const char *kind)
{
    struct text rest = text_of(l->d->meta.list_unsubscribe), piece;
    while (text_split(&rest, ',', &piece))
        if (text_starts(bare(piece), kind))
            return text_copy(l->arena, bare(piece));
    return NULL;
}

bool headers_one_click(const struct letter *l)
{
    return first_of_kind(l, "https://") != NULL;
}

const char *headers_leave(const struct letter *l)
{
    static const char *const kinds[] = {"https://", "http://", "mailto:"};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const char *address = first_of_kind(l, kinds[i]);
        if (address)
            return address;
    }
    return NULL;
}

static int check_list(const struct letter *l)
{
    const struct meta *m = &l->d->meta;
    struct place at = at_source(l);
    const char *id = headers_list_id(l);
    if (id && !is_list_id(id)) {
        message(
            l->d->messages, SEVERITY_USAGE, "mail.address", &at,
            "list-id is \"%s\", which names no list. Write it like friday.example.org or The Friday Letter "
            "<friday.example.org>.",
            m->list_id);
        return -1;
    }
    struct list_field fields[LIST_FIELDS];
    size_t count = headers_list_fields(l, fields);
    for (size_t i = 0; i < count; i++) {
        if (fields[i].value)
            continue;
        message(l->d->messages, SEVERITY_USAGE, "mail.address", &at,
                "%s holds an address that can't be followed. Give one that begins with https: or mailto:, or "
                "several "
                "with commas.",
                fields[i].key);
        return -1;
    }
    return 0;
}

/* ---- the subject */

/* The title may stand on several lines: they become one. */
static const char *on_one_line(struct arena *a, const char *s)
{
    struct buf *b = buf_new(a);
    for (; *s; s++) {
        bool space = (unsigned char)*s <= ' ' || *s == 0x7F;
        if (!space)
            buf_byte(b, *s);
        else if (b->length && b->data[b->length - 1] != ' ')
            buf_byte(b, ' ');
    }
    return text_copy(a, text_trim(buf_view(b)));
}

static int find_subject(struct letter *l)
{
    const struct meta *m = &l->d->meta;
    const char *title = m->title && !m->title_stands_in ? m->title : "";
    const char *given = m->mail_subject && *m->mail_subject ? m->mail_subject : title;
    l->subject = on_one_line(l->arena, given);
    if (*l->subject)
        return 0;
    struct place at = at_source(l);
    message(l->d->messages, SEVERITY_USAGE, "mail.subject", &at,
            "The mail has no subject, since the text has no title. Give one with -m mail-subject=... or -m "
            "title=...");
    return -1;
}

static void check_date(const struct letter *l)
{
    struct place at = at_source(l);
    if (l->o->undated)
        message(l->d->messages, SEVERITY_WARNING, "mail.date", &at,
                "The text has no date, so the mail is dated 1 January 1980, and mail programs will put it "
                "below all "
                "others. Give its day with -m date=YYYY-MM-DD.");
}

int headers_check(struct letter *l)
{
    l->domain = "mail.octavo.invalid";
    if (check_control(l) != 0 || find_subject(l) != 0 || check_people(l) != 0)
        return -1;
    check_date(l);
    return check_list(l);
}
