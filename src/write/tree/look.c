#include "write/tree/look.h"
#include "document/cover.h"

/* The generic family that ends the list. */
static bool is_sans(const struct style *s)
{
    bool sans = false;
    for (const char *const *f = s->families; f && *f; f++)
        if (strcmp(*f, "sans-serif") == 0 || strcmp(*f, "system-ui") == 0 || strcmp(*f, "serif") == 0)
            sans = strcmp(*f, "serif") != 0;
    return sans;
}

static struct look_face face_of(const struct style *s)
{
    enum { BOLD = 600 };
    return (struct look_face){is_sans(s), s->weight >= BOLD, s->italic, s->align == ALIGN_CENTER};
}

/* ---- the cover: what of it has a colour that isn't the text's */

static bool accent_of_edge(struct look *l, const struct style *s)
{
    for (int i = 0; i < 4; i++)
        if (s->border_style[i] != BORDER_NONE && s->border_pt[i] > 0 && s->border_color[i] != s->color) {
            l->has_accent = true;
            l->accent = s->border_color[i];
        }
    return l->has_accent;
}

static bool ornament_of(struct look *l, const struct style *mark)
{
    const struct content *c = mark ? mark->content : NULL;
    if (!c || c->kind != CONTENT_STRING || !*c->text)
        return false;
    l->ornament = c->text;
    l->has_accent = true;
    l->accent = mark->color;
    return true;
}

static const xmlNode *child_of_class(const xmlNode *n, const char *class)
{
    for (const xmlNode *c = n->children; c; c = c->next)
        if (tree_has_word(c, "class", class))
            return c;
    return NULL;
}

static void see_cover(struct look *l, const struct document *d)
{
    struct styles *s = l->styles;
    struct document *cover = cover_make(d->arena, d, d->messages, false, (struct cover_fit){0, false});
    const struct style *root = style_of(s, cover->root, PSEUDO_NONE, NULL);
    const struct style *body = style_of(s, cover->body, PSEUDO_NONE, root);
    const xmlNode *head = cover->body->children, *hr = child_of_class(head, "cover-ornament");
    const struct style *above = style_of(s, head, PSEUDO_NONE, body);
    const struct style *ornament = style_of(s, hr, PSEUDO_NONE, above);
    if (ornament_of(l, style_of(s, hr, PSEUDO_BEFORE, ornament)) || accent_of_edge(l, ornament) ||
        accent_of_edge(l, above))
        return;
    const struct page_kind page = {.name = "cover", .first = true, .opening = true};
    accent_of_edge(l, style_page(s, &page, NULL)->style);
}

/* ---- */

/* A colour for dark screens: a third of the way to white. */
static uint32_t lighter(uint32_t color)
{
    uint32_t out = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
        uint32_t part = color >> shift & 0xFF;
        out = out << 8 | (part + (0xFF - part) / 3);
    }
    return out;
}

struct look look_new(const struct document *d, struct styles *s)
{
    struct look l = {.styles = s};
    l.body = style_of(s, d->body, PSEUDO_NONE, style_of(s, d->root, PSEUDO_NONE, NULL));
    l.text = face_of(l.body);
    see_cover(&l, d);
    l.accent_on_dark = lighter(l.accent);
    return l;
}

struct look_face look_face(const struct look *l, const xmlNode *block)
{
    const struct style *s = l->body;
    if (tree_kind(block->parent) != ELEMENT_BODY)
        s = style_of(l->styles, block->parent, PSEUDO_NONE, s);
    return face_of(style_of(l->styles, block, PSEUDO_NONE, s));
}
