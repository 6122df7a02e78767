#include "write/pdf/fitting.h"

#define T(type) (UINT64_C(1) << TAG_##type)

/* What stands among words and among blocks; among words alone, without Lbl; among blocks alone. */
#define EITHER (T(FIGURE) | T(CODE) | T(NOTE) | T(FORMULA) | T(LINK))
#define WORDS (EITHER | T(REFERENCE) | T(SPAN) | T(EM) | T(STRONG) | T(QUOTE) | T(RUBY))
#define BLOCKS (T(DIV) | T(P) | T(BLOCKQUOTE) | T(L) | T(TABLE))
#define GROUPS (T(PART) | T(SECT))

/* By parent; what isn't named may hold all. */
static const uint64_t may_hold[] = {
    [TAG_DOCUMENT] = T(DOCUMENT) | GROUPS | T(TITLE) | T(H) | BLOCKS | EITHER | T(TOC) | T(INDEX),
    [TAG_SECT] = GROUPS | T(TITLE) | T(H) | BLOCKS | EITHER | T(LBL) | T(CAPTION) | T(TOC) | T(INDEX),
    [TAG_TITLE] = (WORDS | T(PART) | T(DIV) | T(P) | T(L) | T(LBL) | T(TABLE) | T(CAPTION)),
    [TAG_H] = WORDS | T(LBL),
    [TAG_P] = WORDS | T(LBL) | T(L) | T(TABLE),
    [TAG_BLOCKQUOTE] = T(DOCUMENT) | GROUPS | T(H) | BLOCKS | EITHER | T(LBL) | T(CAPTION) | T(TOC) |
                       T(INDEX) | T(REFERENCE),
    [TAG_L] = T(L) | T(LI) | T(CAPTION),
    [TAG_LI] = T(DIV) | T(LBL) | T(LBODY),
    [TAG_LBL] = WORDS,
    [TAG_LBODY] = WORDS | GROUPS | BLOCKS | T(H) | T(CAPTION) | T(INDEX),
    [TAG_TABLE] = T(THEAD) | T(TBODY) | T(TFOOT) | T(TR) | T(CAPTION),
    [TAG_THEAD] = T(TR),
    [TAG_TBODY] = T(TR),
    [TAG_TFOOT] = T(TR),
    [TAG_TR] = T(TH) | T(TD),
    [TAG_TH] = WORDS | T(SECT) | T(DIV) | T(H) | T(P) | T(L) | T(LBL) | T(TABLE) | T(INDEX),
    [TAG_TD] = WORDS | T(SECT) | T(DIV) | T(H) | T(P) | T(L) | T(LBL) | T(TABLE) | T(INDEX),
    [TAG_FIGURE] = WORDS | GROUPS | BLOCKS | T(H) | T(LBL) | T(CAPTION) | T(INDEX),
    [TAG_CAPTION] = WORDS | GROUPS | BLOCKS | T(H) | T(LBL) | T(INDEX),
    [TAG_CODE] = WORDS | GROUPS | BLOCKS | T(LBL) | T(CAPTION) | T(INDEX),
    [TAG_TOC] = T(PART) | T(CAPTION) | T(TOC) | T(TOCI),
    [TAG_TOCI] = T(DIV) | T(P) | T(LBL) | T(TOC) | T(REFERENCE),
    [TAG_NOTE] = WORDS | GROUPS | BLOCKS | T(LBL) | T(CAPTION) | T(INDEX),
    [TAG_REFERENCE] =
        (WORDS | GROUPS | BLOCKS | T(TITLE) | T(H) | T(LBL) | T(CAPTION)) & ~(T(REFERENCE) | T(LINK)),
    [TAG_LINK] = (WORDS | GROUPS | BLOCKS | T(TITLE) | T(H) | T(LBL) | T(CAPTION)) & ~T(LINK),
    [TAG_SPAN] = WORDS | T(LBL),
    [TAG_EM] = WORDS | T(LBL),
    [TAG_STRONG] = WORDS | T(LBL),
    [TAG_QUOTE] = WORDS | T(LBL),
    [TAG_INDEX] = GROUPS | T(DIV) | T(H) | T(P) | T(L) | T(TABLE) | T(FIGURE) | T(CAPTION) | T(NOTE) |
                  T(REFERENCE) | T(FORMULA),
    [TAG_RUBY] = T(RB) | T(RT) | T(RP),
    [TAG_RB] = WORDS & ~T(RUBY),
    [TAG_RT] = WORDS & ~T(RUBY),
    [TAG_RP] = WORDS & ~T(RUBY),
    [TAG_FORMULA] = WORDS | T(PART) | BLOCKS | T(H) | T(LBL) | T(CAPTION) | T(INDEX),
};

static bool holds(enum tag_type parent, enum tag_type kid)
{
    uint64_t may = parent < sizeof may_hold / sizeof *may_hold ? may_hold[parent] : 0;
    return !may || (may >> kid & 1);
}

enum tag_type fitting_type(enum tag_type parent, enum tag_type kid)
{
    static const enum tag_type instead[2][3] = {{TAG_DIV, TAG_SPAN, TAG_NONE}, {TAG_SPAN, TAG_P, TAG_DIV}};
    const enum tag_type *other = instead[WORDS >> kid & 1];
    if (holds(parent, kid))
        return kid;
    for (int i = 0; i < 3 && other[i]; i++)
        if (holds(parent, other[i]))
            return other[i];
    return kid;
}
