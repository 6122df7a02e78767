#include "write/tree/typefaces.h"
#include "base/utf8.h"
#include "document/words.h"
#include "fonts/subset.h"
#include <unicode/uchar.h>

enum { CHARACTERS = 0x110000 };

bool typefaces_wanted(const struct document *d, const struct styles *s)
{
    for (const struct style_font *f = styles_fonts(s); f; f = f->next)
        if (!f->paper)
            return true;
    return meta_says_yes(d->meta.embed_fonts);
}

/* ---- the characters of the document */

static void use(unsigned char *used, uint32_t c)
{
    if (c < CHARACTERS)
        used[c / 8] = (unsigned char)(used[c / 8] | 1u << (c % 8));
}

/* With the other case of letters, which a style may ask for. */
static void use_text(unsigned char *used, struct text t)
{
    for (size_t at = 0; at < t.length;) {
        uint32_t c = utf8_next(t, &at);
        if (used[c / 8] >> (c % 8) & 1)
            continue;
        use(used, c);
        use(used, (uint32_t)u_toupper((UChar32)c));
        use(used, (uint32_t)u_tolower((UChar32)c));
    }
}

static enum walk see(xmlNode *n, void *user)
{
    if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE)
        use_text(user, text_of((const char *)n->content));
    return WALK_ON;
}

/* All of the text, what stands in the contents, and what sheets and reading systems add: ASCII, quotation
 * marks, dashes, list marks. */
static unsigned char *characters_of(const struct document *d, struct text more)
{
    static const struct walker w = {see, NULL};
    unsigned char *used = arena_alloc(d->arena, CHARACTERS / 8);
    for (char c = ' '; c < '\x7F'; c++)
        use(used, (uint32_t)c);
    use_text(used, TEXT("\u00A0\u00AD\u2002\u2003\u2009\u202F–—‘’‚“”„«»‹›…•◦▪‐−†‡§¶↩"));
    use_text(used, more);
    for (int word = WORD_CONTENTS; word <= WORD_COVER; word++)
        use_text(used, text_of(word_in(d->meta.language, (enum word)word)));
    tree_walk(d->body, &w, used);
    return used;
}

/* ---- the list */

struct gathering {
    const struct document *d;
    struct styles *styles;
    struct fonts *fonts;
    const unsigned char *used;
    struct hash *faces; /* path and index → struct typeface */
    struct typefaces *to;
    struct typeface **last;
};

static const char *file_name(struct gathering *g, const struct face *face)
{
    struct buf *b = buf_new(g->d->arena);
    buf_printf(b, "%zu-", hash_count(g->faces) + 1);
    for (const char *c = face->postscript_name ? face->postscript_name : "font"; *c; c++)
        buf_byte(b, ascii_alpha(*c) || ascii_digit(*c) || *c == '-' ? *c : '-');
    buf_string(b, face->cff ? ".otf" : ".ttf");
    return b->data;
}

static void add(struct gathering *g, const char *family, int weight, bool italic, const struct face *face)
{
    struct arena *a = g->d->arena;
    const char *key = arena_printf(a, "%s\n%d\n%d\n%d\n%s", face->path, face->index, weight, italic, family);
    if (!face->may_embed || hash_find(g->faces, text_of(key)))
        return;
    struct typeface *t = arena_alloc(a, sizeof *t);
    *t = (struct typeface){.family = family, .weight = weight, .italic = italic};
    t->name = file_name(g, face);
    t->media_type = face->cff ? "font/otf" : "font/ttf";
    if (subset_for_reading(a, face, g->used, &t->program) != 0)
        return;
    hash_put(g->faces, text_of(key), t);
    *g->last = t;
    g->last = &t->next;
}

/* A file that is no font, or may not be embedded, is told of where it is declared: then another answers. */
static void add_named(struct gathering *g)
{
    for (const struct style_font *f = styles_fonts(g->styles); f; f = f->next) {
        const char *families[] = {f->family, NULL};
        struct font_request r = {families, f->weight, f->italic};
        const struct face *face = f->paper ? NULL : fonts_find(g->fonts, &r, &f->place);
        if (face && strcmp(face->path, f->path) == 0)
            add(g, f->family, f->weight, f->italic, face);
    }
}

/* The four faces of the family in which the page's text is set. */
static void add_of_text(struct gathering *g)
{
    const struct style *root = style_of(g->styles, g->d->root, PSEUDO_NONE, NULL);
    const struct style *body = style_of(g->styles, g->d->body, PSEUDO_NONE, root);
    struct place where = {g->d->source_name, 0, 0};
    for (int k = 0; k < 4; k++) {
        struct font_request r = {body->families, k & 2 ? 700 : 400, k & 1};
        const struct face *face = fonts_find(g->fonts, &r, &where);
        if (!face || (face->italic != (k & 1)) || (face->weight >= 600) != (k >= 2))
            continue;
        if (!g->to->text_family)
            g->to->text_family = face->family;
        if (strcmp(g->to->text_family, face->family) == 0)
            add(g, face->family, k & 2 ? 700 : 400, k & 1, face);
    }
}

struct typefaces typefaces_gather(const struct document *d, struct styles *s, struct fonts *f,
                                  struct text more)
{
    struct typefaces t = {NULL, NULL};
    if (!s || !f || !typefaces_wanted(d, s))
        return t;
    struct gathering g = {d, s, f, characters_of(d, more), hash_new(d->arena), &t, &t.first};
    add_named(&g);
    if (meta_says_yes(d->meta.embed_fonts))
        add_of_text(&g);
    return t;
}

/* ---- their rules */

static void css_string(struct buf *out, const char *s)
{
    buf_byte(out, '"');
    for (; *s; s++) {
        if (*s == '"' || *s == '\\')
            buf_byte(out, '\\');
        buf_byte(out, *s);
    }
    buf_byte(out, '"');
}

void typefaces_declare(const struct typefaces *t,
                       const char *(*address)(const struct typeface *f, struct arena *a), struct buf *out)
{
    for (const struct typeface *f = t->first; f; f = f->next) {
        buf_string(out, "@font-face { font-family: ");
        css_string(out, f->family);
        buf_printf(out, "; font-weight: %d; font-style: %s; src: url(%s); }\n", f->weight,
                   f->italic ? "italic" : "normal", address(f, out->arena));
    }
}

void typefaces_set_text(const struct typefaces *t, struct buf *out)
{
    if (!t->text_family)
        return;
    buf_string(out, "body { font-family: ");
    css_string(out, t->text_family);
    buf_string(out, ", serif; }\n");
}
