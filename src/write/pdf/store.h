/* store.h - the objects of a file: held and numbered by libharu, written by us (ISO 32000-1 §7.3.8, §7.5).
 *
 * An object is a dictionary, whose entries are given as PDF syntax, with or without a stream. A number may be
 * reserved first and filled later, so that objects can refer to each other. store_save() writes streams as
 * they are, gathers all other objects in object streams (§7.5.7), and ends with a cross-reference stream
 * (§7.5.8). HPDF_SaveToFile is never used: it reports success on a full disk.
 *
 * A failure of libharu is exhausted memory, and is raised as that.
 */
#ifndef OCTAVO_WRITE_PDF_STORE_H
#define OCTAVO_WRITE_PDF_STORE_H

#include "base/buf.h"
#include "base/io.h"

struct store;
struct deflater;

/* An empty store; it ends with `a`. `level` is that of store_add_deflated(). */
struct store *store_new(struct arena *a, int level);
int store_level(const struct store *s);

/* A new object's number. An object that is never filled is an empty dictionary. */
int store_reserve(struct store *s);
/* Fills an object with a dictionary's entries (without << >>), which are copied. */
void store_fill(struct store *s, int object, struct text entries);
/* Fills an object with a stream. `entries` are those of its dictionary, without Length, and are copied;
 * `data` is not, and must stay until the store is saved. */
void store_fill_stream(struct store *s, int object, struct text entries, struct text data);
/* store_reserve and store_fill in one. */
int store_add(struct store *s, struct text entries);
int store_add_stream(struct store *s, struct text entries, struct text data);
/* A stream of `data` deflated now. */
int store_add_deflated(struct store *s, struct text entries, struct text data);

/* The catalog, which libharu made; it has Type and Pages already. */
int store_catalog(const struct store *s);
/* The document information dictionary; empty. */
int store_info(const struct store *s);
/* Adds a page's object to the page tree, behind the others; gives the number of its parent, which the page's
 * entries must name. Nodes of the tree hold 64 pages. */
int store_add_page(struct store *s, int page);

struct store_save {
    int threads;
    bool
        modern; /* PDF 2.0: the header says so, and there is no information dictionary (ISO 19005-4 §6.1.3) */
};

/* Writes the file. -1 after a message when the disk fails. */
int store_save(struct store *s, const struct store_save *how, struct output *out);

/* Levels of deflating (libdeflate's). Many objects gain a tenth by more than the usual one. */
enum { DEFLATE_USUAL = 9, DEFLATE_OBJECTS = 10, DEFLATE_BEST = 12 };

/* A compressor for many pieces of data; one thread uses it. It ends with `a`, or earlier. */
struct deflater *deflater_new(struct arena *a, int level);
void deflater_free(struct deflater *d);
/* Deflates into new memory of its arena, as zlib data. */
struct text deflater_run(struct deflater *d, struct text data);
/* All three for one piece. */
struct text deflate_zlib(struct arena *a, struct text data, int level);

#endif
