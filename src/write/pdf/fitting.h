/* fitting.h - what an element of PDF 2.0 may hold (ISO/TS 32005:2023 table 5), for the types that we write.
 */
#ifndef OCTAVO_WRITE_PDF_FITTING_H
#define OCTAVO_WRITE_PDF_FITTING_H

#include "layout/frame.h"

/* The type under which a kid of type `kid` is written into an element of type `parent`: its own where that
 * may be, else the plainest that may: Span among words, P for words among blocks, Div. */
enum tag_type fitting_type(enum tag_type parent, enum tag_type kid);

#endif
