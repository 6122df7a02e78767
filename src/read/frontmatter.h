/* frontmatter.h - the YAML that may stand at the top of a Markdown file, between `---` and `---` or `...`.
 *
 * Its keys are those of meta_set (document.h) and a few aliases (authors, lang, keywords …), in letters of
 * any case. A value is a scalar or a list; a person may be a mapping of name, role and file-as. `settings` is
 * a mapping of a style's own keys. Empty lines may stand before it.
 *
 * Messages: meta.unknown (a key that octavo doesn't know, or a value of a form that it can't use; warning),
 * frontmatter.quotes (a value that lacks quotation marks, read as it was meant; warning),
 * frontmatter.broken (not YAML; the keys before the fault count, the text below is read; lost),
 * frontmatter.open (it begins and never ends, so it is text; warning).
 */
#ifndef OCTAVO_READ_FRONTMATTER_H
#define OCTAVO_READ_FRONTMATTER_H

#include "document/document.h"

/* Offset of the text below the front matter; 0 when there is none. `*yaml` is what stands between the lines
 * of dashes. */
size_t frontmatter_find(struct text source, struct text *yaml);

/* Reads what other dialects have at the top (pandoc's `%` lines, MultiMarkdown's pairs, TOML between `+++`)
 * into the metadata. Gives the offset of the text below; 0 when there is nothing of that. */
size_t frontmatter_foreign(struct document *d, struct text source);

/* `yaml` with quotation marks around values that can't do without; each is told of when `tell`. */
struct text frontmatter_mend(struct document *d, struct text yaml, int first_line, bool tell);

/* `2021-05-04T12:00:00Z` without its time; anything else as it is. */
struct text frontmatter_day(struct text date);

/* The key of meta_set that a name stands for; NULL when octavo knows none. */
const char *frontmatter_key(const char *name);

/* Tells when `source`, in which frontmatter_find found none, begins as one that was meant. */
void frontmatter_warn_open(struct document *d, struct text source);

/* Reads `yaml`, whose first line is line `first_line` of the source, into the document's metadata. */
void frontmatter_read(struct document *d, struct text yaml, int first_line);

#endif
