/* paragraph.h - inline content, gathered from the tree and ready to be set: what the flow makes and the
 * setter reads.
 *
 * A paragraph is one UTF-8 text, white space collapsed as its style asks, cut into spans of one style, face,
 * tag and link. Positions are byte offsets in that text. Pictures stand as U+FFFC, forced line ends as
 * U+2028.
 */
#ifndef OCTAVO_LAYOUT_PARAGRAPH_H
#define OCTAVO_LAYOUT_PARAGRAPH_H

#include "layout/frame.h"
#include "layout/linebreak.h"
#include "style/style.h"

struct link {
    const char *uri, *target, *contents;
    uint32_t tag;
};

struct picture {
    const xmlNode *element; /* its img */
    const struct resource *resource;
    double width_pt, height_pt;
    float scale;              /* what it is made smaller by, to fit; 1: it isn't */
    bool wanted;              /* the style says how large it would be */
    float above_pt, below_pt; /* what its margins, borders and paddings take of the line */
    uint32_t tag, seq;
};

/* White space as it is in the source, or single (CSS Text 3 §3)? */
static inline bool style_keeps_spaces(const struct style *s)
{
    return s->white_space == WHITE_PRE || s->white_space == WHITE_PRE_WRAP;
}

/* Is no line ended within it but where it ends one itself? */
static inline bool style_keeps_line(const struct style *s)
{
    return s->white_space == WHITE_NOWRAP || s->nowrap;
}

static inline bool style_keeps_lines(const struct style *s)
{
    return style_keeps_spaces(s) || s->white_space == WHITE_PRE_LINE;
}

/* An inline element with a margin, border, padding or ground of its own (CSS 2.2 §8.6): where it goes on over
 * several lines, its left edge stands in the first and its right edge in the last. */
struct inline_box {
    const struct style *style;
    const struct face *face;
    const struct paragraph *paragraph;
    struct inline_box *outer; /* or NULL */
    uint32_t depth;           /* 1: none is around it */
    bool begun;               /* something stands in it: `start` is known */
    uint32_t start, end;      /* in the paragraph's text; end: UINT32_MAX while it is open */
    float edge_pt[4];         /* border and padding, by enum side */
    float left_pt, right_pt;  /* the same with the margin */
    float raise_pt;
};

/* A base and its reading (CSS Ruby 1): the base's text, and right behind it that of the reading, with what
 * isn't shown of it: spaces around it, and what stands in rp. */
struct ruby {
    uint32_t index; /* in the paragraph */
    const struct paragraph *paragraph;
    uint32_t start, base_end, end; /* in the paragraph's text */
    bool begun, ended;             /* the base has text; the base is at its end */
    bool read;                     /* the reading has text */
    bool in_line;                  /* it can't be set above the base: it stands behind it */
    bool under;                    /* the reading stands under the base */
    struct ruby *next;
};

enum ruby_part { RUBY_BASE, RUBY_READING, RUBY_UNSEEN };

struct span {
    uint32_t start, end;
    const struct style *style;
    const struct face *face;
    const char *language;
    uint32_t tag, seq;
    float raise_pt;                /* of the baseline: superscripts are above 0 */
    const struct link *link;       /* or NULL */
    const struct picture *picture; /* the text is one U+FFFC */
    const xmlNode *node;           /* the text node or img it comes from; NULL: generated */
    uint32_t node_offset;          /* bytes from the node's start, where the span starts */
    bool call;                     /* a note call or back link: never begins a line */
    const struct style
        *first_style; /* in the first line, when that is styled otherwise (::first-line); or NULL */
    const struct face *first_face;
    const struct inline_box *box; /* the innermost around it, or NULL */
    float before_pt, after_pt;    /* edges of boxes that begin and end with it */
    const struct ruby *ruby;      /* that it is a part of, or NULL */
    enum ruby_part part;
};

/* A place that links lead to. */
struct anchor {
    uint32_t offset;
    const char *name;
    uint32_t tag;
    struct anchor *next;
};

/* A string for running heads, set where the paragraph begins. */
struct string_mark {
    const char *name, *value;
    struct string_mark *next;
};

/* A note that a line calls, for notes at the page's foot. */
struct note_mark {
    uint32_t offset;
    const char *name; /* the note's id */
    struct note_mark *next;
};

struct line {
    struct frame *frames; /* x from the paragraph's left edge, y from the baseline */
    uint32_t frame_count;
    float height_pt, baseline_pt; /* of the line's box; the baseline from its top */
    float lift_pt;                /* how much of that is room for readings above it */
    uint32_t start, end;          /* in the paragraph's text */
    float ratio, expansion;
    bool hyphen;
};

struct marker {
    const char *text; /* "1.", "•" */
    bool inside;      /* it begins the first line, and doesn't hang before it */
    float x_pt;       /* of its item in the column, or of the paragraph that it hangs before from there */
    const struct style *style;
    const struct face *face;
    uint32_t tag, seq;
};

/* What stands at the right end of the last line, with a leader before it: the page number of a contents'
 * entry. */
struct tail {
    const char *leader, *text;
    const struct style *style;
    const struct face *face;
    const struct link *link; /* or NULL */
    uint32_t tag, seq;
};

#define VARIANT_NONE 1e9f
enum { VARIANT_HYPHENS = 64 };

/* Another number of lines. */
struct variant {
    float cost;       /* demerits that it would add; VARIANT_NONE: it can't be had */
    uint64_t hyphens; /* a bit for each of the first lines: does it end with a hyphen? */
};

struct paragraph {
    const struct style *style; /* of the block */
    const struct face *face;   /* of the strut */
    const xmlNode *element;
    const char *language;
    bool from_right; /* its lines begin at the right: see layout/mirror.h */
    const char *text;
    uint32_t length;
    struct span *spans;
    uint32_t span_count;
    float width_pt, indent_pt;      /* measure; indent of the first line */
    struct marker *marker;          /* hangs before the first line; or NULL */
    struct initial *initial;        /* or NULL; see layout/initial.h */
    struct tail *tail;              /* or NULL */
    const struct style *first_line; /* ::first-line: see layout/first_line.h; or NULL */
    const char *own_text;           /* then the text as if there were no such line */
    uint32_t first_end;             /* then where that line ends, once it is set; 0: it isn't */
    struct span *own_spans;         /* and the spans as if there were no such line */
    uint32_t own_span_count;
    const struct line_inset *insets; /* of its first lines, beside what floats; see layout/beside.h */
    uint32_t inset_count;
    float inset_most_pt; /* of a line, both sides */
    struct anchor *anchors;
    struct string_mark *strings;
    struct note_mark *notes;
    struct ruby *rubies; /* in the order of the text */
    uint32_t ruby_count;
    bool enclosed;      /* in a cell: its readings don't stand out at the top or the bottom */
    float space_pt;     /* the margin above it */
    struct line *lines; /* made by paragraph_set */
    uint32_t line_count;
    double demerits;           /* of its lines */
    int hyphens_above;         /* the ladder that it would go on with: see layout/ladder.h */
    struct variant more, less; /* in a line more or less */
};

/* The measure of its narrowest line, in points. */
static inline float paragraph_narrowest(const struct paragraph *p)
{
    return p->width_pt - p->inset_most_pt;
}

struct setter; /* what one thread needs: see layout/setter.h */

struct hyphenation;

struct setter *setter_new(struct arena *a, const struct document *d, struct messages *m,
                          struct hyphenation *h);

/* Ends what it keeps for setting more; what it has set stays. */
void setter_end(struct setter *s);

/* Breaks the paragraph into lines and makes their frames. Messages: layout.overfull, layout.loose. */
void paragraph_set(struct setter *s, struct paragraph *p);

/* Sets the paragraph anew in `lines` lines, which paragraph_cost has said to be possible. `s` may be another
 * setter than that of the first time. */
void paragraph_reset(struct setter *s, struct paragraph *p, uint32_t lines);

/* How many bytes of a text a message shows: not more than fits a line of a terminal. */
size_t text_shown(struct text t);

/* Adds text of the paragraph as it is seen, without white space at its ends; `hyphen`: with one at the end.
 */
void paragraph_text(const struct paragraph *p, uint32_t from, uint32_t to, bool hyphen, struct buf *out);

/* A line of a way to set a paragraph, for explaining. */
struct explained_line {
    struct text text; /* with the hyphen that is added */
    float ratio, expansion;
    bool hyphen, overfull;
    struct demerits demerits;
};

struct explained_way {
    struct explained_line *lines;
    uint32_t count;
    double demerits;
};

/* Breaks the paragraph once more and gives its lines, and those of the runner-up (none: there is none). With
 * `lines` both have so many; 0: as many as are best. Valid until `s` sets another. */
void paragraph_explain(struct setter *s, const struct paragraph *p, uint32_t lines,
                       struct explained_way *chosen, struct explained_way *runner_up);

/* The natural width of the widest line that has no optional break, and of the widest word: for columns of
 * tables. */
void paragraph_measure(struct setter *s, struct paragraph *p, double *widest_line_pt, double *widest_word_pt);

/* Does a link to the anchor lead to this line? */
bool anchor_in_line(const struct anchor *n, const struct paragraph *p, const struct line *l);

/* The offset in its text node of what stands `skip` bytes of the paragraph's text behind the span's start. */
uint32_t raw_offset(const struct span *s, uint32_t skip);

/* Where in the tree the byte `offset` of the paragraph's text comes from. */
struct page_start paragraph_source(const struct paragraph *p, uint32_t offset);

#endif
