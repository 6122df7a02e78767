#include "document/identifier.h"
#include "base/buf.h"
#include "base/sha1.h"

/* Digits and a final X of an ISBN, without its hyphens and spaces; -1 when there is anything else. */
static int isbn_digits(struct text t, char digits[14])
{
    int n = 0;
    for (size_t i = 0; i < t.length; i++) {
        char c = t.at[i];
        if (c == '-' || c == ' ')
            continue;
        bool x = (c == 'X' || c == 'x') && n == 9;
        if ((!ascii_digit(c) && !x) || n == 13)
            return -1;
        digits[n++] = x ? 'X' : c;
    }
    digits[n] = '\0';
    return n == 10 || n == 13 ? n : -1;
}

/* The check digit that the first 9 or 12 digits ask for (ISO 2108). */
static char isbn_check(const char *digits, int n)
{
    int sum = 0;
    if (n == 10) {
        for (int i = 0; i < 9; i++)
            sum += (10 - i) * (digits[i] - '0');
        int check = (11 - sum % 11) % 11;
        return check == 10 ? 'X' : (char)('0' + check);
    }
    for (int i = 0; i < 12; i++)
        sum += (i % 2 ? 3 : 1) * (digits[i] - '0');
    return (char)('0' + (10 - sum % 10) % 10);
}

static struct text without(struct text t, const char *prefix)
{
    size_t n = strlen(prefix);
    if (t.length >= n && text_is_nocase(text_slice(t, 0, n), prefix))
        return text_trim(text_slice(t, n, t.length));
    return t;
}

static void set(struct document *d, const char *identifier, const char *type)
{
    d->meta.identifier = identifier;
    d->meta.identifier_type = type;
}

/* It claims to be what it isn't: `rest`, without the claim, is taken. */
static bool refuse(struct document *d, struct text rest, const char *what)
{
    struct place where = meta_place(d, "identifier");
    message(d->messages, SEVERITY_WARNING, "metadata.identifier", &where,
            "The identifier %s is not %s. Put it right; as it is, it names the text and says no more.",
            d->meta.identifier, what);
    set(d, text_copy(d->arena, rest), NULL);
    return true;
}

/* ---- ISBN */

static bool refuse_isbn(struct document *d, struct text rest, const char *why)
{
    struct place where = meta_place(d, "identifier");
    message(d->messages, SEVERITY_WARNING, "metadata.isbn", &where,
            "%s is no ISBN: %s. Put it right; as it is, it names the text and says no more.",
            d->meta.identifier, why);
    set(d, text_copy(d->arena, rest), NULL);
    return true;
}

static bool set_isbn(struct document *d, struct text given)
{
    struct text t = without(without(given, "urn:isbn:"), "isbn");
    t = without(without(without(t, "-13"), "-10"), ":");
    bool said = t.length != given.length;
    char digits[14];
    int n = isbn_digits(t, digits);
    if (n < 0)
        return said && refuse_isbn(d, t, "it would have 10 or 13 digits");
    if (n == 13 && strncmp(digits, "978", 3) != 0 && strncmp(digits, "979", 3) != 0)
        return said && refuse_isbn(d, t, "it would begin with 978 or 979");
    char check = isbn_check(digits, n);
    if (digits[n - 1] != check)
        return (said || n == 13) &&
               refuse_isbn(d, t, arena_printf(d->arena, "its last digit would be %c", check));
    if (n == 10) {
        char long_form[14] = "978";
        memcpy(long_form + 3, digits, 9);
        long_form[12] = isbn_check(long_form, 13);
        memcpy(digits, long_form, sizeof digits);
    }
    set(d, arena_printf(d->arena, "urn:isbn:%s", digits), "15");
    return true;
}

/* ---- DOI: ISO 26324; its prefix is 10 and the registrant's numbers */

static bool is_doi(struct text t)
{
    size_t slash = text_find(t, '/', 0);
    if (!text_starts(t, "10.") || slash < 7 || slash + 1 >= t.length)
        return false;
    for (size_t i = 3; i < slash; i++)
        if (!ascii_digit(t.at[i]) && t.at[i] != '.')
            return false;
    return true;
}

static bool set_doi(struct document *d, struct text given)
{
    static const char *const forms[] = {"https://doi.org/",   "http://doi.org/", "https://dx.doi.org/",
                                        "http://dx.doi.org/", "urn:doi:",        "doi:"};
    struct text t = given;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0] && t.length == given.length; i++)
        t = without(given, forms[i]);
    if (!is_doi(t))
        return t.length != given.length &&
               refuse(d, t, "a DOI, which begins with 10, a full stop and a number");
    set(d, arena_printf(d->arena, "doi:%.*s", (int)t.length, t.at), "06");
    return true;
}

/* ---- UUID and other URNs */

static bool set_uuid(struct document *d, struct text given)
{
    struct text t = without(given, "urn:uuid:");
    char *lower = text_copy(d->arena, t);
    bool good = t.length == 36;
    for (size_t i = 0; good && i < 36; i++) {
        lower[i] = ascii_lower(lower[i]);
        bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        good = hyphen ? lower[i] == '-' : lower[i] && strchr("0123456789abcdef", lower[i]);
    }
    if (!good)
        return t.length != given.length &&
               refuse(d, t, "a UUID, which has 8, 4, 4, 4 and 12 hexadecimal digits with hyphens between");
    set(d, arena_printf(d->arena, "urn:uuid:%s", lower), NULL);
    return true;
}

/* RFC 8141: urn, a name space of 2 to 32 letters, digits and hyphens, and something in it. */
static bool refuse_urn(struct document *d, struct text given)
{
    struct text t = without(given, "urn:");
    if (t.length == given.length)
        return false;
    size_t colon = text_find(t, ':', 0);
    bool good = colon >= 2 && colon <= 32 && colon + 1 < t.length;
    for (size_t i = 0; good && i < t.length; i++)
        good = t.at[i] > ' ' && (i >= colon || ascii_alpha(t.at[i]) || ascii_digit(t.at[i]) ||
                                 (t.at[i] == '-' && i > 0 && i + 1 < colon));
    return !good && refuse(d, given, "a URN, which has the form urn:name:rest");
}

/* ---- none given */

static void set_from_content(struct document *d)
{
    static const unsigned char url_space[16] = {0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1,
                                                0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8};
    struct buf *name = buf_new(d->arena);
    buf_add(name, url_space, sizeof url_space);
    buf_string(name, "urn:octavo:");
    buf_string(name, d->meta.title ? d->meta.title : "");
    for (const struct person *p = d->meta.people; p; p = p->next)
        buf_printf(name, "\n%s:%s", p->role ? p->role : "aut", p->name);
    unsigned char u[20];
    sha1(name->data, name->length, u);
    buf_free(name);
    u[6] = (unsigned char)((u[6] & 0x0F) | 0x50);
    u[8] = (unsigned char)((u[8] & 0x3F) | 0x80);
    set(d,
        arena_printf(
            d->arena, "urn:uuid:%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", u[0],
            u[1], u[2], u[3], u[4], u[5], u[6], u[7], u[8], u[9], u[10], u[11], u[12], u[13], u[14], u[15]),
        NULL);
}

void identifier_settle(struct document *d)
{
    static bool (*const kinds[])(struct document *, struct text) = {set_isbn, set_doi, set_uuid, refuse_urn};
    struct text given = text_trim(text_of(d->meta.identifier));
    if (!given.length) {
        set_from_content(d);
        return;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (kinds[i](d, given))
            return;
    set(d, text_copy(d->arena, given), NULL);
}
