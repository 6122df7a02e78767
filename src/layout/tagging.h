/* tagging.h - the structure tree that the flow makes while it walks (ISO 32000-2 §14.8.4): which element
 * becomes which tag. */
#ifndef OCTAVO_LAYOUT_TAGGING_H
#define OCTAVO_LAYOUT_TAGGING_H

#include "layout/frame.h"
#include "style/style.h"

struct tagger;

struct tagger *tagger_new(struct arena *a, const struct document *d);
/* The tag of the whole document. */
uint32_t tag_root(const struct tagger *t);
uint32_t tag_add(struct tagger *t, enum tag_type type, uint32_t parent);
/* The next number of the reading order. */
uint32_t tag_next(struct tagger *t);
bool tag_is(const struct tagger *t, uint32_t tag, enum tag_type type);
/* May text stand in this tag itself, without a P of its own? */
bool tag_takes_text(const struct tagger *t, uint32_t tag);

/* The tag of a block element; `parent` when it has none of its own. */
uint32_t tag_for_block(struct tagger *t, const xmlNode *n, enum element kind, const struct style *s,
                       uint32_t parent);
/* The tags of a note that stands at the foot, and of the call that is named `call`. */
struct note_tags {
    uint32_t call, note;
};
struct note_tags tag_footnote(struct tagger *t, uint32_t parent, const char *name, const char *call);
/* The label of a list item or note. */
uint32_t tag_label(struct tagger *t, uint32_t item);
/* Where the content of an element goes: a list item's body, the code of a code block; else the tag itself. */
uint32_t tag_body(struct tagger *t, uint32_t tag);
/* The tag of an inline element; `parent` when it has none of its own. */
uint32_t tag_for_inline(struct tagger *t, const xmlNode *n, enum element kind, uint32_t parent);
/* A text's reading beside it (§14.8.4.4.3): one Ruby holds one base and its reading. The tag of a ruby
 * element is its base's; this is the one around it, and this begins another Ruby behind it, for the next
 * base. */
uint32_t tag_around_base(const struct tagger *t, uint32_t base);
uint32_t tag_next_base(struct tagger *t, uint32_t base);
/* The tag of what stands behind the last of them: the one around it. */
uint32_t tag_behind_ruby(const struct tagger *t, uint32_t base);
/* The tag of a picture: the open figure's (or 0), else a figure of its own; 0 when it only adorns, as its
 * role says. */
uint32_t tag_picture(struct tagger *t, const xmlNode *n, uint32_t figure, uint32_t parent);
/* Notes the language of a block's tag when it is not the outer one. A block that has no tag but its parent's
 * gets one for it; gives the tag. */
uint32_t tag_language(struct tagger *t, uint32_t tag, uint32_t parent, const char *language,
                      const char *outer);

/* Leaves a gap in the reading order, to be filled later. */
void tag_leave_gap(struct tagger *t);
void tag_fill_gap(struct tagger *t);

void tagger_finish(const struct tagger *t, struct tag **tags, uint32_t *count);

/* The text below a node for heads in outlines and running heads: without note calls, white space collapsed.
 */
void tree_plain_text(const struct document *d, const xmlNode *n, struct buf *out);

#endif
