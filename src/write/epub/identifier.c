/* The publication's identifier: as given, in the form of a URI where its kind is known; else a name-based
 * UUID (RFC 9562, version 5) of title and creators, which a corrected edition keeps. */
#include "write/epub/book.h"

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

static bool set_isbn(struct book *b, struct text given)
{
    struct text t = without(without(given, "urn:isbn:"), "isbn");
    t = without(without(without(t, "-13"), "-10"), ":");
    bool said = t.length != given.length;
    char digits[14];
    int n = isbn_digits(t, digits);
    if (n < 0 || (n == 13 && strncmp(digits, "978", 3) != 0 && strncmp(digits, "979", 3) != 0))
        return false;
    char check = isbn_check(digits, n);
    if (digits[n - 1] != check) {
        struct place where = {b->d->source_name, 0, 0};
        if (said || n == 13)
            message(b->d->messages, SEVERITY_WARNING, "epub.isbn", &where,
                    "The last digit of the ISBN %s should be %c. It stands in the e-book as given, "
                    "but not as an ISBN.",
                    b->d->meta.identifier, check);
        return false;
    }
    if (n == 10) {
        char long_form[14] = "978";
        memcpy(long_form + 3, digits, 9);
        long_form[12] = isbn_check(long_form, 13);
        memcpy(digits, long_form, sizeof digits);
    }
    b->identifier = arena_printf(b->arena, "urn:isbn:%s", digits);
    b->identifier_type = "15";
    return true;
}

static bool set_doi(struct book *b, struct text given)
{
    static const char *const forms[] = {"https://doi.org/", "http://doi.org/", "https://dx.doi.org/",
                                        "http://dx.doi.org/", "doi:"};
    struct text t = given;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0] && t.length == given.length; i++)
        t = without(given, forms[i]);
    if (!text_starts(t, "10.") || text_find(t, '/', 0) == t.length)
        return false;
    b->identifier = arena_printf(b->arena, "doi:%.*s", (int)t.length, t.at);
    b->identifier_type = "06";
    return true;
}

static bool set_uuid(struct book *b, struct text given)
{
    struct text t = without(given, "urn:uuid:");
    if (t.length != 36)
        return false;
    char *lower = text_copy(b->arena, t);
    for (size_t i = 0; i < 36; i++) {
        lower[i] = ascii_lower(lower[i]);
        bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
        if (hyphen ? lower[i] != '-' : !strchr("0123456789abcdef", lower[i]))
            return false;
    }
    b->identifier = arena_printf(b->arena, "urn:uuid:%s", lower);
    return true;
}

/* A UUID of what makes the book itself whatever its edition: its title and who made it. */
static void set_from_content(struct book *b)
{
    static const unsigned char url_space[16] = {0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1,
                                                0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8};
    struct buf *name = buf_new(b->arena);
    buf_add(name, url_space, sizeof url_space);
    buf_string(name, "urn:octavo:");
    buf_string(name, b->title);
    for (const struct person *p = b->d->meta.people; p; p = p->next)
        buf_printf(name, "\n%s:%s", p->role ? p->role : "aut", p->name);
    unsigned char u[20];
    sha1(name->data, name->length, u);
    buf_free(name);
    u[6] = (unsigned char)((u[6] & 0x0F) | 0x50);
    u[8] = (unsigned char)((u[8] & 0x3F) | 0x80);
    b->identifier = arena_printf(
        b->arena, "urn:uuid:%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", u[0], u[1],
        u[2], u[3], u[4], u[5], u[6], u[7], u[8], u[9], u[10], u[11], u[12], u[13], u[14], u[15]);
}

void identifier_plan(struct book *b)
{
    struct text given = text_trim(text_of(b->d->meta.identifier));
    if (!given.length)
        set_from_content(b);
    else if (!set_isbn(b, given) && !set_doi(b, given) && !set_uuid(b, given))
        b->identifier = text_copy(b->arena, given);
}
