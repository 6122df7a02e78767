/* pagebreak.h - where pages end: the best way over all pages of a flow at once (Plass, "Optimal Pagination
 * Techniques for Automatic Typesetting Systems", 1981), by dynamic programming over its slabs.
 *
 * A page may be a line short when that saves a widow, an orphan or a head at the foot; where pages face each
 * other, both had better be as deep. What can fill it is a paragraph set in a line more, or a line more of
 * white above its heads, above all of them alike; what makes room for a line too many is a paragraph set in a
 * line less, or a line less of white between a title and the text. A float that doesn't fit waits for the top
 * of the next page, and the text goes on meanwhile. What breaks a rule costs so much that it happens only
 * where nothing else is possible.
 */
#ifndef OCTAVO_LAYOUT_PAGEBREAK_H
#define OCTAVO_LAYOUT_PAGEBREAK_H

#include "layout/slab.h"

struct page_room {
    float height_pt; /* of the column */
    float grid_pt;   /* distance of baselines */
};

/* Gives the room on a page of that name. */
typedef struct page_room page_room_of(const char *page, void *user);

/* The height that foot notes called by a slab take: all of it, and the least, when the last of them goes on
 * on the next page. */
struct foot_need {
    float whole_pt, least_pt;
};

/* `*line_pt`: where the last line of notes ends when more of them may stand on it, else 0; it changes. */
typedef struct foot_need foot_need_of(const struct slab *s, float *line_pt, void *user);

struct page_break_options {
    page_room_of *room;
    foot_need_of *foot; /* NULL: no notes at the foot */
    float separator_pt; /* between text and the first of them */
    bool facing;        /* versos and rectos are seen together */
    void *user;
};

/* The white above a page's heads, or above a text that is sunk. */
enum page_white { WHITE_PLAIN, WHITE_OPENED, WHITE_CLOSED };

/* The lines by which that changes the white above a slab. */
int slab_white(const struct slab *s, enum page_white w);

/* A chosen page: slabs from ≤ i < to, but for those of a float that is put off; before them a float that was
 * put off by the page before. The float is named by its first slab. */
struct page_plan {
    uint32_t from, to;
    uint32_t top;              /* a float at the top; NO_FLOAT: none */
    uint32_t put_off;          /* likewise */
    struct paragraph *changed; /* to be set in a line more or less for this page's sake; or NULL */
    int lines_more;            /* 1 or -1 */
    enum page_white white;
};

enum { NO_FLOAT = UINT32_MAX };

/* Must a page end before it? */
bool slab_forces_page(const struct slab *s);

/* The height of the table head that is repeated above a slab which begins a page. */
float slab_repeated_head(const struct slab *s);

/* The height of the float that begins with slab `first`, and the space below it, when it stands at a page's
 * top. */
float float_height(const struct slabs *s, uint32_t first, float grid_pt);

/* The height of the float that begins with slab `first` at a page's foot, and the space above it. */
float float_foot_height(const struct slabs *s, uint32_t first);

/* The margin above a slab that follows a float which has gone elsewhere: the float's own is not needed,
 * unless it is that of a head above. */
float slab_space_after_put_off(const struct slab *s, const struct slab *gone);

/* Chooses the pages. Returns how many there are; `plans` lives in `a`. */
uint32_t pagebreak(struct arena *a, const struct slabs *s, const struct page_break_options *o,
                   struct page_plan **plans);

/* ---- why pages end where they do: for those who ask, at about the price of choosing them twice more */

/* What demerits are given for. */
enum page_demerit {
    PAGE_RULE,     /* ends where a page had better not: see enum page_rule */
    PAGE_SHORT,    /* lines that lack at its foot */
    PAGE_UNEVEN,   /* not as deep as the page it faces */
    PAGE_CHANGED,  /* a paragraph has a line more or less */
    PAGE_OPENED,   /* heads have a line more above them */
    PAGE_CLOSED,   /* the text has a line less above its beginning */
    PAGE_WAITING,  /* a float waits for the next page */
    PAGE_THIN,     /* the last page of a chapter with hardly a line */
    PAGE_OVERFULL, /* what stands on it is taller */
    PAGE_DEMERITS
};

/* What rule a page's end breaks. */
enum page_rule { RULE_NONE, RULE_WIDOW, RULE_ORPHAN, RULE_HEAD, RULE_HYPHEN, RULE_WHOLE, PAGE_RULES };

/* A way for a page to end. */
struct page_end {
    uint32_t to;     /* the slab before which it ends; all slabs counted: the text's end */
    bool forced;     /* it has to */
    int short_lines; /* 0 when forced */
    enum page_rule rule;
    struct paragraph *changed; /* in a line more or less, or NULL */
    int lines_more;
    enum page_white white;
    uint32_t put_off; /* a float; NO_FLOAT: none */
    double demerits[PAGE_DEMERITS];
    double sum;   /* of these */
    double later; /* of the pages that follow, at best */
};

struct page_reasons {
    struct page_end chosen, runner_up;
    bool has_runner_up;
};

/* For each page of `plans`, as pagebreak() gave them, the way it ends and the one it would have ended if that
 * were not possible. Lives in `a`. */
struct page_reasons *pagebreak_explain(struct arena *a, const struct slabs *s,
                                       const struct page_break_options *o, const struct page_plan *plans,
                                       uint32_t count);

#endif
