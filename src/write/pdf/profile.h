/* profile.h - colour profiles made in code (ICC.1:2004-10, version 4.2): always the same bytes, no file
 * needed.
 */
#ifndef OCTAVO_WRITE_PDF_PROFILE_H
#define OCTAVO_WRITE_PDF_PROFILE_H

#include "base/text.h"

/* sRGB (IEC 61966-2-1) as a display profile. */
struct text srgb_profile(struct arena *a);
/* Inks of a common offset press on coated paper, as an input profile: what the colours of a CMYK picture
 * without a profile of its own are taken to mean. */
struct text cmyk_profile(struct arena *a);

#endif
