/* Typefaces in the e-book: those that a sheet names by their files, and with embed-fonts those of the page's
 * text. Each becomes a font file with the book's characters only; one whose licence bits (OS/2 fsType) forbid
 * embedding is not found under its name, see fonts.h. */
#include "base/utf8.h"
#include "fonts/subset.h"
#include "write/epub/book.h"
#include <unicode/uchar.h>

enum { CHARACTERS = 0x110000 };

static bool says_yes(const char *s)
{
    struct text t = text_trim(text_of(s));
    return text_is_nocase(t, "yes") || text_is_nocase(t, "true") || text_is_nocase(t, "1");
}

bool epub_wants_fonts(const struct document *d, const struct styles *s)
{
    for (const struct style_font *f = styles_fonts(s); f; f = f->next)
        if (!f->paper)
            return true;
    return says_yes(d->meta.embed_fonts);
}

/* ---- the characters of the book */

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
static unsigned char *characters_of(const struct book *b)
{
    static const struct walker w = {see, NULL};
    unsigned char *used = arena_alloc(b->arena, CHARACTERS / 8);
    for (char c = ' '; c < '\x7F'; c++)
        use(used, (uint32_t)c);
    use_text(used, TEXT("\u00A0\u00AD\u2002\u2003\u2009\u202F–—‘’‚“”„«»‹›…•◦▪‐−†‡§¶↩"));
    use_text(used, text_of(b->title));
    for (int word = WORD_CONTENTS; word <= WORD_COVER; word++)
        use_text(used, text_of(word_in(b->language, (enum word)word)));
    tree_walk(b->d->body, &w, used);
    return used;
}

/* ---- the list */

struct gathering {
    struct book *book;
    const unsigned char *used;
    struct hash *faces; /* path and index → struct typeface */
    struct typeface **last;
};

static const char *package_place(struct gathering *g, const struct face *face)
{
    struct buf *b = buf_new(g->book->arena);
    buf_printf(b, "fonts/%zu-", hash_count(g->faces) + 1);
    for (const char *c = face->postscript_name ? face->postscript_name : "font"; *c; c++)
        buf_byte(b, ascii_alpha(*c) || ascii_digit(*c) || *c == '-' ? *c : '-');
    buf_string(b, face->cff ? ".otf" : ".ttf");
    return b->data;
}

static void add(struct gathering *g, const char *family, int weight, bool italic, const struct face *face)
{
    struct arena *a = g->book->arena;
    const char *key = arena_printf(a, "%s\n%d\n%d\n%d\n%s", face->path, face->index, weight, italic, family);
    if (!face->may_embed || hash_find(g->faces, text_of(key)))
        return;
    struct typeface *t = arena_alloc(a, sizeof *t);
    *t = (struct typeface){.family = family, .weight = weight, .italic = italic};
    t->href = package_place(g, face);
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
    const struct epub_options *o = g->book->o;
    for (const struct style_font *f = styles_fonts(o->styles); f; f = f->next) {
        const char *families[] = {f->family, NULL};
        struct font_request r = {families, f->weight, f->italic};
        const struct face *face = f->paper ? NULL : fonts_find(o->fonts, &r, &f->place);
        if (face && strcmp(face->path, f->path) == 0)
            add(g, f->family, f->weight, f->italic, face);
    }
}

/* The four faces of the family in which the page's text is set. */
static void add_of_text(struct gathering *g)
{
    struct book *b = g->book;
    const struct style *root = style_of(b->o->styles, b->d->root, PSEUDO_NONE, NULL);
    const struct style *body = style_of(b->o->styles, b->d->body, PSEUDO_NONE, root);
    struct place where = {b->d->source_name, 0, 0};
    for (int k = 0; k < 4; k++) {
        struct font_request r = {body->families, k & 2 ? 700 : 400, k & 1};
        const struct face *face = fonts_find(b->o->fonts, &r, &where);
        if (!face || (face->italic != (k & 1)) || (face->weight >= 600) != (k >= 2))
            continue;
        if (!b->text_family)
            b->text_family = face->family;
        if (strcmp(b->text_family, face->family) == 0)
            add(g, face->family, k & 2 ? 700 : 400, k & 1, face);
    }
}

void typefaces_plan(struct book *b)
{
    if (!b->o->styles || !b->o->fonts || !epub_wants_fonts(b->d, b->o->styles))
        return;
    struct gathering g = {b, characters_of(b), hash_new(b->arena), &b->typefaces};
    add_named(&g);
    if (says_yes(b->d->meta.embed_fonts))
        add_of_text(&g);
}
