#include "write/html/page.h"
#include "document/direction.h"
#include "write/html/head.h"
#include "write/html/margin.h"
#include "write/html/sheet.h"
#include "write/tree/html.h"
#include "write/tree/look.h"
#include "write/tree/typefaces.h"
#include "write/tree/xhtml.h"

struct page {
    const struct document *d;
    const struct margin *margin;
    bool in_line; /* a note is being written inside a paragraph */
};

static enum html_turn enter(const xmlNode *n, struct buf *out, void *user);
static void leave(const xmlNode *n, struct buf *out, void *user);
static const char *name(const xmlNode *n, void *user);
static const char *attribute(const xmlNode *n, const char *name, const char *value, void *user);
static void attributes(const xmlNode *n, struct buf *out, void *user);

static struct html_hooks hooks_of(struct page *p)
{
    return (struct html_hooks){enter, leave, name, attribute, attributes, p};
}

/* ---- notes */

static void write_note(const struct page *p, const struct note *note, bool in_line, struct buf *out)
{
    struct page inner = {p->d, p->margin, in_line};
    struct html_hooks hooks = hooks_of(&inner);
    buf_string(out, in_line ? "<span class=\"note\" role=\"doc-footnote\""
                            : "<aside class=\"note\" role=\"doc-footnote\"");
    html_attribute(out, "id", note->id);
    buf_string(out, "><span class=\"note-number\">");
    xhtml_text(out, text_of(note->label));
    buf_string(out, "</span> ");
    html_children(note->item, &hooks, out);
    buf_string(out, in_line ? "</span>" : "</aside>\n");
}

static bool is_phrase(const xmlNode *n)
{
    return element_is(tree_kind(n), ELEMENT_IS_INLINE);
}

/* ---- what is written of an element */

static enum html_turn enter(const xmlNode *n, struct buf *out, void *user)
{
    const struct page *p = user;
    const struct note *note = tree_kind(n) == ELEMENT_LI ? margin_note(p->margin, n) : NULL;
    if ((note && note->placed) || margin_empties(p->margin, n))
        return HTML_LEAVE_OUT;
    if (tree_kind(n) == ELEMENT_TABLE)
        buf_string(out, "<div class=\"wide\" tabindex=\"0\">");
    return HTML_WRITE;
}

static void leave(const xmlNode *n, struct buf *out, void *user)
{
    const struct page *p = user;
    if (tree_kind(n) == ELEMENT_TABLE)
        buf_string(out, "</div>\n");
    for (const struct note *note = margin_at(p->margin, n); note; note = note->beside)
        write_note(p, note, note->plain && is_phrase(n), out);
}

static bool is_line_paragraph(const xmlNode *n, const struct page *p)
{
    return p->in_line && tree_kind(n) == ELEMENT_P;
}

static const char *name(const xmlNode *n, void *user)
{
    return is_line_paragraph(n, user) ? "span" : tree_kind(n) == ELEMENT_BODY ? "main" : NULL;
}

static const char *data_address(const struct page *p, const char *src)
{
    const struct resource *r = hash_find(p->d->resource_of, text_of(src));
    if (!r || !r->media_type)
        return NULL;
    struct buf *b = buf_new(p->d->arena);
    buf_printf(b, "data:%s;base64,", r->media_type);
    html_base64(b, r->bytes);
    return buf_view(b).at;
}

/* Nothing may be fetched: what would be is left out. */
static const char *attribute(const xmlNode *n, const char *name, const char *value, void *user)
{
    static const char *const fetched[] = {"srcset", "poster", "background", "data", "xlink:href"};
    const struct page *p = user;
    if (strcmp(name, "src") == 0)
        return data_address(p, value);
    if (strcmp(name, "class") == 0 && is_line_paragraph(n, p))
        return NULL;
    if (strcmp(name, "style") == 0 && strstr(value, "url("))
        return NULL;
    for (size_t i = 0; i < sizeof fetched / sizeof fetched[0]; i++)
        if (strcmp(name, fetched[i]) == 0 && *value != '#')
            return NULL;
    return value;
}

static void attributes(const xmlNode *n, struct buf *out, void *user)
{
    const struct page *p = user;
    const struct note *note = tree_kind(n) == ELEMENT_LI ? margin_note(p->margin, n) : NULL;
    if (note && !tree_get(n, "value"))
        html_attribute(out, "value", arena_printf(out->arena, "%ld", note->number));
    if (is_line_paragraph(n, p))
        html_attribute(out, "class", "note-paragraph");
    if (tree_kind(n) == ELEMENT_IMG && !tree_get(n, "alt"))
        html_attribute(out, "alt", "");
}

/* ---- the page */

static void css_string(struct buf *out, const char *s)
{
    buf_byte(out, '"');
    for (; *s; s++)
        if ((unsigned char)*s < ' ' || strchr("\"\\<", *s))
            buf_printf(out, "\\%x ", (unsigned char)*s);
        else
            buf_byte(out, *s);
    buf_byte(out, '"');
}

/* Under the title: the cover's ornament, or a rule of its colour. */
static void write_ornament(const struct document *d, const struct html_page_options *o, struct buf *out)
{
    struct look l = look_new(d, o->styles ? o->styles : styles_new(d->arena, d->messages));
    if (!l.has_accent)
        return;
    buf_printf(out,
               ":root { --accent: #%06x; }\n"
               "@media screen and (prefers-color-scheme: dark) { :root { --accent: #%06x; } }\n"
               ".title-block::after { content: ",
               (unsigned)l.accent, (unsigned)l.accent_on_dark);
    if (l.ornament) {
        css_string(out, l.ornament);
        buf_string(out, " / \"\"; color: var(--accent); font-size: 1.9rem; line-height: 1; }\n");
    } else {
        buf_string(out, "\"\"; width: 4.5rem; border-top: 0.3rem solid var(--accent); }\n");
    }
}

static const char *font_address(const struct typeface *f, struct arena *a)
{
    struct buf *b = buf_new(a);
    buf_printf(b, "data:%s;base64,", f->media_type);
    html_base64(b, f->program);
    return buf_view(b).at;
}

static void write_typefaces(const struct document *d, const struct html_page_options *o, struct buf *out)
{
    struct text title = text_of(head_title(d));
    struct typefaces t = typefaces_gather(d, o->styles, o->fonts, title);
    typefaces_declare(&t, font_address, out);
    typefaces_set_text(&t, out);
}

static void write_head(const struct document *d, const struct html_page_options *o, struct buf *out)
{
    buf_string(out, "<!DOCTYPE html>\n<html");
    if (d->meta.language && *d->meta.language)
        html_attribute(out, "lang", d->meta.language);
    if (language_from_right(d->meta.language))
        html_attribute(out, "dir", "rtl");
    buf_string(out, ">\n<head>\n<meta charset=\"utf-8\">\n<title>");
    xhtml_text(out, text_of(head_title(d)));
    buf_string(out, "</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<meta name=\"color-scheme\" content=\"light dark\">\n");
    head_describe(d, o, out);
    buf_string(out, "<style>\n");
    html_style(out, o->css);
    write_typefaces(d, o, out);
    html_style(out, text_of(html_page_sheet));
    write_ornament(d, o, out);
    buf_string(out, "</style>\n</head>\n");
}

int html_page_write(const struct document *d, const struct html_page_options *o, struct output *out)
{
    struct buf *text = buf_new(d->arena);
    struct page p = {d, margin_plan(d), false};
    struct html_hooks hooks = hooks_of(&p);
    write_head(d, o, text);
    buf_string(text, "<body");
    const char *kind = tree_get(d->body, "class");
    if (kind)
        html_attribute(text, "class", kind); /* a style may ask for either */
    buf_string(text, ">\n");
    html_node(d->body, &hooks, text);
    buf_string(text, "</body>\n</html>\n");
    int rc = output_write(out, text->data, text->length);
    buf_free(text);
    return rc;
}
