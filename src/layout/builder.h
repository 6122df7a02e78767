/* builder.h - within the flow: what is open while the tree is walked, and the steps that its parts share. */
#ifndef OCTAVO_LAYOUT_BUILDER_H
#define OCTAVO_LAYOUT_BUILDER_H

#include "layout/flow.h"
#include "layout/gather.h"
#include "layout/tagging.h"

/* An element that is open while the tree is walked. */
struct level {
    xmlNode *node;
    enum element kind;
    const struct style *style;
    bool block;           /* else inline */
    float x_pt, width_pt; /* of a block's content */
    uint32_t tag;         /* its structure element */
    uint32_t text_tag;    /* blocks: the element that holds the open paragraph's text */
    const char *language;
    bool from_right;         /* its text is written from right to left */
    const struct link *link; /* inline: in force */
    float raise_pt;          /* inline: in force */
    bool call;
    struct picture *picture;             /* blocks: of an img; or NULL */
    struct inline_box *box;              /* inline: the innermost around its text, or NULL … */
    bool boxes_text;                     /* … and it is its own */
    struct ruby *ruby;                   /* inline: that its text is a part of, or NULL */
    enum ruby_part ruby_part;            /* … and which */
    const struct style *first_style;     /* in the first line of the open paragraph, or NULL */
    bool began;                          /* blocks: a paragraph of their own has been opened */
    int number, step;                    /* lists: of the next item */
    bool boxed;                          /* paints a background or border */
    bool whole;                          /* break-inside: avoid, here or above */
    struct block_list *outer;            /* where blocks go again when it closes */
    struct floated *floated;             /* what its content was taken out of; or NULL */
    struct set_aside *set_aside;         /* what waits until it has floated to a side; or NULL */
    uint32_t first_block;                /* tables: in the outer list, of the caption or the table */
    bool silent;                         /* content that is read to nobody: it has no tag */
    bool has_block;                      /* tables: the block is there */
    const char *page;                    /* the name of the pages it stands on */
    uint32_t content_first;              /* its first block between its paddings, in the list it is in */
    uint32_t step_first;                 /* block-step-size: its first block in the outer list */
    bool changes_columns;                /* begins columns or goes over all of them … */
    const struct columns *outer_columns; /* … and these hold again when it closes */
};

struct builder {
    struct arena *arena;
    const struct document *document;
    struct styles *styles;
    const struct flow_options *options;
    struct flow *flow;
    struct gather *gather;
    struct tagger *tagger;
    struct level *levels;
    uint32_t depth;
    size_t capacity;
    struct block_list *out;  /* where blocks go now */
    struct block_list *main; /* where those of the flow go, which asides may be tied to */
    struct aside *asides;    /* that wait for a block to stand beside … */
    enum gap asides_gap;     /* … and the rule for the break before the first of them */
    enum clear_rule clear;   /* for the next block */
    float space_pt;          /* margin that waits for the next block */
    enum gap gap;            /* rule for the break before the next block */
    bool group;
    const char *page;
    struct string_mark *strings, **strings_end; /* wait for the next paragraph */
    struct string_mark *counts;                 /* likewise, of counters: one for each */
    struct anchor *anchors, **anchors_end;      /* likewise */
    struct marker *marker;                      /* likewise */
    struct table *table;                        /* the innermost open one */
    struct hash *called;                        /* names of the notes that have been called */
    struct counters *counters;
    bool floating;                      /* inside of one: there is none inside of another */
    int footnotes;                      /* how many elements have floated to the foot */
    int page_number;                    /* waits for the next block */
    const struct style *letter;         /* of the first letter that comes next, when it is styled otherwise */
    const struct columns *columns;      /* that blocks stand in now, or NULL */
    const struct columns *last_columns; /* of the body, when it was entered before */
    int in_cell;                        /* how many cells are open around */
    uint32_t figure_tag;                /* of the open figure; 0: none */
};

/* The innermost open element. */
struct level *top_level(struct builder *b);
/* Opens one more; pointers to levels may move. */
struct level *push_level(struct builder *b);
/* A length in points; automatic ones are 0. */
float length_at(struct length l, float base);
struct level *nearest_block(struct builder *b);
/* Adds a block to the list that is filled now, with the margin and the break rule that wait for it. */
struct block *add_block(struct builder *b, enum block_kind kind);
void add_unit(struct builder *b, struct unit u);
void add_margin(struct builder *b, float margin);
/* A page ends before the next block. */
void force_page(struct builder *b);
void want_gap(struct builder *b, enum break_rule rule);
void add_padding(struct builder *b, float height);
/* Opens a paragraph in the nearest block when inline content comes and none is open. */
void open_paragraph(struct builder *b);
void close_paragraph(struct builder *b);
uint32_t content_tag(const struct level *l);
/* What holds for the text that comes next. */
struct manner_of_text manner_now(struct builder *b);
/* Links to the element's id lead to what comes next. */
void want_anchor(struct builder *b, const xmlNode *n, uint32_t tag);
/* flow.c: a pseudo-element that is a block. */
void begin_pseudo_block(struct builder *b, const struct style *s);
void end_pseudo_block(struct builder *b);
/* flow_content.c: the content of a pseudo-element, and the strings that an element sets for running heads. */
void add_generated(struct builder *b, const xmlNode *n, enum pseudo which, const struct style *parent);
/* Adds what one part of `content` says, when text alone can say it. */
void content_text(struct builder *b, const xmlNode *n, const struct content *c, struct buf *out);
void set_strings(struct builder *b, const xmlNode *n, const struct style *s);
/* Does what the style's counter-reset and counter-increment say, for running heads and folios too. */
void enter_counters(struct builder *b, const struct style *s);
/* flow_list.c */
void number_item(struct builder *b, struct level *item, struct level *list);
void begin_list(struct level *l);
/* flow_table.c */
void begin_table(struct builder *b, struct level *l);
bool groups_rows(const struct level *l);
void begin_row(struct builder *b, struct level *l);
void begin_cell(struct builder *b, struct level *l);
bool is_cell(const struct level *l);
/* flow_footnote.c: an element that floats to the page's foot (float: footnote). */
bool floats_to_foot(const struct builder *b, const struct level *l);
void begin_footnote(struct builder *b, struct level *l, const struct level *parent);
void end_footnote(struct builder *b, struct level *l);
/* flow_aside.c: an element that floats to a side. */
bool floats_aside(const struct style *s);
/* Begins it; false: it can't float, as a message says, and stands where it is. */
bool begin_aside(struct builder *b, struct level *l);
void end_aside(struct builder *b, struct level *l, float above_pt, float below_pt);
/* How wide it is with borders and paddings. A picture's becomes known. */
float aside_width(struct builder *b, struct level *l, const struct level *parent);
/* Where its edges are in the column, with its margins. */
void place_aside(struct level *l, float left_pt, float right_pt);
/* A block of that kind comes: asides that can't stand beside it are tied to one of their own. */
void stand_beside(struct builder *b, enum block_kind kind);
void stand_alone(struct builder *b);
/* What borders and paddings take of a block's width. */
float edges_across(const struct style *s, float width_pt);
/* The first call of a note brings it to its page's foot. */
void call_note(struct builder *b, const char *name);
/* How far above the baseline the element stands. */
float raise_of(const struct style *s, const struct style *parent, float raise);
/* flow_columns.c: an element that goes over all columns takes their whole width; one that asks for columns
 * leaves its content the width of one. */
void span_columns(struct builder *b, struct level *l);
/* What stands at the page's foot stands under all columns. */
void leave_columns(struct builder *b, struct level *l);
void begin_columns(struct builder *b, struct level *l);
void end_columns(struct builder *b, const struct level *l);
/* flow_inline.c */
void enter_inline(struct builder *b, struct level *l, const struct level *parent);
void leave_inline(struct builder *b, const struct level *l, struct level *parent);
/* The picture of an img in a block that is so wide; NULL: there is no such file. */
struct picture *picture_of(struct builder *b, const struct level *l, float width_pt);
/* Adds it, or what stands for one that isn't there, to the open paragraph. */
void add_picture(struct builder *b, struct picture *p, const struct level *l, const struct level *parent);

#endif
