/* writer.h - what the parts of the PDF writer share while one file is made. */
#ifndef OCTAVO_WRITE_PDF_WRITER_H
#define OCTAVO_WRITE_PDF_WRITER_H

#include "write/pdf/glyphs.h"
#include "write/pdf/image.h"
#include "write/pdf/marks.h"
#include "write/pdf/pdf.h"
#include "write/pdf/shown.h"
#include "write/pdf/store.h"

/* A link's rectangle on a page. */
struct link {
    const struct frame *frame;
    uint32_t page;
    uint32_t tag; /* the Link that it belongs to; 0: none was found */
    int object;   /* the annotation */
};

/* Why a claim had to be left out; each bit has had its message. */
enum broken {
    BROKEN_ACCESS = 1, /* PDF/UA */
    BROKEN_ARCHIVE = 2 /* PDF/A */
};

/* A marked-content sequence with an MCID, which is its index. One mark may need several: where text has to
 * be replaced by another (ActualText), or where text and pictures alternate. */
struct sequence {
    uint32_t mark; /* index in the page's marks */
};

struct page_use {
    struct page_marks marks;
    struct sequence *sequences; /* made by painting */
    uint32_t sequence_count;
    int object;
    struct link *links;
    uint32_t link_count;
    struct picture **pictures; /* each once */
    uint32_t picture_count;
    struct text content; /* deflated */
};

/* One element's Ref to another. */
struct reference {
    uint32_t from, to; /* tags */
};

/* An empty cell that fills up a short row. */
struct filler {
    uint32_t row; /* tag */
    uint32_t columns;
    int object;
};

/* What colours are meant for. */
struct intent {
    struct text profile; /* the style's, or empty */
    int components;      /* of the profile */
    const char *name;    /* NULL: sRGB */
    int srgb;            /* the object of sRGB's profile, which DeviceRGB stands for; 0: the intent is sRGB */
};

/* A header cell that a cell names. */
struct header {
    uint32_t tag; /* of a TH */
    struct header *next;
};

/* A table's cell. */
struct cell {
    uint16_t column;        /* of its first */
    uint16_t columns, rows; /* what it spans */
    unsigned char scope;    /* a TH's: as tag.header_scope, never 0 */
    bool named;             /* a TH that other cells name: it has an ID */
    struct header *headers; /* the cells that head it, the outermost first; NULL where scopes say enough */
};

struct writer {
    struct arena *arena;
    const struct document *document;
    const struct pages *pages;
    const struct fonts *installed; /* what layout asked for faces; or NULL */
    const struct pdf_options *options;
    struct messages *messages;
    struct store *store;
    struct font_uses fonts;
    struct shown *shown;
    struct picture *pictures, **pictures_end;
    struct hash *picture_of; /* by the resource's name */
    struct tag_kids kids;
    struct page_use *uses; /* by page */
    struct link *links;
    uint32_t link_count;
    int *tag_object;           /* by tag */
    const char **picture_name; /* by tag: of a picture in it */
    unsigned char *tag_linked; /* by tag: a Link that has an annotation */
    uint32_t *tag_stands;      /* by tag: itself, or the one around it that takes what it holds */
    unsigned char *tag_kind;   /* by tag: enum tag_type as which it is written */
    struct cell **cells;       /* by tag; NULL: there are no tables */
    struct filler *fillers;    /* in the order of rows' tags within each table */
    uint32_t filler_count;
    size_t filler_room;
    struct intent intent;
    int heading_shift;            /* taken off the levels of headings */
    struct reference *references; /* sorted by from */
    size_t reference_count;
    unsigned broken; /* enum broken, ored */
    bool tagged;     /* a structure tree is written */
    bool modern;     /* PDF 2.0 */
};

/* ---- scan.c: the first look at all frames: glyphs, pictures, marks, links; what is wrong gets its message.
 */
void writer_scan(struct writer *w);

/* ---- standing.c: which tags become elements, and as what; tables.c: cells and what they span. */
void writer_standing(struct writer *w);
void writer_tables(struct writer *w);

/* ---- check.c: what the elements that stand lack gets its message. */
void writer_check(struct writer *w);

/* ---- pictures.c: reads all pictures, on several threads, and makes their objects. */
void writer_pictures(struct writer *w);

/* ---- font.c: the font objects; gives glyphs their new ids and widths, so it comes before painting. */
void writer_fonts(struct writer *w);

/* ---- content.c: the content streams of all pages, deflated, on several threads. */
void writer_paint(struct writer *w);

/* ---- structure.c */

/* Reserves the objects of all tags. */
void writer_tags(struct writer *w);
/* Structure elements, parent tree, IDs. Gives the structure tree root's object. */
int writer_structure(struct writer *w);
/* The structure type under which a tag that stands is written: also its name in content streams. */
const char *tag_name(const struct writer *w, uint32_t tag);

/* ---- references.c */
void writer_references(struct writer *w);
/* The first reference from a tag; others follow it. NULL: none. */
const struct reference *references_of(const struct writer *w, uint32_t tag);
/* The Ref entry of a tag, if it refers to any. */
void print_references(const struct writer *w, struct buf *b, uint32_t tag);

/* ---- attach.c: adds the catalog's AF entry; gives the name tree of embedded files, or 0. */
int writer_attachments(struct writer *w, struct buf *associated);

/* ---- navigation.c: each gives an object, or 0 when there is nothing of it. */
void writer_links(struct writer *w); /* fills the annotations' objects */
int writer_destinations(struct writer *w);
int writer_outline(struct writer *w);
int writer_labels(struct writer *w);
/* Is an outside address short enough for a PDF? */
bool address_fits(const char *uri);
const struct destination *destination_find(const struct pages *p, const char *name);

/* ---- metadata.c */
int writer_metadata(struct writer *w); /* the XMP stream */
void writer_info(struct writer *w);

/* ---- intent.c */
void writer_profile(struct writer *w); /* reads the profile that the style names */
int writer_intent(struct writer *w);   /* the output intent's object */
/* The colour space of what is written as DeviceRGB. */
void print_srgb(const struct writer *w, struct buf *b);

/* ---- writer.c */

/* Adds a text string to `b`; a cut one gets its message. */
void writer_text(struct writer *w, struct buf *b, struct text utf8);
/* The label of a page, for messages. */
const char *writer_page_name(const struct writer *w, uint32_t page);
/* The nearest tag of a type at or around a tag; 0: there is none. */
uint32_t tag_around(const struct pages *p, uint32_t tag, enum tag_type type);
/* A message about the whole file. */
struct place writer_place(const struct writer *w);

#endif
