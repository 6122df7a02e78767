/* profile.h - colour profiles (ICC.1:2004-10, version 4.2): the two that are made in code, always the same
 * bytes and no file needed; and whether one from outside may go into the file.
 */
#ifndef OCTAVO_WRITE_PDF_PROFILE_H
#define OCTAVO_WRITE_PDF_PROFILE_H

#include "base/text.h"

/* sRGB (IEC 61966-2-1) as a display profile. */
struct text srgb_profile(struct arena *a);
/* Inks of a common offset press on coated paper, as an input profile: what the colours of a CMYK picture
 * without a profile of its own are taken to mean. */
struct text cmyk_profile(struct arena *a);

/* Is it an ICC profile, up to version 4, for that many components (ISO 19005-2 §6.2.4.2)? */
bool profile_fits(struct text profile, int components);

#endif
