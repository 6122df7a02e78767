/* formulas.h - MathML gets a text that stands for it: alttext (MathML Core, 2.1.1), in one line as people
 * type formulas: "x^2", "(a+b)/c", "√(x)". Reading systems without MathML show or say it. What the source
 * gives stays.
 */
#ifndef OCTAVO_REFINE_FORMULAS_H
#define OCTAVO_REFINE_FORMULAS_H

#include "document/document.h"

void formulas_describe(struct document *d);

#endif
