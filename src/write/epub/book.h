/* book.h - what the EPUB writer knows of a book while it packs it; for this room only.
 *
 * book_plan() makes the whole plan in one thread: which files there are (chunks.c), in which of them each id
 * stands (scan.c), the contents (contents.c), the page breaks (marks.c). After that nothing changes, and the
 * files are written and deflated in parallel (page.c, archive.c).
 *
 * Memory: the job's arena, but for each file's own while it is written.
 */
#ifndef OCTAVO_WRITE_EPUB_BOOK_H
#define OCTAVO_WRITE_EPUB_BOOK_H

#include "base/buf.h"
#include "document/document.h"
#include "document/words.h"
#include "write/epub/epub.h"
#include "write/tree/typefaces.h"
#include "write/tree/xhtml.h"

/* A page break that has found its file; its text node (or img) and offset are where it is written, or the
 * heading in whose entry of the contents. */
struct placed_mark {
    const xmlNode *text;
    size_t offset;
    const char *label, *id;
    const struct chunk *chunk;
};

/* One content file. */
struct chunk {
    struct xhtml_range range; /* of the body; its first node is NULL when there's nothing in it */
    const char *file;         /* "chapter-01.xhtml" */
    const char *title;
    const char *type; /* epub:type of its body, or NULL */
    const struct placed_mark *marks;
    size_t mark_count;
    bool opening; /* it stands before the contents: title page, imprint, dedication, epigraph */
    bool goes_on; /* the file before it holds the beginning of its division */
    bool has_svg, has_math;
};

/* An entry of the contents; children are one level deeper. */
struct heading {
    const char *label;
    const struct chunk *chunk;
    const char *id; /* NULL: the beginning of its file */
    int level;      /* 1 is the outermost */
    const xmlNode *node;
    const xmlNode *shown;           /* the heading itself, or a caption, whose text the label is; or NULL */
    const struct placed_mark *page; /* which begins with this entry, or NULL */
    struct heading *next;
};

/* A list of figures or tables, beside the contents. */
struct list {
    struct heading *first;          /* NULL: there is none; all of level 1 */
    const struct placed_mark *page; /* which begins with its head, or NULL */
    bool hidden;                    /* there for reading systems only: the metadata don't want it shown */
};

/* A picture that the book shows. */
struct picture {
    const struct resource *resource;
    const char *href, *media_type;
    struct picture *next;
};

/* What is truly in the book: the accessibility metadata say this and no more. */
struct contains {
    bool pictures, described; /* described: every picture has an alternative text */
    bool math, headings, tables, notes, captions;
    bool all_headings_listed; /* in the contents */
};

struct book {
    const struct document *d;
    const struct epub_options *o;
    struct arena *arena;
    const char *title, *language;
    const char *date;     /* W3CDTF, or NULL */
    const char *modified; /* CCYY-MM-DDThh:mm:ssZ */
    struct chunk *chunks; /* in reading order */
    size_t chunk_count;
    struct hash *chunk_of; /* id → struct chunk */
    struct hash *known;    /* resource name → struct picture */
    struct picture *pictures, *cover;
    struct typefaces typefaces;
    struct heading *contents;
    struct list figures, tables;
    struct contains contains;
    bool conforms;             /* the claim is wanted, and nothing that can be seen speaks against it */
    struct placed_mark *marks; /* in reading order */
    size_t mark_count;
    const struct placed_mark *contents_page; /* which begins with the head of the contents, or NULL */
    const struct chunk *body;                /* for the landmarks; NULL: none */
    struct landmark {
        const struct chunk *chunk; /* NULL: there is none */
        const char *id;            /* NULL: the beginning of that file */
    } notes, index, imprint;
};

struct book *book_plan(const struct document *d, const struct epub_options *o);

/* chunks.c: decides the files. Sets chunks and their names and types. Message: epub.large. */
void chunks_plan(struct book *b);
/* For a walk over the body: the file in which it is once it has entered `n`; `now` is where it was before,
 * NULL at first. Of a text that is cut it's the last file. */
struct chunk *chunk_entered(const struct book *b, struct chunk *now, const xmlNode *n);

/* sizes.c: how many bytes nodes take when written, about. */
struct sizes *sizes_new(const struct book *b);
size_t size_of(struct sizes *s, const xmlNode *n);
size_t size_of_tags(const xmlNode *n);
size_t size_of_text(struct text t);
/* May an element be cut between its children when it alone is too large for a file? */
bool size_divisible(const xmlNode *n);

/* scan.c: one walk over the tree: ids, pictures, what the book contains, titles; and the messages epub.link
 * for each link that leads nowhere, epub.colour for colours that the e-book does without. */
void scan_book(struct book *b);
/* Sorts out an address: what is written for it in `from` (in `scratch` where it is new); "": leads nowhere,
 * NULL: as it is. */
const char *scan_address(const struct book *b, const struct chunk *from, const char *href,
                         struct buf *scratch);

/* contents.c: the contents, and the lists of figures and tables. */
void contents_plan(struct book *b);
/* Do they stand in the reading order, or are they only there to be called up? */
bool contents_shown(const struct book *b);
/* The file of the contents. */
extern const struct chunk contents_chunk;
/* Before which file the contents stand in the reading order; NULL: behind all, or not there. */
const struct chunk *contents_place(const struct book *b);

/* label.c: the text of an element as a label, without note calls, white space made single. */
const char *label_text(struct arena *a, const xmlNode *n);
/* The language of an entry's label as a whole, when it isn't the book's; else NULL. */
const char *label_language(const struct book *b, const struct heading *h);
/* An entry's label with its languages, emphasis and the like. */
void label_write(const struct heading *h, struct buf *out);

/* marks.c: puts the page breaks in order and at the beginnings of words, gives them ids. */
void marks_plan(struct book *b);

/* colours.c: what is kept of a style attribute, in `scratch`, whose arena it uses: "" nothing, NULL all.
 * `lost`, unless NULL, gets the first declaration that isn't kept. */
const char *colours_kept(const char *style, struct buf *scratch, struct text *lost);

/* page.c: the content file `c`; `out` belongs to the calling thread. */
void page_write(const struct book *b, const struct chunk *c, struct buf *out);
void page_write_cover(const struct book *b, struct buf *out);
void page_write_mark(const struct placed_mark *m, struct buf *out);

/* package.c: sets date; and conforms, once the book was scanned. Messages: epub.date, epub.position,
 * epub.conforms. */
void package_plan(struct book *b);
void package_claim(struct book *b);
/* A sentence or three on how the book can be read, in English. */
void package_summary(const struct book *b, struct buf *out);
/* onix.c: adds the codes of ONIX list 196 to the document's report, once the book is planned. */
void onix_report(const struct book *b);

/* nav.c, ncx.c, package.c, sheet.c */
void nav_write(const struct book *b, struct buf *out);
void ncx_write(const struct book *b, struct buf *out);
void package_write(const struct book *b, struct buf *out);
void sheet_write_base(const struct book *b, struct buf *out);
/* The links to base.css and, when there is one, style.css, for a file's head. */
void sheet_link(const struct book *b, struct buf *out);

#endif
