/* vocabulary.h - the one table of the elements that a document may hold.
 *
 * XHTML elements with what the passes, the layout and the writers need to know of each: whether it is a
 * block, holds only inline content, is empty, keeps white space; and whether EPUB 3.3 content documents may
 * hold it as it stands. Source: HTML Standard §4, EPUB 3.3 §6.
 */
#ifndef OCTAVO_DOCUMENT_VOCABULARY_H
#define OCTAVO_DOCUMENT_VOCABULARY_H

#include "base/text.h"

/* X(enumerator, name, flags) in alphabetical order of names. */
#define ELEMENTS(X)                                                                                          \
    X(A, "a", INLINE)                                                                                        \
    X(ABBR, "abbr", INLINE)                                                                                  \
    X(ADDRESS, "address", BLOCK)                                                                             \
    X(ARTICLE, "article", BLOCK)                                                                             \
    X(ASIDE, "aside", BLOCK)                                                                                 \
    X(AUDIO, "audio", INLINE | MEDIA)                                                                        \
    X(B, "b", INLINE)                                                                                        \
    X(BDI, "bdi", INLINE)                                                                                    \
    X(BDO, "bdo", INLINE)                                                                                    \
    X(BLOCKQUOTE, "blockquote", BLOCK)                                                                       \
    X(BODY, "body", BLOCK)                                                                                   \
    X(BR, "br", INLINE | EMPTY)                                                                              \
    X(CAPTION, "caption", BLOCK | LEAF)                                                                      \
    X(CITE, "cite", INLINE)                                                                                  \
    X(CODE, "code", INLINE | VERBATIM)                                                                       \
    X(COL, "col", BLOCK | EMPTY)                                                                             \
    X(COLGROUP, "colgroup", BLOCK)                                                                           \
    X(DATA, "data", INLINE)                                                                                  \
    X(DD, "dd", BLOCK)                                                                                       \
    X(DEL, "del", INLINE)                                                                                    \
    X(DETAILS, "details", BLOCK)                                                                             \
    X(DFN, "dfn", INLINE)                                                                                    \
    X(DIV, "div", BLOCK)                                                                                     \
    X(DL, "dl", BLOCK)                                                                                       \
    X(DT, "dt", BLOCK | LEAF)                                                                                \
    X(EM, "em", INLINE)                                                                                      \
    X(FIGCAPTION, "figcaption", BLOCK)                                                                       \
    X(FIGURE, "figure", BLOCK)                                                                               \
    X(FOOTER, "footer", BLOCK)                                                                               \
    X(H1, "h1", BLOCK | LEAF | HEADING)                                                                      \
    X(H2, "h2", BLOCK | LEAF | HEADING)                                                                      \
    X(H3, "h3", BLOCK | LEAF | HEADING)                                                                      \
    X(H4, "h4", BLOCK | LEAF | HEADING)                                                                      \
    X(H5, "h5", BLOCK | LEAF | HEADING)                                                                      \
    X(H6, "h6", BLOCK | LEAF | HEADING)                                                                      \
    X(HEADER, "header", BLOCK)                                                                               \
    X(HGROUP, "hgroup", BLOCK)                                                                               \
    X(HR, "hr", BLOCK | EMPTY)                                                                               \
    X(HTML, "html", BLOCK)                                                                                   \
    X(I, "i", INLINE)                                                                                        \
    X(IMG, "img", INLINE | EMPTY)                                                                            \
    X(INPUT, "input", INLINE | EMPTY)                                                                        \
    X(INS, "ins", INLINE)                                                                                    \
    X(KBD, "kbd", INLINE | VERBATIM)                                                                         \
    X(LI, "li", BLOCK)                                                                                       \
    X(MAIN, "main", BLOCK)                                                                                   \
    X(MARK, "mark", INLINE)                                                                                  \
    X(MATH, "math", INLINE | FOREIGN)                                                                        \
    X(NAV, "nav", BLOCK)                                                                                     \
    X(OL, "ol", BLOCK)                                                                                       \
    X(P, "p", BLOCK | LEAF)                                                                                  \
    X(PRE, "pre", BLOCK | LEAF | VERBATIM)                                                                   \
    X(Q, "q", INLINE)                                                                                        \
    X(RB, "rb", INLINE)                                                                                      \
    X(RP, "rp", INLINE)                                                                                      \
    X(RT, "rt", INLINE)                                                                                      \
    X(RUBY, "ruby", INLINE)                                                                                  \
    X(S, "s", INLINE)                                                                                        \
    X(SAMP, "samp", INLINE | VERBATIM)                                                                       \
    X(SECTION, "section", BLOCK)                                                                             \
    X(SMALL, "small", INLINE)                                                                                \
    X(SPAN, "span", INLINE)                                                                                  \
    X(STRONG, "strong", INLINE)                                                                              \
    X(SUB, "sub", INLINE)                                                                                    \
    X(SUMMARY, "summary", BLOCK | LEAF)                                                                      \
    X(SUP, "sup", INLINE)                                                                                    \
    X(SVG, "svg", INLINE | FOREIGN)                                                                          \
    X(TABLE, "table", BLOCK)                                                                                 \
    X(TBODY, "tbody", BLOCK)                                                                                 \
    X(TD, "td", BLOCK)                                                                                       \
    X(TFOOT, "tfoot", BLOCK)                                                                                 \
    X(TH, "th", BLOCK)                                                                                       \
    X(THEAD, "thead", BLOCK)                                                                                 \
    X(TIME, "time", INLINE)                                                                                  \
    X(TR, "tr", BLOCK)                                                                                       \
    X(U, "u", INLINE)                                                                                        \
    X(UL, "ul", BLOCK)                                                                                       \
    X(VAR, "var", INLINE)                                                                                    \
    X(VIDEO, "video", INLINE | MEDIA)                                                                        \
    X(WBR, "wbr", INLINE | EMPTY)

enum element {
    ELEMENT_UNKNOWN, /* a name outside the table */
#define X(id, name, flags) ELEMENT_##id,
    ELEMENTS(X)
#undef X
        ELEMENT_CALL, /* o:call, see refine/notes.h: only until the notes pass */
    ELEMENT_NOTE,     /* o:note, likewise */
    ELEMENT_COUNT
};

enum element_flags {
    ELEMENT_IS_INLINE = 1,
    ELEMENT_IS_BLOCK = 2,
    ELEMENT_IS_LEAF = 4,      /* a block that holds inline content only */
    ELEMENT_IS_EMPTY = 8,     /* never has content */
    ELEMENT_IS_HEADING = 16,  /* h1 to h6 */
    ELEMENT_IS_VERBATIM = 32, /* typography leaves its text alone */
    ELEMENT_IS_MEDIA = 64,    /* audio, video: not kept */
    ELEMENT_IS_FOREIGN = 128  /* its content is of another vocabulary (MathML, SVG) */
};

/* The element of that local name (XHTML, lower case), or ELEMENT_UNKNOWN. */
enum element element_named(struct text name);
/* Its local name; "" for ELEMENT_UNKNOWN. */
const char *element_name(enum element e);
/* Flags, ored; 0 for ELEMENT_UNKNOWN. */
unsigned element_flags(enum element e);

static inline bool element_is(enum element e, enum element_flags flag)
{
    return (element_flags(e) & (unsigned)flag) != 0;
}

#endif
