/* parse.h - tokens become a tree of rules (CSS Syntax 3 §5). It knows no property and no selector.
 *
 * Group rules (@media, @supports, @layer) hold rules; all others hold declarations, and @page margin boxes
 * besides. What is broken is skipped as the standard says and told with its place (style.syntax).
 */
#ifndef OCTAVO_STYLE_PARSE_H
#define OCTAVO_STYLE_PARSE_H

#include "base/message.h"
#include "style/scan.h"

/* How deep group rules may nest; deeper ones are told and skipped. */
#define LIMIT_RULE_DEPTH 16

struct css_declaration {
    struct text name;    /* as written */
    struct tokens value; /* without space at the ends and without !important */
    bool important;
    bool raw; /* the name has no escapes: name and value are one piece of the sheet */
    struct place place;
    struct css_declaration *next;
};

struct css_rule {
    struct text at; /* "media"; empty for a rule that begins with selectors */
    struct tokens prelude;
    bool has_block;
    struct css_declaration *declarations;
    struct css_rule *rules; /* inside the block */
    struct place place;
    struct css_rule *next;
};

/* The rules of a sheet, in order. `file` is lent for the places. */
struct css_rule *parse_sheet(struct arena *a, struct messages *m, const char *file, struct tokens t);

/* A list of declarations, as a style attribute has it. */
struct css_declaration *parse_declarations(struct arena *a, struct messages *m, const char *file,
                                           struct tokens t);

#endif
