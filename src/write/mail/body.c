/* The HTML part. Mail programs keep little of a sheet, so that each element carries its style itself, from
 * one table; sections become divisions; no colours are set, so that dark screens choose theirs. */
#include "document/words.h"
#include "write/mail/letter.h"
#include "write/tree/html.h"
#include "write/tree/xhtml.h"

/* How wide a line gets. */
#define WIDTH_PX "640"
#define RULE "1px solid #8a8a8a"
#define MONO "font-family:Menlo,Consolas,monospace;"

struct body {
    const struct letter *l;
    struct cut_walk walk;
};

/* ---- styles: the first row that fits an element is its style */

static const struct row {
    enum element element;
    const char *class; /* NULL: any */
    const char *style; /* NULL: none */
} styles[] = {
    {ELEMENT_H1, "title", "margin:0 0 8px;font-size:30px;line-height:1.2;font-weight:normal"},
    {ELEMENT_P, "subtitle", "margin:0 0 12px;font-size:19px;font-style:italic"},
    {ELEMENT_P, "author", "margin:0"},
    {ELEMENT_P, "date", "margin:0;font-size:14px"},
    {ELEMENT_P, "publisher", "margin:0;font-size:14px"},
    {ELEMENT_HEADER, NULL, "margin:0 0 32px"},
    {ELEMENT_H1, NULL, "margin:48px 0 20px;font-size:26px;line-height:1.25;font-weight:normal"},
    {ELEMENT_H2, NULL, "margin:36px 0 12px;font-size:21px;line-height:1.3;font-weight:bold"},
    {ELEMENT_H3, NULL,
     "margin:28px 0 10px;font-size:18px;line-height:1.3;font-style:italic;font-weight:normal"},
    {ELEMENT_H4, NULL, "margin:24px 0 8px;font-size:17px;font-weight:bold"},
    {ELEMENT_H5, NULL, "margin:24px 0 8px;font-size:17px;font-weight:normal;font-style:italic"},
    {ELEMENT_H6, NULL, "margin:24px 0 8px;font-size:17px;font-weight:normal"},
    {ELEMENT_P, NULL, "margin:0 0 16px"},
    {ELEMENT_BLOCKQUOTE, NULL, "margin:0 0 16px;padding:0 0 0 18px;border-left:3px solid #8a8a8a"},
    {ELEMENT_UL, "task-list", "margin:0 0 16px;padding:0;list-style:none"},
    {ELEMENT_UL, NULL, "margin:0 0 16px;padding:0 0 0 28px"},
    {ELEMENT_OL, NULL, "margin:0 0 16px;padding:0 0 0 32px"},
    {ELEMENT_LI, NULL, "margin:0 0 6px"},
    {ELEMENT_DL, NULL, "margin:0 0 16px"},
    {ELEMENT_DT, NULL, "margin:0;font-style:italic"},
    {ELEMENT_DD, NULL, "margin:0 0 8px 28px"},
    {ELEMENT_PRE, NULL,
     MONO "margin:0 0 16px;font-size:14px;line-height:1.4;white-space:pre-wrap;word-wrap:break-word"},
    {ELEMENT_CODE, NULL, MONO "font-size:0.85em"},
    {ELEMENT_KBD, NULL, MONO "font-size:0.85em"},
    {ELEMENT_SAMP, NULL, MONO "font-size:0.85em"},
    {ELEMENT_HR, NULL, "margin:32px 25%;border:0;border-top:" RULE},
    {ELEMENT_FIGURE, NULL, "margin:24px 0"},
    {ELEMENT_FIGCAPTION, NULL, "margin:8px 0 0;font-size:15px"},
    {ELEMENT_IMG, NULL, "max-width:100%;height:auto;border:0"},
    {ELEMENT_TABLE, NULL, "border-collapse:collapse;margin:0 0 16px;font-size:15px;line-height:1.4"},
    {ELEMENT_CAPTION, NULL, "padding:0 0 6px;text-align:left;font-style:italic"},
    {ELEMENT_TH, NULL,
     "padding:4px 14px 4px 0;text-align:left;vertical-align:bottom;font-weight:bold;border-bottom:" RULE},
    {ELEMENT_TD, NULL,
     "padding:4px 14px 4px 0;text-align:left;vertical-align:top;border-bottom:1px solid #c4c4c4"},
    {ELEMENT_A, "noteref", "text-decoration:none"},
    {ELEMENT_A, "backlink", "text-decoration:none;font-size:0.9em"},
};

static const char *style_of(const xmlNode *n)
{
    enum element e = tree_kind(n);
    if (e == ELEMENT_CODE && tree_kind(n->parent) == ELEMENT_PRE)
        return NULL;
    for (const struct row *r = styles; r < styles + sizeof styles / sizeof styles[0]; r++)
        if (r->element == e && (!r->class || tree_has_word(n, "class", r->class)))
            return r->style;
    return NULL;
}

/* ---- what is added */

static void link_line(struct buf *out, const char *words, const char *link)
{
    buf_string(out, "<p style=\"margin:24px 0 16px\">");
    if (link) {
        buf_string(out, "<a");
        html_attribute(out, "href", link);
        buf_byte(out, '>');
    }
    xhtml_text(out, text_of(words));
    buf_string(out, link ? "</a></p>\n" : "</p>\n");
}

static void lead_on(const struct letter *l, struct buf *out)
{
    const char *language = l->d->meta.language;
    link_line(out, word_in(language, l->o->link ? WORD_CONTINUE : WORD_ATTACHED), l->o->link);
}

/* ---- elements that mail programs don't know */

static const char *name(const xmlNode *n, void *user)
{
    static const enum element divisions[] = {
        ELEMENT_BODY,    ELEMENT_SECTION, ELEMENT_HEADER,     ELEMENT_FOOTER, ELEMENT_FIGURE,
        ELEMENT_ARTICLE, ELEMENT_ASIDE,   ELEMENT_FIGCAPTION, ELEMENT_NAV,    ELEMENT_MAIN,
        ELEMENT_HGROUP,  ELEMENT_DETAILS, ELEMENT_SUMMARY};
    (void)user;
    for (size_t i = 0; i < sizeof divisions / sizeof divisions[0]; i++)
        if (tree_kind(n) == divisions[i])
            return "div";
    return NULL;
}

/* A drawing can't be shown: its title stands for it. */
static void write_title(const xmlNode *svg, struct buf *out)
{
    for (const xmlNode *c = svg->children; c; c = c->next) {
        if (c->type != XML_ELEMENT_NODE || strcmp((const char *)c->name, "title") != 0)
            continue;
        struct buf *title = buf_new(out->arena);
        tree_content(c, title);
        xhtml_text(out, buf_view(title));
        buf_free(title);
        return;
    }
}

static bool is_named(const xmlNode *n, const char *name)
{
    return strcmp((const char *)n->name, name) == 0;
}

/* True when the element was written another way. */
static bool write_otherwise(const struct letter *l, const xmlNode *n, struct buf *out)
{
    enum element e = tree_kind(n);
    if (e == ELEMENT_IMG && !hash_find(l->picture_of, text_of(tree_get(n, "src")))) {
        xhtml_text(out, text_of(tree_get(n, "alt")));
        return true;
    }
    if (e == ELEMENT_INPUT) {
        buf_string(out, tree_get(n, "checked") ? "\u2611" : "\u2610");
        return true;
    }
    if (is_named(n, "svg")) {
        write_title(n, out);
        return true;
    }
    return false;
}

static bool is_backlink(const xmlNode *n)
{
    return tree_kind(n) == ELEMENT_A && tree_has_word(n, "class", "backlink");
}

static bool is_noteref(const xmlNode *n)
{
    return tree_kind(n) == ELEMENT_A && tree_has_word(n, "class", "noteref");
}

static enum html_turn enter(const xmlNode *n, struct buf *out, void *user)
{
    struct body *b = user;
    const struct letter *l = b->l;
    enum cut_turn turn = cut_enter(&b->walk, n);
    if (turn == CUT_HERE)
        lead_on(l, out);
    if (turn != CUT_WRITE || write_otherwise(l, n, out))
        return HTML_LEAVE_OUT;
    const char *href = is_backlink(n) ? tree_get(n, "href") : NULL;
    if (href && *href == '#' && !cut_has(&l->cut, href + 1))
        return HTML_LEAVE_OUT;
    if (is_noteref(n))
        buf_string(out, "<sup style=\"line-height:0\">");
    if (tree_kind(n) == ELEMENT_TABLE)
        buf_string(out, "<div style=\"overflow-x:auto\" tabindex=\"0\">");
    return HTML_WRITE;
}

static void leave(const xmlNode *n, struct buf *out, void *user)
{
    struct body *b = user;
    if (is_noteref(n))
        buf_string(out, "</sup>");
    if (tree_kind(n) == ELEMENT_TABLE)
        buf_string(out, "</div>\n");
    cut_leave(&b->walk, n);
}

/* ---- attributes */

/* Where a link inside the text leads: there, or to the same place on the web; NULL: nowhere. */
static const char *inner_link(const struct letter *l, const char *href)
{
    if (cut_has(&l->cut, href + 1))
        return href;
    return l->o->link ? arena_printf(l->arena, "%s%s", l->o->link, href) : NULL;
}

static const char *attribute(const xmlNode *n, const char *name, const char *value, void *user)
{
    static const char *const kept[] = {"id",    "alt",   "lang",  "dir",  "colspan", "rowspan",    "scope",
                                       "start", "title", "value", "type", "role",    "aria-label", "headers"};
    const struct letter *l = ((const struct body *)user)->l;
    if (strcmp(name, "href") == 0)
        return *value == '#' ? inner_link(l, value) : value;
    if (strcmp(name, "src") == 0) {
        const struct mail_picture *p = hash_find(l->picture_of, text_of(value));
        return p ? arena_printf(l->arena, "cid:%s", p->cid) : NULL;
    }
    if (tree_kind(n) == ELEMENT_UNKNOWN)
        return value; /* MathML */
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        if (strcmp(name, kept[i]) == 0)
            return value;
    return NULL;
}

/* What the source aligns stays so. */
static const char *alignment(const xmlNode *n)
{
    static const char *const ways[] = {"left", "right", "center"};
    const char *style = tree_get(n, "style"), *at = style ? strstr(style, "text-align:") : NULL;
    if (!at)
        return NULL;
    at += strlen("text-align:");
    at += strspn(at, " ");
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
        if (strncmp(at, ways[i], strlen(ways[i])) == 0)
            return ways[i];
    return NULL;
}

static void picture_attributes(const struct letter *l, const xmlNode *n, struct buf *out)
{
    enum { WIDTH_MOST = 640 };
    const struct mail_picture *p = hash_find(l->picture_of, text_of(tree_get(n, "src")));
    if (p && p->width_px)
        html_attribute(out, "width",
                       arena_printf(l->arena, "%d", p->width_px < WIDTH_MOST ? p->width_px : WIDTH_MOST));
    if (!tree_get(n, "alt"))
        html_attribute(out, "alt", "");
}

static void attributes(const xmlNode *n, struct buf *out, void *user)
{
    const struct body *b = user;
    const char *style = style_of(n), *way = alignment(n), *language = b->l->d->meta.language;
    if (style || way)
        html_attribute(out, "style",
                       arena_printf(out->arena, "%s%s%s%s", style ? style : "", style && way ? ";" : "",
                                    way ? "text-align:" : "", way ? way : ""));
    if (tree_kind(n) == ELEMENT_IMG)
        picture_attributes(b->l, n, out);
    if (is_noteref(n) && tree_get(n, "id"))
        html_attribute(out, "name", tree_get(n, "id")); /* what old mail programs jump to */
    if (cut_is_note(&b->walk, n) && !tree_get(n, "value") && b->l->cut.ids)
        html_attribute(out, "value", arena_printf(out->arena, "%ld", b->walk.counted));
    if (tree_kind(n) != ELEMENT_BODY)
        return;
    html_attribute(out, "role", "main");
    if (language && *language)
        html_attribute(out, "lang", language);
    if (xhtml_is_rtl(language))
        html_attribute(out, "dir", "rtl"); /* web mail takes away what surrounds it */
}

/* ---- the part */

static void begin(const struct letter *l, struct buf *out)
{
    const char *language = l->d->meta.language;
    buf_string(out, "<!DOCTYPE html>\n<html");
    if (language && *language)
        html_attribute(out, "lang", language);
    if (xhtml_is_rtl(language))
        html_attribute(out, "dir", "rtl");
    buf_string(out, ">\n<head>\n<meta charset=\"utf-8\">\n<title>");
    xhtml_text(out, text_of(l->subject));
    buf_string(out,
               "</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
               "<meta name=\"color-scheme\" content=\"light dark\">\n"
               "<meta name=\"supported-color-schemes\" content=\"light dark\">\n"
               "<style>:root{color-scheme:light dark;supported-color-schemes:light dark}\n"
               "@media (prefers-color-scheme:dark){body{background:#17181a;color:#e4dfd6}a{color:#9ec5ea}}\n"
               "</style>\n"
               "</head>\n<body style=\"margin:0;padding:0\">\n");
}

static void write_preview(const struct letter *l, struct buf *out)
{
    const char *preview = l->d->meta.preview ? l->d->meta.preview : l->d->meta.description;
    if (!preview || !*preview)
        return;
    buf_string(out, "<div style=\"display:none;max-height:0;overflow:hidden;mso-hide:all\">");
    xhtml_text(out, text_of(preview));
    buf_string(out, "</div>\n");
}

/* Outlook on Windows knows no max-width: it gets a table that only it sees. */
void body_write(const struct letter *l, struct buf *out)
{
    struct body b = {l, {.cut = &l->cut}};
    struct html_hooks hooks = {enter, leave, name, attribute, attributes, &b};
    begin(l, out);
    write_preview(l, out);
    buf_string(out, "<!--[if mso]><table role=\"presentation\" width=\"" WIDTH_PX
                    "\" align=\"center\"><tr><td><![endif]-->\n<div style=\"max-width:" WIDTH_PX
                    "px;margin:0 auto;padding:24px 20px;font-family:Georgia,'Times New Roman',serif;"
                    "font-size:17px;line-height:1.55;word-wrap:break-word\">\n");
    html_node(l->d->body, &hooks, out);
    if (l->linked)
        link_line(out, word_in(l->d->meta.language, WORD_DOWNLOADS), l->o->link);
    buf_string(out, "</div>\n<!--[if mso]></td></tr></table><![endif]-->\n</body>\n</html>\n");
}
