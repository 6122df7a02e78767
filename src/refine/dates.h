/* dates.h - a date as a language writes it (Unicode CLDR's patterns, through ICU). */
#ifndef OCTAVO_REFINE_DATES_H
#define OCTAVO_REFINE_DATES_H

#include "base/arena.h"

/* "2026-11-24" as "24 November 2026", "2026-11" as "November 2026"; as given when it is a year, no date, or
 * before the year 1600. Lives in `a`, or is `date` itself. */
const char *date_in_words(struct arena *a, const char *language, const char *date);

#endif
