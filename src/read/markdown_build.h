/* markdown_build.h - how markdown_tree.c and markdown_html.c put nodes into the document.
 *
 * A builder stands in one element and adds behind what that holds. Text is gathered and added at once.
 * Elements deeper than LIMIT_DEPTH aren't made: what they hold goes into the one around (message
 * markdown.depth, once).
 */
#ifndef OCTAVO_READ_MARKDOWN_BUILD_H
#define OCTAVO_READ_MARKDOWN_BUILD_H

#include "base/buf.h"
#include "read/html_fragment.h"
#include "read/markdown.h"

struct builder {
    struct markdown *m;
    struct document *d;
    xmlNode *at;
    int depth;        /* of `at` */
    struct buf *text; /* gathered, to be added to `at` */
    struct place text_place;
    xmlNode *implied; /* a paragraph made for text that stood right among blocks; it is `at` or above */
    bool page_break;  /* the next block begins a page */
    bool deep_told;
    /* of markdown_html.c: open tags, innermost last */
    struct html_open *tags;
    size_t tag_count, tag_room;
    const cmark_node *no_foreign; /* among its children no whole SVG or MathML was found */
    /* of markdown_tree.c */
    size_t reference_bytes;
    bool references_told;
};

/* Adds the gathered text. */
void build_flush(struct builder *b);
/* Gathers text; `where` is where it begins. Where only rows, items … may stand it goes before them. */
void build_text(struct builder *b, struct text t, const struct place *where);
/* Takes white space from the end of the gathered text. */
void build_trim(struct builder *b);
/* A head cell without content heads nothing: it becomes a plain cell. */
void build_no_head(struct builder *b, xmlNode *cell);
/* Adds an element and goes into it. NULL, and `at` stays, when that would be too deep. */
xmlNode *build_open(struct builder *b, enum element e, const struct place *where);
/* Adds an element without going into it; at any depth. */
xmlNode *build_leaf(struct builder *b, enum element e, const struct place *where);
/* Adds an element before the outermost one around that may only hold rows, items … (as HTML parsers do with
 * what doesn't belong there). */
xmlNode *build_foster(struct builder *b, enum element e, const struct place *where);
/* Goes back to an element around, where the builder stood before at that depth. */
void build_back(struct builder *b, xmlNode *at, int depth);
/* Ends the implied paragraph, if there is one. */
void build_end_implied(struct builder *b);
/* Is the builder inside a leaf block (p, h1, …) or an inline element? */
bool build_inline_context(const struct builder *b);
/* The nearest element around `at`, or itself, of that kind, below the nearest block unless `e` is a block; or
 * NULL. */
xmlNode *build_inside(const struct builder *b, enum element e);

/* What is done when the walk comes to a node: it adds, and may leave the builder inside of what it added. */
typedef void markdown_enter(struct builder *b, cmark_node *n);
/* The function of a block or inline node; NULL: nothing is done. */
markdown_enter *markdown_block(const cmark_node *n);
markdown_enter *markdown_inline(const cmark_node *n);
/* The key of a note or a call. cmark matches labels without case, so that is how they are. */
struct text markdown_note_key(struct text label);
/* Adds a call of the note with that label. */
void markdown_call(struct builder *b, struct text label, const struct place *where);
/* `n`, or what follows it when it is a block of attributes. */
const cmark_node *markdown_behind_attributes(const cmark_node *n);

/* Pairs the tags of all raw HTML in the tree, before it is walked. */
void markdown_html_pair(struct markdown *m);
/* Adds the raw HTML of an HTML_BLOCK or HTML_INLINE node. */
void markdown_html_add(struct builder *b, cmark_node *n);
/* How many tags are open, and back to so many. */
size_t markdown_html_level(const struct builder *b);
void markdown_html_back(struct builder *b, size_t level);

#endif
