#include "refine/front.h"
#include "document/front.h"
#include "document/words.h"
#include "refine/imprint.h"
#include "refine/plain.h"

struct front {
    struct document *document;
    xmlNode *last; /* what the next section goes behind */
    bool book;
};

static xmlNode *add_section(struct front *f, const char *kind, enum word label)
{
    struct document *d = f->document;
    xmlNode *section = tree_element(d, NULL, ELEMENT_SECTION, NULL);
    tree_set(d, section, "class", kind);
    tree_set(d, section, "epub:type", kind);
    tree_set(d, section, "role", arena_printf(d->arena, "doc-%s", kind));
    tree_set(d, section, "aria-label", word_in(d->meta.language, label));
    tree_insert_after(d, f->last, section);
    f->last = section;
    return section;
}

/* ---- from the metadata: an empty line parts paragraphs, and lines stay lines */

/* "-- Charles Lamb": who said it, behind a dash, which is then a long one. */
static bool take_dash(struct text *line)
{
    static const char *const dashes[] = {"—", "–", "---", "--"};
    for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++) {
        if (!text_starts(*line, dashes[i]))
            continue;
        *line = text_trim(text_slice(*line, strlen(dashes[i]), line->length));
        return line->length > 0;
    }
    return false;
}

/* The paragraph's next line: behind a break unless it is the first. */
static void add_line(struct document *d, xmlNode *section, xmlNode **p, struct text line)
{
    if (*p)
        tree_element(d, *p, ELEMENT_BR, NULL);
    else
        *p = tree_element(d, section, ELEMENT_P, NULL);
    tree_text(d, *p, line);
}

static void add_words(struct front *f, const char *words, const char *kind, enum word label)
{
    struct document *d = f->document;
    if (!words || text_blank(text_of(words)))
        return;
    xmlNode *section = add_section(f, kind, label), *p = NULL;
    struct text rest = text_of(words), line;
    while (text_line(&rest, &line)) {
        line = text_trim(line);
        bool attribution = section->children && take_dash(&line);
        if (!line.length || attribution)
            p = NULL;
        if (attribution)
            line = text_of(arena_printf(d->arena, "— %.*s", (int)line.length, line.at));
        if (line.length)
            add_line(d, section, &p, line);
        if (attribution)
            tree_set(d, p, "class", "attribution");
    }
}

/* ---- from the source */

static bool is_of(const xmlNode *n, const char *kind)
{
    enum element e = tree_kind(n);
    return (e == ELEMENT_DIV || e == ELEMENT_BLOCKQUOTE) && tree_has_word(n, "class", kind);
}

static void lift(struct front *f, xmlNode *n, const char *kind, enum word label)
{
    struct document *d = f->document;
    xmlNode *section = add_section(f, kind, label);
    struct place where = tree_place(d, n);
    tree_set_place(d, section, &where);
    static const char *const kept[] = {"id", "lang", "xml:lang"};
    for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
        tree_set(d, section, kept[i], tree_get(n, kept[i]));
    tree_move_children(d, section, n);
    tree_remove(n);
}

/* What stands before the first heading of a book is one section without a name. */
static void lift_from(struct front *f, xmlNode *matter)
{
    for (xmlNode *n = matter->children, *next; n; n = next) {
        next = n->next;
        if (is_of(n, "dedication"))
            lift(f, n, "dedication", WORD_DEDICATION);
        else if (is_of(n, "epigraph"))
            lift(f, n, "epigraph", WORD_EPIGRAPH);
    }
    if (!matter->children)
        tree_remove(matter);
}

static xmlNode *unnamed_matter(const struct document *d)
{
    for (xmlNode *n = d->body->children; n; n = n->next)
        if (tree_kind(n) == ELEMENT_SECTION && tree_get(n, "class") &&
            strcmp(tree_get(n, "class"), "frontmatter") == 0)
            return n;
    return NULL;
}

static xmlNode *title_block(const struct document *d)
{
    for (xmlNode *n = d->body->children; n; n = n->next)
        if (tree_kind(n) == ELEMENT_HEADER && tree_has_word(n, "class", "title-block"))
            return n;
    return NULL;
}

void front_make(struct document *d)
{
    struct front f = {d, title_block(d), tree_has_word(d->body, "class", "book")};
    front_check(d);
    meta_check(d);
    if (!f.last)
        return;
    if (f.book || front_asked(&d->meta))
        tree_add_class(d, f.last, "title-page");
    xmlNode *imprint = imprint_make(d);
    if (imprint) {
        tree_insert_after(d, f.last, imprint);
        f.last = imprint;
    }
    xmlNode *matter = f.book ? unnamed_matter(d) : NULL;
    add_words(&f, d->meta.dedication, "dedication", WORD_DEDICATION);
    add_words(&f, d->meta.epigraph, "epigraph", WORD_EPIGRAPH);
    if (matter)
        lift_from(&f, matter);
}
