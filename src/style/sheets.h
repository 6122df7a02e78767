/* sheets.h - what the room knows inside: sheets become rules in buckets, rules become computed styles.
 *
 * Room-internal. The way of a style: styles_add (style.c) parses a sheet and files each selector's rule
 * (rules.c); style_of (context.c) finds the context of an element, which nearly always knows the answer; else
 * the rules that match are gathered and cascaded (cascade.c).
 */
#ifndef OCTAVO_STYLE_SHEETS_H
#define OCTAVO_STYLE_SHEETS_H

#include "base/hash.h"
#include "style/properties.h"
#include "style/selector.h"

/* How deep sheets may import each other. */
#define LIMIT_IMPORT_DEPTH 8
/* How many imports there may be in all: a few sheets that name each other often would be read without end. */
#define LIMIT_IMPORTS 256
/* How deep var() may nest, and how many tokens a value may come to: nested variables double at each step. */
#define LIMIT_VAR_DEPTH 16
#define LIMIT_VAR_TOKENS 4096

enum declaration_kind { DECLARES_VALUE, DECLARES_CUSTOM, DECLARES_PENDING };

/* One declaration, ready for the cascade. Pending ones hold var() and are read for each set of variables. */
struct declaration {
    enum declaration_kind kind;
    const struct property *property;   /* value; pending: NULL when a shorthand */
    const struct shorthand *shorthand; /* pending */
    const struct value *value;
    struct text name;     /* custom */
    struct tokens tokens; /* custom, pending */
    bool important;
    bool *told; /* pending: that it can't be read */
    struct place place;
    struct declaration *next;
};

struct rule {
    const struct selector *selector;
    const struct declaration *block;
    uint64_t rank; /* author above built-in, then specificity, then order */
    uint64_t seen; /* the last gathering that met it */
    struct rule *next;
};

struct rule_list {
    struct rule *first, **end;
};

struct page_rule {
    const char *name; /* "" for any */
    bool left, right, first, blank;
    uint64_t rank;
    const struct declaration *block;
    const struct declaration *boxes[BOX_COUNT], *footnote;
    struct place place, box_places[BOX_COUNT];
    struct page_rule *next;
};

/* A sheet as it was parsed, for the e-book. */
struct sheet {
    struct css_rule *rules;
    struct sheet *next;
};

/* A sheet as it was given. */
struct added {
    struct text css;
    const char *file, *folder;
    struct added *next;
};

struct styles {
    struct arena *arena;
    struct messages *messages;
    const char *language;
    const char *const *folders; /* see styles_set_folders; or NULL */
    const struct computed *initial;
    struct hash *values;    /* property and text → struct value: equal declarations share one */
    struct hash *variables; /* of what came of var() and of lists of variables, by pointers */
    struct hash *strings;   /* features → the same, once */
    struct hash *styles;    /* bytes of a struct computed → it */
    int style_count, imports;
    /* rules, by what their last compound asks for */
    struct rule_list by_kind[ELEMENT_COUNT], universal;
    struct hash *by_name; /* ".class", "#id", "type" → struct rule_list */
    struct attention attention;
    unsigned order;
    uint64_t gathering;
    struct page_rule *pages, **pages_end;
    struct style_font *fonts, **fonts_end;
    struct style_intent *intent;
    struct sheet *sheets, **sheets_end;
    struct added *added, **added_end;  /* what styles_add was given */
    bool probing;                      /* these are to find out the page's size … */
    const struct page_style *own_page; /* … which is then this page's; NULL: nobody has asked yet */
    const char *paper;                 /* see styles_set_paper */
    struct contexts *contexts;         /* caches; NULL after a change */
    struct page_cache *page_cache;
    struct substituting *scratch; /* of declare.c */
};

/* ---- declare.c: declarations are read */

struct declaring {
    struct styles *styles;
    const char *file;
    bool quiet;   /* no word about what is not understood */
    bool in_page; /* inside @page */
};

struct declaration *declare(const struct declaring *d, const struct css_declaration *c);
/* The values of a pending declaration with these variables; NULL when it can't be read. */
const struct declaration *declare_pending(struct styles *s, const struct declaration *d,
                                          const struct custom *custom);
/* Is that declaration understood? */
bool declaration_supported(struct styles *s, struct text name, struct tokens value);

/* ---- cascade.c: blocks of declarations, the strongest last, become a style. `parent` NULL: the root's. */

struct blocks {
    const struct declaration *const *at;
    size_t count;
};

const struct computed *cascade(struct styles *s, struct blocks b, const struct computed *parent);
/* The initial value of everything. */
const struct computed *cascade_initial(struct styles *s);
/* What the blocks say of one property; NULL for nothing. */
const struct value *cascade_value(struct styles *s, struct blocks b, const struct property *p,
                                  const struct custom *custom);

/* ---- context.c */

void contexts_forget(struct styles *s);
/* The style of the root element as far as rules for `html` and :root tell. */
const struct style *style_of_root(struct styles *s);

/* ---- rules.c: where rules are filed and found */

void rules_file(struct styles *s, struct selector *selectors, const struct declaration *block, bool author);
/* The buckets that may hold rules for an element; at most LIMIT_BUCKETS. */
#define LIMIT_BUCKETS 64
size_t rules_buckets(const struct styles *s, const xmlNode *n,
                     const struct rule_list *buckets[LIMIT_BUCKETS]);

/* ---- media_query.c */

/* Is one of the queries true of paper? `*sized`: it was asked how large pages are. */
bool media_is_print(struct styles *s, struct tokens list, bool *sized);

/* ---- media.c */

/* Takes the next query off the list; false at its end. */
bool media_next(struct tokens *rest, struct tokens *query);
enum media_ebook { MEDIA_DROP, MEDIA_OPEN, MEDIA_KEEP };
enum media_ebook media_for_ebook(struct tokens query);
bool supports(struct styles *s, struct tokens condition);

/* ---- style.c */

/* A page without a name, of the size that the sheets give it which don't ask for it (CSS Paged Media 3 §7.1);
 * NULL while that is being found out. */
const struct page_style *styles_own_page(struct styles *s);

/* ---- page_size.c */

/* Sets the size that the value of `size` stands for (NULL: none is given); `paper`, which may be NULL, is
 * what auto is. */
void page_set_size(struct styles *s, const struct value *v, const char *paper, const struct font_measure *m,
                   struct page_style *page);

/* ---- page.c */

void page_rule_add(struct styles *s, const struct declaring *d, const struct css_rule *r);

/* ---- builtin.c */

extern const char builtin_sheet[], builtin_cover[];

#endif
