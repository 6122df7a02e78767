/* gather.h - inline content is gathered into one paragraph at a time: text, spans, anchors. */
#ifndef OCTAVO_LAYOUT_GATHER_H
#define OCTAVO_LAYOUT_GATHER_H

#include "base/buf.h"
#include "layout/paragraph.h"

/* What holds for the text that comes next. */
struct manner_of_text {
    const struct style *style;
    const char *language;
    uint32_t tag, seq;
    float raise_pt;
    const struct link *link;
    bool call;
    const struct style *first_style; /* see struct span */
    struct inline_box *box;          /* likewise */
    struct ruby *ruby;               /* likewise */
    enum ruby_part part;
};

struct gather {
    struct arena *arena;
    struct fonts *fonts;
    const struct face **faces; /* by style id */
    int face_capacity;
    struct placed_text *placed;  /* styles of raised and lowered text that the face has no glyphs for */
    struct paragraph *paragraph; /* the open one, or NULL */
    struct anchor **anchors_end;
    struct buf *text;
    uint32_t node_base; /* added to offsets in text nodes: what is gathered is the rest of one */
    struct span *spans;
    uint32_t count;
    size_t capacity;
    bool space; /* collapsed white space waits to be set before the next character */
    struct manner_of_text space_manner;
    const xmlNode *space_node;
    uint32_t space_offset;
    struct inline_box *box; /* the innermost open one, or NULL */
    struct ruby **rubies_end;
};

struct gather *gather_new(struct arena *a, struct fonts *f);

/* Opens a paragraph; none may be open. */
void gather_open(struct gather *g, struct paragraph *p);
/* Ends it: gives it its text and spans. */
void gather_close(struct gather *g);

/* Adds text of the tree (`node`) or generated text (NULL), white space as the style asks, letters
 * transformed. */
void gather_text(struct gather *g, const struct manner_of_text *manner, struct text t, const xmlNode *node,
                 const struct place *where);
/* Adds U+2028. */
void gather_line_end(struct gather *g, const struct manner_of_text *m);
void gather_picture(struct gather *g, const struct manner_of_text *m, const struct picture *picture);
/* Opens a box around what comes next, if the style wants one; percentages are of `width_pt`. Gives whether it
 * did: then it is to be closed, unless the paragraph ends before. */
bool gather_open_box(struct gather *g, const struct style *s, float width_pt, float raise_pt);
void gather_close_box(struct gather *g);
/* A span begins within `box`, or NULL: boxes in which nothing stands yet begin with it. */
void gather_begin_boxes(struct span *first, struct inline_box *box);
/* A base with a reading begins. */
struct ruby *gather_ruby(struct gather *g);
/* A reading begins, or what stands around it; it ends. */
void gather_begin_reading(struct gather *g, struct ruby *r);
void gather_end_reading(struct gather *g, struct ruby *r);
/* Text of that manner comes next: tells the ruby that it is a part of. */
void gather_in_ruby(const struct gather *g, const struct manner_of_text *m, struct text bytes);
/* The space of that manner comes next: at the beginning of a base it stands before it, at that of a reading
 * it isn't seen. */
void gather_space_in_ruby(struct manner_of_text *m);
/* Sets the collapsed space that waits, unless the paragraph or line only begins here. */
void gather_space(struct gather *g);
/* Notes that `name` leads to here. */
void gather_anchor(struct gather *g, const char *name, uint32_t tag);

/* The face of a style. */
const struct face *gather_face(struct gather *g, const struct style *s, const struct place *where);
/* The face for a short text that is set in one: the style's, or the one that has what this lacks. */
const struct face *gather_face_of(struct gather *g, const struct manner_of_text *m, struct text t,
                                  const struct place *where);

#endif
