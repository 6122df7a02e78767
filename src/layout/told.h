/* told.h - what layout/explain.h has been told: shared by the files that collect, sum up and write it. */
#ifndef OCTAVO_LAYOUT_TOLD_H
#define OCTAVO_LAYOUT_TOLD_H

#include "layout/explain.h"

/* A paragraph or table, and on which page each of its lines or rows stands. */
struct told_block {
    const struct paragraph *paragraph; /* or NULL */
    const struct table *table;         /* likewise */
    const char **pages;                /* labels; NULL: that line stands nowhere */
    const char *page;                  /* where `pages` is NULL: of all lines */
    int lines_more;                    /* for its page's sake */
    struct told_block *next;
};

/* Before what a page ends. */
struct told_break {
    const struct paragraph *paragraph; /* the next on the page; or NULL */
    const struct table *table;         /* likewise */
    uint32_t line;                     /* of the paragraph, or the table's row, from 0 */
    const char *text;                  /* of that line */
};

struct told_page {
    const char *label;
    bool left;
    int plan; /* see explain_page */
    struct page_reasons reasons;
    struct told_break before, runner_up_before;
    struct told_page *next;
};

/* What stands together: see enum explain_part. */
struct told_part {
    struct told_block *blocks, **blocks_end;
    struct told_page *pages, **pages_end;
};

struct explain {
    struct arena *arena;
    const struct document *document;
    bool reasons;
    struct told_part parts[EXPLAIN_PARTS], *part; /* the one that is being told of */
    struct told_page *plans;                      /* of that part */
    struct hash *blocks;  /* address of a paragraph or table → its struct told_block */
    struct hash *changed; /* address of a paragraph → the plan that changes it */
    const char *page;     /* label of the one that began last */
    struct setter *setter;
};

/* Calls visit() for each paragraph in the order of the pages, those in tables' cells too. */
typedef void told_visit(const struct told_block *b, void *user);
void told_each(const struct explain *e, told_visit *visit, void *user);

/* The label of a line's page, "" when it stands nowhere. */
const char *told_page(const struct told_block *b, uint32_t line);

/* The figures of all lines. */
struct told_sum {
    uint32_t paragraphs, lines, hyphens;
    uint32_t justified; /* lines with spaces that were */
    double mean_em;     /* of the mean spaces of those lines */
    double variation;   /* coefficient of variation of the same */
};
struct told_sum told_sum(const struct explain *e);

/* ---- words */

/* A reason for demerits, and how many more a runner-up has for it. */
struct told_cause {
    const char *name;
    double more;
};

enum { TOLD_CAUSES = 24 };

/* "More demerits for loose lines (12.1) and hyphens (26); fewer for tight lines (3)." Sorts the causes. */
void told_sentence(struct buf *out, struct told_cause *causes, uint32_t count);

/* How demerits of a line and of a page's end are called: in a key, and in the sentence. */
struct told_name {
    const char *key, *phrase;
};
extern const struct told_name told_line_names[DEMERITS];
extern const struct told_name told_page_names[PAGE_DEMERITS]; /* that of PAGE_RULE is its rule's */
extern const struct told_name told_rule_names[PAGE_RULES];

#endif
