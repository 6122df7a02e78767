/* The HTML part: sections become divisions, each element carries its style (dress.h). */
#include "document/direction.h"
#include "document/words.h"
#include "write/mail/dress.h"
#include "write/mail/headers.h"
#include "write/mail/letter.h"
#include "write/tree/html.h"
#include "write/tree/xhtml.h"

struct body {
    const struct letter *l;
    struct cut_walk walk;
};

/* ---- what is added */

static void add_link(struct buf *out, const char *words, const char *link)
{
    buf_string(out, "<a");
    html_attribute(out, "href", link);
    buf_byte(out, '>');
    xhtml_text(out, text_of(words));
    buf_string(out, "</a>");
}

static void link_line(struct buf *out, const char *words, const char *link)
{
    buf_string(out, "<p style=\"margin:24px 0 16px\">");
    if (link)
        add_link(out, words, link);
    else
        xhtml_text(out, text_of(words));
    buf_string(out, "</p>\n");
}

static void lead_on(const struct letter *l, struct buf *out)
{
    const char *language = l->d->meta.language;
    link_line(out, word_in(language, l->o->link ? WORD_CONTINUE : WORD_ATTACHED), l->o->link);
}

/* What isn't part of the text: where the e-book is, where else one can read, how one leaves the list. */
static void write_foot(const struct letter *l, struct buf *out)
{
    const char *language = l->d->meta.language, *leave = headers_leave(l),
               *web = l->linked ? NULL : l->o->link;
    if (!l->linked && !web && !leave)
        return;
    buf_string(out, "<div role=\"contentinfo\">\n");
    if (l->linked)
        link_line(out, word_in(language, WORD_DOWNLOADS), l->o->link);
    if (web || leave)
        buf_string(
            out,
            "<p style=\"margin:44px 0 0;padding:14px 0 0;border-top:1px solid #c4c4c4;font-size:13px\">");
    if (web)
        add_link(out, word_in(language, WORD_ON_WEB), web);
    buf_string(out, web && leave ? " \u00b7 " : "");
    if (leave)
        add_link(out, word_in(language, WORD_UNSUBSCRIBE), leave);
    buf_string(out, web || leave ? "</p>\n</div>\n" : "</div>\n");
}

/* The chapter that a list of notes belongs to: the list's label, which voices read from the list itself. */
static void write_label(const struct cut_walk *w, const xmlNode *n, struct buf *out)
{
    const char *label = cut_label(w, n);
    if (!label)
        return;
    buf_string(out, "<p aria-hidden=\"true\" style=\"margin:20px 0 8px;font-style:italic\">");
    xhtml_text(out, text_of(label));
    buf_string(out, "</p>\n");
}

/* ---- elements that mail programs don't know */

/* Who wrote it, when, for whom: one line of the title. */
static bool in_byline(const xmlNode *n)
{
    static const char *const classes[] = {"author", "date", "publisher"};
    if (!n || tree_kind(n) != ELEMENT_P || !tree_has_word(n->parent, "class", "title-block"))
        return false;
    for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++)
        if (tree_has_word(n, "class", classes[i]))
            return true;
    return false;
}

static const char *name(const xmlNode *n, void *user)
{
    static const enum element divisions[] = {
        ELEMENT_BODY,    ELEMENT_SECTION, ELEMENT_HEADER,     ELEMENT_FOOTER, ELEMENT_FIGURE,
        ELEMENT_ARTICLE, ELEMENT_ASIDE,   ELEMENT_FIGCAPTION, ELEMENT_NAV,    ELEMENT_MAIN,
        ELEMENT_HGROUP,  ELEMENT_DETAILS, ELEMENT_SUMMARY};
    (void)user;
    if (in_byline(n))
        return "span";
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

static void begin_byline(const struct letter *l, const xmlNode *n, struct buf *out)
{
    if (in_byline(xmlPreviousElementSibling((xmlNode *)n)))
        buf_string(out, " \u00b7 ");
    else
        buf_printf(out, "<p style=\"margin:0;font-size:15px;line-height:1.5%s\">",
                   look_face(&l->look, n).centred ? ";text-align:center" : "");
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
    if (in_byline(n))
        begin_byline(l, n, out);
    write_label(&b->walk, n, out);
    return HTML_WRITE;
}

static void leave(const xmlNode *n, struct buf *out, void *user)
{
    struct body *b = user;
    if (is_noteref(n))
        buf_string(out, "</sup>");
    if (tree_kind(n) == ELEMENT_HEADER && tree_has_word(n, "class", "title-block"))
        dress_ornament(&b->l->look, look_face(&b->l->look, n).centred, out);
    if (tree_kind(n) == ELEMENT_TABLE)
        buf_string(out, "</div>\n");
    if (in_byline(n) && !in_byline(xmlNextElementSibling((xmlNode *)n)))
        buf_string(out, "</p>\n");
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
    const struct mail_picture *p = hash_find(l->picture_of, text_of(tree_get(n, "src")));
    if (p && p->shown_px)
        html_attribute(
            out, "width",
            arena_printf(l->arena, "%d", p->shown_px < DRESS_MEASURE_PX ? p->shown_px : DRESS_MEASURE_PX));
    if (!tree_get(n, "alt"))
        html_attribute(out, "alt", "");
}

static void attributes(const xmlNode *n, struct buf *out, void *user)
{
    const struct body *b = user;
    const char *style = in_byline(n) ? NULL : dress_style(&b->l->look, n, out->arena), *way = alignment(n),
               *language = b->l->d->meta.language;
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
    if (language_from_right(language))
        html_attribute(out, "dir", "rtl"); /* web mail takes away what surrounds it */
}

/* ---- the part */

static void begin(const struct letter *l, struct buf *out)
{
    const char *language = l->d->meta.language;
    buf_string(out, "<!DOCTYPE html>\n<html");
    if (language && *language)
        html_attribute(out, "lang", language);
    if (language_from_right(language))
        html_attribute(out, "dir", "rtl");
    buf_string(out, ">\n<head>\n<meta charset=\"utf-8\">\n<title>");
    xhtml_text(out, text_of(l->subject));
    buf_string(out,
               "</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
               "<meta name=\"color-scheme\" content=\"light dark\">\n"
               "<meta name=\"supported-color-schemes\" content=\"light dark\">\n"
               "<style>:root{color-scheme:light dark;supported-color-schemes:light dark}\n"
               "@media (prefers-color-scheme:dark){body{background:#17181a;color:#e4dfd6}a{color:#9ec5ea}");
    dress_on_dark(&l->look, out);
    buf_string(out, "}\n</style>\n</head>\n<body style=\"margin:0;padding:0\">\n");
}

/* What mail programs show beside the subject, and then nothing: else they would go on with the title. */
static void write_preview(const struct letter *l, struct buf *out)
{
    enum { FILLING = 90 };
    const char *preview = l->d->meta.preview ? l->d->meta.preview : l->d->meta.description;
    if (!preview || !*preview)
        return;
    buf_string(out, "<div style=\"display:none;max-height:0;overflow:hidden;mso-hide:all\">");
    xhtml_text(out, text_of(preview));
    for (int i = 0; i < FILLING; i++)
        buf_string(out, " \u034f\u200c\u00a0");
    buf_string(out, "</div>\n");
}

/* Outlook on Windows knows no max-width: it gets a table that only it sees. */
void body_write(const struct letter *l, struct buf *out)
{
    struct body b = {l, {.cut = &l->cut}};
    struct html_hooks hooks = {enter, leave, name, attribute, attributes, &b};
    begin(l, out);
    write_preview(l, out);
    buf_printf(
        out,
        "<!--[if mso]><table role=\"presentation\" width=\"%d\" align=\"center\"><tr><td><![endif]-->\n"
        "<div style=\"max-width:%dpx;margin:0 auto;padding:28px %dpx;font-family:%s;font-size:17px;"
        "line-height:1.55;word-wrap:break-word\">\n",
        DRESS_MEASURE_PX + 2 * DRESS_MARGIN_PX, DRESS_MEASURE_PX, DRESS_MARGIN_PX, dress_family(&l->look));
    html_node(l->d->body, &hooks, out);
    write_foot(l, out);
    buf_string(out, "</div>\n<!--[if mso]></td></tr></table><![endif]-->\n</body>\n</html>\n");
}
