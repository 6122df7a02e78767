/* document.h - the document of a job: one XHTML tree with metadata and resources beside it.
 *
 * Every reader makes it, every pass changes it, every writer reads it. The tree is libxml2's: an <html> root
 * in the XHTML namespace whose <body> is `body`. Elements are made only by the functions here, so that each
 * carries its element number and its place in the source; trees parsed elsewhere come in through tree_adopt.
 *
 * While reading, two elements of our own namespace (prefix o) stand for notes:
 *     <o:call key="k"/>           where a note is called
 *     <o:note key="k">…</o:note>  the note's blocks, anywhere in the body
 * number="3" on an o:note says that the source numbers its notes itself; a number that doesn't rise begins
 * another series. The pass refine/notes.h replaces both elements; no writer ever sees them.
 *
 * After refining the body holds, in this order (each may be missing but for at least one chapter):
 *     <header class="title-block">             h1.title, p.subtitle, p.author (one each), p.date …; in a
 * book, and where front matter is asked for, it is a .title-page <section class="imprint">, "dedication",
 * "epigraph" <section epub:type="…" class="…">        front matter, chapters, parts (with chapters inside)
 *     <section epub:type="endnotes" …>         the notes, when they stand at the end of the book
 * Every section and heading has an id.
 *
 * Memory: the tree, metadata and resources end with the job's arena. One thread changes a document; several
 * may read.
 */
#ifndef OCTAVO_DOCUMENT_DOCUMENT_H
#define OCTAVO_DOCUMENT_DOCUMENT_H

#include "base/arena.h"
#include "base/hash.h"
#include "base/message.h"
#include "base/text.h"
#include "document/vocabulary.h"
#include <libxml/tree.h>

/* ---- metadata */

struct person {
    const char *name;
    const char *role;    /* MARC relator code: "aut", "edt", "trl", "ill" … */
    const char *file_as; /* for sorting; NULL: not given */
    struct person *next;
};

struct word_list {
    const char *word;
    struct word_list *next;
};

/* A subject's place in a scheme of subjects. */
struct term {
    const char *subject;       /* one of the subjects: the same string */
    const char *scheme, *code; /* "BISAC", "HIS010000" */
    struct term *next;
};

/* The value of `cover` that asks for an e-book without one. */
#define META_COVER_NONE "none"

/* All strings are UTF-8 in the document's arena; NULL: not given. */
struct meta {
    const char *title, *subtitle;
    const char *title_marked, *subtitle_marked; /* with the asterisks of their emphasis; else NULL */
    bool title_stands_in;                       /* the file's name, since the text has no title */
    struct person *people;                      /* in the order given */
    const char *language;                       /* BCP 47; never NULL after refining */
    struct word_list *languages;                /* further ones */
    const char *date;                           /* as given: YYYY, YYYY-MM or YYYY-MM-DD */
    const char *publisher, *rights, *license, *description, *source;
    const char *identifier;      /* as given: ISBN, DOI, URN, URL; after refining see identifier.h */
    const char *identifier_type; /* ONIX list 5: "15" ISBN-13, "06" DOI; NULL: another */
    const char *edition;         /* "Second edition" */
    const char *dedication, *epigraph;
    struct word_list *front_matter; /* what is asked for: see document/front.h; NULL: nothing was said */
    struct word_list *subjects;
    struct term *terms; /* of those subjects that stand in a scheme */
    const char *series, *series_number, *collection, *collection_number;
    const char *cover;          /* a picture's path below the source's folder, or META_COVER_NONE */
    const char *style;          /* a name in styles/ or a path */
    const char *paper;          /* "a4", "letter" … : see style/page.h */
    const char *contents_depth; /* levels of headings in the contents, "1" to "6" */
    const char *embed_fonts;    /* "yes": the e-book has the style's typefaces in it */
    const char *from, *reply_to, *mail_subject, *preview; /* of a mail */
    const char *list_id, *list_help, *list_subscribe, *list_unsubscribe, *list_post, *list_owner,
        *list_archive;
    struct word_list *to;
    struct word_list *settings; /* further "key=value" pairs that a style may ask for */
    struct hash *places;        /* key → struct place: see meta_place */
};

/* ---- resources: pictures and other files that the document refers to */

struct resource {
    const char *name;       /* as the source names it */
    const char *path;       /* where it lies */
    const char *href;       /* its place in a package: "images/name.png"; unique */
    const char *media_type; /* "image/png" … */
    struct text bytes;
    struct text given;       /* the file's own bytes, whatever was made of them; at NULL: there is no file */
    struct place place;      /* where it was first named: see resource_place */
    int width_px, height_px; /* 0: unknown */
    double dpi;              /* pixels an inch as the file says, 0: it doesn't say */
    bool has_alpha;
    int orientation; /* of a JPEG: 1 upright, 2 to 8 turned or mirrored (EXIF 2.3, tag 0x0112); 0: unknown */
    struct resource *next;
};

struct document {
    struct arena *arena;
    struct messages *messages;
    const char *source_name; /* as the user named it, for places */
    const char *source_folder;
    const char *source_format;        /* the reader's name: "markdown", "text" … */
    struct word_list *resource_paths; /* folders below which resources may lie */
    xmlDoc *tree;
    xmlNode *root, *body;
    xmlNs *xhtml, *epub, *octavo; /* namespaces of the tree */
    struct meta meta;
    struct resource *resources; /* in the order of first use */
    struct hash *resource_of;   /* name → struct resource */
    struct report *report;      /* see document/report.h */
};

/* An empty document: html, body, no metadata. */
struct document *document_new(struct arena *a, struct messages *m, const char *source_name);

/* ---- metadata, by the keys of front matter and of -m: title, subtitle, author (repeatable), editor,
 * translator, illustrator, contributor, language, date, publisher, rights, license, description, source,
 * identifier, edition, dedication, epigraph, front-matter (repeatable), subject (repeatable), series,
 * series-number, collection, collection-number, cover, style, paper, contents-depth, embed-fonts; for a mail
 * from, reply-to, to (repeatable), mail-subject, preview, list-id, list-help, list-subscribe,
 * list-unsubscribe, list-post, list-owner, list-archive. False when the key is none of these. A later value
 * of a key that is not repeatable replaces the earlier. */
bool meta_set(struct document *d, const char *key, struct text value);
/* Adds a subject, and its code in a scheme when it has one. */
void meta_add_subject(struct document *d, const char *name, const char *scheme, const char *code);
/* Takes away what was set under the key. */
void meta_clear(struct document *d, const char *key);
/* Remembers where in the source the value of a key stands. */
void meta_put_place(struct document *d, const char *key, const struct place *where);
/* That place; only the source's name is in it when the value doesn't come from there. */
struct place meta_place(const struct document *d, const char *key);
/* Warns of values that nothing can be done with: of contents-depth, embed-fonts. */
void meta_check(const struct document *d);
/* Is it a way to say yes? */
bool meta_says_yes(const char *value);
/* How deep the contents go: as the metadata say, else `usual`. */
int meta_contents_depth(const struct meta *m, int usual);
/* Is it a date as W3CDTF has it: YYYY, YYYY-MM or YYYY-MM-DD? */
bool meta_is_date(const char *date);
/* An author: who has no other role. */
bool person_is_author(const struct person *p);
/* Names of the keys that meta_set knows, NULL at the end. */
const char *const *meta_keys(void);

/* ---- building and reading the tree. `parent` may be NULL for a loose node. Strings are UTF-8. */

xmlNode *tree_element(struct document *d, xmlNode *parent, enum element e, const struct place *where);
/* An o:call or o:note of that key. A call may have an attribute "written": what stands in its place when
 * there is no note; else the key does. */
xmlNode *tree_call(struct document *d, xmlNode *parent, struct text key, const struct place *where);
xmlNode *tree_note(struct document *d, xmlNode *parent, struct text key, const struct place *where);
/* Adds text behind what `parent` holds, joining it to a text node that is last (which takes time linear in
 * that: collect long text in a buf first). Control characters that XML forbids are left out. */
xmlNode *tree_text(struct document *d, xmlNode *parent, struct text t);
/* Sets (or with NULL removes) an attribute. Names may be "epub:type" and "xml:lang". */
void tree_set(struct document *d, xmlNode *n, const char *name, const char *value);
/* The attribute's value, lent until it changes; NULL when it isn't there. Same names. */
const char *tree_get(const xmlNode *n, const char *name);
/* Is `word` among the white-space separated words of an attribute? */
bool tree_has_word(const xmlNode *n, const char *name, const char *word);
/* The title that stands below a heading which is but a number (refine/heads.h), or NULL. */
const xmlNode *tree_heading_title(const xmlNode *heading);
void tree_add_class(struct document *d, xmlNode *n, const char *name);
/* Takes `n` out of its tree, to be put elsewhere. */
void tree_unlink(xmlNode *n);
/* Takes `n` out of its tree and ends it. */
void tree_remove(xmlNode *n);
void tree_append(struct document *d, xmlNode *parent, xmlNode *child);
void tree_insert_before(struct document *d, xmlNode *next, xmlNode *n);
void tree_insert_after(struct document *d, xmlNode *before, xmlNode *n);
/* Moves all of `from`'s children behind those of `to`. */
void tree_move_children(struct document *d, xmlNode *to, xmlNode *from);
/* Puts `n` into a new element which takes its place; gives that. */
xmlNode *tree_wrap(struct document *d, xmlNode *n, enum element e);
/* Replaces `n` by its children and ends it. */
void tree_unwrap(struct document *d, xmlNode *n);
/* Gives every element below and at `n`, made by a parser, its element number, the document's namespaces
 * (foreign vocabularies keep theirs) and the place `where`. */
void tree_adopt(struct document *d, xmlNode *n, const struct place *where);
/* Changes what element `n` is. */
void tree_rename(struct document *d, xmlNode *n, enum element e);

/* The element number of a node: ELEMENT_UNKNOWN for text and foreign nodes. */
enum element tree_kind(const xmlNode *n);
static inline bool tree_is_heading(const xmlNode *n)
{
    return element_is(tree_kind(n), ELEMENT_IS_HEADING);
}
/* The section of endnotes? */
bool tree_is_endnotes(const xmlNode *n);
/* One of its items, which calls lead to? */
bool tree_is_endnote(const xmlNode *n);
/* Nothing but white space in a text node? */
bool tree_is_blank(const xmlNode *n);
/* `n` itself, or the first of its siblings behind it, that is an element; NULL: none is. */
const xmlNode *tree_element_from(const xmlNode *n);
/* The element that stands before or behind `n` among its siblings; NULL: none does. */
const xmlNode *tree_element_before(const xmlNode *n);
const xmlNode *tree_element_after(const xmlNode *n);
/* The nearest place known for a node: its own, else an ancestor's, else the file without a line. */
struct place tree_place(const struct document *d, const xmlNode *n);
void tree_set_place(struct document *d, xmlNode *n, const struct place *where);
/* All text below `n`, added to `out`. */
struct buf;
void tree_content(const xmlNode *n, struct buf *out);
/* The language in force at a node: its or an ancestor's lang, else the document's, else "". */
const char *tree_language(const struct document *d, const xmlNode *n);

/* ---- walking: one walk for all of octavo, without recursion. enter() is called for every node below and at
 * `top`, in document order; leave() for each element that enter did not skip, when its children are done.
 * WALK_SKIP passes over the children and the leave. Either function may be NULL. Within enter (with
 * WALK_SKIP) and leave of `n`, `n` itself may be removed or replaced and what stands before it changed; the
 * nodes after it must stay, and siblings put behind `n` are not visited. */
enum walk { WALK_ON, WALK_SKIP };
struct walker {
    enum walk (*enter)(xmlNode *n, void *user);
    void (*leave)(xmlNode *n, void *user);
};
void tree_walk(xmlNode *top, const struct walker *w, void *user);

/* ---- resources */

/* Finds and reads the resource `name` (a relative path, percent-decoded), once. NULL with a message
 * (resource.missing, resource.outside, resource.remote) when it can't be had: the text of the source then
 * stands without it. Width, height and type are filled in by the pass refine/images.h. */
struct resource *resource_get(struct document *d, const char *name, const struct place *where);

/* Where in the source it is first named, for messages of what is found out later; only the source's name
 * when it isn't named there. */
struct place resource_place(const struct document *d, const struct resource *r);

/* Adds a picture that was made here. `href` is where it should stand in a package, with a number behind when
 * that is taken; its name is one that no source can give. The bytes must live as long as the document. */
struct resource *resource_add(struct document *d, const char *href, const char *media_type, struct text bytes,
                              const int size_px[2]);

#endif
