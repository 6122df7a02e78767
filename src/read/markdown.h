/* markdown.h - the parts of the Markdown reader, for its own files (markdown*.c) only.
 *
 * markdown_read (read.h) goes three steps:
 *   1. frontmatter.h takes the YAML at the top;
 *   2. markdown_parse makes cmark-gfm's tree of the rest, with syntax extensions of our own:
 *      markdown_blocks.c (::: divs, definition lists, task items, captions), markdown_tables.c (guards) and
 * markdown_inlines.c (attributes, spans, sub- and superscript, inline notes). What they find stands in the
 * tree as CUSTOM_BLOCK and CUSTOM_INLINE nodes that carry a `struct mark`;
 *   3. markdown_tree.c walks that tree and makes the document's, with markdown_tree_blocks.c,
 *      markdown_tree_inlines.c and, for the raw HTML within, markdown_html.c.
 *
 * cmark-gfm keeps tables of special characters and of extensions in static memory, so one lock is held while
 * it parses; and its allocator knows no context, so a thread-local pointer names the arena in use. Both are
 * in markdown_parse.c only. While the lock is held nothing but `scratch` is allocated from: messages wait in
 * `waiting`.
 */
#ifndef OCTAVO_READ_MARKDOWN_H
#define OCTAVO_READ_MARKDOWN_H

#include "read/attributes.h"
#include "read/places.h"
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <cmark-gfm/inlines.h>
#include <cmark-gfm/node.h>
#include <cmark-gfm/parser.h>
#include <cmark-gfm/syntax_extension.h>

enum mark_kind {
    MARK_LAST,       /* stands last in the document, see markdown_parse.c */
    MARK_DIV,        /* ::: … ::: */
    MARK_DIV_END,    /* the closing fence; makes nothing */
    MARK_LIST,       /* a definition list */
    MARK_TERM,       /* its dt */
    MARK_DEFINITION, /* its dd */
    MARK_CAPTION,    /* `: text` below a table */
    MARK_TASK,       /* on the user data of an ITEM: `closed` when it is done */
    MARK_ATTRIBUTES, /* {…} behind an inline or at a heading's end */
    MARK_SPAN_OPEN,  /* the [ of [text]{…}; `partner` is the other, when both are children of one node */
    MARK_SPAN_CLOSE,
    MARK_SUB,
    MARK_SUP,
    MARK_HIGHLIGHT,  /* ==marked== */
    MARK_VERSE,      /* on the user data of a PARAGRAPH: a line block; */
    MARK_PAGE_BREAK, /* a page ends here; */
    MARK_LEFT_OUT,   /* makes nothing */
    MARK_ALERT       /* on the user data of a BLOCK_QUOTE */
};

/* Stands for a '<' that must not be looked at, and for the beginning of a reference's number: no text has it.
 */
enum { MARKDOWN_HIDDEN = 1 };

/* What the key of an inline note begins with: no label has a bare bracket, so it is nobody else's. */
#define MARKDOWN_INLINE_NOTE "inline]"

/* Hangs on the user data of our nodes. */
struct mark {
    enum mark_kind kind;
    struct attributes *attributes;
    cmark_node *partner;
    xmlNode *node;      /* of a caption: its table; of a span's beginning: its element */
    size_t level;       /* of a span's beginning: the HTML tags open before it */
    struct text source; /* of attributes: as they were written, for when they can't be given to anything */
    int marker_columns, padding_columns; /* of a definition: like those of a list item */
    int ignored;                         /* of a div: open divs within that are nested too deep */
    bool loose, closed;
};

/* A message of the locked step. */
struct waiting {
    enum severity severity;
    const char *code, *sentence;
    int line, column;
    struct waiting *next;
};

/* A link reference definition, taken out of cmark's hands: see markdown_parse.c. */
struct reference {
    struct text url, title;
};

/* One reading. */
struct markdown {
    struct document *document;
    struct arena
        *scratch;       /* of step 2 alone, since its failure is caught there; ends when the tree is made */
    struct arena *work; /* of step 3, likewise ended */
    struct text text;   /* what is below the front matter */
    struct places *places;
    cmark_parser *parser;
    cmark_node *root, *last;
    cmark_syntax_extension *blocks, *inlines, *table, *core_table;
    struct reference *references;
    size_t reference_count;
    struct hash *noted; /* keys of all notes; NULL: there are none */
    bool hidden;        /* MARKDOWN_HIDDEN stands for some '<' */
    struct waiting *waiting, **waiting_end;
    /* of markdown_blocks.c */
    enum mark_kind adding; /* what is put into the tree: for cmark all our blocks are of one type */
    int fence_line;        /* the line whose closing fence was seen */
    bool deep_div;
    /* of markdown_tables.c */
    size_t head_bytes;      /* bytes looked through for tables' heads */
    size_t completed_cells; /* empty cells that short rows were given */
    bool table_told;
    /* of markdown_inlines.c */
    const unsigned char *bracket_chunk; /* the inline content whose brackets are known */
    struct bracket_pair *pairs;
    size_t pair_count;
    int notes; /* inline notes so far */
    cmark_node *span_floor;
};

/* Step 2. -1 never: exhausted memory raises the document's failure. */
void markdown_parse(struct markdown *m);
/* Between the steps: what other dialects have (markdown_dialects.c). */
void markdown_dialects(struct markdown *m);
/* Step 3: the document's body out of m->root. */
void markdown_tree(struct markdown *m);

/* cmark's allocator over the arena that is in use on this thread. */
struct cmark_mem *markdown_memory(void);
/* Names the arena that cmark's allocator uses on this thread from now on. */
void markdown_use_arena(struct arena *a);
/* Makes cmark-gfm know its own extensions, which it keeps for the whole process; under the lock. */
void markdown_register_extensions(void);

/* The extensions, made in m->scratch. */
cmark_syntax_extension *markdown_blocks(struct markdown *m);
cmark_syntax_extension *markdown_inlines(struct markdown *m);
/* cmark-gfm's extension for tables, with our guards before it. */
cmark_syntax_extension *markdown_tables(struct markdown *m);
/* The mark of a node of ours; NULL for any other. */
struct mark *mark_of(const cmark_node *n);
/* Gives a node a mark of that kind, in scratch memory. */
struct mark *mark_node(struct markdown *m, cmark_syntax_extension *owner, cmark_node *n, enum mark_kind kind);

/* Keeps a message until the lock is free. `sentence` is static or in scratch memory. */
void markdown_wait(struct markdown *m, enum severity severity, const char *code, int line, int column,
                   const char *sentence);
/* The text of a chunk of cmark's, with what was hidden shown again (in place). */
struct text markdown_chunk(const struct markdown *m, const cmark_chunk *c);
/* What is left of the line that a parser is in, without its end. */
struct text markdown_rest(const cmark_parser *p, const unsigned char *input, int length);
/* Does cmark's iterator come to such a node only once? */
bool markdown_leaf(const cmark_node *n);
/* The place of a node. */
struct place markdown_place(const struct markdown *m, const cmark_node *n);

#endif
