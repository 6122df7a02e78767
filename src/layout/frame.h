/* frame.h - the dead list in which layout ends: pages of placed frames, and beside them what a reader of the
 * file can follow: tags, destinations, outline. Painters (PDF, PNG) see this and nothing else of layout.
 *
 * Units: points (1/72 in). Origin: the page's top left corner, y grows downwards. Frames are in painting
 * order. Reading order: every frame and tag has a `seq`; a tag's kids (its own frames' marked content and its
 * child tags) are read in the order of their seq, which rises in document order even where frames stand
 * elsewhere on the page (notes at the foot, floats). Memory: everything lives in the arena of the layout;
 * shaped text in those of the shapers, which end no earlier.
 */
#ifndef OCTAVO_LAYOUT_FRAME_H
#define OCTAVO_LAYOUT_FRAME_H

#include "base/buf.h"
#include "document/document.h"
#include "fonts/shape.h"
#include <stdint.h>

enum frame_kind {
    FRAME_TEXT,  /* glyphs of one face, size and colour along one baseline */
    FRAME_RULE,  /* a filled rectangle: rules, borders, backgrounds, underlines */
    FRAME_IMAGE, /* a picture in a rectangle */
    FRAME_LINK   /* an active rectangle; paints nothing */
};

/* A shaped piece of text in a line. Its glyphs follow each other by their advances, times size and stretch.
 */
struct piece {
    const struct shaped *shaped;
    float x_pt;       /* from the frame's x_pt to the piece's left edge */
    uint8_t space;    /* a word space stands before this piece (the painter shows a space glyph) */
    uint8_t inserted; /* the text is not in the source: a hyphen added at a line's end */
};

struct frame_text {
    double size_pt;
    float stretch;  /* horizontal scale of the glyphs: 1 is natural (font expansion) */
    uint32_t color; /* 0xRRGGBB */
    uint32_t count;
    const struct piece *pieces;
    bool trailing_space;   /* the source has a space behind the last piece: the line was broken there */
    bool goes_on;          /* the line was broken there within a word, without a hyphen */
    bool unseen;           /* it is read, and not shown */
    float letter_space_pt; /* added behind every glyph */
};

/* How wide a piece of the frame is, points. */
static inline double piece_width(const struct frame_text *t, const struct piece *p)
{
    return p->shaped->width * t->size_pt / p->shaped->manner->face->upem * (double)t->stretch +
           (double)t->letter_space_pt * p->shaped->count;
}

struct frame_rule {
    double width_pt, height_pt; /* x_pt, y_pt is the top left corner */
    uint32_t color;
};

struct frame_image {
    const struct resource *resource;
    double width_pt, height_pt; /* x_pt, y_pt is the top left corner */
};

struct frame_link {
    double width_pt, height_pt; /* x_pt, y_pt is the top left corner */
    const char *uri;            /* an outside address, or NULL */
    const char *target;         /* the name of a destination in this file, or NULL */
    const char *contents;       /* what the link is, for those who can't see it: "Note 3", the address */
};

struct frame {
    enum frame_kind kind;
    uint32_t tag;     /* index in pages.tags; 0: an artifact (running head, folio, rule), read to nobody */
    uint32_t seq;     /* reading order; see above. 0: outside the flow (running heads, folios) */
    float x_pt, y_pt; /* text: the start of the baseline */
    union {
        const struct frame_text *text;
        struct frame_rule *rule;
        struct frame_image *image;
        const struct frame_link *link;
    };
};

/* ---- tags: the structure tree (ISO 32000-2 §14.8.4), one entry an element, in document order; entry 0 is
 * unused, entry 1 the document. A tag's parent always stands before it. */

enum tag_type {
    TAG_NONE,
    TAG_DOCUMENT,
    TAG_PART,
    TAG_SECT,
    TAG_DIV,
    TAG_TITLE,
    TAG_H, /* level 1 to 6 in `level` */
    TAG_P,
    TAG_BLOCKQUOTE,
    TAG_L,
    TAG_LI,
    TAG_LBL,
    TAG_LBODY,
    TAG_TABLE,
    TAG_THEAD,
    TAG_TBODY,
    TAG_TFOOT,
    TAG_TR,
    TAG_TH,
    TAG_TD,
    TAG_FIGURE,
    TAG_CAPTION,
    TAG_CODE,
    TAG_TOC,
    TAG_TOCI,
    TAG_NOTE,
    TAG_REFERENCE,
    TAG_LINK,
    TAG_SPAN,
    TAG_EM,
    TAG_STRONG,
    TAG_QUOTE,
    TAG_INDEX,
    TAG_FORMULA,
    TAG_RUBY,
    TAG_RB,
    TAG_RT,
    TAG_RP
};

enum list_numbering {
    LIST_NONE,
    LIST_DECIMAL,
    LIST_DISC,
    LIST_CIRCLE,
    LIST_SQUARE,
    LIST_UPPER_ROMAN,
    LIST_LOWER_ROMAN,
    LIST_UPPER_ALPHA,
    LIST_LOWER_ALPHA
};

struct tag {
    enum tag_type type;
    uint32_t parent; /* index; 0 for the document */
    uint32_t seq;
    uint8_t level;        /* TAG_H: 1 to 6 */
    uint8_t numbering;    /* TAG_L: enum list_numbering */
    uint8_t header_scope; /* TAG_TH: 1 column, 2 row, 3 both, 4 its group of rows; 0: as the table shows */
    uint16_t column_span, row_span; /* TAG_TH, TAG_TD: 1 or more; 0 counts as 1 */
    const char *headers;            /* TAG_TH, TAG_TD: ids of its header cells, when the source names them */
    const char *language;           /* when it differs from the parent's, else NULL */
    const char *alternative;        /* TAG_FIGURE, TAG_FORMULA: the alternative text; NULL: none was given */
    const char *expansion;          /* of an abbreviation */
    const char *id; /* unique in the file, equal to the element's id in the EPUB; NULL: none */
    const char
        *reference;    /* TAG_NOTE: id of the first call's link tag; TAG_LINK of a call: id of its note tag */
    const char *title; /* TAG_SECT, TAG_H: for the tag's T entry; may be NULL */
};

/* ---- what the reader of a file can follow */

struct destination {
    const char *name; /* the element's id */
    uint32_t page;    /* index */
    float x_pt, y_pt; /* a little above the place */
    uint32_t tag;     /* 0: none */
};

struct outline_entry {
    const char *title;
    int level;          /* from 1 */
    const char *target; /* name of a destination */
    enum outline_kind {
        OUTLINE_HEADING,
        OUTLINE_OPENING, /* a dedication or epigraph, which contents on paper don't name */
        OUTLINE_FRONT,
        OUTLINE_CHAPTER,
        OUTLINE_PART,
        OUTLINE_BACK
    } kind;
};

/* Where a page begins in the tree: for the page marks of the EPUB. */
struct page_start {
    const xmlNode *text; /* the text node in which the page's first character stands, or the img with which
                            it begins; NULL: the page has nothing of the flow */
    uint32_t offset;     /* bytes from the node's start, at a word's start */
    const char *entry; /* a page of the contents or of a list of figures or tables: the id to which its first
                          entry leads; or which head it begins with, see document/front.h; else NULL */
};

struct page {
    double width_pt, height_pt;
    const char *label; /* "xii", "12"; unique but for front matter that has none */
    bool left;         /* a verso */
    struct page_start start;
    struct frame *frames;
    uint32_t count;
};

struct pages {
    struct page *pages;
    uint32_t count;
    struct tag *tags;
    uint32_t tag_count;               /* with entry 0 */
    struct destination *destinations; /* sorted by name (strcmp), each name once */
    uint32_t destination_count;
    struct outline_entry *outline;
    uint32_t outline_count;
    const char *language; /* BCP 47 */
};

/* Prints pages as text, one frame a line, stable and readable: the format .frames, and what layout's tests
 * compare. */
void frames_print(const struct pages *p, struct buf *out);

#endif
