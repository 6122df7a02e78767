/* The sheets as an e-book gets them: the same rules, without what is about paper.
 *
 * Left out: @page, @font-face and @import, blocks for print, declarations that only pages understand or that
 * name a file (the package holds no such files), comments. Blocks for screens are opened. What octavo doesn't
 * know itself stays: it may be meant for a reading system.
 */
#include "base/buf.h"
#include "style/sheets.h"

struct writing {
    struct buf *out;
    int indent;
};

static void tokens(struct buf *out, struct tokens t)
{
    for (size_t i = 0; i < t.count; i++)
        if (t.at[i].type == TOKEN_SPACE)
            buf_byte(out, ' ');
        else
            buf_text(out, t.at[i].raw);
}

static void indent(const struct writing *w)
{
    for (int i = 0; i < w->indent; i++)
        buf_string(w->out, "  ");
}

/* ---- what is about paper */

static bool has_word(struct tokens t, enum token_type type, const char *const *words)
{
    for (size_t i = 0; i < t.count; i++)
        for (const char *const *w = words; *w; w++)
            if (t.at[i].type == type && text_is_nocase(t.at[i].value, *w))
                return true;
    return false;
}

static bool names_file(struct tokens t)
{
    static const char *const url[] = {"url", NULL};
    for (size_t i = 0; i < t.count; i++)
        if (t.at[i].type == TOKEN_URL)
            return true;
    return has_word(t, TOKEN_FUNCTION, url);
}

static bool for_paper(const struct css_declaration *d)
{
    static const char *const functions[] = {"string",         "content",     "leader",
                                            "target-counter", "target-text", NULL};
    static const char *const words[] = {"footnote", "recto", "verso", NULL};
    static const char *const floats[] = {"top", "bottom", NULL};
    const struct property *p = property_find(d->name);
    return (p && p->flags & PROPERTY_PAGED) || has_word(d->value, TOKEN_FUNCTION, functions) ||
           has_word(d->value, TOKEN_IDENT, words) ||
           (text_is_nocase(d->name, "float") && has_word(d->value, TOKEN_IDENT, floats)) ||
           names_file(d->value);
}

static bool selects_footnotes(const struct css_rule *r)
{
    static const char *const parts[] = {"footnote-call", "footnote-marker", NULL};
    return has_word(r->prelude, TOKEN_IDENT, parts);
}

/* ---- writing */

static void declaration(const struct writing *w, const struct css_declaration *d)
{
    indent(w);
    buf_text(w->out, d->name);
    buf_string(w->out, ": ");
    tokens(w->out, d->value);
    buf_string(w->out, d->important ? " !important;\n" : ";\n");
}

static void style_rule(struct writing *w, const struct css_rule *r)
{
    size_t start = w->out->length;
    bool any = false;
    indent(w);
    tokens(w->out, r->prelude);
    buf_string(w->out, " {\n");
    w->indent++;
    for (const struct css_declaration *d = r->declarations; d; d = d->next)
        if (!for_paper(d)) {
            declaration(w, d);
            any = true;
        }
    w->indent--;
    indent(w);
    buf_string(w->out, "}\n");
    if (!any)
        w->out->length = start;
}

static void rules(struct writing *w, const struct css_rule *r);

static void group(struct writing *w, const struct css_rule *r)
{
    size_t start = w->out->length;
    indent(w);
    buf_printf(w->out, "@%.*s ", (int)r->at.length, r->at.at);
    tokens(w->out, r->prelude);
    buf_string(w->out, " {\n");
    size_t empty = w->out->length;
    w->indent++;
    rules(w, r->rules);
    w->indent--;
    if (w->out->length == empty) {
        w->out->length = start;
        return;
    }
    indent(w);
    buf_string(w->out, "}\n");
}

/* @namespace: perhaps a prefix, and an address. */
static void namespace(struct writing *w, const struct css_rule *r)
{
    const struct token *last = r->prelude.count ? &r->prelude.at[r->prelude.count - 1] : NULL;
    if (r->has_block || !last || r->prelude.count > 3 ||
        (last->type != TOKEN_STRING && last->type != TOKEN_URL))
        return;
    buf_printf(w->out, "@%.*s ", (int)r->at.length, r->at.at);
    tokens(w->out, r->prelude);
    buf_string(w->out, ";\n");
}

/* As deep as the parser lets group rules nest. */
static void rules(struct writing *w, const struct css_rule *r)
{
    for (; r; r = r->next) {
        if (tokens_broken(r->prelude))
            continue; /* a checker would call it an error */
        if (!r->at.length) {
            if (!selects_footnotes(r) && selector_well_formed(w->out->arena, r->prelude))
                style_rule(w, r);
        } else if (text_is_nocase(r->at, "media")) {
            enum media_ebook verdict = media_for_ebook(r->prelude);
            if (verdict == MEDIA_OPEN)
                rules(w, r->rules);
            else if (verdict == MEDIA_KEEP)
                group(w, r);
        } else if (text_is_nocase(r->at, "supports")) {
            group(w, r);
        } else if (text_is_nocase(r->at, "layer")) {
            rules(w, r->rules);
        } else if (text_is_nocase(r->at, "namespace")) {
            namespace(w, r);
        }
    }
}

void styles_for_ebook(const struct styles *s, struct buf *out)
{
    struct writing w = {out, 0};
    for (const struct sheet *sheet = s->sheets; sheet; sheet = sheet->next)
        rules(&w, sheet->rules);
}
