/* typefaces.h - the typefaces that go into an e-book or a page for the web.
 *
 * They are those that a sheet names by their files, and with the metadata `embed-fonts: yes` those of the
 * text. Each becomes a font file with the document's characters only. One whose licence bits (OS/2 fsType)
 * forbid embedding is not found under its name, see fonts.h.
 */
#ifndef OCTAVO_WRITE_TREE_TYPEFACES_H
#define OCTAVO_WRITE_TREE_TYPEFACES_H

#include "base/buf.h"
#include "style/style.h"

struct typeface {
    const char *family, *media_type;
    const char *name; /* of the file: "1-LinLibertineO.otf" */
    const char *href; /* where it lies: for the writer, NULL at first */
    int weight;
    bool italic;
    struct text program;
    struct typeface *next;
};

struct typefaces {
    struct typeface *first;
    const char *text_family; /* that the text is set in, when the style's own are here; or NULL */
};

/* Are there any? Only then are fonts needed. */
bool typefaces_wanted(const struct document *d, const struct styles *s);

/* All of them; none when `f` or `s` is NULL. `more` is text that is shown and not in the document. */
struct typefaces typefaces_gather(const struct document *d, struct styles *s, struct fonts *f,
                                  struct text more);

/* Adds the rules that declare them. `address` gives a face's address. */
void typefaces_declare(const struct typefaces *t,
                       const char *(*address)(const struct typeface *f, struct arena *a), struct buf *out);
/* Adds a rule that sets the text in them, when they are the style's own. */
void typefaces_set_text(const struct typefaces *t, struct buf *out);

#endif
