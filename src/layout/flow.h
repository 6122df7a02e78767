/* flow.h - the tree becomes lists of blocks in reading order: what is set, how far apart, where pages may
 * turn.
 *
 * The walk is serial, since it numbers tags, styles and faces in document order. Setting the units that it
 * leaves (paragraphs and tables) can then be done in any order, in parallel. Vertical margins are collapsed
 * (CSS 2.2 §8.3.1); percentages are of the block's width.
 */
#ifndef OCTAVO_LAYOUT_FLOW_H
#define OCTAVO_LAYOUT_FLOW_H

#include "layout/layout.h"
#include "layout/paragraph.h"
#include "layout/references.h"
#include "layout/table.h"

enum block_kind {
    BLOCK_PARAGRAPH,
    BLOCK_TABLE,
    BLOCK_RULE,  /* <hr>: its border */
    BLOCK_SPACE, /* padding */
    BLOCK_OPEN,  /* a box with a background or border begins */
    BLOCK_CLOSE  /* and ends */
};

/* May a page end before this block? GAP_COLUMN: a column has to. */
enum gap { GAP_FREE, GAP_AVOID, GAP_COLUMN, GAP_PAGE, GAP_RECTO, GAP_VERSO };

/* A box that paints: its edges in the column. */
struct box {
    const struct style *style;
    float x_pt, width_pt;
};

/* What stands in several columns (CSS Multi-column Layout 1): one for each element that asks for them. */
struct columns {
    const struct style *style; /* of that element */
    uint32_t count;
    float x_pt; /* of the first in the page's column */
    float width_pt, gap_pt;
};

struct block_list {
    struct block *blocks;
    uint32_t count;
    size_t capacity;
    bool fills;    /* some block has a fill_pt */
    bool asides;   /* some block has one */
    bool columned; /* the body's columns hold for it */
    bool compact;  /* of a note at the page's foot: when it is short, others may stand on its line */
};

/* How many of these may be tied to one block. */
enum { ASIDES_MOST = 8 };

/* What stands at a side of the column, with text beside it (float: left and right, CSS 2.2 §9.5). Blocks of
 * `content` stand at their places in the column; distances down are from the top of the line, or of what else
 * it is tied to. See layout/beside.h. */
struct aside {
    struct block_list content;
    const xmlNode *element;
    bool right;
    float left_pt, right_pt;   /* its edges in the column, margins counted */
    float above_pt, below_pt;  /* its margins */
    uint32_t offset;           /* in the paragraph's text, where it is called; 0: at its beginning */
    uint32_t line;             /* once it is set: of the paragraph, to which it is tied */
    float down_pt, height_pt;  /* once it is set: where it begins, and how tall it is, with its margins */
    const struct slabs *slabs; /* likewise */
    struct aside *next;
};

struct block {
    enum block_kind kind;
    enum gap gap;
    float space_pt;        /* margin above; dropped at the top of a page unless the page was forced */
    float x_pt;            /* of its left edge in the column */
    float height_pt;       /* BLOCK_SPACE, BLOCK_RULE */
    float fill_pt;         /* BLOCK_SPACE: it takes what the blocks before it lack to this height … */
    uint32_t fill_count;   /* … and how many these are */
    float width_pt;        /* BLOCK_RULE; in a table's cell as in struct paragraph */
    const char *page;      /* name of the page it stands on */
    bool group;            /* begins a group of pages: the next page is its first */
    bool whole;            /* break-inside: avoid */
    uint32_t float_blocks; /* of the float that begins here; 0: none */
    bool floats_down;      /* to the page's foot */
    float step_pt;         /* block-step-size of the element that begins here */
    uint32_t step_count;   /* and how many blocks it has */
    const struct columns *columns; /* it stands in one of these, or NULL; x_pt is as in the first */
    int page_number;               /* that the page where it begins is to have; 0: the next */
    struct aside *asides;          /* that stand beside it and what follows */
    bool tied;                     /* it is on the page of the block before it */
    const bool *beside;    /* by the paragraph's lines that are shorter: it stands beside one that goes
                              on from above it, and so on that page */
    enum clear_rule clear; /* it stands below those on these sides */
    float below_pt;        /* what an aside needs below it */
    union {
        struct paragraph *paragraph;
        struct table *table;
        struct box *box;
        const struct style *rule;
    };
};

/* What has to be set: a paragraph or a whole table. */
struct unit {
    struct paragraph *paragraph;
    struct table *table;
};

struct flow {
    struct unit *units;
    uint32_t unit_count;
    size_t unit_capacity;
    struct tag *tags;
    uint32_t tag_count;
    struct outline_entry *outline;
    uint32_t outline_count;
    size_t outline_capacity;
    bool captions;      /* something has one */
    struct hash *notes; /* note id → struct block_list, when notes stand at the page's foot */
};

struct flow_options {
    float width_pt, height_pt; /* of the column: no picture is larger */
    bool notes_at_foot;
    struct references *references; /* for target-counter() and target-text() */
};

struct builder;

struct builder *flow_begin(struct arena *a, const struct document *d, struct styles *s, struct fonts *f,
                           const struct flow_options *o);

/* Walks one child of a body and adds its blocks to `into`. */
void flow_add(struct builder *b, xmlNode *top, struct block_list *into);

/* Leaves a gap in the reading order; flow_fill_gap() lets what is added next stand there. */
void flow_leave_gap(struct builder *b);
void flow_fill_gap(struct builder *b);

/* What has been made so far; the tags and outline are valid until more is added. */
struct flow *flow_so_far(struct builder *b);

#endif
