#include "write/mail/dress.h"
#include "write/tree/xhtml.h"

#define RULE "1px solid #8a8a8a"
#define MONO "font-family:Menlo,Consolas,monospace;"

/* What stands on nearly every machine that reads mail. */
static const char serif[] = "Georgia,'Times New Roman',serif";
static const char sans[] = "'Helvetica Neue',Helvetica,Arial,sans-serif";

/* The first row that fits an element is its style. */
static const struct row {
    enum element element;
    const char *class;  /* NULL: any */
    const char *parent; /* a class of what holds it, or an element's name; NULL: any */
    const char *style;
    bool face; /* its face is that of the document's style */
} rows[] = {
    {ELEMENT_H1, "title", NULL, "margin:0 0 10px;font-size:32px;line-height:1.2", true},
    {ELEMENT_P, "subtitle", NULL, "margin:0 0 14px;font-size:20px;line-height:1.35", true},
    {ELEMENT_HEADER, NULL, NULL, "margin:0 0 36px", false}, /* if no ornament follows */
    {ELEMENT_SECTION, "endnotes", NULL,
     "margin:44px 0 0;padding:22px 0 0;border-top:" RULE ";font-size:15px;line-height:1.5", false},
    {ELEMENT_SECTION, "imprint", NULL, "margin:0 0 32px;font-size:14px;line-height:1.45", false},
    {ELEMENT_P, NULL, "imprint", "margin:0 0 6px", false},
    {ELEMENT_H1, NULL, "endnotes", "margin:0 0 14px;font-size:18px;line-height:1.3", true},
    {ELEMENT_H2, NULL, "endnotes", "margin:0 0 14px;font-size:18px;line-height:1.3", true},
    {ELEMENT_H3, NULL, "endnotes", "margin:0 0 14px;font-size:17px;line-height:1.3", true},
    {ELEMENT_H1, NULL, NULL, "margin:48px 0 20px;font-size:27px;line-height:1.25", true},
    {ELEMENT_H2, NULL, NULL, "margin:38px 0 12px;font-size:21px;line-height:1.3", true},
    {ELEMENT_H3, NULL, NULL, "margin:30px 0 10px;font-size:18px;line-height:1.35", true},
    {ELEMENT_H4, NULL, NULL, "margin:26px 0 8px;font-size:17px", true},
    {ELEMENT_H5, NULL, NULL, "margin:26px 0 8px;font-size:17px", true},
    {ELEMENT_H6, NULL, NULL, "margin:26px 0 8px;font-size:17px", true},
    {ELEMENT_P, NULL, "li", "margin:0 0 6px", false},
    {ELEMENT_P, NULL, NULL, "margin:0 0 16px", false},
    {ELEMENT_BLOCKQUOTE, NULL, NULL, "margin:0 0 16px;padding:0 24px", false},
    {ELEMENT_UL, "task-list", NULL, "margin:0 0 16px;padding:0;list-style:none", false},
    {ELEMENT_UL, NULL, NULL, "margin:0 0 16px;padding:0 0 0 28px", false},
    {ELEMENT_OL, NULL, NULL, "margin:0 0 16px;padding:0 0 0 32px", false},
    {ELEMENT_LI, NULL, NULL, "margin:0 0 6px", false},
    {ELEMENT_DL, NULL, NULL, "margin:0 0 16px", false},
    {ELEMENT_DT, NULL, NULL, "margin:0;font-style:italic", false},
    {ELEMENT_DD, NULL, NULL, "margin:0 0 8px 28px", false},
    {ELEMENT_PRE, NULL, NULL,
     MONO "margin:0 0 16px;font-size:14px;line-height:1.4;white-space:pre-wrap;word-wrap:break-word", false},
    {ELEMENT_CODE, NULL, NULL, MONO "font-size:0.85em", false},
    {ELEMENT_KBD, NULL, NULL, MONO "font-size:0.85em", false},
    {ELEMENT_SAMP, NULL, NULL, MONO "font-size:0.85em", false},
    {ELEMENT_HR, NULL, NULL, "width:25%;margin:32px auto;border:0;border-top:" RULE, false},
    {ELEMENT_FIGURE, NULL, NULL, "margin:24px 0", false},
    {ELEMENT_FIGCAPTION, NULL, NULL, "margin:8px 0 0;font-size:15px;line-height:1.4", false},
    {ELEMENT_IMG, NULL, NULL, "max-width:100%;height:auto;border:0;font-style:italic", false},
    {ELEMENT_TABLE, NULL, NULL, "border-collapse:collapse;margin:0 0 16px;font-size:15px;line-height:1.4",
     false},
    {ELEMENT_CAPTION, NULL, NULL, "padding:0 0 6px;text-align:left;font-style:italic", false},
    {ELEMENT_TH, NULL, NULL,
     "padding:4px 14px 4px 0;text-align:left;vertical-align:bottom;font-weight:bold;border-bottom:" RULE,
     false},
    {ELEMENT_TD, NULL, NULL,
     "padding:4px 14px 4px 0;text-align:left;vertical-align:top;border-bottom:1px solid #c4c4c4", false},
    {ELEMENT_A, "noteref", NULL, "text-decoration:none", false},
    {ELEMENT_A, "backlink", NULL, "text-decoration:none;font-size:0.9em", false},
};

static bool stands_in(const xmlNode *n, const char *parent)
{
    return tree_has_word(n->parent, "class", parent) || strcmp((const char *)n->parent->name, parent) == 0;
}

static bool fits(const struct row *r, const xmlNode *n)
{
    return r->element == tree_kind(n) && (!r->class || tree_has_word(n, "class", r->class)) &&
           (!r->parent || stands_in(n, r->parent));
}

static const char *with_face(const struct look *l, const xmlNode *n, const char *style, struct arena *a)
{
    struct look_face f = look_face(l, n);
    return arena_printf(a, "%s;font-weight:%s;font-style:%s%s%s%s", style, f.bold ? "bold" : "normal",
                        f.italic ? "italic" : "normal", f.centred ? ";text-align:center" : "",
                        f.sans == l->text.sans ? "" : ";font-family:",
                        f.sans == l->text.sans ? ""
                        : f.sans               ? sans
                                               : serif);
}

const char *dress_style(const struct look *l, const xmlNode *n, struct arena *a)
{
    if (tree_kind(n) == ELEMENT_CODE && tree_kind(n->parent) == ELEMENT_PRE)
        return NULL;
    if (tree_kind(n) == ELEMENT_HEADER && l->has_accent)
        return "margin:0";
    for (const struct row *r = rows; r < rows + sizeof rows / sizeof rows[0]; r++)
        if (fits(r, n))
            return r->face ? with_face(l, n, r->style, a) : r->style;
    return NULL;
}

const char *dress_family(const struct look *l)
{
    return l->text.sans ? sans : serif;
}

void dress_on_dark(const struct look *l, struct buf *out)
{
    if (l->has_accent)
        buf_printf(out, ".accent{color:#%06x!important;border-color:#%06x!important}",
                   (unsigned)l->accent_on_dark, (unsigned)l->accent_on_dark);
}

void dress_ornament(const struct look *l, bool centred, struct buf *out)
{
    if (l->ornament) {
        buf_printf(out,
                   "<div class=\"accent\" aria-hidden=\"true\" style=\"margin:18px 0 "
                   "32px;font-size:26px;line-height:1;color:#%06x;"
                   "text-align:%s\">",
                   (unsigned)l->accent, centred ? "center" : "left");
        xhtml_text(out, text_of(l->ornament));
        buf_string(out, "</div>\n");
    } else if (l->has_accent) {
        buf_printf(out,
                   "<div class=\"accent\" style=\"width:64px;margin:22px %s 36px %s;border-top:4px solid "
                   "#%06x;font-size:0;"
                   "line-height:0\"></div>\n",
                   centred ? "auto" : "0", centred ? "auto" : "0", (unsigned)l->accent);
    }
}
