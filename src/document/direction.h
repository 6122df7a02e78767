/* direction.h - which way the writing of a language runs. */
#ifndef OCTAVO_DOCUMENT_DIRECTION_H
#define OCTAVO_DOCUMENT_DIRECTION_H

#include <stdbool.h>

/* Is the language (BCP 47; NULL: none) written from right to left? */
bool language_from_right(const char *language);

#endif
