#include "refine/dates.h"
#include "base/buf.h"
#include "base/library.h"
#include "document/document.h"
#include <stdlib.h>
#include <time.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/ustring.h>

static void to_utf8(const UChar *from, int32_t length, struct buf *out)
{
    char bytes[256];
    int32_t n = 0;
    UErrorCode e = U_ZERO_ERROR;
    u_strToUTF8(bytes, sizeof bytes, &n, from, length, &e);
    if (U_SUCCESS(e) && n < (int32_t)sizeof bytes)
        buf_add(out, bytes, (size_t)n);
}

#define DATE_CALLS(F)                                                                                        \
    F(udat_close)                                                                                            \
    F(udat_format)                                                                                           \
    F(udat_open)                                                                                             \
    F(udatpg_close)                                                                                          \
    F(udatpg_getBestPattern)                                                                                 \
    F(udatpg_open)

/* ICU's part for dates is loaded for books alone that say one. */
struct dates {
    DATE_CALLS(LIBRARY_FIELD)
};

static const char *const date_names[] = {DATE_CALLS(LIBRARY_NAME) NULL};

/* The pattern in which a language writes what the skeleton names; its length, or 0. */
static int32_t pattern_of(const struct dates *d, const char *language, const UChar *skeleton,
                          UChar pattern[64])
{
    UErrorCode e = U_ZERO_ERROR;
    UDateTimePatternGenerator *g = d->udatpg_open(language, &e);
    int32_t n = U_SUCCESS(e) ? d->udatpg_getBestPattern(g, skeleton, -1, pattern, 64, &e) : 0;
    if (g)
        d->udatpg_close(g);
    return U_SUCCESS(e) ? n : 0;
}

/* Midnight UTC; earlier years had other calendars. */
enum { YEAR_LEAST = 1600 };

static int32_t write_date(struct arena *a, const char *language, const char *date, UChar written[128])
{
    static const UChar day[] = u"yMMMMd", month[] = u"yMMMM";
    struct tm t = {
        .tm_year = atoi(date) - 1900, .tm_mon = atoi(date + 5) - 1, .tm_mday = date[7] ? atoi(date + 8) : 1};
    UChar pattern[64];
    struct dates dates;
    if (library_load(a, LIBRARY_DATES, date_names, &dates) != 0)
        return 0;
    UErrorCode e = U_ZERO_ERROR;
    int32_t n = pattern_of(&dates, language, date[7] ? day : month, pattern);
    UDateFormat *format =
        n ? dates.udat_open(UDAT_PATTERN, UDAT_PATTERN, language, u"UTC", 3, pattern, n, &e) : NULL;
    if (!format)
        return 0;
    n = dates.udat_format(format, (UDate)timegm(&t) * 1000, written, 128, NULL, &e);
    dates.udat_close(format);
    return U_SUCCESS(e) && n <= 128 ? n : 0;
}

const char *date_in_words(struct arena *a, const char *language, const char *date)
{
    UChar written[128];
    if (!meta_is_date(date) || strlen(date) < 7 || atoi(date) < YEAR_LEAST)
        return date;
    int32_t n = write_date(a, language, date, written);
    struct buf *out = buf_new(a);
    if (n > 0)
        to_utf8(written, n, out);
    return out->length ? out->data : date;
}
