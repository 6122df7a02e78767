/* code.h - short inline code that holds a hyphen, as options of programs do, gets the class "short": a style
 * can keep `--output` in one line, where a browser would end it behind the hyphens. Blocks of code run from
 * left to right in a document that doesn't, unless the source says otherwise.
 */
#ifndef OCTAVO_REFINE_CODE_H
#define OCTAVO_REFINE_CODE_H

#include "document/document.h"

void code_mark(struct document *d);

#endif
