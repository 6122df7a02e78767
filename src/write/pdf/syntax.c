#include "write/pdf/syntax.h"
#include "base/utf8.h"
#include <time.h>

static const char hex_digits[] = "0123456789ABCDEF";

void pdf_ref(struct buf *b, int object)
{
    buf_byte(b, ' ');
    buf_int(b, object);
    buf_add(b, " 0 R", 4);
}

void pdf_number(struct buf *b, double value)
{
    buf_byte(b, ' ');
    buf_real(b, value, 3);
}

void pdf_bytes(struct buf *b, struct text bytes)
{
    buf_byte(b, '(');
    for (size_t i = 0; i < bytes.length; i++) {
        char c = bytes.at[i];
        if (c == '(' || c == ')' || c == '\\')
            buf_byte(b, '\\');
        if (c == '\r')
            buf_add(b, "\\r", 2);
        else
            buf_byte(b, c);
    }
    buf_byte(b, ')');
}

void pdf_hex4(struct buf *b, unsigned value)
{
    char digits[4] = {hex_digits[value >> 12 & 15], hex_digits[value >> 8 & 15], hex_digits[value >> 4 & 15],
                      hex_digits[value & 15]};
    buf_add(b, digits, 4);
}

static void utf16_unit(struct buf *b, uint32_t c)
{
    if (c >= 0x10000) {
        pdf_hex4(b, 0xD800 + ((c - 0x10000) >> 10));
        pdf_hex4(b, 0xDC00 + ((c - 0x10000) & 0x3FF));
    } else {
        pdf_hex4(b, c);
    }
}

void pdf_utf16(struct buf *b, struct text utf8)
{
    for (size_t at = 0; at < utf8.length;)
        utf16_unit(b, utf8_next(utf8, &at));
}

/* PDFDocEncoding and ASCII agree on these. */
static bool all_ascii(struct text t)
{
    for (size_t i = 0; i < t.length; i++)
        if ((unsigned char)t.at[i] < ' ' || (unsigned char)t.at[i] > '~')
            return false;
    return true;
}

bool pdf_text(struct buf *b, struct text utf8)
{
    if (all_ascii(utf8)) {
        bool cut = utf8.length > PDF_STRING_MOST;
        pdf_bytes(b, text_slice(utf8, 0, PDF_STRING_MOST));
        return cut;
    }
    buf_string(b, "<FEFF");
    size_t at = 0;
    for (size_t bytes = 2; at < utf8.length && bytes + 4 <= PDF_STRING_MOST;) {
        uint32_t c = utf8_next(utf8, &at);
        utf16_unit(b, c);
        bytes += c >= 0x10000 ? 4 : 2;
    }
    buf_byte(b, '>');
    return at < utf8.length;
}

void pdf_name(struct buf *b, const char *name)
{
    buf_byte(b, '/');
    for (const char *c = name; *c; c++) {
        unsigned char u = (unsigned char)*c;
        if (u > ' ' && u < 0x7F && !strchr("#()<>[]{}/%", u)) {
            buf_byte(b, *c);
        } else {
            char escape[3] = {'#', hex_digits[u >> 4], hex_digits[u & 15]};
            buf_add(b, escape, 3);
        }
    }
}

static struct tm utc(long long seconds)
{
    time_t t = (time_t)seconds;
    struct tm out = {.tm_year = 70, .tm_mday = 1};
    gmtime_r(&t, &out);
    return out;
}

void pdf_date(struct buf *b, long long seconds)
{
    struct tm t = utc(seconds);
    buf_printf(b, "(D:%04d%02d%02d%02d%02d%02dZ)", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour,
               t.tm_min, t.tm_sec);
}

void xmp_date(struct buf *b, long long seconds)
{
    struct tm t = utc(seconds);
    buf_printf(b, "%04d-%02d-%02dT%02d:%02d:%02dZ", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour,
               t.tm_min, t.tm_sec);
}
